"""What is wrong with the text of one cell, whatever table it stands in: characters that deceive, spreadsheets' traces.

``complaint`` is the one entry. Two kinds of cells are told apart: *prose*, which people read, and *compared* cells
(identifiers, numbers, periods, codes), which the program compares: there nothing may look like what it is not.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

Complaint = tuple[str, str]
"""What was found and what was expected."""

LARGEST = 20_000
"""Characters of a cell: many times the longest paragraph."""

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
QUOTES = "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u00b4\u00ab\u00bb"
PLAIN = dict.fromkeys(DASHES, "a hyphen (-)") | dict.fromkeys(QUOTES, "a straight quote (' or \")")
"""What a compared cell has in the place of a character that looks nearly the same."""

NOTHING = frozenset(
    [
        "nan",
        "NaN",
        "NAN",
        "NaT",
        "None",
        "null",
        "NULL",
        "NA",
        "N/A",
        "n/a",
        "<NA>",
        "inf",
        "-inf",
        "Infinity",
        "undefined",
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#NAME?",
        "#DIV/0!",
        "#NUM!",
        "#NULL!",
    ]
)
"""What programs write where there is nothing, or where a formula failed."""

MONTH = (
    "(?:jan(?:uary|uari)?|feb(?:ruary|ruari)?|mar(?:ch|et)?|apr(?:il)?|ma[yi]|mei|jun[ei]?|jul[yi]?|aug(?:ust)?"
    "|agu(?:stus)?|agt|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cs](?:ember)?)"
)
DATE = re.compile(
    rf"\d{{1,2}}[-/ ]{MONTH}(?:[-/ ]\d{{2,4}})?|{MONTH}-\d{{2,4}}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}"
    r"|\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?",
    re.I,
)
"""A date as spreadsheets write it in the place of 2019-06 or 3-12."""

NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
OTHER_NUMBER = re.compile(
    r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d+(?:_\d+)+|[-+]?[\d.]+(?:e[-+]?\d+|\s?%)|\+\d[\d.]*", re.I
)
"""A number with separators of thousands, a power of ten, a percent sign or a plus."""


def complaint(cell: str, kind: str, compared: bool, allowed: tuple[str, ...] = ()) -> Complaint | None:
    """The first thing that is wrong with a cell; None where nothing is.

    Parameters
    ----------
    cell : the text of the cell, not empty.
    kind : the type of its column in the schema, such as ``string`` or ``integer``.
    compared : whether the program compares it; else it is prose.
    allowed : the values that the column's ``enum`` lists, which are never complained of.
    """
    if cell in allowed:
        return None
    if len(cell) > LARGEST:
        return f"a cell of {len(cell):,} characters", f"{LARGEST:,} at most (is a quote not closed?)"
    found = deception(cell) or _spreadsheet(cell)
    if not found and compared:
        found = _compared(cell) or _number(cell, kind)
    return found


def deception(text: str) -> Complaint | None:
    """The first character of a text that is not what it seems, or that nobody sees; None where there is none."""
    if text.isascii() and text.isprintable() and text == text.strip():
        return None  # nearly every cell
    return _hidden(text) or _misread(text) or _shape(text)


def _shown(character: str) -> str:
    """A character by its name and number, since it cannot be told by its look."""
    name = unicodedata.name(character, "a control character").lower()
    return f"{name} (U+{ord(character):04X})"


def _hidden(cell: str) -> Complaint | None:
    """Spaces around the text, lines within it, and characters that nobody sees."""
    if cell != cell.strip() or "\n" in cell or "\r" in cell:
        return repr(cell), "text on one line, without spaces around it"
    for character in cell:
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
            return f"{_shown(character)} in {cell!r}", "text without characters that nobody sees"
        if character == "\ufffd":
            return f"a character that was lost (U+FFFD) in {cell!r}", "the character as it was typed"
    return None


def _sloppy(encoding: str) -> dict[str, int]:
    """Each character that an encoding makes of a byte above 127, with that byte."""
    pairs = {bytes([n]).decode(encoding, "ignore") or chr(n): n for n in range(128, 256)}
    return pairs


ENCODINGS = {name: _sloppy(name) for name in ("cp1252", "mac_roman", "cp850")}
"""How programs that do not expect UTF-8 read it: Windows', the older Macintosh's and DOS's characters."""
LIKELY = re.compile(
    "[\u00a0-\u017f\u2000-\u206f\u20ac\u2122\u2200-\u22ff\u2500-\u25ff\ufb01\ufb02\ufeff\ufffd]"
)
"""What UTF-8 in two or three bytes stands for in a Latin text."""
BYTES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe2-\xef][\x80-\xbf]{2}")


