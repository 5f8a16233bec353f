"""Reviews that were saved from the review walk: read, checked, compared with the edition and with each other.

``book/_static/desk/agreement.js`` computes the same in the page; a test shows both equal.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd

from smart_asn.coding import agreement_of
from smart_asn.desk.records import HEX_DIGITS, VERSION, Record
from smart_asn.language import Language
from smart_asn.outcomes import NO_FACT, OUTCOMES

SCHEMA_FILE = "schemas/review.json"
"""Where the site has the schema, from its root."""

VERDICTS = ("agree", "disagree", "cannot tell")

_TEXT = {"type": "string"}
_OUTCOME = {"enum": [o for o in OUTCOMES if o != NO_FACT]}
_NUMBER = {"type": "string", "pattern": "^Q\\d+$"}
_DIGEST = {"type": "string", "pattern": f"^[0-9a-f]{{{HEX_DIGITS}}}$"}
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A review of the edition, as the review walk saves it",
    "type": "object",
    "required": ["version", "build", "language", "reviewer", "made", "sample", "judgements"],
    "additionalProperties": False,
    "properties": {
        "$schema": _TEXT,
        "version": {"const": VERSION},
        "build": _DIGEST,
        "language": _TEXT,
        "reviewer": _TEXT,
        "made": {"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}T"},
        "sample": {
            "type": "object",
            "required": ["filter", "size", "seed", "questions"],
            "additionalProperties": False,
            "properties": {
                "filter": _TEXT,
                "size": {"type": ["integer", "null"]},
                "seed": {"type": ["string", "null"]},
                "questions": {"type": "array", "items": _NUMBER},
            },
        },
        "judgements": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["question", "digest", "verdict", "outcome", "edition", "blind", "note"],
                "additionalProperties": False,
                "properties": {
                    "question": _NUMBER,
                    "digest": _DIGEST,
                    "verdict": {"enum": list(VERDICTS)},
                    "outcome": {"anyOf": [_OUTCOME, {"type": "null"}]},
                    "edition": _OUTCOME,
                    "blind": {"type": "boolean"},
                    "note": _TEXT,
                },
            },
        },
    },
}
"""The JSON Schema of a saved review."""


class ReviewError(Exception):
    """A file that is no saved review: which one and why."""


def read_review(path: Path) -> dict[str, Any]:
    """A saved review.

    Raises
    ------
    ReviewError
        for a file that cannot be read or is not as ``SCHEMA`` describes it.
    """
    import jsonschema

    try:
        review = json.loads(path.read_text("utf-8"))
        jsonschema.validate(review, SCHEMA)
    except (OSError, ValueError) as error:
        raise ReviewError(f"{path}: not a readable review ({error})") from error
    except jsonschema.ValidationError as error:
        raise ReviewError(f"{path}: not a review of version {VERSION}: {error.message}") from error
    return review


def hashed(text: str) -> int:
    """A number from 0 to 2**32 - 1 for a text: FNV-1a, mixed as MurmurHash3 ends."""
    whole, value = 0xFFFFFFFF, 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & whole
    value = (value ^ value >> 16) * 0x85EBCA6B & whole
    value = (value ^ value >> 13) * 0xC2B2AE35 & whole
    return value ^ value >> 16


def sample(ids: Iterable[str], size: int, seed: str) -> list[str]:
    """So many of the ids, drawn with a seed, in the order of the draw."""
    return sorted(ids, key=lambda i: (hashed(f"{seed} {i}"), i))[:size]


@dataclass(frozen=True)
class Agreement:
    """Agreement of two raters: on how many units, the share agreed, Cohen's kappa; None of no units."""

    units: int
    raw: float | None
    kappa: float | None


@dataclass(frozen=True)
class Comparison:
    """What reviews come to.

    ``edition`` has each reviewer's agreement with the edition; ``between`` that of each two, by their places;
    ``alpha`` Krippendorff's over all reviewers, None for one or where nothing can be paired; ``changed`` the questions
    of each that have changed since; ``rows`` each question with the edition's outcome and theirs.
    """

    edition: tuple[Agreement, ...]
    between: tuple[tuple[int, int, Agreement], ...]
    alpha: float | None
    changed: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, str, tuple[str | None, ...]], ...]


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """Agreement on pairs of categories."""
    if not pairs:
        return Agreement(0, None, None)
    one, two = (
        pd.DataFrame({"unit": range(len(pairs)), "says": [pair[n] for pair in pairs]}) for n in (0, 1)
    )
    found = agreement_of(one, two, ["unit"], "says")
    return Agreement(len(pairs), found["raw"], found["kappa"])


