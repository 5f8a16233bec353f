"""Broken data: every kind is found, where it is, with what was found and what was expected."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from smart_asn import data as data_module
from smart_asn import rules
from smart_asn.data import DataError, digest, load
from smart_asn.datapackage import read_package, read_table, read_tables
from smart_asn.places import PACKAGE
from smart_asn.validation import validate


def edit(folder, name, old, new):
    """Replace a text that stands in a file exactly once."""
    path = folder / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), "utf-8")


def problems(folder):
    """What validation says, a line for each problem."""
    with pytest.raises(DataError) as caught:
        validate(folder)
    return [str(p) for p in caught.value.problems]


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


# What no schema can say --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "evidence.csv",
            "a,176,11,",
            "a,177,11,",
            "data/evidence.csv, row 2, column page: found 177; expected 176, where line 11 stands.",
        ),
        (
            "evidence.csv",
            "a,176,11,",
            "a,177,21,",
            "data/evidence.csv, row 2, column scan_line: found 21; expected a line of the section north: 11-20.",
        ),
        (
            "evidence.csv",
            "E002,north,PLN02,a,176,12,beban kerja",
            "E002,north,PLN01,a,176,11,analisis jabatan",
            "data/evidence.csv, row 3, column regency, code, scan_line, anchor: found the same place a second time; expected each place once.",
        ),
        (
            "evidence.csv",
            "true,It may mean notices.,",
            "true,,",
            "data/evidence.csv, row 4, column note_en: found nothing; expected why the row is doubtful.",
        ),
        (
            "evidence.csv",
            "E002,north,PLN02,a,176,12,beban kerja,false,,\n",
            "",
            "data/evidence.csv: found no evidence for north PLN02; expected what both passes have (present), or a reason in "
            "coding/settlements.csv why it is coded otherwise.",
        ),
        (
            "decisions.csv",
            "south,REC01,177,23",
            "south,PLN01,177,23",
            "data/decisions.csv, row 2, column code: found south PLN01, which evidence.csv has as present; expected a cell that is coded absent.",
        ),
        (
            "decisions.csv",
            "177,23",
            "176,23",
            "data/decisions.csv, row 2, column page: found 176; expected 177, where line 23 stands.",
        ),
        (
            "decisions.csv",
            "177,23",
            "176,13",
            "data/decisions.csv, row 2, column scan_line: found 13; expected a line of the section south: 21-30.",
        ),
        (
            "coding/pass-2.csv",
            "south,REC01,false\n",
            "",
            "data/coding/pass-2.csv: found no row for south REC01; expected a row for each regency and code.",
        ),
        (
            "coding/pass-1.csv",
            "south,PLN02,false",
            "south,PLN02,true",
            "data/coding/settlements.csv: found no row for south PLN02, where the passes differ; expected a reason for each difference.",
        ),
        (
            "coding/settlements.csv",
            "north,REC01,true",
            "north,REC01,false",
            "data/coding/settlements.csv, row 2: found evidence for north REC01; expected the presence on which the coding settled.",
        ),
        (
            "coding/settlements.csv",
            "north,REC01,true",
            "north,PLN01,true",
            "data/coding/settlements.csv, row 2, column present: found north PLN01 settled as both passes have it; expected a "
            "cell on which they differ, or the other presence.",
        ),
        (
            "summaries.csv",
            "south,recruitment,false,177,There is no such paragraph.,Paragraf ini tidak ada.\n",
            "",
            "data/summaries.csv: found no row for south recruitment; expected a row for each regency and strategy.",
        ),
        (
            "summaries.csv",
            "north,planning,true,176",
            "north,planning,true,177",
            "data/summaries.csv, row 2, column page: found 177; expected a page of the section north: 176-176.",
        ),
        (
            "claims.csv",
            "K001,start,175,2,3",
            "K001,start,175,2,11",
            "data/claims.csv, row 2, column first_line: found 2-11; expected lines within the section start: 1-10.",
        ),
        (
            "claims.csv",
            "K001,start,175,2,3",
            "K001,start,175,3,2",
            "data/claims.csv, row 2, column first_line: found 3-2; expected lines within the section start: 1-10.",
        ),
        (
            "claims.csv",
            "six,Q001,all,2",
            "six,Q001,all,two",
            "data/claims.csv, row 2, column asserted: found 'two'; expected how many are meant, a whole number, for the scope all.",
        ),
        (
            "claims.csv",
            "six,Q001,all,2",
            "six,,all,2",
            "data/claims.csv, row 2, column question: found ''; expected a question, for the kind six.",
        ),
        (
            "claims.csv",
            "six,Q001,all,2",
            "six,Q099,all,2",
            "data/claims.csv, row 2, column question: found 'Q099'; expected a question of questions.csv.",
        ),
        (
            "claims.csv",
            "six,Q001,all,2",
            "judgement,Q001,all,2",
            "data/claims.csv, row 2, column scope: found 'all'; expected nothing, for the kind judgement.",
        ),
        (
            "claims.csv",
            "menganalisis jabatan.,semua,",
            "menganalisis jabatan.,,",
            "data/claims.csv, row 2, column printed: found nothing; expected the printed words that make the scope all.",
        ),
        (
            "claims.csv",
            "It may mean the aim.,Yang dimaksud mungkin tujuannya.",
            "It may mean the aim.,",
            "data/claims.csv, row 3, column kindest_id: found nothing; expected what kindest_en says, in this language.",
        ),
        (
            "claims.csv",
            "It is short.,Singkat.",
            ",Singkat.",
            "data/claims.csv, row 10, column note_en: found nothing; expected what note_id says, in this language.",
        ),
        (
            "questions.csv",
            "Shares vary.,Pangsanya beragam.",
            "Shares vary.,",
            "data/questions.csv, row 5, column note_id: found nothing; expected what note_en says, in this language.",
        ),
        (
            "questions.csv",
            "posts,jabatan,counted",
            ",jabatan,counted",
            "data/questions.csv, row 2, column label_en: found nothing; expected what label_id says, in this language.",
        ),
        (
            "searches.csv",
            "a draft,sebuah rancangan",
            "a draft,",
            "data/searches.csv, row 2, column nearest_id: found nothing; expected what nearest_en says, in this language.",
        ),
        (
            "codebook.csv",
            "beban dianalisis,peta jabatan",
            "beban dianalisis,",
            "data/codebook.csv, row 3, column does_not_count_id: found nothing; expected what does_not_count_en says, in this "
            "language.",
        ),
        (
            "sources.csv",
            "An old one.,Yang lama.",
            "An old one.,",
            "data/sources.csv, row 3, column note_id: found nothing; expected what note_en says, in this language.",
        ),
        (
            "claims.csv",
            "method,Q003,figure,3",
            "method,Q004,figure,3",
            "data/questions.csv, row 4, column question: found Q003; expected a question that a statement of claims.csv names.",
        ),
        (
            "questions.csv",
            "Daftarnya memuat {value} butir: {names}.",
            "Daftarnya memuat {value} butir.",
            "data/questions.csv, row 4, column observed_id: found value; expected the places of observed_en: names, value.",
        ),
        (
            "questions.csv",
            "The list has {value} items",
            "The list has {number} items",
            "data/questions.csv, row 4, column observed_en: found number; expected places among count, first, names, others, "
            "period, search, second, source, total, value, values.",
        ),
        (
            "passages.csv",
            "175,3,3,2045,2045",
            "175,3,3,2045,contradicted",
            "data/passages.csv, row 7, column value: found 'contradicted'; expected words or numbers that stand in the row's anchor.",
        ),
        (
            "passages.csv",
            "175,10,10,Tahun 2045",
            "176,10,10,Tahun 2045",
            "data/passages.csv, row 8, column page: found 176; expected 175, where line 10 stands.",
        ),
        (
            "sources.csv",
            "2020,12.46,percent",
            "2020,12.46,",
            "data/sources.csv, row 2, column unit: found nothing; expected what 12.46 counts, such as percent, year or "
            "persons.",
        ),
        (
            "readings/reading-2.csv",
            "Q006,work-b,nothing,It is silent.\n",
            "",
            "data/readings/reading-2.csv: found no row for Q006 work-b; expected a row for each that reading_1 has.",
        ),
        (
            "readings/reading-2.csv",
            "Q006,work-b,nothing",
            "Q006,work-b,yes",
            "data/readings/settled.csv: found a row for Q006 work-b; expected none, where the readings agree.",
        ),
        (
            "readings/reading-2.csv",
            "Q006,work-a,yes",
            "Q006,work-a,no",
            "data/readings/settled.csv: found no row for Q006 work-a; expected a row where the readings differ.",
        ),
        (
            "readings/settled.csv",
            "Q006,work-b,nothing",
            "Q006,work-c,nothing",
            "data/readings/settled.csv: found a row for Q006 work-c; expected a unit that was read.",
        ),
        (
            "article/lines.csv",
            "15,15,running head",
            "15,14,running head",
            "data/article/lines.csv, row 4, column last_line: found 14; expected 15 or later, where it begins.",
        ),
        (
            "article/blank.csv",
            "20,20",
            "19,20",
            "data/article/blank.csv, row 2, column first_line: found 19-20; expected lines that no other row has.",
        ),
        (
            "prisma-p.csv",
            "partly,175,2,semua",
            "partly,,,semua",
            "data/prisma-p.csv, row 2, column anchor: found 'semua'; expected none, as there is no line.",
        ),
        (
            "grand-design.csv",
            "daring,REC01",
            "daring,REC01;REC02",
            "data/grand-design.csv, row 2, column codes: found 'REC02'; expected codes that stand in codebook.csv.",
        ),
        (
            "regencies.csv",
            "7,2020,2020,2024",
            ",2020,2020,2024",
            "data/regencies.csv, row 2, column regulation_year: found a year without a number; expected both, or neither.",
        ),
        (
            "regencies.csv",
            "2019,2023",
            "2019,2018",
            "data/regencies.csv, row 3, column period_end: found 2018; expected 2019 or later.",
        ),
        (
            "regencies.csv",
            "1000,a register",
            "1000,not found",
            "data/regencies.csv, row 2, column census_source: found 'not found'; expected the source of the population, or not found where there is none.",
        ),
        (
            "context/egdi.csv",
            "true,2018",
            "false,2018",
            "data/context/egdi.csv, row 3, column asean: found False; expected True, as in most rows of IDN.",
        ),
        (
            "pages.csv",
            "176,11,20",
            "176,12,20",
            "data/pages.csv, row 3, column first_line: found 12; expected 11, the line after the row above.",
        ),
        (
            "sections.csv",
            "North,North,11,20",
            "North,North,10,20",
            "data/sections.csv, row 3, column first_line: found 10; expected 11, the line after the row above, or later.",
        ),
        (
            "sections.csv",
            "South,South,21,30",
            "South,South,21,31",
            "data/sections.csv, row 4, column last_line: found 31; expected 30 at most, where the pages end.",
        ),
    ],
)
def test_a_rule_between_rows(folder, name, old, new, message):
    """What hangs together stays together."""
    edit(folder, name, old, new)
    package = read_package(folder)
    found = rules.check(rules.Tables(read_tables(folder, package), package))
    assert message in [str(problem) for problem in found]


def test_the_rules_are_tried_where_the_schema_holds(folder):
    """Validation tries the rules last, and says what breaks them in the same form."""
    edit(folder, "claims.csv", "six,Q001,all,2", "six,Q099,all,2")
    assert problems(folder) == [
        "data/claims.csv, row 2, column question: found 'Q099'; expected a question of questions.csv.",
        "data/questions.csv, row 2, column question: found Q001; expected a question that a statement of claims.csv names.",
    ]


def test_a_regency_without_a_section(folder):
    """A regency that no section of the article is about is a problem, not a crash."""
    edit(folder, "sections.csv", "south,South,South", "east,East,East")
    assert problems(folder) == [
        "data/sections.csv, column section: found no row for 'south', which 4 rows of other tables name; expected its row, "
        "or none of those."
    ]


def test_a_regency_deleted(folder):
    """A key that many rows name and that is not there is told as one thing, not once for each of them."""
    edit(
        folder,
        "regencies.csv",
        "south,South,Kabupaten South,the Lower Province,Provinsi Bawah,12.01,1201,Base,-1.0,101.0,,,2019,2023,,not found\n",
        "",
    )
    assert problems(folder) == [
        "data/regencies.csv, column regency: found no row for 'south', which 11 rows of other tables name; expected its row, "
        "or none of those."
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
        "Mend what is named above (a spreadsheet saves tables as CSV UTF-8, with commas), then build again.",
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
