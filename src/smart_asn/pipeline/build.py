"""Run the whole pipeline: one build at a time, whose end, whatever it is, leaves a whole book and nothing else."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from typing import IO

from smart_asn.places import BUILD, ROOT, SITE, set_environment

LOOK = 0.002
"""Seconds after which pytask-parallel looks again whether a task has ended; left to itself it sleeps for up to one."""


def tidy() -> None:
    """Remove what a build that was stopped left behind; nothing that is served, nothing that is kept."""
    for path in (
        BUILD / "work",
        SITE.with_name("html.new"),
        SITE.with_name("html.old"),
        *(BUILD / "pages").glob("*.part"),
    ):
        shutil.rmtree(path, ignore_errors=True)
    for folder in ("executed", "checks", "results", "reads", "seals", "run"):
        for path in (BUILD / folder).rglob(".*.part"):
            path.unlink(missing_ok=True)


def build_book(only: str = "", scheduler: str = "") -> int:
    """Run the whole pipeline of ``task_book.py``; returns 0 if the book is published, 1 if not, 130 if stopped.

    ``only`` limits it to the tasks whose names contain a word, such as ``notebook``. The tasks run side by side
    on this machine, or on the workers of the Dask cluster whose ``scheduler`` is named.
    """
    set_environment()
    lock = _alone()
    if lock is None:
        print(f"Another build is at work in {BUILD}; wait for it to end.", file=sys.stderr)
        return 1
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    tidy()
    import pytask
    import pytask_parallel.execute

    from smart_asn.data import DataError, load
    from smart_asn.pipeline import kernels
    from smart_asn.pipeline.progress import summary

    try:
        load()
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    pytask.console.quiet = True
    pytask_parallel.execute._Sleeper.sleep = lambda _: time.sleep(LOOK)
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
    kernels.end_all()
    tidy()
    return summary(session)


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
