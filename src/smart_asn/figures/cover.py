"""The picture that stands for the book where a link to it is shared: its title, the map, and the matrix as a band."""

from __future__ import annotations

import io
from dataclasses import replace
from textwrap import wrap
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle
from PIL import Image

from smart_asn import coding
from smart_asn.figures.maps import draw_indonesia
from smart_asn.figures.style import LIGHT
from smart_asn.markup import Cover

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from smart_asn.edition import Edition

SIZE = (1200, 630)
"""Pixels, as those who show such pictures ask for them."""
MARGIN = 64
COLOURS = 48
"""The palette of the file, which keeps it light."""


def cover(edition: Edition) -> Cover:
    """A block that shows nothing; the publishing step makes the edition's cover of it, a PNG of its own.

    On it are the edition's title, the article's regencies on the map, and who states what; the same data give the same
    bytes.
    """
    return Cover(draw_cover(replace(edition, data=edition.data.article_alone())))


def draw_cover(edition: Edition) -> bytes:
    """The cover as a PNG."""
    speak, width, height = edition.language, *SIZE
    title = speak("Six regencies and the Smart ASN: a verifiable edition")
    canvas = Canvas(figsize=(width / 100, height / 100), dpi=100, facecolor=LIGHT["paper"])
    axes = canvas.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.axis("off")
    axes.add_patch(Rectangle((0, 0), width, 12, facecolor=LIGHT["accent"]))
    main, _, more = title.partition(": ")
    lines = wrap(main, 20)
    for number, line in enumerate(lines):
        axes.text(MARGIN, 62 + 60 * number, line, fontsize=38, fontweight="bold", va="top")
    below = 62 + 60 * len(lines)
    axes.text(MARGIN, below + 12, more, fontsize=24, va="top", color=LIGHT["accent"])
    measured = speak(
        "{regencies} road maps · {measures} measures · every statement checked",
        regencies=len(edition.stated),
        measures=edition.stated.shape[1],
    )
    axes.text(MARGIN, height - 44, measured, fontsize=18, va="bottom", color=LIGHT["muted"])
    _draw_map(edition, canvas)
    if len(edition.stated) <= coding.MANY:
        _draw_band(edition, axes, top=below + 84, bottom=height - 98)
    return _light(canvas)


def _draw_map(edition: Edition, canvas: Canvas) -> None:
    """The regencies as dots on the country, in the upper right corner."""
    width, height = SIZE
    axes = canvas.add_axes((660 / width, 1 - 270 / height, 500 / width, 215 / height))
    draw_indonesia(edition, axes)
    rows = edition.data.regencies
    axes.scatter(
        rows["longitude"],
        rows["latitude"],
        s=150 if len(rows) <= coding.MANY else 12,
        color=LIGHT["second"],
        edgecolor=LIGHT["paper"],
        linewidth=1.5,
    )


def _draw_band(edition: Edition, axes: Axes, top: float, bottom: float) -> None:
    """The matrix lying down: a row for each regency, a box for each measure, a gap after each strategy."""
    stated, names = edition.stated, edition.data.regency_names
    strategies = edition.data.codebook.set_index("code")["strategy"].loc[list(stated.columns)].to_numpy()
    gaps = np.concatenate([[0], np.cumsum(strategies[1:] != strategies[:-1])])
    left = MARGIN + 122
    step = (SIZE[0] - MARGIN - left) / (len(stated.columns) + gaps[-1])
    row_step = (bottom - top) / len(stated)
    for y, regency in enumerate(stated.index):
        middle = top + row_step * (y + 0.5)
        axes.text(MARGIN, middle, names[regency], fontsize=18, va="center")
        for x, code in enumerate(stated.columns):
            axes.add_patch(
                Rectangle(
                    (left + step * (x + gaps[x]), middle - row_step * 0.36),
                    step * 0.8,
                    row_step * 0.72,
                    facecolor=LIGHT["accent" if stated.loc[regency, code] else "faint"],
                )
            )


def _light(canvas: Canvas) -> bytes:
    """The canvas as a PNG with a small palette."""
    drawn, target = io.BytesIO(), io.BytesIO()
    canvas.savefig(drawn, format="png", metadata={"Software": None})
    picture = Image.open(drawn).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(target, format="PNG", optimize=True)
    return target.getvalue()
