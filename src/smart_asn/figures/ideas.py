"""Figures of the article's ideas: how people are developed, four groups of employees, four stages of performance."""

from __future__ import annotations

from math import fsum
from textwrap import fill, wrap
from typing import TYPE_CHECKING

from matplotlib.patches import FancyBboxPatch

from smart_asn import coding
from smart_asn.figures.style import LIGHT, Layout, Sheet, Style, finish, measure_label, new_board, tally
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
    bold: bool = False,
) -> None:
    """A box with a text in its middle; ``x`` and ``y`` are its upper left corner, in inches."""
    axes.add_patch(
        FancyBboxPatch(
            (x, y),
            width,
            height,
            boxstyle="round,pad=0,rounding_size=0.04",
            facecolor=LIGHT[colour],
            edgecolor=LIGHT["line"],
            linewidth=1,
        )
    )
    axes.text(
        x + width / 2, y + height / 2, text, ha="center", va="center", fontweight="bold" if bold else "normal"
    )


def plot_human_resource_development(edition: Edition) -> Figure:
    """The article's figure of human-resource development, redrawn: training, formal and informal, and five domains."""
    speak = edition.language
    domains = list(
        edition.data.rows("printed_figures", "series", "five-domains-in-the-figure")[f"label_{speak.code}"]
    )

    def draw(layout: Layout) -> Sheet:
        across = layout.pick(len(domains), 2)
        rows = -(-len(domains) // across)
        sheet, axes = new_board(layout, 2.22 + rows * 0.55)
        middle = layout.width / 2
        line: Style = {"color": LIGHT["muted"], "linewidth": 1.2, "zorder": 0}
        left, right = middle - layout.width / 4, middle + layout.width / 4
        axes.plot([middle, middle], [0.2, 1.25], **line)
        axes.plot([left, left, right, right], [2.0, 1.25, 1.25, 2.0], **line)
        _box(
            axes, middle - 1.3, 0.02, 2.6, 0.4, speak("Human-resource development"), "accent-soft", bold=True
        )
        _box(axes, middle - 1.1, 0.66, 2.2, 0.36, speak("Education and training"))
        for x, text in ((left, speak("Formal")), (right, speak("Informal"))):
            _box(axes, x - 0.75, 1.42, 1.5, 0.36, text)
        _box(axes, 0.02, 2.0, layout.width - 0.04, rows * 0.55 + 0.17, "", "paper")
        width = (layout.width - 0.16) / across
        for n, domain in enumerate(domains):
            row, column = divmod(n, across)
            shift = width / 2 * (across * rows - len(domains)) if row == rows - 1 else 0
            text = fill(domain, layout.pick(15, 20), break_long_words=False)
            _box(axes, 0.08 + column * width + shift + 0.04, 2.1 + row * 0.55, width - 0.08, 0.45, text)
        return sheet

    caption = speak(
        "Training, formal and informal, serves {count} domains; the article takes the figure from Rezky, who takes it from Fukuyama.",
        count=speak.count(len(domains)),
    )
    alt = speak(
        "Diagram: human-resource development leads to education and training, formal and informal, and these to {list}.",
        list=", ".join(domains),
    )
    return finish("human-resource-development", caption, alt, draw)


GROUPS = {"a": "G09", "b": "G10", "c": "G11", "d": "G12"}
"""The rows of ``grand-design.csv`` for the four groups of employees."""


def plot_four_groups(edition: Edition) -> Figure:
    """The four groups of employees, by competency and performance, and how many regencies plan what could serve each."""
    speak, stated = edition.language, edition.stated
    served = {}
    for letter, row in GROUPS.items():
        codes = [c for c in edition.data.row("grand_design", row)["codes"].split(";") if c]
        served[letter] = int(stated[codes].any(axis=1).sum())
    words = {
        "a": speak("Keep, and develop further"),
        "b": speak("Raise qualification and competency"),
        "c": speak("Move to another unit or agency"),
        "d": speak("Help to become an entrepreneur (golden handshake)"),
    }

    def draw(layout: Layout) -> Sheet:
        left, height = 0.62, layout.pick(0.85, 1.2)
        width = (layout.width - left) / 2
        sheet, axes = new_board(layout, 2 * height + 0.56)
        for place, letter in enumerate("badc"):
            row, column = divmod(place, 2)
            x, y = left + column * width, row * height
            _box(
                axes,
                x + 0.04,
                y + 0.04,
                width - 0.08,
                height - 0.08,
                "",
                "accent-soft" if letter == "a" else "faint",
            )
            text = fill(f"({letter}) {words[letter]}", layout.pick(34, 20))
            axes.text(x + width / 2, y + height * 0.42, text, ha="center", va="center")
            count = speak("reported for {count} of {total}", count=served[letter], total=len(stated))
            axes.text(
                x + width / 2,
                y + height - 0.2,
                count,
                ha="center",
                va="center",
                fontsize=9,
                color=LIGHT["muted"],
            )
        side: Style = {"ha": "center", "va": "center"}
        for row, text in enumerate((speak("good"), speak("poor"))):
            axes.text(0.46, (row + 0.5) * height, text, rotation=90, **side)
        axes.text(0.18, height, speak("Performance"), rotation=90, fontweight="bold", **side)
        for column, text in enumerate((speak("not adequate"), speak("adequate"))):
            axes.text(left + (column + 0.5) * width, 2 * height + 0.14, text, **side)
        axes.text(
            left + width, 2 * height + 0.4, speak("Qualification and competency"), fontweight="bold", **side
        )
        return sheet

    caption = speak(
        "The Grand Design’s four groups, as the article reports them. For {some} the sections report measures that could serve, tied to no group; for {none}, none.",
        some=speak.listing([f"({letter})" for letter, count in served.items() if count]),
        none=speak.listing([f"({letter})" for letter, count in served.items() if not count]),
    )
    alt = speak(
        "Two by two of competency and performance: adequate and good, keep and develop; not adequate and good, raise competency; adequate and poor, move; neither, help to leave for business. A measure that could serve is reported: {list}.",
        list=", ".join(
            f"({letter}) {speak('{count} of {total}', count=count, total=len(stated))}"
            for letter, count in served.items()
        ),
    )
    return finish("four-groups", caption, alt, draw)


FOUR_STAGES = (
    ("Planning of performance", ("PRF01", "PRF02", "PRF05", "PRF04")),
    ("Managing of performance", ("PRF06", "PRF09", "PRF10", "PRF03")),
    ("Appraisal of performance", ("PRF07", "PRF08")),
    ("Reward and sanction", ("PRF11", "PRF12")),
)
"""The four stages of performance management in the article, with the measures that belong to each."""


def plot_four_stages(edition: Edition) -> Figure:
    """The four stages of performance management with the measures of each, and how many regencies report them."""
    speak, stated = edition.language, edition.stated
    total = len(stated)
    counts = {code: int(stated[code].sum()) for _, codes in FOUR_STAGES for code in codes}

    def draw(layout: Layout) -> Sheet:
        across = layout.pick(2, 1)
        width = (layout.width - 0.3 * (across - 1)) / across
        step = 0.15
        dots = total if total <= coding.MANY else 0  # of many regencies only the number is told
        room = width - step * dots - 0.5
        blocks = []
        for number, (stage, codes) in enumerate(FOUR_STAGES, start=1):
            lines = [(code, wrap(measure_label(edition, code), int(room * 16))) for code in codes]
            blocks.append(
                (f"{number}. {speak(stage)}", lines, 0.42 + fsum(0.1 + 0.16 * len(w) for _, w in lines))
            )
        heights = [max(b[2] for b in blocks[n : n + across]) for n in range(0, len(blocks), across)]
        sheet, axes = new_board(layout, fsum(heights))
        for n, (title, lines, _) in enumerate(blocks):
            x, y = (n % across) * (width + 0.3), fsum(heights[: n // across])
            axes.text(x, y + 0.14, title, fontweight="bold", fontsize=10.5, va="center")
            axes.plot([x, x + width], [y + 0.27, y + 0.27], color=LIGHT["line"], linewidth=0.8)
            y += 0.3
            for code, words in lines:
                middle = y + (0.1 + 0.16 * len(words)) / 2
                axes.text(x, middle, "\n".join(words), va="center", fontsize=9.5, linespacing=0.95)
                if dots:
                    tally(axes, x + room + 0.12, middle, counts[code], 0, total, step)
                count = speak("{count} of {total}", count=counts[code], total=total)
                axes.text(x + width - 0.02, middle, count, ha="right", va="center", fontsize=9.5)
                y += 0.1 + 0.16 * len(words)
        return sheet

    last = [(code, counts[code]) for code in FOUR_STAGES[-1][1] if counts[code]]
    any_of_last = int(stated[list(FOUR_STAGES[-1][1])].any(axis=1).sum())
    caption = speak(
        "Four stages: {stages}. For the fourth the article lists no efforts; yet {count} of {total} sections report a measure of it: {measures}.",
        stages=speak.listing([speak(stage)[0].lower() + speak(stage)[1:] for stage, _ in FOUR_STAGES]),
        count=speak.count(any_of_last),
        total=speak.count(total),
        measures=speak.listing(
            [
                f"{measure_label(edition, code)[0].lower()}{measure_label(edition, code)[1:]} ({speak.count(n)})"
                for code, n in last
            ]
        ),
    )
    alt = speak(
        "Four stages; regencies reporting each measure: {list}.",
        list="; ".join(f"{measure_label(edition, code)} {count}" for code, count in counts.items()),
    )
    return finish("four-stages", caption, alt, draw)
