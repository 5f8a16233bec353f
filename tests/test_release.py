"""A release and its reproduction: the same bytes every time, refusals that name what to mend, what differs file by file."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile

import pytest
from desk_world import questions

from smart_asn import data as data_module
from smart_asn.datapackage import read_package, read_tables
from smart_asn.history import entries
from smart_asn.places import ROOT
from smart_asn.release import make, reproduce
from smart_asn.release.archive import write_archive
from smart_asn.release.build import BuildError
from smart_asn.release.checksums import SumsError, as_text, differences, path_of, read_sums
from smart_asn.releases import from_text

# Archive and checksums ---------------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path):
    """Three files, one of them a program."""
    made = {}
    for name, text in {"b/two.txt": "two", "a.txt": "one", "run": "#!/bin/sh"}.items():
        path = tmp_path / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        made[name] = path
    made["run"].chmod(0o744)
    return made


def test_the_same_files_give_the_same_archive(files, tmp_path):
    """Later, in another order, with other rights of others and under another name: the same bytes."""
    first, second = tmp_path / "first.tar.gz", tmp_path / "second.tgz"
    write_archive(first, "book-1", files, 1609459200)
    for path in files.values():
        os.utime(path, (1, 1))
    files["a.txt"].chmod(0o600)
    write_archive(second, "book-1", dict(reversed(files.items())), 1609459200)
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes()[4:8] == b"\0\0\0\0"


def test_an_archive_unpacks_to_what_went_in(files, tmp_path):
    """Names in order in a folder of their own, nobody's, with one time; what could be run still can."""
    target = tmp_path / "book.tar.gz"
    write_archive(target, "book-1", files, 1609459200)
    with tarfile.open(target) as tar:
        members = tar.getmembers()
        assert [m.name for m in members] == ["book-1/a.txt", "book-1/b/two.txt", "book-1/run"]
        assert {(m.uid, m.gid, m.uname, m.gname, m.mtime) for m in members} == {(0, 0, "", "", 1609459200)}
        assert [oct(m.mode) for m in members] == ["0o644", "0o644", "0o755"]
        tar.extractall(tmp_path / "out", filter="data")
    assert (tmp_path / "out/book-1/b/two.txt").read_text("utf-8") == "two"


def test_other_content_gives_another_archive(files, tmp_path):
    """One letter more shows."""
    write_archive(tmp_path / "1", "book-1", files, 0)
    files["a.txt"].write_text("one!", "utf-8")
    write_archive(tmp_path / "2", "book-1", files, 0)
    assert (tmp_path / "1").read_bytes() != (tmp_path / "2").read_bytes()


def test_sums_are_read_as_they_are_written(tmp_path):
    """A list is what ``sha256sum --check`` reads, and is read back."""
    (tmp_path / "a b.txt").write_text("x", "utf-8")
    sums = {"a b.txt": hashlib.sha256(b"x").hexdigest()}
    (tmp_path / "SUMS").write_text(as_text(sums), "utf-8")
    assert read_sums(tmp_path / "SUMS") == sums
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "SUMS"], cwd=tmp_path, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is empty"),
        ("abc  a.txt\n", "line 1: found 'abc  a.txt'; expected a SHA-256 and a path"),
        (None, "No such file"),
    ],
)
def test_a_list_that_is_none_is_named(tmp_path, text, said):
    """One message says which file, where, what was found and what was expected."""
    path = tmp_path / "SUMS"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(SumsError, match=said):
        read_sums(path)


def test_what_differs_is_told_file_by_file():
    """Changed, gone and new files, in order."""
    assert differences({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "9", "d": "4"}) == [
        "differs   b",
        "missing   c",
        "unlisted  d",
    ]
    assert differences({"a": "1"}, {"a": "1"}) == []


