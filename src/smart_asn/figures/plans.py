"""Figures of what the regencies plan: one regency's measures in a row, how widely measures are shared, shared words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import seaborn as sns

from smart_asn.figures.style import LIGHT, finish, new_canvas
from smart_asn.markup import Figure

if TYPE_CHECKING:
    from smart_asn.edition import Edition


def plot_row(edition: Edition, regency: str) -> Figure:
    """One regency's measures as squares, a line for each strategy: filled where reported, hollow where doubtful."""
    speak, name = edition.language, edition.data.regency_names[regency]
    own, others = edition.stated.loc[regency], edition.stated.drop(index=regency)
    groups = list(edition.data.codebook.groupby("strategy", sort=False))
    canvas, axes = new_canvas(2.35)
    counts = []
    for y, (strategy, measures) in enumerate(groups):
        codes = list(measures["code"])
        label = edition.data.row("strategies", strategy)[f"short_{speak.code}"]
        axes.text(-0.9, y, label, ha="right", va="center", fontsize=9.5)
        for x, code in enumerate(codes):
            doubt = (regency, code) in edition.doubtful
            alone = bool(own[code]) and not others[code].any()
            colour = LIGHT["second"] if alone else LIGHT["accent"]
            filled = own[code] and not doubt
            edge = colour if own[code] or doubt else LIGHT["line"]
            face = colour if filled else "none"
            axes.plot(
                x, y, "s", markersize=11, markerfacecolor=face, markeredgecolor=edge, markeredgewidth=1.4
            )
        number = int(own[codes].sum())
        counts.append((label, number, len(codes)))
        axes.text(
            12.7, y, speak("{count} of {total}", count=number, total=len(codes)), va="center", fontsize=9.5
        )
    axes.set(xlim=(-5.2, 15.4), ylim=(len(groups) - 0.45, -0.6))
    axes.axis("off")
    caption = speak(
        "{name}: {count} of {total} measures are reported (filled); orange: reported for no other regency; blue outline: doubtful.",
        name=name,
        count=int(own.sum()),
        total=len(own),
    )
    alt = speak(
        "Squares by strategy: {list}.",
        list="; ".join(f"{label} {speak('{count} of {total}', count=n, total=t)}" for label, n, t in counts),
    )
    return finish(canvas, f"row-{regency}", caption, alt)


