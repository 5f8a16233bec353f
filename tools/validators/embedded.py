"""What pages tell machines: schema.org and Dublin Core as extruct finds them, their form by SHACL."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import extruct
import pyshacl
import rdflib
from contexts import graph_of, serve_contexts

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix s: <https://schema.org/> .

[] a sh:NodeShape ; sh:targetClass s:Dataset ;
  sh:property [ sh:path s:name ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path s:description ; sh:minCount 1 ; sh:minLength 50 ; sh:maxLength 5000 ] ;
  sh:property [ sh:path s:license ; sh:minCount 1 ] ;
  sh:property [ sh:path s:creator ; sh:minCount 1 ; sh:class s:Organization ] ;
  sh:property [ sh:path s:distribution ; sh:minCount 1 ; sh:class s:DataDownload ] .
[] a sh:NodeShape ; sh:targetClass s:DataDownload ;
  sh:property [ sh:path s:contentUrl ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path s:encodingFormat ; sh:minCount 1 ] .
[] a sh:NodeShape ; sh:targetClass s:ScholarlyArticle ;
  sh:property [ sh:path s:headline ; sh:minCount 1 ] ;
  sh:property [ sh:path s:author ; sh:minCount 1 ; sh:node [ sh:property [ sh:path s:name ; sh:minCount 1 ] ] ] ;
  sh:property [ sh:path s:datePublished ; sh:minCount 1 ] .
[] a sh:NodeShape ; sh:targetClass s:ClaimReview ;
  sh:property [ sh:path s:claimReviewed ; sh:minCount 1 ; sh:maxCount 1 ; sh:minLength 10 ] ;
  sh:property [ sh:path s:reviewAspect ; sh:minCount 1 ; sh:minLength 10 ] ;
  sh:property [ sh:path s:reviewBody ; sh:minCount 1 ; sh:minLength 10 ] ;
  sh:property [ sh:path s:author ; sh:minCount 1 ] ;
  sh:property [ sh:path s:datePublished ; sh:minCount 1 ] ;
  sh:property [ sh:path s:reviewRating ; sh:minCount 1 ; sh:maxCount 1 ; sh:class s:Rating ] ;
  sh:property [ sh:path s:itemReviewed ; sh:minCount 1 ; sh:maxCount 1 ; sh:class s:Claim ] .
[] a sh:NodeShape ; sh:targetClass s:Rating ;
  sh:property [ sh:path s:alternateName ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path s:ratingExplanation ; sh:minCount 1 ] ;
  sh:property [ sh:path s:ratingValue ; sh:maxCount 0 ; sh:message "a rating is a word, no number" ] .
[] a sh:NodeShape ; sh:targetClass s:Claim ;
  sh:property [ sh:path s:appearance ; sh:minCount 1 ; sh:class s:ScholarlyArticle ] .
"""
"""What readers of such data (search engines' data set and fact-check listings) ask for, and what the edition promises."""
DUBLIN_CORE = {"title", "creator", "date", "language", "rights", "source"}


def told(page: Path) -> dict[str, Any]:
    """What extruct finds in a page."""
    return extruct.extract(page.read_text("utf-8"), syntaxes=["json-ld", "dublincore"], errors="strict")


def reviews(site: Path, edition: str) -> Iterator[str]:
    """Statements whose page has a review though they are not scored, has none though they are, or another outcome."""
    for path in sorted((site / edition / "claims").glob("k*.json")):
        record = json.loads(path.read_text("utf-8"))
        found = [t for t in told(path.with_suffix(".html"))["json-ld"] if t.get("@type") == "ClaimReview"]
        if len(found) != int(record["scored"]):
            yield f"{edition}/claims/{path.stem}.html has {len(found)} reviews; it is {record['outcome']}"
        for review in found:
            if review["claimReviewed"] != record["statement"][edition]:
                yield f"{edition}/claims/{path.stem}.html reviews other words than its statement"
            if edition == "en" and review["reviewRating"]["alternateName"] != record["outcome"]:
                yield f"{edition}/claims/{path.stem}.html rates otherwise than {record['outcome']}"


def described(site: Path, page: Path, address: str, shapes: rdflib.Graph) -> tuple[Counter[str], list[str]]:
    """The kinds of things that a page describes, and what is wrong with how it does."""
    name = page.relative_to(site).as_posix()
    found, kinds, problems = told(page), Counter[str](), []
    names = [e.get("name", "") for core in found["dublincore"] for e in core["elements"]]
    lacking = DUBLIN_CORE - {name.removeprefix("DC.") for name in names if name.startswith("DC.")}
    if lacking:
        problems.append(f"{name} lacks Dublin Core: {', '.join(sorted(lacking))}")
    for thing in found["json-ld"]:
        graph = graph_of(thing, address + name)
        kinds.update(
            str(kind).removeprefix("https://schema.org/") for kind in graph.objects(None, rdflib.RDF.type)
        )
        conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes)
        problems += [] if conforms else [f"{name}: {text}"]
    return kinds, problems


def main(site: str, address: str) -> int:
    """Check every page of a site's chapters, and every tenth of the statements'; 1 if something is wrong."""
    serve_contexts()
    folder, shapes = Path(site), rdflib.Graph().parse(data=SHAPES, format="turtle")
    editions = sorted(p.parent.parent.name for p in folder.glob("*/claims/index.json"))
    problems, kinds, count = [], Counter[str](), 0
    for edition in editions:
        pages = [p for p in sorted((folder / edition).rglob("*.html")) if "_static" not in p.parts]
        claims = [p for p in pages if p.parent.name == "claims"]
        for page in [p for p in pages if p.parent.name != "claims" and p.stem != "search"] + claims[::10]:
            seen, wrong = described(folder, page, address, shapes)
            kinds += seen
            problems += wrong
            count += 1
        problems += reviews(folder, edition)
    for kind in ("Dataset", "ScholarlyArticle", "ClaimReview", "Chapter"):
        if not kinds[kind]:
            problems.append(f"no page describes a {kind}")
    shown = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    print("\n".join([*problems, f"{count} pages ({shown}), {len(problems)} problems"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
