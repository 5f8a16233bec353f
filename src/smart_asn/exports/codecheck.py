"""``codecheck.yml``: the certificate's metadata in the form of CODECHECK's configuration file.

Version 1.0 of the specification, whose every MUST can be met truthfully; version 2.0 also wants a number of CODECHECK's
register, which nobody has given, and the article's author's ORCID, which is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from smart_asn.data import Data
from smart_asn.desk.records import build_checksum, records
from smart_asn.exports.certificate import facts, sha256
from smart_asn.publication import publication
from smart_asn.site.citation import works

SPECIFICATION = "https://codecheck.org.uk/spec/config/1.0/"
OUTPUTS = {
    "ledger.json": "every statement and question with its outcome",
    "ledger.csv": "the statements, as a table",
    "ledger-questions.csv": "the questions, as a table",
}
"""What the build leaves at the site's root, with what it is."""
PARTS = {
    "_static/figures/*.svg": "a figure",
    "_static/tables/*.csv": "a table",
    "_static/executed/**/*.ipynb": "a notebook as it ran",
}
"""What it leaves in an edition, with what it is; figures for dark pages and phones are the same ones once more."""


def codecheck(
    site: Path, data: Data, questions: list[dict[str, Any]], languages: Sequence[str], address: str
) -> str:
    """The file for a whole site (its folder, put together), whose root it is meant for; ``address`` is the site's, or nothing."""
    edition, article = works()
    build = build_checksum(records(data, questions))
    counted = ", ".join(f"{outcome}: {count}" for outcome, count in facts(data, questions).items())
    page = f"{languages[0]}/certificate.html"
    known = publication()
    content: dict[str, Any] = {
        "version": SPECIFICATION,
        "manifest": [
            {"file": path, "comment": comment} for path, comment in manifest(site, languages).items()
        ],
        "paper": {
            "title": article.title,
            "authors": [{"name": " ".join(reversed(author)).strip()} for author in article.authors],
            "reference": f"{article.journal} {article.volume} ({article.year}), {article.first_page}–{article.last_page}",
        },
        "codechecker": [{"name": name} for name in edition.names],
        "report": f"{address.rstrip('/')}/{page}" if address else f"{page}, build {build}",
        "summary": (
            "A record that the edition's own build made of itself. Nobody from CODECHECK has checked it, and it has no "
            f"number in CODECHECK's register. Every notebook ran without an error. {len(questions)} questions were asked of "
            f"the article; their outcomes: {counted}. 'Not verified' means that the source that would settle the question "
            "was not open to those who asked.\n"
        ),
    }
    if known.repository:
        content["repository"] = known.repository
    content["smart_asn"] = {
        "edition": edition.title,
        "edition_version": edition.version,
        "build": build,
        "sha256": {path: sha256((site / path).read_bytes()) for path in manifest(site, languages)},
    }
    body = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
    return f"%YAML 1.1\n---\n{body}"


def manifest(site: Path, languages: Sequence[str]) -> dict[str, str]:
    """The files that the build computes, as paths from the site's root, each with what it is."""
    found = {path: what for path, what in OUTPUTS.items() if (site / path).exists()}
    for code in languages:
        for pattern, what in PARTS.items():
            for path in sorted((site / code).glob(pattern)):
                if not path.stem.endswith(("-dark", "-phone")):
                    found[path.relative_to(site).as_posix()] = f"{what} ({code})"
    return found
