"""The built pages in a real browser: what a reader can do, with and without scripts."""

from __future__ import annotations

import csv
import json
import shutil
import zipfile

import pytest
from browser import watch
from built import IN_BROWSER
from serve import serving
from test_page import HOSTILE, blocks

from smart_asn.places import SITE

pytestmark = IN_BROWSER


def test_code_switch_is_remembered(page, address):
    """One switch shows all code, on the next page as well."""
    page.goto(f"{address}synthesis.html")
    assert page.locator(".highlight pre:visible").count() == 0
    page.click(".code-switch")
    page.goto(f"{address}regencies/pati.html")
    code = page.locator(".cell_input .highlight pre")  # that in a card stays with its card
    assert [shown.is_visible() for shown in code.all()] == [True] * code.count() != []


def test_theme_switch_is_remembered(page, address):
    """The theme switch changes page and figures, and the next page keeps it."""
    page.goto(f"{address}index.html")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click(".theme-switch")
    page.goto(f"{address}synthesis.html")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    assert page.locator("#figure-matrix .dark-figure").is_visible()
    assert not page.locator("#figure-matrix .light-figure").is_visible()


@pytest.mark.parametrize(
    ("edition", "word", "found"),
    [("en", "redistribution", "Results found: "), ("id", "redistribusi", "Hasil yang ditemukan: ")],
)
def test_search_finds_chapters(page, address, edition, word, found):
    """The one search box finds the chapters that have a word, in the edition's language, one under the other."""
    page.goto(f"{address}../{edition}/index.html")
    assert page.locator("input[type=search]").count() == 1
    page.fill("input[name=q]", word)
    page.keyboard.press("Enter")
    page.wait_for_selector(".search-summary:not(:empty)")
    results = page.locator("ul.search li")
    assert page.inner_text(".search-summary") == f"{found}{results.count()}."
    lefts = results.evaluate_all("(items) => items.map((li) => li.getBoundingClientRect().left)")
    assert len(set(lefts)) == 1
    page.wait_for_function("() => document.querySelectorAll('ul.search .context').length > 0")
    page.wait_for_load_state("networkidle")
    assert "check(" not in page.inner_text("#search-results")
    page.click("ul.search li a")
    assert word in page.text_content("main").lower()


def test_search_that_finds_nothing_says_so(page, address):
    """A word that no chapter has gives a sentence in the page's language."""
    page.goto(f"{address}../id/search.html?q=xyzzy")
    page.wait_for_selector("text=Tidak ada halaman yang memuat semua kata ini.")


def test_term_shows_its_meaning_on_focus(page, address):
    """A term shows its meaning when it has the focus, and Escape puts it away."""
    page.goto(f"{address}regencies/tapin.html")
    term = page.locator("a.term").first
    term.focus()
    assert page.inner_text("#meaning") == term.get_attribute("data-meaning")
    assert term.get_attribute("aria-describedby") == "meaning"
    page.keyboard.press("Escape")
    assert not page.locator("#meaning").is_visible()


def test_a_meaning_stays_on_a_phones_screen(browser, address):
    """Whichever term has the focus, its meaning is shown whole, at the edges too."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}regencies/tapin.html")
    for term in page.locator("a.term").all():
        term.focus()
        box = page.locator("#meaning").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360
        assert box["y"] >= 0 and box["y"] + box["height"] <= 740
    context.close()


@pytest.mark.parametrize(
    ("chapter", "place"),
    [
        ("synthesis", "figure-matrix"),
        ("synthesis", "table-matrix"),
        ("abstract", "q001"),
        ("abstract", "k001"),
        ("ledger", "q001"),
    ],
)
def test_permanent_link_is_copied(page, address, chapter, place):
    """The link of a figure, a table, a question or a statement puts its permanent address on the clipboard, and says so."""
    page.goto(f"{address}{chapter}.html#{place}")
    page.locator(f"a.permalink[href='#{place}']").click()
    page.wait_for_selector("#announcement:has-text('Copied')", state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}{chapter}.html#{place}"


DOWNLOADS = {
    "synthesis-matrix.csv": "#table-matrix + .tools a[href$='.csv']",
    "figure-matrix.svg": "#figure-matrix + .tools a[href$='.svg']",
    "figure-matrix.png": "#figure-matrix + .tools a[href$='.png']",
    "synthesis.ipynb": ".page-tools a[href$='.ipynb']",
    "smart-asn-data.zip": ".site-links a[href$='.zip']",
    "ledger.json": ".site-links a[href$='.json']",
    "ledger.csv": ".site-links a[href$='.csv']",
}


@pytest.mark.parametrize("name", DOWNLOADS)
def test_it_can_be_taken_away(page, address, name, tmp_path):
    """Tables, figures, notebooks, the ledger and the data are downloads that a program can read."""
    page.goto(f"{address}synthesis.html#table-matrix")
    with page.expect_download() as waiting:
        page.click(DOWNLOADS[name])
    assert waiting.value.suggested_filename == name
    waiting.value.save_as(tmp_path / name)
    content = (tmp_path / name).read_bytes()
    if name.endswith(".zip"):
        names = zipfile.ZipFile(tmp_path / name).namelist()
        assert {f"smart-asn-data/{n}" for n in ("datapackage.json", "evidence.csv", "claims.csv")} <= set(
            names
        )
    elif name.endswith((".json", ".ipynb")):
        assert json.loads(content)
    elif name.endswith(".csv"):
        assert len(list(csv.reader(content.decode().splitlines()))) > 50
    else:
        assert content.startswith({"svg": b"<svg", "png": b"\x89PNG"}[name[-3:]])


def test_map_leads_to_the_chapters(page, address):
    """On the book's first page every regency on the map is a link to its chapter."""
    page.goto(f"{address}index.html")
    places = page.locator("#figure-map .spots:visible a").evaluate_all(
        "(links) => links.map((a) => a.getAttribute('href'))"
    )
    assert sorted(places) == sorted(
        p.relative_to(SITE / "en").as_posix() for p in (SITE / "en/regencies").glob("*.html")
    )


