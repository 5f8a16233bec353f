"""An edition as a PDF: one page of markup that Chromium prints, tagged, with bookmarks and page numbers.

Chromium stamps the time and writes objects in its own order; ``finished`` gives the document the same facts every time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, cast

from markupsafe import Markup
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from smart_asn.exports.epub import Node, contents, filled, released
from smart_asn.exports.reading import Chapter
from smart_asn.language import Language
from smart_asn.site.citation import apa, works

if TYPE_CHECKING:
    from playwright.sync_api import Browser

IDENTITY = re.compile(r'\b(id|for|aria-labelledby|aria-describedby)="([^"]+)"')
OWN_LINK = re.compile(r'href="(?:book:([^"#]*))?(?:#([^"]+))?"')
PICTURE = re.compile(r'"picture:([^"]+)"')
CLOSED = re.compile(r"<details(?! open)")
TAG_NUMBER = re.compile(rb"(?<=\(node)\d{8}(?=\))")
DATES = re.compile(rb"/(?:Creation|Mod)Date \([^)]*\)")
NARROW = re.compile(r"<source [^>]*/>")
PAPER = (
    (re.compile(r"<figure\b"), "<div"),
    (re.compile(r"</figure>"), "</div>"),
    (re.compile(r"<figcaption\b"), '<p class="figcaption"'),
    (re.compile(r"</figcaption>"), "</p>"),
    (
        re.compile(
            r'(<a class="mark [^>]*>)<span aria-hidden="true">(.*?)</span><span class="visually-hidden">.*?</span>'
        ),
        r"\1\2 ",
    ),
)
"""What is written otherwise for paper: a figure is its picture (else its frame would be one more, without a text), and
a mark one run of text, since the browser divides the place of a link of several parts now so, now otherwise."""
HEADING = re.compile(r"<h[1-6]\b[^>]*>(.*?)</h[1-6]>", re.S)


class PdfError(Exception):
    """A PDF that could not be made: what was needed, and what to do."""


def one_page(
    chapters: Sequence[Chapter], folder: str, styles: str, language: Language, title: str = ""
) -> str:
    """Chapters as one page of markup, with a title page and contents, every fold open.

    Parameters
    ----------
    chapters : as ``reading.read_edition`` gives them.
    folder, styles : the addresses of the edition's pages and of ``book/_reading`` as seen from the page.
    title : the title of a single chapter's document; else the book's, with title page and contents.
    """
    edition, article = works()
    here = {chapter.place for chapter in chapters}
    bodies = [Markup(_for_paper(chapter, here, folder)) for chapter in chapters]
    facts = {
        "language": language.code,
        "title": title or language(edition.title),
        "whole": not title,
        "styles": styles,
        "chapters": list(zip([anchor(c.place) for c in chapters], chapters, bodies, strict=True)),
        "nodes": _addressed(contents(chapters)),
        "contents": language("Contents"),
        "about": [
            language("An edition of:") + f" {apa(article, language)}",
            f"{language('Version')} {edition.version}, {language.date(released())}",
            " & ".join(map(language, edition.names)) + ". CC BY 4.0.",
        ],
    }
    return filled("paper.html", facts)


def anchor(place: str, identity: str = "") -> str:
    """The id of a chapter in the one page, or of a place in it."""
    return place.replace("/", "-") + (f"--{identity}" if identity else "")


def _addressed(nodes: list[Node]) -> list[Node]:
    return [
        Node(n.title, f"#{n.file.removesuffix('.xhtml')}" if n.file else "", _addressed(n.below))
        for n in nodes
    ]


def _for_paper(chapter: Chapter, here: set[str], folder: str) -> str:
    """A chapter's markup with ids of its own, pictures by address, every fold open."""

    def led(found: re.Match) -> str:
        target, identity = found[1] or chapter.place, found[2] or ""
        return f'href="#{anchor(target, identity)}"' if target in here else 'class="elsewhere"'

    text = NARROW.sub("", chapter.markup)
    for written, paper in PAPER:
        text = written.sub(paper, text)
    text = IDENTITY.sub(lambda m: f'{m[1]}="{anchor(chapter.place, m[2])}"', text)
    text = OWN_LINK.sub(led, text)
    text = PICTURE.sub(lambda m: f'"{folder}/{m[1]}"', text)
    return CLOSED.sub('<details open="open"', text)


