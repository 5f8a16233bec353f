"""Preparing, running and normalising a notebook."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from smart_asn import chapters
from smart_asn.chapters import LAST_CHECKS, NotebookError, Page, needs, pages
from smart_asn.pipeline import execute as execute_module
from smart_asn.pipeline.execute import check_parameters, execute, normalise
from smart_asn.places import write_if_changed


def parameters(*names):
    return new_code_cell("\n".join(f'{n} = ""' for n in names), metadata={"tags": ["parameters"]})


@pytest.fixture
def check(tmp_path):
    """Check that a notebook with the parameters ``names`` can be executed with some values."""

    def check(*names, **values):
        source = tmp_path / "chapter.ipynb"
        nbformat.write(new_notebook(cells=[parameters(*names)]), source)
        check_parameters(Page("chapter", source, values))

    return check


def test_an_unknown_parameter_is_refused(check):
    """A parameter that the notebook does not declare is an error, not an unused variable."""
    with pytest.raises(NotebookError) as caught:
        check("language", "regency", regency="north", province="x")
    assert str(caught.value) == "chapter.ipynb has no parameter 'province' in its cell tagged parameters"


def test_every_notebook_takes_the_language(check):
    """A notebook without the parameter language is refused."""
    with pytest.raises(NotebookError, match="has no parameter 'language'"):
        check("languages")


def test_pages(shipped):
    """Each regency has a chapter made from one notebook; what is checked for it alone is a part of that chapter."""
    found = pages(shipped.regencies["regency"])
    slugs = [p.slug for p in found]
    made = [p for p in found if "regency" in p.parameters]
    assert [p.slug for p in made] == [f"regencies/{r}" for r in shipped.regencies["regency"]]
    assert len({p.source for p in made}) == 1
    parts = {p.slug: (p.chapter, p.source.name) for p in found if p.part_of}
    assert parts["regencies/pati-checks"] == ("regencies/pati", "pati.ipynb")
    assert len(parts) == 6
    assert "regency" not in slugs
    assert len(slugs) == len(set(slugs))


def test_what_gathers_comes_last(shipped):
    """The ledger, the landing page and the notebooks for learners are built after every chapter that checks claims."""
    stages = {p.slug: p.stage for p in pages(shipped.regencies["regency"])}
    assert {s for s, stage in stages.items() if stage > LAST_CHECKS} == {
        "coverage",
        "history",
        "ledger",
        "index",
        "start-here",
        "exercises",
        "answers/regencies",
        "answers/synthesis",
    }
    assert stages["regencies/tapin"] < stages["synthesis"]


def test_what_a_chapter_takes_is_what_its_cells_read(shipped):
    """A chapter whose cells gather claims, or read what regencies recorded, is made again when these change."""
    words = {
        "checks": r"\b(gather|checked_so_far|import smart_asn as edition)\b",
        "results": r"\brecorded_regencies\b",
    }
    for page in pages(shipped.regencies["regency"]):
        cells = nbformat.read(page.source, as_version=4).cells
        code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
        assert [what for what, word in words.items() if re.search(word, code)] == [page.takes] * (
            page.stage > 1
        )


def test_needs(shipped):
    """The synthesis needs the results of earlier chapters, the conclusion their checks; the others need none."""
    chapters = {p.slug: p for p in pages(shipped.regencies["regency"])}
    tapin, synthesis = chapters["regencies/tapin"], chapters["synthesis"]
    assert needs(tapin, "en", chapters.values()) == []
    assert tapin.results("en") in needs(synthesis, "en", chapters.values())
    assert {tapin.checks("id"), synthesis.checks("id")} <= set(
        needs(chapters["conclusion"], "id", chapters.values())
    )
    assert not any("results" in p.parts for p in needs(chapters["ledger"], "en", chapters.values()))


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    """What cannot be read as a notebook is said to be none, by name."""
    path = tmp_path / "broken.ipynb"
    path.write_text('{"cells": [', "utf-8")
    with pytest.raises(NotebookError, match=r"^broken\.ipynb is not a Jupyter notebook: "):
        execute_module._code(path)


def test_code_that_cannot_be_read_imports_nothing():
    """A cell with a slip of syntax stops no seal: it is named when it is executed."""
    assert execute_module.modules("from smart_asn import = coding") == frozenset()
    assert execute_module.modules("from smart_asn import coding") != frozenset()


# Normalising ------------------------------------------------------------------------------------------------


def executed(identity, time, address):
    """An executed notebook as papermill leaves it."""
    output = new_output(
        "display_data", data={"text/plain": f"<Table at {address}>", "text/html": "<p>at 0x12345678</p>"}
    )
    cells = [
        new_code_cell(
            "language = 'en'", metadata={"tags": ["injected-parameters"], "papermill": {"start": time}}
        ),
        new_code_cell('tested = 1\ncheck("K007", observed=tested)', metadata={"tags": ["other"]}),
        new_code_cell("show(x)", outputs=[output]),
        new_markdown_cell("text"),
    ]
    for number, cell in enumerate(cells):
        cell.id = f"{identity}{number}"
    return new_notebook(cells=cells, metadata={"papermill": {"end_time": time, "input_path": "/somewhere"}})


def test_two_runs_give_the_same_bytes():
    """Times, cell ids, paths and object addresses make no difference."""
    one = nbformat.writes(normalise(executed("a", "10:00", "0x7f0000000001")))
    two = nbformat.writes(normalise(executed("b", "11:00", "0x7f0000000002")))
    assert one == two
    assert "somewhere" not in one


def test_the_cell_of_a_claim_gets_its_anchor():
    """The cell that checks K007 can be linked to as check-k007, and only it."""
    made = normalise(executed("a", "10:00", "0x7f0000000001"))
    assert [c.metadata.get("anchor") for c in made.cells] == [None, "check-k007", None, None]
    assert made.cells[1].metadata.tags == ["other", "claim"]


def test_what_is_shown_of_other_cells():
    """Parameters are not shown; the code of a cell that checks nothing is folded; text is left alone."""
    made = normalise(executed("a", "10:00", "0x7f0000000001"))
    assert "remove-cell" in made.cells[0].metadata.tags
    assert made.cells[2].metadata.tags == ["hide-input"]
    assert "tags" not in made.cells[3].metadata


def test_addresses_stay_in_what_is_published():
    """Only the plain text for terminals is touched, not the HTML."""
    made = normalise(executed("a", "10:00", "0x7f0000000001"))
    assert made.cells[2].outputs[0].data == {"text/plain": "<Table>", "text/html": "<p>at 0x12345678</p>"}


def test_write_if_changed(tmp_path):
    """The same text leaves the file alone; another replaces it, and nothing is left beside it."""
    path = tmp_path / "folder/file.txt"
    assert write_if_changed(path, "one")
    assert not write_if_changed(path, "one")
    assert write_if_changed(path, "two")
    assert [p.name for p in path.parent.iterdir()] == ["file.txt"]
    assert path.read_text("utf-8") == "two"


# Running ----------------------------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Execute a notebook of these cells for a regency; its executed form, or the error, and where it is kept."""
    for module in (chapters, execute_module):
        monkeypatch.setattr(module, "BUILD", tmp_path / "build")

    def run(*sources):
        source = tmp_path / "chapter.ipynb"
        cells = [parameters("language", "regency"), *(new_code_cell(s) for s in sources)]
        nbformat.write(
            new_notebook(
                cells=cells,
                metadata={"kernelspec": {"name": "python3", "display_name": "", "language": "python"}},
            ),
            source,
        )
        page = Page("chapter", source, {"regency": "north"})
        execute(page, "en")
        return nbformat.read(page.executed("en"), as_version=4)

    return run


