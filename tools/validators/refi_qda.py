"""REFI-QDA: another program reads the codebooks and projects, strictly, and writes the same again.

Its classes were made from the standard's schema: unknown elements, attributes and another order are found by reading and
writing, patterns and the least number of elements by asking the classes for the schema's rules.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from xml.etree import ElementTree as ET

from pydantic import BaseModel
from pyrefiqda.models.codebook import CodeBook
from pyrefiqda.models.project import Project
from xsdata.formats.dataclass.parsers.config import ParserConfig
from xsdata_pydantic.bindings import XmlParser, XmlSerializer

STRICT = ParserConfig(
    fail_on_unknown_properties=True, fail_on_unknown_attributes=True, fail_on_converter_warnings=True
)
Kind = type[CodeBook] | type[Project]


def read_back(text: bytes, kind: Kind) -> tuple[CodeBook | Project, Iterator[str]]:
    """What the other program reads, and what is wrong with it: rules of the schema that it breaks, and where what the
    program writes of it differs in elements, attributes, texts or their order."""
    read = XmlParser(config=STRICT).from_bytes(text, kind)
    again = XmlSerializer().render(read)
    return read, chain(broken_rules(read), differences(ET.fromstring(text), ET.fromstring(again)))


def broken_rules(part: BaseModel) -> Iterator[str]:
    """Where a part breaks what the schema says of its values: a pattern, or how many there are at least."""
    for name, field in type(part).model_fields.items():
        value, rule = getattr(part, name), getattr(field, "xsdata_metadata", None) or {}
        values = value if isinstance(value, list) else [] if value is None else [value]
        if len(values) < rule.get("min_occurs", 0):
            yield f"{type(part).__name__} has {len(values)} {name}; expected {rule['min_occurs']} or more"
        for one in values:
            if isinstance(one, BaseModel):
                yield from broken_rules(one)
            elif "pattern" in rule and not re.fullmatch(rule["pattern"], str(one)):
                yield f"{type(part).__name__}: {name} is {one!r}; expected {rule['pattern']}"


def differences(one: ET.Element, other: ET.Element) -> Iterator[str]:
    """Where two elements differ, white space between elements aside."""
    if (one.tag, one.attrib, (one.text or "").strip()) != (
        other.tag,
        other.attrib,
        (other.text or "").strip(),
    ):
        yield f"{ET.tostring(one, 'unicode')[:160]} is read as {ET.tostring(other, 'unicode')[:160]}"
    if len(one) != len(other):
        yield f"{one.tag}: {len(one)} elements, {len(other)} when written again"
    for first, second in zip(one, other, strict=False):
        yield from differences(first, second)


def rows(site: Path, name: str) -> list[dict[str, str]]:
    """A table of the data package."""
    return list(csv.DictReader(io.StringIO((site / "exports/data" / name).read_text("utf-8-sig"))))


def codes(book: CodeBook | Project) -> dict[str, str]:
    """The identifier of each code that may be used, with its short name."""
    listed = book.code_book.codes if isinstance(book, Project) else book.codes
    return {
        code.guid: code.name.split()[0] for above in listed.code for code in above.code if code.is_codable
    }


def check_codebook(site: Path, path: Path) -> Iterator[str]:
    """A codebook has the measures of the data, in their order."""
    book, differ = read_back(path.read_bytes(), CodeBook)
    yield from differ
    expected = [row["code"] for row in rows(site, "codebook.csv")]
    if list(codes(book).values()) != expected:
        yield f"its codes are {list(codes(book).values())}; expected {expected}"


def check_project(site: Path, path: Path) -> Iterator[str]:
    """A project has a case for each regency, with the codes for which there is evidence."""
    with zipfile.ZipFile(path) as archive:
        project, differ = read_back(archive.read("project.qde"), Project)
    yield from differ
    names = codes(project)
    stated = {(row["regency"], row["code"]) for row in rows(site, "evidence.csv")}
    full = {row["full_name"]: row["regency"] for row in rows(site, "regencies.csv")}
    held = {(full[case.name], names[ref.target_guid]) for case in project.cases.case for ref in case.code_ref}
    if held != stated:
        yield f"cases and evidence differ in {sorted(held ^ stated)}"


def main(site: str, address: str) -> int:
    """Check the files of a site; 1 if something is wrong with them."""
    folder, found, count = Path(site), [], 0
    for pattern, check in (("*.qdc", check_codebook), ("*.qdpx", check_project)):
        for path in sorted((folder / "exports").glob(pattern)):
            found += [f"exports/{path.name}: {problem}" for problem in check(folder, path)]
            count += 1
    if not count:
        found.append("exports/: found no codebook; expected codebook-en.qdc and the like")
    print("\n".join([*found, f"{count} files read back, {len(found)} problems"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
