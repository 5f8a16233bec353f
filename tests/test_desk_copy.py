"""A copy of the article: found, found nearly, not found; the page's script does what Python does."""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import subprocess

import pytest
from pdf_maker import damaged, locked, pdf, printed, reflowed

from smart_asn.desk.matching import FOUND, NEARLY, NOT_FOUND, Anchor, letters, match, nearest
from smart_asn.desk.verify import CopyError, anchors, pages_of, report, verify
from smart_asn.language import Language
from smart_asn.places import ROOT

EN = Language("en")
NODE = shutil.which("node")
SCRIPT = ROOT / "book/_static/desk/matching.js"
PAGES, LINES = 6, 30
CONSONANTS, VOWELS = "bcdfghjklmnprstw", "aeiou"


def made_up(seed: int = 7) -> tuple[list[list[str]], list[Anchor]]:
    """An article of made-up words, and anchors on it: four words of every other line, and some short ones."""
    luck = random.Random(seed)

    def word() -> str:
        return "".join(luck.choice(CONSONANTS) + luck.choice(VOWELS) for _ in range(luck.randint(1, 5)))

    pages = [[" ".join(word() for _ in range(11)) for _ in range(LINES)] for _ in range(PAGES)]
    found = []
    for page, lines in enumerate(pages):
        for row, line in enumerate(lines):
            if row % 2 == 0:
                words = line.split()
                first = luck.randint(0, 5)
                number = len(found) + 1
                found.append(
                    Anchor(
                        f"K{number:03}",
                        "claims",
                        175 + page,
                        page * LINES + row + 1,
                        " ".join(words[first : first + 5]),
                    )
                )
    return pages, found


def counted(matches) -> tuple[int, int, int]:
    """How many are found, found nearly, not found."""
    states = [m.state for m in matches]
    return states.count(FOUND), states.count(NEARLY), states.count(NOT_FOUND)


def matched(content: bytes, tmp_path, wanted):
    path = tmp_path / "copy.pdf"
    path.write_bytes(content)
    return match(wanted, pages_of(path, EN), PAGES * LINES)


# Letters ----------------------------------------------------------------------------------------------------


def test_only_letters_and_digits_count():
    """Case, spaces, hyphens, punctuation, accents and ligatures make no difference; digits do."""
    assert letters("Efﬁ-\nsien, É 4,2") == "effisiene42"


def test_the_nearest_part_by_hand():
    """One wrong letter, one missing, one too many; and where the part ends."""
    assert nearest("xxanalisis jabatanxx".replace(" ", ""), "analisisjabatan") == (0, 17)
    assert nearest("xxanalisjsjabatanxx", "analisisjabatan") == (1, 17)
    assert nearest("xxanalisisjabtanxx", "analisisjabatan") == (1, 16)
    assert nearest("", "kata") == (4, 0)


# Copies -----------------------------------------------------------------------------------------------------


def test_a_copy_set_like_the_print(tmp_path):
    """Everything is found, each on its page."""
    pages, wanted = made_up()
    found = matched(printed(pages), tmp_path, wanted)
    assert counted(found) == (len(wanted), 0, 0)
    assert all(m.page == m.anchor.page - 174 for m in found)


def test_a_reflowed_copy_with_hyphens(tmp_path):
    """Other lines and pages, and a third of the lines ending in a parted word, hide nothing."""
    pages, wanted = made_up()
    assert counted(matched(reflowed(pages, hyphens=1 / 3), tmp_path, wanted)) == (len(wanted), 0, 0)


def test_a_badly_recognised_copy(tmp_path):
    """With one letter in a hundred wrong, what is not found exactly is found nearly, and said to be; nothing is lost."""
    pages, wanted = made_up()
    found = matched(printed(damaged(pages)), tmp_path, wanted)
    exact, nearly, lost = counted(found)
    assert exact > 0.6 * len(wanted) and nearly > 0 and lost == 0
    assert all(1 <= m.differ <= 0.2 * len(letters(m.anchor.words)) for m in found if m.state == NEARLY)
    assert all(m.page == m.anchor.page - 174 for m in found)


def test_a_line_that_is_left_out(tmp_path):
    """Words that do not stand in the copy are not found, nearly or otherwise."""
    pages, wanted = made_up()
    pages[2][10] = ""
    (lost,) = [m for m in matched(printed(pages), tmp_path, wanted) if m.state == NOT_FOUND]
    assert lost.anchor.line == 2 * LINES + 11


def test_words_that_stand_in_several_places():
    """An anchor that stands on several lines is taken to be where its line should be."""
    pages, wanted = made_up()
    for page in range(PAGES):
        pages[page][5] = pages[page][25] = "kata yang sama"
    twice = [
        Anchor(f"E{p}{r}", "evidence", 175 + p, p * LINES + r + 1, "kata yang sama")
        for p in range(PAGES)
        for r in (5, 25)
    ]
    texts = ["\n".join(lines) for lines in pages]
    found = match([*wanted, *twice], texts, PAGES * LINES)[len(wanted) :]
    assert [m.page for m in found] == [m.anchor.page - 174 for m in found]
    assert len({(m.page, m.start) for m in found}) == 2 * PAGES


# What is no copy --------------------------------------------------------------------------------------------


def refused(content: bytes, tmp_path, name: str = "copy.pdf") -> str:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CopyError) as caught:
        pages_of(path, EN)
    return str(caught.value).removeprefix(str(path))


