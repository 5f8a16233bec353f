"""The codebook and the coded regencies in the exchange format of programs for qualitative analysis, REFI-QDA 1.5.

``.qdc`` has the codes, as NVivo, ATLAS.ti, MAXQDA, QualCoder and Taguette import them; ``.qdpx`` has them with a case
for each regency, the codes that its section states, and what it is. The article is not in it: its text is not ours.
"""

from __future__ import annotations

import uuid
import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

from smart_asn.data import Data
from smart_asn.edition import Edition
from smart_asn.language import Language

CODEBOOK = "urn:QDA-XML:codebook:1.0"
PROJECT = "urn:QDA-XML:project:1.0"
FACTS = {"province_id": "Text", "period_start": "Integer", "period_end": "Integer"}
"""The columns of a regency that its case carries, with their types in REFI-QDA."""
HOURS = (2021, 1, 1, 0, 0, 0)
"""The time that a file in an archive carries: always the same."""


def codebook_file(language: str) -> str:
    """Where the site has the codebook in a language, from its root."""
    return f"exports/codebook-{language}.qdc"


def project_file(language: str) -> str:
    """Where the site has the coded regencies in a language, from its root."""
    return f"exports/coding-{language}.qdpx"


def identifier(package: str, kind: str, key: str) -> str:
    """The identifier of a thing, the same in both languages and in every build."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:{package}:{kind}:{key}"))


def codebook(data: Data, language: Language) -> bytes:
    """The codebook in a language: a code that is not coded with for each strategy, its measures below it."""
    root = ET.Element("CodeBook", {"xmlns": CODEBOOK, "origin": data.package["name"]})
    _add_codes(root, data, language)
    return _written(root)


def project(data: Data, language: Language) -> bytes:
    """The codebook and a case for each regency, in a zip archive as ``.qdpx`` is one."""
    name = data.package["name"]
    root = ET.Element("Project", {"xmlns": PROJECT, "name": data.package["title"], "origin": name})
    _add_codes(ET.SubElement(root, "CodeBook"), data, language)
    fields = next(r for r in data.package["resources"] if r["name"] == "regencies")["schema"]["fields"]
    said = {field["name"]: field for field in fields}
    variables = ET.SubElement(root, "Variables")
    for column, kind in FACTS.items():
        text = said[column].get("description" if language.code == "en" else f"description_{language.code}")
        guid = identifier(name, "variable", column)
        made = ET.SubElement(variables, "Variable", {"guid": guid, "name": column, "typeOfVariable": kind})
        ET.SubElement(made, "Description").text = text or column
    _add_cases(ET.SubElement(root, "Cases"), Edition(data, language, ""))
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        entry = zipfile.ZipInfo("project.qde", HOURS)
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        file.writestr(entry, _written(root))
    return target.getvalue()


def _add_codes(parent: ET.Element, data: Data, language: Language) -> None:
    name, code = data.package["name"], language.code
    codes = ET.SubElement(parent, "Codes")
    strategies = data.labels("strategies", code)
    above = {
        strategy: ET.SubElement(
            codes,
            "Code",
            {"guid": identifier(name, "strategy", strategy), "name": label, "isCodable": "false"},
        )
        for strategy, label in strategies.items()
    }
    for _, row in data.codebook.iterrows():
        guid = identifier(name, "code", row["code"])
        label = f"{row['code']} {row[f'label_{code}']}"
        made = ET.SubElement(
            above[row["strategy"]], "Code", {"guid": guid, "name": label, "isCodable": "true"}
        )
        ET.SubElement(made, "Description").text = _rule(
            row[f"counts_when_{code}"], row[f"does_not_count_{code}"], language
        )


def _rule(counts: str, does_not: str, language: Language) -> str:
    """A measure's rule in a sentence or two."""
    rule = f"{language('Counts when')}: {counts}."
    return f"{rule} {language('Does not count')}: {does_not}." if does_not else rule


def _add_cases(cases: ET.Element, edition: Edition) -> None:
    """A case for each regency of the article: what it is, and a reference to each measure that it states."""
    data = edition.data
    name = data.package["name"]
    for _, row in data.regencies[data.regencies["regency"].isin(data.of_article)].iterrows():
        regency = row["regency"]
        case = ET.SubElement(
            cases, "Case", {"guid": identifier(name, "regency", regency), "name": row["full_name"]}
        )
        for code in data.codebook["code"]:
            if (regency, code) in edition.cells:
                ET.SubElement(case, "CodeRef", {"targetGUID": identifier(name, "code", code)})
        for column, kind in FACTS.items():
            value = ET.SubElement(case, "VariableValue")
            ET.SubElement(value, "VariableRef", {"targetGUID": identifier(name, "variable", column)})
            ET.SubElement(value, f"{kind}Value").text = str(row[column])


def _written(root: ET.Element) -> bytes:
    ET.indent(root)
    return ET.tostring(root, "utf-8", xml_declaration=True) + b"\n"
