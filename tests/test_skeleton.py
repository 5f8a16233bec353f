"""The skeleton of another edition: valid as it is written, and it builds."""

import os
import subprocess
import sys

import pytest

from smart_asn import __main__ as commands
from smart_asn.skeleton import write_skeleton
from smart_asn.validation import validate


def test_the_skeleton_is_valid(tmp_path):
    """Its data is as its description says, and nothing in it is this article's."""
    target = write_skeleton(tmp_path / "mine")
    validate(target / "data")
    written = [*(target / "data").rglob("*.csv"), *(target / "notebooks").rglob("*"), target / "_toc.yml"]
    for path in written:
        text = path.read_text("utf-8").lower()
        assert not any(name in text for name in ("tapin", "pangkep", "dumalang")), path


def test_a_folder_that_is_not_empty(tmp_path, capsys):
    """Nothing is written over what is there."""
    (tmp_path / "file").touch()
    assert commands.main(["skeleton", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"{tmp_path} is not empty; nothing was written.\n"
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


@pytest.mark.builds
def test_the_skeleton_builds(tmp_path):
    """It builds in both editions, with a chapter whose cards have their outcomes."""
    target = write_skeleton(tmp_path / "mine")
    environment = os.environ | {"SMART_ASN_ROOT": str(target), "PYTHONPATH": str(target / "src")}
    environment.pop("SMART_ASN_EDITIONS", None)
    done = subprocess.run(
        [sys.executable, "-m", "smart_asn", "build"],
        cwd=target,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for edition in ("en", "id"):
        page = (target / f"_build/html/{edition}/start.html").read_text("utf-8")
        assert page.count('<details class="card') == 8
        assert 'class="card contradicted"' in page
