"""The tables and short computed texts of regencies and of their comparison, on the small world: each against an answer worked out by hand."""

import re
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from tables_read import caption, links, rows, soup, words

from smart_asn import tables
from smart_asn.data import Data
from smart_asn.edition import Edition
from smart_asn.publication import Publication
from smart_asn.tables import comparison, parts, portraits

# A regency's chapter --------------------------------------------------------------------------------------


def test_title(edition):
    """The title of a regency's chapter is its name."""
    assert tables.title(edition, "north").text == "North"


def test_facts(edition):
    """North has its regulation, its people and all three measures; South has neither regulation nor figure."""
    north = dict(rows(tables.table_facts(edition, "north")))
    assert north == {
        "Province": "the Upper Province",
        "Capital": "Top",
        "Population, census 2020": "1,000 a register",
        "Regulation, as the article gives it": "regent regulation 7 of 2020",
        "Road map period": "2020–2024",
        "Codes (Ministry of Home Affairs, BPS)": "11.01, 1101",
        "Measures reported": "3 of 3",
    }
    assert caption(tables.table_facts(edition, "north")) == "Kabupaten North at a glance"
    south = dict(rows(tables.table_facts(edition, "south")))
    assert south["Regulation, as the article gives it"] == "none given in the article"
    assert south["Population, census 2020"] == "not found"
    assert south["Measures reported"] == "1 of 3"


def test_strategy(edition):
    """What is summed up, and each place: the measure, the words, the place, and where its questions go."""
    block = tables.strategy(edition, "north", "planning")
    assert words(block).startswith("Posts are analysed. (p. 176) Evidence: 2 measures in 2 places")
    assert rows(block) == [
        ["Job analysis", "analisis jabatan", "p. 176, line 11", ""],
        ["Workload analysis", "beban kerja", "p. 176, line 12", ""],
    ]
    assert [r["id"] for r in soup(block).select("tbody tr")] == ["e001", "e002"]
    assert "<!-- questions-on:E002 -->" in str(block)
    assert caption(block) == "Planning: the measures reported, and where"


def test_strategy_with_a_doubt(edition):
    """A doubtful place says so and why; of one measure no number is given."""
    block = tables.strategy(edition, "north", "recruitment")
    assert rows(block)[0][0] == "Online intake doubtful It may mean notices."
    assert soup(block).summary.get_text() == "Evidence: one measure"


def test_strategy_under_another_letter(edition):
    """A measure that stands in another strategy's paragraph says under which letter."""
    edition.data._frames["evidence"].loc[1, "stated_under"] = "b"
    assert rows(tables.strategy(edition, "north", "planning"))[1][2] == "p. 176, line 12 , under b"


def test_strategy_without_a_paragraph(edition):
    """Where nothing is reported, the summary says so and no table follows."""
    block = tables.strategy(edition, "south", "recruitment")
    assert words(block) == "There is no such paragraph. (p. 177) No measure of this strategy is reported."


def test_alone(edition):
    """North alone has the workload analysis and the online intake; South has nothing alone."""
    assert words(tables.alone(edition, "north")) == (
        "Of the 3 measures, two are reported for North alone: Workload analysis Online intake"
    )
    assert words(tables.alone(edition, "south")) == (
        "Every measure reported for South is reported for another regency too."
    )
    edition.data._frames["evidence"] = edition.data.evidence[edition.data.evidence["evidence"] != "E003"]
    one = Edition(edition.data, edition.language, "x")
    assert words(tables.alone(one, "north")) == "One measure is reported for North alone: Workload analysis"


def test_unsaid(edition):
    """With one other regency nothing can be reported for two; where five of six have it, it is named with their number."""
    assert words(tables.unsaid(edition, "south")) == (
        "Whatever is reported for at least two of the others is reported for South too."
    )
    frame = edition.data._frames["regencies"]
    more = [frame.iloc[[0]].assign(regency=f"r{n}", name=f"R{n}") for n in range(3)]
    edition.data._frames["regencies"] = pd.concat([frame, *more], ignore_index=True)
    rows_ = edition.data._frames["evidence"]
    made = [rows_.iloc[[1]].assign(evidence=f"E01{n}", regency=f"r{n}") for n in range(3)]
    edition.data._frames["evidence"] = pd.concat([rows_, *made], ignore_index=True)
    wide = Edition(Data(edition.data._folder, edition.data._frames), edition.language, "x")
    assert words(tables.unsaid(wide, "south")) == (
        "Reported for at least four of the other four, and not for South: Workload analysis (four of the others)"
    )


