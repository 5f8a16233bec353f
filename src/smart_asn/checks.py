"""Answer a question: observe, give each of its statements its outcome, read the doubtful things the other way."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from smart_asn.coding import Cell, doubtful_cells, flipped, stated_cells
from smart_asn.data import Data
from smart_asn.language import LANGUAGES, Language
from smart_asn.observations import Coded, Observation
from smart_asn.outcomes import Seen, Standing, outcome, standing

LIST = re.compile(r"\s*[:(–] ?\{(?:names|others|values)\}\)?")
"""The part of a sentence that lists names; left out where there is none."""


SERIES = {"hci": "World Bank, Human Capital Index", "egdi": "United Nations, UN E-Government Survey"}
"""The public series, by the beginning of their sources' names."""


@dataclass(frozen=True)
class CheckedStatement:
    """A statement with its outcome. ``stands_text`` is by language, empty where nothing is doubtful."""

    claim: str
    scope: str
    asserted: str
    outcome: str
    stands: bool
    stands_text: Mapping[str, str]


@dataclass(frozen=True)
class CheckedQuestion:
    """A question with what was observed and the outcomes of its statements. ``observed`` is by language."""

    question: str
    how: str
    observed: Mapping[str, str]
    value: float | str | bool | None
    total: int
    statements: tuple[CheckedStatement, ...]
    members: tuple[str, ...]
    evidence: tuple[str, ...]
    passages: tuple[str, ...]
    sources: tuple[str, ...]
    searches: tuple[str, ...]
    doubtful: tuple[str, ...]

    def record(self) -> dict[str, Any]:
        """The question as a JSON object: the same in every edition."""
        return asdict(self)


def judge(data: Data, question: str, observed: Coded | Observation) -> CheckedQuestion:
    """The outcomes of all statements that a question of ``data/questions.csv`` bears on, given what was observed.

    Raises
    ------
    KeyError
        for an unknown question.
    ValueError, TypeError
        for an observation that a statement's scope cannot weigh; the message names question and statement.
    """
    row = data.row("questions", question)
    statements = data.part("claims", "question", question, "claim", "scope", "asserted")
    doubts: frozenset[tuple[str, ...]]
    if isinstance(observed, Coded):
        coded = observed
        evidence, decisions = looked_at(data, coded)
        cells = stated_cells(evidence)
        rows = evidence.groupby(["regency", "code"])["evidence"].agg(tuple).to_dict()
        observation = coded.observe(cells, rows.__getitem__)
        doubts = coded.cells & doubtful_cells(evidence, decisions) | {(m,) for m in coded.doubtful}

        def seen(flips: Collection[tuple[str, ...]]) -> Seen:
            turned = [(flip[0], flip[1]) for flip in flips if len(flip) == 2]
            members = set(coded.members(flipped(cells, turned)))
            return Seen(len(members ^ {flip[0] for flip in flips if len(flip) == 1}), len(coded.universe))
    else:
        observation = observed
        doubts = frozenset(observation.doubtful)

        def seen(flips: Collection[tuple[str, ...]]) -> Seen:
            return observation.seen(flips)

    languages = {code: Language(code) for code in LANGUAGES}
    checked = []
    for claim, scope, asserted in statements.itertuples(index=False, name=None):
        try:
            decided = outcome(scope, asserted, seen(()))
            stands = standing(lambda flips: outcome(scope, asserted, seen(flips)), doubts)  # noqa: B023
        except (TypeError, ValueError) as error:
            raise type(error)(f"question {question}, statement {claim}: {error}") from None
        words = {
            code: describe_standing(data, observation, stands, speak) for code, speak in languages.items()
        }
        checked.append(CheckedStatement(claim, scope, asserted, decided, stands.stands, words))
    searched = observation.kind == "search"
    others = tuple(s for s in observation.sources if not s[1:].isdigit())
    return CheckedQuestion(
        question=question,
        how=row["how"],
        observed={code: describe(data, row, observation, speak) for code, speak in languages.items()},
        value=observation.value,
        total=len(observation.universe) if observation.counts else 0,
        statements=tuple(checked),
        members=observation.members if observation.kind == "regency" else (),
        evidence=tuple(s for s in observation.sources if s[0] == "E" and s[1:].isdigit()),
        passages=tuple(s for s in observation.sources if s[0] == "P" and s[1:].isdigit()),
        sources=() if searched else others,
        searches=others if searched else (),
        doubtful=tuple(
            dict.fromkeys(" ".join(d if isinstance(observed, Coded) else d[:1]) for d in sorted(doubts))
        ),
    )


