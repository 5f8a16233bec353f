"""Tables that pandas shows in an output, as tables of the page: valid, readable on a phone, styled as the others."""

from __future__ import annotations

import re
from collections import Counter

FRAME = re.compile(
    r"<div>\s*<style scoped>.*?</style>\s*<table border=\"1\" class=\"dataframe\">(?P<table>.*?)</table>(?P<rest>.*?)</div>",
    re.S,
)
EMPTY = re.compile(r"<th></th>")
LABEL = re.compile(r"<tbody>.*?</tbody>", re.S)
HEAD = re.compile(r"<thead>.*?</thead>", re.S)


COLUMN = re.compile(r"<th[^>]*>([^<]+)</th>")
NAMED = 3
"""How many columns name a table for who hears the page."""


def plain_frames(markup: str, word: str, shown: Counter[str]) -> str:
    """The markup with each DataFrame as a table of the page.

    Parameters
    ----------
    markup : an output's HTML.
    word : "Table" in the edition's language; with the first columns it is the table's name for who hears the page.
    shown : the names that the page has so far; a table of the same columns gets a number, so that each name is one's.
    """

    def named(found: re.Match) -> str:
        head = HEAD.search(found["table"])
        columns = COLUMN.findall(head[0])[:NAMED] if head else []
        name = f"{word}: {', '.join(columns)}" if columns else word
        shown[name] += 1
        return _table(found, name if shown[name] == 1 else f"{name} ({shown[name]})")

    return FRAME.sub(named, markup)


def _table(found: re.Match, label: str) -> str:
    table = re.sub(r' style="[^"]*"| halign="[^"]*"| valign="[^"]*"', "", found["table"])
    table = HEAD.sub(lambda head: head[0].replace("<th>", '<th scope="col">'), EMPTY.sub("<td></td>", table))
    table = LABEL.sub(lambda body: body[0].replace("<th>", '<th scope="row">'), table)
    return (
        f'<div class="book-table pandas" role="region" tabindex="0" aria-label="{label}">'
        f'<table><caption class="visually-hidden">{label}</caption>{table}</table>'
        f"{found['rest'].strip()}</div>"
    )
