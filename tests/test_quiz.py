"""A reader's questions: each is answered in the prose that a page shows before anything is opened."""

import csv
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
from prose_share import LEAST, SITE, shares, shown_prose

needs_the_book = pytest.mark.skipif(not (SITE / "en/index.html").exists(), reason="the book is not built")
QUIZ = list(csv.DictReader((Path(__file__).parent / "quiz.csv").open(encoding="utf-8")))


@needs_the_book
@pytest.mark.parametrize("row", QUIZ, ids=[r["question"] for r in QUIZ])
def test_the_answer_stands_in_prose(row):
    """The page's open prose has the words that the answer needs."""
    prose = shown_prose((SITE / "en" / f"{row['page']}.html").read_text("utf-8")).lower()
    assert [w for w in row["words"].lower().split(";") if w not in prose] == []


@needs_the_book
@pytest.mark.parametrize("edition", ["en", "id"])
def test_article_chapters_are_mostly_prose(edition):
    """At least three fifths of the words that an article chapter shows at first are prose."""
    low = {c: f"{prose} of {shown}" for c, (shown, prose) in shares(edition).items() if prose < LEAST * shown}
    assert low == {}
