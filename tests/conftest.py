"""A small world for the tests: two regencies, three measures, and every table of the data package about them.

Its eight questions come out in every way there is, each worked out by hand:

- Q001, counted: North and South both report PLN01. K001 is supported.
- Q002, counted, doubtful: North alone reports REC01. K002 (all) is partly supported, K005 (at least one) supported.
- Q003, compared: three are announced, two listed. K003 is contradicted.
- Q004, looked up: 12.46 in 2020, 11.24 in 2018. K004 (12.5) is supported, K006 (11.2) out of date.
- Q005, looked up: not seen. K007 is not verified.
- Q006, read: one work of two says so, the readings differ on the other. K008 is partly supported.
- Q007, read: nothing is said. K009 has no basis.
- Q008, compared: the year is the same in both places. K011 is supported.

K010 is an aim, which no question checks.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import chromium, watch
from serve import serving

from smart_asn import data as data_module
from smart_asn.datapackage import read_package, read_tables
from smart_asn.edition import Edition
from smart_asn.language import Language
from smart_asn.places import DATA, ROOT, SITE

ARTICLE = Path(os.environ.get("SMART_ASN_ARTICLE", ROOT.parent / "shared/article/dumalang-2021.txt"))

SMALL = {
    "regencies.csv": """\
regency,name,full_name,province_en,province_id,kemendagri_code,bps_code,capital,latitude,longitude,regulation_number,regulation_year,period_start,period_end,census_population_2020,census_source
north,North,Kabupaten North,the Upper Province,Provinsi Atas,11.01,1101,Top,1.0,100.0,7,2020,2020,2024,1000,a register
south,South,Kabupaten South,the Lower Province,Provinsi Bawah,12.01,1201,Base,-1.0,101.0,,,2019,2023,,not found
""",
    "strategies.csv": """\
strategy,letter,label_en,label_id,short_en,short_id
planning,a,Planning,Perencanaan,Planning,Perencanaan
recruitment,b,Recruitment,Perekrutan,Recruitment,Perekrutan
""",
    "codebook.csv": """\
