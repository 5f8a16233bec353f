"""Figures that compare the regencies: coverage, likeness, periods, digital means, doubts."""

from __future__ import annotations

from itertools import combinations
from textwrap import wrap
from typing import TYPE_CHECKING

import matplotlib as mpl
import matplotlib.ticker
import pandas as pd
import seaborn as sns

from smart_asn import coding
from smart_asn.coding import DIGITAL
from smart_asn.figures.many import (
    plot_clusters,
    plot_digital_shares,
    plot_period_counts,
    plot_ranking,
    plot_spread,
)
from smart_asn.figures.style import (
    LIGHT,
    Layout,
    Sheet,
    Style,
    finish,
    inches,
    measure_label,
    new_board,
    new_sheet,
)
from smart_asn.markup import Figure

if TYPE_CHECKING:
    from smart_asn.edition import Edition


def plot_coverage_by_strategy(edition: Edition, shares: pd.DataFrame) -> Figure:
    """How many of each strategy's measures each regency reports: a number over a bar in every cell.

    ``shares`` are :func:`smart_asn.coding.coverage`'s, from 0 to 1. A bar is as long as the strategy has measures.
    """
    if len(shares) > coding.MANY:
        return plot_spread(edition, shares)
    speak, names = edition.language, edition.data.regency_names
    sizes = edition.data.codebook["strategy"].value_counts()[shares.columns]
    counts = (shares * sizes).round().astype(int)
    heads = [edition.data.row("strategies", s)[f"short_{speak.code}"] for s in shares.columns]

    def draw(layout: Layout) -> Sheet:
        shown = {r: layout.pick(names[r], _broken(names[r], 14)) for r in counts.index}
        longest = max(inches(line, 10) for words in shown.values() for line in words.split("\n"))
        left, top, row = max(layout.pick(0.85, 0.72), longest + 0.1), layout.pick(0.34, 1.0), 0.46
        width = (layout.width - left) / len(heads)
        unit = (width - 0.12) / sizes.max()
        sheet, axes = new_board(layout, top + row * len(counts))
        for column, (strategy, head) in enumerate(zip(counts, heads, strict=True)):
            x = left + column * width
            if layout.narrow:
                axes.text(x + 0.12, top - 0.1, head, rotation=90, ha="center", va="bottom")
            else:
                axes.text(x, top - 0.16, head, va="center", fontweight="bold")
            for line, (regency, count) in enumerate(counts[strategy].items()):
                y, size = top + row * line, int(sizes[strategy])
                if not column:
                    axes.text(0, y + 0.2, shown[regency], va="center", linespacing=0.95)
                words = (
                    f"{count}/{size}"
                    if layout.narrow
                    else speak("{count} of {total}", count=count, total=size)
                )
                axes.text(x, y + 0.13, words, va="center", fontsize=9.5)
                axes.barh(y + 0.32, size * unit, left=x, height=0.12, color=LIGHT["line"])
                axes.barh(y + 0.32, count * unit, left=x, height=0.12, color=LIGHT["accent"])
        return sheet

    least = (counts.sum() / sizes).idxmin()
    half = [names[r] for r in counts.index if 2 * counts.loc[r, least] >= sizes[least]]
    values = {
        "strategy": edition.label("strategies", least),
        "count": int(counts[least].sum()),
        "total": int(sizes[least]) * len(counts),
        "names": speak.listing(half),
    }
    caption = (
        speak(
            "{strategy} is covered least: {count} of {total}. Half of its measures or more are reported for {names}.",
            **values,
        )
        if half
        else speak(
            "{strategy} is covered least: {count} of {total}. Half of its measures are reported for no regency.",
            **values,
        )
    )
    alt = speak(
        "Table of counts: {list}.",
        list="; ".join(
            f"{names[r]}: "
            + ", ".join(
                f"{head} {speak('{count} of {total}', count=n, total=sizes[s])}"
                for head, (s, n) in zip(heads, row.items(), strict=True)
            )
            for r, row in counts.iterrows()
        ),
    )
    return finish("coverage", caption, alt, draw)


