"""The Web Annotation collection: its form by SHACL, its quotes by count, and that no key says nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyshacl
import rdflib
from contexts import ANNOTATION_TERMS, graph_of, serve_contexts

WORDS = 8
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix as: <http://www.w3.org/ns/activitystreams#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix dc: <http://purl.org/dc/elements/1.1/> .

[] a sh:NodeShape ; sh:targetClass as:OrderedCollection ;
  sh:property [ sh:path as:totalItems ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path as:first ; sh:minCount 1 ; sh:maxCount 1 ; sh:class as:OrderedCollectionPage ] ;
  sh:property [ sh:path dcterms:rights ; sh:minCount 1 ; sh:nodeKind sh:IRI ] .
[] a sh:NodeShape ; sh:targetClass oa:Annotation ; sh:nodeKind sh:IRI ;
  sh:property [ sh:path oa:hasTarget ; sh:minCount 1 ; sh:maxCount 1 ; sh:class oa:SpecificResource ] ;
  sh:property [ sh:path oa:hasBody ; sh:minCount 1 ] ;
  sh:property [ sh:path oa:motivatedBy ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] .
[] a sh:NodeShape ; sh:targetObjectsOf oa:hasTarget ;
  sh:property [ sh:path oa:hasSource ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path oa:hasSelector ; sh:minCount 1 ; sh:maxCount 1 ; sh:class oa:FragmentSelector ] .
[] a sh:NodeShape ; sh:targetClass oa:FragmentSelector ;
  sh:property [ sh:path rdf:value ; sh:minCount 1 ; sh:maxCount 1 ; sh:pattern "^page=[1-9][0-9]*$" ] ;
  sh:property [ sh:path dcterms:conformsTo ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path oa:refinedBy ; sh:minCount 1 ; sh:maxCount 1 ; sh:class oa:TextQuoteSelector ] .
[] a sh:NodeShape ; sh:targetClass oa:TextQuoteSelector ;
  sh:property [ sh:path oa:exact ; sh:minCount 1 ; sh:maxCount 1 ; sh:minLength 1 ] .
[] a sh:NodeShape ; sh:targetClass oa:TextualBody ;
  sh:property [ sh:path rdf:value ; sh:minCount 1 ; sh:maxCount 1 ; sh:minLength 1 ] ;
  sh:property [ sh:path dc:language ; sh:minCount 1 ; sh:in ( "en" "id" ) ] ;
  sh:property [ sh:path oa:hasPurpose ; sh:minCount 1 ; sh:nodeKind sh:IRI ] .
"""
"""What the Web Annotation Data Model asks of a collection, and what the edition promises besides."""


def keys(thing: Any) -> Iterator[str]:
    """Every key in a JSON document, at any depth."""
    if isinstance(thing, dict):
        for key, value in thing.items():
            yield key
            yield from keys(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from keys(value)


def problems(collection: dict[str, Any], base: str) -> Iterator[str]:
    """What is wrong with a collection."""
    unknown = set(keys(collection)) - set(ANNOTATION_TERMS) - {"@context"}
    yield from (f"the key {key!r} is no term of the Web Annotation context" for key in sorted(unknown))
    items = collection["first"]["items"]
    if collection["total"] != len(items):
        yield f"total is {collection['total']}, and there are {len(items)} annotations"
    names = [item["id"] for item in items]
    yield from (f"{name} stands twice" for name in sorted({n for n in names if names.count(n) > 1}))
    for item in items:
        quote = item["target"]["selector"]["refinedBy"]["exact"]
        if len(quote.split()) > WORDS:
            yield f"{item['id']}: {len(quote.split())} words are quoted, at most {WORDS} may be"
    conforms, _, text = pyshacl.validate(
        graph_of(collection, base), shacl_graph=rdflib.Graph().parse(data=SHAPES, format="turtle")
    )
    if not conforms:
        yield text


def main(site: str, address: str) -> int:
    """Check the collection of a site; 1 if something is wrong with it."""
    serve_contexts()
    path = "exports/annotations.jsonld"
    collection = json.loads((Path(site) / path).read_text("utf-8"))
    found = [f"{path}: {problem}" for problem in problems(collection, address + path)]
    print("\n".join([*found, f"{collection['total']} annotations, {len(found)} problems"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
