"""What is derived from the article's text, on a text of a dozen lines."""

import itertools

import pandas as pd
import pytest

from smart_asn import derived
from smart_asn.__main__ import main
from smart_asn.derived import blank_lines, shared_runs, words_by_section, words_of

ONE = "satu dua tiga empat lima enam tujuh delapan"
ARTICLE = f"""Judul
Satu kata, dua KATA:
{ONE}
sembilan

awal {ONE}
sembilan sepuluh

{ONE.replace("empat", "lain")}
12 2020 e-planning_x
"""
SECTIONS = pd.DataFrame(
    [("a", 1, 4), ("b", 6, 7), ("c", 9, 10)], columns=["section", "first_line", "last_line"]
)


def test_words_are_letters_in_lower_case():
    """A word is letters only: no figures, signs or hyphens."""
    assert words_of("Satu, DUA-tiga é 12 x_y") == ["satu", "dua", "tiga", "é", "x", "y"]


def test_words_by_section():
    """Each section's words with how often they stand there, in the order of the alphabet."""
    found = words_by_section(ARTICLE, SECTIONS)
    first = found[found["section"] == "a"].set_index("word")["count"]
    assert (first["kata"], first["satu"], first["judul"]) == (2, 2, 1)
    assert list(first.index) == sorted(first.index)
    assert "sepuluh" not in first.index
    assert "awal" not in set(found.loc[found["section"] == "c", "word"])


def test_shared_runs():
    """Eight equal words are a run, over a line's end and as long as it goes; seven are none."""
    found = shared_runs(ARTICLE, SECTIONS)
    assert found.to_numpy().tolist() == [["a", "b", 3, 6, 9]]


def test_a_word_is_in_one_run_at_most():
    """Wording that the second text repeats is counted once, at the longest of its places."""
    text = f"{ONE} ekor\n{ONE}\nlain {ONE} ekor\n"
    sections = pd.DataFrame([("a", 1, 1), ("b", 2, 3)], columns=["section", "first_line", "last_line"])
    assert shared_runs(text, sections).to_numpy().tolist() == [["a", "b", 1, 3, 9]]


def test_blank_lines():
    """Lines without a sign, run by run, up to the last that counts."""
    assert blank_lines("a\n\n  \nb\n\nc\n\n", 6).to_numpy().tolist() == [[2, 3], [5, 5]]
    assert blank_lines("a\n\n", 1).empty


@pytest.fixture
def article(tmp_path):
    """The little article as a file."""
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


def test_the_command_writes_what_is_derived(article, folder, monkeypatch, capsys):
    """``derive`` writes the derived files of the data folder, and says which."""
    monkeypatch.setattr("smart_asn.places.DATA", folder)
    SECTIONS.to_csv(folder / "sections.csv", index=False)
    assert main(["derive", str(article)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == [f"Written: data/article/{name}.csv" for name in ("words", "shared", "blank")]
    for path, text in derived.derive(ARTICLE, SECTIONS).items():
        assert (folder / path).read_text("utf-8") == text
    assert (folder / "article/shared.csv").read_text("utf-8") == (
        "first_section,second_section,first_line,second_line,words\na,b,3,6,9\n"
    )


def test_the_text_cannot_be_put_together_again(article):
    """Of what is derived, no file has two words of the article side by side."""
    words = words_of(ARTICLE)
    pairs = {f"{a} {b}" for a, b in itertools.pairwise(words)}
    for text in derived.derive(ARTICLE, SECTIONS).values():
        assert not [pair for pair in pairs if pair in text.replace(",", " ").replace("\n", " | ")]
