"""The certificate: what it says is what the build saw, and ``codecheck.yml`` has CODECHECK's form."""

import hashlib
import json
import re

import pytest
import yaml
from bs4 import BeautifulSoup
from check_books import codecheck_lacks

from smart_asn.edition import Edition
from smart_asn.exports import certificate
from smart_asn.exports.certificate import Certificate, Executed, executed, locked_packages
from smart_asn.exports.codecheck import codecheck
from smart_asn.language import Language
from smart_asn.pipeline.publish import EDITIONS
from smart_asn.places import DATA, SITE

LOCK = """\
# Every package
babel==2.0 \\
    --hash=sha256:00
six==1.0 ; python_full_version < '3.0' \\
    --hash=sha256:00
six==2.0 ; python_full_version >= '3.0' \\
    --hash=sha256:00
"""


def test_the_lock_is_read_for_this_python():
    """Of a package that is locked for several Pythons, the line that is meant for this one counts."""
    assert locked_packages(LOCK) == {"babel": "2.0", "six": "2.0"}


def test_a_package_that_is_not_as_locked_shows(monkeypatch, tmp_path, small):
    """Where another version is installed than the lock names, the caption says so."""
    lock = tmp_path / "requirements.txt"
    monkeypatch.setattr(certificate, "LOCK", lock)
    made = Certificate(Edition(small, Language("en"), "certificate"), [], [])
    lock.write_text(f"six=={certificate.installed('six')} \\\n", "utf-8")
    assert (
        made.environment().caption
        == "The build ran with the packages of the lock, each in the version it names."
    )
    lock.write_text("six==0.0.1 \\\n", "utf-8")
    assert made.environment().caption == "The build ran with other packages than the lock names."


def test_what_ran_is_counted(tmp_path):
    """Only cells that were executed count; a notebook's checksum is of the file that is offered."""
    notebook, checks = tmp_path / "a.ipynb", tmp_path / "a.json"
    cells = [{"cell_type": "code", "execution_count": n} for n in (1, 2, None)]
    notebook.write_text(json.dumps({"cells": [*cells, {"cell_type": "markdown"}]}), "utf-8")
    checks.write_text(json.dumps([["check('Q001')", {"question": "Q001"}]]), "utf-8")
    made = executed("a", [notebook], "offered", [checks])
    assert made == Executed("a", 2, ("Q001",), hashlib.sha256(b"offered").hexdigest())


def test_a_data_file_has_its_own_checksum(small):
    """The checksums are of the files as they are; another byte gives another."""
    made = Certificate(Edition(small, Language("en"), "certificate"), [], [])
    before = {str(row[0]): str(row[2]) for row in made.data_files().rows}
    path = small.folder / "codebook.csv"
    assert hashlib.sha256(path.read_bytes()).hexdigest() in before["<code>codebook.csv</code>"]
    path.write_bytes(path.read_bytes() + b"\n")
    after = {str(row[0]): str(row[2]) for row in made.data_files().rows}
    assert [name for name in before if before[name] != after[name]] == ["<code>codebook.csv</code>"]


def test_a_placeholder_without_its_part_is_an_error():
    """The chapter shows what there is, and asks for nothing else."""
    assert certificate.chapter("a\n\n<!-- certificate:build -->\n", {"build": "<p>x</p>"}).split("\n")[
        2:
    ] == [
        ":::{raw} html",
        "<p>x</p>",
        ":::",
        "",
    ]
    with pytest.raises(KeyError):
        certificate.chapter("<!-- certificate:other -->", {})


@pytest.fixture(params=EDITIONS, scope="module")
def page(request):
    """The built page in each edition, with its language."""
    path = SITE / request.param / "certificate.html"
    if not path.exists():
        pytest.fail("there is no certificate to test; run make book first")
    return request.param, BeautifulSoup(path.read_text("utf-8"), "html.parser")


def rows(page, table):
    """The texts of a table's cells, row by row."""
    found = page.find(id=f"table-{table}").select("tbody tr")
    return [[" ".join(c.get_text().split()) for c in row.find_all(["th", "td"])] for row in found]


