"""Where there are too many regencies to show each one: by province, by share, by likeness."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.patches import Rectangle

from smart_asn import coding
from smart_asn.coding import DIGITAL
from smart_asn.figures.style import LIGHT, Layout, Sheet, finish, measure_label, new_sheet
from smart_asn.markup import Figure

if TYPE_CHECKING:
    from smart_asn.edition import Edition

CLUSTERS = 12
LISTED = 10


def provinces(edition: Edition) -> pd.Series:
    """The province of each regency, in the edition's language."""
    name = f"province_{edition.language.code}"
    return edition.data.columns("regencies", "regency", name).set_index("regency")[name].rename("province")


def plot_provinces(edition: Edition, stated: pd.DataFrame) -> Figure:
    """Measures by provinces: the share of a province's regencies that state the measure."""
    speak, book = edition.language, edition.data.columns("codebook", "code", "strategy")
    shares = stated.groupby(provinces(edition).reindex(stated.index)).mean().T

    def draw(layout: Layout) -> Sheet:
        sheet, axes = new_sheet(layout, 0.17 * len(shares) + 1.6)
        for y, code in enumerate(shares.index):
            for x, value in enumerate(shares.loc[code]):
                axes.add_patch(
                    Rectangle((x, y + 0.96 - 0.92 * value), 0.92, 0.92 * value, facecolor=LIGHT["accent"])
                )
        axes.set(xlim=(0, shares.shape[1]), ylim=(len(shares), 0))
        axes.set_yticks(
            np.arange(len(shares)) + 0.5, [measure_label(edition, c) for c in shares.index], fontsize=7
        )
        axes.set_xticks(np.arange(shares.shape[1]) + 0.5, shares.columns, rotation=90, fontsize=7)
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        for y in np.flatnonzero(book["strategy"].ne(book["strategy"].shift()))[1:]:
            axes.axhline(y, color=LIGHT["line"], linewidth=0.8)
        for side in axes.spines.values():
            side.set_visible(False)
        return sheet

    overall = stated.mean().sort_values()
    caption = speak(
        "The fuller a cell, the more of the province's regencies state the measure. Of all {count}, {high} state «{most}» and {low} «{least}».",
        count=len(stated),
        high=speak.percent(overall.iloc[-1]),
        most=measure_label(edition, overall.index[-1]),
        low=speak.percent(overall.iloc[0]),
        least=measure_label(edition, overall.index[0]),
    )
    alt = speak("Grid of {count} measures and {all} provinces.", count=len(shares), all=shares.shape[1])
    return finish("matrix", caption, alt, draw)


def plot_spread(edition: Edition, shares: pd.DataFrame) -> Figure:
    """How the regencies' shares of each strategy spread: the middle half as a bar, nine tenths as a line."""
    speak = edition.language
    low, first, middle, third, high = (shares.quantile(q) for q in (0.05, 0.25, 0.5, 0.75, 0.95))

    def draw(layout: Layout) -> Sheet:
        sheet, axes = new_sheet(layout, 2.6)
        for y, strategy in enumerate(shares.columns):
            axes.plot([low[strategy], high[strategy]], [y, y], color=LIGHT["muted"], linewidth=1.4)
            axes.barh(
                y,
                third[strategy] - first[strategy],
                left=first[strategy],
                height=0.5,
                color=LIGHT["accent-soft"],
            )
            axes.plot(middle[strategy], y, "o", color=LIGHT["accent"], markersize=7)
        axes.set_yticks(range(shares.shape[1]), [edition.label("strategies", s) for s in shares.columns])
        axes.set(xlim=(0, 1), ylim=(shares.shape[1] - 0.5, -0.5))
        axes.set_xticks([0, 0.5, 1], [speak.percent(v) for v in (0, 0.5, 1)])
        return sheet

    spans = "; ".join(
        f"{edition.label('strategies', s)} {speak.percent(first[s])}–{speak.percent(third[s])}"
        for s in shares.columns
    )
    caption = speak("Dots: the middle regency. Bars: the middle half. Lines: nine tenths of the regencies.")
    return finish("coverage", caption, speak("The middle half of the regencies: {list}.", list=spans), draw)


