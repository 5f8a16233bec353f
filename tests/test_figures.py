"""Every figure, in both languages and both layouts: what its caption and alt text say, and that it can be read."""

import re
import shutil
from itertools import combinations

import pytest
from bs4 import BeautifulSoup
from forms import write_invented
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.markers import MarkerStyle
from matplotlib.text import Text

from smart_asn import added, coding, figures
from smart_asn.data import Data
from smart_asn.datapackage import read_package, read_tables
from smart_asn.edition import Edition
from smart_asn.figures import style
from smart_asn.figures.background import cited_through
from smart_asn.figures.plans import Said, said_of_all
from smart_asn.figures.style import NARROW, QUESTION, WIDE
from smart_asn.language import LANGUAGES, Language
from smart_asn.markup import COLOURS, PHONE
from smart_asn.places import DATA, ROOT

SMALLEST, LARGEST = 10, 16
"""CSS pixels that a word has at least on a phone of 390, and at most on a desktop of 1280."""

PHONE_TEXT, PAGE_TEXT = 358, 672
"""CSS pixels of the column of text on both."""


def asked(question: str, value: int, total: int, *statements: tuple[str, str, int, str]) -> dict:
    """A checked question as the ledger has it, with as much as the figures read of it."""
    names = ("claim", "scope", "asserted", "outcome")
    return {
        "question": question,
        "value": value,
        "total": total,
        "how": "counted",
        "statements": [
            dict(zip(names, (c, s, str(a), o), strict=True)) | {"stands": True} for c, s, a, o in statements
        ],
    }


SHIPPED_ASKED = [
    asked("Q099", 6, 6, ("K215", "all", 6, "supported")),
    asked("Q100", 1, 6, ("K216", "all", 6, "partly supported")),
    asked("Q107", 3, 6, ("K225", "all", 6, "partly supported")),
    asked("Q096", 4, 6, ("K213", "at least", 4, "supported")),
    asked("Q119", 5, 6, ("K247", "almost all", 6, "supported")),
    asked("Q114", 3, 6, ("K233", "exactly", 3, "supported")),
    asked("Q097", 4, 6, ("K212", "at least", 4, "supported")),
    asked("Q113", 0, 6, ("K232", "at least", 1, "contradicted")),
    asked("Q005", 0, 0, ("K026", "text", 0, "out of date")),
    asked("Q001", 0, 0, ("K001", "at least", 1, "not verified")),
]

SMALL_ASKED = [
    asked("Q001", 2, 2, ("K001", "all", 2, "supported")),
    asked(
        "Q002",
        1,
        2,
        ("K002", "all", 2, "partly supported"),
        ("K005", "at least", 1, "supported"),
    ),
    asked("Q003", 2, 0, ("K003", "figure", 3, "contradicted")),
]


def ranges(edition: Edition):
    """The range of every regency's measures, as the synthesis computes it."""
    return coding.coverage_range(
        edition.cells, edition.doubtful, list(edition.stated.index), list(edition.stated.columns)
    )


def shares(edition: Edition):
    return coding.coverage(edition.stated, edition.data.codebook)


PLOTS = {
    "cited_through": figures.plot_cited_through,
    "coverage_by_strategy": lambda e: figures.plot_coverage_by_strategy(e, shares(e)),
    "digital": lambda e: figures.plot_digital(e, e.stated),
    "doubts": lambda e: figures.plot_doubts(e, ranges(e)),
    "egdi": figures.plot_egdi,
    "four_groups": figures.plot_four_groups,
    "four_stages": figures.plot_four_stages,
    "human_resource_development": figures.plot_human_resource_development,
    "job_shares": figures.plot_job_shares,
    "map": figures.plot_map,
    "matrix": lambda e: figures.plot_matrix(e, e.stated, e.doubtful),
    "outcomes": lambda e: figures.plot_outcomes(e, SHIPPED_ASKED),
    "periods": lambda e: figures.plot_periods(e, 2020, 2024),
    "row": lambda e: figures.plot_row(e, "blitar"),
    "said_of_all": lambda e: figures.plot_said_of_all(e, SHIPPED_ASKED),
    "shared_wording": lambda e: figures.plot_shared_wording(e, "gowa", "pangkep"),
    "sharing": figures.plot_sharing,
    "similarity": lambda e: figures.plot_similarity(e, e.stated),
    "workforce_schooling": figures.plot_workforce_schooling,
}


def test_every_figure_is_here():
    """Each function of the package that plots is tested."""
    assert {f"plot_{name}" for name in PLOTS} == {n for n in figures.__all__ if n.startswith("plot_")}


# What the figures say -------------------------------------------------------------------------------------


@pytest.fixture
def world(small):
    """The small world in English."""
    return Edition(small, Language("en"), "synthesis")


