"""The built pages in a real browser: what a reader can do, with and without scripts."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator

import pytest

from smart_asn.pages.browser import CHROMIUM, chromium, watch
from smart_asn.pages.serve import serving
from smart_asn.pipeline.site import SITE

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine"),
    pytest.mark.skipif(
        not (SITE / "en/index.html").exists(), reason="the book has not been built: make book"
    ),
]


@pytest.fixture(scope="module")
def browser() -> Iterator:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(SITE) as base:
        yield f"{base}en/"


@pytest.fixture
def page(browser, address) -> Iterator:
    """A page on a desk; the test fails if the browser complains about anything on the way."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    found = watch(opened, address.removesuffix("en/"))
    yield opened
    context.close()
    assert found == []


def visible_rows(page, table: str) -> list[str]:
    return page.locator(f"#{table} tbody tr:visible th").all_inner_texts()


def test_ledger_filters_by_keyboard(page, address):
    """The ledger can be narrowed to one verdict with the keyboard, and says how many claims are left."""
    page.goto(f"{address}ledger.html")
    page.focus("[data-filter=verdict]")
    page.keyboard.type("contradicted")
    claims = json.loads((SITE / "ledger.json").read_text("utf-8"))["claims"]
    expected = [c["claim"] for c in claims if c["verdict"] == "contradicted"]
    assert visible_rows(page, "table-claims") == expected
    assert page.inner_text(".filters output").startswith(f"{len(expected)} of {len(claims)} ")


def test_ledger_sorts_by_keyboard(page, address):
    """A column's heading is a button: once sorts upwards, twice downwards, and the heading says so."""
    page.goto(f"{address}ledger.html")
    button = page.locator("#table-claims thead th:first-child button")
    button.focus()
    page.keyboard.press("Enter")
    upwards = visible_rows(page, "table-claims")
    page.keyboard.press("Enter")
    assert visible_rows(page, "table-claims") == upwards[::-1] != upwards
    assert page.get_attribute("#table-claims thead th:first-child", "aria-sort") == "descending"


def test_search_in_the_ledger_ignores_case(page, address):
    """The ledger's own search shows the rows that have the words, in whatever case."""
    page.goto(f"{address}ledger.html")
    page.fill("[data-filter=text]", "workLOAD")
    texts = page.locator("#table-claims tbody tr:visible").all_inner_texts()
    assert texts
    assert all("workload" in text.lower() for text in texts)


def test_matrix_shows_what_all_share(page, address):
    """The matrix can be narrowed to the measures that all regencies state."""
    page.goto(f"{address}synthesis.html")
    page.select_option("[data-filter=shared]", "all")
    counts = page.locator("#table-matrix tbody tr:visible td:last-child").all_inner_texts()
    assert set(counts) == {"6"}


def test_matrix_cell_opens_its_evidence(page, address):
    """A sign of the matrix leads to the row with the article's words in the regency's chapter."""
    page.goto(f"{address}synthesis.html")
    page.locator("#table-matrix a.cell").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"regencies/.*#e\d+$"))
    assert page.locator("tr:target q").inner_text()


def test_claim_leads_to_cell_evidence_and_back(page, address):
    """From a claim to its cell, whose code opens by itself, to an evidence row, and back to the claim."""
    page.goto(f"{address}ledger.html")
    row = page.locator("#table-claims tbody tr:has(a[href*='regencies/'])").first
    claim = row.get_attribute("id")
    row.locator("td:last-child a").first.click()
    page.wait_for_url(f"**#check-{claim}")
    assert page.locator(f"#check-{claim} pre").first.is_visible()
    page.locator(f"#check-{claim} .verdict-card dd a[href*='regencies/']").first.click()
    page.wait_for_url(re.compile(r"regencies/.*#e\d+$"))
    page.locator(f"tr:target a[href$='#{claim}']").click()
    page.wait_for_url(f"**/ledger.html#{claim}")


def test_folded_source_cell_opens(page, address):
    """A claim's cell in a regency's chapter is folded, and opens when a link leads to it."""
    page.goto(f"{address}regencies/tapin.html")
    cell = page.locator(".cell[id^=check-]").first
    assert not cell.locator("pre").is_visible()
    page.goto(f"{address}regencies/tapin.html#{cell.get_attribute('id')}")
    page.reload()
    assert cell.locator("pre").is_visible()


def test_code_switch_is_remembered(page, address):
    """One switch shows all code, on the next page as well."""
    page.goto(f"{address}synthesis.html")
    assert page.locator(".highlight pre:visible").count() == 0
    page.click(".code-switch")
    page.goto(f"{address}regencies/pati.html")
    assert page.locator(".highlight pre:visible").count() == page.locator(".highlight pre").count() > 0


