"""The tables and short computed texts, on the small world: each against an answer worked out by hand."""

import pytest
from bs4 import BeautifulSoup

from smart_asn import tables
from smart_asn.edition import Edition
from smart_asn.language import Language


@pytest.fixture
def edition(small):
    """The English edition of the small world."""
    return Edition(small, Language("en"), "regencies/north")


def rows(block) -> list[list[str]]:
    """The cells of a block's table as text, header left out."""
    page = BeautifulSoup(block._repr_html_(), "html.parser")
    body = page.select("tbody tr")
    return [[" ".join(c.get_text(" ").split()) for c in r.find_all(["th", "td"])] for r in body]


def words(block) -> str:
    """A block as text."""
    return " ".join(BeautifulSoup(block._repr_html_(), "html.parser").get_text(" ").split())


def test_facts(edition):
    """North has its regulation, its people and all three measures; South has neither regulation nor figure."""
    north = dict(rows(tables.table_facts(edition, "north")))
    assert north["Regulation, as the article gives it"] == "regent regulation 7 of 2020"
    assert north["Road map period"] == "2020–2024"
    assert north["Measures stated"].startswith("3 of 3")
    assert north["Population, census 2020"].startswith("1,000")
    south = dict(rows(tables.table_facts(edition, "south")))
    assert south["Regulation, as the article gives it"] == "none given in the article"
    assert south["Measures stated"].startswith("1 of 3")


def test_alone_and_unsaid(edition):
    """North alone states the workload analysis and the online intake; two others that South lacks do not exist."""
    alone = words(tables.alone(edition, "north"))
    assert "Workload analysis" in alone
    assert "Online intake" in alone
    assert "Job analysis" not in alone
    assert (
        words(tables.unsaid(edition, "south")) == "Whatever at least 2 of the others state, South states too."
    )


def test_nearest(edition):
    """Of three measures that either states, the two share one."""
    assert words(tables.nearest(edition, "north")) == (
        "The nearest relative is South with a Jaccard similarity of 0.33: "
        "of the 3 measures that either states, both state 1."
    )


def test_matrix(edition):
    """Measures by regencies: a present cell leads to its evidence, a doubtful one says so, an absent one as well."""
    page = BeautifulSoup(tables.matrix_table(edition, edition.stated)._repr_html_(), "html.parser")
    cells = {row.th.get_text(" ", strip=True): row.find_all("td") for row in page.select("tbody tr")}
    assert len(cells) == 3
    north, south = next(c for name, c in cells.items() if "Online intake" in name)[-3:-1]
    assert "doubtful" in north.get_text()
    assert north.a["href"] == "book:regencies/north#e003"
    assert "doubtful" in south.get_text()
    assert "not stated" in south.get_text()


def test_shared(edition):
    """Job analysis is stated by both; the other two by one."""
    both, one = rows(tables.table_shared(edition, edition.stated))
    assert both[0] == "2 of 2"
    assert "Job analysis" in both[-1]
    assert one[0] == "1 of 2"
    assert "Workload analysis" in one[-1]
    assert "Online intake" in one[-1]
