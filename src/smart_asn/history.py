"""What changed between one release and the next, and since the last: in outcome, observation, anchor, rule or wording.

The ledger of each release is kept (``releases``); the present one is gathered from the executed notebooks. Why something
changed is what a human says, in ``data/releases/changes.csv``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from smart_asn.data import Data
from smart_asn.language import LANGUAGES
from smart_asn.ledger import published
from smart_asn.releases import Entry, Release, from_text, path_of

OUTCOME, OBSERVATION, ANCHOR, RULE, WORDING = "outcome", "observation", "anchor", "rule", "wording"
ADDED, DROPPED = "added", "dropped"

ASPECTS = {
    OUTCOME: ("outcome", "stands"),
    OBSERVATION: ("observed_en", "observed_id"),
    ANCHOR: ("page", "first_line", "last_line", "anchor"),
    RULE: ("kind", "question", "scope", "asserted", "how", "asked_en", "asked_id", "statements"),
    WORDING: ("statement_en", "statement_id"),
}
"""In what a statement or a question can change, and the names of what is compared."""


@dataclass(frozen=True)
class Change:
    """What changed in one statement or question: in which aspects, what it was and is, and why, by language.

    ``before`` is None for one that was added, ``after`` for one that was dropped; ``reason`` is empty where none is given.
    """

    number: str
    aspects: tuple[str, ...]
    before: Entry | None
    after: Entry | None
    reason: Mapping[str, str]


@dataclass(frozen=True)
class Step:
    """From a release to the next, or to this build (``until`` is then None): all that changed, questions first."""

    since: Release
    until: Release | None
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Tombstone:
    """A statement or question that was dropped: the last release that had it, what that said, and why it went."""

    number: str
    last: Release
    entry: Entry
    reason: Mapping[str, str]


def entries(data: Data, questions: list[dict[str, Any]]) -> dict[str, Entry]:
    """What the present ledger says of every statement and question, in the form that releases keep."""
    ledger = published(data, questions)
    asked = {q["question"]: q for q in ledger["questions"]}
    both = [f"{name}_{code}" for name in ("asked", "observed") for code in LANGUAGES]
    same = ("section", "page", "first_line", "last_line", "anchor", "statement_en", "statement_id", "kind")
    made: dict[str, Entry] = {}
    for claim in ledger["claims"]:
        question = asked.get(claim["question"], {})
        made[claim["claim"]] = {
            **{name: claim[name] for name in (*same, "question", "scope", "asserted")},
            **{name: question.get(name, "") for name in ("how", *both)},
            **{name: claim[name] for name in ("outcome", "stands")},
        }
    for number, question in asked.items():
        made[number] = {
            **{name: question[name] for name in ("chapter", "how", *both)},
            "statements": list(question["claims"]),
            "outcome": question["outcome"],
        }
    return made


def compare(
    before: Mapping[str, Entry],
    after: Mapping[str, Entry],
    reasons: Mapping[str, Mapping[str, str]],
) -> tuple[Change, ...]:
    """What changed from one ledger to another; ``reasons`` has why, by number."""
    found = []
    for number in sorted(before.keys() | after.keys(), key=_order):
        old, new = before.get(number), after.get(number)
        aspects: tuple[str, ...]
        if old is None or new is None:
            aspects = (ADDED,) if old is None else (DROPPED,)
        else:
            aspects = tuple(
                aspect for aspect, names in ASPECTS.items() if any(old.get(n) != new.get(n) for n in names)
            )
        if aspects:
            reason = reasons.get(number, dict.fromkeys(LANGUAGES, ""))
            found.append(Change(number, aspects, old, new, reason))
    return tuple(found)


def _order(number: str) -> tuple[bool, int]:
    return number.startswith("K"), int(number[1:])


def read_releases(data: Data) -> list[Release]:
    """The releases that were made, the first one first."""
    return [
        from_text(data.file(path_of(version))) for version in data.columns("releases", "version")["version"]
    ]


def history(data: Data, questions: list[dict[str, Any]]) -> list[Step]:
    """From the first release to this build, a step for each release; none where no release has been made."""
    releases = read_releases(data)
    if not releases:
        return []
    reasons: dict[str, dict[str, dict[str, str]]] = {release.version: {} for release in releases}
    for row in data.changes.itertuples():
        reasons[row.since][row.number] = {"en": row.reason_en, "id": row.reason_id}
    now = entries(data, questions)
    following: list[Release | None] = [*releases[1:], None]
    return [
        Step(since, until, compare(since.entries, until.entries if until else now, reasons[since.version]))
        for since, until in zip(releases, following, strict=True)
    ]


def changes_of(steps: Iterable[Step], number: str) -> list[tuple[Step, Change]]:
    """What changed in one statement or question, the first change first."""
    return [(step, change) for step in steps for change in step.changes if change.number == number]


def first_release(steps: Iterable[Step], number: str) -> Release | None:
    """The first release that has a statement or question; None where no release has it."""
    return next((step.since for step in steps if number in step.since.entries), None)


def tombstones(steps: Iterable[Step]) -> dict[str, Tombstone]:
    """The statements and questions that a release had and that are there no more, by number."""
    gone: dict[str, Tombstone] = {}
    for step in steps:
        for change in step.changes:
            if change.before is not None and change.after is None:
                gone[change.number] = Tombstone(change.number, step.since, change.before, change.reason)
            else:
                gone.pop(change.number, None)
    return dict(sorted(gone.items(), key=lambda item: _order(item[0])))


def unexplained(data: Data, steps: Iterable[Step]) -> list[str]:
    """What a release would leave unsaid, a line each: changes without a reason, and reasons for what did not change."""
    found = []
    steps = list(steps)
    for step in steps:
        found += [
            f"data/releases/changes.csv: no reason for {change.number} ({', '.join(change.aspects)}) since "
            f"{step.since.version}; expected a row with {step.since.version}, {change.number} and the reason in both "
            "languages."
            for change in step.changes
            if not all(change.reason.values())
        ]
    changed = {(step.since.version, change.number) for step in steps for change in step.changes}
    found += [
        f"data/releases/changes.csv, row {place}: a reason for {row.number} since {row.since}, which did not change; "
        "expected only what did."
        for place, row in enumerate(data.changes.itertuples(), start=2)
        if (row.since, row.number) not in changed
    ]
    return found
