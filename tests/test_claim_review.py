"""What a statement's page tells machines of its outcome: fair, only where it is scored, and never a number."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from desk_world import questions

from smart_asn.desk.claim_review import claim_review, review
from smart_asn.desk.files import desk_files
from smart_asn.desk.records import records
from smart_asn.language import Language
from smart_asn.publication import Publication

EN, ID = Language("en"), Language("id")


@pytest.fixture
def made(small):
    """The records of the small world."""
    return records(small, questions(small))


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("K001", "supported"),
        ("K002", "partly supported"),
        ("K003", "contradicted"),
        ("K009", "no basis given"),
    ],
)
def test_a_scored_statement_is_reviewed_in_words(made, number, word):
    """The rating is the outcome's word, with what it means; there is no number, best or worst."""
    rating = review(made[number], made[made[number]["question"]], "", EN)["reviewRating"]
    assert rating["alternateName"] == word
    assert set(rating) == {"@type", "alternateName", "ratingExplanation"}


@pytest.mark.parametrize("number", ["K007", "K010", "Q001"])
def test_nothing_is_said_of_what_is_not_scored(made, number):
    """A statement that is not verified, one that is no question of fact, and a question have no review."""
    assert claim_review(made[number], made, "", EN) == ""


def test_a_review_says_what_was_asked_and_observed(made):
    """The outcome is about the question, and the review shows it, in the page's language."""
    told = review(made["K003"], made["Q003"], "https://example.org/id/claims/k003.html", ID)
    assert told["reviewAspect"] == made["Q003"]["asked"]["id"]
    assert told["reviewBody"] == made["Q003"]["observed"]["id"]
    assert told["reviewRating"]["ratingExplanation"].endswith(f"{told['reviewAspect']} {told['reviewBody']}")
    assert told["url"] == "https://example.org/id/claims/k003.html"
    assert told["itemReviewed"]["appearance"]["pagination"] == str(made["K003"]["place"]["page"])


def test_a_doubt_is_told_with_the_outcome(made):
    """K002 rests on doubtful cells: its review says that it would be otherwise."""
    doubt = made["K002"]["doubt"]["en"]
    assert doubt
    assert doubt in review(made["K002"], made["Q002"], "", EN)["reviewRating"]["ratingExplanation"]


def test_the_page_has_the_review_and_its_policy_is_not_loosened(small, made):
    """The data block is one that a browser does not run: the policy allows one script, the theme's, as before."""
    files = desk_files(small, questions(small), ["en"], Publication(), {})
    page = BeautifulSoup(files["en/claims/k003.html"], "html.parser")
    (block,) = page.find_all("script", type="application/ld+json")
    assert json.loads(block.string)["claimReviewed"] == made["K003"]["statement"]["en"]
    policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    scripts = next(part for part in policy.split(";") if "script-src" in part).split()
    assert scripts[:2] == ["script-src", "'self'"]
    assert [s[:8] for s in scripts[2:]] == ["'sha256-"]
    assert "unsafe" not in policy


def test_a_statement_cannot_end_its_data_block(made):
    """Markup in a statement stays text."""
    record = made["K003"] | {"statement": {"en": "</script><script>alert(1)</script>", "id": ""}}
    text = claim_review(record, made, "", EN)
    assert text.count("<script") == 1
    assert "alert(1)" in json.loads(BeautifulSoup(text, "html.parser").script.string)["claimReviewed"]
