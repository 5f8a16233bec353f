"""How much of what a chapter shows before anything is opened is prose: ``python tools/prose_share.py [EDITION]``.

Counted are the words of the chapter's text that stand outside folds (a fold's own line counts as shown). Prose are
paragraphs and items of lists; the lines of cards, tables, captions and controls are not. Exit code 1 where an article
chapter has less than ``LEAST``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bs4 import BeautifulSoup, Tag

SITE = Path(__file__).parents[1] / "_build/html"
LEAST = 0.6
CHAPTERS = (
    "five-minutes",
    "abstract",
    "introduction",
    "literature-review",
    "literature-review/bureaucratic-reform",
    "literature-review/world-class-bureaucracy",
    "literature-review/industrial-revolution-4-0",
    "literature-review/competency-development",
    "method",
    "results",
    "bureaucracy-4-0",
    "conclusion",
)
"""The chapters that tell the article."""

NO_PROSE = "details, table, figcaption, form, .tools, .page-tools, .headline, script, style, svg, .headerlink"


def words(text: str) -> int:
    """How many words a text has: pieces with a letter or digit in them."""
    return sum(any(ch.isalnum() for ch in piece) for piece in text.split())


def _shown(markup: str) -> Tag:
    """A page's text without what stands in folds, but for their own lines."""
    article = BeautifulSoup(markup, "html.parser").find("article")
    assert isinstance(article, Tag)
    for hidden in article.select("[hidden], script, style, .visually-hidden, .headerlink"):
        hidden.decompose()
    for fold in article.find_all("details"):
        for child in list(fold.children):
            if getattr(child, "name", None) != "summary":
                child.extract()
    return article


def _prose(article: Tag) -> str:
    for other in article.select(NO_PROSE):
        other.extract()
    pieces = [p for p in article.find_all(["p", "li"]) if not p.find(["p", "li"])]
    return "\n".join(" ".join(piece.get_text().split()) for piece in pieces)


def shown_prose(markup: str) -> str:
    """The prose that a page shows before anything is opened, a paragraph or item of a list in a line."""
    return _prose(_shown(markup))


def shown_and_prose(markup: str) -> tuple[int, int]:
    """The words that a page's text shows before anything is opened, and those of them that are prose."""
    article = _shown(markup)
    shown = words(article.get_text(" "))
    return shown, words(_prose(article))


def shares(edition: str, site: Path = SITE) -> dict[str, tuple[int, int]]:
    """Chapter to its shown words and its prose, for the chapters that tell the article."""
    return {c: shown_and_prose((site / edition / f"{c}.html").read_text("utf-8")) for c in CHAPTERS}


def main() -> int:
    edition = sys.argv[1] if len(sys.argv) > 1 else "en"
    low = 0
    for chapter, (shown, prose) in shares(edition).items():
        print(f"{chapter:45} {shown:6} words shown, {prose:6} of prose, share {prose / shown:.2f}")
        low += prose / shown < LEAST
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
