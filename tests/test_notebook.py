"""What a question's cell calls, on the small world: each observation against an answer worked out by hand."""

import pandas as pd
import pytest

from smart_asn import edition as edition_module
from smart_asn import notebook
from smart_asn.chapters import RECORD
from smart_asn.coding import stated_cells
from smart_asn.lab import FOR_PAGES, STYLE
from smart_asn.markup import Html
from smart_asn.notebook import Observation


@pytest.fixture
def edition(small, monkeypatch):
    """The English edition of the small world, open."""
    monkeypatch.setenv(FOR_PAGES, "1")
    monkeypatch.setattr(notebook, "load", lambda: small)
    monkeypatch.setattr(edition_module, "_open", None)
    monkeypatch.setattr(notebook, "_checked", [])
    return notebook.open_edition("en", page="start")


@pytest.fixture
def shown(monkeypatch):
    """What a cell shows."""
    bundles = []
    monkeypatch.setattr(notebook, "display", lambda bundle, raw: bundles.append(bundle))
    return bundles


def members(edition, coded):
    return coded.members(stated_cells(edition.data.evidence))


def outcomes(bundle):
    return {s["claim"]: s["outcome"] for s in bundle[RECORD]["question"]["statements"]}


def test_nothing_without_an_edition(monkeypatch):
    """A cell that is run before the setup cell says which cell to run first."""
    monkeypatch.setattr(edition_module, "_open", None)
    with pytest.raises(RuntimeError, match="run the cell with open_edition"):
        notebook.present("PLN01")


@pytest.mark.parametrize(
    "call",
    [
        lambda: notebook.present("PLN99"),
        lambda: notebook.measures_of("east"),
        lambda: notebook.paragraphs("welfare"),
        lambda: notebook.printed("Q999"),
        lambda: notebook.listed("Q999"),
        lambda: notebook.repeated("Q999"),
        lambda: notebook.read("Q999"),
        lambda: notebook.read("Q003"),
        lambda: notebook.read_sources("Q006", "share"),
        lambda: notebook.regency_fact("east", "capital"),
        lambda: notebook.found("no-such-source"),
        lambda: notebook.found("share", earlier="no-such-source"),
        lambda: notebook.unseen("no-such-search"),
        lambda: notebook.check("Q999", observed=Observation(1)),
    ],
)
def test_a_misspelt_name_is_an_error(edition, call):
    """A name that is not in the data, or was not read, is never counted as absent."""
    with pytest.raises(KeyError):
        call()


# Counted from the coding ----------------------------------------------------------------------------------


def test_present(edition):
    """North states both planning measures, South one of them."""
    assert members(edition, notebook.present("PLN01", "PLN02")) == ("north",)
    assert members(edition, notebook.present_any("PLN01", "PLN02")) == ("north", "south")
    assert members(edition, notebook.measures_of("south")) == ("PLN01",)


def test_paragraphs(edition):
    """Only North has a paragraph on recruitment; all its evidence is doubtful, and so is the paragraph."""
    found = notebook.paragraphs("recruitment")
    assert members(edition, found) == ("north",)
    assert (found.sources, found.doubtful) == (("E003",), {"north"})
    firm = notebook.paragraphs("planning")
    assert (members(edition, firm), firm.doubtful) == (("north", "south"), frozenset())
    assert firm.sources == ("E001", "E004")


def test_paragraphs_on_several_strategies(edition):
    """North has both paragraphs, one of them doubtful as a whole; South has one; all rest on each paragraph's evidence."""
    both, one = notebook.paragraphs_on(2), notebook.paragraphs_on(1)
    assert (members(edition, both), both.doubtful) == (("north",), {"north"})
    assert (members(edition, one), one.doubtful) == (("north", "south"), frozenset())
    assert both.sources == ("E001", "E004", "E003")


