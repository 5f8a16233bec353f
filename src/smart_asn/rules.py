"""The rules between rows and tables that no schema can say: each a small function that yields problems.

A rule takes the ``Tables`` and yields a ``Problem`` for each row that breaks it; its docstring is the rule. ``FIRST``
are those the others build on: where one of them is broken the others are not tried. ``RULES`` are the others, in any
order. To add a rule, write a function and name it in the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from smart_asn.datapackage import DESCRIPTION, DataError, Place, Problem, page_of
from smart_asn.verdicts import QUANTIFIERS

LOCATED = ("evidence", "passages", "claims", "errata", "prisma_p", "grand_design")
"""The tables whose rows quote an anchor from the article."""


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
            line = row.first_line if table == "claims" else row.scan_line
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


def assertions_fit(tables: Tables) -> Iterator[Problem]:
    """A quantifier is known, and takes what is asserted."""
    for place, row in tables.rows("claims"):
        rule = QUANTIFIERS.get(row.quantifier)
        if rule is None:
            yield place("quantifier", repr(row.quantifier), "one of " + ", ".join(QUANTIFIERS))
        elif not rule.accepts(row.asserted):
            expected = f"{rule.takes}, for the quantifier {row.quantifier}"
            yield place("asserted", repr(row.asserted), expected)


def passages_are_located(tables: Tables) -> Iterator[Problem]:
    """A passage has a locator and an anchor, or is nothing; what is read there has a value."""
    for place, row in tables.rows("passages"):
        located = bool(row.anchor) and not pd.isna(row.scan_line)
        if located == (row.kind == "nothing"):
            expected = "a locator and an anchor, or kind nothing and neither"
            yield place("kind", repr(row.kind), expected)
        if row.kind == "reading" and not row.value:
            yield place("value", "nothing", "the value that is read there")


# The context -------------------------------------------------------------------------------------------------


def expectations_are_measures(tables: Tables) -> Iterator[Problem]:
    """The codes of the Grand Design's rows are the codebook's."""
    codes = set(tables["codebook"]["code"])
    for place, row in tables.rows("grand_design"):
        for code in row.codes.split(";"):
            if code and code not in codes:
                yield place("codes", repr(code), "codes that stand in codebook.csv")


def figures_found_have_values(tables: Tables) -> Iterator[Problem]:
    """A public figure has a value and a unit where it was found, and neither where it was not."""
    for place, row in tables.rows("public_figures"):
        for column in ("value", "unit"):
            cell = getattr(row, column)
            if bool(cell) != bool(row.found):
                yield place(column, repr(cell), f"a {column} where found is true, none where it is false")


def countries_are_the_same(tables: Tables) -> Iterator[Problem]:
    """A country has one name, and is of ASEAN or not, in every row of both indices."""
    both = pd.concat([tables["hci"], tables["egdi"]])
    usual = {iso3: rows.mode().iloc[0] for iso3, rows in both.groupby("iso3")}
    for table in ("hci", "egdi"):
        for place, row in tables.rows(table):
            for column in ("country", "country_id", "asean"):
                most, cell = usual[row.iso3][column], getattr(row, column)
                if cell != most:
                    yield place(column, repr(cell), f"{most!r}, as in most rows of {row.iso3}")


FIRST: tuple[Rule, ...] = (lines_follow,)
"""The rules on which the others build."""

RULES: tuple[Rule, ...] = (
    page_of_the_line,
    lines_within_the_section,
    decisions_are_absent,
    every_cell_is_coded,
    differences_are_settled,
    doubts_have_reasons,
    places_stand_once,
    regulations_are_whole,
    assertions_fit,
    passages_are_located,
    expectations_are_measures,
    figures_found_have_values,
    countries_are_the_same,
)


# Against the article -----------------------------------------------------------------------------------------


def check_locators(tables: Tables, article: str) -> list[Problem]:
    """Every anchor against the text of the article: it stands, exactly so, on its line of the scan.

    ``article`` is the text of the scan; line 1 is its first line. Returns the problems, none if all hold.
    """
    lines = article.splitlines()
    problems = []
    for table in LOCATED:
        for place, row in tables.rows(table):
            if not row.anchor:
                continue
            claim = table == "claims"
            first, last = (row.first_line, row.last_line) if claim else (row.scan_line, row.scan_line)
            if not any(row.anchor in line for line in lines[first - 1 : last]):
                where = f"lines {first}-{last}" if claim else f"line {first}"
                problems.append(place("anchor", repr(row.anchor), f"words that stand in {where} of the scan"))
    return problems
