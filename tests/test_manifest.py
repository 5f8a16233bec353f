"""The second verifier: claims-cli, which is not ours, holds the data against what the book publishes, and the article."""

from __future__ import annotations

import subprocess

import manifest
import pytest
import yaml
from desk_world import questions

from smart_asn.data import load
from smart_asn.desk.records import records
from smart_asn.places import SITE
from smart_asn.release.checksums import checksum

LINES = [
    "heading",
    "semua",
    "2045",
    "daring",
    "tiga hal: pertama, kedua",
    "",
    "menurut karya",
    "karena",
    "bertujuan",
    "Tahun 2045",
]
"""The small world's first page."""


@pytest.fixture
def project(small, tmp_path):
    """The small world's data in a project folder, with the manifest of what its records publish."""
    made = manifest.manifest(small, list(records(small, questions(small)).values()))
    path = tmp_path / "repro.yaml"
    path.write_text(manifest.as_text(made), "utf-8")
    return path


def change(path, old, new):
    """Replace a text, which must be there, in a file of the project's data."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def pin(path):
    """Pin every file of a manifest as it is now."""
    read = yaml.safe_load(path.read_text("utf-8"))
    for artifact in read["artifacts"]:
        artifact["digest"]["value"] = checksum(path.parent / artifact["path"])
    path.write_text(manifest.as_text(read), "utf-8")


def test_every_place_and_figure_is_stated(project):
    """Each statement's row, each place of evidence, each passage, and each figure of a source; in pinned files."""
    read = yaml.safe_load(project.read_text("utf-8"))
    stated = {claim["id"]: claim["evidence"] for claim in read["claims"]}
    assert {"artifact": "claims", "kind": "quote", "text": "K003 | start | 175 | 5 | 5 | tiga"} in stated[
        "K003"
    ]
    assert any(
        e["artifact"] == "evidence" and e["text"].startswith("E001 | north | PLN01 |") for e in stated["Q001"]
    )
    assert any(
        e["artifact"] == "passages" and e["text"].startswith("P001 | Q003 | first |") for e in stated["Q003"]
    )
    (share, _) = stated["Q004"]
    assert (share["where"], share["reported"]) == ({"source": "share"}, "12.46")
    assert all(len(artifact["digest"]["value"]) == 64 for artifact in read["artifacts"])


def test_what_is_published_holds(project):
    """The data hold all that is published of them."""
    code, said = manifest.verify(project)
    assert code == 0, said


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("claims.csv", "175,5,5,tiga", "175,5,5,empat"),
        ("claims.csv", "175,5,5,tiga", "176,5,5,tiga"),
        ("claims.csv", "175,5,5,tiga", "175,5,6,tiga"),
        ("evidence.csv", "analisis jabatan", "analisa jabatan"),
        ("passages.csv", "pertama", "keempat"),
        ("sources.csv", "12.46", "12.64"),
    ],
)
def test_one_broken_anchor_or_figure_turns_it_red(project, file, old, new):
    """One word, page, line or figure that is not as published is found, in a file that is pinned as it is."""
    change(project.parent / "data" / file, old, new)
    pin(project)
    code, said = manifest.verify(project)
    assert code == 1
    assert any(line.startswith("  MISS") for line in said), said


def test_a_file_that_is_not_the_pinned_one_turns_it_red(project):
    """A change that touches nothing published is found by the file's checksum; so is a file that is gone."""
    change(project.parent / "data/claims.csv", "It is short.", "It is very short.")
    code, said = manifest.verify(project)
    assert code == 1 and any("artifact.pin" in line for line in said)
    (project.parent / "data/claims.csv").unlink()
    code, said = manifest.verify(project)
    assert code == 1 and any("artifact.absent" in line for line in said)


# The project's own -------------------------------------------------------------------------------------------


def test_the_shipped_manifest_holds():
    """repro.yaml, as it is shipped, holds against the shipped data."""
    code, said = manifest.verify(manifest.MANIFEST)
    assert code == 0, "\n".join([*said, "If the data were changed on purpose: make metadata"])


@pytest.mark.slow
def test_the_shipped_manifest_is_what_the_book_publishes():
    """repro.yaml states what the built book publishes, all of it; if not, ``make metadata`` writes it."""
    if not (SITE / "en/claims/index.json").exists():
        pytest.skip("the book has not been built: make book")
    text = manifest.as_text(manifest.manifest(load(), manifest.published(SITE)))
    assert manifest.MANIFEST.read_text("utf-8") == text, "repro.yaml is behind: run make metadata"


def test_no_manifest_is_one_message(tmp_path, monkeypatch, capsys):
    """Where there is none, one sentence says how to write it; the code is 2."""
    monkeypatch.setattr(manifest, "MANIFEST", tmp_path / "repro.yaml")
    assert manifest.main(["--verify"]) == 2
    assert capsys.readouterr().err == "repro.yaml: no such file; write it with make metadata.\n"


# The article -------------------------------------------------------------------------------------------------


def test_anchors_are_looked_for_on_their_lines(shipped, tmp_path, article):
    """Every anchor stands on its lines of the article; on other lines, or with another word, it does not."""
    text = tmp_path / "article.txt"
    text.write_text(article, "utf-8")
    (tmp_path / "whole").mkdir()
    code, said = manifest.verify(manifest.write_article(shipped, text, tmp_path / "whole"))
    assert code == 0, said
    text.write_text("\n" + article, "utf-8")
    (tmp_path / "moved").mkdir()
    code, said = manifest.verify(manifest.write_article(shipped, text, tmp_path / "moved"))
    assert code == 1 and len([line for line in said if line.startswith("  MISS")]) > 300


def test_a_word_that_is_parted_at_the_end_of_a_line_is_found(small, tmp_path):
    """An anchor that ends with a line's hyphen is found as it is printed; one broken anchor turns it red."""
    for name in small._frames:
        if name in manifest.LOCATED and name != "claims":
            small._frames[name] = small._frames[name].iloc[:0]
    claims = small.claims[small.claims["claim"] == "K003"].copy()
    claims["anchor"], claims["last_line"] = "tiga hal: buku-", 6
    small._frames["claims"] = claims
    lines = [*LINES[:4], "tiga hal: buku-", "buku lain"]
    text = tmp_path / "article.txt"
    text.write_text("\n".join(lines), "utf-8")
    folder = tmp_path / "lines"
    folder.mkdir()
    code, said = manifest.verify(manifest.write_article(small, text, folder))
    assert code == 0, said
    text.write_text("\n".join(lines).replace("tiga", "dua"), "utf-8")
    code, said = manifest.verify(manifest.write_article(small, text, folder))
    assert code == 1 and any("claims-K003" in line for line in said)


def test_claims_cli_leaves_the_repository_alone(project):
    """It keeps its record in a repository's own folder; run from one, on a copy, it leaves that as it was."""
    subprocess.run(["git", "init", "--quiet", str(project.parent)], check=True)
    before = sorted(path.name for path in (project.parent / ".git").iterdir())
    assert manifest.verify(project)[0] == 0
    assert sorted(path.name for path in (project.parent / ".git").iterdir()) == before
