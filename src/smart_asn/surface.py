"""What ``import smart_asn as edition`` offers a reader: the edition as plain DataFrames, and ways to ask it again.

Each function returns DataFrames of the reader's own: changing one changes nothing of the edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from smart_asn import coding
from smart_asn.asking import Asked, ask
from smart_asn.coding import Cell
from smart_asn.data import Data, digest, shipped
from smart_asn.language import LANGUAGES, Language
from smart_asn.ledger import main_outcome
from smart_asn.outcomes import NO_FACT

__all__ = ["Recoded", "agreement", "claims", "differences", "matrix", "questions", "recode"]

CODED_BY_HAND = ("evidence", "decisions")
"""The tables that say how a cell is coded."""


class Recoded(NamedTuple):
    """What a recoding changes: three DataFrames, to be taken apart or looked at one by one.

    cells : ``regency``, ``code``, ``label``, ``before``, ``after`` (True where the measure is reported).
    observations : ``question``, ``asked``, ``before``, ``after``: the questions of which something else is observed.
    outcomes : ``claim``, ``section``, ``statement``, ``question``, ``before``, ``after``: the statements whose outcome
        is another.
    """

    cells: pd.DataFrame
    observations: pd.DataFrame
    outcomes: pd.DataFrame


def matrix() -> pd.DataFrame:
    """Who reports what: regencies by measures, True where the regency's section reports the measure.

    The measures are described in ``edition.data.codebook``. The article's regencies come first, in its order.

    >>> import smart_asn as edition
    >>> matrix = edition.matrix()
    >>> bool(matrix.loc["tapin", "PLN01"])
    True
    >>> of_article = edition.data.regencies.query("of_article")["regency"]
    >>> list(matrix.columns[matrix.loc[of_article].all()])[:3]
    ['PLN01', 'PLN03', 'PLN05']
    """
    return _matrix(shipped())


def claims(language: str = "en") -> pd.DataFrame:
    """Every statement of the article, in reading order, with its outcome.

    Parameters
    ----------
    language : ``en`` or ``id``, of the statements' texts; outcomes are the English words of the table of outcomes.

    Returns
    -------
    Indexed by ``claim``; columns ``section``, ``page``, ``statement``, ``kind``, ``scope``, ``asserted`` (what the rules
    compare), ``question``, ``outcome`` and ``stands`` (False where a doubtful place would change the outcome).

    >>> import smart_asn as edition
    >>> edition.claims().columns[:3].tolist()
    ['section', 'page', 'statement']
    >>> "supported" in edition.claims()["outcome"].values
    True
    """
    _known_language(language)
    data = shipped()
    checked = {s.claim: s for asked in _asked().values() for s in asked.question.statements}
    table = data.claims[["claim", "section", "page", "kind", "scope", "asserted", "question"]].copy()
    table.insert(3, "statement", data.claims[f"statement_{language}"])
    table["outcome"] = [checked[c].outcome if c in checked else NO_FACT for c in table["claim"]]
    table["stands"] = [checked[c].stands if c in checked else True for c in table["claim"]]
    return table.set_index("claim")


def questions(language: str = "en") -> pd.DataFrame:
    """Every question that is asked of the article, with what was observed.

    Parameters
    ----------
    language : ``en`` or ``id``, of ``asked`` and ``observed``.

    Returns
    -------
    Indexed by ``question``; columns ``chapter`` (whose notebook asks it), ``asked``, ``how`` (the observation was made),
    ``observed``, ``outcome`` (of its first statement) and ``claims`` (how many statements it bears on).

    >>> import smart_asn as edition
    >>> "counted" in edition.questions()["how"].values
    True
    """
    _known_language(language)
    data, asked = shipped(), _asked()
    table = data.questions[["question", "chapter", f"asked_{language}", "how"]]
    table = table.rename(columns={f"asked_{language}": "asked"}).set_index("question")
    found = {q: a.question for q, a in asked.items()}
    table["observed"] = [found[q].observed[language] for q in table.index]
    table["outcome"] = [main_outcome(found[q].record()) for q in table.index]
    table["claims"] = [len(found[q].statements) for q in table.index]
    return table


def recode(cells: Mapping[Cell, bool], language: str = "en") -> Recoded:
    """Code cells as you say, ask every question again, and see what changes. Nothing is written.

    Parameters
    ----------
    cells : regency and code, with True (its section reports the measure) or False. What is coded here is no longer
        doubtful.
    language : ``en`` or ``id``, of the texts in the three tables.

    Raises
    ------
    KeyError
        for a regency or a code that is not in the data.
    TypeError
        for a value that is neither True nor False.

    >>> import smart_asn as edition
    >>> changed = edition.recode({("gowa", "PLN01"): False})
    >>> changed.cells[["regency", "code", "before", "after"]].values.tolist()
    [['gowa', 'PLN01', True, False]]
    >>> changed.outcomes["after"].unique().tolist()
    ['partly supported']
    >>> edition.recode({("tapin", "PLN01"): True}).outcomes.empty  # as it is coded already
    True
    """
    _known_language(language)
    data = shipped()
    other = recoded(data, cells)
    before, after = _matrix(data), _matrix(other)
    labels = data.labels("codebook", language)
    changed = [
        (regency, code, labels[code], bool(before.loc[regency, code]), bool(after.loc[regency, code]))
        for regency, code in cells
        if before.loc[regency, code] != after.loc[regency, code]
    ]
    old = _asked()
    new = ask(other, [q for q, asked in old.items() if asked.tables & set(CODED_BY_HAND)])
    texts = data.questions.set_index("question")[f"asked_{language}"]
    statements = data.claims.set_index("claim")
    observed, outcomes = [], []
    for question in (q for q in old if q in new):
        was, now = old[question].question, new[question].question
        if (was.observed["en"], was.members) != (now.observed["en"], now.members):
            observed.append((question, texts[question], was.observed[language], now.observed[language]))
        for one, two in zip(was.statements, now.statements, strict=True):
            if one.outcome != two.outcome:
                row = statements.loc[one.claim, ["section", f"statement_{language}"]]
                outcomes.append((one.claim, *row, question, one.outcome, two.outcome))
    return Recoded(
        pd.DataFrame(changed, columns=["regency", "code", "label", "before", "after"]),
        pd.DataFrame(observed, columns=["question", "asked", "before", "after"]),
        pd.DataFrame(outcomes, columns=["claim", "section", "statement", "question", "before", "after"]),
    )


def agreement(mine: pd.DataFrame) -> pd.DataFrame:
    """How far a coding of your own agrees with each coding pass and with the edition, on the cells that you coded.

    Parameters
    ----------
    mine : a table with the columns ``regency``, ``code`` and ``present`` (True or False), a row for each cell; or
        regencies by measures, as :func:`matrix` gives.

    Returns
    -------
    A row for ``pass 1``, ``pass 2`` and ``edition``; columns ``cells``, ``differing``, ``raw`` (share agreed), ``kappa``
    (Cohen's) and ``alpha`` (Krippendorff's, nominal). Both are 1 where nothing differs.

    Raises
    ------
    ValueError
        for a cell that is not in the data, one that is coded twice, or columns that lack.

    >>> import smart_asn as edition
    >>> mine = edition.matrix().loc[["pati"]]
    >>> edition.agreement(mine).loc["edition", ["cells", "raw"]].tolist()
    [50.0, 1.0]
    """
    own = _as_coding(mine)
    data = shipped()
    others = {"pass 1": data.pass_1, "pass 2": data.pass_2, "edition": _as_coding(matrix())}
    rows = {}
    for name, other in others.items():
        own_cells = other.merge(own[["regency", "code"]], on=["regency", "code"])
        rows[name] = coding.agreement(own, own_cells)
    return pd.DataFrame.from_dict(rows, orient="index")


def differences(mine: pd.DataFrame, language: str = "en") -> pd.DataFrame:
    """The cells that a coding of your own has otherwise than the edition.

    ``mine`` is as in :func:`agreement`; ``language`` (``en`` or ``id``) is that of the labels.

    Returns
    -------
    Columns ``regency``, ``code``, ``label``, ``mine``, ``edition`` (True where reported) and ``doubtful`` (True where the
    edition holds that the cell could be read either way).

    >>> import smart_asn as edition
    >>> mine = edition.matrix()
    >>> mine.loc["pati", "PLN01"] = False
    >>> edition.differences(mine)[["regency", "code", "mine", "edition"]].values.tolist()
    [['pati', 'PLN01', False, True]]
    """
    _known_language(language)
    data = shipped()
    both = _as_coding(mine).merge(_as_coding(matrix()), on=["regency", "code"])
    both = both[both["present_x"] != both["present_y"]]
    doubtful = coding.doubtful_cells(data.evidence, data.decisions)
    labels = data.labels("codebook", language)
    return pd.DataFrame(
        {
            "regency": both["regency"],
            "code": both["code"],
            "label": both["code"].map(labels),
            "mine": both["present_x"].astype(bool),
            "edition": both["present_y"].astype(bool),
            "doubtful": [cell in doubtful for cell in zip(both["regency"], both["code"], strict=True)],
        }
    ).reset_index(drop=True)


def recoded(data: Data, cells: Mapping[Cell, bool]) -> Data:
    """The data with cells coded otherwise, firmly: a place of evidence is added, or all of the cell's are taken away."""
    frames = {name: data.tables[name].copy() for name in CODED_BY_HAND}
    letters = data.codebook.merge(data.strategies, on="strategy").set_index("code")["letter"]
    for number, ((regency, code), present) in enumerate(cells.items()):
        data.row("regencies", regency), data.row("codebook", code)
        if not isinstance(present, bool):
            raise TypeError(f"{regency} {code} is coded {present!r}; expected True or False")
        for name, frame in frames.items():
            here = (frame["regency"] == regency) & (frame["code"] == code)
            if name == "evidence" and present and here.any():
                frame.loc[here, "doubtful"] = False
                continue
            frames[name] = frame[~here]
            if name == "evidence" and present:
                place: dict[str, object] = {"evidence": f"E9{number:03}", "regency": regency, "code": code}
                place |= {"stated_under": letters[code], "doubtful": False}
                row = pd.DataFrame([place]).astype({"doubtful": "boolean"})
                frames[name] = pd.concat([frames[name], row], ignore_index=True)
    return replace(data, _frames={**data._frames, **frames})


