"""An executed notebook as a reader takes it away: it says what it needs, and can be changed and run again.

What papermill put in is taken out (its values stand in the cell of parameters), prose is in the edition's language,
marks and links are text or lead to the published book, and outputs look as they do in JupyterLab. The same notebooks
lie in ``_build/run/<language>``, where JupyterLab and Binder open them.
"""

from __future__ import annotations

import copy
import hashlib
import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smart_asn.cards import SIGNS
from smart_asn.lab import STYLE, for_lab, web_address
from smart_asn.language import Language, translated
from smart_asn.pipeline.weave import folds_named
from smart_asn.places import BUILD, write_if_changed
from smart_asn.publication import Publication

MARK = re.compile(r"\[(K\d+)\]\(claim:(K\d+)\)")
CITATION = re.compile(r"\{cite\}`([^`]+)`")
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^():#\s]+)\.(ipynb|md)(#[\w-]+)?\)")
FILE = re.compile(r'<a href="(?!https?:)([^"]+)">(.*?)</a>')
"""A link to a file of the site that is no page."""
FRAME = "<style scoped>"
"""What a table that pandas shows begins with; JupyterLab knows how to show it."""
GUARD = """\
# {comment}
import importlib.util


class ProjectNeeded(Exception):
    def _render_traceback_(self):
        return [str(self)]


if importlib.util.find_spec("smart_asn") is None:
    raise ProjectNeeded({message!r})
"""


@dataclass(frozen=True)
class TakeAway:
    """What is the same for all notebooks of an edition.

    ``marks`` has for each statement its outcome and where it is checked, as in ``ledger.marks``; ``notebooks`` names
    the chapters that are notebooks; ``citations`` has for each work what stands for it in the text.
    """

    language: Language
    published: Publication
    marks: Mapping[str, Mapping[str, str]]
    notebooks: frozenset[str]
    citations: Mapping[str, str] = field(default_factory=dict)

    def make(self, parts: list[dict], chapter: str) -> dict:
        """The executed notebooks of a chapter as one notebook to take away."""
        first, *others = [copy.deepcopy(part) for part in parts]
        cells = list(self._cells(first["cells"], chapter, keeps_parameters=True))
        for other in others:
            cells.append(_markdown(self._about_the_rest(chapter)))
            cells += self._cells(other["cells"], chapter, keeps_parameters=False)
        cells = [_markdown(self.needs(chapter)), _code(self.guard()), *cells]
        for number, cell in enumerate(cells):
            cell["id"] = f"cell-{number}"
        return {**first, "cells": cells}

    def how_to_get_it(self) -> str:
        """One sentence: how to get the project that a notebook needs."""
        speak, repository = self.language, self.published.repository
        if repository:
            return speak(
                "This notebook needs the project it comes from: run `git clone {repository}`, then `make book` in its "
                "folder, and open the notebook there with `.venv/bin/jupyter lab`.",
                repository=repository,
            )
        return speak(
            "This notebook needs the project it comes from: get its folder from where this book is published, run "
            "`make book` in it, and open the notebook there with `.venv/bin/jupyter lab`."
        )

    def guard(self) -> str:
        """The cell that ends a notebook, in that sentence, where the project is not."""
        comment = self.language(
            "Without the project this notebook ends here, with a sentence that says how to get it."
        )
        return GUARD.format(comment=comment, message=self.how_to_get_it())

    def needs(self, chapter: str) -> str:
        """What stands above a notebook: where it comes from and what it needs."""
        speak, address = self.language, self.published.address
        lines = [self.how_to_get_it()]
        if address:
            page = web_address(chapter, address, speak.code)
            lines.append(speak("It is a chapter of a book: {page}.", page=f"<{page}>"))
        return " ".join(f"*{line}*" if n == 0 else line for n, line in enumerate(lines))

    def _about_the_rest(self, chapter: str) -> str:
        return self.language(
            "What follows was checked for the regency of this chapter alone; it stays as it is when another is set above."
        )

    def _cells(self, cells: list[dict], chapter: str, keeps_parameters: bool) -> Iterator[dict]:
        values: Any = next((c["source"] for c in cells if "injected-parameters" in _tags(c)), [])
        for cell in cells:
            if "injected-parameters" in _tags(cell):
                continue
            if "parameters" in _tags(cell):
                if not keeps_parameters:
                    continue
                cell["source"] = _with_values(cell["source"], values)
                cell["metadata"]["tags"] = ["parameters"]
            elif cell["cell_type"] == "markdown":
                text = translated("".join(cell["source"]), self.language.code)
                cell["source"] = self.prose(text, chapter).splitlines(keepends=True)
            for output in cell.get("outputs", []):
                shown = output.get("data", {})
                markup = "".join(shown.get("text/html", ""))
                if markup and FRAME not in markup:
                    address = self.published.address
                    shown["text/html"] = for_lab(markup, address, self.language.code)
            if "open_edition(" in "".join(cell["source"]) and cell["cell_type"] == "code":
                cell["outputs"] = [_output(STYLE), *cell["outputs"]]
            yield cell

    def prose(self, markdown: str, chapter: str) -> str:
        """Markdown with marks and citations as text, and links to what is not among the notebooks as text or to the book."""
        text = MARK.sub(self._mark, folds_named(markdown, self.language))
        text = CITATION.sub(lambda found: f"[{self.citations.get(found[1], found[1])}]", text)
        text = LINK.sub(lambda found: self._link(found, chapter), text)
        return FILE.sub(lambda found: self._file(found, chapter), text)

    def _mark(self, found: re.Match) -> str:
        shown = self.marks.get(found[2])
        if shown is None:
            return found[1]
        label = f"{SIGNS[shown['outcome']]} {found[1]}"
        if not self.published.address:
            return f"({label})"
        place = f"{shown['chapter']}#{found[2].lower()}"
        return f"[{label}]({web_address(place, self.published.address, self.language.code)})"

    def _link(self, found: re.Match, chapter: str) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(chapter), found[2]))
        if target in self.notebooks and not self.published.address:
            return found[0]
        if not self.published.address:
            return found[1]
        place = f"{target}{found[4] or ''}"
        return f"[{found[1]}]({web_address(place, self.published.address, self.language.code)})"

    def _file(self, found: re.Match, chapter: str) -> str:
        if not self.published.address:
            return found[2]
        page = posixpath.join(self.language.code, posixpath.dirname(chapter))
        place = posixpath.normpath(posixpath.join(page, found[1]))
        return f"[{found[2]}]({self.published.address.rstrip('/')}/{place})"


