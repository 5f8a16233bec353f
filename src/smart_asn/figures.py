"""The book's figures: one style, drawn as SVG, each with a caption that says what to see and an alt text.

Every function takes the open edition and returns a :class:`~smart_asn.markup.Figure`. Colours come from
``COLOURS`` only: the publishing step makes the dark version of a figure by replacing each with its pair.
"""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import matplotlib as mpl
import matplotlib.font_manager
import matplotlib.ticker
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import FancyBboxPatch, Patch, Rectangle
from scipy.cluster.hierarchy import dendrogram

from . import coding
from .data import ROOT
from .markup import COLOURS, Figure, Spot

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .notebook import Edition

for typeface in sorted((ROOT / "book/_fonts").glob("*.ttf")):
    # The pages' own typeface. Both weights name themselves after the family's lightest.
    mpl.font_manager.fontManager.addfont(typeface)

LIGHT = {name: pair[0] for name, pair in COLOURS.items()}
WIDTH = 4.4
"""Inches: narrow enough that a phone shows ten-point type at a readable size."""

STYLE = {
    "axes.edgecolor": LIGHT["line"],
    "axes.grid": False,
    "axes.labelcolor": LIGHT["ink"],
    "axes.labelsize": 10,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": LIGHT["ink"],
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "font.family": ["Source Sans 3 ExtraLight", "DejaVu Sans"],
    "font.size": 10,
    "grid.color": LIGHT["line"],
    "grid.linewidth": 0.6,
    "hatch.linewidth": 1.2,
    "legend.frameon": False,
    "legend.fontsize": 10,
    "legend.labelcolor": LIGHT["ink"],
    "svg.fonttype": "path",
    "svg.hashsalt": "smart-asn",
    "text.color": LIGHT["ink"],
    "xtick.color": LIGHT["muted"],
    "ytick.color": LIGHT["line"],
    "xtick.labelcolor": LIGHT["ink"],
    "ytick.labelcolor": LIGHT["ink"],
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
}


sns.set_theme(style="white", rc=STYLE)


def _canvas(height: float, width: float = WIDTH, **subplots) -> tuple[Canvas, Axes]:
    """A canvas that no global state knows, with one set of axes (or those that ``subplots`` asks for)."""
    canvas = Canvas(figsize=(width, height), layout="constrained")
    return canvas, canvas.subplots(**subplots)


def _finish(canvas: Canvas, name: str, caption: str, alt: str, spots: tuple[Spot, ...] = ()) -> Figure:
    """The canvas as a figure: an SVG with short coordinates and no date, and the same in pixels on paper."""
    target, pixels = io.StringIO(), io.BytesIO()
    canvas.savefig(target, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    canvas.savefig(pixels, format="png", metadata={"Software": None}, dpi=200, facecolor=LIGHT["paper"])
    svg = target.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.S)
    svg = re.sub(r"scale\([^)]*\)|-?\d+\.\d{3,}", _short, svg)
    width, height = (round(v * 96) for v in canvas.get_size_inches())
    return Figure(f"figure-{name}", svg, width, height, caption, alt, pixels.getvalue(), spots)


def _short(match: re.Match) -> str:
    """A coordinate with two decimals at most; a scale keeps its own."""
    text = match.group()
    return text if text.startswith("scale") else f"{float(text):.2f}".rstrip("0").rstrip(".")


# Maps -----------------------------------------------------------------------------------------------------


def _polygons(edition: Edition, file: str, least: float = 0.0) -> list[np.ndarray]:
    """The outer rings of a GeoJSON file, as arrays of longitude and latitude; none smaller than ``least`` degrees."""
    shapes = json.loads(edition.data.file(f"geo/{file}"))["features"]
    rings = []
    for shape in shapes:
        geometry = shape["geometry"]
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        rings += [np.asarray(part[0]) for part in parts]
    return [ring for ring in rings if np.ptp(ring, axis=0).max() >= least]


def _indonesia(edition: Edition, axes: Axes) -> None:
    axes.add_collection(
        PolyCollection(
            _polygons(edition, "indonesia_50m.geojson", 0.3), facecolor=LIGHT["land"], edgecolor="none"
        )
    )
    axes.set(xlim=(94.5, 141.5), ylim=(-11.5, 6.5), aspect="equal")
    axes.axis("off")


