"""Tables that compare the regencies: the matrix as a way in, shared, unique and digital measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from smart_asn import coding
from smart_asn.coding import DIGITAL
from smart_asn.markup import Html, Table, bullets, folded, html, joined, link
from smart_asn.tables.many import table_provinces
from smart_asn.tables.parts import filters, measure_link, place_of, select

if TYPE_CHECKING:
    from smart_asn.edition import Edition


def matrix_table(edition: Edition, stated: pd.DataFrame) -> Html | Table:
    """The matrix as a table that can be filtered: each stated cell opens the regency's first evidence for the measure."""
    if len(stated) > coding.MANY:
        return table_provinces(
            edition, "matrix", edition.language("Measures stated, by province"), stated.sum(axis=1)
        )
    speak, names = edition.language, edition.data.regency_names
    evidence = edition.data.columns("evidence", "evidence", "regency", "code")
    evidence = evidence.drop_duplicates(["regency", "code"]).set_index(["regency", "code"])["evidence"]
    strategies = edition.data.codebook.set_index("code")["strategy"]
    rows, facts = [], []
    for code in stated.columns:
        cells = []
        for regency in stated.index:
            doubt = (regency, code) in edition.doubtful
            where = f"{names[regency]}, {edition.label('codebook', code)}"
            if stated.loc[regency, code]:
                sign, word = ("◇", speak("stated, doubtful")) if doubt else ("◆", speak("stated"))
                text = Html(
                    f'<span aria-hidden="true">{sign}</span><span class="visually-hidden" data-value="{html(word)}">{html(f"{word}: {where}")}</span>'
                )
                cells.append(link(f"regencies/{regency}", evidence[regency, code].lower(), text, css="cell"))
            else:
                sign, word = ("?", speak("not stated, doubtful")) if doubt else ("·", speak("not stated"))
                cells.append(
                    Html(
                        f'<span aria-hidden="true">{sign}</span><span class="visually-hidden">{html(word)}</span>'
                    )
                )
        count = int(stated[code].sum())
        rows.append(
            (
                measure_link(edition, code),
                edition.data.row("strategies", strategies[code])[f"short_{speak.code}"],
                *cells,
                count,
            )
        )
        facts.append({"strategy": strategies[code], "shared": _spread(count, len(stated))})
    header = [speak("Measure"), speak("Strategy"), *(names[r] for r in stated.index), speak("Stated by")]
    caption = speak(
        "Every measure and regency: ◆ stated, ◇ stated but doubtful, ? not stated but doubtful, · not stated; a sign opens its evidence"
    )
    table = Table("matrix", caption, header, rows, row_data=facts, css="matrix sortable")
    labels = [(s, edition.label("strategies", s)) for s in dict.fromkeys(strategies)]
    shares = [
        ("all", speak("all regencies")),
        ("some", speak("some regencies")),
        ("one", speak("one regency alone")),
        ("none", speak("no regency")),
    ]
    controls = [
        select("strategy", speak("Strategy"), labels, speak("all")),
        select("shared", speak("Stated by"), shares, speak("any number")),
    ]
    shown = speak("{count} of {total} measures shown", count="{count}", total="{total}")
    content = joined([filters("table-matrix", controls, shown), Html(table._repr_html_())], "")
    # The figure above has the same rows, so that the table opens only for who wants a cell's evidence.
    return folded(
        speak("The same as a table that leads to the evidence of each cell"), content, css="evidence"
    )


def _spread(count: int, total: int) -> str:
    """How widely a measure is stated: by ``all``, ``some``, ``one`` or ``none``."""
    return {total: "all", 1: "one", 0: "none"}.get(count, "some")


def table_shared(edition: Edition, stated: pd.DataFrame) -> Html:
    """Folded, the measures by how many regencies state them."""
    speak = edition.language
    rows = []
    counts = stated.sum()
    for count in sorted(set(counts), reverse=True):
        codes = counts.index[counts == count]
        rows.append(
            (
                speak("{count} of {total}", count=int(count), total=len(stated)),
                len(codes),
                joined([measure_link(edition, c) for c in codes]),
            )
        )
    caption = speak("Measures by the number of regencies that state them")
    header = [speak("Stated by"), speak("Measures"), speak("Which")]
    return folded(caption, Table("shared", caption, header, rows), "evidence")


