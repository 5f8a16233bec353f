"""The workflow that publishes: it runs what CI runs, with pinned actions and the least rights."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from smart_asn.places import ROOT

FILE = ROOT / ".github/workflows/publish.yml"
TEXT = FILE.read_text("utf-8")
WORKFLOW = yaml.safe_load(TEXT)
JOBS = WORKFLOW["jobs"]
BIN = Path(sys.executable).parent
LINTERS = {
    "actionlint": ["actionlint"],
    "zizmor": ["zizmor", "--offline", "--quiet", "--persona=pedantic"],
}


def lint(name: str, file: Path) -> subprocess.CompletedProcess:
    program = shutil.which(LINTERS[name][0], path=str(BIN)) or shutil.which(LINTERS[name][0])
    if program is None:
        pytest.skip(f"{name} is not installed; requirements-dev.txt has it")
    command = [program, *LINTERS[name][1:], str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def runs(job: str) -> list[str]:
    """The commands of a job's steps, in order."""
    return [step["run"].strip() for step in JOBS[job]["steps"] if "run" in step]


@pytest.mark.parametrize("name", LINTERS)
def test_the_linters_find_nothing(name):
    done = lint(name, FILE)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        ("actionlint", "needs: build", "needs: biuld", "biuld"),
        ("actionlint", "runs-on: ubuntu-24.04", "runs-on: ubuntu-24.40", "ubuntu-24.40"),
        ("zizmor", "9c091bb21b7c1c1d1991bb908d89e4e9dddfe3e0 # v7.0.0", "v7", "unpinned-uses"),
        ("zizmor", "permissions: {}", "permissions: write-all", "excessive-permissions"),
        ("zizmor", "        with:\n          persist-credentials: false\n", "", "artipacked"),
        ("zizmor", "run: make book", "run: echo ${{ github.head_ref }}", "template-injection"),
    ],
)
def test_the_linters_find_what_is_wrong(tmp_path, name, old, new, found):
    """In a copy with one fault each says which."""
    assert old in TEXT
    copy = tmp_path / ".github/workflows/publish.yml"
    copy.parent.mkdir(parents=True)
    copy.write_text(TEXT.replace(old, new), "utf-8")
    done = lint(name, copy)
    assert done.returncode != 0
    assert found in done.stdout + done.stderr


def test_it_runs_what_ci_runs():
    """The steps of the build are the commands of .ci/run, one by one and in order; what they need is installed before."""
    script = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    commands = [line for line in script if re.match(r"(make|bash) ", line)]
    assert len(commands) == 8
    assert [run.removeprefix("sudo ") for run in runs("build")] == commands


def test_every_action_is_pinned_by_its_hash():
    """A commit's whole hash, with the release beside it; none from anywhere but GitHub's own actions."""
    uses = re.findall(r"uses: (.+)", TEXT)
    assert len(uses) >= 5
    assert [u for u in uses if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", u)] == []
    pinned = {tuple(u.split("@")) for u in uses}
    assert len(pinned) == len({action for action, _ in pinned}), "one action at two versions"


def test_each_job_has_the_rights_it_needs_and_no_more():
    """Only what publishes may write, and it runs nothing of the project's; what builds may read."""
    assert WORKFLOW["permissions"] == {}
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "build": {"contents": "read"},
        "publish": {"pages": "write", "id-token": "write"},
        "audit": {"contents": "read"},
    }
    assert runs("publish") == []


def test_only_what_was_tested_on_the_main_branch_is_published():
    assert JOBS["publish"]["needs"] == "build"
    assert "github.ref == 'refs/heads/main'" in JOBS["publish"]["if"]
    last = JOBS["build"]["steps"][-1]
    assert last["uses"].startswith("actions/upload-pages-artifact@")
    assert (last["with"]["path"], last["if"]) == ("_build/html", "github.ref == 'refs/heads/main'")


def test_the_cache_hangs_on_the_locks():
    """And on nothing else: what is installed is checked by the locks' hashes besides."""
    (setup,) = [s for s in JOBS["build"]["steps"] if "setup-python" in s.get("uses", "")]
    assert setup["with"]["cache-dependency-path"].split() == ["requirements.txt", "requirements-dev.txt"]
    assert all((ROOT / name).exists() for name in setup["with"]["cache-dependency-path"].split())


def test_known_vulnerabilities_are_asked_for_apart():
    """For both locks and the page checks' tools; and what is found does not keep a correction from being published."""
    assert runs("audit") == ["make audit"]
    recipe = (ROOT / "Makefile").read_text("utf-8").partition("\naudit:")[2].partition("\n\n")[0]
    assert "pip-audit" in recipe and "npm audit" in recipe
    assert all(f"-r {name}" in recipe for name in ("requirements.txt", "requirements-dev.txt"))
    assert "audit" not in JOBS["publish"]["needs"]
