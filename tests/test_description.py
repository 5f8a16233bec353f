"""``datapackage.json`` broken in every way, shapes that are none, files that nobody described: each is told, none crashes."""

import copy
import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from smart_asn import added
from smart_asn.data import DataError, digest
from smart_asn.datapackage import read_package
from smart_asn.description import check_description
from smart_asn.places import DATA
from smart_asn.site.front import archive
from smart_asn.validation import validate


def said(folder):
    with pytest.raises(DataError) as caught:
        validate(folder)
    return [str(p) for p in caught.value.problems]


def write(folder, package):
    text = package if isinstance(package, str) else json.dumps(package)
    (folder / "datapackage.json").write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "",
            "found Expecting value: line 1 column 1 (char 0); expected a readable Frictionless Data Package.",
        ),
        ("{", "found Expecting property name enclosed in double quotes"),
        ("[" * 100_000, "expected a readable Frictionless Data Package."),
        ("[]", "found a list; expected an object with resources."),
        ("null", "found a NoneType; expected an object with resources."),
        ("{}", "column resources: found none; expected a list of the data's files."),
        ('{"resources": {}}', "column resources: found none; expected a list of the data's files."),
        ('{"resources": [1]}', "column resources: found no name in resource 1; expected a name."),
        (
            '{"resources": [{"path": "a.csv"}]}',
            "column resources: found no name in resource 1; expected a name.",
        ),
    ],
)
def test_a_description_that_is_none(folder, text, message):
    """A file that is no JSON, or no object with resources, is one problem."""
    write(folder, text)
    (problem,) = said(folder)
    assert message in problem


def test_a_description_that_is_not_there(folder):
    """A missing description is one problem, which names no folder of the machine."""
    (folder / "datapackage.json").unlink()
    assert said(folder) == [
        "data/datapackage.json: found [Errno 2] No such file or directory: 'datapackage.json'; "
        "expected a readable Frictionless Data Package."
    ]


def changed(folder, change):
    """What is said after a change of the resource ``evidence``, and of its field ``code``."""
    package = read_package(folder)
    evidence = next(r for r in package["resources"] if r["name"] == "evidence")
    change(package, evidence, next(f for f in evidence["schema"]["fields"] if f["name"] == "code"))
    write(folder, package)
    return said(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda p, r, f: r.pop("path"),
            "resource evidence: found the path None; expected the path of a file within data/.",
        ),
        (
            lambda p, r, f: r.update(path="../evidence.csv"),
            "found the path '../evidence.csv'; expected the path of",
        ),
        (
            lambda p, r, f: r.update(path="/etc/passwd"),
            "found the path '/etc/passwd'; expected the path of a file",
        ),
        (
            lambda p, r, f: r.update(path="claims.csv"),
            "found the path 'claims.csv' a second time; expected each path once.",
        ),
        (
            lambda p, r, f: r.update(path=["evidence.csv"]),
            "found the path ['evidence.csv']; expected the path of a file",
        ),
        (
            lambda p, r, f: r.update(name="claims"),
            "resource claims: found the same name a second time; expected each name",
        ),
        (
            lambda p, r, f: r.update(schema=[]),
            "resource evidence: found no fields in its schema; expected the table's columns.",
        ),
        (
            lambda p, r, f: r["schema"].pop("fields"),
            "resource evidence: found no fields in its schema; expected the table's",
        ),
        (lambda p, r, f: f.pop("name"), "resource evidence: found no name in field 3; expected a name."),
        (
            lambda p, r, f: f.update(name="regency"),
            "found the field regency a second time; expected each field once.",
        ),
        (
            lambda p, r, f: f.update(type="text"),
            "found the type 'text' of code; expected one of string, date, integer,",
        ),
        (
            lambda p, r, f: f.pop("type"),
            "found the type None of code; expected one of string, date, integer,",
        ),
        (
            lambda p, r, f: f.update(constraints=[]),
            "found the constraints of code in no order; expected an object;",
        ),
        (
            lambda p, r, f: f.update(constraints={"enum": "a"}),
            "found the constraints of code in no order; expected an object;",
        ),
        (
            lambda p, r, f: f.update(constraints={"pattern": "("}),
            "found the pattern '(' of code; expected a regular",
        ),
        (
            lambda p, r, f: f.update(constraints={"pattern": 1}),
            "found the pattern 1 of code; expected a regular",
        ),
        (
            lambda p, r, f: r["schema"].update(primaryKey="id"),
            "found the primary key 'id'; expected one of evidence,",
        ),
        (
            lambda p, r, f: r["schema"].update(primaryKey={}),
            "found the primary key {}; expected one of evidence,",
        ),
        (
            lambda p, r, f: r["schema"].update(foreignKeys=[{}]),
            "found the foreign key {}; expected a column of its own",
        ),
        (
            lambda p, r, f: r["schema"].update(foreignKeys=[1]),
            "found the foreign key 1; expected a column of its own",
        ),
        (
            lambda p, r, f: r["schema"]["foreignKeys"][0]["reference"].update(resource="towns"),
            "expected a column of its own and a column of a table.",
        ),
    ],
)
def test_a_resource_that_is_described_wrongly(folder, change, message):
    """What is wrong with a resource or a field is said by its name."""
    assert any(message in line for line in changed(folder, change))


