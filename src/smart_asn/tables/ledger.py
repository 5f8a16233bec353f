"""The ledger and what is drawn from it: its cards, counts by kind of statement, what was found, errata."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from smart_asn.cards import card, css_name, locator, outcome_badge, outcome_link
from smart_asn.coding import MANY
from smart_asn.ledger import by_statement, question_frame
from smart_asn.markup import Html, Table, html, joined, link, paragraph
from smart_asn.outcomes import (
    CONTRADICTED,
    FACTS,
    HOW,
    KIND_LABELS,
    NO_FACT,
    NOT_VERIFIED,
    OTHERS,
    OUTCOMES,
)
from smart_asn.tables.parts import filters, place_of, quoted, select

if TYPE_CHECKING:
    from smart_asn.edition import Edition
    from smart_asn.language import Language


def filtered(outcome: str = "", kind: str = "") -> str:
    """The query that opens the ledger with a filter set."""
    chosen = {"outcome": css_name(outcome) if outcome else "", "kind": kind}
    return "?" + "&".join(f"{k}={v}" for k, v in chosen.items() if v)


def table_outcome_counts(edition: Edition, questions: Iterable[Mapping[str, Any]]) -> Table:
    """Questions by kind of statement and outcome; each count opens the ledger on what it counts."""
    speak, frame = edition.language, question_frame(edition.data, questions)
    counts = pd.crosstab(frame["kind"], frame["outcome"])
    outcomes = [o for o in OUTCOMES if o != NO_FACT]
    rows = []
    for kind in FACTS:
        numbers = [int(counts.get(o, pd.Series(dtype=int)).get(kind, 0)) for o in outcomes]
        cells = [
            link(f"ledger{filtered(o, kind)}", "", n) if n else "–"
            for o, n in zip(outcomes, numbers, strict=True)
        ]
        rows.append((speak(KIND_LABELS[kind]), *cells, sum(numbers)))
    totals = [int((frame["outcome"] == o).sum()) for o in outcomes]
    cells = [link(f"ledger{filtered(o)}", "", n) if n else "–" for o, n in zip(outcomes, totals, strict=True)]
    rows.append((speak("all questions"), *cells, len(frame)))
    header = [speak("Statements on"), *(outcome_badge(o, speak) for o in outcomes), speak("All")]
    return Table(
        "outcome-counts", speak("Questions by what their statements are about, and outcome"), header, rows
    )


def ledger_cards(edition: Edition, questions: Iterable[Mapping[str, Any]]) -> Html:
    """Every question as one line that opens on its card, with what the filters read."""
    rows = edition.data.claims.set_index("claim")
    items = []
    for entry in questions:
        statements = [s["claim"] for s in entry["statements"]]
        outcomes = dict.fromkeys(css_name(s["outcome"]) for s in entry["statements"])
        facts = {
            "outcome": " ".join(outcomes),
            "kind": " ".join(dict.fromkeys(rows.loc[statements, "kind"])),
            "section": " ".join(dict.fromkeys(rows.loc[statements, "section"])),
            "how": entry["how"].replace(" ", "-"),
        }
        attributes = "".join(f' data-{k}="{html(v)}"' for k, v in facts.items())
        items.append(f"<li{attributes}>{card(edition, entry, home=entry['chapter'])}</li>")
    return Html(f'<ul class="ledger" id="ledger-list">{"".join(items)}</ul>')


def ledger_filters(edition: Edition, questions: Iterable[Mapping[str, Any]]) -> Html:
    """The controls that filter the ledger: outcome, kind, section, how it was observed, and words."""
    speak = edition.language
    present = {s["claim"] for q in questions for s in q["statements"]}
    rows = edition.data.claims
    sections = set(rows.loc[rows["claim"].isin(present), "section"])
    every = speak("all")
    controls = [
        select(
            "outcome", speak("Outcome"), [(css_name(o), speak(o)) for o in OUTCOMES if o != NO_FACT], every
        ),
        select("kind", speak("Statements on"), [(k, speak(KIND_LABELS[k])) for k in FACTS], every),
        select(
            "section",
            speak("Section"),
            [(s, edition.label("sections", s)) for s in edition.data.sections["section"] if s in sections],
            every,
        ),
        select("how", speak("Observed"), [(h.replace(" ", "-"), speak(h)) for h in HOW], every),
        Html(f'<label>{html(speak("Search"))} <input type="search" data-filter="text"></label>'),
    ]
    shown = speak("{count} of {total} questions shown", count="{count}", total="{total}")
    return filters("ledger-list", controls, shown)


def table_told(edition: Edition) -> Table:
    """The statements that are no question of fact: told in the chapters, listed here for coverage."""
    speak, rows = edition.language, []
    told = edition.data.claims[edition.data.claims["kind"].isin(OTHERS)]
    for _, row in told.iterrows():
        note = edition.text(row, "note")
        text = joined(
            [
                edition.text(row, "statement"),
                Html(f' <span class="note">{html(note)}</span>') if note else "",
            ],
            "",
        )
        where = locator(row["page"], row["first_line"], row["last_line"], speak)
        rows.append(
            (
                row["claim"],
                speak(KIND_LABELS[row["kind"]]),
                text,
                f"{edition.label('sections', row['section'])}, {where}",
            )
        )
    header = [speak(h) for h in ("No.", "Kind", "What the article says", "Place")]
    caption = speak("Statements that are no question of fact: {count}", count=len(rows))
    return Table("told", caption, header, rows, [c.lower() for c in told["claim"]], css="roomy")


def table_errata(edition: Edition, section: str = "", kind: str = "") -> Table | Html:
    """The article's slips: those of one section, if it is named, and of one kind (``meaning`` or ``print``)."""
    speak, errata = edition.language, edition.data.errata
    if section in edition.data.regency_names and section not in edition.data.of_article:
        return Html("")  # the article has no section on it
    if section:
        place = edition.data.row("sections", section)
        errata = errata[errata["scan_line"].between(place["first_line"], place["last_line"])]
    if kind:
        errata = errata[errata["kind"] == kind]
    if errata.empty:
        return paragraph(speak("No slip that changes a meaning was found in this section."))
    checked = dict(edition.data.columns("claims", "claim", "question").itertuples(index=False, name=None))
    rows = []
    for _, row in errata.iterrows():
        question = checked.get(row["claim"], "")
        claim = link("ledger", row["claim"].lower(), row["claim"]) if question else "–"
        rows.append(
            (
                row["erratum"],
                place_of(edition, row),
                quoted(row["anchor"]),
                edition.text(row, "found"),
                edition.text(row, "correction"),
                speak(ORIGINS[row["origin"]]),
                claim,
            )
        )
    header = [
        speak(h)
        for h in (
            "No.",
            "Place",
            "Words of the article",
            "What is found",
            "What would be right",
            "Whose slip it may be",
            "Statement",
        )
    ]
    captions = {
        "meaning": speak("Slips that change a meaning"),
        "print": speak("Slips of the printed text"),
        "": speak("Slips of meaning and of print"),
    }
    ids = [e.lower() for e in errata["erratum"]]
    name = f"errata-{kind or 'table'}"
    return Table(name, captions[kind], header, rows, ids, css="" if section else "roomy")


