"""HTML blocks of the chapters: figures, tables, texts. Whatever comes from the data is escaped here.

A block says what it shows twice: as HTML, and as data (``blocks``), from which the weaving makes the files that
readers take away. Links between chapters are written ``book:chapter#place``; the publishing step turns them into relative
addresses. ``<!-- questions-on:E001 -->`` marks where it puts the questions that rest on an evidence row, and
``<!-- tools:table-facts -->`` where it offers a table's file.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Protocol

from markupsafe import Markup, escape

from smart_asn.language import FOREIGN_WORDS

COLOURS = {
    "ink": ("#1b2430", "#e8ecf1"),
    "muted": ("#566270", "#aeb9c5"),
    "line": ("#c9d0d8", "#46515e"),
    "faint": ("#eef1f4", "#252d37"),
    "accent": ("#0b6394", "#62b5e5"),
    "accent-soft": ("#a9cfe5", "#2b5f80"),
    "second": ("#a84f00", "#f0a35a"),
    "land": ("#dfe4e9", "#39434f"),
    "paper": ("#ffffff", "#14181e"),
    "good": ("#1a7350", "#5cc79a"),
    "middle": ("#8a6100", "#e0b64c"),
    "bad": ("#b1322a", "#f28b82"),
}
"""Each colour in light and in dark."""

PHONE_LINE = 60
"""How many characters of a table's row fit on a phone's screen."""


SEARCHED_IN = {"in English": "en", "bahasa Inggris": "en", "in Indonesian": "id", "bahasa Indonesia": "id"}
"""How ``searches.csv`` names the language of words that were looked for."""


class Block(Protocol):
    """What a chapter shows: as HTML, and as data."""

    @property
    def blocks(self) -> tuple[dict[str, Any], ...]: ...

    def _repr_html_(self) -> str: ...


class Html(Markup):
    """A piece of markup that is safe to show as it is, with the data of the figures and tables in it (``blocks``)."""

    blocks: tuple[dict[str, Any], ...]

    def __new__(cls, base: object = "", blocks: Iterable[dict[str, Any]] = ()) -> Html:
        made = super().__new__(cls, base)
        made.blocks = (*getattr(base, "blocks", ()), *blocks)
        return made

    def _repr_html_(self) -> str:
        return self

    @property
    def markup(self) -> str:
        """The markup as a plain text."""
        return str.__str__(self)


def html(value: object) -> Html:
    """A value as markup: ``Html`` as it is, everything else escaped."""
    return value if isinstance(value, Html) else Html(escape(value))


def sentence(text: str, language: str) -> Html:
    """A text from the data as running text; in Indonesian its foreign words stand in italics."""
    safe = html(text)
    return Html(FOREIGN_WORDS.sub(r"<em>\1</em>", safe.markup) if language == "id" else safe)


def link(page: str, place: str, text: object, title: str = "", css: str = "") -> Html:
    """A link to a place (an id) in a chapter of the book."""
    target = f"book:{page}" + (f"#{place}" if place else "")
    more = (f' title="{escape(title)}"' if title else "") + (f' class="{css}"' if css else "")
    return Html(f'<a href="{escape(target)}"{more}>{html(text)}</a>')


def searched(text: str) -> Html:
    """What was looked for, part by part: the words that were typed as quotations, in the language that is named."""
    parts = []
    for part in text.split(" – "):
        label, colon, words = part.partition(": ")
        language = SEARCHED_IN.get(label.rsplit("; ", 1)[-1])
        spoken = f' lang="{language}"' if language else ""
        parts.append(Html(f"{html(label)}: <q{spoken}>{html(words)}</q>") if colon else html(part))
    return joined(parts, " – ")


def joined(parts: Iterable[object], between: str = ", ") -> Html:
    """Parts, each escaped unless it is markup, one after the other."""
    made = [html(part) for part in parts]
    return Html(str(between).join(made), [block for part in made for block in part.blocks])


def paragraph(*parts: object, css: str = "") -> Html:
    """A paragraph of parts with a space between them."""
    attribute = f' class="{css}"' if css else ""
    return Html(f"<p{attribute}>{joined(parts, ' ')}</p>")


def bullets(items: Iterable[object], css: str = "") -> Html:
    """A bullet list."""
    attribute = f' class="{css}"' if css else ""
    return Html(f"<ul{attribute}>" + "".join(f"<li>{html(i)}</li>" for i in items) + "</ul>")


def folded(label: object, content: object, css: str = "") -> Html:
    """Content (a text, markup, or a block) folded under a line that opens it."""
    attribute = f' class="{css}"' if css else ""
    shown = content._repr_html_() if hasattr(content, "_repr_html_") else html(content)
    return Html(
        f"<details{attribute}><summary>{html(label)}</summary>{shown}</details>",
        getattr(content, "blocks", ()),
    )


@dataclass(frozen=True)
class Title:
    """The title of a chapter that is made for many subjects."""

    text: str

    def _repr_html_(self) -> str:
        return f"<h1>{escape(self.text)}</h1>"

    @property
    def blocks(self) -> tuple[dict[str, Any], ...]:
        """The title as data, of which the page's own heading is made."""
        return ({"kind": "title", "text": self.text},)


