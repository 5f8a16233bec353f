"""``import smart_asn as edition``: examples in docstrings run, and what is asked again comes out as the book has it."""

import doctest
import time

import pandas as pd
import pytest

import smart_asn as edition
from smart_asn import surface
from smart_asn.asking import ask
from smart_asn.data import Data
from smart_asn.outcomes import OUTCOMES
from smart_asn.surface import recoded


def test_examples():
    """Every function that a reader is offered has an example in its docstring, and they all run."""
    failed, tried = doctest.testmod(surface)
    assert (failed, tried > 10) == (0, True)
    for name in (n for n in edition.__all__ if n != "data"):
        assert ">>>" in getattr(edition, name).__doc__, name


def test_tables():
    """A table of the data is a DataFrame of the reader's own; a misspelt one is named with those there are."""
    evidence = edition.data.evidence
    evidence.loc[:, "regency"] = "nowhere"
    assert set(edition.data.evidence["regency"]) != {"nowhere"}
    assert {"evidence", "codebook", "claims"} <= set(dir(edition.data))
    with pytest.raises(AttributeError, match="no table 'evidense' in data/; there are regencies, strategies"):
        edition.data.evidense  # noqa: B018
    with pytest.raises(AttributeError, match="has no 'verdicts'; it has agreement, claims"):
        edition.verdicts  # noqa: B018


def test_everything_is_a_frame():
    """Whatever is asked for comes as a DataFrame, in both languages."""
    for language in ("en", "id"):
        for table in (edition.claims(language), edition.questions(language)):
            assert isinstance(table, pd.DataFrame)
            assert set(table["outcome"]) <= set(OUTCOMES)
    assert len(edition.claims()) == len(edition.data.claims)
    with pytest.raises(ValueError, match="no edition in 'fr'"):
        edition.claims("fr")


def test_every_question_is_asked(shipped):
    """A question has its cell, and the cell is run as it stands."""
    assert set(ask(shipped)) == set(shipped.questions["question"])


@pytest.mark.slow
def test_what_is_asked_is_what_is_published():
    """The outcomes asked in this process are those of the published ledger."""
    import json

    from smart_asn.places import SITE

    ledger = json.loads((SITE / "ledger.json").read_text("utf-8"))
    assert {c["claim"]: c["outcome"] for c in ledger["claims"]} == edition.claims()["outcome"].to_dict()


def test_recoding():
    """A cell taken away moves every statement about all six, and nothing of the edition itself."""
    before = edition.matrix()
    changed = edition.recode({("gowa", "PLN01"): False})
    assert changed.cells.values.tolist() == [["gowa", "PLN01", "Job analysis", True, False]]
    assert set(changed.outcomes["before"]) == {"supported"}
    assert set(changed.outcomes["question"]) <= set(changed.observations["question"])
    assert edition.matrix().equals(before)
    claims = edition.claims()
    assert (claims.loc[changed.outcomes["claim"], "outcome"] == changed.outcomes["before"].to_numpy()).all()


def test_two_cells_at_once():
    """A cell that was absent is added, one that was present is taken away; what is as it was is not named."""
    cells = {("tapin", "DEV03"): True, ("sanggau", "REC02"): False, ("tapin", "PLN01"): True}
    changed = edition.recode(cells)
    assert changed.cells[["regency", "code", "after"]].values.tolist() == [
        ["tapin", "DEV03", True],
        ["sanggau", "REC02", False],
    ]


@pytest.mark.parametrize(
    ("cells", "error", "message"),
    [
        ({("tapir", "PLN01"): True}, KeyError, "'tapir' is not in data/regencies.csv"),
        ({("tapin", "PLN99"): True}, KeyError, "'PLN99' is not in data/codebook.csv"),
        ({("tapin", "PLN01"): "yes"}, TypeError, "tapin PLN01 is coded 'yes'; expected True or False"),
    ],
)
def test_a_recoding_that_is_none(cells, error, message):
    """A misspelt regency or measure, or a value that is no truth, is an error that says so."""
    with pytest.raises(error, match=message):
        edition.recode(cells)


def test_what_is_coded_anew_is_firm(small: Data):
    """A doubtful place becomes firm, a decision on an absent cell goes with it, and the other cells stay."""
    other = recoded(small, {("north", "REC01"): True, ("south", "REC01"): True, ("south", "PLN01"): False})
    found = other.evidence[["regency", "code", "doubtful"]].values.tolist()
    assert ["north", "REC01", False] in found
    assert ["south", "REC01", False] in found
    assert ["south", "PLN01", False] not in found
    assert other.decisions.empty
    assert small.evidence["doubtful"].sum() == 1


def test_recoding_is_quick():
    """Once the questions have been asked, a recoding asks only those that hang on the coding: in less than 5 s."""
    edition.claims()
    begun = time.process_time()
    edition.recode({("gowa", "PLN01"): False})
    assert time.process_time() - begun < 5


def test_agreement():
    """A coding that differs in one cell of fifty agrees in 98 percent, whichever way it is given."""
    mine = edition.matrix().loc[["pati"]]
    mine.loc["pati", "PLN01"] = False
    found = edition.agreement(mine)
    assert found.index.tolist() == ["pass 1", "pass 2", "edition"]
    assert found.loc["edition", ["cells", "differing", "raw"]].tolist() == [50, 1, 0.98]
    rows = mine.stack().rename("present").reset_index()
    assert edition.agreement(rows).equals(found)
    differences = edition.differences(rows)
    assert differences[["code", "mine", "edition"]].values.tolist() == [["PLN01", False, True]]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("tapir", "PLN01", True)], r"row 1 of the coding \(tapir, PLN01, True\) is no cell of the data"),
        ([("tapin", "PLN01", None)], r"row 1 of the coding"),
        ([("tapin", "PLN01", True), ("tapin", "PLN01", False)], "tapin PLN01 is coded twice"),
    ],
)
def test_a_coding_that_is_none(rows, message):
    """A cell that is not in the data, or is coded twice, is named."""
    with pytest.raises(ValueError, match=message):
        edition.agreement(pd.DataFrame(rows, columns=["regency", "code", "present"]))


def test_other_columns():
    """A table that is neither rows nor a matrix says what was expected."""
    with pytest.raises(ValueError, match="expected regency, code and present, or regencies by measures"):
        edition.differences(pd.DataFrame({"a": [1]}))
