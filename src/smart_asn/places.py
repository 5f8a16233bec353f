"""Where everything is: what people wrote, and what is built from it."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).parent
ROOT = Path(os.environ.get("SMART_ASN_ROOT", PACKAGE.parents[1]))
DATA = Path(os.environ.get("SMART_ASN_DATA", ROOT / "data"))
BUILD = Path(os.environ.get("SMART_ASN_BUILD", ROOT / "_build"))
NOTEBOOKS = ROOT / "notebooks"
SITE = BUILD / "html"

SETTINGS = ("CITATION.cff", "_config.yml", "_toc.yml")
"""Files beside the folders that pages are made from."""


def files_of(folder: Path) -> list[Path]:
    """Every file in a folder, in order."""
    return sorted(p for p in folder.rglob("*") if p.is_file())


def sources() -> list[Path]:
    """The files that pages are made from besides data, catalogues and notebooks: prose, frame, package, settings."""
    package = [p for p in files_of(PACKAGE) if "__pycache__" not in p.parts]
    return sorted([*files_of(ROOT / "book"), *package, *(ROOT / name for name in SETTINGS)])


def write_if_changed(path: Path, text: str) -> bool:
    """Write a file only if its text changes; the new file replaces the old one whole."""
    if path.exists() and path.read_text("utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.part")
    aside.write_text(text, "utf-8")
    aside.replace(path)
    return True
