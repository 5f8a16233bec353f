"""The history: two made-up releases of the small world, and what changed after each."""

from __future__ import annotations

import copy
import json

import jsonschema
import pytest
from bs4 import BeautifulSoup
from desk_world import questions

from smart_asn import data as data_module
from smart_asn.datapackage import DataError, read_package, read_tables
from smart_asn.desk.files import desk_files
from smart_asn.desk.records import SCHEMA, build_checksum, records
from smart_asn.edition import Edition
from smart_asn.history import changes_of, entries, history, tombstones, unexplained
from smart_asn.language import LANGUAGES, Language
from smart_asn.publication import Publication
from smart_asn.releases import Release, as_text, from_text
from smart_asn.tables import history_of_releases, history_summary
from smart_asn.validation import validate

GONE = "K900"
REASONS = """\
since,number,reason_en,reason_id
0.1.0,K001,It was read again.,Bagian itu dibaca ulang.
0.1.0,K900,It was no statement of the article.,Itu bukan pernyataan artikel.
0.2.0,K003,The line was given wrongly.,Barisnya keliru.
"""


def load(folder):
    """The data of a folder, as loaded."""
    return data_module.Data(folder, read_tables(folder, read_package(folder)))


def release(folder, version, date, made):
    """Keep a made-up release in a data folder."""
    text = as_text(Release(version, date, "0" * 16, made))
    (folder / "releases" / f"{version}.json").write_text(text, "utf-8")
    with (folder / "releases/releases.csv").open("a", encoding="utf-8") as file:
        file.write(f"{version},{date}\n")


@pytest.fixture
def kept(folder, small):
    """The small world with two releases behind it.

    In the first K001 had another outcome and observation, and there was a K900, which the second does not have; in both
    K003 stood on another line, and there was no K011 yet.
    """
    now = entries(small, questions(small))
    first, second = copy.deepcopy(now), copy.deepcopy(now)
    first["K001"] |= {"outcome": "contradicted", "observed_en": "Nobody does.", "observed_id": "Tidak ada."}
    first[GONE] = first["K002"] | {"statement_en": "There is <b>snow</b>.", "statement_id": "Ada salju."}
    for made in (first, second):
        made["K003"] |= {"first_line": 6, "last_line": 6, "anchor": "keenam"}
        del made["K011"]
    release(folder, "0.1.0", "2027-01-05", first)
    release(folder, "0.2.0", "2027-03-01", second)
    (folder / "releases/changes.csv").write_text(REASONS, "utf-8")
    return load(folder)


@pytest.fixture
def steps(kept):
    """Its history."""
    return history(kept, questions(kept))


# What changed -----------------------------------------------------------------------------------------------


def test_each_step_has_what_changed(steps):
    """From the first release to the second, and from that to the present: number and aspects."""
    found = [{c.number: c.aspects for c in step.changes} for step in steps]
    assert found == [
        {"K001": ("outcome", "observation"), "K900": ("dropped",)},
        {"K003": ("anchor",), "K011": ("added",)},
    ]
    assert [s.until.version if s.until else None for s in steps] == ["0.2.0", None]


@pytest.mark.parametrize(
    ("name", "value", "aspect"),
    [
        ("outcome", "out of date", "outcome"),
        ("stands", False, "outcome"),
        ("observed_id", "Lain.", "observation"),
        ("anchor", "lain", "anchor"),
        ("page", 177, "anchor"),
        ("scope", "at least", "rule"),
        ("asserted", "9", "rule"),
        ("how", "read", "rule"),
        ("asked_en", "Another?", "rule"),
        ("statement_en", "Another.", "wording"),
    ],
)
def test_every_aspect_is_noticed(folder, small, name, value, aspect):
    """Whatever differs in a statement shows in its aspect, and in no other."""
    made = entries(small, questions(small))
    assert made["K001"][name] != value
    made["K001"] = made["K001"] | {name: value}
    release(folder, "0.1.0", "2027-01-05", made)
    (step,) = history(load(folder), questions(small))
    assert {c.number: c.aspects for c in step.changes} == {"K001": (aspect,)}


def test_nothing_changes_by_itself(folder, small):
    """A release of the present ledger, read back from its file, differs from it in nothing."""
    release(folder, "0.1.0", "2027-01-05", entries(small, questions(small)))
    data = load(folder)
    (step,) = history(data, questions(data))
    assert step.changes == ()
    text = (folder / "releases/0.1.0.json").read_text("utf-8")
    assert as_text(from_text(text)) == text
    assert "has changed" in history_summary(Edition(data, Language("en"), ""), [step])


def test_the_reason_is_the_humans(steps):
    """The reason that stands in changes.csv goes with the change of that step; another has none."""
    ((_, first),) = changes_of(steps, "K001")
    assert first.reason == {"en": "It was read again.", "id": "Bagian itu dibaca ulang."}
    ((_, new),) = changes_of(steps, "K011")
    assert new.reason == {"en": "", "id": ""}


def test_what_is_unsaid_is_named(kept, steps):
    """A change without a reason is named with its step; so is a reason for what did not change."""
    assert unexplained(kept, steps) == [
        "data/releases/changes.csv: no reason for K011 (added) since 0.2.0; expected a row with 0.2.0, K011 and the "
        "reason in both languages."
    ]
    kept._frames["changes"].loc[0, "number"] = "K002"
    said = unexplained(kept, history(kept, questions(kept)))
    assert any("row 2: a reason for K002 since 0.1.0, which did not change" in line for line in said)
    assert any("no reason for K001 (outcome, observation) since 0.1.0" in line for line in said)