def plot_similarity(edition: Edition, stated: pd.DataFrame) -> Figure:
    """How alike the plans are, pair by pair: measures that both report, of those that either reports."""
    if len(stated) > coding.MANY:
        return plot_clusters(edition, stated)
    speak, names = edition.language, edition.data.regency_names
    pairs = pd.DataFrame(
        [
            (
                speak("{first} and {last}", first=names[a], last=names[b]),
                int((stated.loc[a] & stated.loc[b]).sum()),
                int((stated.loc[a] | stated.loc[b]).sum()),
            )
            for a, b in combinations(stated.index, 2)
        ],
        columns=["pair", "both", "either"],
    )
    pairs["share"] = pairs["both"] / pairs["either"]
    pairs = pairs.sort_values("share", kind="stable", ignore_index=True)

    def draw(layout: Layout) -> Sheet:
        sheet, axes = new_sheet(layout, layout.pick(0.45, 0.6) + 0.21 * len(pairs))
        axes.hlines(pairs.index, 0, pairs["share"], color=LIGHT["accent-soft"], linewidth=2.5)
        axes.plot(pairs["share"], pairs.index, "o", color=LIGHT["accent"], markersize=8)
        for y, row in pairs.iterrows():
            words = speak("{count} of {total}", count=row["both"], total=row["either"])
            axes.annotate(
                words, (row["share"], y), (9, 0), textcoords="offset points", va="center", fontsize=9.5
            )
        axes.set_yticks(pairs.index, pairs["pair"])
        axes.set(
            xlim=(0, pairs["share"].max() * layout.pick(1.15, 1.4)), ylim=(-0.6, len(pairs) - 0.4), xticks=[]
        )
        title = speak("Measures reported for both, of those reported for either")
        sheet.suptitle(_broken(title, layout.pick(100, 44)), fontsize=10, x=0.005, ha="left")
        axes.tick_params(length=0)
        sns.despine(ax=axes, bottom=True)
        return sheet

    near, far = pairs.iloc[-1], pairs.iloc[0]
    caption = speak(
        "{near} are the most alike: of {either} measures that either reports, both report {both}. {far} are the least ({count} of {total}).",
        near=near["pair"],
        both=near["both"],
        either=near["either"],
        far=far["pair"],
        count=far["both"],
        total=far["either"],
    )
    alt = speak(
        "Measures that both regencies of a pair report, of those that either does: {list}.",
        list="; ".join(
            f"{row.pair} {speak('{count} of {total}', count=row.both, total=row.either)}"
            for row in pairs[::-1].itertuples()
        ),
    )
    return finish("similarity", caption, alt, draw)


PERIOD = ("name", "period_start", "period_end")


def plot_periods(edition: Edition, first: int, last: int) -> Figure:
    """The road maps' periods against the years of the Grand Design."""
    if len(edition.data.regency_names) > coding.MANY:
        return plot_period_counts(edition, first, last)
    speak, rows = edition.language, edition.data.regencies
    years = range(int(rows["period_start"].min()), int(rows["period_end"].max()) + 2)

    def draw(layout: Layout) -> Sheet:
        sheet, axes = new_sheet(layout, 0.75 + 0.32 * len(rows))
        axes.axvspan(first, last + 1, color=LIGHT["faint"], zorder=0)
        axes.text((first + last + 1) / 2, -0.8, f"Grand Design {first}–{last}", ha="center", va="center")
        for position, row in enumerate(rows.itertuples()):
            fits = row.period_start == first and row.period_end == last
            axes.barh(
                position,
                row.period_end - row.period_start + 1,
                left=row.period_start,
                height=0.6,
                color=LIGHT["accent" if fits else "second"],
            )
            axes.text(
                row.period_start + 0.1,
                position,
                f"{row.period_start}–{row.period_end}",
                va="center_baseline",
                color=LIGHT["paper"],
                fontweight="bold",
            )
        axes.set_yticks(range(len(rows)), rows["name"])
        axes.set(xlim=(years[0], years[-1]), ylim=(len(rows) - 0.5, -1.2))
        axes.set_xticks([y + 0.5 for y in years[:-1]], [str(y) for y in years[:-1]])
        axes.tick_params(length=0)
        sns.despine(ax=axes, left=True)
        return sheet

    off = rows[(rows["period_start"] != first) | (rows["period_end"] != last)]
    periods = [f"{name} ({start}–{end})" for name, start, end in off[list(PERIOD)].itertuples(index=False)]
    caption = (
        speak(
            "The years of the Grand Design, {first}–{last}, are those of {fit} of the {count} road maps, not of {off}.",
            fit=speak.count(len(rows) - len(off)),
            count=speak.count(len(rows)),
            off=speak.listing(periods),
            first=first,
            last=last,
        )
        if periods
        else speak(
            "All road maps have the years of the Grand Design, {first}–{last}.", first=first, last=last
        )
    )
    alt = speak(
        "Bars from first to last year: {list}.",
        list="; ".join(
            f"{name} {start}–{end}" for name, start, end in rows[list(PERIOD)].itertuples(index=False)
        ),
    )
    return finish("periods", caption, alt, draw)


