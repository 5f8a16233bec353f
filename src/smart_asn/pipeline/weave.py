"""Weave executed notebooks into the book's source: number, link, and put figures into files of their own.

Forward only: executed notebooks and the gathered ledger go in, a source folder for Jupyter Book comes out.
"""

from __future__ import annotations

import base64
import copy
import csv
import io
import json
import posixpath
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import yaml
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from smart_asn.cards import CELL_SOURCE, main_outcome, outcome_badge
from smart_asn.chapters import BLOCK, RECORD, Page
from smart_asn.coding import MANY
from smart_asn.data import Data
from smart_asn.language import Language, compile_catalogues, translated
from smart_asn.ledger import backlinks, by_statement, questions_about
from smart_asn.markup import COLOURS, Html, bullets, folded, joined, link, slug
from smart_asn.outcomes import SUPPORTED
from smart_asn.places import MADE, ROOT, write_if_changed

BOOK_LINK = re.compile(r'href="book:([^"#]*)(#[^"]*)?"')
NUMBER = re.compile(r'<span class="number" data-number="(figure|table)"></span>')
PLACEHOLDER = re.compile(r"<!-- questions-(on|about):([\w.-]+) -->")
PICTURE = re.compile(
    r'<figure class="book-figure" id="(?P<name>[^"]+)"><img src="data:image/svg\+xml;base64,(?P<svg>[^"]+)" data-png="(?P<png>[^"]*)"'
    r"(?P<rest>[^>]*)>(?P<overlay>.*?)<figcaption>(?P<caption>.*?)</figcaption></figure>",
    re.S,
)
TABLE = re.compile(r'<div class="book-table[^>]* id="(?P<name>[^"]+)"[^>]*><table.*?</table></div>', re.S)
COVER = re.compile(r"<!-- cover:([\w+/=]+) -->")
NOTHING = re.compile(r"<td(?= data-label=\"[^\"]*\">–</td>)")
"""A cell that says that there is nothing; a phone leaves it out."""
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
    """What is known when the chapters are woven: the questions, what rests on what, and the numbers so far."""

    data: Data
    questions: list[dict]
    language: Language
    static: Path
    numbers: dict[str, int] = field(default_factory=lambda: {"figure": 0, "table": 0})

    def __post_init__(self):
        self.outcomes = {q["question"]: main_outcome(q) for q in self.questions}
        self.on = backlinks(self.questions)
        self.about = questions_about(self.data, self.questions)
        self.pictures: set[str] = set()

    def weave(self, notebook: dict, page: str) -> dict:
        """The notebook with every placeholder in its HTML outputs filled in; outputs with nothing to show dropped.

        The lines of a cell that checks a question stand in its card, folded, not above it.
        """
        self._head(notebook)
        for cell in notebook["cells"]:
            kept = []
            for output in cell.get("outputs", []):
                markup = output.get("data", {}).get("text/html")
                if markup is None:
                    kept.append(output)
                    continue
                text = "".join(markup)
                if "question" in output["data"].get(RECORD, {}):
                    cell["metadata"]["tags"].append("remove-input")
                    text = text.replace(CELL_SOURCE.markup, self._source("".join(cell["source"])))
                woven = self.markup(text, page)
                if woven:
                    output["data"] = {"text/html": woven}
                    kept.append(output)
            if "outputs" in cell:
                cell["outputs"] = kept
        return notebook

    def _head(self, notebook: dict) -> None:
        """Make the chapter's heading, which Sphinx needs as text, of the title that a cell shows."""
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                shown = output.get("data", {}).get(BLOCK, {})
                if shown.get("kind") == "title":
                    cell["outputs"].remove(output)
                    heading = {
                        "cell_type": "markdown",
                        "id": "title",
                        "metadata": {},
                        "source": [f"# {shown['text']}"],
                    }
                    notebook["cells"].insert(0, heading)
                    return

    def markup(self, text: str, page: str) -> str:
        """One HTML output, woven."""
        text = PLACEHOLDER.sub(lambda m: str(self._questions(m[1], m[2])), text)
        text = COVER.sub(lambda m: self._cover(m[1]), text)
        text = PICTURE.sub(lambda m: self._picture(m, page), text)
        text = TABLE.sub(lambda m: self._table(m, page), text)
        text = NUMBER.sub(lambda m: self._number(m[1]), text)
        return BOOK_LINK.sub(lambda m: f'href="{relative(page, m[1], m[2] or "")}"', text)

    def _cover(self, png: str) -> str:
        """Write the edition's cover; the page shows nothing of it."""
        path = self.static / "figures" / "cover.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(png))
        return ""

    def _number(self, kind: str) -> str:
        self.numbers[kind] += 1
        word = self.language(
            "Figure {number}" if kind == "figure" else "Table {number}", number=self.numbers[kind]
        )
        return f'<span class="number">{escape(word)}</span> '

    def _source(self, code: str) -> str:
        """A cell's lines, folded under what they are."""
        lines = highlight(code, PythonLexer(), HtmlFormatter(wrapcode=True))
        return f'<details class="cell-source"><summary>{escape(self.language("Where checked: this cell"))}</summary>{lines}</details>'

    def _questions(self, kind: str, key: str) -> Html:
        """The questions that rest on a source as links; those about a regency as a list, what holds folded."""
        if kind == "on":
            found = self.on.get(key, [])
            return joined([link("ledger", q.lower(), q) for q in found]) if found else Html("–")
        asked = self.data.questions.set_index("question")[f"asked_{self.language.code}"]
        lines: dict[bool, list[Html]] = {True: [], False: []}
        for question in self.about.get(key, []):
            outcome = self.outcomes[question]
            badge = outcome_badge(outcome, self.language)
            lines[outcome == SUPPORTED].append(
                joined([badge, link("ledger", question.lower(), asked[question])], " ")
            )
        held = self.language("{count} more that are supported", count=len(lines[True]))
        return joined([bullets(lines[False]), folded(held, bullets(lines[True])) if lines[True] else ""], "")

    def _picture(self, found: re.Match, page: str) -> str:
        """Write the figure's files (light and dark SVG, PNG), and return its markup, which shows and offers them."""
        name = found["name"]
        if name in self.pictures:
            raise ValueError(f"two figures of the book have the name {name!r} (the second in {page})")
        self.pictures.add(name)
        svg = base64.b64decode(found["svg"]).decode()
        folder = self.static / "figures"
        write_if_changed(folder / f"{name}.svg", svg)
        write_if_changed(folder / f"{name}-dark.svg", dark(svg))
        (folder / f"{name}.png").write_bytes(base64.b64decode(found["png"]))
        base = _static(page, f"figures/{name}")
        images = "".join(
            f'<img class="{theme}-figure" loading="lazy" src="{base}{ending}.svg"{found["rest"]}>'
            for theme, ending in (("light", ""), ("dark", "-dark"))
        )
        tools = self._tools(name, {"SVG": f"{base}.svg", "PNG": f"{base}.png"})
        return (
            f'<figure class="book-figure" id="{name}"><div class="picture">{images}{found["overlay"]}</div>'
            f"<figcaption>{found['caption']}</figcaption></figure>{tools}"
        )

    def _table(self, found: re.Match, page: str) -> str:
        """Write the table as CSV, and return its markup with a line that offers it."""
        name = found["name"]
        file = f"tables/{page.replace('/', '-')}-{name.removeprefix('table-')}.csv"
        write_if_changed(self.static / file, table_csv(found[0]))
        markup = NOTHING.sub('<td class="nothing"', found[0])
        return markup + self._tools(name, {"CSV": _static(page, file)})

    def _tools(self, place: str, files: dict[str, str]) -> str:
        """The line under a figure or table: its permanent link, and its files to take away."""
        speak = self.language
        links = "".join(f'<a href="{address}" download>{kind}</a>' for kind, address in files.items())
        return f'<p class="tools"><a class="permalink" href="#{place}">{escape(speak("Link"))}</a>{links}</p>'


