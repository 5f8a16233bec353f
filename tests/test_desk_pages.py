"""The reviewer's desk in a real browser: the walk by keyboard, blind, saved, compared; the coverage strip."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
from built import IN_BROWSER
from pdf_maker import SCANS, damaged, locked, pdf, printed, reflowed

from smart_asn.desk.matching import FOUND, NEARLY, NOT_FOUND
from smart_asn.desk.records import records
from smart_asn.desk.reviews import SCHEMA, compare, sample
from smart_asn.desk.verify import anchors, verify
from smart_asn.language import Language
from smart_asn.ledger import gather
from smart_asn.places import ROOT

pytestmark = [pytest.mark.slow, *IN_BROWSER]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
OUTCOME = ".walk-card dl .outcome, .walk-card .statements .outcome"


@pytest.fixture(scope="module")
def made(shipped):
    """The records of the built book."""
    return records(shipped, gather(shipped, "en"))


def complaints(page) -> list[str]:
    """What axe finds on a page, and whether the page is wider than the screen."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run('main', {resultTypes: ['violations']})")["violations"]
    fits = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found] + (
        [] if fits else ["wider than the screen"]
    )


def start(page, address, blind=False, size="", seed="7", name="", filter_="all"):
    page.goto(f"{address}review-walk.html")
    if page.locator(".walk-setup").get_attribute("open") != "":
        page.click(".walk-setup > summary")
    page.select_option("[name=filter]", filter_)
    page.fill("[name=size]", size)
    page.fill("[name=seed]", seed)
    page.fill("[name=name]", name)
    page.set_checked("[name=blind]", blind)
    page.click("button.main")


def heading(page) -> str:
    return page.inner_text(".walk-card h2")


def saved(page, button: str, tmp_path: Path) -> Path:
    with page.expect_download() as waiting:
        page.click(f".walk-record button:has-text('{button}')")
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_ten_questions_by_keyboard(page, address, made, tmp_path):
    """A sample of ten, judged by keys alone; a reload in between loses nothing; JSON and CSV have all of it."""
    start(page, address, size="10", seed="2021", name="A. Reviewer")
    drawn = sample([n for n, r in made.items() if r["type"] == "question"], 10, "2021")
    for number, question in enumerate(drawn, start=1):
        assert heading(page) == f"Question {number} of 10: {question}"
        page.keyboard.press("a" if number % 3 else "t")
        if number == 2:
            page.keyboard.press("d")
            other = next(n for n in (1, 4) if page.locator(f"kbd:text-is('{n}')").count())
            page.keyboard.press(str(other))
            page.keyboard.press("e")
            page.keyboard.type("The page says otherwise.")
            page.keyboard.press("Escape")
        if number == 5:
            page.reload()
            assert heading(page) == f"Question 5 of 10: {question}"
        page.keyboard.press("n")
    assert page.inner_text(".progress").strip() == "10 of 10 answered"
    review = json.loads(saved(page, "JSON", tmp_path).read_text("utf-8"))
    jsonschema.validate(review, SCHEMA)
    assert [j["question"] for j in review["judgements"]] == drawn
    assert review["judgements"][1]["verdict"] == "disagree"
    assert review["judgements"][1]["note"] == "The page says otherwise."
    assert [j["verdict"] for j in review["judgements"]].count("cannot tell") == 3
    assert all(j["digest"] == made[j["question"]]["digest"] for j in review["judgements"])
    assert (review["reviewer"], review["sample"]["seed"]) == ("A. Reviewer", "2021")
    rows = list(csv.DictReader(saved(page, "CSV", tmp_path).open(encoding="utf-8")))
    assert [row["question"] for row in rows] == drawn
    assert rows[1]["note"] == "The page says otherwise."


def test_blind_shows_no_outcome_early(page, address, made):
    """Blind, no outcome, doubt, kindest reading or link to the card is on the page before the answer; after it, all."""
    start(page, address, blind=True, size="12", seed="5")
    for _ in range(12):
        question = heading(page).rsplit(": ", 1)[1]
        assert page.locator(OUTCOME).count() == 0
        for text in (made[question]["statements"][0][k]["en"] for k in ("doubt", "kindest", "note")):
            assert not text or text not in page.inner_text(".walk-card")
        assert page.locator(f".walk-card a[href*='claims/{question.lower()}']").count() == 0
        page.keyboard.press("1")
        assert page.locator(OUTCOME).count() >= 1
        verdict = "agree" if made[question]["outcome"] == "supported" else "disagree"
        assert page.inner_text(".revealed").endswith(f"You {verdict}.")
        page.keyboard.press("n")
    assert page.locator("[name=filter] option[value^=outcome]:not(:disabled)").count() == 0


