"""Run a notebook by papermill: prepare it for its page, execute it, and write the same bytes every time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pandas as pd

from . import kernels
from .data import BUILD, ROOT

NOTEBOOKS = ROOT / "notebooks"
REGENCY_TAG = "regency:"
CHECK = re.compile(r"""\bcheck\(\s*["'](\w+)["']""")
ADDRESS = re.compile(r" at 0x[0-9a-f]{6,}")


class NotebookError(Exception):
    """A notebook that did not run: which one, which cell and claim, what happened, where it is kept."""


@dataclass(frozen=True)
class Page:
    """A chapter that a notebook makes: its place in the book, its source, and the values it is made with.

    ``stage`` says what it is built from: 1 from the data, 2 from the executed notebooks of stage 1 and so on.
    """

    slug: str
    source: Path
    parameters: dict[str, str] = field(default_factory=dict)
    stage: int = 1

    def executed(self, language: str) -> Path:
        """Where the executed notebook is written."""
        return BUILD / "executed" / language / f"{self.slug}.ipynb"


STAGES = {"synthesis": 2, "conclusion": 3, "ledger": 4, "index": 4}
"""Chapters that are built from executed notebooks of an earlier stage; every other is built from the data."""

LAST_CHECKS = 3
"""The last stage with claims: the ledger and the landing page only gather."""


def pages(regencies: pd.Series) -> list[Page]:
    """Every chapter that a notebook makes: one for each regency, one for each other notebook."""
    found = [Page(f"regencies/{r}", NOTEBOOKS / "regency.ipynb", {"regency": r}) for r in regencies]
    for source in sorted(NOTEBOOKS.rglob("*.ipynb")):
        slug = source.relative_to(NOTEBOOKS).with_suffix("").as_posix()
        if slug != "regency" and ".ipynb_checkpoints" not in slug:
            found.append(Page(slug, source, {}, STAGES.get(slug, 1)))
    return found


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


def normalise(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """An executed notebook without what differs between runs; claim cells get their anchor.

    Dropped: papermill's and the kernel's timings and paths, random cell ids, object addresses.
    """
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata = nbformat.from_dict({"kernelspec": kernel})
    for number, cell in enumerate(notebook.cells):
        tags = [t for t in cell.metadata.get("tags", []) if not t.startswith(REGENCY_TAG)]
        claim = CHECK.search(cell.source) if cell.cell_type == "code" else None
        if claim:
            tags.append("claim")
        elif {"parameters", "injected-parameters"} & set(tags):
            tags.append("remove-cell")
        elif cell.cell_type == "code":
            tags.append("hide-input")
        meta = {"anchor": f"check-{claim[1].lower()}"} if claim else {}
        cell.metadata = nbformat.from_dict(meta | ({"tags": tags} if tags else {}))
        cell.id = f"cell-{number}"
        for output in cell.get("outputs", []):
            text = output.get("data", {}).get("text/plain")
            if isinstance(text, str):
                output.data["text/plain"] = ADDRESS.sub("", text)
    return notebook


def write_if_changed(path: Path, text: str) -> bool:
    """Write a file only if its text changes; the new file replaces the old one whole."""
    if path.exists() and path.read_text("utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.part")
    aside.write_text(text, "utf-8")
    aside.replace(path)
    return True


def execute(page: Page, language: str, names: dict[str, str]) -> Path:
    """Execute one page's notebook in one language, and write it to ``page.executed(language)``.

    Raises
    ------
    NotebookError
        if a cell fails or writes to stderr. The notebook, as far as it ran, is kept under ``_build/failed``.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError

    kernels.settle()
    source = nbformat.read(page.source, as_version=4)
    work = BUILD / "work" / language / f"{page.slug}.ipynb"
    work.parent.mkdir(parents=True, exist_ok=True)
    ran = work.with_suffix(".out.ipynb")
    nbformat.write(prepare(source, page, names), work)
    try:
        papermill.execute_notebook(
            work,
            ran,
            parameters={"language": language, **page.parameters},
            kernel_name="python3",
            progress_bar=False,
            config=kernels.settings(),
            extra_arguments=kernels.arguments(),
        )
        notebook = nbformat.read(ran, as_version=4)
        complaint = _stderr(notebook)
        if complaint:
            raise NotebookError(_failure(page, language, complaint[0], complaint[1], ran))
    except PapermillExecutionError as error:
        notebook = nbformat.read(ran, as_version=4)
        failing = next((c for c in notebook.cells if _has_error(c)), None)
        raise NotebookError(
            _failure(page, language, failing, f"{error.ename}: {error.evalue}", ran)
        ) from None
    write_if_changed(page.executed(language), nbformat.writes(normalise(notebook)) + "\n")
    work.unlink()
    ran.unlink()
    return page.executed(language)


def _has_error(cell: nbformat.NotebookNode) -> bool:
    return any(o.output_type == "error" for o in cell.get("outputs", []))


def _stderr(notebook: nbformat.NotebookNode) -> tuple[nbformat.NotebookNode, str] | None:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                return cell, f"the cell wrote to stderr: {output.text.strip()[:300]}"
    return None


def _failure(page: Page, language: str, cell: nbformat.NotebookNode | None, what: str, ran: Path) -> str:
    """One message: the notebook, the cell and its claim, what happened, and where the notebook is kept."""
    kept = BUILD / "failed" / language / f"{page.slug}.ipynb"
    kept.parent.mkdir(parents=True, exist_ok=True)
    ran.replace(kept)
    source = cell.source if cell is not None else ""
    claim = CHECK.search(source)
    place = f"claim {claim[1]}" if claim else "the cell"
    lines = "\n".join(f"    {line}" for line in source.splitlines()[:8])
    name = page.source.relative_to(ROOT) if page.source.is_relative_to(ROOT) else page.source
    of = f" for {page.parameters['regency']}" if "regency" in page.parameters else ""
    shown = kept.relative_to(ROOT) if kept.is_relative_to(ROOT) else kept
    return f"{name}{of} ({language}) failed at {place}:\n{lines}\n  {what}\n  The notebook as far as it ran: {shown}"
