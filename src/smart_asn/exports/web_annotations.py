"""Every place of the article that the edition points to, as annotations by the W3C's Web Annotation Data Model.

An annotation's target is the article: a page of its file, and on it a quote of at most eight words. A program that has
the file shows the notes on it; the article itself is not here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from smart_asn.data import Data
from smart_asn.edition import Edition
from smart_asn.language import LANGUAGES, Language
from smart_asn.ledger import by_statement
from smart_asn.outcomes import SCORED
from smart_asn.publication import Publication, address

FILE = "exports/annotations.jsonld"
"""Where the site has the collection, from its root."""
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
ARTICLE = "#article"
"""The article's identifier, from the site's root: one for all that is exported."""
PDF_PAGE = "http://tools.ietf.org/rfc/rfc3778"
"""The standard that ``page=N`` is written by: it counts the pages of a file."""
LICENCE = "https://creativecommons.org/licenses/by/4.0/"

Body = dict[str, str]


def annotation_collection(data: Data, questions: list[dict[str, Any]], published: Publication) -> str:
    """The collection of all anchors as JSON-LD: an AnnotationCollection with one page of annotations.

    Parameters
    ----------
    data : the loaded data.
    questions : the checked questions, as ``ledger.gather`` gives them.
    published : what the publisher set; without the site's address identifiers are seen from the file.
    """
    items = list(_items(data, questions, published.address))
    here = address(published.address, FILE, FILE)
    collection = {
        "@context": CONTEXT,
        "id": here,
        "type": "AnnotationCollection",
        "label": data.package["title"],
        "rights": LICENCE,
        "total": len(items),
        "first": {"id": f"{here}#page-1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return json.dumps(collection, indent=1, ensure_ascii=False) + "\n"


def _items(data: Data, questions: list[dict[str, Any]], site: str) -> Iterator[dict[str, Any]]:
    first_page = int(data.pages["page"].min())
    outcomes = {claim: entry["outcome"] for claim, entry in by_statement(questions).items()}
    editions = {code: Edition(data, Language(code), "") for code in LANGUAGES}
    for table, (motivation, describe) in ANCHORED.items():
        for _, row in data.article_alone().tables[table].iterrows():
            if not row["anchor"]:
                continue
            key = str(row[data.key(table)])
            name = f"{table.replace('_', '-')}-{key.lower()}"
            outcome = outcomes.get(key, "") if table == "claims" else ""
            bodies = [body for code in LANGUAGES for body in describe(row, editions[code])]
            if outcome in SCORED:
                bodies += [_text(editions[code].language(outcome), code, "assessing") for code in LANGUAGES]
            yield {
                "id": f"{address(site, FILE, FILE)}#{name}",
                "type": "Annotation",
                "motivation": "assessing" if outcome in SCORED else motivation,
                "body": [*bodies, *_records(table, key, site)],
                "target": {
                    "type": "SpecificResource",
                    "source": address(site, ARTICLE, FILE),
                    "selector": _selector(int(row["page"]) - first_page + 1, row["anchor"]),
                },
            }


def _selector(page: int, quote: str) -> dict[str, Any]:
    """A page of the article's own file, counted from 1, refined by the words that stand on it."""
    return {
        "type": "FragmentSelector",
        "conformsTo": PDF_PAGE,
        "value": f"page={page}",
        "refinedBy": {"type": "TextQuoteSelector", "exact": quote},
    }


def _records(table: str, key: str, site: str) -> list[Body]:
    """The page that says more, where each row of a table has one."""
    if table != "claims":
        return []
    pages = [address(site, f"{code}/claims/{key.lower()}.html", FILE) for code in LANGUAGES]
    return [{"type": "SpecificResource", "source": page, "purpose": "linking"} for page in pages]


def _text(value: str, code: str, purpose: str) -> Body:
    return {
        "type": "TextualBody",
        "value": value,
        "language": code,
        "format": "text/plain",
        "purpose": purpose,
    }


def _described(column: str) -> Callable[[pd.Series, Edition], list[Body]]:
    """Bodies that say what a column says."""

    def describe(row: pd.Series, edition: Edition) -> list[Body]:
        text = edition.text(row, column)
        return [_text(text, edition.language.code, "describing")] if text else []

    return describe


def _coded(row: pd.Series, edition: Edition) -> list[Body]:
    """The measure and the regency that a place of evidence is coded with, and the note where there is one."""
    code, note = edition.language.code, edition.text(row, "note")
    tags = [edition.label("codebook", row["code"]), edition.data.regency_names[row["regency"]]]
    return [
        *(_text(tag, code, "tagging") for tag in tags),
        *([_text(note, code, "commenting")] if note else []),
    ]


def _corrected(row: pd.Series, edition: Edition) -> list[Body]:
    """What is wrong at a place, and what it should say."""
    code = edition.language.code
    bodies = [
        _text(edition.text(row, "found"), code, "commenting"),
        _text(edition.text(row, "correction"), code, "editing"),
    ]
    return [body for body in bodies if body["value"]]


ANCHORED: Mapping[str, tuple[str, Callable[[pd.Series, Edition], list[Body]]]] = {
    "claims": ("describing", _described("statement")),
    "evidence": ("classifying", _coded),
    "passages": ("identifying", _described("label")),
    "errata": ("editing", _corrected),
    "printed_figures": ("identifying", _described("label")),
    "prisma_p": ("identifying", _described("label")),
    "grand_design": ("identifying", _described("expectation")),
}
"""The tables whose rows have an anchor: why each is annotated, and what the annotation says in a language."""
