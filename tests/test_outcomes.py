"""The rules that turn a quantifier and an observation into a verdict, against answers worked out by hand."""

import pytest

from smart_asn.verdicts import QUANTIFIERS, VERDICTS, rounds_to, standing, verdict

S, P, C = "supported", "partly supported", "contradicted"

TABLE = {
    "all": {"6": {0: C, 1: P, 5: P, 6: S, 7: C}, "1": {0: C, 1: S, 2: C}},
    "almost all": {"6": {0: C, 1: P, 4: P, 5: S, 6: S, 7: C}, "2": {0: C, 1: S, 2: S}, "1": {0: C, 1: S}},
    "exactly": {"3": {0: C, 2: C, 3: S, 4: C}, "0": {0: S, 1: C}, "2.5": {2.5: S, 2: C}},
    "at least": {"3": {2: C, 3: S, 6: S}, "0.5": {0.49: C, 0.5: S}},
    "at most": {"3": {2: S, 3: S, 4: C}, "0": {0: S, 1: C}},
    "some": {"1": {0: C, 1: S, 6: S}},
    "none": {"6": {0: S, 1: P, 5: P, 6: C}, "1": {0: S, 1: C}},
    "figure": {
        "12.5": {12.5: S, 12.46: S, 12.45: S, 12.449: C, 12.54: S, 12.55: C},
        "13": {12.5: S, 13.49: S, 13.5: C, 12.49: C},
        "-0.5": {-0.45: S, -0.54: S, -0.56: C, 0.5: C},
    },
    "text": {"PRISMA": {"PRISMA": S, "PRISMA-P": C, "prisma": C}},
    "holds": {"yes": {True: S, False: C}},
}
ROWS = [(q, a, k, v) for q, by in TABLE.items() for a, row in by.items() for k, v in row.items()]


def test_every_quantifier_is_in_the_table():
    """No quantifier is left without worked-out answers."""
    assert set(TABLE) == set(QUANTIFIERS)


@pytest.mark.parametrize(("quantifier", "asserted", "observed", "expected"), ROWS)
def test_verdict(quantifier, asserted, observed, expected):
    """A quantifier, what is asserted and what is observed give the verdict that a person would give."""
    assert verdict(quantifier, asserted, observed, "coding") == expected


@pytest.mark.parametrize("quantifier", TABLE)
@pytest.mark.parametrize(
    ("against", "expected"),
    [("coding", "not stated"), ("article", "not stated"), ("public", "not found")],
)
def test_nothing_to_observe(quantifier, against, expected):
    """Where there is nothing to observe, a public fact is not found and anything else is not stated."""
    assert verdict(quantifier, next(iter(TABLE[quantifier])), None, against) == expected


def test_there_are_five_verdicts():
    """The five verdicts have the names that the ledger publishes."""
    assert VERDICTS == (S, P, C, "not stated", "not found")


def test_an_unknown_quantifier_is_refused():
    """The message says which quantifiers there are."""
    with pytest.raises(
        ValueError, match=r"^unknown quantifier 'most'; expected one of all, almost all, exactly"
    ):
        verdict("most", "6", 5, "coding")


@pytest.mark.parametrize(
    ("quantifier", "asserted", "takes"),
    [
        ("all", "0", "how many are meant, a whole number"),
        ("all", "six", "how many are meant, a whole number"),
        ("all", "²", "how many are meant, a whole number"),
        ("almost all", "5.5", "how many there are, a whole number"),
        ("none", "-1", "how many there are, a whole number"),
        ("exactly", "three", "a number"),
        ("at least", "nan", "a number"),
        ("at most", "inf", "a number"),
        ("some", "2", "1"),
        ("figure", "12,5", "a number as printed"),
        ("text", "", "a text"),
        ("holds", "true", "yes"),
    ],
)
def test_an_assertion_that_does_not_fit_is_refused(quantifier, asserted, takes):
    """The message says what the quantifier takes."""
    with pytest.raises(ValueError) as caught:
        verdict(quantifier, asserted, 1, "coding")
    assert str(caught.value) == f"{asserted!r} cannot be asserted with {quantifier!r}; expected {takes}"


@pytest.mark.parametrize(
    ("quantifier", "asserted", "observed"),
    [("all", "6", "6"), ("all", "1", True), ("text", "6", 6), ("holds", "yes", 1), ("holds", "yes", "yes")],
)
def test_an_observation_of_the_wrong_kind_is_refused(quantifier, asserted, observed):
    """A count is not a text, a truth is not a count."""
    with pytest.raises(TypeError) as caught:
        verdict(quantifier, asserted, observed, "coding")
    assert str(caught.value) == f"the quantifier {quantifier!r} cannot weigh the observation {observed!r}"


@pytest.mark.parametrize(
    ("value", "printed", "same"),
    [(2.5, "3", True), (0.125, "0.13", True), (0.1249, "0.13", False), (4_000_000, "4000000", True)],
)
def test_rounding_is_half_up(value, printed, same):
    """A half is rounded up, as on paper, not to the even digit."""
    assert rounds_to(value, printed) is same


# Standing -------------------------------------------------------------------------------------------------

A, B, X = ("a", "M1"), ("b", "M1"), ("c", "M2")


def test_without_doubts_a_verdict_stands():
    """With no doubtful cell there is one reading, and it stands."""
    found = standing(lambda flips: S, [])
    assert (found.stands, found.readings, found.otherwise) == (True, 1, ())


def test_a_verdict_that_no_reading_changes_stands():
    """Three doubtful cells give eight readings."""
    found = standing(lambda flips: P, [A, B, X])
    assert (found.stands, found.readings) == (True, 8)


def test_every_combination_is_tried_once():
    """The judge sees each set of flips, the settled one first, single flips before pairs."""
    seen = []
    standing(lambda flips: seen.append(frozenset(flips)) or S, [B, A])
    assert seen == [frozenset(), {A}, {B}, {A, B}]


def test_the_smallest_set_of_flips_is_named():
    """«All of three» with one of them absent: A alone makes it partly, A and B together contradicted."""
    stated = {A, B}

    def judge(flips):
        count = len(stated ^ set(flips))
        return verdict("all", "2", count, "coding")

    found = standing(judge, [A, B])
    assert not found.stands
    assert found.otherwise == ((P, (A,)), (C, (A, B)))


def test_flips_that_cancel_out_are_not_named():
    """«Exactly one»: one flip contradicts it; both together observe one again, which is the settled verdict."""
    stated = {A}
    found = standing(lambda f: verdict("exactly", "1", len(stated ^ set(f)), "coding"), [A, B])
    assert found.readings == 4
    assert found.otherwise == ((C, (A,)),)


def test_too_many_doubts_are_refused():
    """Seventeen doubtful cells would be 131,072 readings."""
    with pytest.raises(ValueError, match=r"^17 doubtful cells give too many readings"):
        standing(lambda flips: S, [(str(n), "M1") for n in range(17)])
