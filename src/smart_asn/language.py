"""Speak the edition's language: messages from the gettext catalogue, numbers as the language writes them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from .data import ROOT

LANGUAGES = ("en", "id")
LOCALE = ROOT / "locale"


@lru_cache
def _catalogue(language: str) -> dict[str, str]:
    path: Path = LOCALE / language / "LC_MESSAGES" / "smart_asn.po"
    if language == "en" or not path.exists():
        return {}
    with path.open("rb") as file:
        return {m.id: m.string for m in read_po(file) if m.id and m.string and not m.fuzzy}


def marked(*messages: str) -> tuple[str, ...]:
    """Messages that are spoken later, by name: marked here so that they are found for translation."""
    return messages


@dataclass(frozen=True)
class Language:
    """One of ``LANGUAGES``: call it with an English message to have it in the edition's language.

    Raises
    ------
    ValueError
        for another code.
    """

    code: str = "en"

    def __post_init__(self):
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

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share from 0 to 1 as a percentage."""
        return format_percent(
            share, "#,##0" + ("." + "0" * decimals if decimals else "") + "%", locale=self.code
        )

    def listing(self, words: list[str] | tuple[str, ...]) -> str:
        """Words as a list in running text: «a, b and c»."""
        words = list(words)
        if len(words) < 2:
            return "".join(words)
        last = self("{first} and {last}") if len(words) == 2 else self("{first}, and {last}")
        return last.format(first=", ".join(words[:-1]), last=words[-1])