def test_a_note_is_no_formula_in_a_table(page, address, tmp_path):
    """A note that a spreadsheet would compute is a text in the CSV, and in JSON it stays as it was typed."""
    start(page, address, size="1", name="-1+1")
    page.keyboard.press("t")
    page.fill(".walk-card textarea", '=HYPERLINK("https://pwned.example";"x")')
    (row,) = csv.DictReader(saved(page, "CSV", tmp_path).open(encoding="utf-8"))
    assert (row["note"], row["reviewer"]) == ('\'=HYPERLINK("https://pwned.example";"x")', "'-1+1")
    review = json.loads(saved(page, "JSON", tmp_path).read_text("utf-8"))
    assert (review["judgements"][0]["note"][0], review["reviewer"]) == ("=", "-1+1")


def test_filters_lead_through_their_questions(page, address, made):
    """The walk of the contradicted has those, in the ledger's order."""
    start(page, address, filter_="outcome:contradicted")
    ids = [n for n, r in made.items() if r["type"] == "question" and r["outcome"] == "contradicted"]
    assert heading(page) == f"Question 1 of {len(ids)}: {ids[0]}"


def test_forget_all(page, address):
    """After “forget all” nothing is left, on the page or in the browser."""
    start(page, address, size="3")
    page.keyboard.press("a")
    page.click("text=Forget all")
    assert page.evaluate("localStorage.getItem('smart-asn-review')") is None
    page.reload()
    assert page.locator(".walk-card h2").count() == 0


def test_two_files_are_compared_as_in_python(page, address, made, tmp_path):
    """Two saved reviews, opened together: agreement, kappa and alpha are those that Python computes."""
    files = []
    for name, keys in (("One", "aadta4aaaa"), ("Two", "aaaaadtaaa")):
        start(page, address, size="10", seed="3", name=name)
        for key in keys:
            page.keyboard.press(key)
            if key == "d":
                page.locator(".choices.outcomes input").first.check()
                page.locator(".walk-card h2").focus()
            page.keyboard.press("n")
        files.append(saved(page, "JSON", tmp_path))
    page.set_input_files(".walk-compare input[type=file]", files)
    page.wait_for_selector("table.by-question")
    found = compare([json.loads(f.read_text("utf-8")) for f in files], made)
    rows = page.locator("table.with-edition tbody tr").all_inner_texts()
    for row, agreement in zip(rows, found.edition, strict=True):
        assert row.split("\t")[2:] == [str(agreement.units), f"{agreement.raw:.3f}", f"{agreement.kappa:.3f}"]
    between = page.inner_text("table.between tbody tr").split("\t")
    assert between[2:] == [f"{found.between[0][2].raw:.3f}", f"{found.between[0][2].kappa:.3f}"]
    assert page.inner_text("p.alpha").endswith(f"{found.alpha:.3f}")


def test_a_review_of_another_build_says_what_changed(page, address, made, tmp_path):
    """A file of another build names the questions that have changed since; what is no review is said to be none."""
    start(page, address, size="3", seed="3", name="One")
    for _ in range(3):
        page.keyboard.press("a")
        page.keyboard.press("n")
    path = saved(page, "JSON", tmp_path)
    review = json.loads(path.read_text("utf-8"))
    review["build"], changed = "f" * 16, review["judgements"][1]
    changed["digest"] = "0" * 16
    path.write_text(json.dumps(review), "utf-8")
    other = tmp_path / "other.json"
    other.write_text("[]", "utf-8")
    page.set_input_files(".walk-compare input[type=file]", [path, other])
    page.wait_for_selector("table.by-question")
    text = page.inner_text(".walk-compare")
    assert f"have changed since: {changed['question']}." in text
    assert "other.json: this is no review" in text
    assert page.locator("table.by-question tbody tr").count() == 2


def test_the_protocol_prints(page, address, made):
    """On paper stands the protocol alone: checksum, date, name, and each answer with its note."""
    start(page, address, size="3", seed="3", name="A. Reviewer")
    page.keyboard.press("a")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    text = page.inner_text(".protocol")
    build = page.evaluate("desk.build")
    assert f"Checksum of the build: {build}" in text
    assert "Reviewer: A. Reviewer" in text and "a sample of 3 with the seed 3" in text
    assert page.locator(".protocol tbody tr").count() == 1
    assert not page.locator(".walk-card").is_visible() and not page.locator(".site-header").is_visible()
    assert page.evaluate("document.querySelector('.protocol').scrollWidth <= innerWidth")


