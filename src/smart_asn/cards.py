"""The verdict card: what a reader sees under a claim's cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smart_asn.checks import CheckedClaim
from smart_asn.language import Language
from smart_asn.markup import Html, html, joined, link
from smart_asn.verdicts import CONTRADICTED, NOT_FOUND, NOT_STATED, PARTLY, SUPPORTED

if TYPE_CHECKING:
    from smart_asn.edition import Edition

SIGNS = {SUPPORTED: "●", PARTLY: "◐", CONTRADICTED: "✕", NOT_STATED: "○", NOT_FOUND: "?"}
"""A shape for each verdict, so that colour is never the only sign."""


def verdict_badge(verdict: str, speak: Language) -> Html:
    """A verdict with its shape and word."""
    css = verdict.replace(" ", "-")
    return Html(
        f'<span class="verdict {css}"><span aria-hidden="true">{SIGNS[verdict]}</span> {html(speak(verdict))}</span>'
    )


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


def asserted_text(quantifier: str, asserted: str, speak: Language) -> str:
    """What is asserted, in words: the quantifier and its number, the figure or the text."""
    if quantifier == "figure" and "." in asserted:
        return speak.number(float(asserted), len(asserted.split(".")[1]))
    if quantifier in ("figure", "text"):
        return speak.value(asserted)
    if quantifier == "holds":
        return speak("yes")
    if quantifier == "some":
        return speak("some")
    return (
        f"{speak(quantifier)} ({speak.value(asserted)})"
        if quantifier in ("all", "almost all", "none")
        else f"{speak(quantifier)} {speak.value(asserted)}"
    )


def sources(edition: Edition, result: CheckedClaim) -> Html:
    """Links to the evidence rows, the passages and the public figures on which a verdict rests."""
    parts = [evidence_link(edition, e) for e in result.evidence]
    parts += [link("passages", p.lower(), p) for p in result.passages]
    parts += [link("public-figures", f.lower(), f) for f in result.figures]
    return joined(parts) if parts else Html("–")


def _permanent(claim: str, speak: Language) -> Html:
    """The permanent link to the cell that checks a claim."""
    return Html(f'<a class="permalink" href="#check-{html(claim.lower())}">{html(speak("Link"))}</a>')


def card(edition: Edition, result: CheckedClaim) -> Html:
    """The card of a checked claim."""
    speak = edition.language
    row = edition.data.row("claims", result.claim)
    where = locator(row["page"], row["first_line"], row["last_line"], speak)
    facts = [
        (speak("Article"), f"{where} · {edition.label('sections', row['section'])}"),
        (speak("Checked against"), speak(result.checked_against)),
        (speak("Asserted"), asserted_text(result.quantifier, result.asserted, speak)),
        (speak("Observed"), result.observed[speak.code]),
        (speak("Doubts"), result.stands_text[speak.code]),
        (speak("Rests on"), sources(edition, result)),
    ]
    note = edition.text(row, "note")
    facts += [(speak("Note"), note)] if note else []
    listed = "".join(f"<div><dt>{html(k)}</dt><dd>{html(v)}</dd></div>" for k, v in facts)
    head = joined(
        [
            link("ledger", result.claim.lower(), result.claim, css="claim-number"),
            verdict_badge(result.verdict, speak),
            _permanent(result.claim, speak),
        ],
        " ",
    )
    css = result.verdict.replace(" ", "-")
    return Html(
        f'<section class="verdict-card {css}" aria-label="{html(result.claim)}"><p class="head">{head}</p>'
        f'<p class="statement">{html(edition.text(row, "statement"))}</p><dl>{listed}</dl></section>'
    )