def test_citation_is_copied(page, address):
    """The book's footer offers BibTeX, RIS and APA to copy."""
    page.goto(f"{address}index.html")
    page.click(".cite:has-text('BibTeX') > summary")
    page.locator(".citation", has_text="BibTeX").first.locator("button").click()
    page.wait_for_selector("#announcement:has-text('Copied')", state="attached")
    assert page.evaluate("navigator.clipboard.readText()").startswith("@book{smartasn,")


def test_table_as_csv_is_the_table(page, address):
    """A table's CSV has the table's rows, without signs that only decorate."""
    page.goto(f"{address}synthesis.html#table-matrix")
    target = page.get_attribute("#table-matrix + .tools a[download]", "href")
    rows = list(csv.reader((SITE / "en" / target).read_text("utf-8").splitlines()))
    assert len(rows) == page.locator("#table-matrix tr").count()
    assert {cell for row in rows[1:] for cell in row[2:-1]} <= {
        "stated",
        "stated, doubtful",
        "not stated",
        "not stated, doubtful",
    }


def test_phone_opens_the_chapters(browser, address):
    """On a phone the list of chapters opens from the header, and no page is wider than the screen."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{address}index.html")
    assert not page.locator("#chapters").is_visible()
    page.click(".chapters-link")
    page.click("#chapters a:has-text('Tapin')")
    page.wait_for_url("**/regencies/tapin.html")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()


def test_everything_can_be_read_without_scripts(browser, address):
    """Without scripts the ledger has every question, cards and code can be unfolded and terms lead to the glossary."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}ledger.html")
    ledger = json.loads((SITE / "ledger.json").read_text("utf-8"))
    assert page.locator("#ledger-list > li:visible").count() == len(ledger["questions"])
    assert not page.locator(".filters").is_visible()
    page.locator("details.card summary").first.click()
    assert page.locator(".card-body").first.is_visible()
    page.goto(f"{address}regencies/tapin.html")
    fold = page.locator(".cell details.hide").first
    fold.locator("summary").click()
    assert fold.locator("pre").is_visible()
    page.locator("a.term").first.click()
    page.wait_for_url("**/glossary.html#term-*")
    context.close()


def test_the_contents_show_where_the_page_is(page, address):
    """Beside a page far down in the contents, its entry there can be seen without scrolling."""
    page.goto(f"{address}data-dictionary.html")
    box = page.locator("#chapters a.current.internal").last.bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= 800


@pytest.mark.parametrize(("chapter", "asked"), [("conclusion", True), ("search", False)])
def test_italics_are_asked_for_where_they_are_used(page, address, chapter, asked):
    """A page with words in italics asks for their typeface before it is painted; another page does not."""
    page.goto(f"{address}{chapter}.html")
    fonts = page.locator("link[rel=preload]").evaluate_all("(links) => links.map((link) => link.href)")
    assert any("italic" in font for font in fonts) == asked
    assert len(fonts) == 2 + asked


