"""The book's tables and short computed texts. Every function takes the open edition and returns a block."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pandas as pd

from . import coding
from .cards import asserted_text, evidence_link, locator, verdict_badge
from .checks import describe_standing
from .data import page_of
from .figures import DIGITAL
from .language import Language
from .markup import Html, Table, bullets, html, joined, link, paragraph
from .verdicts import NOT_FOUND, NOT_STATED, QUANTIFIERS, VERDICTS, Standing

if TYPE_CHECKING:
    from .notebook import Edition


def _measure(edition: Edition, code: str) -> Html:
    """A measure's label with a link to its codebook entry."""
    return link("codebook", code.lower(), edition.label("codebook", code), title=code)


def _place(edition: Edition, row: pd.Series) -> Html:
    if pd.isna(row["scan_line"]):
        return Html("–")
    return Html(
        f'<span class="place">{html(locator(row["page"], row["scan_line"], row["scan_line"], edition.language))}</span>'
    )


def _anchor(words: str) -> Html:
    return Html(f'<q lang="id">{html(words)}</q>') if words else Html("–")


# A regency ------------------------------------------------------------------------------------------------


def table_facts(edition: Edition, regency: str) -> Table:
    """Who and where: province, capital, population, codes, the regulation and the road map's period."""
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
        (speak("Province"), row["province"]),
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
            speak("Measures stated"),
            speak(
                "{count} of {total}",
                count=int(edition.stated.loc[regency].sum()),
                total=edition.stated.shape[1],
            ),
        ),
    ]
    return Table(
        "facts", speak("{name} at a glance", name=row["full_name"]), [speak("What"), speak("Which")], facts
    )


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
        return joined([source, paragraph(speak("No measure of this strategy is stated."))], "")
    letters = dict(zip(data.strategies["letter"], data.strategies["strategy"], strict=True))
    body = []
    for _, row in rows.iterrows():
        measure = joined(
            [
                _measure(edition, row["code"]),
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
        place = joined([p for p in (_place(edition, row), under) if p])
        body.append((measure, _anchor(row["anchor"]), place, Html(f"<!-- claims-on:{row['evidence']} -->")))
    caption = speak("{strategy}: the measures stated, and where", strategy=edition.label("strategies", name))
    header = [speak("Measure"), speak("Words of the article"), speak("Place"), speak("Claims")]
    table = Table(f"evidence-{name}", caption, header, body, [e.lower() for e in rows["evidence"]])
    return joined([source, Html(table._repr_html_())], "")


def alone(edition: Edition, regency: str) -> Html:
    """What this regency alone states."""
    codes = coding.unique_to(edition.stated, regency)
    speak, name = edition.language, edition.data.regency_names[regency]
    if not codes:
        return paragraph(speak("{name} states no measure that no other regency states.", name=name))
    intro = paragraph(
        speak(
            "{name} alone states {count} of the {total} measures:",
            name=name,
            count=len(codes),
            total=edition.stated.shape[1],
        )
    )
    return joined([intro, bullets(_measure(edition, c) for c in codes)], "")


def unsaid(edition: Edition, regency: str) -> Html:
    """What this regency leaves unsaid and most of the others state."""
    others = len(edition.stated) - 1
    most = others // 2 + 2
    codes = coding.left_unsaid_by(edition.stated, regency, most)
    speak, name = edition.language, edition.data.regency_names[regency]
    if not codes:
        return paragraph(
            speak("Whatever at least {most} of the others state, {name} states too.", most=most, name=name)
        )
    intro = paragraph(
        speak(
            "At least {most} of the other {others} regencies state these measures, {name} does not:",
            most=most,
            others=others,
            name=name,
        )
    )
    count = edition.stated.sum()
    items = [
        joined([_measure(edition, c), speak("({count} of the others)", count=int(count[c]))], " ")
        for c in codes
    ]
    return joined([intro, bullets(items)], "")


def nearest(edition: Edition, regency: str) -> Html:
    """The regency most like this one, and what they share."""
    speak, names = edition.language, edition.data.regency_names
    other, value = coding.nearest(edition.stated, regency)
    both = int((edition.stated.loc[regency] & edition.stated.loc[other]).sum())
    either = int((edition.stated.loc[regency] | edition.stated.loc[other]).sum())
    return paragraph(
        html_text(speak("The nearest relative is"), link(f"regencies/{other}", "", names[other])),
        speak(
            "with a Jaccard similarity of {value}: of the {either} measures that either states, both state {both}.",
            value=speak.number(value, 2),
            either=either,
            both=both,
        ),
    )


def html_text(*parts: object) -> Html:
    """Parts of a sentence with a space between them."""
    return joined(parts, " ")


def table_doubts(edition: Edition, regency: str) -> Html:
    """The doubtful cells of a regency, present and absent, with the reason."""
    speak, data = edition.language, edition.data
    rows = []
    present = data.rows("evidence", "regency", regency).query("doubtful").drop_duplicates("code")
    for _, row in present.iterrows():
        rows.append(
            (_measure(edition, row["code"]), speak("stated"), _place(edition, row), edition.text(row, "note"))
        )
    for _, row in data.rows("decisions", "regency", regency).iterrows():
        rows.append(
            (
                _measure(edition, row["code"]),
                speak("not stated"),
                _place(edition, row),
                edition.text(row, "reason"),
            )
        )
    if not rows:
        return paragraph(speak("No cell of this regency is doubtful."))
    header = [speak("Measure"), speak("Coded as"), speak("Place"), speak("Why it is doubtful")]
    caption = speak("Cells that a reader could hold the other way")
    return Html(Table("doubts", caption, header, rows)._repr_html_())


def claims_about(regency: str) -> Html:
    """Where the publishing step puts the claims that bear on a regency."""
    return Html(f'<div class="claims-about"><!-- claims-about:{html(regency)} --></div>')


# Method ---------------------------------------------------------------------------------------------------


def table_six_p(edition: Edition) -> Table:
    """The six strategies: what the article calls them in two places, and the number of measures that code them."""
    speak, data = edition.language, edition.data
    counts = data.codebook["strategy"].value_counts()
    named = [
        list(data.passages.query("topic == @t")["value"])
        for t in ("six-p-names-in-the-review", "six-p-names-in-the-results")
    ]
    rows = [
        (
            strategy["letter"],
            edition.text(strategy, "label"),
            _anchor(first),
            _anchor(second),
            int(counts[strategy["strategy"]]),
        )
        for (_, strategy), first, second in zip(data.strategies.iterrows(), *named, strict=True)
    ]
    header = [
        speak(h) for h in ("Paragraph", "Strategy", "In the literature review", "In the results", "Measures")
    ]
    return Table(
        "six-p",
        speak("The six strategies (6P), their names in the article, and the measures that code them"),
        header,
        rows,
    )


def table_prisma_p(edition: Edition) -> Table:
    """The PRISMA-P items: which of them the article's method chapter reports."""
    speak = edition.language
    signs = {"reported": "●", "partly": "◐", "not reported": "○"}
    rows = [
        (
            r["item"],
            edition.text(r, "label"),
            f"{signs[r['reported']]} {speak(r['reported'])}",
            _place(edition, r),
            edition.text(r, "note"),
        )
        for _, r in edition.data.prisma_p.iterrows()
    ]
    header = [
        speak("Item"),
        speak("What a protocol says"),
        speak("In the article"),
        speak("Place"),
        speak("Note"),
    ]
    counts = edition.data.prisma_p["reported"].value_counts()
    caption = speak(
        "PRISMA-P, {count} items in our words: {reported} reported, {partly} partly, {missing} not",
        count=len(rows),
        reported=int(counts.get("reported", 0)),
        partly=int(counts.get("partly", 0)),
        missing=int(counts.get("not reported", 0)),
    )
    return Table("prisma-p", caption, header, rows)


def table_agreement(edition: Edition) -> Table:
    """Agreement of the two coding passes: overall, and by strategy (raw)."""
    speak, data = edition.language, edition.data
    overall = coding.agreement(data.pass_1, data.pass_2)
    rows = [
        (speak("Cells coded twice"), speak.number(overall["cells"])),
        (speak("Cells that differ"), speak.number(overall["differing"])),
        (speak("Raw agreement"), speak.percent(overall["raw"], 1)),
        (speak("Cohen's kappa"), speak.number(overall["kappa"], 3)),
        (speak("Krippendorff's alpha (nominal)"), speak.number(overall["alpha"], 3)),
        (speak("Cells marked doubtful after settling"), speak.number(len(edition.doubtful))),
    ]
    return Table(
        "agreement", speak("How far the two coding passes agree"), [speak("Figure"), speak("Value")], rows
    )


def table_settlements(edition: Edition) -> Table:
    """The cells on which the passes differed, and how the codebook's rule settled them."""
    speak = edition.language
    rows = [
        (
            edition.data.regency_names[r["regency"]],
            _measure(edition, r["code"]),
            speak("stated") if r["present"] else speak("not stated"),
            edition.text(r, "reason"),
        )
        for _, r in edition.data.settlements.iterrows()
    ]
    return Table(
        "settlements",
        speak("Differences between the passes, and how they were settled"),
        [speak("Regency"), speak("Measure"), speak("Settled as"), speak("Reason")],
        rows,
    )


VERDICT_MEANINGS = {
    "supported": "the observation meets what the article asserts",
    "partly supported": "it meets a part: some of the regencies, or some of the things asserted",
    "contradicted": "the coded sections, the article's own text or the public source say otherwise",
    "not stated": "the article asserts it, and nothing in what it reports lets a reader check it",
    "not found": "a public fact for which no source was found",
}


def table_verdicts(edition: Edition) -> Table:
    """The five verdicts and what each means."""
    speak = edition.language
    rows = [(verdict_badge(v, speak), speak(VERDICT_MEANINGS[v])) for v in VERDICTS]
    return Table("verdicts", speak("The five verdicts"), [speak("Verdict"), speak("When")], rows)


def table_quantifiers(edition: Edition) -> Table:
    """The rules that turn a quantifier and an observation into a verdict, from the code that applies them."""
    speak = edition.language
    rows = [
        (speak(name), speak(rule.takes), *(speak(w) if w else "–" for w in rule.when))
        for name, rule in QUANTIFIERS.items()
    ]
    header = [
        speak("Quantifier"),
        speak("Asserted"),
        speak("Supported"),
        speak("Partly supported"),
        speak("Contradicted"),
    ]
    return Table("quantifiers", speak("The verdict for each quantifier, by what is observed"), header, rows)


# Synthesis ------------------------------------------------------------------------------------------------


def matrix_table(edition: Edition, stated: pd.DataFrame) -> Html | Table:
    """The matrix as a table that can be filtered: each stated cell opens the regency's first evidence for the measure."""
    if len(stated) > coding.MANY:
        from .overview import table_provinces

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
                _measure(edition, code),
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
        _select("strategy", speak("Strategy"), labels, speak("all")),
        _select("shared", speak("Stated by"), shares, speak("any number")),
    ]
    shown = speak("{count} of {total} measures shown", count="{count}", total="{total}")
    return joined([_filters("table-matrix", controls, shown), Html(table._repr_html_())], "")


def _spread(count: int, total: int) -> str:
    """How widely a measure is stated: by ``all``, ``some``, ``one`` or ``none``."""
    return {total: "all", 1: "one", 0: "none"}.get(count, "some")


def _select(name: str, label: str, options: list[tuple[str, str]], every: str) -> Html:
    """A control that filters a table's rows by ``data-`` and its name."""
    choices = "".join(f'<option value="{html(v)}">{html(t)}</option>' for v, t in [("", every), *options])
    return Html(f'<label>{html(label)} <select data-filter="{html(name)}">{choices}</select></label>')


def _filters(table: str, controls: Iterable[Html], shown: str) -> Html:
    """The form that filters a table; scripts show it. ``shown`` has {count} and {total} for what is left."""
    return Html(
        f'<form class="filters" data-for="{html(table)}" hidden>{joined(controls, "")}'
        f'<output data-template="{html(shown)}" aria-live="polite"></output></form>'
    )


def table_shared(edition: Edition, stated: pd.DataFrame) -> Table:
    """The measures by how many regencies state them: all, and none."""
    speak = edition.language
    rows = []
    counts = stated.sum()
    for count in sorted(set(counts), reverse=True):
        codes = counts.index[counts == count]
        rows.append(
            (
                speak("{count} of {total}", count=int(count), total=len(stated)),
                len(codes),
                joined([_measure(edition, c) for c in codes]),
            )
        )
    return Table(
        "shared",
        speak("Measures by the number of regencies that state them"),
        [speak("Stated by"), speak("Measures"), speak("Which")],
        rows,
    )


def table_unique(edition: Edition, stated: pd.DataFrame) -> Table:
    """What each regency alone states."""
    if len(stated) > coding.MANY:
        from .overview import table_provinces

        return table_provinces(
            edition,
            "unique",
            edition.language("What one regency alone states"),
            stated.loc[:, stated.sum() == 1].sum(axis=1),
        )
    speak, rows = edition.language, []
    for regency, name in edition.data.regency_names.items():
        codes = coding.unique_to(stated, regency)
        rows.append(
            (
                link(f"regencies/{regency}", "", name),
                len(codes),
                joined([_measure(edition, c) for c in codes]) if codes else "–",
            )
        )
    return Table(
        "unique",
        speak("What one regency alone states"),
        [speak("Regency"), speak("Measures"), speak("Which")],
        rows,
    )


def table_digital(edition: Edition, stated: pd.DataFrame) -> Table:
    """The digital measures that each regency states."""
    if len(stated) > coding.MANY:
        from .overview import table_provinces

        return table_provinces(
            edition,
            "digital",
            edition.language("Digital measures by regency"),
            stated[list(DIGITAL)].sum(axis=1),
        )
    speak, rows = edition.language, []
    for regency, name in edition.data.regency_names.items():
        codes = [c for c in DIGITAL if stated.loc[regency, c]]
        rows.append(
            (
                link(f"regencies/{regency}", "", name),
                len(codes),
                joined([_measure(edition, c) for c in codes]) if codes else "–",
            )
        )
    return Table(
        "digital",
        speak("Digital measures by regency"),
        [speak("Regency"), speak("Measures"), speak("Which")],
        rows,
    )


def table_grand_design(edition: Edition) -> Table:
    """What the Grand Design expects, as the article tells it, beside the measures of the six that answer it."""
    speak, stated, names = edition.language, edition.stated, edition.data.regency_names
    rows = []
    for _, row in edition.data.grand_design.iterrows():
        codes = [c for c in row["codes"].split(";") if c]
        answers = [
            joined(
                [_measure(edition, c), f": {', '.join(names[r] for r in stated.index[stated[c]]) or '–'}"], ""
            )
            for c in codes
        ]
        rows.append(
            (
                edition.text(row, "expectation"),
                _place(edition, row),
                bullets(answers) if answers else speak("no measure of the codebook answers it"),
                edition.text(row, "note"),
            )
        )
    header = [
        speak("What is expected"),
        speak("Place"),
        speak("Which regencies state what answers it"),
        speak("Note"),
    ]
    return Table("grand-design", speak("The Grand Design's expectations and the six road maps"), header, rows)


# Ledger ---------------------------------------------------------------------------------------------------


def totals(claims: pd.DataFrame) -> dict[str, int]:
    """Claims by verdict, and ``total``, ``unchecked`` (not stated or not found) and ``unsteady`` (do not stand)."""
    counts = {v: int((claims["verdict"] == v).sum()) for v in VERDICTS}
    return counts | {
        "total": len(claims),
        "unchecked": counts[NOT_STATED] + counts[NOT_FOUND],
        "unsteady": int((~claims["stands"].astype(bool)).sum()),
    }


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
    rows = []
    for entry in claims:
        row = frame.loc[entry["claim"]]
        number = entry["claim"]
        rests = [evidence_link(edition, e) for e in entry["evidence"]]
        rests += [link("passages", p.lower(), p) for p in entry["passages"]]
        rests += [link("public-figures", f.lower(), f) for f in entry["figures"]]
        note = edition.text(row, "note")
        where = f"{edition.label('sections', entry['section'])}, {locator(row['page'], row['first_line'], row['last_line'], speak)}"
        place = joined([where, _anchor(row["anchor"])] if row["anchor"] else [where], ": ")
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
    )


