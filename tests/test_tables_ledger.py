"""The tables and texts of the ledger, on the small world: each against an answer worked out by hand."""

from dataclasses import replace

import pandas as pd
import pytest
from tables_read import caption, links, rows, soup, words

from smart_asn import tables
from smart_asn.checks import judge
from smart_asn.ledger import question_frame
from smart_asn.observations import Observation, regencies_stating
from smart_asn.outcomes import OUTCOMES
from smart_asn.tables import ledger as ledger_tables
from smart_asn.tables.ledger import count_outcomes, filtered

BOTH = ("north", "south")
HERE = "book:coding-and-checking#table-outcomes"


@pytest.fixture
def questions(small):
    """The questions of the small world, checked, each with its chapter."""
    observed = {
        "Q001": regencies_stating(BOTH, ("PLN01",)),
        "Q002": regencies_stating(BOTH, ("REC01",)),
        "Q003": Observation(2, members=("first", "second"), sources=("P001", "P002")),
        "Q004": Observation(12.46, sources=("share", "share-2018"), earlier=11.24, period="2020"),
        "Q005": Observation(None, "search", sources=("regulation",)),
        "Q006": Observation(1, "unit", ("work-a",), ("work-a", "work-b"), doubtful=(("work-b", "yes"),)),
        "Q007": Observation(0, "unit", (), ("reason",), sources=("P005",)),
        "Q008": Observation(1, "unit", ("year",), ("year",), sources=("P006", "P007")),
    }
    chapters = small.questions.set_index("question")["chapter"]
    return [judge(small, q, seen).record() | {"chapter": chapters[q]} for q, seen in observed.items()]


def test_question_frame(edition, questions):
    """A row for each question, under the outcome and kind of its first statement."""
    frame = question_frame(edition.data, questions).set_index("question")
    assert frame["outcome"].to_dict() == {
        "Q001": "supported",
        "Q002": "partly supported",
        "Q003": "contradicted",
        "Q004": "supported",
        "Q005": "not verified",
        "Q006": "partly supported",
        "Q007": "no basis given",
        "Q008": "supported",
    }
    assert frame.loc["Q002"].to_dict() == {
        "outcome": "partly supported",
        "kind": "six",
        "section": "start",
        "how": "counted",
        "statements": 2,
        "stands": False,
    }
    assert list(question_frame(edition.data, []).columns)[:2] == ["question", "outcome"]


def test_count_outcomes(edition, questions):
    """How many questions have each outcome, of all or of some kinds; what was not verified is not scored."""
    every = count_outcomes(edition, questions)
    assert (every["all"], every["scored"], every["supported"], every["not verified"]) == (8, 7, 3, 1)
    six = count_outcomes(edition, questions, "six")
    assert (six["all"], six["supported"], six["partly supported"]) == (2, 1, 1)


def test_outcome_counts(edition, questions):
    """Questions by kind and outcome: rows and columns add up, and each number opens the ledger on what it counts."""
    table = tables.table_outcome_counts(edition, questions)
    assert rows(table) == [
        ["what a regency plans", "–", "–", "–", "–", "–", "1", "1"],
        ["the six together", "1", "1", "–", "–", "–", "–", "2"],
        ["background facts", "2", "–", "–", "–", "–", "–", "2"],
        ["method", "–", "–", "–", "1", "1", "–", "2"],
        ["who said it", "–", "1", "–", "–", "–", "–", "1"],
        ["all questions", "3", "2", "–", "1", "1", "1", "8"],
    ]
    assert "book:ledger?outcome=partly-supported&kind=six" in links(table)
    assert links(table)[-1] == "book:ledger?outcome=not-verified"


def test_filtered():
    """The query names what it filters by, and only that."""
    assert filtered("no basis given", "six") == "?outcome=no-basis-given&kind=six"
    assert filtered(kind="plan") == "?kind=plan"


def test_ledger_cards(edition, questions):
    """Every question as a line with its card, and what the filters read: all outcomes, kinds and sections in it."""
    items = soup(tables.ledger_cards(edition, questions)).select("#ledger-list > li")
    assert len(items) == 8
    assert items[1].attrs == {
        "data-outcome": "partly-supported supported",
        "data-kind": "six",
        "data-section": "start",
        "data-how": "counted",
    }
    assert items[3]["data-how"] == "looked-up"
    assert items[4].select_one(".card-body")["id"] == "q005"
    assert items[4].find("a", href="book:regencies/north#q005") is not None


def test_ledger_filters(edition, questions):
    """A control for outcome, kind, section and way of observing, with only the sections that have statements."""
    page = soup(tables.ledger_filters(edition, questions))
    options = {s["data-filter"]: [o["value"] for o in s.find_all("option")] for s in page.find_all("select")}
    assert options["section"] == ["", "start", "north"]
    assert options["outcome"][1:] == [o.replace(" ", "-") for o in OUTCOMES[:-1]]
    assert options["kind"][1:] == ["plan", "six", "background", "method", "attribution"]
    assert options["how"][1:] == ["counted", "compared", "computed", "looked-up", "read"]
    assert page.output["data-template"] == "{count} of {total} questions shown"
    assert page.form["data-for"] == "ledger-list"


