"""Run the whole pipeline: one build at a time, whose end, whatever it is, leaves a whole book and nothing else."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from typing import IO, Any

from smart_asn.data import DataError, load
from smart_asn.exports.pdf import PdfError
from smart_asn.pipeline import export, kernels, patches, preflight, publish
from smart_asn.pipeline.execute import load_book
from smart_asn.places import BUILD, PACKAGE, ROOT, SITE, set_environment


def remove_leftovers() -> None:
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
    """Run the tasks of ``task_book.py`` with pytask; returns 0 if the book is published, 1 if not, 130 if stopped.

    ``only`` limits it to the tasks whose names contain a word, such as ``notebook``. The tasks run side by side
    on this machine, or on the workers of the Dask cluster whose ``scheduler`` is named.
    """
    return _alone(lambda: _build(only, scheduler))


def _alone(act: Callable[[], int]) -> int:
    """Do what needs the build folder for itself; returns its exit code, or 1, with a word, where another has the folder."""
    set_environment()
    lock = _lock()
    if lock is None:
        print(f"Another build is at work in {BUILD}; wait for it to end.", file=sys.stderr)
        return 1
    with lock:
        return act()


def _build(only: str, scheduler: str) -> int:
    """What ``build_book`` does while it has the lock."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    remove_leftovers()
    try:
        preflight.prepare()
        preflight.take_data()
        load()
    except (DataError, preflight.SetupError) as error:
        print(error, file=sys.stderr)
        return 1
    import pytask

    preflight.remove_gone(load_book()[1])
    listed = {publish.manifest(e): publish.pages_of(e) for e in publish.EDITIONS}
    preflight.forget_incomplete({**listed, export.LISTED: export.FOLDER})
    patches.look_often()
    patches.take_brackets_as_they_are()
    workers = (os.cpu_count() or 1) + 1
    backend = "threads"
    if scheduler:
        import distributed

        workers = sum(distributed.Client(scheduler).nthreads().values())
        backend = "dask"
    session = pytask.build(
        paths=[ROOT / "task_book.py"],
        n_workers=workers,
        parallel_backend=backend,
        capture="no",
        show_traceback=False,
        expression=only,
    )
    kernels.end_all()
    remove_leftovers()
    if session.exit_code == pytask.ExitCode.OK and not session.execution_reports:
        what = f"with {only!r} in its name" if only else "in task_book.py"
        print(f"There is no task {what}; nothing was built.", file=sys.stderr)
        return 1
    if session.exit_code == pytask.ExitCode.OK:
        return 0
    for message in failures(session):
        print(f"\n{message}", file=sys.stderr)
    print("\nThe book was not published; the last good one stays as it was.", file=sys.stderr)
    return 1


def print_books() -> int:
    """Print the built editions as PDFs and offer them on the site; returns 0 if that is done, 1 if not."""
    return _alone(_print_books)


def _print_books() -> int:
    """What ``print_books`` does while it has the lock."""
    try:
        preflight.prepare()
        preflight.take_data()
        for path in publish.print_books():
            print(f"Written: {path.relative_to(BUILD.parent)}")
    except (DataError, preflight.SetupError, publish.PagesError, PdfError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        remove_leftovers()
    return 0


def failures(session: Any) -> list[str]:
    """What went wrong in a session of pytask, task by task: of this project's errors the message, of others the kind too."""
    from pytask import CollectionOutcome, TaskOutcome

    found = []
    for report in (*session.collection_reports, *session.execution_reports):
        if report.outcome not in (CollectionOutcome.FAIL, TaskOutcome.FAIL):
            continue
        kind, error, _ = report.exc_info
        own = kind.__module__.partition(".")[0] == PACKAGE.name
        found.append(str(error) if own else f"{kind.__name__}: {error}")
    return found


def _lock() -> IO | None:
    """A lock on the build folder, held as long as this process lives; None where another build has it."""
    BUILD.mkdir(parents=True, exist_ok=True)
    lock = (BUILD / "lock").open("w")
    if os.name == "posix":
        import fcntl

        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            return None
    return lock


def _stop(number: int, frame: object) -> None:
    """Stop at once. Kernels and Sphinx end with this process, and its temporary files are removed."""
    print(
        "\nStopped. The last good book stays as it was; the next build takes up from here.", file=sys.stderr
    )
    kernels.kill_all()
    remove_leftovers()
    os._exit(128 + number)