def looked_at(data: Data, observed: Coded) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of the evidence and of the decisions on the measures (or the regency) that a set is counted from."""
    by, place = ("code", 1) if observed.kind == "regency" else ("regency", 0)
    keys = sorted({cell[place] for cell in observed.cells})
    columns = {"evidence": ["evidence", "regency", "code", "doubtful"], "decisions": ["regency", "code"]}
    found = [
        pd.concat([pd.DataFrame(columns=names), *(data.part(table, by, key, *names) for key in keys)])
        for table, names in columns.items()
    ]
    return found[0], found[1]


def describe(data: Data, question: pd.Series, seen: Observation, speak: Language) -> str:
    """The sentence of what was observed: the question's own, with what was computed put in.

    Its places are ``{count}``, ``{total}``, ``{names}``, ``{others}`` (what was counted, and what was not),
    ``{value}``, ``{values}``, ``{first}``, ``{second}``, ``{period}``, ``{source}`` and ``{search}``.
    """
    template = question[f"observed_{speak.code}"]
    if seen.value is None and seen.kind in ("value", "comparison"):
        return speak("The article gives nothing to observe here.")
    labels = _labels(data, seen, speak)
    named = [labels.get(m, m) for m in seen.members]
    others = [labels.get(m, m) for m in seen.universe if m not in seen.members] if seen.counts else []
    if "{count}" in template:  # which says that there is none
        gone = [
            place for place, words in (("names", named), ("values", named), ("others", others)) if not words
        ]
        template = _without(template, *gone)
    pair = [*seen.universe, "", ""] if seen.kind == "comparison" else ["", ""]
    none = speak("none")
    values = {
        "count": speak.count(seen.value) if seen.counts else "",
        "total": speak.count(len(seen.universe)),
        "names": speak.listing(named) or none,
        "others": speak.listing(others) or none,
        "values": speak.listing([f"“{n}”" for n in named]) or none,
        "value": _value(seen.value, speak),
        "first": speak.value(pair[0]) if pair[0] else "",
        "second": speak.value(pair[1]) if pair[1] else "",
        "period": speak.date(seen.period) if seen.period else "",
        "source": "",
        "search": "",
    }
    if "{source}" in template:
        latest = seen.sources[:1] if seen.earlier is not None else seen.sources
        values["source"] = _title(data, "sources", latest, "title", speak)
    if "{search}" in template:
        values["search"] = _title(data, "searches", seen.sources, "label", speak)
    try:
        text: str = template.format(**values)
    except (KeyError, IndexError, ValueError) as error:
        raise ValueError(
            f"question {question['question']}, observed_{speak.code}: {error} is not a place that can be filled"
        ) from None
    return text[:1].upper() + text[1:]


def _without(template: str, *places: str) -> str:
    return LIST.sub(lambda found: "" if any(p in found[0] for p in places) else found[0], template)


def _value(value: object, speak: Language) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int) and 0 <= value <= 10:
        return speak.count(value)
    if isinstance(value, float) and abs(value) < 1:
        return speak.number(round(value, 3))
    return speak.value(value)


def _labels(data: Data, seen: Observation, speak: Language) -> Mapping[str, str]:
    if seen.kind == "regency":
        return data.regency_names
    if seen.kind in ("measure", "section"):
        return data.labels("codebook" if seen.kind == "measure" else "sections", speak.code)
    return {key: words[LANGUAGES.index(speak.code)] for key, words in seen.names.items()}


def _title(data: Data, table: str, sources: tuple[str, ...], column: str, speak: Language) -> str:
    titles = []
    for source in sources:
        rows = data.rows(table, data.key(table), source)
        series = source.split("-")[0]
        if not rows.empty:
            titles.append(rows.iloc[0][f"{column}_{speak.code}"])
        elif series in SERIES:
            titles.append(speak(SERIES[series]))
    return speak.listing(list(dict.fromkeys(titles)))


def cell_name(data: Data, cell: Cell, speak: Language) -> str:
    """A cell in words: the regency and the measure's code and label."""
    return f"{data.regency_names[cell[0]]} {cell[1]} ({data.labels('codebook', speak.code)[cell[1]]})"


def describe_standing(data: Data, seen: Observation, stands: Standing, speak: Language) -> str:
    """Whether an outcome stands, in words: which doubtful things would change it to what; empty without a doubt."""
    if stands.readings == 1:
        return ""
    if stands.stands:
        return speak("The outcome stays the same however the doubtful places are read.")
    labels = _labels(data, seen, speak)

    def name(thing: tuple[str, ...]) -> str:
        if len(thing) == 2 and seen.kind in ("regency", "measure"):
            return cell_name(data, (thing[0], thing[1]), speak)
        return labels.get(thing[0], thing[0])

    parts = [
        speak(
            "would be {outcome} if {things} were read the other way",
            outcome=speak(other),
            things=speak.listing([name(t) for t in flips]),
        )
        for other, flips in stands.otherwise
    ]
    return speak("The outcome {changes}.", changes="; ".join(parts))
