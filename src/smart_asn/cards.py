"""The card of a checked question: one line that opens on what was observed, the statements, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smart_asn.edition import Edition
from smart_asn.language import Language
from smart_asn.ledger import main_outcome
from smart_asn.markup import Html, html, joined, link, searched, sentence
from smart_asn.outcomes import (
    CONTRADICTED,
    MEANINGS,
    NO_BASIS,
    NO_FACT,
    NOT_VERIFIED,
    OUT_OF_DATE,
    PARTLY,
    SUPPORTED,
)

SIGNS = {
    SUPPORTED: "●",
    PARTLY: "◐",
    OUT_OF_DATE: "◷",
    CONTRADICTED: "✕",
    NO_BASIS: "○",
    NOT_VERIFIED: "?",
    NO_FACT: "–",
}
"""A shape for each outcome, so that colour is never the only sign."""

HOW_SENTENCES = {
    "counted": "counted from the coded sections",
    "compared": "compared within the article",
    "computed": "computed from the article’s own words and numbers",
    "looked up": "looked up in a public source",
    "read": "read by two independent readers",
}
"""How an observation was made, in words."""

FEW = 6
"""How many places of evidence a card names one by one; more are folded."""

CELL_SOURCE = Html("<!-- cell-source -->")
"""Where the publishing step puts the cell's own lines."""


def css_name(outcome: str) -> str:
    """An outcome as the name of a class."""
    return outcome.replace(" ", "-")


def outcome_badge(outcome: str, speak: Language) -> Html:
    """An outcome with its shape and word; its meaning shows on hover."""
    return Html(
        f'<span class="outcome {css_name(outcome)}" title="{html(speak(MEANINGS[outcome]))}">'
        f'<span aria-hidden="true">{SIGNS[outcome]}</span> {html(speak(outcome))}</span>'
    )


def outcome_link(outcome: str, speak: Language) -> Html:
    """The badge of an outcome as a link to the table of rules."""
    badge = outcome_badge(outcome, speak)
    return link("coding-and-checking", "table-outcomes", badge, css="rule")


def locator(page: int, first: int, last: int, speak: Language) -> str:
    """A page of the article and lines of the scan, in words."""
    lines = (
        speak("line {first}", first=first)
        if first == last
        else speak("lines {first}–{last}", first=first, last=last)
    )
    return f"{speak('p. {page}', page=page)}, {lines}"


def evidence_link(edition: Edition, identity: str) -> Html:
    """A link to an evidence row in its regency's chapter."""
    rows = edition.data.columns("evidence", "evidence", "regency")
    regency = rows.loc[rows["evidence"] == identity, "regency"].item()
    return link(f"regencies/{regency}", identity.lower(), identity)


def statement(edition: Edition, checked: Mapping[str, Any], alone: bool) -> Html:
    """One statement of a card: what the article says and where, its outcome, doubt, kindest reading and note.

    The outcome is left out where the statement is ``alone`` in its card, whose line has it.
    """
    speak, row = edition.language, edition.data.row("claims", checked["claim"])
    where = locator(row["page"], row["first_line"], row["last_line"], speak)
    place = [
        f"{edition.label('sections', row['section'])}, {where}: ",
        Html(f'<q lang="id">{html(row["anchor"])}</q>'),
    ]
    if row["credits"]:
        place += ["; ", speak("credited to {work}", work=row["credits"])]
    number = f"#{checked['claim'].lower()}"
    parts = [
        Html(f'<a class="number permalink" href="{number}">{html(checked["claim"])}</a> '),
        Html(f'<span class="statement">{sentence(edition.text(row, "statement"), speak.code)}</span> '),
        "" if alone else Html(f"{outcome_link(checked['outcome'], speak)} "),
        Html(f'<span class="note">{joined(place, "")}</span>'),
    ]
    more = [
        (speak("Doubt"), checked["stands_text"][speak.code]),
        (speak("Kindest reading"), edition.text(row, "kindest")),
        (speak("Note"), edition.text(row, "note")),
    ]
    parts += [
        Html(f'<span class="note"><b>{html(k)}:</b> {sentence(text, speak.code)}</span>')
        for k, text in more
        if text
    ]
    return Html(f'<li id="{html(checked["claim"].lower())}">{joined(parts, "")}</li>')


def rests_on(edition: Edition, result: Mapping[str, Any]) -> Html | None:
    """What an observation rests on: places of evidence and passages as links, public sources by title and date."""
    speak, data = edition.language, edition.data
    places = [evidence_link(edition, e) for e in result["evidence"]]
    places += [link("passages", p.lower(), p) for p in result["passages"]]
    parts: list[object] = []
    if len(places) > FEW:
        label = speak("{count} places of evidence", count=len(places))
        parts.append(Html(f"<details><summary>{html(label)}</summary>{joined(places)}</details>"))
    elif places:
        parts.append(joined(places))
    parts += [
        source_line(edition, s) for s in result["sources"] if not data.rows("sources", "source", s).empty
    ]
    series = [s for s in result["sources"] if data.rows("sources", "source", s).empty]
    if len(series) > 2:
        parts.append(
            link("public-sources", f"table-{series[0].split('-')[0]}", speak("the series of the index"))
        )
    else:
        parts += [link("public-sources", s.lower(), speak("the series of the index")) for s in series]
    return joined(parts, "; ") if parts else None


