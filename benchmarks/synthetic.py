"""Write a book of the project's shape with synthetic data, for the benchmark and the tests of large books.

    python benchmarks/synthetic.py TARGET REGENCIES

The regencies, their names, places, coding and claims are made up by a seeded generator; nothing in them is
about any real regency, and each page says so. The codebook, the strategies, the pages and the maps are the project's
own; all else is the skeleton's. The folder TARGET must be new or empty; it is never inside the project.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from smart_asn.coding import MANY
from smart_asn.datapackage import read_package
from smart_asn.places import DATA, ROOT
from smart_asn.skeleton import write_skeleton

OF_THE_BOOK = ("regency", "synthesis", "codebook", "data-dictionary")
OF_THE_SKELETON = ("index", "ledger", "coding-and-checking", "glossary")
NOTICE = "**Synthetic data.** This book measures the pipeline; nothing in it is about a real regency."
PROVINCES = 38
CLAIMED = 6
OF_THE_PROJECT = ("codebook", "strategies", "pages", "sources", "searches", "indonesia", "six_regencies")
"""Tables that are the project's own, as they are."""
EMPTY = ("settled_readings", "audit", "lines", "blank")
"""Tables of the skeleton whose rows speak of its own small article, and which may be empty."""
PLACES, CELLS = 1, 2
"""Seeds. Each regency is drawn by itself, so that a larger book has the regencies of a smaller one, and more."""


def regencies(count: int) -> pd.DataFrame:
    """So many made-up regencies, spread evenly over made-up provinces."""
    rows = []
    for n in range(count):
        chance = np.random.default_rng((PLACES, n))
        province, place = n % PROVINCES, n // PROVINCES + 1
        rows.append(
            {
                "regency": f"synthetic-{n + 1:04}",
                "name": f"Synthetic {n + 1:04}",
                "full_name": f"Synthetic regency {n + 1:04}",
                "province_en": f"Synthetic province {province + 1:02}",
                "province_id": f"Provinsi rekaan {province + 1:02}",
                "kemendagri_code": f"{province + 11}.{place:02}",
                "bps_code": f"{province + 11}{place:02}",
                "capital": f"Capital {n + 1:04}",
                "latitude": round(float(chance.uniform(-9, 4)), 4),
                "longitude": round(float(chance.uniform(97, 139)), 4),
                "regulation_number": n + 1,
                "regulation_year": 2020,
                "period_start": 2019 + n % 3,
                "period_end": 2024,
                "census_population_2020": int(chance.integers(50_000, 2_000_000)),
                "census_source": "synthetic",
            }
        )
    return pd.DataFrame(rows)


def locators(count: int) -> list[tuple[int, int]]:
    """A line of the scan for each regency, and the page it stands on."""
    pages = pd.read_csv(DATA / "pages.csv")
    lines = [line for r in pages.itertuples() for line in range(r.first_line, r.last_line + 1)]
    found = {
        line: int(pages[(pages["first_line"] <= line) & (line <= pages["last_line"])]["page"].iloc[0])
        for line in lines
    }
    if count > len(found):
        raise SystemExit(f"The scan has {len(found)} lines: no more regencies than that.")
    return [(found[line], line) for line in sorted(found)[:count]]


