"""Check a claim: observe, judge, flip the doubtful cells, and keep all of it in one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import pandas as pd

from smart_asn.coding import Cell, doubtful_cells, flipped, stated_cells
from smart_asn.data import Data
from smart_asn.language import LANGUAGES, Language
from smart_asn.observations import Coded, Observation
from smart_asn.verdicts import Standing, standing, verdict


@dataclass(frozen=True)
class CheckedClaim:
    """A claim with what was observed and the verdict. ``observed`` and ``stands_text`` are by language."""

    claim: str
    section: str
    checked_against: str
    quantifier: str
    asserted: str
    observed: Mapping[str, str]
    verdict: str
    stands: bool
    stands_text: Mapping[str, str]
    members: tuple[str, ...]
    evidence: tuple[str, ...]
    passages: tuple[str, ...]
    figures: tuple[str, ...]
    doubtful: tuple[str, ...]

    def record(self) -> dict:
        """The claim as a JSON object: the same in every edition."""
        return asdict(self)


def judge(data: Data, claim: str, observed: Coded | Observation) -> CheckedClaim:
    """The verdict on a claim of ``data/claims.csv``, given what its cell observes."""
    row = data.row("claims", claim)

    def decide(value: object) -> str:
        return verdict(row["quantifier"], row["asserted"], value, row["checked_against"])

    try:
        if isinstance(observed, Coded):
            evidence, decisions = looked_at(data, observed)
            cells = stated_cells(evidence)
            rows = evidence.groupby(["regency", "code"])["evidence"].agg(tuple).to_dict()
            observation = observed.observe(cells, rows.__getitem__)
            doubts = observed.cells & doubtful_cells(evidence, decisions)
            stands = standing(lambda flips: decide(len(observed.members(flipped(cells, flips)))), doubts)
        else:
            observation, doubts, stands = observed, frozenset(), Standing(True, 1)
        outcome = decide(observation.value)
    except (TypeError, ValueError) as error:
        raise type(error)(f"claim {claim}: {error}") from None
    by_language = {code: Language(code) for code in LANGUAGES}
    return CheckedClaim(
        claim=claim,
        section=row["section"],
        checked_against=row["checked_against"],
        quantifier=row["quantifier"],
        asserted=row["asserted"],
        observed={
            code: describe(data, observation, row["checked_against"], speak)
            for code, speak in by_language.items()
        },
        verdict=outcome,
        stands=stands.stands,
        stands_text={code: describe_standing(data, stands, speak) for code, speak in by_language.items()},
        members=observation.members if observation.kind == "regency" else (),
        evidence=tuple(s for s in observation.sources if s[0] == "E" and s[1:].isdigit()),
        passages=tuple(s for s in observation.sources if s[0] == "P" and s[1:].isdigit()),
        figures=tuple(s for s in observation.sources if not s[1:].isdigit()),
        doubtful=tuple(f"{r} {c}" for r, c in sorted(doubts)),
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


def describe(data: Data, observation: Observation, checked_against: str, speak: Language) -> str:
    """What was observed, in words: how many of how many and which, the figure, the text or the comparison."""
    if observation.value is None:
        if checked_against == "public":
            return speak("no public source was found")
        return speak("nothing in the article to check it with")
    if observation.kind in ("regency", "measure"):
        labels = data.regency_names if observation.kind == "regency" else data.labels("codebook", speak.code)
        count = speak("{count} of {total}", count=observation.value, total=len(observation.universe))
        named = [labels[m] for m in observation.members]
        return f"{count}: {', '.join(named)}" if named else count
    if observation.kind == "passage":
        named = [names[LANGUAGES.index(speak.code)] for names in observation.names]
        return (
            f"{speak.number(observation.value)}: {'; '.join(named)}"
            if named
            else speak.number(observation.value)
        )
    if observation.kind == "comparison":
        values = f" {observation.members[0]} ".join(speak.value(v) for v in observation.universe)
        return f"{values}: {speak('yes') if observation.value else speak('no')}"
    return speak.value(observation.value)


def cell_name(data: Data, cell: Cell, speak: Language) -> str:
    """A cell in words: the regency and the measure's code and label."""
    return f"{data.regency_names[cell[0]]} {cell[1]} ({data.labels('codebook', speak.code)[cell[1]]})"


def describe_standing(data: Data, stands: Standing, speak: Language) -> str:
    """Whether the verdict stands, in words; which doubtful cells would change it to what."""
    if stands.readings == 1:
        return speak("stands: rests on no doubtful coding")
    if stands.stands:
        return speak("stands under all {count} readings of the doubtful codings", count=stands.readings)
    parts = [
        speak(
            "would become {verdict}, if {cells} were read the other way",
            verdict=speak(other),
            cells=speak.listing([cell_name(data, c, speak) for c in flips]),
        )
        for other, flips in stands.otherwise
    ]
    return "; ".join(parts)
