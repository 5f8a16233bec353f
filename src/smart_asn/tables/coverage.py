"""What of the article is checked: a strip with a tick for each printed line, and the same in figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from smart_asn.cards import SIGNS, css_name, outcome_badge
from smart_asn.ledger import BLANK, QUESTION, TOLD, by_statement, line_states
from smart_asn.markup import Html, Table, html, joined, link, paragraph
from smart_asn.outcomes import KIND_LABELS, NO_FACT, NOT_VERIFIED, OTHERS, OUTCOMES, SCORED

if TYPE_CHECKING:
    from smart_asn.edition import Edition

HEADING, HEAD, UNREADABLE, FORGOTTEN = "heading", "running head", "unreadable", ""
TICKS = {HEADING: "▬", HEAD: "▭", UNREADABLE: "▒", BLANK: ""}
"""The sign of a line that no statement belongs to."""

STATE_LABELS = {
    QUESTION: "under a question",
    TOLD: "told, not a question of fact",
    HEADING: "heading",
    HEAD: "running head",
    UNREADABLE: "unreadable in the scan",
    FORGOTTEN: "forgotten",
}
"""The states of a printed line in words; a blank line is none."""


@dataclass(frozen=True)
class Run:
    """Lines of one printed page, one after the other, with the same state and the same statements."""

    page: int
    first: int
    last: int
    state: str
    claims: tuple[str, ...]
    outcome: str

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return self.last - self.first + 1

    @property
    def sign(self) -> str:
        """What its ticks show."""
        return SIGNS[self.outcome] if self.outcome else TICKS.get(self.state, "")

    @property
    def css(self) -> str:
        """The class of its ticks."""
        return css_name(self.outcome or self.state)


def runs(edition: Edition, questions: Iterable[Mapping[str, Any]]) -> list[Run]:
    """The whole article as runs of lines, in order. A line with several statements has the outcome of the first
    that a question checks, in reading order.
    """
    data, checked = edition.data, by_statement(questions)
    on: dict[int, list[str]] = {}
    for row in data.claims.itertuples():
        for line in range(row.first_line, row.last_line + 1):
            on.setdefault(line, []).append(row.claim)
    pages = {
        line: int(p.page) for p in data.pages.itertuples() for line in range(p.first_line, p.last_line + 1)
    }

    def what(row: Any) -> tuple:
        claims = tuple(on.get(row.line, ())) if row.state in (QUESTION, TOLD) else ()
        asked = [checked[c]["outcome"] for c in claims if c in checked]
        outcome = asked[0] if row.state == QUESTION and asked else NO_FACT if row.state == TOLD else ""
        return pages[row.line], row.state, claims, outcome

    made = []
    for (page, state, claims, outcome), group in groupby(line_states(data).itertuples(), what):
        lines = [row.line for row in group]
        made.append(Run(page, lines[0], lines[-1], state, claims, outcome))
    return made


def coverage_strip(edition: Edition, questions: Iterable[Mapping[str, Any]]) -> Html:
    """The strip: for each printed page a tick for each line, and under it, folded, what stands on the lines."""
    speak, parts = edition.language, []
    for page, group in groupby(runs(edition, questions), lambda run: run.page):
        found = list(group)
        ticks = "".join(_ticks(edition, run) for run in found)
        listed = "".join(_entry(edition, run) for run in found if run.state != BLANK)
        title = speak("p. {page}", page=page)
        parts.append(
            f'<div class="strip"><h3 id="strip-{page}">{html(title)}</h3><div class="ticks">{ticks}</div>'
            f"<details><summary>{html(speak('What stands on these lines'))}</summary>"
            f'<ul class="strip-lines">{listed}</ul></details></div>'
        )
    return Html("".join(parts))


def _lines(edition: Edition, run: Run) -> str:
    speak = edition.language
    if run.lines == 1:
        return speak("line {first}", first=run.first)
    return speak("lines {first}–{last}", first=run.first, last=run.last)


def _ticks(edition: Edition, run: Run) -> str:
    """A run's ticks, one for each line, as one link to what stands there; blank lines lead nowhere."""
    if run.state == BLANK:
        return '<span class="blank"></span>' * run.lines
    speak = edition.language
    state = speak(run.outcome) if run.outcome else speak(STATE_LABELS[run.state])
    words = ": ".join([_lines(edition, run), ", ".join([*run.claims, state])])
    marks = f'<span aria-hidden="true">{run.sign}</span>' * run.lines
    return f'<a class="run {run.css}" href="#line-{run.first}" aria-label="{html(words)}" title="{html(words)}">{marks}</a>'


