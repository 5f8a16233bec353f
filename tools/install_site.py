"""Put the built book where a server serves it from: ``make install-site TO=/srv/www/book``.

Beside each file of text its compressed form is put (``page.html.gz``), as ``hosting/`` lets servers send it. A file
that has not changed keeps its time, so that what browsers have kept stays valid. The book is put together in a
folder of its own and swapped in whole.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sys
from pathlib import Path

from serve import COMPRESSED

from smart_asn.pipeline.publish import swap
from smart_asn.places import SITE, files_of

MARKS = ("index.html", "ledger.json", "404.html")
"""Files that every published book has, by which one is known."""


class InstallError(Exception):
    """The book cannot be put there: what was found, and what was expected."""


def install(site: Path, target: Path) -> tuple[int, int]:
    """Put a site, with its compressed files, in the place of what ``target`` has; how many files, and how many are new.

    Raises
    ------
    InstallError
        if there is no book in ``site``, or ``target`` has something that is no book, which would be lost.
    """
    if not _is_book(site):
        raise InstallError(f"There is no book in {site}; build it first: make book.")
    if target.exists() and not _is_book(target) and (not target.is_dir() or any(target.iterdir())):
        raise InstallError(
            f"{target} has something else than a book; expected a new or empty folder, or a book."
        )
    if target.resolve().is_relative_to(site.resolve()) or site.resolve().is_relative_to(target.resolve()):
        raise InstallError(f"{target} and {site} lie within each other; expected a folder apart.")
    new = target.with_name(f"{target.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    changed = 0
    for path in files_of(site):
        name = path.relative_to(site)
        changed += _put(path, new / name, target / name)
    swap(new, target)
    return len(files_of(site)), changed


def _is_book(folder: Path) -> bool:
    return all((folder / name).is_file() for name in MARKS)


def _put(path: Path, new: Path, old: Path) -> bool:
    """Put one file and its compressed form; whether it is another than what was there."""
    new.parent.mkdir(parents=True, exist_ok=True)
    body = path.read_bytes()
    new.write_bytes(body)
    packed = new.with_name(f"{new.name}.gz")
    if path.suffix in COMPRESSED:
        packed.write_bytes(gzip.compress(body, mtime=0))
    same = old.is_file() and old.read_bytes() == body
    seen = (old if same else new).stat()
    for file in (new, packed):
        if file.exists():
            os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    return not same


def main(arguments: list[str]) -> int:
    """Install the built book; returns 0, or 1 with one line that says why not."""
    if len(arguments) != 1 or not arguments[0].strip():
        print(
            "Say where the server serves the book from: make install-site TO=/srv/www/book", file=sys.stderr
        )
        return 1
    os.umask(0o022)
    try:
        files, changed = install(SITE, Path(arguments[0]))
    except InstallError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"{error.filename or arguments[0]}: {error.strerror}. Nothing was changed there.", file=sys.stderr
        )
        return 1
    print(f"{arguments[0]}: {files} files, {changed} of them new or changed.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