def _misread(cell: str) -> Complaint | None:
    """UTF-8 that was read in another encoding and saved: ``2020â€“2024``."""
    if cell.isascii():
        return None
    for name, byte_of in ENCODINGS.items():
        raw = bytes(byte_of.get(c, ord(c) if c.isascii() else 0) for c in cell)
        for match in BYTES.finditer(raw):
            meant = match.group().decode("utf-8", "replace")
            if LIKELY.fullmatch(meant):
                shown = cell[match.start() : match.end()]
                found = f"{shown!r}, which is {meant!r} read as {name}, in {cell!r}"
                return found, "UTF-8 (the file was opened in another encoding and saved)"
    return None


def _shape(cell: str) -> Complaint | None:
    """Letters of other scripts, which can look like Latin ones, and letters in an unusual form."""
    for word in re.findall(r"\w+", cell):
        scripts: dict[str, str] = {}
        for letter in filter(str.isalpha, word):
            scripts.setdefault(_script(letter), letter)
        for script, character in scripts.items():
            if script not in ("LATIN", "GREEK") or (script == "GREEK" and "LATIN" in scripts):
                return f"{_shown(character)} in {word!r}", "Latin letters"
        for character in word:
            if character.isdecimal() and not character.isascii():
                return f"{_shown(character)} in {word!r}", "the digits 0 to 9"
    if not unicodedata.is_normalized("NFC", cell):
        return f"a letter and its accent apart, in {cell!r}", "each accented letter as one character (NFC)"
    return None


def _script(letter: str) -> str:
    if letter.isascii():
        return "LATIN"
    first = unicodedata.name(letter, "?").split()[0]
    return "LATIN" if first in ("FEMININE", "MASCULINE", "MICRO", "MODIFIER") else first


def _spreadsheet(cell: str) -> Complaint | None:
    """What a spreadsheet makes of a cell, or would make of it."""
    if cell in NOTHING:
        return repr(cell), "an empty cell where there is nothing"
    if DATE.fullmatch(cell):
        return f"the date {cell!r}, as a spreadsheet writes it", "what was typed, such as 2019-06"
    if cell[0] in "=+@" or (cell[0] == "-" and not NUMBER.fullmatch(cell)):
        return repr(cell), f"text that no spreadsheet takes for a formula (it begins with {cell[0]})"
    return None


def _compared(cell: str) -> Complaint | None:
    """Characters that look like plain ones."""
    for character in cell:
        if character in PLAIN:
            return f"{_shown(character)} in {cell!r}", PLAIN[character]
        if character.isspace() and character != " ":
            return f"{_shown(character)} in {cell!r}", "a plain space"
        if unicodedata.normalize("NFKC", character) != character or _script_of_letter(character) == "GREEK":
            return f"{_shown(character)} in {cell!r}", "plain letters and digits"
    return None


def _script_of_letter(character: str) -> str:
    return _script(character) if character.isalpha() else ""


def _number(cell: str, kind: str) -> Complaint | None:
    """A number that is not written plainly, which one program takes and the next does not."""
    if NUMBER.fullmatch(cell):
        return None
    odd = OTHER_NUMBER.fullmatch(cell) or (kind in ("integer", "number") and _is_decimal(cell))
    return (repr(cell), "a plain number, such as 1234.5") if odd else None


def _is_decimal(cell: str) -> bool:
    try:
        Decimal(cell)
    except InvalidOperation:
        return False
    return True