class _Rows(HTMLParser):
    """The rows of a table as text. An element with ``data-value`` stands for that value; hidden signs are left out."""

    def __init__(self, markup: str):
        super().__init__()
        self.rows: list[list[str]] = []
        self.skip = 0
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        if self.skip:
            self.skip += tag not in ("br", "img")
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag in ("br", "li", "dt", "dd", "p", "div") and self.rows and self.rows[-1]:
            self.rows[-1][-1] += " "
        if not self.skip and (
            facts.get("aria-hidden") == "true" or "data-value" in facts or tag == "caption"
        ):
            self.skip = 1
            if self.rows and self.rows[-1]:
                self.rows[-1][-1] += facts.get("data-value") or ""

    def handle_endtag(self, tag: str) -> None:
        self.skip = max(0, self.skip - 1)

    def handle_data(self, data: str) -> None:
        if not self.skip and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def table_csv(markup: str) -> str:
    """An HTML table as CSV text, header row first, the cells' text without signs that only decorate."""
    target = io.StringIO()
    rows = [[" ".join(cell.split()) for cell in row] for row in _Rows(markup).rows]
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue()


def _static(page: str, file: str) -> str:
    """The address of a file in ``_static`` as seen from a chapter."""
    return posixpath.relpath(f"/_static/{file}", posixpath.dirname(f"/{page}"))