def test_periods(edition):
    """North's road map is 2020-2024, South's 2019-2023."""
    assert members(edition, notebook.periods_equal(2020, 2024)) == ("north",)
    assert members(edition, notebook.periods_within(2019, 2023)) == ("south",)
    assert members(edition, notebook.periods_overlapping(2024, 2030)) == ("north",)
    assert members(edition, notebook.periods_overlapping(2024, 2030) | notebook.periods_within(1, 1)) == (
        "north",
    )


def test_regency_fact(edition):
    """What the data has on a regency; nothing where the article gives nothing."""
    assert notebook.regency_fact("north", "period_end").value == 2024
    assert notebook.regency_fact("north", "regulation_number").value == "7"
    assert notebook.regency_fact("south", "regulation_number").value is None
    assert notebook.regency_fact("south", "regulation_year").value is None


# The article's own words and numbers ----------------------------------------------------------------------


def test_printed(edition):
    """The value printed, a number where it is one; of several different ones the first, and how many they are."""
    found = notebook.printed("Q008")
    assert (found.value, found.members, found.sources) == (2045, ("2045",), ("P006", "P007"))
    edition.data._frames["passages"].loc[6, "value"] = "2044"
    assert notebook.printed("Q008").distinct.value == 2
    edition.data._frames["passages"].loc[5, "value"] = "64.80"
    assert notebook.printed("Q008").value == 64.8
    edition.data._frames["passages"].loc[5, "value"] = "tahun"
    assert notebook.printed("Q008").value == "tahun"


def test_nothing_is_printed(edition):
    """Passages without a value give nothing to observe, and are still what it rests on."""
    assert notebook.printed("Q003") == Observation(None, sources=("P001", "P002"))


def test_listed(edition):
    """Two things are listed; a unit that is printed in two places is one."""
    found = notebook.listed("Q003")
    assert (found.value, found.counts, found.members) == (2, False, ("first", "second"))
    assert found.names["first"] == ("First", "Pertama")
    assert notebook.listed("Q008").value == 1


def test_repeated(edition):
    """A unit counts where every place prints it alike, whatever its capitals; one that a place lacks does not."""
    passages = edition.data._frames["passages"]
    assert notebook.repeated("Q008").seen().value == 1
    passages.loc[6, "value"] = "2044"
    assert notebook.repeated("Q008").seen().value == 0
    passages.loc[[5, 6], "value"] = ["Tahun", "TAHUN"]
    assert notebook.repeated("Q008").seen().value == 1
    more = passages.iloc[[5]].assign(passage="P008", unit="month")
    edition.data._frames["passages"] = pd.concat([passages, more], ignore_index=True)
    assert notebook.repeated("Q008").members == ("year",)


def test_occurrences(edition):
    """«daring» stands in two sections, outside the start in one of two; a word that is nowhere in none."""
    found = notebook.occurrences("Daring")
    assert (found.value, found.members, found.universe) == (
        2,
        ("start", "north"),
        ("start", "north", "south"),
    )
    within = notebook.occurrences("daring", outside=["start"])
    assert (within.members, within.universe) == (("north",), ("north", "south"))
    assert notebook.occurrences("agile").seen().value == 0


def test_shared_wording(edition):
    """Runs of nine and of twelve words make twenty-one."""
    assert notebook.shared_wording("north", "south").value == 21
    assert notebook.shared_wording("start", "south").value == 0


def test_prisma_p(edition):
    """One item is partly reported, none fully."""
    assert notebook.prisma_p("partly").members == ("1",)
    assert (notebook.prisma_p("reported").value, notebook.prisma_p("reported").universe) == (0, ("1",))


# Public sources -------------------------------------------------------------------------------------------


def test_found(edition):
    """What a source has, with its date, and what an earlier one had."""
    assert notebook.found("share") == Observation(12.46, sources=("share",), period="2020")
    both = notebook.found("share", earlier="share-2018")
    assert (both.earlier, both.sources) == (11.24, ("share", "share-2018"))


