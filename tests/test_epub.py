"""The EPUB of an edition: what a reader's program needs of it, and the same bytes every time."""

import xml.etree.ElementTree as ElementTree
import zipfile
from io import BytesIO
from posixpath import dirname, join, normpath

import pytest

from smart_asn.exports.epub import COVER, contents, epub, epub_name
from smart_asn.exports.reading import INTERACTIVE, Chapter
from smart_asn.language import Language
from smart_asn.pipeline.publish import EDITIONS
from smart_asn.pipeline.source import table_of_contents
from smart_asn.places import SITE

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
CHAPTERS = [
    Chapter("index", "Six & more", 0, '<h1>Six</h1><a href="book:a/b#k001">x</a>'),
    Chapter("a", "A", 0, "<h1>A</h1>", "Part one"),
    Chapter("a/b", "B", 1, '<h1 id="k001">B</h1><img src="picture:_static/figures/f.svg" alt="y"/>', "", ("_static/figures/f.svg",)),
    Chapter("c", "C", 0, "<h1>C</h1>"),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """An edition's pages with the pictures of the chapters."""
    for path in (COVER, "_static/figures/f.svg"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(path.encode())
    return tmp_path


def files(made):
    """The files of an EPUB by their paths, in their order."""
    with zipfile.ZipFile(BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_its_first_bytes_name_its_kind(folder):
    """The file mimetype comes first and is not compressed."""
    made = epub(CHAPTERS, folder, Language("en"))
    assert made[30:58] == b"mimetypeapplication/epub+zip"
    assert next(iter(files(made))) == "mimetype"


def test_the_same_chapters_give_the_same_bytes(folder):
    """Two EPUBs of the same chapters are the same file; another text gives another."""
    first, second = (epub(CHAPTERS, folder, Language("en")) for _ in range(2))
    assert first == second
    other = [*CHAPTERS[:-1], Chapter("c", "C", 0, "<h1>Other</h1>")]
    assert epub(other, folder, Language("en")) != first


def test_links_and_pictures_lead_to_its_files(folder):
    """A link to a chapter leads to its file, a picture to the picture."""
    made = files(epub(CHAPTERS, folder, Language("en")))
    assert b'href="a-b.xhtml#k001"' in made["book/index.xhtml"]
    assert b'src="pictures/f.svg"' in made["book/a-b.xhtml"]
    assert made["book/pictures/f.svg"] == b"_static/figures/f.svg"


def test_the_contents_are_a_tree():
    """A part has its chapters below it, and a chapter its sections."""
    first, part = contents(CHAPTERS)
    assert (first.title, first.file) == ("Six & more", "index.xhtml")
    assert (part.title, part.file, [n.title for n in part.below]) == ("Part one", "", ["A", "C"])
    assert [n.file for n in part.below[0].below] == ["a-b.xhtml"]


@pytest.mark.parametrize("language", ["en", "id"])
def test_its_metadata_speak_the_language(folder, language):
    """Title, language and what is said of accessibility are the edition's."""
    made = files(epub(CHAPTERS, folder, Language(language)))
    package = ElementTree.fromstring(made["book/package.opf"])
    said = {e.tag.partition("}")[2]: e.text for e in package.find(f"{OPF}metadata")}
    assert said["language"] == language
    assert ("Enam" in said["title"]) == (language == "id")
    features = {e.get("property"): e.text for e in package.iter(f"{OPF}meta")}
    assert features["dcterms:modified"].endswith("T00:00:00Z")
    assert ("Every figure" in features["schema:accessibilitySummary"]) == (language == "en")


@pytest.fixture(params=EDITIONS, scope="module")
def built(request):
    """The files of each built EPUB, with its language."""
    path = SITE / request.param / epub_name(request.param)
    if not path.exists():
        pytest.fail("there is no EPUB to test; run make book first")
    return request.param, files(path.read_bytes())


@pytest.mark.slow
def test_the_built_epub_has_every_chapter_in_order(built):
    """The spine has the contents of _toc.yml, after the table of contents."""
    package = ElementTree.fromstring(built[1]["book/package.opf"])
    paths = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
    spine = [paths[item.get("idref")] for item in package.iter(f"{OPF}itemref")]
    assert spine == ["nav.xhtml", *(f"{c.replace('/', '-')}.xhtml" for c in table_of_contents())]


@pytest.mark.slow
def test_the_built_epub_is_whole(built):
    """Every document is well-formed and without scripts, every link and picture is there, every picture has its text."""
    made = {name.removeprefix("book/"): text for name, text in built[1].items()}
    trees = {n: ElementTree.fromstring(t) for n, t in made.items() if n.endswith(".xhtml")}
    ids = {name: {e.get("id") for e in tree.iter()} for name, tree in trees.items()}
    problems = []
    for name, tree in trees.items():
        problems += [f"{name}: a script" for e in tree.iter(f"{XHTML}script")]
        problems += [
            f"{name}: a picture without a text" for e in tree.iter(f"{XHTML}img") if not e.get("alt")
        ]
        for element in tree.iter():
            for address in filter(None, (element.get("href"), element.get("src"), element.get("srcset"))):
                path, _, place = address.partition("#")
                if ":" in path:
                    continue
                target = normpath(join(dirname(name), path)) if path else name
                if target not in made or (place and place not in ids[target]):
                    problems.append(f"{name}: {address}")
    assert problems == []
    assert sum(len(list(t.iter(f"{XHTML}img"))) for t in trees.values()) > 20


@pytest.mark.slow
def test_the_built_epub_leads_to_the_site_for_its_tools(built):
    """A chapter that works only on the site has a line in its place."""
    for place in INTERACTIVE:
        assert f"{place}.html".encode() in built[1][f"book/{place}.xhtml"]
        assert b"<input" not in built[1][f"book/{place}.xhtml"]


@pytest.mark.slow
def test_the_landing_page_offers_the_built_epub(built):
    """The landing page of an edition offers its own EPUB and says how large it is."""
    language, _ = built
    page = (SITE / language / "index.html").read_text("utf-8")
    assert f'<a href="{epub_name(language)}" download>EPUB</a> (' in page
    assert "<!-- offered -->" not in page
