"""The certificate: what a build ran on, what it executed, every outcome, what was not verified, who read and coded.

It is a record that the build makes of itself. Everything in it is seen while building: packages as they are installed,
files as they are, notebooks as they ran.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from packaging.markers import Marker

from smart_asn.cards import HOW_SENTENCES, outcome_badge, outcome_link
from smart_asn.data import Data
from smart_asn.desk.records import build_checksum, records
from smart_asn.edition import Edition
from smart_asn.ledger import main_outcome, question_frame
from smart_asn.markup import Html, Table, html, joined, link, paragraph
from smart_asn.outcomes import NOT_VERIFIED, OUTCOMES
from smart_asn.places import ROOT

LOCK = ROOT / "requirements.txt"
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?: ; ([^\\\n]+?))? \\$", re.M)
PLACEHOLDER = re.compile(r"^<!-- certificate:([\w-]+) -->$", re.M)
"""Where the chapter's prose shows one of ``parts``."""


@dataclass(frozen=True)
class Executed:
    """A notebook that ran: the chapter it makes, its cells of code, the questions they check, its file's SHA-256."""

    chapter: str
    cells: int
    questions: tuple[str, ...]
    digest: str


def executed(chapter: str, notebooks: Iterable[Path], published: str, checks: Iterable[Path]) -> Executed:
    """What is said of a chapter's executed notebooks.

    Parameters
    ----------
    notebooks, checks : the files of the executed notebooks that make it, and of what their cells recorded.
    published : the notebook as the site offers it; the checksum is this file's, so that a reader can compare.
    """
    cells = [c for path in notebooks for c in json.loads(path.read_text("utf-8"))["cells"]]
    ran = [c for c in cells if c["cell_type"] == "code" and c.get("execution_count")]
    asked = [entry["question"] for path in checks for _, entry in json.loads(path.read_text("utf-8"))]
    return Executed(chapter, len(ran), tuple(asked), sha256(published.encode()))


def sha256(made: bytes) -> str:
    """The SHA-256 of bytes in hexadecimal figures."""
    return hashlib.sha256(made).hexdigest()


def locked_packages(lock: str) -> dict[str, str]:
    """Package to version, as far as the lock's lines are meant for this Python and system."""
    return {
        name: number
        for name, number, marker in LOCKED.findall(lock)
        if not marker or Marker(marker).evaluate()
    }


