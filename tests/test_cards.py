"""The verdict card, in words."""

import pytest
from bs4 import BeautifulSoup

from smart_asn.cards import SIGNS, asserted_text, card, locator
from smart_asn.checks import judge
from smart_asn.edition import Edition
from smart_asn.language import Language
from smart_asn.observations import Observation, regencies_stating
from smart_asn.verdicts import VERDICTS

EN, ID = Language("en"), Language("id")


@pytest.mark.parametrize(
    ("quantifier", "asserted", "shown"),
    [
        ("all", "6", "all (6)"),
        ("almost all", "6", "almost all (6)"),
        ("exactly", "3", "exactly 3"),
        ("at least", "3", "at least 3"),
        ("some", "1", "some"),
        ("figure", "12.5", "12.5"),
        ("text", "IPTEK", "IPTEK"),
        ("holds", "yes", "yes"),
    ],
)
def test_what_is_asserted(quantifier, asserted, shown):
    """What the article asserts reads as a person would say it."""
    assert asserted_text(quantifier, asserted, EN) == shown


def test_a_figure_in_indonesian():
    """Indonesian writes a decimal comma, and leaves a text alone."""
    assert asserted_text("figure", "12.5", ID) == "12,5"
    assert asserted_text("figure", "64.80", ID) == "64,80"
    assert asserted_text("figure", "1200", ID) == "1.200"
    assert asserted_text("figure", "2020", ID) == "2020"
    assert asserted_text("at most", "0.01", ID) == "paling banyak 0,01"
    assert asserted_text("text", "IPTEK", ID) == "IPTEK"


def test_locator():
    """One line is named alone, several as a range."""
    assert locator(185, 388, 390, EN) == "p. 185, lines 388–390"
    assert locator(185, 388, 388, EN) == "p. 185, line 388"


def test_every_verdict_has_a_shape_of_its_own():
    """Colour is never the only sign of a verdict."""
    assert set(SIGNS) == set(VERDICTS)
    assert len(set(SIGNS.values())) == len(VERDICTS)


def soup(small, claim, observed):
    edition = Edition(small, EN, "start")
    return BeautifulSoup(card(edition, judge(small, claim, observed)).markup, "html.parser")


def test_a_card(small):
    """A card has number, verdict, statement, place, both sides of the comparison, and links to its evidence."""
    made = soup(small, "K001", regencies_stating(("north", "south"), ("PLN01",)))
    facts = {d.dt.get_text(): d.dd.get_text() for d in made.dl.find_all("div")}
    assert made.select_one(".claim-number")["href"] == "book:ledger#k001"
    assert "supported" in made.select_one(".verdict").get_text()
    assert made.select_one(".statement").get_text() == "Both analyse posts."
    assert facts["Article"] == "p. 175, lines 2–3 · Start"
    assert (facts["Asserted"], facts["Observed"]) == ("all (2)", "2 of 2: North, South")
    assert [a["href"] for a in made.dl.find_all("a")] == [
        "book:regencies/north#e001",
        "book:regencies/south#e004",
    ]


def test_a_hostile_claim_stays_text(small):
    """A statement or a value from the data makes no markup in the card."""
    small._frames["claims"].loc[2, ["statement_en", "note_en"]] = "<b>bold</b><script>x</script>"
    made = soup(small, "K003", Observation(3, "passage", ("P001",), (), (("<i>i</i>", ""),), ("P001",)))
    assert not made.find_all(["script", "i"])
    assert made.select_one(".statement").get_text() == "<b>bold</b><script>x</script>"
