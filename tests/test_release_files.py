"""What a release's metadata say: versions that agree, citation, CodeMeta, Zenodo, bill of materials."""

from __future__ import annotations

import json
import shutil

import bill_of_materials
import metadata
import pytest
from cffconvert import Citation
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from smart_asn.places import ROOT
from smart_asn.publication import Publication, publication
from smart_asn.release.versions import FILES, SOURCE, disagreements

VERSION = "0.1.0"


@pytest.fixture
def project(tmp_path):
    """A copy of the files that name the version, as of a release of 2 December 2026."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    change(tmp_path, "CHANGELOG.md", "## 0.1.0 (unreleased)", "## 0.1.0 (2026-12-02)")
    day = json.loads((ROOT / "codemeta.json").read_text("utf-8"))["datePublished"]
    for name in (SOURCE, ".zenodo.json", "codemeta.json"):
        change(tmp_path, name, day, "2026-12-02")
    return tmp_path


def change(root, name, old, new):
    """Replace a text, which must be there, in a file."""
    text = (root / name).read_text("utf-8")
    assert old in text, name
    (root / name).write_text(text.replace(old, new, 1), "utf-8")


# Versions ---------------------------------------------------------------------------------------------------


def test_all_files_name_the_same_version():
    """In the project as it is, every file that names the version names that of the citation."""
    assert disagreements(ROOT) == []


def test_a_release_that_all_files_name(project):
    """Where all say the same version and day, nothing is in the way of the release."""
    assert disagreements(project, VERSION) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("CHANGELOG.md", "## 0.1.0 (", "## 0.2.0 ("),
        (SOURCE, "version: 0.1.0", "version: 0.2.0"),
        ("data/datapackage.json", '"version": "0.1.0"', '"version": "0.2.0"'),
        (".zenodo.json", '"version": "0.1.0"', '"version": "0.2.0"'),
        ("codemeta.json", '"version": "0.1.0"', '"version": "0.2.0"'),
        ("pyproject.toml", 'version = "0.1.0"', 'version = "0.2.0"'),
        ("_config.yml", 'book_release: ""', 'book_release: "v0.2.0"'),
    ],
)
def test_the_file_that_differs_is_named(project, name, old, new):
    """One file with another version gives one line, which names the file, what it has and what was expected."""
    change(project, name, old, new)
    assert disagreements(project, VERSION) == [
        f"{name}: found the version 0.2.0; expected 0.1.0, the release that is asked for."
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            "CHANGELOG.md",
            "2026-12-02",
            "unreleased",
            "found 0.1.0 (unreleased); expected its date, 2026-12-02",
        ),
        ("CHANGELOG.md", "2026-12-02", "2026-12-03", "found the date 2026-12-03; expected 2026-12-02"),
        ("codemeta.json", "2026-12-02", "2026-12-03", "found the date 2026-12-03; expected 2026-12-02"),
        (".zenodo.json", "{", "", "cannot be read"),
        ("CHANGELOG.md", "## 0.1.0 (", "## 0.1.0 of (", "found the version nowhere; expected 0.1.0"),
    ],
)
def test_another_date_is_named(project, name, old, new, said):
    """So does another day, one that is still open, and a file that cannot be read."""
    change(project, name, old, new)
    (line,) = disagreements(project, VERSION)
    assert line.startswith(f"{name}: ") and said in line


def test_the_tag_may_have_a_v(project):
    """The tag of the release is its version, with or without a v."""
    change(project, "_config.yml", 'book_release: ""', 'book_release: "v0.1.0"')
    assert disagreements(project, VERSION) == []


# Citation, CodeMeta, Zenodo ----------------------------------------------------------------------------------


def test_the_citation_is_valid():
    """cffconvert holds CITATION.cff against its schema; a mistake in it is found."""
    text = (ROOT / SOURCE).read_text("utf-8")
    Citation(text).validate()
    with pytest.raises(Exception, match="authors"):
        Citation(text.replace("authors:\n", "writers:\n", 1)).validate()


def test_what_follows_from_the_citation_is_up_to_date():
    """.zenodo.json and codemeta.json are what the citation gives; if not, ``make metadata`` writes them."""
    for path, text in metadata.files(publication()).items():
        assert (ROOT / path).read_text("utf-8") == text, f"{path} is behind: run make metadata"


CODEMETA = {
    *("@context", "@type", "author", "buildInstructions", "codeRepository", "datePublished", "description"),
    *("identifier", "keywords", "license", "name", "programmingLanguage", "readme"),
    *("runtimePlatform", "softwareRequirements", "url", "version"),
}
"""The terms of CodeMeta 2.0 (its crosswalk's table of properties) that may be used here."""


def test_codemeta_uses_its_terms():
    """Every term is one of CodeMeta's; names, authors and both licences are there; addresses once they are known."""
    published = Publication("https://example.org/b/", "https://github.com/o/r")
    made = json.loads(metadata.files(published)["codemeta.json"])
    assert made.keys() <= CODEMETA
    assert made["codeRepository"] == "https://github.com/o/r" and made["url"] == "https://example.org/b/"
    assert made["@context"] == "https://doi.org/10.5063/schema/codemeta-2.0"
    assert all(author["@type"] in ("Person", "Organization") and author["name"] for author in made["author"])
    assert {line.rpartition("/")[2] for line in made["license"]} == {"CC-BY-4.0", "MIT"}
    assert "codeRepository" not in json.loads(metadata.files(Publication())["codemeta.json"])


def test_zenodo_has_what_a_deposit_needs():
    """Kind, title, creators, description, licence and rights; the repository once there is one."""
    made = json.loads(metadata.files(Publication(repository="https://github.com/o/r"))[".zenodo.json"])
    assert {"upload_type", "title", "creators", "description", "access_right", "license"} <= made.keys()
    assert made["license"] == "cc-by-4.0" and made["creators"][0]["name"]
    assert made["related_identifiers"][0]["identifier"] == "https://github.com/o/r"


# Bill of materials -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bill():
    """The bill of materials of the project's locks."""
    return bill_of_materials.bill(ROOT)


def test_the_bill_of_materials_is_valid(bill):
    """CycloneDX's own validator, offline, finds nothing wrong; it finds a component without a name."""
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(bill) is None
    read = json.loads(bill)
    del read["components"][0]["name"]
    assert validator.validate_str(json.dumps(read)) is not None


def test_the_bill_of_materials_names_every_locked_package(bill):
    """Each line of both Python locks and each package of the Node lock is a component, with its checksums."""
    components = {c["purl"]: c for c in json.loads(bill)["components"]}
    for lock in bill_of_materials.LOCKS:
        lines = [
            line
            for line in (ROOT / lock).read_text("utf-8").splitlines()
            if "==" in line and line[0].isalnum()
        ]
        assert lines
        for line in lines:
            name, _, version = line.split()[0].partition("==")
            found = components[f"pkg:pypi/{name.lower().replace('_', '-').replace('.', '-')}@{version}"]
            assert found["externalReferences"][0]["hashes"]
    node = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert len([p for p in components if p.startswith("pkg:npm/")]) == len(
        {(path.rpartition("node_modules/")[2], entry["version"]) for path, entry in node.items() if path}
    )
    assert components["pkg:npm/axe-core@4.14.1"]["hashes"][0]["alg"] == "SHA-512"


def test_the_bill_of_materials_tells_what_is_run_from_what_develops(bill):
    """What readers run is required; tools are excluded, also those that only the development lock has."""
    scopes = {c["name"]: c["scope"] for c in json.loads(bill)["components"]}
    assert (scopes["papermill"], scopes["pytest"], scopes["axe-core"]) == ("required", "excluded", "excluded")


def test_the_bill_of_materials_is_the_same_every_time(bill):
    """The same locks give the same bytes: no time of writing, no random number."""
    assert bill_of_materials.bill(ROOT) == bill
