"""Run the whole pipeline: one build at a time, whose end, whatever it is, leaves a whole book and nothing else."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from smart_asn.data import BUILD, ROOT, DataError, load
from smart_asn.pipeline import kernels, site


def tidy() -> None:
    """Remove what a build that was stopped left behind; nothing that is served, nothing that is kept."""
    for path in (
        BUILD / "work",
        site.SITE.with_name("html.new"),
        site.SITE.with_name("html.old"),
        *(BUILD / "pages").glob("*.part"),
    ):
        shutil.rmtree(path, ignore_errors=True)
    for folder in ("executed", "records", "reads"):
        for path in (BUILD / folder).rglob(".*.part"):
            path.unlink(missing_ok=True)


def build_book(only: str = "", scheduler: str = "") -> int:
    """Run the whole pipeline of ``task_book.py``; returns 0 if the book is published, 1 if not, 130 if stopped.

    ``only`` limits it to the tasks whose names contain a word, such as ``notebook``. The tasks run side by side
    on this machine, or on the workers of the Dask cluster whose ``scheduler`` is named.
    """
    kernels.settle()
    lock = _alone()
    if lock is None:
        print(f"Another build is at work in {BUILD}; wait for it to end.", file=sys.stderr)
        return 1
    tempfile.tempdir = os.environ["TMPDIR"] = str(kernels.folder())
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    tidy()
    if not scheduler:
        _prepare(only)
    try:
        load()
    except DataError as error:
        print(error, file=sys.stderr)
        site.dismiss()
        return 1
    import pytask

    from smart_asn.pipeline.progress import summary

    pytask.console.quiet = True
    workers = (os.cpu_count() or 1) + 1
    backend = "threads"
    if scheduler:
        import distributed

        workers = sum(distributed.Client(scheduler).nthreads().values())
        backend = "dask"
    options = {"expression": only} if only else {}
    session = pytask.build(
        paths=[ROOT / "task_book.py"],
        n_workers=workers,
        verbose=0,
        parallel_backend=backend,
        capture="no",
        **options,
    )
    site.dismiss()
    tidy()
    return summary(session)


def _prepare(only: str) -> None:
    """Start at once what takes long to import and will be needed, as far as the age of the sources tells."""
    entry = site.SITE / "index.html"
    published = entry.stat().st_mtime if entry.exists() else 0

    def newer(paths: Iterable[Path]) -> bool:
        return any(path.stat().st_mtime > published for path in paths)

    executed = [p for name in ("data", "locale", "notebooks") for p in site.files_of(ROOT / name)]
    executed += site.PACKAGE.rglob("*.py")
    if newer(executed):
        kernels.warm()
    if not only and newer([*executed, *site.sources()]):
        site.prepare(site.EDITIONS)


def _alone() -> IO | None:
    """A lock on the build folder, held as long as this process lives; None where another build has it."""
    BUILD.mkdir(parents=True, exist_ok=True)
    lock = (BUILD / "lock").open("w")
    if os.name == "posix":
        import fcntl

        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return None
    return lock


def _stop(number: int, frame: object) -> None:
    """Stop at once. Kernels and Sphinx end with this process, and its temporary files are removed."""
    print(
        "\nStopped. The last good book stays as it was; the next build takes up from here.", file=sys.stderr
    )
    tidy()
    os._exit(128 + number)
