"""Write ``.zenodo.json`` and ``codemeta.json`` from ``CITATION.cff``, ``pyproject.toml`` and ``_config.yml``.

cffconvert turns the citation into both forms; what the citation has no place for is added here.

    python tools/metadata.py
"""

from __future__ import annotations

import json
import sys
import tomllib
from typing import Any

from cffconvert import Citation

from smart_asn.places import ROOT
from smart_asn.publication import Publication, publication


def citation() -> Citation:
    """``CITATION.cff`` as cffconvert reads it."""
    return Citation((ROOT / "CITATION.cff").read_text("utf-8"))


def zenodo(published: Publication) -> dict[str, Any]:
    """What Zenodo is to know of a deposit."""
    made = json.loads(citation().as_zenodo())
    made["license"] = made["license"]["id"].lower()
    made |= {"upload_type": "dataset", "access_right": "open", "language": "eng"}
    if published.repository:
        made["related_identifiers"] = [
            {"identifier": published.repository, "relation": "isSupplementTo", "scheme": "url"}
        ]
    return made


def codemeta(published: Publication) -> dict[str, Any]:
    """The project as software, in the terms of CodeMeta."""
    made = json.loads(citation().as_codemeta())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    made["author"] = [
        person if "givenName" in person or "familyName" in person else {**person, "@type": "Organization"}
        for person in made["author"]
    ]
    made |= {
        "identifier": project["name"],
        "license": [made["license"], f"https://spdx.org/licenses/{project['license']}"],
        "programmingLanguage": "Python",
        "runtimePlatform": f"Python {project['requires-python']}",
        "softwareRequirements": sorted(project["dependencies"]),
        "readme": "README.md",
        "buildInstructions": "README.md",
    }
    addresses = {"codeRepository": published.repository, "url": published.address}
    return made | {name: address for name, address in addresses.items() if address}


def files(published: Publication) -> dict[str, str]:
    """The text of each file by its path in the project."""
    made = {".zenodo.json": zenodo(published), "codemeta.json": codemeta(published)}
    return {
        path: json.dumps(text, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        for path, text in made.items()
    }


def main() -> int:
    """Write the files; returns 0."""
    for path, text in files(publication()).items():
        (ROOT / path).write_text(text, "utf-8")
        print(f"Written: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
