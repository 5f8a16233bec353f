"""The workbook and the CSV files as LibreOffice opens them: no formula runs; letters and decimals arrive as they are."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
UTF8_COMMA = "44,34,76,1,,0,false,true,false,false,false,{sheet}"
"""LibreOffice's options for CSV: commas, double quotes, UTF-8, cells as they are stored; all sheets, or the first."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet may take for a formula."""


def table(path: Path) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def is_number(text: str) -> bool:
    """Whether a text is a plain number."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def same(one: str, other: str) -> bool:
    """Whether two cells say the same: the same text, the same number, the same truth."""
    if one.replace("\r\n", "\n") == other.replace("\r\n", "\n") or one.lower() == other.lower() in (
        "true",
        "false",
    ):
        return True
    return is_number(one) and is_number(other) and float(one) == float(other)


def differences(name: str, expected: list[list[str]], found: list[list[str]]) -> Iterator[str]:
    """The cells of a table that arrive otherwise; of many, the first few."""
    if len(expected) != len(found):
        yield f"{name}: {len(found)} rows arrive; expected {len(expected)}"
    wrong = [
        f"{name}, row {number}: {there!r} arrives; expected {here!r}"
        for number, (row, other) in enumerate(zip(expected, found, strict=False), start=1)
        for here, there in zip(row, [*other, *[""] * (len(row) - len(other))], strict=False)
        if not same(here, there)
    ]
    yield from wrong[:5]


def convert(path: Path, folder: Path, options: str) -> None:
    """Let LibreOffice open a file and write it as CSV; CalledProcessError where it cannot."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    target = f"csv:Text - txt - csv (StarCalc):{options}"
    command = [str(OFFICE), profile, "--headless", "--norestore", "--convert-to", target]
    if path.suffix == ".csv":
        command.append(f"--infilter=Text - txt - csv (StarCalc):{UTF8_COMMA.split(',1,')[0]},1")
    command += ["--outdir", str(folder / path.stem), str(path)]
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=environment)


def formulas(path: Path, book: Any) -> Iterator[str]:
    """Cells of a workbook that are formulas."""
    for sheet in book:
        for row in sheet.iter_rows():
            yield from (
                f"{path.name}, {c.coordinate} of {sheet.title} is a formula"
                for c in row
                if c.data_type == "f"
            )


def dangerous(name: str, rows: list[list[str]]) -> Iterator[str]:
    """Cells of a CSV file that a spreadsheet may run."""
    for number, row in enumerate(rows, start=1):
        for cell in row:
            if cell.startswith(FORMULA) and not is_number(cell):
                yield f"{name}, row {number}: a spreadsheet may take {cell[:40]!r} for a formula"


def through_office(workbook: Path, tables: dict[str, Path]) -> Iterator[str]:
    """What differs after LibreOffice has opened the workbook, and a CSV file with decimals and accents."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        convert(workbook, folder, UTF8_COMMA.format(sheet="-1"))
        for name, path in tables.items():
            found = folder / "tables" / f"tables-{name[:31]}.csv"
            if not found.exists():
                yield f"tables.xlsx has no sheet {name}"
            else:
                yield from differences(f"tables.xlsx, {name}", table(path), table(found))
        for name in [n for n in ("ledger", "regencies", "glossary") if n in tables]:
            convert(tables[name], folder, UTF8_COMMA.format(sheet="0"))
            arrived = table(folder / tables[name].stem / tables[name].name)
            yield from differences(tables[name].name, table(tables[name]), arrived)


def main(site: str, address: str) -> int:
    """Check the workbook and the tables of a site; 1 if something is wrong with them."""
    data, workbook = Path(site) / "exports/data", Path(site) / "exports/tables.xlsx"
    package = json.loads((data / "datapackage.json").read_text("utf-8"))
    tables = {r["name"]: data / r["path"] for r in package["resources"] if r["path"].endswith(".csv")}
    book = openpyxl.load_workbook(workbook)
    problems = list(formulas(workbook, book))
    for name, path in tables.items():
        problems += dangerous(name, table(path))
    opened = "there is no LibreOffice on this machine"
    if OFFICE:
        problems += through_office(workbook, tables)
        opened = "opened by LibreOffice"
    count = f"{len(book.sheetnames)} sheets, {len(tables)} CSV files, {opened}"
    print("\n".join([*problems, f"{count}, {len(problems)} problems"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
