"""Checking a question of the small world: outcomes, sentences in both languages, sources and doubts."""

import json

import pandas as pd
import pytest

from smart_asn.checks import describe, judge
from smart_asn.language import Language
from smart_asn.observations import Observation, measures_stated_by, regencies_stating

BOTH = ("north", "south")
EN, ID = Language("en"), Language("id")


def outcomes(found):
    return {s.claim: s.outcome for s in found.statements}


def units(members, universe, otherwise=(), doubtful=(), **more):
    names = {"first": ("First", "Pertama"), "second": ("Second", "Kedua")}
    return Observation(len(members), "unit", members, universe, otherwise, doubtful, names, **more)


def test_a_question_whose_statement_is_supported(small):
    """Both report PLN01, in E001 and E004, and nothing doubtful is involved."""
    found = judge(small, "Q001", regencies_stating(BOTH, ("PLN01",)))
    assert outcomes(found) == {"K001": "supported"}
    assert found.observed == {
        "en": "Reported for two of two: North and South.",
        "id": f"Dilaporkan untuk {ID('two')} dari {ID('two')}: North dan South.",
    }
    assert (found.value, found.total, found.members) == (2, 2, BOTH)
    assert found.evidence == ("E001", "E004")
    assert (found.doubtful, found.statements[0].stands) == ((), True)
    assert found.statements[0].stands_text == {"en": "", "id": ""}


def test_statements_of_one_question_have_outcomes_of_their_own(small):
    """One observation is weighed by each statement's scope: «both» is partly supported, «at least one» supported."""
    found = judge(small, "Q002", regencies_stating(BOTH, ("REC01",)))
    assert outcomes(found) == {"K002": "partly supported", "K005": "supported"}
    assert found.evidence == ("E003",)


def test_doubts_flow_through(small):
    """North reports REC01 doubtfully and South's absence is doubtful: either flip changes an outcome, and is named."""
    found = judge(small, "Q002", regencies_stating(BOTH, ("REC01",)))
    every, one = found.statements
    assert found.doubtful == ("north REC01", "south REC01")
    assert (every.stands, one.stands) == (False, False)
    assert every.stands_text["en"] == (
        "The outcome would be no basis given if North REC01 (Online intake) were read the other way; "
        "would be supported if South REC01 (Online intake) were read the other way."
    )
    assert one.stands_text["en"] == (
        "The outcome would be no basis given if North REC01 (Online intake) were read the other way."
    )
    assert "REC01 (Penerimaan daring)" in one.stands_text["id"]


def test_a_doubt_that_does_not_matter(small):
    """Both report PLN01 or REC01 whatever is made of the two doubtful cells, and the card says so."""
    found = judge(small, "Q001", regencies_stating(BOTH, ("PLN01", "REC01"), every=False))
    (statement,) = found.statements
    assert (statement.outcome, statement.stands) == ("supported", True)
    assert statement.stands_text["en"] == "The outcome stays the same however the doubtful places are read."


def test_a_member_can_be_doubtful_as_a_whole(small):
    """A regency that is doubtful whatever its cells say is read the other way too, and named without a measure."""
    from dataclasses import replace

    coded = replace(regencies_stating(BOTH, ("PLN01",)), doubtful=frozenset({"south"}))
    (statement,) = judge(small, "Q001", coded).statements
    assert statement.stands_text["en"] == (
        "The outcome would be partly supported if South were read the other way."
    )


def test_readings_that_differ_are_named(small):
    """A unit on which two readers differ is doubtful: read as the other read it, the outcome is another."""
    seen = units(("first",), ("first", "second"), doubtful=(("second", "yes"),), sources=("P003", "P004"))
    found = judge(small, "Q006", seen)
    assert (outcomes(found), found.doubtful) == ({"K008": "partly supported"}, ("second",))
    assert found.passages == ("P003", "P004")
    assert found.statements[0].stands_text == {
        "en": "The outcome would be supported if Second were read the other way.",
        "id": found.statements[0].stands_text["id"],
    }
    assert "Kedua" in found.statements[0].stands_text["id"]


