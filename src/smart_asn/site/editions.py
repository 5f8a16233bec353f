"""What ties the editions together: the same page in each, and the page at the root that chooses one."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from smart_asn.language import LANGUAGES, Language
from smart_asn.site.html import policy

if TYPE_CHECKING:
    from sphinx.application import Sphinx

NAMES = {"en": "English", "id": "Bahasa Indonesia"}
"""Each edition's name in its own language."""

COVER = "_static/figures/cover.png"
"""The picture that stands for the book where a link to it is shared."""

FIRST = "index"
"""An edition's first page."""

SCRIPT = "_static/editions.js"
"""Remembers the edition that a reader chooses, keeps the place on the page, and opens an edition from the root."""


@dataclass(frozen=True)
class Sibling:
    """A page in one of the editions: the edition's code and name, and the address as seen from the page."""

    code: str
    name: str
    link: str


def siblings(place: str, languages: Sequence[str] = LANGUAGES) -> list[Sibling]:
    """A page (its address without ending, such as ``regencies/tapin``) in each edition, itself among them."""
    up = posixpath.relpath("/", posixpath.dirname(f"/edition/{place}"))
    return [Sibling(code, NAMES[code], f"{up}/{code}/{place}.html") for code in languages]


def alternates(place: str, languages: Sequence[str] = LANGUAGES, site: str = "") -> str:
    """The ``link`` elements that name a page's editions to a search engine.

    It takes full addresses only, so there are none where the site's address is not known; the plain links of the
    switch name the editions in any case. The first page has one more: the page at the root, which chooses an edition.
    """
    if not site:
        return ""
    named = [(code, f"{site}/{code}/{place}.html") for code in languages]
    named += [("x-default", f"{site}/")] if place == FIRST else []
    return "\n".join(
        f'<link rel="alternate" hreflang="{code}" href="{escape(address)}">' for code, address in named
    )


def set_editions(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: Any) -> None:
    """Give a page's template its ``editions``, and the words it speaks."""
    language = Language(app.config.language if app.config.language in LANGUAGES else "en")
    context["editions"] = siblings(pagename)
    context["language"] = language.code
    context["speak"] = language


def entry_page(languages: Sequence[str], site: str = "") -> str:
    """The page at the site's root: it offers each edition in a link, and its script opens one.

    The script takes the edition that the reader chose before, else the one in the browser's language, else the
    first. Where the site's address is known, the page names its own and the picture for links that are shared.
    """
    titles = {
        code: Language(code)("Six regencies and the Smart ASN: a verifiable edition") for code in languages
    }
    links = "".join(
        f'<li lang="{code}"><a hreflang="{code}" href="{code}/index.html">{NAMES[code]}</a>: {escape(titles[code])}</li>'
        for code in languages
    )
    first = languages[0]
    about = Language(first)(
        "An executable book that compares how six Indonesian regencies plan to build the Smart ASN, and checks every statement of the article it is an edition of."
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{first}"><head><meta charset="utf-8"><title>{escape(titles[first])}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">'
        f'<meta name="description" content="{escape(about)}"><link rel="icon" href="{first}/_static/icon.svg" type="image/svg+xml">'
        + _shared(titles[first], about, languages, site.rstrip("/"))
        + f'<link rel="stylesheet" href="{first}/_static/book.css"><script src="{first}/{SCRIPT}" defer></script>'
        f'</head><body><main id="editions"><h1>{escape(titles[first])}</h1><ul>{links}</ul></main></body></html>\n'
    )


def _shared(title: str, about: str, languages: Sequence[str], site: str) -> str:
    """What the root's page says to search engines and where a link to it is shared; nothing without an address."""
    if not site:
        return ""
    named = {"title": title, "description": about, "type": "book", "url": f"{site}/"}
    named["image"] = f"{site}/{languages[0]}/{COVER}"
    marks = "".join(f'<meta property="og:{name}" content="{escape(value)}">' for name, value in named.items())
    return f'<link rel="canonical" href="{escape(site)}/">{alternates(FIRST, languages, site)}{marks}'


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the hook; it comes before those that leave out what a template shows nothing of."""
    app.connect("html-page-context", set_editions, priority=400)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
