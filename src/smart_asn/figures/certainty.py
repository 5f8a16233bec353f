"""Figures of how certain the findings are: what doubtful codings change, and the claims by outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
import matplotlib.ticker
import numpy as np
import pandas as pd
import seaborn as sns

from smart_asn import coding
from smart_asn.figures.many import (
    plot_ranking,
)
from smart_asn.figures.style import LIGHT, finish, new_canvas
from smart_asn.markup import Figure

if TYPE_CHECKING:
    from smart_asn.edition import Edition


def plot_doubts(edition: Edition, ranges: pd.DataFrame) -> Figure:
    """Measures stated by each regency, as coded and at least and most over all readings of the doubtful cells."""
    if len(ranges) > coding.MANY:
        return plot_ranking(edition, ranges)
    speak, names = edition.language, edition.data.regency_names
    ordered = ranges.sort_values("coded", kind="stable")
    canvas, axes = new_canvas(2.8)
    for y, (_, row) in enumerate(ordered.iterrows()):
        axes.plot(
            [row["least"], row["most"]],
            [y, y],
            color=LIGHT["accent-soft"],
            linewidth=7,
            solid_capstyle="round",
        )
        axes.plot(row["coded"], y, "o", color=LIGHT["accent"], markersize=8)
        axes.text(
            row["most"] + 0.7, y, f"{row['coded']} ({row['least']}–{row['most']})", va="center", fontsize=9
        )
    axes.set_yticks(range(len(ordered)), [names[r] for r in ordered.index])
    axes.set(
        xlabel=speak("Measures stated, of {count}", count=len(edition.data.codebook)),
        xlim=(ordered["least"].min() - 2, ordered["most"].max() + 6),
    )
    axes.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True))
    axes.tick_params(length=0)
    sns.despine(ax=axes, left=True)
    spans = ordered["most"] - ordered["least"]
    caption = speak(
        "Dots: as coded. Bars: the range over all readings of the doubtful cells, widest for {widest}.",
        widest=speak.listing([names[r] for r in spans.index[spans == spans.max()]]),
    )
    alt = speak(
        "Measures stated, and the range: {list}.",
        list="; ".join(f"{names[r]} {v.coded} ({v.least}–{v.most})" for r, v in ordered.iterrows()),
    )
    return finish(canvas, "doubts", caption, alt)


def plot_claims(edition: Edition, claims: pd.DataFrame) -> Figure:
    """Claims by section and verdict. ``claims`` has the columns ``section`` and ``verdict``."""
    from smart_asn.verdicts import CONTRADICTED, NOT_FOUND, NOT_STATED, PARTLY, SUPPORTED

    speak = edition.language
    looks = {
        SUPPORTED: ("good", ""),
        PARTLY: ("middle", ""),
        CONTRADICTED: ("bad", ""),
        NOT_STATED: ("muted", "///"),
        NOT_FOUND: ("line", "..."),
    }
    sections = [s for s in edition.data.sections["section"] if s in set(claims["section"])]
    counts = pd.crosstab(claims["section"], claims["verdict"]).reindex(
        index=sections, columns=list(looks), fill_value=0
    )
    canvas, axes = new_canvas(0.31 * len(sections) + 1.3)
    left = np.zeros(len(sections))
    for outcome, (colour, hatch) in looks.items():
        widths = counts[outcome].to_numpy()
        axes.barh(
            range(len(sections)),
            widths,
            left=left,
            height=0.68,
            facecolor=LIGHT[colour],
            hatch=hatch,
            edgecolor=LIGHT["paper"],
            linewidth=0.8,
            label=speak(outcome),
        )
        left += widths
    for y, total in enumerate(left):
        axes.text(total + left.max() * 0.015, y, str(int(total)), va="center", fontsize=9)
    axes.set_yticks(range(len(sections)), [edition.label("sections", s) for s in sections])
    axes.invert_yaxis()
    axes.set(xlabel=speak("Claims"), xlim=(0, left.max() * 1.08))
    axes.tick_params(length=0)
    sns.despine(ax=axes, left=True)
    canvas.legend(loc="outside upper center", ncols=2, columnspacing=1.2, handlelength=1.4)
    totals = counts.sum()
    caption = speak(
        "Of {count} claims {supported} are supported, {partly} partly supported and {contradicted} contradicted; {unchecked} cannot be checked.",
        count=int(left.sum()),
        supported=totals[SUPPORTED],
        partly=totals[PARTLY],
        contradicted=totals[CONTRADICTED],
        unchecked=totals[NOT_STATED] + totals[NOT_FOUND],
    )
    alt = speak(
        "Stacked bars of claims by section: {list}.",
        list="; ".join(
            f"{edition.label('sections', s)} {int(n)}" for s, n in zip(sections, left, strict=True)
        ),
    )
    return finish(canvas, "claims", caption, alt)