def printed(browser: Browser, page: Path) -> bytes:
    """What Chromium prints of a page in a file: tagged, with bookmarks; nothing is fetched from elsewhere."""
    context = browser.new_context(offline=True)
    try:
        sheet = context.new_page()
        sheet.goto(page.as_uri(), wait_until="load", timeout=600_000)
        sheet.emulate_media(media="print")
        sheet.evaluate("document.fonts.ready")
        sheet.set_default_timeout(600_000)
        return sheet.pdf(tagged=True, outline=True, prefer_css_page_size=True, print_background=True)
    finally:
        context.close()


def undated(made: bytes) -> bytes:
    """A printed PDF without the times in it and with numbers of its own, to compare two prints."""
    return numbered(DATES.sub(b"", made))


def numbered(made: bytes) -> bytes:
    """A printed PDF whose tags are numbered from one, in the order of their numbers.

    Chromium names a tag after its element's number in the running browser, and that differs from run to run.
    """
    names = {name: n for n, name in enumerate(sorted(set(TAG_NUMBER.findall(made))), start=1)}
    return TAG_NUMBER.sub(lambda found: b"%08d" % names[found[0]], made)


def headings(page: str) -> list[str]:
    """The headings of a page of markup as plain text, in order."""
    return [" ".join(unescape(re.sub(r"<[^>]*>", "", h)).split()) for h in HEADING.findall(page)]


def _bookmarks(writer: PdfWriter) -> Iterator[DictionaryObject]:
    """The bookmarks of a document in reading order."""
    left = [cast(DictionaryObject, writer.root_object["/Outlines"].get_object()).get("/First")]
    while left:
        entry = left.pop()
        if entry is None:
            continue
        mark = cast(DictionaryObject, entry.get_object())
        yield mark
        left += [mark.get("/Next"), mark.get("/First")]


def finished(made: bytes, title: str, language: Language, named: Sequence[str] = ()) -> bytes:
    """A printed PDF with the edition's facts and without what differs between runs.

    ``named`` are the page's headings, which the bookmarks are named by: Chromium names one that it moves to the next
    page twice, and leaves out the space where a line ends. Set are title, authors, language, that the title is shown, and an identity over the content; dropped are times
    and the names of programs.

    Raises
    ------
    PdfError
        if the PDF has no tags, or no bookmarks: a browser that is too old makes none; or other bookmarks than headings.
    """
    reader = PdfReader(BytesIO(numbered(made)))
    root = reader.root_object
    lacking = [name for name in ("/StructTreeRoot", "/MarkInfo", "/Outlines") if name not in root]
    if lacking:
        raise PdfError(f"The browser made a PDF without {', '.join(lacking)}; a newer Chromium is needed.")
    writer = PdfWriter(clone_from=reader)
    marks = list(_bookmarks(writer))
    if named and len(marks) != len(named):
        raise PdfError(
            f"The browser made {len(marks)} bookmarks; expected one for each of {len(named)} headings."
        )
    for mark, name in zip(marks, named, strict=False):
        mark[NameObject("/Title")] = TextStringObject(name)
    edition, _ = works()
    writer.metadata = None
    writer.add_metadata(
        {
            "/Title": title,
            "/Author": "; ".join(edition.names),
            "/Subject": language(
                "An executable book that compares how six Indonesian regencies plan to build the Smart ASN, and checks every statement of the article it is an edition of."
            ),
            "/Producer": "smart-asn",
            "/CreationDate": f"D:{released().replace('-', '')}000000Z",
        }
    )
    catalog = writer.root_object
    catalog[NameObject("/Lang")] = TextStringObject(language.code)
    shown = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    catalog[NameObject("/ViewerPreferences")] = shown
    catalog[NameObject("/PageMode")] = NameObject("/UseOutlines")
    identity = ByteStringObject(hashlib.sha256(undated(made)).digest()[:16])
    writer._ID = ArrayObject([identity, identity])
    target = BytesIO()
    writer.write(target)
    return target.getvalue()
