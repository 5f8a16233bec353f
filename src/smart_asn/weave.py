"""Weave executed notebooks into the book's source: number, link, and put figures into files of their own.

Forward only: executed notebooks and the gathered ledger go in, a source folder for Jupyter Book comes out.
"""

from __future__ import annotations

import base64
import json
import posixpath
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import yaml

from .cards import verdict_badge
from .coding import MANY
from .data import ROOT, Data
from .execute import Page, write_if_changed
from .language import Language
from .ledger import backlinks, claims_about
from .markup import COLOURS, Html, bullets, joined, link
from .translations import compile_catalogues

BOOK_LINK = re.compile(r'href="book:([^"#]*)(#[^"]*)?"')
NUMBER = re.compile(r'<span class="number" data-number="(figure|table)"></span>')
PLACEHOLDER = re.compile(r"<!-- claims-(on|about):([\w.-]+) -->")
PICTURE = re.compile(
    r'<figure class="book-figure" id="([^"]+)"><img src="data:image/svg\+xml;base64,([^"]+)"'
)
DARK = dict(COLOURS.values())
DARK_PATTERN = re.compile("|".join(map(re.escape, DARK)))


def table_of_contents(root: Path = ROOT) -> Iterator[str]:
    """The chapters of ``_toc.yml`` in reading order, as slugs (without ``book/``)."""

    def walk(node: dict | list) -> Iterator[str]:
        if isinstance(node, list):
            for entry in node:
                yield from walk(entry)
            return
        for key in ("root", "file"):
            if key in node:
                yield node[key].removeprefix("book/")
        for key in ("parts", "chapters", "sections"):
            yield from walk(node.get(key, []))

    yield from walk(yaml.safe_load((root / "_toc.yml").read_text("utf-8")))


def relative(page: str, target: str, place: str = "") -> str:
    """The address of a chapter (and place) as seen from another chapter."""
    if target == page and place:
        return place
    return posixpath.relpath(f"/{target}.html", posixpath.dirname(f"/{page}")) + place


def dark(svg: str) -> str:
    """An SVG with each light colour replaced by its dark pair."""
    return DARK_PATTERN.sub(lambda m: DARK[m.group()], svg)


@dataclass
class Weaver:
    """What is known when the chapters are woven: the claims, who rests on what, and the numbers so far."""

    data: Data
    claims: list[dict]
    language: Language
    static: Path
    numbers: dict[str, int] = field(default_factory=lambda: {"figure": 0, "table": 0})

    def __post_init__(self):
        self.by_claim = {c["claim"]: c for c in self.claims}
        self.on = backlinks(self.claims)
        self.about = claims_about(self.data, self.claims)
        self.pictures: set[str] = set()

    def weave(self, notebook: dict, page: str) -> dict:
        """The notebook with every placeholder in its HTML outputs filled in; outputs with nothing to show dropped."""
        for cell in notebook["cells"]:
            kept = []
            for output in cell.get("outputs", []):
                markup = output.get("data", {}).get("text/html")
                if markup is None:
                    kept.append(output)
                    continue
                markup = "".join(markup)
                if markup:
                    output["data"] = {"text/html": self.markup(markup, page)}
                    kept.append(output)
            if "outputs" in cell:
                cell["outputs"] = kept
        return notebook

    def markup(self, text: str, page: str) -> str:
        """One HTML output, woven."""
        text = PLACEHOLDER.sub(lambda m: str(self._claims(m[1], m[2])), text)
        text = PICTURE.sub(lambda m: self._picture(m[1], m[2], page), text)
        text = NUMBER.sub(lambda m: self._number(m[1]), text)
        return BOOK_LINK.sub(lambda m: f'href="{relative(page, m[1], m[2] or "")}"', text)

    def _number(self, kind: str) -> str:
        self.numbers[kind] += 1
        word = self.language(
            "Figure {number}" if kind == "figure" else "Table {number}", number=self.numbers[kind]
        )
        return f'<span class="number">{escape(word)}</span> '

    def _claims(self, kind: str, key: str) -> Html:
        """The claims on a source as links; those about a regency as a list with verdict and statement."""
        if kind == "on":
            found = self.on.get(key, [])
            return joined([link("ledger", c.lower(), c) for c in found]) if found else Html("–")
        rows = self.data.claims.set_index("claim")
        items = []
        for claim in self.about.get(key, []):
            statement = rows.loc[claim, f"statement_{self.language.code}"]
            badge = verdict_badge(self.by_claim[claim]["verdict"], self.language)
            items.append(joined([link("ledger", claim.lower(), claim), badge, statement], " "))
        return bullets(items)

    def _picture(self, name: str, data: str, page: str) -> str:
        """Write the figure's light and dark SVG, and return the start of its markup with both."""
        if name in self.pictures:
            raise ValueError(f"two figures of the book have the name {name!r} (the second in {page})")
        self.pictures.add(name)
        svg = base64.b64decode(data).decode()
        write_if_changed(self.static / "figures" / f"{name}.svg", svg)
        write_if_changed(self.static / "figures" / f"{name}-dark.svg", dark(svg))
        base = posixpath.relpath("/_static/figures", posixpath.dirname(f"/{page}"))
        return (
            f'<figure class="book-figure" id="{name}"><img class="dark-figure" aria-hidden="true" loading="lazy" src="{base}/{name}-dark.svg" alt="">'
            f'<img class="light-figure" loading="lazy" src="{base}/{name}.svg"'
        )


