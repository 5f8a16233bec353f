"""The project's own files agree with each other: environment, lock, README, citation."""

import os
import re
import subprocess
import sys
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from smart_asn.places import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = SETTINGS["project"]
LOCKS = {
    "requirements.txt": PROJECT["dependencies"],
    "requirements-dev.txt": SETTINGS["dependency-groups"]["dev"],
    "requirements-check.txt": SETTINGS["dependency-groups"]["check"],
}
"""Each lock, and the direct dependencies that it locks."""
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
WRITTEN = ("README.md", "CONTRIBUTING.md", "docs/hosting.md", "book/reproduce.md")
DOCUMENTS = [p for n in WRITTEN if (p := ROOT / n).exists()]


@pytest.fixture(params=LOCKS)
def lock(request):
    """The text of a lock."""
    return (ROOT / request.param).read_text("utf-8")


def locked(lock):
    """Package to its locked versions; a package may have several, for different Pythons."""
    found = {}
    for line in lock.splitlines():
        match = re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", line)
        if match:
            found.setdefault(canonicalize_name(match[1]), set()).add(match[2])
    return found


# Environment and lock ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_has_every_direct_dependency(name):
    """Each dependency of pyproject.toml is locked, to a version that it allows."""
    versions = locked((ROOT / name).read_text("utf-8"))
    lacking = [
        str(r)
        for r in map(Requirement, LOCKS[name])
        if not any(
            r.specifier.contains(v, prereleases=True) for v in versions.get(canonicalize_name(r.name), ())
        )
    ]
    assert lacking == []


def test_the_locks_agree():
    """What stands in both locks has the same versions; what readers run brings no tools of development.

    The validators' lock is for an environment of its own, and takes the versions that they ask for.
    """
    names = ("requirements.txt", "requirements-dev.txt")
    run, develop = (locked((ROOT / name).read_text("utf-8")) for name in names)
    assert {p for p in run.keys() & develop.keys() if not develop[p] <= run[p]} == set()
    assert {"pytest", "ruff", "mypy", "playwright", "distributed", "pre-commit"} & run.keys() == set()


def test_every_locked_package_has_a_hash(lock):
    """No package is installed on trust."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock)
    assert [e.split()[0] for e in entries if "==" in e and "--hash=sha256:" not in e] == []


def test_the_lock_names_no_index(lock):
    """The lock works with any package index: it names none, and no address or folder at all."""
    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links|file:|(?<=[ (])/\w+", lock) == []


def test_the_lock_says_how_to_renew_it(lock):
    """The lock's first line points to where that is written, and it is written there."""
    first = lock.splitlines()[0]
    section, file = re.search(r'see "([^"]+)" in (\S+\.md)', first).groups()
    assert re.search(rf"^#+ {section}$", (ROOT / file).read_text("utf-8"), re.M)


@pytest.fixture(scope="module")
def environment():
    """The environment of Binder and conda."""
    return yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))


def test_the_environment_pins_a_python_that_the_project_takes(environment):
    """Binder knows python=3.x only (anything else silently gives another), and the project runs on it."""
    (python,) = [d for d in environment["dependencies"] if isinstance(d, str) and d.startswith("python")]
    match = re.fullmatch(r"python=(3\.\d+)", python)
    assert match, python
    assert SpecifierSet(PROJECT["requires-python"]).contains(f"{match[1]}.0")


def test_the_environment_installs_the_lock(environment):
    """pip installs what is locked and nothing beside it: one file with hashes, no package of its own."""
    (pip,) = [d["pip"] for d in environment["dependencies"] if isinstance(d, dict)]
    assert pip == ["-r requirements.txt"]
    assert "pip" in environment["dependencies"]
    assert set(environment) <= {"name", "channels", "dependencies", "variables"}


