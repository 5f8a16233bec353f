"""The ledger, gathered from what cells recorded."""

import csv
import io
import json

import pytest

from smart_asn import chapters as chapters_module
from smart_asn import ledger
from smart_asn.chapters import Page
from smart_asn.checks import judge
from smart_asn.language import Language
from smart_asn.ledger import (
    ChapterNeededError,
    LedgerError,
    as_csv,
    as_json,
    backlinks,
    by_statement,
    gather,
    line_states,
    marks,
    published,
    questions_about,
)
from smart_asn.observations import Observation, regencies_stating
from smart_asn.pipeline import execute

BOTH = ("north", "south")


def cell(small, question, observed, names=""):
    """A cell's source and what it records; ``names`` is another question in its source."""
    record = json.loads(json.dumps(judge(small, question, observed).record()))
    return f'check("{names or question}", observed=tested)', {"question": record}


@pytest.fixture
def cells(small):
    """A checking cell for four questions of the small world, which has no others: in start and in North's chapter."""
    small._frames["questions"] = small.questions.query("question in ('Q001', 'Q002', 'Q004', 'Q005')")
    return {
        "start": [
            cell(small, "Q001", regencies_stating(BOTH, ("PLN01",))),
            cell(small, "Q002", regencies_stating(BOTH, ("REC01",))),
            cell(small, "Q004", Observation(12.46, sources=("share", "share-2018"), earlier=11.24)),
        ],
        "regencies/north": [
            cell(small, "Q005", Observation(None, "search", sources=("regulation",))),
            ("record(stated=1)", {"stated": ["PLN01"]}),
        ],
    }


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write what the cells of chapters recorded, and make them the book's only ones."""
    monkeypatch.setattr(chapters_module, "BUILD", tmp_path / "build")

    def write(chapters):
        pages = [Page(slug, tmp_path / f"{slug}.ipynb", stage=1) for slug in chapters]
        for page in pages:
            path = page.checks("en")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(execute.recorded(chapters[page.slug])[0]), "utf-8")
        monkeypatch.setattr(ledger, "pages", lambda regencies: pages)
        return pages

    return write


@pytest.fixture
def gathered(small, cells, write):
    """The questions of the small world, gathered."""
    write(cells)
    return gather(small, "en")


def problems(small):
    with pytest.raises(LedgerError) as caught:
        gather(small, "en")
    return caught.value.problems


# One cell for each question ---------------------------------------------------------------------------------


def test_every_question_with_its_chapter(small, cells, write):
    """Questions come in the order of questions.csv, each with the chapter that checks it."""
    write(dict(reversed(cells.items())))
    assert [(q["question"], q["chapter"]) for q in gather(small, "en")] == [
        ("Q001", "start"),
        ("Q002", "start"),
        ("Q004", "start"),
        ("Q005", "regencies/north"),
    ]


def test_a_question_without_a_cell(small, cells, write):
    """A question that no cell checks is an error."""
    del cells["start"][2]
    write(cells)
    assert problems(small) == ["Q004: no notebook cell checks this question of data/questions.csv"]


def test_a_cell_without_a_question(small, cells, write):
    """A cell that checks what is not a question is an error."""
    small._frames["questions"] = small.questions[small.questions["question"] != "Q004"]
    write(cells)
    assert problems(small) == ["Q004: checked in start, but not a question of data/questions.csv"]


def test_a_question_checked_twice(small, cells, write):
    """Two cells for one question are an error that names both chapters."""
    cells["start"].append(cells["start"][0])
    write(cells)
    assert problems(small) == ["Q001: checked 2 times, in start, start"]


def test_a_question_checked_in_another_chapter(small, cells, write):
    """The chapter that checks a question is the one that questions.csv has."""
    cells["regencies/north"].append(cells["start"].pop(0))
    write(cells)
    assert problems(small) == [
        "Q001: checked in regencies/north, but data/questions.csv has the chapter start"
    ]


def test_a_cell_that_records_another_question(small, cells, write):
    """A cell whose source names one question and whose output records another is an error."""
    cells["start"][0] = cell(small, "Q001", regencies_stating(BOTH, ("PLN01",)), names="Q009")
    write(cells)
    assert problems(small) == ['start: a cell records Q001 without a plain check("Q001", ...)']


def test_all_mismatches_at_once(small, cells, write):
    """The error lists every mismatch."""
    cells["regencies/north"] = [cells["start"][0]]
    write(cells)
    with pytest.raises(LedgerError) as caught:
        gather(small, "en")
    assert str(caught.value) == (
        "The ledger and the notebooks do not match:\n"
        "  Q001: checked 2 times, in start, regencies/north\n"
        "  Q001: checked in regencies/north, but data/questions.csv has the chapter start\n"
        "  Q005: no notebook cell checks this question of data/questions.csv"
    )


