"""The rules that turn a statement's scope and what was seen into an outcome, against answers worked out by hand."""

import pytest

from smart_asn.outcomes import (
    FACTS,
    MEANINGS,
    NO_FACT,
    OTHERS,
    OUTCOMES,
    SCOPES,
    SCORED,
    Seen,
    outcome,
    rounds_to,
    standing,
)

S, P, OLD, C = "supported", "partly supported", "out of date", "contradicted"
NOTHING, UNSEEN = "no basis given", "not verified"

COUNTS = {
    # scope, asserted, of how many: by how many are counted, without and with one that says otherwise
    ("all", "6", 6): {0: (NOTHING, C), 1: (P, P), 5: (P, P), 6: (S, S)},
    ("all", "1", 1): {0: (NOTHING, C), 1: (S, S)},
    ("almost all", "6", 6): {0: (NOTHING, C), 1: (P, P), 4: (P, P), 5: (S, S), 6: (S, S)},
    ("almost all", "2", 2): {0: (NOTHING, C), 1: (S, S), 2: (S, S)},
    ("almost all", "1", 1): {0: (NOTHING, C), 1: (P, P)},
    ("exactly", "3", 6): {0: (NOTHING, C), 2: (P, P), 3: (S, S), 4: (C, C), 6: (C, C)},
    ("at least", "3", 6): {0: (NOTHING, C), 2: (P, P), 3: (S, S), 6: (S, S)},
    ("at least", "1", 1): {0: (NOTHING, C), 1: (S, S)},
    ("none", "6", 6): {0: (S, S), 1: (P, P), 5: (P, P), 6: (C, C)},
    ("none", "1", 1): {0: (S, S), 1: (C, C)},
}
"""Counts. Silence is one thing: by some is partly, by none is no basis; contradicted only where one says otherwise."""

FIGURES = {
    ("figure", "12.5"): {12.5: S, 12.46: S, 12.45: S, 12.449: C, 12.54: S, 12.55: C},
    ("figure", "13"): {12.5: S, 13.49: S, 13.5: C, 12.49: C},
    ("figure", "-0.5"): {-0.45: S, -0.54: S, -0.56: C, 0.5: C},
    ("at least", "0.5"): {0.49: C, 0.5: S, 3: S},
    ("at most", "3"): {2: S, 3: S, 3.1: C},
    ("text", "PRISMA"): {"PRISMA": S, "PRISMA-P": C, "prisma": C},
    ("holds", "yes"): {True: S, False: C},
}
"""Figures, texts and truths."""


def counted(scope, asserted, number, total, otherwise=0):
    return outcome(scope, asserted, Seen(number, total, otherwise))


def test_every_scope_is_worked_out():
    """No scope is left without worked-out answers."""
    assert {scope for scope, *_ in [*COUNTS, *FIGURES]} == set(SCOPES)


@pytest.mark.parametrize(
    ("scope", "asserted", "total", "number", "expected"),
    [(*key, number, both) for key, row in COUNTS.items() for number, both in row.items()],
)
def test_a_count(scope, asserted, total, number, expected):
    """A scope and a count give the outcome that a person would give, whether or not one of the others says otherwise."""
    silent = counted(scope, asserted, number, total)
    spoken = counted(scope, asserted, number, total, otherwise=1)
    assert (silent, spoken) == expected


@pytest.mark.parametrize(
    ("scope", "asserted", "value", "expected"),
    [(*key, value, found) for key, row in FIGURES.items() for value, found in row.items()],
)
def test_a_figure(scope, asserted, value, expected):
    """A scope and a figure, a text or a truth give the outcome that a person would give."""
    assert outcome(scope, asserted, Seen(value)) == expected


@pytest.mark.parametrize(("scope", "asserted"), dict.fromkeys((s, a) for s, a, *_ in [*COUNTS, *FIGURES]))
def test_nothing_to_observe(scope, asserted):
    """Where there is nothing to observe no basis is given, whatever the scope."""
    assert outcome(scope, asserted, Seen(None)) == NOTHING


@pytest.mark.parametrize(("scope", "asserted"), dict.fromkeys((s, a) for s, a, *_ in [*COUNTS, *FIGURES]))
def test_what_was_not_seen_is_not_verified(scope, asserted):
    """A source that was not open to us settles nothing, whatever else was noted."""
    assert outcome(scope, asserted, Seen(unseen=True)) == UNSEEN
    assert outcome(scope, asserted, Seen(3, 6, 1, unseen=True)) == UNSEEN


@pytest.mark.parametrize(
    ("scope", "asserted", "now", "before", "expected"),
    [
        ("figure", "11.2", 12.46, 11.24, OLD),
        ("figure", "11.2", 12.46, 10.0, C),
        ("figure", "12.5", 12.46, 11.24, S),
        ("text", "2018-2019", "2020-2024", "2018-2019", OLD),
        ("at most", "3", 4, 2, OLD),
    ],
)
def test_right_for_an_earlier_date(scope, asserted, now, before, expected):
    """What an earlier source has and the present one has not is out of date; what neither has is contradicted."""
    assert outcome(scope, asserted, Seen(now, earlier=before)) == expected


