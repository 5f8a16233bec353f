"""What spreadsheets do to a CSV: taken as the same where that is safe, refused with file, row and column where not."""

import os
import shutil
import subprocess

import pytest
from forms import fill

from smart_asn import added
from smart_asn.datapackage import read_package, read_tables
from smart_asn.sheets import (
    SheetError,
    decimal,
    read_sheet,
    regency_code,
    statistics_code,
    truth,
    whole_number,
)

ROWS = [["a", "b"], ["one", "two; three"], ["", "vier"]]


@pytest.mark.parametrize(
    "raw",
    [
        b'a,b\none,"two; three"\n,vier\n',
        b'\xef\xbb\xbfa,b\r\none,"two; three"\r\n,vier\r\n\r\n,,\r\n',
        b'sep=;\na;b\none;"two; three"\n;vier\n',
        b'a\tb\rone\t"two; three"\r\tvier\r',
        'a;b\n one ;"two;\u00a0three"\n;vier;;\n;;;\n'.encode(),
        'a,b\n"one","two;\nthree"\n,vier\n'.encode("utf-16"),
    ],
    ids=["plain", "a mark and empty rows", "sep", "tabs and old ends", "no-break spaces", "UTF-16"],
)
def test_the_same_rows(tmp_path, raw):
    """Whatever separates, ends or surrounds them, the rows are the same."""
    (tmp_path / "x.csv").write_bytes(raw)
    assert read_sheet(tmp_path / "x.csv") == ROWS


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"PK\x03\x04rest", "a workbook, not CSV"),
        (b"\n,,\n", "an empty file"),
        (b'a,"b"c\n', "a stray quote"),
    ],
)
def test_no_rows(tmp_path, raw, message):
    """A workbook by another name, an empty file and a stray quote are told apart."""
    (tmp_path / "x.csv").write_bytes(raw)
    with pytest.raises(SheetError, match=message):
        read_sheet(tmp_path / "x.csv")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3", 3),
        ("3.0", 3),
        ("3,00", 3),
        ("1.000", 0),
        ("1,000", 0),
        ("12-15", 0),
        ("0", 0),
        ("", 0),
        ("3.5", 0),
    ],
)
def test_whole_numbers(typed, number):
    """What can be read in two ways is no number: 1.000 is one, or a thousand."""
    assert whole_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "other", "code"),
    [
        ("33.10", "3310", "33.10"),
        ("33,10", "", "33.10"),
        ("33.1", "3310", "33.10"),
        ("33.1", "3301", "33.1"),
        ("33.1", "", "33.1"),
    ],
)
def test_a_code_that_lost_its_nought(typed, other, code):
    """A nought comes back only where the other code has it."""
    assert regency_code(typed, other) == code


def test_other_numbers():
    """Codes with a separator of thousands, decimal commas, truths of two languages."""
    assert [statistics_code(t) for t in ("3310", "3,310", "3.310", "3310.0", "33.10")] == [
        *["3310"] * 4,
        "33.10",
    ]
    assert [decimal(t) for t in ("-7,5", "−7.5", "x")] == ["-7.5", "-7.5", "x"]
    assert [truth(t) for t in ("TRUE", "Benar", "tidak", "perhaps")] == ["true", "true", "false", None]


def test_a_workbook_beside_the_table_that_is_missing(folder):
    """Who saved a workbook in the place of the CSV is told so."""
    tables = fill(folder)
    (folder / "added/east/measures.csv").rename(folder / "added/east/measures.xlsx")
    assert [str(p) for p in added.check(folder, "east", tables)] == [
        "data/added/east/measures.csv: found measures.xlsx, but no measures.csv; expected the file that new-regency "
        "writes, saved as CSV UTF-8."
    ]


def test_folders_that_a_program_hides_are_no_regencies(folder):
    """JupyterLab keeps checkpoints beside what it saves."""
    fill(folder)
    (folder / "added/.ipynb_checkpoints").mkdir()
    assert added.regencies(folder) == ["east"]