def table_block(name: str, header: Iterable[object], rows: Iterable[Iterable[object]]) -> dict[str, Any]:
    """A table as data: the texts of its cells, without signs that only decorate; placeholders stay."""
    lines = [[_plain(cell) for cell in row] for row in (header, *rows)]
    return {"kind": "table", "name": f"table-{name}", "rows": lines}


def tools_of(place: str) -> str:
    """Where the files of a figure or table are offered."""
    return f"<!-- tools:{escape(place)} -->"


@dataclass(frozen=True)
class Table:
    """A table with a caption, header cells for its columns and (``row_headers``) for each row's first cell.

    ``row_ids`` gives rows an id to link to, ``row_data`` what filters read; the table's own
    id is ``table-`` and its ``name``. Rows of more words than a phone's line holds become cards there, so each
    of their cells carries its column's name.
    """

    name: str
    caption: str
    header: Sequence[object]
    rows: Sequence[Sequence[object]]
    row_ids: Sequence[str] = ()
    row_data: Sequence[Mapping[str, object]] = ()
    row_headers: bool = True
    css: str = ""

    @property
    def blocks(self) -> tuple[dict[str, Any], ...]:
        """The table as data."""
        return (table_block(self.name, self.header, self.rows),)

    def _repr_html_(self) -> Html:
        head = "".join(f'<th scope="col">{html(cell)}</th>' for cell in self.header)
        labels = [f' data-label="{escape(_words(h))}"' if self._stacks else "" for h in self.header]
        body = []
        for number, row in enumerate(self.rows):
            identity = f' id="{escape(self.row_ids[number])}"' if self.row_ids else ""
            if self.row_data:
                identity += "".join(
                    f' data-{escape(k)}="{escape(str(v))}"' for k, v in self.row_data[number].items()
                )
            cells = [
                f'<th scope="row">{html(c)}</th>'
                if self.row_headers and not n
                else f"<td{labels[n]}>{html(c)}</td>"
                for n, c in enumerate(row)
            ]
            body.append(f"<tr{identity}>{''.join(cells)}</tr>")
        return Html(
            f'<div class="{" ".join(filter(None, ("book-table", self.css, "stacks" if self._stacks else "")))}" id="table-{escape(self.name)}" role="region" tabindex="0" '
            f'aria-label="{escape(self.caption)}"><table><caption><span class="number" data-number="table"></span>'
            f"{escape(self.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
            + tools_of(f"table-{self.name}"),
            self.blocks,
        )

    @property
    def _stacks(self) -> bool:
        longest = max((sum(len(_words(cell)) for cell in row) for row in self.rows), default=0)
        return len(self.header) > 3 and longest > PHONE_LINE and "matrix" not in self.css


def _words(cell: object) -> str:
    """A cell's text without markup."""
    return unescape(re.sub(r"<!--.*?-->|<[^>]*>", "", cell.markup)) if isinstance(cell, Html) else str(cell)


PLACE = re.compile("\ue000(on|about):([\\w.-]+)\ue001")
"""A placeholder for questions in the text of a table's cell: between signs that no text of the data may have."""


