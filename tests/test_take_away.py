"""Notebooks that readers take away: what they need, what can be changed in them, and what becomes of links."""

import copy
import importlib.util
import json
import re
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from IPython.core.interactiveshell import InteractiveShell

from smart_asn.lab import STYLE, for_lab, without_outputs
from smart_asn.language import Language
from smart_asn.pipeline import take_away
from smart_asn.pipeline.take_away import RUN, TakeAway, write_run
from smart_asn.places import NOTEBOOKS, ROOT, SITE
from smart_asn.publication import Publication
from smart_asn.site.references import short_citations

MARKS = {"K001": {"outcome": "supported", "word": "supported", "statement": "x", "chapter": "method"}}


def maker(address="", repository="", language="en"):
    published = Publication(address=address, repository=repository)
    return TakeAway(Language(language), published, MARKS, frozenset(["method", "regencies/pati"]))


def cell(kind, source, tags=(), outputs=()):
    made = {"cell_type": kind, "id": "x", "metadata": {"tags": list(tags)}, "source": source.splitlines(True)}
    return made | ({"outputs": list(outputs), "execution_count": 1} if kind == "code" else {})


def shown(markup):
    return {"output_type": "display_data", "metadata": {}, "data": {"text/html": markup}}


TEMPLATE = {
    "cells": [
        cell("code", 'language = "en"\nregency = "tapin"', ["parameters"]),
        cell("code", '# Parameters\nlanguage = "id"\nregency = "pati"\n', ["injected-parameters"]),
        cell("code", "book = open_edition(language, page=regency)", ["setup"]),
        cell("markdown", "# Method\n\nSee [here](../method.ipynb) and [K001](claim:K001)."),
        cell("code", "show(x)", outputs=[shown('<a href="book:ledger#k001">K001</a>')]),
    ]
}
OWN = {
    "cells": [
        cell("code", 'language = "en"', ["parameters"]),
        cell("code", '# Parameters\nlanguage = "id"\n', ["injected-parameters"]),
        cell("code", "check(x)"),
    ]
}


def sources(notebook):
    return ["".join(c["source"]) for c in notebook["cells"]]


def test_it_says_first_what_it_needs():
    """The first cell says what the notebook needs, and the second ends there without it."""
    made = maker(repository="https://github.com/a/b").make([TEMPLATE], "regencies/pati")
    assert "`git clone https://github.com/a/b`" in sources(made)[0]
    assert "find_spec" in sources(made)[1]
    assert sources(maker(language="id").make([TEMPLATE], "method"))[1].startswith("# Tanpa proyeknya,")
    assert "from where this book is published" in sources(maker().make([TEMPLATE], "regencies/pati"))[0]


def test_a_change_of_the_parameters_is_not_undone():
    """The values stand in the cell of parameters, and nothing after it sets them again."""
    made = maker().make([TEMPLATE, OWN], "regencies/pati")
    assert [s for s in sources(made) if "regency =" in s] == ['language = "id"\nregency = "pati"']
    assert sum('language = "' in s for s in sources(made)) == 1


def test_what_is_checked_for_one_regency_says_so():
    """What is appended for the chapter's regency says that it does not follow the parameter."""
    made = sources(maker().make([TEMPLATE, OWN], "regencies/pati"))
    assert made.index("check(x)") == len(made) - 1
    assert made[-2].startswith("What follows was checked for the regency of this chapter alone")
    assert not any("What follows" in s for s in sources(maker().make([TEMPLATE], "regencies/pati")))


def test_marks_and_links_without_an_address():
    """A mark is text with its sign, a link to another notebook stays, one to a page is text."""
    make = maker().prose
    assert make("[K001](claim:K001) [K9](claim:K9)", "method") == "(● K001) K9"
    assert make("[a](../method.ipynb) [b](../reproduce.md)", "regencies/pati") == "[a](../method.ipynb) b"
    assert make("![p](x.png) [c](https://example.org)", "method") == "![p](x.png) [c](https://example.org)"


def test_marks_and_links_with_an_address():
    """Where the book is published, marks and links lead there, in the edition's language."""
    make = maker(address="https://x.org/book/", language="id").prose
    assert make("[K001](claim:K001)", "index") == "[● K001](https://x.org/book/id/method.html#k001)"
    assert make("[b](../reproduce.md)", "regencies/pati") == "[b](https://x.org/book/id/reproduce.html)"


