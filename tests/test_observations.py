"""What is observed: sets counted from the coding, units that were read, comparisons; and what each rests on."""

import pytest

from smart_asn.observations import Coded, Observation, compare, measures_stated_by, regencies_stating
from smart_asn.outcomes import Seen

R = ("n", "s", "w")
STATED = frozenset({("n", "A"), ("n", "B"), ("s", "A"), ("w", "B"), ("w", "C")})


def both(*codes):
    return regencies_stating(R, codes)


def sources(cell):
    return (f"E-{cell[0]}{cell[1]}",)


# Counted from the coding ----------------------------------------------------------------------------------


def test_every_measure_is_asked_for():
    """Only n states A and B."""
    assert both("A", "B").members(STATED) == ("n",)


def test_any_measure_is_enough_where_asked():
    """A or C is stated by all three."""
    assert regencies_stating(R, ("A", "C"), every=False).members(STATED) == R


@pytest.mark.parametrize(
    ("combined", "expected"),
    [
        (both("A") & both("B"), ("n",)),
        (both("A") | both("C"), ("n", "s", "w")),
        (both("A") - both("B"), ("s",)),
        (both("B") - both("A"), ("w",)),
    ],
    ids=["and", "or", "less", "less-turned"],
)
def test_sets_combine(combined, expected):
    """Both, either, the first and not the second."""
    assert combined.members(STATED) == expected


def test_a_combination_depends_on_the_cells_of_both():
    """The doubts of either part can change a combination."""
    assert (both("A") - both("B")).cells == {(r, c) for r in R for c in "AB"}


def test_a_combination_keeps_sources_and_doubtful_members_of_both():
    """What either part rests on, and each member that either could count the other way, is kept, once."""
    one = Coded("regency", R, lambda m, s: True, frozenset(), ("E1", "E2"), frozenset({"n"}))
    two = Coded("regency", R, lambda m, s: True, frozenset(), ("E2", "E3"), frozenset({"s"}))
    assert ((one & two).sources, (one & two).doubtful) == (("E1", "E2", "E3"), {"n", "s"})


def test_among_narrows_members_universe_cells_and_doubts():
    """Counted among s and w, A has one member of two, and neither n's cells nor its doubt matter."""
    narrowed = (
        both("A") & Coded("regency", R, lambda m, s: True, frozenset(), (), frozenset({"n", "s"}))
    ).among("w", "s")
    seen = narrowed.observe(STATED, sources)
    assert (seen.value, seen.members, seen.universe) == (1, ("s",), ("s", "w"))
    assert narrowed.cells == {("s", "A"), ("w", "A")}
    assert narrowed.doubtful == {"s"}


def test_among_refuses_a_stranger():
    """A name that is not in the universe is refused."""
    with pytest.raises(ValueError, match=r"^x: not among n, s, w$"):
        both("A").among("x")


def test_measures_and_regencies_do_not_combine():
    """Sets over different members cannot be combined."""
    with pytest.raises(ValueError, match=r"^cannot combine a set of regency with a set of measure"):
        both("A") & measures_stated_by("n", ("A",))


def test_measures_of_one_regency():
    """Of A, B and C, w states B and C."""
    seen = measures_stated_by("w", ("A", "B", "C")).observe(STATED, sources)
    assert (seen.kind, seen.value, seen.members) == ("measure", 2, ("B", "C"))


def test_a_flip_changes_the_count():
    """With s A turned the other way, only n states A."""
    assert both("A").members(STATED ^ {("s", "A")}) == ("n",)


def test_sources_are_those_of_the_stated_cells_looked_at():
    """The evidence of A and B is named, even where a regency states only one of them; that of C is not."""
    assert both("A", "B").observe(STATED, sources).sources == ("E-nA", "E-nB", "E-sA", "E-wB")


# What an observation comes to -----------------------------------------------------------------------------


@pytest.fixture
def units():
    """Four units: u says yes, v says yes in one reading, w says no, x says nothing, but no in one reading."""
    return Observation(
        2, "unit", ("u", "v"), ("u", "v", "w", "x"), ("w",), (("v", "nothing"), ("x", "no")), sources=("P1",)
    )


def test_units_are_weighed_with_those_that_say_otherwise(units):
    """Two of four count, one says otherwise."""
    assert units.seen() == Seen(2, 4, 1)


@pytest.mark.parametrize(
    ("flips", "expected"),
    [
        ([("v", "nothing")], Seen(1, 4, 1)),
        ([("x", "no")], Seen(2, 4, 2)),
        ([("v", "no"), ("x", "yes")], Seen(2, 4, 2)),
        ([("w", "yes")], Seen(3, 4, 0)),
        ([("w", "nothing")], Seen(2, 4, 0)),
    ],
)
def test_a_doubtful_unit_is_read_as_the_other_reader_did(units, flips, expected):
    """Read the other way a unit says what the other reading says: silence is no yes, and a no is no silence."""
    assert units.seen(flips) == expected


def test_a_value_is_weighed_with_what_an_earlier_source_has():
    """A figure is no count, whatever it was listed from."""
    seen = Observation(3, members=("a", "b", "c"), universe=("a", "b", "c"), earlier=2)
    assert (seen.counts, seen.seen()) == (False, Seen(3, earlier=2))


def test_a_search_is_unseen():
    """What was looked for and not found was not seen; nothing else follows from it."""
    assert Observation(None, "search", sources=("grand-design",)).seen() == Seen(unseen=True)


def test_different_values_can_be_asked_about():
    """Of values printed, the first is the observation; how many different ones there are is its ``distinct``."""
    seen = Observation(2045, members=("2045", "2024"))
    assert (seen.distinct.value, seen.distinct.counts) == (2, False)


# Comparisons ----------------------------------------------------------------------------------------------


def test_compare():
    """A comparison keeps the values it compared, what they rest on, and their date."""
    seen = compare(lambda a, b: a < b, Observation(2, sources=("P1",), period="2020"), 3)
    assert (seen.value, seen.kind, seen.universe) == (True, "comparison", ("2", "3"))
    assert (seen.sources, seen.period) == (("P1",), "2020")


def test_compare_with_nothing():
    """A comparison with something that is not there observes nothing."""
    seen = compare(lambda a, b: a < b, Observation(None, sources=("P1",)), 3)
    assert (seen.value, seen.kind, seen.sources) == (None, "comparison", ("P1",))
    assert seen.seen() == Seen(None)


def test_compare_with_what_was_not_seen():
    """A comparison with a document that was not open to us was not made."""
    seen = compare(lambda a, b: a < b, 3, Observation(None, "search", sources=("book",)))
    assert (seen.kind, seen.sources) == ("search", ("book",))
    assert seen.seen() == Seen(unseen=True)
