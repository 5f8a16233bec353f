"""The ledgers of past releases, as they are kept in ``data/releases``: where they are, their form, whether they are sound.

``releases.csv`` lists the releases in order; each has a file, ``<version>.json``, that is written by ``make release`` and
not changed afterwards.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from smart_asn.datapackage import Place, Problem
from smart_asn.language import LANGUAGES

FOLDER = "releases"
"""The folder of the data that has them."""

FORM = "1"
"""The version of the form of a release's ledger, as ``SCHEMA`` describes it."""

LEDGER = re.compile(rf"{FOLDER}/(\d+\.\d+\.\d+)\.json")
"""The file of a release's ledger in the data, with its version."""

Entry = dict[str, Any]
"""What a release says of one statement or question, by the names of ``SCHEMA``."""

_TEXT = {"type": "string"}
_LINE = {"type": "integer", "minimum": 1}
_ASKED = {f"{name}_{code}": _TEXT for name in ("asked", "observed") for code in LANGUAGES}
_STATEMENT = {
    "section": _TEXT,
    **dict.fromkeys(("page", "first_line", "last_line"), _LINE),
    "anchor": _TEXT,
    **{f"statement_{code}": _TEXT for code in LANGUAGES},
    **dict.fromkeys(("kind", "question", "scope", "asserted", "how"), _TEXT),
    **_ASKED,
    "outcome": _TEXT,
    "stands": {"type": "boolean"},
}
_QUESTION = {
    **dict.fromkeys(("chapter", "how"), _TEXT),
    **_ASKED,
    "statements": {"type": "array", "items": _TEXT},
    "outcome": _TEXT,
}


def _entries(pattern: str, properties: dict) -> dict:
    one = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {"type": "object", "patternProperties": {pattern: one}, "additionalProperties": False}


SCHEMA: dict[str, Any] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "title": "What one release of the edition says of every statement and question",
    "type": "object",
    "properties": {
        "form": {"const": FORM},
        "version": {"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
        "date": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "build": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
        "statements": _entries(r"^K\d+$", _STATEMENT),
        "questions": _entries(r"^Q\d+$", _QUESTION),
    },
    "required": ["form", "version", "date", "build", "statements", "questions"],
    "additionalProperties": False,
}
"""The JSON Schema of a release's ledger."""


@dataclass(frozen=True)
class Release:
    """A release: its version, its date, the checksum of what it says, and what it says of each statement and question."""

    version: str
    date: str
    build: str
    entries: Mapping[str, Entry]


def path_of(version: str) -> str:
    """Where the ledger of a release lies in the data folder."""
    return f"{FOLDER}/{version}.json"


def as_text(release: Release) -> str:
    """A release's ledger as the text of its file."""
    parts = {
        name: {number: entry for number, entry in release.entries.items() if number.startswith(letter)}
        for name, letter in (("statements", "K"), ("questions", "Q"))
    }
    whole = {"form": FORM, "version": release.version, "date": release.date, "build": release.build, **parts}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def from_text(text: str) -> Release:
    """The release whose ledger has this text, which is known to be sound."""
    read = json.loads(text)
    entries = {**read["statements"], **read["questions"]}
    return Release(read["version"], read["date"], read["build"], entries)


def check(folder: Path, releases: pd.DataFrame) -> Iterator[Problem]:
    """Every release that is listed has its ledger, in its form, with its version and date; no other ledger is there."""
    listed = dict(zip(releases["version"], releases["date"], strict=True))
    there = {
        found[1]
        for path in (folder / FOLDER).glob("*.json")
        if (found := LEDGER.fullmatch(f"{FOLDER}/{path.name}"))
    }
    for version in sorted(there - listed.keys()):
        yield Place(path_of(version))("", "a release that is not listed", f"a row in {FOLDER}/releases.csv")
    for version, date in listed.items():
        place = Place(path_of(version))
        if version not in there:
            yield place("", "no such file", f"the ledger of release {version}, kept since it was made")
            continue
        wrong = _wrong(folder / path_of(version), version, date)
        if wrong:
            yield place("", *wrong)


def _wrong(path: Path, version: str, date: str) -> tuple[str, str] | None:
    """What is wrong with the file of a release's ledger, and what was expected."""
    import fastjsonschema  # of nbformat; jsonschema takes seconds to import

    try:
        read = json.loads(path.read_text("utf-8"))
        fastjsonschema.compile(SCHEMA)(read)
    except (OSError, ValueError, RecursionError) as error:
        return str(error), "a ledger of a release"
    except fastjsonschema.JsonSchemaValueException as error:
        return str(error.message), "the ledger as make release wrote it"
    for name, value in (("version", version), ("date", date)):
        if read[name] != value:
            return f"the {name} {read[name]}", f"{value}, as {FOLDER}/releases.csv has it"
    return None
