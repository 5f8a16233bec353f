"""Each question and each statement as a record of its own: what machines read, and what two builds are compared by.

A record holds both languages and nothing that depends on the edition, so that a review made in one can be read
beside the other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from smart_asn.data import Data
from smart_asn.history import ADDED, ASPECTS, DROPPED
from smart_asn.language import LANGUAGES
from smart_asn.ledger import by_statement, main_outcome
from smart_asn.outcomes import NO_FACT, OUTCOMES, SCORED

VERSION = "1"
"""The version of the records' form, as ``SCHEMA`` describes it."""

SCHEMA_FILE = "schemas/claim.json"
"""Where the site has the schema, from its root."""

HEX_DIGITS = 16
"""Hexadecimal figures of a checksum that are shown: enough that no two builds share them by chance."""

Record = dict[str, Any]


def checksum(thing: object) -> str:
    """The first figures of the SHA-256 over a thing's JSON, keys in order."""
    text = json.dumps(thing, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:HEX_DIGITS]


def _both(row: pd.Series, column: str) -> dict[str, str]:
    return {code: row[f"{column}_{code}"] for code in LANGUAGES}


def _place(row: pd.Series) -> dict[str, Any]:
    """Where a row of the data stands in the article: printed page, lines of the scan, anchor."""
    first = row["first_line"] if "first_line" in row else row["scan_line"]
    last = row["last_line"] if "last_line" in row else row["scan_line"]
    return {
        "page": int(row["page"]),
        "first_line": int(first),
        "last_line": int(last),
        "anchor": row["anchor"],
    }


def statement_record(data: Data, row: pd.Series, checked: Mapping[str, Any] | None) -> Record:
    """One statement: its place, what it says, how it was judged. ``checked`` is None where no question checks it."""
    outcome = checked["outcome"] if checked else NO_FACT
    return {
        "type": "statement",
        "id": row["claim"],
        "section": row["section"],
        "place": _place(row),
        "statement": _both(row, "statement"),
        "printed": row["printed"],
        "credits": row["credits"],
        "kind": row["kind"],
        "question": row["question"] or None,
        "scope": row["scope"],
        "asserted": row["asserted"],
        "outcome": outcome,
        "scored": outcome in SCORED,
        "stands": checked["stands"] if checked else True,
        "doubt": dict(checked["stands_text"]) if checked else dict.fromkeys(LANGUAGES, ""),
        "kindest": _both(row, "kindest"),
        "note": _both(row, "note"),
        "cell": f"{checked['chapter']}.html#{row['claim'].lower()}" if checked else None,
    }


def _evidence(data: Data, identity: str) -> Record:
    row = data.row("evidence", identity)
    owner = {"regency": row["regency"], "measure": row["code"], "doubtful": bool(row["doubtful"])}
    return {"id": identity, **owner, "place": _place(row), "note": _both(row, "note")}


def _passage(data: Data, identity: str) -> Record:
    row = data.row("passages", identity)
    return {"id": identity, "unit": row["unit"], "value": row["value"], "place": _place(row)}


def _source(data: Data, identity: str) -> Record:
    """A public source; of a series, which has a row for each country and year, its name alone."""
    rows = data.rows("sources", "source", identity)
    if rows.empty:
        return {"id": identity}
    row = rows.iloc[0]
    facts = {name: row[name] for name in ("address", "period", "value", "unit", "seen", "seen_on")}
    return {"id": identity, "title": _both(row, "title"), **facts}


def _search(data: Data, identity: str) -> Record:
    row = data.row("searches", identity)
    texts = ("label", "looked_for", "where", "nearest", "settles")
    facts = {name: _both(row, name) for name in texts}
    return {"id": identity, "date": row["date"], "nearest_address": row["nearest_address"], **facts}


def _readings(data: Data, question: str) -> list[Record]:
    """What each of the two independent readings found, unit by unit, and what was settled where they differ."""
    says = [
        dict(data.part(table, "question", question, "unit", "says").itertuples(index=False, name=None))
        for table in ("reading_1", "reading_2", "settled_readings")
    ]
    return [
        {"unit": unit, "first": first, "second": says[1].get(unit, ""), "settled": says[2].get(unit, "")}
        for unit, first in says[0].items()
    ]


