"""Every file that the desk adds to the site, by its path: pure, so that a test can look at it without a build."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from smart_asn.data import Data
from smart_asn.desk import reviews
from smart_asn.desk.claim_pages import ClaimPages
from smart_asn.desk.coding_data import coding_data
from smart_asn.desk.copy_data import copy_data
from smart_asn.desk.frame import Frame
from smart_asn.desk.past import dropped_record, past_of
from smart_asn.desk.records import (
    SCHEMA,
    SCHEMA_FILE,
    Record,
    build_checksum,
    claim_file,
    index_file,
    records,
)
from smart_asn.desk.remembered import Remembered
from smart_asn.desk.walk_data import as_script, walk_data
from smart_asn.edition import Edition
from smart_asn.history import Step, history, tombstones
from smart_asn.language import Language
from smart_asn.publication import Publication


def desk_files(
    data: Data,
    questions: list[dict[str, Any]],
    languages: Sequence[str],
    published: Publication,
    cells: Mapping[str, str],
) -> dict[str, str]:
    """The text of each file by its path from the site's root: schemas, and each edition's own.

    ``cells`` has the lines of the cell that checks each question.
    """
    data = Remembered.of(data)
    made, steps = records(data, questions), history(data, questions)
    schemas = {SCHEMA_FILE: SCHEMA, reviews.SCHEMA_FILE: reviews.SCHEMA}
    files = {path: json.dumps(schema, indent=1) + "\n" for path, schema in schemas.items()}
    for code in languages:
        frame = Frame(Language(code), published.address, tuple(languages))
        own = _edition_files(data, questions, made, steps, frame, published, cells)
        files |= {f"{code}/{path}": text for path, text in own.items()}
    return files


def _edition_files(
    data: Data,
    questions: list[dict[str, Any]],
    made: Mapping[str, Record],
    steps: Sequence[Step],
    frame: Frame,
    published: Publication,
    cells: Mapping[str, str],
) -> dict[str, str]:
    build, edition = build_checksum(made), Edition(data, frame.language, "")
    pages = ClaimPages(edition, made, questions, build, published, frame, steps)
    dropped = {number: dropped_record(stone) for number, stone in tombstones(steps).items()}
    files = {
        "claims/index.json": index_file(made, build, dropped.values()),
        "_static/desk/desk.js": as_script("desk", walk_data(edition, made, questions, cells, build)),
        "_static/desk/coding-data.js": as_script("codingData", coding_data(edition, questions, cells)),
        "_static/desk/places.js": as_script("ownCopy", copy_data(edition, made, build)),
    }
    for number, record in made.items():
        files[f"claims/{number.lower()}.html"] = pages.page(number)
        files[f"claims/{number.lower()}.json"] = claim_file(record, build, past_of(steps, number))
    for number, record in dropped.items():
        files[f"claims/{number.lower()}.html"] = pages.tombstone(number)
        files[f"claims/{number.lower()}.json"] = claim_file(record, build, past_of(steps, number))
    return files
