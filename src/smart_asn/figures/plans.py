"""Figures of what the regencies plan: a regency's measures in a row, how widely they are shared, what is said of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

import seaborn as sns
from matplotlib.patches import Polygon

from smart_asn import coding
from smart_asn.figures.style import (
    LIGHT,
    QUESTION,
    TALLY,
    Entry,
    Layout,
    Sheet,
    Style,
    finish,
    key,
    key_height,
    new_board,
    new_sheet,
    tally,
)
from smart_asn.markup import Figure

if TYPE_CHECKING:
    from smart_asn.edition import Edition


def plot_row(edition: Edition, regency: str) -> Figure:
    """One regency's measures as squares, a line for each strategy: filled where its section reports them."""
    speak, name = edition.language, edition.data.regency_names[regency]
    own, others = edition.stated.loc[regency], edition.stated.drop(index=regency)
    most = len(others) // 2 + 2
    alone = set(coding.unique_to(edition.stated, regency))
    missing = set(coding.left_unsaid_by(edition.stated, regency, most))
    doubts = {code for r, code in edition.doubtful if r == regency}
    lines = []
    for strategy, measures in edition.data.codebook.groupby("strategy", sort=False):
        codes = list(measures["code"])
        label = edition.data.row("strategies", strategy)[f"short_{speak.code}"]
        count = speak("{count} of {total}", count=int(own[codes].sum()), total=len(codes))
        lines.append((label, codes, count))

    def style(code: str, size: float) -> Style:
        colour = LIGHT["second" if code in alone else "accent"]
        square: Style = {"marker": "s", "markersize": size, "markeredgewidth": 1.5, "color": colour}
        if not own[code]:
            square |= {"markerfacecolor": "none", "markeredgecolor": LIGHT["line"]}
        elif code in doubts:
            square["markerfacecolor"] = "none"
        return square

    def draw(layout: Layout) -> Sheet:
        left, step, size = layout.pick((1.35, 0.38, 15), (1.05, 0.172, 8.5))
        row, start, small = layout.pick((0.34, 1.35, 10), (0.26, 0.02, 9.5))
        square: Style = {"marker": "s", "markersize": 8, "markeredgewidth": 1.4, "color": LIGHT["accent"]}
        entries: list[Entry] = [(square, speak("reported"), 1.05)]
        if alone:
            entries.append((square | {"color": LIGHT["second"]}, speak("only here"), 1.05))
        if doubts & set(own.index[own]):
            entries.append((square | {"markerfacecolor": "none"}, speak("doubtful"), 1.0))
        if doubts - set(own.index[own]):
            entries.append((QUESTION | {"markersize": 8}, speak("not reported, doubtful"), 1.8))
        if missing:
            words = speak("missing here, reported for {most} others or more", most=speak.count(most))
            entries.append(({"marker": ".", "markersize": 8, "color": LIGHT["muted"]}, words, 3.4))
        height = len(lines) * row
        sheet, axes = new_board(layout, height + 0.18 + key_height(start, entries, layout))
        for number, (label, codes, count) in enumerate(lines):
            y = (number + 0.5) * row
            axes.text(left - 0.1, y, label, ha="right", va="center", fontsize=small)
            for place, code in enumerate(codes):
                x = left + (place + 0.5) * step
                axes.plot(x, y, linestyle="", **style(code, size))
                if not own[code] and code in doubts:
                    axes.plot(x, y, **QUESTION, markersize=size * 0.6)
                elif code in missing:
                    axes.plot(x, y, ".", markersize=size * 0.55, color=LIGHT["muted"])
            axes.text(layout.width - 0.02, y, count, ha="right", va="center", fontsize=small)
        key(axes, start, height + 0.22, entries, layout)
        return sheet

    caption = speak(
        "{name}: {count} of {total} measures are reported; only here: {alone}; missing here, common elsewhere: {missing}.",
        name=name,
        count=int(own.sum()),
        total=len(own),
        alone=speak.count(len(alone)),
        missing=speak.count(len(missing)),
    )
    alt = speak(
        "Squares by strategy for {name}: {list}.",
        name=name,
        list="; ".join(f"{label} {count}" for label, _, count in lines),
    )
    return finish(f"row-{regency}", caption, alt, draw)


SPELT = 9
"""With more bars than this the last and the first are named by figures alone."""


