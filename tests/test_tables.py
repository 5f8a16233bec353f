"""The tables and short computed texts, on the small world: each against an answer worked out by hand."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from smart_asn import tables
from smart_asn.checks import judge
from smart_asn.data import Data
from smart_asn.edition import Edition
from smart_asn.language import Language
from smart_asn.ledger import question_frame
from smart_asn.observations import Observation, regencies_stating
from smart_asn.outcomes import OUTCOMES, SCOPES
from smart_asn.publication import Publication
from smart_asn.tables import comparison, parts, portraits
from smart_asn.tables import ledger as ledger_tables
from smart_asn.tables.ledger import count_outcomes, filtered

BOTH = ("north", "south")
HERE = "book:coding-and-checking#table-outcomes"


@pytest.fixture
def edition(small):
    """The English edition of the small world."""
    return Edition(small, Language("en"), "regencies/north")


@pytest.fixture
def indonesian(small):
    """The Indonesian edition of the small world."""
    return Edition(small, Language("id"), "regencies/north")


@pytest.fixture
def questions(small):
    """The questions of the small world, checked, each with its chapter."""
    observed = {
        "Q001": regencies_stating(BOTH, ("PLN01",)),
        "Q002": regencies_stating(BOTH, ("REC01",)),
        "Q003": Observation(2, members=("first", "second"), sources=("P001", "P002")),
        "Q004": Observation(12.46, sources=("share", "share-2018"), earlier=11.24, period="2020"),
        "Q005": Observation(None, "search", sources=("regulation",)),
        "Q006": Observation(1, "unit", ("work-a",), ("work-a", "work-b"), doubtful=(("work-b", "yes"),)),
        "Q007": Observation(0, "unit", (), ("reason",), sources=("P005",)),
        "Q008": Observation(1, "unit", ("year",), ("year",), sources=("P006", "P007")),
    }
    chapters = small.questions.set_index("question")["chapter"]
    return [judge(small, q, seen).record() | {"chapter": chapters[q]} for q, seen in observed.items()]


def soup(block) -> BeautifulSoup:
    return BeautifulSoup(block._repr_html_(), "html.parser")


def rows(block) -> list[list[str]]:
    """The cells of a block's table as text, header left out."""
    body = soup(block).select("tbody tr")
    return [[" ".join(c.get_text(" ").split()) for c in r.find_all(["th", "td"])] for r in body]


def words(block) -> str:
    """A block as text."""
    return " ".join(soup(block).get_text(" ").split())


def links(block) -> list[str]:
    """Where a block's links lead."""
    return [a["href"] for a in soup(block).find_all("a")]


def caption(block) -> str:
    return soup(block).caption.get_text()


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


# The ledger -----------------------------------------------------------------------------------------------


def test_question_frame(edition, questions):
    """A row for each question, under the outcome and kind of its first statement."""
    frame = question_frame(edition.data, questions).set_index("question")
    assert frame["outcome"].to_dict() == {
        "Q001": "supported",
        "Q002": "partly supported",
        "Q003": "contradicted",
        "Q004": "supported",
        "Q005": "not verified",
        "Q006": "partly supported",
        "Q007": "no basis given",
        "Q008": "supported",
    }
    assert frame.loc["Q002"].to_dict() == {
        "outcome": "partly supported",
        "kind": "six",
        "section": "start",
        "how": "counted",
        "statements": 2,
        "stands": False,
    }
    assert list(question_frame(edition.data, []).columns)[:2] == ["question", "outcome"]


def test_count_outcomes(edition, questions):
    """How many questions have each outcome, of all or of some kinds; what was not verified is not scored."""
    every = count_outcomes(edition, questions)
    assert (every["all"], every["scored"], every["supported"], every["not verified"]) == (8, 7, 3, 1)
    six = count_outcomes(edition, questions, "six")
    assert (six["all"], six["supported"], six["partly supported"]) == (2, 1, 1)


def test_outcome_counts(edition, questions):
    """Questions by kind and outcome: rows and columns add up, and each number opens the ledger on what it counts."""
    table = tables.table_outcome_counts(edition, questions)
    assert rows(table) == [
        ["what a regency plans", "–", "–", "–", "–", "–", "1", "1"],
        ["the six together", "1", "1", "–", "–", "–", "–", "2"],
        ["background facts", "2", "–", "–", "–", "–", "–", "2"],
        ["method", "–", "–", "–", "1", "1", "–", "2"],
        ["who said it", "–", "1", "–", "–", "–", "–", "1"],
        ["all questions", "3", "2", "–", "1", "1", "1", "8"],
    ]
    assert "book:ledger?outcome=partly-supported&kind=six" in links(table)
    assert links(table)[-1] == "book:ledger?outcome=not-verified"


def test_filtered():
    """The query names what it filters by, and only that."""
    assert filtered("no basis given", "six") == "?outcome=no-basis-given&kind=six"
    assert filtered(kind="plan") == "?kind=plan"


def test_ledger_cards(edition, questions):
    """Every question as a line with its card, and what the filters read: all outcomes, kinds and sections in it."""
    items = soup(tables.ledger_cards(edition, questions)).select("#ledger-list > li")
    assert len(items) == 8
    assert items[1].attrs == {
        "data-outcome": "partly-supported supported",
        "data-kind": "six",
        "data-section": "start",
        "data-how": "counted",
    }
    assert items[3]["data-how"] == "looked-up"
    assert items[4].select_one(".card-body")["id"] == "q005"
    assert items[4].find("a", href="book:regencies/north#q005") is not None


