"""Regencies beyond the article's: each in a folder of its own, ``data/added/<regency>``, filled in a spreadsheet.

``regency.csv`` says who it is and which document its plans stand in, ``paragraphs.csv`` what that document says on each
strategy, ``measures.csv`` which measures of the codebook it reports, and where. They are checked on their own, and join
the tables of the article when these are loaded; the article's files stay as they are, and so do its statements.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from smart_asn.characters import complaint
from smart_asn.datapackage import Place, Problem
from smart_asn.language import Language
from smart_asn.sheets import (
    LOST,
    SheetError,
    decimal,
    read_sheet,
    regency_code,
    statistics_code,
    truth,
    whole_number,
)

FOLDER = "added"
SIGN = "*"
"""The sign at the name of a regency that is not among the article's."""
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WORDS = 8
"""The words of a source that a row may quote, at most."""


def facts(speak: Language) -> dict[str, str]:
    """What ``regency.csv`` asks for, and how, in a language."""
    return {
        "name": speak("its short name"),
        "full_name": speak("its official name, such as Kabupaten Tapin"),
        "capital": speak("its capital"),
        "province_en": speak("its province in English"),
        "province_id": speak("its province in Indonesian"),
        "kemendagri_code": speak("the code of the Ministry of Home Affairs, such as 63.05"),
        "bps_code": speak("the code of Statistics Indonesia (BPS), such as 6305"),
        "latitude": speak("degrees north of a point on its mainland, from -11.5 to 6.5"),
        "longitude": speak("degrees east of that point, from 94.5 to 141.5"),
        "document_en": speak("the document that its plans stand in, in English"),
        "document_id": speak("the same in Indonesian"),
        "address": speak("where the document can be read (https://...), or the words: not published"),
        "period_start": speak("the first year of the plans"),
        "period_end": speak("the last year of the plans"),
        "portrait_en": speak("what marks its plans, a sentence in English"),
        "portrait_id": speak("the same in Indonesian"),
        "invented": speak("true if the document is an invented example, else false"),
    }


FACTS = facts(Language())
"""What ``regency.csv`` asks for, and how."""
PATTERNS = {
    "kemendagri_code": (
        r"\d{2}\.\d{2}",
        "a code like 63.05, with two digits after the point (format the cell as text)",
    ),
    "bps_code": (r"\d{4}", "a code like 6305"),
    "address": (r"https?://\S+|not published", "an address that begins with https://, or: not published"),
    "period_start": (r"(19|20)\d\d", "a year"),
    "period_end": (r"(19|20)\d\d", "a year"),
    "invented": (r"true|false", "true or false"),
}
YEARS = ("period_start", "period_end")
BOUNDS = {"latitude": (-11.5, 6.5), "longitude": (94.5, 141.5)}
COLUMNS = {
    "regency.csv": ("field", "value", "what"),
    "paragraphs.csv": ("strategy", "label", "stated", "page", "summary_en", "summary_id"),
    "measures.csv": (
        *("code", "label", "counts_when", "does_not_count"),
        *("present", "paragraph", "page", "line", "anchor", "doubtful", "note_en", "note_id"),
    ),
}
OURS = ("label", "counts_when", "does_not_count", "what")
"""Columns that the forms are written with, which nobody reads back."""


def regencies(folder: Path) -> list[str]:
    """The regencies that were added to a data folder, in alphabetical order; no folder that a program hides there."""
    found = folder / FOLDER
    if not found.is_dir():
        return []
    return sorted(p.name for p in found.iterdir() if p.is_dir() and not p.name.startswith((".", "_")))


# Writing what is to be filled -----------------------------------------------------------------------------------


