"""Tables of the literature and the method: the six strategies, PRISMA-P, agreement of the passes, rules of verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smart_asn import coding
from smart_asn.cards import outcome_badge
from smart_asn.data import page_of
from smart_asn.markup import Html, Table, link, paragraph
from smart_asn.outcomes import MEANINGS, OUTCOMES, SCOPES, SCORED
from smart_asn.tables.parts import measure_link, place_of

if TYPE_CHECKING:
    from smart_asn.edition import Edition


def table_six_p(edition: Edition) -> Table:
    """The six strategies: what the article calls them in two places, and the number of measures that code them."""
    speak, data = edition.language, edition.data
    counts = data.codebook["strategy"].value_counts()
    named = [
        list(data.rows("printed_figures", "series", series)[f"label_{speak.code}"])
        for series in ("six-p-in-the-review", "six-p-in-the-results")
    ]
    rows = [
        (
            strategy["letter"],
            edition.text(strategy, "label"),
            first,
            second,
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
    signs = {
        "reported": "●",
        "partly": "◐",
        "not reported": "○",
        "does not apply": "–",
        "cannot be seen": "?",
    }
    rows = [
        (
            r["item"],
            edition.text(r, "label"),
            f"{signs[r['reported']]} {speak(r['reported'])}",
            place_of(edition, r),
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
        "PRISMA-P, {count} items in our words: {reported} reported, {partly} partly, {missing} not; {unasked} do not apply or cannot be seen",
        count=len(rows),
        reported=int(counts.get("reported", 0)),
        partly=int(counts.get("partly", 0)),
        missing=int(counts.get("not reported", 0)),
        unasked=int(counts.get("does not apply", 0) + counts.get("cannot be seen", 0)),
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


def agreement_in_words(edition: Edition) -> Html:
    """How far the coding passes and the two readings agree, in a sentence each."""
    speak, data = edition.language, edition.data
    coded = coding.agreement(data.pass_1, data.pass_2)
    read = coding.agreement_of(data.reading_1, data.reading_2, ["question", "unit"], "says")
    return paragraph(
        speak(
            "The two passes differ in {differing} of {cells} cells (Cohen’s kappa {kappa}).",
            differing=speak.count(int(coded["differing"])),
            cells=speak.number(coded["cells"]),
            kappa=speak.number(coded["kappa"], 2),
        ),
        speak(
            "The two readings of what rests on judgement, described below, differ in {differing} of {units} places (kappa {kappa}).",
            differing=speak.count(int(read["differing"])),
            units=speak.number(read["units"]),
            kappa=speak.number(read["kappa"], 2),
        ),
    )


def table_settlements(edition: Edition) -> Table:
    """The cells on which the passes differed, and how the codebook's rule settled them."""
    speak = edition.language
    rows = [
        (
            edition.data.regency_names[r["regency"]],
            measure_link(edition, r["code"]),
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


def table_outcomes(edition: Edition) -> Table:
    """The outcomes, what each means, and whether it counts."""
    speak = edition.language
    rows = [
        (outcome_badge(o, speak), speak(MEANINGS[o]), speak("yes") if o in SCORED else speak("no"))
        for o in OUTCOMES
    ]
    header = [speak("Outcome"), speak("When"), speak("Counted")]
    return Table("outcomes", speak("The outcomes"), header, rows)


def table_scopes(edition: Edition) -> Table:
    """The rules that turn a statement's scope and an observation into an outcome, from the code that applies them."""
    speak = edition.language
    rows = [
        (speak(name), speak(scope.takes), *(speak(w) if w else "–" for w in scope.when))
        for name, scope in SCOPES.items()
    ]
    header = [speak(h) for h in ("Scope", "What is stated", "Supported", "Partly supported", "Contradicted")]
    caption = speak("The outcome for each scope, by what is observed; where nothing is, no basis is given")
    return Table("scopes", caption, header, rows)


def table_reading_agreement(edition: Edition) -> Table:
    """Agreement of the two readings of the questions that rest on judgement."""
    speak, data = edition.language, edition.data
    overall = coding.agreement_of(data.reading_1, data.reading_2, ["question", "unit"], "says")
    rows = [
        (speak("Questions read twice"), speak.number(data.reading_1["question"].nunique())),
        (speak("Units read twice"), speak.number(overall["units"])),
        (speak("Units that differ"), speak.number(overall["differing"])),
        (speak("Raw agreement"), speak.percent(overall["raw"], 1)),
        (speak("Cohen's kappa"), speak.number(overall["kappa"], 3)),
        (speak("Krippendorff's alpha (nominal)"), speak.number(overall["alpha"], 3)),
    ]
    caption = speak("How far the two readings of what rests on judgement agree")
    return Table("reading-agreement", caption, [speak("Figure"), speak("Value")], rows)


def table_settled_readings(edition: Edition) -> Table:
    """The units on which the two readings differ, and how they were settled."""
    speak, data = edition.language, edition.data
    says = {
        name: data.tables[name].set_index(["question", "unit"])["says"] for name in ("reading_1", "reading_2")
    }
    rows = []
    for _, row in data.settled_readings.iterrows():
        key = (row["question"], row["unit"])
        asked = edition.text(data.row("questions", row["question"]), "asked")
        rows.append(
            (
                link("ledger", row["question"].lower(), row["question"]),
                asked,
                row["unit"],
                " / ".join(speak(says[n][key]) for n in says),
                speak(row["says"]),
                edition.text(row, "reason"),
            )
        )
    header = [
        speak(h) for h in ("Question", "What is asked", "Unit", "The two readings", "Settled as", "Reason")
    ]
    caption = speak("Readings that differ, and how they were settled")
    return Table("settled-readings", caption, header, rows)


def table_audit(edition: Edition) -> Table:
    """What two auditors who wrote none of the cards would sign, by outcome."""
    speak, audit = edition.language, edition.data.audit
    rows = []
    for auditor, cards in audit.groupby("auditor"):
        signed = cards["sign"].astype(bool)
        rows.append(
            (
                speak("Auditor {number}", number=auditor),
                speak.number(len(cards)),
                speak.number(int(signed.sum())),
                speak.percent(float(signed.mean()), 1),
            )
        )
    header = [speak(h) for h in ("Who", "Cards judged", "Signed as they stand", "Share")]
    return Table("audit", speak("The cards that two auditors would sign, in their last round"), header, rows)


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
    header = [speak(h) for h in ("Section", "Pages", "Lines of the scan", "Statements")]
    return Table(
        "sections-table", speak("The article's sections, as this edition divides them"), header, rows
    )
