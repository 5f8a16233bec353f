"""Figures of the introduction and the literature from public figures: indices, the civil service, jobs."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.patches import Patch

from smart_asn.figures.style import LIGHT, finish, new_canvas
from smart_asn.markup import Figure

if TYPE_CHECKING:
    from smart_asn.edition import Edition


def _ranked_bars(
    edition: Edition,
    values: pd.Series,
    name: str,
    axis: str,
    caption: str,
    alt: str,
    decimals: int,
    note: tuple[float, str] | None = None,
) -> Figure:
    """Horizontal bars, largest on top, Indonesia in the second colour; ``note`` draws a labelled line."""
    speak = edition.language
    ordered = values.sort_values(ascending=False)
    home = edition.data.egdi.query("iso3 == 'IDN'")[_country(speak.code)].iloc[0]
    canvas, axes = new_canvas(3.4)
    colours = {c: LIGHT["second"] if c == home else LIGHT["accent-soft"] for c in ordered.index}
    sns.barplot(
        x=ordered.to_numpy(),
        y=ordered.index,
        hue=ordered.index,
        palette=colours,
        saturation=1,
        width=0.66,
        errorbar=None,
        ax=axes,
    )
    for position, (country, value) in enumerate(ordered.items()):
        axes.text(
            value + ordered.max() * 0.015,
            position,
            speak.number(value, decimals),
            va="center",
            fontsize=9,
            fontweight="bold" if country == home else "normal",
        )
    if note:
        axes.axvline(note[0], color=LIGHT["ink"], linewidth=1, linestyle=(0, (4, 3)))
        axes.text(note[0], -0.65, note[1], ha="center", va="bottom", fontsize=9)
    axes.set(xlabel=axis, ylabel="", xlim=(0, ordered.max() * 1.12))
    axes.tick_params(length=0)
    axes.xaxis.set_major_formatter(lambda v, _: speak.number(round(v, 1)))
    sns.despine(ax=axes, left=True)
    return finish(canvas, name, caption, alt)


def _country(code: str) -> str:
    return "country" if code == "en" else "country_id"


def plot_hci(edition: Edition) -> Figure:
    """The Human Capital Index of Indonesia and its neighbours in 2020."""
    speak = edition.language
    rows = edition.data.hci.query("year == 2020 and asean")
    values = rows.set_index(_country(speak.code))["hci"]
    own = edition.data.hci.query("iso3 == 'IDN'").set_index("year")["hci"]
    caption = speak(
        "In 2020 Indonesia's index was {now}, rank {place} of the {count} ASEAN members with a figure; in 2017 it was {before}.",
        now=speak.number(own[2020], 2),
        place=int((values > own[2020]).sum()) + 1,
        count=len(values),
        before=speak.number(own[2017], 3),
    )
    alt = speak(
        "Bars of the Human Capital Index in 2020: {list}.",
        list="; ".join(f"{c} {speak.number(v, 2)}" for c, v in values.sort_values(ascending=False).items()),
    )
    return _ranked_bars(edition, values, "hci", speak("Human Capital Index, 2020 (0 to 1)"), caption, alt, 2)


def plot_egdi(edition: Edition) -> Figure:
    """The E-Government Development Index of the ASEAN members in 2020 and the mean without Indonesia."""
    speak = edition.language
    rows = edition.data.egdi.query("year == 2020 and asean")
    values = rows.set_index(_country(speak.code))["egdi"]
    others = rows.query("iso3 != 'IDN'")["egdi"].mean()
    own = rows.query("iso3 == 'IDN'").iloc[0]
    caption = speak(
        "Indonesia ({own}) lies above the mean of the other {count} ASEAN members ({mean}), and below {ahead} of them.",
        own=speak.number(own["egdi"], 4),
        count=len(rows) - 1,
        mean=speak.number(others, 4),
        ahead=int((values > own["egdi"]).sum()),
    )
    alt = speak(
        "Bars of the E-Government Development Index in 2020: {list}.",
        list="; ".join(f"{c} {speak.number(v, 2)}" for c, v in values.sort_values(ascending=False).items()),
    )
    return _ranked_bars(
        edition,
        values,
        "egdi",
        speak("E-Government Development Index, 2020 (0 to 1)"),
        caption,
        alt,
        2,
        (others, speak("mean of the others")),
    )


def _public(edition: Edition, name: str) -> float:
    return float(edition.data.row("public_figures", name)["value"])


def _read_in_article(edition: Edition, topic: str) -> list[tuple[str, float, str]]:
    """The figures that the article gives on a topic, as bars: label, value, and whose they are."""
    rows = edition.data.passages.query("topic == @topic")
    return [(edition.text(row, "label"), float(row["value"]), "article") for _, row in rows.iterrows()]


def _columns(
    edition: Edition,
    name: str,
    bars: list[tuple[str, float, str]],
    axis: str,
    decimals: int,
    caption: str,
    alt: str,
    top: float | None = None,
) -> Figure:
    """Horizontal bars with a label and a value each: the article's in the second colour, public ones in the first."""
    speak = edition.language
    canvas, axes = new_canvas(0.42 * len(bars) + 0.9)
    labels = [b[0] for b in bars]
    axes.barh(
        range(len(bars)),
        [b[1] for b in bars],
        height=0.62,
        color=[LIGHT["second"] if b[2] == "article" else LIGHT["accent"] for b in bars],
    )
    largest = max(b[1] for b in bars)
    for position, (_, value, _) in enumerate(bars):
        axes.text(value + largest * 0.02, position, speak.number(value, decimals), va="center", fontsize=9)
    axes.set_yticks(range(len(bars)), [fill(label, 21) for label in labels])
    axes.invert_yaxis()
    axes.set(xlabel=axis, xlim=(0, top or largest * 1.16))
    axes.tick_params(length=0)
    axes.xaxis.set_major_formatter(lambda v, _: speak.number(round(v, 2)))
    sns.despine(ax=axes, left=True)
    handles = [
        Patch(color=LIGHT["second"], label=speak("the article")),
        Patch(color=LIGHT["accent"], label=speak("public source")),
    ]
    canvas.legend(handles=handles, loc="outside upper center", ncols=2)
    return finish(canvas, name, caption, alt)


