"""What a publisher sets: right values are used everywhere, wrong ones are named in one line."""

import re

import pytest
import yaml
from bs4 import BeautifulSoup

from smart_asn import __main__ as commands
from smart_asn import publication as module
from smart_asn.desk.frame import Frame
from smart_asn.language import LANGUAGES, Language
from smart_asn.pipeline import preflight
from smart_asn.places import ROOT
from smart_asn.publication import (
    SETTINGS,
    Publication,
    binder_address,
    commands_to_run,
    issue_address,
    problems,
    publication,
    report,
    source_address,
)
from smart_asn.site.editions import alternates, entry_page

GITHUB = Publication(repository="https://github.com/owner/name", release="v1.0.0")
GITLAB = Publication(repository="https://gitlab.com/group/part/name")
ELSEWHERE = Publication(repository="https://git.example.org/owner/name", release="v1.0.0")


def settings(**values):
    """The shipped settings with some of a publisher's set, by their field."""
    shipped = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    for field, value in values.items():
        *outer, last = SETTINGS[field].name.split(".")
        place = shipped
        for step in outer:
            place = place[step]
        place[last] = value
    return shipped


# Checked -----------------------------------------------------------------------------------------------------


RIGHT = {
    "address": ["https://example.org", "https://example.org/book/", "http://127.0.0.1:8000/a/b"],
    "repository": [
        "https://github.com/owner/name",
        "https://gitlab.com/a/b/c/",
        "https://example.org/o/r.git",
    ],
    "release": ["v1.0.0", "2026-11", "release/1"],
    "contributors": ["A. Author & B. Author", "Universitas X, Jakarta"],
    "contact": ["mailto:a@example.org", "https://example.org/write?to=us"],
}
WRONG = {
    "address": [
        "example.org",
        "https://",
        "https://example.org/index.html",
        "https://example.org/?a=b",
        'https://e.org/"x',
        2021,
    ],
    "repository": [
        "owner/name",
        "git@github.com:owner/name.git",
        "https://github.com/owner",
        "https://github.com/o/n x",
    ],
    "release": ["v 1", "-v1", "v1..v2", "v1.lock", "v1/", 1.0, "a;b"],
    "contributors": ["<b>A</b>", "A\nB", "—", ["A", "B"]],
    "contact": ["a@example.org", "mailto:nobody", "javascript:alert(1)", "mailto:a@example.org?cc=x", True],
}


@pytest.mark.parametrize(
    ("field", "value"), [(f, v) for f, values in RIGHT.items() for v in (*values, "", None)]
)
def test_a_value_that_can_be_right(field, value):
    """Empty is right for each."""
    assert problems(settings(**{field: value})) == []


@pytest.mark.parametrize(("field", "value"), [(f, v) for f, values in WRONG.items() for v in values])
def test_a_value_that_cannot_be_right_is_named_in_one_line(field, value):
    """The line says the setting, what was found, what was expected with an example, and what to write meanwhile."""
    (line,) = problems(settings(**{field: value}))
    setting = SETTINGS[field]
    found = repr(value) if isinstance(value, str) else f"{type(value).__name__} {value!r}"
    assert line == (
        f"_config.yml, {setting.name}: found {found}; expected {setting.meant}, such as "
        f'"{setting.example}", or "" while it is not known.'
    )


@pytest.mark.parametrize("field", SETTINGS)
def test_the_example_of_a_setting_is_right(field):
    assert problems(settings(**{field: SETTINGS[field].example})) == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("book_repo", "book_repository"),
        ("book_realease", "book_release"),
        ("book_xyz", "one of book_repository, book_release, book_contributors, book_contact"),
    ],
)
def test_a_setting_that_does_not_exist(name, meant):
    """A slip in a name would else be without effect and without a word."""
    wrong = settings()
    wrong["sphinx"]["config"][name] = "x"
    assert problems(wrong) == [
        f"_config.yml, sphinx.config.{name}: there is no such setting; expected {meant}."
    ]


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A folder whose settings a test writes."""
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(preflight, "ROOT", tmp_path)
    (tmp_path / "_toc.yml").write_text((ROOT / "_toc.yml").read_text("utf-8"), "utf-8")

    def write(**values):
        (tmp_path / "_config.yml").write_text(yaml.safe_dump(settings(**values)), "utf-8")

    return write


def test_a_build_stops_at_a_wrong_setting_before_anything_is_made(root):
    root(contact="a@example.org")
    with pytest.raises(preflight.SetupError, match=r"sphinx\.config\.book_contact: found 'a@example\.org'"):
        preflight.prepare()


def test_the_command_says_what_is_set_and_what_the_book_goes_without(root, capsys):
    root(address="https://example.org/book/", repository="https://github.com/owner/name.git")
    assert commands.main(["publication"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        "html.baseurl: https://example.org/book",
        "sphinx.config.book_repository: https://github.com/owner/name",
    ]
    assert lines[2].startswith("sphinx.config.book_release: not set. The book goes without a fixed version")
    assert len(lines) == len(SETTINGS)


def test_the_command_fails_for_a_wrong_setting(root, capsys):
    root(address="example.org")
    assert commands.main(["publication"]) == 1
    assert capsys.readouterr().err.startswith(
        "_config.yml, html.baseurl: found 'example.org'; expected the whole address"
    )


def test_what_is_set_is_read_in_one_form(root):
    """Addresses have no slash at the end, and a repository's no ``.git``; what is not set is empty."""
    root(address="https://example.org/b/", repository="https://github.com/o/n.git/", release=None)
    assert publication() == Publication(
        "https://example.org/b", "https://github.com/o/n.git".removesuffix(".git")
    )


