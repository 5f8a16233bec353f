"""The PDF of an edition: tags, bookmarks, language and title, texts in place of figures, the same bytes every time."""

from io import BytesIO

import pytest
from browser import CHROMIUM
from check_books import elements, lacks
from pypdf import PdfReader, PdfWriter

from smart_asn.exports.epub import COVER
from smart_asn.exports.offered import certificate_files, certificate_name, forms_of_the_book, pdf_name
from smart_asn.exports.pdf import PdfError, finished, one_page, undated
from smart_asn.exports.reading import Chapter
from smart_asn.language import Language
from smart_asn.pipeline import books
from smart_asn.pipeline.publish import EDITIONS, manifest, pages_of
from smart_asn.places import ROOT, SITE
from smart_asn.publication import publication

TABLE = "<table><thead><tr><th>Name</th></tr></thead><tbody><tr><td>Pati</td></tr></tbody></table>"
CHAPTERS = [
    Chapter("index", "Six", 0, '<h1>Six</h1><p>See <a href="book:a/b#k001">B</a>, <a href="#top">top</a>.</p><p id="top">x</p>'),
    Chapter("a/b", "B", 0, f'<h1>B</h1><details><summary>Asked?</summary><p id="k001">Answered so</p></details>{TABLE}'
            '<img src="picture:_static/figures/cover.png" alt="A map of six places"/>', "Part"),
]  # fmt: skip
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060f80f0001040100"
    "5f7a5d3d0000000049454e44ae426082"
)
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="no Chromium")


@pytest.fixture(scope="module")
def prints(tmp_path_factory):
    """The same small book printed twice as the project prints: each time until two prints by Chromium agree."""
    folder = tmp_path_factory.mktemp("print")
    (folder / COVER).parent.mkdir(parents=True)
    (folder / COVER).write_bytes(PIXEL)
    page = folder / "page.html"
    styles = (ROOT / "book/_reading").as_uri()
    page.write_text(one_page(CHAPTERS, folder.as_uri(), styles, Language("id")), "utf-8")
    made = [finished(books.print_page(page), "Judul", Language("id")) for _ in range(2)]
    for number, pdf in enumerate(made):
        (folder / f"{number}.pdf").write_bytes(pdf)
    return [folder / f"{number}.pdf" for number in range(2)]


@needs_chromium
@pytest.mark.slow
def test_two_prints_are_the_same_bytes(prints):
    """Nothing in the file tells when or where it was printed."""
    first, second = (path.read_bytes() for path in prints)
    assert first == second
    assert str(prints[0].parent).encode() not in first


@needs_chromium
@pytest.mark.slow
def test_a_print_has_what_a_tagged_pdf_needs(prints):
    """Language, title, tags, bookmarks and the figure's text are there; every fold is open."""
    reader = PdfReader(prints[0])
    assert lacks(reader, "id") == []
    assert reader.metadata.title == "Judul"
    assert [str(e["/Alt"]) for e in elements(reader) if e["/S"] == "/Figure"] == ["A map of six places"]
    assert [mark.title for mark in reader.outline if not isinstance(mark, list)][-2:] == ["Six", "B"]
    assert "Answered so" in "".join(page.extract_text() for page in reader.pages)


@needs_chromium
@pytest.mark.slow
def test_what_a_pdf_lacks_is_said(prints, tmp_path):
    """A PDF without language, figure texts and bookmarks does not pass."""
    writer = PdfWriter(clone_from=PdfReader(prints[0]))
    del writer.root_object["/Lang"], writer.root_object["/Outlines"]
    for element in objects(writer):
        element.pop("/Alt", None)
    writer.write(tmp_path / "bad.pdf")
    assert lacks(PdfReader(tmp_path / "bad.pdf"), "id") == [
        "its language is None; expected id",
        "a figure has no text in its place",
        "it has no bookmarks",
    ]


def objects(writer):
    """Every dictionary among a writer's own objects."""
    return [o for o in writer._objects if isinstance(o, dict)]


def test_tags_are_numbered_by_the_book():
    """Two prints whose tags have other numbers in the same order are the same, and nothing else of them changes."""
    one, other = (
        b"/ID (node%08d) /Headers [ (node%08d) (node%08d) ] node%08d" % (b, a, b, c)
        for a, b, c in ((6, 51, 7), (27, 1030, 7))
    )
    assert (
        undated(one)
        == undated(other)
        == b"/ID (node00000002) /Headers [ (node00000001) (node00000002) ] node00000007"
    )


