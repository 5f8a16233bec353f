"""Ask every question of the book in this process, on any data: the cells of the notebooks that check are run as they stand.

The book itself is made from executed notebooks; this is for who wants to see, within seconds, what a change of the
data does to the outcomes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from smart_asn import notebook
from smart_asn.chapters import CHECK, pages
from smart_asn.checks import CheckedQuestion
from smart_asn.data import Data
from smart_asn.edition import Edition, instead
from smart_asn.language import Language
from smart_asn.observations import Coded, Observation


@dataclass(frozen=True)
class Asked:
    """A question with its outcomes, and the tables of the data that were looked at for it."""

    question: CheckedQuestion
    tables: frozenset[str]


def ask(data: Data, only: Collection[str] | None = None) -> dict[str, Asked]:
    """Every question that a notebook cell checks (or ``only`` some), by its number, with its outcomes on the data.

    Raises
    ------
    KeyError, ValueError, TypeError
        as ``check`` does, where an observation looks for what the data does not have.
    """
    found: dict[str, Asked] = {}
    for page in pages(data.regency_names):
        for question, cell in checking_cells(page.source):
            if only is not None and question not in only:
                continue
            own = replace(data, reads=set())  # noted by tables: look by look they would be thousands
            edition = Edition(own, Language(), page.chapter)
            answers: list[CheckedQuestion] = []

            def check(question: str, observed: Coded | Observation, kept: list = answers) -> None:
                kept.append(notebook.answer(question, observed))

            names: dict[str, Any] = {**vars(notebook), **page.parameters, "language": "en"}
            with instead(edition):
                exec(cell, names | {"book": edition, "check": check})
            tables = frozenset(look[1] for look in own.reads if look[0] != "file")
            data.reads.update(look for look in own.reads if look[0] == "file")
            data.reads.update(("table", table) for table in tables)
            found |= {answer.question: Asked(answer, tables) for answer in answers}
    return found


@cache
def checking_cells(source: Path) -> tuple[tuple[str, Any], ...]:
    """The cells of a source notebook that check a question: its number and the compiled cell, in order."""
    return tuple((question, compile(text, source.name, "exec")) for question, text in _checking(source))


def _checking(source: Path) -> Iterator[tuple[str, str]]:
    for cell in json.loads(source.read_text("utf-8"))["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "code" and (asked := CHECK.search(text)):
            yield asked[1], text