def test_pages_work_as_files(browser):
    """Opened from a disk the pages have their look, figures and search, and ask nobody for anything."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
    page = context.new_page()
    found = watch(page, SITE.as_uri())
    page.goto((SITE / "en/synthesis.html").as_uri())
    page.locator("#figure-matrix").scroll_into_view_if_needed()  # pictures are loaded when they are near
    page.wait_for_function("() => document.querySelector('#figure-matrix .light-figure').naturalWidth > 0")
    assert page.locator("th button").count() > 0
    page.fill("input[name=q]", "redistribution")
    page.keyboard.press("Enter")
    page.wait_for_selector("ul.search li a")
    assert found == []
    context.close()


def test_switch_of_the_edition_keeps_the_place(page, address):
    """From a statement the switch leads to the same one in the other edition, where its card is open, and back."""
    page.goto(f"{address}abstract.html#k001")
    page.click(".editions a[hreflang=id]")
    page.wait_for_url("**/id/abstract.html#k001")
    assert page.locator("#k001").is_visible()
    page.click(".editions a[hreflang=en]")
    page.wait_for_url("**/en/abstract.html#k001")


def test_text_from_the_data_does_nothing_on_a_page(browser, tmp_path):
    """Hostile texts in every kind of block on a built page: no script of theirs runs, nothing is asked for."""
    shutil.copytree(SITE / "en/_static", tmp_path / "_static")
    page = (SITE / "en/glossary.html").read_text("utf-8")
    hostile = "".join(markup for text in HOSTILE for markup in blocks(text) if "ld+json" not in markup)
    hostile = hostile.replace("book:", "").replace("alert(1)", "document.documentElement.id='hurt'")
    (tmp_path / "hostile.html").write_text(page.replace("<article>", f"<article>{hostile}", 1), "utf-8")
    with serving(tmp_path) as base:
        context = browser.new_context()
        opened = context.new_page()
        found = watch(opened, base)
        opened.goto(f"{base}hostile.html")
        assert opened.locator("article table").count() >= len(HOSTILE)
        opened.evaluate(
            "document.querySelectorAll('article *').forEach((element) => ['mouseover', 'mouseenter', 'error', 'focus']"
            ".forEach((name) => element.dispatchEvent(new Event(name, { bubbles: true }))))"
        )
        protocols = opened.evaluate("[...document.links].map((link) => link.protocol)")
        assert set(protocols) <= {"http:", "https:"}
        assert opened.evaluate("document.documentElement.id") == ""
        assert [f for f in found if "hostile" in f or "Content Security" in f] == []
        context.close()


@pytest.mark.parametrize("lost", ["nothing.html", "en/nothing.html", "id/regencies/no/thing.html"])
@pytest.mark.parametrize("folder", ["", "book/", "a/b/"])
def test_lost_page_finds_the_book(browser, tmp_path, folder, lost):
    """Whatever is not there, and in whatever folder of a host the book stands, the links lead to its editions."""
    shutil.copy(SITE / "404.html", tmp_path / "404.html")
    for edition in ("en", "id"):
        target = tmp_path / folder / edition
        target.mkdir(parents=True)
        shutil.copy(SITE / edition / "index.html", target)
    with serving(tmp_path) as base:
        page = browser.new_page()
        page.goto(f"{base}{folder}{lost}")
        expected = [f"{base}{folder}{edition}/index.html" for edition in ("en", "id")]
        page.wait_for_function(
            "(expected) => [...document.links].every((link, n) => link.href === expected[n])", arg=expected
        )
        page.close()


MOVING = (
    "document.getAnimations().filter((a) => a.timeline === document.timeline).map((a) => a.animationName)"
)
"""What moves by itself; what only follows the scrolling of the reader does not."""


def test_whoever_wants_less_motion_gets_none(browser, address):
    """Pages scroll smoothly, but not for a reader who asked for less motion."""
    for wish, behaviour in (("reduce", "auto"), ("no-preference", "smooth")):
        context = browser.new_context(reduced_motion=wish)
        page = context.new_page()
        page.goto(f"{address}glossary.html")
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == behaviour
        assert page.evaluate(MOVING) == []
        context.close()


def test_tables_of_words_are_cards_on_a_phone(browser, address):
    """On a phone a row of words stands as a card that is not wider than the screen, with its columns named."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{address}errata.html")
    cells = page.locator("#table-errata-meaning tbody tr:first-child td:visible")
    lefts = cells.evaluate_all("(cells) => cells.map((c) => c.getBoundingClientRect().left)")
    assert len(set(lefts)) == 1
    assert page.evaluate("document.querySelector('#table-errata-meaning').scrollWidth") <= 360
    assert page.get_attribute("#table-errata-meaning", "tabindex") is None
    context.close()


def test_focus_is_seen(page, address):
    """The skip link comes first, and whatever has the focus has an outline."""
    page.goto(f"{address}regencies/tapin.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.wait_for_function("document.activeElement.getBoundingClientRect().top >= 0")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_entry_opens_the_edition(page, address):
    """The address of the site opens an edition."""
    page.goto(address.removesuffix("en/"))
    page.wait_for_url("**/en/index.html")
    assert page.inner_text("h1")


def test_printing_leaves_the_text(page, address):
    """On paper there is the text, without navigation and controls, on light ground."""
    page.goto(f"{address}synthesis.html")
    page.locator("#figure-matrix").scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('#figure-matrix .light-figure').naturalWidth > 0")
    page.emulate_media(media="print", color_scheme="dark")
    assert not any(
        page.locator(s).first.is_visible() for s in (".site-header", "#chapters", ".filters", ".tools")
    )
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("#figure-matrix .light-figure").is_visible()
    assert page.locator("#table-matrix a.cell").first.is_visible()
    page.set_viewport_size({"width": 700, "height": 1000})
    page.goto(f"{address}errata.html")
    assert page.locator("#table-errata-meaning thead").bounding_box()["height"] > 10