code,strategy,label_en,label_id,counts_when_en,does_not_count_en,counts_when_id,does_not_count_id
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
    "portraits.csv": """\
regency,portrait_en,portrait_id
north,It plans most.,Rencananya terbanyak.
south,It plans little.,Rencananya sedikit.
""",
    "claims.csv": """\
claim,section,page,first_line,last_line,anchor,statement_en,statement_id,printed,credits,kind,question,scope,asserted,kindest_en,kindest_id,note_en,note_id
K001,start,175,2,3,semua,Both analyse posts.,Keduanya menganalisis jabatan.,semua,,six,Q001,all,2,,,,
K002,start,175,4,4,daring,Both take people in online.,Keduanya menerima daring.,semua,,six,Q002,all,2,It may mean the aim.,Yang dimaksud mungkin tujuannya.,,
K005,start,175,4,4,daring,At least one takes people in online.,Sedikitnya satu menerima daring.,,,six,Q002,at least,1,,,,
K003,start,175,5,5,tiga,Three things are listed.,Tiga hal disebut.,,,method,Q003,figure,3,,,,
K004,start,175,6,6,angka,The share is 12.5 percent.,Pangsanya 12.5 persen.,,,background,Q004,figure,12.5,,,,
K006,start,175,6,6,angka,The share is 11.2 percent now.,Pangsanya kini 11.2 persen.,kini,,background,Q004,figure,11.2,,,,
K007,north,176,14,14,peraturan,North has a regulation on posts.,North memiliki peraturan jabatan.,,,plan,Q005,at least,1,,,,
K008,start,175,7,7,menurut,Two works say so.,Dua karya menyatakannya.,,A dalam B,attribution,Q006,all,2,,,,
K009,start,175,8,8,karena,A reason is given.,Alasan diberikan.,,,method,Q007,at least,1,,,It is short.,Singkat.
K010,start,175,9,9,bertujuan,The aim is one service.,Tujuannya satu layanan.,,,aim,,,,,,Told only.,Hanya diceritakan.
K011,start,175,3,3,2045,Both places give one year.,Kedua tempat menyebut tahun yang sama.,,,background,Q008,exactly,1,,,,
""",
    "questions.csv": """\
question,chapter,asked_en,asked_id,label_en,label_id,how,observed_en,observed_id,note_en,note_id
Q001,start,Do both analyse posts?,Apakah keduanya menganalisis jabatan?,posts,jabatan,counted,Reported for {count} of {total}: {names}.,Dilaporkan untuk {count} dari {total}: {names}.,,
Q002,start,Who takes people in online?,Siapa menerima secara daring?,online intake,penerimaan daring,counted,"Reported for {count} of {total} ({names}).","Dilaporkan untuk {count} dari {total} ({names}).",,
Q003,start,How many things are listed?,Berapa hal disebut?,,,compared,"The list has {value} items: {names}.","Daftarnya memuat {value} butir: {names}.",,
Q004,start,What is the share?,Berapa pangsanya?,,,looked up,"It is {value} percent in {period} ({source}).","Pangsanya {value} persen pada {period} ({source}).",Shares vary.,Pangsanya beragam.
Q005,regencies/north,Is there such a regulation?,Adakah peraturan itu?,,,looked up,Not seen: {search}.,Tidak terlihat: {search}.,,
Q006,start,Do the two works say so?,Apakah kedua karya menyatakannya?,,,read,"{count} of {total} say so: {names}; not {others}.","{count} dari {total} menyatakannya: {names}; tidak {others}.",,
Q007,start,Is a reason given?,Apakah alasan diberikan?,,,read,"{count} of {total} gives one.","{count} dari {total} memberikannya.",,
Q008,start,Is the year the same in both places?,Apakah tahunnya sama di kedua tempat?,,,compared,"The same in {count} of {total}: {names}.","Sama pada {count} dari {total}: {names}.",,
""",
    "passages.csv": """\
passage,question,unit,page,first_line,last_line,anchor,value,doubtful,label_en,label_id
P001,Q003,first,175,5,5,pertama,,false,First,Pertama
P002,Q003,second,175,5,5,kedua,,false,Second,Kedua
P003,Q006,work-a,175,7,7,menurut,,false,Work A,Karya A
P004,Q006,work-b,175,7,8,karena,,false,Work B,Karya B
P005,Q007,reason,175,8,8,karena,,false,Reason,Alasan
P006,Q008,year,175,3,3,2045,2045,false,The year,Tahunnya
P007,Q008,year,175,10,10,Tahun 2045,2045,false,The year,Tahunnya
""",
    "readings/reading-1.csv": """\
question,unit,says,why
Q006,work-a,yes,It is named.
Q006,work-b,yes,It seems so.
Q007,reason,nothing,There is none.
""",
    "readings/reading-2.csv": """\
question,unit,says,why
Q006,work-a,yes,It is named.
Q006,work-b,nothing,It is silent.
Q007,reason,nothing,There is none.
""",
    "readings/settled.csv": """\
question,unit,says,reason_en,reason_id
Q006,work-b,nothing,It only seems so.,Hanya tampak demikian.
""",
    "sources.csv": """\
source,label_en,label_id,period,value,unit,seen,title_en,title_id,address,seen_on,note_en,note_id
share,A share,Sebuah pangsa,2020,12.46,percent,whole,A register,Sebuah register,https://example.org/share,2026-11,,
share-2018,A share,Sebuah pangsa,2018,11.24,percent,part,An old register,Register lama,https://example.org/old,2026-10,An old one.,Yang lama.
""",
    "searches.csv": """\
search,label_en,label_id,looked_for_en,looked_for_id,where_en,where_id,date,nearest_en,nearest_id,nearest_address,settles_en,settles_id
regulation,the regulation of North,peraturan North,its number,nomornya,public pages,laman publik,2026-11,a draft,sebuah rancangan,https://example.org/draft,its text,naskahnya
""",
    "errata.csv": """\
erratum,page,scan_line,anchor,kind,found_en,found_id,correction_en,correction_id,claim,origin
R01,175,5,tiga,meaning,three announced,tiga disebut,two,dua,K003,article
R02,176,12,beban kerja,print,a letter too many,satu huruf berlebih,workload,beban,,scan?
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
    "context/hci.csv": """\
