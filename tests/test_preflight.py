"""What a build looks at before its first task: settings, catalogues, what is missing, and the data as it is now."""

import os
import stat

import pytest
import yaml

from smart_asn import data as data_module
from smart_asn import places
from smart_asn.chapters import Page
from smart_asn.data import data_folder, digest
from smart_asn.pipeline import preflight
from smart_asn.places import DATA, ROOT


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A folder with the project's settings."""
    for name in ("_config.yml", "_toc.yml"):
        (tmp_path / name).write_text((ROOT / name).read_text("utf-8"), "utf-8")
    monkeypatch.setattr(preflight, "ROOT", tmp_path)
    return tmp_path


# Settings ----------------------------------------------------------------------------------------------------


def test_the_shipped_settings_are_right():
    assert preflight.check_settings() == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: [", "while parsing a flow node"),
        (
            "title: a\n\tb: c",
            "_config.yml, line 2, column 1: while scanning for the next token found character",
        ),
        ("", "_config.yml: found nothing; expected settings by name."),
        ("- a", "_config.yml: found list ['a']; expected settings by name."),
    ],
)
def test_settings_that_are_none(root, text, message):
    """What is no YAML, or no settings, is named with its place."""
    (root / "_config.yml").write_text(text, "utf-8")
    assert [line for line in preflight.check_settings() if message in line] != []


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("title", None, "_config.yml, title: found nothing; expected a text in quotes."),
        ("title", 2021, "_config.yml, title: found int 2021; expected a text in quotes."),
        ("author", [], "_config.yml, author: found list []; expected a text in quotes."),
        ("html", None, "_config.yml, html: found nothing; expected settings by name."),
        ("html", {}, "_config.yml, html.baseurl: found nothing; expected a text in quotes."),
        ("sphinx", {"config": {}}, "_config.yml, sphinx.config.extensions: found nothing; expected a list."),
        (
            "execute",
            {"execute_notebooks": False},
            "_config.yml, execute.execute_notebooks: found bool False; expected a text in quotes.",
        ),
        (
            "parse",
            {"myst_enable_extensions": "x"},
            "_config.yml, parse.myst_enable_extensions: found str 'x'; it must be null or array.",
        ),
    ],
)
def test_a_setting_of_the_wrong_kind(root, name, value, message):
    """A setting is named with what was found and what was expected."""
    settings = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    (root / "_config.yml").write_text(yaml.safe_dump(settings | {name: value}), "utf-8")
    assert preflight.check_settings() == [message]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c.pop("root"), "_toc.yml: found nothing as a chapter; expected its name."),
        (lambda c: c.pop("parts"), "_toc.yml, parts: found nothing; expected a list."),
        (lambda c: c["parts"][0].pop("caption"), "_toc.yml, part 1: found no caption; expected a text."),
        (lambda c: c["parts"][0]["chapters"].append("x"), "expected `file:` and a name."),
        (
            lambda c: c["parts"][0]["chapters"].append({"file": "index"}),
            "_toc.yml: found index twice; expected each chapter once.",
        ),
        (lambda c: c["parts"][0].update(chapters="x"), "found str 'x'; expected a list."),
    ],
)
def test_contents_that_are_wrong(root, change, message):
    """What is wrong in the contents is said by part and chapter."""
    contents = yaml.safe_load((root / "_toc.yml").read_text("utf-8"))
    change(contents)
    (root / "_toc.yml").write_text(yaml.safe_dump(contents), "utf-8")
    assert any(message in line for line in preflight.check_settings())


# The data as it is now ---------------------------------------------------------------------------------------


@pytest.fixture
def taken(folder, tmp_path, monkeypatch):
    """A build has taken a copy of the small world's data."""
    monkeypatch.setattr(data_module, "DATA", folder)
    monkeypatch.setattr(preflight, "SNAPSHOT", tmp_path / "work/data")
    monkeypatch.setenv("SMART_ASN_DATA", "")
    (folder / ".DS_Store").write_text("x", "utf-8")
    preflight.take_data()
    return folder


def test_a_build_reads_the_data_as_it_was_when_it_began(taken, tmp_path):
    """An edit that is made meanwhile, and taken back or not, is not read by this build or a process that it starts."""
    before = digest(taken)
    (taken / "glossary.csv").write_text("edited", "utf-8")
    assert data_folder() == tmp_path / "work/data"
    assert os.environ["SMART_ASN_DATA"] == str(tmp_path / "work/data")
    assert digest() == before != digest(taken)
    assert data_module.load().row("glossary", "ASN")["definition_en"] == "The civil service."