def test_silence_that_might_be_a_no(small):
    """Where one reader found nothing and the other a no, no basis would become contradicted, never supported."""
    (statement,) = judge(small, "Q006", units((), ("first",), doubtful=(("first", "no"),))).statements
    assert statement.outcome == "no basis given"
    assert statement.stands_text["en"] == (
        "The outcome would be contradicted if First were read the other way."
    )


# Sentences ------------------------------------------------------------------------------------------------


def said(small, question, seen, speak=EN):
    return describe(small, small.row("questions", question), seen, speak)


@pytest.mark.parametrize(
    ("members", "english", "indonesian"),
    [
        (
            ("north",),
            "Reported for one of two: North.",
            "{one} dari {two}: North.",
        ),
        (BOTH, "Reported for two of two: North and South.", "{two} dari {two}: North dan South."),
        (
            (),
            "Reported for none of two.",
            "{none} dari {two}.",
        ),
    ],
    ids=["one", "both", "none"],
)
def test_who_was_counted_and_who_was_not(small, members, english, indonesian):
    """Names are listed where there are any; where there are none the list is left out of the sentence."""
    seen = Observation(len(members), "regency", members, BOTH)
    assert said(small, "Q001", seen) == english
    numbers = {word: ID(word) for word in ("none", "one", "two")}
    assert said(small, "Q001", seen, ID) == "Dilaporkan untuk " + indonesian.format(**numbers)


def test_measures_are_named_by_their_labels(small):
    """A set of measures is described in each language, and names no regency as a member."""
    found = judge(small, "Q001", measures_stated_by("south", ("PLN01", "PLN02")))
    assert found.observed["en"] == "Reported for one of two: Job analysis."
    assert found.observed["id"].endswith(": Analisis jabatan.")
    assert found.members == ()


def test_units_are_named_in_words(small):
    """What was read is named by what stands there; a place that is not filled leaves no mark of itself."""
    seen = units(("first",), ("first", "second"))
    assert said(small, "Q006", seen) == "One of two say so: First; not Second."
    assert said(small, "Q006", seen, ID).endswith(" menyatakannya: Pertama; tidak Kedua.")


def test_a_figure_with_its_source_and_date(small):
    """A figure is written as the language writes it, with the period and the title of its source."""
    found = judge(small, "Q004", Observation(12.46, sources=("share",), period="2020-11"))
    assert found.observed == {
        "en": "It is 12.46 percent in November 2020 (A register).",
        "id": "Pangsanya 12,46 persen pada November 2020 (Sebuah register).",
    }
    assert (found.sources, found.evidence, found.passages, found.searches) == (("share",), (), (), ())


def test_out_of_date(small):
    """What is printed as present and was right two years before is out of date."""
    seen = Observation(12.46, sources=("share", "share-2018"), earlier=11.24)
    assert outcomes(judge(small, "Q004", seen)) == {"K004": "supported", "K006": "out of date"}


def test_a_document_that_was_not_seen(small):
    """The sentence names the document; the statement is not verified; the search is kept apart from sources."""
    found = judge(small, "Q005", Observation(None, "search", sources=("regulation",)))
    assert outcomes(found) == {"K007": "not verified"}
    assert found.observed["en"] == "Not seen: the regulation of North."
    assert (found.searches, found.sources) == (("regulation",), ())


def test_nothing_to_observe(small):
    """Where the article gives nothing, the sentence says so, in place of the question's own."""
    found = judge(small, "Q003", Observation(None, sources=("P001",)))
    assert outcomes(found) == {"K003": "no basis given"}
    assert found.observed["en"] == "The article gives nothing to observe here."
    assert found.observed["id"] == ID(found.observed["en"])


