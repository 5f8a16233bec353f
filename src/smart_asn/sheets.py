"""A CSV file as Excel or LibreOffice saved it: what says the same is taken as the same, and the rest is refused.

Spreadsheets change separators, encodings and the look of numbers. Where that leaves one meaning, it is mended here;
where it leaves two (``1.000`` is one, or a thousand) the cell stays as it is, for ``added`` to refuse.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from pathlib import Path

SPREADSHEETS = (".xlsx", ".xls", ".ods", ".numbers")
"""How spreadsheets name their own files."""
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What such a file begins with, whatever it is called."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2007\u2009"), " ")
"""No-break and thin spaces, which a reader cannot tell from plain ones."""
LOST = "\ufffd"
"""What stands for a byte that is not UTF-8."""
TRUTHS = dict.fromkeys(("true", "yes", "ya", "benar", "1"), "true")
TRUTHS |= dict.fromkeys(("false", "no", "tidak", "salah", "0"), "false")


class SheetError(ValueError):
    """A file that has no rows to read; says what it is."""


def read_sheet(path: Path) -> list[list[str]]:
    """The rows of a CSV file, the header first, each as wide as the widest.

    Taken as the same: a byte order mark, UTF-16 with one, a line ``sep=;``, semicolons or tabs between the columns,
    any ends of lines, no-break spaces, spaces around a cell and lines within it, accents apart from their letters,
    empty rows and columns at the end. A byte that is not UTF-8 becomes ``LOST``.

    Raises
    ------
    FileNotFoundError
        where there is no such file; its message names a spreadsheet of that name, if there is one.
    SheetError
        for a workbook that is only called CSV, an empty file, or a stray quote.
    """
    if not path.exists():
        others = [path.with_suffix(s).name for s in SPREADSHEETS if path.with_suffix(s).exists()]
        raise FileNotFoundError(", ".join(others))
    raw = path.read_bytes()
    if raw.startswith(WORKBOOKS):
        raise SheetError("a workbook, not CSV")
    text = raw.decode("utf-16") if raw.startswith(UTF_16) else raw.decode("utf-8-sig", "replace")
    text = re.sub(r"\r\n?", "\n", text.translate(SPACES))
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"sep=.", first.strip(' "'), re.I):
        text, first = rest, rest.partition("\n")[0]
    sign = max(",;\t", key=first.count)
    try:
        rows = [[_cell(c) for c in row] for row in csv.reader(io.StringIO(text), delimiter=sign, strict=True)]
    except csv.Error as error:
        raise SheetError(f"a stray quote ({error})") from error
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise SheetError("an empty file")
    width = max(max((n for n, c in enumerate(row, start=1) if c), default=0) for row in rows)
    return [(row + [""] * width)[:width] for row in rows]


def _cell(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def whole_number(text: str) -> int:
    """A whole number above nought, ``3.0`` and ``3,00`` too; 0 for anything else.

    ``1.000`` is none: it is one in one language and a thousand in another.
    """
    found = re.fullmatch(r"(\d+)(?:[.,]0{1,2})?", text)
    return int(found[1]) if found else 0


def decimal(text: str) -> str:
    """A number with a decimal comma or a minus sign of typography as programs write it; anything else as it is."""
    return text.replace(",", ".", 1).replace("−", "-")


def truth(text: str) -> str | None:
    """``true`` or ``false``, as a spreadsheet of either language or a person writes it; None for anything else."""
    return TRUTHS.get(text.lower())


def regency_code(text: str, other: str = "") -> str:
    """A code of the Ministry of Home Affairs, ``33.10``, of what a spreadsheet took for a number: ``33,1``.

    A nought at its end is put back only where ``other``, the code of Statistics Indonesia, has it (``3310``): ``33.1``
    may as well be a slip for ``33.01``.
    """
    code = decimal(text)
    return f"{code}0" if re.fullmatch(r"\d\d\.\d", code) and f"{code}0".replace(".", "") == other else code


def statistics_code(text: str) -> str:
    """A code of Statistics Indonesia, ``3310``, of what a spreadsheet wrote as a number: ``3,310`` or ``3310.0``."""
    found = re.fullmatch(r"(\d)[.,]?(\d{3})(?:[.,]0{1,2})?", text)
    return "".join(found.groups()) if found else text
