"""The source of an edition as Jupyter Book builds it: settings, contents, prose, woven notebooks, in one folder.

Forward only: executed notebooks and the gathered ledger go in. A file that would be the same is left alone, so
that its age tells Sphinx what to read again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from smart_asn.chapters import Page
from smart_asn.coding import MANY
from smart_asn.data import Data
from smart_asn.edition import Edition
from smart_asn.exports import certificate
from smart_asn.language import Language, compiled_catalogues
from smart_asn.ledger import MARKS, marks
from smart_asn.markup import slug
from smart_asn.pipeline.take_away import TakeAway
from smart_asn.pipeline.weave import Weaver
from smart_asn.places import ROOT, files_of, written_files
from smart_asn.publication import publication
from smart_asn.site.references import short_citations

BOOK = ROOT / "book"
CERTIFICATE = "certificate"
"""The chapter that the build writes of itself."""


def table_of_contents(contents: dict | None = None) -> Iterator[str]:
    """The chapters of the contents (those of ``_toc.yml``, if none are given) in reading order."""

    def walk(node: dict | list) -> Iterator[str]:
        if isinstance(node, list):
            for entry in node:
                yield from walk(entry)
            return
        for key in ("root", "file"):
            if key in node:
                yield node[key]
        for key in ("parts", "chapters", "sections"):
            yield from walk(node.get(key, []))

    yield from walk(contents or yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8")))


def with_added(contents: dict, data: Data) -> dict:
    """The contents with the chapters of the regencies that were added to the article's, after the article's own."""
    named = set(table_of_contents(contents))
    chapters = [chapter for part in contents.get("parts", []) for chapter in part["chapters"]]
    home = next((c for c in chapters if c["file"] == "results"), None)
    new = [f"regencies/{r}" for r in data.regency_names if f"regencies/{r}" not in named]
    if home is not None and new:
        home["sections"] = [*home.get("sections", []), *({"file": chapter} for chapter in new)]
    return contents


def write_source(
    data: Data, pages: list[Page], questions: list[dict], language: Language, folder: Path
) -> None:
    """Write the source of one edition into ``folder``, and remove what no longer belongs to it."""
    synchronise(folder, source(data, pages, questions, language))


def source(data: Data, pages: list[Page], questions: list[dict], language: Language) -> dict[str, bytes]:
    """Every file of an edition's source by its path: what stands in ``book/``, and what is made for the edition."""
    files = {p.relative_to(BOOK).as_posix(): p.read_bytes() for p in written_files(BOOK)}
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    for name in ("title", "author"):
        settings[name] = language(settings[name])
    if language.code != "en":
        settings["sphinx"]["config"]["locale_dirs"] = ["locale"]
        files |= {f"locale/{path}": made for path, made in compiled_catalogues(language.code).items()}
    contents = with_added(yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8")), data)
    for part in contents.get("parts", []):
        part["caption"] = language(part["caption"])
    texts = group_by_province(contents, data, language) if len(data.regency_names) > MANY else {}
    for name, what in (("_config.yml", settings), ("_toc.yml", contents)):
        texts[name] = yaml.safe_dump(what, sort_keys=False, allow_unicode=True)
    texts[MARKS] = json.dumps(marks(data, questions, language), ensure_ascii=False)
    parts: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        parts[page.chapter].append(page)
    weaver = Weaver(data, questions, language)
    away = to_take_away(data, pages, questions, language)
    for chapter in table_of_contents(contents):
        if chapter in parts:
            executed = joined_notebooks([p.executed(language.code) for p in parts[chapter]])
            texts[f"_static/executed/{chapter}.ipynb"] = away[chapter]
            texts[f"{chapter}.ipynb"] = _as_text(weaver.weave(executed, chapter))
        elif chapter == CERTIFICATE:
            runs = [
                certificate.executed(
                    name,
                    [p.executed(language.code) for p in parts[name]],
                    away[name],
                    [p.checks(language.code) for p in parts[name]],
                )
                for name in table_of_contents(contents)
                if name in parts
            ]
            record = certificate.Certificate(Edition(data, language, chapter), questions, runs)
            woven = {
                name: weaver.output(part.markup, [*part.blocks], chapter)
                for name, part in record.parts().items()
            }
            texts[f"{chapter}.md"] = certificate.chapter(files[f"{chapter}.md"].decode(), woven)
    files |= {path: text.encode() for path, text in texts.items()}
    return files | {f"_static/{path}": made for path, made in weaver.files.items()}


def synchronise(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder hold just these files; one that holds the same bytes already keeps its age."""
    for path in files_of(folder):
        if path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for name, made in files.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != made:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made)


def _as_text(notebook: dict) -> str:
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def joined_notebooks(paths: list[Path]) -> dict:
    """Executed notebooks one after the other as one notebook."""
    first, *others = [json.loads(path.read_text("utf-8")) for path in paths]
    for other in others:
        first["cells"] += other["cells"]
    for number, cell in enumerate(first["cells"]):
        cell["id"] = f"cell-{number}"
    return first


def to_take_away(data: Data, pages: list[Page], questions: list[dict], language: Language) -> dict[str, str]:
    """Every chapter that is a notebook as readers take it away: chapter to notebook, as text."""
    parts: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        parts[page.chapter].append(page)
    cited = short_citations(BOOK / "references.bib", language.code)
    maker = TakeAway(language, publication(), marks(data, questions, language), frozenset(parts), cited)
    return {
        chapter: _as_text(
            maker.make([json.loads(p.executed(language.code).read_text("utf-8")) for p in found], chapter)
        )
        for chapter, found in parts.items()
    }


def group_by_province(contents: dict, data: Data, language: Language) -> dict[str, str]:
    """Give the regencies' chapters a page for each province instead of a flat list, in the contents of many.

    So the navigation of a page, and with it the page's weight, does not grow with the regencies. The texts of the
    pages are returned by their paths, and ``contents`` is changed in place: the chapter ``results`` takes them in.
    """
    chapters = [chapter for part in contents["parts"] for chapter in part["chapters"]]
    home = next(c for c in chapters if c["file"] == "results")
    others = [s for s in home.get("sections", []) if not s["file"].startswith("regencies/")]
    provinces: list[dict[str, Any]] = []
    texts = {}
    name = f"province_{language.code}"
    for province, group in data.columns("regencies", "regency", "name", name).groupby(name):
        file = f"provinces/{slug(province)}"
        lines = [
            f"- [{r.name}](../regencies/{r.regency}.ipynb)" for r in group.sort_values("name").itertuples()
        ]
        texts[f"{file}.md"] = _page(province, lines)
        provinces.append({"file": file, "sections": [{"file": f"regencies/{r}"} for r in group["regency"]]})
    lines = [f"- [](provinces/{Path(p['file']).name}.md)" for p in provinces]
    texts["provinces.md"] = _page(language("Regencies by province"), lines)
    home["sections"] = [{"file": "provinces", "sections": provinces}, *others]
    return texts


def _page(title: str, lines: list[str]) -> str:
    return "\n".join([f"# {title}", "", *lines, ""])
