"""Both editions are the same book: pages, anchors, figures, tables, statements, outcomes and numbers."""

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from smart_asn.data import load
from smart_asn.language import LANGUAGES
from smart_asn.ledger import gather, recorded_regencies
from smart_asn.places import SITE
from smart_asn.site.editions import NAMES, alternates, entry_page, siblings
from smart_asn.site.search import core

ENGLISH = re.compile(r"\b(the|of|is|are|was|with|for|not|by|from|that|this)\b", re.I)
ADDRESS = re.compile(r"https?://\S+|\b10\.\d{4,}/\S+")
OWN_WORDS = "q, pre, code, script, style, a[href^='http'], .expansion, .bibliography, dl.citation, div.citation, [lang=en]"
"""What is the same in both editions, and so in another language than the edition's: quotations, code, works."""


def chapters(language: str) -> dict[str, Path]:
    """The pages of an edition by their address; skipped where the book has not been built."""
    folder = SITE / language
    if not folder.exists():
        pytest.skip("the book has not been built; run `make book` first")
    found = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*.html"))}
    return {name: path for name, path in found.items() if not name.startswith("_static")}


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def text(page: BeautifulSoup) -> str:
    """The words of a page's text that the edition itself says."""
    main = page.find("article") or page.body
    for element in main.select(OWN_WORDS):
        element.extract()
    return main.get_text(" ")


def numbers(text: str, language: str) -> Counter:
    """The numbers of a text, whatever marks the language writes in them; addresses are no numbers."""
    thousands = "," if language == "en" else r"\."
    text = re.sub(rf"(?<=\d){thousands}(?=\d\d\d(?!\d))", "", ADDRESS.sub(" ", text))
    return Counter(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d)", ".", text)))


def without(text: str, names: list[str]) -> str:
    """The text without the titles of works, which keep their language."""
    for name in filter(None, names):
        text = text.replace(name, "")
    return text


def pairs() -> list:
    """The chapters that both editions should have, from the contents."""
    from smart_asn.pipeline.source import table_of_contents

    return [f"{slug}.html" for slug in table_of_contents()]


def test_both_editions_have_the_same_pages():
    """Every page of one edition is in the other."""
    assert chapters("en").keys() == chapters("id").keys()
    assert set(pairs()) <= chapters("id").keys()


@pytest.mark.parametrize("name", pairs())
def test_both_editions_have_the_same_places(name):
    """Every anchor, heading, figure, table and row of one edition is in the other, in the same order."""
    english, indonesian = ([e["id"] for e in soup(chapters(c)[name]).find_all(id=True)] for c in ("en", "id"))
    assert english == indonesian


@pytest.mark.parametrize("name", pairs())
def test_both_editions_give_the_same_numbers(name):
    """Prose, tables, cards and captions of both editions have the same numbers, each written its way; files their size."""
    texts = {c: re.sub(r"[\d.,]+ MB", "", text(soup(chapters(c)[name]))) for c in ("en", "id")}
    english, indonesian = (numbers(texts[c], c) for c in ("en", "id"))
    assert english - indonesian == Counter()
    assert indonesian - english == Counter()


@pytest.mark.parametrize("name", pairs())
def test_both_editions_give_the_same_outcomes(name):
    """Cards, badges and marks follow each other in the same order, with the same outcomes."""
    english, indonesian = (
        [" ".join(e["class"]) for e in soup(chapters(c)[name]).select(".outcome, details.card, a.mark")]
        for c in ("en", "id")
    )
    assert english == indonesian


def test_the_notebooks_of_both_editions_record_the_same():
    """Questions, outcomes, evidence and results that the executed notebooks record are the same in both."""
    chapters("id")
    data = load()
    assert gather(data, "en") == gather(data, "id")
    assert recorded_regencies(data, "en") == recorded_regencies(data, "id")