def test_nothing_is_said_by_any(small):
    """A reading in which no unit says anything gives no basis."""
    found = judge(small, "Q007", units((), ("first",)))
    assert outcomes(found) == {"K009": "no basis given"}
    assert found.observed["en"] == "None of one gives one."


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3, "three"),
        (2045, "2045"),
        (4_000_000, "4,000,000"),
        (0.123456, "0.123"),
        (12.5, "12.5"),
        ("IPTEK", "IPTEK"),
    ],
)
def test_how_a_value_is_shown(small, value, shown):
    """Small counts are words, a year has no separator, a large number has; an index has three decimals; a text is itself."""
    assert said(small, "Q003", Observation(value, members=("a",))) == f"The list has {shown} items: a."


def test_a_comparison_shows_both_sides(small):
    """The values compared stand in the sentence."""
    row = small.row("questions", "Q003").copy()
    row["observed_en"] = "{first} beside {second}, in {period}."
    seen = Observation(False, "comparison", universe=("0.66", "0.54"), period="2020")
    assert describe(small, row, seen, EN) == "0.66 beside 0.54, in 2020."


def test_a_series_is_named(small):
    """A row of a public series, which is no row of sources.csv, is named by its publisher."""
    row = small.row("questions", "Q004")
    seen = Observation(0.54, sources=("hci-IDN-2020",), period="2020")
    assert describe(small, row, seen, EN).endswith("in 2020 (World Bank, Human Capital Index).")


def test_a_place_that_cannot_be_filled(small):
    """A sentence with an unknown place is an error that names the question and the column."""
    small._frames["questions"].loc[2, "observed_en"] = "There are {number}."
    with pytest.raises(
        ValueError, match=r"^question Q003, observed_en: 'number' is not a place that can be filled$"
    ):
        judge(small, "Q003", Observation(2))


# What it is told apart by ---------------------------------------------------------------------------------


def test_the_record_is_plain(small):
    """What is recorded in the notebook goes through JSON unchanged but for tuples."""
    record = judge(small, "Q001", regencies_stating(BOTH, ("PLN01",))).record()
    back = json.loads(json.dumps(record))
    assert back["evidence"] == ["E001", "E004"]
    assert back["statements"][0]["outcome"] == "supported"
    assert {k: v for k, v in back.items() if not isinstance(v, list)} == {
        k: v for k, v in record.items() if not isinstance(v, tuple)
    }


def test_an_observation_that_does_not_fit_names_question_and_statement(small):
    """The error says which question and which statement it was."""
    with pytest.raises(TypeError) as caught:
        judge(small, "Q003", Observation("three"))
    assert str(caught.value) == (
        "question Q003, statement K003: the scope 'figure' weighs a number, not the text 'three'"
    )


def test_too_many_doubts_name_question_and_statement(small):
    """More doubtful units than can be tried are refused, and the message says where."""
    many = tuple(f"u{n}" for n in range(17))
    seen = Observation(17, "unit", many, many, doubtful=tuple((u, "no") for u in many))
    with pytest.raises(ValueError, match=r"^question Q006, statement K008: 17 doubtful"):
        judge(small, "Q006", seen)


def test_an_unknown_question_is_refused(small):
    """The error says where questions stand."""
    with pytest.raises(KeyError, match=r"'Q999' is not in data/questions.csv \(its column question\)"):
        judge(small, "Q999", Observation(1))


def test_a_question_looks_only_at_what_it_is_counted_from(small):
    """Evidence of other measures is not looked at, so that its change makes no chapter anew."""
    small.reads.clear()
    judge(small, "Q001", regencies_stating(BOTH, ("PLN01",)))
    looks = {look[3] for look in small.reads if look[:3] == ("part", "evidence", "code")}
    assert looks == {"PLN01"}
    assert ("table", "evidence") not in small.reads


def test_the_world_has_every_outcome(small):
    """The statements of the small world are asked as its head says: none is without a question but the aim."""
    asked = small.claims[small.claims["question"] != ""]
    assert set(small.claims["claim"]) - set(asked["claim"]) == {"K010"}
    assert not pd.isna(asked["scope"]).any()