# Reproducing -------------------------------------------------------------------------------------------------


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A project with one source, whose build writes one page and one executed notebook of it."""
    root = tmp_path / "clone"
    (root / "data/releases").mkdir(parents=True)
    (root / "source.txt").write_text("text", "utf-8")

    def build(folder):
        for name in ("html/en/index.html", "executed/en/index.ipynb"):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text((root / "source.txt").read_text("utf-8") + name, "utf-8")

    for name, value in (
        ("ROOT", root),
        ("BUILD", root / "_build"),
        ("REPRODUCED", root / "_build/reproduced"),
    ):
        monkeypatch.setattr(reproduce, name, value)
    monkeypatch.setattr(reproduce, "build", build)
    build(root / "_build")
    names = ["source.txt", "_build/html/en/index.html", "_build/executed/en/index.ipynb"]
    sums = {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in names}
    (root / path_of("0.9.0")).write_text(as_text(dict.fromkeys(names, "0" * 64)), "utf-8")
    (root / path_of("0.10.0")).write_text(as_text(sums), "utf-8")
    return root


def test_a_release_is_reproduced(clone, capsys):
    """With the newest list (0.10.0 is newer than 0.9.0) all is as published: it says so, and leaves nothing behind."""
    assert reproduce.reproduce() == 0
    assert (
        "reproduced: 3 files have the published checksums, 2 of them built anew." in capsys.readouterr().out
    )
    assert not (clone / "_build/reproduced").exists()


def test_a_changed_source_is_not_reproduced(clone, capsys):
    """A changed source is named, and all that it changes; the code is 1."""
    (clone / "source.txt").write_text("other", "utf-8")
    assert reproduce.reproduce() == 1
    said = capsys.readouterr().out.splitlines()
    assert said[1:4] == [
        "differs   _build/executed/en/index.ipynb",
        "differs   _build/html/en/index.html",
        "differs   source.txt",
    ]
    assert said[4] == "not reproduced: 3 of 3 files are not as published."


def test_a_published_page_that_was_changed_does_not_count(clone, capsys):
    """What lies in the site is not compared: the pages are built anew, beside it."""
    (clone / "_build/html/en/index.html").write_text("changed", "utf-8")
    assert reproduce.reproduce() == 0


def test_another_list_can_be_named(clone, capsys):
    """The list that is named is the one compared with."""
    assert reproduce.reproduce(clone / path_of("0.9.0")) == 1
    assert "not reproduced: 3 of 3" in capsys.readouterr().out


def test_without_a_release_there_is_nothing_to_reproduce(clone, capsys):
    """While there is no list, one sentence says so; the code is 2, and nothing is built."""
    for path in (clone / "data/releases").iterdir():
        path.unlink()
    assert reproduce.reproduce() == 2
    said = capsys.readouterr().out
    assert "no release has been made yet" in said and "make reproduce SUMS=file" in said


def test_a_build_that_fails_reproduces_nothing(clone, monkeypatch, capsys):
    """Where no book comes of it, that is not reproduced."""

    def fail(folder):
        raise BuildError("The book could not be built; see above.")

    monkeypatch.setattr(reproduce, "build", fail)
    assert reproduce.reproduce() == 1
    assert "not reproduced: The book could not be built" in capsys.readouterr().out


# Making a release --------------------------------------------------------------------------------------------


@pytest.fixture
def project(folder, tmp_path, monkeypatch, small):
    """The small world as a project under git, which says everywhere that it is 0.1.0 of 2 December 2026."""
    root = folder.parent
    (root / "CITATION.cff").write_text('version: 0.1.0\ndate-released: "2026-12-02"\n', "utf-8")
    (root / ".gitignore").write_text("_build/\n", "utf-8")
    (root / "tool").write_text("#!/bin/sh\n", "utf-8")
    (root / "tool").chmod(0o755)
    git(root, "init", "--quiet")
    commit(root)
    built = []

    def build(target):
        built.append((folder / "releases/releases.csv").read_text("utf-8"))
        for name in ("html/index.html", "executed/en/a.ipynb"):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_text(built[-1], "utf-8")

    values = {
        "ROOT": root,
        "BUILD": root / "_build",
        "LISTED": folder / "releases/releases.csv",
        "build": build,
        "disagreements": lambda *_: [],
        "gather": lambda data, _: questions(small),
        "load": lambda path: data_module.Data(path, read_tables(path, read_package(path))),
    }
    for name, value in values.items():
        monkeypatch.setattr(make, name, value)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1609459200")
    return root


def git(root, *arguments):
    """Run git in a folder."""
    own = {
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@b",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@b",
    }
    subprocess.run(
        ["git", "-C", str(root), *arguments], check=True, capture_output=True, env=os.environ | own
    )


def commit(root):
    """Commit all that there is."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "x")


def test_a_release_leaves_ledger_checksums_and_archive(project, small):
    """The ledger says what this build says; the list names every file of the archive but itself; the site has the release."""
    folder = make.release("0.1.0")
    kept = from_text((project / "data/releases/0.1.0.json").read_text("utf-8"))
    assert (kept.version, kept.date, kept.entries) == (
        "0.1.0",
        "2026-12-02",
        entries(small, questions(small)),
    )
    assert "0.1.0,2026-12-02" in (project / "data/releases/releases.csv").read_text("utf-8")
    sums = read_sums(folder / "SHA256SUMS")
    assert sums == read_sums(project / path_of("0.1.0"))
    with tarfile.open(folder / "smart-asn-0.1.0.tar.gz") as tar:
        members = {m.name.removeprefix("smart-asn-0.1.0/"): m for m in tar.getmembers()}
        assert members.keys() == {*sums, path_of("0.1.0")}
        for name, value in sums.items():
            assert hashlib.sha256(tar.extractfile(members[name]).read()).hexdigest() == value
    assert {
        "tool",
        "data/releases/0.1.0.json",
        "_build/html/index.html",
        "_build/executed/en/a.ipynb",
    } <= sums.keys()
    assert (project / "_build/html/index.html").read_text("utf-8").endswith("0.1.0,2026-12-02\n")
    assert (
        (folder / "smart-asn-0.1.0.tar.gz.sha256").read_text("utf-8").endswith("  smart-asn-0.1.0.tar.gz\n")
    )


