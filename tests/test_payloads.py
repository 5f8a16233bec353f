"""Nothing from the data becomes markup, a script, a directive, a formula or a path: payloads in every text column."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pandas as pd
import pytest
import yaml
from browser import CHROMIUM, chromium, watch
from bs4 import BeautifulSoup
from desk_world import questions
from payloads import FORMULAS, KEYS, PAYLOADS, harmless, put, text_columns
from reader import Reader
from serve import serving

from smart_asn.characters import NUMBER
from smart_asn.data import Data, DataError
from smart_asn.datapackage import read_package, read_tables, tabular
from smart_asn.desk.files import desk_files
from smart_asn.exports.workbook import workbook
from smart_asn.pipeline.weave import as_markdown
from smart_asn.places import DATA, SITE, files_of
from smart_asn.publication import Publication, publication
from smart_asn.skeleton import write_skeleton
from smart_asn.validation import check_text, validate

FORMULA = re.compile(r"[=+@\t\r]|-(?!$)")
"""How a cell begins that a spreadsheet would compute, unless it is a plain number."""


class Shape(HTMLParser):
    """The elements of a piece of HTML with the names of their attributes, its comments and declarations; no text."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.seen = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.seen.append((tag, *(name for name, _ in attributes)))

    def handle_endtag(self, tag):
        self.seen.append(f"/{tag}")

    def handle_comment(self, data):
        self.seen.append("comment")

    def handle_decl(self, decl):
        self.seen.append("declaration")

    def handle_pi(self, data):
        self.seen.append("instruction")


def difference(one, other):
    """Where two shapes part, with what comes before; nothing where they are the same."""
    at = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return [] if one == other else [one[max(0, at - 2) : at + 2], other[max(0, at - 2) : at + 2]]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_shape_shows_each_payload_that_is_let_through(payload):
    """Each payload that has markup changes the shape if it is not escaped, and its harmless twin does not."""
    seen = Shape(f"<p>{payload}</p>").seen
    assert Shape(f"<p>{harmless(payload)}</p>").seen == [("p",), "/p"]
    assert (seen != [("p",), "/p"]) == bool(re.search(r"</?[a-z!?]|-->?<!", payload))
    assert len(harmless(payload)) == len(payload)


# Refused -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_refused_in_every_text_column(folder, formula):
    """No published table can have a cell that a spreadsheet would compute."""
    columns = list(text_columns(folder))
    assert len(columns) > 60
    put(folder, lambda _: "x")
    for resource in tabular(read_package(folder)):
        path = folder / resource["path"]
        wanted = {name for file, name in columns if file == resource["path"]}
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        cells = [(number, name) for number, row in enumerate(rows, 2) for name in wanted if row[name]]
        for number, name in cells:
            rows[number - 2][name] = formula
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]) if rows else [], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        found = {(p.row, p.column) for p in check_text(folder, resource)} if cells else set()
        assert set(cells) <= found, resource["path"]


def other_columns(folder):
    """Each column of text that is no text column: it has a pattern, a list of values or a key, or rows are found by it."""
    free = set(text_columns(folder))
    for resource in tabular(read_package(folder)):
        for field in resource["schema"]["fields"]:
            place = resource["path"], field["name"]
            if field["type"] == "string" and place not in free:
                yield place


@pytest.mark.parametrize("payload", ["../../../x", "<pwned-a>"])
def test_no_payload_is_taken_for_a_name(folder, payload):
    """What names files, places and rows has a pattern, a list of values or a key: a path or markup in it is refused."""
    package = {r["path"]: r for r in tabular(read_package(folder))}
    strict = [p for p in other_columns(folder) if p not in KEYS and not loose(package[p[0]], p[1])]
    assert len(strict) > 30
    for file in dict.fromkeys(file for file, _ in strict):
        path = folder / file
        before = path.read_text("utf-8")
        rows = list(csv.DictReader(before.splitlines()))
        names = [name for f, name in strict if f == file]
        if not rows:
            continue
        rows[0] |= dict.fromkeys(names, payload)
        with path.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        with pytest.raises(DataError) as refused:
            validate(folder)
        told = {(p.file, p.column) for p in refused.value.problems}
        assert [n for n in names if (file, n) not in told] == [], file
        path.write_text(before, "utf-8")


