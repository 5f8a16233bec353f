"""Figures of the introduction and the literature: public series beside the article's numbers, and whom it cites."""

from __future__ import annotations

import re
from collections import defaultdict
from math import fsum
from textwrap import wrap
from typing import TYPE_CHECKING

import seaborn as sns

from smart_asn.figures.style import LIGHT, Layout, Sheet, Style, finish, key, new_board, new_sheet
from smart_asn.markup import Figure

if TYPE_CHECKING:
    from smart_asn.edition import Edition

HOME = "IDN"
EGDI_YEARS = (2018, 2020)
"""The years between which the article compares the E-Government Development Index."""


def plot_egdi(edition: Edition) -> Figure:
    """The E-Government Development Index of the ASEAN members over the years, Indonesia among them."""
    speak = edition.language
    rows = edition.data.egdi.query("asean")
    series = rows.pivot(index="year", columns="iso3", values="egdi")
    names = dict(rows[["iso3", f"country_{speak.code}"]].itertuples(index=False, name=None))
    first, last = EGDI_YEARS
    now = series.loc[last].dropna()
    others = now.drop(HOME)
    ends = series.ffill().iloc[-1].sort_values()

    def draw(layout: Layout) -> Sheet:
        sheet, axes = new_sheet(layout, layout.pick(3.9, 3.7))
        for year in EGDI_YEARS:
            axes.axvline(year, color=LIGHT["line"], linewidth=1, linestyle=(0, (4, 3)), zorder=0)
        for country in series:
            home = country == HOME
            axes.plot(
                series.index,
                series[country],
                color=LIGHT["second" if home else "accent-soft"],
                linewidth=3 if home else 1.5,
                marker="o" if home else "",
                markersize=6,
                zorder=3 if home else 2,
            )
        for year in EGDI_YEARS:
            place = int((series.loc[year] > series.loc[year, HOME]).sum()) + 1
            count = int(series.loc[year].count())
            words = (
                speak("{count} of {total}", count=place, total=count)
                if layout.narrow
                else speak("place {place} of {count}", place=place, count=count)
            )
            axes.annotate(
                words,
                (year, series.loc[year, HOME]),
                (6, -13),
                textcoords="offset points",
                fontsize=9.5,
                fontweight="bold",
                color=LIGHT["second"],
            )
        room = (series.max().max() - series.min().min()) * layout.pick(0.052, 0.058)
        for country, y in zip(ends.index, _apart(list(ends), room), strict=True):
            axes.annotate(
                names[country],
                (series.index[-1], y),
                (7, 0),
                textcoords="offset points",
                va="center",
                fontsize=9.5,
                fontweight="bold" if country == HOME else "normal",
                annotation_clip=False,
            )
        axes.set_xticks(series.index)
        axes.set(xlim=(series.index[0] - 0.3, series.index[-1] + layout.pick(2.2, 4.6)), ylabel="", xlabel="")
        axes.set_title(speak("E-Government Development Index (0 to 1)"), fontsize=10, loc="left")
        axes.yaxis.set_major_formatter(lambda v, _: speak.number(round(v, 1), 1))
        axes.tick_params(length=0)
        axes.spines["bottom"].set_bounds(series.index[0], series.index[-1])
        sns.despine(ax=axes, left=True)
        return sheet

    caption = speak(
        "In 2020 Indonesia was behind {ahead} of the {count} other ASEAN members and above their mean ({own} and {mean}); in 2018 it had {before}."
        if now[HOME] > others.mean()
        else "In 2020 Indonesia was behind {ahead} of the {count} other ASEAN members and below their mean ({own} and {mean}); in 2018 it had {before}.",
        ahead=speak.count(int((others > now[HOME]).sum())),
        count=speak.count(len(others)),
        own=speak.number(now[HOME], 2),
        mean=speak.number(others.mean(), 2),
        before=speak.number(series.loc[first, HOME], 2),
    )
    alt = speak(
        "Lines of the E-Government Development Index of the ASEAN members; in 2020: {list}.",
        list="; ".join(
            f"{names[c]} {speak.number(v, 2)}" for c, v in now.sort_values(ascending=False).items()
        ),
    )
    return finish("egdi", caption, alt, draw)


