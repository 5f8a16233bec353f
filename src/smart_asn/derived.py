"""Data derived from the article's text, from which it cannot be put together again: words, shared wording, blank lines.

Run with ``python -m smart_asn derive ARTICLE.txt``; where the text is at hand, a test compares what it gives with
``data/article/``.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pandas as pd

WORD = re.compile(r"[^\W\d_]+")
RUN = 8
"""Words that two sections must share one after the other, to count as shared wording; as many as an anchor has."""


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, letters only, in order."""
    return WORD.findall(text.lower())


def words_by_section(article: str, sections: pd.DataFrame) -> pd.DataFrame:
    """How often each word stands in each section.

    Parameters
    ----------
    article : the text of the scan; line 1 is its first line.
    sections : columns ``section``, ``first_line``, ``last_line``.

    Returns
    -------
    Columns ``section``, ``word``, ``count``; words in alphabetical order within a section.
    """
    lines = article.splitlines()
    rows = []
    for row in sections.itertuples():
        counts = Counter(words_of("\n".join(lines[row.first_line - 1 : row.last_line])))
        rows += [(row.section, word, count) for word, count in sorted(counts.items())]
    return pd.DataFrame(rows, columns=["section", "word", "count"])


def shared_runs(article: str, sections: pd.DataFrame) -> pd.DataFrame:
    """Runs of at least ``RUN`` equal words that two sections share, as long as they go.

    Parameters and lines are as in :func:`words_by_section`.

    Returns
    -------
    Columns ``first_section``, ``second_section``, ``first_line``, ``second_line`` (where the run begins), ``words``
    (its length). A run lies within no other of the same two sections.
    """
    lines = article.splitlines()
    texts = {
        row.section: [
            (word, number)
            for number in range(row.first_line, row.last_line + 1)
            for word in words_of(lines[number - 1])
        ]
        for row in sections.itertuples()
    }
    names, rows = list(texts), []
    for position, first in enumerate(names):
        for second in names[position + 1 :]:
            rows += [(first, second, *run) for run in _runs(texts[first], texts[second])]
    return pd.DataFrame(
        rows, columns=["first_section", "second_section", "first_line", "second_line", "words"]
    )


def _runs(one: list[tuple[str, int]], two: list[tuple[str, int]]) -> list[tuple[int, int, int]]:
    """The longest runs of equal words, each word of the first text in one run at most: lines and lengths."""
    starts: dict[tuple[str, ...], list[int]] = {}
    for j in range(len(two) - RUN + 1):
        starts.setdefault(tuple(w for w, _ in two[j : j + RUN]), []).append(j)
    found, i = [], 0
    while i <= len(one) - RUN:
        best = (0, 0)
        for j in starts.get(tuple(w for w, _ in one[i : i + RUN]), []):
            length = RUN
            while (
                i + length < len(one) and j + length < len(two) and one[i + length][0] == two[j + length][0]
            ):
                length += 1
            best = max(best, (length, -j))
        if best[0]:
            found.append((one[i][1], two[-best[1]][1], best[0]))
            i += best[0]
        else:
            i += 1
    return found


def blank_lines(article: str, last: int) -> pd.DataFrame:
    """The runs of lines, up to line ``last``, on which nothing stands: columns ``first_line`` and ``last_line``."""
    runs: list[list[int]] = []
    for number, line in enumerate(article.splitlines()[:last], start=1):
        if line.strip():
            continue
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return pd.DataFrame(runs, columns=["first_line", "last_line"])


def derive(article: str, sections: pd.DataFrame) -> dict[str, str]:
    """The derived files of the data folder, by their path in it, as CSV text."""
    frames = {
        "article/words.csv": words_by_section(article, sections),
        "article/shared.csv": shared_runs(article, sections),
        "article/blank.csv": blank_lines(article, int(sections["last_line"].max())),
    }
    return {path: frame.to_csv(index=False, lineterminator="\n") for path, frame in frames.items()}


def write(article: Path, folder: Path) -> list[Path]:
    """Write the derived files of ``article`` into a data folder; returns their paths."""
    sections = pd.read_csv(folder / "sections.csv")
    written = []
    for path, text in derive(article.read_text("utf-8"), sections).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
        written.append(target)
    return written
