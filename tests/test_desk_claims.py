"""Each question and statement as a page, a file, a citation, and in the terminal."""

from __future__ import annotations

import json

import jsonschema
import pytest
from bs4 import BeautifulSoup
from desk_world import BOTH, questions

from smart_asn import __main__
from smart_asn.desk.check import card_lines, cell_runner, explain_lines, find, other_counts
from smart_asn.desk.dispute import dispute
from smart_asn.desk.files import desk_files
from smart_asn.desk.records import SCHEMA, build_checksum, claim_file, index_file, records
from smart_asn.edition import Edition
from smart_asn.history import Tombstone, entries
from smart_asn.language import Language
from smart_asn.observations import regencies_stating
from smart_asn.publication import Publication
from smart_asn.releases import Release
from smart_asn.site.citation import apa, bibtex, csl, entry, ris, works

EN = Language("en")


@pytest.fixture
def made(small):
    """The records of the small world."""
    return records(small, questions(small))


def test_every_question_and_statement_has_a_record(small, made):
    """Eight questions, eleven statements; one that is told is no question of fact and has no question."""
    assert len(made) == 8 + 11
    assert made["K010"]["outcome"] == "not a question of fact"
    assert made["K010"]["question"] is None
    assert made["Q001"]["cell"] == "start.html#q001"
    assert [s["id"] for s in made["Q002"]["statements"]] == ["K002", "K005"]


def test_a_record_holds_what_the_question_rests_on(made):
    """Evidence and passages with their places, sources and searches with their addresses, both readings."""
    assert made["Q001"]["evidence"][0] == {
        "id": "E001",
        "regency": "north",
        "measure": "PLN01",
        "doubtful": False,
        "place": {"page": 176, "first_line": 11, "last_line": 11, "anchor": "analisis jabatan"},
        "note": {"en": "", "id": ""},
    }
    assert made["Q004"]["sources"][0]["address"] == "https://example.org/share"
    assert made["Q005"]["searches"][0]["settles"]["en"] == "its text"
    assert made["Q006"]["readings"][1] == {
        "unit": "work-b",
        "first": "yes",
        "second": "nothing",
        "settled": "nothing",
    }


def test_files_have_the_published_form(made):
    """Every file of a question or statement, and their list, is as the JSON Schema describes it; a wrong one is not."""
    build = build_checksum(made)
    checker = jsonschema.Draft202012Validator(SCHEMA)
    texts = [*(claim_file(record, build) for record in made.values()), index_file(made, build)]
    for text in texts:
        checker.validate(json.loads(text))
    wrong = json.loads(texts[0]) | {"outcome": "true"}
    assert not checker.is_valid(wrong)


def test_a_build_is_known_by_its_content(small, made):
    """The same data give the same checksum; another anchor gives another, and changes its own records only."""
    again = records(small, questions(small))
    assert build_checksum(again) == build_checksum(made)
    claims = small.claims.copy()
    claims.loc[claims["claim"] == "K003", "anchor"] = "hal"
    small._frames["claims"] = claims
    other = records(small, questions(small))
    assert build_checksum(other) != build_checksum(made)
    assert [n for n in made if made[n]["digest"] != other[n]["digest"]] == ["Q003", "K003"]


@pytest.fixture
def site(small):
    """The desk's files of both editions, with an address."""
    return desk_files(small, questions(small), ("en", "id"), Publication("https://example.org/b/"), {})


def test_a_page_and_a_file_for_each(site, made):
    """Under each edition every record has its page and its file, and the list names both."""
    listed = json.loads(site["id/claims/index.json"])["claims"]
    assert [entry["id"] for entry in listed] == list(made)
    for entry_ in listed:
        assert {f"en/claims/{entry_['page']}", f"id/claims/{entry_['file']}"} <= set(site)
    assert site["en/claims/k001.json"] == site["id/claims/k001.json"]


