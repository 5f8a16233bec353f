"""The marks in the prose: each checked statement's number and the sign of its outcome, as a link to its check.

The prose has them as ``[K048](claim:K048)``; what they show comes from ``marks.json`` beside the staged chapters.
"""

from __future__ import annotations

import json
import posixpath
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from smart_asn.cards import SIGNS, css_name
from smart_asn.ledger import MARKS

SCHEME = "claim:"
logger = logging.getLogger(__name__)


@lru_cache(1)
def _marks(path: Path, changed: float) -> dict[str, dict[str, str]]:
    return json.loads(path.read_text("utf-8"))


def set_marks(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put a mark in the place of each link to a statement; a number that no question checks is a warning."""
    if app.builder.format != "html":
        return
    path = Path(app.srcdir) / MARKS
    known = _marks(path, path.stat().st_mtime)
    for reference in list(doctree.findall(nodes.reference)):
        target = reference.get("refuri", "")
        if not target.startswith(SCHEME):
            continue
        claim = target.removeprefix(SCHEME)
        if claim not in known:
            logger.warning("the prose marks %s, which no question checks", claim, location=reference)
            continue
        reference.replace_self(nodes.raw("", mark(claim, known[claim], docname), format="html"))


def mark(claim: str, shown: dict[str, str], docname: str) -> str:
    """One mark as HTML; ``docname`` is the page it stands in."""
    home, outcome = shown["chapter"], shown["outcome"]
    meaning = f"{shown['word']}: {shown['statement']}"
    address = "" if home == docname else posixpath.relpath(f"/{home}.html", posixpath.dirname(f"/{docname}"))
    return (
        f'<a class="mark {css_name(outcome)}" href="{escape(address)}#{claim.lower()}" '
        f'title="{escape(meaning)}"><span aria-hidden="true">{SIGNS[outcome]}</span>'
        f'<span class="visually-hidden">{escape(shown["word"])}: </span>{escape(claim)}</a>'
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the hook."""
    app.connect("doctree-resolved", set_marks)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
