"""Sphinx extension of the book: anchors on claim cells, and what its pages need."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from markupsafe import Markup
from sphinx.addnodes import compact_paragraph
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from smart_asn.data import Data, load
from smart_asn.language import LANGUAGES, Language
from smart_asn.markup import slug
from smart_asn.publication import binder_address, commands_to_run, publication, source_address
from smart_asn.site import references
from smart_asn.site.citation import formats, works
from smart_asn.site.editions import COVER, alternates
from smart_asn.site.html import (
    THEME_SCRIPT,
    Term,
    correct_markup,
    icon,
    mark_terms,
    policy,
    shorten,
)
from smart_asn.site.metadata import tags
from smart_asn.site.search import SearchEnglish, SearchIndonesian
from smart_asn.site.signposts import as_links, of_book, of_chapter

OWN_FILES = ("_static/book.css", "_static/book.js", "_static/editions.js")
SEARCH_FILES = (
    "documentation_options",
    "doctools",
    "sphinx_highlight",
    "searchtools",
    "language_data",
    "search",
)
DESK = {
    "coverage": (),
    "review-walk": ("desk", "parts", "agreement", "walk"),
    "code-a-regency": ("coding-data", "parts", "agreement", "coding"),
    "your-copy": ("places", "parts", "matching", "copy"),
}
"""The pages of the reviewer's desk, which have a style sheet of their own, with the scripts of each."""
WIDE = re.compile(r'class="book-table (ledger|roomy)')
"""Markup of a table that needs the whole width; a page that has it goes without the list of its sections."""


def mark_cells(app: Sphinx, doctree: nodes.document) -> None:
    """Give each notebook cell that has an ``anchor`` in its metadata that id, so that it can be linked to."""
    for cell in doctree.findall(nodes.container):
        anchor = (cell.get("cell_metadata") or {}).get("anchor")
        if cell.get("nb_element") == "cell_code" and anchor and anchor not in cell["ids"]:
            cell["ids"].append(anchor)


def set_language(app: Sphinx, config: Any) -> None:
    """Name the fold of a code cell, and write references, in the edition's language."""
    language = _language(config)
    if language.code == "id":
        references.register()
        config.bibtex_default_style, config.bibtex_reference_style = references.LIST, references.CITATION
    config.nb_code_prompt_show = config.nb_code_prompt_hide = language("Code")


def _language(config: Any) -> Language:
    return Language(config.language if config.language in LANGUAGES else "en")


def set_page_context(
    app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document | None
) -> None:
    """Give the templates what they show: words, metadata, the policy, the page's sections, citations; mark terms."""
    language, place, published = _language(app.config), pagename, publication()
    site = published.address
    title = Markup(context.get("title", "")).striptags() or language("Search")
    root = posixpath.relpath("/", posixpath.dirname(f"/{language.code}/{place}"))
    whole = pagename == app.config.root_doc
    picture = f"{site}/{language.code}/{COVER}" if site else context["pathto"](COVER, 1)
    page_address = f"{site}/{language.code}/{place}.html" if site else ""
    described = _description(doctree) or context["docstitle"]
    contents = context["toctree"](maxdepth=3, collapse=False, includehidden=True, titles_only=True)
    context |= {
        "icon": icon,
        "policy": policy(THEME_SCRIPT),
        "theme_script": THEME_SCRIPT,
        "root": f"{root}/",
        "wide": bool(WIDE.search(context.get("body", ""))),
        "css_files": [file for file in context["css_files"] if file.filename in OWN_FILES],
        "script_files": [
            file  # Jupyter Book adds each script of _static once more, without its attributes
            for file in context["script_files"]
            if file.filename in OWN_FILES and "defer" in file.attributes
        ],
        "desk_styles": ["_static/desk/desk.css"] if place in DESK else [],
        "desk_scripts": [f"_static/desk/{name}.js" for name in DESK.get(place, ())],
        "search_scripts": [*(f"_static/{name}.js" for name in SEARCH_FILES), "searchindex.js"],
        "chapters": Markup(contents.replace('role="heading"', 'role="heading" aria-level="2"')),
        "page_toc": _sections(app, pagename) if doctree is not None else "",
        "notebook": _notebook(app, place, context),
        "launch": binder_address(published, language.code, place),
        "source": source_address(published, place),
        "commands": commands_to_run(published, language.code, place),
        "alternates": alternates(place, site=site),
        "signposts": _signposts(place, f"{language.code}/{app.config.root_doc}.html", language.code, site)
        if doctree is not None
        else "",
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
            {"name": name, "formats": formats(work, language)}
            for name, work in zip(
                (language("This edition"), language("The article")), works(site), strict=True
            )
        ],
    }
    if "body" in context:
        terms = _terms(app, pagename, language) if place != "glossary" else {}
        context["body"] = mark_terms(correct_markup(context["body"]), terms)


def _signposts(place: str, start: str, code: str, site: str) -> str:
    """The links by which programs see what the page is: the book's first page, or a chapter of the book."""
    here = f"{code}/{place}.html"
    return as_links(of_book(site, start) if here == start else of_chapter(start), site, here)


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
    return cast(StandaloneHTMLBuilder, app.builder).render_partial(inner)["fragment"]


def _depth(node: nodes.Node, top: nodes.Node) -> int:
    depth = 0
    while node is not top:
        depth += isinstance(node, nodes.bullet_list)
        node = node.parent
    return depth


def _notebook(app: Sphinx, place: str, context: dict) -> str:
    """The address of the page's executed notebook, if there is one to take away."""
    name = f"executed/{place}.ipynb"
    return context["pathto"](f"_static/{name}", 1) if (Path(app.srcdir) / "_static" / name).exists() else ""


def _terms(app: Sphinx, pagename: str, language: Language) -> dict[str, Term]:
    glossary = app.builder.get_relative_uri(pagename, "glossary")
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
    """Register the hooks, and the seal over all that chapters are read with."""
    for search in (SearchEnglish, SearchIndonesian):
        app.add_search_language(search)
    app.setup_extension("smart_asn.site.editions")
    app.setup_extension("smart_asn.site.marks")
    app.add_config_value("book_frame", "", "env")
    for name in ("book_repository", "book_release", "book_contributors", "book_contact"):
        app.add_config_value(name, "", "html")
    app.add_config_value(
        "comments_config", {}, "html"
    )  # set by Jupyter Book, for an extension that is not used
    app.connect("config-inited", set_language)
    app.connect("doctree-read", mark_cells, priority=600)
    app.connect("html-page-context", set_page_context, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