def test_each_unusable_file_has_its_sentence(tmp_path):
    """Broken, locked, without text, too long, no text at all, not there: one clear sentence each."""
    pages, _ = made_up()
    whole = printed(pages)
    assert refused(b"%PDF-1.4\nnothing", tmp_path) == ": it is broken, or no PDF at all."
    assert refused(locked(whole), tmp_path) == ": it needs a password; save a copy of it without one."
    assert refused(pdf([[]] * 22), tmp_path).startswith(": it has no text, only pictures")
    assert (
        refused(pdf([["a line"]] * 300), tmp_path)
        == ": it has 300 pages, and the article 22; give the article alone."
    )
    assert refused(b"\xff\xfe\x00", tmp_path, "copy.txt") == ": neither a PDF nor a text in UTF-8."
    with pytest.raises(CopyError, match="there is no such file"):
        pages_of(tmp_path / "gone.pdf", EN)


def test_another_document(small, tmp_path, monkeypatch):
    """A text that has none of the words is said not to be the article, with how many anchors stand in it."""
    other, _ = made_up(seed=99)
    _, wanted = made_up()
    monkeypatch.setattr("smart_asn.desk.verify.anchors", lambda data: wanted)
    path = tmp_path / "other.pdf"
    path.write_bytes(printed(other))
    with pytest.raises(
        CopyError, match=rf"this is not the article; 0 of {len(wanted)} anchors stand in it\."
    ):
        verify(small, path, EN)


def test_a_report_in_the_articles_order(small):
    """Anchors come by line; the report marks what is near and what is not there, and counts each table."""
    wanted = anchors(small)
    assert [a.line for a in wanted] == sorted(a.line for a in wanted)
    assert {a.table for a in wanted} >= {"claims", "evidence", "passages", "errata"}
    pages, some = made_up()
    pages[2][10] = ""
    lines = list(report(match(some, ["\n".join(p) for p in pages], PAGES * LINES), EN))
    assert sum(line.startswith("- ") for line in lines) == 1
    assert lines[-1] == f"all: {len(some) - 1} of {len(some)} found, 0 nearly, 1 not"


# The library that reads PDFs in the page -------------------------------------------------------------------


def test_the_library_is_as_its_publisher_made_it():
    """The files of pdf.js have the sizes and checksums that VERSION.txt names, its version is the one that is locked,
    and where npm has installed it they are the same."""
    folder = ROOT / "book/_static/pdfjs"
    readme = (folder / "VERSION.txt").read_text("utf-8")
    listed = re.findall(r"^\| (\S+js) \| (\d+) \| (\w{64}) \|$", readme, re.M)
    assert {name for name, _, _ in listed} == {path.name for path in folder.glob("*js")}
    for name, size, digest in listed:
        content = (folder / name).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (int(size), digest)
        part = "legacy/build" if name.endswith(".mjs") else "wasm"
        installed = ROOT / "node_modules/pdfjs-dist" / part / name
        assert not installed.exists() or installed.read_bytes() == content
    version = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]["pdfjs-dist"]
    assert f"`pdfjs-dist` {version}," in readme
    locked_ = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"][
        "node_modules/pdfjs-dist"
    ]
    assert (locked_["version"], locked_["integrity"][:7]) == (version, "sha512-")


# The page's script ------------------------------------------------------------------------------------------


@pytest.mark.skipif(not NODE, reason="there is no node on this machine")
@pytest.mark.parametrize("share", [0, 0.01, 0.04, 0.15])
def test_the_page_finds_the_same(share):
    """Script and Python find the same places, the near ones and the lost ones included."""
    pages, wanted = made_up()
    pages[1][4] += " Efﬁsien é 4,2"
    texts = ["\n".join(lines) for lines in damaged(pages, share)]
    wanted.append(Anchor("K999", "claims", 176, LINES + 5, "efﬁ-sien é"))
    program = (
        f"{SCRIPT.read_text('utf-8')}\nconst given = JSON.parse(require('fs').readFileSync(0, 'utf-8'));"
        "const pages = given.pages.map((p) => matching.lettersOf(p).letters);"
        "console.log(JSON.stringify(matching.matchAnchors(given.anchors, pages, given.last).matches));"
    )
    values = {"pages": texts, "last": PAGES * LINES, "anchors": [vars(a) for a in wanted]}
    done = subprocess.run(
        [NODE, "-e", program], input=json.dumps(values), capture_output=True, text=True, check=True
    )
    here = [
        {
            "id": m.anchor.id,
            "table": "claims",
            "state": m.state,
            "page": m.page,
            "start": m.start,
            "end": m.end,
            "differ": m.differ,
        }
        for m in match(wanted, texts, PAGES * LINES)
    ]
    assert json.loads(done.stdout) == here


# The article itself, where it is at hand --------------------------------------------------------------------


@pytest.mark.slow
def test_every_anchor_stands_in_a_copy_of_the_article(shipped, article, tmp_path):
    """On a copy set like the print and on one reflowed with a third of its lines hyphenated, all anchors are found."""
    lines = article.splitlines()
    pages = [lines[p.first_line - 1 : p.last_line] for p in shipped.pages.itertuples()]
    for name, content in (("print", printed(pages)), ("reflowed", reflowed(pages, hyphens=1 / 3))):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(content)
        exact, nearly, lost = counted(verify(shipped, path, EN))
        assert (exact, lost) == (len(anchors(shipped)) - nearly, 0)
        assert nearly == 0, name
