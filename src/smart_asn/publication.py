"""What a publisher sets, in one place: ``_config.yml``. Everything that needs an address or a name asks here."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import yaml

from smart_asn.places import ROOT


@dataclass(frozen=True)
class Publication:
    """The site's address, the repository's, the release's tag, who made the edition, and where to write; empty while not set.

    ``SETTINGS`` says where each stands in ``_config.yml`` and what it may be.
    """

    address: str = ""
    repository: str = ""
    contributors: str = ""
    contact: str = ""
    release: str = ""


@dataclass(frozen=True)
class Setting:
    """One thing that a publisher sets.

    ``name`` is its place in ``_config.yml``; ``meant`` and ``example`` say what it may be; ``without`` what the book
    goes without while it is not set.
    """

    name: str
    pattern: re.Pattern[str]
    meant: str
    example: str
    without: str


WEB = r"https?://[A-Za-z0-9.-]+(:\d+)?"
SETTINGS = {
    "address": Setting(
        "html.baseurl",
        re.compile(rf"{WEB}(/[^\s?#\"'<>]*)?(?<!\.html)"),
        "the whole address of the folder that the site is served from",
        "https://example.org/book",
        "canonical addresses, sitemap, alternates, addresses in citations and shared links; links in notebooks to the pages",
    ),
    "repository": Setting(
        "sphinx.config.book_repository",
        re.compile(rf"{WEB}(/[\w.~-]+){{2,}}/?"),
        "the whole address of a repository",
        "https://github.com/owner/name",
        "View source, Run in Binder, prepared issues to dispute an outcome, and the command that fetches the project",
    ),
    "release": Setting(
        "sphinx.config.book_release",
        re.compile(r"(?!.*(\.\.|//|\.lock$|[/.]$))[A-Za-z0-9][A-Za-z0-9._+/-]*"),
        "the name of a tag in the repository",
        "v1.0.0",
        "a fixed version behind View source and Run in Binder: they lead to the newest",
    ),
    "contributors": Setting(
        "sphinx.config.book_contributors",
        re.compile(r"[^\n<>]*\w[^\n<>]*"),
        "names on one line",
        "A. Author and B. Author",
        "names of who made this edition",
    ),
    "contact": Setting(
        "sphinx.config.book_contact",
        re.compile(rf"mailto:[^\s@<>\"'?]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+|{WEB}(/[^\s\"'<>]*)?"),
        "an address that begins with mailto: or https://",
        "mailto:editor@example.org",
        "an address for corrections, unless the repository is set",
    ),
}
"""Everything that a publisher sets, by its field of ``Publication``."""
OWN = "book_"
"""How the names of our own settings begin, under ``sphinx.config``."""


def publication() -> Publication:
    """What ``_config.yml`` sets now; addresses without a slash at the end."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    found = {field: _value(settings, setting.name) or "" for field, setting in SETTINGS.items()}
    found["address"] = found["address"].rstrip("/")
    found["repository"] = found["repository"].rstrip("/").removesuffix(".git")
    return Publication(**found)


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


def problems(settings: Mapping[str, Any]) -> list[str]:
    """What is wrong in what a publisher has set, a line each: place, what was found, what was expected.

    ``settings`` is the whole of ``_config.yml``, with its sections in place. Empty is always right.
    """
    found = []
    for setting in SETTINGS.values():
        value = _value(settings, setting.name)
        if value in (None, ""):
            continue
        if not isinstance(value, str) or not setting.pattern.fullmatch(value):
            shown = repr(value) if isinstance(value, str) else f"{type(value).__name__} {value!r}"
            found.append(
                f"_config.yml, {setting.name}: found {shown[:80]}; expected {setting.meant}, such as "
                f'"{setting.example}", or "" while it is not known.'
            )
    known = [s.name.rpartition(".")[2] for s in SETTINGS.values()]
    for name in settings["sphinx"]["config"]:
        if str(name).startswith(OWN) and name not in known:
            near = get_close_matches(str(name), known, 1)
            meant = near[0] if near else f"one of {', '.join(n for n in known if n.startswith(OWN))}"
            found.append(f"_config.yml, sphinx.config.{name}: there is no such setting; expected {meant}.")
    return found


def report(published: Publication) -> list[str]:
    """What is set and what is not, a line for each setting, and for the latter what the book goes without."""
    lines = []
    for field, setting in SETTINGS.items():
        value = getattr(published, field)
        lines.append(f"{setting.name}: {value or f'not set. The book goes without {setting.without}.'}")
    return lines


def _value(settings: Mapping[str, Any], name: str) -> Any:
    value: Any = settings
    for step in name.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


# The repository ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Forge:
    """How the addresses of a host of repositories are made: a file's, a new issue's with its fields, Binder's."""

    binder: str
    file: str
    issue: str
    title: str
    text: str

    def binder_name(self, name: str) -> str:
        """A repository's name as Binder wants it: one part, but for GitHub's two."""
        return name if self.binder == "gh" else quote(name, safe="")


FORGES = {
    "github.com": Forge("gh", "/blob/", "/issues/new", "title", "body"),
    "gitlab.com": Forge("gl", "/-/blob/", "/-/issues/new", "issue[title]", "issue[description]"),
}
"""The hosts whose addresses are known; of a repository elsewhere only its own address is used."""


def binder_address(published: Publication, language: str, chapter: str) -> str:
    """The address that opens a chapter's notebook in Binder, in a language; nothing while there is no public repository."""
    forge, name = _forge(published), _name(published)
    if forge is None:
        return ""
    place, version = f"{RUN}/{language}/{chapter}.ipynb", quote(published.release or "HEAD", safe="")
    return (
        f"https://mybinder.org/v2/{forge.binder}/{forge.binder_name(name)}/{version}?urlpath=lab/tree/{place}"
    )


def source_address(published: Publication, chapter: str) -> str:
    """The address of a chapter's source in the repository, as far as it is known there; else nothing."""
    forge = _forge(published)
    if forge is None:
        return ""
    template = f"notebooks/{chapter}.ipynb"
    if chapter.startswith("regencies/"):
        template = "notebooks/regency.ipynb"
    found = next((f for f in (template, f"book/{chapter}.md") if (ROOT / f).exists()), "")
    return f"{_base(published)}{forge.file}{published.release or 'HEAD'}/{found}" if found else ""


def issue_address(published: Publication, title: str, text: str) -> str:
    """The address of a new issue with this title and text, where the repository's host is known; else nothing."""
    forge = _forge(published)
    if forge is None:
        return ""
    return f"{_base(published)}{forge.issue}?{urlencode({forge.title: title, forge.text: text})}"


def commands_to_run(published: Publication, language: str, chapter: str) -> list[str]:
    """The commands that open a chapter's notebook on a reader's machine, the first of them only where it is known."""
    fetch: list[str] = []
    if published.repository:
        version = f"--branch {published.release} " if published.release else ""
        fetch = [f"git clone {version}{published.repository}", f"cd {_name(published).rpartition('/')[2]}"]
    return [*fetch, "make book", f".venv/bin/jupyter lab {RUN}/{language}/{chapter}.ipynb"]


def _forge(published: Publication) -> Forge | None:
    return FORGES.get(urlsplit(published.repository).netloc)


def _base(published: Publication) -> str:
    return published.repository.rstrip("/").removesuffix(".git")


def _name(published: Publication) -> str:
    return urlsplit(_base(published)).path.strip("/")


RUN = "_build/run"
"""Where the notebooks lie that readers open, in the project's folder."""
