"""The list of a release's files with their checksums, in the form of ``sha256sum``, and what differs from it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from smart_asn.releases import FOLDER

SUMS = "SHA256SUMS"
LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")

BUILT = {"_build/html/": "html", "_build/executed/": "executed"}
"""The folders of a release that are built, as the list names them, and where a build has them."""


class SumsError(Exception):
    """A list of checksums that cannot be used: which, what was found, what was expected."""


def path_of(version: str) -> str:
    """Where the list of a release lies in the project."""
    return f"data/{FOLDER}/{version}.{SUMS}"


def checksum(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def as_text(sums: Mapping[str, str]) -> str:
    """The list as text, in the order of its paths; ``sha256sum --check`` reads it."""
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))


def read_sums(path: Path) -> dict[str, str]:
    """The checksums of a list by path.

    Raises
    ------
    SumsError
        for a file that is not there or is no such list.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        what = getattr(error, "strerror", None) or "it is no text"
        raise SumsError(f"{path}: {what}; expected a release's {SUMS}.") from None
    sums = {}
    for number, line in enumerate(lines, start=1):
        found = LINE.fullmatch(line)
        if not found:
            raise SumsError(f"{path}, line {number}: found {line[:80]!r}; expected a SHA-256 and a path.")
        sums[found[2]] = found[1]
    if not sums:
        raise SumsError(f"{path}: it is empty; expected a line for each file of a release.")
    return sums


def is_built(name: str) -> bool:
    """Whether a path of the list is that of a file that is built."""
    return name.startswith(tuple(BUILT))


def differences(published: Mapping[str, str], found: Mapping[str, str]) -> list[str]:
    """What differs, a line for each file: ``differs``, ``missing``, or ``unlisted`` where it was not published."""
    lines = []
    for name in sorted(published.keys() | found.keys()):
        if name not in found:
            lines.append(f"missing   {name}")
        elif name not in published:
            lines.append(f"unlisted  {name}")
        elif published[name] != found[name]:
            lines.append(f"differs   {name}")
    return lines


def sums_of(root: Path, names: Iterable[str]) -> dict[str, str]:
    """The checksums of those of some files of a folder that are there."""
    return {name: checksum(root / name) for name in names if (root / name).is_file()}


def sums_of_build(build: Path) -> dict[str, str]:
    """The checksums of what was built, by the paths that a release's list gives them."""
    return {
        f"{prefix}{path.relative_to(build / folder).as_posix()}": checksum(path)
        for prefix, folder in BUILT.items()
        for path in sorted((build / folder).rglob("*"))
        if path.is_file()
    }
