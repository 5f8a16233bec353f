"""What a notebook calls: open the edition, observe, check a claim, show a block, record a result.

``check`` shows the verdict card of one claim and writes the verdict into the cell's output, from which the
ledger is gathered. So a verdict cannot exist without its cell.
"""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
from IPython.display import display

from smart_asn import observations
from smart_asn.cards import card
from smart_asn.chapters import BLOCK, RECORD
from smart_asn.checks import CheckedClaim, judge
from smart_asn.data import load
from smart_asn.edition import Edition
from smart_asn.language import Language
from smart_asn.markup import Block
from smart_asn.observations import Coded, Observation

_edition: Edition | None = None
_checked: list[dict] = []


def open_edition(language: str, page: str) -> Edition:
    """Load the data and set the language and the page for the calls that follow in this notebook."""
    global _edition
    _checked.clear()
    _edition = Edition(load(), Language(language), page)
    return _edition


def _open() -> Edition:
    if _edition is None:
        raise RuntimeError("no edition is open; run the cell with open_edition(language, page=...) first")
    return _edition


# What can be observed -------------------------------------------------------------------------------------


def present(*codes: str) -> Coded:
    """The regencies whose section states every one of these measures."""
    return observations.regencies_stating(_regencies(), _known(codes))


def present_any(*codes: str) -> Coded:
    """The regencies whose section states at least one of these measures."""
    return observations.regencies_stating(_regencies(), _known(codes), every=False)


def measures_of(regency: str, *codes: str) -> Coded:
    """Which of these measures (of the whole codebook, if none is named) the section of a regency states."""
    _open().data.row("regencies", regency)
    return observations.measures_stated_by(regency, _known(codes) or tuple(_open().data.codebook["code"]))


def paragraphs(strategy: str) -> Coded:
    """The regencies whose section has a paragraph on this strategy; it rests on the paragraph's first evidence."""
    data = _open().data
    letter = data.row("strategies", strategy)["letter"]
    regencies = data.summaries.query("strategy == @strategy and stated")["regency"]
    under = data.part("evidence", "stated_under", letter, "evidence", "regency", "scan_line")
    evidence = under.sort_values("scan_line").drop_duplicates("regency")
    sources = tuple(sorted(evidence.loc[evidence["regency"].isin(regencies), "evidence"]))
    return replace(_regency_set(regencies), sources=sources)


def items(topic: str) -> Observation:
    """The passages of the article that are items of a topic, such as a list's entries."""
    rows = _passages(topic)
    if (rows["kind"] == "nothing").all():
        return Observation(None, sources=tuple(rows["passage"]))
    rows = rows[rows["kind"] == "item"]
    keys = tuple(rows["passage"])
    return Observation(len(keys), "passage", keys, keys, _names(rows), keys)


def reading(topic: str) -> Observation:
    """The value that the article gives in the one passage on a topic."""
    rows = _passages(topic)
    if len(rows) != 1:
        raise ValueError(f"{len(rows)} passages on {topic!r}; reading() takes a topic with one")
    row = rows.iloc[0]
    value = _value(row["value"]) if row["kind"] == "reading" else None
    return Observation(value, sources=(row["passage"],))


def readings(topic: str) -> Observation:
    """The different values that the article gives in its passages on a topic; ``&`` keeps the common ones."""
    rows = _passages(topic)
    sources = tuple(rows["passage"])
    rows = rows.query("kind == 'reading'").drop_duplicates("value")
    if rows.empty:
        return Observation(None, sources=sources)
    values = tuple(rows["value"])
    return Observation(len(values), "passage", values, values, _names(rows), sources)


def prisma_p(reported: str) -> Observation:
    """The items of the PRISMA-P checklist that are ``reported``, ``partly`` or ``not reported``."""
    rows = _open().data.prisma_p.query("reported == @reported")
    universe = tuple(_open().data.prisma_p["item"])
    return Observation(len(rows), "passage", tuple(rows["item"]), universe, _names(rows))


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


