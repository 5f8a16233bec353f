"""Build the pages of an edition, put the site together aside, and swap it in when it is complete."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from .data import BUILD, ROOT, Data, DataError, load
from .front import archive, entry_page, lost_page, robots, sitemap
from .ledger import as_csv, as_json, published
from .weave import table_of_contents

EDITIONS = ("en",)
"""The editions that are published."""

SITE = BUILD / "html"


def build_pages(source: Path, target: Path, language: str) -> None:
    """Build one edition's HTML with Jupyter Book; warnings are errors.

    Raises
    ------
    RuntimeError
        with Jupyter Book's last lines, if the build fails.
    """
    aside = target.with_name(f"{target.name}.part")
    shutil.rmtree(aside, ignore_errors=True)
    command = [sys.executable, "-m", "smart_asn.site", str(source), str(aside), language]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(
            f"The pages of the edition {language!r} could not be built:\n{done.stdout[-1500:]}\n{done.stderr[-3000:]}"
        )
    shutil.rmtree(target, ignore_errors=True)
    aside.replace(target)


def _sphinx(source: Path, target: Path, language: str) -> int:
    from jupyter_book.sphinx import build_sphinx

    result = build_sphinx(
        source,
        target,
        path_config=source / "_config.yml",
        confoverrides={"language": language, "latex_individualpages": False},
        doctreedir=target.with_name(f"{target.name}.doctrees"),
        warningiserror=True,
        keep_going=True,
        noconfig=True,
        freshenv=True,
        quiet=True,
    )
    return result if isinstance(result, int) else 1


def assemble(pages: dict[str, Path], data: Data, claims: list[dict]) -> Path:
    """Put the whole site together in ``_build/html.new``: editions, entry page, ledger and data."""
    aside = SITE.with_name("html.new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    for language, folder in pages.items():
        shutil.copytree(
            folder, aside / language, ignore=shutil.ignore_patterns(".buildinfo", "objects.inv", ".doctrees")
        )
    entries = published(data, claims)
    (aside / "ledger.json").write_text(as_json(entries), "utf-8")
    (aside / "ledger.csv").write_text(as_csv(entries), "utf-8")
    languages, address = list(pages), site_address()
    (aside / "index.html").write_text(entry_page(languages), "utf-8")
    (aside / "404.html").write_text(lost_page(languages, address), "utf-8")
    (aside / "robots.txt").write_text(robots(address), "utf-8")
    if address:
        chapters = [f"{c}/{slug}.html" for c in languages for slug in table_of_contents()]
        (aside / "sitemap.xml").write_text(sitemap(chapters, address), "utf-8")
    (aside / "smart-asn-data.zip").write_bytes(archive(data.folder))
    (aside / ".nojekyll").touch()
    return aside


def site_address() -> str:
    """The address the book is published at, as ``_config.yml`` has it; nothing while it is not set."""
    return yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["html"]["baseurl"]


def swap(new: Path, live: Path) -> None:
    """Put a complete folder in the place of another in one step, and remove the old one.

    On Linux the two are exchanged by the kernel (renameat2), so that there is no moment without a book.
    """
    if not live.exists():
        new.replace(live)
        return
    if not _exchange(new, live):
        old = live.with_name(f"{live.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        live.replace(old)
        new.replace(live)
        new = old
    shutil.rmtree(new)


def _exchange(first: Path, second: Path) -> bool:
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    here, exchange = -100, 2
    return renameat2(here, os.fsencode(first), here, os.fsencode(second), exchange) == 0


def build_book(only: str = "") -> int:
    """Run the whole pipeline of ``task_book.py``; returns 0 if the book is published, else 1.

    ``only`` names a task: the pipeline stops after it.
    """
    import pytask

    try:
        load()
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    workers = (os.cpu_count() or 1) + 1
    options = {"expression": only} if only else {}
    session = pytask.build(
        paths=[ROOT / "task_book.py"],
        n_workers=workers,
        parallel_backend="threads",
        verbose=1,
        show_traceback="no",
        **options,
    )
    failures = [r for r in session.execution_reports if r.exc_info is not None]
    for report in failures:
        error = report.exc_info[1] if isinstance(report.exc_info, tuple) else report.exc_info
        if "Skipped" not in type(error).__name__:
            print(f"\n{error}", file=sys.stderr)
    if session.exit_code:
        print("\nThe book was not published; the last good one stays as it was.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_sphinx(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
