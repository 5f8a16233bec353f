"""How a statement's scope and an observation give its outcome: one pure function over one table of rules."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import combinations

SUPPORTED = "supported"
PARTLY = "partly supported"
OUT_OF_DATE = "out of date"
CONTRADICTED = "contradicted"
NO_BASIS = "no basis given"
NOT_VERIFIED = "not verified"
NO_FACT = "not a question of fact"
OUTCOMES = (SUPPORTED, PARTLY, OUT_OF_DATE, CONTRADICTED, NO_BASIS, NOT_VERIFIED, NO_FACT)
SCORED = frozenset((SUPPORTED, PARTLY, OUT_OF_DATE, CONTRADICTED, NO_BASIS))
"""The outcomes that say something about the statement; the others are listed, and counted against nobody."""

MEANINGS = {
    SUPPORTED: "what was observed meets what is stated",
    PARTLY: "it meets a part of it",
    OUT_OF_DATE: "right for an earlier date than the one that is given or implied",
    CONTRADICTED: "printed words assert it, words or figures say otherwise, and no ordinary reading makes it true",
    NO_BASIS: "stated, and nothing the article reports lets a reader check it",
    NOT_VERIFIED: "the source that would settle it was not open to us; not counted against anyone",
    NO_FACT: "an aim, a judgement, a forecast, a definition or the author’s account of her work; told, and not checked",
}
"""What each outcome means, in a line."""

FACTS = ("plan", "six", "background", "method", "attribution")
"""The kinds of statement that are checked."""

OTHERS = ("aim", "judgement", "forecast", "definition", "account")
"""The kinds of statement that are no question of fact; an account is what the author says of her own work."""

KIND_LABELS = {
    "plan": "what a regency plans",
    "six": "the six together",
    "background": "background facts",
    "method": "method",
    "attribution": "who said it",
    "aim": "aim",
    "judgement": "judgement",
    "forecast": "forecast",
    "definition": "definition",
    "account": "the author’s account",
}
"""The kinds of statement in words."""

HOW = ("counted", "compared", "computed", "looked up", "read")
"""How an observation is made."""


@dataclass(frozen=True)
class Seen:
    """What an observation comes to, as the rules weigh it.

    value : the count, figure, text or truth observed; None where there is nothing to observe.
    total : how many could have been counted; 0 where ``value`` is no count.
    otherwise : how many of them say otherwise, not just nothing.
    earlier : what an earlier source has; None where there is none.
    unseen : the source that would settle it was not open to us.
    """

    value: float | str | bool | None = None
    total: int = 0
    otherwise: int = 0
    earlier: float | str | None = None
    unseen: bool = False


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _is_count(text: str) -> bool:
    return text.isdecimal() and int(text) > 0


def rounds_to(value: float | str | bool | None, printed: str) -> bool:
    """Whether a value, rounded half up to as many decimals as are printed, is the printed number."""
    exponent = Decimal(1).scaleb(int(Decimal(printed).as_tuple().exponent))
    return Decimal(str(value)).quantize(exponent, rounding=ROUND_HALF_UP) == Decimal(printed)


@dataclass(frozen=True)
class Scope:
    """What a statement's scope takes, and when what was seen meets it or a part of it.

    ``weighs`` names what it can weigh: ``count``, ``number``, ``text`` or ``truth``. ``when`` says in words when a
    statement is supported, partly supported and contradicted.
    """

    takes: str
    accepts: Callable[[str], bool]
    weighs: tuple[str, ...]
    meets: Callable[[str, Seen], bool]
    partly: Callable[[str, Seen], bool]
    when: tuple[str, str, str]


def _never(stated: str, seen: Seen) -> bool:
    return False


def _some(stated: str, seen: Seen) -> bool:
    return seen.total > 0 and _number(seen) > 0


def _number(seen: Seen) -> float:
    assert isinstance(seen.value, int | float)
    return float(seen.value)


NO_WORD = "none of them, and one says otherwise"

SCOPES: dict[str, Scope] = {
    "all": Scope(
        "how many are meant, a whole number",
        _is_count,
        ("count",),
        lambda n, seen: _number(seen) == int(n),
        _some,
        ("every one of them", "some of them", NO_WORD),
    ),
    "almost all": Scope(
        "how many are meant, a whole number",
        _is_count,
        ("count",),
        lambda n, seen: 0 < int(n) - 1 <= _number(seen) <= int(n),
        _some,
        ("all but one of them, or all", "fewer, but some", NO_WORD),
    ),
    "exactly": Scope(
        "a whole number",
        _is_count,
        ("count",),
        lambda n, seen: _number(seen) == int(n),
        lambda n, seen: 0 < _number(seen) < int(n),
        ("that many", "fewer, but some", "more, or none of them and one says otherwise"),
    ),
    "at least": Scope(
        "a number",
        _is_number,
        ("count", "number"),
        lambda n, seen: _number(seen) >= float(n),
        _some,
        (
            "that number or more",
            "fewer, but some (of things that are counted)",
            "a smaller figure; of things that are counted, none, and one says otherwise",
        ),
    ),
    "at most": Scope(
        "a number",
        _is_number,
        ("number",),
        lambda n, seen: _number(seen) <= float(n),
        _never,
        ("that number or less", "", "a larger figure"),
    ),
    "none": Scope(
        "how many are meant, a whole number",
        _is_count,
        ("count",),
        lambda n, seen: _number(seen) == 0,
        lambda n, seen: 0 < _number(seen) < int(n),
        ("none of them", "some of them, not all", "every one of them"),
    ),
    "figure": Scope(
        "a number as printed",
        _is_number,
        ("number",),
        lambda n, seen: rounds_to(seen.value, n),
        _never,
        ("the same figure, rounded to the decimals printed", "", "another figure"),
    ),
    "text": Scope(
        "a text",
        bool,
        ("text",),
        lambda n, seen: str(seen.value) == n,
        _never,
        ("the same text", "", "another text"),
    ),
    "holds": Scope(
        "yes",
        lambda text: text == "yes",
        ("truth",),
        lambda n, seen: seen.value is True,
        _never,
        ("the comparison is true", "", "the comparison is false"),
    ),
}
"""The scopes by name. ``none of them`` without a word to the contrary is *no basis given*, whatever the scope."""


def outcome(scope: str, asserted: str, seen: Seen) -> str:
    """The outcome of a statement.

    Parameters
    ----------
    scope : a key of ``SCOPES``.
    asserted : what the statement says, as text: a count, a printed figure, a text, or ``yes``.
    seen : what the observation comes to.

    Returns
    -------
    One of ``OUTCOMES``, but for ``NO_FACT``.

    Raises
    ------
    ValueError
        for an unknown scope or an assertion that does not fit it.
    TypeError
        for an observation that the scope cannot weigh.
    """
    rule = SCOPES.get(scope)
    if rule is None:
        raise ValueError(f"unknown scope {scope!r}; expected one of {', '.join(SCOPES)}")
    if not rule.accepts(asserted):
        raise ValueError(f"{asserted!r} cannot be asserted with the scope {scope!r}; expected {rule.takes}")
    if seen.unseen:
        return NOT_VERIFIED
    if seen.value is None:
        return NO_BASIS
    kind = _kind(seen)
    if kind not in rule.weighs:
        raise TypeError(
            f"the scope {scope!r} weighs a {' or a '.join(rule.weighs)}, not the {kind} {seen.value!r}"
        )
    if rule.meets(asserted, seen):
        return SUPPORTED
    if rule.partly(asserted, seen):
        return PARTLY
    if kind == "count" and seen.value == 0 and not seen.otherwise:
        return NO_BASIS
    if seen.earlier is not None:
        before = Seen(seen.earlier, seen.total)
        if _kind(before) != kind:
            raise TypeError(f"the earlier {_kind(before)} {seen.earlier!r} is no {kind} like {seen.value!r}")
        if rule.meets(asserted, before):
            return OUT_OF_DATE
    return CONTRADICTED


def _kind(seen: Seen) -> str:
    if isinstance(seen.value, bool):
        return "truth"
    if isinstance(seen.value, str):
        return "text"
    return "count" if seen.total else "number"


@dataclass(frozen=True)
class Standing:
    """Whether an outcome holds under every reading of the doubtful things it rests on.

    ``otherwise`` maps each other outcome that some reading gives to the smallest set of doubtful things that gives
    it when they are read the other way together. ``readings`` is the number of readings tried.
    """

    stands: bool
    readings: int
    otherwise: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()


def standing(
    judge: Callable[[Collection[tuple[str, ...]]], str], doubtful: Collection[tuple[str, ...]]
) -> Standing:
    """Try all combinations of doubtful things, fewest first.

    Parameters
    ----------
    judge : gives the outcome for a set of doubtful things that are read the other way.
    doubtful : the doubtful cells or units on which the outcome depends; at most 16 (65,536 readings).
    """
    things = sorted(doubtful)
    if len(things) > 16:
        raise ValueError(
            f"{len(things)} doubtful cells give too many readings; ask the question of fewer measures"
        )
    settled = judge(())
    otherwise: dict[str, tuple[tuple[str, ...], ...]] = {}
    for size in range(1, len(things) + 1):
        for flips in combinations(things, size):
            otherwise.setdefault(judge(flips), flips)
    otherwise.pop(settled, None)
    return Standing(not otherwise, 2 ** len(things), tuple(otherwise.items()))
