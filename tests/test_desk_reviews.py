"""Reviews: their form, samples, agreement; the page's script computes what Python does."""

from __future__ import annotations

import json
import random
import shutil
import subprocess

import pytest
from desk_world import questions

from smart_asn.desk.records import build_checksum, records
from smart_asn.desk.reviews import (
    VERDICTS,
    Agreement,
    ReviewError,
    agreement,
    alpha,
    compare,
    hashed,
    read_review,
    report,
    sample,
)
from smart_asn.language import Language
from smart_asn.outcomes import NO_FACT, OUTCOMES
from smart_asn.places import ROOT

NODE = shutil.which("node")
SCRIPT = ROOT / "book/_static/desk/agreement.js"
GIVEN = [o for o in OUTCOMES if o != NO_FACT]


@pytest.fixture
def made(small):
    """The records of the small world."""
    return records(small, questions(small))


def review(made, answers, name="", **changed):
    """A saved review: a question to her outcome, None where she cannot tell."""
    judgements = [
        {
            "question": q,
            "digest": changed.get(q, made[q]["digest"]),
            "verdict": VERDICTS[2] if o is None else VERDICTS[o != made[q]["outcome"]],
            "outcome": o,
            "edition": made[q]["outcome"],
            "blind": True,
            "note": "",
        }
        for q, o in answers.items()
    ]
    return {
        "version": "1",
        "build": build_checksum(made),
        "language": "en",
        "reviewer": name,
        "made": "2026-11-27T10:00:00Z",
        "sample": {"filter": "all", "size": None, "seed": None, "questions": list(answers)},
        "judgements": judgements,
    }


def test_a_sample_is_drawn_by_its_seed():
    """The same seed gives the same sample in the same order, another seed another; no question twice."""
    ids = [f"Q{n:03}" for n in range(1, 127)]
    drawn = sample(ids, 20, "7")
    assert drawn == sample(reversed(ids), 20, "7") != sample(ids, 20, "8")
    assert len(set(drawn)) == 20


def test_samples_are_even():
    """Over many seeds every question is drawn about equally often."""
    ids = [f"Q{n:03}" for n in range(50)]
    counts = dict.fromkeys(ids, 0)
    for seed in range(2000):
        for drawn in sample(ids, 5, str(seed)):
            counts[drawn] += 1
    assert 150 < min(counts.values()) <= max(counts.values()) < 250


def test_agreement_by_hand():
    """Three of four agree; by chance 0.25 * 0.5 + 0.5 * 0.25 + 0.25 * 0.25 would."""
    found = agreement(
        [
            ("supported", "supported"),
            ("contradicted", "contradicted"),
            ("partly supported", "supported"),
            ("contradicted", "contradicted"),
        ]
    )
    assert found.raw == 0.75
    chance = 0.25 * 0.5 + 0.5 * 0.5
    assert found.kappa == pytest.approx((0.75 - chance) / (1 - chance))
    assert agreement([]) == Agreement(0, None, None)
    assert agreement([("supported", "supported")]).kappa == 1.0


def test_alpha_by_hand():
    """Two who agree on two of three questions, with 4 and 2 of two categories: 1 - (n-1) * 2 / (2 * 4 * 2)."""
    given = [
        {"Q1": "supported", "Q2": "contradicted", "Q3": "supported"},
        {"Q1": "supported", "Q2": "contradicted", "Q3": "contradicted"},
    ]
    assert alpha(given) == pytest.approx(1 - 5 * 2 / (2 * 3 * 3))
    assert alpha([{"Q1": "supported"}, {"Q2": "supported"}]) is None
    assert alpha([{"Q1": "supported"}, {"Q1": "supported"}]) == 1.0


def test_a_comparison(made):
    """Agreement with the edition and between two; who cannot tell is not counted."""
    one = review(made, {"Q001": "supported", "Q003": "supported", "Q004": None}, "A")
    two = review(made, {"Q001": "supported", "Q003": "contradicted"}, "B")
    found = compare([one, two], made)
    assert [(a.units, a.raw) for a in found.edition] == [(2, 0.5), (2, 1.0)]
    assert found.between[0][2].raw == 0.5
    assert found.rows[1] == ("Q003", "contradicted", ("supported", "contradicted"))


