"""Where there are too many regencies to show each one: by province, by share, by likeness."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from smart_asn.figures.many import provinces
from smart_asn.markup import Table, link

if TYPE_CHECKING:
    from smart_asn.edition import Edition


def table_provinces(edition: Edition, name: str, caption: str, counts: pd.Series) -> Table:
    """A count by regency, summed up by province: how many regencies, the least, the mean, the most and who."""
    speak, names = edition.language, edition.data.regency_names
    rows = []
    for province, group in counts.groupby(provinces(edition).reindex(counts.index), sort=True):
        most = group.idxmax()
        rows.append(
            (
                province,
                len(group),
                int(group.min()),
                speak.number(round(float(group.mean()), 1)),
                int(group.max()),
                link(f"regencies/{most}", "", names[most]),
            )
        )
    header = [speak(h) for h in ("Province", "Regencies", "Fewest", "Mean", "Most", "Regency")]
    return Table(name, caption, header, rows)