def plot_workforce_schooling(edition: Edition) -> Figure:
    """The share of workers with basic or junior-secondary schooling: the article's figures and the statistics."""
    speak = edition.language
    bars = _read_in_article(edition, "workforce-basic")
    bars += [
        (
            speak("BPS, {month}", month=speak("August 2014")),
            _public(edition, "workforce-basic-2014-08"),
            "public",
        )
    ]
    bars += [
        (
            speak("BPS, {month}", month=speak("August 2017")),
            _public(edition, "workforce-basic-2017-08"),
            "public",
        )
    ]
    caption = speak(
        "The share the article gives for BPS is that of August 2014; by August 2017 it had fallen to {share} percent.",
        share=speak.number(_public(edition, "workforce-basic-2017-08"), 1),
    )
    alt = speak("Bars: {list}.", list="; ".join(f"{b[0]} {speak.number(b[1], 1)}" for b in bars))
    return _columns(
        edition,
        "workforce-schooling",
        bars,
        speak("Percent of workers, at most junior secondary"),
        1,
        caption,
        alt,
    )


def plot_civil_service(edition: Edition) -> Figure:
    """How many civil servants there are: the article's figure and the register."""
    speak = edition.language
    bars = _read_in_article(edition, "civil-service-size")
    bars += [
        (speak("BKN, {month}", month=m), _public(edition, f) / 1e6, "public")
        for f, m in (
            ("pns-2019-06", speak("June 2019")),
            ("pns-2020", "2020"),
            ("pns-2021-12", speak("December 2021")),
        )
    ]
    caption = speak(
        "The register of the BKN fell from {first} to {last} million civil servants between June 2019 and December 2021.",
        first=speak.number(bars[-3][1], 2),
        last=speak.number(bars[-1][1], 2),
    )
    alt = speak("Bars: {list}.", list="; ".join(f"{b[0]} {speak.number(b[1], 2)}" for b in bars))
    return _columns(edition, "civil-service", bars, speak("Million civil servants (PNS)"), 2, caption, alt)


def plot_job_shares(edition: Edition) -> Figure:
    """Frank's job shares as the article gives them, beside what a co-author of the book said."""
    speak = edition.language
    passages = edition.data.passages.query("topic == 'frank-shares'")
    public = {
        "frank-replaced": (_public(edition, "frank-replaced-low"), _public(edition, "frank-replaced-high")),
        "frank-enhanced": (_public(edition, "frank-enhanced"),) * 2,
        "frank-new": (_public(edition, "frank-new-low"), _public(edition, "frank-new-high")),
    }
    names = list(passages[f"label_{speak.code}"])
    own = [float(v) for v in passages["value"]]
    canvas, axes = new_canvas(2.9)
    positions = np.arange(len(own))
    axes.barh(positions - 0.17, own, height=0.32, color=LIGHT["second"], label=speak("the article"))
    axes.barh(
        positions[:3] + 0.17,
        [high for _, high in public.values()],
        height=0.32,
        color=LIGHT["accent"],
        label=speak("co-author Pring (upper bound)"),
    )
    for position, value in zip(positions, own, strict=True):
        axes.text(value + 1.5, position - 0.17, speak.number(value), va="center", fontsize=9)
    for position, (low, high) in zip(positions, public.values(), strict=False):
        axes.text(
            high + 1.5,
            position + 0.17,
            speak.number(high) if low == high else f"{speak.number(low)}–{speak.number(high)}",
            va="center",
            fontsize=9,
        )
    axes.text(own[3] + 9, 3 - 0.17, speak("no source found"), va="center", fontsize=9, color=LIGHT["muted"])
    axes.set_yticks(positions, [fill(name, 23) for name in names[: len(own)]])
    axes.invert_yaxis()
    axes.set(xlabel=speak("Percent of jobs"), xlim=(0, 88))
    axes.tick_params(length=0)
    sns.despine(ax=axes, left=True)
    canvas.legend(loc="outside upper center", ncols=2)
    caption = speak(
        "The first three shares agree with a co-author's upper bounds, but by his account the {middle} percent stay and are enhanced; for the {last} percent no source was found.",
        middle=speak.number(own[1]),
        last=speak.number(own[3]),
    )
    alt = speak(
        "Bars: {list}.", list="; ".join(f"{n} {speak.number(v)}" for n, v in zip(names, own, strict=False))
    )
    return finish(canvas, "job-shares", caption, alt)