def test_a_statements_page(site):
    """Its heading, the outcome, its place, the card, four ways to cite it, the commands, and links that lead on."""
    page = BeautifulSoup(site["en/claims/k003.html"], "html.parser")
    assert page.h1.get_text() == "Statement K003"
    assert page.select_one(".lead .outcome.contradicted")
    assert "p. 175, line 5" in page.get_text()
    assert page.select_one("#q003 .statements #k003")
    assert [h.get_text() for h in page.select(".cite h3")][:4] == ["Sentence", "BibTeX", "RIS", "CSL-JSON"]
    assert ".venv/bin/python -m smart_asn check K003" in page.get_text()
    links = {a["href"] for a in page.select("article a")}
    assert {"../start.html#q003", "../coverage.html#line-5", "k003.json"} <= links
    assert not any(link.startswith("book:") for link in links)
    assert page.find("link", rel="canonical")["href"] == "https://example.org/b/en/claims/k003.html"


def test_a_told_statements_page(site):
    """What is no question of fact has its page too, which says that it is told and why."""
    page = BeautifulSoup(site["en/claims/k010.html"], "html.parser")
    assert "Told, not checked: aim. Told only." in page.get_text()
    assert not page.select(".card")


def test_pages_keep_the_policy(site):
    """No page of the desk loosens the book's policy or has a style or handler in its markup."""
    for path, text in site.items():
        if path.endswith(".html"):
            page = BeautifulSoup(text, "html.parser")
            policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
            assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
            assert not page.select("[style], [onclick]")


def test_what_the_data_say_is_text(small):
    """Markup in the data is shown as it is written."""
    claims = small.claims.copy()
    claims.loc[claims["claim"] == "K003", "statement_en"] = '<img src=x onerror="alert(1)">'
    small._frames["claims"] = claims
    made_files = desk_files(small, questions(small), ("en",), Publication(), {})
    assert "<img" not in made_files["en/claims/k003.html"]


# Citing and disputing ---------------------------------------------------------------------------------------


def test_a_part_of_the_book_is_cited_with_its_build():
    """BibTeX, RIS, CSL-JSON and a sentence name the part, the book, the version with the build, and the address."""
    work = entry(
        works()[0], "K001", "Statement K001: So", "The book", "0.1.0, build abc", "https://e.org/k001"
    )
    assert bibtex(work, EN).startswith("@incollection{smartasn-k001,")
    assert "booktitle = {{The book}}" in bibtex(work, EN)
    assert {"TY  - CHAP", "T2  - The book", "ET  - 0.1.0, build abc"} <= set(ris(work).splitlines())
    (record,) = json.loads(csl(work))
    assert (record["type"], record["container-title"], record["URL"]) == (
        "chapter",
        "The book",
        "https://e.org/k001",
    )
    assert "Statement K001: So. In The book (Version 0.1.0, build abc)" in apa(work, EN)
    asked = entry(works()[0], "Q001", "Question Q001: So?", "The book", "0.1.0, build abc", "")
    assert "Question Q001: So? In The book (Version 0.1.0, build abc)" in apa(asked, EN)


def test_a_dispute_is_an_issue_where_there_is_a_repository():
    """With a repository the card leads to a prepared issue; without, there is a text to copy, and the contact if any."""
    issue = dispute("K001", "supported", "abc", Publication(repository="https://github.com/o/r"), EN)
    assert 'href="https://github.com/o/r/issues/new?title=Dispute+of+K001&amp;body=K001' in issue
    text = dispute("K001", "supported", "abc", Publication(contact="mailto:a@b.org"), EN)
    assert "<pre" in text and "build abc" in text and "mailto:a@b.org" in text
    assert "<pre" in dispute("K001", "supported", "abc", Publication(), EN)


# In the terminal --------------------------------------------------------------------------------------------


def test_check_prints_the_card(small, made):
    """The statement with outcome, place and anchor; the question, what was observed, the evidence, the cell."""
    lines = list(card_lines(Edition(small, EN, ""), made, "k001", 'check("Q001", tested)'))
    assert lines[0] == "K001  ● supported"
    assert "  Start, p. 175, lines 2–3: “semua”" in lines
    assert "    E001  North PLN01  p. 176, line 11  “analisis jabatan”" in lines
    assert lines[-2:] == ["  Where checked: start.html#q001", '    check("Q001", tested)']


def test_check_says_what_is_only_told(small, made):
    """A statement that no question checks ends with its kind."""
    assert list(card_lines(Edition(small, EN, ""), made, "K010", ""))[-1] == "Told, not checked: aim."


@pytest.mark.parametrize("number", ["k001", "K1", " k01 "])
def test_a_number_may_be_written_shortly(made, number):
    """Small letters, blanks and missing noughts do not matter."""
    assert find(made, number, EN)["id"] == "K001"


