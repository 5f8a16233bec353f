"""Make a release: check that all say its version, keep its ledger, build, and write archive and checksums."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import yaml

from smart_asn.data import Data, load
from smart_asn.desk.records import build_checksum, records
from smart_asn.history import entries, history, unexplained
from smart_asn.ledger import gather
from smart_asn.places import BUILD, ROOT
from smart_asn.release.archive import write_archive
from smart_asn.release.build import build
from smart_asn.release.checksums import SUMS, as_text, checksum, is_built, path_of, sums_of, sums_of_build
from smart_asn.release.versions import SOURCE, disagreements
from smart_asn.releases import FOLDER, Release
from smart_asn.releases import as_text as ledger_text
from smart_asn.releases import path_of as ledger_of

NAME = "smart-asn"
VERSION = re.compile(r"\d+\.\d+\.\d+")
LISTED = ROOT / "data" / FOLDER / "releases.csv"


class ReleaseError(Exception):
    """Why no release was made: a line for each thing that has to be mended first."""


def release(version: str) -> Path:
    """Make a release; returns the folder with its archive and checksums.

    Written into the project are the release's ledger, its row in ``releases.csv`` and its checksums, to be committed.

    Raises
    ------
    ReleaseError
        with all that has to be mended first; nothing is written then.
    BuildError
        if the book cannot be built.
    """
    if not VERSION.fullmatch(version):
        raise ReleaseError(
            f"VERSION: found {version or 'nothing'!r}; expected one like 0.1.0: make release VERSION=0.1.0"
        )
    problems = disagreements(ROOT, version) or _uncommitted()
    if problems:
        raise ReleaseError("\n".join(problems))
    build(BUILD)
    data = load(ROOT / "data")
    keep_ledger(data, version)
    build(BUILD)  # with the history as it is from this release on
    return _write(version, time=int(os.environ.get("SOURCE_DATE_EPOCH", "0")))


def keep_ledger(data: Data, version: str) -> Path:
    """Write the release's ledger and its row in ``releases.csv``; returns the ledger's path.

    A release that is made again must say the same as it did.
    """
    questions = gather(data, "en")
    date = str(yaml.safe_load((ROOT / SOURCE).read_text("utf-8"))["date-released"])
    made = Release(version, date, build_checksum(records(data, questions)), entries(data, questions))
    path = LISTED.parent.parent / ledger_of(version)
    if version in set(data.releases["version"]):
        if path.read_text("utf-8") != ledger_text(made):
            raise ReleaseError(
                f"data/{ledger_of(version)}: release {version} was made, and said something else; expected a new version."
            )
        return path
    unsaid = unexplained(data, history(data, questions))
    if unsaid:
        raise ReleaseError("\n".join(unsaid))
    path.write_text(ledger_text(made), "utf-8")
    with LISTED.open("a", encoding="utf-8") as file:
        file.write(f"{version},{date}\n")
    return path


def _write(version: str, time: int) -> Path:
    """Write checksums and archive of what is there now."""
    own = path_of(version)
    names = [name for name in _tracked() if name != own]
    names = sorted({*names, f"data/{FOLDER}/releases.csv", f"data/{ledger_of(version)}"})
    built = sums_of_build(BUILD)
    (ROOT / own).write_text(as_text(sums_of(ROOT, names) | built), "utf-8")
    files = {name: ROOT / name for name in (*names, own)}
    files |= {name: BUILD / name.removeprefix("_build/") for name in built}
    folder = BUILD / "release" / version
    target = folder / f"{NAME}-{version}.tar.gz"
    write_archive(target, f"{NAME}-{version}", files, time)
    (folder / SUMS).write_bytes((ROOT / own).read_bytes())
    (folder / f"{target.name}.sha256").write_text(f"{checksum(target)}  {target.name}\n", "utf-8")
    return folder


def _git(*arguments: str) -> Iterable[str]:
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ReleaseError(
            f"A release is made of what is committed to git; here git says: {done.stderr.strip() or 'nothing'}"
        )
    return [name for name in done.stdout.split("\0") if name]


def _tracked() -> list[str]:
    """The files under version control that are there."""
    return [name for name in _git("ls-files", "-z") if (ROOT / name).is_file() and not is_built(name)]


def _uncommitted() -> list[str]:
    """What is not committed, a line each; what a release writes itself is left out."""
    lines = [line for line in _git("status", "--porcelain", "-z") if f" data/{FOLDER}/" not in line]
    return [
        f"{line[3:]}: found a change that is not committed; expected a release of what is." for line in lines
    ]
