"""A regency beyond the article's: refused with all that is missing, taken as a spreadsheet saved it, and kept apart."""

import re
import shlex
import shutil
import subprocess
import sys

import pytest
from copies import copy_to
from forms import fill

from smart_asn import __main__ as commands
from smart_asn import added, places
from smart_asn.asking import ask
from smart_asn.data import Data, DataError
from smart_asn.datapackage import read_package, read_tables
from smart_asn.edition import Edition
from smart_asn.language import Language
from smart_asn.pipeline.source import table_of_contents, with_added
from smart_asn.places import DATA, ROOT
from smart_asn.validation import validate

TUTORIAL = (ROOT / "book/seventh-regency.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(bash|python|text)\n(.*?)^```", TUTORIAL, re.M | re.S)


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


def run_tutorial(scratch, capsys):
    """Run the tutorial's blocks in order, without ``make book``; what its commands said."""
    names, output = {}, []
    for kind, text in BLOCKS:
        if kind == "python":
            exec(text, names)
        for line in text.splitlines() if kind == "bash" else ():
            if line.startswith(".venv/bin/python -m smart_asn "):
                commands.main(shlex.split(line)[3:])
                output.append("".join(capsys.readouterr()))
    return output


def test_the_tutorial_says_what_happens(scratch, capsys):
    """The tutorial's commands do what it says, and what it prints is what is printed."""
    written, missing, done = run_tutorial(scratch, capsys)
    assert written.startswith("Written: data/added/contoh.")
    assert missing == [text for kind, text in BLOCKS if kind == "text"][1]
    assert done == "Everything is filled in for contoh. `make book` gives it a chapter.\n"
    document = next(text for kind, text in BLOCKS if kind == "text").splitlines()
    for _, row in added_evidence(scratch).iterrows():
        assert row["anchor"] in document[row["scan_line"] - 1]


def added_evidence(folder):
    tables = read_tables(folder, read_package(folder))
    return added.joined(folder, tables)["evidence"].query("regency == 'contoh'")


def test_no_statement_of_the_article_moves(scratch, capsys, shipped):
    """With a seventh regency in the data every statement has the outcome, and every question the words, it had."""
    run_tutorial(scratch, capsys)
    tables = read_tables(scratch, read_package(scratch))
    seven = Data(scratch, added.joined(scratch, tables))
    assert len(seven.regency_names) == len(shipped.regency_names) + 1
    before, after = ask(shipped), ask(seven)
    assert {q: a.question for q, a in after.items()} == {q: a.question for q, a in before.items()}


@pytest.mark.builds
def test_the_tutorial_builds_a_book(tmp_path):
    """Run in a scratch copy as it stands, the tutorial gives a chapter, a column and a place on the map."""
    copy = copy_to(tmp_path / "book")
    python = f"{sys.executable} -m smart_asn"
    lines, fill = [], ""
    for kind, text in BLOCKS:
        if kind == "bash":
            lines.append(
                text.replace(".venv/bin/python -m smart_asn", python).replace("make book", f"{python} build")
            )
        elif kind == "python":
            fill += text
            (copy.root / f"fill-{len(lines)}.py").write_text(fill, "utf-8")
            lines.append(f"{sys.executable} fill-{len(lines)}.py\n")
    done = subprocess.run(
        ["bash", "-c", "".join(lines)],
        cwd=copy.root,
        env=copy.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    page = (copy.site / "en/regencies/contoh.html").read_text("utf-8")
    assert "are invented, as an example" in page
    assert "Words of the article" not in page
    for name in ("synthesis", "index"):
        assert "Contoh *" in (copy.site / f"en/{name}.html").read_text("utf-8")
    assert "contoh" not in (copy.root / "data/regencies.csv").read_text("utf-8")