def test_a_series(edition):
    """A country and year of a series, and one it does not have."""
    assert notebook.hci("IDN", 2020) == Observation(0.54, sources=("hci-IDN-2020",), period="2020")
    assert notebook.egdi("IDN", 2020).value == 0.66
    assert notebook.egdi_rank("IDN", 2018).value == 107
    assert notebook.egdi("IDN", 1999).value is None


def test_the_mean_of_the_others(edition):
    """The mean leaves out the one country, those outside ASEAN and other years, and rests on the rows it takes."""
    found = notebook.egdi_mean("ASEAN", 2020, without="IDN")
    assert found == Observation(
        pytest.approx((0.79 + 0.33) / 2), sources=("egdi-MYS-2020", "egdi-LAO-2020"), period="2020"
    )


def test_who_is_above(edition):
    """Of the two other ASEAN members one is higher; the other says otherwise; Japan is not asked."""
    found = notebook.egdi_above("ASEAN", 2020, than="IDN")
    assert (found.value, found.members, found.universe, found.otherwise) == (
        1,
        ("MYS",),
        ("MYS", "LAO"),
        ("LAO",),
    )
    assert found.names["MYS"] == ("Malaysia", "Malaysia")
    assert found.seen().otherwise == 1


@pytest.mark.parametrize("call", [notebook.egdi_mean, lambda g, y: notebook.egdi_above(g, y, "IDN")])
def test_only_asean(edition, call):
    """Another group is refused."""
    with pytest.raises(ValueError, match=r"^unknown group 'EU'; expected ASEAN$"):
        call("EU", 2020)


# Read twice -----------------------------------------------------------------------------------------------


def test_read(edition):
    """One work of two says so; on the other the readers differ, and what was not settled on is kept."""
    found = notebook.read("Q006")
    assert (found.value, found.members, found.universe) == (1, ("work-a",), ("work-a", "work-b"))
    assert (found.otherwise, found.doubtful) == ((), (("work-b", "yes"),))
    assert (found.sources, found.names["work-b"]) == (("P003", "P004"), ("Work B", "Karya B"))


def test_a_settlement_that_neither_reader_gave(edition):
    """Where the settled reading is a third, both readers' are tried."""
    edition.data._frames["settled_readings"].loc[0, "says"] = "no"
    found = notebook.read("Q006")
    assert found.otherwise == ("work-b",)
    assert found.doubtful == (("work-b", "yes"), ("work-b", "nothing"))


def test_readings_of(edition):
    """Both readings and how they were settled, unit by unit."""
    both = notebook.readings_of("Q006")
    assert both.loc["work-a"].tolist() == ["yes", "yes", "yes", False]
    assert both.loc["work-b"].tolist() == ["yes", "nothing", "nothing", True]


def test_read_sources(edition):
    """A source that was read on what a question asks counts as a unit, named by its title."""
    for table in ("reading_1", "reading_2"):
        row = pd.DataFrame([{"question": "Q006", "unit": "share", "says": "yes", "why": "It is there."}])
        edition.data._frames[table] = pd.concat([edition.data._frames[table], row], ignore_index=True)
    found = notebook.read_sources("Q006", "share")
    assert (found.members, found.sources) == (("share",), ("share",))
    assert found.names["share"] == ("A register", "Sebuah register")


def test_a_document_that_was_not_open(edition, shown):
    """What was not seen settles nothing."""
    notebook.check("Q005", observed=notebook.unseen("regulation"))
    assert outcomes(shown[0]) == {"K007": "not verified"}


@pytest.mark.parametrize(
    ("says", "outcome"), [("yes", "supported"), ("no", "contradicted"), ("nothing", "no basis given")]
)
def test_a_document_that_was_read_since(edition, shown, says, outcome):
    """Once two readers have read the document, what they found decides, and the cell need not change."""
    row = pd.DataFrame([{"question": "Q005", "unit": "regulation", "says": says, "why": "Read."}])
    for table in ("reading_1", "reading_2"):
        edition.data._frames[table] = pd.concat([edition.data._frames[table], row], ignore_index=True)
    notebook.check("Q005", observed=notebook.unseen("regulation"))
    assert outcomes(shown[0]) == {"K007": outcome}


