"""An edition as an EPUB 3: reflowable, its chapters in the order of the contents, without scripts.

The file is packed here because the same pages have to give the same bytes: EPUB is a zip of a few fixed files.
"""

from __future__ import annotations

import re
import uuid
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from smart_asn.exports.reading import Chapter
from smart_asn.language import Language
from smart_asn.places import ROOT
from smart_asn.site.citation import apa, works

TEMPLATES = ROOT / "book/_reading"
STYLE = "reading.css"
COVER = "_static/figures/cover.png"
"""The picture that stands for the book, from the edition's folder."""
MOMENT = (2021, 1, 1, 0, 0, 0)
"""The time that every file in the zip bears, so that the same pages give the same bytes."""
KINDS = {".svg": "image/svg+xml", ".png": "image/png"}
BOOK_LINK = re.compile(r'href="book:([^"#]*)')
PICTURE = re.compile(r'"picture:([^"]+)"')


@dataclass
class Node:
    """An entry of the contents: its title, its file (none for a part), and what stands below it."""

    title: str
    file: str = ""
    below: list[Node] = field(default_factory=list)


def epub_name(language: str) -> str:
    """The name of an edition's EPUB on the site, in the edition's folder."""
    return f"six-regencies-{language}.epub"


def epub(chapters: Sequence[Chapter], folder: Path, language: Language) -> bytes:
    """The EPUB of an edition; the same chapters and pictures give the same bytes.

    Parameters
    ----------
    chapters : as ``reading.read_edition`` gives them.
    folder : the edition's pages, which have the pictures.

    Raises
    ------
    FileNotFoundError
        if a chapter's picture is not in the folder.
    """
    edition, article = works()
    title = language(edition.title)
    covers = [COVER] if (folder / COVER).exists() else []  # a book may have none
    pictures = sorted({*covers, *(p for chapter in chapters for p in chapter.pictures)})
    names = {path: f"pictures/{Path(path).name}" for path in pictures}
    files = [chapter_file(chapter.place) for chapter in chapters]
    facts = {
        "language": language.code,
        "title": title,
        "identifier": uuid.uuid5(
            uuid.NAMESPACE_URL, f"{edition.title} {edition.version} {language.code}"
        ).urn,
        "creators": [" ".join(reversed(author)).strip() for author in edition.authors],
        "date": released(),
        "source": apa(article, language),
        "rights": "CC BY 4.0",
        "description": language(
            "An executable book that compares how six Indonesian regencies plan to build the Smart ASN, and checks every statement of the article it is an edition of."
        ),
        "accessibility": language(
            "Every figure has a text in its place that says what it shows. The chapters are in the order of the contents, their headings in order. No meaning is told by colour alone. There are no scripts, sound or moving pictures."
        ),
        "contents": language("Contents"),
        "landmarks": language("Landmarks"),
        "chapters": files,
        "pictures": [(names[path], KINDS[Path(path).suffix]) for path in pictures],
        "cover": names[COVER] if covers else "",
        "nodes": contents(chapters),
        "first": files[0],
    }
    packed = {"package.opf": filled("package.opf", facts), "nav.xhtml": filled("nav.xhtml", facts)}
    for file, chapter in zip(files, chapters, strict=True):
        markup = BOOK_LINK.sub(lambda m: f'href="{chapter_file(m[1])}', chapter.markup)
        markup = PICTURE.sub(lambda m: f'"{names[m[1]]}"', markup)
        packed[file] = filled("chapter.xhtml", facts | {"chapter": chapter, "markup": Markup(markup)})
    return _pack(
        {path: text.encode() for path, text in packed.items()}
        | {STYLE: (TEMPLATES / STYLE).read_bytes()}
        | {names[path]: (folder / path).read_bytes() for path in pictures}
    )


def chapter_file(place: str) -> str:
    """The file of a chapter in the EPUB."""
    return f"{place.replace('/', '-')}.xhtml"


def contents(chapters: Sequence[Chapter]) -> list[Node]:
    """The contents as a tree: a part has its chapters below it, a chapter its sections."""
    top: list[Node] = []
    open_nodes: list[Node] = []
    home = top
    for chapter in chapters:
        if chapter.part:
            top.append(Node(chapter.part))
            home, open_nodes = top[-1].below, []
        node = Node(chapter.title, chapter_file(chapter.place))
        del open_nodes[chapter.depth :]
        (open_nodes[-1].below if open_nodes else home).append(node)
        open_nodes.append(node)
    return top


@lru_cache(1)
def released() -> str:
    """The day of the release that ``CITATION.cff`` names, as ``2026-11-24``."""
    return str(yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["date-released"])


@lru_cache(1)
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )


def filled(template: str, facts: dict) -> str:
    """A template of ``book/_reading`` with its facts filled in; text is escaped, ``Markup`` stays as it is."""
    return _templates().get_template(template).render(facts)


CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def _pack(files: dict[str, bytes]) -> bytes:
    target = BytesIO()
    whole = {"mimetype": b"application/epub+zip", "META-INF/container.xml": CONTAINER.encode()}
    whole |= {f"book/{path}": made for path, made in files.items()}
    with zipfile.ZipFile(target, "w") as file:
        for path, made in whole.items():
            entry = zipfile.ZipInfo(path, MOMENT)
            # The first file stands as it is, so that a reader knows the kind of the zip by its first bytes.
            entry.compress_type = zipfile.ZIP_STORED if path == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            file.writestr(entry, made)
    return target.getvalue()
