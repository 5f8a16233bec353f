"""The catalogues: what is gathered, how they are kept, and that they are complete."""

import os
import re
from pathlib import Path

import pytest
from babel.messages import Catalog

from smart_asn.data import load
from smart_asn.places import ROOT
from smart_asn.translations import (
    CATALOGUES,
    as_text,
    borrowed,
    calls,
    catalogue_path,
    indonesian_texts,
    problems,
    read,
    refresh,
    translations,
)

ARTICLE = Path(os.environ.get("SMART_ASN_ARTICLE", ROOT.parent / "shared/article/dumalang-2021.txt"))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('speak("one")', ["one"]),
        ('self.language("one {n}", n=speak("two"))', ["one {n}", "two"]),
        ("f\"{speak('inside')} more\"", ["inside"]),
        ('speak("one" if many else "two")', ["one", "two"]),
        ('[speak(h) for h in ("one", "two")]', ["one", "two"]),
        ('speak(variable); speak(number=3); print("silent")', []),
    ],
)
def test_messages_are_found_where_they_are_spoken(source, found):
    """A message is the text, either of two texts, or each of a tuple of texts that a call is given."""
    assert list(calls(source)) == found


def test_every_message_is_translated():
    """Prose, notebooks and package: nothing is missing, fuzzy or out of date in the catalogues."""
    assert translations(load(), write=False) == []


def test_a_missing_and_a_fuzzy_message_are_named_with_their_source():
    """Each is a line with the catalogue, what is wrong, the message and the files it stands in."""
    catalogue = Catalog(locale="id")
    catalogue.add("whole", "utuh", locations=[("a.py", 1)])
    catalogue.add("new", locations=[("a.py", 1), ("b.py", 1)])
    catalogue.add("changed", "lama", locations=[("c.py", 1)], flags=["fuzzy"])
    assert problems(catalogue, "book") == [
        "book.po: missing: 'new' (a.py, b.py)",
        "book.po: fuzzy: 'changed' (c.py)",
    ]


def test_a_changed_message_keeps_its_old_text_as_fuzzy_and_a_lost_one_goes():
    """Refreshing takes over what is close to an old message, and drops what the sources no longer say."""
    kept, template = Catalog(locale="id"), Catalog()
    kept.add("Every question and its outcome", "Semua pertanyaan dan hasilnya")
    kept.add("Gone", "Hilang")
    template.add("Every question and its outcomes", locations=[("a.py", 1)])
    message = refresh(kept, template)["Every question and its outcomes"]
    assert (message.string, message.fuzzy) == ("Semua pertanyaan dan hasilnya", True)
    assert "Gone" not in kept


@pytest.mark.parametrize("name", CATALOGUES)
def test_a_catalogue_is_kept_as_it_would_be_written(name):
    """Reading and writing a catalogue gives the same bytes: no dates, no line numbers, no paths of a machine."""
    text = catalogue_path(name).read_text("utf-8")
    assert as_text(read(catalogue_path(name))) == text
    assert not re.search(r"-Date:|^#: (/|.*:\d)", text, re.M)


def test_eight_words_of_the_article_in_a_row_are_found():
    """The words are compared without case, marks and line ends; seven in a row are no one's."""
    article = "Satu dua tiga, empat lima en-\nam tujuh delapan sembilan"
    texts = [
        ("here", "satu dua tiga empat lima enam tujuh delapan"),
        ("there", "satu dua tiga empat lima enam tujuh"),
    ]
    assert borrowed(texts, article) == ["here: satu dua tiga empat lima enam tujuh delapan"]


def test_no_indonesian_text_is_the_articles_own():
    """Translations and Indonesian columns have nowhere eight words of the article in a row."""
    if not ARTICLE.exists():
        pytest.skip("the article's text is not at hand; SMART_ASN_ARTICLE can say where it is")
    assert borrowed(indonesian_texts(load()), ARTICLE.read_text("utf-8")) == []
