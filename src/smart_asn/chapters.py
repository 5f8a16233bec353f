"""The chapters of the book that notebooks make: their sources, their order, and what each leaves for later ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from smart_asn.places import BUILD, NOTEBOOKS

if TYPE_CHECKING:
    import nbformat

REGENCY_TAG = "regency:"
CHECK = re.compile(r"""\bcheck\(\s*["'](\w+)["']""")
RECORD = "application/vnd.smart-asn.record+json"
"""The kind of output in which a cell records a verdict or a result for later chapters."""

READS = "application/vnd.smart-asn.reads+json"
"""The kind of output in which the last cell says which parts of the data were looked at."""


class NotebookError(Exception):
    """A notebook that did not run: which one, which cell and claim, what happened, where it is kept."""


@dataclass(frozen=True)
class Page:
    """A chapter that a notebook makes: its place in the book, its source, and the values it is made with.

    ``stage`` says what it is built from: 1 from the data, 2 from the executed notebooks of stage 1 and so on;
    ``takes`` says what it takes from those: their ``checks`` or their ``results``.
    """

    slug: str
    source: Path
    parameters: dict[str, str] = field(default_factory=dict)
    stage: int = 1
    takes: str = ""

    def executed(self, language: str) -> Path:
        """Where the executed notebook is written."""
        return BUILD / "executed" / language / f"{self.slug}.ipynb"

    def checks(self, language: str) -> Path:
        """Where its verdicts are written, for the chapters of later stages and for the pages."""
        return BUILD / "checks" / language / f"{self.slug}.json"

    def results(self, language: str) -> Path:
        """Where its other results are written, for the chapters of later stages."""
        return BUILD / "results" / language / f"{self.slug}.json"

    def reads(self, language: str) -> Path:
        """Where the parts of the data are written that it looked at."""
        return BUILD / "reads" / language / f"{self.slug}.json"


STAGES = {
    "synthesis": (2, "results"),
    "conclusion": (3, "checks"),
    "ledger": (4, "checks"),
    "index": (4, "checks"),
}
"""Chapters that are built from executed notebooks of an earlier stage, and what they take from those."""

LAST_CHECKS = 3
"""The last stage with claims: the ledger and the landing page only gather."""


def pages(regencies: Iterable[str]) -> list[Page]:
    """Every chapter that a notebook makes: one for each regency, one for each other notebook."""
    found = [Page(f"regencies/{r}", NOTEBOOKS / "regency.ipynb", {"regency": r}) for r in regencies]
    for source in sorted(NOTEBOOKS.rglob("*.ipynb")):
        slug = source.relative_to(NOTEBOOKS).with_suffix("").as_posix()
        if slug != "regency" and ".ipynb_checkpoints" not in slug:
            found.append(Page(slug, source, {}, *STAGES.get(slug, (1, ""))))
    return found


def needs(page: Page, language: str, chapters: Iterable[Page]) -> list[Path]:
    """The files that a page is made from besides the data: what it takes from the chapters of earlier stages."""
    earlier = [p for p in chapters if p.stage < page.stage]
    return [p.checks(language) if page.takes == "checks" else p.results(language) for p in earlier]


def prepare(notebook: nbformat.NotebookNode, page: Page, names: dict[str, str]) -> nbformat.NotebookNode:
    """The notebook for one page: cells of other regencies left out, ``{{ name }}`` filled in.

    Raises
    ------
    NotebookError
        if a parameter of the page is not one of the notebook's parameters.
    """
    regency = page.parameters.get("regency")
    kept = []
    for cell in notebook.cells:
        owners = [
            t.removeprefix(REGENCY_TAG) for t in cell.metadata.get("tags", []) if t.startswith(REGENCY_TAG)
        ]
        if regency and owners and regency not in owners:
            continue
        if regency and cell.cell_type == "markdown":
            cell.source = cell.source.replace("{{ name }}", names[regency])
        kept.append(cell)
    notebook.cells = kept
    declared = next((c.source for c in kept if "parameters" in c.metadata.get("tags", [])), "")
    for name in (*page.parameters, "language"):
        if not re.search(rf"^{name} *=", declared, re.M):
            raise NotebookError(f"{page.source.name} has no parameter {name!r} in its cell tagged parameters")
    return notebook
