"""Broken data: every kind is found, where it is, with what was found and what was expected."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from data_edits import edit, problems

from smart_asn import data as data_module
from smart_asn.data import DataError, digest, load
from smart_asn.datapackage import read_package, read_table
from smart_asn.places import PACKAGE
from smart_asn.validation import validate


def test_the_small_world_is_valid(folder):
    """Nothing is wrong with the tests' own data before it is broken."""
    validate(folder)


# What a spreadsheet or an editor does -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda raw: b"",
            "data/evidence.csv: found an empty file; expected a header row and at least one row.",
        ),
        (
            lambda raw: raw.decode().encode("utf-16"),
            "data/evidence.csv, row 1: found UTF-16; expected UTF-8.",
        ),
        (
            lambda raw: raw.replace(b"notices", b"not\xefces"),
            "data/evidence.csv, row 4: found a byte that is not UTF-8 (0xef); expected UTF-8.",
        ),
        (
            lambda raw: raw.replace(b",", b";"),
            "data/evidence.csv, row 1: found semicolons between the columns; expected commas (save it as CSV UTF-8, "
            "comma-separated).",
        ),
        (
            lambda raw: raw.replace(b",", b"\t"),
            "data/evidence.csv, row 1: found tabs between the columns; expected commas (save it as CSV UTF-8, "
            "comma-separated).",
        ),
        (
            lambda raw: b"sep=,\n" + raw,
            "data/evidence.csv, row 1: found the line 'sep=,', which is for one spreadsheet alone; expected the columns' "
            "names.",
        ),
        (
            lambda raw: raw.replace(b"beban kerja", b"beban" * 30_000),
            "data/evidence.csv, row 3, column anchor: found a cell of 150,000 characters; expected 20,000 at most (is a "
            "quote not closed?).",
        ),
        (
            lambda raw: raw.replace(b"E002", b",,,,,,,,,\nE002"),
            "data/evidence.csv, row 3: found an empty row; expected no empty row before the last.",
        ),
        (
            lambda raw: raw.replace(b"beban kerja", b'"beban" kerja'),
            "data/evidence.csv, row 3: found a stray quote (',' expected after '\"'); expected quotes in pairs, doubled inside: \"\".",
        ),
        (
            lambda raw: raw.replace(b"code,stated_under", b"stated_under"),
            "data/evidence.csv, row 1, column code: found no such column; expected the columns evidence, regency, code, "
            "stated_under, page, scan_line, anchor, doubtful, note_en, note_id.",
        ),
        (
            lambda raw: raw.replace(b",note_id\n", b",note_id,remark\n"),
            "data/evidence.csv, row 1, column remark: found an unknown column; expected only evidence, regency, code, "
            "stated_under, page, scan_line, anchor, doubtful, note_en, note_id.",
        ),
        (
            lambda raw: raw.replace(b"evidence,regency,code,stated_under", b"id,place,measure,strategy"),
            "data/evidence.csv, row 1: found other columns (no evidence, regency, code, stated_under; unknown id, place, "
            "measure, strategy); expected the columns evidence, regency, code, stated_under, page, scan_line, anchor, doubtful, "
            "note_en, note_id.",
        ),
        (
            lambda raw: raw.replace(b"evidence,regency", b"regency,evidence"),
            "data/evidence.csv, row 1: found regency, evidence, code, stated_under, page, scan_line, anchor, doubtful, "
            "note_en, note_id; expected the columns in the order evidence, regency, code, stated_under, page, scan_line, "
            "anchor, doubtful, note_en, note_id.",
        ),
        (
            lambda raw: raw.splitlines(keepends=True)[0],
            "data/evidence.csv, row 2: found no row; expected at least one row under the header.",
        ),
        (
            lambda raw: raw.replace(b"analisis jabatan,false,,", b"analisis jabatan,false,,,"),
            "data/evidence.csv, row 2: found 11 cells; expected 10 cells.",
        ),
        (
            lambda raw: raw.replace(b"beban kerja", b"beban kerja "),
            "data/evidence.csv, row 3, column anchor: found 'beban kerja '; expected text on one line, without spaces around it.",
        ),
    ],
    ids=[
        "empty",
        "utf-16",
        "not-utf-8",
        "semicolons",
        "tabs",
        "sep",
        "large",
        "empty-row",
        "quote",
        "missing",
        "unknown",
        "others",
        "order",
        "no-row",
        "cells",
        "space",
    ],
)
def test_a_file_that_cannot_be_read(folder, change, message):
    """The one thing that is wrong with the file is said, and not what follows from it in this or other files."""
    path = folder / "evidence.csv"
    path.write_bytes(change(path.read_bytes()))
    assert problems(folder) == [message]


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw.replace(b"false", b"FALSE").replace(b"true", b"TRUE"),
        lambda raw: raw + b",,,,,,,,,\n\n,,,,,,,,,\n",
        lambda raw: raw.rstrip(b"\n"),
    ],
    ids=["mark", "crlf", "capitals", "empty-rows", "no-end"],
)
def test_what_a_spreadsheet_may_do(folder, change, small):
    """Excel's byte order mark, its lines' ends, its TRUE and FALSE, and its empty rows change nothing that is read."""
    path = folder / "evidence.csv"
    path.write_bytes(change(path.read_bytes()))
    validate(folder)
    read = read_table(folder, next(r for r in read_package(folder)["resources"] if r["name"] == "evidence"))
    pd.testing.assert_frame_equal(read, small.evidence)


