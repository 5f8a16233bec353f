"""The ledger, gathered from what cells recorded."""

import csv
import io
import json

import pytest

from smart_asn import chapters as chapters_module
from smart_asn import ledger
from smart_asn.chapters import Page
from smart_asn.checks import judge
from smart_asn.ledger import LedgerError, as_csv, as_json, backlinks, claims_about, gather, published
from smart_asn.observations import Observation, regencies_stating
from smart_asn.pipeline import execute

BOTH = ("north", "south")


def claim_cell(small, claim, observed, names=""):
    record = json.loads(json.dumps(judge(small, claim, observed).record()))
    return f'check("{names or claim}", observed=tested)', {"claim": record}


@pytest.fixture
def cells(small):
    """A checking cell for each claim of the small world: K001 and K002 in one chapter, the others in a second."""
    return {
        "first": [
            claim_cell(small, "K001", regencies_stating(BOTH, ("PLN01",))),
            claim_cell(small, "K002", regencies_stating(BOTH, ("REC01",))),
        ],
        "second": [
            claim_cell(small, "K003", Observation(2, sources=("P001", "P002"))),
            claim_cell(small, "K004", Observation(12.46, sources=("share",))),
            ("record(stated=1)", {"stated": ["PLN01"]}),
        ],
    }


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write what the cells of chapters recorded, and make them the book's only ones."""
    monkeypatch.setattr(chapters_module, "BUILD", tmp_path / "build")

    def write(chapters):
        pages = [Page(slug, tmp_path / f"{slug}.ipynb") for slug in chapters]
        for page in pages:
            path = page.checks("en")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(execute.recorded(chapters[page.slug])[0]), "utf-8")
        monkeypatch.setattr(ledger, "pages", lambda regencies: pages)
        return pages

    return write


def problems(small):
    with pytest.raises(LedgerError) as caught:
        gather(small, "en")
    return caught.value.problems


def test_every_claim_with_its_chapter(small, cells, write):
    """Claims come in the order of claims.csv, each with the chapter that checks it."""
    write({"second": cells["second"], "first": cells["first"]})
    found = gather(small, "en")
    assert [(c["claim"], c["page_slug"], c["verdict"]) for c in found] == [
        ("K001", "first", "supported"),
        ("K002", "first", "partly supported"),
        ("K003", "second", "contradicted"),
        ("K004", "second", "supported"),
    ]


def test_a_claim_without_a_cell(small, cells, write):
    """An orphan claim is an error."""
    write({"first": cells["first"], "second": cells["second"][1:]})
    assert problems(small) == ["K003: no notebook cell checks this claim of data/claims.csv"]


def test_a_cell_without_a_claim(small, cells, write):
    """A cell that checks what is not a claim is an error."""
    small._frames["claims"] = small.claims[small.claims["claim"] != "K004"]
    write(cells)
    assert problems(small) == ["K004: checked in second, but not a claim of data/claims.csv"]


def test_a_claim_checked_twice(small, cells, write):
    """Two cells for one claim are an error that names both chapters."""
    cells["second"].append(cells["first"][0])
    write(cells)
    assert problems(small) == ["K001: checked 2 times, in first, second"]


def test_a_cell_that_records_another_claim(small, cells, write):
    """A cell whose source names one claim and whose output records another is an error."""
    cells["first"][0] = claim_cell(small, "K001", regencies_stating(BOTH, ("PLN01",)), names="K009")
    write(cells)
    assert problems(small) == ['first: a cell records K001 without a plain check("K001", ...)']


def test_all_mismatches_at_once(small, cells, write):
    """The error lists every mismatch."""
    cells["second"] = [cells["first"][0]]
    write(cells)
    with pytest.raises(LedgerError) as caught:
        gather(small, "en")
    assert str(caught.value) == (
        "The ledger and the notebooks do not match:\n"
        "  K003: no notebook cell checks this claim of data/claims.csv\n"
        "  K004: no notebook cell checks this claim of data/claims.csv\n"
        "  K001: checked 2 times, in first, second"
    )


def test_a_chapter_that_was_not_executed(small, cells, write):
    """The error names the chapter."""
    pages = write(cells)
    pages[1].checks("en").unlink()
    with pytest.raises(FileNotFoundError, match=r"^second has not been executed yet"):
        gather(small, "en")


def test_checks_and_results_are_parted(cells):
    """What a chapter's cells recorded are claims, with their cells' sources, and results."""
    checks, results = execute.recorded(cells["second"])
    assert [(source, entry["claim"]) for source, entry in checks] == [
        (cells["second"][0][0], "K003"),
        (cells["second"][1][0], "K004"),
    ]
    assert results == {"stated": ["PLN01"]}


def test_backlinks(small, cells, write):
    """From a source to the claims that rest on it; REC01 rests on E003 alone, for South does not state it."""
    write(cells)
    assert backlinks(gather(small, "en")) == {
        "E001": ["K001"],
        "E004": ["K001"],
        "E003": ["K002"],
        "P001": ["K003"],
        "P002": ["K003"],
        "share": ["K004"],
    }


def test_claims_about(small, cells, write):
    """A claim bears on the regencies that were counted; a claim of a regency's own section bears on it."""
    small._frames["claims"].loc[3, "section"] = "south"
    cells["second"][1] = claim_cell(small, "K004", Observation(12.46, sources=("share",)))
    write(cells)
    assert claims_about(small, gather(small, "en")) == {"north": ["K001", "K002"], "south": ["K001", "K004"]}


def test_published(small, cells, write):
    """JSON and CSV hold the same claims, with the cell's address and the evidence's ids."""
    write(cells)
    entries = published(small, gather(small, "en"))
    parsed = json.loads(as_json(entries))["claims"]
    rows = list(csv.DictReader(io.StringIO(as_csv(entries))))
    assert [p["claim"] for p in parsed] == [r["claim"] for r in rows] == ["K001", "K002", "K003", "K004"]
    assert parsed[0]["cell"] == "en/first.html#check-k001"
    assert parsed[0]["evidence"] == ["E001", "E004"]
    assert rows[0]["evidence"] == "E001 E004"
    assert (rows[0]["stands"], rows[1]["stands"]) == ("true", "false")
    assert (parsed[0]["page"], parsed[0]["first_line"], parsed[0]["last_line"]) == (175, 2, 3)


def test_the_published_ledger_is_described(small, cells, write):
    """The data package describes the columns of ledger.csv, in their order."""
    write(cells)
    resource = next(r for r in small.package["resources"] if r["name"] == "ledger")
    entries = published(small, gather(small, "en"))
    assert [f["name"] for f in resource["schema"]["fields"]] == list(entries[0])
