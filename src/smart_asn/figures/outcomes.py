"""The figure of the ledger: outcomes by what the statements are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import seaborn as sns

from smart_asn.figures.style import LIGHT, Layout, Sheet, finish, new_sheet
from smart_asn.ledger import question_frame
from smart_asn.markup import Figure
from smart_asn.outcomes import (
    CONTRADICTED,
    FACTS,
    KIND_LABELS,
    NO_BASIS,
    NOT_VERIFIED,
    OUT_OF_DATE,
    PARTLY,
    SUPPORTED,
)

if TYPE_CHECKING:
    from smart_asn.edition import Edition

LOOKS = {
    SUPPORTED: ("good", ""),
    PARTLY: ("middle", ""),
    OUT_OF_DATE: ("second", "///"),
    CONTRADICTED: ("bad", ""),
    NO_BASIS: ("muted", ""),
    NOT_VERIFIED: ("line", "..."),
}
"""Colour and hatch of each outcome."""


def plot_outcomes(edition: Edition, questions: Iterable[Mapping[str, Any]]) -> Figure:
    """Questions by what their statements are about, and outcome."""
    speak, frame = edition.language, question_frame(edition.data, questions)
    kinds = [k for k in FACTS if k in set(frame["kind"])]
    counts = pd.crosstab(frame["kind"], frame["outcome"]).reindex(
        index=kinds, columns=list(LOOKS), fill_value=0
    )

    def draw(layout: Layout) -> Sheet:
        sheet, axes = new_sheet(layout, 0.36 * len(kinds) + layout.pick(1.05, 1.45))
        left = np.zeros(len(kinds))
        for outcome, (colour, hatch) in LOOKS.items():
            widths = counts[outcome].to_numpy()
            axes.barh(
                range(len(kinds)),
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
        axes.set_yticks(range(len(kinds)), [speak(KIND_LABELS[k]) for k in kinds])
        axes.invert_yaxis()
        axes.set(xlabel=speak("Questions"), xlim=(0, left.max() * 1.08))
        axes.tick_params(length=0)
        sns.despine(ax=axes, left=True)
        sheet.legend(loc="outside upper left", ncols=layout.pick(3, 2), columnspacing=1.2, handlelength=1.4)
        return sheet

    totals = counts.sum()
    caption = speak(
        "Of {count} questions the outcome is supported for {supported}, partly supported for {partly}, out of date for {old} and contradicted for {contradicted}; for {silent} the article gives no basis, and {unverified} could not be verified.",
        count=len(frame),
        supported=totals[SUPPORTED],
        partly=totals[PARTLY],
        old=totals[OUT_OF_DATE],
        contradicted=totals[CONTRADICTED],
        silent=totals[NO_BASIS],
        unverified=totals[NOT_VERIFIED],
    )
    alt = speak(
        "Stacked bars by what the statements are about: {list}.",
        list="; ".join(f"{speak(KIND_LABELS[k])} {n}" for k, n in counts.sum(axis=1).items()),
    )
    return finish("outcomes", caption, alt, draw)
