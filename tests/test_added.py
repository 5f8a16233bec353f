"""A regency beyond the article's: refused with all that is missing, taken as a spreadsheet saved it, and kept apart."""

import csv
import re
import shlex
import shutil
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from copies import copy_to
from forms import fill, write_invented

from smart_asn import __main__ as commands
from smart_asn import added, places
from smart_asn.asking import ask
from smart_asn.data import Data, DataError
from smart_asn.datapackage import read_package, read_tables
from smart_asn.desk.verify import anchors
from smart_asn.edition import Edition
from smart_asn.figures import plot_map
from smart_asn.language import LANGUAGES, Language, translated
from smart_asn.pipeline.publish import EDITIONS
from smart_asn.pipeline.source import table_of_contents, with_added
from smart_asn.places import DATA, ROOT, SITE
from smart_asn.tables import headline
from smart_asn.validation import validate

TUTORIAL = (ROOT / "book/seventh-regency.md").read_text("utf-8")
BLOCKS = {
    language: re.findall(r"^```(bash|python|text)\n(.*?)^```", translated(TUTORIAL, language), re.M | re.S)
    for language in LANGUAGES
}
"""The tutorial's blocks of code as a reader of each edition finds them."""


def said(folder, rows=None):
    tables = fill(folder, rows)
    return [str(p).removeprefix("data/added/east/") for p in added.check(folder, "east", tables)]


def test_a_filled_one_is_taken(folder):
    """What is filled in joins the tables: the regency, its portrait, paragraphs, evidence; marked, and not the article's."""
    assert said(folder) == []
    validate(folder)
    frames = added.joined(folder, read_tables(folder, read_package(folder)))
    data = Data(folder, frames)
    assert data.of_article == ("north", "south")
    assert data.regency_names == {"north": "North", "south": "South", "east": "East *"}
    assert stated(data, "east") == ["PLN01"]
    row = data.evidence.query("regency == 'east'").iloc[0]
    assert row[["evidence", "stated_under", "page", "scan_line"]].tolist() == ["E1001", "a", 1, 2]
    assert data.row("portraits", "east")["portrait_en"] == "Y"
    assert len(data.summaries.query("regency == 'east'")) == 2
    plain = read_tables(folder, read_package(folder))
    for name, frame in plain.items():
        assert frames[name].dtypes[list(frame.columns)].equals(frame.dtypes), name


def stated(data, regency):
    matrix = Edition(data, Language(), "index").stated
    return list(matrix.columns[matrix.loc[regency]])


def test_a_half_filled_one_is_refused_with_all_that_is_missing(folder):
    """Everything that is missing is named at once, and the data is refused as a whole."""
    fill(folder)
    shutil.rmtree(folder / "added")
    tables = read_tables(folder, read_package(folder))
    added.write_forms(folder, "east", {}, tables)
    problems = added.check(folder, "east", tables)
    assert {p.column for p in problems if p.file.endswith("regency.csv")} == set(added.FACTS)
    assert sum(p.column == "present" for p in problems) == 3
    assert sum(p.column == "summary_id" for p in problems) == 2
    with pytest.raises(DataError):
        validate(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            ("regency.csv", "latitude", "value", "12"),
            "column latitude: found '12'; expected a number from -11.5 to 6.5.",
        ),
        (
            ("regency.csv", "bps_code", "value", "33"),
            "column bps_code: found '33'; expected a code like 6305.",
        ),
        (
            ("regency.csv", "period_end", "value", "2020"),
            "column period_end: found 2020; expected 2025 or later.",
        ),
        (("regency.csv", "address", "value", "a shelf"), "column address: found 'a shelf'"),
        (
            ("measures.csv", "PLN01", "line", "two"),
            "row 2, column line: found 'two'; expected the line of the document",
        ),
        (("measures.csv", "PLN01", "anchor", ""), "row 2, column anchor: found ''; expected one to 8 words"),
        (("measures.csv", "PLN01", "anchor", "a b c d e f g h i"), "row 2, column anchor"),
        (
            ("measures.csv", "PLN01", "paragraph", "z"),
            "row 2, column paragraph: found 'z'; expected one of a, b.",
        ),
        (("measures.csv", "REC01", "doubtful", "true"), "row 4, column note_en: found nothing; expected why"),
        (
            ("measures.csv", "REC01", "note_en", "Why."),
            "row 4, column note_id: found nothing; expected the note",
        ),
        (("measures.csv", "REC01", "code", "REC99"), "row 4, column code: found 'REC99'"),
        (("paragraphs.csv", "planning", "page", ""), "row 2, column page: found ''"),
        (("paragraphs.csv", "planning", "stated", "perhaps"), "row 2, column stated: found 'perhaps'"),
    ],
)
def test_what_is_wrong_is_named(folder, change, message):
    """A value that cannot be right is named with file, row and column."""
    name, key, column, value = change
    found = said(folder, {(name, key, column): value})
    assert any(message in line for line in found), found


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace(",", ";"),
        lambda text: text.replace(",", "\t"),
        lambda text: "\r\n".join(line + ",," for line in text.splitlines()) + "\r\n,,,\r\n\r\n",
        lambda text: text.replace("true", "TRUE").replace("false", "Tidak"),
        lambda text: text.replace(",2,", ",2.0,").replace("analisis jabatan", "analisis\u00a0jabatan "),
    ],
)
def test_what_a_spreadsheet_does_is_mended(folder, spoil):
    """A byte order mark, semicolons, tabs, empty columns and rows, other truths, no-break spaces: all say the same."""
    tables = fill(folder)
    before = added.joined(folder, tables)["evidence"]
    path = folder / "added/east/measures.csv"
    path.write_bytes(spoil(path.read_text("utf-8")).encode())
    assert added.check(folder, "east", tables) == []
    assert added.joined(folder, tables)["evidence"].equals(before)


