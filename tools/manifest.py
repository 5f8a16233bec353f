"""Write ``repro.yaml`` from what the book publishes, and have another's program, claims-cli, check it.

The manifest states, for every place of the article that the published files of questions and statements name, the row of
the data that has to hold it (number, page, lines, words), and for every figure from a public source the cell that has to
hold it. Each file of the data is pinned by its SHA-256. claims-cli reads the data by itself; nothing of this project
judges. With a copy of the article's text it looks for every anchor on the lines where it is said to stand, too.

    python tools/manifest.py            write repro.yaml from the built book
    python tools/manifest.py --verify   check it; 1 if anything does not hold, 2 without a manifest
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from smart_asn.data import Data, load
from smart_asn.places import ROOT, SITE
from smart_asn.release.checksums import checksum
from smart_asn.rules import LOCATED

MANIFEST = ROOT / "repro.yaml"
CLAIMS = Path(sys.executable).with_name("claims")
SERIES = {"hci": ("hci",), "egdi": ("egdi", "egdi_rank")}
BETWEEN = " | "
"""What claims-cli reads between two cells of a row."""
HEAD = "# What the book publishes and which file of the data has to hold it. Written by make metadata; read by claims-cli.\n"

Part = dict[str, Any]


# What the book publishes ------------------------------------------------------------------------------------


def published(site: Path) -> list[Part]:
    """The published files of every question and statement, in the order of their list.

    Raises
    ------
    FileNotFoundError
        while the book is not built.
    """
    folder = site / "en/claims"
    listed = json.loads((folder / "index.json").read_text("utf-8"))["claims"]
    return [json.loads((folder / entry["file"]).read_text("utf-8")) for entry in listed]


def manifest(data: Data, records: Iterable[Part]) -> Part:
    """The whole manifest: pinned files of the data, and a claim for each question and statement."""
    paths = {r["name"]: r["path"] for r in data.package["resources"]}
    claims = [made for record in records if (made := _claim(data, record))["evidence"]]
    used = sorted({e["artifact"] for claim in claims for e in claim["evidence"]})
    return {
        "project": "smart-asn",
        "artifacts": [_pinned(data.folder, n, paths[n]) for n in used],
        "claims": claims,
    }


def _pinned(folder: Path, name: str, path: str) -> Part:
    digest = {"algorithm": "sha256", "value": checksum(folder / path)}
    return {"id": name, "path": f"data/{path}", "digest": digest, "media_type": "text/csv"}


def _claim(data: Data, record: Part) -> Part:
    if record["type"] == "statement":
        return {
            "id": record["id"],
            "text": record["statement"]["en"],
            "evidence": [_row(data, "claims", record["id"], record["place"], {"section": record["section"]})],
        }
    evidence = [
        _row(data, "evidence", e["id"], e["place"], {"regency": e["regency"], "code": e["measure"]})
        for e in record["evidence"]
    ]
    evidence += [
        _row(data, "passages", p["id"], p["place"], {"question": record["id"], "unit": p["unit"]})
        for p in record["passages"]
    ]
    evidence += [figure for source in record["sources"] for figure in _figures(data, source)]
    return {"id": record["id"], "text": record["asked"]["en"], "evidence": evidence}


def _row(data: Data, table: str, number: str, place: Mapping[str, Any], more: Mapping[str, str]) -> Part:
    """That a table has a row that begins as published: number, what it belongs to, page, lines, words of the article.

    Columns between these that are not published are taken from the row itself.
    """
    row = data.row(table, number)
    said = {**more, **place, "scan_line": place["first_line"], data.key(table): number}
    names = list(row.index)
    cells = [said.get(name, row[name]) for name in names[: names.index("anchor") + 1]]
    return {"kind": "quote", "artifact": table, "text": BETWEEN.join(_as_written(cell) for cell in cells)}


def _as_written(cell: object) -> str:
    """A cell as its file has it."""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def _figures(data: Data, source: Part) -> Iterator[Part]:
    """That a public source has the figure that is published of it; of a series, that the row for the year is there."""
    if "value" in source:
        if _is_number(source["value"]):
            where = {"source": source["id"]}
            yield _cell("sources", "value", where, source["id"], source["value"])
        return
    name, _, rest = source["id"].partition("-")
    country, _, year = rest.partition("-")
    frame = data.tables[name]
    row = frame[(frame["iso3"] == country) & (frame["year"] == int(year))].iloc[0]
    where = {"iso3": country, "year": year}
    yield from (
        _cell(name, column, where, f"{source['id']} {column}", row[column]) for column in SERIES[name]
    )


def _cell(artifact: str, column: str, where: Mapping[str, str], name: str, value: object) -> Part:
    return {
        "kind": "table",
        "artifact": artifact,
        "name": name,
        "column": column,
        "where": dict(where),
        "reported": str(value),
    }


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def as_text(made: Part) -> str:
    """A manifest as the text of its file."""
    return HEAD + yaml.safe_dump(made, sort_keys=False, allow_unicode=True, width=10_000)


# The article's own text --------------------------------------------------------------------------------------


def write_article(data: Data, article: Path, folder: Path) -> Path:
    """A manifest of every anchor on its lines of the article, with a pinned file for those lines; returns its path.

    The folder then has lines of the article in it, and is to be removed after use.
    """
    lines = article.read_text("utf-8").splitlines()
    artifacts: dict[str, Part] = {}
    claims = []
    for table in LOCATED:
        for number, row in data.article_alone().tables[table].set_index(data.key(table)).iterrows():
            if not row["anchor"]:
                continue
            first = int(row["first_line"] if "first_line" in row else row["scan_line"])
            last = int(row.get("last_line", first))
            name = f"lines-{first}-{last}"
            if name not in artifacts:
                path = folder / f"{name}.txt"
                # A line of its own each: else a word that is parted at the end of a line would be joined.
                path.write_text("\n|\n".join(lines[first - 1 : last]) + "\n", "utf-8")
                digest = {"algorithm": "sha256", "value": checksum(path)}
                artifacts[name] = {
                    "id": name,
                    "path": path.name,
                    "digest": digest,
                    "media_type": "text/plain",
                }
            quote = {"kind": "quote", "artifact": name, "text": row["anchor"]}
            claims.append({"id": f"{table}-{number}", "text": row["anchor"], "evidence": [quote]})
    made = {"project": "smart-asn-article", "artifacts": list(artifacts.values()), "claims": claims}
    target = folder / "repro.yaml"
    target.write_text(as_text(made), "utf-8")
    return target


# Another's program -------------------------------------------------------------------------------------------


def verify(path: Path) -> tuple[int, list[str]]:
    """Run ``claims verify`` on a manifest: its exit code, and what it said but for what holds.

    It keeps a record of its runs in the folder of a git repository; so it is given a copy, of the manifest and of the files
    that this names, in a folder that is none.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for artifact in yaml.safe_load(path.read_text("utf-8"))["artifacts"]:
            target = folder / artifact["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            if (path.parent / artifact["path"]).exists():
                shutil.copyfile(path.parent / artifact["path"], target)
        shutil.copyfile(path, folder / path.name)
        done = subprocess.run(
            [CLAIMS, "verify", path.name], cwd=folder, capture_output=True, text=True, check=False
        )
    said = [*done.stdout.splitlines(), *done.stderr.splitlines()]
    return done.returncode, [line for line in said if line.strip() and not line.startswith(("  ok ", "/"))]


def main(arguments: list[str]) -> int:
    """Write the manifest, or have it checked; returns the exit code."""
    if arguments != ["--verify"]:
        MANIFEST.write_text(as_text(manifest(load(), published(SITE))), "utf-8")
        print(f"Written: {MANIFEST.name}")
        return 0
    if not MANIFEST.exists():
        print(f"{MANIFEST.name}: no such file; write it with make metadata.", file=sys.stderr)
        return 2
    code, said = verify(MANIFEST)
    print("\n".join(["The data, as the book publishes it:", *said]))
    article = Path(os.environ.get("SMART_ASN_ARTICLE", ""))
    if not article.is_file():
        print("The article: skipped, for its text is not at hand (SMART_ASN_ARTICLE can say where it is).")
        return code
    with tempfile.TemporaryDirectory() as folder:
        of_article, said = verify(write_article(load(), article, Path(folder)))
    print("\n".join(["The article, line by line:", *said]))
    return max(code, of_article)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
