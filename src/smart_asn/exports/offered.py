"""What a reader is offered to take away: the forms of the book that are there, in the edition's language."""

from __future__ import annotations

from html import escape
from pathlib import Path

from smart_asn.exports.epub import epub_name
from smart_asn.language import Language

CERTIFICATE_FILES = "<!-- certificate-files -->"
"""Where the certificate's page offers its files."""
CODECHECK = "codecheck.yml"
"""The certificate's metadata, at the site's root."""


def pdf_name(language: str) -> str:
    """The name of an edition's PDF on the site, in the edition's folder."""
    return f"six-regencies-{language}.pdf"


def certificate_name(language: str) -> str:
    """The name of the certificate's PDF on the site, in the edition's folder."""
    return f"certificate-{language}.pdf"


def size(path: Path, language: Language) -> str:
    """The size of a file in words, as the language writes it: «1.2 MB»."""
    return f"{language.number(round(path.stat().st_size / 1e6, 1), 1)} MB"


def forms_of_the_book(folder: Path, language: Language) -> str:
    """The entry of the landing page that offers the whole book as a file; nothing where there is none.

    ``folder`` is the edition's folder on the site: what is in it is offered.
    """
    kinds = [(epub_name(language.code), "EPUB"), (pdf_name(language.code), "PDF")]
    links = _links(folder, kinds, language)
    if not links:
        return ""
    text = language("The whole book as a file, to read where there is no connection or to print.")
    return (
        f"<li><h3>{escape(language('To take away'))}</h3><p>{escape(text)}</p><p>{' · '.join(links)}</p></li>"
    )


def certificate_files(folder: Path, language: Language) -> str:
    """The files of the certificate as links; ``folder`` is the edition's folder on the site."""
    links = _links(folder, [(certificate_name(language.code), "PDF")], language)
    if (folder.parent / CODECHECK).exists():
        links.append(f'<a href="../{CODECHECK}" download>{CODECHECK}</a>')
    return f"<p>{escape(language('As a file:'))} {' · '.join(links)}</p>" if links else ""


def _links(folder: Path, kinds: list[tuple[str, str]], language: Language) -> list[str]:
    return [
        f'<a href="{name}" download>{kind}</a> ({size(folder / name, language)})'
        for name, kind in kinds
        if (folder / name).exists()
    ]