def _plain(cell: object) -> str:
    """A cell's text for a file: without signs for the eye alone, in place of an element with ``data-value`` that."""
    if not isinstance(cell, Html):
        return " ".join(str(cell).split())
    text = re.sub(r'<span aria-hidden="true">[^<]*</span>', "", cell.markup)
    text = re.sub(r"<!-- questions-((?:on|about):[\w.-]+) -->", "\ue000\\1\ue001", text)
    text = re.sub(r'<(\w+)[^>]* data-value="([^"]*)"[^>]*>.*?</\1>', r"\2", text)
    text = re.sub(r"</?(?:br|li|dt|dd|p|div)\b[^>]*>", " ", text)
    return " ".join(unescape(re.sub(r"<!--.*?-->|<[^>]*>", "", text)).split())


@dataclass(frozen=True)
class Spot:
    """A place in a picture (CSS pixels from its upper left corner) that leads to a chapter."""

    page: str
    label: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    """One layout of a figure: its SVG text, its size in CSS pixels, and the spots in it."""

    svg: str = field(repr=False)
    width: int
    height: int
    spots: Sequence[Spot] = ()


PHONE = "(max-width: 39.99rem)"
"""Which screens are shown a figure's narrow drawing, as a media query; the style sheet has it, too."""


@dataclass(frozen=True)
class Figure:
    """A picture (SVG text) with its caption, which says what to see in it, and its alt text.

    ``width`` and ``height`` are in CSS pixels. ``png`` is the same picture as pixels, to take away. ``spots``
    are places in the picture that lead to a chapter. ``narrow`` is the same figure drawn for a phone.
    """

    name: str
    svg: str = field(repr=False)
    width: int
    height: int
    caption: str
    alt: str
    png: bytes = field(default=b"", repr=False)
    spots: Sequence[Spot] = ()
    narrow: Drawing | None = None

    @property
    def blocks(self) -> tuple[dict[str, Any], ...]:
        """The figure as data: the SVG, the PNG (base64), and what the page says of it."""
        return (
            {
                "kind": "figure",
                "name": self.name,
                "svg": self.svg,
                "png": base64.b64encode(self.png).decode(),
                "width": self.width,
                "height": self.height,
                "alt": self.alt,
                "caption": self.caption,
                "overlay": self._overlays(),
                "narrow": {
                    "media": PHONE,
                    "svg": self.narrow.svg,
                    "width": self.narrow.width,
                    "height": self.narrow.height,
                }
                if self.narrow
                else None,
            },
        )

    def _overlays(self) -> str:
        """The spots of both layouts as links that lie over them."""
        links = _overlay(
            Drawing(self.svg, self.width, self.height, self.spots),
            "spots for-page" if self.narrow else "spots",
        )
        return links + (_overlay(self.narrow, "spots for-phone") if self.narrow else "")

    def _repr_html_(self) -> str:
        source = (
            f'<source media="{PHONE}" srcset="{_address(self.narrow.svg)}" width="{self.narrow.width}" height="{self.narrow.height}">'
            if self.narrow
            else ""
        )
        return (
            f'<figure class="book-figure" id="{escape(self.name)}"><picture>{source}<img src="{_address(self.svg)}" '
            f'width="{self.width}" height="{self.height}" alt="{escape(self.alt)}"></picture>'
            f"{self._overlays()}<figcaption>{escape(self.caption)}</figcaption></figure>"
        )


def _address(svg: str) -> str:
    """An SVG as an address that holds it."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _overlay(drawing: Drawing, css: str) -> str:
    """The spots of a drawing as links that lie over it."""
    if not drawing.spots:
        return ""
    links = "".join(
        f'<a href="book:{escape(s.page)}" aria-label="{escape(s.label)}"><title>{escape(s.label)}</title>'
        f'<rect x="{s.x:.1f}" y="{s.y:.1f}" width="{s.width:.1f}" height="{s.height:.1f}" rx="4"/></a>'
        for s in drawing.spots
    )
    return f'<svg class="{css}" viewBox="0 0 {drawing.width} {drawing.height}">{links}</svg>'


@dataclass(frozen=True)
class Cover:
    """The picture (PNG) that stands for the book where a link to it is shared; no page shows it."""

    png: bytes = field(repr=False)

    @property
    def blocks(self) -> tuple[dict[str, Any], ...]:
        """The cover as data."""
        return ({"kind": "cover", "png": base64.b64encode(self.png).decode()},)

    def _repr_html_(self) -> str:
        return ""


def slug(text: str) -> str:
    """A text as an id: lower case, letters and digits, hyphens between."""
    return "-".join("".join(ch if ch.isalnum() else " " for ch in text.lower()).split())
