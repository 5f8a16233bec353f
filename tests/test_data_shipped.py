"""The data that the project ships: against its schema, against itself, and against the article where it is at hand."""

import json
import re
import subprocess
from itertools import pairwise

import pytest

from smart_asn import coding
from smart_asn.datapackage import page_of
from smart_asn.derived import derive
from smart_asn.ledger import QUESTION, TOLD, line_states
from smart_asn.locators import check_locators
from smart_asn.places import DATA, ROOT
from smart_asn.rules import LOCATED, Tables
from smart_asn.validation import validate

WORD = re.compile(r"\w+")
LONGEST = 11
"""Words in a row that a file may share with the article: a quotation of twelve is one too long."""


def test_the_schema():
    """Every table is as datapackage.json describes it, and keeps the rules between rows."""
    validate(DATA)


def test_every_file_is_described(shipped):
    """Every file in data/ is in the package, and every file of the package is there; added regencies are apart."""
    described = {r["path"] for r in shipped.package["resources"] if not r.get("published")}
    there = {p.relative_to(DATA).as_posix() for p in DATA.rglob("*") if p.is_file()}
    there = {name for name in there if not name.startswith("added/")}
    assert there - described == {"datapackage.json", "README.md"}
    assert described - there == set()


def test_three_hundred_cells(shipped):
    """Six regencies and fifty measures are coded in six strategies."""
    assert len(shipped.of_article) == 6
    assert len(shipped.codebook) == 50
    assert list(shipped.codebook["strategy"].unique()) == list(shipped.strategies["strategy"])


def test_statements_stand_in_reading_order(shipped):
    """Statements follow each other as in the article: none begins before the one above it."""
    lines = list(shipped.claims["first_line"])
    assert [(a, b) for a, b in pairwise(lines) if b < a] == []


def test_both_languages(shipped):
    """What is written in one language is written in the other."""
    lacking = []
    for name, frame in shipped.tables.items():
        for column in (c for c in frame.columns if c.endswith("_en")):
            other = column.removesuffix("_en") + "_id"
            rows = frame[(frame[column] == "") != (frame[other] == "")]
            lacking += [f"{name} {key} {column}" for key in rows.iloc[:, 0]]
    assert lacking == []


def test_every_line_has_a_state(shipped):
    """Every line of the article is under a question, told, a heading or running head, unreadable, or blank."""
    states = line_states(shipped)
    assert list(states["line"]) == list(range(1, 794))
    assert list(states.loc[states["state"] == "", "line"]) == []
    assert set(shipped.sections["section"]) == set(shipped.claims["section"])


def test_no_anchor_stands_on_a_line_that_states_nothing(shipped):
    """A statement does not consist of headings, running heads, unreadable or blank lines only."""
    states = line_states(shipped).set_index("line")["state"]
    lacking = [
        r.claim
        for r in shipped.claims.itertuples()
        if not {QUESTION, TOLD} & set(states.loc[r.first_line : r.last_line])
    ]
    assert lacking == []


def test_anchors_have_eight_words_at_most(shipped):
    """No anchor of any table is longer than eight words."""
    long = [
        f"{table} {row.iloc[0]}"
        for table in LOCATED
        for _, row in shipped.tables[table].iterrows()
        if len(row["anchor"].split()) > 8
    ]
    assert long == []


def test_doubts_are_few_enough_to_try(shipped):
    """All readings of all doubts of one measure, or of one regency, can be tried."""
    doubtful = coding.doubtful_cells(shipped.evidence, shipped.decisions)
    for place in (0, 1):
        for key in {cell[place] for cell in doubtful}:
            assert sum(cell[place] == key for cell in doubtful) <= 16


def test_codes_in_the_figures_are_in_the_codebook(shipped):
    """The measures that two figures name in code are measures of the codebook, each once."""
    from smart_asn.coding import DIGITAL
    from smart_asn.figures.ideas import FOUR_STAGES

    known = set(shipped.codebook["code"])
    staged = [code for _, codes in FOUR_STAGES for code in codes]
    assert set(DIGITAL) <= known
    assert set(staged) <= known
    assert len(staged) == len(set(staged))
    assert set(staged) == {c for c in known if c.startswith("PRF")}


