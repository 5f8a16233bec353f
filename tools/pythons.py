"""Build the book with the lowest and the highest Python of this machine, and compare it with the one that is built.

    python tools/pythons.py

Each Python that has not made ``_build/html`` builds in a copy of the project's sources, in ``_build/pythons``, with
the packages that the lock has for it. The site has to be the same, byte for byte, but for the files that say what it
was built with. Where the machine has no other Python, that is said, and nothing fails.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from smart_asn.places import BUILD, ROOT, SITE, files_of
from smart_asn.release.checksums import differences, sums_of

LOWEST = (3, 11)
FOLDERS = ("book", "data", "locale", "notebooks", "src")
FILES = (
    *("CITATION.cff", "_config.yml", "_toc.yml", "pyproject.toml", "task_book.py", "Makefile"),
    *("README.md", "LICENSE", "requirements.txt", "requirements-dev.txt", "requirements-check.txt"),
)
ENVIRONMENT = re.compile(
    r"codecheck\.yml|ro-crate-metadata\.json|(\w+/)(certificate\.html|_static/tables/certificate-\w+\.csv"
    r"|searchindex\.js|[\w-]+\.epub)"
)
"""The files that say what the book was built with: the certificate, the list of its words, and what lists checksums."""

Version = tuple[int, int]


def version_of(python: Path) -> Version | None:
    """The version of an interpreter; None for what does not run."""
    command = [str(python), "-I", "-c", "import sys; print(*sys.version_info[:2])"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    major, minor = done.stdout.split()
    return int(major), int(minor)


def found() -> dict[Version, Path]:
    """The interpreters that the book can be built with: on the path, and those that pyenv keeps."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path("~/.pyenv").expanduser()))
    named = [shutil.which(name) for name in ("python3", *(f"python3.{minor}" for minor in range(11, 30)))]
    paths = [*(Path(name) for name in named if name), *sorted(pyenv.glob("versions/3.*/bin/python3"))]
    versions = {path: version_of(path) for path in paths}
    return {version: path for path, version in versions.items() if version and version >= LOWEST}


def others(versions: Iterable[Version], own: Version) -> list[Version]:
    """The lowest and the highest of some versions, without the one that has built the book."""
    ordered = sorted(versions)
    return sorted({*ordered[:1], *ordered[-1:]} - {own})


def unlike(built: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """What differs between two sites' checksums, but for what says how they were built."""
    lines = differences(built, other)
    return [line for line in lines if not ENVIRONMENT.fullmatch(line.split(maxsplit=1)[1])]


def build(python: Path, folder: Path) -> Path:
    """Build the book with an interpreter in a copy of the sources; returns the site.

    Raises
    ------
    subprocess.CalledProcessError
        if it cannot be built; the build says why.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in FILES:
        shutil.copy2(ROOT / name, folder / name)
    own = {
        k: v for k, v in os.environ.items() if not k.startswith(("SMART_ASN_", "MAKE", "PYTHON", "MFLAGS"))
    }
    subprocess.run(["make", "book", f"PYTHON={python}"], cwd=folder, env=own, check=True)
    return folder / SITE.relative_to(BUILD.parent)


def sums(site: Path) -> dict[str, str]:
    """The checksum of each file of a site."""
    return sums_of(site, (path.relative_to(site).as_posix() for path in files_of(site)))


def main() -> int:
    """Build with each other Python and compare; 1 if something differs."""
    here, pythons = sys.version_info[:2], found()
    apart = others({*pythons, here}, here)
    if not apart:
        print(f"This machine has no other Python than {here[0]}.{here[1]}; nothing was compared.")
    code = 0
    for version in apart:
        name = ".".join(map(str, version))
        try:
            site = build(pythons[version], BUILD / "pythons" / name)
        except subprocess.CalledProcessError:
            print(f"The book could not be built with Python {name}; see above.")
            code = 1
            continue
        built = sums(SITE)
        lines = unlike(built, sums(site))
        said = f"Python {name}: {len(lines)} of {len(built)} files differ, besides those that say what built them."
        print("\n".join([*lines, said]))
        code = max(code, bool(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