def _apart(values: list[float], room: float) -> list[float]:
    """Rising values moved as little as need be for each to stand ``room`` above the one before."""
    places = list(values)
    for _ in range(100):
        for n in range(1, len(places)):
            short = room - (places[n] - places[n - 1])
            if short > 1e-9:
                places[n - 1] -= short / 2
                places[n] += short / 2
    return places


def _public(edition: Edition, name: str) -> float:
    return float(edition.data.row("sources", name)["value"])


def _year(period: str) -> float:
    """A month (``2014-08``) as a year with its fraction."""
    year, month = period.split("-")
    return int(year) + (int(month) - 0.5) / 12


BPS = (
    "workforce-basic-2014-08",
    "workforce-basic-2015-02",
    "workforce-basic-2017-08",
    "workforce-basic-2018-08",
)
INDEF = "workforce-basic-indef-2019-11"
NEWSPAPER = 2019
"""The year of the newspaper after which the article gives both its figures."""


def plot_workforce_schooling(edition: Edition) -> Figure:
    """The share of workers with at most junior-secondary schooling: the article's figures beside the statistics."""
    speak = edition.language
    counts = [
        (r["period"], float(r["value"])) for r in (edition.data.row("sources", s) for s in (*BPS, INDEF))
    ]
    *bps, indef = [(_year(period), value) for period, value in counts]
    printed = [float(v) for v in edition.data.rows("printed_figures", "series", "workforce-basic")["value"]]
    low, high = min(printed), max(printed)

    def draw(layout: Layout) -> Sheet:
        sheet, axes = new_sheet(layout, 3.0)
        axes.plot(*zip(*bps, strict=True), "o-", color=LIGHT["accent"], linewidth=2, markersize=7)
        axes.plot(*indef, "s", color=LIGHT["accent"], markersize=7)
        ring: Style = {
            "markerfacecolor": LIGHT["paper"],
            "markeredgecolor": LIGHT["second"],
            "markeredgewidth": 2,
        }
        axes.plot(
            [bps[0][0], NEWSPAPER + 0.5],
            [high, high],
            color=LIGHT["second"],
            linewidth=1,
            linestyle=(0, (4, 3)),
            zorder=0,
        )
        axes.plot([NEWSPAPER + 0.5] * 2, [low, high], "o", markersize=9, **ring)
        note: Style = {"textcoords": "offset points", "fontsize": 10}
        for n, ((x, value), (period, _)) in enumerate(zip(bps, counts, strict=False)):
            words = f"{speak.number(value, 1)}\n{speak.date(period)}"
            # By turns above and below their points, so that neighbours keep apart on a phone.
            above, last = n % 2 == 0, n == len(bps) - 1
            place: Style = {"ha": "left", "va": "bottom"} if above else {"ha": "center", "va": "top"}
            place |= {"ha": "right"} if last else {}
            axes.annotate(words, (x, value), (-4, 7) if above else (4 if last else 0, -9), **place, **note)
        axes.annotate(f"Indef {speak.number(indef[1], 1)}", indef, (0, 9), ha="center", va="bottom", **note)
        for value, offset, side in ((high, 10, "bottom"), (low, -10, "top")):
            words = speak("article: {value}", value=speak.number(value))
            axes.annotate(
                words,
                (NEWSPAPER + 0.5, value),
                (0, offset),
                ha="center",
                va=side,
                color=LIGHT["second"],
                fontweight="bold",
                **note,
            )
        years = range(int(bps[0][0]), NEWSPAPER + 2)
        axes.set_xticks([y + 0.5 for y in years[:-1]], [str(y) for y in years[:-1]])
        axes.set(xlim=(years[0] - 0.1, years[-1] + 0.35), ylim=(low - 2.4, high + 2.6), yticks=[])
        axes.set_title(
            speak("Workers with at most junior-secondary schooling, percent"), fontsize=10, loc="left"
        )
        axes.tick_params(length=0)
        sns.despine(ax=axes, left=True)
        return sheet

    caption = speak(
        "The article’s {high} percent, after a newspaper of {year}, is what BPS counted in {month}; by {later} the share was {share} percent.",
        high=speak.number(high),
        year=NEWSPAPER,
        month=speak.date(counts[0][0]),
        later=speak.date(counts[-2][0]),
        share=speak.number(counts[-2][1], 1),
    )
    names = [
        *(speak("BPS, {month}", month=speak.date(p)) for p, _ in counts[:-1]),
        f"Indef, {speak.date(counts[-1][0])}",
    ]
    pairs = [*zip(names, (v for _, v in counts), strict=True), *((speak("the article"), v) for v in printed)]
    alt = speak(
        "Points over the years, percent of workers: {list}.",
        list="; ".join(f"{name} {speak.number(value, 1)}" for name, value in pairs),
    )
    return finish("workforce-schooling", caption, alt, draw)