def test_only_the_data_is_taken(taken, tmp_path):
    names = {p.name for p in (tmp_path / "work/data").rglob("*")}
    assert {"evidence.csv", "datapackage.json"} <= names
    assert ".DS_Store" not in names


# What was deleted, and what is no more -----------------------------------------------------------------------


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A published site and an edition's pages, each with its list."""
    for folder in ("html/en", "pages/en"):
        (tmp_path / folder).mkdir(parents=True)
        for name in ("a.html", "b.html"):
            (tmp_path / folder / name).write_text(name, "utf-8")
    (tmp_path / "pages/en.txt").write_text("12ab  a.html\n34cd  b.html\n", "utf-8")
    monkeypatch.setattr(preflight, "SITE", tmp_path / "html")
    monkeypatch.setattr(preflight, "PUBLISHED", tmp_path / "html.txt")
    preflight.PUBLISHED.write_text(preflight.list_files(preflight.SITE), "utf-8")
    return tmp_path


def kept(site):
    preflight.forget_incomplete({site / "pages/en.txt": site / "pages/en"})
    return [(site / name).exists() for name in ("html.txt", "pages/en.txt")]


def test_a_whole_site_is_kept(site):
    assert kept(site) == [True, True]


def test_a_page_that_was_deleted_is_published_again(site):
    """The list of the site, which is what the last task makes, goes with a page."""
    (site / "html/en/a.html").unlink()
    assert kept(site) == [False, True]


def test_a_page_that_was_changed_is_published_again(site):
    (site / "html/en/a.html").write_text("cut of", "utf-8")
    (site / "html/en/b.html").write_text("b.html and more", "utf-8")
    assert kept(site) == [False, True]


def test_pages_that_were_deleted_are_built_again(site):
    (site / "pages/en/a.html").unlink()
    assert kept(site) == [True, False]


def test_what_is_made_of_a_regency_that_is_no_more_goes(tmp_path, monkeypatch):
    """Its notebook, and what that recorded, do not stay beside the others'."""
    for module in (preflight, places):
        monkeypatch.setattr(module, "BUILD", tmp_path)
    monkeypatch.setattr("smart_asn.chapters.BUILD", tmp_path)
    page, gone = (Page(f"regencies/{name}", ROOT / "regency.ipynb") for name in ("north", "south"))
    for one in (page, gone):
        for path in (one.executed("en"), one.checks("id"), one.results("en"), one.reads("en")):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
    preflight.remove_gone([page])
    assert {p.stem for p in tmp_path.rglob("*") if p.is_file()} == {"north"}
    assert page.executed("en").exists()


# The machine -------------------------------------------------------------------------------------------------


def test_pages_can_be_read_by_others(tmp_path):
    """Whatever the shell's mask, what a build writes can be read by a host's server."""
    before = os.umask(0o077)
    try:
        preflight.prepare()
        (tmp_path / "page.html").touch()
        (tmp_path / "folder").mkdir()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "page.html").stat().st_mode) == 0o644
    assert stat.S_IMODE((tmp_path / "folder").stat().st_mode) == 0o755


def test_the_environment_of_other_work(monkeypatch, tmp_path):
    """Settings for other work are taken away, and libraries have a place for their things where the home has none."""
    monkeypatch.setattr(places.os, "environ", os.environ.copy())
    monkeypatch.setattr(places, "BUILD", tmp_path)
    places.os.environ.update(MPLBACKEND="bogus", PYTHONWARNINGS="error", HOME="/proc/nowhere")
    places.set_environment()
    assert not {"MPLBACKEND", "PYTHONWARNINGS"} & set(places.os.environ)
    assert places.os.environ["MPLCONFIGDIR"] == str(tmp_path / "home")


def test_hidden_files_are_nobodys_text(tmp_path):
    """What editors and systems leave in a folder is not among what people wrote there."""
    for name in (
        "a.py",
        ".ipynb_checkpoints/a-checkpoint.py",
        ".DS_Store",
        "#a.py#",
        "~$a.py",
        "sub/.#b.py",
        "sub/b.py",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [p.name for p in places.written_files(tmp_path)] == ["a.py", "b.py"]
    assert all(p.is_file() for p in places.source_files())
    assert DATA not in places.source_files()
