"""What a claim's cell calls, on the small world: each observation against an answer worked out by hand."""

import pytest

from smart_asn import notebook
from smart_asn.chapters import RECORD
from smart_asn.coding import stated_cells
from smart_asn.markup import Html
from smart_asn.notebook import Observation


@pytest.fixture
def edition(small, monkeypatch):
    """The English edition of the small world, open."""
    monkeypatch.setattr(notebook, "load", lambda: small)
    monkeypatch.setattr(notebook, "_edition", None)
    return notebook.open_edition("en", page="start")


@pytest.fixture
def shown(monkeypatch):
    """What a cell shows."""
    bundles = []
    monkeypatch.setattr(notebook, "display", lambda bundle, raw: bundles.append(bundle))
    return bundles


def members(edition, coded):
    return coded.members(stated_cells(edition.data.evidence))


def test_nothing_without_an_edition(monkeypatch):
    """A cell that is run before the setup cell says which cell to run first."""
    monkeypatch.setattr(notebook, "_edition", None)
    with pytest.raises(RuntimeError, match="run the cell with open_edition"):
        notebook.present("PLN01")


def test_present(edition):
    """North states both planning measures, South one of them."""
    assert members(edition, notebook.present("PLN01", "PLN02")) == ("north",)
    assert members(edition, notebook.present_any("PLN01", "PLN02")) == ("north", "south")
    assert members(edition, notebook.measures_of("south")) == ("PLN01",)


@pytest.mark.parametrize(
    "call",
    [
        lambda: notebook.present("PLN99"),
        lambda: notebook.measures_of("east"),
        lambda: notebook.paragraphs("welfare"),
        lambda: notebook.items("no-such-topic"),
        lambda: notebook.reading("no-such-topic"),
        lambda: notebook.regency_fact("east", "capital"),
        lambda: notebook.figure("no-such-figure"),
    ],
)
def test_a_misspelt_name_is_an_error(edition, call):
    """A name that is not in the data is never counted as absent."""
    with pytest.raises(KeyError):
        call()


def test_paragraphs(edition):
    """Only North has a paragraph on recruitment; it rests on the first evidence under its letter."""
    found = notebook.paragraphs("recruitment")
    assert members(edition, found) == ("north",)
    assert found.sources == ("E003",)


def test_items(edition):
    """Two things are listed; the topic about which nothing stands there has nothing to observe."""
    found = notebook.items("three-things")
    assert (found.value, found.sources) == (2, ("P001", "P002"))
    assert found.names == (("First", "Pertama"), ("Second", "Kedua"))
    nothing = notebook.items("reason")
    assert (nothing.value, nothing.sources) == (None, ("P003",))


@pytest.fixture
def readings(edition):
    """Three passages that give a year, two of them the same, one that gives a text, and one that gives nothing."""
    frame = edition.data._frames["passages"]
    base = frame.iloc[0].to_dict() | {"kind": "reading"}
    given = [
        ("P004", "year", "2045"),
        ("P005", "year", "2045"),
        ("P006", "year", "2024"),
        ("P007", "name", "IPTEK"),
    ]
    given += [("P008", "other-year", "2045"), ("P009", "share", "12.50")]
    rows = [base | {"passage": p, "topic": t, "value": v} for p, t, v in given]
    edition.data._frames["passages"] = notebook.pd.concat(
        [frame, notebook.pd.DataFrame(rows)], ignore_index=True
    )


@pytest.mark.usefixtures("readings")
def test_reading(edition):
    """The one passage on a topic gives its value: a whole number, a number with decimals, a text, or nothing."""
    assert notebook.reading("other-year") == Observation(2045, sources=("P008",))
    assert notebook.reading("share") == Observation(12.5, sources=("P009",))
    assert notebook.reading("name") == Observation("IPTEK", sources=("P007",))
    assert notebook.reading("reason") == Observation(None, sources=("P003",))


@pytest.mark.usefixtures("readings")
def test_reading_takes_one_passage(edition):
    """Where there are several passages, one of them cannot be picked silently."""
    with pytest.raises(ValueError, match=r"^3 passages on 'year'; reading\(\) takes a topic with one$"):
        notebook.reading("year")


@pytest.mark.usefixtures("readings")
def test_readings(edition):
    """Different values are counted once, resting on all passages; & keeps what two topics have in common."""
    found = notebook.readings("year")
    assert (found.value, found.members, found.sources) == (2, ("2045", "2024"), ("P004", "P005", "P006"))
    assert (found & notebook.readings("other-year")).members == ("2045",)
    assert notebook.readings("reason").value is None