def test_every_anchor_on_its_line(of_article, article):
    """Every anchor stands, letter by letter, on its line of the scan."""
    assert [str(p) for p in check_locators(Tables(of_article.tables, of_article.package), article)] == []


def test_derived_data_is_what_the_article_gives(shipped, article):
    """The counts of words, the shared wording and the blank lines are those that the command derives from the text."""
    for path, text in derive(article, shipped.sections).items():
        assert (DATA / path).read_text("utf-8") == text, path


def test_the_last_line_stands_on_the_last_page(shipped, article):
    """The pages end where the article's words end."""
    last = len(article.rstrip().splitlines())
    assert page_of(shipped.pages, last) == shipped.pages["page"].iloc[-1]


COUNT = (
    r"(?:\d[\d,.]*|two|three|four|five|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundred)"
)
OWN = (
    r"(?:questions|statements|claims|measures|passages|sources|searches|errata|slips|supported|contradicted)"
)


NO_COUNTS = ("how-to-review.md: Twenty questions", "lesson.md: four measures")
"""What looks like a count of the edition's own things and is none: how long a sample takes, ways to measure likeness."""


def test_counts_in_prose_are_computed():
    """No prose, of a page or a notebook, types how many questions, statements, measures or sources there are."""
    typed = re.compile(rf"\b{COUNT}(?: [\w’'-]+){{0,2}} {OWN}\b", re.I)
    texts = {path: path.read_text("utf-8") for path in sorted((ROOT / "book").glob("*.md"))}
    for path in sorted((ROOT / "notebooks").rglob("*.ipynb")):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        prose = ["".join(c["source"]) for c in cells if c["cell_type"] == "markdown"]
        texts[path] = "\n\n".join(prose)
    found = [f"{p.name}: {m[0]}" for p, text in texts.items() for m in typed.finditer(text)]
    assert [f for f in found if f not in NO_COUNTS] == []


def _runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[n : n + length]) for n in range(len(words) - length + 1)}


@pytest.fixture(scope="module")
def tracked():
    """Every tracked text file of the project."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if names.returncode:
        pytest.skip("not a git checkout: the tracked files are not known")
    return [p for n in names.stdout.split("\0") if n and (p := ROOT / n).is_file()]


def test_the_article_is_not_in_the_project(article, tracked):
    """No tracked file has twelve words in a row of the article."""
    taken = _runs(WORD.findall(article.lower()), LONGEST + 1)
    found = []
    for path in tracked:
        try:
            words = WORD.findall(path.read_text("utf-8").lower())
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {' '.join(run)}" for run in _runs(words, LONGEST + 1) & taken]
    assert found == []


def test_runs_of_words():
    """The check above finds a quotation of twelve words across lines and case, and not one of eleven."""
    article = _runs(WORD.findall("a b c d e f g h i j k l m".lower()), 12)
    assert _runs(WORD.findall("X, B c D\ne f g h i j k l m.".lower()), 12) & article
    assert not _runs(WORD.findall("b c d e f g h i j k l x".lower()), 12) & article


def test_nothing_of_the_machine_in_the_project(tracked):
    """No tracked file names a temporary folder or a registry's address."""
    words = re.compile(r"(?<![\w.])/(?:tmp|work)/|--(?:extra-)?index-ur[l]|pypi[.]org|files[.]pythonhosted")
    found = []
    for path in tracked:
        if path.suffix in {".py", ".md", ".txt", ".toml", ".yml", ".csv", ".json", ".ipynb", ".cff", ""}:
            found += [
                f"{path.relative_to(ROOT)}: {m.group()}"
                for m in words.finditer(path.read_text("utf-8", errors="ignore"))
                if path.name != "test_data_shipped.py"
            ]
    assert found == []
