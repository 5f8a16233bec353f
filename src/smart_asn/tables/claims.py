"""The ledger and what is drawn from it: totals, findings, the claims a chapter leads with, errata."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from smart_asn.cards import asserted_text, evidence_link, locator, verdict_badge
from smart_asn.checks import describe_standing
from smart_asn.markup import Html, Table, bullets, html, joined, link, paragraph, table_block, tools_of
from smart_asn.tables.parts import filters, ledger_frame, place_of, quoted, select, totals
from smart_asn.verdicts import VERDICTS, Standing

if TYPE_CHECKING:
    from smart_asn.edition import Edition


def table_totals(edition: Edition, claims: pd.DataFrame) -> Table:
    """Claims by what they were checked against and verdict."""
    speak = edition.language
    against = list(
        dict.fromkeys(c for c in ("coding", "article", "public") if c in set(claims["checked_against"]))
    )
    rows = []
    for outcome in VERDICTS:
        chosen = claims[claims["verdict"] == outcome]
        rows.append(
            (
                verdict_badge(outcome, speak),
                *(int((chosen["checked_against"] == a).sum()) for a in against),
                len(chosen),
            )
        )
    rows.append((speak("all"), *(int((claims["checked_against"] == a).sum()) for a in against), len(claims)))
    header = [speak("Verdict"), *(speak(a) for a in against), speak("All")]
    return Table("totals", speak("Claims by verdict and by what they were checked against"), header, rows)


def table_ledger(edition: Edition, claims: list[Mapping]) -> Html:
    """Every claim with its verdict, a row each; the row's id is the claim's permanent address."""
    speak, data = edition.language, edition.data
    frame = data.claims.set_index("claim")
    undoubted = describe_standing(data, Standing(stands=True, readings=1), speak)
    rows, lines = [], []
    for entry in claims:
        row = frame.loc[entry["claim"]]
        number = entry["claim"]
        rests = [evidence_link(edition, e) for e in entry["evidence"]]
        rests += [link("passages", p.lower(), p) for p in entry["passages"]]
        rests += [link("public-figures", f.lower(), f) for f in entry["figures"]]
        note = edition.text(row, "note")
        where = f"{edition.label('sections', entry['section'])}, {locator(row['page'], row['first_line'], row['last_line'], speak)}"
        place = joined([where, quoted(row["anchor"])] if row["anchor"] else [where], ": ")
        statement = joined(
            [
                Html(f'<span class="statement">{html(row[f"statement_{speak.code}"])}</span>'),
                Html(f'<span class="note">{html(place)}</span>'),
                Html(f'<span class="note">{html(note)}</span>') if note else "",
            ],
            "",
        )
        findings = [
            (speak("Asserted"), asserted_text(entry["quantifier"], entry["asserted"], speak)),
            (speak("Observed"), entry["observed"][speak.code]),
        ]
        if entry["stands_text"][speak.code] != undoubted:
            findings.append((speak("Doubts"), entry["stands_text"][speak.code]))
        facts = "".join(f"<div><dt>{html(k)}</dt> <dd>{html(v)}</dd></div>" for k, v in findings)
        attributes = f'data-section="{html(entry["section"])}" data-verdict="{html(entry["verdict"])}" data-against="{html(entry["checked_against"])}"'
        cells = [
            link("ledger", number.lower(), number, css="permalink"),
            verdict_badge(entry["verdict"], speak),
            statement,
            Html(f'<dl class="facts">{facts}</dl>'),
            joined([link(entry["page_slug"], f"check-{number.lower()}", speak("cell")), *rests], " "),
        ]
        body = f'<th scope="row">{html(cells[0])}</th>' + "".join(f"<td>{html(c)}</td>" for c in cells[1:])
        rows.append(f'<tr id="{number.lower()}" {attributes}>{body}</tr>')
        lines.append(cells)
    header = [
        speak(h)
        for h in ("Claim", "Verdict", "What the article says", "Asserted and observed", "Cell and evidence")
    ]
    head = "".join(f'<th scope="col">{html(h)}</th>' for h in header)
    caption = html(speak("Every claim, its verdict, and the cell that gives it"))
    return Html(
        f'<div class="book-table ledger sortable" id="table-claims" role="region" tabindex="0" aria-label="{caption}"><table>'
        f'<caption><span class="number" data-number="table"></span>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
        + tools_of("table-claims"),
        [table_block("claims", header, lines)],
    )


def ledger_filters(edition: Edition, claims: Iterable[Mapping]) -> Html:
    """The controls that filter the ledger, by section, verdict and what was checked against, and its search."""
    speak, claims = edition.language, list(claims)
    sections = [s for s in edition.data.sections["section"] if s in {c["section"] for c in claims}]
    controls = [
        select(
            "section", speak("Section"), [(s, edition.label("sections", s)) for s in sections], speak("all")
        ),
        select("verdict", speak("Verdict"), [(v, speak(v)) for v in VERDICTS], speak("all")),
        select(
            "against",
            speak("Checked against"),
            [(a, speak(a)) for a in ("coding", "article", "public")],
            speak("all"),
        ),
        Html(f'<label>{html(speak("Search"))} <input type="search" data-filter="text"></label>'),
    ]
    return filters(
        "table-claims", controls, speak("{count} of {total} claims shown", count="{count}", total="{total}")
    )


def table_errata(edition: Edition, section: str = "") -> Table | Html:
    """The article's slips of fact and of the printed text, each with its place; of one section, if it is named."""
    speak, errata = edition.language, edition.data.errata
    if section:
        place = edition.data.row("sections", section)
        errata = errata[errata["scan_line"].between(place["first_line"], place["last_line"])]
    if errata.empty:
        return paragraph(speak("No slip was found in this section."))
    rows = []
    for _, row in errata.iterrows():
        claim = link("ledger", row["claim"].lower(), row["claim"]) if row["claim"] else "–"
        rows.append(
            (
                row["erratum"],
                speak(row["kind"]),
                place_of(edition, row),
                quoted(row["anchor"]),
                edition.text(row, "found"),
                edition.text(row, "correction"),
                claim,
            )
        )
    header = [
        speak(h)
        for h in (
            "No.",
            "Kind",
            "Place",
            "Words of the article",
            "What is found",
            "What would be right",
            "Claim",
        )
    ]
    caption = speak("Slips of fact and of the printed text")
    ids = [e.lower() for e in errata["erratum"]]
    return Table("errata-table", caption, header, rows, ids, css="" if section else "roomy")


