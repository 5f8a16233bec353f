"""The look of the figures: typeface, colours, canvas, and the finish that every figure gets.

Colours come from ``COLOURS`` only: the publishing step makes the dark version of a figure by replacing each with
its pair.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import matplotlib.font_manager
import seaborn as sns
from matplotlib.figure import Figure as Canvas

from smart_asn.markup import COLOURS, Figure, Spot
from smart_asn.places import ROOT

if TYPE_CHECKING:
    from smart_asn.edition import Edition

for typeface in sorted((ROOT / "book/_fonts").glob("*.ttf")):
    # The pages' own typeface. Both weights name themselves after the family's lightest.
    mpl.font_manager.fontManager.addfont(typeface)


LIGHT = {name: pair[0] for name, pair in COLOURS.items()}
WIDTH = 4.0
"""Inches: narrow enough that a phone of 360 pixels shows nine-point type at ten pixels."""

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
    "font.family": ["Source Sans 3 ExtraLight", "DejaVu Sans"],
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
    "xaxis.labellocation": "right",
    "xtick.color": LIGHT["muted"],
    "ytick.color": LIGHT["line"],
    "xtick.labelcolor": LIGHT["ink"],
    "ytick.labelcolor": LIGHT["ink"],
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
}


sns.set_theme(style="white", rc=STYLE)


def new_canvas(height: float, width: float = WIDTH, **subplots) -> tuple[Canvas, Any]:
    """A canvas that no global state knows, with one set of axes (or those that ``subplots`` asks for)."""
    canvas = Canvas(figsize=(width, height), layout="constrained")
    return canvas, canvas.subplots(**subplots)


def finish(canvas: Canvas, name: str, caption: str, alt: str, spots: tuple[Spot, ...] = ()) -> Figure:
    """The canvas as a figure: an SVG with short coordinates and no date, and the same in pixels on paper."""
    target, pixels = io.StringIO(), io.BytesIO()
    canvas.savefig(target, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    canvas.savefig(pixels, format="png", metadata={"Software": None}, dpi=200, facecolor=LIGHT["paper"])
    svg = target.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.S)
    svg = re.sub(r"scale\([^)]*\)|-?\d+\.\d{3,}", _short, svg)
    width, height = (round(v * 96) for v in canvas.get_size_inches())
    return Figure(f"figure-{name}", svg, width, height, caption, alt, pixels.getvalue(), spots)


def _short(match: re.Match) -> str:
    """A coordinate with two decimals at most; a scale keeps its own."""
    text = match.group()
    return text if text.startswith("scale") else f"{float(text):.2f}".rstrip("0").rstrip(".")


def measure_label(edition: Edition, code: str) -> str:
    return edition.label("codebook", code)
