"""Reads a built site for the tests: its pages, what is linked to what, and how questions, cells and sources hang together."""

from __future__ import annotations

import json
import posixpath
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from browser import CHROMIUM
from bs4 import BeautifulSoup, Tag

from smart_asn.places import SITE

IN_BROWSER = [
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine"),
    pytest.mark.skipif(
        not (SITE / "en/index.html").exists(), reason="the book has not been built: make book"
    ),
]
"""The marks of tests that open the built book in a browser; ``conftest`` has the browser, the address and a page."""


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
        """The statements of ``ledger.json``."""
        return self._published["claims"]

    @cached_property
    def questions(self) -> list[dict]:
        """The questions of ``ledger.json``."""
        return self._published["questions"]

    @cached_property
    def _published(self) -> dict:
        return json.loads((self.root / "ledger.json").read_text("utf-8"))

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


def shown_outcome(block: Tag) -> str:
    """The outcome that the first badge or mark in a block shows, by its class: the same word in every edition."""
    badge = block if "mark" in block.get("class", ()) else block.select_one(".outcome")
    return next(c for c in badge["class"] if c not in ("outcome", "mark")).replace("-", " ")


@dataclass(frozen=True)
class Card:
    """A question's card on a page: its outcome, and the outcomes of its statements by their numbers."""

    place: str
    block: Tag
    outcome: str
    statements: dict[str, str]


def cards(site: Site, language: str) -> dict[str, list[Card]]:
    """The cards of each question in an edition, in the order of the pages; the ledger's are among them."""
    found: dict[str, list[Card]] = {}
    for page, soup in site.pages.items():
        if not page.startswith(f"{language}/"):
            continue
        for block in soup.select("details.card"):
            body, whole = block.select_one(".card-body"), shown_outcome(block.summary)
            own = {
                li["id"].upper(): shown_outcome(li) if li.select_one(".outcome") else whole
                for li in body.select(".statements > li[id]")
            }
            card = Card(f"{page}#{body['id']}", block, whole, own)
            found.setdefault(body["id"].upper(), []).append(card)
    return found


def marks(site: Site, language: str) -> dict[str, list[tuple[str, Tag]]]:
    """The marks of each statement in an edition's prose: the page, and the mark."""
    found: dict[str, list[tuple[str, Tag]]] = {}
    for page, soup in site.pages.items():
        if page.startswith(f"{language}/"):
            for mark in soup.select("a.mark"):
                found.setdefault(urlsplit(mark["href"]).fragment.upper(), []).append((page, mark))
    return found


def in_edition(address: str, language: str) -> str:
    """An address of the published ledger in an edition."""
    return f"{language}/{address.split('/', 1)[1]}"


def mismatches(site: Site, language: str, questions: list[str]) -> list[str]:
    """Where questions, ``ledger.json``, the ledger's cards, the chapters' cards and the marks do not match one to one."""
    published, shown = {q["question"]: q for q in site.questions}, cards(site, language)
    outcomes = {c["claim"]: c["outcome"] for c in site.ledger}
    found = []
    for where, have in (("ledger.json", published), ("the pages", shown)):
        found += [f"{q}: a question, but not in {where}" for q in questions if q not in have]
        found += [f"{q}: in {where}, but not a question" for q in have if q not in questions]
    for question in [q for q in questions if q in published and q in shown]:
        entry = published[question]
        wanted = {f"{language}/ledger.html#{question.lower()}", in_edition(entry["cell"], language)}
        places = [card.place for card in shown[question]]
        found += [f"{question}: no card at {p}" for p in sorted(wanted - set(places))]
        found += [f"{question}: a card at {p}" for p in places if p not in wanted or places.count(p) > 1]
        for card in shown[question]:
            if card.outcome != entry["outcome"]:
                found.append(f"{question}: {entry['outcome']} in ledger.json, {card.outcome} at {card.place}")
            if list(card.statements) != entry["claims"]:
                found.append(f"{question}: {', '.join(card.statements)} at {card.place}")
            found += [
                f"{claim}: {outcomes[claim]} in ledger.json, {what} at {card.place}"
                for claim, what in card.statements.items()
                if outcomes.get(claim) != what
            ]
    return found + mismatched_marks(site, language)


def mismatched_marks(site: Site, language: str) -> list[str]:
    """Checked statements that no prose marks, and marks that lead elsewhere than to the card or show another outcome."""
    shown, found = marks(site, language), []
    for entry in site.ledger:
        claim = entry["claim"]
        if entry["question"] and claim not in shown:
            found.append(f"{claim}: no mark in the prose")
        for page, mark in shown.get(claim, []):
            if "#".join(site.target(page, mark["href"])) != in_edition(entry["cell"] or "?/?", language):
                found.append(f"{claim}: a mark on {page} leads to {mark['href']}")
            if shown_outcome(mark) != entry["outcome"]:
                found.append(
                    f"{claim}: {entry['outcome']} in ledger.json, {shown_outcome(mark)} in a mark on {page}"
                )
    return found


def missing_links(site: Site, language: str, owner: dict[str, str]) -> list[str]:
    """Links between questions, cells and sources that are missing, in either direction. ``owner``: evidence to regency."""
    found = []
    shown, ledger = cards(site, language), f"{language}/ledger.html"
    for entry in site.questions:
        question = entry["question"]
        sources = [(f"{language}/regencies/{owner[e]}.html", e.lower()) for e in entry["evidence"]]
        sources += [(f"{language}/passages.html", p.lower()) for p in entry["passages"]]
        sources += [
            (f"{language}/public-sources.html", s.lower()) for s in (*entry["sources"], *entry["searches"])
        ]
        for card in shown[question]:
            page = card.place.split("#")[0]
            out = {site.target(page, a["href"]) for a in card.block.find_all("a", href=True)}
            home = [tuple(in_edition(entry["cell"], language).split("#"))] if page == ledger else []
            found += [
                f"{question}: no link from {page} to {target[0]}#{target[1]}"
                for target in [*home, *sources]
                if target not in out and not (_series(target) and _of_series(target, out))
            ]
        for target, key in sources:
            row = site.pages[target].find(id=key)
            links = {site.target(target, a["href"]) for a in row.find_all("a", href=True)} if row else set()
            if (ledger, question.lower()) not in links:
                found.append(f"{question}: no link from {target}#{key} back to the ledger")
    return found


def _series(target: tuple[str, str]) -> bool:
    return target[1].startswith(("egdi-", "hci-")) and target[1][-4:].isdigit()


def _of_series(target: tuple[str, str], out: set[tuple[str, str]]) -> bool:
    """Whether a row of a series is reached by the link to the whole series, as where many rows are looked at."""
    return (target[0], f"table-{target[1].split('-')[0]}") in out