@pytest.mark.parametrize("folder", ["", "notebooks", "notebooks/regencies"])
def test_conda_alone_finds_the_package(environment, folder):
    """Without an install, the environment's variables lead to the package wherever a notebook is run."""
    own = os.environ | environment["variables"]
    code = "import pathlib, smart_asn; print(pathlib.Path(smart_asn.__file__).resolve())"
    command = [sys.executable, "-S", "-c", code]
    done = subprocess.run(command, cwd=ROOT / folder, env=own, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(ROOT / "src/smart_asn/__init__.py")


def test_post_build_installs_the_package():
    """postBuild stops at an error, installs the project without dependencies, and runs a command that exists."""
    script = (ROOT / "postBuild").read_text("utf-8")
    assert "set -e" in script
    assert re.search(r"pip install .*--no-deps.* -e \.", script)
    assert script.startswith("#!")
    for command in re.findall(r"python -m smart_asn (\S+)", script):
        assert command in commands()


def test_post_build_can_be_run():
    """Binder runs postBuild as a program."""
    assert (ROOT / "postBuild").stat().st_mode & 0o111


def test_python_versions_agree():
    """The Makefile refuses the Pythons that pyproject.toml refuses."""
    lowest = re.search(r">=\s*3\.(\d+)", PROJECT["requires-python"])[1]
    assert f"(3, {lowest})" in MAKEFILE
    assert all(f"3.{lowest}" in p.read_text("utf-8") for p in DOCUMENTS if p.name == "README.md")


# Documents ---------------------------------------------------------------------------------------------------


def targets():
    """The Makefile's targets."""
    return set(re.findall(r"^([a-z][\w-]*):", MAKEFILE, re.M))


def commands():
    """The subcommands of ``python -m smart_asn``."""
    done = subprocess.run(
        [sys.executable, "-m", "smart_asn", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(re.search(r"\{([\w,-]+)\}", done.stdout)[1].split(","))


def written():
    """Every command in a document: in code blocks a line each, and in the text between backticks."""
    for path in DOCUMENTS:
        text = path.read_text("utf-8")
        for block in re.findall(r"^```[^\n]*\n(.*?)^```", text, re.M | re.S):
            yield from ((path.name, line.strip()) for line in block.splitlines())
        prose = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
        yield from ((path.name, span) for span in re.findall(r"`([^`\n]+)`", prose))


def test_every_make_target_that_is_written_exists():
    """No document names a make target that is not there."""
    named = {(d, m) for d, c in written() for m in re.findall(r"^make ([a-z][\w-]*)", c)}
    assert {m for _, m in named} >= {"book", "test"}
    assert [f"{d}: make {m}" for d, m in named if m not in targets()] == []


def test_every_make_target_in_a_message_exists():
    """No message of the package sends a reader to a make target that is not there."""
    sources = "\n".join(p.read_text("utf-8") for p in (ROOT / "src").rglob("*.py"))
    assert set(re.findall(r"`+make ([a-z][\w-]*)", sources)) - targets() == set()


def test_every_command_that_is_written_exists():
    """No document names a command of the package that is not there."""
    named = {(d, m) for d, c in written() for m in re.findall(r"smart[_-]asn ([a-z][\w-]*)", c)}
    known = commands()
    assert "check-locators" in {m for _, m in named}
    assert [f"{d}: {m}" for d, m in named if m not in known] == []


def test_a_command_can_be_typed_as_it_is_written():
    """What readers are told to type runs in a fresh clone, where only .venv has the package."""
    bare = [f"{d}: {c}" for d, c in written() if c.startswith("python -m smart_asn") and "build" not in c]
    assert bare == []


def test_every_command_is_documented():
    """No make target that a person would call goes without a mention in README or CONTRIBUTING."""
    phony = set(re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.M)[1].split())
    text = "\n".join(p.read_text("utf-8") for p in DOCUMENTS)
    assert [t for t in sorted(phony & targets()) if f"make {t}" not in text] == []


def test_every_phony_target_exists():
    """The Makefile declares no target that it does not have."""
    phony = set(re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.M)[1].split())
    assert phony - targets() == set()


def test_the_tree_in_the_readme_is_there():
    """Every file and folder in README's tree exists, or is what the build makes."""
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.M | re.S)
    tree = next(b for b in blocks if "task_book.py" in b)
    names = [n for line in tree.splitlines() for n in re.split(r"\s{2,}", line)[0].split()]
    assert len(names) >= 8
    assert [n for n in names if not n.startswith("_build") and not (ROOT / n).exists()] == []


def test_files_that_are_named_exist():
    """A file of the project that a document names between backticks is there."""
    named = {
        (d, c) for d, c in written() if re.fullmatch(r"[\w./-]+\.(md|py|csv|toml|txt|yml|json|ipynb|cff)", c)
    }
    built = {"ledger.json", "ledger.csv", "robots.txt", "ro-crate-metadata.json", "codecheck.yml"}
    lacking = [
        f"{d}: {c}"
        for d, c in sorted(named)
        if c not in built
        and not list(ROOT.glob(c))
        and not any(ROOT.glob(f"*/{c}"))
        and not any(ROOT.glob(f"src/*/{c}"))
        and not c.startswith(("_build", "exports/"))
    ]
    assert lacking == []


def test_the_citation():
    """CITATION.cff has what the format requires, the project's version, and the article it is an edition of."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] in {"software", "dataset"}
    assert citation["license"] == "CC-BY-4.0"  # archives fail on a list of licences
    assert str(citation["version"]) == PROJECT["version"]
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(citation["date-released"]))
    assert all({"family-names", "name"} & set(a) for a in citation["authors"])
    (article,) = [r for r in citation["references"] if r["type"] == "article"]
    assert (article["journal"], article["start"], article["end"]) == (
        "Jurnal Administrasi Publik",
        "175",
        "196",
    )


def test_the_licences():
    """The code's licence and the data's are in the tree, whole."""
    assert "MIT License" in (ROOT / "LICENSE").read_text("utf-8")
    assert "Creative Commons Attribution 4.0" in (ROOT / "LICENSE-DATA.md").read_text("utf-8")


def test_the_version_is_in_the_changelog():
    """The version of pyproject.toml has its entry in the changelog, or one that is not released yet is open."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## .*({re.escape(PROJECT['version'])}|Unreleased)", text, re.M)