# Comparisons ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "truth"),
    [
        (lambda: notebook.less(1, 2), True),
        (lambda: notebook.less(2, 2), False),
        (lambda: notebook.greater(2, 1), True),
        (lambda: notebook.greater(2, 2), False),
        (lambda: notebook.between(2, 2, 3), True),
        (lambda: notebook.between(3, 2, 3), True),
        (lambda: notebook.between(4, 2, 3), False),
        (lambda: notebook.same(2, 2.0), True),
        (lambda: notebook.same(2, 3), False),
        (lambda: notebook.less(notebook.egdi("IDN", 1999), 1), None),
    ],
)
def test_comparisons(edition, call, truth):
    """Bounds are included where between says so; with what is not there nothing is compared."""
    assert call().value is truth


def test_difference(edition):
    """A difference of decimals is the decimal a person would write, not 0.08000000000000002."""
    first, second = notebook.hci("IDN", 2020), Observation(0.46, sources=("x",))
    assert notebook.difference(first, second) == Observation(0.08, sources=("hci-IDN-2020", "x"))
    assert notebook.difference(first, notebook.hci("IDN", 1999)).value is None


# What a cell does -----------------------------------------------------------------------------------------


def test_check_shows_and_records(edition, shown):
    """A checking cell shows the card and records the outcomes, in one output."""
    notebook.check("Q002", observed=notebook.present("REC01"))
    (bundle,) = shown
    assert bundle["text/plain"] == "Q002: K002 partly supported, K005 supported"
    assert bundle["text/html"].startswith('<details class="card partly-supported">')
    assert bundle[RECORD]["question"]["evidence"] == ("E003",)


def test_what_was_checked_so_far(edition, shown, monkeypatch):
    """The questions of earlier stages and of the cells above, in one list; opening an edition begins anew."""
    monkeypatch.setattr("smart_asn.ledger.gather", lambda data, language, before: [{"question": "Q000"}])
    notebook.check("Q001", observed=notebook.present("PLN01"))
    assert [q["question"] for q in notebook.checked_so_far()] == ["Q000", "Q001"]
    notebook.open_edition("en", page="start")
    assert [q["question"] for q in notebook.checked_so_far()] == ["Q000"]


def test_record_and_show(edition, shown):
    """A result is recorded and not shown; a block is shown and not recorded."""
    notebook.record(stated=("PLN01",))
    notebook.show(Html("<p>x</p>"))
    assert shown[0] == {RECORD: {"stated": ["PLN01"]}, "text/plain": "", "text/html": ""}
    assert shown[1] == {"text/html": "<p>x</p>", "text/plain": "<Html>"}


def test_in_the_lab_blocks_are_styled(edition, shown, monkeypatch):
    """Where no pages are made, opening the edition shows the style sheet, and blocks have no link that leads nowhere."""
    monkeypatch.delenv(FOR_PAGES)
    monkeypatch.setattr(notebook, "get_ipython", object)
    notebook.open_edition("en", page="start")
    notebook.show(Html('<a href="book:ledger#k001">K001</a>'))
    assert [bundle["text/html"] for bundle in shown] == [STYLE, '<div class="edition">K001</div>']


def test_what_was_looked_at(edition, monkeypatch):
    """Each look into the data is known, in order, so that a chapter is made again when what it saw changes."""
    monkeypatch.setattr(notebook, "looked_at", set)
    edition.data.reads.clear()
    notebook.found("share")
    assert notebook.reads() == [("rows", "sources", "source", "share")]


def test_what_a_regency_records(edition):
    """A regency's chapter records what it states and what is doubtful in it, present or absent."""
    assert edition.results("north") == {
        "regency": "north",
        "stated": ["PLN01", "PLN02", "REC01"],
        "doubtful": ["REC01"],
    }
    assert edition.results("south")["doubtful"] == ["REC01"]
