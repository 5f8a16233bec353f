"""A regency's chapter: its facts, its strategies, what it alone states and leaves unsaid, its nearest relative."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from smart_asn import coding
from smart_asn.markup import Html, Table, bullets, folded, html, joined, link, paragraph
from smart_asn.tables.parts import html_text, measure_link, place_of, quoted

if TYPE_CHECKING:
    from smart_asn.edition import Edition


def table_facts(edition: Edition, regency: str) -> Html:
    """Who and where, folded: province, capital, population, codes, the regulation and the road map's period."""
    speak, row = edition.language, edition.data.row("regencies", regency)
    regulation = speak("none given in the article")
    if row["regulation_number"]:
        regulation = speak(
            "regent regulation {number} of {year}",
            number=row["regulation_number"],
            year=row["regulation_year"],
        )
    population = row["census_population_2020"]
    facts = [
        (speak("Province"), edition.province(regency)),
        (speak("Capital"), row["capital"]),
        (
            speak("Population, census 2020"),
            speak("not found")
            if pd.isna(population)
            else joined(
                [
                    speak.number(population),
                    Html(f'<span class="note">{html(speak(row["census_source"]))}</span>'),
                ],
                " ",
            ),
        ),
        (speak("Regulation, as the article gives it"), regulation),
        (speak("Road map period"), f"{row['period_start']}–{row['period_end']}"),
        (speak("Codes (Ministry of Home Affairs, BPS)"), f"{row['kemendagri_code']}, {row['bps_code']}"),
        (
            speak("Measures reported"),
            speak(
                "{count} of {total}",
                count=int(edition.stated.loc[regency].sum()),
                total=edition.stated.shape[1],
            ),
        ),
    ]
    caption = speak("{name} at a glance", name=row["full_name"])
    table = Table("facts", caption, [speak("What"), speak("Which")], facts)
    return folded(caption, html(table._repr_html_()), "evidence")


def strategy(edition: Edition, regency: str, name: str) -> Html:
    """What the article reports on a strategy: a summary, and each place that states one of its measures."""
    speak, data = edition.language, edition.data
    summary = data.rows("summaries", "regency", regency).query("strategy == @name").iloc[0]
    source = paragraph(
        edition.text(summary, "summary"),
        Html(f'<span class="locator">({html(speak("p. {page}", page=summary["page"]))})</span>'),
    )
    codes = data.codebook.query("strategy == @name")["code"]
    rows = data.rows("evidence", "regency", regency)
    rows = rows[rows["code"].isin(codes)]
    if rows.empty:
        return joined([source, paragraph(speak("No measure of this strategy is reported."))], "")
    letters = dict(zip(data.strategies["letter"], data.strategies["strategy"], strict=True))
    body = []
    for _, row in rows.iterrows():
        measure = joined(
            [
                measure_link(edition, row["code"]),
                Html(f"<span class='doubt'>{html(speak('doubtful'))}</span>") if row["doubtful"] else "",
            ],
            " ",
        )
        note = edition.text(row, "note")
        if note:
            measure = joined([measure, Html(f'<span class="note">{html(note)}</span>')], " ")
        under = (
            ""
            if letters[row["stated_under"]] == name
            else speak("under {letter}", letter=row["stated_under"])
        )
        place = joined([p for p in (place_of(edition, row), under) if p])
        body.append((measure, quoted(row["anchor"]), place, Html(f"<!-- questions-on:{row['evidence']} -->")))
    caption = speak(
        "{strategy}: the measures reported, and where", strategy=edition.label("strategies", name)
    )
    words = speak("Words of the article") if regency in data.of_article else speak("Words of the document")
    header = [speak("Measure"), words, speak("Place"), speak("Questions")]
    table = Table(f"evidence-{name}", caption, header, body, [e.lower() for e in rows["evidence"]])
    count = rows["code"].nunique()
    label = speak("Evidence: {measures} measures in {places} places", measures=count, places=len(rows))
    if count == 1:
        label = speak("Evidence: one measure")
    return joined([source, folded(label, Html(table._repr_html_()), "evidence")], "")


