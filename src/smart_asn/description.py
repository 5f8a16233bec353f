"""Whether ``datapackage.json`` describes a data package, whether its files are there, and none besides them.

What is checked is what the rest of the package takes for granted of a description; a mistake in it would otherwise
end in a traceback far from its cause.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from smart_asn.added import FOLDER
from smart_asn.datapackage import DESCRIPTION, DTYPES, Place, Problem, data_files, read_package, tabular
from smart_asn.releases import LEDGER

HERE = Place(DESCRIPTION)


def check_description(folder: Path) -> tuple[dict, list[Problem]]:
    """The description of a data folder, and what is wrong with it and with the files it names, besides its tables.

    The description is empty where it cannot be used.
    """
    try:
        package = read_package(folder)
    except (OSError, ValueError, RecursionError) as error:
        return {}, [HERE("", str(error).replace(f"{folder}/", ""), "a readable Frictionless Data Package")]
    problems = list(_resources(package)) or list(_references(package))
    return ({}, problems) if problems else (package, list(_files(folder, package)))


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _listed(value: object) -> list:
    return value if isinstance(value, list) and value else []


def _resources(package: Any) -> Iterator[Problem]:
    """Every resource has a name and a path of its own, and a table has fields."""
    if not isinstance(package, dict):
        yield HERE("", f"a {type(package).__name__}", "an object with resources")
        return
    resources = _listed(package.get("resources"))
    if not resources:
        yield HERE("resources", "none", "a list of the data's files")
    names: set[str] = set()
    paths: set[str] = set()
    for number, resource in enumerate(resources, start=1):
        if not isinstance(resource, dict) or not _text(resource.get("name")):
            yield HERE("resources", f"no name in resource {number}", "a name")
            continue
        name, path = resource["name"], resource.get("path")
        where = f"resource {name}"
        if name in names:
            yield HERE(where, "the same name a second time", "each name once")
        if (
            not isinstance(path, str)
            or not _text(path)
            or PurePosixPath(path).is_absolute()
            or ".." in PurePosixPath(path).parts
        ):
            yield HERE(where, f"the path {path!r}", "the path of a file within data/")
        elif path in paths:
            yield HERE(where, f"the path {path!r} a second time", "each path once")
        names.add(name)
        paths.add(str(path))
        if "schema" in resource:
            yield from _schema(where, resource["schema"])


def _schema(where: str, schema: Any) -> Iterator[Problem]:
    """A table has named fields of known types, and its keys are among them."""
    fields = _listed(schema.get("fields")) if isinstance(schema, dict) else []
    if not fields:
        yield HERE(where, "no fields in its schema", "the table's columns")
        return
    names: list[str] = []
    for number, field in enumerate(fields, start=1):
        if not isinstance(field, dict) or not _text(field.get("name")):
            yield HERE(where, f"no name in field {number}", "a name")
            continue
        name, limits = field["name"], field.get("constraints", {})
        if name in names:
            yield HERE(where, f"the field {name} a second time", "each field once")
        names.append(name)
        if field.get("type") not in tuple(DTYPES):
            yield HERE(where, f"the type {field.get('type')!r} of {name}", f"one of {', '.join(DTYPES)}")
        if not isinstance(limits, dict) or not isinstance(limits.get("enum", []), list):
            yield HERE(where, f"the constraints of {name} in no order", "an object; in it, enum is a list")
        elif not _compiles(limits.get("pattern", "")):
            yield HERE(where, f"the pattern {limits['pattern']!r} of {name}", "a regular expression")
    keys = schema.get("primaryKey", [])
    for key in [keys] if isinstance(keys, str) else keys if isinstance(keys, list) else [keys]:
        if key not in names:
            yield HERE(where, f"the primary key {key!r}", f"one of {', '.join(names)}")


def _compiles(pattern: object) -> bool:
    try:
        re.compile(pattern)  # type: ignore[call-overload]
    except (re.error, TypeError):
        return False
    return True


def _references(package: dict) -> Iterator[Problem]:
    """A foreign key leads from a column to the column of a table."""
    columns = {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in tabular(package)}
    for resource in tabular(package):
        name = resource["name"]
        keys = resource["schema"].get("foreignKeys", [])
        if not isinstance(keys, list):
            yield HERE(f"resource {name}", f"the foreign keys {keys!r}", "a list")
            continue
        for key in keys:
            try:
                to = key["reference"]["resource"] or name
                sound = key["fields"] in columns[name] and key["reference"]["fields"] in columns[to]
            except (KeyError, TypeError):
                sound = False
            if not sound:
                found = f"the foreign key {json.dumps(key)}"
                yield HERE(f"resource {name}", found, "a column of its own and a column of a table")


def _files(folder: Path, package: dict) -> Iterator[Problem]:
    """The files that are no tables are there and hold what they should; no file of the data is left undescribed."""
    described = {r["path"]: r for r in package["resources"] if not r.get("published")}
    for path, resource in described.items():
        if "schema" not in resource:
            yield from _shapes(folder, path)
    for name in (path.relative_to(folder).as_posix() for path in data_files(folder)):
        # which ``added`` and ``releases`` check
        own = name.startswith(f"{FOLDER}/") or LEDGER.fullmatch(name)
        if not own and name not in described and name not in (DESCRIPTION, "README.md"):
            yield Place(name)("", f"a file that {DESCRIPTION} does not describe", "its description there")


def _shapes(folder: Path, name: str) -> Iterator[Problem]:
    """A file of shapes: a GeoJSON FeatureCollection of polygons in degrees of longitude and latitude."""
    try:
        shapes = json.loads((folder / name).read_text("utf-8-sig"))
    except FileNotFoundError:
        yield Place(name)("", "no such file", f"the shapes that {DESCRIPTION} describes")
        return
    except (OSError, ValueError, RecursionError) as error:
        yield Place(name)("", str(error).replace(f"{folder}/", ""), "a readable GeoJSON file")
        return
    features = _listed(shapes.get("features")) if isinstance(shapes, dict) else []
    if not features or shapes.get("type") != "FeatureCollection":
        yield Place(name)("", "no features", "a GeoJSON FeatureCollection")
    for number, feature in enumerate(features, start=1):
        if not _is_polygon(feature):
            yield Place(name)(
                "", f"feature {number} without polygons in degrees", "rings of longitude, latitude"
            )


def _is_polygon(feature: Any) -> bool:
    """Whether a feature is a polygon or several, each of rings of at least three points on the globe."""
    try:
        kind, parts = feature["geometry"]["type"], feature["geometry"]["coordinates"]
        polygons = {"Polygon": [parts], "MultiPolygon": parts}[kind]
        rings = [ring for polygon in polygons for ring in polygon]
        points = [(float(x), float(y)) for ring in rings for x, y, *_ in ring]
    except (KeyError, TypeError, ValueError):
        return False
    whole = bool(rings) and all(len(ring) > 2 for ring in rings)
    return whole and all(abs(x) <= 180 and abs(y) <= 90 for x, y in points)
