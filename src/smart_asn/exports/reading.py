"""A finished page as a chapter to read: well-formed markup without what only a browser on the site can do.

Taken from the pages of the site, so that a book in another form says what the site says. Dropped are scripts' controls,
links to files and places on the site, the figures' dark pairs and folded code; tables, figures and checks stay.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup, Comment, Tag
from bs4.dammit import EntitySubstitution
from bs4.formatter import HTMLFormatter

from smart_asn.language import Language

ARTICLE = re.compile(r"<article>(.*)</article>", re.S)
TITLE = re.compile(r"<h1>(.*?)(?:<a class=\"headerlink\".*?)?</h1>", re.S)
DROPPED = (
    ".tools, .headerlink, .card-body .permalink:not(.number), form, script, style, [hidden], svg.spots, "
    "picture:has(> img.dark-figure), img.dark-figure, details.hide, .cell-source, output"
)
"""What a chapter to read does without, as a selector."""
ATTRIBUTES = ("loading", "tabindex", "data-meaning", "data-for", "download", "aria-sort")
"""Attributes that only the site's scripts and style sheet use."""
INTERACTIVE = ("review-walk", "your-copy", "code-a-regency")
"""Chapters that are tools: a line that leads to the site stands in their place."""

WELL_FORMED = HTMLFormatter(
    entity_substitution=EntitySubstitution.substitute_xml, void_element_close_prefix="/"
)


@dataclass(frozen=True)
class Chapter:
    """A chapter to read: its place in the book (such as ``regencies/tapin``), title, depth in the contents, markup.

    ``part`` is the caption of the part that begins with it, if one does; ``pictures`` are the figures' files, as
    paths from the edition's folder. Links to chapters are written ``book:place#id``, pictures ``picture:path``.
    """

    place: str
    title: str
    depth: int
    markup: str
    part: str = ""
    pictures: tuple[str, ...] = ()


def read_edition(folder: Path, contents: dict, language: Language, site: str = "") -> list[Chapter]:
    """The chapters of an edition's finished pages, in the order of the contents.

    Parameters
    ----------
    folder : the edition's pages.
    contents : the contents as in ``_toc.yml``, with the captions in the edition's language.
    site : the site's address, or nothing while it is not set; then links to what is only there are text.

    Raises
    ------
    FileNotFoundError
        if a chapter of the contents has no page.
    """
    entries = list(outline(contents))
    known = frozenset(place for place, _, _ in entries)
    chapters = []
    for place, depth, part in entries:
        page = (folder / f"{place}.html").read_text("utf-8")
        where = f"{site.rstrip('/')}/{language.code}/" if site else ""
        chapters.append(read_page(page, place, known, language, where, depth, part))
    return [_without_lost_places(chapter, places(chapters)) for chapter in chapters]


def outline(contents: dict) -> Iterator[tuple[str, int, str]]:
    """Each chapter of the contents with its depth (0 for the chapters of a part), and the caption of a part it begins."""
    yield contents["root"], 0, ""
    for part in contents.get("parts", []):
        caption = part["caption"]
        for place, depth in _below(part.get("chapters", []), 0):
            yield place, depth, caption
            caption = ""


def _below(entries: list[dict], depth: int) -> Iterator[tuple[str, int]]:
    for entry in entries:
        yield entry["file"], depth
        yield from _below(entry.get("sections", []), depth + 1)


def read_page(
    page: str,
    place: str,
    known: frozenset[str],
    language: Language,
    site: str,
    depth: int = 0,
    part: str = "",
) -> Chapter:
    """One finished page as a chapter. ``known`` are the chapters of the book, ``site`` the address of the edition or nothing."""
    found = ARTICLE.search(page)
    if found is None:
        raise ValueError(f"the page {place} has no article; expected one element <article> around its text")
    heading = TITLE.search(found[1])
    title = BeautifulSoup(heading[1] if heading else place, "html.parser").get_text().strip()
    if place in INTERACTIVE:
        return Chapter(place, title, depth, _instead(title, place, language, site), part)
    soup = BeautifulSoup(found[1], "html.parser")
    for element in soup.select(DROPPED):
        element.decompose()
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for element in soup.find_all(True):
        _plain(element)
    _say_once(soup)
    pictures = list(dict.fromkeys(_pictures(soup, place)))
    for link in soup.find_all("a"):
        _lead(link, place, known, site)
    for cell in soup.select("div.cell"):
        if not cell.get_text(strip=True) and cell.find("img") is None:
            cell.decompose()
    return Chapter(place, title, depth, soup.decode(formatter=WELL_FORMED).strip(), part, tuple(pictures))


