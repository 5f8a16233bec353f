"""The archive of a release: the same files give the same bytes, on every machine and at every time."""

from __future__ import annotations

import gzip
import tarfile
from collections.abc import Mapping
from pathlib import Path

PROGRAMS = 0o755
FILES = 0o644


def write_archive(target: Path, folder: str, files: Mapping[str, Path], time: int) -> None:
    """Write a compressed archive (tar in its POSIX form) of some files, in the order of their names.

    Parameters
    ----------
    target : the archive.
    folder : the folder that it unpacks to.
    files : the files by their paths in that folder.
    time : when each was changed, in seconds since 1970.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        target.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for name in sorted(files):
            path = files[name]
            entry = tarfile.TarInfo(f"{folder}/{name}")
            entry.size, entry.mtime = path.stat().st_size, time
            entry.mode = PROGRAMS if path.stat().st_mode & 0o100 else FILES
            with path.open("rb") as file:
                tar.addfile(entry, file)
