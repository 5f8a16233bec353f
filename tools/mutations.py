"""Change the data in one place, several hundred times, and see whether anybody would notice.

Run with ``make mutate``. Each change is random (seeded) and single. It is caught if the data no longer
validates, if the book can no longer be built (a question without its cell, an observation that does not fit), if
an anchor or derived data does not fit the article's text (where that is at hand), or if some page or the published
ledger reads differently. The rest is silent and listed. A change is stale if a page reads differently though nothing
that its chapter looked at is different: a build that makes again only what changed would miss it. The chapters are computed in this process, without papermill,
and figures are not drawn: only their captions and alt texts count as visible.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import shutil
import signal
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reader import Reader

from smart_asn import chapters, rules
from smart_asn.data import Data
from smart_asn.datapackage import Problem, read_package, read_tables, tabular
from smart_asn.derived import derive
from smart_asn.language import LANGUAGES
from smart_asn.ledger import LedgerError
from smart_asn.locators import check_locators
from smart_asn.places import DATA, ROOT
from smart_asn.validation import check_schema, check_text

ARTICLE = Path(os.environ.get("SMART_ASN_ARTICLE", ROOT.parent / "shared/article/dumalang-2021.txt"))
"""The article's text, where the reader has it."""

OUTCOMES = ("rejected", "unbuildable", "by the article", "visible", "stale", "silent")
FIRST = (
    "evidence.csv",
    "claims.csv",
    "questions.csv",
    "passages.csv",
    "sources.csv",
    "regencies.csv",
    "codebook.csv",
)
"""The files whose columns are changed most often."""


KEPT = {("readings/reading-1.csv", "why"), ("readings/reading-2.csv", "why"), ("audit/cards.csv", "why")}
"""Notes of readers and auditors, in the language they were written in: they stay in the data, and no page shows them."""


@dataclass(frozen=True)
class Change:
    """One change of the data: the file and column, what was done, and where."""

    file: str
    column: str
    how: str
    row: int
    before: str
    after: str

    @property
    def kind(self) -> tuple[str, str]:
        """File and kind of change, as the table shows them."""
        return self.file, f"{self.column} {self.how}".strip()

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}, {self.column} {self.how}: {self.before!r} -> {self.after!r}"


def altered(value: str, kind: str, others: list[str], rng: random.Random) -> tuple[str, str]:
    """Another value in the place of one, and in a word how it was come by."""
    if kind == "boolean":
        return ("false" if value == "true" else "true"), "flipped"
    if kind in ("integer", "number") and value:
        step = rng.choice((-2, -1, 1, 2))
        if kind == "integer":
            return str(int(value) + step), "shifted"
        decimals = max(1, len(value.partition(".")[2]))
        return f"{float(value) + step / 10:.{decimals}f}", "shifted"
    alike = sorted(set(others) - {value})
    if alike and rng.random() < 0.5:
        return rng.choice(alike), "swapped"
    places = [n for n, letter in enumerate(value) if letter.isalnum()]
    if not places:
        return "x", "altered"
    place = rng.choice(places)
    letter = rng.choice(
        [c for c in ("0123456789" if value[place].isdigit() else "abcdefgh") if c != value[place]]
    )
    return value[:place] + letter + value[place + 1 :], "altered"


def changes(
    rows: dict[str, list[dict]], package: dict, rng: random.Random, often: int, seldom: int
) -> list[Change]:
    """The changes to try: for every file, each column several times, rows dropped, and rows doubled."""
    made = set()
    for resource in tabular(package):
        file, table = resource["path"], rows[resource["path"]]
        if not table:  # which may be empty, and is so far
            continue
        times = often if file in FIRST else seldom
        for field in resource["schema"]["fields"]:
            if (file, field["name"]) in KEPT:
                continue
            column = [r[field["name"]] for r in table]
            for _ in range(times):
                at = rng.randrange(len(table))
                after, how = altered(column[at], field["type"], column, rng)
                made.add(Change(file, field["name"], how, at + 2, column[at], after))
        for how in ("dropped", "doubled"):
            for _ in range(times):
                at = rng.randrange(len(table))
                made.add(Change(file, "", f"row {how}", at + 2, next(iter(table[at].values())), ""))
    return sorted(made, key=_order)


def _order(change: Change) -> tuple:
    """The main files first, then by file and kind."""
    main = FIRST.index(change.file) if change.file in FIRST else len(FIRST)
    return main, change.file, change.kind, change.row, change.after


