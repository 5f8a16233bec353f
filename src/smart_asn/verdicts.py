"""How a quantifier and an observation give a verdict: one pure function over one table of rules."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

SUPPORTED = "supported"
PARTLY = "partly supported"
CONTRADICTED = "contradicted"
NOT_STATED = "not stated"
NOT_FOUND = "not found"
VERDICTS = (SUPPORTED, PARTLY, CONTRADICTED, NOT_STATED, NOT_FOUND)
CHECKED_AGAINST = ("coding", "article", "public")


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _is_count(text: str) -> bool:
    return text.isdecimal() and int(text) > 0


def rounds_to(value: float, printed: str) -> bool:
    """Whether a value, rounded half up to as many decimals as are printed, is the printed number."""
    exponent = Decimal(1).scaleb(Decimal(printed).as_tuple().exponent)
    return Decimal(str(value)).quantize(exponent, rounding=ROUND_HALF_UP) == Decimal(printed)


@dataclass(frozen=True)
class Quantifier:
    """How a claim quantifies, and when an observation supports, partly supports or contradicts it.

    ``supported`` and ``partly`` take what is asserted (text) and what was observed (a number, a text or a
    truth); where neither holds the claim is contradicted. ``partly`` is None where there is no middle.
    ``when`` says the same in words: when supported, when partly supported, when contradicted.
    """

    takes: str
    accepts: Callable[[str], bool]
    supported: Callable[[str, float | str | bool], bool]
    partly: Callable[[str, float | str | bool], bool] | None
    when: tuple[str, str, str]


QUANTIFIERS: dict[str, Quantifier] = {
    "all": Quantifier(
        "how many are meant, a whole number",
        _is_count,
        lambda n, k: k == int(n),
        lambda n, k: 0 < k < int(n),
        ("every one of them", "some of them, not all", "none of them"),
    ),
    "almost all": Quantifier(
        "how many there are, a whole number",
        _is_count,
        lambda n, k: k > 0 and int(n) - 1 <= k <= int(n),
        lambda n, k: 0 < k < int(n) - 1,
        ("all but one of them, or all", "fewer, but some", "none of them"),
    ),
    "exactly": Quantifier(
        "a number",
        _is_number,
        lambda n, k: k == float(n),
        None,
        ("that number", "", "another number"),
    ),
    "at least": Quantifier(
        "a number",
        _is_number,
        lambda n, k: k >= float(n),
        None,
        ("that number or more", "", "fewer"),
    ),
    "at most": Quantifier(
        "a number",
        _is_number,
        lambda n, k: k <= float(n),
        None,
        ("that number or fewer", "", "more"),
    ),
    "some": Quantifier(
        "1",
        lambda text: text == "1",
        lambda n, k: k >= 1,
        None,
        ("at least one of them", "", "none of them"),
    ),
    "none": Quantifier(
        "how many there are, a whole number",
        _is_count,
        lambda n, k: k == 0,
        lambda n, k: 0 < k < int(n),
        ("none of them", "some of them, not all", "every one of them"),
    ),
    "figure": Quantifier(
        "a number as printed",
        _is_number,
        lambda n, k: rounds_to(k, n),
        None,
        ("the same figure, rounded to the decimals printed", "", "another figure"),
    ),
    "text": Quantifier(
        "a text",
        lambda text: bool(text),
        lambda n, k: str(k) == n,
        None,
        ("the same text", "", "another text"),
    ),
    "holds": Quantifier(
        "yes",
        lambda text: text == "yes",
        lambda n, k: k is True,
        None,
        ("the comparison is true", "", "the comparison is false"),
    ),
}


def verdict(quantifier: str, asserted: str, observed: float | str | bool | None, checked_against: str) -> str:
    """The verdict on a claim.

    Parameters
    ----------
    quantifier : a key of ``QUANTIFIERS``.
    asserted : what the article asserts, as text: a count, a printed figure, a text, or ``yes``.
    observed : the count, figure, text or truth observed; None where there is nothing to observe.
    checked_against : ``coding``, ``article`` or ``public``.

    Returns
    -------
    One of ``VERDICTS``.

    Raises
    ------
    ValueError
        for an unknown quantifier or an assertion that does not fit it.
    TypeError
        for an observation that the quantifier cannot weigh.
    """
    rule = QUANTIFIERS.get(quantifier)
    if rule is None:
        raise ValueError(f"unknown quantifier {quantifier!r}; expected one of {', '.join(QUANTIFIERS)}")
    if not rule.accepts(asserted):
        raise ValueError(f"{asserted!r} cannot be asserted with {quantifier!r}; expected {rule.takes}")
    if observed is None:
        return NOT_FOUND if checked_against == "public" else NOT_STATED
    wanted = {"text": (str,), "holds": (bool,)}.get(quantifier, (int, float))
    if not isinstance(observed, wanted) or (isinstance(observed, bool) and quantifier != "holds"):
        raise TypeError(f"the quantifier {quantifier!r} cannot weigh the observation {observed!r}")
    if rule.supported(asserted, observed):
        return SUPPORTED
    if rule.partly is not None and rule.partly(asserted, observed):
        return PARTLY
    return CONTRADICTED


@dataclass(frozen=True)
class Standing:
    """Whether a verdict holds under every reading of the doubtful cells it rests on.

    ``otherwise`` maps each other verdict that some reading gives to the smallest set of cells, flipped
    together, that gives it. ``readings`` is the number of readings tried.
    """

    stands: bool
    readings: int
    otherwise: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


def standing(judge: Callable[[Collection], str], doubtful: Collection[tuple[str, str]]) -> Standing:
    """Try all combinations of doubtful cells, fewest flips first.

    Parameters
    ----------
    judge : gives the verdict for a set of flipped cells.
    doubtful : the doubtful cells on which the verdict depends; at most 16 (65,536 readings).
    """
    from itertools import combinations

    cells = sorted(doubtful)
    if len(cells) > 16:
        raise ValueError(
            f"{len(cells)} doubtful cells give too many readings; check the claim on fewer measures"
        )
    settled = judge(())
    otherwise: dict[str, tuple] = {}
    for size in range(1, len(cells) + 1):
        for flips in combinations(cells, size):
            otherwise.setdefault(judge(flips), flips)
    otherwise.pop(settled, None)
    return Standing(not otherwise, 2 ** len(cells), tuple(otherwise.items()))
