"""Build the pages of an edition, put the site together in a folder of its own, and swap it in when it is complete."""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path

import yaml

from smart_asn.data import Data, data_folder, digest, load
from smart_asn.desk.check import cells_of
from smart_asn.desk.files import desk_files
from smart_asn.exports.codecheck import codecheck
from smart_asn.exports.files import ledger_tables
from smart_asn.exports.offered import CODECHECK
from smart_asn.language import LANGUAGES, Language
from smart_asn.ledger import as_csv, as_json, gather, published
from smart_asn.pipeline import export
from smart_asn.pipeline.books import add_books, write_epub, write_pdfs
from smart_asn.pipeline.execute import common, load_book
from smart_asn.pipeline.preflight import PUBLISHED, list_files
from smart_asn.places import (
    BUILD,
    PACKAGE,
    ROOT,
    SITE,
    files_of,
    set_environment,
    source_files,
    write_if_changed,
)
from smart_asn.publication import publication
from smart_asn.site.editions import entry_page
from smart_asn.site.front import archive, lost_page, robots, sitemap

EDITIONS = tuple(os.environ.get("SMART_ASN_EDITIONS", " ".join(LANGUAGES)).split())
"""The editions that are published; ``SMART_ASN_EDITIONS`` may name fewer, to try things out."""

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class PagesError(Exception):
    """An edition's pages that could not be built, and what was said about it."""


@cache
def inputs(language: str) -> str:
    """One seal over all that an edition's pages are made from besides the executed notebooks.

    It is taken once in a build, before the pages are made: what is edited meanwhile is a change to the next build.
    """
    chapters = [page.slug for page in load_book()[1]]
    seal = hashlib.sha256(repr((language, EDITIONS, chapters, common(), digest())).encode())
    for path in (*source_files(), *sorted((ROOT / "locale").rglob("*.po"))):
        seal.update(path.as_posix().removeprefix(ROOT.as_posix()).encode() + path.read_bytes())
    return seal.hexdigest()


def build_pages(language: str) -> None:
    """Weave one edition and build its HTML with Jupyter Book, in a process of its own; warnings are errors.

    Last of all the list of its files, with their checksums, is written to ``manifest(language)``.

    Raises
    ------
    PagesError
        with the last lines of what was said, if the build fails.
    """
    target = pages_of(language)
    manifest(language).unlink(missing_ok=True)
    code, said = _run_aside(language)
    if code:
        lines = [line for line in COLOUR.sub("", said).splitlines() if line.strip()]
        raise PagesError(
            f"The pages of the edition {language!r} could not be built:\n" + "\n".join(lines[-15:])
        )
    sums = [
        f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(target)}" for p in files_of(target)
    ]
    write_if_changed(manifest(language), "\n".join(sums) + "\n")


def write_notebooks_to_run(language: str) -> None:
    """Write the notebooks of an edition to where readers open them, in JupyterLab or Binder."""
    from smart_asn.pipeline.source import to_take_away
    from smart_asn.pipeline.take_away import write_run

    data, chapters = load_book()
    notebooks = to_take_away(data, list(chapters), gather(data, language), Language(language))
    write_run(language, notebooks)


