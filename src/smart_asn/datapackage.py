"""The data package as it lies in its folder: its description, its tables as typed frames, and what is wrong in it.

``datapackage.json`` (Frictionless Data Package) is the one schema. This module reads and does not judge:
``validation`` checks the files, ``rules`` what hangs together between rows, and ``data`` is what everything else uses.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from smart_asn.places import DATA

DESCRIPTION = "datapackage.json"
DTYPES = {"string": "str", "date": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in the data: where it is, what was found and what was expected."""

    file: str
    row: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        place = f"data/{self.file}"
        place += f", row {self.row}" if self.row else ""
        place += f", column {self.column}" if self.column else ""
        return f"{place}: found {self.found}; expected {self.expected}."


@dataclass(frozen=True)
class Place:
    """A file of the data, or one row of it; called, it says what is wrong there."""

    file: str
    row: int = 0

    def __call__(self, column: str, found: object, expected: str) -> Problem:
        """A problem in a column of this row; ``column`` is empty where it is about the whole row or file."""
        return Problem(self.file, self.row, column, str(found), expected)


class DataError(Exception):
    """The data is broken. Holds every problem, in the order of files and rows."""

    def __init__(self, problems: list[Problem]):
        self.problems = sorted(set(problems))
        count = len(self.problems)
        lines = [f"The data has {count} problem{'s' if count != 1 else ''}; nothing was built or changed:"]
        lines += [f"  {problem}" for problem in self.problems]
        lines += [
            "Mend the rows named above (a spreadsheet saves them as CSV UTF-8, with commas), then build again."
        ]
        super().__init__("\n".join(lines))


def read_package(folder: Path = DATA) -> dict:
    """``datapackage.json`` as a dictionary."""
    return json.loads((folder / DESCRIPTION).read_text("utf-8"))


def tabular(package: dict) -> list[dict]:
    """The package's tables: resources with a schema that lie in the data folder (not the published ledger)."""
    return [r for r in package["resources"] if "schema" in r and not r.get("published")]


def read_table(folder: Path, resource: dict) -> pd.DataFrame:
    """A table as a frame, its columns typed as its schema says; an empty cell is ``""`` in text, else ``NA``."""
    frame = pd.read_csv(folder / resource["path"], dtype="str", keep_default_na=False, encoding="utf-8")
    for described in resource["schema"]["fields"]:
        column, kind = described["name"], described["type"]
        if kind == "boolean":
            frame[column] = frame[column].map({"true": True, "false": False})
        elif kind in ("integer", "number"):
            frame[column] = pd.to_numeric(frame[column].replace("", None)).astype(DTYPES[kind])
    return frame


def read_tables(folder: Path, package: dict) -> dict[str, pd.DataFrame]:
    """Every table of the package by its name."""
    return {resource["name"]: read_table(folder, resource) for resource in tabular(package)}


def page_of(pages: pd.DataFrame, line: int) -> int | None:
    """The printed page on which a line of the scan stands, or None."""
    found = pages[(pages["first_line"] <= line) & (line <= pages["last_line"])]
    return None if found.empty else int(found["page"].iloc[0])
