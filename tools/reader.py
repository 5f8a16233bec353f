"""Reads the whole book in this process: what every chapter of an edition shows, without papermill and drawings."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import nbformat

from smart_asn import chapters, notebook, surface
from smart_asn import data as data_module
from smart_asn.data import Data
from smart_asn.desk.copy_data import copy_data
from smart_asn.desk.records import records
from smart_asn.edition import Edition
from smart_asn.figures import style
from smart_asn.language import Language
from smart_asn.ledger import as_json, gather, published
from smart_asn.pipeline import execute
from smart_asn.pipeline.weave import Weaver
from smart_asn.places import NOTEBOOKS


class Undrawn(style.Sheet):
    """A figure's sheet, which is never drawn."""

    def draw_without_rendering(self) -> None:
        """Nothing."""

    def savefig(self, target, **_) -> None:  # type: ignore[override]
        """An empty drawing."""
        target.write("<svg></svg>" if isinstance(target, io.StringIO) else b"")


BY_HAND = ("start-here", "exercises", "answers/")
"""Chapters in which a reader tries things out: what they show of the data other chapters show too."""


class Reader:
    """Reads an edition as its readers would: every chapter, the ledger, and the page of the reader's own copy."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.sources = {p: nbformat.read(p, as_version=4) for p in sorted(NOTEBOOKS.rglob("*.ipynb"))}
        self.compiled: dict[str, object] = {}
        self.reads: dict[tuple[str, str], set] = {}
        """What each chapter of an edition looked at in the data when it was last read: by language and chapter."""

    def read(
        self, data: Data, language: str, first: Counter | None = None, near: frozenset[str] = frozenset()
    ) -> Iterator[tuple[str, str]]:
        """What each chapter shows, one after the other; then the woven chapters, the ledger and the own copy.

        As far as the stages allow, those in ``near`` are read first, and then those of which ``first`` counts most.
        """
        shown: list[dict] = []
        early = first or Counter()
        with ExitStack() as patches:
            for patch in (
                mock.patch.object(chapters, "BUILD", self.folder),
                mock.patch.object(style, "Sheet", Undrawn),
                mock.patch.object(notebook, "load", lambda: data),
                mock.patch.object(data_module, "shipped", lambda: data),
                mock.patch.object(surface, "shipped", lambda: data),
                mock.patch.object(notebook, "display", lambda bundle, raw: shown.append(bundle)),
            ):
                patches.enter_context(patch)
            surface.forget()
            patches.callback(surface.forget)
            order = sorted(
                chapters.pages(data.regency_names),
                key=lambda p: (p.stage, p.slug not in near, -early[p.slug]),
            )
            read: dict[str, dict] = {}
            for page in order:
                data.reads.clear()
                read[page.slug] = self._execute(page, language, data, shown)
                self.reads[language, page.slug] = set(data.reads)
                yield page.slug, json.dumps(read[page.slug])
            whole: dict[str, dict] = {}
            for page in chapters.pages(data.regency_names):
                whole.setdefault(page.chapter, {"cells": []})["cells"] += read[page.slug]["cells"]
            questions = gather(data, language)
            weaver = Weaver(data, questions, Language(language))
            for slug in sorted(whole):
                yield f"{slug} (woven)", json.dumps(weaver.weave(whole[slug], slug))
            yield "ledger.json", as_json(published(data, questions, language))
            edition = Edition(data, Language(language), "")
            yield "own copy", json.dumps(copy_data(edition, records(data, questions), ""))

    def _execute(self, page: chapters.Page, language: str, data: Data, shown: list[dict]) -> dict:
        names: dict[str, object] = {}
        cells, records = [], []
        for cell in [] if page.slug.startswith(BY_HAND) else self.sources[page.source].cells:
            shown.clear()
            if cell.cell_type == "code":
                exec(self._code(cell.source), names)
                if "parameters" in cell.metadata.get("tags", []):
                    names.update(page.parameters, language=language)
            records += [
                (cell.source, bundle[chapters.RECORD]) for bundle in shown if chapters.RECORD in bundle
            ]
            outputs = [{"output_type": "display_data", "data": dict(bundle)} for bundle in shown]
            tags = list(cell.metadata.get("tags", []))
            cells.append(
                {
                    "cell_type": cell.cell_type,
                    "metadata": {"tags": tags},
                    "source": cell.source,
                    "outputs": outputs,
                }
            )
        kept = zip((page.checks(language), page.results(language)), execute.recorded(records), strict=True)
        for path, what in kept:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(what), "utf-8")
        return {"cells": cells}

    def _code(self, source: str):
        if source not in self.compiled:
            self.compiled[source] = compile(source, "<cell>", "exec")
        return self.compiled[source]
