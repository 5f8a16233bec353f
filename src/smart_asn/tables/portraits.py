"""Short portraits in sentences with computed figures: one regency, the six together, and who publishes the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smart_asn import coding
from smart_asn.coding import DIGITAL
from smart_asn.markup import Html, bullets, html, joined, paragraph
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
        "province": edition.text(words, "province"),
        "number": row["regulation_number"],
        "year": row["regulation_year"],
        "start": row["period_start"],
        "end": row["period_end"],
    }
    first = (
        speak(
            "{name} is a regency in {province}; by the article its plans stand in Regent Regulation {number} of {year}, a road map for {start}–{end}.",
            **facts,
        )
        if row["regulation_number"]
        else speak(
            "{name} ({full_name}) is a regency in {province}; the article names no regulation for its plans, only a road map for {start}–{end}.",
            **facts,
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
    second = speak(
        "The article reports {count} of the codebook’s {total} measures (planned actions) for it, where the {regencies} range from {least} to {most}: {list}.",
        count=int(own.sum()),
        total=len(own),
        regencies=speak.count(len(totals)),
        least=int(totals.min()),
        most=int(totals.max()),
        list=speak.listing(shares),
    )
    return paragraph(first, second, edition.text(words, "portrait"))


def portrait_of_six(edition: Edition) -> Html:
    """What the six sections show together, in five sentences: shared by all, by all but one, by one alone, most, digital."""
    speak, names, stated = edition.language, edition.data.regency_names, edition.stated
    counts, totals = stated.sum(), stated.sum(axis=1)
    regencies = len(stated)
    labels = {code: f"“{edition.label('codebook', code)}”" for code in stated.columns}
    shared, nearly = coding.shared_by_all(stated), list(counts.index[counts == regencies - 1])
    alone = {r: len(coding.unique_to(stated, r)) for r in stated.index}
    single = [f"{names[r]} ({speak.count(n)})" for r, n in alone.items() if n]
    digital = counts[list(DIGITAL)]
    sentences = [
        speak(
            "Reported for all {regencies}, {count} of {total} measures: {list}.",
            regencies=speak.count(regencies),
            count=speak.count(len(shared)),
            total=len(counts),
            list=speak.listing([labels[c] for c in shared]),
        ),
        speak(
            "For all but one, {count} more: {list}.",
            count=speak.count(len(nearly)),
            list=speak.listing([labels[c] for c in nearly]),
        ),
        speak(
            "For one regency alone, {count}: {list}.",
            count=speak.count(sum(alone.values())),
            list=speak.listing(single),
        ),
        speak(
            "The article reports most for {most} ({high} measures) and least for {least} ({low}).",
            most=names[str(totals.idxmax())],
            high=int(totals.max()),
            least=names[str(totals.idxmin())],
            low=int(totals.min()),
        ),
        speak(
            "Of the {count} measures that name a digital means none is reported for all {regencies}; the widest, {label}, is reported for {most}.",
            count=speak.count(len(digital)),
            regencies=speak.count(regencies),
            label=labels[str(digital.idxmax())],
            most=speak.count(int(digital.max())),
        )
        if digital.max() < regencies
        else speak(
            "Of the {count} measures that name a digital means {shared} are reported for all {regencies}.",
            count=speak.count(len(digital)),
            shared=speak.count(int((digital == regencies).sum())),
            regencies=speak.count(regencies),
        ),
    ]
    return bullets([s[:1].upper() + s[1:] for s in sentences], "portrait")


def publisher(edition: Edition) -> Html:
    """Who made the edition, when the statements were checked, and how to send a correction or a response."""
    speak, known = edition.language, publication()
    dates = edition.data.sources["seen_on"]
    made = (
        speak("This edition was made by {names}.", names=known.contributors)
        if known.contributors
        else speak("The names of those who made this edition are given by its publisher.")
    )
    when = speak("Public sources were last looked at in {month}.", month=speak.date(dates.max()))
    parts: list[object] = [made, when]
    if known.contact or known.repository:
        address = known.contact or f"{known.repository.rstrip('/')}/issues"
        place = Html(f'<a href="{html(address)}">{html(address.removeprefix("mailto:"))}</a>')
        parts.append(
            joined(
                [
                    speak("Corrections, public sources and the author’s response are welcome at"),
                    Html(f" {place}."),
                ],
                "",
            )
        )
    else:
        parts.append(
            speak(
                "A correction, a public source or a response by the author goes to whoever publishes this copy, with the number of the statement; it is printed with the statement."
            )
        )
    return paragraph(*parts)