def test_the_forms_in_indonesian(folder):
    """The rules and what is asked for can be had in Indonesian; they are read back all the same."""
    tables = read_tables(folder, read_package(folder))
    home = added.write_forms(folder, "east", {}, tables, "id")
    assert read_sheet(home / "measures.csv")[2][:4] == [
        "PLN02",
        "Analisis beban kerja",
        "beban dianalisis",
        "peta jabatan",
    ]
    assert read_sheet(home / "regency.csv")[3] == ["capital", "", "ibu kotanya"]
    assert not any(p.expected.startswith("the columns") for p in added.check(folder, "east", tables))


# The real one -----------------------------------------------------------------------------------------------------

OFFICE = shutil.which("soffice")
FACTS = {
    "kemendagri_code": "33.10",
    "bps_code": "3310",
    "latitude": "-7.50",
    "portrait_en": "Posts; then “persons”.",
}
TYPED = {("regency.csv", field, "value"): value for field, value in FACTS.items()}
ENGLISH, INDONESIAN, GERMAN = 1033, 1057, 1031
COMMA, SEMICOLON, TAB, ANSI, UTF_8 = "44", "59", "9", "ANSI", "76"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """LibreOffice with settings of its own: what it makes of files, in the folder named."""
    if not OFFICE:
        pytest.skip("LibreOffice is not on this machine")
    profile = tmp_path_factory.mktemp("office").as_uri()

    def convert(files, target, *options):
        command = [
            OFFICE,
            f"-env:UserInstallation={profile}",
            "--headless",
            *options,
            "--outdir",
            target,
            *files,
        ]
        subprocess.run(
            command, check=True, capture_output=True, timeout=300, env={**os.environ, "LC_ALL": "C.UTF-8"}
        )

    return convert


def through_a_workbook(office, home, language, kind, separator, encoding):
    """Open a regency's tables in Calc as somebody with that language would, save a workbook, and that as CSV."""
    tables, book = [home / name for name in added.COLUMNS], home / "book"
    opened = f"--infilter=CSV:44,34,76,1,,{language},false,true"
    office(tables, book, opened, "--convert-to", kind)
    saved = f"csv:Text - txt - csv (StarCalc):{separator},34,{encoding},1"
    office([book / f"{t.stem}.{kind}" for t in tables], home, "--convert-to", saved)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "kind", "separator"),
    [
        (ENGLISH, "xlsx", COMMA),
        (INDONESIAN, "xlsx", SEMICOLON),
        (GERMAN, "ods", SEMICOLON),
        (ENGLISH, "ods", TAB),
    ],
)
def test_saved_by_libreoffice(office, folder, language, kind, separator):
    """Opened, saved as a workbook and saved as CSV, the tables say what they said."""
    tables = fill(folder, TYPED)
    before = added.joined(folder, tables)
    home = folder / "added/east"
    written = {name: (home / name).read_bytes() for name in added.COLUMNS}
    through_a_workbook(office, home, language, kind, separator, UTF_8)
    assert all((home / name).read_bytes() != raw for name, raw in written.items())
    assert [str(p) for p in added.check(folder, "east", tables)] == []
    after = added.joined(folder, tables)
    assert all(after[name].equals(frame) for name, frame in before.items())


@pytest.mark.slow
def test_spoiled_by_libreoffice(office, folder):
    """A date that it made of a page, and a letter that an old encoding has not, are refused with row and column."""
    typed = {("measures.csv", "PLN01", "page"): "3/4", ("measures.csv", "PLN01", "anchor"): "“daring”"}
    tables = fill(folder, TYPED | typed)
    through_a_workbook(office, folder / "added/east", ENGLISH, "xlsx", COMMA, ANSI)
    found = [(p.file.rpartition("/")[2], p.row, p.column) for p in added.check(folder, "east", tables)]
    assert sorted(found) == [
        ("measures.csv", 2, "anchor"),
        ("measures.csv", 2, "page"),
        ("regency.csv", 16, "portrait_en"),
    ]
