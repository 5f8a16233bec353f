"""Measure the pipeline beside the plain way, everything in one run, and print the tables of ``make bench``.

    python benchmarks/bench.py [--runs 3] [--sizes 6 60]

The plain way is papermill's command, one notebook after another, then ``jupyter-book build``; beside it stands
``jupyter-book build`` that executes the notebooks itself. Every way starts from the same sources in folders of
its own, in English alone; what a change costs is measured with both editions. CPU is that of all processes a way
starts, kernels included; memory is the most that they held together (proportional set size, sampled). Medians of
the runs; ratios are to the first row of a table.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
from synthetic import write

ROOT = Path(__file__).parents[1]
PLAIN = """
import subprocess, sys
import nbformat
from smart_asn.pipeline import execute
from smart_asn.places import set_environment
set_environment()
data, pages = execute.load_book()
for page in sorted(pages, key=lambda p: p.stage):
    work = execute.BUILD / "work/plain.ipynb"
    work.parent.mkdir(parents=True, exist_ok=True)
    named = [w for k, v in page.parameters.items() for w in ("-p", k, v)]
    command = [sys.executable, "-m", "papermill", "--no-progress-bar", "-p", "language", "en", *named, page.source, work]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    execute.write_outputs(page, "en", nbformat.read(work, as_version=4))
