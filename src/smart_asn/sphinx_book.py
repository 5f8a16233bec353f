"""Sphinx extension of the book: addresses without ``book/``, anchors on claim cells, the edition's language."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from .language import LANGUAGES, Language
from .search import SearchIndonesian

PREFIX = "book/"


def address(name: str) -> str:
    """A document's name without the source folder's prefix: ``book/ledger`` is published as ``ledger``."""
    return name.removeprefix(PREFIX)


class BookBuilder(StandaloneHTMLBuilder):
    """Sphinx's HTML builder, with the chapters at the top of the site instead of under ``book/``."""

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return super().get_target_uri(address(docname), typ)

    def get_outfilename(self, pagename: str) -> str:
        return super().get_outfilename(address(pagename))

    def load_indexer(self, docnames: Any) -> None:
        """Start the search index anew: its documents are known by their addresses, not by their names."""

    def index_page(self, pagename: str, doctree: nodes.document, title: str) -> None:
        super().index_page(address(pagename), doctree, title)

    def dump_search_index(self) -> None:
        """Write the search index; nothing is pruned, for it holds just this build's chapters."""
        self.indexer.prune = lambda keep: None
        super().dump_search_index()


def mark_cells(app: Sphinx, doctree: nodes.document) -> None:
    """Give each notebook cell that has an ``anchor`` in its metadata that id, so that it can be linked to."""
    for cell in doctree.findall(nodes.container):
        anchor = (cell.get("cell_metadata") or {}).get("anchor")
        if cell.get("nb_element") == "cell_code" and anchor and anchor not in cell["ids"]:
            cell["ids"].append(anchor)


def speak(app: Sphinx, config: Any) -> None:
    """Name the fold of a code cell in the edition's language."""
    language = Language(config.language if config.language in LANGUAGES else "en")
    config.nb_code_prompt_show = config.nb_code_prompt_hide = language("Code")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the builder and the hooks."""
    app.add_builder(BookBuilder, override=True)
    app.add_search_language(SearchIndonesian)
    app.setup_extension("smart_asn.editions")
    app.connect("config-inited", speak)
    app.connect("doctree-read", mark_cells, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
