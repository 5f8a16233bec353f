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

ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "1609459200",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MATPLOTLIBRC": os.devnull,
    "TZ": "UTC",
    "SMART_ASN_FOR_PAGES": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
"""The environment in which everything is made: order of sets, dates, sums and styles hang on it; and quiet.
What notebooks show in it is meant for pages (``lab.FOR_PAGES``)."""
STRANGE = ("MPLBACKEND", "PYTHONWARNINGS", "PYTHONSTARTUP", "PYTHONINSPECT")
"""What a shell may have set for other work, and what would stop a build or draw its figures otherwise."""
HOMES = (
    "MPLCONFIGDIR",
    "IPYTHONDIR",
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "XDG_CACHE_HOME",
)
"""Where libraries keep their settings, caches and sockets, instead of in the home."""
SETTINGS = ("CITATION.cff", "_config.yml", "_toc.yml")
"""Files beside the folders that pages are made from."""


def set_environment() -> None:
    """Give this process, and those it starts, the environment in which everything is made.

    Settings for other work are taken away; where there is no home to write in, libraries keep their things here.
    """
    for name in STRANGE:
        os.environ.pop(name, None)
    os.environ.update(ENVIRONMENT)
    if not os.access(Path("~").expanduser(), os.W_OK):
        os.environ.update({name: str(BUILD / "home") for name in HOMES})


def files_of(folder: Path) -> list[Path]:
    """Every file in a folder, in order."""
    return sorted(p for p in folder.rglob("*") if p.is_file())


def written_files(folder: Path) -> list[Path]:
    """Every file in a folder that people wrote: none that systems and editors hide there, or leave in hidden folders."""
    return [p for p in files_of(folder) if not any(part[0] in ".~#" for part in p.relative_to(folder).parts)]


def source_files() -> list[Path]:
    """The files that pages are made from besides data, catalogues and notebooks: prose, frame, package, settings."""
    package = [p for p in written_files(PACKAGE) if "__pycache__" not in p.parts]
    return sorted([*written_files(ROOT / "book"), *package, *(ROOT / name for name in SETTINGS)])


def write_if_changed(path: Path, text: str) -> bool:
    """Write a file only if its text changes; the new file replaces the old one whole."""
    if path.exists() and path.read_text("utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, "utf-8")
    part.replace(path)
    return True
