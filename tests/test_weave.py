"""Weaving: placeholders, numbers, links and pictures of the executed notebooks."""

import base64
import json
import os

import pytest
from bs4 import BeautifulSoup

from smart_asn.cards import CELL_SOURCE
from smart_asn.chapters import BLOCK, RECORD
from smart_asn.checks import judge
from smart_asn.language import Language
from smart_asn.markup import COLOURS, Figure, Html, Table, html, joined, link
from smart_asn.observations import regencies_stating
from smart_asn.pipeline.source import synchronise, table_of_contents
from smart_asn.pipeline.weave import Weaver, dark, relative


@pytest.fixture
def weaver(small):
    """What is known when the small world's chapters are woven: Q001 rests on E001 and E004, Q002 on E003."""
    asked = {"Q001": ("PLN01",), "Q002": ("REC01",)}
    records = [judge(small, q, regencies_stating(("north", "south"), c)).record() for q, c in asked.items()]
    return Weaver(small, [record | {"chapter": "start"} for record in records], Language("en"))


def woven(weaver, block, page):
    """What a page shows of a block that a notebook has shown: its HTML, and its data as JSON."""
    return weaver.output(block._repr_html_(), json.loads(json.dumps(block.blocks)), page)


def notebook(*blocks):
    outputs = [{"output_type": "display_data", "data": {"text/html": b, "text/plain": ""}} for b in blocks]
    return {"cells": [{"cell_type": "code", "source": "", "metadata": {}, "outputs": outputs}]}


@pytest.mark.parametrize(
    ("page", "target", "place", "address"),
    [
        ("ledger", "ledger", "#k001", "#k001"),
        ("ledger", "codebook", "", "codebook.html"),
        ("index", "ledger?outcome=supported", "", "ledger.html?outcome=supported"),
        ("ledger", "regencies/north", "#e001", "regencies/north.html#e001"),
        ("regencies/north", "ledger", "#k001", "../ledger.html#k001"),
        ("regencies/north", "regencies/south", "", "south.html"),
        ("regencies/north", "regencies/north", "", "north.html"),
        ("regencies/north", "ledger?kind=six", "", "../ledger.html?kind=six"),
        (
            "conclusion",
            "ledger?outcome=supported&amp;kind=six",
            "#q001",
            "ledger.html?outcome=supported&amp;kind=six#q001",
        ),
    ],
)
def test_addresses_are_relative(page, target, place, address):
    """A link works wherever the book lies."""
    assert relative(page, target, place) == address


def test_links_between_chapters(weaver):
    """A link to a chapter's place becomes an address as seen from the page."""
    made = weaver.markup(str(link("ledger", "k001", "K001")), "regencies/north")
    assert made == '<a href="../ledger.html#k001">K001</a>'


def test_questions_on_a_source(weaver):
    """A source has links to the questions that rest on it; one without has a dash."""
    assert (
        weaver.markup("<!-- questions-on:E001 -->", "regencies/north")
        == '<a href="../ledger.html#q001">Q001</a>'
    )
    assert weaver.markup("<!-- questions-on:E002 -->", "regencies/north") == "–"
    assert weaver.markup("<!-- questions-on:hci-IDN-2020 -->", "public-sources") == "–"


def test_a_table_is_offered_as_a_file(weaver):
    """Its cells are texts: signs for the eye are left out, what stands for a cell stands there, and questions have their numbers."""
    cells = ["a", Html('<span aria-hidden="true">●</span> supported'), Html("<!-- questions-on:E001 -->")]
    hidden = Html('<a href="x"><span data-value="stated"><b>stated</b>: Tapin</span></a>')
    block = Table("t", "What", ["A", "B & C", "D"], [cells, [hidden, Html("x<br>y"), "–"]])
    made = BeautifulSoup(woven(weaver, block, "regencies/north"), "html.parser")
    assert made.select_one(".tools a[download]")["href"] == "../_static/tables/regencies-north-t.csv"
    csv = weaver.files["tables/regencies-north-t.csv"].decode()
    assert csv.splitlines() == ["A,B & C,D", "a,supported,Q001", "stated,x y,–"]