def test_most_similar(edition):
    """Of three measures that are reported for either, the two share one."""
    block = tables.most_similar(edition, "north")
    assert words(block) == (
        "Most similar regency: South . The two share 1 of the 3 measures that are reported for at least one of them "
        "(Jaccard similarity 0.33)."
    )
    assert links(block) == ["book:regencies/south"]


def test_doubts(edition):
    """A doubtful cell that is present and one that is absent, each with its place and why; none, if there is none."""
    assert rows(tables.table_doubts(edition, "north")) == [
        ["Online intake", "reported", "p. 176, line 13", "It may mean notices."]
    ]
    assert rows(tables.table_doubts(edition, "south")) == [
        ["Online intake", "not reported", "p. 177, line 23", "Only a website is named."]
    ]
    edition.data._frames["decisions"] = edition.data.decisions.iloc[:0]
    assert words(tables.table_doubts(edition, "south")) == "No cell of this regency is doubtful."


def test_questions_about(edition):
    """The publishing step finds where the questions on a regency go."""
    assert "<!-- questions-about:north -->" in str(tables.questions_about("north"))


# Portraits ------------------------------------------------------------------------------------------------


def test_portrait(edition):
    """Where and by which document, how much of which strategy beside the others, and what marks it."""
    assert words(tables.portrait(edition, "north")) == (
        "North is a regency in the Upper Province; according to the article, its plans are set out in Regent Regulation 7 "
        "of 2020, a road map for 2020–2024. The article reports 3 of the codebook’s 3 measures (planned actions) for it, where "
        "the two range from 1 to 3: 2 of 2 on planning and 1 of 1 on recruitment. It plans most."
    )
    assert words(tables.portrait(edition, "south")).startswith(
        "South (South) is a regency in the Lower Province; the article names no regulation for its plans, only a road "
        "map for 2019–2023."
    )


def test_portrait_in_indonesian(indonesian):
    """The Indonesian portrait has the data's Indonesian texts."""
    assert "Provinsi Atas" in words(tables.portrait(indonesian, "north"))
    assert "Rencananya terbanyak." in words(tables.portrait(indonesian, "north"))


def test_portrait_of_six(edition, monkeypatch):
    """Shared by all, by all but one, by one alone; who has most and least; how widely digital means are named."""
    monkeypatch.setattr(portraits, "DIGITAL", ("REC01", "PLN02"))
    assert words(tables.portrait_of_six(edition)) == (
        "Reported for all two regencies: one of the codebook’s 3 measures (kinds of planned action), job analysis. "
        "Reported for all but one: two more, workload analysis and online intake. "
        "Reported for one regency alone: two, two for North. "
        "Most measures are reported for North (3), fewest for South (1); this says how much the article tells, not how "
        "much a regency does. "
        "None of the two measures that name a digital means is reported for all two; the most common, online intake, is "
        "reported for one."
    )
    monkeypatch.setattr(portraits, "DIGITAL", ("PLN01", "REC01"))
    assert words(tables.portrait_of_six(edition)).endswith(
        "Reported for all two: one of the two measures that name a digital means, job analysis."
    )


def test_portrait_of_six_with_a_doubt(edition):
    """Where a measure that is reported for all is doubtful for one of them, that is said beside it."""
    edition.data._frames["evidence"].loc[3, ["doubtful", "note_en", "note_id"]] = [True, "x", "x"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portraits, "DIGITAL", ("REC01",))
        assert "job analysis (of these the coding is doubtful for South in one)." in words(
            tables.portrait_of_six(edition)
        )


