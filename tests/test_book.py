"""The built book: complete, linked, described, and one with its ledger. ``make book`` builds it."""

import csv
import json

import pytest
from built import (
    Site,
    cards,
    content,
    inside,
    ledger_rows,
    mismatches,
    missing_links,
)
from links import broken_links
from PIL import Image

from smart_asn.pipeline.publish import EDITIONS
from smart_asn.pipeline.source import table_of_contents
from smart_asn.places import SITE

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site():
    """The published site."""
    if not (SITE / "index.html").exists():
        pytest.fail("there is no book to test; run make book first")
    return Site(SITE)


@pytest.fixture(params=EDITIONS)
def language(request):
    """Each edition that is published."""
    return request.param


def of(site, language):
    """An edition's pages."""
    return {page: soup for page, soup in site.pages.items() if page.startswith(f"{language}/")}


def test_every_chapter_is_there(site, language):
    """Every chapter of _toc.yml is a page."""
    assert [c for c in table_of_contents() if f"{language}/{c}.html" not in site.pages] == []


def test_every_chapter_can_be_reached(site, language):
    """From the landing page the navigation leads to every chapter."""
    start = f"{language}/index.html"
    reached = {site.target(start, a["href"])[0] for a in site.pages[start].find_all("a", href=True)}
    assert [c for c in table_of_contents() if f"{language}/{c}.html" not in reached] == []


def test_every_link_resolves(site):
    """Every internal address has a file behind it, and every anchor a place in its page."""
    count, broken = broken_links(site.root)
    assert broken == []
    assert count > len(site.pages)


def test_picture_for_shared_links_is_there(site, language):
    """Each edition has a cover of 1200 by 630 pixels, light enough to be fetched by whoever shows a link."""
    for page, soup in of(site, language).items():
        path, _ = site.target(page, soup.find("meta", property="og:image")["content"])
        file = site.root / path
        assert Image.open(file).size == (1200, 630)
        assert file.stat().st_size < 60_000


def test_no_page_is_empty(site, language):
    """Every chapter has a title and more than a few words."""
    for chapter in table_of_contents():
        made = content(site.pages[f"{language}/{chapter}.html"])
        assert made.h1.get_text(strip=True), chapter
        assert len(made.get_text(" ", strip=True).split()) >= 25, chapter


def test_no_placeholder_is_left(site, language):
    """What the publishing step fills in is filled in."""
    left = [
        f"{page}: {word}"
        for page, soup in of(site, language).items()
        for word in ("claims-on:", "claims-about:", "book:", "data-number=", "{{ ")
        if word in str(content(soup))
    ]
    assert left == []


def test_ids_are_unique(site):
    """No page has an id twice."""
    twice = {
        p: {i for i in ids if ids.count(i) > 1} for p, ids in site.ids.items() if len(set(ids)) < len(ids)
    }
    assert twice == {}


def test_every_figure_is_described(site, language):
    """Every figure has a number, a caption and an alt text that says what it shows; no two have the same."""
    captions, texts = [], []
    for page, soup in of(site, language).items():
        for figure in content(soup).find_all("figure"):
            shown = figure.find_all("img", class_="light-figure")
            assert len(shown) == 1, f"{page}: {figure.get('id')}"
            assert {i["alt"] for i in figure.find_all("img")} == {shown[0]["alt"]}, (
                f"{page}: {figure.get('id')}"
            )
            assert len(shown[0]["alt"].split()) >= 5, f"{page}: {figure.get('id')}"
            assert figure.figcaption.select_one(".number").get_text(strip=True), f"{page}: {figure.get('id')}"
            texts.append(shown[0]["alt"])
            captions.append(figure.figcaption.get_text(strip=True))
    assert len(captions) >= 20
    assert len(set(captions)) == len(captions)
    assert len(set(texts)) == len(texts)