def test_questions_about_a_regency(weaver):
    """A regency's chapter lists the questions that bear on it with their outcome; what is supported is folded."""
    made = BeautifulSoup(weaver.markup("<!-- questions-about:north -->", "regencies/north"), "html.parser")
    first, held = made.ul, made.details
    assert [li.a["href"] for li in first.find_all("li")] == ["../ledger.html#q002"]
    assert "partly supported" in first.get_text()
    assert "Who takes people in online?" in first.get_text()
    assert held.summary.get_text() == "Supported: 1 more"
    assert held.li.a["href"] == "../ledger.html#q001"


def test_a_regency_about_which_all_is_supported(weaver):
    """Where all is supported there is no empty list above what is folded."""
    made = BeautifulSoup(weaver.markup("<!-- questions-about:south -->", "regencies/south"), "html.parser")
    assert [li.a["href"] for li in made.details.find_all("li")] == ["../ledger.html#q001"]
    assert len(made.find_all("ul")) == 1


def test_a_regency_about_which_nothing_is_asked(weaver):
    """The chapter of a regency that was added says so, and has no empty section."""
    made = weaver.markup("<!-- questions-about:east -->", "regencies/east")
    assert made == "No question that is asked of the article is about this regency."


def test_the_lines_of_a_cell_stand_in_its_card(weaver):
    """The cell of a question is not shown above its card; its lines stand in the card, folded, as they are."""
    source = 'tested = present("PLN01") & present("<b>")\ncheck("Q001", observed=tested)'
    data = {
        "text/html": f"<details>card{CELL_SOURCE}</details>",
        RECORD: {"question": {}},
    }
    cell = {
        "cell_type": "code",
        "source": source,
        "metadata": {"tags": ["claim"]},
        "outputs": [{"output_type": "display_data", "data": data}],
    }
    made = weaver.weave({"cells": [cell]}, "start")["cells"][0]
    assert made["metadata"]["tags"] == ["claim", "remove-input"]
    shown = BeautifulSoup(made["outputs"][0]["data"]["text/html"], "html.parser")
    lines = shown.select_one("details.cell-source")
    assert lines.summary.get_text() == "Where checked: this cell"
    assert lines.pre.get_text().strip() == source
    assert "cell-source -->" not in str(shown)


def test_a_cell_that_only_records_keeps_its_lines(weaver):
    """Only the cell of a question is folded into a card."""
    made = weaver.weave(notebook("<p>shown</p>"), "one")["cells"][0]
    assert made["metadata"] == {}


def test_the_title_of_a_chapter(weaver):
    """A title that a cell shows becomes the heading that Sphinx needs, and is not shown twice."""
    book = notebook("<h1>North</h1>")
    book["cells"][0]["outputs"][0]["data"][BLOCK] = [{"kind": "title", "text": "North"}]
    heading, cell = weaver.weave(book, "regencies/north")["cells"]
    assert (heading["cell_type"], heading["source"]) == ("markdown", ["# North"])
    assert cell["outputs"] == []


def test_placeholders_in_the_data_stay_text(weaver):
    """What looks like a placeholder, a number or a link but comes from the data is left alone."""
    text = html(
        '<!-- questions-on:E001 --> <span class="number" data-number="table"></span> href="book:ledger"'
    )
    assert weaver.markup(text, "ledger") == text


def test_numbers_run_through_the_book(weaver):
    """Tables and figures are numbered apart, in reading order, over all chapters."""
    table = Table("t", "What", ["A"], [["1"]])
    first = woven(weaver, joined([table._repr_html_(), table._repr_html_()]), "one")
    second = woven(weaver, table, "two") + woven(weaver, Figure("f", "<svg/>", 1, 1, "See", "Alt"), "two")
    numbers = [s.get_text() for s in BeautifulSoup(first + second, "html.parser").select("span.number")]
    assert numbers == ["Table 1", "Table 2", "Table 3", "Figure 1"]