def plot_sharing(edition: Edition) -> Figure:
    """How many measures are reported for none, one, two and so on up to all of the regencies."""
    speak, counts = edition.language, edition.stated.sum()
    numbers = list(range(len(edition.stated) + 1))
    heights = [int((counts == n).sum()) for n in numbers]
    canvas, axes = new_canvas(2.4)
    colours = [LIGHT["line"], LIGHT["second"], *[LIGHT["accent-soft"]] * (len(numbers) - 3), LIGHT["accent"]]
    axes.bar(numbers, heights, width=0.7, color=colours)
    for x, height in zip(numbers, heights, strict=True):
        axes.text(x, height + 0.2, str(height), ha="center", va="bottom", fontsize=10)
    axes.set_xticks(numbers)
    axes.set_yticks([])
    axes.set(xlabel=speak("Number of regencies"), ylim=(0, max(heights) * 1.15))
    axes.tick_params(length=0)
    sns.despine(ax=axes, left=True)
    caption = speak(
        "Of {total} measures, {all} are reported for all {count} regencies, {one} for one alone and {none} for none.",
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
    return finish(canvas, "sharing", caption, alt)


def plot_said_of_all(edition: Edition, questions: Iterable[Mapping[str, Any]]) -> Figure:
    """What the article says of all (or almost all) six, and for how many the sections report it."""
    speak = edition.language
    rows = edition.data.claims.set_index("claim")
    entries: list[tuple[str, int, int, str]] = []
    for entry in questions:
        meant = [
            rows.loc[s["claim"]]
            for s in entry["statements"]
            if s["scope"] in ("all", "almost all") and rows.loc[s["claim"], "kind"] == "six"
        ]
        total = entry["total"]
        if meant and total == len(edition.stated) and isinstance(entry["value"], int):
            text = edition.text(edition.data.row("questions", entry["question"]), "label")
            entries.append((text, total, int(entry["value"]), entry["question"]))
    entries.sort(key=lambda e: -e[2])
    canvas, axes = new_canvas(0.33 * len(entries) + 0.95)
    for y, (_, total, found, _) in enumerate(entries):
        axes.plot([found, total], [y, y], color=LIGHT["line"], linewidth=2, zorder=1)
        axes.plot(
            total,
            y,
            "o",
            markersize=9,
            markerfacecolor=LIGHT["paper"],
            markeredgecolor=LIGHT["second"],
            markeredgewidth=1.6,
        )
        axes.plot(found, y, "o", markersize=9, color=LIGHT["accent"], zorder=3)
    axes.set_yticks(range(len(entries)), [text for text, *_ in entries], fontsize=9)
    axes.set_xticks(range(len(edition.stated) + 1))
    axes.invert_yaxis()
    axes.set(xlim=(-0.4, len(edition.stated) + 0.4), xlabel=speak("Number of regencies"))
    axes.tick_params(length=0)
    sns.despine(ax=axes, left=True)
    handles = [
        axes.plot(
            [],
            [],
            "o",
            markerfacecolor=LIGHT["paper"],
            markeredgecolor=LIGHT["second"],
            markeredgewidth=1.6,
            label=speak("said"),
        )[0],
        axes.plot([], [], "o", color=LIGHT["accent"], label=speak("reported"))[0],
    ]
    canvas.legend(handles=handles, loc="outside upper center", ncols=2)
    whole = sum(found == total for _, total, found, _ in entries)
    caption = speak(
        "Said of all or almost all six: of {count} such statements, {whole} are reported for every one of them.",
        count=speak.count(len(entries)),
        whole=speak.count(whole),
    )
    alt = speak(
        "Dots by statement, said and reported: {list}.",
        list="; ".join(f"{t} {found}/{total}" for t, total, found, _ in entries),
    )
    return finish(canvas, "said-of-all", caption, alt)


def plot_shared_wording(edition: Edition, first: str, second: str) -> Figure:
    """Where two sections run in one wording: the lines of both, joined where they share at least eight words."""
    speak, names = edition.language, edition.data.regency_names
    spans = [edition.data.row("sections", s) for s in (first, second)]
    runs = edition.data.shared.query("first_section == @first and second_section == @second")
    canvas, axes = new_canvas(2.1)
    for y, row in enumerate(spans):
        length = row["last_line"] - row["first_line"] + 1
        axes.plot([0, length], [y, y], color=LIGHT["line"], linewidth=9, solid_capstyle="butt")
        axes.text(
            0,
            y + (0.24 if y else -0.24),
            names[(first, second)[y]],
            va="center",
            fontsize=10,
            fontweight="bold",
        )
    for run in runs.itertuples():
        ends = (run.first_line - spans[0]["first_line"], run.second_line - spans[1]["first_line"])
        axes.plot(ends, [0, 1], color=LIGHT["accent"], linewidth=0.8 + run.words / 9, solid_capstyle="butt")
    axes.set(ylim=(1.5, -0.5))
    axes.axis("off")
    total = int(runs["words"].sum())
    caption = speak(
        "The sections on {first} and {second} share {runs} runs of eight words or more, {words} words in all.",
        first=names[first],
        second=names[second],
        runs=speak.count(len(runs)),
        words=total,
    )
    alt = speak(
        "Two bars, the lines of both sections, with {runs} links between them; the longest run has {longest} words.",
        runs=len(runs),
        longest=int(np.max(runs["words"])) if len(runs) else 0,
    )
    return finish(canvas, "shared-wording", caption, alt)