def test_only_what_earlier_stages_checked(small, cells, write, tmp_path, monkeypatch):
    """For a chapter of the second stage the first is gathered; what is still to be checked is no error."""
    start, north = write(cells)
    later = Page("later", tmp_path / "later.ipynb", stage=2)
    monkeypatch.setattr(
        ledger, "pages", lambda regencies: [start, Page("regencies/north", north.source, stage=2), later]
    )
    assert [q["question"] for q in gather(small, "en", before="later")] == ["Q001", "Q002", "Q004"]


def test_checks_and_results_are_parted(cells):
    """What a chapter's cells recorded are questions, with their cells' sources, and results."""
    checks, results = execute.recorded(cells["regencies/north"])
    assert [(source, entry["question"]) for source, entry in checks] == [
        (cells["regencies/north"][0][0], "Q005")
    ]
    assert results == {"stated": ["PLN01"]}


# What hangs on it -------------------------------------------------------------------------------------------


def test_statements_with_their_question(gathered):
    """Each statement has its own outcome, and the question and chapter in which it was checked."""
    found = by_statement(gathered)
    assert {k: (v["outcome"], v["question"], v["chapter"]) for k, v in found.items()} == {
        "K001": ("supported", "Q001", "start"),
        "K002": ("partly supported", "Q002", "start"),
        "K005": ("supported", "Q002", "start"),
        "K004": ("supported", "Q004", "start"),
        "K006": ("out of date", "Q004", "start"),
        "K007": ("not verified", "Q005", "regencies/north"),
    }


def test_backlinks(gathered):
    """From a source to the questions that rest on it; REC01 rests on E003 alone, for South does not state it."""
    assert backlinks(gathered) == {
        "E001": ["Q001"],
        "E004": ["Q001"],
        "E003": ["Q002"],
        "share": ["Q004"],
        "share-2018": ["Q004"],
        "regulation": ["Q005"],
    }


def test_questions_about_a_regency(small, gathered):
    """A question bears on the regencies that were counted and on those of its evidence, outside their own chapters."""
    assert questions_about(small, gathered) == {"north": ["Q001", "Q002"], "south": ["Q001"]}
    at_home = [q | {"chapter": "regencies/north"} for q in gathered]
    assert questions_about(small, at_home) == {"north": [], "south": ["Q001"]}


def test_marks(small, gathered):
    """What a mark in the prose shows: the outcome and its word in the edition's language, the statement, the chapter."""
    found = marks(small, gathered, Language("id"))
    assert found["K006"] == {
        "outcome": "out of date",
        "word": Language("id")("out of date"),
        "statement": "Pangsanya kini 11.2 persen.",
        "chapter": "start",
    }
    assert "K010" not in found


# As it is published -----------------------------------------------------------------------------------------


def test_published_statements(small, gathered):
    """Every statement, with its lines, its question, its outcome in English, and whether that counts."""
    claims = {c["claim"]: c for c in published(small, gathered)["claims"]}
    assert list(claims) == list(small.claims["claim"])
    shown = ("first_line", "last_line", "question", "outcome", "scored", "cell")
    assert [claims["K002"][k] for k in shown] == [
        4,
        4,
        "Q002",
        "partly supported",
        True,
        "en/start.html#k002",
    ]
    assert [claims["K007"][k] for k in shown] == [
        14,
        14,
        "Q005",
        "not verified",
        False,
        "en/regencies/north.html#k007",
    ]
    assert [claims["K010"][k] for k in shown] == [9, 9, "", "not a question of fact", False, ""]
    assert (claims["K001"]["stands"], claims["K002"]["stands"]) == (True, False)
    assert claims["K002"]["doubt_en"].startswith("The outcome would be")
    assert (claims["K001"]["doubt_en"], claims["K002"]["kindest_id"]) == (
        "",
        "Yang dimaksud mungkin tujuannya.",
    )


def test_published_questions(small, gathered):
    """Every question, with what was observed, its statements, and what it rests on."""
    first, second, share, unseen = published(small, gathered)["questions"]
    assert first["observed_en"] == "Reported for two of two: North and South."
    assert (first["evidence"], first["doubtful"], first["cell"]) == (
        ["E001", "E004"],
        [],
        "en/start.html#q001",
    )
    assert (second["claims"], second["outcome"], second["doubtful"]) == (
        ["K002", "K005"],
        "partly supported",
        ["north REC01", "south REC01"],
    )
    assert (share["sources"], share["searches"]) == (["share", "share-2018"], [])
    assert (unseen["sources"], unseen["searches"], unseen["scored"]) == ([], ["regulation"], False)