SAYS = {
    "cited_through": (
        figures.plot_cited_through,
        "The article cites one of the one works, persons and bodies that it credits through another work, one of them through B.",
        "Bars, how many are credited: cited directly 0; through B 1.",
    ),
    "coverage": (
        lambda e: figures.plot_coverage_by_strategy(e, shares(e)),
        "Recruitment is covered least: 1 of 2. Half of its measures or more are reported for North.",
        "Table of counts: North: Planning 2 of 2, Recruitment 1 of 1; South: Planning 1 of 2, Recruitment 0 of 1.",
    ),
    "doubts": (
        lambda e: figures.plot_doubts(e, ranges(e)),
        "North has the most measures as coded, but not under every reading of the doubtful codings. The range is widest for South and North (one).",
        "Measures reported, as coded and from least to most: South 1 (1–2); North 3 (2–3).",
    ),
    "egdi": (
        figures.plot_egdi,
        "In 2020 Indonesia was behind one of the two other ASEAN members and above their mean (0.66 and 0.56); in 2018 it had 0.53.",
        "Lines of the E-Government Development Index of the ASEAN members; in 2020: Malaysia 0.79; Indonesia 0.66; Laos 0.33.",
    ),
    "map": (
        figures.plot_map,
        "Where the two regencies lie, in two provinces. The number counts the measures that the article reports: from 1 (South) to 3 (North).",
        "Map of Indonesia with the regencies: North (the Upper Province), 3; South (the Lower Province), 1.",
    ),
    "matrix": (
        lambda e: figures.plot_matrix(e, e.stated, e.doubtful),
        "All two share one of the three measures. North has the most (3), South the fewest (1).",
        "Grid of 3 measures and 2 regencies. Measures reported: North 3, South 1. The table below has every cell.",
    ),
    "outcomes": (
        lambda e: figures.plot_outcomes(e, SMALL_ASKED),
        "Of 3 questions the outcome is supported for 1, partly supported for 1, out of date for 0 and contradicted for 1; for 0 the article gives no basis, and 0 could not be verified.",
        "Stacked bars by what the statements are about: the six together 2; method 1.",
    ),
    "periods": (
        lambda e: figures.plot_periods(e, 2020, 2024),
        "The years of the Grand Design, 2020–2024, are those of one of the two road maps, not of South (2019–2023).",
        "Bars from first to last year: North 2020–2024; South 2019–2023.",
    ),
    "row": (
        lambda e: figures.plot_row(e, "north"),
        "North: 3 of 3 measures are reported; only here: two; missing here, common elsewhere: none.",
        "Squares by strategy for North: Planning 2 of 2; Recruitment 1 of 1.",
    ),
    "said-of-all": (
        lambda e: figures.plot_said_of_all(e, SMALL_ASKED),
        "The article says two things of all two regencies; the sections report one of them for every regency.",
        "Circles by statement, how many regencies’ sections report it: posts 2 of 2; online intake 1 of 2.",
    ),
    "shared-wording": (
        lambda e: figures.plot_shared_wording(e, "north", "south"),
        "The sections on North and South share two runs of eight words or more: 21 of the 2 words on North stand in the other section, too.",
        "Two bars, the words of both sections, with 2 links between them; the longest run has 12 words.",
    ),
    "sharing": (
        figures.plot_sharing,
        "Of 3 measures, the sections report one for all two regencies and two for one alone.",
        "Bars by number of regencies: 0: 0; 1: 2; 2: 1.",
    ),
    "similarity": (
        lambda e: figures.plot_similarity(e, e.stated),
        "North and South are the most alike: of 3 measures that either reports, both report 1. North and South are the least (1 of 3).",
        "Measures that both regencies of a pair report, of those that either does: North and South 1 of 3.",
    ),
}


@pytest.mark.parametrize("name", SAYS)
def test_the_caption_says_the_finding(world, name):
    """On the small world, worked out by hand: the caption says what is to be seen, the alt text every number."""
    plot, caption, alt = SAYS[name]
    figure = plot(world)
    assert (figure.caption, figure.alt) == (caption, alt)


SHIPPED_SAYS = {
    "digital": "None of the six digital measures is reported for all the regencies; the most for any one regency is three (Tapin and Pati).",
    "four_groups": "The Grand Design’s four groups, as the article reports them. For (a), (b), and (c) the sections report measures that could serve, tied to no group; for (d), none.",
    "four_stages": "Four stages: planning of performance, managing of performance, appraisal of performance, and reward and sanction. For the fourth the article lists no efforts; yet five of six sections report a measure of it: reward and sanction on performance (four) and reward and sanction on discipline (one).",
    "human_resource_development": "Training, formal and informal, serves five domains; the article takes the figure from Rezky, who takes it from Fukuyama.",
    "job_shares": "Three numbers agree with those of a co-author, but one differs in meaning: he says that 75 percent of jobs stay and are done with new technology. For 20 percent no source was found.",
    "workforce_schooling": "The article’s 64.8 percent, after a newspaper of 2019, is what BPS counted in August 2014; by August 2018 the share was 58.8 percent.",
    "cited_through": "The article cites 17 of the 36 works, persons and bodies that it credits through another work, 14 of them through Faedlulloh (2020).",
}