def stage(data: Data, pages: list[Page], claims: list[dict], language: Language, folder: Path) -> None:
    """Write the book's source for one edition into ``folder``: settings, contents, prose and woven notebooks.

    The folder has the shape of the repository's root, so that both build alike.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "book", folder / "book", ignore=shutil.ignore_patterns("*.ipynb", "figures"))
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    for name in ("title", "author"):
        settings[name] = language(settings[name])
    if language.code != "en":
        settings["sphinx"]["config"]["locale_dirs"] = ["locale"]
        compile_catalogues(folder / "locale", language.code)
    (folder / "_config.yml").write_text(
        yaml.safe_dump(settings, sort_keys=False, allow_unicode=True), "utf-8"
    )
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    for part in contents.get("parts", []):
        part["caption"] = language(part["caption"])
    if len(data.regency_names) > MANY:
        group_by_province(contents, data, language, folder)
    (folder / "_toc.yml").write_text(yaml.safe_dump(contents, sort_keys=False, allow_unicode=True), "utf-8")
    by_slug = {p.slug: p for p in pages}
    weaver = Weaver(data, claims, language, folder / "book" / "_static")
    for slug in table_of_contents(folder):
        if slug in by_slug:
            notebook = json.loads(by_slug[slug].executed(language.code).read_text("utf-8"))
            text = (
                json.dumps(weaver.weave(notebook, slug), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
            )
            write_if_changed(folder / "book" / f"{slug}.ipynb", text)


def group_by_province(contents: dict, data: Data, language: Language, folder: Path) -> None:
    """Give the regencies' chapters a page for each province instead of a flat list, in the contents of many.

    So the navigation of a page, and with it the page's weight and cost, does not grow with the regencies. The
    pages are written into ``folder``, and ``contents`` is changed in place: the entry whose sections name
    ``book/regencies/…`` (or the chapter ``book/results``) takes them in.
    """
    chapters = [chapter for part in contents["parts"] for chapter in part["chapters"]]
    home = next(c for c in chapters if c["file"] == "book/results")
    others = [s for s in home.get("sections", []) if not s["file"].startswith("book/regencies/")]
    provinces = []
    rows = data.columns("regencies", "regency", "name", "province")
    for province, group in rows.groupby("province"):
        file = f"book/provinces/{slugged(province)}"
        lines = [
            f"- [{r.name}](../regencies/{r.regency}.ipynb)" for r in group.sort_values("name").itertuples()
        ]
        _page(folder / f"{file}.md", province, lines)
        provinces.append(
            {"file": file, "sections": [{"file": f"book/regencies/{r}"} for r in group["regency"]]}
        )
    lines = [f"- [](provinces/{Path(p['file']).name}.md)" for p in provinces]
    _page(folder / "book/provinces.md", language("Regencies by province"), lines)
    home["sections"] = [{"file": "book/provinces", "sections": provinces}, *others]


def _page(path: Path, title: str, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([f"# {title}", "", *lines, ""]), "utf-8")


def slugged(name: str) -> str:
    """A name as an address: lower case, hyphens between."""
    return "-".join(re.findall(r"\w+", name.lower()))


def in_place(folder: Path) -> None:
    """Copy an edition's woven notebooks and figures beside the prose in ``book/``, for ``jupyter-book build .``."""
    for path in sorted((folder / "book").rglob("*.ipynb")):
        write_if_changed(ROOT / path.relative_to(folder), path.read_text("utf-8"))
    shutil.copytree(folder / "book/_static/figures", ROOT / "book/_static/figures", dirs_exist_ok=True)