def test_every_picture_has_an_alt(site):
    """No picture, in a figure or not, is without an alt attribute."""
    assert [
        f"{p}: {i}" for p, soup in site.pages.items() for i in soup.find_all("img") if not i.has_attr("alt")
    ] == []


def test_every_table_is_described(site, language):
    """Every table has a caption and header cells with a scope, none of them empty."""
    count = 0
    for page, soup in of(site, language).items():
        for table in content(soup).find_all("table"):
            count += 1
            assert table.caption.get_text(strip=True), page
            heads = table.find_all("th")
            assert heads, page
            assert all(h.get("scope") and h.get_text(strip=True) for h in heads), f"{page}: {table.caption}"
    assert count >= 50


def test_numbers_of_figures_and_tables(site, language):
    """Figures and tables are numbered through the book without a gap."""
    numbers = {}
    for chapter in table_of_contents():
        for span in content(site.pages[f"{language}/{chapter}.html"]).select("span.number"):
            word, number = span.get_text(strip=True).rsplit(" ", 1)
            numbers.setdefault(word, []).append(int(number))
    assert len(numbers) == 2
    assert all(n == list(range(1, len(n) + 1)) for n in numbers.values())


def test_nothing_is_loaded_from_elsewhere(site):
    """No page loads a script, a style or a picture from another host."""
    loaded = [
        f"{page}: {t.get('src') or t.get('href')}"
        for page, soup in site.pages.items()
        for t in [
            *soup.find_all(["script", "img", "iframe"], src=True),
            *soup.find_all("link", rel="stylesheet"),
        ]
        if not inside(t.get("src") or t.get("href")) and not (t.get("src") or "").startswith("data:")
    ]
    assert loaded == []


def test_each_edition_says_its_language(site, language):
    """A page says which language it is in."""
    assert {soup.html.get("lang") for soup in of(site, language).values()} == {language}


def test_the_entry_page_offers_each_edition(site):
    """The site's root links to every edition that is published, and to no other."""
    offered = {a["href"].split("/")[0] for a in site.pages["index.html"].find_all("a", href=True)}
    assert offered == set(EDITIONS)
    folders = {p.name for p in SITE.iterdir() if (p / "index.html").exists()}
    assert folders == set(EDITIONS)


def test_editions_have_the_same_places(site):
    """All editions have the same pages, and claims, cells and evidence have the same addresses in each."""
    first, *others = [
        {
            (p.split("/", 1)[1], i)
            for p in of(site, code)
            for i in ["", *(i for i in site.ids[p] if i.startswith("check-") or i[1:].isdigit())]
        }
        for code in EDITIONS
    ]
    assert all(other == first for other in others)


# Claims, cells, evidence ------------------------------------------------------------------------------------


def test_claims_ledger_and_cards_match(site, language, shipped):
    """Every claim has its entry in ledger.json, its row and its card, with one verdict; nothing else has."""
    assert mismatches(site, language, list(shipped.claims["claim"])) == []


def test_links_in_both_directions(site, language, shipped):
    """From a claim to its cell and its sources, from the cell and from each source back."""
    owner = dict(zip(shipped.evidence["evidence"], shipped.evidence["regency"], strict=True))
    assert missing_links(site, language, owner) == []


def test_every_evidence_row_has_its_place(site, language, shipped):
    """Every evidence row is in its regency's chapter, with its words and its page."""
    for row in shipped.evidence.itertuples():
        shown = site.pages[f"{language}/regencies/{row.regency}.html"].find(id=row.evidence.lower())
        assert shown is not None, row.evidence
        text = shown.get_text(" ", strip=True)
        assert row.anchor in text
        assert str(row.page) in text
        assert str(row.scan_line) in text


def test_every_erratum_has_its_place(site, language, shipped):
    """Every erratum is in the list, and leads to its claim where it has one."""
    page = f"{language}/errata.html"
    for row in shipped.errata.itertuples():
        shown = site.pages[page].find(id=row.erratum.lower())
        assert row.anchor in shown.get_text(" ", strip=True)
        if row.claim:
            targets = {site.target(page, a["href"]) for a in shown.find_all("a", href=True)}
            assert (f"{language}/ledger.html", row.claim.lower()) in targets


