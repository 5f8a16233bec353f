"""Load and validate what a human decided: the only reader of ``data/``.

``data/datapackage.json`` (Frictionless Data Package) is the one schema. The text of each file is checked
first (encoding, delimiter, quotes), then frictionless checks each table against the schema, then the rules
that no schema can say (a page and its lines, a code nobody states) are checked here.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from smart_asn.places import BUILD, DATA

DTYPES = {"string": "str", "date": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}
LOCATED = ("evidence", "passages", "claims", "errata", "prisma_p", "grand_design")
"""The tables whose rows quote an anchor from the article."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in the data: where it is, what was found and what was expected."""

    file: str
    row: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        place = f"data/{self.file}"
        place += f", row {self.row}" if self.row else ""
        place += f", column {self.column}" if self.column else ""
        return f"{place}: found {self.found}; expected {self.expected}."


class DataError(Exception):
    """The data is broken. Holds every problem, in the order of files and rows."""

    def __init__(self, problems: list[Problem]):
        self.problems = sorted(set(problems))
        count = len(self.problems)
        lines = [f"The data has {count} problem{'s' if count != 1 else ''}; nothing was built or changed:"]
        lines += [f"  {problem}" for problem in self.problems]
        lines += [
            "Mend the rows named above (a spreadsheet saves them as CSV UTF-8, with commas), then build again."
        ]
        super().__init__("\n".join(lines))


Read = tuple[str, ...]
"""One look into the data: ``("file", path)``, ``("table", name)``, ``("columns", name, column, …)`` or
``("rows", name, column, value)``."""


class Tables(Mapping):
    """Tables by name; notes in ``reads`` which were looked at."""

    def __init__(self, frames: dict[str, pd.DataFrame], reads: set[Read]):
        self._frames, self._reads = frames, reads

    def __getitem__(self, name: str) -> pd.DataFrame:
        frame = self._frames[name]
        self._reads.add(("table", name))
        return frame

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)


@dataclass(frozen=True)
class Data:
    """Every table of ``data/`` by name, in the row order of its file, typed as the schema says.

    ``frames`` maps a resource's name (``evidence``, ``claims``, …) to a DataFrame; empty cells are ``""`` in
    text columns and ``NA`` in the others. ``data.evidence`` is the whole table; ``columns``, ``rows``, ``part`` and
    ``row`` give less. Each look is noted in ``reads``, so that a chapter is made again when what it looked at changes,
    and only then.
    """

    _folder: Path
    _frames: dict[str, pd.DataFrame]
    reads: set[Read] = field(default_factory=set, compare=False)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in self._frames:
            raise AttributeError(name)
        return self.tables[name]

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Every table by its name."""
        return Tables(self._frames, self.reads)

    @cached_property
    def package(self) -> dict:
        """The data package's description, as read from ``datapackage.json``."""
        return json.loads(self.file("datapackage.json"))

    @cached_property
    def regency_names(self) -> dict[str, str]:
        """Regency slug to name, in the article's order."""
        return dict(self.columns("regencies", "regency", "name").itertuples(index=False, name=None))

    def labels(self, table: str, language: str) -> dict[str, str]:
        """Key to label of ``codebook``, ``strategies`` or ``sections`` in a language (``en`` or ``id``)."""
        key = self._frames[table].columns[0]
        return dict(self.columns(table, key, f"label_{language}").itertuples(index=False, name=None))

    def columns(self, table: str, *columns: str) -> pd.DataFrame:
        """Some columns of a table."""
        return self._look(("columns", table, *columns))

    def rows(self, table: str, column: str, value: str) -> pd.DataFrame:
        """The rows of a table that have a value in a column."""
        return self._look(("rows", table, column, value))

    def part(self, table: str, column: str, value: str, *columns: str) -> pd.DataFrame:
        """Some columns of the rows of a table that have a value in a column."""
        return self._look(("part", table, column, value, *columns))

    def row(self, table: str, key: str) -> pd.Series:
        """The row of a table whose first column is ``key``; KeyError says which keys there are."""
        column = self._frames[table].columns[0]
        found = self.rows(table, column, key)
        if found.empty:
            raise KeyError(f"{key!r} is not in data/{table}.csv (its column {column})")
        return found.iloc[0]

    def file(self, path: str) -> str:
        """The text of a file of the data folder that is not a table."""
        self.reads.add(("file", path))
        return (self._folder / path).read_text("utf-8")

    def _look(self, read: Read) -> pd.DataFrame:
        self.reads.add(read)
        kind, table, *rest = read
        frame = self._frames[table]
        if kind == "columns":
            return frame[rest]
        if kind == "rows":
            return frame[frame[rest[0]] == rest[1]].reset_index(drop=True)
        if kind == "part":
            return frame.loc[frame[rest[0]] == rest[1], rest[2:]].reset_index(drop=True)
        return frame

    def seal(self, read: Read) -> str:
        """SHA-256 over what a look gives; ``gone`` where it can no longer be had."""
        seals = self.__dict__.setdefault("_seals", {})
        if read not in seals:
            try:
                seen = self.file(read[1]) if read[0] == "file" else _as_text(self._look(read))
            except (KeyError, OSError):
                seen = "gone"
            seals[read] = hashlib.sha256(seen.encode()).hexdigest()
        return seals[read]


