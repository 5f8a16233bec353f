"""What a publisher sets, in one place: ``_config.yml``. Everything that needs an address or a name asks here."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

import yaml

from smart_asn.places import ROOT


@dataclass(frozen=True)
class Publication:
    """The site's address, the repository's, the release's tag, who made the edition, and where to write; empty while not set.

    In ``_config.yml``: ``html.baseurl``, and under ``sphinx.config`` ``book_repository``, ``book_release``,
    ``book_contributors`` and ``book_contact`` (an address that begins with ``mailto:`` or ``https://``).
    """

    address: str = ""
    repository: str = ""
    contributors: str = ""
    contact: str = ""
    release: str = ""


def publication() -> Publication:
    """What ``_config.yml`` sets now."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    own = settings["sphinx"]["config"]
    return Publication(
        settings["html"].get("baseurl") or "",
        own.get("book_repository") or "",
        own.get("book_contributors") or "",
        own.get("book_contact") or "",
        own.get("book_release") or "",
    )


def address(site: str, path: str, here: str) -> str:
    """The address of a file of the site (its path from the root), as another of its files names it.

    Parameters
    ----------
    site : the site's address; while it is nothing, the address is seen from the file.
    path : what is named: a file, a folder that ends with a slash, a place (``#article``), or nothing for the root.
    here : the file that names it, as a path from the root.
    """
    if site:
        return f"{site.rstrip('/')}/{path}"
    seen = posixpath.relpath(f"/{path}", posixpath.dirname(f"/{here}"))
    return f"{seen}/" if not path or path.endswith("/") else seen


GITHUB = "https://github.com/"


def binder_address(published: Publication, language: str, chapter: str) -> str:
    """The address that opens a chapter's notebook in Binder, in a language; nothing while there is no public repository."""
    if not published.repository.startswith(GITHUB):
        return ""
    name = published.repository.removeprefix(GITHUB).strip("/").removesuffix(".git")
    place = f"{RUN}/{language}/{chapter}.ipynb"
    return f"https://mybinder.org/v2/gh/{name}/{published.release or 'HEAD'}?urlpath=lab/tree/{place}"


def source_address(published: Publication, chapter: str) -> str:
    """The address of a chapter's source in the repository, as far as it is known there; else nothing."""
    if not published.repository.startswith(GITHUB):
        return ""
    template = f"notebooks/{chapter}.ipynb"
    if chapter.startswith("regencies/"):
        template = "notebooks/regency.ipynb"
    found = next((f for f in (template, f"book/{chapter}.md") if (ROOT / f).exists()), "")
    base = published.repository.rstrip("/").removesuffix(".git")
    return f"{base}/blob/{published.release or 'HEAD'}/{found}" if found else ""


def commands_to_run(published: Publication, language: str, chapter: str) -> list[str]:
    """The commands that open a chapter's notebook on a reader's machine, the first of them only where it is known."""
    fetch = [f"git clone {published.repository}"] if published.repository else []
    return [*fetch, "make book", f".venv/bin/jupyter lab {RUN}/{language}/{chapter}.ipynb"]


RUN = "_build/run"
"""Where the notebooks lie that readers open, in the project's folder."""