@pytest.mark.slow
def test_a_notebook_runs_with_its_parameters(run):
    """The page's parameters reach the code."""
    made = run("print(language, regency)")
    assert made.cells[-1].outputs[0].text == "en north\n"


@pytest.mark.slow
def test_a_failing_cell_is_named(run, tmp_path):
    """The message has the notebook, the regency, the claim, the code, the error, and where to look; nothing is published."""
    with pytest.raises(NotebookError) as caught:
        run("def check(question, observed): raise ValueError('two, not three')", 'check("Q007", observed=2)')
    message = str(caught.value).splitlines()
    assert message[0].endswith("chapter.ipynb for north (en) failed at question Q007:")
    assert message[1:3] == ['    check("Q007", observed=2)', "  ValueError: two, not three"]
    kept = tmp_path / "build/failed/en/chapter.ipynb"
    assert message[3] == f"  The notebook as far as it ran: {kept}"
    assert kept.exists()
    assert not (tmp_path / "build/executed").exists()


@pytest.mark.slow
def test_a_cell_that_writes_to_stderr_fails(run, tmp_path):
    """A warning in a notebook stops the build and is quoted."""
    with pytest.raises(NotebookError) as caught:
        run("import sys\nprint('deprecated', file=sys.stderr)")
    assert "failed at the cell:" in str(caught.value)
    assert "  the cell wrote to stderr: deprecated" in str(caught.value).splitlines()
    assert not (tmp_path / "build/executed").exists()
