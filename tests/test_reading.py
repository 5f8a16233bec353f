"""A finished page as a chapter to read: what stays, what goes, and where its links lead."""

import xml.etree.ElementTree as ElementTree

import pytest

from smart_asn.exports.reading import INTERACTIVE, outline, read_edition, read_page
from smart_asn.language import Language

PAGE = """<html><body><header>Search</header><article>
<section id="pati"><h1>Pati &amp; more<a class="headerlink" href="#pati">#</a></h1>
<p>Text<br>with <a class="mark supported" href="#k001">K001</a>, <a href="../method.html#q002">there</a>,
<a href="../claims/q002.html">the claim</a> and <a href="https://example.org/a">a source</a>.</p>
<div class="cell"><details class="hide"><summary>Code</summary><pre>x = 1</pre></details></div>
<div class="cell"><figure><div class="picture">
<picture><source media="(max-width: 40rem)" srcset="../_static/figures/f-phone.svg" width="9"><img class="light-figure" loading="lazy" src="../_static/figures/f.svg" alt="Six bars"></picture>
<picture><img class="dark-figure" src="../_static/figures/f-dark.svg" alt="Six bars"></picture>
<svg class="spots"><a href="tapin.html"><rect></rect></a></svg></div></figure>
<p class="tools"><a href="../_static/figures/f.svg" download>SVG</a></p></div>
<form class="filters" hidden><select><option>all</option></select></form>
<details class="card"><summary>Asked?</summary><ul><li id="k001">Said</li></ul></details><!-- note -->
</section></article></body></html>"""
KNOWN = frozenset(["regencies/pati", "method"])


@pytest.fixture
def made():
    """The page as a chapter, of a site whose address is not known."""
    return read_page(PAGE, "regencies/pati", KNOWN, Language("en"), "")


def parsed(chapter):
    return ElementTree.fromstring(f"<body>{chapter.markup}</body>")


def test_it_is_well_formed(made):
    """What HTML leaves open is closed, and the title is plain text."""
    assert parsed(made).find("section/p/br") is not None
    assert made.title == "Pati & more"


def test_only_the_chapter_stays(made):
    """Header, controls, code, links to files and the links that lie over a figure go; the check stays, folded."""
    text = "".join(parsed(made).itertext())
    for gone in ("Search", "x = 1", "SVG", "all", "#", "note"):
        assert gone not in text
    assert "Asked?" in text
    assert [d.get("class") for d in parsed(made).iter("details")] == ["card"]
    assert list(parsed(made).iter("rect")) == []


def test_a_figure_keeps_its_text_and_its_drawing_for_a_phone(made):
    """Of the pair for light and dark pages the light one stays, and both of its layouts."""
    (image,) = parsed(made).iter("img")
    assert (image.get("src"), image.get("alt")) == ("picture:_static/figures/f.svg", "Six bars")
    (source,) = parsed(made).iter("source")
    assert source.get("type") == "image/svg+xml"
    assert made.pictures == ("_static/figures/f-phone.svg", "_static/figures/f.svg")


def test_links_stay_within_the_book(made):
    """A link to a chapter leads within the book, one to a page of the site alone is text, one elsewhere stays."""
    links = {a.text: a.get("href") for a in parsed(made).iter("a")}
    assert links == {
        "K001": "book:regencies/pati#k001",
        "there": "book:method#q002",
        "a source": "https://example.org/a",
    }


def test_where_the_site_is_known_links_lead_there():
    """A link to what the book does not have leads to the site."""
    made = read_page(PAGE, "regencies/pati", KNOWN, Language("en"), "https://example.org/book/en/")
    links = {a.text: a.get("href") for a in parsed(made).iter("a")}
    assert links["the claim"] == "https://example.org/book/en/claims/q002.html"


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_line_stands_in_the_place_of_a_tool(language):
    """A chapter that is a tool of the site is replaced by its title and a line that names its page."""
    page = "<article><section><h1>Walk</h1><div id='walk'>buttons</div></section></article>"
    made = read_page(page, INTERACTIVE[0], frozenset(), Language(language), "")
    assert "buttons" not in made.markup
    assert f"{INTERACTIVE[0]}.html" in made.markup
    assert ("browser" in made.markup) == (language == "en")


def test_a_statement_of_several_lines_is_said_once():
    """Where a statement runs on over further lines, its number stands there alone; another statement is said in full."""
    lines = "".join(
        f'<li id="line-{n}"><a href="claims/k001.html">K001</a> <span class="says">First.</span>{more}</li>'
        for n, more in (
            (1, ""),
            (2, '<br><a href="claims/k002.html">K002</a> <span class="says">Next.</span>'),
        )
    )
    page = f'<article><h1>C</h1><ul class="strip-lines">{lines}</ul></article>'
    made = read_page(page, "coverage", KNOWN, Language("en"), "")
    assert [" ".join("".join(li.itertext()).split()) for li in parsed(made).iter("li")] == [
        "K001 First.",
        "K001 K002 Next.",
    ]


def test_a_page_without_an_article_is_an_error():
    """The message names the page and what was expected."""
    with pytest.raises(ValueError, match=r"the page method has no article; expected one element <article>"):
        read_page("<p>x</p>", "method", KNOWN, Language("en"), "")


CONTENTS = {
    "root": "index",
    "parts": [
        {"caption": "One", "chapters": [{"file": "a", "sections": [{"file": "a/b"}]}, {"file": "c"}]},
        {"caption": "Two", "chapters": [{"file": "d"}]},
    ],
}


def test_the_outline_follows_the_contents():
    """Each chapter comes with its depth, and the first of a part with the part's caption."""
    assert list(outline(CONTENTS)) == [
        ("index", 0, ""),
        ("a", 0, "One"),
        ("a/b", 1, ""),
        ("c", 0, ""),
        ("d", 0, "Two"),
    ]


def test_a_link_to_a_place_that_went_leads_to_its_chapter(tmp_path):
    """No link of the book leads to a place that the book does not have."""
    texts = {"index": '<a href="c.html#kept">x</a> <a href="c.html#gone">y</a>', "c": '<p id="kept">z</p>'}
    for name, text in texts.items():
        (tmp_path / f"{name}.html").write_text(f"<article><h1>{name}</h1>{text}</article>", "utf-8")
    contents = {"root": "index", "parts": [{"caption": "One", "chapters": [{"file": "c"}]}]}
    first = read_edition(tmp_path, contents, Language("en"))[0]
    assert 'href="book:c#kept"' in first.markup
    assert 'href="book:c">y' in first.markup
