"""The catalogues of the Indonesian edition: gather what is to be translated, refresh them, say what is missing.

Two catalogues in ``locale/id/LC_MESSAGES``: ``book`` (prose and notebook text, found by Sphinx's gettext
builder) and ``smart_asn`` (messages of the package, its tables of words, words that stand in the data, and what
Sphinx says on the pages). A catalogue names the files a message stands in, without line numbers and dates, so
that it changes only when a message does.
"""

from __future__ import annotations

import ast
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from smart_asn.cards import HOW_SENTENCES
from smart_asn.catalogues import LOCALE, read_catalogue
from smart_asn.chapters import pages
from smart_asn.data import Data
from smart_asn.figures.ideas import FOUR_STAGES
from smart_asn.language import COUNTS, SPHINX_WORDS
from smart_asn.outcomes import HOW, KIND_LABELS, MEANINGS, OUTCOMES, SCOPES
from smart_asn.places import BUILD, NOTEBOOKS, ROOT
from smart_asn.site.citation import OWN_WORDS
from smart_asn.tables.coverage import STATE_LABELS
from smart_asn.tables.history import ASPECT_LABELS
from smart_asn.tables.ledger import ORIGINS

CATALOGUES = ("book", "smart_asn")
SPEAKERS = ("speak", "language", "self")
"""A call of one of these names has a message as its first argument."""

WORDS_IN_DATA = (
    ("prisma_p", "reported"),
    ("sources", "unit"),
    ("sources", "seen"),
    ("sources", "value"),
    ("reading_1", "says"),
    ("regencies", "census_source"),
)
"""Columns whose words (not: numbers) are shown as messages."""

PLAIN_LIMITS = ("required", "unique")
"""Constraints that the data dictionary does not print."""

