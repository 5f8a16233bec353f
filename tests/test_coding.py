"""The coded article, on matrices small enough to count by hand."""

import pandas as pd
import pytest

from smart_asn import coding

NORTH_AND_SOUTH = pd.DataFrame(
    {"A1": [True, True], "A2": [True, False], "B1": [False, False], "B2": [False, True]},
    index=pd.Index(["north", "south"], name="regency"),
)
THREE = pd.DataFrame(
    {"A": [1, 1, 0], "B": [1, 1, 0], "C": [1, 0, 1], "D": [0, 0, 1]}, index=["x", "y", "z"]
).astype(bool)


def frame(rows, columns):
    return pd.DataFrame(rows, columns=columns)


def test_stated_cells():
    """Two evidence rows for one cell make one stated cell."""
    evidence = frame([("north", "A1"), ("north", "A1"), ("south", "B2")], ["regency", "code"])
    assert coding.stated_cells(evidence) == {("north", "A1"), ("south", "B2")}


def test_one_firm_row_makes_a_cell_firm():
    """A cell with one firm and one doubtful evidence row is not doubtful; one with only doubtful rows is."""
    evidence = frame(
        [("n", "A1", True), ("n", "A1", False), ("n", "A2", True)], ["regency", "code", "doubtful"]
    )
    decisions = frame([("s", "A1")], ["regency", "code"])
    assert coding.doubtful_cells(evidence, decisions) == {("n", "A2"), ("s", "A1")}


def test_recorded_cells():
    """What the regencies recorded under a name becomes cells again."""
    regencies = {"n": {"stated": ["A1", "B1"], "doubtful": []}, "s": {"stated": [], "doubtful": ["A1"]}}
    assert coding.recorded_cells(regencies, "stated") == {("n", "A1"), ("n", "B1")}
    assert coding.recorded_cells(regencies, "doubtful") == {("s", "A1")}


def test_matrix_keeps_the_given_order():
    """The matrix has its rows and columns in the order asked for, and leaves other cells out."""
    made = coding.matrix({("s", "B"), ("n", "A"), ("n", "Z")}, ["s", "n"], ["B", "A"])
    assert list(made.index) == ["s", "n"]
    assert list(made.columns) == ["B", "A"]
    assert made.to_numpy().tolist() == [[True, False], [False, True]]


def test_coverage():
    """Coverage is the share of a strategy's measures that a regency states, strategies in the codebook's order."""
    codebook = frame([("B1", "b"), ("A1", "a"), ("A2", "a"), ("B2", "b")], ["code", "strategy"])
    shares = coding.coverage(NORTH_AND_SOUTH, codebook)
    assert list(shares.columns) == ["b", "a"]
    assert shares.loc["north"].tolist() == [0.0, 1.0]
    assert shares.loc["south"].tolist() == [0.5, 0.5]


def test_shared_by_all_and_by_none():
    """A1 is stated by both, B1 by neither."""
    assert coding.shared_by_all(NORTH_AND_SOUTH) == ["A1"]
    assert coding.stated_by_none(NORTH_AND_SOUTH) == ["B1"]


def test_unique_to():
    """A2 is the north's alone, B2 the south's."""
    assert coding.unique_to(NORTH_AND_SOUTH, "north") == ["A2"]
    assert coding.unique_to(NORTH_AND_SOUTH, "south") == ["B2"]


@pytest.mark.parametrize(("at_least", "expected"), [(1, ["C", "D"]), (2, [])])
def test_left_unsaid_by(at_least, expected):
    """y leaves C and D unsaid; one other states each, which is enough where one is asked for."""
    stated = THREE.assign(C=[True, False, False])
    assert coding.left_unsaid_by(stated, "y", at_least) == expected


def test_similarity_is_jaccards():
    """x and y share two of three measures, x and z one of four, y and z none."""
    like = coding.similarity(THREE)
    assert like.loc["x", "y"] == pytest.approx(2 / 3)
    assert like.loc["x", "z"] == pytest.approx(1 / 4)
    assert like.loc["y", "z"] == 0
    assert like.loc["y", "y"] == 1


def test_nearest():
    """The nearest to z is x, with a quarter."""
    assert coding.nearest(THREE, "z") == ("x", pytest.approx(1 / 4))


def test_nearest_breaks_a_tie_by_order():
    """Of two that are equally near, the first in order is named."""
    stated = pd.DataFrame({"A": [1, 1, 1], "B": [0, 0, 0]}, index=["x", "y", "z"]).astype(bool)
    assert coding.nearest(stated, "z") == ("x", 1.0)


def test_cluster_joins_the_most_alike_first():
    """x and y join at a distance of a third; z joins them at the mean of three quarters and one."""
    tree = coding.cluster(THREE)
    assert tree[0, :3].tolist() == [0, 1, pytest.approx(1 / 3)]
    assert tree[1, 2] == pytest.approx((3 / 4 + 1) / 2)


def test_flipped():
    """A stated cell that is flipped is no longer stated, an absent one is."""
    assert coding.flipped(frozenset({("n", "A"), ("n", "B")}), [("n", "A"), ("s", "A")]) == {
        ("n", "B"),
        ("s", "A"),
    }


def test_coverage_range():
    """A doubtful present cell lowers the least, a doubtful absent one raises the most."""
    cells = frozenset({("n", "A"), ("n", "B"), ("s", "A"), ("s", "old")})
    doubtful = frozenset({("n", "B"), ("n", "C"), ("s", "C")})
    rows = coding.coverage_range(cells, doubtful, ["n", "s"], ["A", "B", "C"])
    assert rows.loc["n"].tolist() == [2, 1, 3]
    assert rows.loc["s"].tolist() == [1, 1, 2]


def passes(first, second):
    columns = ["regency", "code", "present"]
    keys = [("n", f"A{i}") for i in range(len(first))]
    return [frame([(*k, v) for k, v in zip(keys, p, strict=True)], columns) for p in (first, second)]


def test_agreement():
    """Two passes of ten cells: 4 yes/yes, 1 yes/no, 1 no/yes, 4 no/no."""
    one = [True] * 5 + [False] * 5
    two = [True] * 4 + [False] + [True] + [False] * 4
    found = coding.agreement(*passes(one, two))
    assert (found["cells"], found["differing"]) == (10, 2)
    assert found["raw"] == 0.8
    assert found["kappa"] == pytest.approx((0.8 - 0.5) / (1 - 0.5))
    # Krippendorff: 20 values, 10 of each; expected disagreement 2*10*10/(20*19), observed 0.2
    assert found["alpha"] == pytest.approx(1 - 0.2 / (200 / 380))


def test_agreement_joins_by_cell_not_by_row():
    """The order of the rows in a pass does not matter."""
    one, two = passes([True, False, False], [True, False, False])
    assert coding.agreement(one, two.iloc[::-1])["differing"] == 0


def test_agreement_refuses_a_cell_coded_twice():
    """A cell that stands twice in one pass is an error."""
    one, two = passes([True, False], [True, False])
    with pytest.raises(pd.errors.MergeError):
        coding.agreement(pd.concat([one, one]), two)