def _say_once(soup: BeautifulSoup) -> None:
    """Leave a statement's text where its lines begin: under further lines its number is enough to read."""
    told = set()
    for text in soup.select(".strip-lines .says"):
        number = text.find_previous_sibling("a")
        if number in told:
            text.decompose()
        told.add(number)


def _instead(title: str, place: str, language: Language, site: str) -> str:
    """The line in the place of a chapter that works only on the site."""
    line = escape(
        language("This chapter is a tool that works in a browser, on the book’s site."), quote=False
    )
    address = f"{site}{place}.html"
    link = f'<a href="{escape(address)}">{escape(address)}</a>' if site else f"<code>{escape(address)}</code>"
    return f"<section><h1>{escape(title, quote=False)}</h1><p>{line} {link}</p></section>"


def _plain(element: Tag) -> None:
    """Take from an element what only the site's scripts and style sheet use."""
    for name in ATTRIBUTES:
        element.attrs.pop(name, None)
    if "book-table" in (element.get("class") or ()):
        for name in ("role", "aria-label"):
            element.attrs.pop(name, None)
    if element.name == "button":
        element.unwrap()


def _pictures(soup: BeautifulSoup, place: str) -> Iterator[str]:
    """The files of the figures, whose addresses are made ``picture:path``."""
    for element in soup.find_all(["img", "source"]):
        name = "src" if element.name == "img" else "srcset"
        path = posixpath.normpath(posixpath.join(posixpath.dirname(place), str(element[name])))
        element[name] = f"picture:{path}"
        if name == "srcset":
            element["type"] = "image/svg+xml"
        yield path


def _lead(link: Tag, place: str, known: frozenset[str], site: str) -> None:
    """Make a link lead within the book, or to the site; one that could do neither becomes text."""
    address = str(link.get("href", ""))
    path, _, anchor = address.partition("#")
    if re.match(r"[a-z]+:", address):
        return
    target = posixpath.normpath(posixpath.join(posixpath.dirname(place), path)) if path else f"{place}.html"
    chapter, ending = posixpath.splitext(target.partition("?")[0])
    if ending == ".html" and chapter in known:
        link["href"] = f"book:{chapter}" + (f"#{anchor}" if anchor else "")
    elif site:
        link["href"] = site + target + (f"#{anchor}" if anchor else "")
    elif link.parent is not None and "head" in (link.parent.get("class") or ()):
        link.decompose()  # the head of a check offers it, and nothing else says so
    else:
        link.name = "span"
        del link["href"]
        for name in ("title", "rel", "hreflang"):
            link.attrs.pop(name, None)


IDENTITY = re.compile(r'\bid="([^"]+)"')
LINK = re.compile(r'href="book:([^"#]*)#([^"]+)"')


def places(chapters: list[Chapter]) -> dict[str, frozenset[str]]:
    """The ids of each chapter."""
    return {c.place: frozenset(IDENTITY.findall(c.markup)) for c in chapters}


def _without_lost_places(chapter: Chapter, known: Mapping[str, frozenset[str]]) -> Chapter:
    """The chapter with each link to a place that was dropped made a link to its chapter."""
    markup = LINK.sub(
        lambda m: m[0] if m[2] in known[m[1]] else f'href="book:{m[1]}"',
        chapter.markup,
    )
    return Chapter(chapter.place, chapter.title, chapter.depth, markup, chapter.part, chapter.pictures)