def test_links_to_files_of_the_site():
    """A link to a file that lies beside the pages is text, or leads to the published file."""
    link = '<a href="../../ledger.csv">ledger.csv</a>, <a href="https://example.org">x</a>'
    assert maker().prose(link, "regencies/pati") == 'ledger.csv, <a href="https://example.org">x</a>'
    assert (
        maker(address="https://x.org/book")
        .prose(link, "regencies/pati")
        .startswith("[ledger.csv](https://x.org/book/ledger.csv), <a")
    )


def test_citations_are_text():
    """What the page cites stands in the notebook as text, as the page has it; JupyterLab knows no such role."""
    cited = {"a2020": "A dan B, 2020"}
    make = TakeAway(Language("id"), Publication(), MARKS, frozenset(), cited).prose
    assert make("kappa {cite}`a2020` dan {cite}`b`", "method") == "kappa [A dan B, 2020] dan [b]"


@pytest.mark.parametrize(
    ("language", "works"),
    [
        ("en", ["Body of Work", "One, 2001", "One and Two, 2002", "One et al., 2003"]),
        ("id", ["Body of Work", "One, 2001", "One dan Two, 2002", "One dkk., 2003"]),
    ],
)
def test_how_a_work_is_cited(tmp_path, language, works):
    """A work is cited by its authors, three as the first and the others, and by its year where it has one."""
    authors = ["{Body of Work}", "One, A.", "One, A. and Two, B.", "One, A. and Two, B. and others"]
    entries = [
        f"@book{{k{n}, title = {{T}}, author = {{{who}}}{f', year = {{200{n}}}' if n else ''}}}"
        for n, who in enumerate(authors)
    ]
    (tmp_path / "x.bib").write_text("\n".join(entries), "utf-8")
    assert list(short_citations(tmp_path / "x.bib", language).values()) == works


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "id"])
def test_every_link_leads_somewhere(language):
    """A link in the prose of a notebook that is run leads to a notebook beside it, or to the web."""
    dead = []
    for path in (RUN / language).rglob("*.ipynb"):
        for text in sources(json.loads(path.read_text("utf-8"))):
            targets = re.findall(r"\]\(([^()\s]+)\)|<a href=\"([^\"]+)\"", text)
            near = [t for t in map("".join, targets) if not re.match("https?:|#", t)]
            dead += [(path.name, t) for t in near if not (path.parent / t.partition("#")[0]).exists()]
    assert dead == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "id"])
def test_no_role_of_the_pages_is_left(language):
    """In no published notebook stands a role that only the pages know; the citations are those of the page."""
    notebooks = list((SITE / language / "_static/executed").rglob("*.ipynb"))
    assert notebooks
    texts = {p.stem: "\n".join(sources(json.loads(p.read_text("utf-8")))) for p in notebooks}
    assert [name for name, text in texts.items() if re.search(r"\{[a-z:-]+\}`", text)] == []
    page = BeautifulSoup((SITE / language / "coding-and-checking.html").read_text("utf-8"), "html.parser")
    cited = [span.get_text() for span in page.select("main .bibtex-citation")]
    assert cited
    assert [c for c in cited if c not in texts["coding-and-checking"]] == []


def test_outputs_are_as_the_lab_shows_them():
    """Stored outputs are styled, and have no link that leads nowhere; a table of pandas stays as it is."""
    made = maker().make([TEMPLATE], "regencies/pati")
    assert made["cells"][3]["outputs"][0]["data"]["text/html"] == STYLE
    assert made["cells"][-1]["outputs"] == [shown('<div class="edition">K001</div>')]
    frame = {"cells": [cell("code", "x", outputs=[shown("<div><style scoped></style></div>")])]}
    assert maker().make([frame], "method")["cells"][-1]["outputs"] == frame["cells"][0]["outputs"]


