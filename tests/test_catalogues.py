"""Catalogues that an editor damaged: each is named with its file and line, and none is published."""

import pytest

from smart_asn.catalogues import CatalogueError, check_catalogues, read_catalogue

WHOLE = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

#: src/a.py
msgid "Results found: {count}."
msgstr "Hasil yang ditemukan: {count}."

msgid "a quote \\" and a long text that goes "
"on"
msgstr "tanda kutip \\" dan seterusnya"

#~ msgid "gone {a}"
#~ msgstr "hilang"
"""


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "id/LC_MESSAGES/smart_asn.po"
    found.parent.mkdir(parents=True)
    found.write_text(WHOLE, "utf-8")
    return found


def test_a_whole_catalogue(path):
    """A catalogue as gettext writes it is read: quotes within quotes, long texts, obsolete messages."""
    messages = {m.id: m.string for m in read_catalogue(path) if m.id}
    assert messages["Results found: {count}."] == "Hasil yang ditemukan: {count}."
    assert len(messages) == 2


def test_a_catalogue_that_is_not_there(tmp_path):
    assert len(read_catalogue(tmp_path / "none.po")) == 0


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('msgid ""', '\ufeffmsgid ""', "line 1: found a byte order mark; expected plain UTF-8 without one."),
        (
            '{count}."\n\n',
            "{count}.\n\n",
            "line 7: found 'msgstr \"Hasil yang ditemukan: {count}.'; expected a text in quotes",
        ),
        ('msgstr "Hasil', "msgstr Hasil", "line 7: found"),
        ('msgstr "Hasil', 'mgstr "Hasil', "line 7: "),
        ('tanda kutip \\"', 'tanda kutip "', "line 11: found"),
        (
            "ditemukan: {count}",
            "ditemukan: {jumlah}",
            "found {jumlah} in the translation of 'Results found: {count}.'; expected {count}.",
        ),
        (
            "ditemukan: {count}",
            "ditemukan",
            "found no places in the translation of 'Results found: {count}.'; expected {count}.",
        ),
        ("dan seterusnya", "dan {count}", "expected none."),
        (
            "dan seterusnya",
            "danâ€“seterusnya",
            "expected UTF-8 (the file was opened in another encoding and saved).",
        ),
        ("dan seterusnya", "dan\u200bseterusnya", "found zero width space (U+200B)"),
        (
            "dan seterusnya",
            "d\u0430n",
            "found cyrillic small letter a (U+0430) in 'dаn'; expected Latin letters.",
        ),
        ("<<<", "<<<", None),
    ],
)
def test_a_damaged_catalogue(path, old, new, message):
    """What is wrong is said with the file and the line, or the message."""
    if message is None:
        path.write_text(WHOLE + "<<<<<<< HEAD\n", "utf-8")
        message = "line 15: found '<<<<<<< HEAD'; expected a text in quotes"
    else:
        assert WHOLE.count(old) >= 1, old
        path.write_text(WHOLE.replace(old, new, 1), "utf-8")
    with pytest.raises(CatalogueError) as caught:
        check_catalogues(path.parents[2])
    assert message in str(caught.value)
    assert "smart_asn.po" in str(caught.value)


def test_a_catalogue_in_another_encoding(path):
    path.write_bytes(WHOLE.replace("seterusnya", "ngü").encode("cp1252"))
    with pytest.raises(CatalogueError, match=r"smart_asn\.po: 'utf-8' codec can't decode byte 0xfc"):
        check_catalogues(path.parents[2])


def test_every_problem_is_told_at_once(path):
    """Two catalogues with a problem each give two lines."""
    other = path.with_name("book.po")
    other.write_text(WHOLE.replace("ditemukan: {count}", "ditemukan"), "utf-8")
    path.write_text(WHOLE.replace('{count}."\n\n', "{count}.\n\n"), "utf-8")
    with pytest.raises(CatalogueError) as caught:
        check_catalogues(path.parents[2])
    assert len(str(caught.value).splitlines()) == 2


def test_the_shipped_catalogues_are_whole():
    check_catalogues()
