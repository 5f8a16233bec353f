"""The notebooks for learners: what they find is what the book has, and each regency has its three exercises."""

import json
import re
from collections import Counter
from itertools import pairwise

import pytest

import smart_asn as edition
from smart_asn import coding
from smart_asn.chapters import STAGES, pages
from smart_asn.pipeline.frames import plain_frames
from smart_asn.places import NOTEBOOKS, ROOT


def cells(name, kind="code"):
    """The cells of a source notebook of one kind."""
    notebook = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text("utf-8"))
    return ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == kind]


def run(name, language="en"):
    """The names that a notebook ends with, run in this process without its drawings."""
    names = {}
    for cell in cells(name):
        if "sns." not in cell:
            exec(compile(cell.replace('language = "en"', f'language = "{language}"'), name, "exec"), names)
    return names


@pytest.mark.parametrize("language", ["en", "id"])
def test_start_here_finds_the_common_core(language, shipped):
    """The ten cells that begin with a CSV's rows find the measures that the synthesis calls the common core."""
    found = run("start-here", language)
    assert list(found["core"]) == coding.shared_by_all(edition.matrix())
    assert (
        found["reported"]
        .loc[list(shipped.regency_names)]
        .equals(edition.matrix().rename_axis(columns="code"))
    )


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("name", ["exercises", "answers/regencies", "answers/synthesis"])
def test_the_others_run(name, language):
    """The exercises and both notebooks of answers run in both languages, from top to bottom."""
    assert "matrix" in run(name, language)


def test_the_answers_are_right(shipped):
    """What the answers compute is what the package computes otherwise."""
    found = run("answers/regencies")
    spans = coding.coverage_range(
        coding.stated_cells(shipped.evidence),
        coding.doubtful_cells(shipped.evidence, shipped.decisions),
        list(shipped.regency_names),
        list(shipped.codebook["code"]),
    )
    assert found["bounds"].astype(int).values.tolist() == spans[["least", "coded", "most"]].values.tolist()


def test_three_exercises_each(shipped):
    """Each regency of the article and the synthesis has three exercises, each with a hint and an answer."""
    text = "\n".join(cells("exercises", "markdown"))
    asked = re.findall(r"^\*\*(\w+ [123])\.\*\*", text, re.M)
    names = [*(shipped.regency_names[r] for r in shipped.of_article), "Synthesis"]
    assert asked == [f"{name} {number}" for name in names for number in (1, 2, 3)]
    assert text.count("<summary>Hint</summary>") == len(asked)
    answers = "\n".join([*cells("answers/regencies", "markdown"), *cells("answers/synthesis", "markdown")])
    answered = re.findall(r"^#{2,3} (\w+), exercise ([123])$", answers, re.M)
    assert [" ".join(pair) for pair in answered] == asked


@pytest.mark.parametrize("chapter", ["regency", "synthesis"])
def test_a_chapter_leads_to_its_exercises(chapter):
    """Who has read a regency's chapter, or the synthesis, finds the way to the exercises on it."""
    assert any("exercises.ipynb)" in text for text in cells(chapter, "markdown"))


def test_the_lesson_lasts_ninety_minutes():
    """The parts of the lesson follow each other without a gap, from nought to ninety."""
    text = (ROOT / "book/lesson.md").read_text("utf-8")
    spans = [tuple(map(int, span)) for span in re.findall(r"\*\*(\d+)–(\d+) minutes\.", text)]
    assert (spans[0][0], spans[-1][1]) == (0, 90)
    assert all(end == begin for (_, end), (begin, _) in pairwise(spans))


def test_they_are_made_after_what_they_ask(shipped):
    """A notebook for learners is executed after every cell that checks a question, whose outcomes it shows."""
    stages = {page.slug: page.stage for page in pages(shipped.regency_names)}
    learners = [s for s in stages if s.partition("/")[0] in ("start-here", "exercises", "answers")]
    assert len(learners) == 4
    assert {stages[s] for s in learners} == {max(stage for stage, _ in STAGES.values())}


def test_a_frame_is_a_table_of_the_page():
    """What pandas writes has a style that no page may have and empty headings; the page's table has neither."""
    frame = edition.matrix().iloc[:1, :2]
    shown = Counter()
    made = plain_frames(frame._repr_html_(), "Table", shown)
    first = '<div class="book-table pandas" role="region" tabindex="0" aria-label="Table: code, {}"><table>'
    columns = ", ".join(frame.columns[:2])
    assert made.startswith(first.format(columns))
    again = plain_frames(frame._repr_html_(), "Table", shown)
    assert again.startswith(first.format(f"{columns} (2)"))
    assert "<style" not in made
    assert "<th></th>" not in made
    assert made.count('scope="row"') == 1
    assert made.count('scope="col"') == 4
    assert plain_frames("<p>x</p>", "Table", shown) == "<p>x</p>"
