"""FAIR Signposting: what a page is, what describes it, what it has to take away, as links that programs follow.

https://signposting.org/FAIR/ is what it follows. A page says it in ``link`` elements, and ``exports/linkset.json`` says
the same of all the pages that have something to take away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from smart_asn.publication import address

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of text and data."""
LINKSET = "exports/linkset.json"
CRATE = "ro-crate-metadata.json"
PACKAGE = "exports/data/datapackage.json"
SCHEMA_ORG = "https://schema.org/"
LINKSET_TYPE = "application/linkset+json"


@dataclass(frozen=True)
class Signpost:
    """One link: its relation, what it leads to (a path from the site's root, or an address), and the kind of file."""

    rel: str
    target: str
    kind: str = ""

    def seen(self, site: str, here: str) -> str:
        """The target's address, as the file ``here`` names it."""
        return self.target if self.target.startswith("https://") else address(site, self.target, here)


ITEMS = (
    Signpost("item", "smart-asn-data.zip", "application/zip"),
    Signpost("item", "ledger.json", "application/json"),
    Signpost("item", "ledger.csv", "text/csv"),
    Signpost("item", "ledger-questions.csv", "text/csv"),
    Signpost(
        "item",
        "exports/tables.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    Signpost("item", "exports/annotations.jsonld", "application/ld+json"),
)
"""What the book as a whole has to take away."""


def of_book(site: str, start: str) -> list[Signpost]:
    """The signposts of a page that stands for the book. ``start`` is the first page of its edition, a path from the root.

    How to cite it is said only where the site's address is known.
    """
    cited = [Signpost("cite-as", f"{site.rstrip('/')}/{start}")] if site.startswith("https://") else []
    return [
        *cited,
        Signpost("type", f"{SCHEMA_ORG}AboutPage"),
        Signpost("type", f"{SCHEMA_ORG}Dataset"),
        Signpost("license", LICENCE),
        Signpost("describedby", CRATE, "application/ld+json"),
        Signpost("describedby", PACKAGE, "application/json"),
        *ITEMS,
        Signpost("linkset", LINKSET, LINKSET_TYPE),
    ]


def of_chapter(start: str) -> list[Signpost]:
    """The signposts of a chapter, which belongs to the book that begins at ``start``."""
    return [
        Signpost("type", f"{SCHEMA_ORG}Chapter"),
        Signpost("license", LICENCE),
        Signpost("collection", start, "text/html"),
    ]


def of_claim(place: str, start: str) -> list[Signpost]:
    """The signposts of the page of a question or statement; ``place`` is its path from the root, without ending."""
    return [
        Signpost("type", f"{SCHEMA_ORG}WebPage"),
        Signpost("license", LICENCE),
        Signpost("describedby", f"{place}.json", "application/json"),
        Signpost("collection", start, "text/html"),
        Signpost("linkset", LINKSET, LINKSET_TYPE),
    ]


def as_links(signposts: Iterable[Signpost], site: str, here: str) -> str:
    """Signposts as ``link`` elements of the page ``here``."""
    return "\n".join(
        f'<link rel="{s.rel}" href="{escape(s.seen(site, here))}"' + (f' type="{s.kind}">' if s.kind else ">")
        for s in signposts
    )