def test_a_tick_opens_what_stands_there(page, address):
    """A tick of the strip, chosen by keyboard, opens the list of what stands on its lines, at its place."""
    page.goto(f"{address}coverage.html")
    tick = page.locator(".ticks a.contradicted").first
    tick.focus()
    page.keyboard.press("Enter")
    place = tick.get_attribute("href")
    page.wait_for_selector(f"{place}:visible")
    assert page.locator(f"{place} a[href^='claims/k']").count() >= 1


@pytest.mark.skipif(not AXE.exists(), reason="axe is not installed: make check-pages installs it")
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("blind", [False, True])
def test_the_walk_is_accessible(browser, address, width, blind):
    """axe finds nothing in the walk in any of its states, and no page is wider than a phone."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    start(page, address, blind=blind, size="5")
    page.keyboard.press("t" if blind else "d")
    assert complaints(page) == []
    context.close()


# The reader's own copy --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def article_pages(shipped, article):
    """The article's lines by printed page, where its text is at hand; the files made of them live in a temporary folder."""
    lines = article.splitlines()
    return [lines[p.first_line - 1 : p.last_line] for p in shipped.pages.itertuples()]


@pytest.fixture
def opened(page, address, tmp_path):
    """Open a file of some content on the page, and return what it says of it."""

    def put(content: bytes, name: str = "copy.pdf", place: str = "") -> str:
        page.goto(f"{address}your-copy.html?place={place}")
        path = tmp_path / name
        path.write_bytes(content)
        page.set_input_files("#own-copy input[type=file]", path)
        page.wait_for_function(
            "name => document.querySelector('.copy-status').textContent.startsWith(`${name}: `)", arg=name
        )
        return page.inner_text(".copy-status").removeprefix(f"{name}: ")

    return put


def test_each_unusable_file_has_its_sentence(page, opened):
    """Broken, locked, without text, too long, another document: one clear sentence each, and no pages."""
    other = [["lain kata turun hujan sekali " * 4] * 30] * 3
    assert opened(b"%PDF-1.4\nnothing", "a.pdf") == "it is broken, or no PDF at all."
    assert opened(locked(pdf(other)), "b.pdf") == "it needs a password; save a copy of it without one."
    assert opened(pdf([[]] * 22), "c.pdf").startswith("it has no text, only pictures of pages")
    assert opened(pdf([["x"]] * 300), "d.pdf").startswith("it has 300 pages, and the article 22")
    assert opened(printed(other), "e.pdf").startswith("this is not the article; 0 of ")
    assert opened(b"\xff\xfe\x00", "f.txt") == "neither a PDF nor a text in UTF-8."
    assert not page.locator(".copy-frame").is_visible()


@pytest.fixture(scope="module")
def anchor_pages(shipped):
    """What stands for the article: its anchors, page by page."""
    wanted = anchors(shipped)
    return [[a.words for a in wanted if a.page == page] for page in shipped.pages["page"]]


DOTS = """(picture) => {
  const dots = new OffscreenCanvas(2, 1).getContext("2d", { willReadFrequently: true });
  dots.drawImage(picture, 0, 0, 2, 1);
  return [0, 1].map((x) => dots.getImageData(x, 0, 1, 1).data[0]);
}"""
"""The brightness of a page's left and of its right half."""


@pytest.mark.parametrize("form", SCANS)
def test_a_scan_is_shown(page, opened, anchor_pages, form):
    """A scan as JBIG2 or as JPEG 2000 is drawn, though the site's policy allows no WebAssembly, and its words are marked."""
    said = opened(pdf(anchor_pages, form))
    assert said.endswith("0 nearly, 0 not")
    page.wait_for_function(f"() => String(({DOTS})(document.querySelector('.copy-page canvas'))) === '0,255'")
    assert page.locator(".copy-page .page-mark").count() > 0
    assert "could not be shown" not in page.inner_text(".copy-pages")
    assert "wasm" not in page.evaluate(
        "document.querySelector('[http-equiv=Content-Security-Policy]').content"
    )


def test_a_picture_that_cannot_be_read(page, opened, anchor_pages):
    """Where a page's picture cannot be read, a sentence says so, and the words are marked all the same."""
    opened(pdf(anchor_pages, "no picture at all"))
    page.wait_for_selector(
        "text=A picture on this page could not be shown; its words were read all the same."
    )
    assert page.locator(".copy-page .page-mark").count() > 0


