"""Reads a built site for the tests: its pages, what is linked to what, and how claims, cells and evidence hang together."""

from __future__ import annotations

import json
import posixpath
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag


@dataclass
class Site:
    """A folder with a site. Pages are known by their address from the site's root, such as ``en/ledger.html``."""

    root: Path

    @cached_property
    def pages(self) -> dict[str, BeautifulSoup]:
        """Every page but the theme's own building blocks under ``_static``."""
        found = sorted(p for p in self.root.rglob("*.html") if "_static" not in p.parts)
        return {
            p.relative_to(self.root).as_posix(): BeautifulSoup(p.read_text("utf-8"), "html.parser")
            for p in found
        }

    @cached_property
    def ids(self) -> dict[str, list[str]]:
        """The ids of each page, in order, repeated ones repeated."""
        return {page: [t["id"] for t in soup.find_all(id=True)] for page, soup in self.pages.items()}

    @cached_property
    def ledger(self) -> list[dict]:
        """The claims of ``ledger.json``."""
        return json.loads((self.root / "ledger.json").read_text("utf-8"))["claims"]

    def target(self, page: str, address: str) -> tuple[str, str]:
        """Page and place that an address on a page means."""
        parts = urlsplit(address)
        path = posixpath.normpath(posixpath.join("/", posixpath.dirname(page), unquote(parts.path))).lstrip(
            "/"
        )
        return (path if parts.path else page), unquote(parts.fragment)

    def links(self, page: str) -> list[tuple[str, str]]:
        """The page and place of every link in a page's content."""
        return [self.target(page, a["href"]) for a in content(self.pages[page]).find_all("a", href=True)]


def content(soup: BeautifulSoup) -> Tag:
    """A page's own content, without navigation."""
    return soup.find("article") or soup.find("main") or soup


def inside(address: str) -> bool:
    """Whether an address is one of the site's own."""
    return not urlsplit(address).scheme and not address.startswith("//")


def cards(site: Site, language: str) -> dict[str, list[tuple[str, str]]]:
    """For each claim that has a card: the places of its cards (page#cell) and their verdicts."""
    found: dict[str, list[tuple[str, str]]] = {}
    for page, soup in site.pages.items():
        if not page.startswith(f"{language}/"):
            continue
        for card in soup.select(".verdict-card"):
            number = card.select_one(".claim-number").get_text(strip=True)
            cell = card.find_parent(id=lambda i: bool(i) and i.startswith("check-"))
            place = f"{page}#{cell['id']}" if cell else page
            found.setdefault(number, []).append((place, verdict(card)))
    return found


def verdict(block: Tag) -> str:
    """The verdict that a badge in a block shows, by its class: the same word in every edition."""
    badge = block.select_one(".verdict")
    return next(c for c in badge["class"] if c != "verdict").replace("-", " ")


def ledger_rows(site: Site, language: str) -> dict[str, Tag]:
    """The rows of an edition's ledger by claim."""
    rows = site.pages[f"{language}/ledger.html"].select("#table-claims tbody tr[id]")
    return {r["id"].upper(): r for r in rows}


def mismatches(site: Site, language: str, claims: list[str]) -> list[str]:
    """Where claims, ``ledger.json``, the ledger's rows and the cards do not match one to one."""
    published = {c["claim"]: c for c in site.ledger}
    rows, shown = ledger_rows(site, language), cards(site, language)
    found = []
    for where, have in (("ledger.json", published), ("the ledger", rows), ("the cells", shown)):
        found += [f"{c}: a claim, but not in {where}" for c in claims if c not in have]
        found += [f"{c}: in {where}, but not a claim" for c in have if c not in claims]
    for claim in set(published) & set(rows) & set(shown):
        entry, places = published[claim], shown[claim]
        if len(places) > 1:
            found.append(f"{claim}: {len(places)} cards")
        page, place = entry["cell"].split("#")
        cell = f"{language}/{page.split('/', 1)[1]}#{place}"
        found += [f"{claim}: its card stands in {p}, not in {cell}" for p, _ in places if p != cell]
        verdicts = {
            "ledger.json": entry["verdict"],
            "the ledger": verdict(rows[claim]),
            "its card": places[0][1],
        }
        if len(set(verdicts.values())) > 1:
            found.append(f"{claim}: " + ", ".join(f"{v} in {k}" for k, v in verdicts.items()))
    return found


def missing_links(site: Site, language: str, owner: dict[str, str]) -> list[str]:
    """Links between claims, cells and evidence that are missing, in either direction. ``owner``: evidence to regency."""
    found = []
    rows = ledger_rows(site, language)
    ledger = f"{language}/ledger.html"
    for entry in site.ledger:
        claim = entry["claim"]
        page, place = entry["cell"].split("#")
        page = f"{language}/{page.split('/', 1)[1]}"
        sources = [(f"{language}/regencies/{owner[e]}.html", e.lower()) for e in entry["evidence"]]
        sources += [(f"{language}/passages.html", p.lower()) for p in entry["passages"]]
        sources += [(f"{language}/public-figures.html", f.lower()) for f in entry["public_figures"]]
        out = {site.target(ledger, a["href"]) for a in rows[claim].find_all("a", href=True)}
        found += [
            f"{claim}: no link from the ledger to {t[0]}#{t[1]}"
            for t in [(page, place), *sources]
            if t not in out
        ]
        cell = site.pages[page].find(id=place)
        back = {site.target(page, a["href"]) for a in cell.find_all("a", href=True)} if cell else set()
        if (ledger, claim.lower()) not in back:
            found.append(f"{claim}: no link from its cell back to the ledger")
        for target, key in sources:
            row = site.pages[target].find(id=key)
            links = {site.target(target, a["href"]) for a in row.find_all("a", href=True)} if row else set()
            if (ledger, claim.lower()) not in links:
                found.append(f"{claim}: no link from {target}#{key} back to the ledger")
    return found