@pytest.mark.parametrize("name", pairs())
def test_the_indonesian_edition_speaks_indonesian(name):
    """No English sentence is left in its text, its labels or the alternatives of its pictures."""
    page = soup(chapters("id")[name])
    main = page.find("article") or page.body
    labels = [e[k] for e in main.find_all(True) for k in ("alt", "aria-label", "placeholder") if e.get(k)]
    text(page)
    works = sorted(load().sources["title_id"], key=len, reverse=True)
    said = [without(ADDRESS.sub("", t), works) for t in main.find_all(string=True)]
    words = [t for t in said if len(set(ENGLISH.findall(t))) > 1]
    assert [t.strip() for t in words] == []
    assert [label for label in labels if len(set(ENGLISH.findall(label))) > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_its_language_and_leads_to_the_same_page_in_the_other(language):
    """``lang`` and the plain links of the switch, with their ``hreflang``, are right, and the links exist."""
    for name, path in chapters(language).items():
        page = soup(path)
        assert page.html["lang"] == language
        links = {a["hreflang"]: a["href"] for a in page.select(".editions a[hreflang]")}
        assert links.keys() == set(LANGUAGES), name
        for code, link in links.items():
            assert (path.parent / link).resolve() == (SITE / code / name).resolve()


@pytest.mark.parametrize(
    ("place", "links"),
    [
        ("ledger", ["../en/ledger.html", "../id/ledger.html"]),
        ("regencies/tapin", ["../../en/regencies/tapin.html", "../../id/regencies/tapin.html"]),
    ],
)
def test_siblings(place, links):
    """A page's editions are found from where it lies."""
    assert [s.link for s in siblings(place)] == links


def test_alternates_are_full_addresses_where_the_sites_is_known():
    """A search engine is given the address of each edition."""
    assert alternates("regencies/tapin", ("id",), "https://example.org/book") == (
        '<link rel="alternate" hreflang="id" href="https://example.org/book/id/regencies/tapin.html">'
    )
    assert alternates("regencies/tapin", ("id",)) == ""


def test_the_entry_page_offers_both_editions_and_leaves_the_choice_to_the_reader():
    """Both are plain links; nothing sends a reader on without scripts, and no script stands in the page."""
    page = BeautifulSoup(entry_page(LANGUAGES), "html.parser")
    assert {a["hreflang"]: a.text for a in page.select("a")} == NAMES
    assert page.find("meta", attrs={"http-equiv": re.compile("refresh", re.I)}) is None
    assert all(script.get("src") and not script.text for script in page.find_all("script"))


@pytest.fixture(scope="module")
def browser():
    """A headless Chromium that reaches no host but this machine; skipped where there is none."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    chapters("id")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def site():
    """The built site, served on this machine."""
    import functools
    import http.server
    import threading

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args):
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize(
    ("locale", "edition"), [("id-ID", "id"), ("en-GB", "en"), ("fr-FR", "en"), ("in", "id")]
)
def test_the_entry_page_opens_the_edition_of_the_browsers_language(browser, site, locale, edition):
    """Indonesian browsers come to the Indonesian edition, all others to the English one."""
    page = browser.new_context(locale=locale).new_page()
    page.goto(f"{site}/index.html")
    page.wait_for_url(f"{site}/{edition}/index.html")


def test_a_switch_keeps_the_place_and_is_remembered(browser, site):
    """From a statement in the ledger the switch leads to the same one in the other edition, which the root then opens."""
    page = browser.new_context(locale="en-GB").new_page()
    page.goto(f"{site}/en/ledger.html#k017")
    page.evaluate("document.querySelector('.editions a[hreflang=id]').click()")
    page.wait_for_url(f"{site}/id/ledger.html#k017")
    page.goto(f"{site}/index.html")
    page.wait_for_url(f"{site}/id/index.html")


def test_notebooks_to_take_away_speak_the_editions_language():
    """In every notebook of the Indonesian edition each piece of prose is another than in English, but for names."""
    for path in sorted((SITE / "en/_static/executed").rglob("*.ipynb")):
        other = SITE / "id/_static/executed" / path.relative_to(SITE / "en/_static/executed")
        english, indonesian = (json.loads(p.read_text("utf-8"))["cells"] for p in (path, other))
        prose = [n for n, cell in enumerate(english) if cell["cell_type"] == "markdown"]
        same = {
            "".join(english[n]["source"]) for n in prose if english[n]["source"] == indonesian[n]["source"]
        }
        names = {f"# {name}" for name in load().regency_names.values()}
        assert same <= names, path.name


@pytest.mark.parametrize(
    "family",
    [
        ("perekrutan", "merekrut", "direkrut", "rekrut"),
        ("pengembangan", "mengembangkan", "dikembangkan"),
        ("penilaian", "menilai", "dinilai", "nilai"),
        ("penyusunan", "menyusun", "disusun", "susun"),
        ("perencanaan", "merencanakan", "rencana"),
        ("kepegawaian", "pegawai"),
        ("kesejahteraan", "sejahtera"),
        ("ditemukan", "menemukan", "penemuan", "temuan"),
        ("diperiksa", "memeriksa", "pemeriksaan", "periksa"),
        ("perbaikan", "memperbaiki", "diperbaiki", "baik"),
        ("pemetaan", "memetakan", "dipetakan", "peta"),
        ("pengodean", "mengodekan", "dikodekan", "kode"),
        ("pengisian", "mengisi", "diisi", "isi"),
        ("pelayanan", "melayani", "layanan"),
    ],
)
def test_words_of_one_root_have_one_core(family):
    """A word's affixes, and the consonant that a prefix melts, do not tell it from its relatives."""
    assert len({core(word) for word in family}) == 1


@pytest.mark.parametrize(
    ("first", "second"), [("pegawai", "pejabat"), ("data", "kata"), ("kinerja", "kerja"), ("peta", "data")]
)
def test_words_of_different_roots_have_different_cores(first, second):
    """What is not one word is not found as one."""
    assert core(first) != core(second)


@pytest.mark.parametrize("word", ["perekrutan", "rekrut", "merekrut", "Perekrutan", "rekru"])
def test_the_search_finds_words_with_other_affixes(browser, site, word):
    """A search in the Indonesian edition finds the results chapter by any form of a word in it."""
    page = browser.new_context().new_page()
    page.goto(f"{site}/id/search.html?q={word}")
    page.wait_for_selector(".search-summary:not(:empty)")
    found = page.eval_on_selector_all("#search-results li a", "links => links.map((a) => a.pathname)")
    assert any(path.endswith("/id/results.html") for path in found)


def test_the_ledger_at_the_root_has_both_languages():
    """What is published beside the editions has each text in both."""
    chapters("en")
    ledger = json.loads((SITE / "ledger.json").read_text("utf-8"))
    assert all(entry["statement_en"] and entry["statement_id"] for entry in ledger["claims"])
    for entry in ledger["questions"]:
        assert all(entry[f"{text}_{code}"] for text in ("asked", "observed") for code in LANGUAGES), entry[
            "question"
        ]
