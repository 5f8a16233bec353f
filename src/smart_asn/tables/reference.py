"""Chapters to look things up in: passages, public figures, codebook, data dictionary, glossary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from smart_asn import coding
from smart_asn.cards import locator
from smart_asn.language import Language
from smart_asn.markup import Html, Table, html, joined, link, paragraph, searched, slug
from smart_asn.tables.parts import quoted

if TYPE_CHECKING:
    from smart_asn.edition import Edition


def table_passages(edition: Edition) -> Table:
    """The places of the article that questions look at."""
    speak = edition.language
    asked = edition.data.questions.set_index("question")[f"asked_{speak.code}"]
    rows = []
    for _, row in edition.data.passages.iterrows():
        where = locator(row["page"], row["first_line"], row["last_line"], speak)
        rows.append(
            (
                row["passage"],
                edition.text(row, "label"),
                quoted(row["anchor"]),
                Html(f'<span class="place">{html(where)}</span>'),
                joined(
                    [link("ledger", row["question"].lower(), row["question"]), asked[row["question"]]], ": "
                ),
            )
        )
    header = [speak(h) for h in ("No.", "What is looked at", "Words of the article", "Place", "Question")]
    return Table(
        "passages-table",
        speak("Passages that questions look at"),
        header,
        rows,
        [p.lower() for p in edition.data.passages["passage"]],
        css="roomy",
    )


def _public_value(edition: Edition, row: pd.Series) -> str:
    """What a source has, as the language writes it, with its unit where that is counted in."""
    speak, value, unit = edition.language, row["value"], row["unit"]
    if unit in ("", "year"):
        return speak.value(value)
    try:
        value = speak.number(float(value))
    except ValueError:
        value = speak.value(value)
    before = {
        "item": speak("item {number}", number=value),
        "number": speak("number {number}", number=value),
        "rank": speak("rank {number}", number=value),
    }
    return before.get(unit) or f"{value} {speak(unit)}"


def table_sources(edition: Edition) -> Table:
    """The public sources: what each has, how much of it was seen and when."""
    speak, rows = edition.language, []
    for _, row in edition.data.sources.iterrows():
        note = edition.text(row, "note")
        subject = joined(
            [edition.text(row, "label"), Html(f'<span class="note">{html(note)}</span>') if note else ""], " "
        )
        title = Html(
            f'<a href="{html(row["address"])}" rel="external">{html(edition.text(row, "title"))}</a>'
        )
        seen = speak("{how} seen {date}", how=speak(row["seen"]), date=speak.date(row["seen_on"]))
        rows.append(
            (
                subject,
                speak.date(row["period"]) or "–",
                _public_value(edition, row),
                joined([title, f"({seen})"], " "),
                Html(f"<!-- questions-on:{row['source']} -->"),
            )
        )
    header = [speak(h) for h in ("What", "Period", "What it has", "Source (seen)", "Questions")]
    caption = speak("Public sources, each with its address and how much of it was seen")
    return Table("sources", caption, header, rows, list(edition.data.sources["source"]), css="roomy")


def table_searches(edition: Edition) -> Table:
    """What was looked for and was not open to us, a row for each document or fact."""
    speak, rows = edition.language, []
    for _, row in edition.data.searches.iterrows():
        nearest: object = edition.text(row, "nearest") or "–"
        if row["nearest_address"]:
            nearest = Html(f'<a href="{html(row["nearest_address"])}" rel="external">{html(nearest)}</a>')
        looked = joined(
            [
                searched(edition.text(row, "looked_for")),
                f"({edition.text(row, 'where')}, {speak.date(row['date'])})",
            ],
            " ",
        )
        rows.append(
            (
                edition.text(row, "label"),
                looked,
                nearest,
                edition.text(row, "settles"),
                Html(f"<!-- questions-on:{row['search']} -->"),
            )
        )
    header = [
        speak(h)
        for h in ("Document or fact", "Looked for", "Nearest thing seen", "Would settle it", "Questions")
    ]
    caption = speak("Documents and facts that were not open to us")
    return Table("searches", caption, header, rows, list(edition.data.searches["search"]), css="roomy")


def table_series(edition: Edition, name: str) -> Table:
    """A public series (``hci`` or ``egdi``), a row for each country and year."""
    speak, frame = edition.language, edition.data.tables[name]
    values = [c for c in frame.columns if c not in ("iso3", "country_en", "country_id", "asean", "year")]
    rows = [
        (
            edition.text(r, "country"),
            str(r["year"]),
            *(speak.number(r[v]) for v in values),
            Html(f"<!-- questions-on:{name}-{r['iso3']}-{r['year']} -->"),
        )
        for _, r in frame.iterrows()
    ]
    titles = {
        "hci": speak("Human Capital Index, 0 to 1"),
        "egdi": speak("E-Government Development Index, 0 to 1, and rank"),
    }
    heads = {"hci": speak("Index"), "egdi": speak("Index"), "egdi_rank": speak("Rank")}
    ids = [f"{name}-{i}-{y}".lower() for i, y in zip(frame["iso3"], frame["year"], strict=True)]
    return Table(
        name,
        titles[name],
        [speak("Country"), speak("Year"), *(heads[v] for v in values), speak("Questions")],
        rows,
        ids,
    )


def table_codebook(edition: Edition, strategy_name: str) -> Table:
    """The measures of a strategy: when they count and when not, and who states them."""
    speak, names = edition.language, edition.data.regency_names
    rows, ids = [], []
    for _, row in edition.data.codebook.query("strategy == @strategy_name").iterrows():
        who = [
            link(f"regencies/{r}", "", names[r]) for r in edition.stated.index[edition.stated[row["code"]]]
        ]
        rows.append(
            (
                row["code"],
                edition.text(row, "label"),
                edition.text(row, "counts_when"),
                edition.text(row, "does_not_count") or "–",
                speak("{count} of {total}", count=len(who), total=len(names))
                if len(who) > coding.MANY
                else (joined(who) if who else "–"),
            )
        )
        ids.append(row["code"].lower())
    header = [speak(h) for h in ("Code", "Measure", "Counts when", "Does not count", "Stated by")]
    strategy = edition.label("strategies", strategy_name)
    caption = (
        speak("{strategy}: its one measure, and when a section counts as stating it", strategy=strategy)
        if len(rows) == 1
        else speak(
            "{strategy}: {count} measures, and when a section counts as stating one",
            strategy=strategy,
            count=len(rows),
        )
    )
    return Table(f"codebook-{strategy_name}", caption, header, rows, ids)


def tables_dictionary(edition: Edition) -> Html:
    """Every file and column of the data package, from its description."""
    speak, parts = edition.language, []
    for resource in edition.data.package["resources"]:
        parts.append(Html(f'<h2 id="{html(resource["name"])}"><code>{html(resource["path"])}</code></h2>'))
        parts.append(paragraph(_described(resource, "description", speak)))
        licences = ", ".join(_described(entry, "title", speak) for entry in resource.get("licenses", []))
        origins = "; ".join(_described(entry, "title", speak) for entry in resource.get("sources", []))
        more = [
            f"{speak('Licence')}: {licences}" if licences else "",
            f"{speak('Source')}: {origins}" if origins else "",
        ]
        parts += [paragraph(f"{m}.") for m in more if m]
        if "schema" not in resource:
            continue
        rows, subject = [], _described(resource, "title", speak)
        for column in resource["schema"]["fields"]:
            unit = column.get("unit", "")
            rows.append(
                (
                    column["name"],
                    _described(column, "description", speak),
                    speak(column["type"]) + (f" ({speak(unit)})" if unit else ""),
                    speak("yes") if column.get("constraints", {}).get("required") else speak("no"),
                    _allowed(column, speak) or "–",
                )
            )
        header = [speak(h) for h in ("Column", "Meaning", "Type", "Required", "Allowed")]
        title = speak("The columns of {file} ({subject})", subject=subject, file=resource["path"])
        parts.append(Table(f"dictionary-{resource['name']}", title, header, rows)._repr_html_())
    return joined(parts, "")


def _described(thing: Mapping, key: str, speak: Language) -> str:
    """A text of the data package, in the edition's language where it has one of its own (``title_id``)."""
    return thing.get(f"{key}_{speak.code}", thing[key])


