"""Tables of the literature and the method: the six strategies, PRISMA-P, agreement of the passes, rules of verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smart_asn import coding
from smart_asn.cards import verdict_badge
from smart_asn.data import page_of
from smart_asn.markup import Table
from smart_asn.tables.parts import measure_link, place_of, quoted
from smart_asn.verdicts import QUANTIFIERS, VERDICTS

if TYPE_CHECKING:
    from smart_asn.edition import Edition


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
            quoted(first),
            quoted(second),
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