iso3,country_en,country_id,asean,year,hci
IDN,Indonesia,Indonesia,true,2020,0.54
""",
    "context/egdi.csv": """\
iso3,country_en,country_id,asean,year,egdi,egdi_rank
IDN,Indonesia,Indonesia,true,2020,0.66,88
IDN,Indonesia,Indonesia,true,2018,0.53,107
MYS,Malaysia,Malaysia,true,2020,0.79,47
LAO,Laos,Laos,true,2020,0.33,167
JPN,Japan,Jepang,false,2020,0.9,14
""",
    "printed-figures.csv": """\
item,series,value,label_en,label_id,page,scan_line,anchor
A01,six-p-in-the-review,,Plans,Rencana,175,2,semua
A02,six-p-in-the-review,,Intake,Penerimaan,175,4,daring
A03,six-p-in-the-results,,Planning,Perencanaan,175,2,semua
A04,six-p-in-the-results,,Recruiting,Perekrutan,175,4,daring
""",
    "article/words.csv": """\
section,word,count
start,daring,1
north,daring,2
south,jabatan,1
""",
    "article/shared.csv": """\
first_section,second_section,first_line,second_line,words
north,south,11,21,9
north,south,13,23,12
""",
    "article/lines.csv": """\
first_line,last_line,state
1,1,heading
11,11,heading
15,15,running head
19,19,unreadable
""",
    "article/blank.csv": """\
first_line,last_line
20,20
""",
    "releases/releases.csv": "version,date\n",
    "releases/changes.csv": "since,number,reason_en,reason_id\n",
    "audit/cards.csv": """\
question,auditor,sign,why
Q001,1,true,
Q002,1,false,The hedge is lost.
Q001,2,true,
""",
}


SHAPES = """\
{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry":
 {"type": "Polygon", "coordinates": [[[100.0, 0.0], [101.0, 0.0], [101.0, 1.0], [100.0, 0.0]]]}}]}
"""


@pytest.fixture(autouse=True)
def same_environment() -> Iterator[None]:
    """What a test sets in the environment, or makes the program set there, ends with it."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


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
def of_article(shipped) -> data_module.Data:
    """The shipped data without regencies that somebody added to the article's."""
    return shipped.article_alone()


@pytest.fixture(scope="session")
def article() -> str:
    """The text of the article, where the reader has it (``SMART_ASN_ARTICLE`` says where)."""
    if not ARTICLE.exists():
        pytest.skip("the article's text is not at hand; SMART_ASN_ARTICLE can say where it is")
    return ARTICLE.read_text("utf-8")


@pytest.fixture
def edition(small: data_module.Data) -> Edition:
    """The English edition of the small world, as the chapter on North has it open."""
    return Edition(small, Language("en"), "regencies/north")


@pytest.fixture
def indonesian(small: data_module.Data) -> Edition:
    """The Indonesian edition of the small world, as the chapter on North has it open."""
    return Edition(small, Language("id"), "regencies/north")


@pytest.fixture(scope="module")
def browser() -> Iterator:
    """A real browser, for a module's tests."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the English edition is served, for a module's tests."""
    with serving(SITE) as base:
        yield f"{base}en/"


@pytest.fixture
def page(browser, address: str) -> Iterator:
    """A page on a desk; the test fails if the browser complains, or asks another host for anything."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    found = watch(opened, address.removesuffix("en/"))
    opened.on("dialog", lambda dialog: dialog.accept())
    yield opened
    context.close()
    assert found == []