def test_theme_switch_is_remembered(page, address):
    """The theme switch changes page and figures, and the next page keeps it."""
    page.goto(f"{address}index.html")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click(".theme-switch")
    page.goto(f"{address}synthesis.html")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    assert page.locator("#figure-matrix .dark-figure").is_visible()
    assert not page.locator("#figure-matrix .light-figure").is_visible()


def test_search_finds_chapters(page, address):
    """The one search box finds the chapters that have a word."""
    page.goto(f"{address}index.html")
    assert page.locator("input[type=search]").count() == 1
    page.fill("input[name=q]", "redistribution")
    page.keyboard.press("Enter")
    page.wait_for_selector("ul.search li a")
    page.wait_for_selector("ul.search li .context")
    page.wait_for_load_state("networkidle")
    page.click("ul.search li a")
    assert "redistribution" in page.inner_text("main").lower()


def test_term_shows_its_meaning_on_focus(page, address):
    """A term shows its meaning when it has the focus, and Escape puts it away."""
    page.goto(f"{address}regencies/tapin.html")
    term = page.locator("a.term").first
    term.focus()
    assert page.inner_text("#meaning") == term.get_attribute("data-meaning")
    assert term.get_attribute("aria-describedby") == "meaning"
    page.keyboard.press("Escape")
    assert not page.locator("#meaning").is_visible()


def test_permanent_link_is_copied(page, address):
    """The link under a figure puts its permanent address on the clipboard, and says so."""
    page.goto(f"{address}synthesis.html")
    page.locator("a.permalink[href='#figure-matrix']").click()
    page.wait_for_selector("#announcement:has-text('Copied')", state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}synthesis.html#figure-matrix"


def test_map_leads_to_the_chapters(page, address):
    """Every regency on the map is a link to its chapter."""
    page.goto(f"{address}synthesis.html")
    places = page.locator("#figure-map .spots a").evaluate_all(
        "(links) => links.map((a) => a.getAttribute('href'))"
    )
    assert sorted(places) == sorted(
        p.relative_to(SITE / "en").as_posix() for p in (SITE / "en/regencies").glob("*.html")
    )


def test_citation_is_copied(page, address):
    """The book's footer offers BibTeX, RIS and APA to copy."""
    page.goto(f"{address}index.html")
    page.click(".cite summary")
    page.locator(".citation", has_text="BibTeX").first.locator("button").click()
    page.wait_for_selector("#announcement:has-text('Copied')", state="attached")
    assert page.evaluate("navigator.clipboard.readText()").startswith("@book{smartasn,")


def test_table_as_csv_is_the_table(page, address):
    """A table's CSV has the table's rows, without signs that only decorate."""
    page.goto(f"{address}synthesis.html")
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
    """Without scripts the ledger has every claim, code can be unfolded and terms lead to the glossary."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}ledger.html")
    claims = json.loads((SITE / "ledger.json").read_text("utf-8"))["claims"]
    assert page.locator("#table-claims tbody tr:visible").count() == len(claims)
    assert not page.locator(".filters").is_visible()
    page.goto(f"{address}regencies/tapin.html")
    fold = page.locator(".cell details.hide").first
    fold.locator("summary").click()
    assert fold.locator("pre").is_visible()
    page.locator("a.term").first.click()
    page.wait_for_url("**/glossary.html#term-*")
    context.close()


def test_pages_work_as_files(browser):
    """Opened from a disk the pages have their look, figures and search, and ask nobody for anything."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
    page = context.new_page()
    found = watch(page, SITE.as_uri())
    page.goto((SITE / "en/synthesis.html").as_uri())
    assert page.evaluate("document.querySelector('#figure-matrix .light-figure').naturalWidth") > 0
    assert page.locator("th button").count() > 0
    page.fill("input[name=q]", "redistribution")
    page.keyboard.press("Enter")
    page.wait_for_selector("ul.search li a")
    assert found == []
    context.close()


def test_entry_opens_the_edition(page, address):
    """The address of the site opens an edition."""
    page.goto(address.removesuffix("en/"))
    page.wait_for_url("**/en/index.html")
    assert page.inner_text("h1")


def test_printing_leaves_the_text(page, address):
    """On paper there is the text, without navigation and controls, on light ground."""
    page.goto(f"{address}synthesis.html")
    page.emulate_media(media="print", color_scheme="dark")
    assert not any(
        page.locator(s).first.is_visible() for s in (".site-header", "#chapters", ".filters", ".tools")
    )
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("#figure-matrix .light-figure").is_visible()