def test_another_build(made):
    """Questions that have changed since are named and left out."""
    old = review(made, {"Q001": "supported", "Q003": "supported"}, "A", Q003="0" * 16) | {"build": "f" * 16}
    found = compare([old], made)
    assert found.changed == (("Q003",),)
    assert found.edition[0].units == 1
    lines = list(report([old], made, build_checksum(made), Language("en")))
    assert lines[0] == "A: made with another build (ffffffffffffffff); changed since, and left out: Q003."


def test_a_report(made):
    """The report has every figure, and a star where an answer differs."""
    one = review(made, {"Q001": "supported", "Q003": "supported"}, "A")
    two = review(made, {"Q001": "supported", "Q003": "contradicted"})
    lines = list(report([one, two], made, build_checksum(made), Language("en")))
    assert "  A: 2 compared, agreement 0.500, Cohen’s kappa 0.000" in lines
    assert any(line.startswith("  A – unnamed reviewer 2: 2 compared") for line in lines)
    assert "* Q003  contradicted  |  A: supported; unnamed reviewer 2: contradicted" in lines


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"version": "1"}', '{"judgements": [{"question": "K001"}]}'],
)
def test_what_is_no_review(tmp_path, text):
    """A file that is not a saved review is named, with the reason."""
    path = tmp_path / "review.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ReviewError, match=r"review\.json: not a"):
        read_review(path)


def test_a_saved_review_can_be_read(tmp_path, made):
    """A review with the published form is read as it is."""
    path = tmp_path / "review.json"
    path.write_text(json.dumps(review(made, {"Q001": "supported"})), "utf-8")
    assert read_review(path)["judgements"][0]["question"] == "Q001"


# The page's script ------------------------------------------------------------------------------------------


def in_node(code: str, **values) -> object:
    """Run the page's functions in node on some values."""
    program = f"{SCRIPT.read_text('utf-8')}\nconst given = JSON.parse(require('fs').readFileSync(0, 'utf-8'));\nconsole.log(JSON.stringify((() => {{ {code} }})()));"
    done = subprocess.run(
        [NODE, "-e", program], input=json.dumps(values), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def close(one: float | None, two: float | None) -> bool:
    return one is two if None in (one, two) else one == pytest.approx(two, abs=1e-12)


@pytest.mark.skipif(not NODE, reason="there is no node on this machine")
def test_the_page_draws_the_same_samples():
    """Script and Python draw the same sample from any seed, letters beyond ASCII included."""
    ids = [f"Q{n:03}" for n in range(1, 127)]
    seeds = ["7", "2021", "é", "", "a longer seed"]
    assert in_node(
        "return given.seeds.map((s) => agreement.sample(given.ids, 20, s))", ids=ids, seeds=seeds
    ) == [sample(ids, 20, s) for s in seeds]
    assert in_node("return agreement.hashed('x Q001')") == hashed("x Q001")


@pytest.mark.skipif(not NODE, reason="there is no node on this machine")
def test_the_page_computes_the_same_agreement(made):
    """Script and Python agree on raw share, kappa and alpha for random reviews of one to four, gaps included."""
    luck = random.Random(13)
    asked = [n for n, r in made.items() if r["type"] == "question"]
    cases = []
    for _ in range(60):
        reviews = []
        for _ in range(luck.randint(1, 4)):
            chosen = luck.sample(asked, luck.randint(0, len(asked)))
            answers = {q: luck.choice([None, *GIVEN[: luck.randint(1, 6)]]) for q in chosen}
            stale = {q: "0" * 16 for q in chosen if luck.random() < 0.1}
            reviews.append(review(made, answers, **stale))
        cases.append(reviews)
    known = [made[q] for q in asked]
    got = in_node(
        "return given.cases.map((c) => agreement.compareReviews(c, given.known))", cases=cases, known=known
    )
    for reviews, there in zip(cases, got, strict=True):
        here = compare(reviews, made)
        assert close(here.alpha, there["alpha"])
        assert [list(c) for c in here.changed] == there["changed"]
        assert [(q, e, list(g)) for q, e, g in here.rows] == [
            (r["id"], r["edition"], r["given"]) for r in there["rows"]
        ]
        pairs = [*zip(here.edition, there["edition"], strict=True)]
        pairs += [*zip([b[2] for b in here.between], there["between"], strict=True)]
        for mine, theirs in pairs:
            assert mine.units == theirs["units"]
            assert close(mine.raw, theirs["raw"]) and close(mine.kappa, theirs["kappa"])
