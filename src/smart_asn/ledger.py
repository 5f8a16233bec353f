"""The ledger: every outcome, gathered from the executed notebooks, and the links that hang on it."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from smart_asn.chapters import CHECK, LAST_CHECKS, Page, pages
from smart_asn.data import Data, digest
from smart_asn.language import LANGUAGES, Language
from smart_asn.outcomes import NO_FACT, SCORED

VERSION = "1"
"""The version of the ledger's form, as its JSON Schema describes it."""


class LedgerError(Exception):
    """Questions and cells that do not match one to one; holds every mismatch."""

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__(
            "The ledger and the notebooks do not match:\n" + "\n".join(f"  {p}" for p in problems)
        )


class ChapterNeededError(FileNotFoundError):
    """A chapter that another is built from was not executed, or on other data; a notebook shows the sentence alone."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@dataclass(frozen=True)
class Kept:
    """What chapters left when they were executed, as long as the data they looked at is still the same."""

    data: Data
    language: str

    @cached_property
    def _now(self) -> tuple[str, Data]:
        """The seal over the data as it is, and the data to look at, unnoticed by who notes what a chapter reads."""
        return digest(self.data.folder), replace(self.data, reads=set())

    def checks(self, page: Page) -> Any:
        """A chapter's checks; ChapterNeededError where it has to be executed first."""
        return self._read(page, page.checks(self.language))

    def results(self, page: Page) -> Any:
        """A chapter's other results; ChapterNeededError where it has to be executed first."""
        return self._read(page, page.results(self.language))

    def _read(self, page: Page, path: Path) -> Any:
        if not path.exists():
            raise ChapterNeededError(
                f"{page.slug} has not been executed yet: run `make notebooks`, then this notebook again."
            )
        changed = self._changed(page)
        if changed:
            raise ChapterNeededError(
                f"{page.slug} was executed on other data than data/ holds now ({', '.join(changed)}): run "
                "`make notebooks`, then this notebook again."
            )
        return json.loads(path.read_text("utf-8"))

    def _changed(self, page: Page) -> list[str]:
        path = page.seals(self.language)
        seals = json.loads(path.read_text("utf-8")) if path.exists() else {}
        now, data = self._now
        if not seals or seals["data"] == now:
            return []
        return sorted({look[1] for look, seal in seals["looks"] if data.seal(tuple(look)) != seal})


def recorded_regencies(data: Data, language: str) -> dict[str, dict[str, Any]]:
    """What each regency's executed notebook recorded, by regency."""
    kept = Kept(data, language)
    return {
        p.parameters["regency"]: kept.results(p)
        for p in pages(data.regency_names)
        if "regency" in p.parameters
    }


def gather(data: Data, language: str, before: str = "") -> list[dict[str, Any]]:
    """Every checked question in the order of ``questions.csv``, from the executed notebooks of one edition.

    Each is the question's record with ``chapter``, the page that checks it. ``before`` names a chapter: only the
    stages before its own are gathered, and questions that are still to be checked are no error.

    Raises
    ------
    LedgerError
        for a question without a cell, a cell without a question, one that is asked twice or in another chapter.
    """
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    problems = []
    chapters, kept = pages(data.regency_names), Kept(data, language)
    last = next(p.stage for p in chapters if p.slug == before) - 1 if before else LAST_CHECKS
    for page in chapters:
        if page.stage > last:
            continue
        for source, entry in kept.checks(page):
            question = entry["question"]
            named = CHECK.search(source)
            if named is None or named[1] != question:
                problems.append(
                    f'{page.slug}: a cell records {question} without a plain check("{question}", ...)'
                )
            found[question].append(entry | {"chapter": page.chapter})
    home = dict(data.columns("questions", "question", "chapter").itertuples(index=False, name=None))
    for question, chapter in home.items():
        cells = found.get(question, [])
        if not cells and not before:
            problems.append(f"{question}: no notebook cell checks this question of data/questions.csv")
        if len(cells) > 1:
            places = ", ".join(c["chapter"] for c in cells)
            problems.append(f"{question}: checked {len(cells)} times, in {places}")
        problems += [
            f"{question}: checked in {c['chapter']}, but data/questions.csv has the chapter {chapter}"
            for c in cells
            if c["chapter"] != chapter
        ]
    problems += [
        f"{question}: checked in {cells[0]['chapter']}, but not a question of data/questions.csv"
        for question, cells in found.items()
        if question not in home
    ]
    if problems:
        raise LedgerError(problems)
    return [found[q][0] for q in home if q in found]


