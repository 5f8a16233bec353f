"""What a notebook calls: open the edition, observe, check a question, show a block, record a result.

``check`` shows the card of one question and writes its outcomes into the cell's output, from which the ledger is
gathered. So an outcome cannot exist without its cell.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pandas as pd
from IPython.core.getipython import get_ipython
from IPython.display import display

from smart_asn import data as data_module
from smart_asn import lab, observations
from smart_asn.cards import card
from smart_asn.chapters import BLOCK, RECORD
from smart_asn.checks import CheckedQuestion, judge
from smart_asn.data import load, looked_at
from smart_asn.edition import Edition
from smart_asn.language import Language
from smart_asn.markup import Block
from smart_asn.observations import Coded, Observation, Words
from smart_asn.publication import publication

_edition: Edition | None = None
_checked: list[dict[str, Any]] = []


def open_edition(language: str, page: str) -> Edition:
    """Load the data and set the language and the page for the calls that follow in this notebook."""
    global _edition
    _checked.clear()
    _edition = Edition(load(), Language(language), page)
    if get_ipython() and not lab.making_pages():  # a terminal would print the style sheet
        display({"text/html": lab.STYLE, "text/plain": ""}, raw=True)
    return _edition


def _as_seen_here(markup: str) -> str:
    """A block's markup as it is, where pages are made of it; else as JupyterLab can show it."""
    if lab.making_pages():
        return markup
    return lab.for_lab(markup, publication().address, _open().language.code)


@contextmanager
def instead(edition: Edition) -> Iterator[None]:
    """Observe in another edition than the one that is open, such as one with changed data, for a while."""
    global _edition
    before, _edition = _edition, edition
    try:
        yield
    finally:
        _edition = before


def _open() -> Edition:
    if _edition is None:
        raise RuntimeError("no edition is open; run the cell with open_edition(language, page=...) first")
    return _edition


# Counted from the coding ----------------------------------------------------------------------------------


def present(*codes: str) -> Coded:
    """The regencies whose section reports every one of these measures."""
    return observations.regencies_stating(_regencies(), _known(codes))


def present_any(*codes: str) -> Coded:
    """The regencies whose section reports at least one of these measures."""
    return observations.regencies_stating(_regencies(), _known(codes), every=False)


def measures_of(regency: str, *codes: str) -> Coded:
    """Which of these measures (of the whole codebook, if none is named) the section of a regency reports."""
    _open().data.row("regencies", regency)
    return observations.measures_stated_by(regency, _known(codes) or tuple(_open().data.codebook["code"]))


def paragraphs(strategy: str) -> Coded:
    """The regencies whose section has a paragraph on this strategy; it rests on the paragraph's first evidence.

    A paragraph all of whose evidence is doubtful, such as one that names another regency, is doubtful as a whole.
    """
    data = _open().data
    letter = data.row("strategies", strategy)["letter"]
    regencies = data.summaries.query("strategy == @strategy and stated")["regency"]
    under = data.part("evidence", "stated_under", letter, "evidence", "regency", "scan_line")
    under = under[under["regency"].isin(_regencies())]
    first = under.sort_values("scan_line", kind="stable").drop_duplicates("regency")
    rows = tuple(sorted(first.loc[first["regency"].isin(regencies), "evidence"]))
    firm = data.part("evidence", "stated_under", letter, "regency", "doubtful").query("not doubtful")[
        "regency"
    ]
    return replace(_regency_set(regencies, rows), doubtful=frozenset(under["regency"]) - frozenset(firm))


def paragraphs_on(at_least: int) -> Coded:
    """The regencies whose section has a paragraph on at least so many strategies; it rests on those of :func:`paragraphs`.

    A regency that has fewer without its doubtful paragraphs is doubtful.
    """
    sets = [paragraphs(strategy) for strategy in _open().data.columns("strategies", "strategy")["strategy"]]
    every = Counter(r for coded in sets for r in coded.members(frozenset()))
    firm = every - Counter(r for coded in sets for r in coded.doubtful & set(coded.members(frozenset())))
    chosen = [r for r, count in every.items() if count >= at_least]
    sources = tuple(dict.fromkeys(source for coded in sets for source in coded.sources))
    doubtful = frozenset(r for r in chosen if firm[r] < at_least)
    return replace(_regency_set(chosen, sources), doubtful=doubtful)


# Compared and computed from the article's own words and numbers -------------------------------------------


def printed(question: str) -> Observation:
    """The different values that are printed in a question's passages; its ``distinct`` is their number.

    One value is the value itself; of several, the first is, and ``distinct`` is what to ask about.
    """
    rows = _passages(question)
    rows = rows[rows["value"] != ""]
    if rows.empty:
        return Observation(None, sources=tuple(_passages(question)["passage"]))
    values = tuple(dict.fromkeys(rows["value"]))
    names = {value: (value, value) for value in values}
    return Observation(_value(values[0]), members=values, names=names, sources=tuple(rows["passage"]))


