"""A skeleton of an edition of another article: a small world that builds, to be replaced piece by piece.

Beside this module lie its data, notebooks and contents; everything else is this project's own.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import yaml

from smart_asn.places import DATA, ROOT

HERE = Path(__file__).parent
KEPT = (
    *("Makefile", "task_book.py", "pyproject.toml", "requirements.txt", "environment.yml", "postBuild"),
    *("LICENSE", ".gitignore", "CITATION.cff"),
)
"""Files of the project that an edition of another article needs as they are, or to be changed where they name this one."""
FOLDERS = ("src", "locale", "book/_static", "book/_templates", "book/_reading", "book/_fonts")
TITLE = {"title": "An edition of your article", "author": "The article, its author, its journal"}
SHAPE = {
    "type": "Feature",
    "properties": {},
    "geometry": {"type": "Polygon", "coordinates": [[[100, 0], [101, 0], [101, 1], [100, 0]]]},
}
"""A triangle in the place of a map."""


def write_skeleton(target: Path) -> Path:
    """Write the skeleton into a folder that is new or empty; returns the folder.

    Raises
    ------
    ValueError
        for a folder that has something in it.
    """
    if target.exists() and any(target.iterdir()):
        raise ValueError(f"{target} is not empty")
    target.mkdir(parents=True, exist_ok=True)
    ignore = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, target / name, ignore=ignore)
    for name in ("data", "notebooks"):
        shutil.copytree(HERE / name, target / name)
    for name in KEPT:
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, target / name)
    shutil.copy(HERE / "_toc.yml", target / "_toc.yml")
    (target / "book/references.bib").write_text("", "utf-8")
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8")) | TITLE
    (target / "_config.yml").write_text(yaml.safe_dump(settings, sort_keys=False), "utf-8")
    package = json.loads((DATA / "datapackage.json").read_text("utf-8"))
    shutil.copy(DATA / "datapackage.json", target / "data")
    shapes = json.dumps({"type": "FeatureCollection", "features": [SHAPE]})
    for resource in package["resources"]:
        if resource.get("format") == "geojson":
            path = target / "data" / resource["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(shapes, "utf-8")
    return target