def test_each_edition_publishes_in_its_language(small, gathered):
    """The outcome stays the English word; beside it stands the edition's own, and addresses lead into the edition."""
    ledger = published(small, gathered, "id")
    claim = ledger["claims"][0]
    assert ledger["language"] == "id"
    assert (claim["outcome"], claim["outcome_word"]) == ("supported", Language("id")("supported"))
    assert claim["cell"] == "id/start.html#k001"


def test_json_and_csv(small, gathered):
    """JSON and CSV hold the same; in CSV ids stand in one cell with spaces between, and truths are true or false."""
    ledger = published(small, gathered)
    parsed = json.loads(as_json(ledger))
    assert parsed == ledger
    assert set(parsed) == {"version", "language", "claims", "questions"}
    rows = list(csv.DictReader(io.StringIO(as_csv(parsed["claims"]))))
    assert [r["claim"] for r in rows] == [c["claim"] for c in parsed["claims"]]
    assert (rows[0]["scored"], rows[0]["stands"]) == ("true", "true")
    asked = list(csv.DictReader(io.StringIO(as_csv(parsed["questions"]))))
    assert (asked[0]["evidence"], asked[1]["claims"]) == ("E001 E004", "K002 K005")


def test_the_published_ledger_is_described(small, gathered):
    """The data package describes the columns of both published tables, in their order."""
    described = {
        r["name"]: [f["name"] for f in r["schema"]["fields"]]
        for r in small.package["resources"]
        if r.get("published")
    }
    ledger = published(small, gathered)
    assert described == {
        "ledger": list(ledger["claims"][0]),
        "ledger_questions": list(ledger["questions"][0]),
    }


# Lines ------------------------------------------------------------------------------------------------------


def test_each_line_has_one_state(small):
    """What stands on a line comes first, then whether a question bears on it, then whether it is told; else nothing."""
    states = line_states(small).set_index("line")["state"]
    assert list(states.index) == list(range(1, 31))
    named = states[states != ""].to_dict()
    asked, told = "under a question", "told, not a question of fact"
    assert named == {1: "heading", 11: "heading", 15: "running head", 19: "unreadable", 20: "blank"} | {
        **dict.fromkeys((2, 3, 4, 5, 6, 7, 8, 14), asked),
        9: told,
    }


def test_a_blank_line_within_a_statement_is_blank(small):
    """A statement may run over a blank line or a running head; the line keeps its own state."""
    small._frames["claims"].loc[small.claims["claim"] == "K007", "last_line"] = 20
    states = line_states(small).set_index("line")["state"]
    assert [states[n] for n in (14, 15, 16, 19, 20)] == [
        "under a question",
        "running head",
        "under a question",
        "unreadable",
        "blank",
    ]


# What other chapters left, and the data they were made from ---------------------------------------------------


def seal(small, page, looks):
    """Write what ``execute.keep`` writes of the data that a chapter looked at."""
    path = page.seals("en")
    path.parent.mkdir(parents=True, exist_ok=True)
    seals = [(look, small.seal(look)) for look in looks]
    path.write_text(json.dumps({"data": "another", "looks": seals}), "utf-8")


def test_a_chapter_made_from_other_data_is_not_taken(small, cells, write):
    """Once what a chapter looked at has changed, nothing of it is taken, and one sentence says what to run."""
    page = write(cells)[0]
    seal(small, page, [("rows", "evidence", "regency", "north"), ("columns", "codebook", "code")])
    assert len(gather(small, "en")) == 4
    del small.__dict__["_seals"]
    small._frames["evidence"] = small._frames["evidence"].iloc[1:]
    with pytest.raises(ChapterNeededError) as caught:
        gather(small, "en")
    assert str(caught.value) == (
        "start was executed on other data than data/ holds now (evidence): run `make notebooks`, then this notebook "
        "again."
    )
    assert caught.value._render_traceback_() == [str(caught.value)]


def test_a_change_that_a_chapter_did_not_look_at_is_none(small, cells, write):
    """What a chapter did not look at may change: the chapter is still right."""
    page = write(cells)[0]
    seal(small, page, [("rows", "evidence", "regency", "south")])
    del small.__dict__["_seals"]
    small._frames["evidence"] = small._frames["evidence"].iloc[1:]
    assert len(gather(small, "en")) == 4


def test_asking_whether_a_chapter_is_right_is_no_look_of_ones_own(small, cells, write):
    """The chapter that takes from others does not hang on all that they looked at."""
    seal(small, write(cells)[0], [("rows", "evidence", "regency", "south")])
    small.reads.clear()
    gather(small, "en")
    assert ("rows", "evidence", "regency", "south") not in small.reads
