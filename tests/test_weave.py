"""Weaving: placeholders, numbers, links and pictures of the executed notebooks."""

import base64
import os

import pytest
from bs4 import BeautifulSoup

from smart_asn.checks import judge
from smart_asn.language import Language
from smart_asn.markup import COLOURS, Figure, Table, html, link
from smart_asn.observations import regencies_stating
from smart_asn.pipeline.source import synchronise, table_of_contents
from smart_asn.pipeline.weave import Weaver, dark, relative


@pytest.fixture
def weaver(small):
    """What is known when the small world's chapters are woven: K001 is checked, and rests on E001 and E004."""
    record = judge(small, "K001", regencies_stating(("north", "south"), ("PLN01",))).record()
    return Weaver(small, [record | {"page_slug": "first"}], Language("en"))


def notebook(*blocks):
    outputs = [{"output_type": "display_data", "data": {"text/html": b, "text/plain": ""}} for b in blocks]
    return {"cells": [{"cell_type": "code", "source": "", "outputs": outputs}]}


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
    ],
)
def test_addresses_are_relative(page, target, place, address):
    """A link works wherever the book lies."""
    assert relative(page, target, place) == address


def test_links_between_chapters(weaver):
    """A link to a chapter's place becomes an address as seen from the page."""
    made = weaver.markup(str(link("ledger", "k001", "K001")), "regencies/north")
    assert made == '<a href="../ledger.html#k001">K001</a>'


def test_claims_on_a_source(weaver):
    """A source has links to the claims that rest on it; one without has a dash."""
    assert (
        weaver.markup("<!-- claims-on:E001 -->", "regencies/north")
        == '<a href="../ledger.html#k001">K001</a>'
    )
    assert weaver.markup("<!-- claims-on:E002 -->", "regencies/north") == "–"


def test_claims_about_a_regency(weaver):
    """A regency's chapter lists the claims that bear on it, with verdict and statement."""
    made = BeautifulSoup(weaver.markup("<!-- claims-about:south -->", "regencies/south"), "html.parser")
    assert made.li.a["href"] == "../ledger.html#k001"
    assert "supported" in made.li.get_text()
    assert "Both analyse posts." in made.li.get_text()


def test_placeholders_in_the_data_stay_text(weaver):
    """What looks like a placeholder, a number or a link but comes from the data is left alone."""
    text = html('<!-- claims-on:E001 --> <span class="number" data-number="table"></span> href="book:ledger"')
    assert weaver.markup(text, "ledger") == text


def test_numbers_run_through_the_book(weaver):
    """Tables and figures are numbered apart, in reading order, over all chapters."""
    table = Table("t", "What", ["A"], [["1"]])._repr_html_()
    first = weaver.markup(table + table, "one")
    second = weaver.markup(table + Figure("f", "<svg/>", 1, 1, "See", "Alt")._repr_html_(), "two")
    numbers = [s.get_text() for s in BeautifulSoup(first + second, "html.parser").select("span.number")]
    assert numbers == ["Table 1", "Table 2", "Table 3", "Figure 1"]


def test_a_picture_in_two_colourings(weaver):
    """A figure's SVG is written twice; both have the alt text, for just one is shown."""
    ink, bright = COLOURS["ink"]
    block = Figure("f", f'<svg fill="{ink}"/>', 10, 20, "See", "A bar.")._repr_html_()
    made = BeautifulSoup(weaver.markup(block, "regencies/north"), "html.parser")
    light, other = made.find_all("img", alt="A bar.")
    assert light["src"] == "../_static/figures/f.svg"
    assert other["src"] == "../_static/figures/f-dark.svg"
    assert weaver.files["figures/f.svg"].decode() == f'<svg fill="{ink}"/>'
    assert weaver.files["figures/f-dark.svg"].decode() == f'<svg fill="{bright}"/>'


def test_a_figures_name_is_its_own(weaver):
    """Two figures of one name would overwrite each other: an error that names the second's chapter."""
    block = Figure("f", "<svg/>", 1, 1, "See", "Alt")._repr_html_()
    weaver.markup(block, "one")
    with pytest.raises(
        ValueError, match=r"^two figures of the book have the name 'f' \(the second in two\)$"
    ):
        weaver.markup(block, "two")


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
    """The contents have the regencies in the order of regencies.csv."""
    chapters = [c.removeprefix("regencies/") for c in table_of_contents() if c.startswith("regencies/")]
    assert chapters == list(shipped.regencies["regency"])


def test_svg_goes_through_unchanged(weaver):
    """A drawing with letters beyond ASCII is written as it was."""
    svg = "<svg><title>6P – é</title></svg>"
    block = Figure("f", svg, 1, 1, "See", "Alt")._repr_html_()
    assert base64.b64encode(svg.encode()).decode() in block
    weaver.markup(block, "one")
    assert weaver.files["figures/f.svg"].decode() == svg
