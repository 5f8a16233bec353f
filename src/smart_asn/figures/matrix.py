"""The book's main picture: regencies by measures."""

from __future__ import annotations

from math import fsum
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.patches import Rectangle

from smart_asn import coding
from smart_asn.figures.many import plot_provinces
from smart_asn.figures.style import (
    LIGHT,
    QUESTION,
    Layout,
    Sheet,
    finish,
    inches,
    key,
    key_height,
    measure_label,
    new_board,
)
from smart_asn.markup import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from smart_asn.edition import Edition

ROW, MORE, HEAD, GAP = 0.205, 0.12, 0.32, 0.16
"""Inches: a measure's row, what a second line of its label adds, a strategy's heading, the gap between strategies."""

BETWEEN = 0.24
"""Inches between two columns of bands."""

STEP, LABELS = 0.178, 2.0
"""Inches from one regency to the next, and what the labels of the measures need at least beside them in two columns."""

SQUARE = {"marker": "s", "markersize": 8.5, "markeredgewidth": 1.6, "color": LIGHT["accent"]}
MARKS = {
    (True, False): SQUARE,
    (True, True): SQUARE | {"markerfacecolor": "none"},
    (False, False): {"marker": ".", "markersize": 3, "color": LIGHT["muted"]},
    (False, True): QUESTION | {"markersize": 8},
}
"""How a cell is marked, by whether the measure is reported and whether that is doubtful."""


def plot_matrix(edition: Edition, stated: pd.DataFrame, doubtful: frozenset[coding.Cell]) -> Figure:
    """Regencies by measures in bands, one for each strategy; in each the measures that most regencies report lead."""
    if len(stated) > coding.MANY:
        return plot_provinces(edition, stated)
    speak, names, counts = edition.language, edition.data.regency_names, stated.sum()
    bands = []
    for strategy, measures in edition.data.codebook.groupby("strategy", sort=False):
        codes = sorted(measures["code"], key=lambda code: -counts[code])
        bands.append((edition.label("strategies", strategy), codes))

    over = max(0.82, 0.28 + max(inches(names[r], 9.5, "bold") for r in stated.index))

    def draw(layout: Layout) -> Sheet:
        half = (layout.width - BETWEEN) / 2
        parts = 2 if half - STEP * len(stated) > LABELS else 1
        width = half if parts == 2 else layout.width
        longest = min(layout.pick(37, 42), int((width - STEP * len(stated)) * 16.5))  # characters in a line
        labelled = [(s, [(c, wrap(measure_label(edition, c), longest)) for c in codes]) for s, codes in bands]
        columns = _halves(labelled) if parts == 2 else [labelled]
        depth = max(fsum(_depth(band) for band in column) for column in columns) - GAP
        entries = [
            (MARKS[True, False], speak("reported"), 1.0),
            (MARKS[True, True], speak("reported, doubtful"), 1.7),
            (MARKS[False, True], speak("not reported, doubtful"), 1.95),
            (MARKS[False, False], speak("not reported"), 1.2),
        ]
        top = 0.12 + key_height(0, entries, layout) + over
        sheet, axes = new_board(layout, top + depth + 0.06)
        key(axes, 0, 0.12, entries, layout)
        for n, column in enumerate(columns):
            _draw_column(edition, axes, stated, doubtful, column, n * (width + BETWEEN), top, width)
        return sheet

    totals = stated.sum(axis=1)
    most, least = totals.idxmax(), totals.idxmin()
    caption = speak(
        "All {all} share {shared} of the {count} measures. {most} has the most ({most_count}), {least} the fewest ({least_count}).",
        all=speak.count(len(stated)),
        shared=speak.count(len(coding.shared_by_all(stated))),
        count=speak.count(stated.shape[1]),
        most=names[most],
        most_count=int(totals[most]),
        least=names[least],
        least_count=int(totals[least]),
    )
    alt = speak(
        "Grid of {count} measures and {all} regencies. Measures reported: {list}. The table below has every cell.",
        count=stated.shape[1],
        all=len(stated),
        list=", ".join(f"{names[r]} {int(n)}" for r, n in totals.items()),
    )
    return finish("matrix", caption, alt, draw)


Band = tuple[str, list[tuple[str, list[str]]]]
"""A strategy's label, and its measures with the lines of their labels."""


def _depth(band: Band) -> float:
    """Inches from a band's top to the next one's."""
    return HEAD + GAP + fsum(ROW + MORE * (len(words) - 1) for _, words in band[1])


def _halves(bands: list[Band]) -> list[list[Band]]:
    """The bands in two columns, as nearly as long as can be, in their order."""
    lengths = [_depth(band) for band in bands]
    cut = min(range(1, len(bands)), key=lambda n: abs(fsum(lengths[:n]) - fsum(lengths[n:])))
    return [bands[:cut], bands[cut:]]


def _draw_column(
    edition: Edition,
    axes: Axes,
    stated: pd.DataFrame,
    doubtful: frozenset[coding.Cell],
    bands: list[Band],
    left: float,
    top: float,
    width: float,
) -> None:
    """Some bands, one under the other, with the regencies' names over them and their totals under the names."""
    names = edition.data.regency_names
    first = left + width - STEP * len(stated)
    places: dict[tuple[bool, bool], list[tuple[float, float]]] = {kind: [] for kind in MARKS}
    for n, regency in enumerate(stated.index):
        x = first + (n + 0.5) * STEP
        axes.text(
            x,
            top - 0.22,
            names[regency],
            rotation=90,
            ha="center",
            va="bottom",
            fontweight="bold",
            fontsize=9.5,
        )
        axes.text(x, top - 0.1, str(int(stated.loc[regency].sum())), ha="center", va="center", fontsize=9.5)
    total = edition.language("measures, of {count}", count=stated.shape[1])
    axes.text(first - 0.08, top - 0.1, total, ha="right", va="center", fontsize=9.2, color=LIGHT["muted"])
    y = top
    for label, lines in bands:
        axes.add_patch(Rectangle((left, y), width, HEAD - 0.04, facecolor=LIGHT["faint"]))
        axes.text(left + 0.06, y + HEAD / 2 - 0.02, label, va="center", fontweight="bold")
        y += HEAD
        for code, words in lines:
            row = ROW + MORE * (len(words) - 1)
            middle = y + row / 2
            axes.text(left + 0.06, middle, "\n".join(words), va="center", fontsize=9.2, linespacing=0.95)
            for n, regency in enumerate(stated.index):
                kind = (bool(stated.loc[regency, code]), (regency, code) in doubtful)
                places[kind].append((first + (n + 0.5) * STEP, middle))
            y += row
        y += GAP
    for kind, found in places.items():
        if found:
            style: dict[str, Any] = MARKS[kind]
            axes.plot(*zip(*found, strict=True), **({"linestyle": ""} | style))
