"""Every figure of the book in both languages: its colours have dark pairs, and its words can be read."""

import re
from itertools import combinations

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas
from matplotlib.text import Text

from smart_asn import coding, figures
from smart_asn.edition import Edition
from smart_asn.figures import style
from smart_asn.language import LANGUAGES, Language
from smart_asn.markup import COLOURS

SMALLEST = 7
"""Points: what a figure drawn for a phone's width may have at least."""


def claims(edition: Edition) -> pd.DataFrame:
    """The claims with each verdict in turn; what the figure of the ledger needs."""
    verdicts = ("supported", "partly supported", "contradicted", "not stated", "not found")
    rows = edition.data.claims
    return rows.assign(verdict=[verdicts[n % 5] for n in range(len(rows))], stands=True)


PLOTS = {
    "civil-service": figures.plot_civil_service,
    "claims": lambda e: figures.plot_claims(e, claims(e)),
    "coverage": lambda e: figures.plot_coverage(e, "pangkep"),
    "coverage-by-strategy": lambda e: figures.plot_coverage_by_strategy(
        e, coding.coverage(e.stated, e.data.codebook)
    ),
    "digital": lambda e: figures.plot_digital(e, e.stated),
    "doubts": lambda e: figures.plot_doubts(
        e, coding.coverage_range(e.cells, e.doubtful, list(e.stated.index), list(e.stated.columns))
    ),
    "egdi": figures.plot_egdi,
    "four-groups": figures.plot_four_groups,
    "four-stages": figures.plot_four_stages,
    "hci": figures.plot_hci,
    "human-resource-development": figures.plot_human_resource_development,
    "job-shares": figures.plot_job_shares,
    "locator-map": lambda e: figures.plot_locator_map(e, "sanggau"),
    "map": figures.plot_map,
    "matrix": lambda e: figures.plot_matrix(e, e.stated, e.doubtful),
    "periods": lambda e: figures.plot_periods(e, 2020, 2024),
    "similarity": lambda e: figures.plot_similarity(e, e.stated),
    "workforce-schooling": figures.plot_workforce_schooling,
}


def test_every_figure_is_here():
    assert len(PLOTS) == sum(name.startswith("plot_") for name in figures.__all__)


@pytest.fixture(params=[(name, code) for name in PLOTS for code in LANGUAGES], ids="-".join)
def drawn(request, shipped, monkeypatch):
    """A figure in a language, and the canvas that it was drawn on."""
    name, code = request.param
    canvases = []

    class Kept(Canvas):
        def __init__(self, *arguments, **more):
            super().__init__(*arguments, **more)
            canvases.append(self)

    monkeypatch.setattr(style, "Canvas", Kept)
    figure = PLOTS[name](Edition(shipped, Language(code), "synthesis"))
    return figure, canvases[-1]


def words(canvas: Canvas) -> list[Text]:
    """Every text that is drawn on a canvas; the labels of ticks only where the axis shows them."""
    found = list(canvas.texts)
    for axes in canvas.axes:
        found += [*axes.texts, axes.title]
        found += axes.get_legend().get_texts() if axes.get_legend() else []
        for axis in (axes.xaxis, axes.yaxis) if axes.axison else ():
            low, high = sorted(axis.get_view_interval())
            ticks = [t for t in axis.get_major_ticks() if low <= t.get_loc() <= high]
            found += (
                [axis.label, *(t.label1 for t in ticks), *(t.label2 for t in ticks)]
                if axis.get_visible()
                else []
            )
    return [t for t in found if t.get_visible() and t.get_text().strip()]


def test_a_figure_can_be_read(drawn):
    """No word lies on another, none leaves the canvas, none is tiny; every colour has a pair in the dark."""
    figure, canvas = drawn
    FigureCanvasAgg(canvas).draw()
    boxes = {t: t.get_window_extent().padded(-1.5) for t in words(canvas)}
    shown = {t: box for t, box in boxes.items() if box.overlaps(canvas.bbox)}
    for one, other in combinations(shown, 2):
        if one.get_rotation() % 90 == 0 and other.get_rotation() % 90 == 0:
            assert not shown[one].overlaps(shown[other]), (one.get_text(), other.get_text())
    for text, box in shown.items():
        inside = (
            box.x0 >= -1 and box.y0 >= -1 and box.x1 <= canvas.bbox.x1 + 1 and box.y1 <= canvas.bbox.y1 + 1
        )
        assert inside, text.get_text()
        assert text.get_fontsize() >= SMALLEST, text.get_text()
    known = {pair[0] for pair in COLOURS.values()} | {"#000000"}
    assert set(re.findall(r"#[0-9a-f]{6}", figure.svg)) <= known
    assert figure.caption.endswith(".")
    assert figure.alt.endswith(".")
