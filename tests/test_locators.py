"""Every anchor on its line of the scan: checked against a text written by hand."""

import pytest

from smart_asn import __main__
from smart_asn import data as data_module
from smart_asn.locators import check_locators
from smart_asn.rules import Tables

LINES = {
    2: "bahwa semua kabupaten",
    3: "pada 2045",
    4: "secara daring",
    5: "tiga hal: pertama, kedua",
    6: "angka 12,5",
    7: "menurut karya itu",
    8: "karena itu",
    9: "bertujuan satu",
    10: "Tahun 2045",
    11: "penyusunan analisis jabatan",
    12: "dan beban kerja",
    13: "secara daring",
    14: "peraturan kabupaten",
    21: "analisis jabatan",
}


def text(**changed):
    """The article of the small world; ``line_12="…"`` changes a line."""
    lines = LINES | {int(k.removeprefix("line_")): v for k, v in changed.items()}
    return "\n".join(lines.get(n, "") for n in range(1, 31))


def found(small, article):
    return [str(p) for p in check_locators(Tables(small.tables, small.package), article)]


def test_every_anchor_stands(small):
    """An anchor may be a part of its line; a claim's may stand on any of its lines."""
    assert found(small, text()) == []
    assert found(small, text(line_2="semua kabupaten", line_3="semua 2045")) == []


def test_an_anchor_elsewhere(small):
    """An anchor that stands on another line than its row says is a problem."""
    assert found(small, text(line_12="", line_16="beban kerja"))[:1] == [
        "data/evidence.csv, row 3, column anchor: found 'beban kerja'; expected words that stand in line 12 of the scan."
    ]


def test_an_anchor_letter_by_letter(small):
    """Capital letters and letters that were scanned wrongly matter."""
    assert found(small, text(line_12="Beban kerja")) != []


def test_a_claim_outside_its_lines(small):
    """A claim's anchor is looked for on its own lines only; the message names them."""
    assert found(small, text(line_2="", line_4="secara daring, semua"))[0] == (
        "data/claims.csv, row 2, column anchor: found 'semua'; expected words that stand in lines 2-3 of the scan."
    )


def test_an_article_that_is_too_short(small):
    """Lines that the text does not have are no crash: each of their anchors is a problem."""
    assert len(found(small, "semua\n")) == 30


@pytest.fixture
def command(small, tmp_path, monkeypatch, capsys):
    """Run check-locators on the small world with a text (None: there is no such file)."""
    monkeypatch.setattr(data_module, "load", lambda: small)

    def run(article):
        path = tmp_path / "article.txt"
        if article is not None:
            path.write_text(article, "utf-8")
        code = __main__.main(["check-locators", str(path)])
        return code, *capsys.readouterr()

    return run


def test_the_command_counts(command):
    """All anchors stand: exit code 0, and how many they were."""
    assert command(text()) == (0, "30 of 30 anchors stand where their locator says.\n", "")


def test_the_command_fails(command):
    """One anchor does not: exit code 1, and which."""
    code, out, err = command(text(line_13="secara manual"))
    assert (code, out) == (1, "29 of 30 anchors stand where their locator says.\n")
    assert err.startswith("data/evidence.csv, row 4, column anchor: found 'daring'")


def test_the_command_without_the_text(command):
    """Without the text the command says in one line that it checks nothing, and succeeds."""
    code, out, err = command(None)
    assert (code, err) == (0, "")
    assert out.startswith("Skipped: the article's text is not at ")
    assert out.count("\n") == 1


def test_a_page_and_its_lines(small):
    """A line stands on one page, or on none."""
    assert [data_module.page_of(small.pages, n) for n in (1, 10, 11, 30, 31)] == [175, 175, 176, 177, None]
