"""Speak the edition's language: messages from the gettext catalogue, numbers as the language writes them."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from babel.dates import format_date
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.numbers import format_decimal, format_percent

from smart_asn.catalogues import LOCALE, read_catalogue

LANGUAGES = ("en", "id")
SPHINX_WORDS = ("Link to this heading",)
"""What Sphinx writes on the pages of this book; it has no Indonesian for it."""


COUNTS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
"""Counts in words. None is said of things: «none of six sections»."""

MARK = re.compile(r"(?:#{1,6}|[-*]|\d+\.) +")
"""What a heading or an item of a list begins with in Markdown."""


FOREIGN = (
    "assessment centre", "augmented reality", "background", "big data", "cascading", "cloud", "computer assisted test",
    "crosscutting", "cyber physical production system", "database", "digital leader", "digital talent", "diversity governance",
    "dynamic governance", "e-budgeting", "e-government development index", "e-planning", "entrepreneur", "entrepreneurship",
    "global talent competitiveness index", "golden handshake", "google scholar", "grade", "grand design", "hospitality",
    "human capital index", "internet of things", "networking", "new normal", "notebook", "online", "passing grade",
    "real time", "realtime", "reward and punishment", "road map", "smart asn", "stakeholder", "talent pool",
    "world class bureaucracy", "world-class",
)  # fmt: skip
"""Foreign words that Indonesian sets in italics (EYD), in lower case."""

FOREIGN_WORDS = re.compile(
    r"(?<![\w-])(" + "|".join(sorted(FOREIGN, key=len, reverse=True)) + r")(?![\w-])", re.I
)


@lru_cache
def _catalogue(language: str, name: str = "smart_asn") -> dict[str, str]:
    path: Path = LOCALE / language / "LC_MESSAGES" / f"{name}.po"
    if language == "en" or not path.exists():
        return {}
    catalogue = read_catalogue(path)
    return {str(m.id): str(m.string) for m in catalogue if m.id and m.string and not m.fuzzy}


@dataclass(frozen=True)
class Language:
    """One of ``LANGUAGES``: call it with an English message to have it in the edition's language.

    Raises
    ------
    ValueError
        for another code.
    """

    code: str = "en"

    def __post_init__(self) -> None:
        if self.code not in LANGUAGES:
            raise ValueError(f"no edition in {self.code!r}; expected one of {', '.join(LANGUAGES)}")

    def __call__(self, message: str, **values: object) -> str:
        text = _catalogue(self.code).get(message, message)
        return text.format(**values) if values else text

    def number(self, value: float, decimals: int | None = None) -> str:
        """A number as the language writes it, with so many decimals (as many as it has, if not said)."""
        pattern = (
            "#,##0.############" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
        )
        return format_decimal(value, pattern, locale=self.code)

    def count(self, value: object) -> str:
        """A count in running text: in words up to ten, as both languages' style books have it, else in figures."""
        number = int(str(value))
        return self(COUNTS[number]) if 0 <= number < len(COUNTS) else self.number(number)

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share from 0 to 1 as a percentage."""
        return format_percent(
            share, "#,##0" + ("." + "0" * decimals if decimals else "") + "%", locale=self.code
        )

    def value(self, value: object) -> str:
        """A figure as the language writes it, a year (1900 to 2100) without a separator; a text in its words."""
        try:
            number = float(str(value))
        except ValueError:
            return self.date(self(str(value)))
        if number.is_integer() and 1900 <= number <= 2100:
            return str(int(number))
        return self.number(round(number, 4))

    def date(self, text: str) -> str:
        """A month or day (``2026-11``, ``2018-10-29``) in words, a span of years with a dash, else as it is."""
        found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?", text)
        if not found:
            return re.sub(r"^(\d{4})[-/](\d{4})$", r"\1–\2", text)
        day = date(int(found[1]), int(found[2]), int(found[3] or 1))
        return format_date(day, "d MMMM yyyy" if found[3] else "MMMM yyyy", locale=self.code)

    def listing(self, words: list[str] | tuple[str, ...]) -> str:
        """Words as a list in running text: «a and b», «a, b, and c»."""
        words = list(words)
        if len(words) < 2:
            return "".join(words)
        last = self("{first} and {last}") if len(words) == 2 else self("{first}, and {last}")
        return last.format(first=", ".join(words[:-1]), last=words[-1])


def translated(markdown: str, language: str) -> str:
    """Markdown of the book's prose in a language: headings, paragraphs and items, each by its message.

    A piece without a message stays as it is, such as a name.
    """
    messages = _catalogue(language, "book")
    made: list[str] = []
    piece: list[str] = []

    def end() -> None:
        text = " ".join(line.strip() for line in piece)
        mark = MARK.match(text)
        lead = mark[0] if mark else ""
        found = messages.get(text.removeprefix(lead))
        made.extend([lead + found] if found else piece)
        piece.clear()

    for line in markdown.split("\n"):
        if not line.strip() or MARK.match(line):
            end()
        piece.append(line)
        if not line.strip() or line.startswith("#"):
            end()
    end()
    return "\n".join(made)


def compiled_catalogues(language: str) -> dict[str, bytes]:
    """The catalogues as Sphinx reads them, by their paths in a folder of locales: ``book``, and ``sphinx`` for its own words.

    The same catalogues give the same bytes: without a date of their own they would get the minute they are read.
    """
    prose = read_catalogue(LOCALE / language / "LC_MESSAGES/book.po")
    sphinx = Catalog(locale=language)
    for words in SPHINX_WORDS:
        sphinx.add(words, _catalogue(language)[words])
    made = {}
    for domain, catalogue in (("book", prose), ("sphinx", sphinx)):
        catalogue.creation_date = datetime(1970, 1, 1, tzinfo=UTC)
        file = io.BytesIO()
        write_mo(file, catalogue)
        made[f"{language}/LC_MESSAGES/{domain}.mo"] = file.getvalue()
    return made
