"""Write a book of the project's shape with synthetic data, for the benchmark alone.

    python benchmarks/synthetic.py TARGET REGENCIES

The regencies, their names, places, coding and claims are made up by a seeded generator; nothing in them is
about any real regency, and each page says so. The codebook, the strategies, the glossary and the map are the
project's own. The folder TARGET must not exist; it is never inside the project.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

ROOT = Path(__file__).parents[1]
KEPT = ("regency", "synthesis", "codebook", "glossary", "data-dictionary", "ledger")
FILES = ("CITATION.cff", "_config.yml", "task_book.py", "pyproject.toml", "requirements.txt")
NOTICE = "**Synthetic data.** This book measures the pipeline; nothing in it is about a real regency."
PROVINCES = 38
CLAIMED = 6
PLACES, CELLS = 1, 2
"""Seeds. Each regency is drawn by itself, so that a larger book has the regencies of a smaller one, and more."""
MARKDOWN_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\.(?:ipynb|md)[^)]*\)")


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
    pages = pd.read_csv(ROOT / "data/pages.csv")
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
        "evidence.csv": pd.DataFrame(evidence, columns=columns),
        "coding/pass-1.csv": passes,
        "coding/pass-2.csv": second,
        "coding/settlements.csv": settled,
        "decisions.csv": decisions,
        "summaries.csv": summaries,
    }


def claims(slugs: pd.Series, codebook: pd.DataFrame) -> pd.DataFrame:
    """A few claims, each about the first measure of a few regencies."""
    rows = [
        {
            "claim": f"K{n + 1:03}",
            "section": slug,
            "page": page,
            "first_line": line,
            "last_line": line,
            "anchor": "synthetic words",
            "statement_en": "A synthetic statement.",
            "statement_id": "Pernyataan sintetis.",
            "checked_against": "coding",
            "quantifier": "exactly",
            "asserted": "1",
            "note_en": "",
            "note_id": "",
        }
        for n, (slug, (page, line)) in enumerate(zip(slugs[:CLAIMED], locators(CLAIMED), strict=True))
    ]
    return pd.DataFrame(rows)


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
    """The notebooks that do not speak of the article, and two of the synthetic book's own."""
    (target / "notebooks").mkdir()
    for name in KEPT:
        content = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text("utf-8"))
        for cell in content["cells"]:
            if cell["cell_type"] == "markdown":
                text = MARKDOWN_LINK.sub(r"\1", "".join(cell["source"]))
                head, _, rest = text.partition("\n")
                cell["source"] = f"{head}\n\n{NOTICE}\n{rest}" if head.startswith("# ") else text
        (target / "notebooks" / f"{name}.ipynb").write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    opening = (
        'from smart_asn.notebook import check, open_edition, present\n\nopen_edition(language, page="{}")'
    )
    checks = [
        ("code", f'check("K{n + 1:03}", observed=present("{first}").among("{slug}"))', [])
        for n, slug in enumerate(slugs[:CLAIMED])
    ]
    for name, title, more in (("index", "A synthetic book", []), ("results", "Results", checks)):
        text = notebook(
            ("markdown", f"# {title}\n\n{NOTICE}", []),
            ("code", 'language = "en"', ["parameters"]),
            ("code", opening.format(name), ["setup"]),
            *more,
        )
        (target / "notebooks" / f"{name}.ipynb").write_text(text, "utf-8")


def write(target: Path, count: int) -> None:
    """Write the whole synthetic book into a new folder."""
    if target.resolve().is_relative_to(ROOT):
        raise SystemExit("A synthetic book is never written into the project.")
    shutil.copytree(ROOT / "data", target / "data")
    for name in FILES:
        shutil.copy(ROOT / name, target)
    for name in ("locale", "book/_fonts", "book/_templates", "book/_static"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "book/references.bib", target / "book")
    codebook = pd.read_csv(ROOT / "data/codebook.csv")
    strategies = pd.read_csv(ROOT / "data/strategies.csv")
    places = regencies(count)
    slugs = places["regency"]
    lines = [line for _, line in locators(count)]
    sections = pd.DataFrame(
        {
            "section": slugs,
            "label_en": places["name"],
            "label_id": places["name"],
            "first_line": lines,
            "last_line": lines,
        }
    )
    tables = coding(slugs, codebook, strategies)
    tables |= {"regencies.csv": places, "sections.csv": sections, "claims.csv": claims(slugs, codebook)}
    for name in ("errata", "passages", "prisma-p", "grand-design", "context/public-figures"):
        one = pd.read_csv(ROOT / f"data/{name}.csv", dtype=str, keep_default_na=False).head(1)
        words = [c for c in one.columns if c.endswith(("_en", "_id")) or c == "anchor"]
        tables[f"{name}.csv"] = one.assign(
            **dict.fromkeys(words, "synthetic"), **({"claim": ""} if "claim" in one else {})
        )
    for name, table in tables.items():
        table = table.map(lambda v: str(v).lower() if isinstance(v, bool | np.bool_) else v)
        table.to_csv(target / "data" / name, index=False, lineterminator="\n")
    write_notebooks(target, slugs, codebook["code"][0])
    flat = [{"file": f"regencies/{slug}"} for slug in slugs]
    chapters = ["codebook", "ledger", "glossary", "data-dictionary"]
    contents = {
        "format": "jb-book",
        "root": "index",
        "parts": [
            {
                "caption": "The article",
                "chapters": [
                    {
                        "file": "results",
                        "sections": [*(flat if count <= 20 else []), {"file": "synthesis"}],
                    },
                    *({"file": c} for c in chapters),
                ],
            }
        ],
    }
    (target / "_toc.yml").write_text(yaml.safe_dump(contents, sort_keys=False), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
