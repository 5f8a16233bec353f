"""The translations' catalogues as they are kept: read strictly, so that damage is named and not published.

gettext's readers skip a line that they do not understand. A catalogue that an editor saved with a byte order mark
would print its header in the pages, and a missing quote would cut a text short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

from smart_asn.characters import deception
from smart_asn.places import ROOT

LOCALE = ROOT / "locale"
PLACE = re.compile(r"\{+ ?[\w:]+ ?\}+")
"""A place that is filled in, such as ``{count}`` or ``{{ name }}``, or a role of the prose's markup."""

LINE = re.compile(r'\s*(?:#.*|(?:msg\w+(?:\[\d+\])?\s+)?"(?:[^"\\]|\\.)*"\s*)?')
"""A line of a catalogue: nothing, a comment, or a text in quotes, with or without its keyword."""


class CatalogueError(Exception):
    """A catalogue that is broken: which file, where in it, and what is wrong; a line for each problem."""


def read_catalogue(path: Path) -> Catalog:
    """A catalogue; an empty one if there is none yet.

    Raises
    ------
    CatalogueError
        if a line of it is not understood, or a translation does not fit its message.
    """
    if not path.exists():
        return Catalog(locale="id")
    name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    raw = path.read_bytes()
    if raw.startswith(b"\xef\xbb\xbf"):
        raise CatalogueError(f"{name}, line 1: found a byte order mark; expected plain UTF-8 without one.")
    try:
        for number, line in enumerate(raw.decode("utf-8").splitlines(), start=1):
            if not LINE.fullmatch(line):
                expected = "a text in quotes, with a backslash before quotes within it"
                raise CatalogueError(f"{name}, line {number}: found {line!r}; expected {expected}.")
        catalogue = read_po(BytesIO(raw), locale="id", abort_invalid=True)
    except PoFileError as error:
        raise CatalogueError(f"{name}, line {error.lineno + 1}: {error} in {error.line.strip()!r}.") from None
    except (ValueError, LookupError) as error:
        raise CatalogueError(f"{name}: {error}.") from None
    problems = [f"{name}, line {m.lineno}: {what}" for m in catalogue if m.id for what in misfits(m)]
    if problems:
        raise CatalogueError("\n".join(problems))
    return catalogue


def misfits(message: Message) -> Iterator[str]:
    """In what a translation does not fit its message: places that are filled in, and characters that deceive."""
    for line in str(message.string).splitlines():
        found = deception(line.strip()) if line.strip() else None
        if found:
            yield f"found {found[0]}; expected {found[1]}."
    if not message.string or message.fuzzy:
        return
    asked, given = (sorted(set(PLACE.findall(str(text)))) for text in (message.id, message.string))
    if asked != given:
        yield (
            f"found {', '.join(given) or 'no places'} in the translation of {_short(str(message.id))!r}; "
            f"expected {', '.join(asked) or 'none'}."
        )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def check_catalogues(folder: Path = LOCALE) -> None:
    """Read every catalogue of a folder.

    Raises
    ------
    CatalogueError
        with every problem of every catalogue.
    """
    problems = []
    for path in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        try:
            read_catalogue(path)
        except CatalogueError as error:
            problems.append(str(error))
    if problems:
        raise CatalogueError("\n".join(problems))
