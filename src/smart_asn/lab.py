"""What a notebook shows to who runs it in JupyterLab: the blocks of the pages with a small style sheet of their own.

The pages of the book have styles, links between chapters and figures for two themes; a notebook in JupyterLab has
none of these. ``for_lab`` makes of a block's markup what can be read there, in light and in dark; ``STYLE`` styles
it with JupyterLab's own colours. When the book is built (``FOR_PAGES``), blocks are shown as the pages need them.
"""

from __future__ import annotations

import os
import re
from html import escape
from pathlib import Path
from typing import Protocol

from smart_asn.places import NOTEBOOKS

FOR_PAGES = "SMART_ASN_FOR_PAGES"
"""The environment variable that says that what is shown will be woven into pages."""

ANCHOR = re.compile(
    r'<a (?:[^>]*? )?href="(?P<target>book:[^"]*|#[^"]*)"(?P<rest>[^>]*)>(?P<text>.*?)</a>', re.S
)
SPOTS = re.compile(r'<svg class="spots\b.*?</svg>', re.S)
PIXELS = re.compile(r' data-png="[^"]*"')
PERMALINK = re.compile(r'<a class="permalink"[^>]*>.*?</a>', re.S)
CLASS = re.compile(r'class="([^"]*)"')
COMMENT = re.compile(r"<!--.*?-->", re.S)

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
"""What the source notebooks say of the kernel, whichever runs them."""

OURS = ("tags", "mystnb")
"""What the source notebooks say of a cell; JupyterLab adds when it ran, how it is scrolled, and more."""

STYLE = """<style>
.edition { --ink: var(--jp-content-font-color1, #1b2430); --muted: var(--jp-content-font-color2, #566270);
  --line: var(--jp-border-color1, #b9c1ca); --faint: var(--jp-layout-color2, #eef1f4); color: var(--ink); line-height: 1.5; }
.edition .visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.edition figure { margin: .6em 0 0; }
.edition figure img { display: block; background: #fff; padding: 10px; border-radius: 4px; max-width: 100%; height: auto; box-sizing: border-box; }
.edition figcaption, .edition caption { color: var(--ink); text-align: left; caption-side: top; padding: .5em 0; max-width: 40rem; font-size: 1em; }
.edition .book-table { overflow-x: auto; }
.edition table { border-collapse: collapse; margin: 0 0 1em; color: var(--ink); }
.edition :is(th, td) { text-align: left !important; vertical-align: top; padding: .35em .9em .35em 0 !important; border-bottom: 1px solid var(--line) !important; font-weight: 400; max-width: 34rem; white-space: normal; background: none; color: var(--ink); }
.edition thead th { font-weight: 600; }
.edition tr { background: none !important; }
.edition .matrix :is(th, td) { padding: .1em .35em !important; text-align: center !important; }
.edition .matrix :is(tbody th, thead th:first-child) { text-align: left !important; }
.edition :is(.note, .locator, .numbers) { color: var(--muted); font-size: .92em; }
.edition .note { display: block; }
.edition .number:not(:empty) { font-weight: 600; margin-right: .3em; }
.edition .doubt { border: 1px solid currentColor; border-radius: .3em; padding: 0 .35em; font-size: .87em; }
.edition .outcome { font-weight: 600; white-space: nowrap; margin-right: .4em; }
.edition .outcome.supported { color: var(--jp-success-color0, #1a7350); }
.edition .outcome.contradicted { color: var(--jp-error-color1, #b1322a); }
.edition .outcome:is(.partly-supported, .out-of-date) { color: var(--jp-warn-color0, #8a6100); }
[data-jp-theme-light="false"] .edition .outcome.supported { color: #5cc79a; }
[data-jp-theme-light="false"] .edition .outcome.contradicted { color: #f28b82; }
[data-jp-theme-light="false"] .edition .outcome:is(.partly-supported, .out-of-date) { color: #e0b64c; }
.edition details.card { border-left: 4px solid var(--line); background: var(--faint); padding: .3em .8em; margin: .2em 0; max-width: 52rem; }
.edition summary { cursor: pointer; }
.edition .statements { list-style: none; padding: 0; margin: .4em 0; }
.edition .statements > li { padding: .3em 0; }
.edition dl { display: block; margin: 0; }
.edition :is(dt, dd) { display: inline; float: none; width: auto; margin: 0; padding: 0; }
.edition dt { color: var(--muted); font-weight: 400; }
.edition dt::after { content: ":"; }
.edition dl > div { padding: .15em 0; }
.edition .filters { display: none; }
.edition ul.ledger, .edition .headline, .edition .ways-in, .edition .outcome-counts, .edition .key-statements { list-style: none; padding: 0; }
.edition .headline b { display: inline-block; min-width: 3em; }
</style>"""
"""A style sheet that touches nothing but the edition's own blocks, with the colours of the Lab's theme."""


class ContentsManager(Protocol):
    """What of JupyterLab's contents manager is needed here."""

    root_dir: str


def making_pages() -> bool:
    """Whether what is shown now will be woven into pages."""
    return bool(os.environ.get(FOR_PAGES))


def for_lab(markup: str, address: str = "", language: str = "en") -> str:
    """A block's markup as a notebook can show it.

    Parameters
    ----------
    markup : as the pages need it, with links like ``book:chapter#place``.
    address : where the book is published; links lead there. Without one they are plain text, as are links within a page.
    language : the edition to which links lead.
    """
    text = SPOTS.sub("", PERMALINK.sub("", PIXELS.sub("", COMMENT.sub("", markup))))
    return f'<div class="edition">{ANCHOR.sub(lambda a: _anchor(a, address, language), text)}</div>'


def without_outputs(model: dict, path: str, contents_manager: ContentsManager, **_: object) -> None:
    """What JupyterLab calls before it saves: a source notebook loses what running it put in, so that git sees no change.

    ``jupyter_server_config.json`` tells JupyterLab so. ``model`` is changed in place; ``path`` is seen from the
    folder that the contents manager shows. What lies elsewhere is saved as it is.
    """
    place = Path(contents_manager.root_dir, path.lstrip("/")).resolve()
    if model["type"] != "notebook" or not place.is_relative_to(NOTEBOOKS.resolve()):
        return
    model["content"]["metadata"] = {"kernelspec": dict(KERNEL)}
    for cell in model["content"]["cells"]:
        cell["metadata"] = {k: v for k, v in cell["metadata"].items() if k in OURS}
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}


def _anchor(found: re.Match, address: str, language: str) -> str:
    target, text = found["target"], found["text"]
    if address and target.startswith("book:"):
        return f'<a href="{escape(web_address(target.removeprefix("book:"), address, language))}">{text}</a>'
    css = CLASS.search(found[0].partition(">")[0])
    return f"<span {css[0]}>{text}</span>" if css else text


def web_address(place: str, address: str, language: str) -> str:
    """The address of a chapter (``ledger#k001``) in the published book."""
    page, mark, anchor = place.partition("#")
    return f"{address.rstrip('/')}/{language}/{page}.html{mark}{anchor}"
