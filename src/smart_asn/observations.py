"""What a claim's cell observes: sets of regencies, measures or passages, figures, texts, comparisons.

A set that is counted from the coding remembers how it is counted, so that it can be counted again with the
doubtful cells flipped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from smart_asn.coding import Cell

Test = Callable[[str, frozenset[Cell]], bool]


def _check_members(members: tuple[str, ...], universe: tuple[str, ...]) -> None:
    unknown = [m for m in members if m not in universe]
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: not among {', '.join(universe)}")


@dataclass(frozen=True)
class Observation:
    """One observation.

    value : the count, figure, text or truth; None where there is nothing to observe.
    kind : ``regency``, ``measure``, ``passage`` (a set of these was counted), ``value`` or ``comparison``.
    members, universe : keys counted, and keys that could have been (sets); sign and values (comparisons).
    names : the members of a set of passages in words, English and Indonesian.
    sources : ids of evidence rows (E…), passages (P…) and public figures on which it rests.
    """

    value: float | str | bool | None
    kind: str = "value"
    members: tuple[str, ...] = ()
    universe: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()

    def __and__(self, other: Observation) -> Observation:
        """What two sets of passages have in common, by their values."""
        sources = tuple(dict.fromkeys(self.sources + other.sources))
        if self.value is None or other.value is None:
            return Observation(None, "passage", sources=sources)
        kept = [n for n, member in enumerate(self.members) if member in other.members]
        members = tuple(self.members[n] for n in kept)
        return Observation(
            len(kept), "passage", members, self.members, tuple(self.names[n] for n in kept), sources
        )


@dataclass(frozen=True)
class Coded:
    """Members of a universe (regencies or measures) for which a test over the stated cells is true.

    ``cells`` are the coded cells it looks at; ``sources`` the evidence rows it rests on besides theirs.
    Combine with ``&`` (both), ``|`` (either), ``-`` (the first and not the second); narrow with ``among``.
    """

    kind: str
    universe: tuple[str, ...]
    test: Test
    cells: frozenset[Cell]
    sources: tuple[str, ...] = ()

    def __and__(self, other: Coded) -> Coded:
        return self._with(other, lambda m, s: self.test(m, s) and other.test(m, s))

    def __or__(self, other: Coded) -> Coded:
        return self._with(other, lambda m, s: self.test(m, s) or other.test(m, s))

    def __sub__(self, other: Coded) -> Coded:
        return self._with(other, lambda m, s: self.test(m, s) and not other.test(m, s))

    def _with(self, other: Coded, test: Test) -> Coded:
        if (self.kind, self.universe) != (other.kind, other.universe):
            raise ValueError(
                f"cannot combine a set of {self.kind} with a set of {other.kind} over other members"
            )
        sources = tuple(dict.fromkeys(self.sources + other.sources))
        return replace(self, test=test, cells=self.cells | other.cells, sources=sources)

    def among(self, *members: str) -> Coded:
        """The same set, counted among these members only."""
        _check_members(members, self.universe)
        kept = frozenset(c for c in self.cells if (c[0] if self.kind == "regency" else c[1]) in members)
        return replace(self, universe=tuple(m for m in self.universe if m in members), cells=kept)

    def members(self, stated: frozenset[Cell]) -> tuple[str, ...]:
        """The members for which the test is true, in the universe's order."""
        return tuple(m for m in self.universe if self.test(m, stated))

    def observe(self, stated: frozenset[Cell], sources: Callable[[Cell], tuple[str, ...]]) -> Observation:
        """Count the set over the stated cells; its sources are the evidence rows of the stated cells it looks at."""
        members = self.members(stated)
        rows = [*self.sources, *(row for cell in sorted(self.cells & stated) for row in sources(cell))]
        return Observation(len(members), self.kind, members, self.universe, sources=tuple(sorted(set(rows))))


def regencies_stating(regencies: tuple[str, ...], codes: tuple[str, ...], every: bool = True) -> Coded:
    """The regencies whose section states every one (or, ``every=False``, at least one) of these measures."""
    choose = all if every else any
    return Coded(
        "regency",
        regencies,
        lambda r, stated: choose((r, c) in stated for c in codes),
        frozenset((r, c) for r in regencies for c in codes),
    )


def measures_stated_by(regency: str, codes: tuple[str, ...]) -> Coded:
    """Which of these measures the section of one regency states."""
    return Coded(
        "measure", codes, lambda c, stated: (regency, c) in stated, frozenset((regency, c) for c in codes)
    )


def compare(test: Callable[..., bool], sign: str, *things: Observation | float) -> Observation:
    """A comparison of observations or plain numbers: its truth, with the values compared.

    Nothing to observe, where one of them has nothing. ``sign`` stands between the values when it is shown.
    """
    observed = [t if isinstance(t, Observation) else Observation(t) for t in things]
    sources = tuple(dict.fromkeys(s for o in observed for s in o.sources))
    values = [o.value for o in observed]
    if None in values:
        return Observation(None, "comparison", sources=sources)
    return Observation(bool(test(*values)), "comparison", (sign,), tuple(map(str, values)), sources=sources)
