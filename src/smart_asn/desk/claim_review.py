"""What a statement's page tells machines of its outcome: a ``ClaimReview`` of schema.org, only where it is scored.

The rating is a word of the edition's own scale with its meaning, and no number: "no basis given" is not half-way to
false, and a number would say so. It goes with the question that was asked and what was observed, since the outcome is
about that, and not about more. A statement that is not scored (not verified, not a question of fact) has no review.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smart_asn.desk.records import Record
from smart_asn.language import Language
from smart_asn.outcomes import MEANINGS
from smart_asn.site.citation import works
from smart_asn.site.metadata import json_ld, organisations, schema_article


def claim_review(record: Record, made: Mapping[str, Record], address: str, language: Language) -> str:
    """The review of a scored statement as a JSON-LD data block, or nothing.

    Parameters
    ----------
    record : a statement's or question's record, as ``desk.records`` makes it.
    made : all records by their numbers.
    address : the page's full address, or nothing while the site's is not set.
    language : the edition's language.
    """
    if record["type"] != "statement" or not record["scored"]:
        return ""
    return json_ld(review(record, made[record["question"]], address, language))


def review(record: Record, question: Record, address: str, language: Language) -> dict[str, Any]:
    """A scored statement's ``ClaimReview``, with the question that checks it.

    What is claimed is told in the edition's words, with the printed page.
    """
    edition, article = works()
    code, place = language.code, record["place"]
    page = {"url": address} if address else {}
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        **page,
        "inLanguage": code,
        "datePublished": edition.date,
        "author": organisations(edition),
        "claimReviewed": record["statement"][code],
        "reviewAspect": question["asked"][code],
        "reviewBody": question["observed"][code],
        "reviewRating": {
            "@type": "Rating",
            "alternateName": language(record["outcome"]),
            "ratingExplanation": _explained(record, question, language),
        },
        "itemReviewed": {
            "@type": "Claim",
            "name": record["statement"][code],
            "appearance": {**schema_article(article), "pagination": str(place["page"])},
        },
    }


def _explained(record: Record, question: Record, language: Language) -> str:
    """What the outcome means, what it is about, and whether it would hold under other readings."""
    code, meaning = language.code, language(MEANINGS[record["outcome"]])
    parts = (f"{meaning[0].upper()}{meaning[1:]}.", question["asked"][code], question["observed"][code])
    return " ".join(filter(None, (*parts, record["doubt"][code])))