def test_a_file_that_is_not_there(folder):
    """A missing file is a problem, not a crash."""
    (folder / "glossary.csv").unlink()
    assert problems(folder) == [
        "data/glossary.csv: found no such file; expected the table that datapackage.json describes."
    ]


# What the schema says ----------------------------------------------------------------------------------------

E1 = "E001,north,PLN01,a,176,11,analisis jabatan,false,,"


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (
            "E001,north,PLN99,a,176,11,analisis jabatan,false,,",
            "data/evidence.csv, row 2, column code: found 'PLN99'; expected a value that stands in the column code of codebook.",
        ),
        (
            "E001,east,PLN01,a,176,11,analisis jabatan,false,,",
            "data/evidence.csv, row 2, column regency: found 'east'; expected a value that stands in the column regency of regencies.",
        ),
        (
            "E002,north,PLN01,a,176,11,analisis jabatan,false,,",
            "data/evidence.csv, row 3, column evidence: found the same key a second time; expected each key once.",
        ),
        (
            "E001,north,PLN01,a,176,eleven,analisis jabatan,false,,",
            "data/evidence.csv, row 2, column scan_line: found 'eleven'; expected a value of type integer.",
        ),
        (
            "E001,north,PLN01,a,176,11,analisis jabatan,no,,",
            "data/evidence.csv, row 2, column doubtful: found 'no'; expected a value of type boolean (true or false).",
        ),
        (
            "E001,north,PLN01,a,176,11,one two three four five six seven eight nine,false,,",
            "data/evidence.csv, row 2, column anchor: found 'one two three four five six seven eight nine'; "
            "expected one to eight words from one line of the scan.",
        ),
        (
            "E001,north,PLN01,a,197,11,analisis jabatan,false,,",
            "data/evidence.csv, row 2, column page: found '197'; expected a page of the article, 175 to 196.",
        ),
        (
            "E001,north,PLN01,a,174,11,analisis jabatan,false,,",
            "data/evidence.csv, row 2, column page: found '174'; expected a page of the article, 175 to 196.",
        ),
        (
            "E001,north,PLN01,g,176,11,analisis jabatan,false,,",
            "data/evidence.csv, row 2, column stated_under: found 'g'; expected a letter, a to f.",
        ),
        (
            "E001,north,PLN01,a,176,11,,false,,",
            "data/evidence.csv, row 2, column anchor: found nothing; expected one to eight words from one line of the scan.",
        ),
    ],
    ids=[
        "code",
        "regency",
        "key",
        "integer",
        "boolean",
        "anchor",
        "page-after",
        "page-before",
        "letter",
        "nothing",
    ],
)
def test_a_row_against_the_schema(folder, new, message):
    """File, row, column, what was found, what was expected."""
    edit(folder, "evidence.csv", E1, new)
    assert message in problems(folder)


def test_a_key_of_two_columns(folder):
    """A cell stands once in a coding pass."""
    edit(folder, "coding/pass-1.csv", "south,PLN02,false", "north,PLN02,false")
    assert problems(folder) == [
        "data/coding/pass-1.csv, row 6, column regency, code: found the same key a second time; expected each key once."
    ]


# All at once, and nothing changed ----------------------------------------------------------------------------


def test_several_problems_at_once(folder):
    """Problems of several files and kinds are told together, in the order of files and rows, each once."""
    edit(folder, "evidence.csv", E1, "E001,north,PLN99,a,197,11,analisis jabatan,false,,")
    edit(folder, "regencies.csv", "2020,2024", "2020,soon")
    (folder / "glossary.csv").write_bytes(b"")
    with pytest.raises(DataError) as caught:
        validate(folder)
    assert str(caught.value).splitlines() == [
        "The data has 4 problems; nothing was built or changed:",
        "  data/evidence.csv, row 2, column code: found 'PLN99'; expected a value that stands in the column code of codebook.",
        "  data/evidence.csv, row 2, column page: found '197'; expected a page of the article, 175 to 196.",
        "  data/glossary.csv: found an empty file; expected a header row and at least one row.",
        "  data/regencies.csv, row 2, column period_end: found 'soon'; expected a value of type integer.",
        "Correct what is named above (a spreadsheet saves tables as CSV UTF-8, with commas), then build again.",
    ]


