"""Weave executed notebooks into chapters: number, link, and put figures and tables into files of their own."""

from __future__ import annotations

import base64
import csv
import io
import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from markupsafe import escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from smart_asn.cards import CELL_SOURCE, outcome_badge
from smart_asn.chapters import BLOCK, RECORD
from smart_asn.data import Data
from smart_asn.language import Language
from smart_asn.ledger import backlinks, main_outcome, questions_about
from smart_asn.markup import COLOURS, PLACE, Html, bullets, folded, joined, link
from smart_asn.outcomes import SUPPORTED
from smart_asn.pipeline.frames import plain_frames

BOOK_LINK = re.compile(r'href="book:([^"#]*)(#[^"]*)?"')
NUMBER = re.compile(r'<span class="number" data-number="(figure|table)"></span>')
NUMBER_OF_FIGURE = '<span class="number" data-number="figure"></span>'
PLACEHOLDER = re.compile(r"<!-- questions-(on|about):([\w.-]+) -->")
TOOLS = re.compile(r"<!-- tools:([\w.-]+) -->")
APART = re.compile(
    r"(?<=\S)(?=<(?:t[dhr]|d[dt]|li|p|h\d|caption|figcaption|div|option|br)\b)|(?<=>)(?=<(?:button|label|q|span)\b)"
)
"""Where markup parts words and no space does: the search takes the tags away and would run the words together."""
NOTHING = re.compile(r"<td(?= data-label=\"[^\"]*\">–</td>)")
"""A cell that says that there is nothing; a phone leaves it out."""
DARK = dict(COLOURS.values())
DARK_PATTERN = re.compile("|".join(map(re.escape, DARK)))


def relative(page: str, target: str, place: str = "") -> str:
    """The address of a chapter (with its query, if it has one, and place) as seen from another chapter."""
    if target == page and place:
        return place
    chapter, mark, query = target.partition("?")
    return posixpath.relpath(f"/{chapter}.html", posixpath.dirname(f"/{page}")) + mark + query + place


def as_markdown(text: str) -> str:
    """A text from the data as Markdown that shows it letter by letter: no markup, role or link is read in it."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))


def folds_named(markdown: str, speak: Language) -> str:
    """Markdown with the fold of a hint named in the edition's language; Sphinx translates no markup."""
    return markdown.replace("<summary>Hint</summary>", f"<summary>{escape(speak('Hint'))}</summary>")


def dark(svg: str) -> str:
    """An SVG with each light colour replaced by its dark pair."""
    return DARK_PATTERN.sub(lambda m: DARK[m.group()], svg)


