"""The book's frame around a page that Sphinx does not make: the same template, with a short list of chapters."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from smart_asn.language import Language
from smart_asn.places import ROOT
from smart_asn.site.editions import COVER, alternates, siblings
from smart_asn.site.html import THEME_SCRIPT, icon, policy, shorten
from smart_asn.site.metadata import dublin_core
from smart_asn.site.signposts import as_links, of_claim

STYLES = ("_static/book.css", "_static/desk/desk.css")
SCRIPTS = ("_static/book.js", "_static/editions.js")
ADDRESS = re.compile(r'href="book:([^"#]*)(#[^"]*)?"')

TITLE = "Six regencies and the Smart ASN: a verifiable edition"
"""The book's name, as ``_config.yml`` has it."""


@dataclass(frozen=True)
class Frame:
    """An edition's frame: its language, the site's address (nothing while it is not set), the editions there are."""

    language: Language
    site: str
    editions: tuple[str, ...]

    def page(
        self,
        place: str,
        title: str,
        about: str,
        body: str,
        nearby: list[tuple[str, str]],
        described: str = "",
    ) -> str:
        """A whole page.

        Parameters
        ----------
        place : its address in the edition, without ending.
        title, about : its name, and what it says, in plain words.
        body : its markup, with links as ``book:chapter#place``.
        nearby : the pages that its list of chapters has, as address and name.
        described : what it tells machines besides, as markup of its head.
        """
        site, code = self.site.rstrip("/"), self.language.code
        up = f"{posixpath.relpath('/', posixpath.dirname(f'/{place}'))}/"
        items = "".join(
            f'<li><a href="{relative(place, target)}">{escape(name)}</a></li>' for target, name in nearby
        )
        return _template().render(
            language=code,
            speak=self.language,
            content_root=up,
            root=f"{up}../",
            body=Markup(addressed(body, place)),
            policy=policy(THEME_SCRIPT),
            theme_script=Markup(THEME_SCRIPT),
            pagename=place,
            root_doc="index",
            title=title,
            docstitle=self.language(TITLE),
            metadata=Markup(self._metadata(place, title, about) + described),
            alternates=Markup(alternates(place, self.editions, site)),
            signposts=Markup(self._signposts(place)),
            editions=siblings(place, self.editions),
            css_files=STYLES,
            script_files=SCRIPTS,
            css_tag=lambda file: Markup(f'<link rel="stylesheet" href="{up}{file}">'),
            js_tag=lambda file: Markup(f'<script defer src="{up}{file}"></script>'),
            pathto=lambda name, resource=0: up + name if resource else relative(place, name),
            icon=lambda name: Markup(icon(name)),
            chapters=Markup(f"<ul>{items}</ul>"),
        )

    def address(self, place: str) -> str:
        """The full address of a page; nothing while the site's is not set."""
        return f"{self.site.rstrip('/')}/{self.language.code}/{place}.html" if self.site else ""

    def _signposts(self, place: str) -> str:
        code = self.language.code
        signposts = of_claim(f"{code}/{place}", f"{code}/index.html")
        return as_links(signposts, self.site, f"{code}/{place}.html")

    def _metadata(self, place: str, title: str, about: str) -> str:
        about = shorten(about)
        address = self.address(place)
        shared = {"title": title, "description": about, "type": "article", "site_name": self.language(TITLE)}
        shared |= (
            {"url": address, "image": f"{self.site.rstrip('/')}/{self.language.code}/{COVER}"}
            if address
            else {}
        )
        marks = [f'<meta name="description" content="{escape(about)}">']
        marks += [f'<meta property="og:{name}" content="{escape(value)}">' for name, value in shared.items()]
        marks += [f'<link rel="canonical" href="{escape(address)}">'] if address else []
        marks.append(dublin_core(title, about, self.language.code, address))
        return "\n".join(marks) + "\n"


@lru_cache(1)
def _template():
    # Sphinx escapes nothing by itself, and the template is written for that: what is not markup is escaped there.
    loader = FileSystemLoader(ROOT / "book/_templates")
    return Environment(loader=loader, autoescape=False).get_template("page.html")


def relative(place: str, target: str, anchor: str = "") -> str:
    """The address of a page of the edition (and a place on it) as seen from another."""
    if target == place and anchor:
        return anchor
    return posixpath.relpath(f"/{target}.html", posixpath.dirname(f"/{place}")) + anchor


def addressed(markup: str, place: str) -> str:
    """Markup with its links to chapters as addresses seen from a page."""
    return ADDRESS.sub(lambda m: f'href="{relative(place, m[1], m[2] or "")}"', markup)
