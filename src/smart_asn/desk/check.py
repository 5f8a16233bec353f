"""A card in the terminal: ``check`` prints it with the cell, ``explain`` what would change it."""

from __future__ import annotations

import json
import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from smart_asn.cards import HOW_SENTENCES, SIGNS, locator
from smart_asn.chapters import pages
from smart_asn.checks import cell_name, looked_at
from smart_asn.coding import flipped, stated_cells
from smart_asn.data import Data
from smart_asn.desk.records import Record
from smart_asn.edition import Edition
from smart_asn.history import Tombstone
from smart_asn.language import Language
from smart_asn.observations import Coded, Observation
from smart_asn.outcomes import KIND_LABELS, NOT_VERIFIED, SCOPES, Seen, outcome
from smart_asn.tables.history import named

NUMBER = re.compile(r"([KQ])(\d{1,3})")
"""The number of a statement or a question."""


def key_of(number: str) -> str:
    """A number as the data has it: ``k1`` is K001; what is no such number stays as it is, in capital letters."""
    found = NUMBER.fullmatch(number.strip().upper())
    return f"{found[1]}{int(found[2]):03}" if found else number.strip().upper()


def find(made: Mapping[str, Record], number: str, speak: Language) -> Record:
    """The record of a number such as K001 or q1.

    Raises
    ------
    KeyError
        with a message that says which numbers there are; of one between them, which are nearest.
    """
    key = key_of(number)
    if key in made:
        return made[key]
    ends = {kind: sorted(n for n in made if n.startswith(kind)) for kind in "KQ"}
    known = ends.get(key[:1], []) if NUMBER.fullmatch(key) else []
    if known and known[0] < key < known[-1]:
        place = bisect(known, key)
        raise KeyError(
            speak(
                "There is no {number}: the number was left free, as those are that were joined with another or withdrawn "
                "before a release; it is not given again. Next to it are {before} and {after}.",
                number=key,
                before=known[place - 1],
                after=known[place],
            )
        )
    raise KeyError(
        speak(
            "There is no {number}: statements have the numbers K001 to {statement}, questions Q001 to {question}.",
            number=number,
            statement=ends["K"][-1],
            question=ends["Q"][-1],
        )
    )


def dropped_lines(edition: Edition, stone: Tombstone) -> Iterator[str]:
    """What became of a question or statement that was dropped after a release: when, what it said, and why."""
    speak, entry = edition.language, stone.entry
    release = named(stone.last, speak)
    about = speak("Dropped after release {release}; the number is not given again.", release=release)
    text = entry.get(f"statement_{speak.code}") or entry[f"asked_{speak.code}"]
    yield f"{stone.number}  {about}"
    yield f"  {speak('What it said:')} {SIGNS[entry['outcome']]} {speak(entry['outcome'])}: {text}"
    yield f"  {speak('Why: {reason}', reason=stone.reason[speak.code] or speak('no reason given yet'))}"


def cells_of(data: Data, language: str) -> dict[str, str]:
    """The lines of the notebook cell that checks each question, as far as notebooks have been executed."""
    found = {}
    for page in pages(data.regency_names):
        path = page.checks(language)
        for source, entry in json.loads(path.read_text("utf-8")) if path.exists() else []:
            found[entry["question"]] = source
    return found


def card_lines(edition: Edition, made: Mapping[str, Record], number: str, cell: str) -> Iterator[str]:
    """The card of a question or statement as lines of text: what it says, where, what it rests on, the cell."""
    speak, record = edition.language, find(made, number, edition.language)
    question = made.get(record["question"]) if record["type"] == "statement" else record
    statements = [record] if record["type"] == "statement" else record["statements"]
    for statement in statements:
        yield from _statement_lines(edition, statement)
    if question is None:
        yield speak("Told, not checked: {kind}.", kind=speak(KIND_LABELS[record["kind"]]))
        return
    code = speak.code
    yield ""
    yield f"{question['id']}  {question['asked'][code]}"
    yield _fact(speak("Observed"), f"{question['observed'][code]} ({speak(HOW_SENTENCES[question['how']])})")
    yield from _rests_lines(edition, question)
    if question["note"][code]:
        yield _fact(speak("Note"), question["note"][code])
    yield _fact(speak("Where checked"), question["cell"])
    yield from (f"    {line}" for line in cell.splitlines())


def _fact(name: str, text: str) -> str:
    return f"  {name}: {text}"


def _statement_lines(edition: Edition, statement: Record) -> Iterator[str]:
    speak, place, code = edition.language, statement["place"], edition.language.code
    yield f"{statement['id']}  {SIGNS[statement['outcome']]} {speak(statement['outcome'])}"
    yield f"  {statement['statement'][code]}"
    where = locator(place["page"], place["first_line"], place["last_line"], speak)
    yield f"  {edition.label('sections', statement['section'])}, {where}: “{place['anchor']}”"
    more = ((speak("Doubt"), "doubt"), (speak("Kindest reading"), "kindest"), (speak("Note"), "note"))
    yield from (_fact(name, statement[key][code]) for name, key in more if statement[key][code])


