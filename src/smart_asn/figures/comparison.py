"""Figures that compare the regencies: the matrix, coverage, likeness, periods, digital means, doubts, claims."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.patches import Rectangle
from scipy.cluster.hierarchy import dendrogram

from smart_asn import coding
from smart_asn.coding import DIGITAL
from smart_asn.figures.many import (
    plot_clusters,
    plot_digital_shares,
    plot_period_counts,
    plot_provinces,
    plot_spread,
)
from smart_asn.figures.style import LIGHT, finish, measure_label, new_canvas
from smart_asn.markup import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from smart_asn.edition import Edition


def plot_coverage(edition: Edition, regency: str) -> Figure:
    """The share of each strategy's measures that a regency states, beside the mean of all regencies."""
    speak, name = edition.language, edition.data.regency_names[regency]
    shares = coding.coverage(edition.stated, edition.data.codebook)
    own, mean = shares.loc[regency], shares.mean()
    labels = [edition.data.row("strategies", s)[f"short_{speak.code}"] for s in shares.columns]
    positions = np.arange(len(labels))
    canvas, axes = new_canvas(2.9)
    axes.barh(positions, own, height=0.55, color=LIGHT["accent"], label=name)
    axes.plot(
        mean,
        positions,
        "D",
        color=LIGHT["second"],
        markersize=7,
        markeredgecolor=LIGHT["paper"],
        label=speak("mean of all {count}", count=len(shares)),
    )
    for position, share in zip(positions, own, strict=True):
        axes.text(1.04, position, speak.percent(share), va="center", ha="left", fontsize=9)
    axes.set_yticks(positions, labels)
    axes.invert_yaxis()
    axes.set(xlim=(0, 1.0))
    axes.set_xticks([0, 0.5, 1], [speak.percent(v) for v in (0, 0.5, 1)])
    axes.tick_params(length=0)
    sns.despine(ax=axes, left=True)
    canvas.legend(loc="outside upper center", ncols=2)
    above = [edition.label("strategies", s) for s in shares.columns if own[s] > mean[s] + 1e-9]
    below = [edition.label("strategies", s) for s in shares.columns if own[s] < mean[s] - 1e-9]
    caption = speak(
        "{name} states more than the mean on: {above}; less on: {below}.",
        name=name,
        above="; ".join(above) or "–",
        below="; ".join(below) or "–",
    )
    alt = speak(
        "Bars by strategy: {list}.",
        list="; ".join(
            f"{lab} {speak.percent(v)} ({speak('mean')} {speak.percent(m)})"
            for lab, v, m in zip(labels, own, mean, strict=True)
        ),
    )
    return finish(canvas, f"coverage-{regency}", caption, alt)


def plot_matrix(edition: Edition, stated: pd.DataFrame, doubtful: frozenset[coding.Cell]) -> Figure:
    """The book's main picture: regencies by measures, grouped by strategy; hollow marks are doubtful."""
    if len(stated) > coding.MANY:
        return plot_provinces(edition, stated)
    speak, book = edition.language, edition.data.codebook
    groups = list(book.groupby("strategy", sort=False))
    rows, y = [], 0.0
    for strategy, measures in groups:
        rows.append((y, None, edition.label("strategies", strategy)))
        y += 1.15
        for code in measures["code"]:
            rows.append((y, code, measure_label(edition, code)))
            y += 1
        y += 0.35
    canvas, axes = new_canvas(0.2 * y + 0.9)
    columns = list(stated.index)
    left = 0.0
    places: dict[tuple[bool, bool], list[tuple[float, float]]] = defaultdict(list)
    for position, code, text in rows:
        if code is None:
            axes.text(left - 8.4, position, text, fontsize=10, fontweight="bold", va="center")
            axes.axhline(position + 0.55, color=LIGHT["line"], linewidth=0.8)
            continue
        axes.text(left - 0.6, position, text, fontsize=9, va="center", ha="right")
        for x, regency in enumerate(columns):
            places[stated.loc[regency, code], (regency, code) in doubtful].append((x, position))
    square: dict[str, Any] = {
        "marker": "s",
        "markersize": 9.5,
        "markeredgewidth": 1.8,
        "color": LIGHT["accent"],
    }
    marks: dict[tuple[bool, bool], dict[str, Any]] = {
        (True, False): square,
        (True, True): square | {"markerfacecolor": "none"},
        (False, False): {"marker": ".", "markersize": 3, "color": LIGHT["muted"]},
    }
    for kind, style in marks.items():
        if places[kind]:
            axes.plot(*np.transpose(places[kind]), linestyle="", **style)
    question: dict[str, Any] = {"fontsize": 10, "fontweight": "bold", "color": LIGHT["second"]}
    for x, position in places[False, True]:
        axes.text(x, position, "?", ha="center", va="center", **question)
    names = edition.data.regency_names
    for x, regency in enumerate(columns):
        axes.text(
            x, -1.0, names[regency], fontsize=9.5, rotation=90, ha="center", va="bottom", fontweight="bold"
        )
        axes.text(
            x,
            y + 0.1,
            str(int(stated.loc[regency].sum())),
            fontsize=9.5,
            ha="center",
            va="center",
            fontweight="bold",
        )
    axes.text(
        left - 0.6,
        y + 0.1,
        speak("measures stated, of {count}", count=stated.shape[1]),
        fontsize=9,
        ha="right",
        va="center",
    )
    axes.set(xlim=(-8.5, len(columns) - 0.45), ylim=(y + 0.8, -4.2))
    axes.axis("off")
    most, least = stated.sum(axis=1).idxmax(), stated.sum(axis=1).idxmin()
    caption = speak(
        "Filled: stated. Hollow: stated, doubtful. Question mark: not stated, doubtful. Dot: not stated. All {all} share {shared} of the {count} measures; {most} states the most ({most_count}), {least} the fewest ({least_count}).",
        all=len(columns),
        shared=len(coding.shared_by_all(stated)),
        count=stated.shape[1],
        most=names[most],
        most_count=int(stated.loc[most].sum()),
        least=names[least],
        least_count=int(stated.loc[least].sum()),
    )
    alt = speak(
        "Grid of {count} measures and {all} regencies. Measures stated: {list}. The table below has every cell.",
        count=stated.shape[1],
        all=len(columns),
        list=", ".join(f"{names[r]} {int(n)}" for r, n in stated.sum(axis=1).items()),
    )
    return finish(canvas, "matrix", caption, alt)