def figure(name: str) -> Observation:
    """A public figure of ``data/context/public-figures.csv``; nothing where no source was found."""
    row = _open().data.row("public_figures", name)
    return Observation(_value(row["value"]) if row["found"] else None, sources=(name,))


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
    return Observation(float(rows["egdi"].mean()), sources=tuple(f"egdi-{i}-{year}" for i in rows["iso3"]))


def less(first: Observation | float, second: Observation | float) -> Observation:
    """Whether the first is less than the second."""
    return observations.compare(lambda a, b: a < b, "<", first, second)


def greater(first: Observation | float, second: Observation | float) -> Observation:
    """Whether the first is greater than the second."""
    return observations.compare(lambda a, b: a > b, ">", first, second)


def between(value: Observation | float, low: float, high: float) -> Observation:
    """Whether a value lies between two others, both included."""
    return observations.compare(lambda a, v, b: a <= v <= b, "≤", low, value, high)


def same(first: Observation | float, second: Observation | float) -> Observation:
    """Whether both are the same."""
    return observations.compare(lambda a, b: a == b, "=", first, second)


def difference(first: Observation, second: Observation) -> Observation:
    """The first less the second."""
    values = (first.value, second.value)
    value = None if None in values else round(values[0] - values[1], 10)
    return Observation(value, sources=tuple(dict.fromkeys(first.sources + second.sources)))


def _regencies() -> tuple[str, ...]:
    return tuple(_open().data.regencies["regency"])


def _regency_set(members: pd.Series) -> Coded:
    chosen = frozenset(members)
    return Coded("regency", _regencies(), lambda regency, _: regency in chosen, frozenset())


def _known(codes: tuple[str, ...]) -> tuple[str, ...]:
    for code in codes:
        _open().data.row("codebook", code)
    return codes


def _passages(topic: str) -> pd.DataFrame:
    rows = _open().data.passages.query("topic == @topic")
    if rows.empty:
        raise KeyError(f"no passage on {topic!r} in data/passages.csv")
    return rows


def _value(text: str) -> float | str:
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() and "." not in text else number


def _plain(value: object) -> float | str:
    return value.item() if hasattr(value, "item") else value


def _series(table: str, column: str, country: str, year: int) -> Observation:
    rows = _open().data.tables[table].query("iso3 == @country and year == @year")
    source = (f"{table}-{country}-{year}",)
    return Observation(None if rows.empty else _plain(rows[column].iloc[0]), sources=source)


def _names(rows: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    return tuple(zip(rows["label_en"], rows["label_id"], strict=True))


# What a cell does -----------------------------------------------------------------------------------------


def check(claim: str, observed: Coded | Observation) -> None:
    """Check one claim: show its verdict card, and record the verdict in this cell's output.

    Raises
    ------
    KeyError
        for a claim that is not in ``data/claims.csv``.
    ValueError, TypeError
        for an observation that does not fit the claim's quantifier; the message names the claim.
    """
    edition = _open()
    result: CheckedClaim = judge(edition.data, claim, observed)
    _checked.append(result.record())
    bundle = {
        "text/html": card(edition, result).markup,
        "text/plain": f"{result.claim}: {result.verdict}",
        RECORD: {"claim": result.record()},
    }
    display(bundle, raw=True)


def checked_so_far() -> list[dict]:
    """The claims that the executed notebooks of earlier stages and the cells above have checked."""
    from smart_asn.ledger import gather

    return gather(_open().data, _open().language.code, before=_open().page) + _checked


def show(*blocks: Block) -> None:
    """Show figures, tables and texts, one after the other."""
    for block in blocks:
        bundle: dict[str, object] = {
            "text/html": block._repr_html_(),
            "text/plain": f"<{type(block).__name__}>",
        }
        if block.blocks:
            bundle[BLOCK] = list(block.blocks)
        display(bundle, raw=True)


def reads() -> list[tuple[str, ...]]:
    """Which parts of the data the open edition looked at; the build asks for it after a notebook's last cell."""
    return sorted(_edition.data.reads) if _edition else []


def record(**results: object) -> None:
    """Write results into this cell's output, for the chapters that are built on this one."""
    display({RECORD: json.loads(json.dumps(results)), "text/plain": "", "text/html": ""}, raw=True)
