"""The chapters of the book that notebooks make: their sources, their order, and what each leaves for later ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from smart_asn.places import BUILD, NOTEBOOKS, written_files

TEMPLATE = NOTEBOOKS / "regency.ipynb"
CHECK = re.compile(r"""\bcheck\(\s*["'](\w+)["']""")
RECORD = "application/vnd.smart-asn.record+json"
"""The kind of output in which a cell records a verdict or a result for later chapters."""

BLOCK = "application/vnd.smart-asn.block+json"
"""The kind of output that says in data what the HTML beside it shows."""

READS = "smart_asn_reads"
"""The entry of an executed notebook's metadata that says which parts of the data it looked at."""


class NotebookError(Exception):
    """A notebook that did not run: which one, which cell and question, what happened, where it is kept."""


@dataclass(frozen=True)
class Page:
    """A notebook that is executed: its name, its source, the values it is executed with, and the chapter it makes.

    ``part_of`` names the chapter that it is appended to; a notebook without it is a chapter of its own name.
    ``stage`` says what it is built from: 1 from the data, 2 from the executed notebooks of stage 1 and so on;
    ``takes`` says what it takes from those: their ``checks`` or their ``results``.
    """

    slug: str
    source: Path
    parameters: dict[str, str] = field(default_factory=dict)
    stage: int = 1
    takes: str = ""
    part_of: str = ""

    @property
    def chapter(self) -> str:
        """The chapter that shows it."""
        return self.part_of or self.slug

    def executed(self, language: str) -> Path:
        """Where the executed notebook is written."""
        return BUILD / "executed" / language / f"{self.slug}.ipynb"

    def checks(self, language: str) -> Path:
        """Where its verdicts are written, for the chapters of later stages and for the pages."""
        return BUILD / "checks" / language / f"{self.slug}.json"

    def results(self, language: str) -> Path:
        """Where its other results are written, for the chapters of later stages."""
        return BUILD / "results" / language / f"{self.slug}.json"

    def seals(self, language: str) -> Path:
        """Where the seals over those parts are written, as they were then."""
        return BUILD / "seals" / language / f"{self.slug}.json"

    def reads(self, language: str) -> Path:
        """Where the parts of the data are written that it looked at."""
        return BUILD / "reads" / language / f"{self.slug}.json"


STAGES = {
    "synthesis": (2, "results"),
    "conclusion": (3, "checks"),
    "coverage": (4, "checks"),
    "history": (4, "checks"),
    "ledger": (4, "checks"),
    "index": (4, "checks"),
    "start-here": (4, "checks"),
    "exercises": (4, "checks"),
    "answers": (4, "checks"),
}
"""Chapters, or folders of them, that are built from executed notebooks of an earlier stage, and what they take from those.

The notebooks for learners ask the book's questions again, so they hang on every cell that checks one.
"""

LAST_CHECKS = 3
"""The last stage with claims: the ledger, the coverage and the landing page only gather."""


def pages(regencies: Iterable[str]) -> list[Page]:
    """Every notebook that is executed: the template once for each regency, what is checked for one, and each other.

    What is checked for one regency alone stands in ``notebooks/regencies/<regency>.ipynb``, where there is any.
    """
    found = []
    for regency in regencies:
        chapter = f"regencies/{regency}"
        found.append(Page(chapter, TEMPLATE, {"regency": regency}))
        own = NOTEBOOKS / f"{chapter}.ipynb"
        if own.exists():
            found.append(Page(f"{chapter}-checks", own, part_of=chapter))
    for source in (path for path in written_files(NOTEBOOKS) if path.suffix == ".ipynb"):
        slug = source.relative_to(NOTEBOOKS).with_suffix("").as_posix()
        if source != TEMPLATE and not slug.startswith("regencies/"):
            found.append(Page(slug, source, {}, *STAGES.get(slug.partition("/")[0], (1, ""))))
    return found


def needs(page: Page, language: str, chapters: Iterable[Page]) -> list[Path]:
    """The files that a page is made from besides the data: what it takes from the chapters of earlier stages."""
    earlier = [p for p in chapters if p.stage < page.stage]
    return [p.checks(language) if page.takes == "checks" else p.results(language) for p in earlier]
