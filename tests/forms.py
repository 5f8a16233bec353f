"""What tests of an added regency need: its three forms, filled."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from smart_asn import added
from smart_asn.datapackage import read_package, read_tables

PROVINCES = 12
"""Over so many invented provinces invented regencies are spread."""


def fill(folder: Path, rows: dict | None = None) -> dict[str, pd.DataFrame]:
    """Write and fill the forms of a regency ``east`` in the small world; returns the tables of the article.

    ``rows`` changes cells by file, key (the first cell of a row) and column.
    """
    tables = read_tables(folder, read_package(folder))
    added.write_forms(folder, "east", {"name": "East"}, tables)
    facts = {
        "full_name": "Kabupaten East",
        **dict.fromkeys(("capital", "province_en", "province_id"), "X"),
        "kemendagri_code": "33.99",
        "bps_code": "3399",
        "latitude": "-7.5",
        "longitude": "110.5",
        **dict.fromkeys(("document_en", "document_id", "portrait_en", "portrait_id"), "Y"),
        "address": "not published",
        "period_start": "2025",
        "period_end": "2029",
        "invented": "true",
    }
    changes = {("regency.csv", field, "value"): value for field, value in facts.items()}
    for strategy in ("planning", "recruitment"):
        values = {"stated": "true", "page": "1", "summary_en": "It says so.", "summary_id": "Begitu isinya."}
        changes |= {("paragraphs.csv", strategy, column): value for column, value in values.items()}
    for code in ("PLN01", "PLN02", "REC01"):
        changes["measures.csv", code, "present"] = "false"
    values = {"present": "true", "page": "1", "line": "2", "anchor": "analisis jabatan"}
    changes |= {("measures.csv", "PLN01", column): value for column, value in values.items()}
    changes |= rows or {}
    for name in added.COLUMNS:
        path = folder / "added/east" / name
        with path.open(encoding="utf-8", newline="") as file:
            header, *body = list(csv.reader(file))
        for row in body:
            for n, column in enumerate(header):
                row[n] = changes.get((name, row[0], column), row[n])
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *body])
    return tables


def write_invented(folder: Path, number: int, tables: dict[str, pd.DataFrame]) -> str:
    """Write a whole invented regency into the data: the number decides what it reports. Returns its name."""
    slug, name = f"rekaan-{number:03}", f"Rekaan {number:03}"
    province = f"Provinsi rekaan {number % PROVINCES + 1:02}"
    known = {
        "name": name,
        "full_name": f"Kabupaten {name}",
        "capital": f"Ibu kota {number:03}",
        **dict.fromkeys(("province_en", "province_id"), province),
        "kemendagri_code": f"{number % PROVINCES + 11}.{number // PROVINCES + 50}",
        "bps_code": f"{number % PROVINCES + 11}{number // PROVINCES + 50}",
        "latitude": f"{-9 + number % 14}.25",
        "longitude": f"{97 + number % 43}.5",
        **dict.fromkeys(("document_en", "portrait_en"), "An invented text."),
        **dict.fromkeys(("document_id", "portrait_id"), "Teks rekaan."),
        "address": "not published",
        "period_start": "2025",
        "period_end": "2029",
        "invented": "true",
    }
    home = added.write_forms(folder, slug, known, tables)
    paragraphs = pd.read_csv(home / "paragraphs.csv", dtype=str, keep_default_na=False)
    paragraphs = paragraphs.assign(stated="true", page="1", summary_en="Invented.", summary_id="Rekaan.")
    paragraphs.to_csv(home / "paragraphs.csv", index=False)
    measures = pd.read_csv(home / "measures.csv", dtype=str, keep_default_na=False)
    present = [(7 * row + number) % 5 < 2 for row in range(len(measures))]
    measures["present"] = [str(p).lower() for p in present]
    measures.loc[present, ["page", "line", "anchor"]] = "1", "1", "kata rekaan"
    measures.to_csv(home / "measures.csv", index=False)
    return slug
