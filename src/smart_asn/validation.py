"""Check every file of ``data/``: its text first, then each table against its schema, then what hangs together.

Each step is a module: ``description`` checks ``datapackage.json`` and the files besides tables, ``characters`` the text
of a cell, frictionless each table against its schema, and ``rules`` what no schema can say. What a spreadsheet or an
editor does to a file as a whole (encoding, delimiter, quotes) is looked for here, before any column is read.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from smart_asn import added, releases, rules
from smart_asn.characters import LARGEST, complaint
from smart_asn.datapackage import (
    DESCRIPTION,
    DataError,
    Place,
    Problem,
    parse,
    read_rows,
    read_tables,
    tabular,
)
from smart_asn.description import check_description
from smart_asn.places import DATA

COMPARED = ("asserted", "period", "value")
"""Columns of text that the program compares, besides those with a pattern, a list of values or a foreign key."""
MANY = 3
"""So many problems that may have one cause are told one by one; of more, the cause is."""
DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
ADVICE = "commas (save it as CSV UTF-8, comma-separated)"


def validate(folder: Path = DATA) -> None:
    """Check every table of the package; raise DataError with all the problems, or return nothing."""
    package, problems = check_description(folder)
    if package:
        problems += [p for resource in tabular(package) for p in check_text(folder, resource)]
        problems += check_schema(folder, package, {p.file for p in problems})
    if not problems:
        tables = read_tables(folder, package)
        together = rules.Tables(tables, package)
        problems = rules.check(together)
        problems += releases.check(folder, together["releases"])
        problems += [p for slug in added.regencies(folder) for p in added.check(folder, slug, tables)]
    if problems:
        raise DataError(problems)


def check_text(folder: Path, resource: dict) -> list[Problem]:
    """What a spreadsheet or an editor can do to a CSV file before any column is read.

    Of what spoils the file as a whole only the first is returned: the rest would follow from it.
    """
    name, path = resource["path"], folder / resource["path"]
    whole, top = Place(name), Place(name, 1)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return [whole("", "no such file", f"the table that {DESCRIPTION} describes")]
    except OSError as error:
        return [whole("", error.strerror or type(error).__name__, "a file that can be read")]
    if not raw.strip():
        return [whole("", "an empty file", "a header row and at least one row")]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [top("", "UTF-16", "UTF-8")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        return [Place(name, row)("", f"a byte that is not UTF-8 (0x{raw[error.start]:02x})", "UTF-8")]
    names = [f["name"] for f in resource["schema"]["fields"]]
    first = text.splitlines()[0]
    if first.lower().startswith("sep="):
        return [top("", f"the line {first!r}, which is for one spreadsheet alone", "the columns' names")]
    for sign, called in DELIMITERS.items():
        if sign in first and "," not in first and len(names) > 1:
            return [top("", f"{called} between the columns", ADVICE)]
    try:
        header, *rows = parse(text)
    except csv.Error as error:
        return [_unparsed(name, text, error)]
    problems = _check_header(top, header, names)
    if problems:
        return problems
    if not rows and not resource.get("mayBeEmpty"):
        return [Place(name, 2)("", "no row", "at least one row under the header")]
    return _check_cells(name, rows, resource["schema"])


def _unparsed(name: str, text: str, error: csv.Error) -> Problem:
    """Why a file cannot be parted into cells, and in which row."""
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    row = 1
    try:
        for _ in reader:
            row += 1
    except csv.Error:
        pass
    if "field larger" in str(error):
        found = f"a cell of more than {LARGEST:,} characters"
        return Place(name, row)("", found, f"{LARGEST:,} at most (is a quote not closed?)")
    return Place(name, row)("", f"a stray quote ({error})", 'quotes in pairs, doubled inside: ""')


def _check_cells(name: str, rows: list[list[str]], schema: dict) -> list[Problem]:
    """Every row has as many cells as there are columns, and each cell is plain text."""
    fields = schema["fields"]
    compared = [_is_compared(field, schema) for field in fields]
    allowed = [tuple(field.get("constraints", {}).get("enum", ())) for field in fields]
    problems = []
    for number, row in enumerate(rows, start=2):
        place = Place(name, number)
        if not any(row):
            problems.append(place("", "an empty row", "no empty row before the last"))
        elif len(row) != len(fields):
            problems.append(place("", f"{len(row)} cells", f"{len(fields)} cells"))
        else:
            for cell, field, one, values in zip(row, fields, compared, allowed, strict=True):
                found = complaint(cell, field["type"], one, values) if cell else None
                if found:
                    problems.append(place(field["name"], *found))
    return problems


def _is_compared(field: dict, schema: dict) -> bool:
    """Whether the program compares a column's cells; an anchor is compared with the scan, letter by letter, only."""
    name, limits = field["name"], field.get("constraints", {})
    leads = name in [key["fields"] for key in schema.get("foreignKeys", [])]
    bound = field["type"] != "string" or leads or "pattern" in limits or "enum" in limits
    return name in COMPARED or (bound and name != "anchor")


