"""FAIR Signposting: a client for it follows the links of pages and of the linkset over HTTP, and finds the same in both."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import requests
from signposting.htmllinks import find_signposting_html
from signposting.linkset import LinksetJSON, _parse_linkset_json
from signposting.signpost import Signposting

LINKSET = "exports/linkset.json"
Links = set[tuple[str, str, str]]


def read_linkset(address: str) -> Signposting:
    """The linkset at an address. Its targets are seen from itself (RFC 9264); the client takes full addresses only."""
    answer = requests.get(address, timeout=10)
    whole = answer.json()
    for context in whole["linkset"]:
        for targets in (v for key, v in context.items() if key != "anchor"):
            for target in targets:
                target["href"] = urljoin(address, target["href"])
    kind = answer.headers["Content-Type"]
    return _parse_linkset_json(LinksetJSON(json.dumps(whole), kind, address, address))


def links(found: Signposting) -> Links:
    """Relation, target and kind of file of each link."""
    return {(str(s.rel), str(s.target), str(s.type or "")) for s in found if str(s.rel) != "linkset"}


def reachable(found: Links, address: str) -> Iterator[str]:
    """Links within the site that lead nowhere, or to another kind of file than they say."""
    for rel, target, kind in sorted(found):
        if not target.startswith(address):
            continue
        answer = requests.get(target, timeout=10)
        served = answer.headers["Content-Type"].partition(";")[0]
        if answer.status_code != 200:
            yield f"{rel} leads to {target}, which answers {answer.status_code}"
        elif kind and served not in (kind, *ALSO.get(kind, ())):
            yield f"{rel} calls {target} {kind}; it is served as {served}"


ALSO = {
    "application/ld+json": ("application/json", "application/octet-stream"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("application/octet-stream",),
}
"""Kinds of files that some servers call by a more general name."""


def pages(site: Path) -> list[str]:
    """The pages that the linkset is compared with: each edition's first, and a few of statements and questions."""
    found = []
    for edition in sorted(p.parent.parent.name for p in site.glob("*/claims/index.json")):
        listed = json.loads((site / edition / "claims/index.json").read_text("utf-8"))["claims"]
        found += [f"{edition}/index.html"]
        found += [
            f"{edition}/claims/{entry['page']}" for entry in (listed[0], listed[len(listed) // 2], listed[-1])
        ]
    return found


def problems(site: Path, address: str) -> Iterator[str]:
    """What is wrong with the signposts of a site."""
    anchors = {c["anchor"] for c in json.loads((site / LINKSET).read_text("utf-8"))["linkset"]}
    if len(anchors) < len(list(site.glob("*/claims/*.html"))):
        yield f"{LINKSET} has {len(anchors)} anchors, fewer than there are pages of statements"
    whole = read_linkset(address + LINKSET)
    for page in pages(site):
        own = find_signposting_html(address + page)
        here = links(own)
        if {"type", "license"} - {rel for rel, _, _ in here}:
            yield f"{page} does not say its type and licence"
        if not own.linksets:
            yield f"{page} names no linkset"
        yield from (f"{page}: {problem}" for problem in reachable(here, address))
        there = links(whole.for_context(address + page))
        yield from (f"{page} and {LINKSET} differ in {link}" for link in sorted(here ^ there))


def main(site: str, address: str) -> int:
    """Check the signposts of a site that is served at an address; 1 if something is wrong with them."""
    warnings.simplefilter("ignore")
    found = list(problems(Path(site), address))
    print("\n".join([*found, f"signposts of {len(pages(Path(site)))} pages, {len(found)} problems"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
