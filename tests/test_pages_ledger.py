"""The ledger, the matrix and the cards in a real browser: what a reader narrows, sorts and opens."""

from __future__ import annotations

import json
import re

from built import IN_BROWSER

from smart_asn.places import SITE

pytestmark = IN_BROWSER


def visible_questions(page) -> list[str]:
    """The questions of the ledger that can be seen, by their places."""
    return page.locator("#ledger-list > li:visible .card-body").evaluate_all("(all) => all.map((c) => c.id)")


def test_ledger_filters_by_keyboard(page, address):
    """The ledger can be narrowed to one outcome with the keyboard, and says how many questions are left."""
    page.goto(f"{address}ledger.html")
    page.focus("[data-filter=outcome]")
    page.keyboard.type("partly")
    ledger = json.loads((SITE / "ledger.json").read_text("utf-8"))
    partly = {c["question"] for c in ledger["claims"] if c["outcome"] == "partly supported"}
    expected = [q["question"].lower() for q in ledger["questions"] if q["question"] in partly]
    assert visible_questions(page) == expected
    assert page.inner_text(".filters output").startswith(f"{len(expected)} of {len(ledger['questions'])} ")


def test_the_ledgers_address_has_what_is_chosen(page, address):
    """What is filtered stands in the address, so that it can be shared; an address with a filter opens on it."""
    page.goto(f"{address}ledger.html")
    page.select_option("[data-filter=kind]", "six")
    shown = visible_questions(page)
    assert "kind=six" in page.url
    page.goto(f"{address}ledger.html?kind=six")
    assert visible_questions(page) == shown != []


def test_search_in_the_ledger_ignores_case(page, address):
    """The ledger's own search shows the rows that have the words, in whatever case."""
    page.goto(f"{address}ledger.html")
    page.fill("[data-filter=text]", "workLOAD")
    texts = page.locator("#ledger-list > li:visible").evaluate_all(
        "(items) => items.map((i) => i.textContent)"
    )
    assert texts
    assert all("workload" in text.lower() for text in texts)


def test_matrix_sorts_by_keyboard(page, address):
    """The matrix sorts by a regency and by strategy; once upwards, twice downwards, numbers as numbers."""
    page.goto(f"{address}synthesis.html#table-matrix")
    count = page.locator("#table-matrix thead th:last-child button")
    count.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    stated = [int(n) for n in page.locator("#table-matrix tbody td:last-child").all_inner_texts()]
    assert stated == sorted(stated, reverse=True)
    page.locator("#table-matrix thead th:nth-child(2) button").focus()
    page.keyboard.press("Space")
    strategies = page.locator("#table-matrix tbody td:nth-child(2)").all_inner_texts()
    assert strategies == sorted(strategies)
    assert page.get_attribute("#table-matrix thead th:nth-child(2)", "aria-sort") == "ascending"
    assert page.get_attribute("#table-matrix thead th:last-child", "aria-sort") is None


def test_matrix_filters_by_keyboard(page, address):
    """The matrix can be narrowed to one strategy and to what one regency alone states, and says how much is left."""
    page.goto(f"{address}synthesis.html#table-matrix")
    page.focus("[data-filter=shared]")
    page.keyboard.type("one")
    counts = page.locator("#table-matrix tbody tr:visible td:last-child").all_inner_texts()
    assert set(counts) == {"1"}
    assert page.inner_text(".filters output").startswith(f"{len(counts)} of ")
    page.focus("[data-filter=strategy]")
    page.keyboard.press("ArrowDown")
    assert page.locator("#table-matrix tbody tr:visible").count() < len(counts)


def test_matrix_shows_what_all_share(page, address):
    """The matrix can be narrowed to the measures that all regencies state."""
    page.goto(f"{address}synthesis.html#table-matrix")
    page.select_option("[data-filter=shared]", "all")
    counts = page.locator("#table-matrix tbody tr:visible td:last-child").all_inner_texts()
    assert set(counts) == {"6"}


def test_matrix_cell_opens_its_evidence(page, address):
    """A sign of the matrix leads to the row with the article's words in the regency's chapter."""
    page.goto(f"{address}synthesis.html#table-matrix")
    page.locator("#table-matrix a.cell").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"regencies/.*#e\d+$"))
    assert page.locator("tr:target q").inner_text()


def test_a_question_leads_to_its_cell_its_evidence_and_back(page, address):
    """From a card of the ledger to its cell, from there to an evidence row, and from that back to the card, which opens."""
    ledger = json.loads((SITE / "ledger.json").read_text("utf-8"))
    entry = next(q for q in ledger["questions"] if 0 < len(q["evidence"]) <= 6)
    place = entry["question"].lower()
    page.goto(f"{address}ledger.html#{place}")
    page.locator(f"#{place} a[href$='{entry['cell'].split('/', 1)[1]}']").first.click()
    page.wait_for_url(f"**/{entry['cell']}")
    assert page.locator(f"#{place}").is_visible()
    page.locator(f"#{place} a[href*='regencies/']").first.click()
    page.wait_for_url(re.compile(r"regencies/.*#e\d+$"))
    page.locator(f"tr:target a[href$='#{place}']").click()
    page.wait_for_url(f"**/ledger.html#{place}")
    assert page.locator(f"#{place}").is_visible()


def test_a_mark_opens_its_card(page, address):
    """A mark in the prose leads to its statement, and the folded card that has it opens; its lines unfold in it."""
    page.goto(f"{address}abstract.html")
    mark = page.locator("a.mark[href^='#']").first
    place = mark.get_attribute("href")
    assert not page.locator(place).is_visible()
    mark.click()
    page.wait_for_function(f"() => document.querySelector('{place}').checkVisibility()")
    card = page.locator("details.card[open]").first
    assert not card.locator("pre").is_visible()
    card.locator(".cell-source summary").click()
    assert "check(" in card.locator("pre").inner_text()
