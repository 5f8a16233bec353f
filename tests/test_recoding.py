"""CONTRIBUTING's way to code a cell the other way works for each of the 300 cells."""

import csv
import shutil

import pytest

from smart_asn import coding
from smart_asn.datapackage import read_package, read_tables
from smart_asn.places import DATA, ROOT
from smart_asn.validation import validate

CELLS = {
    "both passes have it": ("sanggau", "REC02"),
    "the passes differ": ("tapin", "DEV03"),
    "neither pass has it": ("gowa", "REC02"),
}


class Copy:
    """A copy of the data folder in which a cell can be coded the other way, step by step as CONTRIBUTING has it."""

    def __init__(self, folder):
        self.folder = folder
        shutil.copytree(DATA, folder)

    def rows(self, name):
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, name, rows):
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        with (self.folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def tables(self):
        return read_tables(self.folder, read_package(self.folder))

    def without(self, name, regency, code):
        return [r for r in self.rows(name) if (r["regency"], r["code"]) != (regency, code)]

    def recode(self, regency, code):
        """Code one cell the other way; returns how it is coded now."""
        present = len(self.without("evidence.csv", regency, code)) == len(self.rows("evidence.csv"))
        word = "true" if present else "false"
        passes = {
            next(r["present"] for r in self.rows(name) if (r["regency"], r["code"]) == (regency, code))
            for name in ("coding/pass-1.csv", "coding/pass-2.csv")
        }
        settled = self.without("coding/settlements.csv", regency, code)
        reason = {"reason_en": "The rule says so.", "reason_id": "Aturannya begitu."}
        if passes != {word}:
            settled.append({"regency": regency, "code": code, "present": word, **reason})
        self.write("coding/settlements.csv", settled)
        (span,) = (s for s in self.rows("sections.csv") if s["section"] == regency)
        line = int(span["first_line"])
        (page,) = (
            p["page"] for p in self.rows("pages.csv") if int(p["first_line"]) <= line <= int(p["last_line"])
        )
        place = {"regency": regency, "code": code, "page": page, "scan_line": line}
        if present:
            rows = self.rows("evidence.csv")
            last = max(int(row["evidence"][1:]) for row in rows)
            new = {
                "evidence": f"E{last + 1:03}",
                "stated_under": "a",
                "anchor": "a word",
                "doubtful": "false",
            }
            self.write("evidence.csv", [*rows, place | new])
            self.write("decisions.csv", self.without("decisions.csv", regency, code))
        else:
            self.write("evidence.csv", self.without("evidence.csv", regency, code))
        return present


@pytest.fixture
def copy(tmp_path):
    return Copy(tmp_path / "data")


@pytest.mark.parametrize(("regency", "code"), CELLS.values(), ids=CELLS)
def test_a_cell_is_coded_the_other_way_and_back(copy, regency, code):
    """A cell is coded the other way, with its reason, whatever the passes say of it; the coding then has it so; and back."""
    present = copy.recode(regency, code)
    validate(copy.folder)
    assert ((regency, code) in coding.stated_cells(copy.tables()["evidence"])) == present
    copy.recode(regency, code)
    validate(copy.folder)


def test_every_cell_can_be_coded_the_other_way(copy):
    """All 300 cells at once: every present one absent and every absent one present, each with a reason."""
    regencies = [r["regency"] for r in copy.rows("regencies.csv")]
    cells = [(regency, r["code"]) for regency in regencies for r in copy.rows("codebook.csv")]
    assert len(cells) == 300
    before = set(coding.stated_cells(copy.tables()["evidence"]))
    for cell in cells:
        copy.recode(*cell)
    validate(copy.folder)
    assert coding.stated_cells(copy.tables()["evidence"]) == set(cells) - before


def test_a_doubtful_cell_becomes_a_decision(copy):
    """A cell whose evidence is taken away may be in doubt: then its reason stands among the decisions."""
    row = next(r for r in copy.rows("evidence.csv") if r["doubtful"] == "true")
    rest = copy.without("evidence.csv", row["regency"], row["code"])
    copy.recode(row["regency"], row["code"])
    assert copy.rows("evidence.csv") == rest
    reason = {"reason_en": row["note_en"], "reason_id": row["note_id"]}
    place = {k: row[k] for k in ("regency", "code", "page", "scan_line")}
    copy.write("decisions.csv", [*copy.rows("decisions.csv"), place | reason])
    validate(copy.folder)


def test_no_cell_is_recoded_without_a_reason(copy):
    """Evidence taken away without a settlement is refused, and the message says where the reason goes."""
    copy.write("evidence.csv", copy.without("evidence.csv", "sanggau", "REC02"))
    with pytest.raises(Exception, match=r"or a reason in coding/settlements\.csv why it is coded otherwise"):
        validate(copy.folder)


def test_the_recipe_is_in_the_guide():
    """The guide names the files that the steps above change, and the one that stays."""
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## Coding a cell")[1].split("\n## ")[0]
    for name in ("coding/settlements.csv", "evidence.csv", "decisions.csv"):
        assert f"`data/{name}`" in guide
    assert "two coding passes stay as they were made" in guide