ORIGINS = {
    "article": "the article’s",
    "print": "the print’s",
    "scan?": "perhaps the scan’s",
    "cited work?": "perhaps the cited work’s",
}
"""Whose slip an erratum may be, in words."""


def count_outcomes(edition: Edition, questions: Iterable[Mapping[str, Any]], *kinds: str) -> dict[str, int]:
    """How many questions have each outcome, among those whose first statement is of these kinds (all, if none is named).

    ``all`` is their number; ``scored`` that of those whose outcome counts.
    """
    frame = question_frame(edition.data, questions)
    if kinds:
        frame = frame[frame["kind"].isin(kinds)]
    counts = {o: int((frame["outcome"] == o).sum()) for o in OUTCOMES}
    return counts | {"all": len(frame), "scored": len(frame) - counts[NOT_VERIFIED] - counts[NO_FACT]}


def findings(edition: Edition, questions: Iterable[Mapping[str, Any]]) -> Html:
    """How far the article holds, in sentences with computed figures, the plans first."""
    speak, questions = edition.language, list(questions)
    plans = count_outcomes(edition, questions, "plan")
    together = count_outcomes(edition, questions, "six")
    background = count_outcomes(edition, questions, "background", "attribution", "method")
    documents = {s for q in questions for s in q["searches"]}
    sentences = [
        speak(
            "For what each of the {regencies} regencies plans, the article is the only witness: none of the road maps was open to us.",
            regencies=speak.count(len(edition.data.of_article)),
        )
        if plans[NOT_VERIFIED] == plans["all"]
        else speak(
            "Of the {count} questions on what single regencies plan, {unverified} could not be checked: there the article is the only witness.",
            unverified=speak.count(plans[NOT_VERIFIED]),
            count=speak.count(plans["all"]),
        ),
        speak(
            "Of the {count} questions about the six together that could be checked, the outcome is {list}.",
            count=speak.count(together["scored"]),
            list=_shares(speak, together),
        ),
        speak(
            "Of the {count} on background, method and sources that could be checked, the outcome is {list}.",
            count=speak.count(background["scored"]),
            list=_shares(speak, background),
        ),
    ]
    warning = speak(
        "“Not verified” means that documents were not open to us, {count} in all; it is no evidence against anyone.",
        count=speak.count(len(documents)),
    )
    return joined([paragraph(" ".join(sentences)), paragraph(Html(f"<strong>{html(warning)}</strong>"))], "")