def headline(edition: Edition, claims: list[Mapping]) -> Html:
    """The book in figures: regencies, measures, places of evidence, claims."""
    speak, data = edition.language, edition.data
    figures = [
        (len(data.regencies), speak("regencies"), "synthesis", ""),
        (len(data.codebook), speak("measures"), "codebook", ""),
        (len(data.columns("evidence", "evidence")), speak("places of evidence"), "synthesis", "table-matrix"),
        (len(claims), speak("claims checked"), "ledger", ""),
    ]
    items = "".join(
        f"<li>{link(page, place, joined([Html(f'<b>{html(speak.number(n))}</b>'), word], ' '))}</li>"
        for n, word, page, place in figures
    )
    return Html(f'<ul class="headline">{items}</ul>')


def findings(edition: Edition, claims: list[Mapping]) -> Html:
    """What the check found, in words with computed figures, and each verdict with its number of claims."""
    speak, count = edition.language, totals(ledger_frame(claims))
    checkable = count["total"] - count["unchecked"]
    lead = speak(
        "Of {total} checkable statements, {checkable} could be checked. {supported} hold, {partly} hold in part, and {contradicted} are contradicted by what the article itself reports or by a public source. For {not_stated} the article gives nothing to check them with, and for {not_found} no public source was found. Verdicts that would change under another reading of doubtful codings: {unsteady}.",
        total=count["total"],
        checkable=checkable,
        supported=count["supported"],
        partly=count["partly supported"],
        contradicted=count["contradicted"],
        not_stated=count["not stated"],
        not_found=count["not found"],
        unsteady=count["unsteady"],
    )
    badges = [joined([verdict_badge(v, speak), Html(f"<b>{count[v]}</b>")], " ") for v in VERDICTS]
    return joined([paragraph(lead), bullets(badges, "verdict-counts")], "")


def key_claims(edition: Edition, claims: list[Mapping], numbers: list[str]) -> Html:
    """A few claims in full: number, verdict, statement and what was observed."""
    speak, rows = edition.language, edition.data.claims.set_index("claim")
    entries = {c["claim"]: c for c in claims}
    items = []
    for number in numbers:
        entry, row = entries[number], rows.loc[number]
        head = joined(
            [
                link("ledger", number.lower(), number, css="claim-number"),
                verdict_badge(entry["verdict"], speak),
            ],
            " ",
        )
        seen = Html(
            f'<span class="note">{html(speak("Observed"))}: {html(entry["observed"][speak.code])}</span>'
        )
        items.append(joined([head, row[f"statement_{speak.code}"], seen], " "))
    return bullets(items, "key-claims")


def doors(edition: Edition) -> Html:
    """Where to go as a reader, a student or a reviewer."""
    speak = edition.language
    entries = [
        (
            speak("To read"),
            speak("Start with the synthesis of the six road maps, or with one regency."),
            [
                ("synthesis", speak("Synthesis")),
                *((f"regencies/{r}", n) for r, n in edition.data.regency_names.items()),
            ],
        ),
        (
            speak("To re-run"),
            speak("Run the notebooks in Binder or on a laptop, and change a row of the data."),
            [("reproduce", speak("How to reproduce")), ("data-dictionary", speak("Data dictionary"))],
        ),
        (
            speak("To verify"),
            speak("Follow any claim to the cell that checks it and to the words it rests on."),
            [
                ("ledger", speak("Claim ledger")),
                ("coding-and-checking", speak("How this edition codes and checks")),
                ("errata", speak("Errata")),
            ],
        ),
    ]
    cards = "".join(
        f"<li><h3>{html(title)}</h3><p>{html(text)}</p><p>{joined([link(page, '', name) for page, name in links], ' · ')}</p></li>"
        for title, text, links in entries
    )
    return Html(f'<ul class="doors">{cards}</ul>')