CHOICES = ("one of ", "salah satu dari ")
"""How a description of what a column may hold opens where it lists the values."""


def _codes(values: Iterable[str]) -> Html:
    return joined(Html(f"<code>{html(value)}</code>") for value in values)


def _allowed(column: Mapping, speak: Language) -> Html | str:
    """What a column may hold: in words, or from its constraints."""
    if "expected" in column:
        said = _described(column, "expected", speak)
        opening = next((o for o in CHOICES if said.startswith(o)), "")
        values = said.removeprefix(opening).split(", ") if opening else []
        return Html(f"{opening}{_codes(values)}") if opening else said
    limits = {k: v for k, v in column.get("constraints", {}).items() if k not in ("required", "unique")}
    shown = {
        k: _codes(v) if isinstance(v, list) else speak.value(v) if isinstance(v, int | float) else v
        for k, v in limits.items()
    }
    return joined((joined([speak(k), v], ": ") for k, v in shown.items()), "; ")


def glossary(edition: Edition) -> Html:
    """The terms with their long form and meaning, as a definition list with an id for each term."""
    parts = []
    for _, row in edition.data.glossary.sort_values("term", key=lambda s: s.str.lower()).iterrows():
        long = (
            f" <span class='expansion' lang='{html(row['expansion_language'])}'>({html(row['expansion'])})</span>"
            if row["expansion"] and row["expansion"] != row["term"]
            else ""
        )
        parts.append(
            f'<dt id="term-{html(slug(row["term"]))}">{html(row["term"])}{long}</dt><dd>{html(edition.text(row, "definition"))}</dd>'
        )
    return Html(f"<dl class='glossary'>{''.join(parts)}</dl>")