def alone(edition: Edition, regency: str) -> Html:
    """The measures that this regency alone plans, as the article reports."""
    codes = coding.unique_to(edition.stated, regency)
    speak, name = edition.language, edition.data.regency_names[regency]
    if not codes:
        return paragraph(
            speak("Every measure reported for {name} is reported for another regency too.", name=name)
        )
    intro = paragraph(
        speak(
            "Of the {total} measures, {count} are reported for {name} alone:",
            name=name,
            count=speak.count(len(codes)),
            total=edition.stated.shape[1],
        )
        if len(codes) > 1
        else speak("One measure is reported for {name} alone:", name=name)
    )
    return joined([intro, bullets(measure_link(edition, c) for c in codes)], "")


def unsaid(edition: Edition, regency: str) -> Html:
    """The measures that most of the other regencies plan and this section does not report."""
    others = len(edition.stated) - 1
    most = others // 2 + 2
    codes = coding.left_unsaid_by(edition.stated, regency, most)
    speak, name = edition.language, edition.data.regency_names[regency]
    if not codes:
        return paragraph(
            speak(
                "Whatever is reported for at least {most} of the others is reported for {name} too.",
                most=speak.count(most),
                name=name,
            )
        )
    intro = paragraph(
        speak(
            "Reported for at least {most} of the other {others}, and not for {name}:",
            most=speak.count(most),
            others=speak.count(others),
            name=name,
        )
    )
    count = edition.stated.sum()
    items = [
        joined(
            [measure_link(edition, c), speak("({count} of the others)", count=speak.count(int(count[c])))],
            " ",
        )
        for c in codes
    ]
    return joined([intro, bullets(items)], "")


def most_similar(edition: Edition, regency: str) -> Html:
    """The regency whose reported measures are most like this one's, and what they share."""
    speak, names = edition.language, edition.data.regency_names
    other, value = coding.nearest(edition.stated, regency)
    both = int((edition.stated.loc[regency] & edition.stated.loc[other]).sum())
    either = int((edition.stated.loc[regency] | edition.stated.loc[other]).sum())
    return paragraph(
        html_text(
            speak("Most similar regency:"), joined([link(f"regencies/{other}", "", names[other]), "."], "")
        ),
        speak(
            "The two share {both} of the {either} measures that are reported for at least one of them (Jaccard similarity {value}).",
            value=speak.number(value, 2),
            either=either,
            both=both,
        ),
    )


def table_doubts(edition: Edition, regency: str) -> Html:
    """The doubtful cells of a regency, present and absent, with the reason."""
    speak, data = edition.language, edition.data
    rows = []
    present = data.rows("evidence", "regency", regency).query("doubtful").drop_duplicates("code")
    for _, row in present.iterrows():
        rows.append(
            (
                measure_link(edition, row["code"]),
                speak("reported"),
                place_of(edition, row),
                edition.text(row, "note"),
            )
        )
    for _, row in data.rows("decisions", "regency", regency).iterrows():
        rows.append(
            (
                measure_link(edition, row["code"]),
                speak("not reported"),
                place_of(edition, row),
                edition.text(row, "reason"),
            )
        )
    if not rows:
        return paragraph(speak("No cell of this regency is doubtful."))
    header = [speak("Measure"), speak("Coded as"), speak("Place"), speak("Why it is doubtful")]
    caption = speak("Codings that could be read the other way")
    return Html(Table("doubts", caption, header, rows)._repr_html_())


def questions_about(regency: str) -> Html:
    """Where the publishing step puts the questions that bear on a regency and are asked in other chapters."""
    return Html(f'<div class="questions-about"><!-- questions-about:{html(regency)} --></div>')