def test_a_picture_in_two_colourings(weaver):
    """A figure's SVG is written twice; both have the alt text, for just one is shown."""
    ink, bright = COLOURS["ink"]
    block = Figure("f", f'<svg fill="{ink}"/>', 10, 20, "See", "A bar.")
    made = BeautifulSoup(woven(weaver, block, "regencies/north"), "html.parser")
    light, other = made.find_all("img", alt="A bar.")
    assert light["src"] == "../_static/figures/f.svg"
    assert other["src"] == "../_static/figures/f-dark.svg"
    assert weaver.files["figures/f.svg"].decode() == f'<svg fill="{ink}"/>'
    assert weaver.files["figures/f-dark.svg"].decode() == f'<svg fill="{bright}"/>'


def test_a_figures_name_is_its_own(weaver):
    """Two figures of one name would overwrite each other: an error that names the second's chapter."""
    block = Figure("f", "<svg/>", 1, 1, "See", "Alt")
    woven(weaver, block, "one")
    with pytest.raises(
        ValueError, match=r"^two figures of the book have the name 'f' \(the second in two\)$"
    ):
        woven(weaver, block, "two")


def test_every_light_colour_has_a_dark_one():
    """No colour is the light of one and the dark of another, so that replacing them once is replacing them right."""
    lights, darks = zip(*COLOURS.values(), strict=True)
    assert len(set(lights)) == len(lights)
    assert not set(lights) & set(darks)
    assert dark(" ".join(lights)) == " ".join(darks)


def test_outputs_with_nothing_to_show_are_dropped(weaver):
    """What a chapter only recorded leaves no trace on its page; text for terminals neither."""
    made = weaver.weave(notebook("", "<p>shown</p>"), "one")
    assert [o["data"] for o in made["cells"][0]["outputs"]] == [{"text/html": "<p>shown</p>"}]


def test_table_of_contents():
    """Chapters come in reading order: a chapter before its sections."""
    chapters = [{"file": "a", "sections": [{"file": "a/b"}]}, {"file": "c"}]
    contents = {"root": "index", "parts": [{"chapters": chapters}]}
    assert list(table_of_contents(contents)) == ["index", "a", "a/b", "c"]


def test_what_is_the_same_keeps_its_age(tmp_path):
    """A folder is made to hold just the files that it is given; one of the same bytes is not written again."""
    synchronise(tmp_path, {"same.md": b"one", "folder/other.md": b"two", "gone.md": b"three"})
    os.utime(tmp_path / "same.md", (1, 1))
    synchronise(tmp_path, {"same.md": b"one", "folder/other.md": b"new"})
    assert {p.name: p.read_bytes() for p in tmp_path.rglob("*.md")} == {"same.md": b"one", "other.md": b"new"}
    assert (tmp_path / "same.md").stat().st_mtime == 1


def test_the_article_is_mirrored():
    """The contents follow the article: abstract, introduction, literature, method, results, discussion, conclusion."""
    contents = list(table_of_contents())
    order = ["index", "abstract", "introduction", "literature-review", "method", "results", "synthesis"]
    order += [
        "bureaucracy-4-0",
        "conclusion",
        "references",
        "ledger",
        "codebook",
        "data-dictionary",
        "reproduce",
    ]
    assert [c for c in contents if c in order] == order


def test_the_regencies_stand_in_the_articles_order(shipped):
    """The contents have the article's regencies in the order of regencies.csv."""
    chapters = [c.removeprefix("regencies/") for c in table_of_contents() if c.startswith("regencies/")]
    assert chapters == list(shipped.of_article)


def test_svg_goes_through_unchanged(weaver):
    """A drawing with letters beyond ASCII is written as it was."""
    svg = "<svg><title>6P – é</title></svg>"
    block = Figure("f", svg, 1, 1, "See", "Alt")
    assert base64.b64encode(svg.encode()).decode() in block._repr_html_()
    woven(weaver, block, "one")
    assert weaver.files["figures/f.svg"].decode() == svg


def test_a_text_that_looks_like_a_placeholder_stays_in_a_tables_file(weaver):
    """Only the program's own placeholder stands for questions; the same signs in the data are text."""
    typed = "<!-- questions-on:E001 -->"
    woven(weaver, Table("p", "What", ["A"], [[Html(typed)], [typed], [html(typed)]]), "regencies/north")
    assert weaver.files["tables/regencies-north-p.csv"].decode().splitlines() == ["A", "Q001", typed, typed]
