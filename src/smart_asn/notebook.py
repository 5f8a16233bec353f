"""What a notebook calls: open the edition, check a question, show a block, record a result.

``check`` shows the card of one question and writes its outcomes into the cell's output, from which the ledger is
gathered. So an outcome cannot exist without its cell. What a cell can observe stands in ``observing``, how observations
are compared in ``observations``; notebooks import both from here.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import display

from smart_asn import data as data_module
from smart_asn import lab
from smart_asn.cards import card
from smart_asn.chapters import BLOCK, RECORD
from smart_asn.checks import CheckedQuestion, judge
from smart_asn.data import load, looked_at
from smart_asn.edition import Edition, current, opened, set_open
from smart_asn.language import Language
from smart_asn.markup import Block
from smart_asn.observations import Coded, Observation, between, difference, greater, less, same
from smart_asn.observing import (
    egdi,
    egdi_above,
    egdi_mean,
    egdi_rank,
    found,
    hci,
    listed,
    measures_of,
    occurrences,
    opened_since,
    paragraphs,
    paragraphs_on,
    periods_equal,
    periods_overlapping,
    periods_within,
    present,
    present_any,
    printed,
    prisma_p,
    read,
    read_sources,
    readings_of,
    regency_fact,
    repeated,
    shared_wording,
    unseen,
)
from smart_asn.publication import publication

__all__ = [
    "answer",
    "between",
    "check",
    "checked_so_far",
    "difference",
    "egdi",
    "egdi_above",
    "egdi_mean",
    "egdi_rank",
    "forget",
    "found",
    "greater",
    "hci",
    "less",
    "listed",
    "measures_of",
    "occurrences",
    "open_edition",
    "paragraphs",
    "paragraphs_on",
    "periods_equal",
    "periods_overlapping",
    "periods_within",
    "present",
    "present_any",
    "printed",
    "prisma_p",
    "read",
    "read_sources",
    "readings_of",
    "reads",
    "record",
    "regency_fact",
    "repeated",
    "same",
    "shared_wording",
    "show",
    "unseen",
]

_checked: list[dict[str, Any]] = []


def open_edition(language: str, page: str) -> Edition:
    """Load the data and set the language and the page for the calls that follow in this notebook."""
    _checked.clear()
    edition = Edition(load(), Language(language), page)
    set_open(edition)
    if get_ipython() and not lab.making_pages():  # a terminal would print the style sheet
        display({"text/html": lab.STYLE, "text/plain": ""}, raw=True)
    return edition


def _as_seen_here(markup: str) -> str:
    """A block's markup as it is, where pages are made of it; else as JupyterLab can show it."""
    if lab.making_pages():
        return markup
    return lab.for_lab(markup, publication().address, current().language.code)


def check(question: str, observed: Coded | Observation) -> None:
    """Check one question: show its card, and record the outcomes of its statements in this cell's output.

    Raises
    ------
    KeyError
        for a question that is not in ``data/questions.csv``.
    ValueError, TypeError
        for an observation that does not fit a statement's scope; the message names both.
    """
    edition = current()
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
        observed = opened_since(question, observed)
    return judge(current().data, question, observed)


def checked_so_far() -> list[dict[str, Any]]:
    """The questions that the executed notebooks of earlier stages and the cells above have checked."""
    from smart_asn.ledger import gather

    return gather(current().data, current().language.code, before=current().page) + _checked


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
    edition = opened()
    return sorted((edition.data.reads if edition else set()) | looked_at())


def forget() -> None:
    """Begin anew, as in a fresh kernel: no edition is open, nothing has been looked at."""
    set_open(None)
    _checked.clear()
    data_module.forget()
    if surface := sys.modules.get("smart_asn.surface"):
        surface.forget()


def record(**results: object) -> None:
    """Write results into this cell's output, for the chapters that are built on this one."""
    display({RECORD: json.loads(json.dumps(results)), "text/plain": "", "text/html": ""}, raw=True)