def test_which_regencies(edition):
    """Where a regency was added to compare, it is named with a link; where there is none, nothing is said."""
    assert words(tables.which_regencies(edition)) == ""
    frames = edition.data._frames
    added = frames | {"regencies": frames["regencies"].assign(of_article=[True, False])}
    more = Edition(Data(edition.data._folder, added), edition.language, "synthesis")
    block = tables.which_regencies(more)
    assert links(block) == ["book:regencies/south"]
    assert words(block).startswith(
        "Beside the article’s one regencies, figures and tables that show more of them have: South"
    )


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (Publication(), "This edition does not name those who made it"),
        (Publication(), "This copy names no address for corrections"),
        (Publication(contributors="A and B"), "This edition was made by A and B."),
        (Publication(contact="mailto:a@example.org"), "Corrections and missing sources: a@example.org ."),
        (
            Publication(repository="https://example.org/r/"),
            "Corrections and missing sources: https://example.org/r/issues .",
        ),
    ],
    ids=["no-names", "no-address", "names", "contact", "repository"],
)
def test_publisher(edition, monkeypatch, known, said):
    """What the publisher has set is said, and what is not; the author is invited to respond; when sources were seen."""
    monkeypatch.setattr(portraits, "publication", lambda: known)
    text = words(tables.publisher(edition))
    assert said in text
    assert "Public sources were last looked up in November 2026." in text
    assert "has not been heard yet" in text


# Comparison -----------------------------------------------------------------------------------------------


def test_matrix(edition):
    """Measures by regencies: a present cell leads to its evidence, a doubtful one says so, an absent one as well."""
    page = soup(tables.matrix_table(edition, edition.stated))
    cells = {row.th.get_text(" ", strip=True): row.find_all("td") for row in page.select("tbody tr")}
    assert list(cells) == ["Job analysis", "Workload analysis", "Online intake"]
    _, north, south, count = cells["Online intake"]
    assert "stated, doubtful" in north.get_text()
    assert north.a["href"] == "book:regencies/north#e003"
    assert "not stated, doubtful" in south.get_text()
    assert count.get_text() == "1"
    assert [r["data-shared"] for r in page.select("tbody tr")] == ["all", "one", "one"]
    assert [r["data-strategy"] for r in page.select("tbody tr")] == ["planning", "planning", "recruitment"]


def test_shared(edition):
    """Job analysis is stated by both; the other two by one."""
    assert rows(tables.table_shared(edition, edition.stated)) == [
        ["2 of 2", "1", "Job analysis"],
        ["1 of 2", "2", "Workload analysis , Online intake"],
    ]


def test_unique(edition):
    """North alone states two measures, South none."""
    assert rows(tables.table_unique(edition, edition.stated)) == [
        ["North", "2", "Workload analysis , Online intake"],
        ["South", "0", "–"],
    ]


def test_digital(edition, monkeypatch):
    """The digital measures that each regency states."""
    monkeypatch.setattr(comparison, "DIGITAL", ("REC01",))
    assert rows(tables.table_digital(edition, edition.stated)) == [
        ["North", "1", "Online intake"],
        ["South", "0", "–"],
    ]


def test_documents(edition):
    """Each document with its years beside the Grand Design's, its pages, and that it was not seen; the caption counts."""
    sources = edition.data._frames["sources"]
    more = sources.iloc[[0]].assign(source="grand-design-period", value="2020-2024")
    edition.data._frames["sources"] = pd.concat([sources, more], ignore_index=True)
    table = tables.table_documents(edition)
    assert rows(table) == [
        ["North", "Regent Regulation 7 of 2020", "2020–2024", "yes", "176", "no"],
        ["South", "no regulation named", "2019–2023", "four of its five years", "177", "no"],
    ]
    assert (
        caption(table)
        == "One of the two road maps cover exactly the years of the Grand Design; not so: South (2019–2023)."
    )
    assert links(table)[1] == "book:public-sources#north-regulation"


def test_grand_design(edition):
    """An expectation beside the regencies whose sections name such a measure; one that none answers says so."""
    assert rows(tables.table_grand_design(edition)) == [
        ["Online work", "p. 175, line 4", "Online intake : North", ""]
    ]
    edition.data._frames["grand_design"].loc[0, "codes"] = ""
    assert rows(tables.table_grand_design(edition))[0][2] == "no measure of the codebook answers it"


# Parts ----------------------------------------------------------------------------------------------------


def test_an_address_within_a_text(edition):
    """An address in a text becomes a link that shows its host; what is around it is escaped."""
    made = parts.with_links("see <https://example.org/a?b=1, there>")
    page = BeautifulSoup(str(made), "html.parser")
    assert (page.a["href"], page.a.get_text()) == ("https://example.org/a?b=1", "example.org")
    assert page.get_text() == "see <example.org, there>"


def test_every_table_has_a_test():
    """No function that a chapter calls for a table or a text is without a test that calls it."""
    said = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [name for name in tables.__all__ if not re.search(rf"\b{name}\(", said)] == []