@dataclass
class Weaver:
    """What is known when the chapters are woven: the questions, what rests on what, and the numbers so far."""

    data: Data
    questions: list[dict]
    language: Language
    files: dict[str, bytes] = field(default_factory=dict)
    """What the pages show or offer, by its path in ``_static``: figures, tables, the cover."""
    numbers: dict[str, int] = field(default_factory=lambda: {"figure": 0, "table": 0})
    frames: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def __post_init__(self) -> None:
        self.outcomes = {q["question"]: main_outcome(q) for q in self.questions}
        self.on = backlinks(self.questions)
        self.about = questions_about(self.data, self.questions)
        self.pictures: set[str] = set()

    def weave(self, notebook: dict, page: str) -> dict:
        """The notebook with every placeholder in its HTML outputs filled in; outputs with nothing to show dropped.

        The lines of a cell that checks a question stand in its card, folded, not above it.
        """
        self._head(notebook)
        opens = [c for c in notebook["cells"] if "setup" in c["metadata"].get("tags", [])]
        # A notebook that is appended opens the edition again: no reader needs to see it.
        for cell in opens[1:]:
            cell["metadata"]["tags"].append("remove-cell")
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = [folds_named(line, self.language) for line in cell["source"]]
            picture = cell["metadata"].get("mystnb", {}).get("image", {})
            if "alt" in picture:
                picture["alt"] = self.language(picture["alt"])
            kept = []
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                if "text/html" not in data:
                    kept.append(output)
                    continue
                woven = APART.sub(" ", self.output("".join(data["text/html"]), data.get(BLOCK, []), page))
                woven = woven.replace("&#39;", "'")  # or the search would find a number in it
                if "question" in data.get(RECORD, {}):
                    cell["metadata"]["tags"].append("remove-input")
                    woven = woven.replace(CELL_SOURCE.markup, self._source("".join(cell["source"])))
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
                for shown in output.get("data", {}).get(BLOCK, []):
                    if shown["kind"] != "title":
                        continue
                    cell["outputs"].remove(output)
                    heading = {
                        "cell_type": "markdown",
                        "id": "title",
                        "metadata": {},
                        "source": [f"# {as_markdown(shown['text'])}"],
                    }
                    notebook["cells"].insert(0, heading)
                    return

    def output(self, markup: str, blocks: list[dict], page: str) -> str:
        """What the page shows of an output, given its HTML and the figures and tables in it as data.

        A figure is shown by files of its own, so its markup is made anew; a table's file is offered under it.
        """
        for block in blocks:
            if block["kind"] == "cover":
                self.files["figures/cover.png"] = base64.b64decode(block["png"])
            elif block["kind"] == "figure":
                markup = self._picture(block, page)
        return self.markup(markup, page, {b["name"]: b for b in blocks if b["kind"] == "table"})

    def markup(self, text: str, page: str, tables: Mapping[str, dict] = MappingProxyType({})) -> str:
        """HTML with its placeholders filled in: questions, numbers, links, and the files of its tables."""
        text = PLACEHOLDER.sub(lambda m: str(self._questions(m[1], m[2])), text)
        text = NOTHING.sub('<td class="nothing"', text)
        text = plain_frames(text, escape(self.language("Table")), self.frames[page])
        text = TOOLS.sub(lambda m: self._table(tables[m[1]], page) if m[1] in tables else "", text)
        text = NUMBER.sub(lambda m: self._number(m[1]), text)
        return BOOK_LINK.sub(lambda m: f'href="{relative(page, m[1], m[2] or "")}"', text)

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
        if not self.about.get(key):
            return Html(
                escape(self.language("No question that is asked of the article is about this regency."))
            )
        asked = self.data.questions.set_index("question")[f"asked_{self.language.code}"]
        lines: dict[bool, list[Html]] = {True: [], False: []}
        for question in self.about.get(key, []):
            outcome = self.outcomes[question]
            badge = outcome_badge(outcome, self.language)
            lines[outcome == SUPPORTED].append(
                joined([badge, link("ledger", question.lower(), asked[question])], " ")
            )
        held = self.language("Supported: {count} more", count=len(lines[True]))
        shown = bullets(lines[False]) if lines[False] else ""
        return joined([shown, folded(held, bullets(lines[True])) if lines[True] else ""], "")

    def _picture(self, figure: dict, page: str) -> str:
        """Write the figure's files (light and dark SVG, also for a phone; PNG); return markup that shows and offers them."""
        name, narrow = figure["name"], figure["narrow"]
        if name in self.pictures:
            raise ValueError(f"two figures of the book have the name {name!r} (the second in {page})")
        self.pictures.add(name)
        for layout, svg in (("", figure["svg"]), ("-phone", narrow and narrow["svg"])):
            if svg:
                self.files[f"figures/{name}{layout}.svg"] = svg.encode()
                self.files[f"figures/{name}{layout}-dark.svg"] = dark(svg).encode()
        self.files[f"figures/{name}.png"] = base64.b64decode(figure["png"])
        base, images = _static(page, f"figures/{name}"), ""
        size = f'width="{figure["width"]}" height="{figure["height"]}" alt="{escape(figure["alt"])}"'
        for theme, ending in (("light", ""), ("dark", "-dark")):
            image = f'<img class="{theme}-figure" loading="lazy" src="{base}{ending}.svg" {size}>'
            if narrow:
                measured = f'width="{narrow["width"]}" height="{narrow["height"]}"'
                source = f'<source media="{narrow["media"]}" srcset="{base}-phone{ending}.svg" {measured}>'
                image = f"<picture>{source}{image}</picture>"
            images += image
        tools = self._tools(name, {"SVG": f"{base}.svg", "PNG": f"{base}.png"})
        return (
            f'<figure class="book-figure" id="{name}"><div class="picture">{images}{figure["overlay"]}</div>'
            f"<figcaption>{NUMBER_OF_FIGURE}{escape(figure['caption'])}</figcaption></figure>{tools}"
        )

    def _table(self, table: dict, page: str) -> str:
        """Write the table as CSV, and return the line that offers it."""
        name = table["name"]
        file = f"tables/{page.replace('/', '-')}-{name.removeprefix('table-')}.csv"
        target = io.StringIO()
        rows = [[PLACE.sub(self._named, cell) for cell in row] for row in table["rows"]]
        csv.writer(target, lineterminator="\n").writerows(rows)
        self.files[file] = target.getvalue().encode()
        return self._tools(name, {"CSV": _static(page, file)})

    def _named(self, found: re.Match) -> str:
        """The questions on a source by their numbers."""
        return ", ".join(self.on.get(found[2], [])) or "–"

    def _tools(self, place: str, files: dict[str, str]) -> str:
        """The line under a figure or table: its permanent link, and its files to take away."""
        speak = self.language
        links = "".join(f'<a href="{address}" download>{kind}</a>' for kind, address in files.items())
        return f'<p class="tools"><a class="permalink" href="#{place}">{escape(speak("Link"))}</a>{links}</p>'


def _static(page: str, file: str) -> str:
    """The address of a file in ``_static`` as seen from a chapter."""
    return posixpath.relpath(f"/_static/{file}", posixpath.dirname(f"/{page}"))