def test_a_release_made_again_is_the_same(project):
    """Before and after its ledger is committed: the same bytes."""
    first = (make.release("0.1.0") / "smart-asn-0.1.0.tar.gz").read_bytes()
    assert (make.release("0.1.0") / "smart-asn-0.1.0.tar.gz").read_bytes() == first
    commit(project)
    assert (make.release("0.1.0") / "smart-asn-0.1.0.tar.gz").read_bytes() == first


def test_a_release_does_not_change(project, small, monkeypatch):
    """A release that was made and would say something else now is refused."""
    make.release("0.1.0")
    made = questions(small)
    made[0]["statements"][0]["outcome"] = "contradicted"
    monkeypatch.setattr(make, "gather", lambda data, _: made)
    with pytest.raises(
        make.ReleaseError, match=r"data/releases/0.1.0.json: release 0.1.0 was made, and said something"
    ):
        make.release("0.1.0")


def test_a_second_release_gives_its_reasons(project, small, monkeypatch):
    """What changed since the first release needs its reason; with it, the second is made."""
    make.release("0.1.0")
    commit(project)
    made = questions(small)
    made[0]["statements"][0]["outcome"] = "contradicted"
    monkeypatch.setattr(make, "gather", lambda data, _: made)
    with pytest.raises(make.ReleaseError, match=r"no reason for K001 \(outcome\) since 0\.1\.0") as refused:
        make.release("0.2.0")
    assert "no reason for Q001 (outcome) since 0.1.0" in str(refused.value)
    assert not (project / "data/releases/0.2.0.json").exists()
    with (project / "data/releases/changes.csv").open("a", encoding="utf-8") as file:
        file.write("0.1.0,K001,Read again.,Dibaca ulang.\n0.1.0,Q001,Read again.,Dibaca ulang.\n")
    commit(project)
    assert (make.release("0.2.0") / "smart-asn-0.2.0.tar.gz").exists()
    assert json.loads((project / "data/releases/0.2.0.json").read_text("utf-8"))["version"] == "0.2.0"


def test_only_what_is_committed_is_released(project):
    """A change that is not committed is named, and nothing is written."""
    (project / "tool").write_text("#!/bin/bash\n", "utf-8")
    (project / "new.txt").write_text("", "utf-8")
    with pytest.raises(make.ReleaseError) as refused:
        make.release("0.1.0")
    assert str(refused.value).splitlines() == [
        "tool: found a change that is not committed; expected a release of what is.",
        "new.txt: found a change that is not committed; expected a release of what is.",
    ]
    assert not (project / "data/releases/0.1.0.json").exists()


@pytest.mark.parametrize("version", ["", "1", "v0.1.0", "0.1.0/../x"])
def test_a_version_is_three_numbers(project, version):
    """Anything else is refused with an example."""
    with pytest.raises(make.ReleaseError, match=r"VERSION: found .*; expected one like 0\.1\.0"):
        make.release(version)


def test_the_project_has_made_no_release():
    """While no release is listed there is no ledger and no list of checksums of one."""
    listed = (ROOT / "data/releases/releases.csv").read_text("utf-8").splitlines()[1:]
    versions = {line.partition(",")[0] for line in listed}
    for path in (ROOT / "data/releases").iterdir():
        if path.name not in ("releases.csv", "changes.csv"):
            assert path.name.removesuffix(".json").removesuffix(".SHA256SUMS") in versions


@pytest.mark.builds
def test_a_stranger_reproduces_a_release(tmp_path):
    """A copy of the project is released; its archive, unpacked elsewhere, builds the same bytes; a change shows."""
    root = tmp_path / "project"
    shutil.copytree(
        ROOT,
        root,
        ignore=shutil.ignore_patterns(".git", ".venv", "_build", "node_modules", "__pycache__", ".pytask*"),
    )
    day = json.loads((root / "codemeta.json").read_text("utf-8"))["datePublished"]
    text = (root / "CHANGELOG.md").read_text("utf-8")
    (root / "CHANGELOG.md").write_text(text.replace("(unreleased)", f"({day})", 1), "utf-8")
    git(root, "init", "--quiet")
    commit(root)
    run(root, "release", "0.1.0")
    with tarfile.open(root / "_build/release/0.1.0/smart-asn-0.1.0.tar.gz") as tar:
        tar.extractall(tmp_path / "stranger", filter="data")
    unpacked = tmp_path / "stranger/smart-asn-0.1.0"
    assert "reproduced: " in run(unpacked, "reproduce")
    (unpacked / "CITATION.cff").write_text((unpacked / "CITATION.cff").read_text("utf-8") + "\n", "utf-8")
    page = unpacked / "book/lesson.md"
    page.write_text(page.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    said = run(unpacked, "reproduce", code=1)
    assert "differs   book/lesson.md" in said and "differs   _build/html/en/lesson.html" in said


def run(root, *arguments, code=0):
    """Run a command of a copy of the project with what this environment has; returns what was said."""
    own = os.environ | {
        "SMART_ASN_ROOT": str(root),
        "PYTHONPATH": str(root / "src"),
        "SOURCE_DATE_EPOCH": "1609459200",
    }
    for name in ("SMART_ASN_DATA", "SMART_ASN_BUILD"):
        own.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-m", "smart_asn", *arguments],
        cwd=root,
        env=own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout
