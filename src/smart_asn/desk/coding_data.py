"""What the page for coding a regency yourself is given: measures, rules, both passes, and what hangs on each cell.

The questions that are counted from the coding are given as tables: for each member which cells it looks at and whether
it counts for each way these can be coded; for each statement the outcome of each count. So the page needs no rules of
its own, and a test compares it with Python on every single cell and on many codings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from smart_asn.cards import SIGNS, css_name, locator
from smart_asn.coding import Cell
from smart_asn.desk.check import cell_runner
from smart_asn.desk.words import coding_words
from smart_asn.edition import Edition
from smart_asn.observations import Coded
from smart_asn.outcomes import NO_FACT, OUTCOMES, Seen, outcome

COUNTED = "counted"


def counted_questions(
    edition: Edition, questions: Sequence[Mapping[str, Any]], cells: Mapping[str, str]
) -> dict[str, Coded]:
    """What each question that is counted from the coding observes, its cell run again."""
    if not cells:
        return {}
    found, run = {}, cell_runner(edition.language.code)
    for q in questions:
        if q["how"] == COUNTED and q["question"] in cells:
            seen = run(cells[q["question"]], q["chapter"])
            if isinstance(seen, Coded):
                found[q["question"]] = seen
    return found


def table_of(observed: Coded) -> list[dict[str, Any]]:
    """Each member with the cells it looks at, and whether it counts for each way they can be coded.

    The ways stand in the order of binary numbers, the first cell being the highest figure.
    """
    rows = []
    for member in observed.universe:
        own = sorted(c for c in observed.cells if member in c)
        counts = []
        for way in product((False, True), repeat=len(own)):
            stated: frozenset[Cell] = frozenset(c for c, present in zip(own, way, strict=True) if present)
            counts.append(bool(observed.test(member, stated)))
        rows.append({"cells": [list(c) for c in own], "counts": counts})
    return rows


def outcomes_by_count(scope: str, asserted: str, total: int) -> list[str]:
    """The outcome of a statement for each count from none to all."""
    return [outcome(scope, asserted, Seen(count, total)) for count in range(total + 1)]


def coding_data(
    edition: Edition, questions: Sequence[Mapping[str, Any]], cells: Mapping[str, str]
) -> dict[str, Any]:
    """Everything the page shows and computes with."""
    speak, data = edition.language, edition.data
    code = speak.code
    asked = data.questions.set_index("question")[f"asked_{code}"]
    observed = counted_questions(edition, questions, cells)
    entries = [
        {
            "id": q["question"],
            "asked": asked[q["question"]],
            "page": f"claims/{q['question'].lower()}.html",
            "members": table_of(observed[q["question"]]),
            "statements": [
                {
                    "id": s["claim"],
                    "outcomes": outcomes_by_count(
                        s["scope"], s["asserted"], len(observed[q["question"]].universe)
                    ),
                }
                for s in q["statements"]
            ],
        }
        for q in questions
        if q["question"] in observed
    ]
    return {
        "language": code,
        "words": coding_words(speak),
        "outcomes": {
            o: {"word": speak(o), "sign": SIGNS[o], "css": css_name(o)} for o in OUTCOMES if o != NO_FACT
        },
        "strategies": data.labels("strategies", code),
        "measures": [
            {
                "code": row["code"],
                "strategy": row["strategy"],
                "label": edition.text(row, "label"),
                "counts": edition.text(row, "counts_when"),
                "not": edition.text(row, "does_not_count"),
            }
            for _, row in data.codebook.iterrows()
        ],
        "regencies": {slug: _regency(edition, slug) for slug in data.regency_names},
        "stated": sorted(list(c) for c in edition.cells),
        "questions": entries,
    }


def _regency(edition: Edition, slug: str) -> dict[str, Any]:
    """A regency: where its section stands, how both passes coded it, where evidence stands, what was in doubt and why."""
    speak, data = edition.language, edition.data
    code = speak.code
    section = data.rows("sections", "section", slug)
    passes = [
        data.part(t, "regency", slug, "code", "present").query("present")["code"].tolist()
        for t in ("pass_1", "pass_2")
    ]
    evidence: dict[str, list[str]] = {}
    for row in data.rows("evidence", "regency", slug).to_dict("records"):
        where = locator(row["page"], row["scan_line"], row["scan_line"], speak)
        evidence.setdefault(row["code"], []).append(f"{row['evidence']}, {where}: “{row['anchor']}”")
    reasons = {
        row["code"]: row[f"reason_{code}"]
        for table in ("decisions", "settlements")
        for row in data.rows(table, "regency", slug).to_dict("records")
    }
    place = (
        locator_of(edition, int(section.iloc[0]["first_line"]), int(section.iloc[0]["last_line"]))
        if len(section)
        else ""
    )
    return {
        "name": data.regency_names[slug],
        "place": place,
        "passes": passes,
        "evidence": evidence,
        "reasons": reasons,
        "page": f"regencies/{slug}.html",
    }


def locator_of(edition: Edition, first: int, last: int) -> str:
    """Printed pages and lines of a section."""
    speak, pages = edition.language, edition.data.pages
    on = pages[(pages["first_line"] <= last) & (pages["last_line"] >= first)]["page"]
    return speak(
        "pp. {first_page}–{last_page}, lines {first}–{last}",
        first_page=on.min(),
        last_page=on.max(),
        first=first,
        last=last,
    )