def ledger_filters(edition: Edition, claims: Iterable[Mapping]) -> Html:
    """The controls that filter the ledger, by section, verdict and what was checked against, and its search."""
    speak, claims = edition.language, list(claims)
    sections = [s for s in edition.data.sections["section"] if s in {c["section"] for c in claims}]
    controls = [
        _select(
            "section", speak("Section"), [(s, edition.label("sections", s)) for s in sections], speak("all")
        ),
        _select("verdict", speak("Verdict"), [(v, speak(v)) for v in VERDICTS], speak("all")),
        _select(
            "against",
            speak("Checked against"),
            [(a, speak(a)) for a in ("coding", "article", "public")],
            speak("all"),
        ),
        Html(f'<label>{html(speak("Search"))} <input type="search" data-filter="text"></label>'),
    ]
    return _filters(
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
                _place(edition, row),
                _anchor(row["anchor"]),
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
    return Table("errata-table", caption, header, rows, [e.lower() for e in errata["erratum"]])


# Sources and reference ------------------------------------------------------------------------------------


def table_sections(edition: Edition) -> Table:
    """How this edition divides the article: each section's pages, lines of the scan, and number of claims."""
    speak, data = edition.language, edition.data
    claims = data.claims["section"].value_counts()
    rows = []
    for _, row in data.sections.iterrows():
        pages = [page_of(data.pages, row[c]) for c in ("first_line", "last_line")]
        rows.append(
            (
                edition.text(row, "label"),
                "–".join(str(p) for p in dict.fromkeys(pages)),
                f"{row['first_line']}–{row['last_line']}",
                int(claims.get(row["section"], 0)),
            )
        )
    header = [speak(h) for h in ("Section", "Pages", "Lines of the scan", "Claims")]
    return Table(
        "sections-table", speak("The article's sections, as this edition divides them"), header, rows
    )


def table_passages(edition: Edition) -> Table:
    """The passages of the article, outside the coded sections' measures, against which claims are checked."""
    speak = edition.language
    rows = []
    for _, row in edition.data.passages.iterrows():
        note = edition.text(row, "note")
        text = joined(
            [edition.text(row, "label"), Html(f'<span class="note">{html(note)}</span>') if note else ""], " "
        )
        kind = speak("nothing there") if row["kind"] == "nothing" else speak(row["kind"])
        rows.append(
            (
                row["passage"],
                text,
                kind,
                speak.value(row["value"]) if row["value"] else "–",
                _anchor(row["anchor"]),
                _place(edition, row),
                Html(f"<!-- claims-on:{row['passage']} -->"),
            )
        )
    header = [
        speak(h)
        for h in ("No.", "What stands there", "Kind", "Value", "Words of the article", "Place", "Claims")
    ]
    return Table(
        "passages-table",
        speak("Passages that claims are checked against"),
        header,
        rows,
        [p.lower() for p in edition.data.passages["passage"]],
    )


def _public_value(edition: Edition, row: pd.Series) -> str:
    """A public figure as the language writes it, with its unit where that is counted in."""
    speak, value, unit = edition.language, row["value"], row["unit"]
    if unit in ("text", "date", "year"):
        return speak.value(value)
    try:
        value = speak.number(float(value))
    except ValueError:
        return speak.value(value)
    return speak("rank {number}", number=value) if unit == "rank" else f"{value} {speak(unit)}"


def _with_links(text: str) -> Html:
    """A source with each address in it as a link that shows its host."""
    parts = re.split(r"(https?://[^\s,;]+)", text)
    return joined(
        [
            Html(f'<a href="{html(p)}" rel="external">{html(urlsplit(p).netloc)}</a>') if n % 2 else p
            for n, p in enumerate(parts)
        ],
        "",
    )


def table_public_figures(edition: Edition) -> Table:
    """The public figures, with source and date seen."""
    speak, rows = edition.language, []
    for _, row in edition.data.public_figures.iterrows():
        value = _public_value(edition, row) if row["found"] else speak("not found")
        note = edition.text(row, "note")
        subject = joined(
            [edition.text(row, "subject"), Html(f'<span class="note">{html(note)}</span>') if note else ""],
            " ",
        )
        where = row["source" if speak.code == "en" else "source_id"]
        source = joined([_with_links(where), f"({speak.date(row['seen'])})"], " ") if row["found"] else "–"
        rows.append(
            (
                subject,
                speak.date(row["period"]) or "–",
                value,
                source,
                Html(f"<!-- claims-on:{row['figure']} -->"),
            )
        )
    header = [speak(h) for h in ("What", "Period", "Value", "Source (seen)", "Claims")]
    return Table(
        "public-figures-table",
        speak("Public figures that claims are checked against"),
        header,
        rows,
        list(edition.data.public_figures["figure"]),
    )


def table_series(edition: Edition, name: str) -> Table:
    """A public series (``hci`` or ``egdi``), a row for each country and year."""
    speak, frame = edition.language, edition.data.tables[name]
    country = "country" if speak.code == "en" else "country_id"
    values = [c for c in frame.columns if c not in ("iso3", "country", "country_id", "asean", "year")]
    rows = [
        (
            r[country],
            str(r["year"]),
            *(speak.number(r[v]) for v in values),
            Html(f"<!-- claims-on:{name}-{r['iso3']}-{r['year']} -->"),
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
        [speak("Country"), speak("Year"), *(heads[v] for v in values), speak("Claims")],
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
                _rule(edition, row, "counts_when"),
                _rule(edition, row, "does_not_count") or "–",
                speak("{count} of {total}", count=len(who), total=len(names))
                if len(who) > coding.MANY
                else (joined(who) if who else "–"),
            )
        )
        ids.append(row["code"].lower())
    header = [speak(h) for h in ("Code", "Measure", "Counts when", "Does not count", "Stated by")]
    return Table(f"codebook-{strategy_name}", edition.label("strategies", strategy_name), header, rows, ids)


def _rule(edition: Edition, row: pd.Series, column: str) -> str:
    """A codebook rule in the edition's language: ``counts_when`` is English, ``counts_when_id`` Indonesian."""
    return row[column if edition.language.code == "en" else f"{column}_id"]


def tables_dictionary(edition: Edition) -> Html:
    """Every file and column of the data package, from its description."""
    speak, parts = edition.language, []
    for resource in edition.data.package["resources"]:
        parts.append(f'<h2 id="{html(resource["name"])}"><code>{html(resource["path"])}</code></h2>')
        parts.append(f"<p>{html(_described(resource, 'description', speak))}</p>")
        licences = ", ".join(_described(entry, "title", speak) for entry in resource.get("licenses", []))
        origins = "; ".join(_described(entry, "title", speak) for entry in resource.get("sources", []))
        more = [
            f"{speak('Licence')}: {licences}" if licences else "",
            f"{speak('Source')}: {origins}" if origins else "",
        ]
        parts.append("".join(f"<p>{html(m)}.</p>" for m in more if m))
        if "schema" not in resource:
            continue
        rows = []
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
        title = _described(resource, "title", speak)
        parts.append(Table(f"dictionary-{resource['name']}", title, header, rows)._repr_html_())
    return Html("".join(parts))


def _described(thing: Mapping, key: str, speak: Language) -> str:
    """A text of the data package, in the edition's language where it has one of its own (``title_id``)."""
    return thing.get(f"{key}_{speak.code}", thing[key])


def _allowed(column: Mapping, speak: Language) -> str:
    """What a column may hold: in words, or from its constraints."""
    if "expected" in column:
        return _described(column, "expected", speak)
    limits = {k: v for k, v in column.get("constraints", {}).items() if k not in ("required", "unique")}
    shown = {
        k: ", ".join(v) if isinstance(v, list) else speak.value(v) if isinstance(v, int | float) else v
        for k, v in limits.items()
    }
    return "; ".join(f"{speak(k)}: {v}" for k, v in shown.items())


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


def slug(text: str) -> str:
    """A text as an id: lower case, letters and digits, hyphens between."""
    return "-".join("".join(ch if ch.isalnum() else " " for ch in text.lower()).split())


# Landing page and conclusion ------------------------------------------------------------------------------


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
        "Of {total} checkable statements, {checkable} could be checked. {supported} hold, {partly} hold in part, and {contradicted} are contradicted by what the article itself reports or by a public source. For {not_stated} the article gives nothing to check them with, and for {not_found} no public source was found. {unsteady} verdicts would change under another reading of doubtful codings.",
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


def ledger_frame(claims: list[Mapping]) -> pd.DataFrame:
    """The gathered claims as a table: a row each, the fields of the record as columns."""
    return pd.DataFrame(claims)


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