def test_broken_data_changes_nothing(folder, tmp_path, monkeypatch):
    """Where the data is broken, the folder, the seal of the last good data and the last book stay as they were."""
    build = tmp_path / "build"
    monkeypatch.setattr(data_module, "BUILD", build)
    load(folder)
    (build / "html").mkdir()
    (build / "html/index.html").write_text("the last good book", "utf-8")
    before = {p: p.read_bytes() for p in build.rglob("*") if p.is_file()}
    edit(folder, "evidence.csv", E1, "E001,north,PLN99,a,176,11,analisis jabatan,false,,")
    broken = digest(folder)
    with pytest.raises(DataError):
        load(folder)
    assert {p: p.read_bytes() for p in build.rglob("*") if p.is_file()} == before
    assert digest(folder) == broken


def test_the_build_stops_at_broken_data(folder, monkeypatch, capsys):
    """The build command prints the problems, returns 1 and runs no task."""
    from smart_asn.__main__ import main

    edit(folder, "evidence.csv", E1, "E001,north,PLN99,a,176,11,analisis jabatan,false,,")
    monkeypatch.setattr(data_module, "DATA", folder)
    monkeypatch.setattr("pytask.build", lambda **_: pytest.fail("the pipeline was started"))
    assert main(["build"]) == 1
    assert "row 2, column code: found 'PLN99'" in capsys.readouterr().err


def test_data_that_was_validated_is_not_validated_again(folder, tmp_path, monkeypatch):
    """The seal of valid data spares the second validation; a changed byte breaks it."""
    monkeypatch.setattr(data_module, "BUILD", tmp_path / "build")
    load(folder)
    monkeypatch.setattr(data_module, "validate", lambda f: pytest.fail("validated again"))
    load(folder)
    edit(folder, "glossary.csv", "The civil service.", "The civil servants.")
    with pytest.raises(pytest.fail.Exception, match="validated again"):
        load(folder)


def test_every_rule_breaks_the_seal(folder):
    """The modules that validation is made of stand at the top of the package, over which the seal is taken."""
    code = "import sys, smart_asn.validation; print(*(m for m in sys.modules if m.startswith('smart_asn.')))"
    used = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    tops = {Path(sys.modules[name].__file__).parent for name in used.stdout.split()}
    assert tops == {PACKAGE}


# What is read ------------------------------------------------------------------------------------------------


def test_types(small):
    """Whole numbers, numbers and truths are such; an empty cell is empty text, or NA in a column of numbers."""
    north, south = (small.row("regencies", r) for r in ("north", "south"))
    assert (north["period_start"], north["latitude"]) == (2020, 1.0)
    assert south["regulation_number"] == ""
    assert pd.isna(south["regulation_year"])
    assert list(small.evidence["doubtful"]) == [False, False, True, False]


@pytest.mark.parametrize("word", ["None such", "nan.", "0", "n"])
def test_text_that_looks_like_nothing_is_text(folder, monkeypatch, tmp_path, word):
    """What only begins like a word for nothing stays the text it is."""
    monkeypatch.setattr(data_module, "BUILD", tmp_path / "build")
    edit(folder, "glossary.csv", "The civil service.", word)
    assert load(folder).row("glossary", "ASN")["definition_en"] == word


def test_a_row_that_is_not_there(small):
    """The error names the file and the column."""
    with pytest.raises(KeyError, match=r"'PLN99' is not in data/codebook.csv \(its column code\)"):
        small.row("codebook", "PLN99")


def test_a_table_that_is_not_there(small):
    """An unknown table is an AttributeError, as for any object."""
    with pytest.raises(AttributeError, match=r"^evidences$"):
        _ = small.evidences


# The schema itself -------------------------------------------------------------------------------------------


def test_every_column_is_described(small):
    """Every file has title, description, licence and source; every column type and meaning."""
    for resource in small.package["resources"]:
        assert all(resource.get(k) for k in ("title", "description", "licenses", "sources")), resource["name"]
        for field in resource.get("schema", {}).get("fields", []):
            assert field["type"] and field["description"], (resource["name"], field["name"])


def test_the_schema_knows_scopes_kinds_and_outcomes(small):
    """What the schema allows in the columns that the program compares is what the program knows."""
    from smart_asn.ledger import BLANK, line_states
    from smart_asn.outcomes import FACTS, HOW, OTHERS, OUTCOMES, SCOPES

    allowed = {
        (r["name"], f["name"]): f["constraints"]["enum"]
        for r in small.package["resources"]
        for f in r.get("schema", {}).get("fields", [])
        if "enum" in f.get("constraints", {})
    }
    assert allowed["claims", "scope"] == list(SCOPES)
    assert allowed["claims", "kind"] == allowed["ledger", "kind"] == [*FACTS, *OTHERS]
    assert allowed["questions", "how"] == allowed["ledger_questions", "how"] == list(HOW)
    assert allowed["ledger", "outcome"] == allowed["ledger_questions", "outcome"] == list(OUTCOMES)
    assert set(allowed["lines", "state"]) | {BLANK} <= set(line_states(small)["state"])


def test_the_package_is_a_valid_data_package(small, folder):
    """frictionless reads the description of the package without a complaint."""
    import frictionless

    frictionless.system.trusted = True
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    package["resources"] = [r for r in package["resources"] if "schema" in r]
    assert frictionless.Package.from_descriptor(package).to_descriptor()["resources"]
