"""The small world's eight questions, checked: what the desk's tests start from."""

from __future__ import annotations

from typing import Any

from smart_asn.checks import judge
from smart_asn.observations import Observation, regencies_stating

BOTH = ("north", "south")
HOMES = {"Q005": "regencies/north"}


def questions(small) -> list[dict[str, Any]]:
    """Every question of the small world as ``ledger.gather`` gives it, each with the observation that its text tells."""
    works = {"work-a": ("Work A", "Karya A"), "work-b": ("Work B", "Karya B")}
    year = {"year": ("The year", "Tahunnya")}
    reason = {"reason": ("Reason", "Alasan")}
    observed = {
        "Q001": regencies_stating(BOTH, ("PLN01",)),
        "Q002": regencies_stating(BOTH, ("REC01",)),
        "Q003": Observation(2, sources=("P001", "P002")),
        "Q004": Observation(12.46, sources=("share", "share-2018"), earlier=11.24),
        "Q005": Observation(None, "search", sources=("regulation",)),
        "Q006": Observation(1, "unit", ("work-a",), tuple(works), names=works, sources=("P003", "P004")),
        "Q007": Observation(0, "unit", (), ("reason",), names=reason, sources=("P005",)),
        "Q008": Observation(1, "unit", ("year",), ("year",), names=year, sources=("P006", "P007")),
    }
    return [
        judge(small, number, seen).record() | {"chapter": HOMES.get(number, "start")}
        for number, seen in observed.items()
    ]