def plot_clusters(edition: Edition, stated: pd.DataFrame) -> Figure:
    """The regencies in groups of like ones: the last joins of the tree, with the size of each group."""
    from scipy.cluster.hierarchy import dendrogram, fcluster

    speak, joins = edition.language, coding.cluster(stated)
    tree = dendrogram(joins, no_plot=True, truncate_mode="lastp", p=CLUSTERS)
    labels = [text.strip("()") if text.startswith("(") else "1" for text in tree["ivl"]]

    def draw(layout: Layout) -> Sheet:
        sheet, axes = new_sheet(layout, 2.8)
        for xs, ys in zip(tree["icoord"], tree["dcoord"], strict=True):
            axes.plot(xs, ys, color=LIGHT["muted"], linewidth=1.4)
        axes.set_xticks([10 * n + 5 for n in range(len(labels))], labels)
        axes.set(ylabel=speak("Distance"), xlabel=speak("Regencies in the group"))
        return sheet

    sizes = pd.Series(fcluster(joins, CLUSTERS, "maxclust")).value_counts()
    caption = speak(
        "The last joins of the tree; the largest group has {count} regencies.", count=int(sizes.max())
    )
    return finish("similarity", caption, speak("Sizes of the groups: {list}.", list=", ".join(labels)), draw)


def plot_period_counts(edition: Edition, first: int, last: int) -> Figure:
    """How many road maps have which period, the most frequent first."""
    speak, rows = edition.language, edition.data.columns("regencies", "period_start", "period_end")
    counts = rows.value_counts().head(LISTED)
    return _bars(
        edition,
        "periods",
        [f"{a}–{b}" for a, b in counts.index],
        counts.to_numpy() / len(rows),
        speak("The most frequent periods of the road maps."),
    )


def plot_digital_shares(edition: Edition, stated: pd.DataFrame) -> Figure:
    """The share of the regencies that state each digital measure."""
    shares = stated[list(DIGITAL)].mean().sort_values(ascending=False, kind="stable")
    labels = [measure_label(edition, c) for c in shares.index]
    return _bars(
        edition,
        "digital",
        labels,
        shares.to_numpy(),
        edition.language("Digital measures by share of the regencies."),
    )


def plot_ranking(edition: Edition, ranges: pd.DataFrame) -> Figure:
    """The regencies that state the most and the fewest measures."""
    ordered = ranges.sort_values("coded", ascending=False, kind="stable")
    ends = pd.concat([ordered.head(LISTED), ordered.tail(LISTED)])
    total, names = len(edition.data.columns("codebook", "code")), edition.data.regency_names
    caption = edition.language(
        "The {count} regencies that state the most measures, and the {count} that state the fewest.",
        count=LISTED,
    )
    return _bars(edition, "doubts", [names[r] for r in ends.index], ends["coded"].to_numpy() / total, caption)


def _bars(edition: Edition, name: str, labels: list[str], shares: np.ndarray, caption: str) -> Figure:
    """Shares as bars with their percentages."""
    speak = edition.language

    def draw(layout: Layout) -> Sheet:
        sheet, axes = new_sheet(layout, 0.24 * len(labels) + 0.5)
        axes.barh(range(len(labels)), shares, color=LIGHT["accent-soft"])
        for y, value in enumerate(shares):
            axes.text(value, y, f" {speak.percent(value)}", va="center", fontsize=9)
        axes.set_yticks(range(len(labels)), labels)
        axes.set(xlim=(0, 1.15 * max(shares)), ylim=(len(labels) - 0.5, -0.5))
        axes.set_xticks([])
        for side in axes.spines.values():
            side.set_visible(False)
        return sheet

    alt = "; ".join(f"{label} {speak.percent(value)}" for label, value in zip(labels, shares, strict=True))
    return finish(name, caption, alt, draw)
