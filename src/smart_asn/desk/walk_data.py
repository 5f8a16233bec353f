"""What the page of the review walk is given: the questions with their cards, and its words in the edition's language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from smart_asn.cards import HOW_SENTENCES, SIGNS, css_name, locator, readings_line, rests_on, search_lines
from smart_asn.desk.dispute import dispute_text
from smart_asn.desk.frame import addressed
from smart_asn.desk.records import VERSION, Record
from smart_asn.desk.words import walk_words
from smart_asn.edition import Edition
from smart_asn.ledger import questions_about
from smart_asn.markup import html, sentence
from smart_asn.outcomes import MEANINGS, NO_FACT, OUTCOMES

PAGE = "review-walk"


def walk_data(
    edition: Edition,
    made: Mapping[str, Record],
    questions: Sequence[Mapping[str, Any]],
    cells: Mapping[str, str],
    build: str,
) -> dict[str, Any]:
    """Everything the walk shows. ``cells`` has the lines of each question's cell.

    Markup is made here, where whatever comes from the data is escaped; its links are addresses seen from the page.
    """
    speak = edition.language
    about = _regencies(edition, questions)
    return {
        "version": VERSION,
        "build": build,
        "language": speak.code,
        "outcomes": [
            {"name": o, "word": speak(o), "sign": SIGNS[o], "css": css_name(o), "meaning": speak(MEANINGS[o])}
            for o in OUTCOMES
            if o != NO_FACT
        ],
        "regencies": edition.data.regency_names,
        "words": walk_words(speak),
        "questions": [
            _question(
                edition, made[q["question"]], q, cells.get(q["question"], ""), about[q["question"]], build
            )
            for q in questions
        ],
    }


def _regencies(edition: Edition, questions: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The regencies that each question bears on, in its own chapter or by what was counted."""
    found: dict[str, list[str]] = {q["question"]: [] for q in questions}
    for q in questions:
        if q["chapter"].startswith("regencies/"):
            found[q["question"]].append(q["chapter"].removeprefix("regencies/"))
    for regency, asked in questions_about(edition.data, questions).items():
        for question in asked:
            found[question].append(regency)
    return found


def _question(
    edition: Edition,
    record: Record,
    result: Mapping[str, Any],
    cell: str,
    regencies: list[str],
    build: str,
) -> dict[str, Any]:
    speak, code = edition.language, edition.language.code
    facts: list[tuple[str, object]] = []
    if record["how"] == "read" and not record["searches"]:
        facts.append((speak("The two readings"), readings_line(edition, record["id"])))
    for search in result["searches"]:
        facts += search_lines(edition, search)
    rests = rests_on(edition, result)
    facts += [(speak("Rests on"), rests)] if rests else []
    if record["note"][code]:
        facts.append((speak("Note"), sentence(record["note"][code], code)))
    return {
        "id": record["id"],
        "digest": record["digest"],
        "outcome": record["outcome"],
        "kind": record["statements"][0]["kind"],
        "regencies": regencies,
        "asked": record["asked"][code],
        "observed": record["observed"][code],
        "how": speak(HOW_SENTENCES[record["how"]]),
        "facts": [[name, addressed(str(html(text)), PAGE)] for name, text in facts],
        "statements": [_statement(edition, s) for s in record["statements"]],
        "source": cell,
        "cell": record["cell"],
        "page": f"claims/{record['id'].lower()}.html",
        "dispute": dispute_text(record["id"], speak(record["outcome"]), build, speak),
    }


def _statement(edition: Edition, record: Record) -> dict[str, Any]:
    speak, place, code = edition.language, record["place"], edition.language.code
    where = locator(place["page"], place["first_line"], place["last_line"], speak)
    return {
        "id": record["id"],
        "text": record["statement"][code],
        "place": f"{edition.label('sections', record['section'])}, {where}",
        "anchor": place["anchor"],
        "credits": speak("credited to {work}", work=record["credits"]) if record["credits"] else "",
        "outcome": record["outcome"],
        "doubt": record["doubt"][code],
        "kindest": record["kindest"][code],
        "note": record["note"][code],
    }


def as_script(name: str, data: object) -> str:
    """Data as a script that gives it a name: a page that is opened as a file may load a script, and no other file."""
    return f"globalThis.{name} = {json.dumps(data, ensure_ascii=False)};\n"