def main_outcome(result: Mapping[str, Any]) -> str:
    """The outcome under which a question is listed and counted: that of its first statement in reading order."""
    outcome: str = result["statements"][0]["outcome"]
    return outcome


def question_frame(data: Data, questions: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The checked questions as a table.

    Returns
    -------
    A row each: ``question``, ``outcome`` (of its first statement), ``kind``, ``section``, ``how``, ``statements`` (their
    number), ``stands`` (whether all its outcomes do).
    """
    rows = data.claims.set_index("claim")
    entries = []
    for entry in questions:
        first = rows.loc[entry["statements"][0]["claim"]]
        entries.append(
            {
                "question": entry["question"],
                "outcome": main_outcome(entry),
                "kind": first["kind"],
                "section": first["section"],
                "how": entry["how"],
                "statements": len(entry["statements"]),
                "stands": all(s["stands"] for s in entry["statements"]),
            }
        )
    columns = ["question", "outcome", "kind", "section", "how", "statements", "stands"]
    return pd.DataFrame(entries, columns=columns)


def by_statement(questions: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Each checked statement by its number, with its question and the chapter that checks it."""
    return {
        s["claim"]: {**s, "question": q["question"], "chapter": q.get("chapter", "")}
        for q in questions
        for s in q["statements"]
    }


def published(data: Data, questions: list[dict[str, Any]], language: str = "en") -> dict[str, Any]:
    """The ledger as it is published: every statement under ``claims``, every question under ``questions``.

    A statement's ``outcome`` is the English word of the table of outcomes; ``scored`` says whether it counts.
    ``cell`` is the address of the card, in the edition of ``language``.
    """
    speak, checked = Language(language), by_statement(questions)
    claims = []
    for row in data.claims.itertuples():
        entry = checked.get(row.claim)
        outcome = entry["outcome"] if entry else NO_FACT
        texts = {code: entry["stands_text"][code] if entry else "" for code in LANGUAGES}
        claims.append(
            {
                "claim": row.claim,
                "section": row.section,
                "page": int(row.page),
                "first_line": int(row.first_line),
                "last_line": int(row.last_line),
                "anchor": row.anchor,
                "statement_en": row.statement_en,
                "statement_id": row.statement_id,
                "printed": row.printed,
                "credits": row.credits,
                "kind": row.kind,
                "question": row.question,
                "scope": row.scope,
                "asserted": row.asserted,
                "outcome": outcome,
                "outcome_word": speak(outcome),
                "scored": outcome in SCORED,
                "stands": entry["stands"] if entry else True,
                "doubt_en": texts["en"],
                "doubt_id": texts["id"],
                "kindest_en": row.kindest_en,
                "kindest_id": row.kindest_id,
                "note_en": row.note_en,
                "note_id": row.note_id,
                "cell": f"{language}/{entry['chapter']}.html#{row.claim.lower()}" if entry else "",
            }
        )
    asked = data.questions.set_index("question")
    entries = [
        {
            "question": q["question"],
            "chapter": q["chapter"],
            "asked_en": asked.loc[q["question"], "asked_en"],
            "asked_id": asked.loc[q["question"], "asked_id"],
            "how": q["how"],
            "observed_en": q["observed"]["en"],
            "observed_id": q["observed"]["id"],
            "claims": [s["claim"] for s in q["statements"]],
            "outcome": q["statements"][0]["outcome"],
            "outcome_word": speak(q["statements"][0]["outcome"]),
            "scored": q["statements"][0]["outcome"] in SCORED,
            "evidence": list(q["evidence"]),
            "passages": list(q["passages"]),
            "sources": list(q["sources"]),
            "searches": list(q["searches"]),
            "doubtful": list(q["doubtful"]),
            "cell": f"{language}/{q['chapter']}.html#{q['question'].lower()}",
        }
        for q in questions
    ]
    return {"version": VERSION, "language": language, "claims": claims, "questions": entries}


def as_json(ledger: Mapping[str, Any]) -> str:
    """The ledger as JSON: an object with a list of claims and a list of questions."""
    return json.dumps(ledger, indent=1, ensure_ascii=False) + "\n"


def as_csv(entries: list[dict[str, Any]]) -> str:
    """A list of the ledger as CSV: a row for each entry; ids in a cell are separated by spaces."""
    target = io.StringIO()
    writer = csv.DictWriter(target, fieldnames=list(entries[0]), lineterminator="\n")
    writer.writeheader()
    for entry in entries:
        flat = {
            k: " ".join(v) if isinstance(v, list) else str(v).lower() if isinstance(v, bool) else v
            for k, v in entry.items()
        }
        writer.writerow(flat)
    return target.getvalue()


def backlinks(questions: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """For each evidence row, passage, public source and search: the questions that rest on it."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in questions:
        for source in (*entry["evidence"], *entry["passages"], *entry["sources"], *entry["searches"]):
            found[source].append(entry["question"])
    return dict(found)


def questions_about(data: Data, questions: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """For each regency: the questions that bear on it, by who was counted or by their evidence.

    Questions asked in the regency's own chapter stand there already and are left out.
    """
    owner = dict(data.columns("evidence", "evidence", "regency").itertuples(index=False, name=None))
    found: dict[str, list[str]] = {r: [] for r in data.regency_names}
    for entry in questions:
        regencies = {owner[e] for e in entry["evidence"]} | set(entry["members"])
        for regency in found:
            if regency in regencies and entry["chapter"] != f"regencies/{regency}":
                found[regency].append(entry["question"])
    return found


QUESTION = "under a question"
TOLD = "told, not a question of fact"
BLANK = "blank"


def line_states(data: Data) -> pd.DataFrame:
    """What becomes of each line of the article.

    What stands there comes first (``heading``, ``running head``, ``unreadable``, ``blank``), then whether a question
    bears on a statement that the line belongs to, then whether it is told without being a question of fact.

    Returns
    -------
    A row for each line of the scan: ``line`` and ``state``; the state is empty where a line was forgotten.
    """
    states: dict[int, str] = {}
    spans = [(row.first_line, row.last_line, row.state) for row in data.lines.itertuples()]
    spans += [(row.first_line, row.last_line, BLANK) for row in data.blank.itertuples()]
    claims = data.claims
    spans += [
        (row.first_line, row.last_line, QUESTION) for row in claims[claims["question"] != ""].itertuples()
    ]
    spans += [(row.first_line, row.last_line, TOLD) for row in claims[claims["question"] == ""].itertuples()]
    for first, last, state in spans:
        for line in range(first, last + 1):
            states.setdefault(line, state)
    lines = range(1, int(data.pages["last_line"].max()) + 1)
    return pd.DataFrame({"line": lines, "state": [states.get(line, "") for line in lines]})


MARKS = "marks.json"
"""Beside the staged chapters: what the marks in their prose show and where they lead."""


def marks(
    data: Data, questions: Iterable[Mapping[str, Any]], language: Language
) -> dict[str, dict[str, str]]:
    """For each checked statement what its mark in the prose shows: outcome, its word, the statement, the chapter."""
    statements = data.claims.set_index("claim")[f"statement_{language.code}"]
    return {
        claim: {
            "outcome": entry["outcome"],
            "word": language(entry["outcome"]),
            "statement": statements[claim],
            "chapter": entry["chapter"],
        }
        for claim, entry in by_statement(questions).items()
    }
