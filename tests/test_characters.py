"""The text of one cell: what looks like something else, what nobody sees, what a spreadsheet made of it."""

import csv

import pytest

from smart_asn.characters import complaint
from smart_asn.datapackage import read_package, tabular
from smart_asn.places import DATA
from smart_asn.validation import check_text


def prose(cell):
    return complaint(cell, "string", compared=False)


def compared(cell, kind="string"):
    return complaint(cell, kind, compared=True)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("2020\u20132024", "en dash (U+2013) in '2020–2024'"),
        ("2020\u22122024", "minus sign (U+2212) in '2020−2024'"),
        ("PLN01;\u00a0PLN02", "no-break space (U+00A0) in 'PLN01;\\xa0PLN02'"),
        ("Pati\u2019s", "right single quotation mark (U+2019) in 'Pati’s'"),
        ("5\u2033", "double prime (U+2033) in '5″'"),
        ("PLN0\ufb01", "latin small ligature fi (U+FB01) in 'PLN0ﬁ'"),
        ("\u03b1", "greek small letter alpha (U+03B1) in 'α'"),
    ],
)
def test_a_compared_cell_has_plain_characters(cell, found):
    """What the program compares is written with plain signs; people read the same characters in prose."""
    assert compared(cell)[0] == found
    assert prose(cell) is None


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("PLN0\u0430", "cyrillic small letter a (U+0430) in 'PLN0а'"),
        ("p\u03b1ti", "greek small letter alpha (U+03B1) in 'pαti'"),
        ("\u0410\u0421", "cyrillic capital letter a (U+0410) in 'АС'"),
        ("20\uff120", "fullwidth digit two (U+FF12) in '20２0'"),
        ("E00\u0661", "arabic-indic digit one (U+0661) in 'E00١'"),
        ("\uff21SN", "fullwidth latin capital letter a (U+FF21) in 'ＡSN'"),
        ("pa\u200bti", "zero width space (U+200B) in 'pa\\u200bti'"),
        ("pa\u00adti", "soft hyphen (U+00AD) in 'pa\\xadti'"),
        ("pati\u202egnol", "right-to-left override (U+202E) in 'pati\\u202egnol'"),
        ("pa\ufeffti", "zero width no-break space (U+FEFF) in 'pa\\ufeffti'"),
        ("pa\x00ti", "a control character (U+0000) in 'pa\\x00ti'"),
        ("pa\x1bti", "a control character (U+001B) in 'pa\\x1bti'"),
        ("pa\tti", "a control character (U+0009) in 'pa\\tti'"),
        ("pa\u2028ti", "line separator (U+2028) in 'pa\\u2028ti'"),
        ("pa\ue000ti", "a control character (U+E000) in 'pa\\ue000ti'"),
        ("pa\ufffdti", "a character that was lost (U+FFFD) in 'pa\ufffdti'"),
        ("Ro\u0308hrig", "a letter and its accent apart, in 'Ro\u0308hrig'"),
        (" pati", "' pati'"),
        ("pati\u00a0", "'pati\\xa0'"),
        ("pa\nti", "'pa\\nti'"),
    ],
)
def test_no_cell_deceives(cell, found):
    """Neither prose nor what is compared has letters of other scripts, or characters that nobody sees."""
    assert prose(cell)[0] == found
    assert compared(cell)[0] == found


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize("text", ["2020–2024", "the “Smart ASN”", "Pati’s", "Röhrig", "café à Paris", "5 €"])
def test_text_that_was_read_in_another_encoding(text, encoding):
    """UTF-8 that Windows, an older Macintosh or DOS read, and that was saved again, is found, once or twice over."""
    misread = text.encode().decode(encoding, "replace")
    assert prose(misread) is not None
    twice = misread.encode().decode(encoding, "replace")
    assert prose(twice) is not None