def _shares(speak: Language, counts: Mapping[str, int]) -> str:
    """The outcomes of checked questions in words, each with its number; that none is contradicted is said too."""
    named = [o for o in OUTCOMES if o not in (NOT_VERIFIED, NO_FACT) and (counts[o] or o == CONTRADICTED)]
    return speak.listing(
        [speak("{outcome} for {number}", outcome=speak(o), number=speak.count(counts[o])) for o in named]
    )


def outcome_list(edition: Edition, questions: Iterable[Mapping[str, Any]]) -> Html:
    """Each outcome with its number of questions, as a link to the ledger that shows them."""
    speak, count = edition.language, count_outcomes(edition, questions)
    items = [
        link(
            f"ledger{filtered(o)}",
            "",
            joined([outcome_badge(o, speak), Html(f"<b>{count[o]}</b>")], " "),
        )
        for o in OUTCOMES
        if count[o]
    ]
    return Html(f'<ul class="outcome-counts">{"".join(f"<li>{html(i)}</li>" for i in items)}</ul>')


def statement_lines(edition: Edition, questions: Iterable[Mapping[str, Any]], claims: Iterable[str]) -> Html:
    """A few statements in a line each: outcome, what the article says, what was observed."""
    speak, rows = edition.language, edition.data.claims.set_index("claim")
    questions = list(questions)
    checked = by_statement(questions)
    observed = {q["question"]: q["observed"][speak.code] for q in questions}
    items = []
    for claim in claims:
        entry = checked[claim]
        items.append(
            joined(
                [
                    link(entry["chapter"], claim.lower(), claim, css="number"),
                    outcome_link(entry["outcome"], speak),
                    rows.loc[claim, f"statement_{speak.code}"],
                    Html(f'<span class="note">{html(observed[entry["question"]])}</span>'),
                ],
                " ",
            )
        )
    return Html(f'<ul class="key-statements">{"".join(f"<li>{html(i)}</li>" for i in items)}</ul>')


def headline(edition: Edition, questions: Iterable[Mapping[str, Any]]) -> Html:
    """The book in figures: regencies, measures, passages of evidence, statements."""
    speak, data = edition.language, edition.data
    figures = [
        (len(data.of_article), speak("regencies"), "synthesis", ""),
        (len(data.codebook), speak("measures"), "codebook", ""),
        (
            int(data.columns("evidence", "evidence", "regency")["regency"].isin(data.of_article).sum()),
            speak("passages of evidence"),
            "synthesis",
            "table-matrix",
        ),
        (len(list(questions)), speak("questions asked"), "ledger", ""),
    ]
    items = "".join(
        f"<li>{link(page, place, joined([Html(f'<b>{html(speak.number(n))}</b>'), word], ' '))}</li>"
        for n, word, page, place in figures
    )
    return Html(f'<ul class="headline">{items}</ul>')


OFFERED = "<!-- offered -->"
"""Where the publishing step lists the forms of the whole book that there are."""


def ways_in(edition: Edition) -> Html:
    """Where to go as a reader, a student, a reviewer or a colleague.

    Of very many regencies the reader's card names the article's alone.
    """
    speak, data = edition.language, edition.data
    few = len(data.regency_names) <= MANY
    entries = [
        (
            speak("To read"),
            speak("Start with the article in five minutes, then the synthesis or one regency."),
            [
                ("five-minutes", speak("The article in five minutes")),
                ("synthesis", speak("Synthesis")),
                *(
                    (f"regencies/{r}", n)
                    for r, n in data.regency_names.items()
                    if few or r in data.of_article
                ),
            ],
        ),
        (
            speak("To re-run"),
            speak("Open the data as plain tables, change something, and run the notebooks again."),
            [
                ("start-here", speak("Start here")),
                ("exercises", speak("Exercises")),
                ("reproduce", speak("How to reproduce")),
                ("data-dictionary", speak("Data dictionary")),
            ],
        ),
        (
            speak("To verify"),
            speak("Follow any statement to the cell that checks it and to the words it rests on."),
            [
                ("ledger", speak("Ledger")),
                ("coding-and-checking", speak("How this edition codes and checks")),
                ("errata", speak("Errata")),
            ],
        ),
        (
            speak("To add"),
            speak("Put another regency beside the article’s, or make such an edition of another article."),
            [
                ("seventh-regency", speak("Add a seventh regency")),
                ("your-own-article", speak("Your own article")),
            ],
        ),
    ]
    cards = "".join(
        f"<li><h3>{html(title)}</h3><p>{html(text)}</p><p>{joined([link(page, '', name) for page, name in links], ' · ')}</p></li>"
        for title, text, links in entries
    )
    return Html(f'<ul class="ways-in">{cards}{OFFERED}</ul>')