def listed(question: str) -> Observation:
    """How many items a question's passages list, as a figure."""
    rows = _passages(question)
    units = tuple(dict.fromkeys(rows["unit"]))
    return Observation(
        len(units), members=units, universe=units, names=_names(rows), sources=tuple(rows["passage"])
    )


def repeated(question: str) -> Observation:
    """Of the units of a question's passages, those that are printed in every place: by unit, with equal letters.

    A unit has one passage for each place; it counts where all of them print the same value.
    """
    rows = _passages(question)
    places = rows["unit"].value_counts().max()
    same = rows.groupby("unit")["value"].agg(lambda v: len(v) == places and v.str.lower().nunique() == 1)
    units = tuple(dict.fromkeys(rows["unit"]))
    members = tuple(u for u in units if same[u])
    return Observation(
        len(members), "unit", members, units, names=_names(rows), sources=tuple(rows["passage"])
    )


def occurrences(word: str, outside: Iterable[str] = ()) -> Observation:
    """The sections of the article that use a word, among those not named in ``outside``."""
    data = _open().data
    outside = tuple(outside)
    sections = tuple(s for s in data.columns("sections", "section")["section"] if s not in outside)
    rows = data.part("words", "word", word.lower(), "section")
    members = tuple(s for s in sections if s in set(rows["section"]))
    return Observation(len(members), "section", members, sections)


def shared_wording(first: str, second: str) -> Observation:
    """How many words of two sections stand in runs of at least eight equal words, as a figure."""
    rows = _open().data.shared.query("first_section == @first and second_section == @second")
    return Observation(int(rows["words"].sum()))


def prisma_p(reported: str) -> Observation:
    """The items of the PRISMA-P checklist that the article reports: ``reported``, ``partly`` or ``not reported``."""
    items = _open().data.prisma_p
    rows = items.query("reported == @reported")
    names = {r.item: (r.label_en, r.label_id) for r in items.itertuples()}
    return Observation(len(rows), "unit", tuple(rows["item"]), tuple(items["item"]), names=names)


def regency_fact(regency: str, column: str) -> Observation:
    """What ``data/regencies.csv`` has on a regency; nothing where the article gives nothing."""
    value = _open().data.row("regencies", regency)[column]
    return Observation(None if pd.isna(value) or value == "" else _plain(value))


def periods_within(first: int, last: int) -> Coded:
    """The regencies whose road-map period lies inside these years."""
    return _regency_set(
        _open().data.regencies.query("period_start >= @first and period_end <= @last")["regency"]
    )


def periods_equal(first: int, last: int) -> Coded:
    """The regencies whose road-map period is exactly these years."""
    return _regency_set(
        _open().data.regencies.query("period_start == @first and period_end == @last")["regency"]
    )


def periods_overlapping(first: int, last: int) -> Coded:
    """The regencies whose road-map period shares a year with these."""
    return _regency_set(
        _open().data.regencies.query("period_start <= @last and period_end >= @first")["regency"]
    )


# Looked up in public sources ------------------------------------------------------------------------------


def found(source: str, earlier: str = "") -> Observation:
    """What a public source of ``data/sources.csv`` has; ``earlier`` names one of an earlier date."""
    rows = _open().data
    row = rows.row("sources", source)
    before = rows.row("sources", earlier)["value"] if earlier else None
    return Observation(
        _value(row["value"]),
        sources=(source, earlier) if earlier else (source,),
        earlier=None if before is None else _value(before),
        period=row["period"],
    )


def unseen(*searches: str) -> Observation:
    """Documents or facts of ``data/searches.csv`` that were looked for and were not open to us.

    Once they are, and ``data/readings/`` says what two readers found in them, ``check`` takes that in its place.
    """
    for search in searches:
        _open().data.row("searches", search)
    return Observation(None, "search", sources=searches)


def hci(country: str, year: int) -> Observation:
    """The Human Capital Index of a country (ISO 3166 alpha-3) in a year, 0 to 1."""
    return _series("hci", "hci", country, year)


def egdi(country: str, year: int) -> Observation:
    """The E-Government Development Index of a country in a year, 0 to 1."""
    return _series("egdi", "egdi", country, year)


def egdi_rank(country: str, year: int) -> Observation:
    """The rank of a country in the E-Government Development Index of a year."""
    return _series("egdi", "egdi_rank", country, year)


