"""How data becomes a book: every task of the pipeline, in order. Run with ``make book``.

A task is run again when the seal over its inputs changes (``execute.inputs``, ``site.inputs``), or a file it needs.
"""

from pathlib import Path
from typing import Annotated

from pytask import Product, PythonNode, task

from smart_asn.chapters import needs
from smart_asn.pipeline import execute, site, take_away
from smart_asn.places import SITE

PAGES = execute.book()[1]

for language in site.EDITIONS:
    for page in PAGES:

        @task(id=f"{language}-{page.slug}")
        def task_notebook(
            chapter: Annotated[tuple, PythonNode(value=(page, language), hash=execute.inputs)],
            needs: list[Path] = needs(page, language, PAGES),
            executed: Annotated[Path, Product] = page.executed(language),
            checks: Annotated[Path, Product] = page.checks(language),
            results: Annotated[Path, Product] = page.results(language),
        ):
            execute.execute(*chapter)

    @task(id=f"{language}-to-run")
    def task_notebooks_to_run(
        language: Annotated[str, PythonNode(value=language, hash=site.inputs)],
        needs: list[Path] = [page.executed(language) for page in PAGES],
        makes: Annotated[Path, Product] = take_away.RUN / language / take_away.WRITTEN,
    ):
        site.write_notebooks_to_run(language)

    @task(id=language)
    def task_pages(
        language: Annotated[str, PythonNode(value=language, hash=site.inputs)],
        needs: list[Path] = [page.executed(language) for page in PAGES],
        makes: Annotated[Path, Product] = site.manifest(language),
    ):
        site.build_pages(language)


@task
def task_site(
    edition: Annotated[str, PythonNode(value=site.EDITIONS[0], hash=site.inputs)],
    needs: list[Path] = [site.manifest(language) for language in site.EDITIONS],
    makes: Annotated[Path, Product] = SITE / "index.html",
):
    site.publish()
