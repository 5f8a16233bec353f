"""The marks in the prose: number and sign of an outcome, leading to the check."""

import json

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document

from smart_asn.cards import SIGNS
from smart_asn.ledger import MARKS
from smart_asn.site.marks import mark, set_marks

SHOWN = {
    "outcome": "partly supported",
    "word": "partly supported",
    "statement": 'Both take "people" in <online>.',
    "chapter": "regencies/north",
}


@pytest.mark.parametrize(
    ("docname", "address"),
    [
        ("regencies/north", "#k002"),
        ("regencies/south", "north.html#k002"),
        ("conclusion", "regencies/north.html#k002"),
        ("literature-review/reform", "../regencies/north.html#k002"),
    ],
)
def test_a_mark_leads_to_its_card(docname, address):
    """A mark leads to the statement in its card, from whichever page, within the page where it stands there."""
    assert BeautifulSoup(mark("K002", SHOWN, docname), "html.parser").a["href"] == address


def test_a_mark_explains_itself():
    """Its sign is not read aloud, its word is; on hover it says the outcome and the statement, whatever signs they have."""
    made = BeautifulSoup(mark("K002", SHOWN, "x"), "html.parser").a
    assert made["class"] == ["mark", "partly-supported"]
    assert made["title"] == 'partly supported: Both take "people" in <online>.'
    assert made.select_one("[aria-hidden]").get_text() == SIGNS["partly supported"]
    assert made.get_text() == f"{SIGNS['partly supported']}partly supported: K002"


@pytest.fixture
def page(tmp_path):
    """A page that marks K002 and K010 and links to an address; what it becomes."""
    (tmp_path / MARKS).write_text(json.dumps({"K002": SHOWN}), "utf-8")

    class App:
        srcdir = tmp_path
        builder = type("Builder", (), {"format": "html"})

    tree = new_document("page")
    for target in ("claim:K002", "claim:K010", "https://example.org"):
        tree += nodes.paragraph("", "", nodes.reference("", "text", refuri=target))
    return App, tree


def test_marks_are_set(page, caplog):
    """A link to a checked statement becomes its mark; one to a statement that no question checks is a warning."""
    app, tree = page
    with caplog.at_level("WARNING", logger="sphinx"):
        set_marks(app, tree, "conclusion")
    assert [n.astext() for n in tree.findall(nodes.raw)] == [mark("K002", SHOWN, "conclusion")]
    assert [r["refuri"] for r in tree.findall(nodes.reference)] == ["claim:K010", "https://example.org"]


def test_other_builders_are_left_alone(page):
    """Where no HTML is written, such as for the catalogues, a link stays a link."""
    app, tree = page
    app.builder.format = ""
    set_marks(app, tree, "conclusion")
    assert len(list(tree.findall(nodes.reference))) == 3
