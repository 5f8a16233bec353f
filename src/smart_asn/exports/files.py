"""Every file that is exported, by its path in the site: pure, so that a test can look at it without a build."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from smart_asn.chapters import Page
from smart_asn.data import Data
from smart_asn.datapackage import data_files
from smart_asn.exports import refi_qda, ro_crate, web_annotations, workbook
from smart_asn.exports.linkset import linkset
from smart_asn.language import Language
from smart_asn.ledger import as_csv
from smart_asn.ledger import published as ledger_of
from smart_asn.places import NOTEBOOKS, ROOT
from smart_asn.publication import Publication
from smart_asn.site.signposts import LINKSET


def export_files(
    data: Data,
    questions: list[dict[str, Any]],
    pages: Iterable[Page],
    languages: Sequence[str],
    published: Publication,
) -> dict[str, bytes]:
    """The bytes of each file by its path from the site's root, but for what is made of the finished site.

    Parameters
    ----------
    data : the loaded data.
    questions : the checked questions, as ``ledger.gather`` gives them.
    pages : the notebooks that are executed.
    languages : the editions that are published.
    published : what the publisher set.
    """
    numbers = [*data.questions["question"], *data.claims["claim"]]
    files = {
        web_annotations.FILE: web_annotations.annotation_collection(data, questions, published).encode(),
        LINKSET: linkset(numbers, languages, published.address).encode(),
        workbook.FILE: workbook.workbook(data, questions),
    }
    for code in languages:
        files[refi_qda.codebook_file(code)] = refi_qda.codebook(data, Language(code))
        files[refi_qda.project_file(code)] = refi_qda.project(data, Language(code))
    files |= {
        ro_crate.DATA + p.relative_to(data.folder).as_posix(): p.read_bytes() for p in data_files(data.folder)
    }
    files |= {ro_crate.DATA + path: text.encode() for path, text in ledger_tables(data, questions).items()}
    for source in {page.source for page in pages}:
        files[ro_crate.NOTEBOOKS + source.relative_to(NOTEBOOKS).as_posix()] = source.read_bytes()
    lock = ROOT / "requirements.txt"
    return files | ({ro_crate.LOCK: lock.read_bytes()} if lock.exists() else {})


def ledger_tables(data: Data, questions: list[dict[str, Any]]) -> dict[str, str]:
    """The tables that complete the data package, which describes them: the ledger's, by their paths in the package."""
    ledger = ledger_of(data, questions)
    return {"ledger.csv": as_csv(ledger["claims"]), "ledger-questions.csv": as_csv(ledger["questions"])}
