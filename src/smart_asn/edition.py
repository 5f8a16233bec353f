"""An edition as one chapter has it open: the data, the language, what is computed from them once; and which one is open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from smart_asn import coding
from smart_asn.coding import Cell
from smart_asn.data import Data
from smart_asn.language import Language

OF_ALL = ("index", "synthesis", "results")
"""The chapters that show every regency there is."""


@dataclass(frozen=True)
class Edition:
    """The edition a notebook belongs to: the data, the language, and the chapter's page."""

    data: Data
    language: Language
    page: str

    def _ipython_display_(self) -> None:
        """Show nothing, where a cell ends with opening the edition."""

    @cached_property
    def cells(self) -> frozenset[Cell]:
        """The cells the article states."""
        return coding.stated_cells(self.data.columns("evidence", "regency", "code"))

    @cached_property
    def doubtful(self) -> frozenset[Cell]:
        """The cells a reader could hold the other way."""
        evidence = self.data.columns("evidence", "regency", "code", "doubtful")
        return coding.doubtful_cells(evidence, self.data.columns("decisions", "regency", "code"))

    @cached_property
    def stated(self) -> pd.DataFrame:
        """Regencies by measures, True where stated, of the regencies that this chapter compares."""
        return coding.matrix(self.cells, self.compared, self.data.columns("codebook", "code")["code"])

    @cached_property
    def compared(self) -> tuple[str, ...]:
        """The regencies that this chapter compares: the article's; in an added one's chapter that one, too.

        The chapters of ``OF_ALL`` show all. So what an article's regency has in common with the others, and what is
        told of the article's argument, does not change when one is added to them.
        """
        names = tuple(self.data.regency_names)
        own = self.page.removeprefix("regencies/")
        return names if self.page in OF_ALL else tuple(r for r in names if r in (*self.data.of_article, own))

    def results(self, regency: str) -> dict[str, object]:
        """What a regency's chapter records for the synthesis: the measures it states, and its doubtful ones."""
        evidence = self.data.rows("evidence", "regency", regency)
        decisions = self.data.rows("decisions", "regency", regency)
        stated = coding.stated_cells(evidence)
        return {
            "regency": regency,
            "stated": [c for c in self.data.codebook["code"] if (regency, c) in stated],
            "doubtful": sorted(c for _, c in coding.doubtful_cells(evidence, decisions)),
        }

    def label(self, table: str, key: str) -> str:
        """The label of a measure, strategy or section in the edition's language."""
        return self.data.labels(table, self.language.code)[key]

    def province(self, regency: str) -> str:
        """The province that a regency lies in, in the edition's language."""
        return self.text(self.data.row("regencies", regency), "province")

    def text(self, row: pd.Series, column: str) -> str:
        """A row's text in the edition's language (``summary`` gives ``summary_en`` or ``summary_id``)."""
        return str(row[f"{column}_{self.language.code}"])


_open: Edition | None = None


def set_open(edition: Edition | None) -> None:
    """Have this edition open, or none, from now on in this process."""
    global _open
    _open = edition


def opened() -> Edition | None:
    """The edition that is open, if one is."""
    return _open


def current() -> Edition:
    """The edition that is open.

    Raises
    ------
    RuntimeError
        if none is; the message names the cell to run first.
    """
    if _open is None:
        raise RuntimeError("no edition is open; run the cell with open_edition(language, page=...) first")
    return _open


@contextmanager
def instead(edition: Edition) -> Iterator[None]:
    """Observe in another edition than the one that is open, such as one with changed data, for a while."""
    before = _open
    set_open(edition)
    try:
        yield
    finally:
        set_open(before)
