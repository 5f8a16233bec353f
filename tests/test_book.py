"""The built book: complete, linked, described, and one with its ledger. ``make book`` builds it."""

import csv
import json
from collections import Counter

import pytest
from built import Site, content, in_edition, inside, mismatches, missing_links
from links import broken_links
from PIL import Image

from smart_asn.language import Language
from smart_asn.outcomes import FACTS, NO_FACT, OUTCOMES
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
    for chapter in table_of_contents():
        page = f"{language}/{chapter}.html"
        path, _ = site.target(page, site.pages[page].find("meta", property="og:image")["content"])
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
        for word in ("<!-- ", 'href="book:', 'href="claim:', "data-number=", "{{ ")
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
            if "frame" not in table.parent["class"]:  # as what a reader's own cell shows of a DataFrame
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
    """All editions have the same pages, and questions, statements and evidence have the same addresses in each."""
    first, *others = [
        {
            (p.split("/", 1)[1], i)
            for p in of(site, code)
            for i in ["", *(i for i in site.ids[p] if i[1:].isdigit())]
        }
        for code in EDITIONS
    ]
    assert all(other == first for other in others)


# Questions, statements, sources -----------------------------------------------------------------------------


def test_questions_ledger_cards_and_marks_match(site, language, shipped):
    """Every question has its entry in ledger.json, its card in its chapter and in the ledger, and every statement that
    is checked a mark in the prose: all with the same outcomes; nothing else has."""
    assert mismatches(site, language, list(shipped.questions["question"])) == []


def test_every_statement_is_published(site, shipped):
    """ledger.json has every statement, in reading order, with the lines and the question of the data."""
    kept = ("claim", "first_line", "last_line", "question", "kind", "scope", "asserted")
    assert [tuple(c[k] for k in kept) for c in site.ledger] == list(
        shipped.claims[list(kept)].itertuples(index=False, name=None)
    )


def test_links_in_both_directions(site, language, shipped):
    """From a question's cards to its cell and its sources, and from each source back."""
    owner = dict(zip(shipped.evidence["evidence"], shipped.evidence["regency"], strict=True))
    assert missing_links(site, language, owner) == []


def test_what_is_told_is_listed(site, language, shipped):
    """A statement that is no question of fact has its row in the list, with what it says."""
    told = shipped.claims[shipped.claims["question"] == ""].set_index("claim")[f"statement_{language}"]
    rows = site.pages[f"{language}/ledger.html"].select("#table-told tbody tr[id]")
    shown = {r["id"].upper(): " ".join(r.get_text(" ").split()) for r in rows}
    assert list(shown) == list(told.index)
    assert [c for c in told.index if not _says(shown[c], told[c])] == []


def _says(shown: str, text: str) -> bool:
    """Whether a text stands in what a page shows, whatever spaces links and italics leave."""
    return "".join(text.split()) in "".join(shown.split())


def test_contradicted_has_its_kindest_reading(site, language):
    """Whatever is contradicted shows the kindest reading and why it fails, in the edition's language."""
    lacking = []
    for entry in site.ledger:
        if entry["outcome"] == "contradicted":
            page, place = in_edition(entry["cell"], language).split("#")
            kindest = entry[f"kindest_{language}"]
            shown = site.pages[page].find(id=place).get_text(" ")
            if not kindest or not _says(shown, kindest):
                lacking.append(entry["claim"])
    assert lacking == []


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
    """Every erratum is in the list, and leads to the card of its statement where a question checks that."""
    page = f"{language}/errata.html"
    asked = dict(zip(shipped.claims["claim"], shipped.claims["question"], strict=True))
    for row in shipped.errata.itertuples():
        shown = site.pages[page].find(id=row.erratum.lower())
        assert row.anchor in shown.get_text(" ", strip=True)
        if row.claim and asked[row.claim]:
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


def test_csv_and_json_say_the_same(language):
    """Each edition's CSV files have the rows and columns of its ledger.json, in its language."""
    ledger = json.loads((SITE / language / "ledger.json").read_text("utf-8"))
    assert ledger["language"] == language
    for file, entries, key in (
        ("ledger.csv", ledger["claims"], "claim"),
        ("ledger-questions.csv", ledger["questions"], "question"),
    ):
        with (SITE / language / file).open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened))
        kept = (key, "outcome", "outcome_word", "cell")
        assert [[r[k] for k in kept] for r in rows] == [[e[k] for k in kept] for e in entries]
        assert list(rows[0]) == list(entries[0])
        assert {e["outcome_word"] for e in entries} == {Language(language)(e["outcome"]) for e in entries}
        assert all(not e["cell"] or e["cell"].startswith(f"{language}/") for e in entries)


def test_the_editions_publish_the_same_outcomes(site):
    """But for words and addresses, every edition publishes the same ledger as the site's root."""
    own = ("outcome_word", "cell", "language")

    def bare(entries):
        return [{k: v for k, v in e.items() if k not in own} for e in entries]

    for code in EDITIONS:
        ledger = json.loads((SITE / code / "ledger.json").read_text("utf-8"))
        assert bare(ledger["claims"]) == bare(site.ledger)
        assert bare(ledger["questions"]) == bare(site.questions)


def test_what_was_counted_rests_on_something(site):
    """A question that was counted from the coding or read in the article, and observed anything, names its places."""
    lacking = [
        q["question"]
        for q in site.questions
        if q["how"] in ("counted", "read", "looked up")
        and q["outcome"] in ("supported", "partly supported")
        and not [*q["evidence"], *q["passages"], *q["sources"], *q["searches"]]
    ]
    assert lacking == []


def test_the_ledger_counts_its_questions(site, language):
    """The table of outcomes has, by kind of statement and in all, the numbers of ledger.json."""
    kinds = {c["claim"]: c["kind"] for c in site.ledger}
    found = Counter((kinds[q["claims"][0]], q["outcome"]) for q in site.questions)
    pages = [s for s in of(site, language).values() if s.find(id="table-outcome-counts")]
    assert pages
    outcomes = [o for o in OUTCOMES if o != NO_FACT]
    for page in pages:
        rows = page.select("#table-outcome-counts tbody tr")
        shown = [[int(td.get_text().replace("–", "0")) for td in r.find_all("td")] for r in rows]
        expected = [[found[kind, o] for o in outcomes] for kind in FACTS]
        expected.append([sum(column) for column in zip(*expected, strict=True)])
        assert shown == [[*row, sum(row)] for row in expected]
        assert shown[-1][-1] == len(site.questions)