def test_every_part_of_the_description_taken_away(folder):
    """Whatever single part is missing, or is something else, validation ends with a problem or without, never in a crash."""
    package = read_package(folder)
    package["resources"] = [
        r for r in package["resources"] if r["name"] in ("regencies", "sections", "indonesia")
    ]
    for other in (None, 7, [], {}, "x"):
        for path in _paths(package):
            broken = copy.deepcopy(package)
            *outer, last = path
            holder = broken
            for step in outer:
                holder = holder[step]
            holder[last] = other
            write(folder, broken)
            check_description(folder)


def _paths(node, above=()):
    if isinstance(node, dict | list):
        for key in node if isinstance(node, dict) else range(len(node)):
            yield (*above, key)
            yield from _paths(node[key], (*above, key))


def test_a_table_that_is_described_no_longer(folder):
    """A file of the data without its description is named: the chapters that read it would fail much later."""
    package = read_package(folder)
    package["resources"] = [r for r in package["resources"] if r["name"] != "glossary"]
    write(folder, package)
    assert said(folder) == [
        "data/glossary.csv: found a file that datapackage.json does not describe; expected its description there."
    ]


def test_a_table_that_a_rule_needs(folder):
    """A table that is gone with its description is named by the rule that needs it."""
    package = read_package(folder)
    package["resources"] = [r for r in package["resources"] if r["name"] != "hci"]
    write(folder, package)
    (folder / "context/hci.csv").unlink()
    assert said(folder) == [
        "data/datapackage.json, column resources: found no table hci; expected its description."
    ]


BESIDE = (
    ".DS_Store",
    ".~lock.claims.csv#",
    "~$claims.csv",
    "claims.csv~",
    "claims - Copy.csv",
    "claims (1).csv",
    "claims.sync-conflict-20261124.csv",
    ".ipynb_checkpoints/claims-checkpoint.csv",
    "coding/.#pass-1.csv",
    "Thumbs.db",
    "desktop.ini",
)


@pytest.mark.parametrize("name", BESIDE)
def test_what_lies_beside_the_data(folder, name):
    """Copies, locks and the marks of systems and editors break nothing, change nothing, and are not published."""
    before, packed = digest(folder), archive(folder)
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("of somebody else", "utf-8")
    check_description(folder)
    assert digest(folder) == before
    assert archive(folder) == packed


def test_what_lies_beside_the_data_is_no_problem(folder):
    for name in BESIDE:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("of somebody else", "utf-8")
    validate(folder)


def test_the_archive_is_the_data_package(tmp_path):
    """The archive of the shipped data holds what is described, the description and the data's README: no more, no less.

    The tables of a regency that was added are in it, too.
    """
    more = {f"added/{regency}/{name}" for regency in added.regencies(DATA) for name in added.COLUMNS}
    described = {r["path"] for r in read_package()["resources"] if not r.get("published")}
    names = {name.removeprefix("smart-asn-data/") for name in ZipFile(BytesIO(archive(DATA))).namelist()}
    assert names == described | more | {"datapackage.json", "README.md"}


def test_a_column_that_a_rule_needs(folder):
    """A column that is gone from the description and from its file is named with the rule that needs it."""
    package = read_package(folder)
    evidence = next(r for r in package["resources"] if r["name"] == "evidence")
    evidence["schema"]["fields"] = [f for f in evidence["schema"]["fields"] if f["name"] != "doubtful"]
    write(folder, package)
    text = (folder / "evidence.csv").read_text("utf-8")
    text = text.replace("anchor,doubtful,", "anchor,").replace(",false,", ",").replace(",true,", ",")
    (folder / "evidence.csv").write_text(text, "utf-8")
    (problem,) = said(folder)
    assert "no attribute 'doubtful'" in problem
    assert "A doubtful row says why" in problem


# Shapes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "found Expecting property name enclosed in double quotes"),
        ("[]", "found no features; expected a GeoJSON FeatureCollection."),
        (
            '{"type": "FeatureCollection", "features": []}',
            "found no features; expected a GeoJSON FeatureCollection.",
        ),
        ('{"features": [{}]}', "found no features; expected a GeoJSON FeatureCollection."),
        (
            '{"type": "FeatureCollection", "features": [{}]}',
            "found feature 1 without polygons in degrees; expected rings of",
        ),
        (
            '{"type": "FeatureCollection", "features": [{"geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
            "found feature 1 without polygons in degrees; expected rings of longitude, latitude.",
        ),
        (
            '{"type": "FeatureCollection", "features": [{"geometry": {"type": "Polygon", "coordinates": '
            "[[[706000, 100], [706001, 100], [706001, 101]]]}}]}",
            "found feature 1 without polygons in degrees; expected rings of longitude, latitude.",
        ),
    ],
    ids=["no-json", "list", "empty", "no-type", "no-geometry", "points", "metres"],
)
def test_shapes_that_are_none(folder, text, message):
    """A broken or foreign file of shapes is named before anything is drawn."""
    (folder / "geo/indonesia_50m.geojson").write_text(text, "utf-8")
    assert any(line.startswith("data/geo/indonesia_50m.geojson") and message in line for line in said(folder))


def test_shapes_that_are_not_there(folder):
    (folder / "geo/indonesia_50m.geojson").unlink()
    assert said(folder) == [
        "data/geo/indonesia_50m.geojson: found no such file; expected the shapes that datapackage.json describes."
    ]