def test_what_cannot_be_read_is_named(folder):
    """A workbook under the name of a table, one that is not there, and one with other columns are each one problem."""
    tables = fill(folder)
    home = folder / "added/east"
    (home / "measures.csv").write_bytes(b"PK\x03\x04")
    (home / "paragraphs.csv").unlink()
    (home / "regency.csv").write_text("a,b\n1,2\n", "utf-8")
    found = [(p.file.rpartition("/")[2], p.expected) for p in added.check(folder, "east", tables)]
    assert found == [
        ("regency.csv", "the columns field, value, what"),
        ("paragraphs.csv", "the file that new-regency writes, saved as CSV UTF-8"),
        ("measures.csv", "CSV UTF-8"),
    ]


@pytest.mark.parametrize("slug", ["North East", "north", "../x", ""])
def test_a_name_that_is_none(folder, slug):
    """A name that is no folder's, or that a regency has, is refused, and nothing is written."""
    tables = read_tables(folder, read_package(folder))
    with pytest.raises(ValueError, match=r"no name for a folder|there is a regency"):
        added.write_forms(folder, slug, {}, tables)
    assert not (folder / "added").exists()


def test_the_command(folder, monkeypatch, capsys):
    """new-regency writes the forms; run again it says what is missing."""
    monkeypatch.setattr(places, "DATA", folder)
    assert commands.main(["new-regency", "east", "--name", "East"]) == 0
    assert "Written: data/added/east" in capsys.readouterr().out
    assert commands.main(["new-regency", "east"]) == 1
    assert "column full_name: found nothing" in capsys.readouterr().err
    assert commands.main(["new-regency", "north"]) == 1
    assert capsys.readouterr().err == "there is a regency 'north' already.\n"


def test_an_articles_regency_is_compared_with_the_articles(folder):
    """In North's chapter only the article's are compared; in East's East, too; elsewhere all."""
    tables = fill(folder)
    data = Data(folder, added.joined(folder, tables))
    assert Edition(data, Language(), "regencies/north").compared == ("north", "south")
    assert Edition(data, Language(), "regencies/east").compared == ("north", "south", "east")
    assert Edition(data, Language(), "synthesis").compared == ("north", "south", "east")


def test_the_first_page_counts_the_articles(folder):
    """The figures of the first page are the article's; the map says that it shows others, too, and what it counts."""
    tables = fill(folder)
    six = Edition(
        Data(folder, {**tables, "regencies": tables["regencies"].assign(of_article=True)}),
        Language(),
        "index",
    )
    more = Edition(Data(folder, added.joined(folder, tables)), Language(), "index")
    assert str(headline(six, [])) == str(headline(more, []))
    assert "added to the article’s (*). Measures reported: from" in plot_map(more).caption
    assert "added" not in plot_map(six).caption