@pytest.mark.slow
def test_the_built_certificate_has_every_outcome(page):
    """Each question and each statement of the ledger stands in the table of outcomes, with its outcome."""
    language, soup = page
    ledger = json.loads((SITE / language / "ledger.json").read_text("utf-8"))
    shown = {row[0]: row for row in rows(soup, "every-outcome")}
    assert list(shown) == [q["question"] for q in ledger["questions"]]
    outcomes = {c["claim"]: c["outcome_word"] for c in ledger["claims"]}
    for question in ledger["questions"]:
        row = shown[question["question"]]
        assert question["outcome_word"] in row[2]
        assert re.findall(r"K\d+", row[4]) and set(re.findall(r"K\d+", row[4])) == set(question["claims"])
        if len({outcomes[k] for k in question["claims"]}) > 1:
            for claim in question["claims"]:
                assert outcomes[claim] in row[4]


@pytest.mark.slow
def test_the_built_certificate_has_the_checksums_of_what_it_names(page):
    """Data files and notebooks have the checksums that the page gives."""
    language, soup = page
    for name, _, digest in rows(soup, "data-files"):
        assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == digest, name
    ran = rows(soup, "executed")
    for chapter, _, _, digest in ran:
        made = (SITE / language / f"_static/executed/{chapter}.ipynb").read_bytes()
        assert hashlib.sha256(made).hexdigest() == digest, chapter
    assert len(ran) == len(list((SITE / language / "_static/executed").rglob("*.ipynb")))


@pytest.mark.slow
def test_the_built_certificate_says_what_was_not_verified(page):
    """Every question that is not verified for want of a document stands beside the document."""
    language, soup = page
    ledger = json.loads((SITE / language / "ledger.json").read_text("utf-8"))
    outcomes = {c["claim"]: c["outcome"] for c in ledger["claims"]}
    wanted = {
        q["question"]
        for q in ledger["questions"]
        if q["searches"] and any(outcomes[k] == "not verified" for k in q["claims"])
    }
    shown = {n for row in rows(soup, "not-verified") for n in re.findall(r"Q\d+", row[2])}
    assert shown == wanted and wanted


@pytest.mark.slow
def test_the_built_certificate_says_who_did_not_check_it(page):
    """The page says in so many words that nobody from CODECHECK has checked the edition."""
    words = {"en": "Nobody from CODECHECK has checked this edition", "id": "Tidak seorang pun dari CODECHECK"}
    assert words[page[0]] in " ".join(page[1].get_text().split())


@pytest.mark.slow
def test_codecheck_yml_has_its_form():
    """The built file meets the rules of the specification, its outputs are there and have the checksums it gives."""
    path = SITE / "codecheck.yml"
    assert codecheck_lacks(path) == []
    content = yaml.safe_load(path.read_text("utf-8"))
    assert "certificate" not in content  # a number of CODECHECK's register, which nobody has given
    assert "Nobody from CODECHECK has checked it" in content["summary"]
    assert len(content["manifest"]) == len(content["smart_asn"]["sha256"]) > 100


def test_what_codecheck_yml_lacks_is_said(tmp_path, small, monkeypatch):
    """An output that is gone or changed, a missing name and a missing report are found."""
    (tmp_path / "ledger.json").write_text("{}", "utf-8")
    path = tmp_path / "codecheck.yml"
    path.write_text(codecheck(tmp_path, small, [], ["en"], "https://example.org/book/"), "utf-8")
    assert codecheck_lacks(path) == []
    content = yaml.safe_load(path.read_text("utf-8"))
    assert content["report"] == "https://example.org/book/en/certificate.html"
    (tmp_path / "ledger.json").write_text("{ }", "utf-8")
    del content["report"], content["codechecker"][0]["name"]
    content["manifest"].append({"file": "gone.csv"})
    path.write_text(yaml.safe_dump(content), "utf-8")
    digest = content["smart_asn"]["sha256"]["ledger.json"]
    assert codecheck_lacks(path) == [
        "CC-CFG-002: no document marker ---",
        "CC-BUN-001: gone.csv is not there",
        "CC-CFG-009: a codechecker without a name",
        "CC-CFG-011: no report",
        f"ledger.json does not have the checksum {digest}",
    ]