def alpha(given: Sequence[Mapping[str, str]]) -> float | None:
    """Krippendorff's alpha, nominal, over what reviewers gave, each by question; None where nothing can be paired."""
    import krippendorff

    units = sorted({question for answers in given for question in answers})
    paired = [[answers[q] for answers in given if q in answers] for q in units]
    paired = [values for values in paired if len(values) > 1]
    if not paired:
        return None
    if len({value for values in paired for value in values}) < 2:
        return 1.0
    categories = {name: number for number, name in enumerate(OUTCOMES)}
    table = [[categories[a[q]] if q in a else float("nan") for q in units] for a in given]
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))


def compare(reviews: Sequence[Mapping[str, Any]], made: Mapping[str, Record]) -> Comparison:
    """Compare reviews with the edition and with each other; questions that have changed since are left out."""
    given, changed = [], []
    for review in reviews:
        answers, gone = {}, []
        for judgement in review["judgements"]:
            record = made.get(judgement["question"])
            if record is None or record["digest"] != judgement["digest"]:
                gone.append(judgement["question"])
            elif judgement["outcome"]:
                answers[judgement["question"]] = judgement["outcome"]
        given.append(answers)
        changed.append(tuple(gone))
    between = []
    for (one, first), (two, second) in combinations(enumerate(given), 2):
        both = [q for q in first if q in second]
        between.append((one, two, agreement([(first[q], second[q]) for q in both])))
    questions = [n for n, record in made.items() if record["type"] == "question"]
    rows = [
        (q, made[q]["outcome"], tuple(answers.get(q) for answers in given))
        for q in questions
        if any(q in answers for answers in given)
    ]
    return Comparison(
        edition=tuple(
            agreement([(made[q]["outcome"], outcome) for q, outcome in answers.items()]) for answers in given
        ),
        between=tuple(between),
        alpha=alpha(given) if len(given) > 1 else None,
        changed=tuple(changed),
        rows=tuple(rows),
    )


def report(
    reviews: Sequence[Mapping[str, Any]], made: Mapping[str, Record], build: str, speak: Language
) -> Iterator[str]:
    """The comparison in lines of text."""
    names = [
        r["reviewer"] or speak("unnamed reviewer {number}", number=n) for n, r in enumerate(reviews, start=1)
    ]
    found = compare(reviews, made)
    for name, review, changed in zip(names, reviews, found.changed, strict=True):
        if review["build"] != build:
            listed = ", ".join(changed) or speak("none")
            yield speak(
                "{reviewer}: made with another build ({build}); changed since, and left out: {list}.",
                reviewer=name,
                build=review["build"],
                list=listed,
            )
    yield speak("With the edition")
    for name, result in zip(names, found.edition, strict=True):
        yield f"  {name}: {_in_words(result, speak)}"
    if len(reviews) > 1:
        yield speak("Between reviewers")
        for one, two, result in found.between:
            yield f"  {names[one]} – {names[two]}: {_in_words(result, speak)}"
        yield speak(
            "Krippendorff’s alpha (nominal), {count} reviewers: {alpha}",
            count=len(reviews),
            alpha=_decimal(found.alpha, speak),
        )
    yield speak("Question by question")
    for question, edition, given in found.rows:
        answers = "; ".join(
            f"{name}: {speak(outcome)}" for name, outcome in zip(names, given, strict=True) if outcome
        )
        differs = any(outcome not in (None, edition) for outcome in given)
        yield f"{'*' if differs else ' '} {question}  {speak(edition)}  |  {answers}"


def _in_words(result: Agreement, speak: Language) -> str:
    return speak(
        "{units} compared, agreement {raw}, Cohen’s kappa {kappa}",
        units=result.units,
        raw=_decimal(result.raw, speak),
        kappa=_decimal(result.kappa, speak),
    )


def _decimal(value: float | None, speak: Language) -> str:
    return "–" if value is None else speak.number(value, 3)
