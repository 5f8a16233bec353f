"""The edits that long tests and the benchmark make: each still finds what it changes."""

import shutil
from pathlib import Path

import pytest
from bench import CHANGES
from copies import FOLDERS, PARTS, Copy
from edits import BROKEN, EDITS, edit_cell

from smart_asn.places import ROOT


@pytest.fixture
def copy(tmp_path) -> Copy:
    """The files that are edited, alone."""
    for name in PARTS:
        shutil.copy(ROOT / name, tmp_path)
    for name in FOLDERS:
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
        )
    return Copy(tmp_path, tmp_path)


def texts(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_each_edit_changes_a_file(copy):
    """One after another, as the long test makes them."""
    before = texts(copy.root)
    for name, edit in EDITS.items():
        edit(copy)
        after = texts(copy.root)
        assert len([file for file in after if after[file] != before[file]]) == 1, name
        before = after


def test_a_notebook_can_be_broken_and_mended(copy):
    """Edited back, it is the same file, byte for byte."""
    notebook, works, fails = BROKEN
    before = texts(copy.root)
    edit_cell(copy, notebook, works, fails)
    assert texts(copy.root) != before
    edit_cell(copy, notebook, fails, works)
    assert texts(copy.root) == before


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_of_the_benchmark_finds_its_text(name):
    file, old, _ = CHANGES[name]
    assert old in (ROOT / file).read_text("utf-8")
