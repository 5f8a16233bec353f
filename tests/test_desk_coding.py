"""The coding of a regency in the page: its tables give what the rules give, on every single cell and on many codings."""

from __future__ import annotations

import json
import random
import shutil
import subprocess

import pytest

from smart_asn.coding import flipped
from smart_asn.desk.check import cells_of
from smart_asn.desk.coding_data import coding_data, counted_questions, outcomes_by_count, table_of
from smart_asn.edition import Edition
from smart_asn.language import Language
from smart_asn.ledger import gather
from smart_asn.observations import measures_stated_by, regencies_stating
from smart_asn.outcomes import Seen, outcome
from smart_asn.places import ROOT, SITE

NODE = shutil.which("node")
SCRIPT = ROOT / "book/_static/desk/coding.js"
BOTH = ("north", "south")


def test_a_table_of_members():
    """For each member the cells it looks at and whether it counts for each way to code them, as binary numbers."""
    both = regencies_stating(BOTH, ("PLN01", "PLN02"))
    assert table_of(both)[0] == {
        "cells": [["north", "PLN01"], ["north", "PLN02"]],
        "counts": [False, False, False, True],
    }
    one = regencies_stating(BOTH, ("PLN01",)) - regencies_stating(BOTH, ("PLN02",))
    assert table_of(one)[1]["counts"] == [False, False, True, False]
    assert table_of(measures_stated_by("north", ("PLN01",))) == [
        {"cells": [["north", "PLN01"]], "counts": [False, True]}
    ]


def test_outcomes_by_count():
    """From none to all, as the rules give it."""
    assert outcomes_by_count("almost all", "3", 3) == [
        "no basis given",
        "partly supported",
        "supported",
        "supported",
    ]


@pytest.fixture(scope="module")
def counted(shipped):
    """The shipped questions that are counted from the coding, and what the page is given."""
    if not (SITE / "ledger.json").exists():
        pytest.skip("the notebooks have not been executed: make book")
    edition = Edition(shipped, Language("en"), "")
    questions, cells = gather(shipped, "en"), cells_of(shipped, "en")
    return questions, counted_questions(edition, questions, cells), coding_data(edition, questions, cells)


def test_every_counted_question_is_there(counted):
    """No question that is counted from the coding is missing in the page."""
    questions, observed, given = counted
    wanted = [q["question"] for q in questions if q["how"] == "counted"]
    assert list(observed) == wanted == [entry["id"] for entry in given["questions"]]


def test_the_settled_coding_gives_the_books_outcomes(counted, shipped):
    """Under the settled coding each statement has the outcome that its notebook cell recorded."""
    questions, observed, given = counted
    stated = frozenset(tuple(c) for c in given["stated"])
    recorded = {s["claim"]: s["outcome"] for q in questions for s in q["statements"]}
    for claim, there in by_the_rules(questions, observed, stated).items():
        assert there == recorded[claim]


def by_the_rules(questions, observed, stated):
    """The outcome of each statement under a coding, by the functions that the notebooks use."""
    return {
        s["claim"]: outcome(s["scope"], s["asserted"], Seen(len(seen.members(stated)), len(seen.universe)))
        for q in questions
        if (seen := observed.get(q["question"]))
        for s in q["statements"]
    }


@pytest.mark.skipif(not NODE, reason="there is no node on this machine")
def test_the_page_equals_python_on_every_flip_and_ten_thousand_codings(counted, shipped):
    """Each of the 300 cells read the other way alone, and 10,000 random codings: the same outcomes, all of them."""
    questions, observed, given = counted
    stated = frozenset(tuple(c) for c in given["stated"])
    every = [(r, c) for r in shipped.regency_names for c in shipped.codebook["code"]]
    codings = [flipped(stated, [cell]) for cell in every]
    luck = random.Random(13)
    for _ in range(10_000):
        share = luck.random()
        codings.append(frozenset(cell for cell in every if luck.random() < share))
    claims = list(by_the_rules(questions, observed, stated))
    program = (
        f"{SCRIPT.read_text('utf-8')}\nconst given = JSON.parse(require('fs').readFileSync(0, 'utf-8'));"
        "const made = given.codings.map((bits) => {"
        "  const stated = new Set(given.every.filter((_, n) => bits[n] === '1'));"
        "  const found = outcomesUnder(stated, given.questions); return given.claims.map((c) => found.get(c)); });"
        "console.log(JSON.stringify(made));"
    )
    values = {
        "every": [" ".join(cell) for cell in every],
        "claims": claims,
        "questions": given["questions"],
        "codings": ["".join("01"[cell in coding] for cell in every) for coding in codings],
    }
    done = subprocess.run(
        [NODE, "-e", program], input=json.dumps(values), capture_output=True, text=True, check=True
    )
    wrong = 0
    for coding, there in zip(codings, json.loads(done.stdout), strict=True):
        here = by_the_rules(questions, observed, coding)
        wrong += [here[c] for c in claims] != there
    assert wrong == 0