def _tags(cell: Mapping[str, Any]) -> list[str]:
    return cell["metadata"].get("tags", [])


def _with_values(source: list[str], injected: list[str]) -> list[str]:
    """The lines of a cell of parameters with the values that papermill put into a cell of its own."""
    values = dict(re.findall(r"^(\w+) = (.*)$", "".join(injected), re.M))
    made = re.sub(
        r"^(\w+) = .*$",
        lambda line: f"{line[1]} = {values[line[1]]}" if line[1] in values else line[0],
        "".join(source),
        flags=re.M,
    )
    return made.splitlines(keepends=True)


def _markdown(text: str) -> dict:
    return {"cell_type": "markdown", "id": "", "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(text: str) -> dict:
    source = text.rstrip("\n").splitlines(keepends=True)
    return {
        "cell_type": "code",
        "id": "",
        "metadata": {"jupyter": {"source_hidden": True}},
        "execution_count": None,
        "outputs": [],
        "source": source,
    }


def _output(markup: str) -> dict:
    return {
        "output_type": "display_data",
        "data": {"text/html": markup, "text/plain": ""},
        "metadata": {},
    }


RUN = BUILD / "run"
"""Where the notebooks lie that readers open: a folder for each language."""
WRITTEN = ".written.json"
"""In such a folder: what was written, so that what a reader has changed is known."""


def write_run(language: str, notebooks: Mapping[str, str], say: Callable[[str], None] = print) -> Path:
    """Write an edition's notebooks to where readers open them; returns their folder.

    One that a reader has changed since it was written is kept beside the new one, and ``say`` is told so.
    """
    folder = RUN / language
    seals = folder / WRITTEN
    known = json.loads(seals.read_text("utf-8")) if seals.exists() else {}
    made = {}
    for chapter, text in notebooks.items():
        path = folder / f"{chapter}.ipynb"
        made[chapter] = _seal(text)
        if path.exists():
            now = _seal(path.read_text("utf-8"))
            if now not in (known.get(chapter), made[chapter]):
                kept = _free(path)
                path.rename(kept)
                say(f"Your {path.name} was changed; it is kept as {kept.relative_to(RUN)}.")
        write_if_changed(path, text)
    for chapter in set(known) - set(made):
        path = folder / f"{chapter}.ipynb"
        if path.exists() and _seal(path.read_text("utf-8")) == known[chapter]:
            path.unlink()
    write_if_changed(seals, json.dumps(made, indent=1, sort_keys=True) + "\n")
    return folder


def _seal(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _free(path: Path) -> Path:
    number = 1
    while (kept := path.with_name(f"{path.stem}-yours-{number}.ipynb")).exists():
        number += 1
    return kept