"""
JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"
WEAVE = """
import sys
from smart_asn.pipeline import execute, publish
from smart_asn.language import Language
from smart_asn.ledger import gather
from smart_asn.pipeline.source import write_source
data, pages = execute.load_book()
write_source(data, list(pages), gather(data, "en"), Language("en"), publish.BUILD / "source/en")
config = publish.BUILD / "source/en/_config.yml"
config.write_text(config.read_text().replace("execute_notebooks: 'off'", f"execute_notebooks: {sys.argv[1]}"))
"""

CHANGES = {
    "one evidence row: its words": ("data/evidence.csv", ",analisis beban kerja,", ",analisis beban,"),
    "one evidence row: doubtful": (
        "data/evidence.csv",
        ",evaluasi jabatan,false,,",
        ",evaluasi jabatan,true,x,x",
    ),
    "one evidence row: doubtful, and claims with it": (
        "data/evidence.csv",
        ",189,577,melakukan analisis jabatan,false,,",
        ",189,577,melakukan analisis jabatan,true,x,x",
    ),
    "prose": ("book/reproduce.md", "Change a row", "Change any row"),
}
"""What is changed in the book: a file, a text that stands in it, and another in its place."""


@dataclass(frozen=True)
class Cost:
    """What a way costs: seconds on the clock, seconds of CPU, megabytes held at most."""

    wall: float
    cpu: float
    memory: float


class Book:
    """The sources of a book in a folder of its own, and the ways to build it."""

    def __init__(self, root: Path):
        self.root = root
        self.environment = os.environ | {
            "SMART_ASN_ROOT": str(root),
            "SMART_ASN_EDITIONS": "en",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(ROOT / "src"),
        }

    def clean(self) -> None:
        """Remove everything built."""
        for name in ("_build", ".pytask"):
            shutil.rmtree(self.root / name, ignore_errors=True)
        (self.root / "pytask.lock").unlink(missing_ok=True)

    def run(self, *commands: list[str], **more: str) -> Cost:
        """Run commands one after another, and measure them with all they start."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began, peak, done = time.monotonic(), [0.0], threading.Event()
        watch = threading.Thread(target=_watch, args=(peak, done))
        watch.start()
        for command in commands:
            subprocess.run(
                [sys.executable, *command],
                cwd=self.root,
                env=self.environment | more,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        wall = time.monotonic() - began
        _reap()
        done.set()
        watch.join()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Cost(wall, cpu, peak[0])

    def ours(self, *arguments: str, **more: str) -> Cost:
        """The pipeline."""
        return self.run(["-m", "smart_asn", "build", *arguments], **more)

    def notebooks_plainly(self) -> Cost:
        """papermill's command, one notebook after another."""
        return self.run(["-c", PLAIN])

    def pages_plainly(self, execute: str) -> Cost:
        """``jupyter-book build``, which executes the notebooks if ``execute`` is ``force``."""
        source = str(self.root / "_build/source/en")
        build = [
            "-c",
            JUPYTER_BOOK,
            "build",
            source,
            "--path-output",
            str(self.root / "_build/plain"),
            "--all",
            "--quiet",
        ]
        return self.run(["-c", WEAVE, execute], build)

    def weight(self) -> float:
        """The mean size of a regency's page in kilobytes, not compressed."""
        pages = list((self.root / "_build/html/en/regencies").glob("*.html"))
        return statistics.mean(p.stat().st_size for p in pages) / 1000


def _watch(peak: list[float], done: threading.Event) -> None:
    while not done.wait(0.5):
        held = 0
        for process in psutil.Process().children(recursive=True):
            try:
                held += process.memory_full_info().pss
            except psutil.Error:
                continue
        peak[0] = max(peak[0], held / 1e6)


def _reap() -> None:
    """Wait for every process that was started by those we started and outlived them; their CPU counts too."""
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


def median(runs: int, once: Callable[[], Cost]) -> Cost:
    """The median of several runs, for each figure by itself."""
    costs = [once() for _ in range(runs)]
    return Cost(*(statistics.median(getattr(c, f) for c in costs) for f in ("wall", "cpu", "memory")))


def after(act: Callable[[], None], then: Callable[[], Cost]) -> Callable[[], Cost]:
    """A measurement with something done before each run that is not measured."""

    def once() -> Cost:
        act()
        return then()

    return once


def table(rows: list[tuple[str, Cost]], base: Cost) -> None:
    """Print rows as a Markdown table, with ratios to a base."""
    print("| | wall s | CPU s | memory MB | wall ratio | CPU ratio |\n|---|---:|---:|---:|---:|---:|")
    for name, cost in rows:
        ratios = f"{cost.wall / base.wall:.2f} | {cost.cpu / base.cpu:.2f}"
        print(f"| {name} | {cost.wall:.1f} | {cost.cpu:.1f} | {cost.memory:.0f} | {ratios} |", flush=True)
    print()


def shipped(folder: Path, runs: int) -> None:
    """The book itself: each way from nothing, and the pipeline after each kind of change."""
    book = Book(folder / "book")
    sources = (
        "CITATION.cff",
        "_config.yml",
        "_toc.yml",
        "task_book.py",
        "pyproject.toml",
        "requirements.txt",
    )
    book.root.mkdir()
    for name in sources:
        shutil.copy(ROOT / name, book.root)
    for name in ("book", "data", "locale", "notebooks"):
        shutil.copytree(ROOT / name, book.root / name)
    plain_notebooks = median(runs, after(book.clean, book.notebooks_plainly))
    plain_pages = median(runs, lambda: book.pages_plainly("'off'"))
    force = median(runs, lambda: book.pages_plainly("force"))
    plain = Cost(
        plain_notebooks.wall + plain_pages.wall,
        plain_notebooks.cpu + plain_pages.cpu,
        max(plain_notebooks.memory, plain_pages.memory),
    )
    notebooks = median(runs, after(book.clean, lambda: book.ours("--only", "notebook")))
    ours = median(runs, after(book.clean, book.ours))
    print("## The book, against the plain way\n")
    table(
        [
            ("papermill's command, then jupyter-book build", plain),
            ("jupyter-book build that executes", force),
            ("this pipeline", ours),
        ],
        plain,
    )
    table(
        [("notebooks: papermill's command", plain_notebooks), ("notebooks: this pipeline", notebooks)],
        plain_notebooks,
    )
    book.environment["SMART_ASN_EDITIONS"] = "en id"
    both = median(runs, after(book.clean, book.ours))
    rows = [
        ("both editions from nothing", both),
        ("one edition from nothing", ours),
        ("nothing changed", median(runs, book.ours)),
    ]
    for name, (file, old, new) in CHANGES.items():
        turn = [old, new]

        def edit(file: str = file, turn: list[str] = turn) -> None:
            path = book.root / file
            text = path.read_text("utf-8")
            assert turn[0] in text, f"{turn[0]!r} is not in {file}"
            path.write_text(text.replace(*turn, 1), "utf-8")
            turn.reverse()

        rows.append((name, median(runs, after(edit, book.ours))))
        if turn[0] == new:
            edit()
            book.ours()
    print("## The book in both editions, after a change\n")
    table(rows, both)


def sizes(folder: Path, counts: list[int]) -> None:
    """Synthetic books of growing size: what a regency costs, what the pages cost, what a page weighs."""
    print("## Synthetic books\n")
    print("| regencies | wall s | notebooks' CPU s | per regency | pages' CPU s | memory MB | a page, kB |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    for count in counts:
        book = Book(folder / f"synthetic-{count}")
        write(book.root, count)
        notebooks = book.ours("--only", "notebook")
        pages = book.ours()
        memory = max(notebooks.memory, pages.memory)
        print(
            f"| {count} | {notebooks.wall + pages.wall:.0f} | {notebooks.cpu:.0f} | {notebooks.cpu / count:.2f} "
            f"| {pages.cpu:.0f} | {memory:.0f} | {book.weight():.1f} |",
            flush=True,
        )


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--runs", type=int, default=3, help="runs of each measurement of the book; 0 leaves it out"
    )
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=[6, 60], help="regencies of the synthetic books"
    )
    options = parser.parse_args()
    if sys.platform == "linux":
        adopt = 36  # PR_SET_CHILD_SUBREAPER: processes that outlive their parent become this one's children
        ctypes.CDLL(None).prctl(adopt, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        if options.runs:
            shipped(Path(folder), options.runs)
        sizes(Path(folder), options.sizes)


if __name__ == "__main__":
    main()
