"""What stands at the site's root beside the editions: the page for what is not there, robots, sitemap, data."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from smart_asn.language import Language
from smart_asn.pages.editions import NAMES
from smart_asn.pages.page import policy

STYLE = (
    ":root{color-scheme:light dark}body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;"
    "padding:0 1.25rem}h1,h2{font:600 1.9rem/1.25 Georgia,serif}a{color:light-dark(#0b6394,#62b5e5)}"
)
"""The look of the page for what is not there, in itself: it is shown at any address."""


def lost_page(languages: Sequence[str], address: str) -> str:
    """The page a server shows for an address that is not there, in every language. ``address`` is the site's, or nothing."""
    base = f"{urlsplit(address).path.rstrip('/')}/" if address else "/"
    title = Language(languages[0])("There is no such page")
    body = ""
    for code in languages:
        speak, top = Language(code), "h1" if code == languages[0] else "h2"
        body += (
            f'<section lang="{code}"><{top}>{escape(speak("There is no such page"))}</{top}>'
            f"<p>{escape(speak('The book may have moved it. Start from its first page:'))} "
            f'<a hreflang="{code}" href="{escape(base)}{code}/index.html">{NAMES[code]}</a></p></section>'
        )
    icon = f"{escape(base)}{languages[0]}/_static/icon.svg"
    return (
        f'<!DOCTYPE html>\n<html lang="{languages[0]}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(styles=[STYLE])}">'
        f'<link rel="icon" href="{icon}" type="image/svg+xml"><style>{STYLE}</style></head>'
        f"<body><main>{body}</main></body></html>\n"
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
