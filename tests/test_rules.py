"""Broken data that no schema can find: every rule between rows, where it is broken, with what was expected."""

import pytest
from data_edits import edit, problems

from smart_asn import rules
from smart_asn.datapackage import read_package, read_tables


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "evidence.csv",
            "a,176,11,",
            "a,177,11,",
            "data/evidence.csv, row 2, column page: found 177; expected 176, where line 11 stands.",
        ),
        (
            "evidence.csv",
            "a,176,11,",
            "a,177,21,",
            "data/evidence.csv, row 2, column scan_line: found 21; expected a line of the section north: 11-20.",
        ),
        (
            "evidence.csv",
            "E002,north,PLN02,a,176,12,beban kerja",
            "E002,north,PLN01,a,176,11,analisis jabatan",
            "data/evidence.csv, row 3, column regency, code, scan_line, anchor: found the same place a second time; expected each place once.",
        ),
        (
            "evidence.csv",
            "true,It may mean notices.,",
            "true,,",
            "data/evidence.csv, row 4, column note_en: found nothing; expected why the row is doubtful.",
        ),
        (
            "evidence.csv",
            "E002,north,PLN02,a,176,12,beban kerja,false,,\n",
            "",
            "data/evidence.csv: found no evidence for north PLN02; expected what both passes have (present), or a reason in "
            "coding/settlements.csv why it is coded otherwise.",
        ),
        (
            "decisions.csv",
            "south,REC01,177,23",
            "south,PLN01,177,23",
            "data/decisions.csv, row 2, column code: found south PLN01, which evidence.csv has as present; expected a cell that is coded absent.",
        ),
        (
            "decisions.csv",
            "177,23",
            "176,23",
            "data/decisions.csv, row 2, column page: found 176; expected 177, where line 23 stands.",
        ),
        (
            "decisions.csv",
            "177,23",
            "176,13",
            "data/decisions.csv, row 2, column scan_line: found 13; expected a line of the section south: 21-30.",
        ),
        (
            "coding/pass-2.csv",
            "south,REC01,false\n",
            "",
            "data/coding/pass-2.csv: found no row for south REC01; expected a row for each regency and code.",
        ),
        (
            "coding/pass-1.csv",
            "south,PLN02,false",
            "south,PLN02,true",
            "data/coding/settlements.csv: found no row for south PLN02, where the passes differ; expected a reason for each difference.",
        ),
        (
            "coding/settlements.csv",
            "north,REC01,true",
            "north,REC01,false",
            "data/coding/settlements.csv, row 2: found evidence for north REC01; expected the presence on which the coding settled.",
        ),
        (
            "coding/settlements.csv",
            "north,REC01,true",
            "north,PLN01,true",
            "data/coding/settlements.csv, row 2, column present: found north PLN01 settled as both passes have it; expected a "
            "cell on which they differ, or the other presence.",
        ),
        (
            "summaries.csv",
            "south,recruitment,false,177,There is no such paragraph.,Paragraf ini tidak ada.\n",
            "",
            "data/summaries.csv: found no row for south recruitment; expected a row for each regency and strategy.",
        ),
        (
            "summaries.csv",
            "north,planning,true,176",
            "north,planning,true,177",
            "data/summaries.csv, row 2, column page: found 177; expected a page of the section north: 176-176.",
        ),
        (
            "claims.csv",
            "K001,start,175,2,3",
            "K001,start,175,2,11",
            "data/claims.csv, row 2, column first_line: found 2-11; expected lines within the section start: 1-10.",
        ),
        (
            "claims.csv",
            "K001,start,175,2,3",
            "K001,start,175,3,2",
            "data/claims.csv, row 2, column first_line: found 3-2; expected lines within the section start: 1-10.",
        ),
        (
            "claims.csv",
            "six,Q001,all,2",
            "six,Q001,all,two",
            "data/claims.csv, row 2, column asserted: found 'two'; expected how many are meant, a whole number, for the scope all.",
        ),
        (
            "claims.csv",
            "six,Q001,all,2",
            "six,,all,2",
            "data/claims.csv, row 2, column question: found ''; expected a question, for the kind six.",
        ),
        (
            "claims.csv",
            "six,Q001,all,2",
            "six,Q099,all,2",
            "data/claims.csv, row 2, column question: found 'Q099'; expected a question of questions.csv.",
        ),
        (
            "claims.csv",
            "six,Q001,all,2",
            "judgement,Q001,all,2",
            "data/claims.csv, row 2, column scope: found 'all'; expected nothing, for the kind judgement.",
        ),
        (
            "claims.csv",
            "menganalisis jabatan.,semua,",
            "menganalisis jabatan.,,",
            "data/claims.csv, row 2, column printed: found nothing; expected the printed words that make the scope all.",
        ),
        (
            "claims.csv",
            "It may mean the aim.,Yang dimaksud mungkin tujuannya.",
            "It may mean the aim.,",
            "data/claims.csv, row 3, column kindest_id: found nothing; expected what kindest_en says, in this language.",
        ),
        (
            "claims.csv",
            "It is short.,Singkat.",
            ",Singkat.",
            "data/claims.csv, row 10, column note_en: found nothing; expected what note_id says, in this language.",
        ),
        (
            "questions.csv",
            "Shares vary.,Pangsanya beragam.",
            "Shares vary.,",
            "data/questions.csv, row 5, column note_id: found nothing; expected what note_en says, in this language.",
        ),
        (
            "questions.csv",
            "posts,jabatan,counted",
            ",jabatan,counted",
            "data/questions.csv, row 2, column label_en: found nothing; expected what label_id says, in this language.",
        ),
        (
            "searches.csv",
            "a draft,sebuah rancangan",
            "a draft,",
            "data/searches.csv, row 2, column nearest_id: found nothing; expected what nearest_en says, in this language.",
        ),
        (
            "codebook.csv",
            "beban dianalisis,peta jabatan",
            "beban dianalisis,",
            "data/codebook.csv, row 3, column does_not_count_id: found nothing; expected what does_not_count_en says, in this "
            "language.",
        ),
        (
            "sources.csv",
            "An old one.,Yang lama.",
            "An old one.,",
            "data/sources.csv, row 3, column note_id: found nothing; expected what note_en says, in this language.",
        ),
        (
            "claims.csv",
            "method,Q003,figure,3",
            "method,Q004,figure,3",
            "data/questions.csv, row 4, column question: found Q003; expected a question that a statement of claims.csv names.",
        ),
        (
            "questions.csv",
            "Daftarnya memuat {value} butir: {names}.",
            "Daftarnya memuat {value} butir.",
            "data/questions.csv, row 4, column observed_id: found value; expected the places of observed_en: names, value.",
        ),
        (
            "questions.csv",
            "The list has {value} items",
            "The list has {number} items",
            "data/questions.csv, row 4, column observed_en: found number; expected places among count, first, names, others, "
            "period, search, second, source, total, value, values.",
        ),
        (
            "passages.csv",
            "175,3,3,2045,2045",
            "175,3,3,2045,contradicted",
            "data/passages.csv, row 7, column value: found 'contradicted'; expected words or numbers that stand in the row's anchor.",
        ),
        (
            "passages.csv",
            "175,10,10,Tahun 2045",
            "176,10,10,Tahun 2045",
            "data/passages.csv, row 8, column page: found 176; expected 175, where line 10 stands.",
        ),
        (
            "sources.csv",
            "2020,12.46,percent",
            "2020,12.46,",
            "data/sources.csv, row 2, column unit: found nothing; expected what 12.46 counts, such as percent, year or "
            "persons.",
        ),
        (
            "readings/reading-2.csv",
            "Q006,work-b,nothing,It is silent.\n",
            "",
            "data/readings/reading-2.csv: found no row for Q006 work-b; expected a row for each that reading_1 has.",
        ),
        (
            "readings/reading-2.csv",
            "Q006,work-b,nothing",
            "Q006,work-b,yes",
            "data/readings/settled.csv: found a row for Q006 work-b; expected none, where the readings agree.",
        ),
        (
            "readings/reading-2.csv",
            "Q006,work-a,yes",
            "Q006,work-a,no",
            "data/readings/settled.csv: found no row for Q006 work-a; expected a row where the readings differ.",
        ),
        (
            "readings/settled.csv",
            "Q006,work-b,nothing",
            "Q006,work-c,nothing",
            "data/readings/settled.csv: found a row for Q006 work-c; expected a unit that was read.",
        ),
        (
            "article/lines.csv",
            "15,15,running head",
            "15,14,running head",
            "data/article/lines.csv, row 4, column last_line: found 14; expected 15 or later, where it begins.",
        ),
        (
            "article/blank.csv",
            "20,20",
            "19,20",
            "data/article/blank.csv, row 2, column first_line: found 19-20; expected lines that no other row has.",
        ),
        (
            "prisma-p.csv",
            "partly,175,2,semua",
            "partly,,,semua",
            "data/prisma-p.csv, row 2, column anchor: found 'semua'; expected none, as there is no line.",
        ),
        (
            "grand-design.csv",
            "daring,REC01",
            "daring,REC01;REC02",
            "data/grand-design.csv, row 2, column codes: found 'REC02'; expected codes that stand in codebook.csv.",
        ),
        (
            "regencies.csv",
            "7,2020,2020,2024",
            ",2020,2020,2024",
            "data/regencies.csv, row 2, column regulation_year: found a year without a number; expected both, or neither.",
        ),
        (
            "regencies.csv",
            "2019,2023",
            "2019,2018",
            "data/regencies.csv, row 3, column period_end: found 2018; expected 2019 or later.",
        ),
        (
            "regencies.csv",
            "1000,a register",
            "1000,not found",
            "data/regencies.csv, row 2, column census_source: found 'not found'; expected the source of the population, or not found where there is none.",
        ),
        (
            "context/egdi.csv",
            "true,2018",
            "false,2018",
            "data/context/egdi.csv, row 3, column asean: found False; expected True, as in most rows of IDN.",
        ),
        (
            "pages.csv",
            "176,11,20",
            "176,12,20",
            "data/pages.csv, row 3, column first_line: found 12; expected 11, the line after the row above.",
        ),
        (
            "sections.csv",
            "North,North,11,20",
            "North,North,10,20",
            "data/sections.csv, row 3, column first_line: found 10; expected 11, the line after the row above, or later.",
        ),
        (
            "sections.csv",
            "South,South,21,30",
            "South,South,21,31",
            "data/sections.csv, row 4, column last_line: found 31; expected 30 at most, where the pages end.",
        ),
    ],
)
def test_a_rule_between_rows(folder, name, old, new, message):
    """What hangs together stays together."""
    edit(folder, name, old, new)
    package = read_package(folder)
    found = rules.check(rules.Tables(read_tables(folder, package), package))
    assert message in [str(problem) for problem in found]


