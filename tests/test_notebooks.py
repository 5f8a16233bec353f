"""The source notebooks: stripped, thin, and one cell for each question."""

import ast
import re
from collections import defaultdict
from itertools import pairwise

import nbformat
import papermill
import pytest

from smart_asn.chapters import BLOCK, CHECK, RECORD, TEMPLATE
from smart_asn.outcomes import OUTCOMES
from smart_asn.places import NOTEBOOKS

SOURCES = sorted(p for p in NOTEBOOKS.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)
NAMES = [p.relative_to(NOTEBOOKS).with_suffix("").as_posix() for p in SOURCES]
READ = {name: nbformat.read(path, as_version=4) for name, path in zip(NAMES, SOURCES, strict=True)}
LONGEST = 10

FORBIDDEN = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.Lambda,
    ast.ClassDef,
    ast.For,
    ast.While,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)


def code(name, tag=""):
    """The code cells of a notebook, or those with a tag."""
    cells = [c for c in READ[name].cells if c.cell_type == "code"]
    return [c for c in cells if tag in c.metadata.get("tags", [])] if tag else cells


@pytest.mark.parametrize("name", NAMES)
def test_stripped(name):
    """A source notebook keeps no output, no execution count and no trace of the machine it was edited on."""
    for cell in code(name):
        assert (cell.outputs, cell.execution_count) == ([], None)
    assert set(READ[name].metadata) <= {"kernelspec", "language_info"}
    assert READ[name].metadata.kernelspec.language == "python"


@pytest.mark.parametrize("name", NAMES)
def test_one_cell_of_parameters(name):
    """One cell is tagged parameters; it comes before all other code and has the language."""
    assert len(code(name, "parameters")) == 1
    first = code(name)[0]
    assert "parameters" in first.metadata.get("tags", [])
    assert 'language = "en"' in first.source


@pytest.mark.parametrize("name", NAMES)
def test_no_logic(name):
    """No function, class, loop or comprehension: the work is in the package."""
    found = [
        f"{type(node).__name__}: {cell.source}"
        for cell in code(name)
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, FORBIDDEN)
    ]
    assert found == []


@pytest.mark.parametrize("name", NAMES)
def test_short_cells(name):
    """A cell has at most ten lines; the cell that imports may have one for each name."""
    for cell in code(name):
        if "setup" in cell.metadata.get("tags", []):
            rest = [n for n in ast.parse(cell.source).body if not isinstance(n, ast.ImportFrom | ast.Import)]
            assert len(rest) <= 3, cell.source
        else:
            assert len(cell.source.splitlines()) <= LONGEST, cell.source


@pytest.mark.parametrize("name", NAMES)
def test_one_question_a_cell(name):
    """A checking cell checks one question, by a call that the gathering of the ledger can read, at its end."""
    for cell in code(name):
        tree = ast.parse(cell.source)
        calls = [
            n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "check"
        ]
        assert len(calls) <= 1, cell.source
        if calls:
            assert CHECK.search(cell.source)[1] == calls[0].args[0].value
            assert tree.body[-1].value is calls[0], cell.source


@pytest.mark.parametrize("name", NAMES)
def test_no_outcome_is_typed(name):
    """A checking cell names no outcome, and makes no observation of its own: it says what is looked at."""
    for cell in code(name):
        if CHECK.search(cell.source):
            assert not [word for word in (*OUTCOMES, "Observation(", "Coded(") if word in cell.source]


@pytest.mark.parametrize("name", NAMES)
def test_one_title(name):
    """A notebook has one title, and no level of headings is skipped.

    The template's title follows from the regency; what is checked for one regency is a part of that chapter.
    """
    levels = [
        len(line) - len(line.lstrip("#"))
        for cell in READ[name].cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("#")
    ]
    titled = name == "regency" or name.startswith("regencies/")
    assert levels[0] == (2 if titled else 1)
    assert levels.count(1) == (0 if titled else 1)
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_each_question_in_one_cell_of_its_chapter(shipped):
    """Each question is checked once, in the notebook of its chapter."""
    found = defaultdict(list)
    for name in NAMES:
        for cell in code(name):
            if match := CHECK.search(cell.source):
                found[match[1]].append(name)
    chapters = shipped.questions[["question", "chapter"]]
    assert dict(found) == {q: [chapter] for q, chapter in chapters.itertuples(index=False, name=None)}


def test_a_regencys_own_notebook_belongs_to_a_regency(shipped):
    """Every notebook under notebooks/regencies is named after a regency of the data, and opens its chapter."""
    own = [name for name in NAMES if name.startswith("regencies/")]
    assert {name.removeprefix("regencies/") for name in own} <= set(shipped.regencies["regency"])
    for name in own:
        assert f'page="{name}"' in code(name, "setup")[0].source


@pytest.mark.slow
def test_papermill_alone_makes_a_regencys_chapter(shipped, tmp_path):
    """README, "Run a notebook": the template with a regency as its parameter gives that regency's chapter, and no other's."""
    target = tmp_path / "pati.ipynb"
    papermill.execute_notebook(
        TEMPLATE, target, parameters={"regency": "pati"}, progress_bar=False, log_output=False
    )
    shown = [o.data for c in nbformat.read(target, as_version=4).cells for o in c.get("outputs", [])]
    titles = [block for data in shown for block in data.get(BLOCK, []) if block["kind"] == "title"]
    assert titles == [{"kind": "title", "text": "Pati"}]
    records = [data[RECORD] for data in shown if RECORD in data]
    assert [r["regency"] for r in records] == ["pati"]
    ids = set(re.findall(r'id="(e\d+)"', "".join(data.get("text/html", "") for data in shown)))
    rows = shipped.evidence.query("regency == 'pati'")
    assert ids == {e.lower() for e in rows["evidence"]}
