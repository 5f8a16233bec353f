"""Every question can come out otherwise: for each there is a change of the data that changes an outcome.

Each cell that checks a question is run in this process on changed data. What to change follows from what the cell
looked at: evidence is dropped or added, readings are turned, printed and public values replaced, words and periods
changed, and a document that was not open to us is taken to have been read. A change that validation would refuse does
not count.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pandas as pd
import pytest

from smart_asn import notebook, rules
from smart_asn.asking import ask, checking_cells
from smart_asn.data import Data, Read
from smart_asn.edition import Edition, instead
from smart_asn.language import Language
from smart_asn.outcomes import CONTRADICTED, NO_FACT
from smart_asn.places import NOTEBOOKS

CELLS = {q: cell for path in sorted(NOTEBOOKS.rglob("*.ipynb")) for q, cell in checking_cells(path)}
"""The cell of each question, compiled."""

Frames = dict[str, pd.DataFrame]
Change = tuple[str, Frames]
"""What is done, in words, and the tables that are then another."""


def run(data: Data, question: str) -> tuple[dict[str, str], set[Read]]:
    """The outcomes of a question's statements, from its cell; and what the cell looked at in the data."""
    own, answers = replace(data, reads=set()), []
    book = Edition(own, Language(), "test")

    def check(question, observed):
        answers.append(notebook.answer(question, observed))

    with instead(book):
        exec(CELLS[question], vars(notebook) | {"language": "en", "book": book, "check": check})
    return {s.claim: s.outcome for s in answers[-1].statements}, own.reads


# What can be changed, by the table that was looked at -------------------------------------------------------


def coded(data: Data, question: str, keys: set[str]) -> Iterator[Change]:
    """All cells of the measures looked at are reported, or none is: in the evidence, and in both passes."""
    sections = data.sections.set_index("section")
    for present in (True, False):
        rows = data.evidence[~data.evidence["code"].isin(keys)]
        if present:
            made = []
            for regency in data.regencies["regency"]:
                line = sections.loc[regency, "first_line"]
                page = rules.page_of(data.pages, line)
                for code in sorted(keys):
                    made.append(
                        {
                            "evidence": f"E{9000 + len(made)}",
                            "regency": regency,
                            "code": code,
                            "stated_under": "a",
                            "page": page,
                            "scan_line": line,
                            "anchor": "kata",
                            "doubtful": False,
                            "note_en": "",
                            "note_id": "",
                        }
                    )
            rows = pd.concat([rows, pd.DataFrame(made)], ignore_index=True)
        passes = {
            name: data.tables[name].assign(
                present=data.tables[name]["present"].where(~data.tables[name]["code"].isin(keys), present)
            )
            for name in ("pass_1", "pass_2")
        }
        rest = {name: _without(data.tables[name], "code", keys) for name in ("decisions", "settlements")}
        yield f"{'all' if present else 'no'} cells reported", {"evidence": rows, **passes, **rest}


def told(data: Data, question: str, keys: set[str]) -> Iterator[Change]:
    """Every section has a paragraph on each strategy, or none has."""
    for stated in (True, False):
        yield f"paragraphs {stated}", {"summaries": data.summaries.assign(stated=stated)}


def read(data: Data, question: str, keys: set[str]) -> Iterator[Change]:
    """Both readers find yes, no or nothing in every unit."""
    for says in ("yes", "no", "nothing"):
        frames = {
            name: data.tables[name].assign(
                says=data.tables[name]["says"].where(data.tables[name]["question"] != question, says)
            )
            for name in ("reading_1", "reading_2")
        }
        yield (
            f"read as {says}",
            frames | {"settled_readings": _without(data.settled_readings, "question", {question})},
        )


def opened(data: Data, question: str, keys: set[str]) -> Iterator[Change]:
    """The documents that were not open to us have been read, and both readers find yes or no."""
    for says in ("yes", "no"):
        made = pd.DataFrame(
            [{"question": question, "unit": k, "says": says, "why": "Read."} for k in sorted(keys)]
        )
        yield (
            f"opened, and read as {says}",
            {n: pd.concat([data.tables[n], made], ignore_index=True) for n in ("reading_1", "reading_2")},
        )


def asserted(data: Data, question: str) -> list[str]:
    """What the statements of a question say, and something else."""
    said = data.rows("claims", "question", question)["asserted"]
    return [*dict.fromkeys(said), "another text", "7777", "0.001"]


def looked_up(data: Data, question: str, keys: set[str]) -> Iterator[Change]:
    """The source has what a statement says, or something else."""
    for key in sorted(keys):
        for value in asserted(data, question):
            rows = data.sources.assign(
                value=data.sources["value"].where(data.sources["source"] != key, value)
            )
            yield f"{key} has {value}", {"sources": rows}