@pytest.mark.parametrize("name", SHIPPED_SAYS)
def test_the_caption_of_what_the_small_world_lacks(of_article, name):
    """Figures of things that the small world has not are asked about the article's data."""
    assert PLOTS[name](Edition(of_article, Language("en"), "synthesis")).caption == SHIPPED_SAYS[name]


def test_another_coding_gives_another_caption(world):
    """The caption is computed: without North’s third measure, other numbers stand in it."""
    stated = world.stated.copy()
    stated.loc["north", "REC01"] = False
    assert (
        "North has the most (2), South the fewest (1)."
        in figures.plot_matrix(world, stated, frozenset()).caption
    )


def test_what_is_said_of_all(shipped):
    """All six lead, then almost all, so many, and no number; what is said of fewer than half is left out."""
    said = said_of_all(Edition(shipped, Language("en"), "index"), SHIPPED_ASKED)
    assert said[0] == Said("all", 6, "Job analysis", 6)
    assert [(s.scope, s.meant, s.found) for s in said] == [
        ("all", 6, 6),
        ("all", 6, 3),
        ("all", 6, 1),
        ("almost all", 5, 5),
        ("exactly", 3, 3),
        ("at least", 0, 4),
        ("at least", 0, 4),
    ]


def test_the_strongest_statement_counts(world):
    """Where one question is asked for «all» and for «at least one», the figure shows it under «all»."""
    assert said_of_all(world, SMALL_ASKED) == [Said("all", 2, "posts", 2), Said("all", 2, "online intake", 1)]


def test_what_is_said_of_the_six_has_a_short_label(shipped):
    """Every question on what is said of all, almost all, so many or most of the six has a label for the figure."""
    claims = shipped.claims.query("kind == 'six' and asserted in ('3', '4', '6')")
    claims = claims[claims["scope"].isin(["all", "almost all", "exactly", "at least"])]
    of_six = {
        c.question for c in claims.itertuples() if (c.scope, c.asserted) not in {("all", "3"), ("all", "4")}
    }
    labels = shipped.questions.set_index("question").loc[sorted(of_six), ["label_en", "label_id"]]
    assert labels[(labels == "").any(axis=1)].index.tolist() == []
    assert labels.map(len).max().max() <= 50


def test_credits_are_told_apart(shipped):
    """«X; Y dalam Z» credits X and Y through Z; without «dalam» it credits directly. Each counts once."""
    found = cited_through(Edition(shipped, Language("en"), "method"))
    assert found["Rezky, 2019"] == ["Tilaar, 1998", "Fukuyama"]
    assert "Faedlulloh, 2020" in found[""]
    assert found["Faedlulloh, 2020"].count("Vaidya et al., 2018") == 1


# How they look --------------------------------------------------------------------------------------------


@pytest.fixture
def sheets(monkeypatch):
    """The sheets that figures are drawn on from now on, for a page and for a phone each."""
    found = []

    class Kept(style.Sheet):
        def __init__(self, *arguments, **more):
            super().__init__(*arguments, **more)
            found.append(self)

    monkeypatch.setattr(style, "Sheet", Kept)
    return found


@pytest.fixture(params=[(name, code) for name in PLOTS for code in LANGUAGES], ids="-".join)
def drawn(request, of_article, sheets):
    """A figure in a language, and the two sheets that it was drawn on: for a page and for a phone."""
    name, code = request.param
    return PLOTS[name](Edition(of_article, Language(code), "synthesis")), sheets


def words(sheet: style.Sheet) -> list[Text]:
    """Every text that is drawn on a sheet; the labels of ticks only where the axis shows them."""
    found = list(sheet.texts)
    for legend in sheet.legends:
        found += legend.get_texts()
    for axes in sheet.axes:
        found += [*axes.texts, axes.title, axes._left_title]
        for axis in (axes.xaxis, axes.yaxis) if axes.axison else ():
            low, high = sorted(axis.get_view_interval())
            ticks = [t for t in axis.get_major_ticks() if low <= t.get_loc() <= high]
            found += [axis.label, *(t.label1 for t in ticks), *(t.label2 for t in ticks)]
    return [t for t in found if t.get_visible() and t.get_text().strip()]


def marks(sheet: style.Sheet) -> list[tuple[float, float]]:
    """The middle of every mark that is no part of a line, in the sheet's pixels."""
    places = []
    for axes in sheet.axes:
        for line in axes.lines:
            if line.get_linestyle() == "None" and line.get_marker() not in (".", QUESTION["marker"]):
                places += [tuple(p) for p in axes.transData.transform(line.get_xydata())]
    return places