def test_its_words_are_not_looked_for_in_the_article(folder, tmp_path, monkeypatch, capsys):
    """What an added regency quotes stands in its own document: no check against the article asks for it."""
    data = Data(folder, added.joined(folder, fill(folder)))
    assert "E1001" in set(data.evidence["evidence"])
    assert "E1001" not in {a.id for a in anchors(data)}
    assert "north" in set(data.article_alone().evidence["regency"])
    assert data.article_alone().evidence.dtypes.equals(data.evidence.dtypes)
    text = tmp_path / "article.txt"
    text.write_text("", "utf-8")
    monkeypatch.setattr("smart_asn.data.load", lambda: data)
    assert commands.main(["check-locators", str(text)]) == 1
    assert "evidence.csv, row 5" in (said := capsys.readouterr().err)
    assert "evidence.csv, row 6" not in said


def test_the_contents_get_its_chapter(folder):
    """The contents have its chapter after the article's, without an edit of _toc.yml."""
    contents = {
        "root": "index",
        "parts": [
            {
                "chapters": [
                    {
                        "file": "results",
                        "sections": [{"file": "regencies/north"}, {"file": "regencies/south"}],
                    }
                ]
            }
        ],
    }
    data = Data(folder, added.joined(folder, fill(folder)))
    assert list(table_of_contents(with_added(contents, data)))[-2:] == ["regencies/south", "regencies/east"]


