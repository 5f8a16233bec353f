"""The tables of the method and of reference, on the small world: each against an answer worked out by hand."""

import pytest
from tables_read import caption, links, rows, soup, words

from smart_asn import tables
from smart_asn.outcomes import OUTCOMES, SCOPES

# Method ---------------------------------------------------------------------------------------------------


def test_six_p(edition, indonesian):
    """Each strategy with its names in two places of the article, and the number of its measures."""
    assert rows(tables.table_six_p(edition)) == [
        ["a", "Planning", "Plans", "Planning", "2"],
        ["b", "Recruitment", "Intake", "Recruiting", "1"],
    ]
    assert rows(tables.table_six_p(indonesian))[1][1:4] == ["Perekrutan", "Penerimaan", "Perekrutan"]


def test_prisma_p(edition):
    """Each item with what is reported of it; the caption counts them."""
    table = tables.table_prisma_p(edition)
    assert rows(table) == [["1", "Title", "◐ partly", "p. 175, line 2", "Named."]]
    assert caption(table) == (
        "PRISMA-P, 1 items in our words: 0 reported, 1 partly, 0 not; 0 do not apply or cannot be seen"
    )


def test_agreement(edition):
    """Of six cells coded twice one differs; chance alone would give half; two cells stay doubtful."""
    assert rows(tables.table_agreement(edition)) == [
        ["Cells coded twice", "6"],
        ["Cells that differ", "1"],
        ["Raw agreement", "83.3%"],
        ["Cohen's kappa", "0.667"],
        ["Krippendorff's alpha (nominal)", "0.686"],
        ["Cells marked doubtful after settling", "2"],
    ]


def test_agreement_in_words(edition):
    """What differs in the coding and in the readings stands in a sentence each."""
    text = words(tables.agreement_in_words(edition))
    assert text.startswith("The two passes differ in one of 6 cells (Cohen’s kappa 0.67).")
    assert text.endswith("differ in one of 3 places (kappa 0.40).")


def test_settlements(edition):
    """The cell on which the passes differ, and how it was settled."""
    assert rows(tables.table_settlements(edition)) == [
        ["North", "Online intake", "stated", "The rule asks for no more."]
    ]


def test_outcomes(edition):
    """Every outcome with its meaning, and whether it counts."""
    made = rows(tables.table_outcomes(edition))
    assert [r[0].split(" ", 1)[1] for r in made] == list(OUTCOMES)
    assert [r[2] for r in made] == ["yes"] * 5 + ["no", "no"]


def test_scopes(edition):
    """The rules of the scopes, as the code has them; a dash where a scope cannot be met in part."""
    made = {r[0]: r[1:] for r in rows(tables.table_scopes(edition))}
    assert list(made) == list(SCOPES)
    assert made["all"] == [
        "how many are meant, a whole number",
        "every one of them",
        "some of them",
        "none of them, and one says otherwise",
    ]
    assert made["figure"][2] == "–"


def test_reading_agreement(edition):
    """Of three units that were read twice, on one the readers differ."""
    assert rows(tables.table_reading_agreement(edition)) == [
        ["Questions read twice", "2"],
        ["Units read twice", "3"],
        ["Units that differ", "1"],
        ["Raw agreement", "66.7%"],
        ["Cohen's kappa", "0.400"],
        ["Krippendorff's alpha (nominal)", "0.444"],
    ]


def test_settled_readings(edition):
    """The unit on which the readings differ, both readings, and how they were settled."""
    table = tables.table_settled_readings(edition)
    assert rows(table) == [
        ["Q006", "Do the two works say so?", "work-b", "yes / nothing", "nothing", "It only seems so."]
    ]
    assert links(table) == ["book:ledger#q006"]


def test_audit(edition):
    """The first auditor signs one of two cards, the second his only one."""
    assert rows(tables.table_audit(edition)) == [
        ["Auditor 1", "2", "1", "50.0%"],
        ["Auditor 2", "1", "1", "100.0%"],
    ]


def test_sections(edition):
    """Each section's pages, lines and statements; two pages where it runs over a page's end."""
    assert rows(tables.table_sections(edition)) == [
        ["Start", "175", "1–10", "10"],
        ["North", "176", "11–20", "1"],
        ["South", "177", "21–30", "0"],
    ]
    edition.data._frames["sections"].loc[0, "last_line"] = 11
    assert rows(tables.table_sections(edition))[0][1:3] == ["175–176", "1–11"]


# Reference ------------------------------------------------------------------------------------------------


def test_passages(edition):
    """Each passage with its words, its place and its question."""
    table = tables.table_passages(edition)
    assert rows(table)[0] == [
        "P001",
        "First",
        "pertama",
        "p. 175, line 5",
        "Q003 : How many things are listed?",
    ]
    assert rows(table)[3][3] == "p. 175, lines 7–8"
    assert [r["id"] for r in soup(table).select("tbody tr")][:2] == ["p001", "p002"]