def loose(resource, name):
    """Whether a column is compared but has no form of its own, such as a value."""
    schema = resource["schema"]
    field = next(f for f in schema["fields"] if f["name"] == name)
    keyed = any(
        name in ([k["fields"]] if isinstance(k["fields"], str) else k["fields"])
        for k in schema.get("foreignKeys", [])
    )
    return not keyed and not {"pattern", "enum"} & field.get("constraints", {}).keys()


def computed(workbook):
    """What a spreadsheet would compute, fetch or follow in a workbook: formulas, links, other files."""
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        texts = {name: archive.read(name) for name in archive.namelist() if name.startswith("xl/")}
    wrong = re.compile(rb"<f\b|<hyperlink|<dde|externalLink|TargetMode=.External", re.I)
    return [name for name, text in texts.items() if wrong.search(text)]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_workbook_has_a_formula_as_text(folder, formula):
    """Even where one got past what refuses it, a cell of the workbook is the text that it was."""
    assert put(folder, lambda _: "x") > 100
    tables = read_tables(folder, read_package(folder))
    for file, name in text_columns(folder):
        path = folder / file
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        frame[name] = frame[name].where(frame[name] == "", formula)
        frame.to_csv(path, index=False, lineterminator="\n")
    hostile = Data(folder, read_tables(folder, read_package(folder)))
    made = workbook(hostile, questions(Data(folder, tables)))
    assert computed(made) == []
    with zipfile.ZipFile(BytesIO(made)) as archive:
        strings = {text.text for text in ElementTree.fromstring(archive.read("xl/sharedStrings.xml")).iter()}
    assert formula in strings


# Shown -------------------------------------------------------------------------------------------------------


def test_a_text_as_markdown_is_read_as_text():
    """Each payload as a heading gives one heading with that text, and nothing else."""
    from markdown_it.renderer import RendererHTML
    from myst_parser.config.main import MdParserConfig
    from myst_parser.parsers.mdit import create_md_parser

    parser = create_md_parser(
        MdParserConfig(enable_extensions={"colon_fence", "deflist", "attrs_inline"}), RendererHTML
    )
    for payload in PAYLOADS:
        made = BeautifulSoup(parser.render(f"# {as_markdown(payload)}"), "html.parser")
        assert [tag.name for tag in made.find_all(True)] == ["h1"], payload
        assert made.h1.get_text() == " ".join(payload.split())


@pytest.fixture
def twins(folder, tmp_path):
    """The small world with payloads, and with harmless text of the same length."""
    other = tmp_path / "harmless"
    shutil.copytree(folder, other)
    put(folder)
    put(other, harmless)
    return [Data(f, read_tables(f, read_package(f))) for f in (folder, other)]


def test_the_desks_files_have_the_payloads_as_text(twins):
    """Claims' pages have the same elements as with harmless text; the desk's data is data; the paths are the same."""
    made = [desk_files(data, questions(data), ("en", "id"), Publication(), {}) for data in twins]
    hostile, plain = made
    assert hostile.keys() == plain.keys()
    assert sum("pwned" in text for text in hostile.values()) > 20
    for path, text in hostile.items():
        if path.endswith(".html"):
            assert difference(Shape(text).seen, Shape(plain[path]).seen) == [], path
        elif path.endswith(".json"):
            json.loads(text)


def read(folder, language, work):
    """Every woven chapter of the book made of a data folder, and its ledger."""
    made = dict(Reader(work).read(Data(folder, read_tables(folder, read_package(folder))), language))
    return {name: text for name, text in made.items() if name.endswith("(woven)")}


def shapes(chapter):
    """The shape of each output of a chapter."""
    outputs = (o for c in json.loads(chapter)["cells"] for o in c.get("outputs", []))
    return [Shape("".join(o["data"]["text/html"])).seen for o in outputs if "text/html" in o["data"]]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "id"])