def question_record(data: Data, entry: Mapping[str, Any], statements: list[Record]) -> Record:
    """One question: what was asked and observed, what that rests on, and the statements it bears on."""
    row, question = data.row("questions", entry["question"]), entry["question"]
    return {
        "type": "question",
        "id": question,
        "chapter": entry["chapter"],
        "asked": _both(row, "asked"),
        "how": entry["how"],
        "observed": dict(entry["observed"]),
        "value": entry["value"],
        "total": entry["total"],
        "note": _both(row, "note"),
        "outcome": main_outcome(entry),
        "scored": main_outcome(entry) in SCORED,
        "statements": statements,
        "evidence": [_evidence(data, e) for e in entry["evidence"]],
        "passages": [_passage(data, p) for p in entry["passages"]],
        "sources": [_source(data, s) for s in entry["sources"]],
        "searches": [_search(data, s) for s in entry["searches"]],
        "readings": _readings(data, question),
        "doubtful": list(entry["doubtful"]),
        "cell": f"{entry['chapter']}.html#{question.lower()}",
    }


def records(data: Data, questions: Iterable[Mapping[str, Any]]) -> dict[str, Record]:
    """Every question and every statement by its number, each with its ``digest``; questions first.

    Parameters
    ----------
    data : the loaded data.
    questions : the checked questions, as ``ledger.gather`` gives them.
    """
    questions = list(questions)
    checked = by_statement(questions)
    statements = {
        row["claim"]: statement_record(data, row, checked.get(row["claim"]))
        for _, row in data.claims.iterrows()
    }
    made = {
        q["question"]: question_record(data, q, [statements[s["claim"]] for s in q["statements"]])
        for q in questions
    }
    made |= statements
    return {identity: {**record, "digest": checksum(record)} for identity, record in made.items()}


def build_checksum(made: Mapping[str, Record]) -> str:
    """One checksum over all records: two builds have the same if, and only if, they say the same of the article."""
    return checksum({identity: record["digest"] for identity, record in made.items()})


def claim_file(record: Record, build: str, changed: Iterable[Record] = ()) -> str:
    """A record as the file beside its page, with what changed in it since a release."""
    head = {"$schema": f"../../{SCHEMA_FILE}", "version": VERSION, "build": build}
    return json.dumps({**head, **record, "history": list(changed)}, indent=1, ensure_ascii=False) + "\n"


def index_file(made: Mapping[str, Record], build: str, dropped: Iterable[Record] = ()) -> str:
    """The list of all records: number, kind, outcome, checksum and files; and of those that were dropped."""
    entries = [
        {
            "id": identity,
            "type": record["type"],
            "outcome": record["outcome"],
            "digest": record["digest"],
            "page": f"{identity.lower()}.html",
            "file": f"{identity.lower()}.json",
        }
        for identity, record in made.items()
    ]
    gone = [
        {
            "id": record["id"],
            "last_release": record["last_release"]["version"],
            "page": f"{record['id'].lower()}.html",
            "file": f"{record['id'].lower()}.json",
        }
        for record in dropped
    ]
    head = {"$schema": f"../../{SCHEMA_FILE}", "version": VERSION, "build": build}
    return json.dumps({**head, "claims": entries, "dropped": gone}, indent=1, ensure_ascii=False) + "\n"


# The published form -----------------------------------------------------------------------------------------

_TEXT: Record = {"type": "string"}
_FLAG: Record = {"type": "boolean"}
_LINE: Record = {"type": "integer", "minimum": 1}
_OUTCOME: Record = {"enum": list(OUTCOMES)}
_DIGEST: Record = {"type": "string", "pattern": f"^[0-9a-f]{{{HEX_DIGITS}}}$"}
_HEAD: Record = {"$schema": _TEXT, "version": {"const": VERSION}, "build": _DIGEST}


def _object(properties: Record, optional: Iterable[str] = ()) -> Record:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _list(of: Record) -> Record:
    return {"type": "array", "items": of}


