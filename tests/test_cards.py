"""The card of a question, in words."""

import pytest
from bs4 import BeautifulSoup

from smart_asn.cards import HOW_SENTENCES, SIGNS, card, css_name, locator, outcome_badge
from smart_asn.checks import judge
from smart_asn.edition import Edition
from smart_asn.language import Language
from smart_asn.ledger import main_outcome
from smart_asn.observations import Observation, regencies_stating
from smart_asn.outcomes import HOW, MEANINGS, OUTCOMES

EN, ID = Language("en"), Language("id")
BOTH = ("north", "south")


def soup(small, question, observed, speak=EN, home=""):
    """The card of a question."""
    made = card(Edition(small, speak, "start"), judge(small, question, observed).record(), home)
    return BeautifulSoup(made.markup, "html.parser")


def facts(made) -> dict[str, str]:
    """What stands in a card's list, by name."""
    return {d.dt.get_text(): " ".join(d.dd.get_text().split()) for d in made.dl.find_all("div")}


def unseen(*searches):
    return Observation(None, "search", sources=searches)


def test_locator():
    """One line is named alone, several as a range."""
    assert locator(185, 388, 390, EN) == "p. 185, lines 388–390"
    assert locator(185, 388, 388, EN) == "p. 185, line 388"


def test_every_outcome_has_a_shape_of_its_own():
    """Colour is never the only sign of an outcome."""
    assert set(SIGNS) == set(OUTCOMES)
    assert len(set(SIGNS.values())) == len(OUTCOMES)


def test_every_way_of_observing_is_said():
    """Each way in which an observation is made has its words."""
    assert set(HOW_SENTENCES) == set(HOW)


def test_an_outcome_explains_itself():
    """A badge has the word, a sign that is not read aloud, and the meaning on hover."""
    badge = BeautifulSoup(outcome_badge("out of date", EN).markup, "html.parser").span
    assert badge["class"] == ["outcome", "out-of-date"]
    assert badge["title"] == MEANINGS["out of date"]
    assert badge.select_one("[aria-hidden]").get_text() == SIGNS["out of date"]


def test_a_folded_card(small):
    """One line: the outcome, the question, the numbers of its statements; the rest opens in place."""
    made = soup(small, "Q001", regencies_stating(BOTH, ("PLN01",)))
    assert made.details["class"] == ["card", "supported"]
    assert not made.details.has_attr("open")
    line = made.details.summary
    assert line.select_one(".asked").get_text() == "Do both analyse posts?"
    assert line.select_one(".numbers").get_text() == "K001"
    assert "supported" in line.select_one(".outcome").get_text()


def test_an_open_card(small):
    """What was observed and how; the statement with its place and words; the evidence; a link to the rules."""
    made = soup(small, "Q001", regencies_stating(BOTH, ("PLN01",)))
    body = made.select_one(".card-body")
    assert body["id"] == "q001"
    assert facts(made) == {
        "Observed": "Reported for two of two: North and South. (counted from the coded sections)",
        "Rests on": "E001, E004",
    }
    assert [a["href"] for a in made.dl.find_all("a")] == [
        "book:regencies/north#e001",
        "book:regencies/south#e004",
    ]
    assert body.select_one("a.rule")["href"] == "book:coding-and-checking#table-outcomes"
    item = body.find(id="k001")
    assert item.select_one(".statement").get_text() == "Both analyse posts."
    assert item.select_one(".note").get_text() == "Start, p. 175, lines 2–3: semua"
    assert item.q["lang"] == "id"


def test_statements_of_several_outcomes(small):
    """The line shows every outcome of its statements, the first one's first; each statement shows its own."""
    made = soup(small, "Q002", regencies_stating(BOTH, ("REC01",)))
    shown = [b["class"][1] for b in made.summary.select(".outcome")]
    assert shown == ["partly-supported", "supported"]
    assert made.summary.select_one(".numbers").get_text() == "K002, K005"
    items = made.select(".statements > li")
    assert [i.select_one(".outcome")["class"][1] for i in items] == shown


def test_a_statement_alone_has_its_outcome_once(small):
    """A card with one statement shows the outcome in its head, not beside the statement again."""
    made = soup(small, "Q001", regencies_stating(BOTH, ("PLN01",)))
    assert made.select(".statements .outcome") == []


def test_doubt_kindest_reading_and_note_stand_where_there_are_any(small):
    """A statement shows its doubt, its kindest reading and its note, and only those that it has."""
    made = soup(small, "Q002", regencies_stating(BOTH, ("REC01",)))
    every, one = ([b.get_text() for b in i.find_all("b")] for i in made.select(".statements > li"))
    assert (every, one) == (["Doubt:", "Kindest reading:"], ["Doubt:"])
    note = soup(small, "Q007", Observation(0, "unit", (), ("reason",), sources=("P005",)))
    assert "Note: It is short." in note.get_text()


