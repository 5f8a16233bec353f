"""Anchors against the text of the article, where a reader has it."""

from __future__ import annotations

from smart_asn.datapackage import Problem
from smart_asn.rules import LOCATED, SPANS, Tables


def check_locators(tables: Tables, article: str) -> list[Problem]:
    """Every anchor against the text of the article: it stands, exactly so, on its line of the scan.

    ``article`` is the text of the scan; line 1 is its first line. Returns the problems, none if all hold.
    """
    lines = article.splitlines()
    problems = []
    for table in LOCATED:
        for place, row in tables.rows(table):
            if not row.anchor:
                continue
            span = table in SPANS
            first, last = (row.first_line, row.last_line) if span else (row.scan_line, row.scan_line)
            if not any(row.anchor in line for line in lines[first - 1 : last]):
                where = f"line {first}" if first == last else f"lines {first}-{last}"
                problems.append(place("anchor", repr(row.anchor), f"words that stand in {where} of the scan"))
    return problems
