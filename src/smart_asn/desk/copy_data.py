"""What the page of the reader's own copy is given: every anchor with its card's line, and the page's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smart_asn.cards import SIGNS, css_name
from smart_asn.desk.matching import Anchor
from smart_asn.desk.records import Record
from smart_asn.desk.verify import LEAST_LETTERS, MOST_PAGES, anchors
from smart_asn.desk.words import copy_words
from smart_asn.edition import Edition

MARKS = {
    "evidence": "▪",
    "passages": "▫",
    "errata": "!",
    "prisma_p": "·",
    "grand_design": "·",
    "printed_figures": "·",
}
"""The sign of an anchor that has no outcome."""


def copy_data(edition: Edition, made: Mapping[str, Record], build: str) -> dict[str, Any]:
    """Everything the page shows of the edition; the copy itself is the reader's."""
    speak = edition.language
    tables = {
        "claims": speak("statements"),
        "evidence": speak("places of evidence"),
        "passages": speak("passages"),
        "errata": speak("slips"),
        "prisma_p": speak("items of the reporting checklist"),
        "grand_design": speak("expectations of the Grand Design"),
        "printed_figures": speak("printed figures"),
    }
    return {
        "build": build,
        "language": speak.code,
        "lastLine": int(edition.data.pages["last_line"].max()),
        "mostPages": MOST_PAGES,
        "leastLetters": LEAST_LETTERS,
        "tables": tables,
        "words": copy_words(speak),
        "places": [_place(edition, anchor, made) for anchor in anchors(edition.data)],
    }


def _place(edition: Edition, anchor: Anchor, made: Mapping[str, Record]) -> dict[str, Any]:
    speak = edition.language
    facts: dict[str, Any] = {
        "id": anchor.id,
        "table": anchor.table,
        "page": anchor.page,
        "line": anchor.line,
        "words": anchor.words,
        "sign": MARKS.get(anchor.table, ""),
        "css": "other",
    }
    if anchor.table == "claims":
        record = made[anchor.id]
        outcome = record["outcome"]
        facts |= {"sign": SIGNS[outcome], "css": css_name(outcome), "outcome": speak(outcome)}
        return facts | {"text": record["statement"][speak.code], "link": f"claims/{anchor.id.lower()}.html"}
    return facts | {"text": _text(edition, anchor), "link": _link(edition, anchor)}


def _text(edition: Edition, anchor: Anchor) -> str:
    """What a row that is no statement says of its place, in a line."""
    data, row = edition.data, edition.data.row(anchor.table, anchor.id)
    if anchor.table == "evidence":
        return f"{data.regency_names[row['regency']]}: {edition.label('codebook', row['code'])}"
    if anchor.table == "passages":
        return edition.text(data.row("questions", row["question"]), "asked")
    if anchor.table == "printed_figures" and row["value"]:
        return f"{edition.text(row, 'label')}: {edition.language.value(row['value'])}"
    column = {"errata": "found", "grand_design": "expectation"}.get(anchor.table, "label")
    return edition.text(row, column)


def _link(edition: Edition, anchor: Anchor) -> str:
    """Where the edition shows the row; nothing where it stands in a table without places of its own."""
    key = anchor.id.lower()
    if anchor.table == "evidence":
        return f"regencies/{edition.data.row('evidence', anchor.id)['regency']}.html#{key}"
    return {"passages": f"passages.html#{key}", "errata": f"errata.html#{key}"}.get(anchor.table, "")
