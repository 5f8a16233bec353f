"""Check what the book has for other programs: ``make check-exports``. Prints what was looked at; exits 1 for a problem.

Each validator is a program of its own environment (``.venv-check``, from requirements-check.txt); the data package is
checked here, by the frictionless that also guards the build. None of them asks the network. LibreOffice opens the
workbook where it is installed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from serve import serving

from smart_asn.places import SITE

ROOT = Path(__file__).parents[1]
PYTHON = ROOT / ".venv-check/bin/python"
VALIDATORS = ("ro_crate", "annotations", "refi_qda", "signposting_links", "embedded", "spreadsheets")
VERSION_2 = "https://datapackage.org/profiles/2.0/datapackage.json"


def data_package(folder: Path) -> Iterator[str]:
    """What frictionless finds in a data package: its description as version 2, and every table and file of it."""
    import frictionless

    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    if described.get("$schema") != VERSION_2:
        yield f"datapackage.json: $schema is {described.get('$schema')!r}; expected {VERSION_2}"
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    checked = {task.name for task in report.tasks}
    lacking = {r["name"] for r in described["resources"]} - checked
    yield from (f"{name} was not checked" for name in sorted(lacking))
    yield from (error.message for error in report.errors)
    yield from (f"{task.place}: {error.message}" for task in report.tasks for error in task.errors)


def packages() -> list[str]:
    """The problems of the data package, as it lies in the site and as its archive has it."""
    problems = [f"exports/data: {problem}" for problem in data_package(SITE / "exports/data")]
    with TemporaryDirectory() as made, zipfile.ZipFile(SITE / "smart-asn-data.zip") as archive:
        archive.extractall(made)
        problems += [f"smart-asn-data.zip: {p}" for p in data_package(Path(made) / "smart-asn-data")]
    print(f"data package: {len(problems)} problems")
    return problems


def validated(name: str, address: str) -> list[str]:
    """What a validator finds; its last line says what it looked at."""
    command = [str(PYTHON), "-P", str(ROOT / f"tools/validators/{name}.py"), str(SITE), address]
    validators = {"PYTHONPATH": str(ROOT / "tools/validators"), "NO_PROXY": "127.0.0.1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | validators)
    *problems, last = done.stdout.strip().splitlines() or [f"it stopped:\n{done.stderr.strip()[-2000:]}"]
    print(f"{name}: {last}")
    return [f"{name}: {p}" for p in problems] or ([f"{name}: {last}"] if done.returncode else [])


def problems(names: list[str]) -> list[str]:
    """What the validators of these names find, or all of them."""
    with serving(SITE) as address:
        chosen = names or ["data_package", *VALIDATORS]
        return [
            p for name in chosen for p in (packages() if name == "data_package" else validated(name, address))
        ]


def main(names: list[str]) -> int:
    """Run the validators that are named, or all."""
    unknown = [name for name in names if name not in ("data_package", *VALIDATORS)]
    if unknown:
        print(f"There is no validator {unknown[0]!r}; there are data_package, {', '.join(VALIDATORS)}.")
        return 1
    if not PYTHON.exists():
        print("The validators have no environment yet; make it: make check-exports.")
        return 1
    found = problems(names)
    print("\n".join(found))
    print(f"{len(found)} problems in what is exported")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
