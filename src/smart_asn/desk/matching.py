"""Find the article's anchors in another copy of its text: letters only, then nearly, said to be nearly.

``book/_static/desk/matching.js`` does the same in the page; a test shows both equal. Spaces, hyphens, punctuation,
ligatures and accents do not count, so that line ends, hyphenation and reflow do not matter.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FOUND, NEARLY, NOT_FOUND = "found", "found nearly", "not found"

SURE = 12
"""From so many letters on, an anchor that stands in one place only is taken to be that place."""

NEAR_FROM = 8
"""Shorter anchors are not looked for nearly: they would be found anywhere."""

NEAR = 0.2
"""The most letters that may differ, as a share of the anchor's."""

AROUND = 1500
"""How many letters before and after the place where an anchor is expected it is looked for nearly."""

WRONG = 0.1
"""If fewer of the sure anchors are found, the copy is not the article."""


@dataclass(frozen=True)
class Anchor:
    """Words of the article that a row of the data quotes: the row's number and table, printed page, line, words."""

    id: str
    table: str
    page: int
    line: int
    words: str


@dataclass(frozen=True)
class Match:
    """Where an anchor was found: page of the copy (from 1, 0 if not found), span in its letters, letters that differ."""

    anchor: Anchor
    state: str
    page: int = 0
    start: int = 0
    end: int = 0
    differ: int = 0


def letters(text: str) -> str:
    """The letters and digits of a text in lower case, ligatures and accents taken apart and marks dropped."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).lower() if c.isalnum())


def is_article(matches: Iterable[Match]) -> bool:
    """Whether enough of the sure anchors stand in the copy for it to be the article."""
    sure = [m for m in matches if len(letters(m.anchor.words)) >= SURE]
    return not sure or sum(m.state == FOUND for m in sure) >= WRONG * len(sure)


def match(anchors: Sequence[Anchor], pages: Sequence[str], last_line: int) -> list[Match]:
    """Where each anchor stands in the pages of a copy.

    Parameters
    ----------
    anchors : what to look for.
    pages : the text of each page.
    last_line : the number of lines of the scan, on which the anchors' lines are counted.

    Returns
    -------
    A match for each anchor, in their order. An anchor that stands in several places is taken to be the one nearest to
    where its line should be, as the anchors that stand in one place only show it. Where the copy is not the article,
    nothing is looked for nearly.
    """
    texts = [letters(page) for page in pages]
    whole = "".join(texts)
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text))
    words = [letters(a.words) for a in anchors]
    places = [_places(whole, w) for w in words]
    known = _known(anchors, words, places, last_line, len(whole))
    made = []
    for anchor, word, found in zip(anchors, words, places, strict=True):
        if not found:
            made.append(Match(anchor, NOT_FOUND))
            continue
        expected = _expected(known, anchor.line)
        start = min(found, key=lambda place: (abs(place - expected), place))
        made.append(_at(anchor, FOUND, starts, start, start + len(word)))
    if not is_article(made):
        return made
    return [
        _near(m, w, whole, starts, known) if m.state == NOT_FOUND else m
        for m, w in zip(made, words, strict=True)
    ]


def _places(text: str, word: str) -> list[int]:
    found, place = [], text.find(word) if word else -1
    while place >= 0:
        found.append(place)
        place = text.find(word, place + 1)
    return found


def _known(
    anchors: Sequence[Anchor], words: Sequence[str], places: Sequence[list[int]], last_line: int, length: int
) -> list[tuple[int, int]]:
    """Lines with their place in the copy, both rising: the longest such run of the anchors that stand in one place."""
    sure = sorted(
        (a.line, p[0])
        for a, w, p in zip(anchors, words, places, strict=True)
        if len(w) >= SURE and len(p) == 1
    )
    ends: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(sure):
        at = bisect_left(ends, place)
        before.append(tops[at - 1] if at else -1)
        ends[at : at + 1] = [place]
        tops[at : at + 1] = [number]
    run, number = [], tops[-1] if tops else -1
    while number >= 0:
        run.append(sure[number])
        number = before[number]
    return [(0, 0), *reversed(run), (last_line + 1, length)]


def _expected(known: Sequence[tuple[int, int]], line: int) -> float:
    """Where a line should be, between the nearest known ones."""
    at = min(max(bisect_right(known, (line, float("inf"))), 1), len(known) - 1)
    (first, start), (last, end) = known[at - 1], known[at]
    return float(start) if first == last else start + (end - start) * (line - first) / (last - first)


def _at(anchor: Anchor, state: str, starts: Sequence[int], start: int, end: int, differ: int = 0) -> Match:
    page = min(bisect_right(starts, start), len(starts) - 1)
    first = starts[page - 1]
    return Match(anchor, state, page, start - first, end - first, differ)


def _near(
    made: Match, word: str, whole: str, starts: Sequence[int], known: Sequence[tuple[int, int]]
) -> Match:
    if len(word) < NEAR_FROM:
        return made
    expected = int(_expected(known, made.anchor.line))
    first = max(0, expected - AROUND)
    window = whole[first : expected + AROUND + len(word)]
    differ, end = nearest(window, word)
    if differ > int(NEAR * len(word)):
        return made
    return _at(made.anchor, NEARLY, starts, first + max(0, end - len(word)), first + end, differ)


def nearest(text: str, word: str) -> tuple[int, int]:
    """The least number of letters by which some part of a text differs from a word, and where the first such part ends.

    Myers, G. (1999), A fast bit-vector algorithm for approximate string matching, Journal of the ACM 46(3).
    """
    size = len(word)
    full, top = (1 << size) - 1, 1 << (size - 1)
    masks: dict[str, int] = {}
    for place, letter in enumerate(word):
        masks[letter] = masks.get(letter, 0) | 1 << place
    plus, minus, score = full, 0, size
    best, end = size, 0
    for place, letter in enumerate(text, start=1):
        equal = masks.get(letter, 0)
        across = (((equal & plus) + plus) ^ plus) | equal
        down = equal | minus
        rise = (minus | ~(across | plus)) & full
        fall = plus & across
        if rise & top:
            score += 1
        elif fall & top:
            score -= 1
        rise, fall = rise << 1 & full, fall << 1 & full
        plus, minus = (fall | ~(down | rise)) & full, rise & down
        if score < best:
            best, end = score, place
    return best, end
