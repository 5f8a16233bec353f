"""The rules between rows and tables that no schema can say: each a small function that yields problems.

A rule takes the ``Tables`` and yields a ``Problem`` for each row that breaks it; its docstring is the rule. ``FIRST``
are those the others build on: where one of them is broken the others are not tried. ``RULES`` are the others, in any
order. To add a rule, write a function and name it in the list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from smart_asn.datapackage import DESCRIPTION, DataError, Place, Problem, page_of
from smart_asn.outcomes import FACTS, SCOPES

LOCATED = ("evidence", "passages", "claims", "errata", "prisma_p", "grand_design", "printed_figures")
"""The tables whose rows quote an anchor from the article."""

SPANS = ("claims", "passages")
"""Those whose rows speak of several lines, from ``first_line`` to ``last_line``; the others have a ``scan_line``."""


class Tables:
    """The tables of a data folder while they are checked: each by its name, with the place of each row."""

    def __init__(self, frames: Mapping[str, pd.DataFrame], package: dict):
        self._frames = frames
        self._paths = {resource["name"]: resource["path"] for resource in package["resources"]}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            raise DataError([Place(DESCRIPTION)("resources", f"no table {name}", "its description")])
        return self._frames[name]

    def place(self, name: str) -> Place:
        """The file of a table."""
        return Place(self._paths[name])

    def rows(self, name: str) -> Iterator[tuple[Place, Any]]:
        """Each row of a table with its place, as a spreadsheet counts it: the header is row 1."""
        for number, row in enumerate(self[name].itertuples(), start=2):
            yield Place(self._paths[name], number), row

    def pairs(self, name: str, first: str, second: str) -> set[tuple[str, str]]:
        """The pairs of two columns of a table."""
        return set(self[name][[first, second]].itertuples(index=False, name=None))

    def product(self, first: str, second: str) -> set[tuple[str, str]]:
        """Every key of one table with every key of another; a key stands in the first column."""
        return {(a, b) for a in self[first].iloc[:, 0] for b in self[second].iloc[:, 0]}


PLACE = re.compile(r"\{(\w+)\}")
PLACES = frozenset(
    ("count", "total", "names", "others", "value", "values", "first", "second", "period", "source", "search")
)
"""The places that a question's sentence may have; ``checks.describe`` fills them."""

Rule = Callable[[Tables], Iterable[Problem]]


def check(tables: Tables) -> list[Problem]:
    """Everything in which the tables break a rule.

    Raises
    ------
    DataError
        where the description lacks a table that a rule reads.
    """
    first = [problem for rule in FIRST for problem in _apply(rule, tables)]
    return first or [problem for rule in RULES for problem in _apply(rule, tables)]


def _apply(rule: Rule, tables: Tables) -> list[Problem]:
    try:
        return list(rule(tables))
    except (AttributeError, KeyError) as error:  # a column that the description no longer has
        found = f"no column for a rule ({error})"
        return [Place(DESCRIPTION)("resources", found, f"what this is about: {rule.__doc__}".rstrip("."))]


# Lines, pages and sections of the article --------------------------------------------------------------------


def lines_follow(tables: Tables) -> Iterator[Problem]:
    """Pages follow each other line by line; sections follow each other without overlap, within the pages."""
    end = tables["pages"]["last_line"].iloc[-1]
    for table, later in (("pages", ""), ("sections", ", or later")):
        before = 0
        for place, row in tables.rows(table):
            gap = row.first_line - before - 1
            if gap < 0 or (gap > 0 and not later):
                yield place(
                    "first_line", row.first_line, f"{before + 1}, the line after the row above{later}"
                )
            if row.last_line < row.first_line:
                yield place("last_line", row.last_line, f"{row.first_line} or later, where it begins")
            if row.last_line > end:
                yield place("last_line", row.last_line, f"{end} at most, where the pages end")
            before = row.last_line