def test_every_chapter_has_the_payloads_as_text(tmp_path, language):
    """With payloads in every text column each chapter of the book has the same elements as with harmless text."""
    for name, made in (("hostile", str), ("plain", harmless)):
        shutil.copytree(DATA, tmp_path / name)
        assert put(tmp_path / name, made) > 4000
    validate(tmp_path / "hostile")
    hostile, plain = (read(tmp_path / n, language, tmp_path / f"{n}-work") for n in ("hostile", "plain"))
    assert hostile.keys() == plain.keys()
    assert sum("pwned" in text for text in hostile.values()) > 15
    for chapter, text in hostile.items():
        for one, other in zip(shapes(text), shapes(plain[chapter]), strict=True):
            assert difference(one, other) == [], chapter


# Built -------------------------------------------------------------------------------------------------------


SET = {"html.baseurl": "https://example.org/book"}
OWN = {
    "book_repository": "https://github.com/owner/name",
    "book_release": "v1.0.0",
    "book_contributors": "A & B",
    "book_contact": "mailto:editor@example.org",
}
"""What the publisher of the built book has set."""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The skeleton's book with payloads in its data, and all of a publisher's settings, built in both editions."""
    root = write_skeleton(tmp_path_factory.mktemp("payloads") / "book")
    assert put(root / "data") > 200
    settings = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    settings["html"]["baseurl"] = SET["html.baseurl"]
    settings["sphinx"]["config"] |= OWN
    (root / "_config.yml").write_text(yaml.safe_dump(settings, sort_keys=False), "utf-8")
    environment = os.environ | {"SMART_ASN_ROOT": str(root), "PYTHONPATH": str(root / "src")}
    environment = {
        k: v
        for k, v in environment.items()
        if k not in ("SMART_ASN_EDITIONS", "SMART_ASN_DATA", "SMART_ASN_BUILD")
    }
    command = [sys.executable, "-P", "-m", "smart_asn", "build"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "_build/html"


@pytest.fixture(scope="module")
def pages(built):
    """Every page of it."""
    found = {p.relative_to(built).as_posix(): p.read_text("utf-8") for p in built.rglob("*.html")}
    assert len(found) > 50
    assert sum("pwned" in text for text in found.values()) > 40
    return found


@pytest.mark.slow
def test_no_page_has_an_element_that_a_payload_wrote(pages):
    """None of its tags, handlers, addresses; every script in a page is the book's own or data."""
    own = {BeautifulSoup(pages["en/codebook.html"], "html.parser").script.string}
    for name, text in pages.items():
        soup = BeautifulSoup(text, "html.parser")
        assert soup.find_all(re.compile("^pwned|^foreignobject$|^img$"), src="x") == [], name
        assert soup.find_all(re.compile("^pwned|^foreignobject$")) == [], name
        assert [t for t in soup.find_all(True) if any(a.startswith("on") for a in t.attrs)] == [], name
        led = [t.get("href") or t.get("src") or "" for t in soup.find_all(True)]
        prepared = f"{OWN['book_repository']}/issues/new?"
        led = [a for a in led if "pwned" in a and not a.startswith(prepared)]
        assert [a for a in led if not re.fullmatch(r"([\w./-]*)#[a-z0-9-]+", a)] == [], name
        for script in soup.find_all("script", src=False):
            if script.get("type") == "application/ld+json":
                json.loads(script.string)
            elif name != "404.html":
                assert script.string in own, name


@pytest.mark.slow
def test_nothing_from_outside_the_project_is_read_in(built):
    """No directive, role or path of a payload brought in a file of the machine, and none wrote one."""
    for path in files_of(built):
        assert re.fullmatch(r"[\w.-]+", path.name), path
        assert "pwned" not in path.as_posix().removeprefix(built.as_posix())
        assert b"root:x:0:0" not in path.read_bytes()


def no_formulas(site):
    """Assert that each cell of each CSV file, and of each workbook, is a text or a number to a spreadsheet."""
    tables, books = list(site.rglob("*.csv")), list(site.rglob("*.xlsx"))
    assert len(tables) > 10 and books
    for path in tables:
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [c for c in cells if FORMULA.match(c) and not NUMBER.fullmatch(c)] == [], path
    for path in books:
        assert computed(path.read_bytes()) == [], path