def apply(change: Change, rows: list[dict]) -> list[dict]:
    """A file's rows with the change made."""
    at = change.row - 2
    if change.how == "row dropped":
        return rows[:at] + rows[at + 1 :]
    if change.how == "row doubled":
        return [*rows[: at + 1], rows[at], *rows[at + 1 :]]
    return [*rows[:at], rows[at] | {change.column: change.after}, *rows[at + 1 :]]


def write(path: Path, columns: list[str], rows: list[dict]) -> None:
    """A CSV file as the project writes them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def load(folder: Path) -> Data:
    """The folder's tables, without validating them once more."""
    return Data(folder, read_tables(folder, read_package(folder)))


@dataclass(frozen=True)
class Before:
    """The unchanged data, what each chapter shows of it, and what each chapter looks at."""

    data: Data
    texts: dict[str, dict[str, str]]
    reads: dict[tuple[str, str], set]

    def noticed(self, data: Data, language: str, chapter: str) -> bool:
        """Whether an incremental build would make a chapter again: something that it looked at is different.

        Chapters of later stages, the weaving and the ledger hang on other chapters, and are taken to be noticed.
        """
        looks = self.reads.get((language, chapter))
        if looks is None or chapter in chapters.STAGES or data.regency_names != self.data.regency_names:
            return True
        return any(self.data.seal(look) != data.seal(look) for look in looks)

    def near(self, data: Data, language: str, table: str) -> frozenset[str]:
        """The chapters of an edition that looked at something in a table that is now different."""
        seen: dict[tuple[str, ...], bool] = {}
        for looks in self.reads.values():
            for look in looks:
                if look[1] == table and look not in seen:
                    seen[look] = self.data.seal(look) != data.seal(look)
        changed = {look for look, different in seen.items() if different}
        return frozenset(
            slug for (code, slug), looks in self.reads.items() if code == language and looks & changed
        )


def problems(folder: Path, package: dict, file: str) -> list[Problem]:
    """What ``validate`` says after a change of one file: only tables that hang together with it are read anew."""
    tables = tabular(package)
    changed = next(r for r in tables if r["path"] == file)
    found = check_text(folder, changed)
    if found:
        return found
    keys = {
        r["name"]: [k["reference"]["resource"] for k in r["schema"].get("foreignKeys", [])] for r in tables
    }
    near = {changed["name"], *keys[changed["name"]], *(n for n, to in keys.items() if changed["name"] in to)}
    related = {"resources": [r for r in tables if r["name"] in near]}
    found = check_schema(folder, related, set())
    return found or rules.check(rules.Tables(read_tables(folder, package), package))


def outcome(
    folder: Path,
    package: dict,
    change: Change,
    reader: Reader,
    before: Before,
    article: str | None,
    first: Counter,
) -> tuple[str, str]:
    """What becomes of a changed data folder: the first of ``OUTCOMES`` that applies, and where it shows."""
    found = problems(folder, package, change.file)
    if found:
        return "rejected", str(found[0])
    data = load(folder)
    if article and check_locators(rules.Tables(data.article_alone().tables, data.package), article):
        return "by the article", "an anchor"
    if article and change.file.startswith("article/"):
        derived = derive(article, before.data.sections).get(change.file)
        if derived not in (None, (folder / change.file).read_text("utf-8")):
            return "by the article", "derived data"
    table = next(r["name"] for r in tabular(package) if r["path"] == change.file)
    for language in sorted(LANGUAGES, key=lambda code: not change.column.endswith(f"_{code}")):
        try:
            for chapter, text in reader.read(data, language, first, before.near(data, language, table)):
                if text != before.texts[language].get(chapter):
                    first[chapter] += 1
                    return ("visible" if before.noticed(data, language, chapter) else "stale"), chapter
        except (LedgerError, KeyError, ValueError, TypeError, IndexError) as error:
            return "unbuildable", f"{type(error).__name__}: {error}"
    return "silent", ""