HEADER = """msgid ""
msgstr ""
"Project-Id-Version: smart-asn\\n"
"Language: id\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def catalogue_path(name: str, language: str = "id") -> Path:
    """Where a catalogue is kept."""
    return LOCALE / language / "LC_MESSAGES" / f"{name}.po"


def read(path: Path) -> Catalog:
    """A catalogue as it is kept; an empty one if there is none yet."""
    if not path.exists():
        return Catalog(locale="id")
    with path.open("rb") as file:
        return read_po(file, locale="id")


# What is to be translated ---------------------------------------------------------------------------------


def calls(source: str) -> Iterator[str]:
    """The messages in a module's text, in the order of its lines: the words that a call of ``SPEAKERS`` is given.

    They are a text, either of two texts, or each of a tuple of texts (``speak(w) for w in ("Claim", "Place")``).
    Babel's own extractor misses messages inside f-strings and runs the two of a conditional together.
    """
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and _named(node) in SPEAKERS:
            found += [(node.lineno, text) for text in _texts(node.args[0])]
        elif isinstance(node, ast.ListComp | ast.GeneratorExp) and _named(node.elt) in SPEAKERS:
            found += [(node.lineno, text) for text in _texts(node.generators[0].iter)]
    yield from (text for _, text in sorted(found, key=lambda pair: pair[0]))


def _named(call: ast.expr) -> str | None:
    """The name of what is called; None for what is no call."""
    function = getattr(call, "func", None)
    return getattr(function, "id", None) or getattr(function, "attr", None)


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts that an expression can be, as far as they are written there."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.Tuple):
        for part in node.elts:
            yield from _texts(part)


def package_messages(data: Data) -> Catalog:
    """What the package says: calls in its modules, rules and verdicts, words of the data, titles of the contents."""
    found: list[tuple[str, str]] = []
    for template in sorted((ROOT / "book/_templates").glob("*.html")):
        text = template.read_text("utf-8")
        messages = babel_extract(io.BytesIO(text.encode()), SPEAKERS, [], {"encoding": "utf-8"})
        found += [(str(message), f"book/_templates/{template.name}") for _, _, message, _ in messages]
    for module in sorted((ROOT / "src/smart_asn").rglob("*.py")):
        place = module.relative_to(ROOT).as_posix()
        found += [(message, place) for message in calls(module.read_text("utf-8"))]
    for notebook in sorted((ROOT / "notebooks").rglob("*.ipynb")):
        place = notebook.relative_to(ROOT).as_posix()
        cells = [c for c in json.loads(notebook.read_text("utf-8"))["cells"] if c["cell_type"] == "code"]
        found += [(message, place) for c in cells for message in calls("".join(c["source"]))]
        images = [c["metadata"].get("mystnb", {}).get("image", {}) for c in cells]
        found += [(image["alt"], place) for image in images if "alt" in image]
    found += [(word, "src/smart_asn/outcomes.py") for word in (*OUTCOMES, *MEANINGS.values(), *HOW)]
    for name, scope in SCOPES.items():
        found += [(words, "src/smart_asn/outcomes.py") for words in (name, scope.takes, *scope.when) if words]
    found += [(words, "src/smart_asn/cards.py") for words in HOW_SENTENCES.values()]
    found += [
        (words, "src/smart_asn/tables/ledger.py") for words in (*KIND_LABELS.values(), *ORIGINS.values())
    ]
    found += [(words, "src/smart_asn/tables/coverage.py") for words in STATE_LABELS.values()]
    found += [(words, "src/smart_asn/tables/history.py") for words in ASPECT_LABELS.values()]
    found += [(words, "src/smart_asn/language.py") for words in COUNTS]
    found += [(stage, "src/smart_asn/figures/ideas.py") for stage, _ in FOUR_STAGES]
    paths = {r["name"]: f"data/{r['path']}" for r in data.package["resources"]}
    for table, column in WORDS_IN_DATA:
        words = data.tables[table][column].unique()
        found += [(word, paths[table]) for word in words if any(c.isalpha() for c in word)]
    for resource in data.package["resources"]:
        for field in resource.get("schema", {}).get("fields", []):
            limits = (
                []
                if "expected" in field
                else [k for k in field.get("constraints", {}) if k not in PLAIN_LIMITS]
            )
            words = [field["type"], field.get("unit"), *limits]
            found += [(word, "data/datapackage.json") for word in words if word]
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    found += [(part["caption"], "_toc.yml") for part in contents["parts"]]
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    found += [(settings[name], "_config.yml") for name in ("title", "author")]
    found += [(words, "sphinx") for words in SPHINX_WORDS]
    found += [(words, "CITATION.cff") for words in OWN_WORDS]
    catalogue = Catalog()
    for message, place in found:
        catalogue.add(message, locations=[(place, 1)])
    return catalogue


def prose_messages(data: Data) -> Catalog:
    """Every paragraph, heading and item of the chapters, as Sphinx's gettext builder finds them.

    The notebooks are taken as they are written, before they run, each as a chapter of its own. Captions of the
    contents are messages of the package.

    Raises
    ------
    RuntimeError
        with Sphinx's last lines, if the chapters cannot be read.
    """
    folder = BUILD / "messages"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "book", folder)
    shutil.copy(ROOT / "_config.yml", folder)
    for source in dict.fromkeys(page.source for page in pages(data.regency_names)):
        target = folder / source.relative_to(NOTEBOOKS)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    chapters = sorted(
        p.relative_to(folder).with_suffix("").as_posix()
        for p in folder.rglob("*")
        if p.suffix in (".ipynb", ".md")
    )
    contents: dict[str, Any] = {"format": "jb-book", "root": "index"}
    contents["chapters"] = [{"file": chapter} for chapter in chapters if chapter != "index"]
    (folder / "_toc.yml").write_text(yaml.safe_dump(contents), "utf-8")
    book = str(Path(sys.executable).with_name("jupyter-book"))
    command = [
        book,
        "build",
        str(folder),
        "--all",
        "--quiet",
        "--builder",
        "custom",
        "--custom-builder",
        "gettext",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    template = folder / "_build/gettext/book.pot"
    if done.returncode or not template.exists():
        raise RuntimeError(f"The chapters could not be read:\n{done.stdout[-1500:]}\n{done.stderr[-3000:]}")
    catalogue = Catalog()
    for message in read(template):
        if message.id:
            places = [_place(name) for name, _ in message.locations]
            catalogue.add(message.id, locations=[(place, 1) for place in dict.fromkeys(places)])
    return catalogue


def _place(name: str) -> str:
    """The file of the repository that a staged file was made from."""
    path = name.removeprefix("../../")
    return f"notebooks/{path}" if path.endswith(".ipynb") else f"book/{path}"


# Refreshing and checking ----------------------------------------------------------------------------------


def as_text(catalogue: Catalog) -> str:
    """A catalogue as it is kept: the order of its sources, their names without lines, no dates."""
    target = io.BytesIO()
    write_po(target, catalogue, width=110, omit_header=True, include_lineno=False, ignore_obsolete=True)
    return HEADER + target.getvalue().decode("utf-8").rstrip("\n") + "\n"


def refresh(kept: Catalog, template: Catalog) -> Catalog:
    """The template's messages, translated as far as they are; a changed message keeps the old text, as fuzzy."""
    kept.update(template, update_header_comment=False, update_creation_date=False)
    return kept