def test_the_rules_are_tried_where_the_schema_holds(folder):
    """Validation tries the rules last, and says what breaks them in the same form."""
    edit(folder, "claims.csv", "six,Q001,all,2", "six,Q099,all,2")
    assert problems(folder) == [
        "data/claims.csv, row 2, column question: found 'Q099'; expected a question of questions.csv.",
        "data/questions.csv, row 2, column question: found Q001; expected a question that a statement of claims.csv names.",
    ]


def test_a_regency_without_a_section(folder):
    """A regency that no section of the article is about is a problem, not a crash."""
    edit(folder, "sections.csv", "south,South,South", "east,East,East")
    assert problems(folder) == [
        "data/sections.csv, column section: found no row for 'south', which 4 rows of other tables name; expected its row, "
        "or none of those."
    ]


def test_a_regency_deleted(folder):
    """A key that many rows name and that is not there is told as one thing, not once for each of them."""
    edit(
        folder,
        "regencies.csv",
        "south,South,Kabupaten South,the Lower Province,Provinsi Bawah,12.01,1201,Base,-1.0,101.0,,,2019,2023,,not found\n",
        "",
    )
    assert problems(folder) == [
        "data/regencies.csv, column regency: found no row for 'south', which 11 rows of other tables name; expected its row, "
        "or none of those."
    ]