def _rests_lines(edition: Edition, question: Record) -> Iterator[str]:
    """What a question rests on, a line each."""
    speak, code = edition.language, edition.language.code
    places = [
        (e["id"], f"{edition.data.regency_names[e['regency']]} {e['measure']}", e["place"])
        for e in question["evidence"]
    ]
    places += [(p["id"], p["value"], p["place"]) for p in question["passages"]]
    if places or question["sources"]:
        yield f"  {speak('Rests on')}:"
    for identity, what, place in places:
        where = locator(place["page"], place["first_line"], place["last_line"], speak)
        yield "    " + "  ".join(part for part in (identity, what, where, f"“{place['anchor']}”") if part)
    for source in question["sources"]:
        if "title" in source:
            yield f"    {source['title'][code]}, {source['address']} ({speak(source['seen'])}, {source['seen_on']})"
        else:
            yield f"    {source['id']}"
    for reading in question["readings"]:
        yield f"    {reading['unit']}: {speak(reading['first'])} / {speak(reading['second'])}"
    for search in question["searches"]:
        yield _fact(speak("Not open to us"), search["label"][code])
        yield _fact(speak("Looked for"), search["looked_for"][code])
        yield _fact(speak("Would settle it"), search["settles"][code])


# What would change it ---------------------------------------------------------------------------------------


def explain_lines(
    edition: Edition, made: Mapping[str, Record], number: str, observed: Coded | Observation | None
) -> Iterator[str]:
    """What would change a statement's outcome: the rule, other counts, and each single coding that turns it.

    ``observed`` is what the cell observes, where it could be run again; without it no codings are turned.
    """
    speak, record = edition.language, find(made, number, edition.language)
    statements = [record] if record["type"] == "statement" else record["statements"]
    for statement in statements:
        question = made.get(statement["question"] or "")
        yield f"{statement['id']}  {SIGNS[statement['outcome']]} {speak(statement['outcome'])}"
        yield f"  {statement['statement'][speak.code]}"
        if question is None:
            yield "  " + speak(
                "It is no question of fact, so nothing that could be observed would change it."
            )
            continue
        yield from (f"  {line}" for line in _rule_lines(speak, statement))
        yield from (f"  {line}" for line in _observation_lines(edition, statement, question, observed))


def _rule_lines(speak: Language, statement: Record) -> Iterator[str]:
    scope = SCOPES[statement["scope"]]
    yield speak(
        "Rule: {scope} ({asserted}).", scope=speak(statement["scope"]), asserted=statement["asserted"]
    )
    for name, when in zip(("supported", "partly supported", "contradicted"), scope.when, strict=True):
        if when:
            yield f"  {SIGNS[name]} {speak(name)}: {speak(when)}"


def _observation_lines(
    edition: Edition, statement: Record, question: Record, observed: Coded | Observation | None
) -> Iterator[str]:
    speak, code = edition.language, edition.language.code
    if statement["outcome"] == NOT_VERIFIED:
        yield speak("It was not verified, because the source was not open to us. It would be settled by:")
        yield from (
            f"  {search['settles'][code] or search['label'][code]}" for search in question["searches"]
        )
        return
    if question["total"]:
        yield speak(
            "Observed: {value} of {total}. Other counts would give:",
            value=question["value"],
            total=question["total"],
        )
        yield from (f"  {line}" for line in other_counts(statement, question["total"], speak))
    elif question["value"] is not None:
        yield speak(
            "Observed: {value}. Another figure in the source or in the article would be judged by the rule.",
            value=question["value"],
        )
    else:
        yield speak(
            "The article gives nothing to observe here; words of the article that do would change it."
        )
    if isinstance(observed, Coded):
        turned = list(turning_cells(edition.data, observed, statement))
        yield (
            speak("Each of these codings, read the other way alone, would change it:")
            if turned
            else speak("No single coding, read the other way, would change it.")
        )
        yield from (f"  {cell_name(edition.data, cell, speak)}: {speak(other)}" for cell, other in turned)
    if statement["doubt"][code]:
        yield f"{speak('Doubt')}: {statement['doubt'][code]}"


def other_counts(statement: Record, total: int, speak: Language) -> Iterator[str]:
    """The outcome of each count from none to all, equal neighbours together; none of them says otherwise."""
    runs: list[tuple[int, int, str]] = []
    for count in range(total + 1):
        given = outcome(statement["scope"], statement["asserted"], Seen(count, total))
        if runs and runs[-1][2] == given:
            runs[-1] = (runs[-1][0], count, given)
        else:
            runs.append((count, count, given))
    for first, last, given in runs:
        yield f"{first if first == last else f'{first}–{last}'}: {speak(given)}"


def turning_cells(data: Data, observed: Coded, statement: Record) -> Iterable[tuple[tuple[str, str], str]]:
    """Each coded cell that alone, read the other way, changes a statement's outcome, and the outcome it gives."""
    cells = stated_cells(looked_at(data, observed)[0])
    total = len(observed.universe)
    for cell in sorted(observed.cells):
        members = observed.members(flipped(cells, [cell]))
        given = outcome(statement["scope"], statement["asserted"], Seen(len(members), total))
        if given != statement["outcome"]:
            yield cell, given


def cell_runner(language: str) -> Callable[[str, str], Coded | Observation | None]:
    """What runs a cell again: given its lines and its chapter, it returns what the cell observes.

    The lines see the notebook's own functions, over the data as they are now. Where they need more, such as what earlier
    notebooks recorded, nothing is returned.
    """
    from smart_asn import notebook

    seen: list[Coded | Observation] = []
    names: dict[str, Any] = {k: v for k, v in vars(notebook).items() if not k.startswith("_")}
    names |= {"book": notebook.open_edition(language, ""), "language": language}
    names["check"] = lambda question, observed=None: seen.append(observed)

    def run(source: str, chapter: str) -> Coded | Observation | None:
        seen.clear()
        try:
            exec(source, names | {"regency": chapter.removeprefix("regencies/")})  # as the notebook runs it
        except Exception:
            return None
        return seen[0] if seen else None

    return run