@pytest.mark.parametrize("form", ["printed", "reflowed", "hyphenated", "damaged", "text"])
def test_a_copy_is_marked_as_python_finds_it(page, opened, shipped, article_pages, tmp_path, form):
    """On a copy set like the print, reflowed, hyphenated, badly recognised or as text, the page finds what Python does."""
    content = {
        "printed": lambda: printed(article_pages),
        "reflowed": lambda: reflowed(article_pages),
        "hyphenated": lambda: reflowed(article_pages, hyphens=1 / 3),
        "damaged": lambda: printed(damaged(article_pages)),
        "text": lambda: "\f".join("\n".join(lines) for lines in article_pages).encode(),
    }[form]()
    name = "copy.txt" if form == "text" else "copy.pdf"
    said = opened(content, name)
    states = Counter(m.state for m in verify(shipped, tmp_path / name, Language("en")))
    assert (
        said == f"{states[FOUND]} of {states.total()} found, {states[NEARLY]} nearly, {states[NOT_FOUND]} not"
    )
    assert states[NOT_FOUND] == 0
    assert (states[NEARLY] > 0) == (form == "damaged")
    page.select_option(".copy-side select", "")
    marked = page.evaluate("new Set([...document.querySelectorAll('.page-mark')].map((m) => m.title)).size")
    assert marked > 0.7 * states.total()


def test_a_mark_stands_on_its_words(page, opened, article_pages):
    """A mark lies within its page, on the line of its words; a click opens its card, and the card leads back."""
    opened(printed(article_pages), place="k216")
    page.wait_for_selector(".copy-card b:text-is('K216')")
    mark = page.locator(".page-mark[aria-current]").first
    box, sheet = mark.bounding_box(), mark.locator("xpath=..").bounding_box()
    assert sheet["x"] <= box["x"] and box["x"] + box["width"] <= sheet["x"] + sheet["width"] + 1
    assert box["height"] < 0.03 * sheet["height"]
    page.wait_for_selector(".copy-page canvas")
    assert page.get_attribute(".copy-card a", "href") == "claims/k216.html"
    other = page.locator(".page-mark.contradicted").first
    other.evaluate("(mark) => mark.click()")
    assert page.locator(".copy-card .outcome.contradicted").count() == 1
    page.click(".copy-card button")


@pytest.mark.skipif(not AXE.exists(), reason="axe is not installed: make check-pages installs it")
@pytest.mark.parametrize("width", [360, 1280])
def test_the_copy_is_accessible(browser, address, article_pages, tmp_path, width):
    """axe finds nothing on the page with a copy open, and it is no wider than a phone."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{address}your-copy.html?place=k216")
    path = tmp_path / "copy.pdf"
    path.write_bytes(printed(article_pages))
    page.set_input_files("#own-copy input[type=file]", path)
    page.wait_for_selector(".copy-card b")
    assert complaints(page) == []
    context.close()


# Coding a regency -------------------------------------------------------------------------------------------


def test_a_regency_coded_by_keyboard(page, address, shipped, tmp_path):
    """Fifty measures by keys, one coded otherwise than the edition has it; a reload loses nothing; the comparison shows
    the difference and what would change, and the file has the form of a coding pass."""
    page.goto(f"{address}code-a-regency.html")
    page.select_option("#coding select", "pati")
    codes = list(shipped.codebook["code"])
    stated = set(shipped.part("evidence", "regency", "pati", "code")["code"])
    own = stated ^ {"PLN07"}
    assert page.locator(".coding-foot button.main").is_disabled()
    page.evaluate("document.activeElement.blur()")
    for number, code in enumerate(codes):
        page.keyboard.press("y" if code in own else "n")
        if number == 20:
            page.reload()
            page.click("text=Next open one")
    assert page.inner_text(".coding-foot .progress") == "50 of 50 coded"
    page.click(".coding-foot button.main")
    rows = page.locator("table.coding-differ tbody tr").all_inner_texts()
    assert len(rows) == 1 and rows[0].startswith("PLN07")
    assert "K216" in page.inner_text("table.coding-outcomes")
    assert page.locator("table.coding-outcomes .outcome.no-basis-given").count() == 2
    settled = page.locator("table.coding-agreement tbody tr").last.inner_text().split("\t")
    assert settled[1:3] == ["1", "0.980"]
    with page.expect_download() as waiting:
        page.click("#coding button:has-text('CSV')")
    path = tmp_path / "coding.csv"
    waiting.value.save_as(path)
    made = list(csv.DictReader(path.open(encoding="utf-8")))
    assert list(made[0]) == list(shipped.pass_1.columns)
    assert {row["code"] for row in made if row["present"] == "true"} == own and len(made) == 50
    page.click("#coding button:has-text('Forget all')")
    assert page.inner_text(".coding-foot .progress") == "0 of 50 coded"


@pytest.mark.skipif(not AXE.exists(), reason="axe is not installed: make check-pages installs it")
@pytest.mark.parametrize("width", [360, 1280])
def test_the_coding_is_accessible(browser, address, width):
    """axe finds nothing on the page of the coding, and it is no wider than a phone."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{address}code-a-regency.html")
    page.wait_for_selector(".coding-entry")
    assert complaints(page) == []
    context.close()
