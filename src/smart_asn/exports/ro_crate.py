"""The site as a research object: what was made of what, by which notebook, with checksums (RO-Crate 1.1).

It follows the profile Process Run Crate: an action for each executed notebook, from the tables that it looked at to the
notebook with its results, and one from all of them to the pages. No time of a run is told: the same sources give the
same bytes whenever they are built.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from smart_asn.chapters import Page
from smart_asn.data import Data
from smart_asn.exports.web_annotations import ARTICLE
from smart_asn.places import ROOT
from smart_asn.publication import Publication
from smart_asn.site.citation import works
from smart_asn.site.metadata import organisations, schema_article
from smart_asn.site.signposts import CRATE, LICENCE

PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
SPECIFICATION = "https://w3id.org/ro/crate/1.1"
DATA = "exports/data/"
NOTEBOOKS = "exports/notebooks/"
LOCK = "exports/requirements.txt"
"""Where the site has the data package, the source notebooks and the lock, from its root."""
LEDGER = ("ledger.json", "ledger.csv", "ledger-questions.csv")
KINDS = {
    ".csv": "text/csv",
    ".geojson": "application/geo+json",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".qdc": "application/xml",
    ".qdpx": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TOOLS = {"papermill": "https://papermill.readthedocs.io/", "jupyter-book": "https://jupyterbook.org/"}
"""What runs the notebooks and builds the pages, with its address, by which it is known."""

Entity = dict[str, Any]


def _ref(identity: str) -> dict[str, str]:
    return {"@id": identity}


def _one(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts without those that say nothing; a single thing is no list, as RO-Crate asks."""
    said = {name: fact for name, fact in facts.items() if fact not in ("", None, [])}
    return {name: f[0] if isinstance(f, list) and len(f) == 1 else f for name, f in said.items()}


