"""Check every file of ``data/``: its text first, then each table against its schema, then what hangs together.

What a spreadsheet or an editor does to a file (encoding, delimiter, quotes) is looked for before any column is read;
frictionless checks each table against ``datapackage.json``; what no schema can say is in ``rules``.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from smart_asn import rules
from smart_asn.datapackage import DESCRIPTION, DataError, Place, Problem, read_package, read_tables, tabular
from smart_asn.places import DATA

BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def validate(folder: Path = DATA) -> None:
    """Check every table of the package; raise DataError with all the problems, or return nothing."""
    try:
        package = read_package(folder)
    except (OSError, ValueError) as error:
        raise DataError([Place(DESCRIPTION)("", error, "a readable Frictionless Data Package")]) from None
    problems = [p for resource in tabular(package) for p in check_text(folder, resource)]
    problems += check_schema(folder, package, {p.file for p in problems})
    if not problems:
        problems = rules.check(rules.Tables(read_tables(folder, package), package))
    if problems:
        raise DataError(problems)


def check_text(folder: Path, resource: dict) -> list[Problem]:
    """What a spreadsheet or an editor can do to a CSV file before any column is read."""
    name, path = resource["path"], folder / resource["path"]
    whole, top = Place(name), Place(name, 1)
    if not path.exists():
        return [whole("", "no such file", "the table that datapackage.json describes")]
    raw = path.read_bytes()
    if not raw.strip():
        return [whole("", "an empty file", "a header row and at least one row")]
    if raw.startswith(BYTE_ORDER_MARKS):
        return [top("", "a byte order mark", "plain UTF-8 without one (not Excel's CSV UTF-8)")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        return [Place(name, row)("", f"a byte that is not UTF-8 (0x{raw[error.start]:02x})", "UTF-8")]
    names = [f["name"] for f in resource["schema"]["fields"]]
    first = text.splitlines()[0]
    if ";" in first and "," not in first and len(names) > 1:
        return [top("", "semicolons between the columns", "commas")]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header, *rows = reader
    except csv.Error as error:
        place = Place(name, reader.line_num)
        return [place("", f"a stray quote ({error})", 'quotes in pairs, doubled inside: ""')]
    problems = _check_header(top, header, names)
    if not rows and not resource.get("mayBeEmpty"):
        problems.append(Place(name, 2)("", "no row", "at least one row under the header"))
    for number, row in enumerate(rows, start=2):
        place = Place(name, number)
        if len(row) != len(header):
            problems.append(place("", f"{len(row)} cells", f"{len(header)} cells"))
        for column, cell in zip(header, row, strict=False):
            if cell != cell.strip() or "\n" in cell or "\r" in cell:
                problems.append(place(column, repr(cell), "text on one line, without spaces around it"))
    return problems


def _check_header(top: Place, header: list[str], names: list[str]) -> list[Problem]:
    """The columns are those that the schema names, in its order."""
    listed = ", ".join(names)
    problems = [top(n, "no such column", f"the columns {listed}") for n in names if n not in header]
    problems += [top(n, "an unknown column", f"only {listed}") for n in header if n not in names]
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
    return problems + [
        _problem(resources[task.name], error) for task in report.tasks for error in task.errors
    ]


def _descriptor(folder: Path, resource: dict, readable: set[str]) -> dict:
    """A table as frictionless is told of it, with foreign keys to tables that can be read only."""
    schema = dict(resource["schema"])
    keys = schema.get("foreignKeys", [])
    schema["foreignKeys"] = [key for key in keys if key["reference"]["resource"] in readable | {""}]
    return {
        "name": resource["name"],
        "path": str(folder / resource["path"]),
        "type": "table",
        "format": "csv",
        "encoding": "utf-8",
        "dialect": {"csv": {"delimiter": ","}},
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
    elif error.type == "primary-key":
        key = resource["schema"]["primaryKey"]
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
