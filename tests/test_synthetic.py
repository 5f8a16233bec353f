"""The synthetic books of the benchmark: whatever the schema asks of the data, theirs has it."""

import pytest
import yaml
from synthetic import write

from smart_asn.coding import MANY
from smart_asn.places import ROOT
from smart_asn.validation import validate


@pytest.mark.parametrize("count", [6, MANY + 1])
def test_a_synthetic_book_is_valid(tmp_path, count):
    """Its data is as its description says, and every page of its contents is there or is a regency's."""
    write(tmp_path / "book", count)
    validate(tmp_path / "book/data")
    listed = yaml.safe_load((tmp_path / "book/_toc.yml").read_text("utf-8"))["parts"][0]["chapters"]
    files = {chapter["file"] for chapter in (*listed, *listed[0]["sections"])}
    written = {path.stem for path in (tmp_path / "book/notebooks").glob("*.ipynb")}
    assert {name for name in files if "/" not in name} == written - {"index", "regency"}
    assert len([name for name in files if name.startswith("regencies/")]) == (6 if count == 6 else 0)


def test_a_larger_book_has_the_regencies_of_a_smaller_one(tmp_path):
    """A regency's rows hang on nothing but its number, so that a book can grow."""
    for count in (6, 7):
        write(tmp_path / str(count), count)
    smaller, larger = ((tmp_path / f"{n}/data/evidence.csv").read_text("utf-8") for n in (6, 7))
    assert larger.startswith(smaller) and larger != smaller


def test_never_into_the_project():
    """Synthetic rows stand beside no real ones."""
    with pytest.raises(SystemExit, match="never written into the project"):
        write(ROOT / "synthetic", 2)