def source_line(edition: Edition, source: str) -> Html:
    """A public source in a line: what it is, how much of it was seen, its own address, and its row in the list."""
    speak, row = edition.language, edition.data.row("sources", source)
    title = Html(f'<a href="{html(row["address"])}" rel="external">{html(edition.text(row, "title"))}</a>')
    seen = speak("{how} seen {date}", how=speak(row["seen"]), date=speak.date(row["seen_on"]))
    return joined(
        [title, Html(f" ({html(seen)}; {link('public-sources', source.lower(), speak('details'))})")], ""
    )


def search_lines(edition: Edition, search: str) -> list[tuple[str, object]]:
    """A search that found nothing, in lines: what was looked for and where, the nearest thing, what would settle it."""
    speak, row = edition.language, edition.data.row("searches", search)
    nearest: object = edition.text(row, "nearest")
    if row["nearest_address"]:
        nearest = Html(f'<a href="{html(row["nearest_address"])}" rel="external">{html(nearest)}</a>')
    lines = [
        (speak("Not open to us"), link("public-sources", search.lower(), edition.text(row, "label"))),
        (
            speak("Looked for"),
            joined(
                [
                    searched(edition.text(row, "looked_for")),
                    f"({edition.text(row, 'where')}, {speak.date(row['date'])})",
                ],
                " ",
            ),
        ),
        (speak("Nearest"), nearest),
        (speak("Would settle it"), edition.text(row, "settles")),
    ]
    return [(name, text) for name, text in lines if text]


def readings_line(edition: Edition, question: str) -> str:
    """Whether the two readings of a question agree; where not, on what they differ, each unit with what both found."""
    speak, data = edition.language, edition.data
    first, second = (
        dict(data.part(table, "question", question, "unit", "says").itertuples(index=False, name=None))
        for table in ("reading_1", "reading_2")
    )
    differ = [unit for unit in first if first[unit] != second.get(unit)]
    if not differ:
        return speak("agree on all that was read ({count})", count=speak.count(len(first)))
    rows = data.rows("passages", "question", question)
    labels = dict(zip(rows["unit"], rows[f"label_{speak.code}"], strict=True))
    named = []
    for unit in differ:
        row = data.rows("sources", "source", unit)
        label = labels.get(unit) or (edition.text(row.iloc[0], "label") if len(row) else unit)
        named.append(f"{label} ({speak(first[unit])} / {speak(second[unit])})")
    return speak("differ on {list}", list=speak.listing(named))


def body(edition: Edition, result: Mapping[str, Any], home: str = "") -> Html:
    """What a card opens on. ``home`` is the chapter whose cell checks the question, where the card stands elsewhere."""
    speak, row = edition.language, edition.data.row("questions", result["question"])
    statements = result["statements"]
    how = speak(HOW_SENTENCES[result["how"]])
    seen = sentence(f"{result['observed'][speak.code]} ({how})", speak.code)
    facts: list[tuple[str, object]] = [(speak("Observed"), seen)]
    if result["how"] == "read" and not result["searches"]:
        facts.append(
            (speak("The two readings"), sentence(readings_line(edition, result["question"]), speak.code))
        )
    for search in result["searches"]:
        facts += search_lines(edition, search)
    rests = rests_on(edition, result)
    facts += [(speak("Rests on"), rests)] if rests else []
    note = edition.text(row, "note")
    facts += [(speak("Note"), sentence(note, speak.code))] if note else []
    if home:
        facts.append(
            (speak("Where checked"), link(home, result["question"].lower(), speak("the cell in its chapter")))
        )
    items = joined([statement(edition, s, len(statements) == 1) for s in statements], "")
    rules = outcome_link(main_outcome(result), speak)
    own = link(f"claims/{result['question'].lower()}", "", speak("Cite or dispute"))
    listed = "".join(f"<div><dt>{html(k)}</dt> <dd>{html(v)}</dd></div>" for k, v in facts)
    source = "" if home else CELL_SOURCE
    return Html(
        f'<div class="card-body" id="{html(result["question"].lower())}"><p class="head">{rules} {own} '
        f'<a class="permalink" href="#{html(result["question"].lower())}">{html(speak("Link"))}</a></p>'
        f'<ul class="statements">{items}</ul><dl>{listed}</dl>{source}</div>'
    )


def card(edition: Edition, result: Mapping[str, Any], home: str = "") -> Html:
    """The card of a checked question, folded to one line: outcome, question, numbers."""
    speak, row = edition.language, edition.data.row("questions", result["question"])
    outcome = main_outcome(result)
    different = {s["outcome"] for s in result["statements"]} - {outcome}
    mixed = "".join(f" {outcome_badge(o, speak)}" for o in sorted(different))
    numbers = ", ".join(s["claim"] for s in result["statements"][:3])
    numbers += "…" if len(result["statements"]) > 3 else ""
    return Html(
        f'<details class="card {css_name(outcome)}"><summary>{outcome_badge(outcome, speak)}{mixed} '
        f'<span class="asked">{sentence(edition.text(row, "asked"), speak.code)}</span> '
        f'<span class="numbers">{html(numbers)}</span></summary>{body(edition, result, home)}</details>'
    )