def _check_header(top: Place, header: list[str], names: list[str]) -> list[Problem]:
    """The columns are those that the schema names, in its order."""
    listed = ", ".join(names)
    lacking = [name for name in names if name not in header]
    unknown = [name for name in header if name not in names]
    if len(lacking) + len(unknown) > MANY:
        found = "; ".join(
            f"{what} {', '.join(x)}" for what, x in (("no", lacking), ("unknown", unknown)) if x
        )
        return [top("", f"other columns ({found})", f"the columns {listed}")]
    problems = [top(n, "no such column", f"the columns {listed}") for n in lacking]
    problems += [top(n, "an unknown column", f"only {listed}") for n in unknown]
    if not problems and header != names:
        problems.append(top("", ", ".join(header), f"the columns in the order {listed}"))
    return problems


def check_schema(folder: Path, package: dict, broken: set[str]) -> list[Problem]:
    """Every table against its schema, by frictionless; foreign keys only where both tables can be read.

    ``broken`` names the files that are left out.
    """
    import frictionless

    frictionless.system.trusted = True
    resources = {r["name"]: r for r in tabular(package) if r["path"] not in broken}
    if not resources:
        return []
    descriptors = [_descriptor(folder, resource, set(resources)) for resource in resources.values()]
    report = frictionless.Package.from_descriptor({"name": "data", "resources": descriptors}).validate()
    problems = [Place(DESCRIPTION)("", error.message, "a valid data package") for error in report.errors]
    errors = [(resources[task.name], error) for task in report.tasks for error in task.errors]
    often = Counter(_key(*error) for error in errors)
    for (table, column, value), count in often.items():
        if table and count > MANY:
            found = f"no row for {value!r}, which {count} rows of other tables name"
            problems.append(Place(resources[table]["path"])(column, found, "its row, or none of those"))
    return problems + [_problem(*e) for e in errors if not _key(*e)[0] or often[_key(*e)] <= MANY]


def _key(resource: dict, error) -> tuple[str, str, str]:
    """The key that a row names and that is not there: table, column and value; empty for errors of other kinds."""
    if error.type != "foreign-key":
        return "", "", ""
    target = error.reference_name or resource["name"]
    return target, ", ".join(error.reference_field_names), ", ".join(map(str, error.field_cells))


def _descriptor(folder: Path, resource: dict, readable: set[str]) -> dict:
    """A table as frictionless is told of it, with foreign keys to tables that can be read only."""
    schema = dict(resource["schema"])
    keys = schema.get("foreignKeys", [])
    schema["foreignKeys"] = [key for key in keys if key["reference"]["resource"] in readable | {""}]
    return {
        "name": resource["name"],
        "data": read_rows(folder, resource),
        "schema": schema,
    }


def _problem(resource: dict, error) -> Problem:
    """A frictionless error in this project's words."""
    fields = {f["name"]: f for f in resource["schema"]["fields"]}
    column = getattr(error, "field_name", "") or ""
    cell = getattr(error, "cell", None)
    found, expected = repr(str(cell)) if cell is not None else error.note, error.note
    if error.type == "type-error":
        kind = fields[column]["type"]
        expected = f"a value of type {kind}" + (" (true or false)" if kind == "boolean" else "")
    elif error.type == "constraint-error":
        found = "nothing" if cell in (None, "") else found
        expected = fields[column].get("expected") or _limits(fields[column].get("constraints", {}))
    elif error.type in ("primary-key", "unique-error"):
        key = column or resource["schema"]["primaryKey"]
        column = ", ".join([key] if isinstance(key, str) else key)
        found, expected = "the same key a second time", "each key once"
    elif error.type == "foreign-key":
        column = ", ".join(error.field_names)
        found = ", ".join(repr(str(c)) for c in error.field_cells)
        target = error.reference_name or resource["name"]
        expected = f"a value that stands in the column {', '.join(error.reference_field_names)} of {target}"
    return Place(resource["path"], getattr(error, "row_number", 0) or 0)(column, found, expected)


def _limits(constraints: dict) -> str:
    """Constraints in words, where the schema does not say what it expects."""
    return "; ".join(f"{k} {', '.join(v) if isinstance(v, list) else v}" for k, v in constraints.items())