_BOTH = _object(dict.fromkeys(LANGUAGES, _TEXT))
_PLACE = _object({"page": _LINE, "first_line": _LINE, "last_line": _LINE, "anchor": _TEXT})
_STATEMENT: Record = {
    "type": {"const": "statement"},
    "id": {"type": "string", "pattern": "^K\\d+$"},
    "section": _TEXT,
    "place": _PLACE,
    "statement": _BOTH,
    "printed": _TEXT,
    "credits": _TEXT,
    "kind": _TEXT,
    "question": {"type": ["string", "null"]},
    "scope": _TEXT,
    "asserted": _TEXT,
    "outcome": _OUTCOME,
    "scored": _FLAG,
    "stands": _FLAG,
    "doubt": _BOTH,
    "kindest": _BOTH,
    "note": _BOTH,
    "cell": {"type": ["string", "null"]},
}
_SOURCE = {
    "id": _TEXT,
    "title": _BOTH,
    **dict.fromkeys(("address", "period", "value", "unit", "seen", "seen_on"), _TEXT),
}
_QUESTION: Record = {
    "type": {"const": "question"},
    "id": {"type": "string", "pattern": "^Q\\d+$"},
    "chapter": _TEXT,
    "asked": _BOTH,
    "how": _TEXT,
    "observed": _BOTH,
    "value": {"type": ["number", "string", "boolean", "null"]},
    "total": {"type": "integer", "minimum": 0},
    "note": _BOTH,
    "outcome": _OUTCOME,
    "scored": _FLAG,
    "statements": _list(_object(_STATEMENT)),
    "evidence": _list(
        _object(
            {
                "id": _TEXT,
                "regency": _TEXT,
                "measure": _TEXT,
                "doubtful": _FLAG,
                "place": _PLACE,
                "note": _BOTH,
            }
        )
    ),
    "passages": _list(_object({"id": _TEXT, "unit": _TEXT, "value": _TEXT, "place": _PLACE})),
    "sources": _list(_object(_SOURCE, optional=[name for name in _SOURCE if name != "id"])),
    "searches": _list(
        _object(
            {
                "id": _TEXT,
                "date": _TEXT,
                "nearest_address": _TEXT,
                **dict.fromkeys(("label", "looked_for", "where", "nearest", "settles"), _BOTH),
            }
        )
    ),
    "readings": _list(_object(dict.fromkeys(("unit", "first", "second", "settled"), _TEXT))),
    "doubtful": _list(_TEXT),
    "cell": _TEXT,
}
_ENTRY = {
    "id": _TEXT,
    "type": {"enum": ["question", "statement"]},
    "outcome": _OUTCOME,
    "digest": _DIGEST,
    "page": _TEXT,
    "file": _TEXT,
}

_RELEASE = _object({"version": _TEXT, "date": _TEXT})
_CHANGE = _object(
    {
        "since": _RELEASE,
        "until": {"oneOf": [_RELEASE, {"type": "null"}]},
        "changed": _list({"enum": [*ASPECTS, ADDED, DROPPED]}),
        "before": {"type": ["object", "null"]},
        "after": {"type": ["object", "null"]},
        "reason": _BOTH,
    }
)
"""What changed after a release; ``before`` and ``after`` have the values of the aspects that did."""
_HISTORY = {"history": _list(_CHANGE)}
_GONE = {"id": _TEXT, "last_release": _TEXT, "page": _TEXT, "file": _TEXT}
_DROPPED: Record = {
    "type": {"const": "dropped"},
    "id": {"type": "string", "pattern": "^[KQ]\\d+$"},
    "last_release": _RELEASE,
    "said": {"type": "object"},
    "reason": _BOTH,
}

SCHEMA: Record = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A question or a statement of the edition, or the list of all",
    "oneOf": [
        _object({**_HEAD, **_STATEMENT, "digest": _DIGEST, **_HISTORY}),
        _object({**_HEAD, **_QUESTION, "digest": _DIGEST, **_HISTORY}),
        _object({**_HEAD, **_DROPPED, **_HISTORY}),
        _object({**_HEAD, "claims": _list(_object(_ENTRY)), "dropped": _list(_object(_GONE))}),
    ],
}
"""The JSON Schema of the files in ``claims/``."""
