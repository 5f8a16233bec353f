"""The coded article: who states what, how much, and how alike the regencies are. Pure functions.

The matrix of regencies and measures is derived from the evidence; it is never typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

MANY = 12
"""With more regencies than this the synthesis sums them up, and the book groups them by province."""

DIGITAL = ("REC02", "REC03", "DEV09", "PRF09", "PRF10", "CAR06")
"""The measures that name a digital means."""

Cell = tuple[str, str]
"""A regency (slug) and a measure (code)."""


def stated_cells(evidence: pd.DataFrame) -> frozenset[Cell]:
    """The cells for which there is evidence: ``(regency, code)``, from the rows of ``evidence.csv``."""
    return frozenset(zip(evidence["regency"], evidence["code"], strict=True))


def recorded_cells(regencies: Mapping[str, Mapping[str, Any]], name: str) -> frozenset[Cell]:
    """The cells that the regencies' executed notebooks recorded under a name: ``stated`` or ``doubtful``."""
    return frozenset((regency, code) for regency, results in regencies.items() for code in results[name])


def doubtful_cells(evidence: pd.DataFrame, decisions: pd.DataFrame) -> frozenset[Cell]:
    """The cells that a reader could hold the other way.

    A present cell is doubtful if every one of its evidence rows is; an absent one if it stands in
    ``decisions.csv``.
    """
    firm = stated_cells(evidence[~evidence["doubtful"].astype(bool)])
    return frozenset(
        (stated_cells(evidence) - firm) | set(zip(decisions["regency"], decisions["code"], strict=True))
    )


def matrix(cells: Iterable[Cell], regencies: Iterable[str], codes: Iterable[str]) -> pd.DataFrame:
    """Regencies (rows) by measures (columns), True where the regency's section states the measure."""
    cells = set(cells)
    regencies, codes = list(regencies), list(codes)
    values = [[(r, c) in cells for c in codes] for r in regencies]
    return pd.DataFrame(
        values, index=pd.Index(regencies, name="regency"), columns=pd.Index(codes, name="code")
    )


def coverage(stated: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Share of each strategy's measures that each regency states.

    Parameters
    ----------
    stated : regencies by measures, boolean (see :func:`matrix`).
    codebook : columns ``code`` and ``strategy``.

    Returns
    -------
    Regencies by strategies in the codebook's order, shares from 0 to 1.
    """
    strategy = codebook.set_index("code")["strategy"]
    shares = stated.T.groupby(strategy.reindex(stated.columns).to_numpy(), sort=False).mean().T
    return shares[list(dict.fromkeys(codebook["strategy"]))].rename_axis(columns="strategy")


def shared_by_all(stated: pd.DataFrame) -> list[str]:
    """The measures that every regency states, in the codebook's order."""
    return list(stated.columns[stated.all()])


def stated_by_none(stated: pd.DataFrame) -> list[str]:
    """The measures that no regency states, in the codebook's order."""
    return list(stated.columns[~stated.any()])


def unique_to(stated: pd.DataFrame, regency: str) -> list[str]:
    """The measures that this regency alone states."""
    return list(stated.columns[stated.loc[regency] & (stated.sum() == 1)])


def left_unsaid_by(stated: pd.DataFrame, regency: str, at_least: int) -> list[str]:
    """The measures that this regency does not state and at least so many of the others do."""
    return list(stated.columns[~stated.loc[regency] & (stated.sum() >= at_least)])


def similarity(stated: pd.DataFrame) -> pd.DataFrame:
    """Jaccard similarity of each pair of regencies: shared measures over measures either states, 0 to 1.

    Jaccard, P. (1912), The distribution of the flora in the alpine zone, New Phytologist 11(2).
    """
    from scipy.spatial.distance import pdist, squareform

    distance = squareform(pdist(stated.to_numpy(dtype=bool), "jaccard"))
    return pd.DataFrame(1 - distance, index=stated.index, columns=list(stated.index))


def nearest(stated: pd.DataFrame, regency: str) -> tuple[str, float]:
    """The regency most similar to this one, and their similarity; the first in order where two tie."""
    from scipy.spatial.distance import cdist

    values = stated.to_numpy(dtype=bool)
    distance = cdist(values[[stated.index.get_loc(regency)]], values, "jaccard")[0]
    others = pd.Series(1 - distance, index=stated.index).drop(regency)
    return str(others.idxmax()), float(others.max())


def cluster(stated: pd.DataFrame) -> np.ndarray:
    """Average-linkage clustering of the regencies by Jaccard distance (a scipy linkage matrix)."""
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import pdist

    tree: np.ndarray = linkage(pdist(stated.to_numpy(dtype=bool), "jaccard"), method="average")
    return tree


def flipped(cells: frozenset[Cell], doubtful: Iterable[Cell]) -> frozenset[Cell]:
    """The stated cells with each of the doubtful cells turned the other way."""
    return cells ^ frozenset(doubtful)


def coverage_range(
    cells: frozenset[Cell], doubtful: frozenset[Cell], regencies: list[str], codes: list[str]
) -> pd.DataFrame:
    """How many measures each regency states as coded, and at least and at most over all readings of its doubts.

    Returns
    -------
    Indexed by regency; columns ``coded``, ``least``, ``most`` (numbers of measures).
    """
    rows = {}
    for regency in regencies:
        own = {c for r, c in cells if r == regency and c in codes}
        doubts = {c for r, c in doubtful if r == regency}
        rows[regency] = {"coded": len(own), "least": len(own - doubts), "most": len(own | doubts)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("regency")


def agreement(first: pd.DataFrame, second: pd.DataFrame) -> dict[str, float]:
    """Agreement of two coding passes over the same cells: :func:`agreement_of` by regency and code."""
    found = agreement_of(first, second, ["regency", "code"], "present")
    return {"cells": found.pop("units"), **found}


def agreement_of(first: pd.DataFrame, second: pd.DataFrame, keys: list[str], value: str) -> dict[str, float]:
    """Agreement of two codings or readings of the same units.

    Parameters
    ----------
    first, second : columns ``keys`` and ``value`` (nominal), the same units in both.

    Returns
    -------
    ``units`` and ``differing`` (counts), ``raw`` (share agreed), ``kappa`` (Cohen 1960, Educational and Psychological
    Measurement 20(1)) and ``alpha`` (Krippendorff 2019, Content Analysis, 4th ed., nominal).
    """
    import krippendorff

    both = first.merge(second, on=keys, suffixes=("_1", "_2"), validate="one_to_one")
    codes, _ = pd.factorize(pd.concat([both[f"{value}_1"], both[f"{value}_2"]]), sort=True)
    one, two = codes[: len(both)], codes[len(both) :]
    raw = float((one == two).mean())
    chance = float(sum((one == c).mean() * (two == c).mean() for c in np.unique(codes)))
    domain = np.unique(codes)
    alpha = (
        krippendorff.alpha(reliability_data=np.vstack([one, two]), level_of_measurement="nominal")
        if len(domain) > 1
        else 1.0
    )
    return {
        "units": len(both),
        "differing": int((one != two).sum()),
        "raw": raw,
        "kappa": (raw - chance) / (1 - chance) if chance < 1 else 1.0,
        "alpha": float(alpha),
    }
