"""Breaks a data folder, for the tests of validation, and says what is then found."""

import pytest

from smart_asn.data import DataError
from smart_asn.validation import validate


def edit(folder, name, old, new):
    """Replace a text that stands in a file exactly once."""
    path = folder / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), "utf-8")


def problems(folder):
    """What validation says, a line for each problem."""
    with pytest.raises(DataError) as caught:
        validate(folder)
    return [str(p) for p in caught.value.problems]