def test_the_page_for_publishers_names_every_setting():
    """Each setting stands in its table, with an example that is right."""
    text = (ROOT / "docs/hosting.md").read_text("utf-8")
    rows = set(re.findall(r"^\| `([\w.]+)`", text, re.M))
    short = {s.name if s.name.startswith("html") else s.name.rpartition(".")[2] for s in SETTINGS.values()}
    assert rows == short
    config = (ROOT / "_config.yml").read_text("utf-8")
    assert [name for name in short if f"{name.rpartition('.')[2]}:" not in config] == []


# Used: the repository ----------------------------------------------------------------------------------------


def test_binder_opens_the_chapter_at_the_release():
    place = "_build/run/id/regencies/tapin.ipynb"
    assert binder_address(GITHUB, "id", "regencies/tapin") == (
        f"https://mybinder.org/v2/gh/owner/name/v1.0.0?urlpath=lab/tree/{place}"
    )
    assert binder_address(GITLAB, "id", "regencies/tapin") == (
        f"https://mybinder.org/v2/gl/group%2Fpart%2Fname/HEAD?urlpath=lab/tree/{place}"
    )


@pytest.mark.parametrize(
    ("chapter", "file"),
    [
        ("regencies/tapin", "notebooks/regency.ipynb"),
        ("synthesis", "notebooks/synthesis.ipynb"),
        ("lesson", "book/lesson.md"),
    ],
)
def test_a_chapters_source_is_a_file_of_the_project(chapter, file):
    assert (ROOT / file).exists()
    assert source_address(GITHUB, chapter) == f"https://github.com/owner/name/blob/v1.0.0/{file}"
    assert source_address(GITLAB, chapter) == f"https://gitlab.com/group/part/name/-/blob/HEAD/{file}"


def test_a_prepared_issue_has_its_title_and_text():
    assert issue_address(GITHUB, "K001 & more", "a\nb") == (
        "https://github.com/owner/name/issues/new?title=K001+%26+more&body=a%0Ab"
    )
    assert issue_address(GITLAB, "a", "b").startswith(
        "https://gitlab.com/group/part/name/-/issues/new?issue%5Btitle%5D=a"
    )


def test_a_repository_elsewhere_is_fetched_and_nothing_is_guessed_of_its_addresses():
    assert (
        binder_address(ELSEWHERE, "en", "a"),
        source_address(ELSEWHERE, "lesson"),
        issue_address(ELSEWHERE, "a", "b"),
    ) == ("", "", "")
    assert commands_to_run(ELSEWHERE, "en", "ledger") == [
        "git clone --branch v1.0.0 https://git.example.org/owner/name",
        "cd name",
        "make book",
        ".venv/bin/jupyter lab _build/run/en/ledger.ipynb",
    ]


def test_without_a_repository_no_address_is_made():
    nothing = Publication()
    assert (
        binder_address(nothing, "en", "a"),
        source_address(nothing, "lesson"),
        issue_address(nothing, "a", "b"),
    ) == ("", "", "")
    assert commands_to_run(nothing, "en", "ledger")[0] == "make book"
    assert all("not set" in line for line in report(nothing))


# Used: the address -------------------------------------------------------------------------------------------


def head(page):
    """A page's canonical address, its alternates, and what it says where a link to it is shared."""
    soup = BeautifulSoup(page, "html.parser")
    canonical = soup.find("link", rel="canonical")
    shared = {m["property"]: m["content"] for m in soup.find_all("meta", property=True)}
    others = {a["hreflang"]: a["href"] for a in soup.find_all("link", rel="alternate")}
    return canonical and canonical["href"], others, shared


def test_the_first_page_of_all_names_its_address_where_it_is_known():
    """So it does the editions', and itself for readers of any other language."""
    canonical, others, shared = head(entry_page(LANGUAGES, "https://example.org/b"))
    assert canonical == shared["og:url"] == others["x-default"] == "https://example.org/b/"
    assert others["id"] == "https://example.org/b/id/index.html"
    assert shared["og:image"] == "https://example.org/b/en/_static/figures/cover.png"
    assert head(entry_page(LANGUAGES)) == (None, {}, {})


def test_an_editions_first_page_names_the_page_that_chooses():
    assert 'hreflang="x-default" href="https://example.org/b/"' in alternates(
        "index", site="https://example.org/b"
    )
    assert "x-default" not in alternates("ledger", site="https://example.org/b")


@pytest.mark.parametrize("site", ["https://example.org/b", ""])
def test_a_claims_page_says_what_it_is_where_a_link_to_it_is_shared(site):
    page = Frame(Language("id"), site, LANGUAGES).page(
        "claims/k001", "K001 & all", "Both <say> so.", "<p></p>", []
    )
    canonical, _, shared = head(page)
    address = f"{site}/id/claims/k001.html" if site else None
    assert canonical == address == shared.get("og:url")
    assert (shared["og:title"], shared["og:description"]) == ("K001 & all", "Both <say> so.")
    assert ("og:image" in shared) == bool(site)