def test_periods(edition):
    """North's road map is 2020-2024, South's 2019-2023."""
    assert members(edition, notebook.periods_equal(2020, 2024)) == ("north",)
    assert members(edition, notebook.periods_within(2019, 2024)) == ("north", "south")
    assert members(edition, notebook.periods_within(2020, 2024)) == ("north",)
    assert members(edition, notebook.periods_overlapping(2024, 2030)) == ("north",)
    assert members(edition, notebook.periods_overlapping(2025, 2030)) == ()


def test_regency_fact(edition):
    """What the article gives, or nothing where it gives nothing, in a column of texts or of numbers."""
    assert notebook.regency_fact("north", "regulation_number").value == "7"
    assert notebook.regency_fact("north", "regulation_year").value == 2020
    assert notebook.regency_fact("south", "regulation_number").value is None
    assert notebook.regency_fact("south", "regulation_year").value is None


def test_public_figures(edition):
    """A figure that was found, one that was not, a country and year of a series, and one it does not have."""
    assert notebook.figure("share") == Observation(12.46, sources=("share",))
    assert notebook.figure("lost") == Observation(None, sources=("lost",))
    assert notebook.hci("IDN", 2020) == Observation(0.54, sources=("hci-IDN-2020",))
    assert notebook.egdi_rank("IDN", 2018).value == 107
    assert notebook.egdi("IDN", 1999).value is None


def test_the_mean_of_the_others(edition):
    """The mean leaves out the one country, those outside ASEAN and other years, and rests on the rows it takes."""
    frame = edition.data._frames["egdi"]
    base = frame.iloc[0].to_dict()
    rows = [("AAA", True, 0.4), ("BBB", True, 0.6), ("CCC", False, 0.9)]
    more = notebook.pd.DataFrame([base | {"iso3": i, "asean": a, "egdi": e} for i, a, e in rows])
    edition.data._frames["egdi"] = notebook.pd.concat([frame, more], ignore_index=True)
    found = notebook.egdi_mean("ASEAN", 2020, without="IDN")
    assert found == Observation(pytest.approx(0.5), sources=("egdi-AAA-2020", "egdi-BBB-2020"))
    with pytest.raises(ValueError, match=r"^unknown group 'EU'; expected ASEAN$"):
        notebook.egdi_mean("EU", 2020)


def test_prisma_p(edition):
    """One item is partly reported, none fully."""
    assert notebook.prisma_p("partly").value == 1
    assert notebook.prisma_p("reported").value == 0


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
        (lambda: notebook.less(notebook.figure("lost"), 1), None),
    ],
)
def test_comparisons(edition, call, truth):
    """Bounds are included where between says so; with what was not found nothing is compared."""
    assert call().value is truth


def test_difference(edition):
    """A difference of decimals is the decimal a person would write, not 0.08000000000000002."""
    first, second = notebook.hci("IDN", 2020), Observation(0.46, sources=("x",))
    assert notebook.difference(first, second) == Observation(0.08, sources=("hci-IDN-2020", "x"))
    assert notebook.difference(first, notebook.figure("lost")).value is None


def test_check_shows_and_records(edition, shown):
    """A checking cell shows the card and records the verdict, in one output."""
    notebook.check("K001", observed=notebook.present("PLN01"))
    (bundle,) = shown
    assert bundle["text/plain"] == "K001: supported"
    assert 'class="verdict-card supported"' in bundle["text/html"]
    assert bundle[RECORD]["claim"]["evidence"] == ("E001", "E004")


def test_record_and_show(edition, shown):
    """A result is recorded and not shown; a block is shown and not recorded."""
    notebook.record(stated=("PLN01",))
    notebook.show(Html("<p>x</p>"))
    assert shown[0] == {RECORD: {"stated": ["PLN01"]}, "text/plain": "", "text/html": ""}
    assert shown[1] == {"text/html": "<p>x</p>", "text/plain": "<Html>"}


def test_what_a_regency_records(edition):
    """A regency's chapter records what it states and what is doubtful in it, present or absent."""
    assert edition.results("north") == {
        "regency": "north",
        "stated": ["PLN01", "PLN02", "REC01"],
        "doubtful": ["REC01"],
    }
    assert edition.results("south")["doubtful"] == ["REC01"]
