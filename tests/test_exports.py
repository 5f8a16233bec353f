"""What the edition has for other programs, on a small world worked out by hand. Their validators: ``make check-exports``."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from desk_world import questions

from smart_asn.exports import refi_qda
from smart_asn.exports.files import export_files, ledger_tables
from smart_asn.exports.linkset import linkset
from smart_asn.exports.ro_crate import Crate
from smart_asn.exports.web_annotations import annotation_collection
from smart_asn.exports.workbook import workbook
from smart_asn.language import Language
from smart_asn.publication import Publication, address

HOME = Publication("https://example.org/book/")
EN, ID = Language("en"), Language("id")
QDA = {"b": refi_qda.CODEBOOK, "p": refi_qda.PROJECT}


# Addresses ---------------------------------------------------------------------------------------------------


def test_an_address_is_full_where_the_site_has_one():
    """With the site's address every file of it has a full one, whoever names it."""
    assert address("https://example.org/book/", "en/index.html", "exports/a.json") == (
        "https://example.org/book/en/index.html"
    )


@pytest.mark.parametrize(
    ("path", "here", "seen"),
    [
        ("en/index.html", "exports/a.json", "../en/index.html"),
        ("exports/a.json", "exports/a.json", "a.json"),
        ("#article", "exports/a.json", "../#article"),
        ("", "en/claims/k001.html", "../../"),
        ("exports/data/", "en/index.html", "../exports/data/"),
        ("ledger.json", "index.html", "ledger.json"),
    ],
)
def test_an_address_is_seen_from_the_file_where_the_site_has_none(path, here, seen):
    """Without it, addresses lead there from the file that names them."""
    assert address("", path, here) == seen


# Web Annotation ----------------------------------------------------------------------------------------------


@pytest.fixture
def collection(small):
    """The annotations of the small world."""
    return json.loads(annotation_collection(small, questions(small), HOME))


def named(collection, name):
    """One annotation of a collection, by the end of its identifier."""
    return next(i for i in collection["first"]["items"] if i["id"].endswith(f"#{name}"))


def test_every_anchor_is_annotated(small, collection):
    """There is an annotation for each row that has an anchor, with its words and its page counted from the first."""
    anchors = [
        (int(row["page"]) - int(small.pages["page"].min()) + 1, row["anchor"])
        for table in (
            "claims",
            "evidence",
            "passages",
            "errata",
            "printed_figures",
            "prisma_p",
            "grand_design",
        )
        for _, row in small.tables[table].iterrows()
        if row["anchor"]
    ]
    selectors = [i["target"]["selector"] for i in collection["first"]["items"]]
    assert [(int(s["value"].removeprefix("page=")), s["refinedBy"]["exact"]) for s in selectors] == anchors
    assert collection["total"] == len(anchors) > 15


def test_an_annotation_of_evidence_says_what_is_coded(collection):
    """Measure and regency are its tags, in both languages."""
    body = named(collection, "evidence-e001")["body"]
    assert [(b["value"], b["language"]) for b in body] == [
        ("Job analysis", "en"),
        ("North", "en"),
        ("Analisis jabatan", "id"),
        ("North", "id"),
    ]


def test_an_outcome_is_told_only_where_it_is_scored(collection):
    """K003 is contradicted; K007 is not verified and K010 no question of fact, of which no outcome is told."""
    told = {
        name: [b["value"] for b in named(collection, f"claims-{name}")["body"] if b["purpose"] == "assessing"]
        for name in ("k003", "k007", "k010")
    }
    assert told == {"k003": ["contradicted", "bertentangan"], "k007": [], "k010": []}
    assert named(collection, "claims-k007")["motivation"] == "describing"


# REFI-QDA ----------------------------------------------------------------------------------------------------


def test_the_codebook_has_the_measures_below_their_strategies(small):
    """Strategies cannot be coded with, measures can; the same identifiers in both languages."""
    english, indonesian = (ET.fromstring(refi_qda.codebook(small, language)) for language in (EN, ID))
    codes = english.findall("b:Codes/b:Code/b:Code", QDA)
    assert [c.get("name") for c in codes] == [
        "PLN01 Job analysis",
        "PLN02 Workload analysis",
        "REC01 Online intake",
    ]
    assert codes[1].findtext("b:Description", None, QDA) == (
        "Counts when: workload is analysed. Does not count: a job map."
    )
    assert [c.get("isCodable") for c in english.findall("b:Codes/b:Code", QDA)] == ["false", "false"]
    guids = [
        [c.get("guid") for c in book.iter(f"{{{refi_qda.CODEBOOK}}}Code")] for book in (english, indonesian)
    ]
    assert guids[0] == guids[1]
    assert len(set(guids[0])) == 5