def problems(catalogue: Catalog, name: str) -> list[str]:
    """The messages that have no translation or a fuzzy one, each in a line that names its catalogue and sources."""
    found = []
    for message in catalogue:
        if message.id and (message.fuzzy or not message.string):
            places = ", ".join(dict.fromkeys(place for place, _ in message.locations))
            found.append(f"{name}.po: {'fuzzy' if message.fuzzy else 'missing'}: {message.id!r} ({places})")
    return found


def templates(data: Data) -> dict[str, Catalog]:
    """What is to be translated now, by catalogue."""
    return {"book": prose_messages(data), "smart_asn": package_messages(data)}


def translations(data: Data, write: bool = True) -> list[str]:
    """Refresh the catalogues (``write``) and return what is missing, fuzzy, or (not ``write``) not refreshed."""
    found = []
    for name, template in templates(data).items():
        path = catalogue_path(name)
        before = path.read_text("utf-8") if path.exists() else ""
        catalogue = refresh(read_catalogue(path), template)
        text = as_text(catalogue)
        if write:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        found += problems(catalogue, name)
        if not write and text != before:
            found.append(f"{name}.po does not hold just what the sources say now; run `make translations`")
    return found


RUN = 8
"""So many words of the article in a row would be its own text."""


NAMES = re.compile(
    r"\bPreferred Reporting Items for Systematic Reviews and Meta-analyses"
    r"|\bPeraturan Bupati (?:\w+ )?Nomor \d+ Tahun \d{4} tentang (?:\*?road map\*?|isi)"
    r"|perencanaan[,;] perekrutan dan seleksi[,;] pengembangan kompetensi[,;] penilaian kinerja dan penghargaan"
    r"|penilaian kinerja dan penghargaan[,;] promosi",
    re.I,
)
"""Names longer than a phrase: of the method, of the regulations, of the strategies. They are told as they are."""


def borrowed(texts: Iterable[tuple[str, str]], article: str) -> list[str]:
    """The texts, each with its place, that have ``RUN`` words in a row of the article: place and words, a line each."""
    theirs = _runs(re.sub(r"-\n", "", article))
    return [
        f"{place}: {' '.join(run)}" for place, text in texts for run in _runs(NAMES.sub(" _ ", text)) & theirs
    ]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}


def indonesian_texts(data: Data) -> Iterator[tuple[str, str]]:
    """Every text of the Indonesian edition with its place: translations, and columns whose name ends in ``_id``."""
    for name in CATALOGUES:
        yield from (
            (f"{name}.po", str(message.string)) for message in read(catalogue_path(name)) if message.id
        )
    for table, frame in data.tables.items():
        for column in (c for c in frame.columns if c.endswith("_id")):
            yield from (
                (f"{table}, row {n}, {column}", text) for n, text in enumerate(frame[column], start=2)
            )
