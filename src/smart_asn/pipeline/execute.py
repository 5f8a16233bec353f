"""Run a notebook by papermill: prepare it for its page, execute it, and write the same bytes every time."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import shutil
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from smart_asn.chapters import CHECK, READS, RECORD, NotebookError, Page, pages
from smart_asn.data import Data, digest, load
from smart_asn.places import BUILD, ENVIRONMENT, PACKAGE, ROOT, set_environment, write_if_changed
from smart_asn.publication import publication

if TYPE_CHECKING:
    import nbformat

NOTEBOOK = "smart_asn.notebook"
"""The module that every notebook calls."""
SHOWN = "shown"
"""The tag of a cell whose lines a reader came to see."""
ADDRESS = re.compile(r" at 0x[0-9a-f]{6,}")


def normalise(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """An executed notebook without what differs between runs; claim cells get their anchor.

    Dropped: papermill's and the kernel's timings and paths, random cell ids, object addresses.
    """
    import nbformat

    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata = nbformat.from_dict({"kernelspec": kernel})
    for number, cell in enumerate(notebook.cells):
        tags = list(cell.metadata.get("tags", []))
        claim = CHECK.search(cell.source) if cell.cell_type == "code" else None
        if claim:
            tags.append("claim")
        elif {"parameters", "injected-parameters"} & set(tags):
            tags.append("remove-cell")
        elif cell.cell_type == "code" and SHOWN not in tags:
            tags.append("hide-input")
        kept = {key: cell.metadata[key] for key in ("mystnb",) if key in cell.metadata}
        meta = {"anchor": f"check-{claim[1].lower()}"} if claim else {}
        cell.metadata = nbformat.from_dict(kept | meta | ({"tags": tags} if tags else {}))
        cell.id = f"cell-{number}"
        for output in cell.get("outputs", []):
            text = output.get("data", {}).get("text/plain")
            if isinstance(text, str):
                output.data["text/plain"] = ADDRESS.sub("", text)
    return notebook


def execute(page: Page, language: str) -> None:
    """Execute one page's notebook in one language.

    Written are the executed notebook, its checks and results, and what it read of the data; each only if it changes.

    Raises
    ------
    NotebookError
        if a cell fails or writes to stderr. The notebook, as far as it ran, is kept under ``_build/failed``.
    """
    import nbformat
    import papermill
    from papermill.exceptions import PapermillExecutionError

    from smart_asn.pipeline.kernels import ENGINE

    set_environment()
    check_parameters(page)
    ran = BUILD / "work" / language / f"{page.slug}.ipynb"
    ran.parent.mkdir(parents=True, exist_ok=True)
    try:
        papermill.execute_notebook(
            page.source,
            ran,
            parameters={"language": language, **page.parameters},
            engine_name=ENGINE,
            kernel_name="python3",
            progress_bar=False,
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
        )
        notebook = nbformat.read(ran, as_version=4)
        complaint = _stderr(notebook)
        if complaint:
            raise NotebookError(_failure(page, language, *complaint, ran))
    except PapermillExecutionError as error:
        notebook = nbformat.read(ran, as_version=4)
        failing = next((c for c in notebook.cells if _has_error(c)), None)
        what = f"{error.ename}: {error.evalue}"
        raise NotebookError(_failure(page, language, failing, what, ran)) from None
    except (RuntimeError, OSError, KeyError, ModuleNotFoundError) as error:
        what = f"no kernel ran it: {error or type(error).__name__}"
        raise NotebookError(_failure(page, language, None, what, ran)) from None
    write_outputs(page, language, notebook)
    ran.unlink()


def check_parameters(page: Page) -> None:
    """Check that a notebook declares every value that it is executed with; papermill would only log it.

    Raises
    ------
    NotebookError
        if one is not in the cell tagged ``parameters``.
    """
    import nbformat

    cells = nbformat.read(page.source, as_version=4).cells
    declared = next((c.source for c in cells if "parameters" in c.metadata.get("tags", [])), "")
    for name in (*page.parameters, "language"):
        if not re.search(rf"^{name} *=", declared, re.M):
            raise NotebookError(f"{page.source.name} has no parameter {name!r} in its cell tagged parameters")


def write_outputs(page: Page, language: str, notebook: nbformat.NotebookNode) -> None:
    """Write what an executed notebook gives: itself, its checks and results, and what it read of the data."""
    import nbformat

    looked = notebook.metadata.get(READS, [])
    normalise(notebook)
    shown = [(c.source, o.get("data", {})) for c in notebook.cells for o in c.get("outputs", [])]
    checks, results = recorded((source, data[RECORD]) for source, data in shown if RECORD in data)
    for path, what in (
        (page.reads(language), looked),
        (page.checks(language), checks),
        (page.results(language), results),
    ):
        write_if_changed(path, json.dumps(what, indent=1, ensure_ascii=False) + "\n")
    data = load_book()[0]
    seals = {"data": digest(), "looks": [(look, data.seal(tuple(look))) for look in looked]}
    write_if_changed(page.seals(language), json.dumps(seals, ensure_ascii=False) + "\n")
    write_if_changed(page.executed(language), nbformat.writes(notebook) + "\n")


def recorded(entries: Iterable[tuple[str, dict]]) -> tuple[list[tuple[str, dict]], dict]:
    """What cells recorded, each entry with its cell's source, parted into checks and results.

    The checks are the records of questions, with their cells' sources; the results are all in one dictionary.
    """
    checks: list[tuple[str, dict]] = []
    results: dict = {}
    for source, entry in entries:
        if "question" in entry:
            checks.append((source, entry["question"]))
        else:
            results |= entry
    return checks, results


@cache
def load_book() -> tuple[Data, tuple[Page, ...]]:
    """The data and the chapters of this run of the pipeline."""
    data = load()
    return data, tuple(pages(data.regency_names))


def inputs(chapter: tuple[Page, str]) -> str:
    """One seal over all that a page is made from, so that it is made again when any of it changes, and only then.

    ``chapter`` is a page and a language. The seal is over the notebook, the modules it imports (and those they
    import), the messages, the locked libraries, the chapters of earlier stages by name, what a publisher has set that
    a chapter shows, and each part of the data that it looked at when it was last executed. What it looked at cannot
    change as long as what it saw there is the same.
    """
    page, language = chapter
    path = page.reads(language)
    return _inputs(page.slug, language, path.read_text("utf-8") if path.exists() else "null")


@cache
def _inputs(slug: str, language: str, looks: str) -> str:
    data, chapters = load_book()
    page = next(p for p in chapters if p.slug == slug)
    earlier = [p.slug for p in chapters if p.stage < page.stage]
    seal = hashlib.sha256(common().encode())
    seal.update(_seal(page.source).encode())
    for module in sorted(modules(_code(page.source))):
        seal.update(_seal(module).encode())
    known = publication()
    shown = (known.contributors, known.contact, known.repository)
    seal.update(repr((language, page.parameters, earlier, shown)).encode())
    looked = json.loads(looks)
    seal.update(repr(looked and [(look, data.seal(tuple(look))) for look in looked]).encode())
    return seal.hexdigest()


@cache
def common() -> str:
    """What every notebook is executed with: Python, the locked libraries, messages, typefaces, this module."""
    files = [ROOT / "requirements.txt", *sorted((ROOT / "locale").rglob("smart_asn.po"))]
    files += sorted((ROOT / "book/_fonts").glob("*"))
    own = sorted(modules("from smart_asn.pipeline import execute"))
    return repr((sys.version, ENVIRONMENT, [(f.name, _seal(f)) for f in (*files, *own) if f.exists()]))


@cache
def _seal(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def _code(notebook: Path) -> str:
    try:
        cells = json.loads(notebook.read_text("utf-8"))["cells"]
    except (ValueError, KeyError) as error:
        raise NotebookError(f"{notebook.name} is not a Jupyter notebook: {error}") from None
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code") + f"\nimport {NOTEBOOK}"


@cache
def modules(code: str) -> frozenset[Path]:
    """The modules of this package that a piece of code imports, and those that they import in turn."""
    found: set[Path] = set()
    waiting = [code]
    while waiting:
        fresh = set(_imported(waiting.pop())) - found
        found |= fresh
        waiting += [path.read_text("utf-8") for path in fresh]
    return frozenset(found)


@cache
def _imported(code: str) -> frozenset[Path]:
    names: set[str] = set()
    try:
        tree = ast.parse(code)
    except SyntaxError:  # the cell that has it will be named when it is executed
        return frozenset()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    own = [PACKAGE.parent / name.replace(".", "/") for name in names if name.split(".")[0] == PACKAGE.name]
    files = [file for path in own for file in (path.with_suffix(".py"), path / "__init__.py")]
    return frozenset(file for file in files if file.exists())


def _has_error(cell: nbformat.NotebookNode) -> bool:
    return any(o.output_type == "error" for o in cell.get("outputs", []))


def _stderr(notebook: nbformat.NotebookNode) -> tuple[nbformat.NotebookNode, str] | None:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                return cell, f"the cell wrote to stderr: {output.text.strip()[:300]}"
    return None


def _failure(page: Page, language: str, cell: nbformat.NotebookNode | None, what: str, ran: Path) -> str:
    """One message: the notebook, the cell and its question, what happened, and where the notebook is kept."""
    kept = BUILD / "failed" / language / f"{page.slug}.ipynb"
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(page.source, kept) if not ran.exists() else ran.replace(kept)
    source = cell.source if cell is not None else ""
    asks = CHECK.search(source)
    place = f"question {asks[1]}" if asks else "the cell"
    lines = "\n".join(f"    {line}" for line in source.splitlines()[:8])
    name = page.source.relative_to(ROOT) if page.source.is_relative_to(ROOT) else page.source
    of = f" for {page.parameters['regency']}" if "regency" in page.parameters else ""
    shown = kept.relative_to(ROOT) if kept.is_relative_to(ROOT) else kept
    return f"{name}{of} ({language}) failed at {place}:\n{lines}\n  {what}\n  The notebook as far as it ran: {shown}"
