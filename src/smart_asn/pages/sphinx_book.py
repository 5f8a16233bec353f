"""Sphinx extension of the book: addresses without ``book/``, anchors on claim cells, and what its pages need."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.addnodes import compact_paragraph, toctree
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from smart_asn.data import Data, load
from smart_asn.language import LANGUAGES, Language
from smart_asn.markup import slug
from smart_asn.pages import references
from smart_asn.pages.citation import FORMATS, tags, works
from smart_asn.pages.editions import alternates
from smart_asn.pages.page import (
    PREFIX,
    THEME_SCRIPT,
    Term,
    address,
    icon,
    mark_terms,
    mend,
    policy,
    shorten,
)
from smart_asn.pages.search import SearchEnglish, SearchIndonesian

DEPTH = 3
"""How deep the contents beside a page go; below that only what leads to the page."""
OWN_FILES = ("_static/book.css", "_static/book.js", "_static/editions.js")
SEARCH_FILES = (
    "documentation_options",
    "doctools",
    "sphinx_highlight",
    "searchtools",
    "language_data",
    "search",
)
COVER = "_static/figures/cover.png"
"""The picture that stands for the book where a link to it is shared."""
BLOCK = re.compile(r"<(?=/?(?:t[dhr]|d[dt]|li|p|h\d|caption|figcaption|div|option|button|br|q|span)\b)")
"""Where a tag parts words."""
WIDE = re.compile(r'class="book-table (ledger|roomy)')
"""Markup of a table that needs the whole width; a page that has it goes without the list of its sections."""


class BookBuilder(StandaloneHTMLBuilder):
    """Sphinx's HTML builder, with the chapters at the top of the site instead of under ``book/``."""

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return super().get_target_uri(address(docname), typ)

    def get_outfilename(self, pagename: str) -> str:
        return super().get_outfilename(address(pagename))

    def load_indexer(self, docnames: Any) -> None:
        """Start the search index anew: its documents are known by their addresses, not by their names."""

    def index_page(self, pagename: str, doctree: nodes.document, title: str) -> None:
        """Index a page's words; those of two cells or items are two, though no space parts them in the markup."""
        kept = [(raw, raw.children) for raw in doctree.findall(nodes.raw)]
        for raw, _ in kept:
            raw.children = [nodes.Text(BLOCK.sub(" <", raw.astext()))]
        super().index_page(address(pagename), doctree, title)
        for raw, children in kept:
            raw.children = children

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
    """Name the fold of a code cell, and write references, in the edition's language."""
    language = _language(config)
    if language.code == "id":
        references.register()
        config.bibtex_default_style, config.bibtex_reference_style = references.LIST, references.CITATION
    config.nb_code_prompt_show = config.nb_code_prompt_hide = language("Code")


def _language(config: Any) -> Language:
    return Language(config.language if config.language in LANGUAGES else "en")


def furnish(
    app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document | None
) -> None:
    """Give the templates what they show: words, metadata, the policy, the page's sections, citations; mark terms."""
    language, place = _language(app.config), address(pagename)
    site = app.config.html_baseurl.rstrip("/")
    title = Markup(context.get("title", "")).striptags() or language("Search")
    root = posixpath.relpath("/", posixpath.dirname(f"/{language.code}/{place}"))
    whole = pagename == app.config.root_doc
    picture = f"{site}/{language.code}/{COVER}" if site else context["pathto"](COVER, 1)
    page_address = f"{site}/{language.code}/{place}.html" if site else ""
    described = _description(doctree) or context["docstitle"]
    context |= {
        "icon": icon,
        "policy": policy(THEME_SCRIPT),
        "theme_script": THEME_SCRIPT,
        "root": f"{root}/",
        "wide": bool(WIDE.search(context.get("body", ""))),
        "css_files": [file for file in context["css_files"] if file.filename in OWN_FILES],
        "script_files": [file for file in context["script_files"] if file.filename in OWN_FILES],
        "search_scripts": [*(f"_static/{name}.js" for name in SEARCH_FILES), "searchindex.js"],
        "chapters": Markup(_chapters(app, pagename)),
        "page_toc": _sections(app, pagename) if doctree is not None else "",
        "notebook": _notebook(app, place, context),
        "launch": _launch(app.config.book_repository, place),
        "alternates": alternates(place, site=site),
        "metadata": tags(
            page_address,
            context["docstitle"] if whole else title,
            shorten(described if whole else f"{title}: {described}"),
            language.code,
            picture,
            whole,
            language(
                "The book's title, the six regencies on the map of Indonesia, and which of them states which measure."
            ),
        ),
        "citations": [
            {"name": name, "formats": [(label, write(work)) for label, write in FORMATS]}
            for name, work in zip(
                (language("This edition"), language("The article")), works(site), strict=True
            )
        ],
    }
    if "body" in context:
        terms = _terms(app, pagename, language) if place != "glossary" else {}
        context["body"] = mark_terms(mend(context["body"]), terms)