def printed(data: Data, question: str, keys: set[str]) -> Iterator[Change]:
    """Another value is printed in the first passage, or in all; a passage less, one alone, or a unit more is there."""
    rows = data.passages
    own = rows.index[rows["question"] == question]
    for value in asserted(data, question):
        changed = rows.copy()
        changed.loc[own[0], ["value", "anchor"]] = value
        yield f"prints {value}", {"passages": changed}
        every = rows.copy()
        every.loc[own, ["value", "anchor"]] = value
        yield f"prints {value} everywhere", {"passages": every}
    if len(own) > 1:
        yield "a passage less", {"passages": rows.drop(own[0])}
        yield "one passage only", {"passages": rows.drop(own[1:])}
    more = rows.loc[[own[0]]].assign(passage="P9000", unit="one-more")
    yield "a unit more", {"passages": pd.concat([rows, more], ignore_index=True)}


def worded(data: Data, question: str, keys: set[str]) -> Iterator[Change]:
    """A word stands in every section, or in none."""
    rest = _without(data.words, "word", keys)
    made = [{"section": s, "word": w, "count": 1} for s in data.sections["section"] for w in sorted(keys)]
    yield "the word everywhere", {"words": pd.concat([rest, pd.DataFrame(made)], ignore_index=True)}
    yield "the word nowhere", {"words": rest}


def shared(data: Data, question: str, keys: set[str]) -> Iterator[Change]:
    """No wording is shared."""
    yield "nothing shared", {"shared": data.shared.iloc[:0]}


def dated(data: Data, question: str, keys: set[str]) -> Iterator[Change]:
    """The road maps of all, or of all but the first, are for other years."""
    for chosen in (slice(None), slice(1, None)):
        rows = data.regencies.copy()
        rows.iloc[chosen, rows.columns.get_indexer(["period_start", "period_end"])] = (2010, 2011)
        yield "other years", {"regencies": rows}


def indexed(table: str) -> Callable[..., Iterator[Change]]:
    """Indonesia's index and rank are highest or lowest, in each year alone and in all."""

    def change(data: Data, question: str, keys: set[str]) -> Iterator[Change]:
        frame = data.tables[table]
        here = frame["iso3"] == "IDN"
        for year in (*sorted(set(frame.loc[here, "year"])), None):
            for index, rank in ((0.01, 193), (0.99, 1)):
                rows = frame.copy()
                place = here & ((frame["year"] == year) if year else True)
                rows.loc[place, table] = index
                if f"{table}_rank" in rows:
                    rows.loc[place, f"{table}_rank"] = rank
                yield f"{table} {index} in {year}", {table: rows}

    return change


def listed(data: Data, question: str, keys: set[str]) -> Iterator[Change]:
    """Every item of the checklist is reported, or none."""
    for reported in ("reported", "not reported"):
        yield f"all {reported}", {"prisma_p": data.prisma_p.assign(reported=reported)}


CHANGES: dict[str, Callable[..., Iterator[Change]]] = {
    "evidence": coded,
    "summaries": told,
    "reading_1": read,
    "searches": opened,
    "sources": looked_up,
    "passages": printed,
    "words": worded,
    "shared": shared,
    "regencies": dated,
    "hci": indexed("hci"),
    "egdi": indexed("egdi"),
    "prisma_p": listed,
}


def _without(frame: pd.DataFrame, column: str, keys: set[str]) -> pd.DataFrame:
    return frame[~frame[column].isin(keys)].reset_index(drop=True)


def changes(data: Data, question: str, looks: set[Read]) -> Iterator[Change]:
    """Every change that there is for what a cell looked at."""
    for table, change in CHANGES.items():
        keys = {look[3] for look in looks if look[0] in ("rows", "part") and look[1] == table}
        whole = any(look[0] in ("table", "columns") and look[1] == table for look in looks)
        if keys or whole:
            yield from change(data, question, keys)


def otherwise(data: Data, question: str) -> tuple[str, dict[str, str], dict[str, str]] | None:
    """The first valid change that gives a statement of a question another outcome, with both; None if there is none."""
    before, looks = run(data, question)
    for what, frames in changes(data, question, looks):
        changed = Data(data._folder, data._frames | frames)
        try:
            after, _ = run(changed, question)
        except (TypeError, ValueError):  # it does not fit, and the build would say so
            continue
        if after != before and not rules.check(rules.Tables(changed._frames, data.package)):
            return what, before, after
    return None


def test_every_question_has_a_cell(shipped):
    """The cells run here are those of all questions."""
    assert set(CELLS) == set(shipped.questions["question"])