def test_what_comes_back_has_no_tombstone(folder, small, kept):
    """A number that was dropped and stands in a later release again is not told as dropped."""
    made = dict(history(kept, questions(kept))[0].since.entries)
    release(folder, "0.3.0", "2027-04-01", made)
    release(folder, "0.4.0", "2027-05-01", made)
    data = load(folder)
    found = tombstones(history(data, questions(data)))
    assert list(found) == [GONE]
    assert found[GONE].last.version == "0.4.0"
    data._frames["releases"] = data._frames["releases"].iloc[:2]
    assert tombstones(history(data, questions(data)))[GONE].last.version == "0.1.0"


# The data ---------------------------------------------------------------------------------------------------


def test_kept_releases_are_valid_data(kept, folder):
    """The data with its two releases is as its schema says."""
    validate(folder)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda f: (f / "0.2.0.json").unlink(), "data/releases/0.2.0.json: found no such file"),
        (lambda f: (f / "0.2.0.json").write_text("{}"), "data/releases/0.2.0.json: found data must contain"),
        (
            lambda f: (f / "0.1.0.json").rename(f / "0.3.0.json"),
            "0.3.0.json: found a release that is not listed",
        ),
        (
            lambda f: (f / "0.1.0.json").write_bytes((f / "0.2.0.json").read_bytes()),
            "found the version 0.2.0",
        ),
        (lambda f: (f / "changes.csv").write_text(REASONS.replace("0.2.0,K003", "0.9.0,K003")), "0.9.0"),
        (lambda f: (f / "old.json").write_text("{}"), "data/releases/old.json: found a file that"),
    ],
)
def test_a_broken_release_is_named(kept, folder, spoil, said):
    """A ledger that is missing, in another form, under another name or not listed is named with its file."""
    spoil(folder / "releases")
    with pytest.raises(DataError, match=said.replace(".", r"\.")):
        validate(folder)


# The pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", LANGUAGES)
def test_without_a_release_the_page_says_so(small, code):
    """While no release has been made the page says that in one sentence, and shows no table."""
    edition = Edition(small, Language(code), "history")
    said = {"en": "No release has been made yet", "id": "Belum ada rilis"}
    assert history(small, questions(small)) == []
    assert said[code] in history_summary(edition, [])
    assert history_of_releases(edition, []) == []


def test_the_page_shows_each_step(kept, steps):
    """Newest first: from which release to which, each change with before, after and why; added text is escaped."""
    edition = Edition(kept, Language("en"), "history")
    page = BeautifulSoup(
        "".join(block._repr_html_() for block in history_of_releases(edition, steps)), "html.parser"
    )
    assert [h.get_text() for h in page.select("h2")] == [
        "After 0.2.0 (1 March 2027)",
        "From 0.1.0 (5 January 2027) to 0.2.0 (1 March 2027)",
    ]
    row = page.find("a", string="K001").find_parent("tr").get_text(" ", strip=True)
    assert (
        "contradicted" in row and "supported" in row and "Nobody does." in row and "It was read again." in row
    )
    assert "no reason given yet" in page.find("a", string="K011").find_parent("tr").get_text()
    assert not page.select("b") and "<b>snow</b>" in page.get_text()
    assert "0.1.0 (5 January 2027)" in history_summary(edition, steps)


@pytest.fixture
def site(kept):
    """The desk's files of both editions."""
    return desk_files(kept, questions(kept), LANGUAGES, Publication("https://example.org/b/"), {})


def past(site, number, code="en"):
    """The history on a page."""
    return (
        BeautifulSoup(site[f"{code}/claims/{number}.html"], "html.parser")
        .select_one("#past")
        .get_text(" ", strip=True)
    )


def test_every_page_has_its_history(site):
    """What changed and why; that nothing did; that no release has it yet; in both editions."""
    assert "In the edition since release 0.1.0" in past(site, "k001")
    assert "outcome and observation" in past(site, "k001") and "Why: It was read again." in past(site, "k001")
    assert "Bagian itu dibaca ulang." in past(site, "k001", "id")
    assert "Unchanged since then." in past(site, "k002")
    assert "In the edition since release 0.1.0" in past(site, "q001")
    assert "In no release yet." in past(site, "k011")


def test_something_dropped_leaves_a_page(site):
    """The page says that it was dropped, after which release, what it said and why; it is no page of a statement."""
    page = BeautifulSoup(site["en/claims/k900.html"], "html.parser")
    assert page.h1.get_text() == "Statement K900: dropped"
    text = page.article.get_text(" ", strip=True)
    assert "Dropped after release 0.1.0 (5 January 2027)" in text
    assert "There is <b>snow</b>." in text and not page.select("article b")
    assert "It was no statement of the article." in text
    assert "Ada salju." in BeautifulSoup(site["id/claims/k900.html"], "html.parser").get_text()


def test_files_have_the_published_form(site):
    """The file of something dropped, of what changed and of the list hold against the JSON Schema."""
    checker = jsonschema.Draft202012Validator(SCHEMA)
    gone, changed, listed = (json.loads(site[f"en/claims/{n}.json"]) for n in ("k900", "k001", "index"))
    for file in (gone, changed, listed):
        checker.validate(file)
    assert gone["type"] == "dropped" and gone["last_release"] == {"version": "0.1.0", "date": "2027-01-05"}
    assert gone["reason"]["en"] == "It was no statement of the article."
    (change,) = changed["history"]
    assert change["changed"] == ["outcome", "observation"]
    assert change["before"]["outcome"] == "contradicted" and change["after"]["outcome"] == "supported"
    assert [entry["id"] for entry in listed["dropped"]] == [GONE]
    assert not checker.is_valid(gone | {"reason": {"en": "x"}})


def test_releases_leave_the_build_as_it_is(kept, small):
    """What is kept of the past is no part of what the edition says: the build's checksum stays."""
    assert build_checksum(records(kept, questions(kept))) == build_checksum(records(small, questions(small)))
