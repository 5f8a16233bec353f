"""Weave executed notebooks into chapters: number, link, and put figures and tables into files of their own."""

from __future__ import annotations

import base64
import csv
import io
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from markupsafe import escape

from smart_asn.cards import verdict_badge
from smart_asn.chapters import BLOCK
from smart_asn.data import Data
from smart_asn.language import Language
from smart_asn.ledger import backlinks, claims_about
from smart_asn.markup import COLOURS, Html, bullets, joined, link

BOOK_LINK = re.compile(r'href="book:([^"#]*)(#[^"]*)?"')
NUMBER = re.compile(r'<span class="number" data-number="(figure|table)"></span>')
NUMBER_OF_FIGURE = '<span class="number" data-number="figure"></span>'
PLACEHOLDER = re.compile(r"<!-- claims-(on|about):([\w.-]+) -->")
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
    files: dict[str, bytes] = field(default_factory=dict)
    """What the pages show or offer, by its path in ``_static``: figures, tables, the cover."""
    numbers: dict[str, int] = field(default_factory=lambda: {"figure": 0, "table": 0})

    def __post_init__(self) -> None:
        self.by_claim = {c["claim"]: c for c in self.claims}
        self.on = backlinks(self.claims)
        self.about = claims_about(self.data, self.claims)
        self.pictures: set[str] = set()

    def weave(self, notebook: dict, page: str) -> dict:
        """The notebook with every placeholder in its HTML outputs filled in; outputs with nothing to show dropped.

        A regency's chapter is read, so there the code of its claims is folded as well.
        """
        self._head(notebook)
        for cell in notebook["cells"]:
            if page.startswith("regencies/") and "claim" in cell["metadata"].get("tags", []):
                cell["metadata"]["tags"].append("hide-input")
            kept = []
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                if "text/html" not in data:
                    kept.append(output)
                    continue
                woven = self.output("".join(data["text/html"]), data.get(BLOCK, []), page)
                if woven:
                    spelt = woven.replace("&#39;", "'")  # or the search would find a number in it
                    output["data"] = {"text/html": APART.sub(" ", spelt)}
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
                        "source": [f"# {shown['text']}"],
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
        """HTML with its placeholders filled in: claims, numbers, links, and the files of its tables."""
        text = PLACEHOLDER.sub(lambda m: str(self._claims(m[1], m[2])), text)
        text = NOTHING.sub('<td class="nothing"', text)
        text = TOOLS.sub(lambda m: self._table(tables[m[1]], page) if m[1] in tables else "", text)
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

    def _picture(self, figure: dict, page: str) -> str:
        """Write the figure's files (light and dark SVG, PNG), and return its markup, which shows and offers them."""
        name = figure["name"]
        if name in self.pictures:
            raise ValueError(f"two figures of the book have the name {name!r} (the second in {page})")
        self.pictures.add(name)
        self.files[f"figures/{name}.svg"] = figure["svg"].encode()
        self.files[f"figures/{name}-dark.svg"] = dark(figure["svg"]).encode()
        self.files[f"figures/{name}.png"] = base64.b64decode(figure["png"])
        base = _static(page, f"figures/{name}")
        size = f'width="{figure["width"]}" height="{figure["height"]}" alt="{escape(figure["alt"])}"'
        images = "".join(
            f'<img class="{theme}-figure" loading="lazy" src="{base}{ending}.svg" {size}>'
            for theme, ending in (("light", ""), ("dark", "-dark"))
        )
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
        rows = [[PLACEHOLDER.sub(self._named, cell) for cell in row] for row in table["rows"]]
        csv.writer(target, lineterminator="\n").writerows(rows)
        self.files[file] = target.getvalue().encode()
        return self._tools(name, {"CSV": _static(page, file)})

    def _named(self, found: re.Match) -> str:
        """The claims on a source by their numbers."""
        return ", ".join(self.on.get(found[2], [])) or "–"

    def _tools(self, place: str, files: dict[str, str]) -> str:
        """The line under a figure or table: its permanent link, and its files to take away."""
        speak = self.language
        links = "".join(f'<a href="{address}" download>{kind}</a>' for kind, address in files.items())
        return f'<p class="tools"><a class="permalink" href="#{place}">{escape(speak("Link"))}</a>{links}</p>'


def _static(page: str, file: str) -> str:
    """The address of a file in ``_static`` as seen from a chapter."""
    return posixpath.relpath(f"/_static/{file}", posixpath.dirname(f"/{page}"))
