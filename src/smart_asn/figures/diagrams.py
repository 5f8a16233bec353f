"""Diagrams of the article's ideas: development of people, four groups of employees, four stages of bureaucracy."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any

from matplotlib.patches import FancyBboxPatch, Rectangle

from smart_asn.figures.style import LIGHT, finish, measure_label, new_canvas
from smart_asn.markup import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from smart_asn.edition import Edition


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
    canvas, axes = new_canvas(3.7)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.axis("off")
    line: dict[str, Any] = {"color": LIGHT["muted"], "linewidth": 1.2, "zorder": 0}
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
    spots = [(0.02, 0.19), (0.345, 0.19), (0.67, 0.19), (0.18, 0.025), (0.51, 0.025)]
    for (x, y), domain in zip(spots, domains, strict=False):
        _box(axes, x, y, 0.31, 0.13, fill(domain, 14, break_long_words=False), "paper", 9)
    caption = speak(
        "Training, formal and informal, serves {count} domains; the article takes the figure from Rezky, who takes it from Fukuyama.",
        count=len(domains),
    )
    alt = speak(
        "Diagram: human-resource development leads to education and training, formal and informal, and these to {list}.",
        list=", ".join(domains),
    )
    return finish(canvas, "human-resource-development", caption, alt)


def plot_four_groups(edition: Edition) -> Figure:
    """The four groups of employees, by competency and performance, as a two by two."""
    speak = edition.language
    canvas, axes = new_canvas(3.3)
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
    for place, text in ((0.25, speak("not adequate")), (0.75, speak("adequate"))):
        axes.text(place, -0.04, text, ha="center", va="center", fontsize=9)
    axes.text(
        0.5,
        -0.12,
        speak("Qualification and competency"),
        ha="center",
        va="center",
        fontsize=9.5,
        fontweight="bold",
    )
    for place, text in ((0.25, speak("poor")), (0.75, speak("good"))):
        axes.text(-0.04, place, text, ha="center", va="center", rotation=90, fontsize=9)
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
    return finish(canvas, "four-groups", caption, alt)


FOUR_STAGES = (
    ("Planning of performance", ("PRF01", "PRF02", "PRF05", "PRF04")),
    ("Managing of performance", ("PRF06", "PRF09", "PRF10", "PRF03")),
    ("Appraisal of performance", ("PRF07", "PRF08")),
    ("Reward and sanction", ("PRF11", "PRF12")),
)
"""The four stages of performance management in the article, with the measures that belong to each."""


STAGE_BARS = 0.93
"""Where the bars of the four stages begin, in the figure's own units: right of the longest label."""

STAGE_BAR = 0.058
"""How long a bar is for each regency, in the same units."""


def plot_four_stages(edition: Edition) -> Figure:
    """The four stages of performance management with the measures of each, and how many regencies state them."""
    speak, stated = edition.language, edition.stated
    total = len(stated)
    canvas, axes = new_canvas(4.6)
    y, ticks = 0.0, []
    for number, (stage, codes) in enumerate(FOUR_STAGES, start=1):
        axes.text(
            -0.05, y, f"{number}. {speak(stage)}", fontsize=10, fontweight="bold", va="center", ha="left"
        )
        y += 1
        for code in codes:
            count = int(stated[code].sum())
            axes.text(-0.05, y, measure_label(edition, code), fontsize=9, va="center", ha="left")
            axes.barh(y, total * STAGE_BAR, left=STAGE_BARS, height=0.55, color=LIGHT["faint"])
            axes.barh(y, count * STAGE_BAR, left=STAGE_BARS, height=0.55, color=LIGHT["accent"])
            axes.text(
                STAGE_BARS + total * STAGE_BAR + 0.03,
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
        list=speak.listing([measure_label(edition, c) for c, n in ticks if n == most]),
        count=most,
        total=total,
    )
    alt = speak(
        "Four stages; regencies stating each measure: {list}.",
        list="; ".join(f"{measure_label(edition, c)} {n}" for c, n in ticks),
    )
    return finish(canvas, "four-stages", caption, alt)