def test_whom_the_article_credits_is_said(small):
    """A statement that the article credits to a work names it."""
    made = soup(small, "Q006", Observation(2, "unit", ("work-a", "work-b"), ("work-a", "work-b")))
    assert "credited to A dalam B" in made.find(id="k008").get_text()


def test_a_public_source(small):
    """A source is linked at its own address, with how much of it was seen and when, and to its row in the list."""
    made = soup(small, "Q004", Observation(12.46, sources=("share",), period="2020"))
    outside, inside = made.dl.find_all("a")
    assert (outside["href"], outside["rel"]) == ("https://example.org/share", ["external"])
    assert inside["href"] == "book:public-sources#share"
    assert facts(made)["Rests on"] == "A register (whole seen November 2026; details)"
    assert facts(made)["Note"] == "Shares vary."


def test_a_search(small):
    """What was not open says what was looked for, where and when, the nearest thing, and what would settle it."""
    made = soup(small, "Q005", unseen("regulation"))
    assert made.details["class"] == ["card", "not-verified"]
    assert facts(made) == {
        "Observed": "Not seen: the regulation of North. (looked up in a public source)",
        "Not open to us": "the regulation of North",
        "Looked for": "its number (public pages, November 2026)",
        "Nearest": "a draft",
        "Would settle it": "its text",
    }


@pytest.mark.parametrize(
    ("sources", "address"),
    [
        (("egdi-IDN-2020",), "book:public-sources#egdi-idn-2020"),
        (("egdi-IDN-2020", "egdi-MYS-2020", "egdi-LAO-2020"), "book:public-sources#table-egdi"),
    ],
    ids=["one", "many"],
)
def test_a_series(small, sources, address):
    """A few countries of a series are linked row by row, many of them to the whole table."""
    made = soup(small, "Q004", Observation(0.66, sources=sources))
    assert made.dl.find_all("a")[-1]["href"] == address


def test_much_evidence_is_folded(small):
    """More than six places are folded under how many they are."""
    evidence = (*tuple(f"E00{n}" for n in (1, 2, 3, 4)), "P001", "P002", "P003")
    made = soup(small, "Q003", Observation(2, sources=evidence))
    assert made.dl.details.summary.get_text() == "7 places of evidence"
    assert len(made.dl.details.find_all("a")) == 7


def test_the_cells_lines_stand_in_its_own_chapter_only(small):
    """In its chapter a card has a place for the cell's lines; in the ledger it leads to that chapter."""
    here = str(soup(small, "Q001", regencies_stating(BOTH, ("PLN01",))))
    made = soup(small, "Q001", regencies_stating(BOTH, ("PLN01",)), home="start")
    assert "<!-- cell-source -->" in here
    assert "<!-- cell-source -->" not in str(made)
    assert made.find("a", href="book:start#q001").get_text() == "the cell in its chapter"


def test_in_indonesian(small):
    """The card of the Indonesian edition has the data's Indonesian texts, foreign words in italics."""
    small._frames["questions"].loc[0, "asked_id"] = "Adakah road map?"
    made = soup(small, "Q001", regencies_stating(BOTH, ("PLN01",)), ID)
    assert made.select_one(".asked").em.get_text() == "road map"
    assert made.select_one(".statement").get_text() == "Keduanya menganalisis jabatan."


def test_a_hostile_statement_stays_text(small):
    """A statement, a note, an address or a value from the data makes no markup in the card."""
    bad = '"><b>bold</b><script>x</script>'
    small._frames["claims"].loc[0, ["statement_en", "note_en", "kindest_en", "credits", "anchor"]] = bad
    small._frames["questions"].loc[0, ["asked_en", "note_en"]] = bad
    names = {"u": (bad, bad)}
    made = soup(small, "Q001", Observation(1, "unit", ("u",), ("u", "v"), names=names))
    assert not made.find_all("script")
    assert made.select_one(".statement").get_text() == bad
    small._frames["sources"].loc[0, ["title_en", "address"]] = bad
    assert not soup(small, "Q004", Observation(12.46, sources=("share",))).find_all("script")


def test_the_main_outcome_is_that_of_the_first_statement(small):
    """A question is counted under the outcome of its first statement in reading order."""
    record = judge(small, "Q002", regencies_stating(BOTH, ("REC01",))).record()
    assert main_outcome(record) == "partly supported"
    assert css_name(main_outcome(record)) == "partly-supported"