def test_the_matrix_opens_the_evidence(site, language, shipped):
    """Each stated cell of the matrix leads to a place that states that measure in that regency."""
    page = f"{language}/synthesis.html"
    code_of = dict(zip(shipped.evidence["evidence"], shipped.evidence["code"], strict=True))
    opened = set()
    for row in site.pages[page].select("#table-matrix tbody tr"):
        code = row.th.a["href"].split("#")[1].upper()
        for a in row.select("td a[href]"):
            path, place = site.target(page, a["href"])
            assert code_of[place.upper()] == code
            opened.add((path.split("/")[-1].removesuffix(".html"), code))
    assert opened == set(zip(shipped.evidence["regency"], shipped.evidence["code"], strict=True))


def test_csv_and_json_say_the_same(site):
    """ledger.csv has the claims, verdicts and columns of ledger.json."""
    with (SITE / "ledger.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["claim"], r["verdict"], r["cell"]) for r in rows] == [
        (c["claim"], c["verdict"], c["cell"]) for c in site.ledger
    ]
    assert list(rows[0]) == list(site.ledger[0])


def test_the_ledger_has_what_was_promised(site):
    """Each entry of ledger.json has its place, both statements, what was asserted and observed, and its verdict."""
    wanted = (
        "claim section page first_line last_line statement_en statement_id checked_against asserted observed"
    )
    for entry in site.ledger:
        assert all(entry[key] for key in [*wanted.split(), "verdict", "cell"]), entry["claim"]
        assert isinstance(entry["stands"], bool)
        assert isinstance(entry["evidence"], list)


def test_a_checked_claim_rests_on_something(site):
    """A claim that was checked against the coding, and observed anything, names evidence."""
    lacking = [
        c["claim"]
        for c in site.ledger
        if c["checked_against"] == "coding"
        and c["verdict"] in ("supported", "partly supported")
        and not c["evidence"]
        if c["quantifier"] not in ("none", "at most", "exactly")
    ]
    assert lacking == []


def test_the_landing_page_counts_the_verdicts(site, language):
    """The numbers beside the verdicts on the landing page are those of the ledger."""
    listed = site.pages[f"{language}/index.html"].select_one(".verdict-counts")
    for item in listed.find_all("li"):
        name = next(c for c in item.select_one(".verdict")["class"] if c != "verdict").replace("-", " ")
        assert int(item.b.get_text()) == sum(c["verdict"] == name for c in site.ledger)
    assert len(listed.find_all("li")) == 5


# The checkers above find what they look for ------------------------------------------------------------------

LEDGER = """<html><body><main><div id="table-claims"><table><tbody>{rows}</tbody></table></div></main></body></html>"""
ROW = '<tr id="{low}"><td><span class="verdict {css}"></span><a href="one.html#check-{low}">cell</a>{more}</td></tr>'
CARD = (
    '<div id="check-{low}"><section class="verdict-card {css}"><a class="claim-number" href="ledger.html#{low}">{number}</a>'
    '<span class="verdict {css}"></span></section></div>'
)


def write(tmp_path, claims, rows, shown, evidence="", more=""):
    """A site of one chapter: claims in ledger.json, rows in the ledger, cards in cells, each with its verdict."""
    (tmp_path / "en/regencies").mkdir(parents=True)
    entries = [
        {
            "claim": c,
            "verdict": v,
            "cell": f"en/one.html#check-{c.lower()}",
            "evidence": ["E001"],
            "passages": [],
            "public_figures": [],
        }
        for c, v in claims
    ]
    (tmp_path / "ledger.json").write_text(json.dumps({"claims": entries}), "utf-8")
    made = "".join(ROW.format(low=c.lower(), css=v.replace(" ", "-"), more=more) for c, v in rows)
    (tmp_path / "en/ledger.html").write_text(LEDGER.format(rows=made), "utf-8")
    made = "".join(CARD.format(low=c.lower(), number=c, css=v.replace(" ", "-")) for c, v in shown)
    (tmp_path / "en/one.html").write_text(f"<html><body><main>{made}</main></body></html>", "utf-8")
    (tmp_path / "en/regencies/north.html").write_text(
        f"<html><body><main>{evidence}</main></body></html>", "utf-8"
    )
    return Site(tmp_path)