def stage(data: Data, pages: list[Page], questions: list[dict], language: Language, folder: Path) -> None:
    """Write the book's source for one edition into ``folder``: settings, contents, prose and woven notebooks.

    The folder has the shape of the repository's root, so that both build alike.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "book", folder / "book", ignore=shutil.ignore_patterns("*.ipynb", *MADE))
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
    parts: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        parts[page.chapter].append(page)
    weaver = Weaver(data, questions, language, folder / "book" / "_static")
    (folder / MARKS).write_text(json.dumps(marks(data, questions, language), ensure_ascii=False), "utf-8")
    for chapter in table_of_contents(folder):
        if chapter in parts:
            executed = joined_notebooks([p.executed(language.code) for p in parts[chapter]])
            write_if_changed(
                folder / "book/_static/executed" / f"{chapter}.ipynb", _to_take_away(executed, language.code)
            )
            text = (
                json.dumps(weaver.weave(executed, chapter), indent=1, ensure_ascii=False, sort_keys=True)
                + "\n"
            )
            write_if_changed(folder / "book" / f"{chapter}.ipynb", text)


MARKS = "marks.json"
"""Beside the staged chapters: what the marks in their prose show and where they lead."""


def marks(data: Data, questions: list[dict], language: Language) -> dict[str, dict[str, str]]:
    """For each checked statement what its mark in the prose shows: outcome, its word, the statement, the chapter."""
    statements = data.claims.set_index("claim")[f"statement_{language.code}"]
    return {
        claim: {
            "outcome": entry["outcome"],
            "word": language(entry["outcome"]),
            "statement": statements[claim],
            "chapter": entry["chapter"],
        }
        for claim, entry in by_statement(questions).items()
    }


def joined_notebooks(paths: list[Path]) -> dict:
    """Executed notebooks one after the other as one notebook."""
    first, *others = [json.loads(path.read_text("utf-8")) for path in paths]
    for other in others:
        first["cells"] += other["cells"]
    for number, cell in enumerate(first["cells"]):
        cell["id"] = f"cell-{number}"
    return first


def _to_take_away(executed: dict, language: str) -> str:
    """An executed notebook as readers take it away: its prose in the edition's language."""
    notebook = copy.deepcopy(executed)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            source = translated("".join(cell["source"]), language)
            cell["source"] = source.splitlines(keepends=True)
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


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
        file = f"book/provinces/{slug(province)}"
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


def in_place(folder: Path) -> None:
    """Copy an edition's woven notebooks, and what their pages offer, beside the prose in ``book/``, for ``jupyter-book build .``."""
    for path in sorted((folder / "book").rglob("*.ipynb")):
        write_if_changed(ROOT / path.relative_to(folder), path.read_text("utf-8"))
    for name in MADE:
        shutil.copytree(folder / "book/_static" / name, ROOT / "book/_static" / name, dirs_exist_ok=True)