def plot_locator_map(edition: Edition, regency: str) -> Figure:
    """Where a regency lies in Indonesia."""
    row, speak = edition.data.row("regencies", regency), edition.language
    canvas, axes = _canvas(2.0)
    _indonesia(edition, axes)
    axes.plot(
        row["longitude"],
        row["latitude"],
        "o",
        color=LIGHT["second"],
        markersize=9,
        markeredgecolor=LIGHT["paper"],
    )
    right = row["longitude"] < 120
    axes.annotate(
        row["name"],
        (row["longitude"], row["latitude"]),
        xytext=(9 if right else -9, 9),
        textcoords="offset points",
        ha="left" if right else "right",
        fontsize=11,
        fontweight="bold",
    )
    caption = speak(
        "{name} lies in the province of {province}.", name=row["full_name"], province=row["province"]
    )
    alt = speak(
        "Map of Indonesia with a dot at {name}, {latitude} degrees of latitude and {longitude} of longitude.",
        name=row["name"],
        latitude=speak.number(row["latitude"], 1),
        longitude=speak.number(row["longitude"], 1),
    )
    return _finish(canvas, f"map-{regency}", caption, alt)


LABEL_PLACES = (
    (0, 11, "center"),
    (0, -19, "center"),
    (11, -3, "left"),
    (-11, -3, "right"),
    (11, 8, "left"),
    (-11, 8, "right"),
    (11, -15, "left"),
    (-11, -15, "right"),
)
"""Where a label can stand beside its dot (points), the best first."""


def _place_labels(axes: Axes, points: list[tuple[float, float, str]]) -> list[mpl.transforms.Bbox]:
    """Label dots so that no label covers another label or dot, as far as that can be.

    Returns for each the box around dot and label, in the canvas's own pixels from its lower left corner.
    """
    canvas = axes.figure
    canvas.draw_without_rendering()
    renderer = canvas._get_renderer()
    taken = [
        mpl.transforms.Bbox.from_bounds(x - 6, y - 6, 12, 12)
        for x, y in axes.transData.transform([p[:2] for p in points])
    ]
    for x, y, text in points:
        best = None
        for dx, dy, side in LABEL_PLACES:
            label = axes.annotate(text, (x, y), (dx, dy), textcoords="offset points", ha=side, fontsize=10)
            box = label.get_window_extent(renderer)
            hits = sum(box.overlaps(other) for other in taken)
            if best is None or hits < best[0]:
                if best:
                    best[1].remove()
                best = (hits, label, box)
            else:
                label.remove()
            if hits == 0:
                break
        taken.append(best[2])
    count = len(points)
    return [
        mpl.transforms.Bbox.union([dot, label])
        for dot, label in zip(taken[:count], taken[count:], strict=True)
    ]


def plot_map(edition: Edition) -> Figure:
    """The regencies on the map of Indonesia, larger dots for more measures stated."""
    speak = edition.language
    rows = edition.data.regencies
    count = edition.stated.sum(axis=1)
    canvas, axes = _canvas(2.3)
    _indonesia(edition, axes)
    axes.scatter(
        rows["longitude"],
        rows["latitude"],
        s=count.loc[rows["regency"]] * 3,
        color=LIGHT["second"],
        edgecolor=LIGHT["paper"],
    )
    shown = rows if len(rows) <= coding.MANY else rows.head(0)
    boxes = _place_labels(
        axes,
        [
            (r.longitude, r.latitude, r.name)
            for r in shown[["longitude", "latitude", "name"]].itertuples(index=False)
        ],
    )
    spots = tuple(
        _spot(canvas, f"regencies/{r}", n, b)
        for r, n, b in zip(shown["regency"], shown["name"], boxes, strict=True)
    )
    provinces = rows["province"].nunique()
    islands = speak("{count} regencies in {provinces} provinces", count=len(rows), provinces=provinces)
    caption = speak("{where}: larger dots state more measures.", where=islands)
    alt = speak(
        "Map of Indonesia with the regencies: {list}.",
        list="; ".join(f"{r.name} ({r.province})" for r in shown.itertuples()) or islands,
    )
    return _finish(canvas, "map", caption, alt, spots)


def _spot(canvas: Canvas, page: str, label: str, box: mpl.transforms.Bbox) -> Spot:
    """A box of the canvas as a spot of the figure, with a little room around."""
    scale, height = 96 / canvas.dpi, canvas.get_size_inches()[1] * 96
    box = box.padded(3)
    return Spot(page, label, box.x0 * scale, height - box.y1 * scale, box.width * scale, box.height * scale)


