"""Tables that pandas shows in an output, as tables of the page: valid, readable on a phone, styled as the others."""

from __future__ import annotations

import re

FRAME = re.compile(
    r"<div>\s*<style scoped>.*?</style>\s*<table border=\"1\" class=\"dataframe\">(?P<table>.*?)</table>(?P<rest>.*?)</div>",
    re.S,
)
EMPTY = re.compile(r"<th></th>")
LABEL = re.compile(r"<tbody>.*?</tbody>", re.S)
HEAD = re.compile(r"<thead>.*?</thead>", re.S)


def plain_frames(markup: str, label: str) -> str:
    """The markup with each DataFrame as a table of the page; ``label`` names them for who hears the page."""
    return FRAME.sub(lambda found: _table(found, label), markup)


def _table(found: re.Match, label: str) -> str:
    table = re.sub(r' style="[^"]*"| halign="[^"]*"| valign="[^"]*"', "", found["table"])
    table = HEAD.sub(lambda head: head[0].replace("<th>", '<th scope="col">'), EMPTY.sub("<td></td>", table))
    table = LABEL.sub(lambda body: body[0].replace("<th>", '<th scope="row">'), table)
    return (
        f'<div class="book-table pandas" role="region" tabindex="0" aria-label="{label}">'
        f'<table><caption class="visually-hidden">{label}</caption>{table}</table>'
        f"{found['rest'].strip()}</div>"
    )
