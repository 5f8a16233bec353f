"""Checking a claim of the small world: verdict, words, sources and doubts."""

import pytest

from smart_asn.checks import judge
from smart_asn.language import Language
from smart_asn.observations import Observation, measures_stated_by, regencies_stating

BOTH = ("north", "south")


def test_a_claim_that_holds(small):
    """Both state PLN01, in E001 and E004, and no doubtful cell is involved."""
    found = judge(small, "K001", regencies_stating(BOTH, ("PLN01",)))
    assert found.verdict == "supported"
    assert found.observed["en"] == "2 of 2: North, South"
    assert found.members == BOTH
    assert found.evidence == ("E001", "E004")
    assert (found.stands, found.doubtful) == (True, ())
    assert found.stands_text["en"] == "stands: rests on no doubtful coding"


def test_a_claim_that_hangs_on_doubts(small):
    """REC01 is stated by North, doubtfully; South's absence is doubtful too: either flip changes the verdict."""
    found = judge(small, "K002", regencies_stating(BOTH, ("REC01",)))
    assert found.verdict == "partly supported"
    assert found.evidence == ("E003",)
    assert not found.stands
    assert found.doubtful == ("north REC01", "south REC01")
    assert found.stands_text["en"] == (
        "would become contradicted, if North REC01 (Online intake) were read the other way; "
        "would become supported, if South REC01 (Online intake) were read the other way"
    )


def test_a_doubt_that_does_not_matter(small):
    """Both state PLN01 or REC01 whatever is made of the two doubtful cells, so all four readings agree."""
    found = judge(small, "K001", regencies_stating(BOTH, ("PLN01", "REC01"), every=False))
    assert (found.verdict, found.stands) == ("supported", True)
    assert found.stands_text["en"] == "stands under all 4 readings of the doubtful codings"


def test_measures_are_named(small):
    """A set of measures is described by their labels, in each language, and names no regency as a member."""
    found = judge(small, "K001", measures_stated_by("south", ("PLN01", "PLN02")))
    assert found.observed["en"] == "1 of 2: Job analysis"
    assert found.observed["id"].endswith("Analisis jabatan")
    assert found.members == ()


def test_passages_are_named_in_words(small):
    """A set of passages is described by what stands there, and rests on them."""
    seen = Observation(
        2, "passage", ("P001", "P002"), (), (("First", "Pertama"), ("Second", "Kedua")), ("P001", "P002")
    )
    found = judge(small, "K003", seen)
    assert (found.verdict, found.passages) == ("contradicted", ("P001", "P002"))
    assert found.observed["en"] == "2: First; Second"
    assert found.observed["id"] == "2: Pertama; Kedua"


def test_a_public_figure(small):
    """12.46 is printed 12.5; the figure is a source, and not mistaken for evidence or a passage."""
    found = judge(small, "K004", Observation(12.46, sources=("share",)))
    assert found.verdict == "supported"
    assert found.observed == {"en": "12.46", "id": "12,46"}
    assert (found.figures, found.evidence, found.passages) == (("share",), (), ())


def test_nothing_was_found(small):
    """What a public claim lacks is a source; what another lacks is something to check it with."""
    public = judge(small, "K004", Observation(None, sources=("lost",)))
    assert (public.verdict, public.observed["en"]) == ("not found", "no public source was found")
    other = judge(small, "K003", Observation(None, sources=("P003",)))
    assert (other.verdict, other.observed["en"]) == ("not stated", "nothing in the article to check it with")


def test_a_comparison_shows_both_sides(small):
    """The values compared and the answer are shown."""
    seen = Observation(False, "comparison", ("<",), ("0.66", "0.54"))
    from smart_asn.checks import describe

    assert describe(small, seen, "public", Language("en")) == "0.66 < 0.54: no"


@pytest.mark.parametrize(
    ("value", "shown"), [(2045, "2045"), (4_000_000, "4,000,000"), (0.123456, "0.1235"), ("IPTEK", "IPTEK")]
)
def test_how_a_value_is_shown(small, value, shown):
    """A year has no separator, a large number has; four decimals are kept; a text is shown as it is."""
    from smart_asn.checks import describe

    assert describe(small, Observation(value), "article", Language("en")) == shown


def test_the_record_is_plain(small):
    """What is recorded in the notebook goes through JSON unchanged but for tuples."""
    import json

    record = judge(small, "K001", regencies_stating(BOTH, ("PLN01",))).record()
    back = json.loads(json.dumps(record))
    assert back["evidence"] == ["E001", "E004"]
    assert {k: v for k, v in back.items() if not isinstance(v, list)} == {
        k: v for k, v in record.items() if not isinstance(v, tuple)
    }


def test_an_observation_that_does_not_fit_names_the_claim(small):
    """The error says which claim it was."""
    with pytest.raises(TypeError) as caught:
        judge(small, "K003", Observation("three"))
    assert str(caught.value) == "claim K003: the quantifier 'exactly' cannot weigh the observation 'three'"


def test_an_unknown_claim_is_refused(small):
    """The error says where claims stand."""
    with pytest.raises(KeyError, match=r"'K999' is not in data/claims.csv \(its column claim\)"):
        judge(small, "K999", Observation(1))