def plot_sharing(edition: Edition) -> Figure:
    """How many measures are reported for none, one, two and so on up to all of the regencies."""
    speak, counts = edition.language, edition.stated.sum()
    numbers = list(range(len(edition.stated) + 1))
    heights = [int((counts == n).sum()) for n in numbers]
    colours = [LIGHT["line"], LIGHT["second"], *[LIGHT["accent-soft"]] * (len(numbers) - 3), LIGHT["accent"]]

    def draw(layout: Layout) -> Sheet:
        sheet, axes = new_sheet(layout, 2.5)
        axes.bar(numbers, heights, width=0.7, color=colours)
        for x, height in zip(numbers, heights, strict=True):
            axes.text(x, height + 0.2, str(height), ha="center", va="bottom")
        ends = {
            0: speak("none"),
            1: speak("one alone"),
            numbers[-1]: speak("all {count}", count=speak.count(numbers[-1])),
        }
        ticks = numbers if len(numbers) <= coding.MANY else [*ends]
        short = layout.narrow or len(numbers) > SPELT  # then words would run into each other
        axes.set_xticks(ticks, [str(n) if short else ends.get(n, str(n)) for n in ticks])
        axes.set_yticks([])
        axes.set(xlabel=speak("Number of regencies"), ylim=(0, max(heights) * 1.15))
        axes.set_title(speak("Number of measures"), fontsize=10, loc="left")
        axes.tick_params(length=0)
        sns.despine(ax=axes, left=True)
        return sheet

    caption = speak(
        "Of {total} measures, the sections report {all} for all {count} regencies, {one} for one alone and {none} for none."
        if heights[0]
        else "Of {total} measures, the sections report {all} for all {count} regencies and {one} for one alone.",
        total=len(counts),
        all=speak.count(heights[-1]),
        count=speak.count(numbers[-1]),
        one=speak.count(heights[1]),
        none=speak.count(heights[0]),
    )
    alt = speak(
        "Bars by number of regencies: {list}.",
        list="; ".join(f"{n}: {h}" for n, h in zip(numbers, heights, strict=True)),
    )
    return finish("sharing", caption, alt, draw)


class Said(NamedTuple):
    """Something said of the regencies together: in how many words, of how many, and for how many it is reported."""

    scope: str
    meant: int
    label: str
    found: int


GENERAL = ("all", "almost all", "exactly", "at least")
"""The scopes of what is said of the regencies together, the strongest first."""


def said_of_all(edition: Edition, questions: Iterable[Mapping[str, Any]]) -> list[Said]:
    """What the article says of all, almost all, so many or most of the regencies, and for how many it is reported.

    ``questions`` are the ledger's. Where several statements ask the same, the strongest counts. The list is in order
    of strength, and what is reported for most regencies stands first.
    """
    total = len(edition.data.of_article)
    kinds = dict(edition.data.columns("claims", "claim", "kind").itertuples(index=False, name=None))
    said = []
    for entry in questions:
        scopes = {
            s["scope"]: int(s["asserted"])
            for s in entry["statements"]
            if kinds[s["claim"]] == "six" and s["scope"] in GENERAL and 2 * int(s["asserted"]) >= total
        }
        if scopes and entry["total"] == total:
            scope = min(scopes, key=GENERAL.index)
            meant = {"almost all": total - 1, "at least": 0}.get(scope, scopes[scope])
            label = edition.text(edition.data.row("questions", entry["question"]), "label")
            said.append(Said(scope, meant, label, int(entry["value"])))
    return sorted(said, key=lambda s: (GENERAL.index(s.scope), -s.meant, -s.found))


