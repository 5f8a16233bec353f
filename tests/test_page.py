"""The finish of a page: terms, policy, folds; and text from the data that tries to become markup."""

from __future__ import annotations

import base64
import hashlib
import re
import zipfile
from io import BytesIO

import pytest
from bs4 import BeautifulSoup

from smart_asn.language import Language
from smart_asn.markup import COLOURS, Figure, Html, Spot, Table, bullets, joined, link, paragraph
from smart_asn.pipeline.weave import Weaver
from smart_asn.places import ROOT
from smart_asn.site.citation import apa, bibtex, entry, ris, works
from smart_asn.site.front import archive, lost_page, robots, sitemap
from smart_asn.site.html import Term, correct_markup, mark_terms, policy, shorten
from smart_asn.site.metadata import tags

EN, ID = Language("en"), Language("id")
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "](javascript:alert(1))",
    "javascript:alert(1)",
    "--><script>alert(1)</script>",
    "</caption></table><script>alert(1)</script>",
)


def blocks(text: str) -> list[str]:
    """Every kind of block with the text in every place that takes text."""
    row = [text, link("ledger", text, text, title=text), text, text * 4]
    table = Table("t", text, [text] * 4, [row], [text], [{"note": text}])
    figure = Figure("f", "<svg/>", 1, 1, text, text, b"", (Spot("ledger", text, 0, 0, 1, 1),))
    return [
        table._repr_html_(),
        figure._repr_html_(),
        str(bullets([text])),
        str(joined([text, Html("<b>x</b>")])),
        str(paragraph(text)),
        mark_terms("<p>CAT</p>", {"CAT": Term(text, "glossary.html#cat")}),
        tags("", text, text, "en", "cover.png", whole=False),
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_the_data_never_becomes_markup(text):
    """No block lets a text through as an element, an event handler or a script's address."""
    for markup in blocks(text):
        soup = BeautifulSoup(markup, "html.parser")
        assert [s for s in soup.find_all("script") if s.get("type") != "application/ld+json"] == []
        assert soup.find_all(onerror=True) + soup.find_all(onmouseover=True) == []
        assert [a["href"] for a in soup.find_all(href=re.compile("^javascript"))] == []
        assert not [img for img in soup.find_all("img") if img["src"] == "x"]


@pytest.mark.parametrize("text", HOSTILE)
def test_columns_names_on_a_phone_are_the_texts_themselves(text):
    """Each cell of a table of words carries its column's name as it is."""
    row = BeautifulSoup(blocks(text)[0], "html.parser").tbody.tr
    assert [cell["data-label"] for cell in row.find_all("td")] == [text] * 3


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_the_data_is_shown_as_it_is(text):
    """A reader sees the text itself, whatever it looks like."""
    table = BeautifulSoup(Table("t", text, ["h"], [[text]])._repr_html_(), "html.parser")
    assert table.find("th", scope="row").get_text() == text
    assert table.caption.get_text() == text


def test_first_mention_of_a_term_is_explained_once():
    """A term becomes a link at its first mention in running text, not in headings, links, code or quotations."""
    terms = {"CAT": Term("A test.", "glossary.html#term-cat")}
    body = "<h2>CAT</h2><p><q>CAT</q> <code>CAT</code> <a href='x'>CAT</a> SCAT CAT and CAT</p>"
    marked = mark_terms(body, terms)
    assert marked == body.replace(
        "SCAT CAT",
        'SCAT <a class="term" href="glossary.html#term-cat" data-meaning="A test.">CAT</a>',
    )


def test_a_part_of_a_dotted_name_is_no_term():
    """A code such as HD.HCI.OVRL is left whole; a term at a sentence's end is one."""
    marked = mark_terms("<p>HD.HCI.OVRL, and the HCI.</p>", {"HCI": Term("h", "#h")})
    assert marked == '<p>HD.HCI.OVRL, and the <a class="term" href="#h" data-meaning="h">HCI</a>.</p>'


def test_longer_terms_win():
    """«e-SAKIP» is explained as itself, not as «SAKIP»."""
    terms = {"SAKIP": Term("s", "#s"), "e-SAKIP": Term("e", "#e")}
    assert (
        mark_terms("<p>e-SAKIP</p>", terms) == '<p><a class="term" href="#e" data-meaning="e">e-SAKIP</a></p>'
    )


def test_policy_allows_its_inline_scripts_only():
    """The policy names the digest of each inline script, and nothing that would allow another one."""
    digest = base64.b64encode(hashlib.sha256(b"x()").digest()).decode()
    assert policy("x()").split("; ")[1] == f"script-src 'self' 'sha256-{digest}'"
    assert "unsafe" not in policy("x()", styles=["a{}"])


def test_folds_are_valid_markup():
    """The fold of a code cell is named by its word, without paragraphs in a summary."""
    fold = '<summary aria-label="Toggle hidden content">\n<p class="c">Code</p>\n<p class="e">Code</p>\n</summary>'
    assert correct_markup(fold) == "<summary><span>Code</span></summary>"


def test_no_line_ends_within_a_page_number():
    """A page with its number is one piece in a text, not in an attribute, and not in code."""
    body = (
        '<p title="see p. 185">(p. 185), pp. 185–186, hlm. 9, step. 4</p><pre>p. 185</pre><h2>PRISMA-P</h2>'
    )
    whole = '<span class="whole">{}</span>'.format
    assert correct_markup(body) == (
        f'<p title="see p. 185">({whole("p. 185")}), {whole("pp. 185–186")}, {whole("hlm. 9")}, step. 4</p>'
        f"<pre>p. 185</pre><h2>{whole('PRISMA-P')}</h2>"
    )


def test_short_texts_stay_and_long_ones_end_at_a_word():
    """A description is cut at a word and marked."""
    assert shorten("a  b\nc") == "a b c"
    assert shorten("one two three", 9) == "one two…"


def test_figure_is_woven_into_files(small):
    """A figure becomes a light and a dark SVG and a PNG, with its alt text on both pictures."""
    weaver = Weaver(small, [], Language())
    light, dark = COLOURS["accent"]
    figure = Figure(
        "figure-x",
        f'<svg fill="{light}"/>',
        4,
        3,
        "Caption",
        "What to see",
        b"png",
        (Spot("regencies/tapin", "Tapin", 0, 0, 1, 1),),
    )
    soup = BeautifulSoup(weaver.output(figure._repr_html_(), list(figure.blocks), "synthesis"), "html.parser")
    assert [img["alt"] for img in soup.find_all("img")] == ["What to see", "What to see"]
    assert soup.find("svg").a["href"] == "regencies/tapin.html"
    assert weaver.files["figures/figure-x-dark.svg"].decode() == f'<svg fill="{dark}"/>'
    assert weaver.files["figures/figure-x.png"] == b"png"
    assert [a["href"] for a in soup.select(".tools a")] == [
        "#figure-x",
        "_static/figures/figure-x.svg",
        "_static/figures/figure-x.png",
    ]


def test_pages_and_figures_share_their_colours():
    """The style sheet has each colour of the figures, light and dark, under the same name."""
    style = (ROOT / "book/_static/book.css").read_text("utf-8")
    found = dict(re.findall(r"--([\w-]+): light-dark\((#\w+, #\w+)\)", style))
    assert {name: ", ".join(pair) for name, pair in COLOURS.items()}.items() <= found.items()


def test_lost_page_leads_home_from_anywhere():
    """The page for what is not there has full paths, for it is shown at any depth."""
    soup = BeautifulSoup(lost_page(["en"], "https://example.org/book/"), "html.parser")
    assert soup.a["href"] == "/book/en/index.html"


def test_lost_page_speaks_every_language():
    """One page serves all addresses, so it says the same in each language, beside that edition's first page."""
    soup = BeautifulSoup(lost_page(["en", "id"], ""), "html.parser")
    said = {s["lang"]: (s.find(["h1", "h2"]).get_text(), s.a["href"]) for s in soup.find_all("section")}
    assert said == {
        "en": ("There is no such page", "en/index.html"),
        "id": ("Halaman tidak ditemukan", "id/index.html"),
    }


def test_sitemap_and_robots_name_the_site():
    """With an address there are a sitemap of full addresses and a robots file that names it; without, no sitemap."""
    assert "<loc>https://example.org/b/en/a.html</loc>" in sitemap(["en/a.html"], "https://example.org/b/")
    assert "Sitemap: https://example.org/b/sitemap.xml" in robots("https://example.org/b/")
    assert "Sitemap" not in robots("")


def test_archive_is_the_same_for_the_same_files(tmp_path):
    """The data's archive has every file and does not depend on when it was made."""
    (tmp_path / "a.csv").write_text("a\n1\n", "utf-8")
    first = archive(tmp_path)
    (tmp_path / "a.csv").touch()
    assert archive(tmp_path) == first
    assert zipfile.ZipFile(BytesIO(first)).namelist() == ["smart-asn-data/a.csv"]


def test_page_with_an_address_is_canonical():
    """Where the site's address is set a page names its canonical address; where it is not it names none."""
    soup = BeautifulSoup(
        tags("https://example.org/en/a.html", "A", "About a.", "en", "c.png", False), "html.parser"
    )
    assert soup.find("link", rel="canonical")["href"] == "https://example.org/en/a.html"
    without = BeautifulSoup(tags("", "A", "About a.", "en", "c.png", False), "html.parser")
    assert without.find("link", rel="canonical") is None


def test_citations_name_the_article():
    """The article is cited with its journal, volume and pages in each style."""
    article = works()[1]
    assert "  pages = {175--196}" in bibtex(article, EN)
    assert {"TY  - JOUR", "SP  - 175", "EP  - 196", "ER  - "} <= set(ris(article).splitlines())
    assert apa(article, EN).startswith("Dumalang, G. V. (2021). ")
    assert apa(article, EN).endswith(" Jurnal Administrasi Publik, XVII, 175–196.")


def test_citations_speak_the_editions_language():
    """In the Indonesian edition no English word of the sentence is left; a name and a journal stay."""
    edition, article = works("https://example.org/id")
    part = entry(edition, "K001", "Pernyataan K001", "Bukunya", "0.1.0", "https://example.org/id/k001")
    assert apa(part, ID) == (
        f"Para kontributor edisi ini. ({edition.year}). Pernyataan K001. Dalam Bukunya (Versi 0.1.0) "
        "[Buku yang dapat dijalankan]. https://example.org/id/k001"
    )
    assert apa(article, ID).startswith("Dumalang, G. V. (2021). Artikel tentang enam kabupaten")
    assert "note = {Versi 0.1.0}" in bibtex(part, ID)
    words = " ".join(text for work in (edition, article, part) for text in [apa(work, ID)])
    assert not re.search(r"\b(In|Version|Executable|book|The|contributors|Article on|and)\b", words)
