"""The command line: build the book, check data and locators, look at a card."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from smart_asn.added import FACTS
from smart_asn.language import LANGUAGES

if TYPE_CHECKING:
    from smart_asn.data import Data


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 for success, 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="smart-asn", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="build the whole book, from data to HTML")
    build.add_argument("--only", default="", help="run only tasks with this in their name, such as notebook")
    build.add_argument("--scheduler", default="", help="the address of a Dask scheduler to run the tasks on")
    commands.add_parser("pdf", help="print the built book as PDFs and offer them on the site; needs Chromium")
    commands.add_parser("validate", help="check every file of data/ against datapackage.json")
    commands.add_parser("publication", help="say what a publisher has set; 1 if a setting is wrong")
    words = commands.add_parser(
        "translations", help="refresh the catalogues in locale/; 1 if any is incomplete"
    )
    words.add_argument("--check", action="store_true", help="write nothing; 1 also if any is out of date")
    locators = commands.add_parser("check-locators", help="check every locator against the article's text")
    locators.add_argument("article", type=Path, help="the text of the scanned article")
    wording = commands.add_parser("check-wording", help="check that no Indonesian text is the article's own")
    wording.add_argument("article", type=Path, help="the text of the scanned article")
    derived = commands.add_parser("derive", help="write data/article/ anew from the article's text")
    derived.add_argument("article", type=Path, help="the text of the scanned article")
    for name, what in (
        ("check", "print the card of a statement (K001) or question (Q001), what it rests on, and its cell"),
        ("explain", "print what would change the outcome of a statement or question"),
    ):
        card = commands.add_parser(name, help=what)
        card.add_argument("number", help="its number in the ledger")
        card.add_argument("--language", default="en", help="the edition: en or id")
    reviewed = commands.add_parser("reviews", help="compare reviews that the review walk saved")
    reviewed.add_argument("files", type=Path, nargs="+", metavar="FILE", help="a saved review (JSON)")
    reviewed.add_argument("--language", default="en", help="the language of the report: en or id")
    verified = commands.add_parser(
        "verify",
        help="find every anchor in a copy of the article; 1 if some are not there, 2 if it is no copy",
    )
    verified.add_argument("article", type=Path, help="the article as a PDF with its text, or as a text file")
    verified.add_argument("--language", default="en", help="the language of the report: en or id")
    new = commands.add_parser(
        "new-regency", help="add a regency to compare: write the rows to fill, or say what is missing in them"
    )
    new.add_argument(
        "regency", help="its name in small letters, with hyphens: the name of its folder and its page"
    )
    for field, what in FACTS.items():
        new.add_argument(f"--{field.replace('_', '-')}", default="", help=what)
    new.add_argument(
        "--language", default="en", choices=LANGUAGES, help="of the rules in the tables: en or id"
    )
    skeleton = commands.add_parser("skeleton", help="write a small edition of another article, to begin with")
    skeleton.add_argument("folder", type=Path, help="a folder that is new or empty")
    released = commands.add_parser(
        "release", help="make a release: its ledger, its archive and its checksums"
    )
    released.add_argument("version", help="its version, which every file must name")
    again = commands.add_parser(
        "reproduce", help="build anew and compare with a release; 1 if something differs, 2 without a release"
    )
    again.add_argument(
        "sums", type=Path, nargs="?", help="a release's SHA256SUMS; else the newest in data/releases"
    )
    options = parser.parse_args(arguments)
    if options.command == "skeleton":
        from smart_asn.skeleton import write_skeleton

        try:
            print(f"Written: {write_skeleton(options.folder)}. Run `make book` in it.")
        except ValueError as error:
            print(f"{error}; nothing was written.", file=sys.stderr)
            return 1
        return 0
    if options.command == "new-regency":
        return _new_regency(options)
    if options.command == "build":  # which has much to import, and sees itself to what comes first
        from smart_asn.pipeline.build import build_book

        return build_book(options.only, options.scheduler)
    if options.command == "publication":
        from smart_asn.pipeline.preflight import check_settings
        from smart_asn.publication import publication, report

        wrong = check_settings()
        for line in wrong or report(publication()):
            print(line, file=sys.stderr if wrong else sys.stdout)
        return 1 if wrong else 0
    if options.command == "reproduce":
        from smart_asn.release.reproduce import reproduce

        return reproduce(options.sums)
    if options.command == "release":
        return _release(options.version)
    if options.command == "pdf":
        from smart_asn.pipeline.build import print_books

        return print_books()
    if options.command == "derive":
        from smart_asn.derived import write
        from smart_asn.places import DATA

        for path in write(options.article, DATA):
            print(f"Written: {path.relative_to(DATA.parent)}")
        return 0
    from smart_asn.data import DataError, load

    try:
        data = load()
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    if options.command == "validate":
        print("Every file of data/ is as data/datapackage.json describes it.")
        return 0
    if options.command == "translations":
        from smart_asn.catalogues import CatalogueError, check_catalogues
        from smart_asn.translations import translations

        try:
            check_catalogues()
        except CatalogueError as error:
            return _report(
                str(error).splitlines(), "places in the catalogues are broken; nothing was written"
            )
        return _report(
            translations(data, write=not options.check), "messages are missing, fuzzy or out of date"
        )
    if options.command == "check-wording":
        from smart_asn.translations import borrowed, indonesian_texts

        found = borrowed(indonesian_texts(data), options.article.read_text("utf-8"))
        return _report(found, "texts have eight words of the article in a row")
    if options.command in ("check", "explain"):
        return _card(data, options.command, options.number, options.language)
    if options.command == "reviews":
        return _reviews(data, options.files, options.language)
    if options.command == "verify":
        return _verify(data, options.article, options.language)
    return _locators(data, options.article)


def _release(version: str) -> int:
    """Make a release, and say where it is and what is left to do."""
    from smart_asn.data import DataError
    from smart_asn.places import ROOT
    from smart_asn.release.build import BuildError
    from smart_asn.release.make import ReleaseError, release

    try:
        folder = release(version)
    except (BuildError, DataError, ReleaseError) as error:
        print(f"{error}\nNo release was made.", file=sys.stderr)
        return 1
    print(
        f"Release {version} is in {folder.relative_to(ROOT)}. Commit data/releases, and publish what is there."
    )
    return 0


def _verify(data: Data, article: Path, language: str) -> int:
    """Print where every anchor stands in a copy of the article."""
    from smart_asn.desk.matching import NOT_FOUND
    from smart_asn.desk.verify import CopyError, report, verify
    from smart_asn.language import Language

    try:
        speak = Language(language)
        matches = verify(data, article, speak)
    except (CopyError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    for line in report(matches, speak):
        print(line)
    return 1 if any(m.state == NOT_FOUND for m in matches) else 0


def _reviews(data: Data, files: list[Path], language: str) -> int:
    """Print what saved reviews come to."""
    from smart_asn.desk.records import build_checksum, records
    from smart_asn.desk.reviews import ReviewError, read_review, report
    from smart_asn.language import Language
    from smart_asn.ledger import gather

    try:
        speak = Language(language)
        reviews = [read_review(path) for path in files]
        made = records(data, gather(data, "en"))
    except (FileNotFoundError, ReviewError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    for line in report(reviews, made, build_checksum(made), speak):
        print(line)
    return 0


def _card(data: Data, command: str, number: str, language: str) -> int:
    """Print a card, or what would change it."""
    from smart_asn.desk.check import (
        card_lines,
        cell_runner,
        cells_of,
        dropped_lines,
        explain_lines,
        find,
        key_of,
    )
    from smart_asn.desk.records import records
    from smart_asn.edition import Edition
    from smart_asn.history import history, tombstones
    from smart_asn.language import Language
    from smart_asn.ledger import gather

    try:
        edition = Edition(data, Language(language), "")
        questions = gather(data, language)
        gone = tombstones(history(data, questions)).get(key_of(number))
        if gone:
            print("\n".join(dropped_lines(edition, gone)))
            return 0
        made = records(data, questions)
        record = find(made, number, edition.language)
    except (FileNotFoundError, KeyError, ValueError) as error:
        print(error.args[0], file=sys.stderr)
        return 1
    question = record["id"] if record["type"] == "question" else record["question"]
    cell = cells_of(data, language).get(question, "") if question else ""
    if command == "check":
        lines = card_lines(edition, made, number, cell)
    else:
        again = cell_runner(language)(cell, made[question]["chapter"]) if cell else None
        lines = explain_lines(edition, made, number, again)
    with contextlib.suppress(BrokenPipeError):  # whoever reads, such as head, has seen enough
        print("\n".join(lines), flush=True)
    return 0


def _new_regency(options: argparse.Namespace) -> int:
    """Write the three files of a new regency; where they are there already, say all that is missing in them.

    In a terminal it asks for the facts that were not given; an empty answer leaves them to be filled in.
    """
    from smart_asn import added
    from smart_asn.datapackage import DataError, read_package, read_tables
    from smart_asn.language import Language
    from smart_asn.places import DATA

    tables = read_tables(DATA, read_package(DATA))
    if options.regency in added.regencies(DATA):
        problems = added.check(DATA, options.regency, tables)
        if problems:
            print(DataError(problems), file=sys.stderr)
            return 1
        print(f"Everything is filled in for {options.regency}. `make book` gives it a chapter.")
        return 0
    known = {field: getattr(options, field) for field in FACTS if getattr(options, field)}
    if sys.stdin.isatty():
        with contextlib.suppress(EOFError):  # Ctrl-D: the rest is filled in later
            for field, what in added.facts(Language(options.language)).items():
                if field not in known and (answer := input(f"{field} ({what}): ").strip()):
                    known[field] = answer
    try:
        folder = added.write_forms(DATA, options.regency, known, tables, options.language)
    except ValueError as error:
        print(f"{error}.", file=sys.stderr)
        return 1
    print(
        f"Written: {folder.relative_to(DATA.parent)}. Fill its three files in a spreadsheet; run this again to see what is missing."
    )
    return 0


def _report(problems: list[str], what: str) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(problems)} {what}.")
    return 1 if problems else 0


def _locators(data: Data, article: Path) -> int:
    from smart_asn.locators import check_locators
    from smart_asn.rules import LOCATED, Tables

    if not article.exists():
        print(f"Skipped: the article's text is not at {article}, so its locators are not checked.")
        return 0
    tables = data.article_alone().tables
    problems = check_locators(Tables(tables, data.package), article.read_text("utf-8"))
    for problem in problems:
        print(problem, file=sys.stderr)
    count = sum((tables[t]["anchor"] != "").sum() for t in LOCATED)
    print(f"{count - len(problems)} of {count} anchors stand where their locator says.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
