"""What a build looks at and sets right before its first task, so that it stops at once or not at all.

Everything here leans on what people wrote, or on what a former build left; no task depends on it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from smart_asn.catalogues import CatalogueError, check_catalogues
from smart_asn.chapters import Page
from smart_asn.data import data_folder
from smart_asn.datapackage import data_files
from smart_asn.language import LANGUAGES
from smart_asn.places import BUILD, ROOT, SITE, files_of
from smart_asn.publication import problems as publication_problems

SNAPSHOT = BUILD / "work" / "data"
PUBLISHED = BUILD / "html.txt"
"""The list of the published site's files, each with its size in bytes."""
OPEN_FILES = 1024
"""So many files and sockets a build may have open; kernels have several each."""


class SetupError(Exception):
    """Something that people wrote, or the machine, is such that no book can be built: a line for each problem."""


def prepare() -> None:
    """Check settings and catalogues, and make this process fit to build.

    Raises
    ------
    SetupError
        with everything that is wrong.
    """
    os.umask(0o022)  # a host's server reads the pages as somebody else
    problems = [*check_settings(), *_cell_seconds(), *_open_files()]
    try:
        check_catalogues()
    except CatalogueError as error:
        problems.append(str(error))
    if problems:
        raise SetupError("\n".join([*problems, "Nothing was built or changed."]))


def take_data() -> None:
    """Build from the data as it is now: what is edited while the book is built is a change to the next build.

    This process and those it starts read a copy from here on.
    """
    folder = data_folder()
    if folder == SNAPSHOT:
        return
    shutil.rmtree(SNAPSHOT, ignore_errors=True)
    for path in data_files(folder):
        target = SNAPSHOT / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    os.environ["SMART_ASN_DATA"] = str(SNAPSHOT)


def remove_gone(pages: Iterable[Page]) -> None:
    """Remove what was made of notebooks and regencies that are no more."""
    pages = list(pages)
    for language in LANGUAGES:
        kept = {
            getattr(p, kind)(language) for p in pages for kind in ("executed", "checks", "results", "reads")
        }
        for kind in ("executed", "checks", "results", "reads"):
            for path in files_of(BUILD / kind / language):
                if path not in kept:
                    path.unlink()


# What was deleted by hand ------------------------------------------------------------------------------------


def list_files(folder: Path) -> str:
    """The files of a folder, a line each: size and path."""
    return "".join(f"{p.stat().st_size}  {p.relative_to(folder).as_posix()}\n" for p in files_of(folder))


def forget_incomplete(manifests: dict[Path, Path]) -> None:
    """Forget lists of files of which one is no longer there, or not as it was made, so that they are made again.

    ``manifests`` maps each edition's list to its folder; the list of the site is looked at besides.
    """
    for listed, folder in manifests.items():
        names = [line.partition("  ")[2] for line in _lines(listed)]
        if not all((folder / name).is_file() for name in names):
            listed.unlink()
    if PUBLISHED.exists() and PUBLISHED.read_text("utf-8") != list_files(SITE):
        PUBLISHED.unlink()


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.exists() else []


# Settings ----------------------------------------------------------------------------------------------------


def check_settings() -> list[str]:
    """What is wrong in ``_config.yml`` and ``_toc.yml``, a line each."""
    settings, problems = _yaml("_config.yml")
    contents, more = _yaml("_toc.yml")
    problems += more
    if not problems:
        problems += [*_check_config(settings), *_check_contents(contents)]
    return problems