def coding(slugs: pd.Series, codebook: pd.DataFrame, strategies: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Evidence, summaries, a doubtful absent cell, and two passes that differ in one cell."""
    letters = dict(zip(strategies["strategy"], strategies["letter"], strict=True))
    evidence, cells = [], []
    places = locators(len(slugs))
    for n, (slug, (page, line)) in enumerate(zip(slugs, places, strict=True)):
        chance = np.random.default_rng((CELLS, n))
        present = chance.random(len(codebook)) < 0.45
        present[0], present[1] = True, False
        for code, strategy, there in zip(codebook["code"], codebook["strategy"], present, strict=True):
            cells.append((slug, code, bool(there)))
            if there:
                doubt = bool(chance.random() < 0.05) and code != codebook["code"][0]
                note = "synthetic doubt" if doubt else ""
                evidence.append(
                    (
                        f"E{len(evidence) + 1:03}",
                        slug,
                        code,
                        letters[strategy],
                        page,
                        line,
                        "synthetic words",
                        doubt,
                        note,
                        note,
                    )
                )
    columns = [
        "evidence",
        "regency",
        "code",
        "stated_under",
        "page",
        "scan_line",
        "anchor",
        "doubtful",
        "note_en",
        "note_id",
    ]
    passes = pd.DataFrame(cells, columns=["regency", "code", "present"])
    second = passes.copy()
    second.loc[1, "present"] = True
    settled = passes.loc[[1]].assign(reason_en="synthetic", reason_id="sintetis")
    decisions = pd.DataFrame(
        [(slugs[0], codebook["code"][1], *places[0], "synthetic", "sintetis")],
        columns=["regency", "code", "page", "scan_line", "reason_en", "reason_id"],
    )
    summaries = pd.DataFrame(
        [
            (r, s, True, page, "Synthetic summary.", "Ringkasan sintetis.")
            for r, (page, _) in zip(slugs, places, strict=True)
            for s in strategies["strategy"]
        ],
        columns=["regency", "strategy", "stated", "page", "summary_en", "summary_id"],
    )
    return {
        "evidence": pd.DataFrame(evidence, columns=columns),
        "pass_1": passes,
        "pass_2": second,
        "settlements": settled,
        "decisions": decisions,
        "summaries": summaries,
    }


def asked(slugs: pd.Series) -> dict[str, pd.DataFrame]:
    """A few questions, each about the first measure of one regency, and the statement that each checks."""
    claims, questions = [], []
    for n, (slug, (page, line)) in enumerate(zip(slugs[:CLAIMED], locators(CLAIMED), strict=True), start=1):
        questions.append(
            {
                "question": f"Q{n:03}",
                "chapter": "results",
                "asked_en": f"Does synthetic regency {n} plan it?",
                "asked_id": f"Apakah kabupaten sintetis {n} merencanakannya?",
                "how": "counted",
                "observed_en": "Reported for {count} of {total}.",
                "observed_id": "Dilaporkan untuk {count} dari {total}.",
            }
        )
        claims.append(
            {
                "claim": f"K{n:03}",
                "section": slug,
                "page": page,
                "first_line": line,
                "last_line": line,
                "anchor": "synthetic words",
                "statement_en": "A synthetic statement.",
                "statement_id": "Pernyataan sintetis.",
                "kind": "plan",
                "question": f"Q{n:03}",
                "scope": "at least",
                "asserted": "1",
            }
        )
    return {"claims": pd.DataFrame(claims), "questions": pd.DataFrame(questions)}


def notebook(*cells: tuple[str, str, list[str]]) -> str:
    """A notebook's text from (kind, source, tags) of each cell."""
    made = []
    for number, (kind, source, tags) in enumerate(cells):
        cell = {
            "cell_type": kind,
            "id": f"cell-{number}",
            "metadata": {"tags": tags} if tags else {},
            "source": source,
        }
        made.append(cell | ({"execution_count": None, "outputs": []} if kind == "code" else {}))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1) + "\n"