def _known_language(language: str) -> None:
    if language not in LANGUAGES:
        Language(language)  # which says what it expects


def _matrix(data: Data) -> pd.DataFrame:
    return coding.matrix(
        coding.stated_cells(data.evidence), data.regency_names, data.columns("codebook", "code")["code"]
    )


def _asked() -> dict[str, Asked]:
    return _asked_of(digest())


@lru_cache(1)
def _asked_of(seal: str) -> dict[str, Asked]:
    return ask(shipped())


def forget() -> None:
    """Ask every question anew when one is next wanted."""
    _asked_of.cache_clear()


def _as_coding(mine: pd.DataFrame) -> pd.DataFrame:
    """A coding as rows of regency, code and present, whichever way it was given."""
    columns = ["regency", "code", "present"]
    if not set(columns) <= set(mine.columns):
        if mine.index.name != "regency":
            raise ValueError(
                f"found the columns {', '.join(map(str, mine.columns[:5]))}; expected regency, code and present, "
                "or regencies by measures"
            )
        mine = mine.rename_axis(columns="code").stack().rename("present").reset_index()
    mine = mine[columns].astype({"present": "boolean"}).reset_index(drop=True)
    data = shipped()
    known = [*data.regency_names], [*data.columns("codebook", "code")["code"]]
    for row in mine.itertuples():
        if row.regency not in known[0] or row.code not in known[1] or pd.isna(row.present):
            raise ValueError(
                f"row {row.Index + 1} of the coding ({row.regency}, {row.code}, {row.present}) is no cell of the data "
                "with True or False"
            )
    twice = mine[mine.duplicated(["regency", "code"])]
    if len(twice):
        first = twice.iloc[0]
        raise ValueError(f"{first['regency']} {first['code']} is coded twice; expected a row for each cell")
    return mine