def plot_said_of_all(edition: Edition, questions: Iterable[Mapping[str, Any]]) -> Figure:
    """What the article says of the regencies together, and for how many its sections report it."""
    speak, total = edition.language, len(edition.data.of_article)
    said = said_of_all(edition, questions)

    def heading(entry: Said) -> str:
        if entry.scope == "at least":
            return speak("Said of the regencies, without a number")
        if entry.scope == "almost all":
            return speak("Said of almost all")
        count = speak.count(entry.meant)
        return (
            speak("Said of all {count}", count=count)
            if entry.scope == "all"
            else speak("Said of {count}", count=count)
        )

    def draw(layout: Layout) -> Sheet:
        step = layout.pick(0.24, 0.17)
        dots = layout.pick(3.9, layout.width - 0.65 - step * total)
        lines = [(s, wrap(s.label, layout.pick(60, 29))) for s in said]
        blocks = len({(s.scope, s.meant) for s in said})
        sheet, axes = new_board(layout, 0.4 + fsum(0.1 + 0.17 * len(w) for _, w in lines) + 0.36 * blocks)
        entries = [
            (TALLY["found"], speak("reported"), 0.95),
            (TALLY["meant"], speak("said, not reported"), 1.75),
        ]
        y, block = key(axes, 0.02, 0.14, entries, layout), ("", 0)
        for entry, words in lines:
            if (entry.scope, entry.meant) != block:
                block = (entry.scope, entry.meant)
                axes.text(0, y + 0.2, heading(entry), fontweight="bold", va="center", fontsize=10.5)
                y += 0.36
            middle = y + (0.1 + 0.17 * len(words)) / 2
            axes.text(
                0, middle, "\n".join(words), va="center", linespacing=0.95, fontsize=layout.pick(10, 9.5)
            )
            tally(axes, dots, middle, entry.found, entry.meant, total, step)
            count = speak("{count} of {total}", count=entry.found, total=total)
            axes.text(dots + step * total + 0.1, middle, count, va="center")
            y += 0.1 + 0.17 * len(words)
        return sheet

    whole, near = ([s for s in said if s.scope == scope] for scope in ("all", "almost all"))
    held = sum(s.found == total for s in whole)
    caption = speak(
        "The article says {said} things of all {count} regencies; the sections report {held} of them for every regency.",
        said=speak.count(len(whole)),
        count=speak.count(total),
        held=speak.count(held),
    )
    if near and all(s.found >= s.meant for s in near):
        caption += " " + speak("What it says of almost all is borne out.")
    alt = speak(
        "Circles by statement, how many regencies’ sections report it: {list}.",
        list="; ".join(f"{s.label} {speak('{count} of {total}', count=s.found, total=total)}" for s in said),
    )
    return finish("said-of-all", caption, alt, draw)


def plot_shared_wording(edition: Edition, first: str, second: str) -> Figure:
    """Where two sections run in one wording: the lines of both, joined where they share at least eight words."""
    speak, names = edition.language, edition.data.regency_names
    spans = [edition.data.row("sections", section) for section in (first, second)]
    lengths = [int(span["last_line"] - span["first_line"] + 1) for span in spans]
    runs = edition.data.shared.query("first_section == @first and second_section == @second")

    words = [
        int(edition.data.rows("words", "section", section)["count"].sum()) for section in (first, second)
    ]

    def draw(layout: Layout) -> Sheet:
        sheet, axes = new_board(layout, 2.3)
        unit, tops = layout.width / max(words), (0.5, 1.8)
        for y, count, section, side in zip(tops, words, (first, second), (-1, 1), strict=True):
            axes.barh(y, count * unit, height=0.18, color=LIGHT["line"])
            label = speak("{name}, {count} words", name=names[section], count=count)
            axes.text(0, y + side * 0.27, label, va="center", fontweight="bold")
        for run in runs.itertuples():
            starts = (run.first_line - spans[0]["first_line"], run.second_line - spans[1]["first_line"])
            # Where in a section a run begins is known by its line only; its lines are taken to be of equal length.
            lefts = [s / n * count * unit for s, n, count in zip(starts, lengths, words, strict=True)]
            rights = [x + run.words * unit for x in lefts]
            axes.barh(tops, run.words * unit, left=lefts, height=0.18, color=LIGHT["accent"])
            corners = [(lefts[0], 0.59), (rights[0], 0.59), (rights[1], 1.71), (lefts[1], 1.71)]
            axes.add_patch(Polygon(corners, facecolor=LIGHT["accent-soft"], edgecolor="none", zorder=0))
        return sheet

    caption = speak(
        "The sections on {first} and {second} share {runs} runs of eight words or more: {shared} of the {words} words on {first} stand in the other section, too.",
        first=names[first],
        second=names[second],
        runs=speak.count(len(runs)),
        shared=int(runs["words"].sum()),
        words=words[0],
    )
    alt = speak(
        "Two bars, the words of both sections, with {runs} links between them; the longest run has {longest} words.",
        runs=len(runs),
        longest=int(runs["words"].max()) if len(runs) else 0,
    )
    return finish("shared-wording", caption, alt, draw)
