"""The mutation check itself: its changes are changes, and what it reads is what the build publishes."""

import random

import pytest
from mutations import OUTCOMES, Change, altered, apply, changes, report, rows_of
from reader import Reader

from smart_asn.datapackage import read_package

ROWS = [{"key": "a", "n": "1"}, {"key": "b", "n": "2"}]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("true", "boolean"),
        ("12", "integer"),
        ("0.5", "number"),
        ("3", "number"),
        ("", "integer"),
        ("some words", "string"),
        ("…", "string"),
    ],
)
def test_a_change_changes_something(value, kind):
    """Whatever is drawn, the value afterwards is another one."""
    for seed in range(50):
        assert altered(value, kind, [value, "other"], random.Random(seed))[0] != value


def test_the_same_seed_gives_the_same_changes():
    """The check can be repeated."""
    package = read_package()
    rows = rows_of(package)
    one, two = (changes(rows, package, random.Random(1), 1, 1) for _ in range(2))
    assert one == two
    assert {c.file for c in one} == {path for path, table in rows.items() if table}


@pytest.mark.parametrize(
    ("how", "column", "expected"),
    [
        ("row dropped", "", [ROWS[0]]),
        ("row doubled", "", [ROWS[0], ROWS[1], ROWS[1]]),
        ("shifted", "n", [ROWS[0], {"key": "b", "n": "9"}]),
    ],
)
def test_apply(how, column, expected):
    """A change touches its row only; row 3 of the file is the second under the header."""
    assert apply(Change("f.csv", column, how, 3, "2", "9"), ROWS) == expected


def test_report():
    """The table counts by kind, and lists what was silent."""
    change = Change("f.csv", "n", "shifted", 3, "2", "9")
    text = report([(change, "visible", "ledger"), (change, "silent", "")])
    assert "Caught: 1 of 2 (50.0 percent)." in text
    assert text.endswith("Silent:\n  f.csv, row 3, n shifted: '2' -> '9'")
    assert all(o in text.splitlines()[0] for o in OUTCOMES)


@pytest.mark.slow
def test_read_in_process_is_what_is_published(shipped, tmp_path):
    """The ledger that the check reads without papermill is, letter by letter, the published one."""
    from smart_asn.pipeline.publish import EDITIONS
    from smart_asn.places import SITE

    read = dict(Reader(tmp_path).read(shipped, EDITIONS[0]))
    assert read["ledger.json"] == (SITE / "ledger.json").read_text("utf-8")