def write_forms(
    folder: Path,
    slug: str,
    known: Mapping[str, str],
    tables: Mapping[str, pd.DataFrame],
    language: str = "en",
) -> Path:
    """Write the three files of a regency to fill: every measure with its rule; returns their folder.

    ``known`` are facts (of ``FACTS``) that are filled in already; what is asked for and the rules are written in a
    language, ``en`` or ``id``.

    Raises
    ------
    ValueError
        for a name that is no slug or that another regency has, or facts that are none.
    """
    if not SLUG.fullmatch(slug):
        raise ValueError(f"{slug!r} is no name for a folder; use small letters, digits and hyphens")
    if slug in set(tables["regencies"]["regency"]) | set(regencies(folder)):
        raise ValueError(f"there is a regency {slug!r} already")
    unknown = sorted(set(known) - set(FACTS))
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: expected some of {', '.join(FACTS)}")
    asked = facts(Language(language))
    target = folder / FOLDER / slug
    target.mkdir(parents=True)
    letters = dict(zip(tables["strategies"]["strategy"], tables["strategies"]["letter"], strict=True))
    rows: dict[str, list[tuple]] = {
        "regency.csv": [(field, known.get(field, ""), what) for field, what in asked.items()],
        "paragraphs.csv": [
            (strategy, label, "", "", "", "")
            for strategy, label in tables["strategies"][["strategy", f"label_{language}"]].to_numpy()
        ],
        "measures.csv": [
            (code, *rule, "", letters[strategy], *[""] * 6)
            for code, strategy, *rule in tables["codebook"][
                ["code", "strategy", *(f"{c}_{language}" for c in ("label", "counts_when", "does_not_count"))]
            ].to_numpy()
        ],
    }
    for name, columns in COLUMNS.items():
        with (target / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows[name])
    return target


# Reading and checking -------------------------------------------------------------------------------------------