@pytest.mark.slow
def test_no_published_table_has_a_formula(built):
    """With payloads in the data, and in the book as it is."""
    no_formulas(built)
    if (SITE / "exports/tables.xlsx").exists():
        no_formulas(SITE)


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")
def test_nothing_runs_in_a_browser(built, pages):
    """No page runs a payload or tries to: the policy would complain."""
    chosen = [p for p in pages if "/claims/" not in p or p.endswith(("k001.html", "q001.html"))]
    with serving(built) as address, chromium() as browser:
        page = browser.new_page()
        found = watch(page, address)
        for name in chosen:
            page.goto(address + name, wait_until="load")
            assert page.evaluate("typeof pwned") == "undefined", name
        page.goto(f"{address}en/search.html?q=pwned", wait_until="networkidle")
        assert page.evaluate("typeof pwned") == "undefined"
    assert [line for line in found if "404.html" not in line] == []


@pytest.mark.slow
def test_every_page_uses_what_the_publisher_has_set(built, pages):
    """Canonical address, alternates, shared links, source, Binder, commands, dispute, citation, sitemap, robots, 404."""
    site, repository = SET["html.baseurl"], OWN["book_repository"]
    chapters = [p for p in pages if re.match("(en|id)/", p) and "_static" not in p]
    for name in chapters:
        soup = BeautifulSoup(pages[name], "html.parser")
        assert soup.find("link", rel="canonical")["href"] == f"{site}/{name}"
        assert soup.find("meta", property="og:url")["content"] == f"{site}/{name}"
        assert soup.find("meta", property="og:image")["content"].startswith(f"{site}/{name[:2]}/_static/")
        others = {a["hreflang"]: a["href"] for a in soup.find_all("link", rel="alternate")}
        assert {k: others[k] for k in ("en", "id")} == {c: f"{site}/{c}/{name[3:]}" for c in ("en", "id")}
    start = BeautifulSoup(pages["id/start.html"], "html.parser")
    led = [a["href"] for a in start.find_all("a", href=True)]
    assert "https://mybinder.org/v2/gh/owner/name/v1.0.0?urlpath=lab/tree/_build/run/id/start.ipynb" in led
    assert f"git clone --branch v1.0.0 {repository}" in start.select_one("#run-this").get_text()
    assert site in start.select_one("#cite").get_text()
    claim = BeautifulSoup(pages["en/claims/k001.html"], "html.parser")
    assert [a for a in claim.find_all("a", href=True) if a["href"].startswith(f"{repository}/issues/new?")]
    listed = (built / "sitemap.xml").read_text("utf-8")
    assert {f"{site}/{n}" for n in chapters if not n.endswith("search.html")} | {f"{site}/"} == set(
        re.findall("<loc>(.*?)</loc>", listed)
    )
    assert f"Sitemap: {site}/sitemap.xml" in (built / "robots.txt").read_text("utf-8")
    lost = BeautifulSoup(pages["404.html"], "html.parser")
    assert [a["href"] for a in lost.find_all("a")] == ["/book/en/index.html", "/book/id/index.html"]


@pytest.mark.slow
def test_the_built_book_names_no_address_that_is_not_set():
    """Without a publisher's settings the shipped book has no canonical address, no Binder, no sitemap; with them it has."""
    from smart_asn.pipeline.preflight import PUBLISHED

    if not PUBLISHED.exists():
        pytest.skip("the book is not built; `make book` builds it")
    known = publication()
    chapter, claim = ((SITE / "en" / p).read_text("utf-8") for p in ("synthesis.html", "claims/k001.html"))
    for page in (chapter, claim, (SITE / "index.html").read_text("utf-8")):
        assert ('rel="canonical"' in page) == bool(known.address)
    assert (SITE / "sitemap.xml").exists() == bool(known.address)
    assert ("mybinder.org" in chapter) == (urlsplit(known.repository).netloc in ("github.com", "gitlab.com"))
    assert ("git clone" in chapter) == bool(known.repository)
    assert ("/issues/new" in claim) == (urlsplit(known.repository).netloc in ("github.com", "gitlab.com"))
