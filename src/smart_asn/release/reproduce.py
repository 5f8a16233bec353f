"""Build the book anew and compare it, file by file, with the checksums of a release."""

from __future__ import annotations

import shutil
from pathlib import Path

from smart_asn.places import BUILD, ROOT
from smart_asn.release.build import BuildError, build
from smart_asn.release.checksums import (
    SUMS,
    SumsError,
    differences,
    is_built,
    read_sums,
    sums_of,
    sums_of_build,
)
from smart_asn.releases import FOLDER

REPRODUCED = BUILD / "reproduced"
"""Where the book is built anew: beside the one that is there, from nothing."""


def newest_sums(root: Path) -> Path:
    """The list of the newest release in the repository.

    Raises
    ------
    SumsError
        while no release has been made.
    """
    found = sorted((root / "data" / FOLDER).glob(f"*.{SUMS}"), key=_version)
    if not found:
        raise SumsError(
            f"data/{FOLDER} has no {SUMS}, for no release has been made yet; expected one, or the list of a release "
            f"that you name: make reproduce SUMS=file"
        )
    return found[-1]


def _version(path: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in path.name.removesuffix(f".{SUMS}").split(".") if part.isdigit())


def reproduce(sums: Path | None = None) -> int:
    """Build anew, compare, and print *reproduced* or what differs; 0 if all is the same, 1 if not, 2 without a list."""
    try:
        listed = sums or newest_sums(ROOT)
        published = read_sums(listed)
    except SumsError as error:
        print(error)
        return 2
    print(
        f"Building from nothing in {REPRODUCED.relative_to(BUILD.parent)}, to compare with {listed.name}.",
        flush=True,
    )
    shutil.rmtree(REPRODUCED, ignore_errors=True)
    try:
        build(REPRODUCED)
    except BuildError as error:
        print(f"not reproduced: {error}")
        return 1
    sources = sums_of(ROOT, (name for name in published if not is_built(name)))
    found = sources | sums_of_build(REPRODUCED)
    lines = differences(published, found)
    for line in lines:
        print(line)
    if lines:
        print(f"not reproduced: {len(lines)} of {len(published)} files are not as published.")
        if any(not is_built(line.split(maxsplit=1)[1]) for line in lines):
            print("Some are sources: compare with the release's own archive, or check out its tag.")
        return 1
    shutil.rmtree(REPRODUCED)
    print(
        f"reproduced: {len(published)} files have the published checksums, {len(published) - len(sources)} of them "
        "built anew."
    )
    return 0