def test_markup_for_the_lab():
    """Links within a page, permanent links, places in a picture and its pixels go; classes stay."""
    markup = (
        '<a class="number permalink" href="#k001">K001</a><a class="permalink" href="#k001">Link</a>'
        '<img data-png="abc" alt="a"><svg class="spots"><a href="book:x"></a></svg>'
        '<svg class="spots for-phone"><a href="book:x"></a></svg><!-- cell-source -->'
        '<a href="https://example.org" rel="external">out</a>'
    )
    assert for_lab(markup) == (
        '<div class="edition"><span class="number permalink">K001</span><img alt="a">'
        '<a href="https://example.org" rel="external">out</a></div>'
    )
    assert 'href="https://x.org/en/ledger.html#k001"' in for_lab(
        '<a href="book:ledger#k001">K001</a>', "https://x.org"
    )


def test_without_the_project_it_ends_in_one_sentence(monkeypatch, capsys):
    """Opened without the project, a notebook ends in the sentence that says how to get it, and no traceback."""
    guard = sources(maker().make([TEMPLATE], "method"))[1]
    shell = InteractiveShell.instance()
    shell.run_cell(guard)
    assert "needs the project" not in "".join(capsys.readouterr())
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert shell.run_cell(guard).error_in_exec is not None
    said = "".join(capsys.readouterr())
    assert said.strip() == maker().how_to_get_it()


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setattr(take_away, "RUN", tmp_path)
    return tmp_path


def test_what_a_reader_changed_is_kept(run):
    """A notebook that a reader changed is kept beside the new one; one that nobody changed is replaced."""
    said = []
    write_run("en", {"regencies/pati": "old", "method": "old", "gone": "old"}, said.append)
    (run / "en/regencies/pati.ipynb").write_text("mine", "utf-8")
    write_run("en", {"regencies/pati": "new", "method": "new"}, said.append)
    assert (run / "en/regencies/pati.ipynb").read_text("utf-8") == "new"
    assert (run / "en/regencies/pati-yours-1.ipynb").read_text("utf-8") == "mine"
    assert (run / "en/method.ipynb").read_text("utf-8") == "new"
    assert not (run / "en/gone.ipynb").exists()
    assert said == ["Your pati.ipynb was changed; it is kept as en/regencies/pati-yours-1.ipynb."]


@pytest.mark.slow
def test_every_notebook_of_the_site():
    """Each notebook that the pages offer begins with what it needs, and has no dead mark or link."""
    found = sorted(SITE.glob("*/_static/executed/**/*.ipynb"))
    assert len(found) > 20
    for path in found:
        text = path.read_text("utf-8")
        assert "ProjectNeeded" in text, path
        cells = json.loads(text)["cells"]
        outputs = [o.get("data", {}) for c in cells for o in c.get("outputs", [])]
        assert not any('href="book:' in "".join(data.get("text/html", "")) for data in outputs), path
        assert "claim:K" not in text, path
        tags = [c["metadata"].get("tags", []) for c in cells]
        assert not any("injected-parameters" in t for t in tags), path


def test_saving_in_the_lab_leaves_what_is_tracked():
    """A source notebook is saved as it was before it was run; any other as its reader left it."""
    ran = cell("code", "1", ["setup"], [shown("1")])
    ran["metadata"] |= {"execution": {"at": "now"}, "trusted": True}
    other = {"kernelspec": {"name": "mine"}, "language_info": {"version": "3"}}
    content = {"metadata": other, "cells": [ran, cell("markdown", "# A")]}
    shows = SimpleNamespace(root_dir=str(ROOT))
    for path in ("_build/run/en/method.ipynb", "../notebooks/x.ipynb"):
        model = {"type": "notebook", "content": copy.deepcopy(content)}
        without_outputs(model=model, path=path, contents_manager=shows)
        assert model["content"] == content
    model = {"type": "notebook", "content": content}
    without_outputs(model=model, path="notebooks/regencies/pati.ipynb", contents_manager=shows)
    assert content["cells"][0] == cell("code", "1", ["setup"]) | {"execution_count": None}
    assert set(content["metadata"]) == {"kernelspec"}
    for source in NOTEBOOKS.rglob("*.ipynb"):
        kept = json.loads(source.read_text("utf-8"))
        model = {"type": "notebook", "content": copy.deepcopy(kept)}
        without_outputs(
            model=model, path=source.name, contents_manager=SimpleNamespace(root_dir=source.parent)
        )
        assert model["content"] == kept
    text = {"type": "file", "content": "x"}
    without_outputs(model=text, path="notebooks/x.py", contents_manager=shows)
    assert text == {"type": "file", "content": "x"}
