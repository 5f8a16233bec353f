"""How data becomes a book: every task of the pipeline, in order. Run with ``make book``."""

from pathlib import Path
from typing import Annotated

from pytask import Product, task

from smart_asn.data import BUILD, DATA, ROOT, load
from smart_asn.execute import execute, pages
from smart_asn.language import Language
from smart_asn.ledger import gather
from smart_asn.site import EDITIONS, SITE, assemble, build_pages, swap
from smart_asn.weave import in_place, stage

BOOK = load()
NAMES = BOOK.regency_names
PAGES = pages(BOOK.regencies["regency"])
INPUTS = sorted(
    [*DATA.rglob("*.*"), *(ROOT / "src/smart_asn").glob("*.py"), *(ROOT / "locale").rglob("*.po")]
)
PROSE = sorted(
    [
        *(ROOT / "book").rglob("*.md"),
        *(ROOT / "book").rglob("*.bib"),
        *(ROOT / "book/_static").glob("*.*"),
        *(ROOT / "book/_static/fonts").glob("*"),
        *(ROOT / "book/_templates").glob("*"),
    ]
)
SETTINGS = [ROOT / "_config.yml", ROOT / "_toc.yml", *PROSE]


def executed(language: str, below: int) -> list[Path]:
    """The executed notebooks of all stages before one."""
    return [page.executed(language) for page in PAGES if page.stage < below]


for language in EDITIONS:
    for page in PAGES:

        @task(id=f"{language}-{page.slug}")
        def task_notebook(
            page=page,
            language=language,
            needs: list[Path] = [page.source, *INPUTS, *executed(language, page.stage)],
            makes: Annotated[Path, Product] = page.executed(language),
        ):
            execute(page, language, NAMES)

    @task(id=language)
    def task_pages(
        language=language,
        needs: list[Path] = [*executed(language, 9), *INPUTS, *SETTINGS],
        makes: Annotated[Path, Product] = BUILD / "pages" / language / "index.html",
    ):
        source = BUILD / "source" / language
        stage(BOOK, PAGES, gather(BOOK, language), Language(language), source)
        build_pages(source, makes.parent, language)


@task
def task_site(
    needs: list[Path] = [BUILD / "pages" / language / "index.html" for language in EDITIONS],
    makes: Annotated[Path, Product] = SITE / "index.html",
):
    swap(assemble({page.parent.name: page.parent for page in needs}, BOOK, gather(BOOK, EDITIONS[0])), SITE)
    in_place(BUILD / "source" / EDITIONS[0])