def test_a_case_has_the_measures_that_its_regency_states(small):
    """North states all three measures, South one."""
    with zipfile.ZipFile(BytesIO(refi_qda.project(small, EN))) as archive:
        project = ET.fromstring(archive.read("project.qde"))
    names = {c.get("guid"): c.get("name").split()[0] for c in project.iter(f"{{{refi_qda.PROJECT}}}Code")}
    stated = {
        case.get("name"): [names[ref.get("targetGUID")] for ref in case.findall("p:CodeRef", QDA)]
        for case in project.findall("p:Cases/p:Case", QDA)
    }
    assert stated == {"Kabupaten North": ["PLN01", "PLN02", "REC01"], "Kabupaten South": ["PLN01"]}


# Workbook ----------------------------------------------------------------------------------------------------


def cells(made: bytes, sheet: int) -> str:
    """The markup of a sheet of a workbook."""
    with zipfile.ZipFile(BytesIO(made)) as archive:
        return archive.read(f"xl/worksheets/sheet{sheet}.xml").decode()


def test_no_cell_of_the_workbook_is_a_formula(small):
    """A text that looks like a formula is a text; a number is a number."""
    codebook = small.folder / "codebook.csv"
    text = codebook.read_text("utf-8").replace("Job analysis", '"=HYPERLINK(""https://example.org"",""x"")"')
    codebook.write_text(text.replace("Workload analysis", "https://example.org/"), "utf-8")
    made = workbook(small, questions(small))
    with zipfile.ZipFile(BytesIO(made)) as archive:
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
        texts = "".join(archive.read(name).decode() for name in sheets)
        shared = archive.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in texts
    assert "hyperlink" not in texts.lower()
    assert "=HYPERLINK" in shared
    assert "<v>-1</v>" in texts  # South's latitude
    assert len(sheets) == 3 + len(small.tables)


# Signposts ---------------------------------------------------------------------------------------------------


def test_the_linkset_has_every_page_with_something_to_take_away():
    """Each edition's first page, each statement's, and each file of the book, with full addresses where there are any."""
    contexts = {c["anchor"]: c for c in json.loads(linkset(["K001"], ["en", "id"], HOME.address))["linkset"]}
    assert len(contexts) == 2 * 2 + 6
    page = contexts["https://example.org/book/id/claims/k001.html"]
    assert page["describedby"] == [
        {"href": "https://example.org/book/id/claims/k001.json", "type": "application/json"}
    ]
    start = contexts["https://example.org/book/en/index.html"]
    assert start["cite-as"] == [{"href": "https://example.org/book/en/index.html"}]
    assert "linkset" not in start


def test_nothing_is_said_of_how_to_cite_a_site_without_an_address():
    """A place on somebody's disk is not to be cited."""
    contexts = json.loads(linkset([], ["en"], ""))["linkset"]
    assert contexts[0]["anchor"] == "../en/index.html"
    assert "cite-as" not in contexts[0]


# Files -------------------------------------------------------------------------------------------------------


def test_the_same_edition_gives_the_same_bytes(small):
    """Nothing of the time or the machine goes into a file."""
    first, second = (export_files(small, questions(small), [], ("en", "id"), Publication()) for _ in range(2))
    assert first == second
    assert {p for p in first if not p.startswith("exports/")} == set()


def test_the_data_package_is_whole(small):
    """Every file that its description names is there, the ledger's tables too."""
    files = export_files(small, questions(small), [], ("en", "id"), Publication())
    paths = {f"exports/data/{r['path']}" for r in small.package["resources"]}
    assert paths - set(files) == set()
    assert set(ledger_tables(small, questions(small))) == {"ledger.csv", "ledger-questions.csv"}


def test_a_crate_knows_a_file_by_its_checksum(tmp_path):
    """Size and SHA-256 are those of the file; a file that is not there is an error, not an entry."""
    (tmp_path / "a.csv").write_text("x\n")
    crate = Crate(tmp_path)
    assert crate.file("a.csv", "A table") == {"@id": "a.csv"}
    assert crate.entities["a.csv"] == {
        "@id": "a.csv",
        "@type": "File",
        "name": "A table",
        "encodingFormat": "text/csv",
        "contentSize": "2",
        "sha256": "73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac",
    }
    with pytest.raises(FileNotFoundError):
        crate.file("b.csv", "Another")
