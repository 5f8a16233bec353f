"""Sets counted from the coding: combined, narrowed, flipped, and traced to their evidence."""

import pytest

from smart_asn.observations import Observation, compare, measures_stated_by, regencies_stating

R = ("n", "s", "w")
STATED = frozenset({("n", "A"), ("n", "B"), ("s", "A"), ("w", "B"), ("w", "C")})


def both(*codes):
    return regencies_stating(R, codes)


def sources(cell):
    return (f"E-{cell[0]}{cell[1]}",)


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
)
def test_sets_combine(combined, expected):
    """Both, either, the first and not the second."""
    assert combined.members(STATED) == expected


def test_a_combination_depends_on_the_cells_of_both():
    """The doubts of either part can change a combination."""
    assert (both("A") - both("B")).cells == {(r, c) for r in R for c in "AB"}


def test_among_narrows_members_universe_and_cells():
    """Counted among s and w, A has one member of two, and n's cells no longer matter."""
    narrowed = both("A").among("w", "s")
    seen = narrowed.observe(STATED, sources)
    assert (seen.value, seen.members, seen.universe) == (1, ("s",), ("s", "w"))
    assert narrowed.cells == {("s", "A"), ("w", "A")}


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


def passages(*values):
    names = tuple((f"{v} en", f"{v} id") for v in values)
    return Observation(len(values), "passage", values, values, names, tuple(f"P-{v}" for v in values))


def test_passages_have_values_in_common():
    """Of x y and y z, y is common; it rests on all four passages, each named once."""
    seen = passages("x", "y") & passages("y", "z")
    assert (seen.value, seen.members, seen.names) == (1, ("y",), (("y en", "y id"),))
    assert seen.sources == ("P-x", "P-y", "P-z")


def test_nothing_in_common_with_nothing():
    """Where one side has nothing to observe, there is nothing to observe."""
    seen = passages("x") & Observation(None, sources=("P9",))
    assert (seen.value, seen.sources) == (None, ("P-x", "P9"))


def test_compare():
    """A comparison keeps the values it compared and what they rest on."""
    seen = compare(lambda a, b: a < b, "<", Observation(2, sources=("P1",)), 3)
    assert (seen.value, seen.kind, seen.members, seen.universe) == (True, "comparison", ("<",), ("2", "3"))
    assert seen.sources == ("P1",)


def test_compare_with_nothing():
    """A comparison with something that was not found observes nothing."""
    seen = compare(lambda a, b: a < b, "<", Observation(None, sources=("P1",)), 3)
    assert (seen.value, seen.sources) == (None, ("P1",))
