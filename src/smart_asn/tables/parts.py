"""Parts that several tables share: links to measures, places in the article, quoted words, filters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pandas as pd

from smart_asn.cards import locator
from smart_asn.markup import Html, Title, html, joined, link

if TYPE_CHECKING:
    from smart_asn.edition import Edition


def title(edition: Edition, regency: str) -> Title:
    """The title of a regency's chapter: its name."""
    return Title(edition.data.row("regencies", regency)["name"])


def measure_link(edition: Edition, code: str) -> Html:
    """A measure's label with a link to its codebook entry."""
    return link("codebook", code.lower(), edition.label("codebook", code), title=code)


def place_of(edition: Edition, row: pd.Series) -> Html:
    if pd.isna(row["scan_line"]):
        return Html("–")
    return Html(
        f'<span class="place">{html(locator(row["page"], row["scan_line"], row["scan_line"], edition.language))}</span>'
    )


def quoted(words: str) -> Html:
    return Html(f'<q lang="id">{html(words)}</q>') if words else Html("–")


def html_text(*parts: object) -> Html:
    """Parts of a sentence with a space between them."""
    return joined(parts, " ")


def select(name: str, label: str, options: list[tuple[str, str]], every: str) -> Html:
    """A control that filters a table's rows by ``data-`` and its name."""
    choices = "".join(f'<option value="{html(v)}">{html(t)}</option>' for v, t in [("", every), *options])
    return Html(f'<label>{html(label)} <select data-filter="{html(name)}">{choices}</select></label>')


def filters(table: str, controls: Iterable[Html], shown: str) -> Html:
    """The form that filters a table; only where scripts run is it seen. ``shown`` has {count} and {total} for what is left."""
    return Html(
        f'<form class="filters" data-for="{html(table)}">{joined(controls, "")}'
        f'<output data-template="{html(shown)}" aria-live="polite"></output></form>'
    )


def with_links(text: str) -> Html:
    """A source with each address in it as a link that shows its host."""
    parts = re.split(r"(https?://[^\s,;]+)", text)
    return joined(
        [
            Html(f'<a href="{html(p)}" rel="external">{html(urlsplit(p).netloc)}</a>') if n % 2 else p
            for n, p in enumerate(parts)
        ],
        "",
    )