JOBS = (
    ("A18", "frank-replaced-high", "frank-replaced-low"),
    ("A19", "frank-enhanced", "frank-enhanced"),
    ("A20", "frank-new-high", "frank-new-low"),
    ("A21", "", ""),
)
"""The shares of jobs that the article gives, and the public figures (highest and lowest) to set beside each."""


def plot_job_shares(edition: Edition) -> Figure:
    """Frank's shares of jobs as the article gives them, beside what a co-author of the book said: number and meaning."""
    speak = edition.language
    pairs = []
    for item, high, low in JOBS:
        printed = edition.data.row("printed_figures", item)
        public = edition.data.row("sources", high) if high else None
        pairs.append(
            (
                edition.text(printed, "label"),
                float(printed["value"]),
                _meaning(edition.text(public, "label")) if high else speak("no source found"),
                (_public(edition, low), _public(edition, high)) if high else (0.0, 0.0),
            )
        )

    def span(low: float, high: float) -> str:
        return speak.number(high) if low == high else f"{speak.number(low)}–{speak.number(high)}"

    def draw(layout: Layout) -> Sheet:
        left, line, longest = layout.pick((3.5, 0.245, 52), (0.0, 0.245, 54))
        labels = [wrap(label, longest) for pair in pairs for label in (pair[0], pair[2])]
        values = [ends for _, own, _, public in pairs for ends in ((own, own), public)]
        unit = (layout.width - left - 0.6) / max(high for _, high in values)
        square = {"marker": "s", "markersize": 8}
        entries = [
            (square | {"color": LIGHT["second"]}, speak("the article"), 1.1),
            (square | {"color": LIGHT["accent"]}, speak("co-author Pring, 2019"), 2.0),
        ]
        # On a phone a label stands over its bar, on a page before it.
        above = [len(words) * line * 0.8 if layout.narrow else 0.0 for words in labels]
        heights = [
            lift
            + (line * max(1, 1 if layout.narrow else 0.8 * len(words)) if high or not layout.narrow else 0.05)
            for lift, words, (_, high) in zip(above, labels, values, strict=True)
        ]
        sheet, axes = new_board(layout, 0.34 + fsum(heights) + 0.14 * len(pairs))
        y = key(axes, left, 0.12, entries, layout) + 0.02
        for n, (words, (low, high)) in enumerate(zip(labels, values, strict=True)):
            colour, middle = ("accent" if n % 2 else "second"), y + (above[n] + heights[n]) / 2
            x, height = (0.0, y + above[n] / 2) if layout.narrow else (left - 0.12, middle)
            side = "left" if layout.narrow else "right"
            axes.text(x, height, "\n".join(words), ha=side, va="center", linespacing=0.95)
            if high:
                axes.barh(
                    middle,
                    high * unit,
                    left=left,
                    height=0.2,
                    color=LIGHT["accent-soft" if low != high else colour],
                )
                axes.barh(middle, low * unit, left=left, height=0.2, color=LIGHT[colour])
                axes.text(left + high * unit + 0.06, middle, span(low, high), va="center")
            y += heights[n] + (0.14 if n % 2 else 0)
        return sheet

    caption = speak(
        "Three numbers agree with those of a co-author, but one differs in meaning: he says that {middle} percent of jobs stay and are done with new technology. For {last} percent no source was found.",
        middle=speak.number(pairs[1][1]),
        last=speak.number(pairs[3][1]),
    )
    alt = speak(
        "Bars, percent of jobs, the article and the co-author: {list}.",
        list="; ".join(
            f"{label} {speak.number(own)}, {meaning}" + (f" {span(low, high)}" if high else "")
            for label, own, meaning, (low, high) in pairs
        ),
    )
    return finish("job-shares", caption, alt, draw)