@pytest.mark.parametrize("number", ["K999", "k0", "P001", "41", "K", ""])
def test_check_of_a_number_that_is_not_there(made, number):
    """A number that never was, or none at all, is answered with the numbers there are."""
    with pytest.raises(KeyError) as error:
        find(made, number, EN)
    assert error.value.args[0] == (
        f"There is no {number}: statements have the numbers K001 to K011, questions Q001 to Q008."
    )


def test_check_of_a_number_that_was_left_free(made):
    """A number that was given up before a release says so, and which are next to it."""
    del made["K005"], made["K006"]
    with pytest.raises(KeyError) as error:
        find(made, "k5", EN)
    assert error.value.args[0] == (
        "There is no K005: the number was left free, as those are that were joined with another or withdrawn before a "
        "release; it is not given again. Next to it are K004 and K007."
    )


def test_numbers_that_are_not_there_in_the_terminal(small, made, monkeypatch, capsys):
    """In both languages ``check`` and ``explain`` answer in one line and end with 1, without a traceback."""
    monkeypatch.setattr("smart_asn.data.load", lambda: small)
    monkeypatch.setattr("smart_asn.ledger.gather", lambda data, language: questions(small))
    assert __main__.main(["check", "K900"]) == 1
    assert capsys.readouterr().err.startswith("There is no K900: statements have the numbers K001 to K011")
    assert __main__.main(["explain", "K900", "--language", "id"]) == 1
    assert capsys.readouterr().err.startswith("Tidak ada K900: ")


def test_a_cell_is_run_again_without_a_word(capsys):
    """What ``explain`` runs again in a terminal prints nothing of what a notebook would show."""
    assert cell_runner("en")('check("Q099", observed=present("PLN01"))', "bureaucracy-4-0") is not None
    assert capsys.readouterr().out == ""


def test_what_became_of_a_dropped_statement(small, monkeypatch, capsys):
    """Of one that was dropped after a release ``check`` says when, what it said, and why."""
    entry = entries(small, questions(small))["K002"]
    stone = Tombstone(
        "K900", Release("0.1.0", "2027-01-05", "0" * 16, {}), entry, {"en": "Twice.", "id": "Dua kali."}
    )
    monkeypatch.setattr("smart_asn.data.load", lambda: small)
    monkeypatch.setattr("smart_asn.ledger.gather", lambda data, language: questions(small))
    monkeypatch.setattr("smart_asn.history.tombstones", lambda steps: {"K900": stone})
    assert __main__.main(["check", "k900"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "K900  Dropped after release 0.1.0 (5 January 2027); the number is not given again.",
        "  What it said: ◐ partly supported: Both take people in online.",
        "  Why: Twice.",
    ]


def test_explain_names_the_codings_that_would_change_it(small, made):
    """For a counted question: the rule, the other counts, and each coding that turns the outcome alone."""
    lines = list(explain_lines(Edition(small, EN, ""), made, "K001", regencies_stating(BOTH, ("PLN01",))))
    assert "  Rule: all (2)." in lines
    assert "    0: no basis given" in lines and "    1: partly supported" in lines
    assert "    North PLN01 (Job analysis): partly supported" in lines
    assert "    South PLN01 (Job analysis): partly supported" in lines


def test_explain_names_what_would_settle_it(small, made):
    """What is not verified names the source that would settle it; an aim says that nothing would."""
    edition = Edition(small, EN, "")
    assert list(explain_lines(edition, made, "K007", None))[-1] == "    its text"
    assert "no question of fact" in list(explain_lines(edition, made, "K010", None))[-1]


def test_other_counts_are_grouped(made):
    """Equal outcomes of neighbouring counts stand in one line."""
    statement = {"scope": "almost all", "asserted": "6"}
    assert list(other_counts(statement, 6, EN)) == [
        "0: no basis given",
        "1–4: partly supported",
        "5–6: supported",
    ]


def test_a_cell_can_be_run_again():
    """What a cell observes is had again from its lines; a cell that needs more gives nothing."""
    run = cell_runner("en")
    assert run('check("Q100", observed=present("PLN07"))', "start").kind == "regency"
    assert run("check('Q100', observed=not_there)", "start") is None