def _as_text(frame: pd.DataFrame) -> str:
    """All that a frame shows, with its order; many times as fast as writing CSV."""
    return repr((list(frame.columns), frame.index.tolist(), frame.to_numpy(dtype=object).tolist()))


def read_package(folder: Path = DATA) -> dict:
    """``datapackage.json`` as a dictionary."""
    return json.loads((folder / "datapackage.json").read_text("utf-8"))


def tabular(package: dict) -> list[dict]:
    """The package's tables: resources with a schema that lie in the data folder (not the published ledger)."""
    return [r for r in package["resources"] if "schema" in r and not r.get("published")]


def digest(folder: Path = DATA) -> str:
    """SHA-256 over the names and bytes of every file in the data folder, and over the rules in this package."""
    total = hashlib.sha256()
    for module in ("data.py", "verdicts.py"):
        total.update(Path(__file__).with_name(module).read_bytes())
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(folder).as_posix().encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def load(folder: Path | None = None) -> Data:
    """Read the whole data folder, validated.

    A folder that was validated before and has not changed since is not validated again.

    Raises
    ------
    DataError
        with every problem at once.
    """
    folder = Path(folder or DATA)
    stamp = BUILD / "validated.txt"
    seal = digest(folder)
    if not (stamp.exists() and seal in stamp.read_text("utf-8").split()):
        validate(folder)
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(seal + "\n", "utf-8")
    tables = {r["name"]: _read(folder, r) for r in tabular(read_package(folder))}
    return Data(folder, tables)


def _read(folder: Path, resource: dict) -> pd.DataFrame:
    frame = pd.read_csv(folder / resource["path"], dtype="str", keep_default_na=False, encoding="utf-8")
    for described in resource["schema"]["fields"]:
        column, kind = described["name"], described["type"]
        if kind == "boolean":
            frame[column] = frame[column].map({"true": True, "false": False})
        elif kind in ("integer", "number"):
            frame[column] = pd.to_numeric(frame[column].replace("", None)).astype(DTYPES[kind])
    return frame


def validate(folder: Path = DATA) -> None:
    """Check every table of the package; raise DataError with all the problems, or return nothing."""
    try:
        package = read_package(folder)
    except (OSError, ValueError) as error:
        raise DataError(
            [Problem("datapackage.json", 0, "", str(error), "a readable Frictionless Data Package")]
        ) from None
    resources = tabular(package)
    problems = [p for r in resources for p in _check_text(folder, r)]
    broken = {p.file for p in problems}
    problems += _check_schema(folder, package, broken)
    if not problems:
        problems = _check_rules(Data(folder, {r["name"]: _read(folder, r) for r in resources}))
    if problems:
        raise DataError(problems)