def _meaning(label: str) -> str:
    """What a public figure is about, without its bound: «Jobs expected to disappear, upper bound» is about jobs."""
    return re.sub(r", (?:upper bound|batas atas)$", "", label)


ONE_NAME = {"Badan Pusat Statistik": "BPS"}
"""Bodies that the article credits under two names, under one."""


def cited_through(edition: Edition) -> dict[str, list[str]]:
    """Whom the article credits, by the work through which it cites them; those cited directly under an empty name.

    «X; Y dalam Z» in ``credits`` says that X and Y are cited through Z. Pages are left out.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for credit in edition.data.columns("claims", "credits")["credits"]:
        names, _, through = re.sub(r"(\d{4}):\d+", r"\1", credit).partition(" dalam ")
        for name in (ONE_NAME.get(n, n) for n in filter(None, names.split("; "))):
            if name not in found[through]:
                found[through].append(name)
    return dict(found)


def plot_cited_through(edition: Edition) -> Figure:
    """How many works and persons the article cites directly, and through which works it cites the others."""
    speak, found = edition.language, cited_through(edition)
    direct = found.pop("", [])
    through = sorted(found.items(), key=lambda item: -len(item[1]))
    bars = [
        (speak("cited directly"), direct, ()),
        *((speak("through {work}", work=_plain(w)), n, n) for w, n in through),
    ]
    largest = max(len(names) for _, names, _ in bars)

    def draw(layout: Layout) -> Sheet:
        lines = [wrap("; ".join(map(_plain, listed)), layout.pick(100, 54)) for _, _, listed in bars]
        sheet, axes = new_board(layout, fsum(0.62 + 0.2 * len(words) for words in lines))
        unit, y = (layout.width - 0.4) / largest, 0.1
        for (label, names, listed), words in zip(bars, lines, strict=True):
            axes.text(0, y, label, va="center", fontweight="bold")
            colour = LIGHT["second" if listed else "accent"]
            axes.barh(y + 0.22, len(names) * unit, height=0.2, color=colour)
            axes.text(len(names) * unit + 0.06, y + 0.22, str(len(names)), va="center")
            axes.text(
                0, y + 0.38, "\n".join(words), va="top", fontsize=9, color=LIGHT["muted"], linespacing=1.2
            )
            y += 0.62 + 0.2 * len(words)
        return sheet

    total = len(direct) + sum(len(names) for _, names in through)
    caption = speak(
        "The article cites {indirect} of the {total} works, persons and bodies that it credits through another work, {most} of them through {work}.",
        total=speak.count(total),
        indirect=speak.count(total - len(direct)),
        most=speak.count(len(through[0][1])),
        work=_plain(through[0][0]),
    )
    alt = speak(
        "Bars, how many are credited: {list}.",
        list="; ".join(f"{label} {len(names)}" for label, names, _ in bars),
    )
    return finish("cited-through", caption, alt, draw)


def _plain(credit: str) -> str:
    """A credit as both editions can print it: «Spencer dan Spencer, 1993» with an ampersand, its year in brackets."""
    return re.sub(r", (\d{4})$", r" (\1)", credit.replace(" dan ", " & "))