def can_be_read(sheets):
    """Assert that in both layouts no word lies on another or on a mark, none leaves the sheet, none is tiny or huge."""
    for sheet, layout in zip(sheets, (WIDE, NARROW), strict=True):
        FigureCanvasAgg(sheet).draw()
        assert sheet.get_figwidth() == layout.width
        boxes = {t: t.get_window_extent().padded(-1.5) for t in words(sheet)}
        for one, other in combinations(boxes, 2):
            assert not boxes[one].overlaps(boxes[other]), (layout, one.get_text(), other.get_text())
        shown = (PHONE_TEXT if layout.narrow else PAGE_TEXT) / (layout.width * 96)
        for text, box in boxes.items():
            assert box.x0 >= -2.5 and box.y0 >= -2.5, (layout, text.get_text())
            assert box.x1 <= sheet.bbox.x1 + 2.5 and box.y1 <= sheet.bbox.y1 + 2.5, (layout, text.get_text())
            assert SMALLEST <= text.get_fontsize() * 96 / 72 * shown <= LARGEST, (layout, text.get_text())
            assert not any(box.contains(*mark) for mark in marks(sheet)), (layout, text.get_text())


def test_a_figure_can_be_read(drawn):
    """Every figure of the article's six can be read, on a page and on a phone."""
    can_be_read(drawn[1])


@pytest.fixture(scope="module", params=[7, 8, coding.MANY])
def beside_others(request, tmp_path_factory):
    """The shipped data with invented regencies, whose names are longer, beside the article's: so many in all."""
    folder = tmp_path_factory.mktemp("more") / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("added"))
    tables = read_tables(folder, read_package(folder))
    for number in range(len(tables["regencies"]) + 1, request.param + 1):
        write_invented(folder, number, tables)
    return Data(folder, added.joined(folder, tables))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", ["coverage_by_strategy", "digital", "matrix", "sharing"])
def test_a_figure_of_more_regencies_can_be_read(beside_others, sheets, name, code):
    """What the synthesis shows of each regency can be read with regencies added, until they are summed up."""
    PLOTS[name](Edition(beside_others, Language(code), "synthesis"))
    can_be_read(sheets)


def test_the_cover_stays_the_articles(beside_others, of_article):
    """The picture for shared links has the article's regencies alone, as its title says."""
    more, six = (Edition(data, Language("en"), "index") for data in (beside_others, of_article))
    assert len(more.stated) > len(six.stated)
    assert figures.cover(more) == figures.cover(six)


def test_a_figure_has_its_pair_in_the_dark(drawn):
    """Every colour of both layouts is one that has a dark pair; caption and alt text are sentences."""
    figure, _ = drawn
    known = {pair[0] for pair in COLOURS.values()} | {"#000000"}
    for svg in (figure.svg, figure.narrow.svg):
        assert set(re.findall(r"#[0-9a-f]{6}", svg)) <= known
    assert figure.caption.endswith(".")
    assert figure.alt.endswith(".")


def test_the_same_data_give_the_same_bytes(world):
    """A figure drawn twice is the same to the byte, in both layouts and as pixels."""
    one, other = figures.plot_sharing(world), figures.plot_sharing(world)
    assert (one.svg, one.narrow.svg, one.png) == (other.svg, other.narrow.svg, other.png)


def test_the_layout_is_chosen_by_the_screen(world):
    """A phone is shown the narrow drawing, with its own size and its own links; the style sheet agrees."""
    figure = figures.plot_map(world)
    page = BeautifulSoup(figure._repr_html_(), "html.parser")
    source, image = page.picture.source, page.picture.img
    assert source["media"] == PHONE
    assert (int(source["width"]), int(image["width"])) == (PHONE_TEXT, PAGE_TEXT)
    for kind, drawing in (("for-page", figure), ("for-phone", figure.narrow)):
        spots = page.select_one(f".spots.{kind}")
        assert [a["href"] for a in spots.select("a")] == ["book:regencies/north", "book:regencies/south"]
        assert spots["viewbox"] == f"0 0 {drawing.width} {drawing.height}"
    css = (ROOT / "book/_static/book.css").read_text("utf-8")
    assert f"@media {PHONE} {{ .spots.for-page {{ display: none; }}" in css


def test_a_doubt_is_one_question_mark():
    """The mark of a cell that could be reported is taller than wide: one sign, and no dollar signs around it."""
    box = MarkerStyle(QUESTION["marker"]).get_path().get_extents()
    assert 0.3 < box.width / box.height < 0.8
    assert (box.x0 + box.x1, box.y0 + box.y1) == pytest.approx((0, 0), abs=1e-9)
