"""The edition's language: messages, numbers, lists."""

from datetime import datetime

import pytest
from babel.messages.pofile import read_po

from smart_asn.language import LANGUAGES, LOCALE, Language, compiled_catalogues, translated
from smart_asn.places import ROOT

EN, ID = Language("en"), Language("id")


def test_an_unknown_language_is_refused():
    """The message says which languages there are."""
    with pytest.raises(ValueError, match=r"^no edition in 'fr'; expected one of en, id$"):
        Language("fr")


def test_a_message_without_translation_stays_english():
    """What the catalogue does not have is said in English, with its values filled in."""
    assert ID("no such message: {count}", count=3) == "no such message: 3"


def test_braces_in_a_value_stay():
    """Braces that come with a value are not filled in again."""
    assert EN("{name} alone", name="{total}") == "{total} alone"


@pytest.mark.parametrize(
    ("language", "number", "percent"), [(EN, "1,234.5", "12.5%"), (ID, "1.234,5", "12,5%")]
)
def test_numbers_are_written_as_the_language_writes_them(language, number, percent):
    """English has a decimal point, Indonesian a decimal comma."""
    assert language.number(1234.5) == number
    assert language.percent(0.125, 1) == percent


@pytest.mark.parametrize(
    ("value", "english", "indonesian"),
    [
        ("1200", "1,200", "1.200"),
        (2020, "2020", "2020"),
        ("1993", "1993", "1993"),
        ("3500", "3,500", "3.500"),
        ("0.01", "0.01", "0,01"),
        ("2020-2024", "2020–2024", "2020–2024"),
    ],
)
def test_values(value, english, indonesian):
    """A whole number from 1900 to 2100 is a year; any other from a thousand on has its separator."""
    assert (EN.value(value), ID.value(value)) == (english, indonesian)


@pytest.mark.parametrize(("decimals", "shown"), [(None, "0.5"), (0, "0"), (2, "0.50")])
def test_decimals(decimals, shown):
    """As many decimals as asked for, or as many as there are."""
    assert EN.number(0.5, decimals) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (("a", "b", "c"), "a, b, and c")],
)
def test_listing(words, shown):
    """Words are listed as in running text."""
    assert EN.listing(words) == shown


@pytest.mark.parametrize("path", sorted(LOCALE.rglob("*.po")), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_translation_has_the_placeholders_of_its_message(path):
    """A translated message fills in the same values as the English one."""
    import re

    with path.open("rb") as file:
        catalogue = read_po(file)
    names = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")
    wrong = [
        m.id
        for m in catalogue
        if m.id
        and m.string
        and path.stem == "smart_asn"
        and set(names.findall(m.id)) != set(names.findall(m.string))
    ]
    assert wrong == []


def test_the_languages():
    """The editions are English and Indonesian; English, in which the book is written, comes first."""
    assert LANGUAGES == ("en", "id")


def test_compiled_catalogues_do_not_tell_the_time(monkeypatch):
    """Catalogues compiled at another time are the same bytes, so that Sphinx need not read the chapters again."""

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2030, 1, 2, 3, 4, tzinfo=tz)

    now = compiled_catalogues("id")
    monkeypatch.setattr("babel.messages.catalog.datetime.datetime", Later)
    assert compiled_catalogues("id") == now
    assert set(now) == {"id/LC_MESSAGES/book.mo", "id/LC_MESSAGES/sphinx.mo"}


def test_markdown_is_translated_piece_by_piece():
    """Headings, paragraphs over several lines and items are translated; what has no message stays, and English does."""
    wrapped = "# Errata\n\nno such\nmessage\n- Doubts\n1. Glossary"
    assert translated(wrapped, "id") == "# Ralat\n\nno such\nmessage\n- Keraguan\n1. Glosarium"
    assert translated(wrapped, "en") == wrapped
