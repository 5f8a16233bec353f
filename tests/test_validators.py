"""The validators of what is exported pass a small site, and find what is broken in it. Skipped without ``.venv-check``."""

from __future__ import annotations

import json
import os
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from desk_world import questions

from smart_asn.desk.files import desk_files
from smart_asn.exports.files import export_files
from smart_asn.exports.refi_qda import codebook_file
from smart_asn.exports.ro_crate import Crate
from smart_asn.places import ROOT
from smart_asn.publication import Publication

PYTHON = ROOT / ".venv-check/bin/python"
TOOLS = ROOT / "tools/validators"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PYTHON.exists(), reason="make check-exports makes the validators' environment"),
]
ANNOTATIONS = "exports/annotations.jsonld"
QUOTE = '"exact": "analisis jabatan"'


@pytest.fixture
def site(small, tmp_path):
    """The exports and the statements' pages of the small world, as a site."""
    folder = tmp_path / "site"
    made = export_files(small, questions(small), [], ("en",), Publication())
    pages = desk_files(small, questions(small), ["en"], Publication(), {})
    for path, content in {**made, **{p: text.encode() for p, text in pages.items()}}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def run(name: str, site: Path) -> str:
    """What a validator prints; its exit code says the same."""
    environment = os.environ | {"PYTHONPATH": str(TOOLS)}
    command = [str(PYTHON), "-P", str(TOOLS / f"{name}.py"), str(site), "http://127.0.0.1:9/"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.stdout, done.stderr
    assert (done.returncode == 0) == done.stdout.strip().endswith(" 0 problems")
    return done.stdout


def change(path: Path, old: str, new: str) -> None:
    """Change one place of a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize("name", ["annotations", "refi_qda"])
def test_a_small_site_passes(site, name):
    """What is exported of the small world has no problem."""
    assert run(name, site).count("\n") == 1


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (QUOTE, '"exact": "one two three four five six seven eight nine"', "9 words are quoted"),
        ('"value": "page=2"', '"value": "somewhere"', "page="),
        ('"motivation": "describing"', '"motive": "describing"', "'motive' is no term"),
        ('"total": ', '"total": 1', "annotations"),
    ],
)
def test_a_broken_annotation_is_found(site, old, new, told):
    """A long quote, no page, a key that says nothing, a wrong total."""
    change(site / ANNOTATIONS, old, new)
    assert told in run("annotations", site)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('isCodable="true"', 'isCodable="true" codable="yes"'),
        ("PLN01 Job", "PLN02 Job"),
        ("<Description>", "<Rule/><Description>"),
        ('guid="', 'guid="g'),
    ],
)
def test_a_broken_codebook_is_found(site, old, new):
    """What the format does not know, a code that the data does not have, and an identifier of another form."""
    path = site / codebook_file("en")
    change(path, old, new)
    environment = os.environ | {"PYTHONPATH": str(TOOLS)}
    command = [str(PYTHON), "-P", str(TOOLS / "refi_qda.py"), str(site), ""]
    assert subprocess.run(command, capture_output=True, check=False, env=environment).returncode != 0


def test_a_review_of_what_is_not_scored_is_found(site):
    """A page that reviews a statement that is not verified, and one that lost its review."""
    block = re.search(
        r'<script type="application/ld\+json">.*?</script>', (site / "en/claims/k003.html").read_text()
    )
    change(site / "en/claims/k003.html", block[0], "")
    change(site / "en/claims/k007.html", "</head>", f"{block[0]}</head>")
    told = run("embedded", site)
    assert "en/claims/k003.html has 0 reviews; it is contradicted" in told
    assert "en/claims/k007.html has 1 reviews; it is not verified" in told


def test_a_changed_file_of_a_crate_is_found(site):
    """A checksum that is not the file's, and a crate that says too little."""
    crate = Crate(site)
    crate.file(ANNOTATIONS, "Annotations")
    (site / "ro-crate-metadata.json").write_text(
        json.dumps(
            {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": list(crate.entities.values())}
        )
    )
    change(site / ANNOTATIONS, QUOTE, '"exact": "jabatan"')
    told = run("ro_crate", site)
    assert f"{ANNOTATIONS} has another checksum than the crate says" in told
    assert "required" in told


def test_a_formula_in_a_table_is_found(site):
    """A cell that a spreadsheet would run is named, in a CSV file and in the workbook."""
    change(site / "exports/data/codebook.csv", "Job analysis", "=1+1")
    workbook = site / "exports/tables.xlsx"
    with zipfile.ZipFile(workbook) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet2.xml"
    parts[sheet] = re.sub(rb'<c r="A2"[^>]*><v>', b'<c r="A2"><f>1+1</f><v>', parts[sheet], count=1)
    with zipfile.ZipFile(workbook, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    told = run("spreadsheets", site)
    assert "codebook, row 2: a spreadsheet may take '=1+1' for a formula" in told
    assert "tables.xlsx, A2 of ledger is a formula" in told
