"""What changed between releases, on the page of the history and on the page of each statement and question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from smart_asn.cards import locator, outcome_badge
from smart_asn.history import ADDED, ANCHOR, DROPPED, OBSERVATION, OUTCOME, RULE, WORDING, Change, Step
from smart_asn.markup import Html, Table, html, joined, link, paragraph, sentence
from smart_asn.outcomes import HOW, KIND_LABELS, SCOPES
from smart_asn.releases import Entry, Release

if TYPE_CHECKING:
    from smart_asn.edition import Edition
    from smart_asn.language import Language

ASPECT_LABELS = {
    OUTCOME: "outcome",
    OBSERVATION: "observation",
    ANCHOR: "place or words of the article",
    RULE: "rule",
    WORDING: "wording",
    ADDED: "added",
    DROPPED: "dropped",
}
"""In what something changed, in words."""


def history_summary(edition: Edition, steps: Sequence[Step]) -> Html:
    """Which releases there are and how much changed since each, in sentences; that there is none, where none is."""
    speak = edition.language
    if not steps:
        return paragraph(
            speak("No release has been made yet, so there is nothing to compare with."),
            speak("The first release keeps its ledger; from then on this page says what changed."),
        )
    last = steps[-1]
    parts = [
        speak(
            "Releases so far: {releases}.",
            releases=speak.listing([named(step.since, speak) for step in steps]),
        )
    ]
    if last.changes:
        parts.append(
            speak(
                "Statements and questions that changed since the last of them: {count}.",
                count=speak.number(len(last.changes)),
            )
        )
    else:
        parts.append(speak("Since the last of them no statement and no question has changed."))
    return paragraph(" ".join(parts))


def history_of_releases(edition: Edition, steps: Iterable[Step]) -> list[Html]:
    """For each release, the last one first, what changed after it."""
    speak, made = edition.language, []
    for step in reversed(list(steps)):
        heading = speak("After {release}", release=named(step.since, speak))
        if step.until:
            heading = speak(
                "From {first} to {second}",
                first=named(step.since, speak),
                second=named(step.until, speak),
            )
        place = f"since-{step.since.version.replace('.', '-')}"
        made.append(Html(f'<h2 id="{place}">{html(heading)}</h2>'))
        made.append(
            html(_table(edition, step)._repr_html_())
            if step.changes
            else paragraph(speak("No statement and no question changed."))
        )
    return made


def named(release: Release, speak: Language) -> str:
    """A release by its version and date."""
    return speak("{version} ({date})", version=release.version, date=speak.date(release.date))


def _table(edition: Edition, step: Step) -> Table:
    speak = edition.language
    rows = [
        (
            link(f"claims/{change.number.lower()}", "", change.number),
            joined([speak(ASPECT_LABELS[a]) for a in change.aspects]),
            what_changed(edition, change),
            change.reason[speak.code] or speak("no reason given yet"),
        )
        for change in step.changes
    ]
    header = [speak(h) for h in ("No.", "Changed", "Before and after", "Why")]
    caption = speak(
        "What changed after release {version}: statements and questions, {count}",
        version=step.since.version,
        count=len(rows),
    )
    return Table(f"history-{step.since.version.replace('.', '-')}", caption, header, rows, css="roomy")


def what_changed(edition: Edition, change: Change) -> Html:
    """What one statement or question was and is, in each aspect that changed; of one added or dropped, what it says."""
    speak = edition.language
    if change.before is None or change.after is None:
        entry = change.after or change.before or {}
        return joined([outcome_badge(entry["outcome"], speak), said(entry, speak)], " ")
    lines = []
    for aspect in change.aspects:
        shown = [_shown(edition, aspect, entry) for entry in (change.before, change.after)]
        lines.append(
            Html(
                f"{html(speak(ASPECT_LABELS[aspect]))}: {html(shown[0])} "
                f'<span aria-hidden="true">→</span><span class="visually-hidden">{html(speak("now"))}</span> '
                f"{html(shown[1])}"
            )
        )
    return joined(lines, Html("<br>").markup)


def said(entry: Entry, speak: Language) -> Html:
    """What a statement states, or what a question asks, in the edition's language."""
    return sentence(entry.get(f"statement_{speak.code}") or entry[f"asked_{speak.code}"], speak.code)


def _shown(edition: Edition, aspect: str, entry: Entry) -> object:
    """One aspect of an entry as a reader sees it."""
    speak = edition.language
    if aspect == OUTCOME:
        doubt = "" if entry.get("stands", True) else f" ({speak('would change with a doubtful place')})"
        return joined([outcome_badge(entry["outcome"], speak), doubt], "")
    if aspect == OBSERVATION:
        return entry[f"observed_{speak.code}"] or "–"
    if aspect == ANCHOR:
        where = locator(entry["page"], entry["first_line"], entry["last_line"], speak)
        return Html(f'<q lang="id">{html(entry["anchor"])}</q> ({html(where)})')
    if aspect == WORDING:
        return said(entry, speak)
    return "; ".join(_rule(entry, speak)) or "–"


def _rule(entry: Entry, speak: Language) -> list[str]:
    """By what a statement or question is judged: its kind, what is asked and how, the scope with what is asserted."""
    kind, scope = entry.get("kind", ""), entry.get("scope", "")
    parts = [
        speak(KIND_LABELS[kind]) if kind in KIND_LABELS else kind,
        entry.get("question", ""),
        entry[f"asked_{speak.code}"],
        speak(entry["how"]) if entry["how"] in HOW else entry["how"],
        f"{speak(scope) if scope in SCOPES else scope} {entry['asserted']}" if scope else "",
        ", ".join(entry.get("statements", ())),
    ]
    return [part for part in parts if part]