def plot_digital(edition: Edition, stated: pd.DataFrame) -> Figure:
    """How many regencies report each digital measure, and which."""
    if len(stated) > coding.MANY:
        return plot_digital_shares(edition, stated)
    speak, names = edition.language, edition.data.regency_names
    counts = stated[list(DIGITAL)].sum().sort_values(ascending=False, kind="stable")

    longest = max(inches(names[r], 10, "bold") for r in stated.index)
    lines = [measure_label(edition, code) for code in counts.index]

    def draw(layout: Layout) -> Sheet:
        room = layout.width - layout.pick(max(inches(line, 10) for line in lines) + 0.1, 1.6)
        step, rest, row = layout.pick(0.62, 0.19), layout.pick(0.6, 0.52), 0.34
        upright = layout.narrow or longest > step or len(stated) * step > room - rest
        if upright:
            step = min(0.3, layout.pick(0.3, 0.19), (room - rest) / len(stated))
        top = max(0.78, longest + 0.16) if upright else 0.34
        left = layout.width - len(stated) * step - rest
        sheet, axes = new_board(layout, top + row * len(counts))
        for n, regency in enumerate(stated.index):
            turned = {"rotation": 90, "va": "bottom"} if upright else {"va": "center"}
            y = top - (0.08 if upright else 0.16)
            size = min(10, 58 * step)
            axes.text(
                left + (n + 0.5) * step,
                y,
                names[regency],
                ha="center",
                fontweight="bold",
                fontsize=size,
                **turned,
            )
        for line, (code, count) in enumerate(counts.items()):
            y = top + (line + 0.5) * row
            label = measure_label(edition, code)
            axes.text(
                0,
                y,
                layout.pick(label, _broken(label, 24)),
                va="center",
                linespacing=0.95,
                fontsize=layout.pick(10, 9.5),
            )
            for n, reports in enumerate(stated[code]):
                size = min(layout.pick(14, 10), 55 * step)
                mark: Style = {"marker": "s", "markersize": size, "color": LIGHT["accent"]}
                mark = mark if reports else {"marker": ".", "markersize": 4, "color": LIGHT["muted"]}
                axes.plot(left + (n + 0.5) * step, y, linestyle="", **mark)
            words = speak("{count} of {total}", count=count, total=len(stated))
            axes.text(layout.width - 0.02, y, words, ha="right", va="center", fontsize=layout.pick(10, 9.5))
        return sheet

    per = stated[list(DIGITAL)].sum(axis=1)
    caption = (
        speak(
            "None of the {of} digital measures is reported for all the regencies; the most for any one regency is {count} ({most}).",
            most=speak.listing([names[r] for r in per.index[per == per.max()]]),
            count=speak.count(per.max()),
            of=speak.count(len(DIGITAL)),
        )
        if counts.max() < len(stated)
        else speak("Digital measures by regency.")
    )
    alt = speak(
        "Digital measures reported: {list}.",
        list="; ".join(
            f"{measure_label(edition, c)}: {', '.join(names[r] for r in stated.index[stated[c]]) or '–'}"
            for c in counts.index
        ),
    )
    return finish("digital", caption, alt, draw)


def _broken(text: str, width: int) -> str:
    """A label in lines of at most so many characters."""
    return "\n".join(wrap(text, width, break_long_words=False))


def plot_doubts(edition: Edition, ranges: pd.DataFrame) -> Figure:
    """Measures reported for each regency, as coded and at least and most over all readings of the doubtful cells."""
    if len(ranges) > coding.MANY:
        return plot_ranking(edition, ranges)
    speak, names = edition.language, edition.data.regency_names
    ordered = ranges.sort_values("coded", kind="stable")
    low, high = int(ordered["least"].min()), int(ordered["most"].max())

    def draw(layout: Layout) -> Sheet:
        sheet, axes = new_sheet(layout, 0.6 + 0.33 * len(ordered))
        for y, (_, row) in enumerate(ordered.iterrows()):
            axes.plot(
                [row["least"], row["most"]],
                [y, y],
                color=LIGHT["accent-soft"],
                linewidth=8,
                solid_capstyle="round",
            )
            axes.plot(row["coded"], y, "o", color=LIGHT["accent"], markersize=8)
            words = speak(
                "{count} ({least} to {most})", count=row["coded"], least=row["least"], most=row["most"]
            )
            axes.annotate(words, (row["most"], y), (11, 0), textcoords="offset points", va="center")
        axes.set_yticks(range(len(ordered)), [names[r] for r in ordered.index])
        axes.set(
            xlabel=speak("Measures reported, of {count}", count=len(edition.data.codebook)),
            xlim=(low - 1.5, high + layout.pick(4, 8)),
        )
        axes.xaxis.set_major_locator(mpl.ticker.MultipleLocator(5))
        axes.tick_params(length=0)
        sns.despine(ax=axes, left=True)
        return sheet

    spans = ordered["most"] - ordered["least"]
    most, fewest = ordered.index[-1], ordered.index[0]
    values = {
        "most": names[most],
        "fewest": names[fewest],
        "widest": speak.listing([names[r] for r in spans.index[spans == spans.max()]]),
        "span": speak.count(spans.max()),
    }
    firm = ordered.loc[most, "least"] > ordered["most"].drop(most).max()
    caption = (
        speak(
            "Under every reading of the doubtful codings {most} has the most measures. The range is widest for {widest} ({span}).",
            **values,
        )
        if firm
        else speak(
            "{most} has the most measures as coded, but not under every reading of the doubtful codings. The range is widest for {widest} ({span}).",
            **values,
        )
    )
    alt = speak(
        "Measures reported, as coded and from least to most: {list}.",
        list="; ".join(f"{names[r]} {v.coded} ({v.least}–{v.most})" for r, v in ordered.iterrows()),
    )
    return finish("doubts", caption, alt, draw)
