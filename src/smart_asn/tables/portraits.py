"""Short portraits in sentences with computed figures: one regency, the six together, and who publishes the book."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from smart_asn import coding
from smart_asn.coding import DIGITAL
from smart_asn.markup import Html, html, joined, link, paragraph
from smart_asn.publication import publication

if TYPE_CHECKING:
    from smart_asn.edition import Edition


def portrait(edition: Edition, regency: str) -> Html:
    """One regency in three sentences: where and by which document, how much of which strategy, what marks it."""
    speak, data = edition.language, edition.data
    row, words = data.row("regencies", regency), data.row("portraits", regency)
    facts = {
        "name": row["name"],
        "full_name": row["full_name"].removeprefix("Kabupaten "),
        "province": edition.province(regency),
        "number": row["regulation_number"],
        "year": row["regulation_year"],
        "start": row["period_start"],
        "end": row["period_end"],
    }
    first = (
        _beyond(edition, row, facts)
        if regency not in data.of_article
        else (
            speak(
                "{name} is a regency in {province}; according to the article, its plans are set out in Regent Regulation {number} of {year}, a road map for {start}–{end}.",
                **facts,
            )
            if row["regulation_number"]
            else speak(
                "{name} ({full_name}) is a regency in {province}; the article names no regulation for its plans, only a road map for {start}–{end}.",
                **facts,
            )
        )
    )
    totals, own = edition.stated.sum(axis=1), edition.stated.loc[regency]
    shares = []
    for name, measures in data.codebook.groupby("strategy", sort=False):
        label = data.row("strategies", name)[f"short_{speak.code}"]
        count, total = int(own[measures["code"]].sum()), len(measures)
        shares.append(
            speak("{count} of {total} on {strategy}", count=count, total=total, strategy=label.lower())
        )
    facts = {
        "count": int(own.sum()),
        "total": len(own),
        "regencies": speak.count(len(totals)),
        "least": int(totals.min()),
        "most": int(totals.max()),
        "list": speak.listing(shares),
    }
    second = (
        speak(
            "The article reports {count} of the codebook’s {total} measures (planned actions) for it, where the {regencies} range from {least} to {most}: {list}.",
            **facts,
        )
        if regency in data.of_article
        else speak(
            "It reports {count} of the codebook’s {total} measures (planned actions), where the {regencies} compared here range from {least} to {most}: {list}.",
            **facts,
        )
    )
    return paragraph(first, second, edition.text(words, "portrait"))


def _beyond(edition: Edition, row: pd.Series, facts: Mapping[str, object]) -> Html:
    """Who a regency is that is not among the article's, and what its plans stand in."""
    speak = edition.language
    document: object = edition.text(row, "document").rstrip(". ")
    if row["address"].startswith("http"):
        document = Html(f'<a href="{html(row["address"])}" rel="external">{html(document)}</a>')
    parts: list[object] = [
        speak(
            "{name} is a regency in {province}. The article does not treat it; it was added to compare.",
            **facts,
        ),
        joined([speak("Its plans, for {start}–{end}, stand in:", **facts), " ", document, "."], ""),
        speak("Where this page says “the article” or “its section”, that document is meant."),
    ]
    if row["invented"]:
        parts.insert(
            0,
            Html(
                f"<strong>{html(speak('This regency and its document are invented, as an example.'))}</strong>"
            ),
        )
    return joined(parts, " ")


def which_regencies(edition: Edition) -> Html:
    """What figures and tables show beside the article's regencies; nothing where there are no others."""
    speak, data = edition.language, edition.data
    others = [
        link(f"regencies/{r}", "", name) for r, name in data.regency_names.items() if r not in data.of_article
    ]
    if not others:
        return Html("")
    return paragraph(
        speak(
            "Beside the article’s {count} regencies, figures and tables that show more of them have:",
            count=speak.count(len(data.of_article)),
        ),
        joined([joined(others), "."], ""),
        speak(
            "They were added to compare (*); what is said of the six, and every outcome, is about the article’s six alone."
        ),
    )