def page_of_the_line(tables: Tables) -> Iterator[Problem]:
    """A locator's page is the page of its line; without a line there is neither page nor anchor."""
    for table in (*LOCATED, "decisions"):
        for place, row in tables.rows(table):
            line = row.first_line if table in SPANS else row.scan_line
            if pd.isna(line):
                if not pd.isna(row.page):
                    yield place("page", row.page, "none, as there is no line")
                if getattr(row, "anchor", ""):
                    yield place("anchor", repr(row.anchor), "none, as there is no line")
                continue
            page = page_of(tables["pages"], line)
            if pd.isna(row.page) or page != row.page:
                found = "nothing" if pd.isna(row.page) else row.page
                yield place("page", found, f"{page}, where line {line} stands")


def lines_within_the_section(tables: Tables) -> Iterator[Problem]:
    """A line, or a summary's page, lies in the section its row is about."""
    spans = tables["sections"].set_index("section")[["first_line", "last_line"]]
    for table in ("evidence", "decisions"):
        for place, row in tables.rows(table):
            first, last = spans.loc[row.regency]
            if not first <= row.scan_line <= last:
                expected = f"a line of the section {row.regency}: {first}-{last}"
                yield place("scan_line", row.scan_line, expected)
    for place, row in tables.rows("summaries"):
        first, last = (page_of(tables["pages"], line) for line in spans.loc[row.regency])
        if not first <= row.page <= last:
            yield place("page", row.page, f"a page of the section {row.regency}: {first}-{last}")
    for place, row in tables.rows("claims"):
        first, last = spans.loc[row.section]
        if not first <= row.first_line <= row.last_line <= last:
            expected = f"lines within the section {row.section}: {first}-{last}"
            yield place("first_line", f"{row.first_line}-{row.last_line}", expected)


def lines_state_one_thing(tables: Tables) -> Iterator[Problem]:
    """A line is blank, a heading, a running head or unreadable once, and a span of such lines ends after it begins."""
    seen: set[int] = set()
    for table in ("lines", "blank"):
        for place, row in tables.rows(table):
            if row.last_line < row.first_line:
                yield place("last_line", row.last_line, f"{row.first_line} or later, where it begins")
            lines = set(range(row.first_line, row.last_line + 1))
            if lines & seen:
                yield place("first_line", f"{row.first_line}-{row.last_line}", "lines that no other row has")
            seen |= lines


# The coding --------------------------------------------------------------------------------------------------


def decisions_are_absent(tables: Tables) -> Iterator[Problem]:
    """Evidence and decisions never speak of the same cell."""
    stated = tables.pairs("evidence", "regency", "code")
    for place, row in tables.rows("decisions"):
        if (row.regency, row.code) in stated:
            found = f"{row.regency} {row.code}, which evidence.csv has as present"
            yield place("code", found, "a cell that is coded absent")


def every_cell_is_coded(tables: Tables) -> Iterator[Problem]:
    """Both passes have every cell, and there is a summary for each regency and strategy."""
    for table, by, what in (
        ("pass_1", "codebook", "code"),
        ("pass_2", "codebook", "code"),
        ("summaries", "strategies", "strategy"),
    ):
        lacking = tables.product("regencies", by) - tables.pairs(table, "regency", what)
        for regency, key in lacking:
            yield tables.place(table)("", f"no row for {regency} {key}", f"a row for each regency and {what}")


def differences_are_settled(tables: Tables) -> Iterator[Problem]:
    """Where the passes differ, or a cell is coded otherwise than both, a settlement says why; the evidence follows."""
    passes = [_presence(tables, name) for name in ("pass_1", "pass_2")]
    settled = _presence(tables, "settlements")
    stated = tables.pairs("evidence", "regency", "code")
    places = {(row.regency, row.code): place for place, row in tables.rows("settlements")}
    for cell in tables.product("regencies", "codebook"):
        name, (first, second) = " ".join(cell), (coded.get(cell) for coded in passes)
        if first != second and cell not in settled:
            found = f"no row for {name}, where the passes differ"
            yield tables.place("settlements")("", found, "a reason for each difference")
        if first == second and settled.get(cell) == first:
            found = f"{name} settled as both passes have it"
            yield places[cell]("present", found, "a cell on which they differ, or the other presence")
        present = settled.get(cell, first)
        if present is not None and bool(present) != (cell in stated):
            found = f"{'evidence' if cell in stated else 'no evidence'} for {name}"
            if cell in settled:
                yield places[cell]("", found, "the presence on which the coding settled")
            elif first == second:
                both = f"what both passes have ({'present' if first else 'absent'})"
                expected = f"{both}, or a reason in coding/settlements.csv why it is coded otherwise"
                yield tables.place("evidence")("", found, expected)