def plot_coverage_by_strategy(edition: Edition, shares: pd.DataFrame) -> Figure:
    """Share of each strategy's measures that each regency states: a number over a bar in every cell."""
    if len(shares) > coding.MANY:
        return plot_spread(edition, shares)
    speak, names = edition.language, edition.data.regency_names
    table = shares.rename(
        index=names,
        columns={s: edition.data.row("strategies", s)[f"short_{speak.code}"] for s in shares.columns},
    )
    canvas, axes = new_canvas(3.3)
    axes.set(xlim=(0, table.shape[1]), ylim=(table.shape[0], 0))
    for y, (_, row) in enumerate(table.iterrows()):
        for x, value in enumerate(row):
            _number_over_bar(axes, x, y, value, speak.percent(value))
    axes.set_xticks(
        np.arange(table.shape[1]) + 0.5, table.columns, rotation=30, ha="left", rotation_mode="anchor"
    )
    axes.set_yticks(np.arange(table.shape[0]) + 0.5, table.index)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    sns.despine(ax=axes, left=True, bottom=True)
    means = shares.mean()
    caption = speak(
        "On average the regencies state the largest share of the measures on {most} ({high}) and the smallest on {least} ({low}).",
        most=edition.label("strategies", means.idxmax()).lower(),
        high=speak.percent(means.max()),
        least=edition.label("strategies", means.idxmin()).lower(),
        low=speak.percent(means.min()),
    )
    alt = speak(
        "Table of shares: {list}.",
        list="; ".join(
            f"{r}: " + ", ".join(f"{c} {speak.percent(v)}" for c, v in row.items())
            for r, row in table.iterrows()
        ),
    )
    return finish(canvas, "coverage", caption, alt)


def _number_over_bar(axes: Axes, x: int, y: int, value: float, text: str) -> None:
    """A cell of a table: a number, and under it a bar for its share of one."""
    axes.add_patch(Rectangle((x + 0.05, y + 0.05), 0.9, 0.9, facecolor=LIGHT["faint"]))
    axes.add_patch(Rectangle((x + 0.05, y + 0.73), 0.9 * value, 0.22, facecolor=LIGHT["accent"]))
    axes.text(x + 0.5, y + 0.4, text, ha="center", va="center", fontsize=9.5)


def plot_similarity(edition: Edition, stated: pd.DataFrame) -> Figure:
    """Which regencies resemble each other: Jaccard similarity and average-linkage clusters."""
    if len(stated) > coding.MANY:
        return plot_clusters(edition, stated)
    speak, names = edition.language, edition.data.regency_names
    like = coding.similarity(stated)
    tree = dendrogram(coding.cluster(stated), no_plot=True, labels=list(stated.index))
    order = tree["ivl"]
    canvas, (top, axes) = new_canvas(4.2, nrows=2, height_ratios=(1, 3.2))
    for xs, ys in zip(tree["icoord"], tree["dcoord"], strict=True):
        top.plot([(x - 5) / 10 + 0.5 for x in xs], ys, color=LIGHT["muted"], linewidth=1.4)
    top.set(xlim=(0, len(order)), ylim=(0, max(max(d) for d in tree["dcoord"]) * 1.08))
    top.axis("off")
    axes.set(xlim=(0, len(order)), ylim=(len(order), 0))
    for y, first in enumerate(order):
        for x, second in enumerate(order):
            value = like.loc[first, second]
            if first != second:
                _number_over_bar(axes, x, y, value, speak.number(value, 2))
    axes.set_xticks(np.arange(len(order)) + 0.5, [names[r] for r in order])
    axes.set_yticks(np.arange(len(order)) + 0.5, [names[r] for r in order])
    axes.tick_params(length=0)
    sns.despine(ax=axes, left=True, bottom=True)
    pairs = like.where(~np.eye(len(like), dtype=bool)).stack()
    near, far = pairs.idxmax(), pairs.idxmin()
    caption = speak(
        "{a} and {b} are the most alike ({near}), {c} and {d} the least ({far}); the tree joins the most alike first.",
        a=names[near[0]],
        b=names[near[1]],
        near=speak.number(pairs.max(), 2),
        c=names[far[0]],
        d=names[far[1]],
        far=speak.number(pairs.min(), 2),
    )
    alt = speak(
        "Similarity of each pair, 0 to 1: {list}.",
        list="; ".join(
            f"{names[a]}–{names[b]} {speak.number(v, 2)}"
            for (a, b), v in pairs.items()
            if list(like).index(a) < list(like).index(b)
        ),
    )
    return finish(canvas, "similarity", caption, alt)


