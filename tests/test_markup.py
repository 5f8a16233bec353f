"""Blocks of HTML: hostile text stays text."""

import pytest
from bs4 import BeautifulSoup

from smart_asn.markup import (
    Figure,
    Html,
    Table,
    Title,
    bullets,
    folded,
    html,
    joined,
    link,
    paragraph,
    sentence,
)

HOSTILE = """</td><script>alert(1)</script> "quoted" 'single' & <!-- questions-on:E001 --> href="book:x" """


def soup(block):
    return BeautifulSoup(getattr(block, "markup", None) or block._repr_html_(), "html.parser")


@pytest.mark.parametrize(
    "block",
    [
        Html(html(HOSTILE)),
        link("ledger", "k001", HOSTILE),
        joined([HOSTILE]),
        paragraph(HOSTILE),
        bullets([HOSTILE]),
        Table("t", HOSTILE, [HOSTILE], [[HOSTILE]]),
        Figure("f", "<svg/>", 1, 1, HOSTILE, HOSTILE),
    ],
    ids=["html", "link", "joined", "paragraph", "bullets", "table", "figure"],
)
def test_hostile_text_stays_text(block):
    """Text from the data makes no element, no comment and no link, and is shown letter by letter."""
    made = soup(block)
    assert not made.find_all("script")
    comments = made.find_all(string=lambda s: type(s).__name__ == "Comment")
    assert [c for c in comments if c != " tools:table-t "] == []
    assert HOSTILE.strip() in made.get_text()
    assert 'href="book:x"' not in str(block._repr_html_())


def test_markup_is_not_escaped_twice():
    """Markup goes in as it is, text beside it is escaped."""
    assert str(joined([Html("<b>x</b>"), "<b>"], " ")) == "<b>x</b> &lt;b&gt;"


def test_an_apostrophe_in_markup_stays():
    """A paragraph leaves the text of its parts alone."""
    assert str(paragraph(Html("<i>it's</i>"), css="note")) == '<p class="note"><i>it\'s</i></p>'


def test_link():
    """A link names the chapter, the place, and a title that cannot break out of its attribute."""
    made = soup(link("regencies/north", "e001", "E001", title='"x'))
    assert made.a["href"] == "book:regencies/north#e001"
    assert made.a["title"] == '"x'
    assert soup(link("ledger", "", "L")).a["href"] == "book:ledger"


def test_table():
    """A table has a caption, header cells for columns and rows, ids for rows, and a name for those who do not see it."""
    table = Table("t", "What", ["A", "B"], [["1", "2"], ["3", "4"]], row_ids=["r1", "r2"])
    made = soup(table)
    assert made.caption.get_text() == "What"
    assert made.div["aria-label"] == "What"
    assert [th.get_text() for th in made.thead.find_all("th", scope="col")] == ["A", "B"]
    assert [(tr["id"], tr.th.get_text(), tr.td.get_text()) for tr in made.tbody.find_all("tr")] == [
        ("r1", "1", "2"),
        ("r2", "3", "4"),
    ]


def test_figure():
    """A figure has an id, its size, an alt text and a caption."""
    made = soup(Figure("f", "<svg/>", 10, 20, "See", "A bar."))
    assert (made.figure["id"], made.img["alt"], made.figcaption.get_text()) == ("f", "A bar.", "See")
    assert (made.img["width"], made.img["height"]) == ("10", "20")


def test_foreign_words_in_indonesian():
    """In Indonesian running text a foreign word is set in italics, as a whole word and whatever its capitals; in English not."""
    assert str(sentence("Road map & e-planning", "id")) == "<em>Road map</em> &amp; <em>e-planning</em>"
    assert str(sentence("Road map", "en")) == "Road map"
    assert str(sentence("gradasi, upgrade", "id")) == "gradasi, upgrade"


def test_folded_content():
    """Content is folded under its label, and closed."""
    made = soup(folded("<more>", Html("<p>x</p>"), "evidence")).details
    assert (made["class"], made.has_attr("open")) == (["evidence"], False)
    assert (made.summary.get_text(), made.p.get_text()) == ("<more>", "x")


def test_a_title_is_data_too():
    """A chapter's title is shown as a heading, and said as data."""
    title = Title("A & B")
    assert title._repr_html_() == "<h1>A &amp; B</h1>"
    assert title.blocks == ({"kind": "title", "text": "A & B"},)