# The tutorial ---------------------------------------------------------------------------------------------------


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    """The data folder of a scratch copy, in which the tutorial's lines are run but for the build."""
    shutil.copytree(DATA, tmp_path / "data")
    monkeypatch.setattr(places, "DATA", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def run_tutorial(scratch, capsys, language):
    """Run the blocks of the tutorial in order, without ``make book``; what its commands said."""
    names, output = {}, []
    for kind, text in BLOCKS[language]:
        if kind == "python":
            exec(text, names)
        for line in text.splitlines() if kind == "bash" else ():
            if line.startswith(".venv/bin/python -m smart_asn "):
                commands.main(shlex.split(line)[3:])
                output.append("".join(capsys.readouterr()))
    return output


def test_who_stops_answering_fills_in_the_rest(scratch, monkeypatch):
    """In a terminal it asks for the facts; an end of input (Ctrl-D) leaves those that follow to be filled in."""
    answers = iter(["Contoh", "Kabupaten Contoh"])

    def answer(prompt):
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", answer)
    assert commands.main(["new-regency", "contoh"]) == 0
    facts = dict(row[:2] for row in csv.reader((scratch / "added/contoh/regency.csv").open(encoding="utf-8")))
    assert (facts["name"], facts["full_name"], facts["capital"]) == ("Contoh", "Kabupaten Contoh", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tutorial_says_what_happens(scratch, capsys, language):
    """In both editions the tutorial's commands do what it says, and what it prints is what is printed."""
    written, missing, done = run_tutorial(scratch, capsys, language)
    assert written.startswith("Written: data/added/contoh.")
    assert missing == [text for kind, text in BLOCKS[language] if kind == "text"][1]
    assert done == "Everything is filled in for contoh. `make book` gives it a chapter.\n"
    document = next(text for kind, text in BLOCKS[language] if kind == "text").splitlines()
    for _, row in added_evidence(scratch).iterrows():
        assert row["anchor"] in document[row["scan_line"] - 1]


def added_evidence(folder):
    tables = read_tables(folder, read_package(folder))
    return added.joined(folder, tables)["evidence"].query("regency == 'contoh'")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tutorial_speaks_the_editions_language(language):
    """No piece of the tutorial's prose is left in English in the Indonesian edition."""
    prose = re.sub(r"^```.*?^```\n", "", TUTORIAL, flags=re.M | re.S)
    kept = [p for p in prose.split("\n\n") if p.strip() and p in translated(TUTORIAL, language)]
    assert (kept == []) == (language == "id")


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_published_tutorial_has_the_blocks_that_are_run(language):
    """On the built page of each edition stand the blocks that these tests run, in their order."""
    page = BeautifulSoup((SITE / language / "seventh-regency.html").read_text("utf-8"), "html.parser")
    shown = [block.get_text().strip() for block in page.select("main pre")]
    assert shown == [text.strip() for _, text in BLOCKS[language]]


def test_no_statement_of_the_article_moves(scratch, capsys, shipped):
    """With a seventh regency in the data every statement has the outcome, and every question the words, it had."""
    run_tutorial(scratch, capsys, "en")
    tables = read_tables(scratch, read_package(scratch))
    seven = Data(scratch, added.joined(scratch, tables))
    assert len(seven.regency_names) == len(shipped.regency_names) + 1
    before, after = ask(shipped), ask(seven)
    assert {q: a.question for q, a in after.items()} == {q: a.question for q, a in before.items()}


def script_of(copy, language):
    """The tutorial's blocks as one shell script for a copy of the project; its Python is this one."""
    python = f"{sys.executable} -m smart_asn"
    lines, fill = [], ""
    for kind, text in BLOCKS[language]:
        if kind == "bash":
            text = text.replace(".venv/bin/python -m smart_asn", python)
            lines.append(text.replace("make book", f"{python} build"))
        elif kind == "python":
            fill += text
            (copy.root / f"fill-{len(lines)}.py").write_text(fill, "utf-8")
            lines.append(f"{sys.executable} fill-{len(lines)}.py\n")
    return "".join(lines)


@pytest.mark.builds
def test_the_tutorial_builds_a_book(tmp_path):
    """Run in a scratch copy as it stands, the tutorial gives a chapter, a column and a place on the map in both editions.

    A book that was there before, and gains the regency, has the bytes of one that never was without it.
    """
    books = [copy_to(tmp_path / name) for name in ("grown", "clean")]
    both = {"SMART_ASN_EDITIONS": " ".join(EDITIONS)}
    code, said = books[0].build(**both)
    assert code == 0, said
    before = books[0].published()
    for copy, language in zip(books, LANGUAGES, strict=True):
        done = subprocess.run(
            ["bash", "-c", script_of(copy, language)],
            cwd=copy.root,
            env=copy.environment(**both),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    grown, clean = (copy.published() for copy in books)
    assert sorted(f for f in grown.keys() | clean.keys() if grown.get(f) != clean.get(f)) == []
    stays_the_articles(books[0], before)
    for language, words in (("en", "are invented, as an example"), ("id", "rekaan, sebagai contoh")):
        page = (books[0].site / language / "regencies/contoh.html").read_text("utf-8")
        assert words in page
        assert not any(x in page for x in ("Words of the article", "Kata-kata artikel"))
        for name in ("synthesis", "index"):
            assert "Contoh *" in (books[0].site / f"{language}/{name}.html").read_text("utf-8")
    assert "contoh" not in (books[0].root / "data/regencies.csv").read_text("utf-8")


def stays_the_articles(copy, before):
    """Assert that ledger and claims of a book are those of the book before, byte by byte."""
    after = copy.published()
    own = [
        f for f in before if f.startswith("ledger.") or re.match(r"(en|id)/claims/[kq]\d+\.(html|json)$", f)
    ]
    assert len(own) > 100
    assert [f for f in own if after.get(f) != before[f]] == []


@pytest.mark.builds
def test_a_hundredth_regency(tmp_path):
    """Ninety-three regencies beside the six, and a hundredth after them: both editions are what a clean build gives.

    The statements, questions and outcomes of the article are those of the book without any of them.
    """
    both = {"SMART_ASN_EDITIONS": " ".join(EDITIONS)}
    plain, grown, clean = (copy_to(tmp_path / name) for name in ("plain", "grown", "clean"))
    tables = read_tables(DATA, read_package(DATA))
    for number in range(7, 100):
        for copy in (grown, clean):
            write_invented(copy.root / "data", number, tables)
    last = write_invented(clean.root / "data", 100, tables)
    for copy in (plain, grown, clean):
        code, said = copy.build(**both)
        assert code == 0, said
    write_invented(grown.root / "data", 100, tables)
    code, said = grown.build(**both)
    assert code == 0, said
    one, other = grown.published(), clean.published()
    assert sorted(f for f in one.keys() | other.keys() if one.get(f) != other.get(f)) == []
    stays_the_articles(clean, plain.published())
    for language in EDITIONS:
        assert f"{language}/regencies/{last}.html" in one
        assert len(list((clean.site / language / "regencies").glob("*.html"))) == 100
