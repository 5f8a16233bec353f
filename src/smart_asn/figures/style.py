"""The look of the figures: typeface, colours, the two layouts, and the finish that every figure gets.

Colours come from ``COLOURS`` only: the publishing step makes the dark version of a figure by replacing each with
its pair. Every figure is drawn twice, for a page and for a phone, so that its words are as large as the text around.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import matplotlib as mpl
import matplotlib.font_manager
import seaborn as sns
from matplotlib.figure import Figure as Canvas
from matplotlib.path import Path as Outline
from matplotlib.textpath import TextPath

from smart_asn.markup import COLOURS, Drawing, Figure, Spot
from smart_asn.places import ROOT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from smart_asn.edition import Edition

for typeface in sorted((ROOT / "book/_fonts").glob("*.ttf")):
    # The pages' own typeface. Both weights name themselves after the family's lightest.
    mpl.font_manager.fontManager.addfont(typeface)


LIGHT = {name: pair[0] for name, pair in COLOURS.items()}

TYPEFACES = ["Source Sans 3 ExtraLight", "DejaVu Sans"]

STYLE = {
    "axes.edgecolor": LIGHT["line"],
    "axes.grid": False,
    "axes.labelcolor": LIGHT["ink"],
    "axes.labelsize": 10,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": LIGHT["ink"],
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "font.family": TYPEFACES,
    "font.size": 10,
    "grid.color": LIGHT["line"],
    "grid.linewidth": 0.6,
    "hatch.linewidth": 1.2,
    "legend.frameon": False,
    "legend.fontsize": 10,
    "legend.labelcolor": LIGHT["ink"],
    "svg.fonttype": "path",
    "svg.hashsalt": "smart-asn",
    "text.color": LIGHT["ink"],
    "text.parse_math": False,  # a dollar sign in the data is a dollar sign
    "xaxis.labellocation": "right",
    "xtick.color": LIGHT["muted"],
    "ytick.color": LIGHT["line"],
    "xtick.labelcolor": LIGHT["ink"],
    "ytick.labelcolor": LIGHT["ink"],
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
}


sns.set_theme(style="white", rc=STYLE)

Value = TypeVar("Value")

Style = dict[str, Any]
"""How a mark or a text is drawn, in matplotlib's words."""


@dataclass(frozen=True)
class Layout:
    """For which screen a figure is drawn. ``width`` is in inches; a CSS pixel is a 96th of one, a point a 72nd."""

    width: float
    narrow: bool = False

    def pick(self, wide: Value, narrow: Value) -> Value:
        """The value for a page, or the one for a phone."""
        return narrow if self.narrow else wide


WIDE = Layout(7.0)
"""As wide as the text on a page, 672 pixels."""
NARROW = Layout(3.73, narrow=True)
"""As wide as the text on a phone of 390 pixels."""


class Sheet(Canvas):
    """What a figure is drawn on, unknown to any global state; ``spots`` are the places on it that lead to a chapter."""

    spots: tuple[Spot, ...] = ()


def new_sheet(layout: Layout, height: float, **subplots) -> tuple[Sheet, Axes]:
    """A sheet with one set of axes, or those that ``subplots`` asks for; ``height`` is in inches."""
    sheet = Sheet(figsize=(layout.width, height), layout="constrained")
    return sheet, sheet.subplots(**subplots)


def new_board(layout: Layout, height: float) -> tuple[Sheet, Axes]:
    """A sheet to write and draw on freely: its axes fill it, in inches from the upper left corner."""
    sheet = Sheet(figsize=(layout.width, height))
    axes = sheet.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, layout.width), ylim=(height, 0))
    axes.axis("off")
    return sheet, axes


def finish(name: str, caption: str, alt: str, draw: Callable[[Layout], Sheet]) -> Figure:
    """The figure that ``draw`` makes: drawn for a page and for a phone, and for a page in pixels on paper."""
    sheet, pixels = draw(WIDE), io.BytesIO()
    sheet.savefig(pixels, format="png", metadata={"Software": None}, dpi=200, facecolor=LIGHT["paper"])
    wide, narrow = _drawing(sheet), _drawing(draw(NARROW))
    return Figure(
        f"figure-{name}",
        wide.svg,
        wide.width,
        wide.height,
        caption,
        alt,
        pixels.getvalue(),
        wide.spots,
        narrow,
    )