def _chapters(app: Sphinx, pagename: str) -> str:
    """The contents of the book beside a page: parts, chapters and sections, and whatever leads to the page.

    Sphinx's own ``toctree`` copies the contents of the whole book for each page, which costs more than all the
    rest of the pages where there are hundreds.
    """
    env, path, page = app.env, {pagename}, pagename
    above = _above(env)
    while page := above.get(page, ""):
        path.add(page)

    def entries(names: Collection[str], depth: int) -> str:
        items = []
        for name in names:
            below = env.toctree_includes.get(name, ())
            below = below if depth < DEPTH else path.intersection(below)
            inner = entries(below, depth + 1) if below else ""
            current, here = (" current" if name in path else ""), ("current " if name == pagename else "")
            to = "#" if name == pagename else app.builder.get_relative_uri(pagename, name)
            items.append(
                f'<li class="toctree-l{depth}{current}"><a class="{here}reference internal" href="{escape(to)}">'
                f"{escape(env.titles[name].astext())}</a>{inner}</li>"
            )
        open_list = '<ul class="current">' if path.intersection(names) else "<ul>"
        return "\n".join([open_list, *items, "</ul>"])

    parts = []
    for part in env.tocs[app.config.root_doc].findall(toctree):
        if part.get("caption"):
            parts.append(
                f'<p class="caption"><span class="caption-text">{escape(part["caption"])}</span></p>'
            )
        parts.append(entries(part["includefiles"], 1))
    return "\n".join(parts)


@lru_cache(maxsize=1)
def _above(env: BuildEnvironment) -> dict[str, str]:
    """The page that a page's entry in the contents stands under."""
    return {name: page for page, names in env.toctree_includes.items() for name in names}


def _description(doctree: nodes.document | None) -> str:
    """The first paragraph that the page's author wrote."""
    if doctree is None:
        return ""
    for paragraph in doctree.findall(nodes.paragraph):
        if paragraph.astext().strip() and not isinstance(paragraph.parent, nodes.list_item):
            return paragraph.astext()
    return ""


def _sections(app: Sphinx, pagename: str) -> str:
    """The list of the page's sections as markup, without the page's own title; nothing for fewer than two."""
    toc = app.env.tocs[pagename].deepcopy()
    inner = next(
        (n for item in toc.children for n in item.children if isinstance(n, nodes.bullet_list)), None
    )
    if inner is None or len(inner.children) < 2:
        return ""
    for entry in list(inner.findall(nodes.list_item)):
        for deeper in [
            n for n in entry.children if isinstance(n, nodes.bullet_list) and _depth(n, inner) > 1
        ]:
            entry.remove(deeper)
    for paragraph in inner.findall(compact_paragraph):
        for link in paragraph.findall(nodes.reference):
            link["refuri"] = link.get("anchorname") or "#"
    return app.builder.render_partial(inner)["fragment"]


def _depth(node: nodes.Node, top: nodes.Node) -> int:
    depth = 0
    while node is not top:
        depth += isinstance(node, nodes.bullet_list)
        node = node.parent
    return depth


def _notebook(app: Sphinx, place: str, context: dict) -> str:
    """The address of the page's executed notebook, if there is one to take away."""
    name = f"executed/{place}.ipynb"
    return (
        context["pathto"](f"_static/{name}", 1) if (Path(app.srcdir) / "book/_static" / name).exists() else ""
    )


def _launch(repository: str, place: str) -> str:
    """The address that opens a chapter in Binder; nothing while the book has no public repository."""
    if not repository.startswith("https://github.com/"):
        return ""
    name = repository.removeprefix("https://github.com/").strip("/")
    return f"https://mybinder.org/v2/gh/{name}/HEAD?urlpath=lab/tree/book/{place}.ipynb"


def _terms(app: Sphinx, pagename: str, language: Language) -> dict[str, Term]:
    glossary = app.builder.get_relative_uri(pagename, f"{PREFIX}glossary")
    rows = _data().glossary
    entries = zip(rows["term"], rows[f"definition_{language.code}"], rows["expansion"], strict=True)
    return {
        term: Term(f"{long}. {text}" if long else text, f"{glossary}#term-{slug(term)}")
        for term, text, long in entries
    }


@lru_cache(1)
def _data() -> Data:
    return load()


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the builder and the hooks."""
    app.add_builder(BookBuilder, override=True)
    for search in (SearchEnglish, SearchIndonesian):
        app.add_search_language(search)
    app.setup_extension("smart_asn.pages.editions")
    app.setup_extension("smart_asn.pages.marks")
    for name in ("book_repository", "book_contributors", "book_contact"):
        app.add_config_value(name, "", "html")
    app.add_config_value(
        "comments_config", {}, "html"
    )  # set by Jupyter Book, for an extension that is not used
    app.connect("config-inited", speak)
    app.connect("doctree-read", mark_cells, priority=600)
    app.connect("html-page-context", furnish, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