class Crate:
    """The entities of a crate, in the order in which they are added, each once; files with size and checksum."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.entities: dict[str, Entity] = {}

    def add(self, identity: str, kind: str | list[str], **facts: Any) -> dict[str, str]:
        """Add an entity, or give the one that is there; returns a reference to it. Facts that say nothing are left out."""
        self.entities.setdefault(identity, {"@id": identity, "@type": kind, **_one(facts)})
        return _ref(identity)

    def file(self, path: str, name: str, kind: str | list[str] = "File", **facts: Any) -> dict[str, str]:
        """Add a file of the site; FileNotFoundError where it is not there."""
        content = (self.folder / path).read_bytes()
        encoding = KINDS.get(Path(path).suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
        return self.add(
            path,
            kind,
            name=name,
            encodingFormat=encoding,
            contentSize=str(len(content)),
            sha256=hashlib.sha256(content).hexdigest(),
            **facts,
        )


def ro_crate(
    folder: Path,
    data: Data,
    pages: Sequence[Page],
    chapters: Iterable[str],
    languages: Sequence[str],
    published: Publication,
) -> str:
    """The crate's metadata file for a site that is complete but for it.

    Parameters
    ----------
    folder : the site.
    data : the loaded data, whose files lie in ``DATA``.
    pages : the notebooks that were executed; their sources lie in ``NOTEBOOKS``.
    chapters : the chapters that each edition has a page of.
    languages : the editions.
    published : what the publisher set.

    Raises
    ------
    FileNotFoundError
        for a file that should be in the site and is not.
    """
    crate = Crate(folder)
    edition, _ = works()
    crate.add(
        CRATE,
        "CreativeWork",
        conformsTo=[_ref(SPECIFICATION)],
        about=_ref("./"),
    )
    root = crate.add("./", "Dataset")
    _add_context(crate, published)
    sources = _add_data(crate, data)
    actions, results = _add_runs(crate, data, pages, languages, sources)
    shown = _add_pages(crate, list(chapters), languages)
    ledger = [crate.file(name, f"The ledger: {name}") for name in LEDGER]
    _add_others(crate)
    actions.append(
        crate.add(
            "#pages",
            "CreateAction",
            name="Build the pages and gather the ledger",
            description="Jupyter Book builds each edition's pages of the executed notebooks and the prose.",
            instrument=_ref(TOOLS["jupyter-book"]),
            object=results,
            result=[*shown, *ledger],
        )
    )
    who = [_ref(f"#author-{n}") for n, _ in enumerate(edition.names)]
    facts = {
        "name": edition.title,
        "description": data.package["description"],
        "datePublished": edition.date,
        "version": edition.version,
        "license": _ref(LICENCE),
        "author": who,
        "publisher": who,
        "conformsTo": [_ref(PROFILE)],
        "isBasedOn": _ref(ARTICLE),
        "hasPart": [
            _ref(identity)
            for identity, e in crate.entities.items()
            if identity != "./" and {"File", "Dataset"} & set(_kinds(e))
        ],
        "mentions": actions,
        "url": published.address,
    }
    crate.entities[root["@id"]] |= _one(facts)
    context = [f"{SPECIFICATION}/context", {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}]
    whole = {"@context": context, "@graph": list(crate.entities.values())}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _kinds(entity: Mapping[str, Any]) -> list[str]:
    kind = entity["@type"]
    return [kind] if isinstance(kind, str) else kind


def _add_context(crate: Crate, published: Publication) -> None:
    """What the files are explained by: profile, licence, people, the article, the software."""
    edition, article = works()
    crate.add(PROFILE, "CreativeWork", name="Process Run Crate", version="0.5")
    name = "Creative Commons Attribution 4.0 International"
    crate.add(LICENCE, "CreativeWork", name=name, description="Text and data of this edition.")
    for number, who in enumerate(organisations(edition)):
        home = published.address or published.repository
        crate.add(f"#author-{number}", "Organization", name=who["name"], url=home)
    original = schema_article(article)
    people = {key: value for key, value in original["author"].items() if key != "@type"}
    author = crate.add("#article-author", "Person", **people)
    crate.add(
        ARTICLE,
        "ScholarlyArticle",
        name=article.title,
        author=author,
        datePublished=str(article.year),
        pagination=original["pagination"],
        description=f"{article.journal} {article.volume}, {original['pagination']}. Its text is not in this crate.",
    )
    name = "The locked versions of all packages, with their hashes"
    lock = crate.file(LOCK, name) if (crate.folder / LOCK).exists() else None
    for tool, address in TOOLS.items():
        crate.add(
            address,
            "SoftwareApplication",
            name=tool,
            softwareVersion=version(tool),
            url=address,
            softwareRequirements=lock,
        )
    crate.add(
        "#smart-asn",
        "SoftwareSourceCode",
        name="smart-asn",
        description="The package that the notebooks call.",
        version=edition.version,
        programmingLanguage="Python",
        url=published.repository,
    )


def _add_data(crate: Crate, data: Data) -> dict[str, dict[str, str]]:
    """The data package; returns the file of each table."""
    files = {
        resource["name"]: crate.file(
            DATA + resource["path"], resource["title"], description=resource.get("description", "")
        )
        for resource in data.package["resources"]
    }
    described = crate.file(f"{DATA}datapackage.json", "The description of the data package")
    crate.add(
        DATA, "Dataset", name=data.package["title"], description=data.package["description"],
        license=_ref(LICENCE), hasPart=[described, *files.values()],
    )  # fmt: skip
    return files


def _add_runs(
    crate: Crate,
    data: Data,
    pages: Sequence[Page],
    languages: Sequence[str],
    tables: Mapping[str, dict[str, str]],
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """An action for each chapter that is a notebook, in each language; returns the actions, and what they made."""
    parts: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        parts[page.chapter].append(page)
    actions, results = [], []
    for code in languages:
        for chapter, found in parts.items():
            made = f"{code}/_static/executed/{chapter}.ipynb"
            if not (crate.folder / made).exists():
                continue
            result = crate.file(made, f"The notebook of {chapter}, executed ({code})")
            sources = [_source(crate, page) for page in found]
            looked = dict.fromkeys(t for page in found for t in _looked_at(page, code) if t in tables)
            values = [f"{k}={v}" for page in found for k, v in page.parameters.items()]
            actions.append(
                crate.add(
                    f"#run-{code}-{chapter.replace('/', '-')}",
                    "CreateAction",
                    name=f"Execute {chapter} ({code})",
                    description="papermill executes the notebook with "
                    + ", ".join(dict.fromkeys([*values, f"language={code}"]))
                    + ".",
                    instrument=[*sources, _ref(TOOLS["papermill"]), _ref("#smart-asn")],
                    object=[tables[name] for name in looked],
                    result=result,
                )
            )
            results.append(result)
    return actions, results


def _source(crate: Crate, page: Page) -> dict[str, str]:
    path = page.source.relative_to(ROOT / "notebooks").as_posix()
    return crate.file(
        NOTEBOOKS + path,
        f"The source of {path}",
        ["File", "SoftwareSourceCode"],
        version=works()[0].version,
        programmingLanguage="Python",
    )


def _looked_at(page: Page, language: str) -> list[str]:
    """The tables and files of the data that a notebook looked at when it was executed, in order."""
    looks = json.loads(page.reads(language).read_text("utf-8"))
    return sorted({look[1] for look in looks if look[0] != "file"})


def _add_pages(crate: Crate, chapters: Sequence[str], languages: Sequence[str]) -> list[dict[str, str]]:
    """The pages of each edition, and the folder of those of the statements; returns them."""
    made = []
    for code in languages:
        for chapter in chapters:
            if (crate.folder / f"{code}/{chapter}.html").exists():
                made.append(
                    crate.file(f"{code}/{chapter}.html", f"The page {chapter} ({code})", inLanguage=code)
                )
        made.append(
            crate.add(
                f"{code}/claims/",
                "Dataset",
                name=f"A page and a file for each question and statement ({code})",
                description="The files are listed with their checksums in index.json.",
                inLanguage=code,
            )
        )
    return made


def _add_others(crate: Crate) -> None:
    """What else there is for other programs, and the archive of the data."""
    for path in sorted(p for p in (crate.folder / "exports").iterdir() if p.is_file()):
        crate.file(path.relative_to(crate.folder).as_posix(), f"For other programs: {path.name}")
    crate.file("smart-asn-data.zip", "The data package as one archive")
