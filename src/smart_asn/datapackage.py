"""The data package as it lies in its folder: its description, its tables as typed frames, and what is wrong in it.

``datapackage.json`` (Frictionless Data Package) is the one schema. This module reads and does not judge:
``validation`` checks the files, ``rules`` what hangs together between rows, and ``data`` is what everything else uses.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from smart_asn.places import DATA

DESCRIPTION = "datapackage.json"
DATA_FILE = re.compile(
    r"([a-z0-9_-]+/)*([a-z0-9_-]+\.(csv|geojson|json)|README\.md)|releases/\d+\.\d+\.\d+\.json"
)
"""How a file of the data is named; what others lay beside it (copies, locks, marks) is not, and is left out."""
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


SHOWN = 400
"""Characters of what was found that a message shows."""


@dataclass(frozen=True)
class Place:
    """A file of the data, or one row of it; called, it says what is wrong there."""

    file: str
    row: int = 0

    def __call__(self, column: str, found: object, expected: str) -> Problem:
        """A problem in a column of this row; ``column`` is empty where it is about the whole row or file."""
        shown = str(found)
        if len(shown) > SHOWN:
            shown = f"{shown[:SHOWN]}… ({len(shown):,} characters)"
        return Problem(self.file, self.row, column, shown, str(expected))


ALIKE = 4
"""So many problems of one kind in one column are told one by one; of more, the first and how many there are."""


class DataError(Exception):
    """The data is broken. Holds every problem, in the order of files and rows."""

    def __init__(self, problems: list[Problem]):
        self.problems = sorted(set(problems))
        count = len(self.problems)
        lines = [f"The data has {count} problem{'s' if count != 1 else ''}; nothing was built or changed:"]
        lines += [f"  {line}" for line in _told(self.problems)]
        lines += [
            "Correct what is named above (a spreadsheet saves tables as CSV UTF-8, with commas), then build again."
        ]
        super().__init__("\n".join(lines))


def _told(problems: list[Problem]) -> list[str]:
    """Problems in lines: many of one kind in one line, after the first of them."""
    alike: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.file, problem.column, problem.expected), []).append(problem)
    lines = []
    for group in alike.values():
        many = len(group) > ALIKE
        lines += [str(problem) for problem in (group[:1] if many else group)]
        if many:
            first = group[0]
            where = f"data/{first.file}" + (f", column {first.column}" if first.column else "")
            lines.append(f"{where}: the same in {len(group) - 1} more rows, to row {group[-1].row}.")
    return lines


def data_files(folder: Path = DATA) -> list[Path]:
    """The files of the data in a folder, in order; nothing that systems, editors and spreadsheets leave beside them."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if DATA_FILE.fullmatch(path.relative_to(folder).as_posix()))


def read_package(folder: Path = DATA) -> dict:
    """``datapackage.json`` as a dictionary."""
    return json.loads((folder / DESCRIPTION).read_text("utf-8"))


def tabular(package: dict) -> list[dict]:
    """The package's tables: resources with a schema that lie in the data folder (not the published ledger)."""
    return [r for r in package["resources"] if "schema" in r and not r.get("published")]


def parse(text: str) -> list[list[str]]:
    """The rows of a CSV text, the header first; empty rows at its end, which spreadsheets leave, are dropped.

    Raises
    ------
    csv.Error
        where quotes do not pair, or a cell is larger than the csv module takes.
    """
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def read_rows(folder: Path, resource: dict) -> list[list[str]]:
    """The rows of a table as text, the header first.

    Whatever a spreadsheet does to a file without changing what it says makes no difference: a byte order mark,
    empty rows at the end, ``TRUE`` for ``true``.
    """
    header, *rows = parse((folder / resource["path"]).read_bytes().decode("utf-8-sig"))
    truths = [f["name"] for f in resource["schema"]["fields"] if f["type"] == "boolean"]
    places = [n for n, name in enumerate(header) if name in truths]
    for row in rows:
        for place in places:
            if row[place] in ("TRUE", "FALSE"):
                row[place] = row[place].lower()
    return [header, *rows]


def read_table(folder: Path, resource: dict) -> pd.DataFrame:
    """A table as a frame, its columns typed as its schema says; an empty cell is ``""`` in text, else ``NA``."""
    header, *rows = read_rows(folder, resource)
    frame = pd.DataFrame(rows, columns=header, dtype="str")
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