def _yaml(name: str) -> tuple[Any, list[str]]:
    try:
        read = yaml.safe_load((ROOT / name).read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        return None, [f"{name}: {getattr(error, 'strerror', None) or error}."]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        what = " ".join(filter(None, (getattr(error, "context", ""), getattr(error, "problem", ""))))
        return None, [f"{name}{where}: {what or error}."]
    if not isinstance(read, dict):
        return None, [f"{name}: found {_kind(read)}; expected settings by name."]
    return read, []


def _kind(value: object) -> str:
    return "nothing" if value is None else f"{type(value).__name__} {value!r}"[:80]


WANTED = {
    "title": str,
    "author": str,
    "html": dict,
    "html.baseurl": str,
    "sphinx": dict,
    "sphinx.config": dict,
    "sphinx.config.extensions": list,
    "bibtex_bibfiles": list,
    "execute": dict,
    "execute.execute_notebooks": str,
}
"""The settings that the build takes for granted, with their kinds."""
CALLED = {str: "a text in quotes", dict: "settings by name", list: "a list"}


def _check_config(settings: dict) -> list[str]:
    """Every setting that is needed is there and of its kind; so is what a publisher sets; Jupyter Book's schema holds."""
    problems = []
    for name, kind in WANTED.items():
        value: Any = settings
        *outer, last = name.split(".")
        for step in outer:
            value = value.get(step) if isinstance(value, dict) else None
        if isinstance(value, dict) and not isinstance(value.get(last), kind):
            problems.append(f"_config.yml, {name}: found {_kind(value.get(last))}; expected {CALLED[kind]}.")
    if not problems:
        import fastjsonschema  # of nbformat; jsonschema takes seconds to import

        try:
            fastjsonschema.compile(_schema())(settings)
        except fastjsonschema.JsonSchemaValueException as error:
            name = error.name or ""
            where = name.removeprefix("data").removeprefix(".")
            found = f"found {_kind(error.value)}; it {error.message.removeprefix(name).strip()}"
            problems.append(f"_config.yml{f', {where}' if where else ''}: {found}.")
    if not problems:
        problems = publication_problems(settings)
    return problems


def _schema() -> dict:
    """Jupyter Book's schema of its settings."""
    spec = find_spec("jupyter_book")
    assert spec is not None and spec.submodule_search_locations
    (folder,) = spec.submodule_search_locations
    return json.loads((Path(folder) / "config_schema.json").read_text("utf-8"))


def _check_contents(contents: dict) -> list[str]:
    """The contents have a first chapter and parts; each part a caption, and chapters that are there."""
    problems = []
    chapters: list[object] = [contents.get("root")]
    parts = contents.get("parts")
    if not isinstance(parts, list):
        return [f"_toc.yml, parts: found {_kind(parts)}; expected a list."]
    for number, part in enumerate(parts, start=1):
        if not isinstance(part, dict) or not isinstance(part.get("caption"), str):
            problems.append(f"_toc.yml, part {number}: found no caption; expected a text.")
            continue
        found, more = _chapters(part, part["caption"])
        chapters += found
        problems += more
    names = [name for name in chapters if isinstance(name, str)]
    problems += [
        f"_toc.yml: found {_kind(n)} as a chapter; expected its name." for n in chapters if n not in names
    ]
    problems += [f"_toc.yml: found {name} twice; expected each chapter once." for name in _twice(names)]
    return problems


def _chapters(node: dict, where: str) -> tuple[list[object], list[str]]:
    """The chapters below a part or a chapter, and what is wrong with their lists."""
    found: list[object] = []
    problems: list[str] = []
    for key in ("chapters", "sections"):
        entries = node.get(key, [])
        if not isinstance(entries, list):
            problems.append(f"_toc.yml, {key} of {where}: found {_kind(entries)}; expected a list.")
            continue
        for entry in entries:
            if not isinstance(entry, dict) or "file" not in entry:
                problems.append(
                    f"_toc.yml, {key} of {where}: found {_kind(entry)}; expected `file:` and a name."
                )
                continue
            found.append(entry["file"])
            more, wrong = _chapters(entry, str(entry["file"]))
            found += more
            problems += wrong
    return found, problems


def _twice(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


def _cell_seconds() -> list[str]:
    """What is wrong in the environment's limit for a cell."""
    value = os.environ.get("SMART_ASN_CELL_SECONDS", "300")
    if value.isdecimal() and int(value) >= 1:
        return []
    return [
        f"SMART_ASN_CELL_SECONDS is {value!r}; expected a whole number of seconds, 1 or more, such as 300."
    ]


# The machine -------------------------------------------------------------------------------------------------


def _open_files() -> list[str]:
    """Raise the number of files that may be open, where the system lets us; with too few a build would hang."""
    try:
        import resource
    except ImportError:  # not on Windows, which has no such limit
        return []
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    infinite = resource.RLIM_INFINITY
    if soft == infinite or soft >= OPEN_FILES:
        return []
    least = OPEN_FILES // 4
    wanted = OPEN_FILES if hard == infinite else min(OPEN_FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    if wanted >= least:
        return []
    return [f"Only {wanted} files may be open at once; a build needs {least}. Say: ulimit -n {OPEN_FILES}"]
