"""How data becomes a book: every task of the pipeline, in order. Run with ``make book``.

A task is run again when the seal over its inputs changes (``execute.inputs``, ``publish.inputs``), or a file it needs.
What people edit is in the seals, which are taken before a task runs: pytask notes the state of a path afterwards, so
that an edit made meanwhile would be lost.
"""

from pathlib import Path
from typing import Annotated

from pytask import Product, PythonNode, task

from smart_asn.chapters import needs
from smart_asn.pipeline import execute, export, publish, take_away
from smart_asn.pipeline.preflight import PUBLISHED

PAGES = execute.load_book()[1]

for language in publish.EDITIONS:
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
        language: Annotated[str, PythonNode(value=language, hash=publish.inputs)],
        needs: list[Path] = [page.executed(language) for page in PAGES],
        makes: Annotated[Path, Product] = take_away.RUN / language / take_away.WRITTEN,
    ):
        publish.write_notebooks_to_run(language)

    @task(id=language)
    def task_pages(
        language: Annotated[str, PythonNode(value=language, hash=publish.inputs)],
        needs: list[Path] = [page.executed(language) for page in PAGES],
        makes: Annotated[Path, Product] = publish.manifest(language),
    ):
        publish.build_pages(language)


@task
def task_exports(
    languages: Annotated[tuple, PythonNode(value=publish.EDITIONS, hash=export.inputs)],
    needs: list[Path] = [page.checks(publish.EDITIONS[0]) for page in PAGES],
    makes: Annotated[Path, Product] = export.LISTED,
):
    export.write_exports(languages)


@task
def task_site(
    edition: Annotated[str, PythonNode(value=publish.EDITIONS[0], hash=publish.inputs)],
    needs: list[Path] = [*(publish.manifest(language) for language in publish.EDITIONS), export.LISTED],
    makes: Annotated[Path, Product] = PUBLISHED,
):
    publish.publish()