def installed(name: str) -> str:
    """The version of a package that is installed; nothing if it is not."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


@dataclass(frozen=True)
class Certificate:
    """What the certificate's parts are made from."""

    edition: Edition
    questions: Sequence[Mapping[str, Any]]
    runs: Sequence[Executed]

    def parts(self) -> dict[str, Html]:
        """Each part of the chapter by the name of its placeholder, as markup with its data."""
        return {
            "build": self._build(),
            "environment": _shown(self.environment()),
            "data": _shown(self.data_files()),
            "executed": _shown(self.notebooks()),
            "summary": self._summary(),
            "outcomes": _shown(self.outcomes()),
            "not-verified": _shown(self.not_verified()),
            "people": self._people(),
        }

    def _build(self) -> Html:
        speak = self.edition.language
        mark = build_checksum(records(self.edition.data, list(self.questions)))
        return paragraph(
            speak("Checksum of the build, over every question and statement with its outcome:"),
            Html(f"<code>{mark}</code>"),
        )

    def environment(self) -> Table:
        """Python, the system, the lock, and each package that the project names itself."""
        speak = self.edition.language
        lock = LOCK.read_text("utf-8")
        wanted = locked_packages(lock)
        same = [name for name, number in wanted.items() if installed(name) == number]
        python = ".".join(platform.python_version_tuple()[:2])
        rows: list[list[object]] = [
            [speak("Python"), f"{platform.python_implementation()} {python}"],
            [speak("System"), f"{platform.system()}, {platform.machine()}"],
            [speak("Lock (requirements.txt), SHA-256"), _digest(sha256(lock.encode()))],
            [
                speak("Packages installed in the locked version"),
                speak("{count} of {total}", count=len(same), total=len(wanted)),
            ],
        ]
        rows += [[name, installed(name)] for name in direct_packages() if installed(name)]
        caption = speak("The build ran with the packages of the lock, each in the version it names.")
        if len(same) < len(wanted):
            caption = speak("The build ran with other packages than the lock names.")
        return Table("environment", caption, [speak("What"), speak("Version")], rows)

    def data_files(self) -> Table:
        """Every file of the data with its checksum."""
        speak, data = self.edition.language, self.edition.data
        resources = [r for r in data.package["resources"] if not r.get("published")]
        rows = []
        for resource in resources:
            made = (data.folder / resource["path"]).read_bytes()
            count = len(data.tables[resource["name"]]) if resource["name"] in data.tables else None
            rows.append(
                [
                    Html(f"<code>{html(resource['path'])}</code>"),
                    "–" if count is None else speak.number(count),
                    _digest(sha256(made)),
                ]
            )
        caption = speak("The build took {count} files of data, all valid by their schema.", count=len(rows))
        return Table("data-files", caption, [speak("File"), speak("Rows"), "SHA-256"], rows)

    def notebooks(self) -> Table:
        """Every notebook that ran, with the file that the site offers of it."""
        speak = self.edition.language
        rows = [
            [
                link(run.chapter, "", run.chapter),
                speak.number(run.cells),
                speak.number(len(run.questions)),
                _digest(run.digest),
            ]
            for run in self.runs
        ]
        caption = speak(
            "The notebooks of {chapters} chapters ran without an error: {cells} cells, of which {questions} check a question.",
            chapters=len(self.runs),
            cells=speak.number(sum(run.cells for run in self.runs)),
            questions=sum(len(run.questions) for run in self.runs),
        )
        header = [speak("Chapter"), speak("Cells"), speak("Questions"), speak("SHA-256 of its notebook")]
        return Table("executed", caption, header, rows)

    def _summary(self) -> Html:
        """How many questions have which outcome, in a sentence."""
        speak = self.edition.language
        counted = question_frame(self.edition.data, self.questions)["outcome"].value_counts()
        listed = [f"{speak(o)}: {counted[o]}" for o in OUTCOMES if o in counted]
        return paragraph(
            speak("{count} questions were asked.", count=len(self.questions)), f"{speak.listing(listed)}."
        )

    def outcomes(self) -> Table:
        """Every question with the outcome of each of its statements."""
        speak, data = self.edition.language, self.edition.data
        asked = data.questions.set_index("question")[f"asked_{speak.code}"]
        rows = []
        for result in self.questions:
            number, first = result["question"], main_outcome(result)
            groups: dict[str, list[str]] = {}
            for statement in result["statements"]:
                groups.setdefault(statement["outcome"], []).append(statement["claim"])
            told = [
                joined([outcome_badge(outcome, speak), Html(": "), ", ".join(claims)], "")
                if len(groups) > 1
                else ", ".join(claims)
                for outcome, claims in groups.items()
            ]
            rows.append(
                [
                    link("ledger", number.lower(), number),
                    asked[number],
                    outcome_link(first, speak),
                    speak(HOW_SENTENCES[result["how"]]),
                    joined(told, "; "),
                ]
            )
        statements = sum(len(q["statements"]) for q in self.questions)
        caption = speak(
            "Every question with its outcome; the {count} statements that they check stand beside them.",
            count=statements,
        )
        header = [speak(w) for w in ("Question", "Asked", "Outcome", "How", "Statements")]
        return Table("every-outcome", caption, header, rows)

    def not_verified(self) -> Table:
        """Each document that could not be seen, what would settle the matter, and the questions that wait for it."""
        speak, data = self.edition.language, self.edition.data
        waiting: dict[str, list[str]] = {}
        for result in self.questions:
            if any(s["outcome"] == NOT_VERIFIED for s in result["statements"]):
                for search in result["searches"]:
                    waiting.setdefault(search, []).append(result["question"])
        rows = []
        for search, numbers in waiting.items():
            row = data.row("searches", search)
            links = joined([link("ledger", n.lower(), n) for n in numbers])
            name = link("public-sources", search.lower(), self.edition.text(row, "label"))
            rows.append([name, self.edition.text(row, "settles"), links])
        caption = speak(
            "{count} documents were looked for and not open to us; for these questions the article is the only witness.",
            count=len(rows),
        )
        return Table(
            "not-verified", caption, [speak(w) for w in ("Document", "Would settle it", "Questions")], rows
        )

    def _people(self) -> Html:
        """Who coded and read, as far as the data say."""
        speak, tables = self.edition.language, self.edition.data.tables
        count = {name: speak.number(len(tables[name])) for name in PEOPLE}
        return paragraph(
            speak(
                "Two passes coded the six sections apart from each other ({first} and {second} cells); where they differ, it was settled with a reason ({settled}).",
                first=count["pass_1"],
                second=count["pass_2"],
                settled=count["settlements"],
            ),
            speak(
                "Two readers read what no data can count apart from each other ({first} and {second} judgements); where they differ, it was settled with a reason ({settled}).",
                first=count["reading_1"],
                second=count["reading_2"],
                settled=count["settled_readings"],
            ),
            speak("The data name none of them; their independence has to be judged by what they left there."),
        )


PEOPLE = ("pass_1", "pass_2", "settlements", "reading_1", "reading_2", "settled_readings")
"""The tables of what those who coded and read have left."""


def direct_packages() -> list[str]:
    """The packages that ``pyproject.toml`` names itself, in its order."""
    import tomllib

    named = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    return [re.split(r"[^A-Za-z0-9._-]", name)[0] for name in named]


def _digest(figures: str) -> Html:
    return Html(f'<code class="digest">{figures}</code>')


def _shown(table: Table) -> Html:
    return Html(table._repr_html_(), table.blocks)


def chapter(prose: str, parts: Mapping[str, str]) -> str:
    """The chapter's Markdown with each placeholder replaced by its part, as markup that Sphinx leaves as it is.

    Raises
    ------
    KeyError
        for a placeholder without a part.
    """
    return PLACEHOLDER.sub(lambda m: f":::{{raw}} html\n{parts[m[1]]}\n:::", prose)


def facts(data: Data, questions: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many questions have which outcome (the English words), for what is said of the certificate elsewhere."""
    counted = question_frame(data, questions)["outcome"].value_counts()
    return {outcome: int(counted[outcome]) for outcome in OUTCOMES if outcome in counted}