def write_notebooks(target: Path, slugs: pd.Series, first: str) -> None:
    """The skeleton's notebooks and the book's own that do not speak of the article, and the one that checks."""
    folder = target / "notebooks"
    for path in folder.glob("*.ipynb"):
        if path.stem not in OF_THE_SKELETON:
            path.unlink()
    for name in OF_THE_BOOK:
        shutil.copy(ROOT / "notebooks" / f"{name}.ipynb", folder)
    for path in folder.glob("*.ipynb"):
        content = json.loads(path.read_text("utf-8"))
        for cell in content["cells"]:
            if cell["cell_type"] == "markdown":
                heads = [line for line in "".join(cell["source"]).splitlines() if line.startswith("#")]
                cell["source"] = "\n\n".join(f"{h}\n\n{NOTICE}" if h.startswith("# ") else h for h in heads)
            cell["source"] = "".join(cell["source"]).replace(
                '"gowa", "pangkep"', f'"{slugs[0]}", "{slugs[1]}"'
            )
        path.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    opening = 'from smart_asn.notebook import check, open_edition, present\n\nopen_edition(language, page="results")'
    checks = [
        ("code", f'check("Q{n:03}", observed=present("{first}").among("{slug}"))', [])
        for n, slug in enumerate(slugs[:CLAIMED], start=1)
    ]
    text = notebook(
        ("markdown", f"# Results\n\n{NOTICE}", []),
        ("code", 'language = "en"', ["parameters"]),
        ("code", opening, ["setup"]),
        *checks,
    )
    (folder / "results.ipynb").write_text(text, "utf-8")


def write_data(folder: Path, count: int) -> pd.Series:
    """Write the data into a folder that has the skeleton's; returns the regencies' keys."""
    places = regencies(count)
    slugs = places["regency"]
    codebook, strategies = (pd.read_csv(DATA / f"{name}.csv") for name in ("codebook", "strategies"))
    lines = [line for _, line in locators(count)]
    named = {"label_en": places["name"], "label_id": places["name"]}
    tables = coding(slugs, codebook, strategies) | asked(slugs)
    tables["regencies"] = places
    tables["sections"] = pd.DataFrame({"section": slugs, **named, "first_line": lines, "last_line": lines})
    texts = {"portrait_en": "A synthetic portrait.", "portrait_id": "Potret sintetis."}
    tables["portraits"] = pd.DataFrame({"regency": slugs, **texts})
    one_row: dict[str, dict[str, str]] = {
        **{key: {"question": "Q001"} for key in ("passages", "reading_1", "reading_2")},
        "errata": {"claim": ""},
        "words": {"section": slugs[0]},
        "shared": {"first_section": slugs[0], "second_section": slugs[1]},
    }
    package = read_package(folder)
    for resource in package["resources"]:
        name, path = resource["name"], resource["path"]
        if name in tables:
            columns = [field["name"] for field in resource["schema"]["fields"]]
            table = tables[name].reindex(columns=columns)
            table = table.map(lambda v: str(v).lower() if isinstance(v, bool | np.bool_) else v)
            table.to_csv(folder / path, index=False, lineterminator="\n")
        elif name in OF_THE_PROJECT:
            shutil.copy(DATA / path, folder / path)
        elif name in EMPTY or name in one_row:
            kept = (
                pd.read_csv(folder / path, dtype=str)
                .head(int(name in one_row))
                .assign(**one_row.get(name, {}))
            )
            kept.to_csv(folder / path, index=False, lineterminator="\n")
    return slugs


def write(target: Path, count: int) -> None:
    """Write the whole synthetic book into a new folder."""
    if target.resolve().is_relative_to(ROOT):
        raise SystemExit("A synthetic book is never written into the project.")
    write_skeleton(target)
    slugs = write_data(target / "data", count)
    write_notebooks(target, slugs, pd.read_csv(DATA / "codebook.csv")["code"][0])
    flat = [{"file": f"regencies/{slug}"} for slug in slugs]
    results = {"file": "results", "sections": [*(flat if count <= MANY else []), {"file": "synthesis"}]}
    chapters = ("coding-and-checking", "codebook", "ledger", "glossary", "data-dictionary")
    parts = [{"caption": "The article", "chapters": [results, *({"file": c} for c in chapters)]}]
    contents = {"format": "jb-book", "root": "index", "parts": parts}
    (target / "_toc.yml").write_text(yaml.safe_dump(contents, sort_keys=False), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