def _presence(tables: Tables, name: str) -> dict[tuple[str, str], bool]:
    """Cell to presence, in a coding pass or the settlements."""
    return {(row.regency, row.code): row.present for _, row in tables.rows(name)}


def doubts_have_reasons(tables: Tables) -> Iterator[Problem]:
    """A doubtful row says why, in both languages."""
    for place, row in tables.rows("evidence"):
        for column in ("note_en", "note_id"):
            if row.doubtful and not getattr(row, column):
                yield place(column, "nothing", "why the row is doubtful")


def places_stand_once(tables: Tables) -> Iterator[Problem]:
    """The same words of the same line are evidence for a measure once."""
    columns = ["regency", "code", "scan_line", "anchor"]
    twice = tables["evidence"].duplicated(columns)
    for place, row in tables.rows("evidence"):
        if twice[row.Index]:
            yield place(", ".join(columns), "the same place a second time", "each place once")


# Regencies, claims, passages ---------------------------------------------------------------------------------


def regulations_are_whole(tables: Tables) -> Iterator[Problem]:
    """A regulation has number and year or neither, a road map ends after it begins, a population has a source."""
    for place, row in tables.rows("regencies"):
        if bool(row.regulation_number) == pd.isna(row.regulation_year):
            found = "a number without a year" if row.regulation_number else "a year without a number"
            yield place("regulation_year", found, "both, or neither")
        if row.period_end < row.period_start:
            yield place("period_end", row.period_end, f"{row.period_start} or later")
        if pd.isna(row.census_population_2020) != (row.census_source == "not found"):
            expected = "the source of the population, or not found where there is none"
            yield place("census_source", repr(row.census_source), expected)


def statements_are_asked(tables: Tables) -> Iterator[Problem]:
    """A statement of fact has a question, a scope and what it asserts; any other has none of them."""
    questions = set(tables["questions"]["question"])
    for place, row in tables.rows("claims"):
        fact = row.kind in FACTS
        for column in ("question", "scope", "asserted"):
            cell = getattr(row, column)
            if bool(cell) != fact:
                expected = (
                    f"a {column}, for the kind {row.kind}" if fact else f"nothing, for the kind {row.kind}"
                )
                yield place(column, repr(cell), expected)
        if row.question and row.question not in questions:
            yield place("question", repr(row.question), "a question of questions.csv")
        rule = SCOPES.get(row.scope)
        if fact and rule is not None and row.asserted and not rule.accepts(row.asserted):
            yield place("asserted", repr(row.asserted), f"{rule.takes}, for the scope {row.scope}")
        if row.scope in ("all", "almost all") and row.kind == "six" and not row.printed:
            yield place("printed", "nothing", f"the printed words that make the scope {row.scope}")


def questions_have_statements(tables: Tables) -> Iterator[Problem]:
    """A question bears on at least one statement."""
    asked = set(tables["claims"]["question"])
    for place, row in tables.rows("questions"):
        if row.question not in asked:
            yield place("question", row.question, "a question that a statement of claims.csv names")


def texts_stand_in_both_languages(tables: Tables) -> Iterator[Problem]:
    """A text that need not be there is there in both languages, or in neither."""
    both = {"claims": ("kindest", "note"), "questions": ("label", "note"), "sources": ("note",)}
    both |= {"searches": ("nearest",), "codebook": ("does_not_count",), "grand_design": ("note",)}
    for table, names in both.items():
        for place, row in tables.rows(table):
            for name in names:
                english, indonesian = getattr(row, f"{name}_en"), getattr(row, f"{name}_id")
                if bool(english) != bool(indonesian):
                    lacking = f"{name}_id" if english else f"{name}_en"
                    yield place(
                        lacking, "nothing", f"what {name}_{'en' if english else 'id'} says, in this language"
                    )