@pytest.mark.parametrize("question", sorted(CELLS))
def test_a_question_can_come_out_otherwise(of_article, question):
    """There is a change of the data, made here and valid, that changes the outcome of one of its statements."""
    assert otherwise(of_article, question) is not None


# Outcomes beside each other ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def answers(shipped):
    """Every question of the shipped data, asked."""
    return {question: asked.question for question, asked in ask(shipped).items()}


def contradictions(claims: pd.DataFrame, outcomes: dict[str, str]) -> list[str]:
    """Statements that say the same and come out differently.

    They say the same where they share question, scope and what is asserted, or the words of their paraphrase in either
    language, or their anchor on the same line.
    """
    found = []
    frame = claims.assign(
        outcome=claims["claim"].map(outcomes).fillna(NO_FACT),
        english=claims["statement_en"].map(_plain),
        indonesian=claims["statement_id"].map(_plain),
    )
    asked = frame[frame["question"] != ""]
    for rows, keys in (
        (asked, ["question", "scope", "asserted"]),
        (frame, ["english"]),
        (frame, ["indonesian"]),
        (asked, ["anchor", "scope", "asserted", "question"]),
    ):
        for _, same in rows.groupby(keys):
            if same["outcome"].nunique() > 1:
                found.append("; ".join(f"{r.claim} {r.outcome}" for r in same.itertuples()))
    return list(dict.fromkeys(found))


def _plain(text: str) -> str:
    return " ".join("".join(ch if ch.isalnum() else " " for ch in text.lower()).split())


def test_no_two_outcomes_contradict_each_other(shipped, answers):
    """Statements that say the same have the same outcome."""
    outcomes = {s.claim: s.outcome for answer in answers.values() for s in answer.statements}
    assert contradictions(shipped.claims, outcomes) == []


def test_what_is_contradicted_has_its_kindest_reading(shipped, answers):
    """For whatever comes out contradicted the data has the kindest reading, in both languages."""
    found = [s.claim for a in answers.values() for s in a.statements if s.outcome == CONTRADICTED]
    texts = shipped.claims.set_index("claim").loc[found, ["kindest_en", "kindest_id"]]
    assert list(texts.index[(texts == "").any(axis=1)]) == []


def test_every_passage_and_reading_is_looked_at(shipped, answers):
    """No passage and no reading lies idle: a question rests on it."""
    rests = {p for a in answers.values() for p in a.passages}
    assert set(shipped.passages["passage"]) - rests == set()
    units = {(a.question, u) for a in answers.values() for u in _units(shipped, a)}
    assert set(zip(shipped.reading_1["question"], shipped.reading_1["unit"], strict=True)) - units == set()


def _units(data: Data, answer) -> set[str]:
    """What a question reads: the units of its passages, its sources, and the documents that were opened for it."""
    return {*data.rows("passages", "question", answer.question)["unit"], *answer.sources, *answer.searches}


def test_outcomes_that_contradict_each_other_are_found(small):
    """Two statements of one paraphrase with different outcomes are named; the same outcome is no matter."""
    claims = small.claims
    claims.loc[claims["claim"] == "K005", "statement_en"] = "Both: analyse, posts!"
    assert contradictions(claims, {"K001": "supported", "K005": "supported"}) == []
    assert contradictions(claims, {"K001": "supported", "K005": "contradicted"}) == [
        "K001 supported; K005 contradicted"
    ]


# The check above finds what it looks for --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("Q001", 'check("Q001", observed=present("PLN01"))'),
        ("Q003", 'check("Q003", observed=listed("Q003"))'),
        ("Q004", 'check("Q004", observed=found("share", earlier="share-2018"))'),
        ("Q005", 'check("Q005", observed=unseen("regulation"))'),
        ("Q006", 'check("Q006", observed=read("Q006"))'),
        ("Q008", 'check("Q008", observed=repeated("Q008"))'),
    ],
)
def test_a_change_is_found(small, monkeypatch, question, cell):
    """The questions of the small world, observed in each way, can all come out otherwise."""
    monkeypatch.setitem(CELLS, question, cell)
    assert otherwise(small, question) is not None


@pytest.mark.parametrize(
    "cell",
    [
        'check("Q003", observed=Observation(2))',
        'check("Q003", observed=Observation(3 if printed("Q008").value else 3))',
    ],
    ids=["typed", "disguised"],
)
def test_a_typed_observation_is_found(small, monkeypatch, cell):
    """A cell in which the observation is typed cannot come out otherwise, even where it looks at the data."""
    monkeypatch.setitem(CELLS, "Q003", cell)
    assert otherwise(small, "Q003") is None
