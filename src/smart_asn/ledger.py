"""The ledger: every verdict, gathered from the executed notebooks, and the links that hang on it."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from smart_asn.chapters import CHECK, LAST_CHECKS, Page, pages
from smart_asn.data import Data


class LedgerError(Exception):
    """Claims and cells that do not match one to one; holds every mismatch."""

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__(
            "The ledger and the notebooks do not match:\n" + "\n".join(f"  {p}" for p in problems)
        )


def _kept(path: Path, page: Page) -> Any:
    """What a chapter left when it was executed.

    Raises
    ------
    FileNotFoundError
        if the chapter has not been executed yet; the message says how.
    """
    if not path.exists():
        raise FileNotFoundError(f"{page.slug} has not been executed yet; run `make book` first")
    return json.loads(path.read_text("utf-8"))


def recorded_regencies(data: Data, language: str) -> dict[str, dict]:
    """What each regency's executed notebook recorded, by regency."""
    return {
        p.parameters["regency"]: _kept(p.results(language), p)
        for p in pages(data.regency_names)
        if "regency" in p.parameters
    }


def gather(data: Data, language: str, before: str = "") -> list[dict]:
    """Every checked claim in the order of ``claims.csv``, from the executed notebooks of one edition.

    Each is the claim's record with ``page_slug``, the chapter that checks it. ``before`` names a chapter: only
    the stages before its own are gathered, and claims that are still to be checked are no error.

    Raises
    ------
    LedgerError
        for a claim without a cell, a cell without a claim, and a claim checked twice.
    """
    found: dict[str, list[dict]] = defaultdict(list)
    problems = []
    chapters = pages(data.regency_names)
    last = next(p.stage for p in chapters if p.slug == before) - 1 if before else LAST_CHECKS
    for page in chapters:
        if page.stage > last:
            continue
        for source, entry in _kept(page.checks(language), page):
            claim = entry["claim"]
            named = CHECK.search(source)
            if named is None or named[1] != claim:
                problems.append(f'{page.slug}: a cell records {claim} without a plain check("{claim}", ...)')
            found[claim].append(entry | {"page_slug": page.chapter})
    known = list(data.columns("claims", "claim")["claim"])
    problems += [
        f"{c}: no notebook cell checks this claim of data/claims.csv"
        for c in known
        if c not in found and not before
    ]
    problems += [
        f"{c}: checked in {found[c][0]['page_slug']}, but not a claim of data/claims.csv"
        for c in found
        if c not in known
    ]
    problems += [
        f"{c}: checked {len(e)} times, in {', '.join(x['page_slug'] for x in e)}"
        for c, e in found.items()
        if len(e) > 1
    ]
    if problems:
        raise LedgerError(problems)
    return [found[c][0] for c in known if c in found]


def published(data: Data, claims: list[dict]) -> list[dict]:
    """The ledger as it is published: facts of the claim, what was observed, the verdict, its cell and evidence."""
    rows = data.claims.set_index("claim")
    entries = []
    for entry in claims:
        row = rows.loc[entry["claim"]]
        entries.append(
            {
                "claim": entry["claim"],
                "section": entry["section"],
                "page": int(row["page"]),
                "first_line": int(row["first_line"]),
                "last_line": int(row["last_line"]),
                "anchor": row["anchor"],
                "statement_en": row["statement_en"],
                "statement_id": row["statement_id"],
                "checked_against": entry["checked_against"],
                "quantifier": entry["quantifier"],
                "asserted": entry["asserted"],
                "observed": entry["observed"]["en"],
                "observed_id": entry["observed"]["id"],
                "verdict": entry["verdict"],
                "stands": entry["stands"],
                "stands_en": entry["stands_text"]["en"],
                "stands_id": entry["stands_text"]["id"],
                "cell": f"en/{entry['page_slug']}.html#check-{entry['claim'].lower()}",
                "evidence": entry["evidence"],
                "passages": entry["passages"],
                "public_figures": entry["figures"],
                "note_en": row["note_en"],
                "note_id": row["note_id"],
            }
        )
    return entries


def as_json(entries: list[dict]) -> str:
    """The ledger as JSON: an object with a list of claims."""
    return json.dumps({"claims": entries}, indent=1, ensure_ascii=False) + "\n"


def as_csv(entries: list[dict]) -> str:
    """The ledger as CSV: a row for each claim; ids in a cell are separated by spaces."""
    target = io.StringIO()
    writer = csv.DictWriter(target, fieldnames=list(entries[0]), lineterminator="\n")
    writer.writeheader()
    for entry in entries:
        flat = {
            k: " ".join(v) if isinstance(v, list) else str(v).lower() if isinstance(v, bool) else v
            for k, v in entry.items()
        }
        writer.writerow(flat)
    return target.getvalue()


def backlinks(claims: list[dict]) -> dict[str, list[str]]:
    """For each evidence row, passage and public figure: the claims that rest on it."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in claims:
        for source in (*entry["evidence"], *entry["passages"], *entry["figures"]):
            found[source].append(entry["claim"])
    return dict(found)


def claims_about(data: Data, claims: list[dict]) -> dict[str, list[str]]:
    """For each regency: the claims that bear on it, by their section, by who was counted, or by their evidence."""
    owner = dict(data.columns("evidence", "evidence", "regency").itertuples(index=False, name=None))
    found: dict[str, list[str]] = {r: [] for r in data.regency_names}
    for entry in claims:
        regencies = {owner[e] for e in entry["evidence"]} | set(entry["members"]) | {entry["section"]}
        for regency in found:
            if regency in regencies:
                found[regency].append(entry["claim"])
    return found