def _check_text(folder: Path, resource: dict) -> list[Problem]:
    """What a spreadsheet or an editor can do to a CSV file before any column is read."""
    name, path = resource["path"], folder / resource["path"]
    if not path.exists():
        return [Problem(name, 0, "", "no such file", "the table that datapackage.json describes")]
    raw = path.read_bytes()
    if not raw.strip():
        return [Problem(name, 0, "", "an empty file", "a header row and at least one row")]
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return [Problem(name, 1, "", "a byte order mark", "plain UTF-8 without one (not Excel's CSV UTF-8)")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        return [Problem(name, row, "", f"a byte that is not UTF-8 (0x{raw[error.start]:02x})", "UTF-8")]
    names = [f["name"] for f in resource["schema"]["fields"]]
    first = text.splitlines()[0]
    if ";" in first and "," not in first and len(names) > 1:
        return [Problem(name, 1, "", "semicolons between the columns", "commas")]
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        return [
            Problem(
                name, reader.line_num, "", f"a stray quote ({error})", 'quotes in pairs, doubled inside: ""'
            )
        ]
    problems = []
    header = rows[0][1]
    problems += [
        Problem(name, 1, n, "no such column", f"the columns {', '.join(names)}")
        for n in names
        if n not in header
    ]
    problems += [
        Problem(name, 1, n, "an unknown column", f"only {', '.join(names)}") for n in header if n not in names
    ]
    if not problems and header != names:
        problems.append(
            Problem(name, 1, "", ", ".join(header), "the columns in the order " + ", ".join(names))
        )
    if len(rows) == 1:
        problems.append(Problem(name, 2, "", "no row", "at least one row under the header"))
    for position, (_, row) in enumerate(rows[1:], start=2):
        if len(row) != len(header):
            problems.append(Problem(name, position, "", f"{len(row)} cells", f"{len(header)} cells"))
        for column, cell in zip(header, row, strict=False):
            if cell != cell.strip() or "\n" in cell or "\r" in cell:
                problems.append(
                    Problem(name, position, column, repr(cell), "text on one line, without spaces around it")
                )
    return problems


def _check_schema(folder: Path, package: dict, broken: set[str]) -> list[Problem]:
    """Every table against its schema, by frictionless; foreign keys only where both tables can be read."""
    import frictionless

    frictionless.system.trusted = True
    resources = [r for r in tabular(package) if r["path"] not in broken]
    readable = {r["name"] for r in resources}
    descriptors = []
    for resource in resources:
        schema = dict(resource["schema"])
        keys = [k for k in schema.get("foreignKeys", []) if k["reference"]["resource"] in readable | {""}]
        schema["foreignKeys"] = keys
        descriptors.append(
            {
                "name": resource["name"],
                "path": str(folder / resource["path"]),
                "type": "table",
                "format": "csv",
                "encoding": "utf-8",
                "dialect": {"csv": {"delimiter": ","}},
                "schema": schema,
            }
        )
    if not descriptors:
        return []
    report = frictionless.Package.from_descriptor({"name": "data", "resources": descriptors}).validate()
    schemas = {r["name"]: r for r in resources}
    problems = [Problem("datapackage.json", 0, "", e.message, "a valid data package") for e in report.errors]
    for task in report.tasks:
        resource = schemas[task.name]
        problems += [_problem(resource, error) for error in task.errors]
    return problems


def _problem(resource: dict, error) -> Problem:
    """A frictionless error in this project's words."""
    fields = {f["name"]: f for f in resource["schema"]["fields"]}
    row = getattr(error, "row_number", 0) or 0
    column = getattr(error, "field_name", "") or ""
    cell = getattr(error, "cell", None)
    found, expected = repr(str(cell)) if cell is not None else error.note, error.note
    if error.type == "type-error":
        expected = f"a value of type {fields[column]['type']}" + (
            " (true or false)" if fields[column]["type"] == "boolean" else ""
        )
    elif error.type == "constraint-error":
        constraints = fields[column].get("constraints", {})
        found = "nothing" if cell in (None, "") else found
        expected = fields[column].get("expected") or "; ".join(
            f"{k} {', '.join(v) if isinstance(v, list) else v}" for k, v in constraints.items()
        )
    elif error.type == "primary-key":
        key = resource["schema"]["primaryKey"]
        column = ", ".join([key] if isinstance(key, str) else key)
        found, expected = "the same key a second time", "each key once"
    elif error.type == "foreign-key":
        column = ", ".join(error.field_names)
        found = ", ".join(repr(str(c)) for c in error.field_cells)
        target = error.reference_name or resource["name"]
        expected = f"a value that stands in the column {', '.join(error.reference_field_names)} of {target}"
    return Problem(resource["path"], row, column, found, expected)


def _check_rules(data: Data) -> list[Problem]:
    """What no table schema can say: pages and lines that fit, keys that hang together."""
    return _check_lines(data) or [
        *_check_locators(data),
        *_check_sections(data),
        *_check_coding(data),
        *_check_doubts(data),
        *_check_regencies(data),
        *_check_claims(data),
        *_check_figures(data),
    ]


def _check_lines(data: Data) -> list[Problem]:
    """Pages follow each other line by line; sections follow each other without overlap, within the pages."""
    problems = []
    end = data.pages["last_line"].iloc[-1]
    for table, gap in (("pages", 0), ("sections", None)):
        before = 0
        for position, row in enumerate(data.tables[table].itertuples(), start=2):
            begins = row.first_line - before - 1
            if begins < 0 or (gap is not None and begins != gap):
                expected = f"{before + 1}, the line after the row above" + (
                    "" if gap is not None else ", or later"
                )
                problems.append(
                    Problem(f"{table}.csv", position, "first_line", str(row.first_line), expected)
                )
            if row.last_line < row.first_line:
                problems.append(
                    Problem(
                        f"{table}.csv",
                        position,
                        "last_line",
                        str(row.last_line),
                        f"{row.first_line} or later, where it begins",
                    )
                )
            if row.last_line > end:
                problems.append(
                    Problem(
                        f"{table}.csv",
                        position,
                        "last_line",
                        str(row.last_line),
                        f"{end} at most, where the pages end",
                    )
                )
            before = row.last_line
    return problems


def page_of(pages: pd.DataFrame, line: int) -> int | None:
    """The printed page on which a line of the scan stands, or None."""
    found = pages[(pages["first_line"] <= line) & (line <= pages["last_line"])]
    return None if found.empty else int(found["page"].iloc[0])


def _check_locators(data: Data) -> list[Problem]:
    """A locator's page is the page of its line."""
    problems = []
    files = dict.fromkeys(LOCATED, "scan_line") | {"claims": "first_line", "decisions": "scan_line"}
    paths = {r["name"]: r["path"] for r in data.package["resources"]}
    for table, column in files.items():
        for position, row in enumerate(data.tables[table].itertuples(), start=2):
            line = getattr(row, column)
            if pd.isna(line):
                if not pd.isna(row.page):
                    problems.append(
                        Problem(paths[table], position, "page", str(row.page), "none, as there is no line")
                    )
                if getattr(row, "anchor", ""):
                    problems.append(
                        Problem(
                            paths[table], position, "anchor", repr(row.anchor), "none, as there is no line"
                        )
                    )
                continue
            page = page_of(data.pages, line)
            if pd.isna(row.page) or page != row.page:
                found = "nothing" if pd.isna(row.page) else str(row.page)
                problems.append(
                    Problem(paths[table], position, "page", found, f"{page}, where line {line} stands")
                )
    return problems


def _check_sections(data: Data) -> list[Problem]:
    """A line, or a summary's page, lies in the section its row is about."""
    problems = []
    sections = data.sections.set_index("section")
    for table in ("evidence", "decisions"):
        for position, row in enumerate(data.tables[table].itertuples(), start=2):
            first, last = sections.loc[row.regency, ["first_line", "last_line"]]
            if not first <= row.scan_line <= last:
                problems.append(
                    Problem(
                        f"{table}.csv",
                        position,
                        "scan_line",
                        str(row.scan_line),
                        f"a line of the section {row.regency}: {first}-{last}",
                    )
                )
    for position, row in enumerate(data.summaries.itertuples(), start=2):
        first, last = (page_of(data.pages, n) for n in sections.loc[row.regency, ["first_line", "last_line"]])
        if not first <= row.page <= last:
            problems.append(
                Problem(
                    "summaries.csv",
                    position,
                    "page",
                    str(row.page),
                    f"a page of the section {row.regency}: {first}-{last}",
                )
            )
    for position, row in enumerate(data.claims.itertuples(), start=2):
        first, last = sections.loc[row.section, ["first_line", "last_line"]]
        if not first <= row.first_line <= row.last_line <= last:
            problems.append(
                Problem(
                    "claims.csv",
                    position,
                    "first_line",
                    f"{row.first_line}-{row.last_line}",
                    f"lines within the section {row.section}: {first}-{last}",
                )
            )
    return problems


def _check_coding(data: Data) -> list[Problem]:
    """Evidence and decisions never speak of the same cell; both passes have every cell; the 6 x 6 summaries too."""
    problems = []
    stated = set(zip(data.evidence["regency"], data.evidence["code"], strict=True))
    for position, row in enumerate(data.decisions.itertuples(), start=2):
        if (row.regency, row.code) in stated:
            problems.append(
                Problem(
                    "decisions.csv",
                    position,
                    "code",
                    f"{row.regency} {row.code}, which evidence.csv has as present",
                    "a cell that is coded absent",
                )
            )
    cells = {(r, c) for r in data.regencies["regency"] for c in data.codebook["code"]}
    for table, path in (("pass_1", "coding/pass-1.csv"), ("pass_2", "coding/pass-2.csv")):
        frame = data.tables[table]
        have = set(zip(frame["regency"], frame["code"], strict=True))
        problems += [
            Problem(path, 0, "", f"no row for {r} {c}", "a row for each regency and code")
            for r, c in cells - have
        ]
    passes = [
        dict(zip(zip(t["regency"], t["code"], strict=True), t["present"], strict=True))
        for t in (data.pass_1, data.pass_2)
    ]
    differing = {cell for cell in cells if passes[0].get(cell) != passes[1].get(cell)}
    settled = {
        (r.regency, r.code): (n, r.present) for n, r in enumerate(data.settlements.itertuples(), start=2)
    }
    problems += [
        Problem(
            "coding/settlements.csv",
            0,
            "",
            f"no row for {r} {c}, where the passes differ",
            "a reason for each difference",
        )
        for r, c in differing - settled.keys()
    ]
    for cell in cells:
        if cell in settled:
            row, present = settled[cell]
            path = "coding/settlements.csv"
        else:
            row, present, path = 0, passes[0].get(cell), "evidence.csv"
        if present is not None and bool(present) != (cell in stated):
            found = "evidence" if cell in stated else "no evidence"
            problems.append(
                Problem(
                    path,
                    row,
                    "",
                    f"{found} for {cell[0]} {cell[1]}",
                    "the presence on which the coding settled",
                )
            )
    pairs = set(zip(data.summaries["regency"], data.summaries["strategy"], strict=True))
    want = {(r, s) for r in data.regencies["regency"] for s in data.strategies["strategy"]}
    problems += [
        Problem("summaries.csv", 0, "", f"no row for {r} {s}", "a row for each regency and strategy")
        for r, s in want - pairs
    ]
    return problems


def _check_doubts(data: Data) -> list[Problem]:
    """A doubtful row says why, a place stands once, a settlement settles a difference."""
    problems = []
    for position, row in enumerate(data.evidence.itertuples(), start=2):
        problems += [
            Problem("evidence.csv", position, column, "nothing", "why the row is doubtful")
            for column in ("note_en", "note_id")
            if row.doubtful and not getattr(row, column)
        ]
    places = ["regency", "code", "scan_line", "anchor"]
    problems += [
        Problem(
            "evidence.csv", int(n) + 2, ", ".join(places), "the same place a second time", "each place once"
        )
        for n in data.evidence.index[data.evidence.duplicated(places)]
    ]
    both = data.pass_1.merge(data.pass_2, on=["regency", "code"])
    alike = {(r.regency, r.code) for r in both.itertuples() if r.present_x == r.present_y}
    problems += [
        Problem(
            "coding/settlements.csv",
            position,
            "code",
            f"{row.regency} {row.code}, on which the passes agree",
            "a cell on which they differ",
        )
        for position, row in enumerate(data.settlements.itertuples(), start=2)
        if (row.regency, row.code) in alike
    ]
    return problems


def _check_regencies(data: Data) -> list[Problem]:
    """A regulation has number and year or neither, a road map ends after it begins, a population has a source."""
    problems = []
    for position, row in enumerate(data.regencies.itertuples(), start=2):
        if bool(row.regulation_number) == pd.isna(row.regulation_year):
            problems.append(
                Problem(
                    "regencies.csv",
                    position,
                    "regulation_year",
                    "a number without a year" if row.regulation_number else "a year without a number",
                    "both, or neither",
                )
            )
        if row.period_end < row.period_start:
            problems.append(
                Problem(
                    "regencies.csv",
                    position,
                    "period_end",
                    str(row.period_end),
                    f"{row.period_start} or later",
                )
            )
        if pd.isna(row.census_population_2020) != (row.census_source == "not found"):
            problems.append(
                Problem(
                    "regencies.csv",
                    position,
                    "census_source",
                    repr(row.census_source),
                    "the source of the population, or not found where there is none",
                )
            )
    return problems


def _check_claims(data: Data) -> list[Problem]:
    """A quantifier and what is asserted fit together; a claim that is not plainly checked has a note."""
    from smart_asn.verdicts import QUANTIFIERS

    problems = []
    for position, row in enumerate(data.claims.itertuples(), start=2):
        rule = QUANTIFIERS.get(row.quantifier)
        if rule is None:
            problems.append(
                Problem(
                    "claims.csv",
                    position,
                    "quantifier",
                    repr(row.quantifier),
                    "one of " + ", ".join(QUANTIFIERS),
                )
            )
        elif not rule.accepts(row.asserted):
            problems.append(
                Problem(
                    "claims.csv",
                    position,
                    "asserted",
                    repr(row.asserted),
                    f"{rule.takes}, for the quantifier {row.quantifier}",
                )
            )
    for position, row in enumerate(data.passages.itertuples(), start=2):
        located = bool(row.anchor) and not pd.isna(row.scan_line)
        if located == (row.kind == "nothing"):
            problems.append(
                Problem(
                    "passages.csv",
                    position,
                    "kind",
                    repr(row.kind),
                    "a locator and an anchor, or kind nothing and neither",
                )
            )
        if row.kind == "reading" and not row.value:
            problems.append(
                Problem("passages.csv", position, "value", "nothing", "the value that is read there")
            )
    return problems


def _check_figures(data: Data) -> list[Problem]:
    """A public figure has a value where it was found; the codes of the Grand Design's rows are the codebook's."""
    codes = set(data.codebook["code"])
    problems = [
        Problem("grand-design.csv", position, "codes", repr(code), "codes that stand in codebook.csv")
        for position, row in enumerate(data.grand_design.itertuples(), start=2)
        for code in row.codes.split(";")
        if code and code not in codes
    ]
    for position, row in enumerate(data.public_figures.itertuples(), start=2):
        problems += [
            Problem(
                "context/public-figures.csv",
                position,
                column,
                repr(getattr(row, column)),
                f"a {column} where found is true, none where it is false",
            )
            for column in ("value", "unit")
            if bool(getattr(row, column)) != bool(row.found)
        ]
    both = pd.concat([data.hci, data.egdi])
    for table in ("hci", "egdi"):
        for position, row in enumerate(data.tables[table].itertuples(), start=2):
            usual = both[both["iso3"] == row.iso3].mode().iloc[0]
            problems += [
                Problem(
                    f"context/{table}.csv",
                    position,
                    column,
                    repr(getattr(row, column)),
                    f"{usual[column]!r}, as in most rows of {row.iso3}",
                )
                for column in ("country", "country_id", "asean")
                if getattr(row, column) != usual[column]
            ]
    return problems


def check_locators(data: Data, article: str) -> list[Problem]:
    """Every anchor against the text of the article: it stands, exactly so, on its line of the scan.

    ``article`` is the text of the scan; line 1 is its first line. Returns the problems, none if all hold.
    """
    lines = article.splitlines()
    paths = {r["name"]: r["path"] for r in data.package["resources"]}
    problems = []
    for table in LOCATED:
        frame = data.tables[table]
        first = "first_line" if table == "claims" else "scan_line"
        last = "last_line" if table == "claims" else "scan_line"
        for position, row in enumerate(frame.itertuples(), start=2):
            if not row.anchor:
                continue
            span = lines[getattr(row, first) - 1 : getattr(row, last)]
            if not any(row.anchor in line for line in span):
                where = (
                    f"line {getattr(row, first)}"
                    if first == last
                    else f"lines {row.first_line}-{row.last_line}"
                )
                problems.append(
                    Problem(
                        paths[table],
                        position,
                        "anchor",
                        repr(row.anchor),
                        f"words that stand in {where} of the scan",
                    )
                )
    return problems