GOOD = [("K001", "supported"), ("K002", "not stated")]


def test_a_good_site_passes(tmp_path):
    """Claims, entries, rows and cards that match have no mismatch."""
    assert mismatches(write(tmp_path, GOOD, GOOD, GOOD), "en", ["K001", "K002"]) == []


@pytest.mark.parametrize(
    ("claims", "rows", "shown", "message"),
    [
        (GOOD, GOOD, GOOD[:1], "K002: a claim, but not in the cells"),
        (GOOD, GOOD, [*GOOD, ("K003", "supported")], "K003: in the cells, but not a claim"),
        (GOOD, GOOD[:1], GOOD, "K002: a claim, but not in the ledger"),
        (GOOD[:1], GOOD, GOOD, "K002: a claim, but not in ledger.json"),
        (GOOD, GOOD, [*GOOD, GOOD[0]], "K001: 2 cards"),
        (
            GOOD,
            GOOD,
            [GOOD[0], ("K002", "supported")],
            "K002: not stated in ledger.json, not stated in the ledger, supported in its card",
        ),
    ],
)
def test_an_orphan_is_found(tmp_path, claims, rows, shown, message):
    """A claim without a cell, a cell without a claim, a second card and a verdict that differs are found."""
    assert message in mismatches(write(tmp_path, claims, rows, shown), "en", ["K001", "K002"])


def test_a_missing_link_back_is_found(tmp_path):
    """A source that does not lead back to the claim is found, and so is a row without a link to its source."""
    one = GOOD[:1]
    link = '<a href="regencies/north.html#e001">E001</a>'
    bare = '<p id="e001">words</p>'
    assert missing_links(write(tmp_path / "a", one, one, one, bare, link), "en", {"E001": "north"}) == [
        "K001: no link from en/regencies/north.html#e001 back to the ledger"
    ]
    back = '<p id="e001"><a href="../ledger.html#k001">K001</a></p>'
    assert missing_links(write(tmp_path / "b", one, one, one, back, link), "en", {"E001": "north"}) == []
    assert missing_links(write(tmp_path / "c", one, one, one, back), "en", {"E001": "north"}) == [
        "K001: no link from the ledger to en/regencies/north.html#e001"
    ]


def test_a_broken_link_is_found(tmp_path):
    """A missing file and a missing place are found; a place that is there, and other hosts, are not reported."""
    page = '<main id="héré"><a href="#h%C3%A9r%C3%A9">a</a><a href="#gone">b</a><a href="no.html">c</a><img src="no.svg"><a href="https://example.org/x">d</a></main>'
    (tmp_path / "index.html").write_text(page, "utf-8")
    count, broken = broken_links(tmp_path)
    assert count == 5
    assert broken == [
        "index.html: index.html#gone: Cannot find fragment",
        "index.html: no.html: File not found. Check if file exists and path is correct",
        "index.html: no.svg: File not found. Check if file exists and path is correct",
    ]


def test_rows_and_cards_are_read(tmp_path):
    """The reader of the tests sees the rows and cards that are there."""
    site = write(tmp_path, GOOD, GOOD, GOOD)
    assert list(ledger_rows(site, "en")) == ["K001", "K002"]
    assert cards(site, "en")["K002"] == [("en/one.html#check-k002", "not stated")]
    assert ("en/ledger.html", "k001") in site.links("en/one.html")
