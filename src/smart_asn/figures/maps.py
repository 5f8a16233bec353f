"""Maps of Indonesia: where a regency is, and the six as a way to their chapters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import matplotlib as mpl
import matplotlib.transforms
import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure as Canvas

from smart_asn import coding
from smart_asn.figures.style import LIGHT, finish, new_canvas
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


MAP_HEIGHT = 1.62
"""Inches: the country fills the canvas, without empty bands above and below."""


def draw_indonesia(edition: Edition, axes: Axes) -> None:
    """The country's outline, without a frame."""
    axes.add_collection(
        PolyCollection(
            _polygons(edition, "indonesia_50m.geojson", 0.3), facecolor=LIGHT["land"], edgecolor="none"
        )
    )
    axes.set(xlim=(94.5, 141.5), ylim=(-11.5, 6.5), aspect="equal")
    axes.axis("off")


def plot_locator_map(edition: Edition, regency: str) -> Figure:
    """Where a regency lies in Indonesia."""
    row, speak = edition.data.row("regencies", regency), edition.language
    canvas, axes = new_canvas(MAP_HEIGHT)
    draw_indonesia(edition, axes)
    axes.plot(
        row["longitude"],
        row["latitude"],
        "o",
        color=LIGHT["second"],
        markersize=9,
        markeredgecolor=LIGHT["paper"],
    )
    right = row["longitude"] < 120
    axes.annotate(
        row["name"],
        (row["longitude"], row["latitude"]),
        xytext=(9 if right else -9, 9),
        textcoords="offset points",
        ha="left" if right else "right",
        fontsize=11,
        fontweight="bold",
    )
    caption = speak(
        "{name} lies in the province of {province}.", name=row["full_name"], province=row["province"]
    )
    alt = speak(
        "Map of Indonesia with a dot at {name}, {latitude} degrees of latitude and {longitude} of longitude.",
        name=row["name"],
        latitude=speak.number(row["latitude"], 1),
        longitude=speak.number(row["longitude"], 1),
    )
    return finish(canvas, f"map-{regency}", caption, alt)


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
    """The regencies on the map of Indonesia, larger dots for more measures stated."""
    speak = edition.language
    rows = edition.data.regencies
    count = edition.stated.sum(axis=1)
    canvas, axes = new_canvas(MAP_HEIGHT)
    draw_indonesia(edition, axes)
    axes.scatter(
        rows["longitude"],
        rows["latitude"],
        s=count.loc[rows["regency"]] * 0.8,
        color=LIGHT["second"],
        edgecolor=LIGHT["paper"],
        linewidth=0.6,
    )
    shown = rows if len(rows) <= coding.MANY else rows.head(0)
    boxes = _place_labels(
        axes,
        [
            (r.longitude, r.latitude, r.name)
            for r in shown[["longitude", "latitude", "name"]].itertuples(index=False)
        ],
    )
    spots = tuple(
        _spot(canvas, f"regencies/{r}", n, b)
        for r, n, b in zip(shown["regency"], shown["name"], boxes, strict=True)
    )
    provinces = rows["province"].nunique()
    islands = speak("{count} regencies in {provinces} provinces", count=len(rows), provinces=provinces)
    caption = speak("{where}: larger dots state more measures.", where=islands)
    alt = speak(
        "Map of Indonesia with the regencies: {list}.",
        list="; ".join(f"{r.name} ({r.province})" for r in shown.itertuples()) or islands,
    )
    return finish(canvas, "map", caption, alt, spots)


def _spot(canvas: Canvas, page: str, label: str, box: mpl.transforms.Bbox) -> Spot:
    """A box of the canvas as a spot of the figure, with a little room around."""
    scale, height = 96 / canvas.dpi, canvas.get_size_inches()[1] * 96
    box = box.padded(3)
    return Spot(page, label, box.x0 * scale, height - box.y1 * scale, box.width * scale, box.height * scale)