def egdi_mean(group: str, year: int, without: str = "") -> Observation:
    """The mean E-Government Development Index of the ASEAN members in a year, without one of them."""
    if group != "ASEAN":
        raise ValueError(f"unknown group {group!r}; expected ASEAN")
    rows = _open().data.egdi.query("asean and year == @year and iso3 != @without")
    sources = tuple(f"egdi-{i}-{year}" for i in rows["iso3"])
    return Observation(float(rows["egdi"].mean()), sources=sources, period=str(year))


def egdi_above(group: str, year: int, than: str, by: float = 0.0) -> Observation:
    """The other ASEAN members whose E-Government Development Index of a year is higher than one country's.

    ``by`` is how much higher it has to be, more than which counts.
    """
    if group != "ASEAN":
        raise ValueError(f"unknown group {group!r}; expected ASEAN")
    rows = _open().data.egdi.query("asean and year == @year").sort_values("egdi", ascending=False)
    own = rows.loc[rows["iso3"] == than, "egdi"].item()
    others = rows[rows["iso3"] != than]
    higher = others["egdi"] > own + by
    names = {r.iso3: (r.country_en, r.country_id) for r in others.itertuples()}
    return Observation(
        int(higher.sum()),
        "unit",
        tuple(others.loc[higher, "iso3"]),
        tuple(others["iso3"]),
        tuple(others.loc[~higher, "iso3"]),
        names=names,
        sources=tuple(f"egdi-{i}-{year}" for i in rows["iso3"]),
        period=str(year),
    )


# Read twice, where it is a judgement ----------------------------------------------------------------------


def read(question: str) -> Observation:
    """What two independent readers found in a question's passages, unit by unit.

    A unit counts where its settled reading is ``yes``; it says otherwise where it is ``no``. Units on which the two
    readings differ are doubtful, and so are those whose passage is marked so in the data.
    """
    rows = _passages(question)
    doubtful = frozenset(rows.loc[rows["doubtful"].astype(bool), "unit"])
    units = tuple(dict.fromkeys(rows["unit"]))
    return _tally(question, units, _names(rows), tuple(rows["passage"]), doubtful)


def read_sources(question: str, *sources: str) -> Observation:
    """What two independent readers found in some public sources on what a question asks, source by source."""
    data = _open().data
    rows = [data.row("sources", source) for source in sources]
    names = {s: (r["title_en"], r["title_id"]) for s, r in zip(sources, rows, strict=True)}
    return _tally(question, sources, names, sources)


def _tally(
    question: str,
    units: tuple[str, ...],
    names: dict[str, Words],
    sources: tuple[str, ...],
    doubtful: frozenset[str] = frozenset(),
) -> Observation:
    says = readings_of(question)
    lacking = [u for u in units if u not in says.index]
    if lacking:
        raise KeyError(f"no reading of {question} for {', '.join(lacking)} in data/readings/")
    settled = says.loc[list(units)]
    return Observation(
        int((settled["says"] == "yes").sum()),
        "unit",
        tuple(settled.index[settled["says"] == "yes"]),
        units,
        tuple(settled.index[settled["says"] == "no"]),
        tuple(
            (unit, other)
            for unit, row in settled.iterrows()
            for other in dict.fromkeys(
                (row["first"], row["second"], *_otherwise(unit in doubtful, row["says"]))
            )
            if other != row["says"]
        ),
        names,
        sources,
    )


def _otherwise(doubtful: bool, says: str) -> tuple[str, ...]:
    """How a unit would be read the other way where its passage is doubtful: yes as silence, all else as yes."""
    return (("nothing" if says == "yes" else "yes"),) if doubtful else ()


def readings_of(question: str) -> pd.DataFrame:
    """The two readings of a question and how they were settled.

    Returns
    -------
    Indexed by unit; columns ``first``, ``second``, ``says`` (``yes``, ``no`` or ``nothing``) and ``differ`` (boolean).
    """
    data = _open().data
    first, second, settled = (
        data.part(table, "question", question, "unit", "says").set_index("unit")["says"]
        for table in ("reading_1", "reading_2", "settled_readings")
    )
    both = pd.DataFrame({"first": first, "second": second})
    both["says"] = settled.reindex(both.index).fillna(both["first"])
    both["differ"] = both["first"] != both["second"]
    return both


# Comparisons ----------------------------------------------------------------------------------------------


def less(first: Observation | float, second: Observation | float) -> Observation:
    """Whether the first is less than the second."""
    return observations.compare(lambda a, b: a < b, first, second)


def greater(first: Observation | float, second: Observation | float) -> Observation:
    """Whether the first is greater than the second."""
    return observations.compare(lambda a, b: a > b, first, second)


def between(value: Observation | float, low: float, high: float) -> Observation:
    """Whether a value lies between two others, both included; the value is the first that is shown."""
    return observations.compare(lambda v, a, b: a <= v <= b, value, low, high)