# A regency ------------------------------------------------------------------------------------------------


def plot_coverage(edition: Edition, regency: str) -> Figure:
    """The share of each strategy's measures that a regency states, beside the mean of all regencies."""
    speak, name = edition.language, edition.data.regency_names[regency]
    shares = coding.coverage(edition.stated, edition.data.codebook)
    own, mean = shares.loc[regency], shares.mean()
    labels = [edition.data.row("strategies", s)[f"short_{speak.code}"] for s in shares.columns]
    positions = np.arange(len(labels))
    canvas, axes = _canvas(2.9)
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
    return _finish(canvas, f"coverage-{regency}", caption, alt)


# Introduction and literature ------------------------------------------------------------------------------


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
    canvas, axes = _canvas(3.4)
    colours = {c: LIGHT["second"] if c == home else LIGHT["accent-soft"] for c in ordered.index}
    sns.barplot(
        x=ordered.to_numpy(),
        y=ordered.index,
        hue=ordered.index,
        palette=colours,
        saturation=1,
        width=0.66,
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
    return _finish(canvas, name, caption, alt)


def _country(code: str) -> str:
    return "country" if code == "en" else "country_id"


def plot_hci(edition: Edition) -> Figure:
    """The Human Capital Index of Indonesia and its neighbours in 2020."""
    speak = edition.language
    rows = edition.data.hci.query("year == 2020 and asean")
    values = rows.set_index(_country(speak.code))["hci"]
    own = edition.data.hci.query("iso3 == 'IDN'").set_index("year")["hci"]
    caption = speak(
        "In 2020 Indonesia's index was {now}, {place} of the {count} ASEAN members with a figure; in 2017 it was {before}.",
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
    canvas, axes = _canvas(0.42 * len(bars) + 0.9)
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
    axes.set_yticks(range(len(bars)), labels)
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
    return _finish(canvas, name, caption, alt)


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
    canvas, axes = _canvas(2.9)
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
    axes.text(own[3] + 8, 3 - 0.17, speak("no source found"), va="center", fontsize=9, color=LIGHT["muted"])
    axes.set_yticks(positions, names[: len(own)])
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
    return _finish(canvas, "job-shares", caption, alt)


def _box(
    axes: Axes,
    x: float,
    y: float,
    width: float,
    height: float,
    text: str,
    colour: str = "faint",
    size: float = 9,
    bold: bool = False,
) -> None:
    axes.add_patch(
        FancyBboxPatch(
            (x, y),
            width,
            height,
            boxstyle="round,pad=0,rounding_size=0.012",
            facecolor=LIGHT[colour],
            edgecolor=LIGHT["line"],
            linewidth=1,
        )
    )
    axes.text(
        x + width / 2,
        y + height / 2,
        text,
        ha="center",
        va="center",
        fontsize=size,
        fontweight="bold" if bold else "normal",
    )


def plot_human_resource_development(edition: Edition) -> Figure:
    """The article's figure of human-resource development, redrawn: training, formal and informal, and five domains."""
    speak = edition.language
    domains = list(
        edition.data.passages.query("topic == 'five-domains-in-the-figure'")[f"label_{speak.code}"]
    )
    canvas, axes = _canvas(3.7)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.axis("off")
    line = {"color": LIGHT["muted"], "linewidth": 1.2, "zorder": 0}
    axes.plot([0.5, 0.5], [0.88, 0.66], **line)
    axes.plot([0.24, 0.24, 0.76, 0.76], [0.5, 0.6, 0.6, 0.5], **line)
    axes.plot([0.5, 0.5], [0.66, 0.6], **line)
    axes.plot([0.24, 0.24], [0.5, 0.33], **line)
    axes.plot([0.76, 0.76], [0.5, 0.33], **line)
    _box(axes, 0.2, 0.86, 0.6, 0.12, speak("Human-resource development"), "accent-soft", 10, True)
    _box(axes, 0.28, 0.67, 0.44, 0.11, speak("Education and training"))
    _box(axes, 0.06, 0.45, 0.36, 0.11, speak("Formal"))
    _box(axes, 0.58, 0.45, 0.36, 0.11, speak("Informal"))
    axes.add_patch(Rectangle((0.0, 0.0), 1, 0.35, facecolor="none", edgecolor=LIGHT["line"]))
    spots = [(0.02, 0.19), (0.345, 0.19), (0.67, 0.19), (0.18, 0.03), (0.51, 0.03)]
    for (x, y), domain in zip(spots, domains, strict=False):
        _box(axes, x, y, 0.31, 0.12, domain, "paper", 8.5)
    caption = speak(
        "Training, formal and informal, serves {count} domains; the article takes the figure from Rezky, who takes it from Fukuyama.",
        count=len(domains),
    )
    alt = speak(
        "Diagram: human-resource development leads to education and training, formal and informal, and these to {list}.",
        list=", ".join(domains),
    )
    return _finish(canvas, "human-resource-development", caption, alt)


# Synthesis ------------------------------------------------------------------------------------------------


def _measure(edition: Edition, code: str) -> str:
    return edition.label("codebook", code)


def plot_matrix(edition: Edition, stated: pd.DataFrame, doubtful: frozenset[coding.Cell]) -> Figure:
    """The book's main picture: regencies by measures, grouped by strategy; hollow marks are doubtful."""
    if len(stated) > coding.MANY:
        from .overview import plot_provinces

        return plot_provinces(edition, stated)
    speak, book = edition.language, edition.data.codebook
    groups = list(book.groupby("strategy", sort=False))
    rows, y = [], 0.0
    for strategy, measures in groups:
        rows.append((y, None, edition.label("strategies", strategy)))
        y += 1.15
        for code in measures["code"]:
            rows.append((y, code, _measure(edition, code)))
            y += 1
        y += 0.35
    canvas, axes = _canvas(0.2 * y + 0.9, width=4.8)
    columns = list(stated.index)
    left = 0.0
    for position, code, text in rows:
        if code is None:
            axes.text(left - 7.2, position, text, fontsize=10, fontweight="bold", va="center")
            axes.axhline(position + 0.55, color=LIGHT["line"], linewidth=0.8)
            continue
        axes.text(left - 0.6, position, text, fontsize=9, va="center", ha="right")
        for x, regency in enumerate(columns):
            doubt = (regency, code) in doubtful
            if stated.loc[regency, code]:
                axes.plot(
                    x,
                    position,
                    "s",
                    markersize=9.5,
                    color=LIGHT["accent"],
                    markerfacecolor="none" if doubt else LIGHT["accent"],
                    markeredgewidth=1.8,
                )
            elif doubt:
                axes.text(
                    x,
                    position,
                    "?",
                    fontsize=10,
                    ha="center",
                    va="center",
                    color=LIGHT["second"],
                    fontweight="bold",
                )
            else:
                axes.plot(x, position, ".", markersize=3, color=LIGHT["muted"])
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
    axes.set(xlim=(-7.3, len(columns) - 0.4), ylim=(y + 0.8, -4.2))
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
    return _finish(canvas, "matrix", caption, alt)


def plot_coverage_by_strategy(edition: Edition, shares: pd.DataFrame) -> Figure:
    """Share of each strategy's measures that each regency states, as a heat map with the shares written in."""
    if len(shares) > coding.MANY:
        from .overview import plot_spread

        return plot_spread(edition, shares)
    speak, names = edition.language, edition.data.regency_names
    table = shares.rename(
        index=names,
        columns={s: edition.data.row("strategies", s)[f"short_{speak.code}"] for s in shares.columns},
    )
    canvas, axes = _canvas(3.3, width=4.8)
    axes.set(xlim=(0, table.shape[1]), ylim=(table.shape[0], 0))
    for y, (_, row) in enumerate(table.iterrows()):
        for x, value in enumerate(row):
            axes.add_patch(
                Rectangle((x + 0.06, y + 0.08), 0.88, 0.84, facecolor=LIGHT["faint"], edgecolor="none")
            )
            axes.add_patch(
                Rectangle(
                    (x + 0.06, y + 0.08), 0.88 * value, 0.84, facecolor=LIGHT["accent-soft"], edgecolor="none"
                )
            )
            axes.text(x + 0.5, y + 0.5, speak.percent(value), ha="center", va="center", fontsize=9)
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
    return _finish(canvas, "coverage", caption, alt)


def plot_similarity(edition: Edition, stated: pd.DataFrame) -> Figure:
    """Which regencies resemble each other: Jaccard similarity and average-linkage clusters."""
    if len(stated) > coding.MANY:
        from .overview import plot_clusters

        return plot_clusters(edition, stated)
    speak, names = edition.language, edition.data.regency_names
    like = coding.similarity(stated)
    tree = dendrogram(coding.cluster(stated), no_plot=True, labels=list(stated.index))
    order = tree["ivl"]
    canvas, (top, axes) = _canvas(4.6, nrows=2, height_ratios=(1, 3.2))
    for xs, ys in zip(tree["icoord"], tree["dcoord"], strict=True):
        top.plot([(x - 5) / 10 + 0.5 for x in xs], ys, color=LIGHT["muted"], linewidth=1.4)
    top.set(xlim=(0, len(order)), ylim=(0, max(max(d) for d in tree["dcoord"]) * 1.08))
    top.axis("off")
    axes.set(xlim=(0, len(order)), ylim=(len(order), 0))
    for y, first in enumerate(order):
        for x, second in enumerate(order):
            value = like.loc[first, second]
            if first != second:
                axes.add_patch(Rectangle((x + 0.04, y + 0.04), 0.92, 0.92, facecolor=LIGHT["faint"]))
                axes.add_patch(
                    Rectangle(
                        (x + 0.04, y + 0.96 - 0.92 * value),
                        0.92,
                        0.92 * value,
                        facecolor=LIGHT["accent-soft"],
                    )
                )
                axes.text(x + 0.5, y + 0.5, speak.number(value, 2), ha="center", va="center", fontsize=9.5)
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
    return _finish(canvas, "similarity", caption, alt)


def plot_periods(edition: Edition, first: int, last: int) -> Figure:
    """The road maps' periods against the years of the Grand Design."""
    if len(edition.data.regency_names) > coding.MANY:
        from .overview import plot_period_counts

        return plot_period_counts(edition, first, last)
    speak, rows = edition.language, edition.data.regencies
    canvas, axes = _canvas(2.7)
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
    return _finish(canvas, "periods", caption, alt)


DIGITAL = ("REC02", "REC03", "DEV09", "PRF09", "PRF10", "CAR06")
"""The measures that name a digital means."""


def plot_digital(edition: Edition, stated: pd.DataFrame) -> Figure:
    """How many regencies state each digital measure, and which."""
    if len(stated) > coding.MANY:
        from .overview import plot_digital_shares

        return plot_digital_shares(edition, stated)
    speak, names = edition.language, edition.data.regency_names
    counts = stated[list(DIGITAL)].sum().sort_values(ascending=False, kind="stable")
    canvas, axes = _canvas(2.9, width=4.8)
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
        axes.text(-0.7, y, _measure(edition, code), ha="right", va="center", fontsize=9)
        axes.text(
            len(stated) - 0.3,
            y,
            speak("{count} of {total}", count=counts[code], total=len(stated)),
            va="center",
            fontsize=9,
        )
    for x, regency in enumerate(stated.index):
        axes.text(x, -0.7, names[regency], rotation=40, ha="left", va="bottom", fontsize=9)
    axes.set(xlim=(-6.2, len(stated) + 0.9), ylim=(len(counts) - 0.5, -2.2))
    axes.axis("off")
    per = stated[list(DIGITAL)].sum(axis=1)
    caption = (
        speak(
            "No digital measure is stated by all {total}; {most} states the most ({count} of {of}).",
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
            f"{_measure(edition, c)}: {', '.join(names[r] for r in stated.index[stated[c]]) or '–'}"
            for c in counts.index
        ),
    )
    return _finish(canvas, "digital", caption, alt)


def plot_doubts(edition: Edition, ranges: pd.DataFrame) -> Figure:
    """Measures stated by each regency, as coded and at least and most over all readings of the doubtful cells."""
    if len(ranges) > coding.MANY:
        from .overview import plot_ranking

        return plot_ranking(edition, ranges)
    speak, names = edition.language, edition.data.regency_names
    ordered = ranges.sort_values("coded", kind="stable")
    canvas, axes = _canvas(2.8)
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
    return _finish(canvas, "doubts", caption, alt)


# Discussion and ledger ------------------------------------------------------------------------------------


def plot_four_groups(edition: Edition) -> Figure:
    """The four groups of employees, by competency and performance, as a two by two."""
    speak = edition.language
    canvas, axes = _canvas(3.3)
    axes.set(xlim=(-0.16, 1), ylim=(-0.14, 1))
    axes.axis("off")
    cells = {
        (0, 1): ("b", speak("Raise qualification\nand competency")),
        (1, 1): ("a", speak("Keep, and\ndevelop further")),
        (0, 0): ("d", speak("Help to become\nan entrepreneur\n(golden handshake)")),
        (1, 0): ("c", speak("Move to another\nunit or agency")),
    }
    for (x, y), (letter, text) in cells.items():
        _box(
            axes,
            x * 0.5 + 0.01,
            y * 0.5 + 0.01,
            0.48,
            0.48,
            f"({letter})\n{text}",
            "accent-soft" if (x, y) == (1, 1) else "faint",
            9.5,
        )
    for x, text in ((0.25, speak("not adequate")), (0.75, speak("adequate"))):
        axes.text(x, -0.04, text, ha="center", va="center", fontsize=9)
    axes.text(
        0.5,
        -0.12,
        speak("Qualification and competency"),
        ha="center",
        va="center",
        fontsize=9.5,
        fontweight="bold",
    )
    for y, text in ((0.25, speak("poor")), (0.75, speak("good"))):
        axes.text(-0.04, y, text, ha="center", va="center", rotation=90, fontsize=9)
    axes.text(
        -0.12,
        0.5,
        speak("Performance"),
        ha="center",
        va="center",
        rotation=90,
        fontsize=9.5,
        fontweight="bold",
    )
    caption = speak(
        "The article's four groups of employees, (a) to (d), fill the four combinations of competency and performance."
    )
    alt = speak(
        "Two by two of competency and performance: adequate and good, keep and develop; not adequate and good, raise competency; adequate and poor, move; neither, help to leave for business."
    )
    return _finish(canvas, "four-groups", caption, alt)


STAGES = (
    ("Planning of performance", ("PRF01", "PRF02", "PRF05", "PRF04")),
    ("Managing of performance", ("PRF06", "PRF09", "PRF10", "PRF03")),
    ("Appraisal of performance", ("PRF07", "PRF08")),
    ("Reward and sanction", ("PRF11", "PRF12")),
)
"""The four stages of performance management in the article, with the measures that belong to each."""


STAGE_BARS = 0.8
"""Where the bars of the four stages begin, in the figure's own units: right of the longest label."""


def plot_four_stages(edition: Edition) -> Figure:
    """The four stages of performance management with the measures of each, and how many regencies state them."""
    speak, stated = edition.language, edition.stated
    total = len(stated)
    canvas, axes = _canvas(4.6, width=4.8)
    y, ticks = 0.0, []
    for number, (stage, codes) in enumerate(STAGES, start=1):
        axes.text(
            -0.05, y, f"{number}. {speak(stage)}", fontsize=10, fontweight="bold", va="center", ha="left"
        )
        y += 1
        for code in codes:
            count = int(stated[code].sum())
            axes.text(-0.05, y, _measure(edition, code), fontsize=9, va="center", ha="left")
            axes.barh(y, total * 0.08, left=STAGE_BARS, height=0.55, color=LIGHT["faint"])
            axes.barh(y, count * 0.08, left=STAGE_BARS, height=0.55, color=LIGHT["accent"])
            axes.text(
                STAGE_BARS + total * 0.08 + 0.03,
                y,
                speak("{count} of {total}", count=count, total=total),
                fontsize=9,
                va="center",
            )
            ticks.append((code, count))
            y += 1
        y += 0.3
    axes.set(xlim=(-0.06, 1.5), ylim=(y, -0.7))
    axes.axis("off")
    most = max(n for _, n in ticks)
    caption = speak(
        "Most often stated: {list} ({count} of {total}).",
        list=speak.listing([_measure(edition, c) for c, n in ticks if n == most]),
        count=most,
        total=total,
    )
    alt = speak(
        "Four stages; regencies stating each measure: {list}.",
        list="; ".join(f"{_measure(edition, c)} {n}" for c, n in ticks),
    )
    return _finish(canvas, "four-stages", caption, alt)


def plot_claims(edition: Edition, claims: pd.DataFrame) -> Figure:
    """Claims by section and verdict. ``claims`` has the columns ``section`` and ``verdict``."""
    from .verdicts import CONTRADICTED, NOT_FOUND, NOT_STATED, PARTLY, SUPPORTED

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
    canvas, axes = _canvas(0.31 * len(sections) + 1.3, width=4.9)
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
    canvas.legend(loc="outside upper center", ncols=3, columnspacing=1.2, handlelength=1.4)
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
    return _finish(canvas, "claims", caption, alt)
