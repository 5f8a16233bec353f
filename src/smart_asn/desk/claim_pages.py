"""The page of each question and of each statement: the card, its places, how to cite and to dispute it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from smart_asn.cards import body, locator, outcome_badge
from smart_asn.desk.claim_review import claim_review
from smart_asn.desk.dispute import dispute
from smart_asn.desk.frame import TITLE, Frame
from smart_asn.desk.past import epitaph, past
from smart_asn.desk.records import Record
from smart_asn.edition import Edition
from smart_asn.history import Step, tombstones
from smart_asn.markup import html, link, sentence
from smart_asn.outcomes import KIND_LABELS
from smart_asn.publication import Publication
from smart_asn.site.citation import apa, bibtex, csl, entry, ris, works


@dataclass(frozen=True)
class ClaimPages:
    """What all pages of an edition are made from: the records, the checked questions, the build's checksum, the releases."""

    edition: Edition
    made: Mapping[str, Record]
    questions: Sequence[Mapping[str, Any]]
    build: str
    published: Publication
    frame: Frame
    steps: Sequence[Step] = ()

    @cached_property
    def _bodies(self) -> dict[str, str]:
        """The open card of each question, made once for its own page and those of its statements."""
        return {q["question"]: html(body(self.edition, q, q["chapter"])) for q in self.questions}

    def page(self, number: str) -> str:
        """The page of one question (Q001) or statement (K001)."""
        speak, record = self.edition.language, self.made[number]
        statement = record["type"] == "statement"
        title = (
            speak("Statement {number}", number=number)
            if statement
            else speak("Question {number}", number=number)
        )
        text = record["statement" if statement else "asked"][speak.code]
        parts = [
            f"<section><h1>{html(title)}</h1>",
            f'<p class="lead">{outcome_badge(record["outcome"], speak)} {sentence(text, speak.code)}</p>',
            self._place(record) if statement else "",
            self._card(record),
            "</section>",
            past(self.edition, self.steps, number),
            self._cite(record, f"{title}: {text.rstrip('.')}"),
            self._take_away(record),
        ]
        place = f"claims/{number.lower()}"
        reviewed = claim_review(record, self.made, self.frame.address(place), speak)
        return self.frame.page(place, title, text, "".join(parts), self._around(), reviewed)

    def tombstone(self, number: str) -> str:
        """The page of a statement or question that was dropped after a release: that it was, what it said, and why."""
        speak, stone = self.edition.language, tombstones(self.steps)[number]
        title = (
            speak("Statement {number}: dropped", number=number)
            if number.startswith("K")
            else speak("Question {number}: dropped", number=number)
        )
        about, body = epitaph(self.edition, stone)
        file = f'<a href="{number.lower()}.json" download>{number.lower()}.json</a>'
        parts = [
            f"<section><h1>{html(title)}</h1>{body}</section>",
            past(self.edition, self.steps, number),
            f"<p>{html(speak('As a file:'))} {file}.</p>",
        ]
        return self.frame.page(f"claims/{number.lower()}", title, about, "".join(parts), self._around())

    def _around(self) -> list[tuple[str, str]]:
        """The pages that a page's list of chapters has."""
        speak = self.edition.language
        return [
            ("ledger", speak("The ledger")),
            ("coverage", speak("What of the article is checked")),
            ("history", speak("What changed since each release")),
            ("review-walk", speak("Review walk")),
            ("your-copy", speak("Your own copy")),
            ("coding-and-checking", speak("How this edition codes and checks")),
        ]

    def _place(self, record: Record) -> str:
        speak, place = self.edition.language, record["place"]
        where = locator(place["page"], place["first_line"], place["last_line"], speak)
        section = self.edition.label("sections", record["section"])
        strip = link("coverage", f"line-{place['first_line']}", speak("its place in the whole article"))
        address = f"../your-copy.html?place={record['id'].lower()}"
        copy = f'<a href="{address}">{html(speak("on the page of your own copy"))}</a>'
        return f'<p class="note">{html(section)}, {html(where)}: <q lang="id">{html(place["anchor"])}</q> ({strip}; {copy})</p>'

    def _card(self, record: Record) -> str:
        """The card with the cell's address; of a statement that no question checks, its kind and the note."""
        speak = self.edition.language
        question = record["id"] if record["type"] == "question" else record["question"]
        if question:
            return f'<div class="card open">{self._bodies[question]}</div>'
        note = record["note"][speak.code]
        kind = speak(KIND_LABELS[record["kind"]])
        told = speak("Told, not checked: {kind}.", kind=kind)
        return f"<p>{html(told)} {sentence(note, speak.code)}</p>"

    def _cite(self, record: Record, title: str) -> str:
        speak = self.edition.language
        edition = works()[0]
        version = speak("{version}, build {build}", version=edition.version, build=self.build)
        address = self.frame.address(f"claims/{record['id'].lower()}")
        work = entry(edition, record["id"], title, speak(TITLE), version, address)
        blocks = [
            (speak("Sentence"), apa(work, speak)),
            ("BibTeX", bibtex(work, speak)),
            ("RIS", ris(work)),
            ("CSL-JSON", csl(work)),
        ]
        listed = "".join(
            f'<div class="citation"><h3>{html(name)}</h3><button type="button" class="copy-text" hidden>'
            f'{html(speak("Copy"))}<span class="visually-hidden"> {html(name)}</span></button>'
            f'<pre tabindex="0">{html(text)}</pre></div>'
            for name, text in blocks
        )
        return f'<section class="cite"><h2>{html(speak("Cite"))}</h2>{listed}</section>'

    def _take_away(self, record: Record) -> str:
        speak, number = self.edition.language, record["id"]
        word = speak(record["outcome"])
        file = f'<a href="{number.lower()}.json" download>{number.lower()}.json</a>'
        commands = f"<code>.venv/bin/python -m smart_asn check {number}</code>, <code>.venv/bin/python -m smart_asn explain {number}</code>"
        return (
            f'<section class="cite"><h2>{html(speak("Check and dispute"))}</h2>'
            f"<p>{html(speak('As a file:'))} {file}. {html(speak('In a terminal:'))} {commands}.</p>"
            f"<p>{html(speak('Checksum of the build:'))} <code>{self.build}</code>; "
            f"{html(speak('of this page’s content:'))} <code>{record['digest']}</code>.</p>"
            f"{dispute(number, word, self.build, self.published, speak)}</section>"
        )