def test_the_outcomes():
    """The seven outcomes have the names that the ledger publishes, each with a meaning; five of them count."""
    assert OUTCOMES == (S, P, OLD, C, NOTHING, UNSEEN, NO_FACT)
    assert set(MEANINGS) == set(OUTCOMES)
    assert set(OUTCOMES) - SCORED == {UNSEEN, NO_FACT}
    assert not set(FACTS) & set(OTHERS)


def test_an_unknown_scope_is_refused():
    """The message says which scopes there are."""
    with pytest.raises(ValueError, match=r"^unknown scope 'most'; expected one of all, almost all, exactly"):
        outcome("most", "6", Seen(5, 6))


@pytest.mark.parametrize(
    ("scope", "asserted", "takes"),
    [
        ("all", "0", "how many are meant, a whole number"),
        ("all", "six", "how many are meant, a whole number"),
        ("all", "²", "how many are meant, a whole number"),
        ("almost all", "5.5", "how many are meant, a whole number"),
        ("none", "-1", "how many are meant, a whole number"),
        ("exactly", "2.5", "a whole number"),
        ("at least", "nan", "a number"),
        ("at most", "inf", "a number"),
        ("figure", "12,5", "a number as printed"),
        ("text", "", "a text"),
        ("holds", "true", "yes"),
    ],
)
def test_an_assertion_that_does_not_fit_is_refused(scope, asserted, takes):
    """The message says what the scope takes."""
    with pytest.raises(ValueError) as caught:
        outcome(scope, asserted, Seen(1, 1))
    assert str(caught.value) == f"{asserted!r} cannot be asserted with the scope {scope!r}; expected {takes}"


@pytest.mark.parametrize(
    ("scope", "asserted", "seen", "message"),
    [
        ("all", "6", Seen(6), "the scope 'all' weighs a count, not the number 6"),
        ("all", "6", Seen("6"), "the scope 'all' weighs a count, not the text '6'"),
        ("all", "1", Seen(True), "the scope 'all' weighs a count, not the truth True"),
        ("figure", "6", Seen(6, 7), "the scope 'figure' weighs a number, not the count 6"),
        ("at least", "6", Seen("6"), "the scope 'at least' weighs a count or a number, not the text '6'"),
        ("text", "6", Seen(6), "the scope 'text' weighs a text, not the number 6"),
        ("holds", "yes", Seen(1), "the scope 'holds' weighs a truth, not the number 1"),
    ],
)
def test_an_observation_of_the_wrong_kind_is_refused(scope, asserted, seen, message):
    """A count is not a figure, a text is not a number, a truth is not a count."""
    with pytest.raises(TypeError) as caught:
        outcome(scope, asserted, seen)
    assert str(caught.value) == message


def test_an_earlier_observation_of_another_kind_is_refused():
    """What an earlier source has is weighed as the present one is: a text is no earlier figure."""
    with pytest.raises(TypeError, match=r"^the earlier text 'many' is no number like 12\.46$"):
        outcome("figure", "11.2", Seen(12.46, earlier="many"))


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_says_when(scope):
    """Each scope says when a statement is supported and when contradicted, for the method chapter."""
    supported, _, contradicted = SCOPES[scope].when
    assert supported and contradicted


@pytest.mark.parametrize(
    ("value", "printed", "same"),
    [(2.5, "3", True), (0.125, "0.13", True), (0.1249, "0.13", False), (4_000_000, "4000000", True)],
)
def test_rounding_is_half_up(value, printed, same):
    """A half is rounded up, as on paper, not to the even digit."""
    assert rounds_to(value, printed) is same


# Standing -------------------------------------------------------------------------------------------------

A, B, X = ("a", "M1"), ("b", "M1"), ("c",)


def test_without_doubts_an_outcome_stands():
    """With nothing doubtful there is one reading, and it stands."""
    found = standing(lambda flips: S, [])
    assert (found.stands, found.readings, found.otherwise) == (True, 1, ())


def test_an_outcome_that_no_reading_changes_stands():
    """Three doubtful things give eight readings."""
    found = standing(lambda flips: P, [A, B, X])
    assert (found.stands, found.readings) == (True, 8)


def test_every_combination_is_tried_once():
    """The judge sees each set of flips, the settled one first, single flips before pairs."""
    seen = []
    standing(lambda flips: seen.append(frozenset(flips)) or S, [B, A])
    assert seen == [frozenset(), {A}, {B}, {A, B}]


def test_the_smallest_set_of_flips_is_named():
    """«All of two»: without A it is partly so, without A and B there is no basis."""
    found = standing(lambda flips: counted("all", "2", len({A, B} ^ set(flips)), 2), [A, B])
    assert not found.stands
    assert found.otherwise == ((P, (A,)), (NOTHING, (A, B)))


def test_flips_that_cancel_out_are_not_named():
    """«Exactly one»: one flip leaves none; both together observe one again, which is the settled outcome."""
    found = standing(lambda f: counted("exactly", "1", len({A} ^ set(f)), 2), [A, B])
    assert found.readings == 4
    assert found.otherwise == ((NOTHING, (A,)), (C, (B,)))


def test_too_many_doubts_are_refused():
    """Seventeen doubtful cells would be 131,072 readings."""
    with pytest.raises(ValueError, match=r"^17 doubtful cells give too many readings"):
        standing(lambda flips: S, [(str(n), "M1") for n in range(17)])