def same(first: Observation | float, second: Observation | float) -> Observation:
    """Whether both are the same."""
    return observations.compare(lambda a, b: a == b, first, second)


def difference(first: Observation, second: Observation) -> Observation:
    """The first less the second, as a figure."""
    sources = tuple(dict.fromkeys(first.sources + second.sources))
    if first.value is None or second.value is None:
        return Observation(None, sources=sources)
    return Observation(round(float(first.value) - float(second.value), 10), sources=sources)


# What these share -----------------------------------------------------------------------------------------


def _regencies() -> tuple[str, ...]:
    """The regencies of the article: its statements speak of these, whatever else the data holds."""
    return _open().data.of_article


def _regency_set(members: Iterable[str], sources: tuple[str, ...] = ()) -> Coded:
    chosen = frozenset(members)
    return Coded("regency", _regencies(), lambda regency, _: regency in chosen, frozenset(), sources)


def _known(codes: tuple[str, ...]) -> tuple[str, ...]:
    for code in codes:
        _open().data.row("codebook", code)
    return codes


def _passages(question: str) -> pd.DataFrame:
    rows = _open().data.rows("passages", "question", question)
    if rows.empty:
        raise KeyError(f"no passage for {question!r} in data/passages.csv")
    return rows


def _names(rows: pd.DataFrame) -> dict[str, Words]:
    first = rows.drop_duplicates("unit")
    return dict(zip(first["unit"], zip(first["label_en"], first["label_id"], strict=True), strict=True))


def _value(text: str) -> float | str:
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() and "." not in text else number


def _plain(value: Any) -> float | str:
    return value.item() if hasattr(value, "item") else value


def _series(table: str, column: str, country: str, year: int) -> Observation:
    rows = _open().data.tables[table].query("iso3 == @country and year == @year")
    source = (f"{table}-{country}-{year}",)
    value = None if rows.empty else _plain(rows[column].iloc[0])
    return Observation(value, sources=source, period=str(year))


# What a cell does -----------------------------------------------------------------------------------------


def check(question: str, observed: Coded | Observation) -> None:
    """Check one question: show its card, and record the outcomes of its statements in this cell's output.

    Raises
    ------
    KeyError
        for a question that is not in ``data/questions.csv``.
    ValueError, TypeError
        for an observation that does not fit a statement's scope; the message names both.
    """
    edition = _open()
    result = answer(question, observed).record()
    _checked.append(result)
    outcomes = ", ".join(f"{s['claim']} {s['outcome']}" for s in result["statements"])
    bundle = {
        "text/html": _as_seen_here(card(edition, result).markup),
        "text/plain": f"{question}: {outcomes}",
        RECORD: {"question": result},
    }
    display(bundle, raw=True)


def answer(question: str, observed: Coded | Observation) -> CheckedQuestion:
    """The outcomes of a question's statements, given what was observed: what ``check`` shows and records."""
    if isinstance(observed, Observation) and observed.kind == "search":
        observed = _opened(question, observed)
    return judge(_open().data, question, observed)


def _opened(question: str, searched: Observation) -> Observation:
    """What was read in a document that was looked for, if it has been read since; else the search as it is."""
    data = _open().data
    if data.rows("reading_1", "question", question).empty:
        return searched
    rows = [data.row("searches", search) for search in searched.sources]
    names = {r["search"]: (r["label_en"], r["label_id"]) for r in rows}
    return _tally(question, searched.sources, names, searched.sources)


def checked_so_far() -> list[dict[str, Any]]:
    """The questions that the executed notebooks of earlier stages and the cells above have checked."""
    from smart_asn.ledger import gather

    return gather(_open().data, _open().language.code, before=_open().page) + _checked


def show(*blocks: Block) -> None:
    """Show figures, tables and texts, one after the other."""
    for block in blocks:
        bundle: dict[str, object] = {
            "text/html": _as_seen_here(block._repr_html_()),
            "text/plain": f"<{type(block).__name__}>",
        }
        if block.blocks:
            bundle[BLOCK] = list(block.blocks)
        display(bundle, raw=True)


def reads() -> list[tuple[str, ...]]:
    """Which parts of the data were looked at; the build asks for it after a notebook's last cell."""
    return sorted((_edition.data.reads if _edition else set()) | looked_at())


def forget() -> None:
    """Begin anew, as in a fresh kernel: no edition is open, nothing has been looked at."""
    global _edition
    _edition = None
    _checked.clear()
    data_module.forget()
    if surface := sys.modules.get("smart_asn.surface"):
        surface.forget()


def record(**results: object) -> None:
    """Write results into this cell's output, for the chapters that are built on this one."""
    display({RECORD: json.loads(json.dumps(results)), "text/plain": "", "text/html": ""}, raw=True)
