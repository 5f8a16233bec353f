"""Write what the edition has for other programs beside the pages, and take it into the site."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from smart_asn.data import Data, digest
from smart_asn.exports.files import export_files
from smart_asn.exports.ro_crate import ro_crate
from smart_asn.ledger import gather
from smart_asn.pipeline.execute import common, load_book
from smart_asn.places import BUILD, NOTEBOOKS, ROOT, files_of, source_files, write_if_changed, written_files
from smart_asn.publication import Publication, publication
from smart_asn.site.signposts import CRATE

FOLDER = BUILD / "exports"
"""Where the files are written, by their paths from the site's root."""
LISTED = BUILD / "exports.txt"
"""The list of those files, with their checksums."""


@cache
def inputs(languages: tuple[str, ...]) -> str:
    """One seal over all that is exported besides what executed notebooks recorded, taken once in a build."""
    seal = hashlib.sha256(repr((languages, common(), digest())).encode())
    for path in (*source_files(), *written_files(NOTEBOOKS)):
        seal.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return seal.hexdigest()


def write_exports(languages: Sequence[str]) -> None:
    """Write every exported file, and last of all their list."""
    data, pages = load_book()
    LISTED.unlink(missing_ok=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    files = export_files(data, gather(data, languages[0]), pages, languages, publication())
    for path, content in files.items():
        (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / path).write_bytes(content)
    sums = [
        f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(FOLDER).as_posix()}"
        for p in files_of(FOLDER)
    ]
    write_if_changed(LISTED, "\n".join(sums) + "\n")


def add_exports(site: Path) -> None:
    """Copy what was written into a site that is being put together."""
    shutil.copytree(FOLDER, site, dirs_exist_ok=True)


def add_crate(
    site: Path, data: Data, chapters: Iterable[str], languages: Sequence[str], published: Publication
) -> None:
    """Describe a site that is complete but for its description as a research object: the last file of all."""
    pages = load_book()[1]
    (site / CRATE).write_text(ro_crate(site, data, pages, list(chapters), languages, published), "utf-8")
