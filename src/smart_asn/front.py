"""What stands at the site's root beside the editions: entry page, page for what is not there, robots, sitemap, data."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from .language import Language
from .page import policy

NAMES = {"en": "English", "id": "Bahasa Indonesia"}
"""The editions' languages, each in its own words."""

STYLE = (
    ":root{color-scheme:light dark}body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;"
    "padding:0 1.25rem}h1{font:600 1.9rem/1.25 Georgia,serif}a{color:light-dark(#0b6394,#62b5e5)}li{margin:.6em 0}"
)
"""The look of the pages at the root, in themselves: the page for what is not there is shown at any address."""

CHOOSE = """var offered=[].map.call(document.querySelectorAll("a[hreflang]"),function(a){return a}),
wanted=(navigator.languages||[navigator.language]).map(function(l){return l.slice(0,2).toLowerCase()});
var chosen=wanted.map(function(l){return offered.filter(function(a){return a.hreflang===l})[0]}).filter(Boolean)[0]||offered[0];
location.replace(chosen.href+location.hash)"""
"""Open the edition in the first of the reader's languages that there is."""


def entry_page(languages: Sequence[str]) -> str:
    """The page at the root: it opens the edition in the reader's language; without scripts it offers them."""
    title, description = _words(Language(languages[0]))
    links = "".join(
        f'<li><a lang="{c}" hreflang="{c}" href="{c}/index.html">{NAMES[c]}</a></li>' for c in languages
    )
    body = f"<h1>{escape(title)}</h1><p>{escape(description)}</p><ul>{links}</ul>"
    return _root_page(title, description, body, f"{languages[0]}/_static/icon.svg", languages[0], CHOOSE)


def lost_page(languages: Sequence[str], address: str) -> str:
    """The page a server shows for an address that is not there. ``address`` is the site's, or nothing."""
    speak = Language(languages[0])
    base = f"{urlsplit(address).path.rstrip('/')}/" if address else "/"
    links = "".join(
        f'<li><a lang="{c}" hreflang="{c}" href="{escape(base)}{c}/index.html">{NAMES[c]}</a></li>'
        for c in languages
    )
    title = speak("There is no such page")
    body = f"<h1>{escape(title)}</h1><p>{escape(speak('The book may have moved it. Start from its first page:'))}</p><ul>{links}</ul>"
    icon = f"{escape(base)}{languages[0]}/_static/icon.svg"
    return _root_page(title, title, body, icon, languages[0])


def _words(speak: Language) -> tuple[str, str]:
    return (
        speak("Six regencies and the Smart ASN: a verifiable edition"),
        speak(
            "An executable book that compares how six Indonesian regencies plan to build the Smart ASN, and checks every statement of the article it is an edition of."
        ),
    )


def _root_page(title: str, description: str, body: str, icon: str, language: str, script: str = "") -> str:
    allowed = policy(*([script] if script else []), styles=[STYLE])
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{allowed}">'
        f'<meta name="description" content="{escape(description)}"><link rel="icon" href="{icon}" type="image/svg+xml">'
        f"<style>{STYLE}</style></head><body><main>{body}</main>"
        + (f"<script>{script}</script>" if script else "")
        + "</body></html>\n"
    )


def robots(address: str) -> str:
    """What robots may read: everything; and where the sitemap is, if the site's address is known."""
    return "User-agent: *\nAllow: /\n" + (f"Sitemap: {address.rstrip('/')}/sitemap.xml\n" if address else "")


def sitemap(pages: Iterable[str], address: str) -> str:
    """The sitemap of these pages (paths from the root) under the site's address."""
    places = "".join(
        f"<url><loc>{escape(address.rstrip('/'))}/{escape(p)}</loc></url>\n" for p in sorted(pages)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n'


def archive(folder: Path) -> bytes:
    """A data package as one zip; the same files give the same bytes."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(
                f"smart-asn-data/{path.relative_to(folder).as_posix()}", (2021, 1, 1, 0, 0, 0)
            )
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            file.writestr(entry, path.read_bytes())
    return target.getvalue()
