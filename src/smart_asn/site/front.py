"""What stands at the site's root beside the editions: the page for what is not there, robots, sitemap, data."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from smart_asn.datapackage import data_files
from smart_asn.language import Language
from smart_asn.places import ROOT
from smart_asn.site.editions import NAMES
from smart_asn.site.html import policy

STYLE = (
    ":root{color-scheme:light dark}body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;"
    "padding:0 1.25rem}h1,h2{font:600 1.9rem/1.25 Georgia,serif}a{color:light-dark(#0b6394,#62b5e5)}"
)
"""The look of the page for what is not there, in itself: it is shown at any address."""


FINDER = """
(async () => {
  const links = [...document.querySelectorAll("a[hreflang]")];
  const codes = links.map((link) => link.hreflang);
  const folders = location.pathname.split("/").slice(0, -1);
  const edition = folders.findLastIndex((name) => codes.includes(name));
  const depths = folders.map((_, depth) => depth + 1).reverse();
  for (const depth of edition > 0 ? [edition, ...depths] : depths) {
    const base = folders.slice(0, depth).join("/") + "/";
    const answer = await fetch(base + links[0].dataset.page, { method: "HEAD" }).catch(() => null);
    if (answer && answer.ok) {
      for (const link of links) link.href = base + link.dataset.page;
      return;
    }
  }
})();
""".strip()
"""Find the book's folder above the address that is not there, and lead the links there: the site may stand in any
folder of a host, and its address need not be set."""


def lost_page(languages: Sequence[str], address: str) -> str:
    """The page a server shows for an address that is not there, in every language. ``address`` is the site's, or nothing.

    Without scripts its links are right from the site's root, and at any depth if the site's address is known.
    """
    base = f"{urlsplit(address).path.rstrip('/')}/" if address else ""
    title = Language(languages[0])("There is no such page")
    body = ""
    for code in languages:
        speak, top, page = Language(code), "h1" if code == languages[0] else "h2", f"{code}/index.html"
        body += (
            f'<section lang="{code}"><{top}>{escape(speak("There is no such page"))}</{top}>'
            f"<p>{escape(speak('The book may have moved it. Start from its first page:'))} "
            f'<a hreflang="{code}" href="{escape(base)}{page}" data-page="{page}">{NAMES[code]}</a></p></section>'
        )
    picture = (ROOT / "book/_static/icon.svg").read_bytes()
    icon = f"data:image/svg+xml;base64,{base64.b64encode(picture).decode()}"
    return (
        f'<!DOCTYPE html>\n<html lang="{languages[0]}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(FINDER, styles=[STYLE])}">'
        f'<link rel="icon" href="{icon}" type="image/svg+xml"><style>{STYLE}</style></head>'
        f"<body><main>{body}</main><script>{FINDER}</script></body></html>\n"
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


def archive(folder: Path, tables: Mapping[str, str] | None = None) -> bytes:
    """A data package as one zip, without what lies beside its files; the same files give the same bytes.

    ``tables`` has the text of those that the package describes and its folder does not hold: the ledger's.
    """
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in data_files(folder)}
    files |= {path: text.encode() for path, text in (tables or {}).items()}
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"smart-asn-data/{path}", (2021, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            file.writestr(entry, content)
    return target.getvalue()
