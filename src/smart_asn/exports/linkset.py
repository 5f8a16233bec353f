"""The signposts of all pages that have something to take away, in one file: a linkset by RFC 9264.

Hosts of static pages seldom let one set ``Link`` headers; a program that finds the file by any page's ``linkset`` has
the same.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from smart_asn.publication import address
from smart_asn.site.signposts import ITEMS, LINKSET, Signpost, of_book, of_claim


def linkset(records: Iterable[str], languages: Sequence[str], site: str) -> str:
    """The linkset as JSON.

    Parameters
    ----------
    records : the numbers of the questions and statements, each of which has a page and a file.
    languages : the editions that are published.
    site : the site's address; while it is nothing, addresses are seen from the file, as RFC 9264 lets them be.
    """
    records = list(records)
    contexts = []
    for code in languages:
        start = f"{code}/index.html"
        contexts.append(_context(start, of_book(site, start), site))
        for number in records:
            place = f"{code}/claims/{number.lower()}"
            contexts.append(_context(f"{place}.html", of_claim(place, start), site))
    first = f"{languages[0]}/index.html"
    contexts += [_context(item.target, [Signpost("collection", first, "text/html")], site) for item in ITEMS]
    return json.dumps({"linkset": contexts}, indent=1) + "\n"


def _context(anchor: str, signposts: Iterable[Signpost], site: str) -> dict[str, Any]:
    links: dict[str, list[dict[str, str]]] = defaultdict(list)
    for s in signposts:
        if s.rel != "linkset":
            links[s.rel].append({"href": s.seen(site, LINKSET)} | ({"type": s.kind} if s.kind else {}))
    return {"anchor": address(site, anchor, LINKSET), **links}
