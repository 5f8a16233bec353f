"""Write a bill of materials: every package that the locks name, in the form of CycloneDX, by its own library.

python tools/bill_of_materials.py FILE
"""

from __future__ import annotations

import base64
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import yaml
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from smart_asn.places import ROOT

LOCKS = {"requirements.txt": ComponentScope.REQUIRED, "requirements-dev.txt": ComponentScope.EXCLUDED}
"""The locks of Python packages, and whether what they name is needed to build the book."""
ENTRY = re.compile(
    r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)\s*(?:;\s*([^\\\n]+))?((?:\s*\\?\n\s+--hash=\S+)*)", re.M
)


def python_packages(text: str, scope: ComponentScope) -> Iterator[Component]:
    """The packages of a hash-locked ``requirements.txt``."""
    for name, version, marker, hashes in ENTRY.findall(text):
        purl = PackageURL("pypi", None, canonicalize_name(name), version)
        files = [HashType(alg=HashAlgorithm.SHA_256, content=h) for h in re.findall(r"sha256:(\w+)", hashes)]
        accepted = ExternalReference(
            type=ExternalReferenceType.DISTRIBUTION,
            url=XsUri(purl.to_string()),
            hashes=files,
            comment="the files that the lock accepts",
        )
        yield Component(
            type=ComponentType.LIBRARY,
            name=canonicalize_name(name),
            version=version,
            purl=purl,
            bom_ref=purl.to_string(),
            scope=scope,
            external_references=[accepted],
            properties=[Property(name="smart-asn:marker", value=marker.strip())] if marker.strip() else [],
        )


def node_packages(text: str) -> Iterator[Component]:
    """The packages of ``package-lock.json``, which check the built pages."""
    for path, entry in json.loads(text)["packages"].items():
        if not path:
            continue
        group, _, name = path.rpartition("node_modules/")[2].rpartition("/")
        purl = PackageURL("npm", group or None, name, entry["version"])
        algorithm, _, digest = entry["integrity"].partition("-")
        content = base64.b64decode(digest).hex()
        yield Component(
            type=ComponentType.LIBRARY,
            group=group or None,
            name=name,
            version=entry["version"],
            purl=purl,
            bom_ref=purl.to_string(),
            scope=ComponentScope.EXCLUDED,
            hashes=[HashType(alg=HashAlgorithm(algorithm.upper().replace("SHA", "SHA-")), content=content)],
            licenses=[LicenseExpression(entry["license"])] if entry.get("license") else [],
        )


def bill(root: Path) -> str:
    """The bill of materials of a project's locks, as JSON; the same locks give the same text."""
    citation = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    project, version = settings["project"]["name"], citation["version"]
    day = datetime.fromisoformat(str(citation["date-released"])).replace(tzinfo=UTC)
    own = Component(
        type=ComponentType.APPLICATION, name=project, version=version, bom_ref=f"{project}@{version}"
    )
    found: dict[str, Component] = {}
    for name, scope in LOCKS.items():
        for component in python_packages((root / name).read_text("utf-8"), scope):
            found.setdefault(str(component.bom_ref), component)
    for component in node_packages((root / "package-lock.json").read_text("utf-8")):
        found.setdefault(str(component.bom_ref), component)
    bom = Bom(metadata=BomMetaData(component=own, timestamp=day), components=found.values())
    direct = {canonicalize_name(Requirement(r).name) for r in settings["project"]["dependencies"]}
    bom.register_dependency(
        own, [c for c in found.values() if c.name in direct and c.scope == ComponentScope.REQUIRED]
    )
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, "\n".join([project, version, *sorted(found)]))
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def main(arguments: list[str]) -> int:
    """Write it to the file that is named; returns 0, or 2 where none is."""
    if len(arguments) != 1:
        print("Expected the file to write: python tools/bill_of_materials.py FILE", file=sys.stderr)
        return 2
    target = Path(arguments[0])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(bill(ROOT), "utf-8")
    print(f"Written: {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