def test_ledger_filters(edition, questions):
    """A control for outcome, kind, section and way of observing, with only the sections that have statements."""
    page = soup(tables.ledger_filters(edition, questions))
    options = {s["data-filter"]: [o["value"] for o in s.find_all("option")] for s in page.find_all("select")}
    assert options["section"] == ["", "start", "north"]
    assert options["outcome"][1:] == [o.replace(" ", "-") for o in OUTCOMES[:-1]]
    assert options["kind"][1:] == ["plan", "six", "background", "method", "attribution"]
    assert options["how"][1:] == ["counted", "compared", "computed", "looked-up", "read"]
    assert page.output["data-template"] == "{count} of {total} questions shown"
    assert page.form["data-for"] == "ledger-list"


def test_told(edition):
    """The one statement that is no question of fact, with its kind, its note and its place."""
    table = tables.table_told(edition)
    assert rows(table) == [["K010", "aim", "The aim is one service. Told only.", "Start, p. 175, line 9"]]
    assert caption(table) == "Statements that are no question of fact: 1"
    assert [r["id"] for r in soup(table).select("tbody tr")] == ["k010"]


def test_errata(edition):
    """Slips of one kind or one section; where a statement is about one, a link to it; whose slip it may be."""
    every = tables.table_errata(edition)
    assert [r[0] for r in rows(every)] == ["R01", "R02"]
    assert caption(every) == "Slips of meaning and of print"
    assert rows(tables.table_errata(edition, kind="meaning")) == [
        ["R01", "p. 175, line 5", "tiga", "three announced", "two", "the article’s", "K003"]
    ]
    assert links(tables.table_errata(edition, kind="meaning")) == ["book:ledger#k003"]
    printed = tables.table_errata(edition, "north", "print")
    assert rows(printed)[0][-2:] == ["perhaps the scan’s", "–"]
    assert caption(printed) == "Slips of the printed text"
    assert words(tables.table_errata(edition, "north", "meaning")) == (
        "No slip that changes a meaning was found in this section."
    )


def test_an_erratum_of_a_statement_that_is_only_told(edition):
    """A statement that no question checks has no card to lead to."""
    edition.data._frames["errata"].loc[0, "claim"] = "K010"
    assert rows(tables.table_errata(edition))[0][-1] == "–"


def test_findings(edition, questions):
    """The plans first, then the six together, then the rest, each counted; and in bold what is no evidence."""
    assert words(tables.findings(edition, questions)) == (
        "For what each of the two regencies plans, the article is the only witness: none of the road maps was open to "
        "us. Of the two questions about the six together that could be checked, the outcome is supported "
        "for one, partly supported for one, and contradicted for none. Of the five "
        "on background, method and sources that could be checked, the outcome is supported for two, partly supported for "
        "one, contradicted for one, and no basis given for one. “Not verified” means "
        "that documents were not open to us, one in all; it is no evidence against anyone."
    )
    assert "no evidence against anyone" in soup(tables.findings(edition, questions)).strong.get_text()


def test_outcome_list(edition, questions):
    """Each outcome that occurs, with its number, leads to the ledger's questions that have it."""
    items = soup(tables.outcome_list(edition, questions)).find_all("li")
    assert [int(i.b.get_text()) for i in items] == [3, 2, 1, 1, 1]
    assert items[1].a["href"] == "book:ledger?outcome=partly-supported"


def test_statement_lines(edition, questions):
    """A few statements in a line each: outcome, what the article says, what was observed; each leads to its card."""
    (line,) = soup(tables.statement_lines(edition, questions, ["K005"])).find_all("li")
    assert " ".join(line.get_text(" ").split()) == (
        "K005 ● supported At least one takes people in online. Reported for one of two (North)."
    )
    assert [a["href"] for a in line.find_all("a")] == ["book:start#k005", HERE]


def test_headline(edition, questions):
    """The book in figures, each with a link to what it counts."""
    block = tables.headline(edition, questions)
    assert words(block) == "2 regencies 3 measures 4 passages of evidence 8 questions asked"
    assert links(block)[-1] == "book:ledger"


def test_ways_in(edition):
    """A reader, a student, a reviewer and a colleague each have a card; the reader's leads to every regency."""
    page = soup(tables.ways_in(edition))
    assert [h.get_text() for h in page.find_all("h3")] == ["To read", "To re-run", "To verify", "To add"]
    first = [card.a["href"] for card in page.find_all("li")]
    assert first == ["book:five-minutes", "book:start-here", "book:ledger", "book:seventh-regency"]
    assert {"book:regencies/north", "book:regencies/south"} <= set(links(tables.ways_in(edition)))


def test_ways_in_of_very_many(edition, monkeypatch):
    """Of more regencies than a page can name, the first page names the article's alone."""
    monkeypatch.setattr(ledger_tables, "MANY", 2)
    more = pd.concat(
        [edition.data.regencies, edition.data.regencies.tail(1).assign(regency="east", of_article=False)]
    )
    many = replace(edition, data=replace(edition.data, _frames={**edition.data._frames, "regencies": more}))
    assert [x for x in links(tables.ways_in(many)) if "regencies" in x] == [
        "book:regencies/north",
        "book:regencies/south",
    ]


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