def plot_periods(edition: Edition, first: int, last: int) -> Figure:
    """The road maps' periods against the years of the Grand Design."""
    if len(edition.data.regency_names) > coding.MANY:
        return plot_period_counts(edition, first, last)
    speak, rows = edition.language, edition.data.regencies
    canvas, axes = new_canvas(2.7)
    axes.axvspan(first, last + 1, color=LIGHT["faint"], zorder=0)
    axes.text(
        (first + last + 1) / 2, -0.75, f"Grand Design {first}–{last}", ha="center", va="center", fontsize=9
    )
    for position, row in enumerate(rows.itertuples()):
        fits = row.period_start == first and row.period_end == last
        axes.barh(
            position,
            row.period_end - row.period_start + 1,
            left=row.period_start,
            height=0.5,
            color=LIGHT["accent"] if fits else LIGHT["second"],
        )
        axes.text(
            row.period_start + 0.1,
            position,
            f"{row.period_start}–{row.period_end}",
            va="center",
            fontsize=9,
            color=LIGHT["paper"],
            fontweight="bold",
        )
    axes.set_yticks(range(len(rows)), rows["name"])
    years = range(int(rows["period_start"].min()), int(rows["period_end"].max()) + 2)
    axes.set(xlim=(years[0], years[-1]), ylim=(len(rows) - 0.5, -1.1))
    axes.set_xticks([y + 0.5 for y in years[:-1]], [str(y) for y in years[:-1]])
    axes.tick_params(length=0)
    sns.despine(ax=axes, left=True)
    off = rows[(rows["period_start"] != first) | (rows["period_end"] != last)]
    caption = speak(
        "{fit} of {count} road maps have the years of the Grand Design; {off} do not.",
        fit=len(rows) - len(off),
        count=len(rows),
        off=speak.listing(
            [
                f"{r.name} ({r.period_start}–{r.period_end})"
                for r in off[["name", "period_start", "period_end"]].itertuples(index=False)
            ]
        ),
    )
    alt = speak(
        "Bars from first to last year: {list}.",
        list="; ".join(
            f"{r.name} {r.period_start}–{r.period_end}"
            for r in rows[["name", "period_start", "period_end"]].itertuples(index=False)
        ),
    )
    return finish(canvas, "periods", caption, alt)


def plot_digital(edition: Edition, stated: pd.DataFrame) -> Figure:
    """How many regencies state each digital measure, and which."""
    if len(stated) > coding.MANY:
        return plot_digital_shares(edition, stated)
    speak, names = edition.language, edition.data.regency_names
    counts = stated[list(DIGITAL)].sum().sort_values(ascending=False, kind="stable")
    canvas, axes = new_canvas(2.9)
    for y, code in enumerate(counts.index):
        for x, regency in enumerate(stated.index):
            filled = stated.loc[regency, code]
            axes.plot(
                x,
                y,
                "s" if filled else ".",
                markersize=13 if filled else 4,
                color=LIGHT["accent"] if filled else LIGHT["muted"],
            )
        axes.text(-0.7, y, measure_label(edition, code), ha="right", va="center", fontsize=9)
        axes.text(
            len(stated) - 0.3,
            y,
            speak("{count} of {total}", count=counts[code], total=len(stated)),
            va="center",
            fontsize=9,
        )
    for x, regency in enumerate(stated.index):
        axes.text(x, -0.7, names[regency], rotation=90, ha="center", va="bottom", fontsize=9)
    axes.set(xlim=(-7.2, len(stated) + 1.1), ylim=(len(counts) - 0.5, -2.8))
    axes.axis("off")
    per = stated[list(DIGITAL)].sum(axis=1)
    caption = (
        speak(
            "No digital measure is stated by all {total}; the most, {count} of {of}, in {most}.",
            total=len(stated),
            most=speak.listing([names[r] for r in per.index[per == per.max()]]),
            count=int(per.max()),
            of=len(DIGITAL),
        )
        if counts.max() < len(stated)
        else speak("Digital measures by regency.")
    )
    alt = speak(
        "Digital measures stated: {list}.",
        list="; ".join(
            f"{measure_label(edition, c)}: {', '.join(names[r] for r in stated.index[stated[c]]) or '–'}"
            for c in counts.index
        ),
    )
    return finish(canvas, "digital", caption, alt)