def test_told(edition):
    """The one statement that is no question of fact, with its kind, its note and its place."""
    table = tables.table_told(edition)
    assert rows(table) == [["K010", "aim", "The aim is one service. Told only.", "Start, p. 175, line 9"]]
    assert caption(table) == "Statements that are no question of fact: 1"
    assert [r["id"] for r in soup(table).select("tbody tr")] == ["k010"]


def test_errata(edition):
    """Slips of one kind or one section; where a statement is about one, a link to it; whose slip it may be."""
    every = tables.table_errata(edition)
    assert [r[0] for r in rows(every)] == ["R01", "R02"]
    assert caption(every) == "Slips of meaning and of print"
    assert rows(tables.table_errata(edition, kind="meaning")) == [
        ["R01", "p. 175, line 5", "tiga", "three announced", "two", "the article’s", "K003"]
    ]
    assert links(tables.table_errata(edition, kind="meaning")) == ["book:ledger#k003"]
    printed = tables.table_errata(edition, "north", "print")
    assert rows(printed)[0][-2:] == ["perhaps the scan’s", "–"]
    assert caption(printed) == "Slips of the printed text"
    assert words(tables.table_errata(edition, "north", "meaning")) == (
        "No slip that changes a meaning was found in this section."
    )


def test_an_erratum_of_a_statement_that_is_only_told(edition):
    """A statement that no question checks has no card to lead to."""
    edition.data._frames["errata"].loc[0, "claim"] = "K010"
    assert rows(tables.table_errata(edition))[0][-1] == "–"


def test_findings(edition, questions):
    """The plans first, then the six together, then the rest, each counted; and in bold what is no evidence."""
    assert words(tables.findings(edition, questions)) == (
        "For what each of the two regencies plans, the article is the only witness: none of the road maps was open to "
        "us. Of the two questions about the six together that could be checked, the outcome is supported "
        "for one, partly supported for one, and contradicted for none. Of the five "
        "on background, method and sources that could be checked, the outcome is supported for two, partly supported for "
        "one, contradicted for one, and no basis given for one. “Not verified” means "
        "that documents were not open to us, one in all; it is no evidence against anyone."
    )
    assert "no evidence against anyone" in soup(tables.findings(edition, questions)).strong.get_text()


def test_outcome_list(edition, questions):
    """Each outcome that occurs, with its number, leads to the ledger's questions that have it."""
    items = soup(tables.outcome_list(edition, questions)).find_all("li")
    assert [int(i.b.get_text()) for i in items] == [3, 2, 1, 1, 1]
    assert items[1].a["href"] == "book:ledger?outcome=partly-supported"


def test_statement_lines(edition, questions):
    """A few statements in a line each: outcome, what the article says, what was observed; each leads to its card."""
    (line,) = soup(tables.statement_lines(edition, questions, ["K005"])).find_all("li")
    assert " ".join(line.get_text(" ").split()) == (
        "K005 ● supported At least one takes people in online. Reported for one of two (North)."
    )
    assert [a["href"] for a in line.find_all("a")] == ["book:start#k005", HERE]


def test_headline(edition, questions):
    """The book in figures, each with a link to what it counts."""
    block = tables.headline(edition, questions)
    assert words(block) == "2 regencies 3 measures 4 passages of evidence 8 questions asked"
    assert links(block)[-1] == "book:ledger"


def test_ways_in(edition):
    """A reader, a student, a reviewer and a colleague each have a card; the reader's leads to every regency."""
    page = soup(tables.ways_in(edition))
    assert [h.get_text() for h in page.find_all("h3")] == ["To read", "To re-run", "To verify", "To add"]
    first = [card.a["href"] for card in page.find_all("li")]
    assert first == ["book:five-minutes", "book:start-here", "book:ledger", "book:seventh-regency"]
    assert {"book:regencies/north", "book:regencies/south"} <= set(links(tables.ways_in(edition)))


def test_ways_in_of_very_many(edition, monkeypatch):
    """Of more regencies than a page can name, the first page names the article's alone."""
    monkeypatch.setattr(ledger_tables, "MANY", 2)
    more = pd.concat(
        [edition.data.regencies, edition.data.regencies.tail(1).assign(regency="east", of_article=False)]
    )
    many = replace(edition, data=replace(edition.data, _frames={**edition.data._frames, "regencies": more}))
    assert [x for x in links(tables.ways_in(many)) if "regencies" in x] == [
        "book:regencies/north",
        "book:regencies/south",
    ]
