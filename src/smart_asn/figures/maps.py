"""The map of Indonesia: the six regencies as a way to their chapters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import matplotlib as mpl
import matplotlib.transforms
import numpy as np
from matplotlib.collections import PolyCollection

from smart_asn import coding
from smart_asn.figures.style import LIGHT, Layout, Sheet, finish, new_sheet
from smart_asn.markup import Figure, Spot

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

    from smart_asn.edition import Edition


def _polygons(edition: Edition, file: str, least: float = 0.0) -> list[np.ndarray]:
    """The outer rings of a GeoJSON file, as arrays of longitude and latitude; none smaller than ``least`` degrees."""
    shapes = json.loads(edition.data.file(f"geo/{file}"))["features"]
    rings = []
    for shape in shapes:
        geometry = shape["geometry"]
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        rings += [np.asarray(part[0]) for part in parts]
    return [ring for ring in rings if np.ptp(ring, axis=0).max() >= least]


ASPECT = 18 / 47
"""Height to width of the piece of the world that is drawn."""


def draw_indonesia(edition: Edition, axes: Axes) -> None:
    """The country's outline, without a frame."""
    axes.add_collection(
        PolyCollection(
            _polygons(edition, "indonesia_50m.geojson", 0.3), facecolor=LIGHT["land"], edgecolor="none"
        )
    )
    axes.set(xlim=(94.5, 141.5), ylim=(-11.5, 6.5), aspect="equal")
    axes.axis("off")


LABEL_PLACES = (
    (0, 11, "center"),
    (0, -19, "center"),
    (11, -3, "left"),
    (-11, -3, "right"),
    (11, 8, "left"),
    (-11, 8, "right"),
    (11, -15, "left"),
    (-11, -15, "right"),
)
"""Where a label can stand beside its dot (points), the best first."""


def _place_labels(axes: Axes, points: list[tuple[float, float, str]]) -> list[mpl.transforms.Bbox]:
    """Label dots so that no label covers another label or dot, as far as that can be.

    Returns for each the box around dot and label, in the canvas's own pixels from its lower left corner.
    """
    canvas = axes.get_figure(root=True)
    assert canvas is not None
    canvas.draw_without_rendering()
    taken = [
        mpl.transforms.Bbox.from_bounds(x - 6, y - 6, 12, 12)
        for x, y in axes.transData.transform([p[:2] for p in points])
    ]
    for x, y, text in points:
        best: tuple[int, Annotation, mpl.transforms.Bbox] | None = None
        for dx, dy, side in LABEL_PLACES:
            label = axes.annotate(text, (x, y), (dx, dy), textcoords="offset points", ha=side, fontsize=10)
            box = label.get_window_extent()
            hits = sum(box.overlaps(other) for other in taken)
            if best is None or hits < best[0]:
                if best:
                    best[1].remove()
                best = (hits, label, box)
            else:
                label.remove()
            if hits == 0:
                break
        assert best is not None
        taken.append(best[2])
    count = len(points)
    return [
        mpl.transforms.Bbox.union([dot, label])
        for dot, label in zip(taken[:count], taken[count:], strict=True)
    ]


def plot_map(edition: Edition) -> Figure:
    """The regencies on the map of Indonesia, each with the number of measures that its section reports."""
    speak, counts = edition.language, edition.stated.sum(axis=1)
    rows = edition.data.columns("regencies", "regency", "name", "province_id", "longitude", "latitude")
    shown = rows if len(rows) <= coding.MANY else rows.head(0)

    def draw(layout: Layout) -> Sheet:
        sheet, axes = new_sheet(layout, layout.width * ASPECT)
        draw_indonesia(edition, axes)
        axes.plot(
            rows["longitude"],
            rows["latitude"],
            "o",
            color=LIGHT["second"],
            markersize=layout.pick(8, 6),
            markeredgecolor=LIGHT["paper"],
            markeredgewidth=0.8,
        )
        points = [
            (r.longitude, r.latitude, f"{r.name} {counts[r.regency]}") for r in shown.itertuples(index=False)
        ]
        boxes = _place_labels(axes, points)
        sheet.spots = tuple(
            _spot(sheet, f"regencies/{r}", n, b)
            for r, n, b in zip(shown["regency"], shown["name"], boxes, strict=True)
        )
        return sheet

    values = {
        "count": speak.count(len(rows)),
        "provinces": speak.count(rows["province_id"].nunique()),
        "most": edition.data.regency_names[counts.idxmax()],
        "high": int(counts.max()),
        "least": edition.data.regency_names[counts.idxmin()],
        "low": int(counts.min()),
    }
    caption = (
        speak(
            "Where the {count} regencies lie, in {provinces} provinces, some of them added to the article’s (*). Measures reported: from {low} ({least}) to {high} ({most}).",
            **values,
        )
        if len(rows) > len(edition.data.of_article)
        else speak(
            "Where the {count} regencies lie, in {provinces} provinces. The number counts the measures that the article reports: from {low} ({least}) to {high} ({most}).",
            **values,
        )
    )
    alt = speak(
        "Map of Indonesia with the regencies: {list}.",
        list="; ".join(
            f"{r.name} ({edition.province(r.regency)}), {counts[r.regency]}" for r in shown.itertuples()
        )
        or speak("{count} regencies in {provinces} provinces", **values),
    )
    return finish("map", caption, alt, draw)


def _spot(sheet: Sheet, page: str, label: str, box: mpl.transforms.Bbox) -> Spot:
    """A box of the sheet as a spot of the figure, with a little room around."""
    scale, height = 96 / sheet.dpi, sheet.get_size_inches()[1] * 96
    box = box.padded(3)
    return Spot(page, label, box.x0 * scale, height - box.y1 * scale, box.width * scale, box.height * scale)
