"""The coverage strip: every line of the article once, with what becomes of it."""

from bs4 import BeautifulSoup
from desk_world import questions

from smart_asn.edition import Edition
from smart_asn.language import Language
from smart_asn.ledger import line_states
from smart_asn.markup import html
from smart_asn.tables.coverage import coverage_findings, coverage_key, coverage_strip, runs, table_coverage


def edition(data):
    return Edition(data, Language("en"), "coverage")


def strip(data, asked):
    return BeautifulSoup(str(html(coverage_strip(edition(data), asked))), "html.parser")


def test_every_line_is_in_one_run(small):
    """The runs cover the article from its first line to its last, without gap or overlap, within printed pages."""
    found = runs(edition(small), questions(small))
    lines = [line for run in found for line in range(run.first, run.last + 1)]
    assert lines == list(range(1, 31))
    assert {run.page for run in found} == {175, 176, 177}


def test_a_run_has_the_outcome_of_its_first_question(small):
    """A line on which a contradicted statement stands is contradicted; an aim is told; a heading is a heading."""
    found = {run.first: run for run in runs(edition(small), questions(small))}
    assert found[5].outcome == "contradicted" and found[5].claims == ("K003",)
    assert found[9].state == "told, not a question of fact"
    assert (found[1].state, found[1].outcome) == ("heading", "")


def test_a_tick_for_each_printed_line(small):
    """As many ticks as lines that are not blank; each tick leads to an entry of the strip."""
    made = strip(small, questions(small))
    printed = (line_states(small)["state"] != "blank").sum()
    assert len(made.select(".ticks .run > span")) == printed
    ids = {entry["id"] for entry in made.select(".strip-lines li")}
    assert {a["href"].removeprefix("#") for a in made.select(".ticks a")} <= ids
    assert made.select_one('a.contradicted[href="#line-5"]')["aria-label"] == "line 5: K003, contradicted"


def test_an_entry_leads_to_its_statements(small):
    """What stands on a line is linked to the statement's own page."""
    entry = strip(small, questions(small)).find(id="line-5")
    assert entry.a["href"] == "book:claims/k003"
    assert "Three things are listed." in entry.get_text()


def test_the_figures_add_up(small):
    """The table's lines add up to all printed lines, and its sentences have the same figures."""
    table = table_coverage(edition(small), questions(small))
    numbers = [int(row[1]) for row in table.rows]
    assert sum(numbers[:-1]) == numbers[-1] == (line_states(small)["state"] != "blank").sum()
    text = BeautifulSoup(
        str(html(coverage_findings(edition(small), questions(small)))), "html.parser"
    ).get_text()
    assert f"Of {numbers[-1]} printed lines" in text
    assert "no question is asked of them: 1 (aim 1)" in text


def test_every_sign_is_explained(small):
    """The key names each outcome and each state that has a sign of its own."""
    made = BeautifulSoup(str(html(coverage_key(edition(small)))), "html.parser")
    assert len(made.find_all("li")) == 7 + 3


def test_every_line_of_the_shipped_article_has_a_state(shipped):
    """No line of the article is forgotten."""
    assert all(run.state for run in runs(edition(shipped), []))
