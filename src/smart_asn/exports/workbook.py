"""Every table of the data and the ledger as one workbook, for spreadsheets.

A spreadsheet that opens a CSV file guesses: its encoding, its decimal sign, whether a cell is a formula. In a workbook
each cell says what it is, so that accents, decimals and texts that begin with a sign arrive as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pandas as pd

from smart_asn.data import Data
from smart_asn.datapackage import read_table, tabular
from smart_asn.language import LANGUAGES
from smart_asn.ledger import published as ledger_of

FILE = "exports/tables.xlsx"
"""Where the site has the workbook, from its root."""
FIRST = ("ledger", "ledger_questions", "evidence", "codebook")
"""The sheets that come first, after the one that says what is in which column."""
WIDEST = 60
"""The most characters that a column is wide."""


def workbook(data: Data, questions: list[dict[str, Any]]) -> bytes:
    """The workbook: a sheet ``columns`` with the meaning of each column, then a sheet for each table.

    Parameters
    ----------
    data : the loaded data.
    questions : the checked questions, as ``ledger.gather`` gives them.
    """
    import xlsxwriter

    ledger = ledger_of(data, questions)
    sheets: dict[str, Iterable[Sequence[Any]]] = {
        "ledger": _entries(ledger["claims"]),
        "ledger_questions": _entries(ledger["questions"]),
    }
    sheets |= {resource["name"]: _rows(data, resource) for resource in tabular(data.package)}
    order = [*(name for name in FIRST if name in sheets), *(name for name in sheets if name not in FIRST)]
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": data.package["title"], "created": datetime(2021, 1, 1, tzinfo=UTC)})
        head = book.add_format({"bold": True, "bottom": 1})
        _write(book.add_worksheet("columns"), _meanings(data.package), head)
        for name in order:
            _write(book.add_worksheet(name[:31]), sheets[name], head)
    return target.getvalue()


def _meanings(package: Mapping[str, Any]) -> list[Sequence[Any]]:
    """Table, column, type and meaning in each language: what the data dictionary has, for whoever has the file alone."""
    keys = {"en": "description", "id": "description_id"}
    rows: list[Sequence[Any]] = [("table", "column", "type", *(f"meaning_{code}" for code in LANGUAGES))]
    rows += [
        (r["name"], field["name"], field["type"], *(field.get(keys[code], "") for code in LANGUAGES))
        for r in package["resources"]
        for field in r.get("schema", {}).get("fields", ())
    ]
    return rows


def _rows(data: Data, resource: Mapping[str, Any]) -> list[Sequence[Any]]:
    """A table's rows as they lie in its file, its header first."""
    frame = read_table(data.folder, dict(resource))
    return [list(frame.columns), *frame.itertuples(index=False, name=None)]


def _entries(entries: list[dict[str, Any]]) -> list[Sequence[Any]]:
    """The ledger's rows; ids in a cell are separated by spaces, as in its CSV."""
    return [
        list(entries[0]),
        *([" ".join(v) if isinstance(v, list) else v for v in e.values()] for e in entries),
    ]


def _write(sheet: Any, rows: Iterable[Sequence[Any]], head: Any) -> None:
    """Write rows into a sheet, each cell as what it is: text, number, truth or nothing."""
    widths: dict[int, int] = {}
    count = 0
    for number, row in enumerate(rows):
        count = number
        for column, value in enumerate(row):
            widths[column] = max(widths.get(column, 0), len(str(value)))
            if isinstance(value, str):
                if value:
                    sheet.write_string(number, column, value, head if number == 0 else None)
            elif pd.isna(value):
                continue
            elif isinstance(value, bool):
                sheet.write_boolean(number, column, value)
            else:
                sheet.write_number(number, column, value)
    for column, width in widths.items():
        sheet.set_column(column, column, min(width, WIDEST) + 2)
    sheet.freeze_panes(1, 1)
    if count:
        sheet.autofilter(0, 0, count, len(widths) - 1)