def _run_aside(language: str) -> tuple[int, str]:
    """Run this module as a program, in a process that ends with this one; its exit code, and all that it said."""
    set_environment()
    with subprocess.Popen(
        [sys.executable, "-m", __name__, language],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as program:
        assert program.stdout is not None
        said = program.stdout.read()  # its stdin stays open meanwhile: it ends when that is closed
    return program.returncode, said


def pages_of(language: str) -> Path:
    """The folder of an edition's pages."""
    return BUILD / "pages" / language


def manifest(language: str) -> Path:
    """The list of an edition's files."""
    return BUILD / "pages" / f"{language}.txt"


def _make_pages(language: str) -> int:
    """What the process of ``build_pages`` does; returns 0 if the pages are built."""
    from smart_asn.pipeline.source import write_source

    data, chapters = load_book()
    source, target = BUILD / "source" / language, pages_of(language)
    new = target.with_name(f"{language}.part")
    shutil.rmtree(new, ignore_errors=True)
    try:
        write_source(data, list(chapters), gather(data, language), Language(language), source)
        code = _sphinx(source, new, language)
        if code == 0:
            write_epub(new, Language(language), publication().address)
    except Exception as error:
        print(f"{type(error).__name__}: {error}", flush=True)
        return 1
    if code:
        return code
    shutil.rmtree(target, ignore_errors=True)
    new.replace(target)
    return 0


def _sphinx(source: Path, target: Path, language: str) -> int:
    """Run Sphinx. It reads again what has changed since the last build that ended well, and writes every page."""
    from jupyter_book.sphinx import build_sphinx

    doctrees = BUILD / "doctrees" / language
    unfinished = doctrees / "unfinished"
    if unfinished.exists():
        shutil.rmtree(doctrees)
    doctrees.mkdir(parents=True, exist_ok=True)
    unfinished.touch()
    result = build_sphinx(
        source,
        target,
        path_config=source / "_config.yml",
        confoverrides={"language": language, "latex_individualpages": False, "book_frame": frame(source)},
        doctreedir=doctrees,
        warningiserror=True,
        keep_going=True,
        noconfig=True,
        quiet=True,
    )
    if result != 0:
        shutil.rmtree(doctrees)  # what Sphinx has read it warns of no more
        return result if isinstance(result, int) else 1
    unfinished.unlink()
    return 0


def frame(source: Path) -> str:
    """One seal over all that a chapter is read with besides its own text; when it changes, all are read again."""
    seal = hashlib.sha256(common().encode())
    with_chapters = [p for p in files_of(source) if p.suffix in (".yml", ".bib", ".mo")]
    for path in (*with_chapters, *(p for p in source_files() if PACKAGE in p.parents)):
        seal.update(path.name.encode() + path.read_bytes())
    return seal.hexdigest()


def assemble(pages: dict[str, Path], data: Data, questions: list[dict]) -> Path:
    """Put the whole site together in ``_build/html.new``: editions, entry page, ledger, data, what is exported."""
    new = SITE.with_name("html.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for language, folder in pages.items():
        shutil.copytree(
            folder, new / language, ignore=shutil.ignore_patterns(".buildinfo", "objects.inv", ".doctrees")
        )
    from smart_asn.pipeline.source import table_of_contents, with_added

    for language in pages:
        ledger = published(data, questions, language)
        for folder in (new / language, *([new] if language == EDITIONS[0] else [])):
            (folder / "ledger.json").write_text(as_json(ledger), "utf-8")
            (folder / "ledger.csv").write_text(as_csv(ledger["claims"]), "utf-8")
            (folder / "ledger-questions.csv").write_text(as_csv(ledger["questions"]), "utf-8")
    languages, known = list(pages), publication()
    desk = desk_files(data, questions, languages, known, cells_of(data, EDITIONS[0]))
    for path, text in desk.items():
        (new / path).parent.mkdir(parents=True, exist_ok=True)
        (new / path).write_text(text, "utf-8")
    (new / "index.html").write_text(entry_page(languages, known.address), "utf-8")
    (new / "404.html").write_text(lost_page(languages, known.address), "utf-8")
    (new / "robots.txt").write_text(robots(known.address), "utf-8")
    contents = with_added(yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8")), data)
    chapters = list(table_of_contents(contents))
    if known.address:
        shown = ["", *(f"{c}/{slug}.html" for c in languages for slug in chapters)]
        shown += [path for path in desk if path.endswith(".html")]
        (new / "sitemap.xml").write_text(sitemap(shown, known.address), "utf-8")
    (new / "smart-asn-data.zip").write_bytes(archive(data_folder(), ledger_tables(data, questions)))
    (new / CODECHECK).write_text(codecheck(new, data, questions, languages, known.address), "utf-8")
    for language in languages:
        add_books(new, language, manifest(language))
    (new / ".nojekyll").touch()
    export.add_exports(new)
    export.add_crate(new, data, chapters, languages, publication())
    return new


def swap(new: Path, live: Path) -> None:
    """Put a complete folder in the place of another in one step, and remove the old one.

    On Linux the two are exchanged by the kernel (renameat2), so that there is no moment without a book.
    """
    if not live.exists():
        new.replace(live)
        return
    if not _exchange(new, live):
        old = live.with_name(f"{live.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        live.replace(old)
        new.replace(live)
        new = old
    shutil.rmtree(new)


def _exchange(first: Path, second: Path) -> bool:
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    here, exchange = -100, 2
    return renameat2(here, os.fsencode(first), here, os.fsencode(second), exchange) == 0


def publish() -> None:
    """Put the editions' pages, the ledger and the entry page in the place of the site, in one step."""
    data = load()
    PUBLISHED.unlink(missing_ok=True)
    swap(assemble({e: pages_of(e) for e in EDITIONS}, data, gather(data, EDITIONS[0])), SITE)
    PUBLISHED.write_text(list_files(SITE), "utf-8")


def print_books() -> list[Path]:
    """Print the editions as PDFs and put them into the site; the files that were made.

    Raises
    ------
    PagesError
        where there is no whole book to print.
    """
    if not PUBLISHED.exists() or not all(manifest(e).exists() for e in EDITIONS):
        raise PagesError("There is no whole book to print; run `make book` first.")
    made = [
        path
        for e in EDITIONS
        for path in write_pdfs(pages_of(e), manifest(e), Language(e), publication().address)
    ]
    publish()
    return made


def _die_with_parent() -> None:
    sys.stdin.read()
    os.killpg(0, signal.SIGKILL) if hasattr(os, "killpg") else os._exit(1)


if __name__ == "__main__":
    set_environment()
    threading.Thread(target=_die_with_parent, daemon=True).start()
    sys.exit(_make_pages(sys.argv[1]))
