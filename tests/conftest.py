"""A small world for the tests: two regencies, three measures, and every table of the data package about them."""

import os
import shutil
from pathlib import Path

import pytest

from smart_asn import data as data_module
from smart_asn.datapackage import read_package, read_tables
from smart_asn.places import DATA, ROOT

ARTICLE = Path(os.environ.get("SMART_ASN_ARTICLE", ROOT.parent / "shared/article/dumalang-2021.txt"))

SMALL = {
    "regencies.csv": """\
regency,name,full_name,province,kemendagri_code,bps_code,capital,latitude,longitude,regulation_number,regulation_year,period_start,period_end,census_population_2020,census_source
north,North,Kabupaten North,Upper,11.01,1101,Top,1.0,100.0,7,2020,2020,2024,1000,a register
south,South,Kabupaten South,Lower,12.01,1201,Base,-1.0,101.0,,,2019,2023,,not found
""",
    "strategies.csv": """\
strategy,letter,label_en,label_id,short_en,short_id
planning,a,Planning,Perencanaan,Planning,Perencanaan
recruitment,b,Recruitment,Perekrutan,Recruitment,Perekrutan
""",
    "codebook.csv": """\
code,strategy,label_en,label_id,counts_when,does_not_count,counts_when_id,does_not_count_id
PLN01,planning,Job analysis,Analisis jabatan,posts are analysed,,jabatan dianalisis,
PLN02,planning,Workload analysis,Analisis beban kerja,workload is analysed,a job map,beban dianalisis,peta jabatan
REC01,recruitment,Online intake,Penerimaan daring,intake is online,,penerimaan daring,
""",
    "evidence.csv": """\
evidence,regency,code,stated_under,page,scan_line,anchor,doubtful,note_en,note_id
E001,north,PLN01,a,176,11,analisis jabatan,false,,
E002,north,PLN02,a,176,12,beban kerja,false,,
E003,north,REC01,b,176,13,daring,true,It may mean notices.,Bisa berarti pengumuman.
E004,south,PLN01,a,177,21,jabatan,false,,
""",
    "decisions.csv": """\
regency,code,page,scan_line,reason_en,reason_id
south,REC01,177,23,Only a website is named.,Hanya situs web yang disebut.
""",
    "coding/pass-1.csv": """\
regency,code,present
north,PLN01,true
north,PLN02,true
north,REC01,true
south,PLN01,true
south,PLN02,false
south,REC01,false
""",
    "coding/pass-2.csv": """\
regency,code,present
north,PLN01,true
north,PLN02,true
north,REC01,false
south,PLN01,true
south,PLN02,false
south,REC01,false
""",
    "coding/settlements.csv": """\
regency,code,present,reason_en,reason_id
north,REC01,true,The rule asks for no more.,Kaidahnya tidak meminta lebih.
""",
    "summaries.csv": """\
regency,strategy,stated,page,summary_en,summary_id
north,planning,true,176,Posts are analysed.,Jabatan dianalisis.
north,recruitment,true,176,Intake is online.,Penerimaan daring.
south,planning,true,177,Posts are analysed.,Jabatan dianalisis.
south,recruitment,false,177,There is no such paragraph.,Paragraf ini tidak ada.
""",
    "claims.csv": """\
claim,section,page,first_line,last_line,anchor,statement_en,statement_id,checked_against,quantifier,asserted,note_en,note_id
K001,start,175,2,3,semua,Both analyse posts.,Keduanya menganalisis jabatan.,coding,all,2,,
K002,start,175,4,4,daring,Both take people in online.,Keduanya menerima daring.,coding,all,2,,
K003,start,175,5,5,tiga,Three things are listed.,Tiga hal disebut.,article,exactly,3,,
K004,start,175,6,6,angka,The figure is 12.5.,Angkanya 12.5.,public,figure,12.5,,
""",
    "passages.csv": """\
passage,topic,kind,value,label_en,label_id,page,scan_line,anchor,note_en,note_id
P001,three-things,item,,First,Pertama,175,5,pertama,,
P002,three-things,item,,Second,Kedua,175,5,kedua,,
P003,reason,nothing,,No reason,Tanpa alasan,,,,,
""",
    "errata.csv": """\
erratum,page,scan_line,anchor,kind,found_en,found_id,correction_en,correction_id,claim
R01,175,5,tiga,list,three announced,tiga disebut,two,dua,K003
""",
    "prisma-p.csv": """\
item,label_en,label_id,reported,page,scan_line,anchor,note_en,note_id
1,Title,Judul,partly,175,2,semua,Named.,Disebut.
""",
    "grand-design.csv": """\
row,expectation_en,expectation_id,page,scan_line,anchor,codes,note_en,note_id
G01,Online work,Kerja daring,175,4,daring,REC01,,
""",
    "glossary.csv": """\
term,expansion,expansion_language,definition_en,definition_id
ASN,Aparatur Sipil Negara,id,The civil service.,Aparatur negara.
""",
    "sections.csv": """\
section,label_en,label_id,first_line,last_line
start,Start,Awal,1,10
north,North,North,11,20
south,South,South,21,30
""",
    "pages.csv": """\
page,first_line,last_line
175,1,10
176,11,20
177,21,30
""",
    "context/public-figures.csv": """\
figure,subject_en,subject_id,period,value,unit,found,source,source_id,seen,note_en,note_id
share,A share,Sebuah pangsa,2020,12.46,percent,true,a register,sebuah register,2026-11,,
lost,A lost figure,Angka yang hilang,,,,false,not found,tidak ditemukan,2026-11,,
""",
    "context/hci.csv": """\
iso3,country,country_id,asean,year,hci
IDN,Indonesia,Indonesia,true,2020,0.54
""",
    "context/egdi.csv": """\
iso3,country,country_id,asean,year,egdi,egdi_rank
IDN,Indonesia,Indonesia,true,2020,0.66,88
IDN,Indonesia,Indonesia,true,2018,0.53,107
""",
}


SHAPES = """\
{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry":
 {"type": "Polygon", "coordinates": [[[100.0, 0.0], [101.0, 0.0], [101.0, 1.0], [100.0, 0.0]]]}}]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with the small world, described by the shipped ``datapackage.json``."""
    target = tmp_path / "data"
    for name, text in SMALL.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    shutil.copy(DATA / "datapackage.json", target)
    for resource in read_package(target)["resources"]:
        if resource.get("format") == "geojson":
            path = target / resource["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(SHAPES, "utf-8")
    return target


@pytest.fixture
def small(folder: Path, monkeypatch: pytest.MonkeyPatch) -> data_module.Data:
    """The small world, loaded."""
    return data_module.Data(folder, read_tables(folder, read_package(folder)))


@pytest.fixture(scope="session")
def shipped() -> data_module.Data:
    """The shipped data, validated."""
    return data_module.load()


@pytest.fixture(scope="session")
def article() -> str:
    """The text of the article, where the reader has it (``SMART_ASN_ARTICLE`` says where)."""
    if not ARTICLE.exists():
        pytest.skip("the article's text is not at hand; SMART_ASN_ARTICLE can say where it is")
    return ARTICLE.read_text("utf-8")