def check(folder: Path, slug: str, tables: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """All that is missing or wrong in a regency's three files, at once; nothing if it can join the others."""
    found: list[Problem] = []
    if not SLUG.fullmatch(slug) or slug in set(tables["regencies"]["regency"]):
        where = Place(f"{FOLDER}/{slug}")
        found.append(where("", "the folder's name", "small letters and hyphens, no regency of the article"))
    checks = {"regency.csv": _facts, "paragraphs.csv": _paragraphs, "measures.csv": _measures}
    for name, columns in COLUMNS.items():
        file = f"{FOLDER}/{slug}/{name}"
        try:
            header, *cells = read_sheet(folder / FOLDER / slug / name)
        except FileNotFoundError as error:
            other = f"{error}, but no {name}" if str(error) else "no such file"
            found.append(Place(file)("", other, "the file that new-regency writes, saved as CSV UTF-8"))
            continue
        except SheetError as error:
            found.append(Place(file)("", str(error), "CSV UTF-8"))
            continue
        if header[: len(columns)] != list(columns):
            expected = f"the columns {', '.join(columns)}"
            found.append(Place(file, 1)("", ", ".join(header) or "nothing", expected))
            continue
        rows = [
            (n, dict(zip(columns, row, strict=False))) for n, row in enumerate(cells, start=2) if any(row)
        ]
        spoiled = list(_spoiled(file, rows))
        places = {(p.row, p.column) for p in spoiled}
        found += spoiled
        found += [p for p in checks[name](file, rows, tables) if (p.row, p.column) not in places]
    return found


Rows = list[tuple[int, dict[str, str]]]


def _spoiled(file: str, rows: Rows) -> Iterator[Problem]:
    """Cells whose text a spreadsheet spoiled: dates it made, errors of formulas, letters that are lost."""
    for number, row in rows:
        for column, cell in row.items():
            if not cell or column in OURS:
                continue
            place = Place(file, number), row["field"] if column == "value" else column
            if LOST in cell:
                shown = f"a letter that is lost (shown as ?) in {cell.replace(LOST, '?')!r}"
                yield place[0](place[1], shown, "CSV UTF-8 (the file was saved in another encoding)")
            elif wrong := complaint(cell, "string", False):
                yield place[0](place[1], *wrong)


def facts_of(rows: Rows) -> dict[str, str]:
    """The facts of ``regency.csv`` as they are kept: numbers that a spreadsheet wrote its own way, truths in one way."""
    found = {row["field"]: row["value"] for _, row in rows}
    found |= {f: decimal(found[f]) for f in BOUNDS if f in found}
    found |= {f: str(whole_number(found[f]) or found[f]) for f in YEARS if f in found}
    if "invented" in found:
        found["invented"] = truth(found["invented"]) or found["invented"]
    code = statistics_code(found.get("bps_code", ""))
    if code:
        found["bps_code"] = code
    if "kemendagri_code" in found:
        found["kemendagri_code"] = regency_code(found["kemendagri_code"], code)
    return found


def _facts(file: str, rows: Rows, tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    numbers, values = {row["field"]: n for n, row in rows}, facts_of(rows)
    for field, what in FACTS.items():
        place, value = Place(file, numbers.get(field, 0)), values.get(field, "")
        if not value:
            yield place(field, "nothing", what)
        elif field in PATTERNS and not re.fullmatch(PATTERNS[field][0], value):
            yield place(field, repr(value), PATTERNS[field][1])
        elif field in BOUNDS and not _within(value, *BOUNDS[field]):
            low, high = BOUNDS[field]
            yield place(field, repr(value), f"a number from {low} to {high}")
    first, last = (values.get(f, "") for f in YEARS)
    if first.isdecimal() and last.isdecimal() and int(first) > int(last):
        yield Place(file, numbers["period_end"])("period_end", last, f"{first} or later")
    for field in set(values) - set(FACTS):
        yield Place(file, numbers[field])("field", repr(field), f"one of {', '.join(FACTS)}")


def _paragraphs(file: str, rows: Rows, tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    known = list(tables["strategies"]["strategy"])
    yield from _keys(file, "strategy", rows, known, "a row for each strategy", once=True)
    for number, row in rows:
        place, stated = Place(file, number), truth(row["stated"])
        if stated is None:
            yield place("stated", repr(row["stated"]), "true or false")
        if stated == "true" and not whole_number(row["page"]):
            yield place("page", repr(row["page"]), "the page of the document that the paragraph stands on")
        for column in ("summary_en", "summary_id"):
            if not row[column]:
                yield place(
                    column, "nothing", "what the paragraph says, in your words, or that there is none"
                )


def _measures(file: str, rows: Rows, tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    known, letters = list(tables["codebook"]["code"]), list(tables["strategies"]["letter"])
    given = Counter(row["code"] for _, row in rows)
    yield from _keys(file, "code", rows, known, "a row for each measure of the codebook", once=False)
    for number, row in rows:
        place, present = Place(file, number), truth(row["present"])
        doubtful = truth(row["doubtful"] or "false")
        if present is None:
            yield place("present", repr(row["present"]), "true or false")
        if doubtful is None:
            yield place("doubtful", repr(row["doubtful"]), "true, false or nothing")
        if present == "true":
            for column in ("page", "line"):
                if not whole_number(row[column]):
                    expected = f"the {column} of the document, a whole number without point or comma"
                    yield place(column, repr(row[column]), expected)
            if not 1 <= len(row["anchor"].split()) <= WORDS:
                yield place(
                    "anchor", repr(row["anchor"]), f"one to {WORDS} words of the document, copied exactly"
                )
            if row["paragraph"] not in letters:
                yield place("paragraph", repr(row["paragraph"]), f"one of {', '.join(letters)}")
        elif present == "false" and given[row["code"]] > 1:
            yield place(
                "present", "false in one of several rows", f"one row for {row['code']}, or true in each"
            )
        for column in ("note_en", "note_id"):
            other = row["note_id" if column == "note_en" else "note_en"]
            if not row[column] and (doubtful == "true" or other):
                yield place(
                    column,
                    "nothing",
                    "why it is doubtful, in both languages"
                    if doubtful == "true"
                    else "the note in both languages",
                )


def _keys(
    file: str, column: str, rows: Rows, known: list[str], expected: str, once: bool
) -> Iterator[Problem]:
    """Keys that are not known, those that stand again where each may stand once, and those without a row."""
    seen: set[str] = set()
    for number, row in rows:
        if row[column] not in known:
            yield Place(file, number)(column, repr(row[column]), f"one of {known[0]} … {known[-1]}")
        elif once and row[column] in seen:
            yield Place(file, number)(column, f"{row[column]} a second time", "each once")
        seen.add(row[column])
    for key in known:
        if key not in seen:
            yield Place(file)(column, f"no row for {key}", expected)


def _within(text: str, low: float, high: float) -> bool:
    try:
        return low <= float(text) <= high
    except ValueError:
        return False


# Joining the others ---------------------------------------------------------------------------------------------


def joined(folder: Path, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The article's tables with the regencies that were added, which were checked before.

    ``regencies`` gets the columns ``of_article`` (True for the article's), ``document_en``, ``document_id``, ``address``
    and ``invented``; the others get rows.
    """
    frames = dict(tables)
    own = frames["regencies"].assign(
        of_article=True, document_en="", document_id="", address="", invented=False
    )
    frames["regencies"] = own
    for number, slug in enumerate(regencies(folder), start=1):
        rows = _rows(folder / FOLDER / slug, slug, number, tables)
        for name, more in rows.items():
            extra = pd.DataFrame(more, columns=frames[name].columns)
            for column, kind in frames[name].dtypes.items():
                extra[column] = extra[column].astype(kind)
            frames[name] = pd.concat([frames[name], extra], ignore_index=True)
    return frames


def _rows(folder: Path, slug: str, number: int, tables: Mapping[str, pd.DataFrame]) -> dict[str, list[dict]]:
    facts = facts_of(
        [(0, {"field": row[0], "value": row[1]}) for row in read_sheet(folder / "regency.csv")[1:]]
    )
    regency = {
        **{
            f: facts[f]
            for f in ("full_name", "province_en", "province_id", "capital", "kemendagri_code", "bps_code")
        },
        **{f: facts[f] for f in ("document_en", "document_id", "address")},
        **{f: float(facts[f]) for f in BOUNDS},
        **{f: int(facts[f]) for f in ("period_start", "period_end")},
        "regency": slug,
        "name": f"{facts['name']} {SIGN}",
        "regulation_number": "",
        "regulation_year": None,
        "census_population_2020": None,
        "census_source": "not found",
        "of_article": False,
        "invented": facts["invented"] == "true",
    }
    words = {f: facts[f] for f in ("portrait_en", "portrait_id")}
    evidence: list[dict] = []
    decisions: list[dict] = []
    header, *cells = read_sheet(folder / "measures.csv")
    for row in (dict(zip(header, c, strict=True)) for c in cells if any(c)):
        place: dict[str, Any] = {"regency": slug, "code": row["code"]}
        place |= {"page": whole_number(row["page"]) or None, "scan_line": whole_number(row["line"]) or None}
        if truth(row["present"]) == "true":
            identity = f"E{1000 * number + len(evidence) + 1}"
            doubtful = truth(row["doubtful"]) == "true"
            notes = {k: row[k] for k in ("note_en", "note_id", "anchor")}
            place |= {"evidence": identity, "stated_under": row["paragraph"], "doubtful": doubtful, **notes}
            evidence.append(place)
        elif truth(row["doubtful"]) == "true":
            decisions.append(place | {"reason_en": row["note_en"], "reason_id": row["note_id"]})
    header, *cells = read_sheet(folder / "paragraphs.csv")
    summaries = [
        {
            **{k: row[k] for k in ("strategy", "summary_en", "summary_id")},
            "regency": slug,
            "stated": truth(row["stated"]) == "true",
            "page": whole_number(row["page"]) or None,
        }
        for row in (dict(zip(header, c, strict=True)) for c in cells if any(c))
    ]
    made: dict[str, list[dict]] = {
        "regencies": [regency],
        "portraits": [{"regency": slug, **words}],
        "summaries": summaries,
    }
    return made | {"evidence": evidence, "decisions": decisions}
