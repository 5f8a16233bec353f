"""A page's metadata for search engines, reference managers and archives: Open Graph, Highwire, Dublin Core, schema.org."""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape
from typing import Any

from smart_asn.language import Language
from smart_asn.places import ROOT
from smart_asn.site.citation import Work, works
from smart_asn.site.signposts import ITEMS, LICENCE

COVER_SIZE = {"width": 1200, "height": 630}
"""The pixels of the picture that stands for the book."""


def tags(
    address: str,
    title: str,
    description: str,
    language: str,
    picture: str,
    whole: bool,
    shown: str = "",
) -> str:
    """The metadata of a page as markup: description, canonical address, Open Graph, citation tags, Dublin Core, JSON-LD.

    Parameters
    ----------
    address
        The page's full address, or nothing while the site's address is not set.
    picture
        The address of the picture that stands for the book.
    whole
        Whether the page stands for the whole book (the landing page) or is one chapter.
    shown
        What the picture shows, in words.
    """
    edition, article = works()
    book = Language(language)(edition.title)
    parts = [
        ("name", "description", description),
        ("property", "og:title", title),
        ("property", "og:description", description),
    ]
    parts += [("property", "og:type", "book" if whole else "article"), ("property", "og:image", picture)]
    parts += [("property", f"og:image:{name}", str(size)) for name, size in COVER_SIZE.items()]
    parts += [("property", "og:image:alt", shown)] if shown else []
    parts += [
        ("property", "og:site_name", book),
        ("property", "og:locale", {"en": "en_GB", "id": "id_ID"}[language]),
    ]
    parts += [
        ("name", "twitter:card", "summary_large_image"),
        ("name", "citation_title", book if whole else title),
    ]
    parts += [("name", "citation_author", name) for name in edition.names]
    parts += [
        ("name", "citation_publication_date", str(edition.year)),
        ("name", "citation_language", language),
    ]
    parts += [] if whole else [("name", "citation_inbook_title", book)]
    reference = f"citation_title={article.title}; citation_author={article.names[0]}; citation_journal_title={article.journal}; "
    reference += f"citation_volume={article.volume}; citation_firstpage={article.first_page}; citation_lastpage={article.last_page}; "
    parts.append(("name", "citation_reference", f"{reference}citation_publication_date={article.year}"))
    if address:
        parts += [("property", "og:url", address), ("name", "citation_public_url", address)]
    markup = [f'<meta {kind}="{name}" content="{escape(content)}">' for kind, name, content in parts]
    if address:
        markup.append(f'<link rel="canonical" href="{escape(address)}">')
    markup.append(dublin_core(book if whole else title, description, language, address))
    markup.append(json_ld(_described(edition, article, address, title, description, language, whole)))
    return "\n".join(markup)


def dublin_core(title: str, description: str, language: str, address: str = "") -> str:
    """A page's metadata by Dublin Core, as catalogues of libraries and archives read it, in ``meta`` elements."""
    edition, article = works()
    facts = [
        ("title", title),
        *(("creator", name) for name in edition.names),
        ("description", description),
        ("date", edition.date),
        ("language", language),
        ("type", "Text"),
        ("format", "text/html"),
        ("identifier", address),
        ("rights", LICENCE),
        (
            "source",
            f"{article.names[0]}, {article.journal} {article.volume} ({article.year}), {_pages(article)}",
        ),
    ]
    markup = ['<link rel="schema.DC" href="http://purl.org/dc/elements/1.1/">']
    markup += [f'<meta name="DC.{name}" content="{escape(said)}">' for name, said in facts if said]
    return "\n".join(markup)


def json_ld(thing: dict[str, Any]) -> str:
    """A description as a data block: no script, so the page's policy neither allows nor forbids it."""
    text = json.dumps(thing, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def schema_article(article: Work) -> dict[str, Any]:
    """The article in the vocabulary of schema.org."""
    return {
        "@type": "ScholarlyArticle",
        "name": article.title,
        "headline": article.title,
        "author": {
            "@type": "Person",
            "name": " ".join(reversed(article.authors[0])).strip(),
            "familyName": article.authors[0][0],
            "givenName": article.authors[0][1],
        },
        "datePublished": str(article.year),
        "pagination": _pages(article),
        "isPartOf": {
            "@type": "PublicationVolume",
            "volumeNumber": article.volume,
            "isPartOf": {"@type": "Periodical", "name": article.journal},
        },
    }


def organisations(edition: Work) -> list[dict[str, str]]:
    """Who made the edition, in the vocabulary of schema.org."""
    return [{"@type": "Organization", "name": name} for name in edition.names]


@lru_cache
def schema_dataset(site: str, here: str) -> dict[str, Any]:
    """The data package in the vocabulary of schema.org, with the files to take away as the page ``here`` names them."""
    edition, article = works()
    package = json.loads((ROOT / "data" / "datapackage.json").read_text("utf-8"))
    files = [
        {"@type": "DataDownload", "contentUrl": item.seen(site, here), "encodingFormat": item.kind}
        for item in ITEMS
    ]
    return {
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "version": package["version"],
        "datePublished": edition.date,
        "license": package["licenses"][0]["path"],
        "isAccessibleForFree": True,
        "creator": organisations(edition),
        "isBasedOn": schema_article(article),
        "distribution": files,
    }


def _pages(article: Work) -> str:
    return f"{article.first_page}–{article.last_page}"


def _described(
    edition: Work, article: Work, address: str, title: str, description: str, language: str, whole: bool
) -> dict[str, Any]:
    """The page in the vocabulary of schema.org; the landing page describes book, article and data set."""
    book: dict[str, Any] = {
        "@type": "Book",
        "name": edition.title,
        "version": edition.version,
        "datePublished": edition.date,
        "license": LICENCE,
        "author": organisations(edition),
        "inLanguage": language,
        "isBasedOn": schema_article(article),
    }
    page = {"url": address} if address else {}
    if not whole:
        return {
            "@context": "https://schema.org",
            "@type": "Chapter",
            "name": title,
            "description": description,
            "inLanguage": language,
            "isPartOf": book,
        } | page
    start = f"{language}/index.html"
    site = address.removesuffix(start).rstrip("/")
    graph = [book | {"description": description} | page, schema_dataset(site, start)]
    return {"@context": "https://schema.org", "@graph": graph}
