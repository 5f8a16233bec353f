"""The JSON-LD contexts that exports name, served from this machine: a validator that asked the network would not be repeatable."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import rdflib
from rdflib.plugins.shared.jsonld import context as jsonld_context
from rdflib.plugins.shared.jsonld import util as jsonld_util

CRATE = "https://w3id.org/ro/crate/1.1/context"
ANNOTATION = "http://www.w3.org/ns/anno.jsonld"
SCHEMA_ORG = ("https://schema.org", "https://schema.org/", "http://schema.org")

OA = "http://www.w3.org/ns/oa#"
ACTIVITY = "http://www.w3.org/ns/activitystreams#"
TERMS = "http://purl.org/dc/terms/"


def _link(iri: str) -> dict[str, str]:
    return {"@id": iri, "@type": "@id"}


def _word(iri: str) -> dict[str, str]:
    return {"@id": iri, "@type": "@vocab"}


ANNOTATION_TERMS: dict[str, Any] = {
    "id": "@id",
    "type": "@type",
    **{
        name: f"{OA}{name}"
        for name in (
            "Annotation",
            "SpecificResource",
            "TextualBody",
            "FragmentSelector",
            "TextQuoteSelector",
            "assessing",
            "classifying",
            "commenting",
            "describing",
            "editing",
            "identifying",
            "linking",
            "tagging",
            "exact",
        )
    },
    "AnnotationCollection": f"{ACTIVITY}OrderedCollection",
    "AnnotationPage": f"{ACTIVITY}OrderedCollectionPage",
    "first": _link(f"{ACTIVITY}first"),
    "items": {**_link(f"{ACTIVITY}items"), "@container": "@list"},
    "startIndex": {
        "@id": f"{ACTIVITY}startIndex",
        "@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger",
    },
    "total": {"@id": f"{ACTIVITY}totalItems", "@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"},
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "rights": _link(f"{TERMS}rights"),
    "conformsTo": _link(f"{TERMS}conformsTo"),
    "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "body": _link(f"{OA}hasBody"),
    "target": _link(f"{OA}hasTarget"),
    "source": _link(f"{OA}hasSource"),
    "selector": _link(f"{OA}hasSelector"),
    "refinedBy": _link(f"{OA}refinedBy"),
    "motivation": _word(f"{OA}motivatedBy"),
    "purpose": _word(f"{OA}hasPurpose"),
}
"""The terms of the Web Annotation Vocabulary that the edition uses, as the W3C's context has them; no other is known here."""


def contexts() -> dict[str, Any]:
    """Each context by its address: RO-Crate's as its own library brings it; schema.org's with its vocabulary alone."""
    crate = json.loads(files("rocrate").joinpath("data/ro-crate.jsonld").read_text("utf-8"))
    if crate["@id"] != CRATE:
        raise SystemExit(f"The library rocrate brings {crate['@id']}; expected {CRATE}.")
    links = {name: {"@type": "@id"} for name in ("url", "contentUrl", "license")}
    schema = {"@context": {"@vocab": "https://schema.org/", **links}}
    return {CRATE: crate, ANNOTATION: {"@context": ANNOTATION_TERMS}, **dict.fromkeys(SCHEMA_ORG, schema)}


class UnknownContextError(Exception):
    """A context that is not at hand."""


def serve_contexts() -> None:
    """Let rdflib take contexts from here, and from nowhere else."""
    known = contexts()
    before = jsonld_util.source_to_json

    def source_to_json(source: Any, *more: Any, **options: Any) -> Any:
        if isinstance(source, str) and source.startswith(("http://", "https://")):
            if source not in known:
                raise UnknownContextError(f"{source} is not at hand; expected one of {', '.join(known)}")
            return known[source], None
        return before(source, *more, **options)

    jsonld_util.source_to_json = source_to_json
    jsonld_context.source_to_json = source_to_json


def graph_of(thing: Any, base: str) -> rdflib.Graph:
    """The statements of a JSON-LD document whose addresses are seen from ``base``."""
    return rdflib.Graph().parse(data=json.dumps(thing), format="json-ld", base=base)