def report(found: list[tuple[Change, str, str]]) -> str:
    """The table of outcomes by kind of change, the share caught, and every silent change."""
    counts: dict[tuple[str, str], Counter] = {}
    for change, what, _ in sorted(found, key=lambda f: _order(f[0])):
        counts.setdefault(change.kind, Counter())[what] += 1
    head = f"{'file':28} {'change':34} {'number':>6}" + "".join(f" {o:>14}" for o in OUTCOMES)
    lines = [head, "-" * len(head)]
    total: Counter[str] = Counter()
    for (file, kind), count in counts.items():
        total += count
        lines.append(f"{file:28} {kind:34} {count.total():6}" + "".join(f" {count[o]:14}" for o in OUTCOMES))
    lines.append("-" * len(head))
    lines.append(f"{'all':28} {'':34} {total.total():6}" + "".join(f" {total[o]:14}" for o in OUTCOMES))
    caught = total.total() - total["silent"] - total["stale"]
    lines.append(f"\nCaught: {caught} of {total.total()} ({100 * caught / total.total():.1f} percent).")
    for name in ("stale", "silent"):
        lines += ["", f"{name.capitalize()}:", *(f"  {change}" for change, what, _ in found if what == name)]
    return "\n".join(lines)


class Trial:
    """A copy of the data on which one change after the other is tried, and what the unchanged data show."""

    def __init__(self, folder: Path, article: str | None):
        self.folder, self.article, self.package = folder / "data", article, read_package()
        shutil.copytree(DATA, self.folder)
        self.rows, self.columns = rows_of(self.package), columns_of(self.package)
        self.reader, unchanged = Reader(folder / "build"), load(self.folder)
        texts = {language: dict(self.reader.read(unchanged, language)) for language in LANGUAGES}
        self.before = Before(unchanged, texts, dict(self.reader.reads))
        self.first: dict[str, Counter] = defaultdict(Counter)

    def __call__(self, change: Change) -> tuple[Change, str, str]:
        """What becomes of a change, which is taken back afterwards."""
        path, first = self.folder / change.file, self.first[change.file]
        original = path.read_bytes()
        write(path, self.columns[change.file], apply(change, self.rows[change.file]))
        found = outcome(self.folder, self.package, change, self.reader, self.before, self.article, first)
        path.write_bytes(original)
        return change, *found


def rows_of(package: dict) -> dict[str, list[dict]]:
    """The rows of each file of the shipped data."""
    rows = {}
    for resource in tabular(package):
        with (DATA / resource["path"]).open(encoding="utf-8", newline="") as file:
            rows[resource["path"]] = list(csv.DictReader(file))
    return rows


def columns_of(package: dict) -> dict[str, list[str]]:
    """The names of each file's columns."""
    return {r["path"]: [f["name"] for f in r["schema"]["fields"]] for r in tabular(package)}


_TRIAL: list[Trial] = []
"""A worker's own trial."""


def _begin(folder: str, article: str | None) -> None:
    """Give a worker its trial, in a folder of its own; Ctrl-C is the parent's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _TRIAL.append(Trial(Path(tempfile.mkdtemp(dir=folder)), article))


def _try(change: Change) -> tuple[Change, str, str]:
    return _TRIAL[0](change)


def tried(todo: list[Change], article: str | None, workers: int) -> Iterator[tuple[Change, str, str]]:
    """Each change with what became of it, tried by several processes."""
    with tempfile.TemporaryDirectory() as folder:
        pool = ProcessPoolExecutor(workers, initializer=_begin, initargs=(folder, article))
        try:
            yield from pool.map(_try, todo)
        finally:
            pool.shutdown(cancel_futures=True)


def main() -> int:
    """Run; exit code 1 if a change went unnoticed."""
    parser = argparse.ArgumentParser(prog="mutations", description=__doc__)
    parser.add_argument("--seed", type=int, default=2021)
    parser.add_argument("--often", type=int, default=8, help="changes for each column of the main files")
    parser.add_argument("--seldom", type=int, default=2, help="changes for each column of the others")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes that try changes")
    parser.add_argument(
        "--article", type=Path, default=ARTICLE, help="the article's text, where it is at hand"
    )
    options = parser.parse_args()
    article = options.article.read_text("utf-8") if options.article.exists() else None
    at_hand = "at hand" if article else "not at hand, anchors and derived data are not checked"
    print(f"Article: {at_hand}. Seed: {options.seed}.")
    package = read_package()
    draw = random.Random(options.seed)
    todo = changes(rows_of(package), package, draw, options.often, options.seldom)
    random.Random(options.seed).shuffle(todo)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    found = []
    with suppress(KeyboardInterrupt):  # what was tried until then is reported
        for number, (change, what, where) in enumerate(tried(todo, article, options.workers), start=1):
            found.append((change, what, where))
            if what in ("stale", "silent") or number % 50 == 0:
                print(f"{number} of {len(todo)}: {what}: {change}", file=sys.stderr, flush=True)
    print(report(found))
    return 1 if any(what in ("stale", "silent") for _, what, _ in found) else 0


if __name__ == "__main__":
    sys.exit(main())