def _drawing(sheet: Sheet) -> Drawing:
    """A sheet as SVG with short coordinates and no date."""
    target = io.StringIO()
    sheet.savefig(target, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    svg = target.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.S)
    svg = re.sub(r"scale\([^)]*\)|-?\d+\.\d{3,}", _short, svg)
    width, height = (round(v * 96) for v in sheet.get_size_inches())
    return Drawing(svg, width, height, sheet.spots)


def _short(match: re.Match) -> str:
    """A coordinate with two decimals at most; a scale keeps its own."""
    text = match.group()
    return text if text.startswith("scale") else f"{float(text):.2f}".rstrip("0").rstrip(".")


def tally(axes: Axes, x: float, y: float, found: int, meant: int, total: int, step: float) -> None:
    """A circle for each of ``total`` things: filled where found, ringed where meant and not found, else a dot.

    The first stands at ``x``, each other one ``step`` (inches) further on.
    """
    kinds = ["found"] * found + ["meant"] * max(meant - found, 0)
    kinds += ["rest"] * (total - len(kinds))
    for place, kind in enumerate(kinds):
        axes.plot(x + place * step, y, linestyle="", **TALLY[kind])


TALLY: dict[str, Style] = {
    "found": {"marker": "o", "markersize": 8, "markeredgewidth": 1.5, "color": LIGHT["accent"]},
    "meant": {
        "marker": "o",
        "markersize": 8,
        "markeredgewidth": 1.5,
        "markerfacecolor": LIGHT["paper"],
        "markeredgecolor": LIGHT["second"],
    },
    "rest": {"marker": "o", "markersize": 3, "markeredgewidth": 0, "color": LIGHT["muted"]},
}
"""How a tally marks what is found, what is meant and not found, and the rest."""


def inches(words: str, size: float, weight: str = "normal") -> float:
    """How long words are in a line: what a figure leaves free for the names of regencies, however long these are."""
    face = mpl.font_manager.FontProperties(family=TYPEFACES, weight=weight)
    return TextPath((0, 0), words, size=size, prop=face).get_extents().width / 72


def letter(sign: str) -> Outline:
    """A letter as a mark, its middle on the place. (Between dollar signs it would be shown with these.)"""
    drawn = TextPath((0, 0), sign, prop=mpl.font_manager.FontProperties(family=TYPEFACES))
    box = drawn.get_extents()
    return Outline(drawn.vertices - [(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2], drawn.codes)


QUESTION: Style = {"marker": letter("?"), "markeredgewidth": 0.4, "linestyle": "", "color": LIGHT["second"]}
"""How a cell is marked that is not reported, and could be."""


Entry = tuple[Style, str, float]
"""An entry of a legend: its mark, its words, and how many inches it takes."""


def key(axes: Axes, x: float, y: float, entries: list[Entry], layout: Layout) -> float:
    """A legend on a board: its entries beside each other, further ones below; returns where what follows can stand."""
    places = _in_lines(x, entries, layout)
    for (mark, words, _), (left, line) in zip(entries, places, strict=True):
        style: Style = {"linestyle": ""} | mark
        axes.plot(left + 0.08, y + line * 0.2, **style)
        axes.text(left + 0.2, y + line * 0.2, words, va="center", fontsize=9.5)
    return y + key_height(x, entries, layout)


def key_height(x: float, entries: list[Entry], layout: Layout) -> float:
    """The inches that a legend takes from top to bottom."""
    return 0.2 * (1 + _in_lines(x, entries, layout)[-1][1])


def _in_lines(x: float, entries: list[Entry], layout: Layout) -> list[tuple[float, int]]:
    """Where each entry of a legend begins, and in which line."""
    places, left, line = [], x, 0
    for *_, length in entries:
        if left > x and left + length > layout.width:
            left, line = x, line + 1
        places.append((left, line))
        left += length
    return places


def measure_label(edition: Edition, code: str) -> str:
    """A measure's label in the edition's language."""
    return edition.label("codebook", code)
