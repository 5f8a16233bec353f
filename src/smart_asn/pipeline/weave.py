"""Weave executed notebooks into chapters: number, link, and put figures and tables into files of their own."""

from __future__ import annotations

import base64
import csv
import io
import posixpath
import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from smart_asn.cards import CELL_SOURCE, main_outcome, outcome_badge
from smart_asn.chapters import BLOCK, RECORD
from smart_asn.data import Data
from smart_asn.language import Language
from smart_asn.ledger import backlinks, questions_about
from smart_asn.markup import COLOURS, Html, bullets, folded, joined, link
from smart_asn.outcomes import SUPPORTED

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
                    output["data"] = {"text/html": APART.sub(" ", woven)}
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
        self.files["figures/cover.png"] = base64.b64decode(png)
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
        self.files[f"figures/{name}.svg"] = svg.encode()
        self.files[f"figures/{name}-dark.svg"] = dark(svg).encode()
        self.files[f"figures/{name}.png"] = base64.b64decode(found["png"])
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
        self.files[file] = table_csv(found[0]).encode()
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
