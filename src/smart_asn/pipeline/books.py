"""The book as files to take away: an EPUB with the pages, the PDFs by a command of their own, which needs a browser."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import yaml

from smart_asn.exports.epub import epub, epub_name
from smart_asn.exports.offered import (
    CERTIFICATE_FILES,
    certificate_files,
    certificate_name,
    forms_of_the_book,
    pdf_name,
)
from smart_asn.exports.pdf import PdfError, finished, headings, one_page, printed, undated
from smart_asn.exports.reading import Chapter, read_edition
from smart_asn.language import Language
from smart_asn.places import BUILD, ROOT, write_if_changed
from smart_asn.site.citation import works
from smart_asn.tables.ledger import OFFERED

PDF = BUILD / "pdf"
"""Where the PDFs are kept, beside the seal over the pages that they were made from."""
CERTIFICATE = "certificate"
"""The chapter that is a document of its own, too."""
TRIES = 4
"""How often a document is printed at most, until two prints are the same."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def chapters_to_read(folder: Path, language: Language, site: str) -> list[Chapter]:
    """The chapters of an edition's finished pages (``folder``), in the order in which the edition was built."""
    contents = yaml.safe_load((BUILD / "source" / language.code / "_toc.yml").read_text("utf-8"))
    return read_edition(folder, contents, language, site)


def write_epub(folder: Path, language: Language, site: str) -> None:
    """Write the EPUB of an edition's finished pages into their folder. ``site`` is the site's address, or nothing."""
    made = epub(chapters_to_read(folder, language, site), folder, language)
    (folder / epub_name(language.code)).write_bytes(made)


def seal(manifest: Path) -> str:
    """The seal over an edition's pages, by the list of their checksums."""
    return hashlib.sha256(manifest.read_bytes()).hexdigest()


def write_pdfs(folder: Path, manifest: Path, language: Language, site: str) -> list[Path]:
    """Print an edition, and its certificate, as PDFs into ``_build/pdf``; the files that were made.

    Raises
    ------
    PdfError
        where the browser or its Python package is missing, or makes no tags.
    """
    chapters = chapters_to_read(folder, language, site)
    documents = {pdf_name(language.code): (chapters, "")}
    own = [c for c in chapters if c.place == CERTIFICATE]
    if own:
        documents[certificate_name(language.code)] = (own, own[0].title)
    (PDF / f"{language.code}.txt").unlink(missing_ok=True)
    made = []
    for name, (parts, title) in documents.items():
        page = BUILD / "work" / "pdf" / f"{name}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        styles = (ROOT / "book/_reading").as_uri()
        text = one_page(parts, folder.resolve().as_uri(), styles, language, title)
        page.write_text(text, "utf-8")
        PDF.mkdir(parents=True, exist_ok=True)
        shown = title or language(works()[0].title)
        (PDF / name).write_bytes(finished(print_page(page), shown, language, headings(text)))
        made.append(PDF / name)
    write_if_changed(PDF / f"{language.code}.txt", f"{seal(manifest)}\n")
    return made


def print_page(page: Path) -> bytes:
    """A page as the Chromium of this machine prints it, once two prints are the same but for their times."""
    before: set[bytes] = set()
    for _ in range(TRIES):
        made = _print_once(page)
        if undated(made) in before:
            return made
        before.add(undated(made))
    raise PdfError(f"{TRIES} prints of {page.name} all differ; a PDF has to be the same every time.")


def _print_once(page: Path) -> bytes:
    """A page as the Chromium of this machine prints it."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise PdfError(
            "The package playwright is not there, which drives the browser; run `make pdf`."
        ) from None
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise PdfError(
            f"No browser to print with: expected one of {', '.join(BROWSERS)} on the path. Install Chromium."
        )
    options = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--allow-file-access-from-files",
    ]
    try:
        with sync_playwright() as driver:
            chromium = driver.chromium.launch(executable_path=browser, args=options)
            try:
                return printed(chromium, page)
            finally:
                chromium.close()
    except Error as error:
        raise PdfError(f"{browser} did not print {page.name}: {error}") from None


def add_books(site: Path, language: str, manifest: Path) -> None:
    """Put an edition's PDFs into the site, as far as they were printed of these very pages, and offer what is there.

    ``site`` is the whole site, before it is swapped in; the edition's EPUB is among its pages already.
    """
    folder, kept = site / language, PDF / f"{language}.txt"
    if kept.exists() and manifest.exists() and kept.read_text("utf-8").strip() == seal(manifest):
        for name in (pdf_name(language), certificate_name(language)):
            if (PDF / name).exists():
                shutil.copyfile(PDF / name, folder / name)
    speak = Language(language)
    for page, mark, offered in (
        ("index.html", OFFERED, forms_of_the_book),
        (f"{CERTIFICATE}.html", CERTIFICATE_FILES, certificate_files),
    ):
        path = folder / page
        text = path.read_text("utf-8") if path.exists() else ""
        if mark in text:
            path.write_text(text.replace(mark, offered(folder, speak)), "utf-8")
