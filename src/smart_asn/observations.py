"""What a question's cell observes: counts of regencies, measures, sections or units, values, comparisons, a search.

What is counted remembers how, so that it can be counted again with the doubtful things read the other way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from smart_asn.coding import Cell
from smart_asn.outcomes import Seen

Test = Callable[[str, frozenset[Cell]], bool]
Words = tuple[str, str]
"""The same words in English and in Indonesian."""


def _check_members(members: tuple[str, ...], universe: tuple[str, ...]) -> None:
    unknown = [m for m in members if m not in universe]
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: not among {', '.join(universe)}")


@dataclass(frozen=True)
class Observation:
    """One observation.

    kind : ``regency``, ``measure``, ``section`` or ``unit`` (these were counted), ``value``, ``comparison``,
        ``search`` (the source was not open to us).
    value : the count, figure, text or truth; None where there is nothing to observe.
    members, universe : keys counted, and keys that could have been; the values compared (a comparison).
    otherwise : keys of those that say otherwise, not just nothing.
    doubtful : each unit on which the two readings differ with a reading (``yes``, ``no`` or ``nothing``) that was not
        settled on.
    names : units, or values printed, in words, by key.
    sources : ids of evidence rows (E…), passages (P…), public sources and searches on which it rests.
    earlier : what an earlier source has.
    period : the date of what was looked up.
    """

    value: float | str | bool | None
    kind: str = "value"
    members: tuple[str, ...] = ()
    universe: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()
    doubtful: tuple[tuple[str, str], ...] = ()
    names: dict[str, Words] = field(default_factory=dict, hash=False)
    sources: tuple[str, ...] = ()
    earlier: float | str | None = None
    period: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is a count of some among a known number."""
        return self.kind in ("regency", "measure", "section", "unit")

    @property
    def distinct(self) -> Observation:
        """The number of different values printed, as a figure."""
        return replace(self, value=len(self.members))

    def seen(self, flips: Collection[tuple[str, ...]] = ()) -> Seen:
        """What it comes to, with some of its units read the other way: each flip is a unit and what it then says."""
        if self.kind == "search":
            return Seen(unseen=True)
        if not self.counts:
            return Seen(self.value, earlier=self.earlier)
        turned = {flip[0]: flip[1] for flip in flips}
        members = (set(self.members) - turned.keys()) | {
            unit for unit, says in turned.items() if says == "yes"
        }
        otherwise = (set(self.otherwise) - turned.keys()) | {
            unit for unit, says in turned.items() if says == "no"
        }
        return Seen(len(members), len(self.universe), len(otherwise))


@dataclass(frozen=True)
class Coded:
    """Members of a universe (regencies or measures) for which a test over the coded cells is true.

    ``cells`` are the coded cells it looks at; ``sources`` the evidence rows it rests on besides theirs; ``doubtful``
    the members that could be counted the other way whatever those cells say.
    Combine with ``&`` (both), ``|`` (either), ``-`` (the first and not the second); narrow with ``among``.
    """

    kind: str
    universe: tuple[str, ...]
    test: Test
    cells: frozenset[Cell]
    sources: tuple[str, ...] = ()
    doubtful: frozenset[str] = frozenset()

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
        doubtful = self.doubtful | other.doubtful
        return replace(self, test=test, cells=self.cells | other.cells, sources=sources, doubtful=doubtful)

    def among(self, *members: str) -> Coded:
        """The same set, counted among these members only."""
        _check_members(members, self.universe)
        kept = frozenset(c for c in self.cells if (c[0] if self.kind == "regency" else c[1]) in members)
        universe = tuple(m for m in self.universe if m in members)
        return replace(self, universe=universe, cells=kept, doubtful=self.doubtful & set(members))

    def members(self, stated: frozenset[Cell]) -> tuple[str, ...]:
        """The members for which the test is true, in the universe's order."""
        return tuple(m for m in self.universe if self.test(m, stated))

    def observe(self, stated: frozenset[Cell], sources: Callable[[Cell], tuple[str, ...]]) -> Observation:
        """Count the set over the stated cells; its sources are the evidence rows of the stated cells it looks at."""
        members = self.members(stated)
        rows = [*self.sources, *(row for cell in sorted(self.cells & stated) for row in sources(cell))]
        return Observation(len(members), self.kind, members, self.universe, sources=tuple(sorted(set(rows))))


def regencies_stating(regencies: tuple[str, ...], codes: tuple[str, ...], every: bool = True) -> Coded:
    """The regencies whose section reports every one (or, ``every=False``, at least one) of these measures."""
    choose = all if every else any
    return Coded(
        "regency",
        regencies,
        lambda r, stated: choose((r, c) in stated for c in codes),
        frozenset((r, c) for r in regencies for c in codes),
    )


def measures_stated_by(regency: str, codes: tuple[str, ...]) -> Coded:
    """Which of these measures the section of one regency reports."""
    return Coded(
        "measure", codes, lambda c, stated: (regency, c) in stated, frozenset((regency, c) for c in codes)
    )


def compare(test: Callable[..., bool], *things: Observation | float) -> Observation:
    """A comparison of observations or plain numbers: its truth, with the values compared.

    Nothing to observe, where one of them has nothing; unseen, where one of them was not seen.
    """
    observed = [t if isinstance(t, Observation) else Observation(t) for t in things]
    sources = tuple(dict.fromkeys(s for o in observed for s in o.sources))
    if any(o.kind == "search" for o in observed):
        return Observation(None, "search", sources=sources)
    values = [o.value for o in observed]
    period = next((o.period for o in observed if o.period), "")
    if None in values:
        return Observation(None, "comparison", sources=sources, period=period)
    return Observation(
        bool(test(*values)), "comparison", universe=tuple(map(str, values)), sources=sources, period=period
    )


def less(first: Observation | float, second: Observation | float) -> Observation:
    """Whether the first is less than the second."""
    return compare(lambda a, b: a < b, first, second)


def greater(first: Observation | float, second: Observation | float) -> Observation:
    """Whether the first is greater than the second."""
    return compare(lambda a, b: a > b, first, second)


def between(value: Observation | float, low: float, high: float) -> Observation:
    """Whether a value lies between two others, both included; the value is the first that is shown."""
    return compare(lambda v, a, b: a <= v <= b, value, low, high)


def same(first: Observation | float, second: Observation | float) -> Observation:
    """Whether both are the same."""
    return compare(lambda a, b: a == b, first, second)


def difference(first: Observation, second: Observation) -> Observation:
    """The first less the second, as a figure."""
    sources = tuple(dict.fromkeys(first.sources + second.sources))
    if first.value is None or second.value is None:
        return Observation(None, sources=sources)
    return Observation(round(float(first.value) - float(second.value), 10), sources=sources)
