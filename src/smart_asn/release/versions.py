"""Whether every file that names the version of this edition names the same one."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

UNRELEASED = "unreleased"
"""What ``CHANGELOG.md`` has in the place of a date while a version is being made."""

HEADING = re.compile(r"^## (\S+) \(([^)]+)\)$", re.M)
"""The heading of a version in ``CHANGELOG.md``: version and date."""

Read = Callable[[str], Any]


def _changelog(text: str) -> dict[str, str]:
    found = HEADING.search(text)
    return {"version": found[1], "date": found[2]} if found else {}


def _config(text: str) -> dict[str, str]:
    """The tag that is published, without its v; a tag that is not set yet says nothing."""
    tag = yaml.safe_load(text)["sphinx"]["config"].get("book_release") or ""
    return {"version": tag.removeprefix("v")} if tag else {}


def _citation(text: str) -> dict[str, str]:
    read = yaml.safe_load(text)
    return {"version": str(read.get("version", "")), "date": str(read.get("date-released", ""))}


def _zenodo(text: str) -> dict[str, str]:
    read = json.loads(text)
    return {"version": read.get("version", ""), "date": read.get("publication_date", "")}


def _codemeta(text: str) -> dict[str, str]:
    read = json.loads(text)
    return {"version": read.get("version", ""), "date": read.get("datePublished", "")}


SOURCE = "CITATION.cff"
"""The file whose version and date the others follow."""

FILES: dict[str, Read] = {
    SOURCE: _citation,
    "CHANGELOG.md": _changelog,
    "data/datapackage.json": lambda text: {"version": json.loads(text).get("version", "")},
    ".zenodo.json": _zenodo,
    "codemeta.json": _codemeta,
    "pyproject.toml": lambda text: {"version": tomllib.loads(text)["project"].get("version", "")},
    "_config.yml": _config,
}
"""Every file that names the version, and how it is read: its ``version``, and its ``date`` where it has one."""


def disagreements(root: Path, version: str = "") -> list[str]:
    """What does not agree, a line for each file, of which each names the file, what it has and what was expected.

    Parameters
    ----------
    root : the project's folder.
    version : the version that is to be released; then ``CHANGELOG.md`` has to have its date, too. Without it the files
        are only compared with ``CITATION.cff``.
    """
    return list(_disagreements(root, version))


def _disagreements(root: Path, version: str) -> Iterator[str]:
    read = {}
    for name, parse in FILES.items():
        try:
            read[name] = parse((root / name).read_text("utf-8"))
        except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError) as error:
            yield f"{name}: cannot be read ({getattr(error, 'strerror', None) or error}); expected the version in it."
    if SOURCE not in read:
        return
    wanted = version or read[SOURCE]["version"]
    why = "the release that is asked for" if version else f"as {SOURCE} has it"
    for name, found in read.items():
        if found.get("version", wanted if name == "_config.yml" else "") != wanted:
            yield f"{name}: found the version {found.get('version') or 'nowhere'}; expected {wanted}, {why}."
        date, expected = found.get("date", ""), read[SOURCE]["date"]
        if date == UNRELEASED and version:
            yield f"{name}: found {version} ({UNRELEASED}); expected its date, {expected}, as {SOURCE} has it."
        elif date not in ("", UNRELEASED, expected):
            yield f"{name}: found the date {date}; expected {expected}, as {SOURCE} has it."