def test_sources(edition, indonesian):
    """What each source has, with unit and date, as the language writes it, its address, and how much was seen."""
    table = tables.table_sources(edition)
    assert rows(table) == [
        ["A share", "2020", "12.46 percent", "A register (whole seen November 2026)", ""],
        ["A share An old one.", "2018", "11.24 percent", "An old register (part seen October 2026)", ""],
    ]
    assert links(table) == ["https://example.org/share", "https://example.org/old"]
    assert [r["id"] for r in soup(table).select("tbody tr")] == ["share", "share-2018"]
    assert "<!-- questions-on:share -->" in table._repr_html_()
    assert rows(tables.table_sources(indonesian))[0][2].startswith("12,46 ")


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("88", "rank", "rank 88"),
        ("2018", "year", "2018"),
        ("2018-2019", "", "2018–2019"),
        ("PRISMA", "", "PRISMA"),
        ("2019-12-20", "", "20 December 2019"),
        ("11b", "item", "item 11b"),
        ("58", "number", "number 58"),
        ("4286918", "people", "4,286,918 people"),
    ],
)
def test_what_a_source_has(edition, value, unit, shown):
    """A rank, a year, a period, a text, a day and a number are each written their way."""
    edition.data._frames["sources"].loc[0, ["value", "unit"]] = [value, unit]
    assert rows(tables.table_sources(edition))[0][2] == shown


def test_searches(edition):
    """What was looked for, where and when; the nearest thing with its address; what would settle it."""
    table = tables.table_searches(edition)
    assert rows(table) == [
        ["the regulation of North", "its number (public pages, November 2026)", "a draft", "its text", ""]
    ]
    assert links(table) == ["https://example.org/draft"]
    edition.data._frames["searches"].loc[0, ["nearest_en", "nearest_address"]] = ""
    assert rows(tables.table_searches(edition))[0][2] == "–"


def test_series(edition, indonesian):
    """A row for each country and year, in the language's names and numbers, with a place to link to."""
    table = tables.table_series(edition, "egdi")
    assert rows(table)[0] == ["Indonesia", "2020", "0.66", "88", ""]
    assert [r["id"] for r in soup(table).select("tbody tr")][:2] == ["egdi-idn-2020", "egdi-idn-2018"]
    assert rows(tables.table_series(indonesian, "egdi"))[-1][:3] == ["Jepang", "2020", "0,9"]
    assert rows(tables.table_series(edition, "hci")) == [["Indonesia", "2020", "0.54", ""]]


def test_codebook(edition, indonesian):
    """Each measure with its rule and who states it."""
    table = tables.table_codebook(edition, "planning")
    assert rows(table) == [
        ["PLN01", "Job analysis", "posts are analysed", "–", "North , South"],
        ["PLN02", "Workload analysis", "workload is analysed", "a job map", "North"],
    ]
    assert caption(table) == "Planning: 2 measures, and when a section counts as stating one"
    assert rows(tables.table_codebook(indonesian, "planning"))[1][2:4] == ["beban dianalisis", "peta jabatan"]


def test_codebook_where_none_states_it(edition):
    """A measure that no section states has a dash."""
    edition.data._frames["evidence"] = edition.data.evidence[edition.data.evidence["code"] != "REC01"]
    assert rows(tables.table_codebook(edition, "recruitment"))[0][-1] == "–"


def test_dictionary(edition, indonesian):
    """Every file of the package has a heading, its licence and source, and a table of its columns."""
    page = soup(tables.tables_dictionary(edition))
    names = [r["name"] for r in edition.data.package["resources"]]
    assert [h["id"] for h in page.find_all("h2")] == names
    table = page.find(id="table-dictionary-claims")
    first = [c.get_text(" ", strip=True) for c in table.select("tbody tr")[0].find_all(["th", "td"])]
    assert first == ["claim", "Number of the statement", "string", "yes", "an id like K001"]
    assert table.caption.get_text() == "The columns of claims.csv (Statements)"
    english = page.find(id="table-dictionary-evidence").get_text()
    assert (
        english != soup(tables.tables_dictionary(indonesian)).find(id="table-dictionary-evidence").get_text()
    )


def test_glossary(edition):
    """A term, what it stands for in its own language, and its meaning, with a place to link to."""
    page = soup(tables.glossary(edition))
    assert page.dt["id"] == "term-asn"
    assert page.dt.get_text() == "ASN (Aparatur Sipil Negara)"
    assert page.dt.span["lang"] == "id"
    assert page.dd.get_text() == "The civil service."
