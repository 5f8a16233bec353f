"""What several tests need: a copy of the book to build in, to break and to change."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from smart_asn.places import ROOT

PARTS = ("CITATION.cff", "_config.yml", "_toc.yml", "pyproject.toml", "requirements.txt", "task_book.py")
FOLDERS = ("book", "data", "locale", "notebooks", "src")


@dataclass(frozen=True)
class Copy:
    """A copy of the project in a folder of its own."""

    root: Path
    temporary: Path

    @property
    def site(self) -> Path:
        """Where its book is published."""
        return self.root / "_build" / "html"

    def environment(self, **more: str) -> dict[str, str]:
        """The environment in which its commands run, with an empty folder for temporary files."""
        return os.environ | {
            "SMART_ASN_ROOT": str(self.root),
            "PYTHONPATH": str(self.root / "src"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "SMART_ASN_EDITIONS": "en",
            "TMPDIR": str(self.temporary),
            **more,
        }

    def start(self, *arguments: str, **more: str) -> subprocess.Popen:
        """Start one of its commands."""
        return subprocess.Popen(
            [sys.executable, "-m", "smart_asn", *(arguments or ("build",))],
            cwd=self.root,
            env=self.environment(**more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def left_behind(self) -> list[str]:
        """Processes that belong to it, and its temporary files."""
        found = [path.name for path in self.temporary.iterdir()]
        mark = f"TMPDIR={self.temporary}".encode()
        for process in Path("/proc").glob("[0-9]*"):
            try:
                state = (process / "stat").read_text().rpartition(")")[2].split()[0]
                if state != "Z" and mark in (process / "environ").read_bytes():
                    found.append((process / "cmdline").read_text().replace("\0", " "))
            except OSError:
                continue
        return found

    def published(self) -> dict[str, str]:
        """Every file of its book, with its checksum."""
        files = sorted(p for p in self.site.rglob("*") if p.is_file())
        return {str(p.relative_to(self.site)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    def build(self, *arguments: str, **more: str) -> tuple[int, str]:
        """Run one of its commands, the build if none is named; returns the exit code and what was said."""
        process = self.start(*arguments, **more)
        said, _ = process.communicate()
        return process.returncode, said

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace a text, which must be there, in one of its files."""
        path = self.root / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")


def copy_to(root: Path) -> Copy:
    """A copy of the project's sources, without anything built."""
    root.mkdir()
    for name in PARTS:
        shutil.copy(ROOT / name, root)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    return Copy(root, Path(tempfile.mkdtemp(dir="/tmp")))