def test_a_pdf_without_tags_is_an_error():
    """What an old browser prints is refused, with what it lacks."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    with pytest.raises(
        PdfError, match=r"without /StructTreeRoot, /MarkInfo, /Outlines; a newer Chromium is needed"
    ):
        finished(_bytes(writer), "x", Language("en"))


def _bytes(writer):
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def test_ids_of_the_chapters_do_not_meet():
    """Each chapter's ids are its own, and links follow them."""
    made = one_page(CHAPTERS, "file:///pages", "file:///styles", Language("en"))
    assert 'href="#a-b--k001"' in made and 'id="a-b--k001"' in made
    assert 'href="#index--top"' in made and 'id="index--top"' in made
    assert '<details open="open">' in made
    assert 'src="file:///pages/_static/figures/cover.png"' in made


def test_a_chapter_alone_has_no_contents_and_no_links_out():
    """The certificate is a document of its own: no title page, and links to other chapters are text."""
    made = one_page(CHAPTERS[:1], "file:///pages", "file:///styles", Language("en"), "Six")
    assert "<nav" not in made and "title-page" not in made
    assert "a-b--k001" not in made


@pytest.mark.parametrize("language", ["en", "id"])
def test_only_what_is_there_is_offered(tmp_path, language):
    """The landing page offers EPUB and PDF as far as they exist, the certificate's page its own files."""
    speak, folder = Language(language), tmp_path / language
    folder.mkdir()
    assert forms_of_the_book(folder, speak) == ""
    assert certificate_files(folder, speak) == ""
    (folder / pdf_name(language)).write_bytes(b"x" * 2_340_000)
    shown = forms_of_the_book(folder, speak)
    assert f'href="six-regencies-{language}.pdf"' in shown and "EPUB" not in shown
    assert ("2.3 MB" if language == "en" else "2,3 MB") in shown
    (folder / certificate_name(language)).write_bytes(b"x")
    (tmp_path / "codecheck.yml").write_bytes(b"x")
    assert "codecheck.yml" in certificate_files(folder, speak)


def test_a_pdf_of_other_pages_is_not_offered(tmp_path, monkeypatch):
    """A PDF comes into the site only as long as the pages are those that it was printed of."""
    monkeypatch.setattr(books, "PDF", tmp_path / "pdf")
    books.PDF.mkdir()
    listed, site = tmp_path / "en.txt", tmp_path / "site"
    listed.write_text("pages as printed", "utf-8")
    (books.PDF / "en.txt").write_text(books.seal(listed), "utf-8")
    (books.PDF / pdf_name("en")).write_bytes(b"pdf")
    for text, there in (("pages as printed", True), ("other pages", False)):
        listed.write_text(text, "utf-8")
        folder = site / text / "en"
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(f"<ul>{books.OFFERED}</ul>", "utf-8")
        books.add_books(site / text, "en", listed)
        assert (folder / pdf_name("en")).exists() == there
        assert ("PDF" in (folder / "index.html").read_text("utf-8")) == there


@needs_chromium
@pytest.mark.slow
@pytest.mark.parametrize("language", EDITIONS)
def test_a_built_pdf_printed_again_has_the_same_bytes(tmp_path, monkeypatch, language):
    """The certificate of the site, the shorter of an edition's two PDFs, is the same when it is printed anew."""
    printed = SITE / language / certificate_name(language)
    if not printed.exists():
        pytest.skip("no PDF was printed: make pdf")
    every = books.chapters_to_read
    monkeypatch.setattr(books, "PDF", tmp_path)
    monkeypatch.setattr(
        books, "chapters_to_read", lambda *of: [c for c in every(*of) if c.place == books.CERTIFICATE]
    )
    books.write_pdfs(pages_of(language), manifest(language), Language(language), publication().address)
    assert (tmp_path / certificate_name(language)).read_bytes() == printed.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("language", EDITIONS)
def test_the_built_pdfs_are_tagged(language):
    """The PDFs on the site have what a tagged PDF needs, and a bookmark for each chapter. ``make pdf`` prints them."""
    found = sorted((SITE / language).glob("*.pdf"))
    if not found:
        pytest.skip("no PDF was printed: make pdf")
    assert [path.name for path in found] == [certificate_name(language), pdf_name(language)]
    for path in found:
        assert lacks(PdfReader(path), language) == []
    titles = {str(mark.title) for mark in PdfReader(found[1]).outline if not isinstance(mark, list)}
    assert {"Tapin", "Blitar"} <= titles