@pytest.mark.parametrize(
    "cell",
    [
        "2020–2024",
        "“Smart ASN” – a ‘civil servant’",
        "Röhrig, Weiß & Üçüncü",
        "Krippendorff’s α = 0.9",
        "É—n",
        "½ × 3 ≤ 4",
        "−2 points",
        "Überschaubar: «à propos»…",
        "38 percent",
        "m²",
        "Nr. 5º",
        "…",
        "5 °C",
        "naïve—café",
        "£5–£7",
    ],
)
def test_prose_is_left_alone(cell):
    """Dashes, quotes, accents and signs of ordinary prose are no complaint."""
    assert prose(cell) is None


@pytest.mark.parametrize(
    "cell", ["Jun-19", "19-Jun", "12-Mar-19", "Mei-21", "3/12/2019", "2019-06-01 00:00:00", "1 Jan 2020"]
)
def test_a_date_that_a_spreadsheet_wrote(cell):
    """A period that a spreadsheet took for a date is found in every column."""
    assert prose(cell) == (
        f"the date {cell!r}, as a spreadsheet writes it",
        "what was typed, such as 2019-06",
    )


@pytest.mark.parametrize(
    "cell",
    [
        "2019-06",
        "2018-10-29",
        "2020-2024",
        "2020/2024",
        "2017, 2021",
        "49/2018",
        "oktari-2020",
        "March",
        "11.01",
    ],
)
def test_a_period_as_it_is_typed(cell):
    """Years, months, days and spans as the data writes them are no complaint."""
    assert compared(cell) is None


@pytest.mark.parametrize("cell", ["nan", "NaN", "None", "null", "NA", "#N/A", "#REF!", "<NA>", "inf"])
def test_a_word_for_nothing(cell):
    """Where there is nothing the cell is empty; a word that a list of values allows is a value."""
    assert prose(cell) == (repr(cell), "an empty cell where there is nothing")
    assert complaint(cell, "string", compared=True, allowed=(cell,)) is None


@pytest.mark.parametrize("cell", ["=1+1", "+62 812", "@SUM(A1)", "-2+3", "=HYPERLINK(1)"])
def test_a_formula(cell):
    """Text that a spreadsheet would compute is refused, so that no published table has any."""
    assert prose(cell)[1].startswith("text that no spreadsheet takes for a formula")


@pytest.mark.parametrize("cell", ["1_000", "1,234,567", "4.29E+06", "38%", "+5", "38 %"])
def test_a_number_that_is_not_plain(cell):
    """What is compared has plain numbers only."""
    assert compared(cell, "number") is not None
    assert compared(cell) is not None


@pytest.mark.parametrize("cell", ["12", "-2.92162", "0", "007", "12.50"])
def test_a_plain_number(cell):
    assert compared(cell, "number") is None
    assert prose(cell) is None


def test_a_cell_without_end():
    """A cell of many pages is a quote that was not closed."""
    assert prose("x" * 20_001) == ("a cell of 20,001 characters", "20,000 at most (is a quote not closed?)")


PAYLOADS = ("\u200b", "\x00", "\u202e", "â€“", "\ufffd", "\u0430")


@pytest.mark.parametrize("payload", PAYLOADS, ids=[f"U+{ord(p[0]):04X}" for p in PAYLOADS])
@pytest.mark.parametrize("resource", tabular(read_package()), ids=lambda r: r["name"])
def test_every_column_of_text_is_looked_at(folder, resource, payload):
    """In whatever column of text a character stands that deceives, it is found there, and alone."""
    path = folder / resource["path"]
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    rows = rows or [[""] * len(header)]  # a table that may still be empty
    texts = [f["name"] for f in resource["schema"]["fields"] if f["type"] == "string"]
    for column in texts:
        cells = rows[0].copy()
        at = header.index(column)
        cells[at] = f"{cells[at]}x{payload}x"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, cells, *rows[1:]])
        (problem,) = check_text(folder, resource)
        assert (problem.row, problem.column) == (2, column)


def test_no_column_of_the_shipped_data_is_complained_of():
    assert [p for resource in tabular(read_package()) for p in check_text(DATA, resource)] == []