def table_unique(edition: Edition, stated: pd.DataFrame) -> Html:
    """Folded, what each regency alone states."""
    caption = edition.language("What one regency alone states")
    table = _by_regency(edition, "unique", caption, stated.loc[:, stated.sum() == 1])
    return folded(caption, table, "evidence")


def table_digital(edition: Edition, stated: pd.DataFrame) -> Table:
    """The digital measures that each regency states."""
    caption = edition.language("Digital measures by regency")
    return _by_regency(edition, "digital", caption, stated[list(DIGITAL)])


def _by_regency(edition: Edition, name: str, caption: str, stated: pd.DataFrame) -> Table:
    """Which of some measures (the columns) each regency states; of many regencies only how many, by province."""
    if len(stated) > coding.MANY:
        return table_provinces(edition, name, caption, stated.sum(axis=1))
    speak, rows = edition.language, []
    for regency, title in edition.data.regency_names.items():
        codes = stated.columns[stated.loc[regency]]
        rows.append(
            (
                link(f"regencies/{regency}", "", title),
                len(codes),
                joined([measure_link(edition, c) for c in codes]) if len(codes) else "–",
            )
        )
    return Table(name, caption, [speak("Regency"), speak("Measures"), speak("Which")], rows)


def table_grand_design(edition: Edition) -> Table:
    """What the Grand Design expects, as the article tells it, beside the measures of the six that answer it."""
    speak, stated, names = edition.language, edition.stated, edition.data.regency_names
    rows = []
    for _, row in edition.data.grand_design.iterrows():
        codes = [c for c in row["codes"].split(";") if c]
        answers = [
            joined(
                [
                    measure_link(edition, c),
                    f": {', '.join(names[r] for r in stated.index[stated[c]]) or '–'}",
                ],
                "",
            )
            for c in codes
        ]
        rows.append(
            (
                edition.text(row, "expectation"),
                place_of(edition, row),
                bullets(answers) if answers else speak("no measure of the codebook answers it"),
                edition.text(row, "note"),
            )
        )
    header = [
        speak("What is expected"),
        speak("Place"),
        speak("Regencies whose sections name such a measure"),
        speak("Note"),
    ]
    return Table("grand-design", speak("The Grand Design's expectations and the six road maps"), header, rows)


DOCUMENTS = {"pangkep": "pangkep-road-map"}
"""The search for a regency's document, where its name is not the regency's with ``-regulation``."""


def table_documents(edition: Edition) -> Html:
    """Folded, the documents of the six as the article names them, their years beside the Grand Design's, and whether they were seen."""
    speak, data, rows = edition.language, edition.data, []
    span = [int(year) for year in data.row("sources", "grand-design-period")["value"].split("-")]
    years, differ = set(range(span[0], span[1] + 1)), []
    for _, row in data.regencies[data.regencies["regency"].isin(data.of_article)].iterrows():
        document = speak("no regulation named")
        if row["regulation_number"]:
            document = speak(
                "Regent Regulation {number} of {year}",
                number=row["regulation_number"],
                year=row["regulation_year"],
            )
        own = years & set(range(row["period_start"], row["period_end"] + 1))
        period = f"{row['period_start']}–{row['period_end']}"
        same = row["period_start"] == span[0] and row["period_end"] == span[1]
        if not same:
            differ.append(f"{row['name']} ({period})")
        pages = data.rows("summaries", "regency", row["regency"])["page"]
        search = DOCUMENTS.get(row["regency"], f"{row['regency']}-regulation")
        rows.append(
            (
                link(f"regencies/{row['regency']}", "", row["name"]),
                document,
                period,
                speak("yes")
                if same
                else speak("{n} of its {all} years", n=speak.count(len(own)), all=speak.count(len(years))),
                "–".join(str(p) for p in dict.fromkeys((pages.min(), pages.max()))),
                link("public-sources", search, speak("no")),
            )
        )
    header = [
        speak("Regency"),
        speak("Document, as the article names it"),
        speak("Period"),
        speak("Same years as the Grand Design ({first}–{last})", first=span[0], last=span[1]),
        speak("Pages"),
        speak("Seen"),
    ]
    caption = speak(
        "{fit} of the {count} road maps cover exactly the years of the Grand Design; not so: {others}."
        if differ
        else "All {count} road maps cover exactly the years of the Grand Design.",
        fit=speak.count(len(rows) - len(differ)).capitalize(),
        count=speak.count(len(rows)),
        others=speak.listing(differ) or "–",
    )
    return folded(caption, Table("documents", caption, header, rows), "evidence")
