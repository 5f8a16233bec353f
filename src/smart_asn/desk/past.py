"""What became of one statement or question from release to release: as a part of its page, and for its file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from smart_asn.cards import locator, outcome_badge
from smart_asn.edition import Edition
from smart_asn.history import ASPECTS, Change, Step, Tombstone, changes_of, first_release
from smart_asn.language import LANGUAGES
from smart_asn.markup import html, link, sentence
from smart_asn.releases import Entry, Release
from smart_asn.tables.history import ASPECT_LABELS, named, said, what_changed

Record = dict[str, Any]


def past(edition: Edition, steps: Sequence[Step], number: str) -> str:
    """The section of a page that tells its history; while no release has been made it says so."""
    speak = edition.language
    lines = [_first(edition, steps, number)]
    for step, change in changes_of(steps, number):
        until = named(step.until, speak) if step.until else speak("this build")
        span = speak("Between {first} and {second}", first=named(step.since, speak), second=until)
        aspects = speak.listing([speak(ASPECT_LABELS[a]) for a in change.aspects])
        reason = change.reason[speak.code] or speak("no reason given yet")
        why = speak("Why: {reason}", reason=reason)
        lines.append(
            f"{html(span)}: {html(aspects)}. {what_changed(edition, change)}<br>{sentence(why, speak.code)}"
        )
    if steps and len(lines) == 1 and first_release(steps, number):
        lines.append(html(speak("Unchanged since then.")))
    items = "".join(f"<li>{line}</li>" for line in lines)
    more = link("history", "", speak("What changed since each release"))
    return (
        f'<section class="cite" id="past"><h2>{html(speak("History"))}</h2>'
        f"<ul>{items}</ul><p>{more}</p></section>"
    )


def _first(edition: Edition, steps: Sequence[Step], number: str) -> str:
    speak, first = edition.language, first_release(steps, number)
    if first:
        return str(html(speak("In the edition since release {release}.", release=named(first, speak))))
    if steps:
        return str(html(speak("In no release yet.")))
    return str(html(speak("No release has been made yet, so there is nothing to compare with.")))


def epitaph(edition: Edition, stone: Tombstone) -> tuple[str, str]:
    """What the page of something dropped says, in plain words and as markup."""
    speak, entry = edition.language, stone.entry
    release = named(stone.last, speak)
    about = speak("Dropped after release {release}; the number is not given again.", release=release)
    parts = [f'<p class="lead">{html(about)}</p>']
    parts.append(
        f"<p>{html(speak('What it said:'))} {outcome_badge(entry['outcome'], speak)} {said(entry, speak)}</p>"
    )
    if "anchor" in entry:
        where = locator(entry["page"], entry["first_line"], entry["last_line"], speak)
        parts.append(f'<p class="note">{html(where)}: <q lang="id">{html(entry["anchor"])}</q></p>')
    if entry[f"observed_{speak.code}"]:
        parts.append(
            f"<p>{html(speak('Observed:'))} {sentence(entry[f'observed_{speak.code}'], speak.code)}</p>"
        )
    reason = stone.reason[speak.code] or speak("no reason given yet")
    parts.append(f"<p>{sentence(speak('Why: {reason}', reason=reason), speak.code)}</p>")
    return about, "".join(parts)


# For machines -----------------------------------------------------------------------------------------------


def past_of(steps: Iterable[Step], number: str) -> list[Record]:
    """The history of a statement or question as its file has it: an entry for each step in which it changed."""
    return [_change_record(step, change) for step, change in changes_of(steps, number)]


def _change_record(step: Step, change: Change) -> Record:
    names = [name for aspect in change.aspects for name in ASPECTS.get(aspect, ())]

    def values(entry: Entry | None) -> Entry | None:
        return None if entry is None else {name: entry[name] for name in names or entry if name in entry}

    return {
        "since": _release_record(step.since),
        "until": _release_record(step.until) if step.until else None,
        "changed": list(change.aspects),
        "before": values(change.before),
        "after": values(change.after),
        "reason": {code: change.reason[code] for code in LANGUAGES},
    }


def _release_record(release: Release) -> Record:
    return {"version": release.version, "date": release.date}


def dropped_record(stone: Tombstone) -> Record:
    """The machine-readable record of something that was dropped."""
    return {
        "type": "dropped",
        "id": stone.number,
        "last_release": _release_record(stone.last),
        "said": dict(stone.entry),
        "reason": {code: stone.reason[code] for code in LANGUAGES},
    }
