"""Check every locator against a copy of the article, whatever its form: ``verify ARTICLE.pdf`` or ``.txt``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pandas as pd

from smart_asn.data import Data
from smart_asn.desk.matching import FOUND, NEARLY, NOT_FOUND, Anchor, Match, is_article, letters, match
from smart_asn.language import Language
from smart_asn.rules import LOCATED, SPANS

MOST_PAGES = 100
"""The article has 22 pages; a file of more than so many is some other document."""

LEAST_LETTERS = 500
"""A file with fewer letters has no text to speak of: pictures of pages."""


class CopyError(Exception):
    """A file that cannot be checked: why, in one sentence."""


def anchors(data: Data) -> list[Anchor]:
    """Every anchor of the article, in its order; those of documents of added regencies are not in it."""
    found, data = [], data.article_alone()
    for table in LOCATED:
        key, line = data.key(table), "first_line" if table in SPANS else "scan_line"
        for row in data.tables[table].to_dict("records"):
            if row["anchor"] and not pd.isna(row[line]):
                found.append(Anchor(row[key], table, int(row["page"]), int(row[line]), row["anchor"]))
    return sorted(found, key=lambda a: (a.line, LOCATED.index(a.table), a.id))


def pages_of(path: Path, speak: Language) -> list[str]:
    """The text of each page of a PDF, or of a text file, whose pages form feeds part.

    Raises
    ------
    CopyError
        for a file that is not there, is broken, needs a password, has no text or far too many pages.
    """
    if not path.is_file():
        raise CopyError(speak("{file}: there is no such file.", file=path))
    data = path.read_bytes()
    if not data.startswith(b"%PDF") and path.suffix.lower() != ".pdf":
        try:
            pages = data.decode("utf-8").split("\f")
        except UnicodeDecodeError as error:
            raise CopyError(speak("{file}: neither a PDF nor a text in UTF-8.", file=path)) from error
    else:
        pages = _pdf_pages(path, speak)
    if sum(len(letters(page)) for page in pages) < LEAST_LETTERS:
        raise CopyError(
            speak("{file}: it has no text, only pictures of pages; recognise its text first.", file=path)
        )
    return pages


def _pdf_pages(path: Path, speak: Language) -> list[str]:
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError, PyPdfError

    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise CopyError(speak("{file}: it needs a password; save a copy of it without one.", file=path))
        if len(reader.pages) > MOST_PAGES:
            raise CopyError(
                speak(
                    "{file}: it has {count} pages, and the article 22; give the article alone.",
                    file=path,
                    count=len(reader.pages),
                )
            )
        return [page.extract_text() for page in reader.pages]
    except FileNotDecryptedError as error:
        raise CopyError(
            speak("{file}: it needs a password; save a copy of it without one.", file=path)
        ) from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as error:
        raise CopyError(speak("{file}: it is broken, or no PDF at all.", file=path)) from error


def verify(data: Data, path: Path, speak: Language) -> list[Match]:
    """Where every anchor stands in a copy of the article.

    Raises
    ------
    CopyError
        for a file that cannot be read, or that is not the article.
    """
    found = match(anchors(data), pages_of(path, speak), int(data.pages["last_line"].max()))
    if not is_article(found):
        raise CopyError(
            speak(
                "{file}: this is not the article; {count} of {total} anchors stand in it.",
                file=path,
                count=sum(m.state == FOUND for m in found),
                total=len(found),
            )
        )
    return found


def report(matches: Sequence[Match], speak: Language) -> Iterator[str]:
    """The report in the article's order: what was found only nearly and what not, then how many of each table."""
    for one in matches:
        place = speak("p. {page}, line {line}", page=one.anchor.page, line=one.anchor.line)
        words = f"{one.anchor.id}  {place}: “{one.anchor.words}”"
        if one.state == NEARLY:
            how = speak(
                "found nearly on page {page} of the file; letters that differ: {count}",
                page=one.page,
                count=one.differ,
            )
            yield f"~ {words}  ({how})"
        elif one.state == NOT_FOUND:
            yield f"- {words}  ({speak('not found')})"
        else:
            yield f"  {words}  ({speak('page {page} of the file', page=one.page)})"
    yield ""
    for table in dict.fromkeys(one.anchor.table for one in matches):
        yield f"{table}: {_counts([m for m in matches if m.anchor.table == table], speak)}"
    yield f"{speak('all')}: {_counts(matches, speak)}"


def _counts(matches: Iterable[Match], speak: Language) -> str:
    states = Counter(m.state for m in matches)
    return speak(
        "{found} of {total} found, {nearly} nearly, {missing} not",
        found=states[FOUND],
        total=states.total(),
        nearly=states[NEARLY],
        missing=states[NOT_FOUND],
    )