def _entry(edition: Edition, run: Run) -> str:
    """What stands on a run's lines: its statements as links, or its state."""
    speak, data = edition.language, edition.data
    asked = dict(data.columns("claims", "claim", "question").itertuples(index=False, name=None))
    what: object = speak(STATE_LABELS[run.state])
    if run.claims:
        texts = dict(
            data.columns("claims", "claim", f"statement_{speak.code}").itertuples(index=False, name=None)
        )
        told = {c: "" if asked[c] else f"({speak('told')})" for c in run.claims}
        said = {c: html(joined([texts[c], told[c]], " ")) for c in run.claims}
        what = joined(
            [
                joined(
                    [link(f"claims/{c.lower()}", "", c), Html(f'<span class="says">{said[c]}</span>')], " "
                )
                for c in run.claims
            ],
            Html("<br>").markup,
        )
    sign = f'<span class="sign {run.css}" aria-hidden="true">{run.sign}</span> '
    return f'<li id="line-{run.first}">{sign}<b>{html(_lines(edition, run))}</b> {html(what)}</li>'


def table_coverage(edition: Edition, questions: Iterable[Mapping[str, Any]]) -> Table:
    """How many printed lines have which state, and of those under a question, which outcome."""
    speak, found = edition.language, [r for r in runs(edition, questions) if r.state != BLANK]
    total = sum(run.lines for run in found)

    def row(label: object, chosen: Iterable[Run], why: str) -> tuple:
        lines = sum(run.lines for run in chosen)
        return (label, speak.number(lines), speak.percent(lines / total, 1), why)

    rows = []
    for outcome in OUTCOMES:
        chosen = [r for r in found if r.state == QUESTION and r.outcome == outcome]
        if chosen:
            why = (
                speak("checked")
                if outcome in SCORED
                else speak("the document that would settle it was not open to us")
            )
            rows.append(
                row(joined([speak(STATE_LABELS[QUESTION]), outcome_badge(outcome, speak)], ": "), chosen, why)
            )
    reasons = {
        TOLD: speak("an aim, a judgement, a forecast, a definition or the author’s account of her work"),
        HEADING: speak("a heading states nothing"),
        HEAD: speak("repeats the journal’s name or the page"),
        UNREADABLE: speak("the scan does not show what is printed"),
        FORGOTTEN: speak("an error of this edition"),
    }
    for state, why in reasons.items():
        chosen = [r for r in found if r.state == state]
        if chosen:
            rows.append(row(speak(STATE_LABELS[state]), chosen, why))
    rows.append((speak("all printed lines"), speak.number(total), speak.percent(1, 1), ""))
    header = [speak(h) for h in ("What becomes of a line", "Lines", "Share", "Why it is or is not checked")]
    return Table("coverage", speak("The article’s printed lines by what becomes of them"), header, rows)


def coverage_findings(edition: Edition, questions: Iterable[Mapping[str, Any]]) -> Html:
    """How much of the article is checked, in sentences with computed figures."""
    speak, found = edition.language, [r for r in runs(edition, list(questions)) if r.state != BLANK]

    def lines(chosen: Iterable[Run]) -> int:
        return sum(run.lines for run in chosen)

    total = lines(found)
    asked = lines(r for r in found if r.state == QUESTION)
    unseen = lines(r for r in found if r.outcome == NOT_VERIFIED)
    told = edition.data.claims[edition.data.claims["kind"].isin(OTHERS)]
    counts = pd.Series(told["kind"]).value_counts()
    kinds = speak.listing(
        [f"{speak(KIND_LABELS[k])} {speak.number(int(counts[k]))}" for k in OTHERS if k in counts]
    )
    text = [
        speak(
            "Of {total} printed lines, {checked} ({share}) belong to a statement that could be checked; for another {unseen} ({rest}) the document that would settle it was not open to us.",
            total=speak.number(total),
            checked=speak.number(asked - unseen),
            share=speak.percent((asked - unseen) / total),
            unseen=speak.number(unseen),
            rest=speak.percent(unseen / total),
        ),
        speak(
            "Statements that are no question of fact are told, and no question is asked of them: {count} ({kinds}).",
            count=speak.number(len(told)),
            kinds=kinds,
        ),
        speak("Every line has exactly one state; a test fails where a line is forgotten."),
    ]
    return paragraph(" ".join(text))


def coverage_key(edition: Edition) -> Html:
    """What the signs of the strip mean."""
    speak = edition.language
    items = [outcome_badge(o, speak) for o in OUTCOMES]
    items += [
        Html(
            f'<span class="sign {css_name(s)}"><span aria-hidden="true">{TICKS[s]}</span> {html(speak(STATE_LABELS[s]))}</span>'
        )
        for s in (HEADING, HEAD, UNREADABLE)
    ]
    return Html(f'<ul class="outcome-counts">{"".join(f"<li>{html(i)}</li>" for i in items)}</ul>')