def portrait_of_six(edition: Edition) -> Html:
    """What the six sections show together, in five sentences: shared by all, by all but one, by one alone, most, digital."""
    speak, names = edition.language, edition.data.regency_names
    stated = edition.stated.loc[list(edition.data.of_article)]
    counts, totals = stated.sum(), stated.sum(axis=1)
    six, digital = speak.count(len(stated)), counts[list(DIGITAL)]
    labels = {code: _within(edition.label("codebook", code)) for code in stated.columns}
    shared, nearly = coding.shared_by_all(stated), list(counts.index[counts == len(stated) - 1])
    doubted = [(names[r], sum((r, c) in edition.doubtful for c in shared)) for r in stated.index]
    alone = sorted(((len(coding.unique_to(stated, r)), names[r]) for r in stated.index), reverse=True)
    caution = (
        speak(
            " (of these the coding is doubtful {list})",
            list=speak.listing(
                [speak("for {name} in {n}", n=speak.count(n), name=r) for r, n in doubted if n]
            ),
        )
        if any(n for _, n in doubted)
        else ""
    )
    sentences = [
        speak(
            "Reported for all {six} regencies: {all} of the codebook’s {total} measures (kinds of planned action), {names}{caution}.",
            total=len(counts),
            all=speak.count(len(shared)),
            six=six,
            names=speak.listing([labels[c] for c in shared]),
            caution=caution,
        ),
        speak(
            "Reported for all but one: {nearly} more, {names}.",
            nearly=speak.count(len(nearly)),
            names=speak.listing([labels[c] for c in nearly]),
        ),
        speak(
            "Reported for one regency alone: {one}, {names}.",
            one=speak.count(sum(n for n, _ in alone)),
            names=speak.listing(
                [speak("{n} for {name}", n=speak.count(n), name=name) for n, name in alone if n]
            ),
        ),
        speak(
            "Most measures are reported for {most} ({n}), fewest for {least} ({m}); this says how much the article tells, not how much a regency does.",
            most=speak.listing([names[str(r)] for r in totals.index[totals == totals.max()]]),
            n=int(totals.max()),
            least=speak.listing([names[str(r)] for r in totals.index[totals == totals.min()]]),
            m=int(totals.min()),
        ),
        speak(
            "None of the {digital} measures that name a digital means is reported for all {six}; the most common, {label}, is reported for {k}.",
            digital=speak.count(len(digital)),
            six=six,
            label=labels[str(digital.idxmax())],
            k=speak.count(int(digital.max())),
        )
        if digital.max() < len(stated)
        else speak(
            "Reported for all {six}: {n} of the {digital} measures that name a digital means, {names}.",
            n=speak.count(int((digital == len(stated)).sum())),
            digital=speak.count(len(digital)),
            six=six,
            names=speak.listing([labels[str(c)] for c in digital.index[digital == len(stated)]]),
        ),
    ]
    return paragraph(*(s[:1].upper() + s[1:] for s in sentences))


def _within(label: str) -> str:
    """A label as it stands within a sentence: its first letter small, unless it begins with an abbreviation."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def publisher(edition: Edition) -> Html:
    """Who made the edition, when public sources were looked up, and how to send a correction or a response."""
    speak, known = edition.language, publication()
    month = max(edition.data.sources["seen_on"].max(), edition.data.searches["date"].max())
    parts: list[object] = [
        speak("This edition was made by {names}.", names=known.contributors)
        if known.contributors
        else speak(
            "This edition does not name those who made it: its author is given as “The contributors to this edition”."
        ),
        speak("Public sources were last looked up in {month}.", month=speak.date(month)),
    ]
    address = known.contact or (f"{known.repository.rstrip('/')}/issues" if known.repository else "")
    if address:
        place = Html(f'<a href="{html(address)}">{html(address.removeprefix("mailto:"))}</a>')
        parts += [
            joined([speak("Corrections and missing sources:"), Html(f" {place}.")], ""),
            speak(
                "Grace V. Dumalang, the article’s author, has not been heard yet; she is invited to respond in the same way, to one check or to the whole."
            ),
        ]
    else:
        parts.append(
            speak(
                "This copy names no address for corrections; whoever publishes it sets one. Until then, please turn to the place from which you have it, and name the number of the statement. The article’s author, Grace V. Dumalang, has not been heard yet; she is invited to respond in the same way."
            )
        )
    return paragraph(*parts)