def places_in_the_sentence_are_the_same(tables: Tables) -> Iterator[Problem]:
    """The sentence of what was observed has the same places to fill in both languages, and only known ones."""
    for place, row in tables.rows("questions"):
        english, indonesian = (set(PLACE.findall(t)) for t in (row.observed_en, row.observed_id))
        for column, places in (("observed_en", english), ("observed_id", indonesian)):
            unknown = places - PLACES
            if unknown:
                yield place(column, ", ".join(sorted(unknown)), "places among " + ", ".join(sorted(PLACES)))
        if english != indonesian:
            yield place(
                "observed_id",
                ", ".join(sorted(indonesian)) or "no place",
                "the places of observed_en: " + ", ".join(sorted(english)),
            )


def printed_values_stand_there(tables: Tables) -> Iterator[Problem]:
    """A value that a passage prints stands in its anchor, letter by letter, so that no judgement can be typed there."""
    for place, row in tables.rows("passages"):
        if _letters(row.value) not in _letters(row.anchor):
            yield place("value", repr(row.value), "words or numbers that stand in the row's anchor")


def numbers_have_units(tables: Tables) -> Iterator[Problem]:
    """A number that a source has says what it counts."""
    for place, row in tables.rows("sources"):
        if re.fullmatch(r"-?\d+(\.\d+)?", row.value) and not row.unit:
            yield place("unit", "nothing", f"what {row.value} counts, such as percent, year or persons")


def _letters(text: str) -> str:
    return "".join(ch for ch in text.lower() if ch.isalnum())


def readings_are_double(tables: Tables) -> Iterator[Problem]:
    """Both readers read the same units; where they differ a settlement says why, and only there."""
    says = {name: _says(tables, name) for name in ("reading_1", "reading_2", "settled_readings")}
    first, second, settled = says.values()
    for name, other in (("reading_1", "reading_2"), ("reading_2", "reading_1")):
        for key in says[other].keys() - says[name].keys():
            yield tables.place(name)("", f"no row for {' '.join(key)}", f"a row for each that {other} has")
    for key in first.keys() & second.keys():
        differ = first[key] != second[key]
        if differ and key not in settled:
            yield tables.place("settled_readings")(
                "", f"no row for {' '.join(key)}", "a row where the readings differ"
            )
        if not differ and key in settled:
            yield tables.place("settled_readings")(
                "", f"a row for {' '.join(key)}", "none, where the readings agree"
            )
    for key in settled.keys() - first.keys():
        yield tables.place("settled_readings")("", f"a row for {' '.join(key)}", "a unit that was read")


def _says(tables: Tables, name: str) -> dict[tuple[str, str], str]:
    """Question and unit to what was found, in a reading or the settled readings."""
    return {(row.question, row.unit): row.says for _, row in tables.rows(name)}


# The context -------------------------------------------------------------------------------------------------


def expectations_are_measures(tables: Tables) -> Iterator[Problem]:
    """The codes of the Grand Design's rows are the codebook's."""
    codes = set(tables["codebook"]["code"])
    for place, row in tables.rows("grand_design"):
        for code in row.codes.split(";"):
            if code and code not in codes:
                yield place("codes", repr(code), "codes that stand in codebook.csv")


def countries_are_the_same(tables: Tables) -> Iterator[Problem]:
    """A country has one name, and is of ASEAN or not, in every row of both indices."""
    both = pd.concat([tables["hci"], tables["egdi"]])
    usual = {iso3: rows.mode().iloc[0] for iso3, rows in both.groupby("iso3")}
    for table in ("hci", "egdi"):
        for place, row in tables.rows(table):
            for column in ("country_en", "country_id", "asean"):
                most, cell = usual[row.iso3][column], getattr(row, column)
                if cell != most:
                    yield place(column, repr(cell), f"{most!r}, as in most rows of {row.iso3}")


FIRST: tuple[Rule, ...] = (lines_follow,)
"""The rules on which the others build."""

RULES: tuple[Rule, ...] = (
    page_of_the_line,
    lines_within_the_section,
    lines_state_one_thing,
    decisions_are_absent,
    every_cell_is_coded,
    differences_are_settled,
    doubts_have_reasons,
    places_stand_once,
    regulations_are_whole,
    statements_are_asked,
    questions_have_statements,
    texts_stand_in_both_languages,
    places_in_the_sentence_are_the_same,
    printed_values_stand_there,
    numbers_have_units,
    readings_are_double,
    expectations_are_measures,
    countries_are_the_same,
)
