"""How to cite the edition and its article: text to copy, and metadata for search engines, from ``CITATION.cff``."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from typing import Any

import yaml

from smart_asn.language import Language
from smart_asn.places import ROOT


@dataclass(frozen=True)
class Work:
    """A work that can be cited. ``authors`` are (family name, given names); a body has no given names.

    ``kind`` is ``article``, ``book``, or ``entry``: a part of the book, whose title is then in ``journal``.
    """

    key: str
    kind: str
    title: str
    authors: tuple[tuple[str, str], ...]
    year: int
    journal: str = ""
    volume: str = ""
    first_page: str = ""
    last_page: str = ""
    version: str = ""
    url: str = ""

    @property
    def names(self) -> list[str]:
        """The authors with the family name first."""
        return [", ".join(part for part in author if part) for author in self.authors]


@lru_cache
def works(url: str = "") -> tuple[Work, Work]:
    """The edition (published at ``url``, if it is known) and the article it is an edition of."""
    facts = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    article = facts["references"][0]
    edition = Work(
        "smartasn",
        "book",
        facts["title"],
        _authors(facts),
        int(facts["date-released"][:4]),
        version=facts["version"],
        url=url,
    )
    pages = {"first_page": article["start"], "last_page": article["end"]}
    original = Work(
        "dumalang2021",
        "article",
        article["title"],
        _authors(article),
        article["year"],
        article["journal"],
        article["volume"],
        **pages,
    )
    return edition, original


def entry(book: Work, key: str, title: str, name: str, version: str, url: str) -> Work:
    """A part of the book as a work of its own. ``name`` is the book's title; ``version`` names the build too."""
    return replace(
        book,
        key=f"{book.key}-{key.lower()}",
        kind="entry",
        title=title,
        journal=name,
        version=version,
        url=url,
    )


def _authors(facts: dict) -> tuple[tuple[str, str], ...]:
    return tuple(
        (a["name"], "") if "name" in a else (a["family-names"], a.get("given-names", ""))
        for a in facts["authors"]
    )


def bibtex(work: Work) -> str:
    """A BibTeX entry."""
    people = [
        name if author[1] else f"{{{name}}}" for name, author in zip(work.names, work.authors, strict=True)
    ]
    fields = {"author": " and ".join(people), "title": f"{{{work.title}}}", "year": str(work.year)}
    if work.kind == "article":
        fields |= {
            "journal": work.journal,
            "volume": work.volume,
            "pages": f"{work.first_page}--{work.last_page}",
        }
    fields |= {"booktitle": f"{{{work.journal}}}"} if work.kind == "entry" else {}
    fields |= {"note": f"Version {work.version}" if work.version else "", "url": work.url}
    kind = {"article": "article", "entry": "incollection"}.get(work.kind, "book")
    return f"@{kind}{{{work.key},\n" + ",\n".join(f"  {k} = {{{v}}}" for k, v in fields.items() if v) + "\n}"


def ris(work: Work) -> str:
    """A RIS record."""
    kind, home = {"article": ("JOUR", "JO"), "entry": ("CHAP", "T2")}.get(work.kind, ("BOOK", "JO"))
    lines = [("TY", kind), *(("AU", name) for name in work.names)]
    lines += [("TI", work.title), ("PY", str(work.year)), (home, work.journal), ("VL", work.volume)]
    lines += [
        ("SP", work.first_page),
        ("EP", work.last_page),
        ("ET", work.version),
        ("UR", work.url),
        ("ER", ""),
    ]
    return "\n".join(f"{tag}  - {value}" for tag, value in lines if value or tag == "ER")


def apa(work: Work) -> str:
    """A reference in the style of the American Psychological Association."""
    people = " & ".join(
        f"{a[0]}, {' '.join(f'{n[0]}.' for n in a[1].split())}" if a[1] else a[0] for a in work.authors
    )
    lead = f"{people.rstrip('.')}. ({work.year}). {work.title}"
    if work.kind == "article":
        return f"{lead}. {work.journal}, {work.volume}, {work.first_page}–{work.last_page}."
    stop = "" if work.title.endswith(("?", "!", ".")) else "."
    name = f"{stop} In {work.journal}" if work.kind == "entry" else ""
    return f"{lead}{name} (Version {work.version}) [Executable book]. {work.url}".rstrip(" .") + (
        "" if work.url else "."
    )


def csl(work: Work) -> str:
    """A record in CSL-JSON, as reference managers read it."""
    people = [
        {"family": family, "given": given} if given else {"literal": family} for family, given in work.authors
    ]
    kind = {"article": "article-journal", "entry": "chapter"}.get(work.kind, "book")
    facts = {
        "id": work.key,
        "type": kind,
        "title": work.title,
        "author": people,
        "issued": {"date-parts": [[work.year]]},
        "container-title": work.journal,
        "volume": work.volume,
        "page": f"{work.first_page}-{work.last_page}" if work.first_page else "",
        "version": work.version,
        "URL": work.url,
    }
    return json.dumps([{k: v for k, v in facts.items() if v}], indent=1, ensure_ascii=False)


COVER_SIZE = {"width": 1200, "height": 630}
"""The pixels of the picture that stands for the book."""

FORMATS = (("BibTeX", bibtex), ("RIS", ris), ("APA", apa))


def tags(
    address: str,
    title: str,
    description: str,
    language: str,
    picture: str,
    whole: bool,
    shown: str = "",
) -> str:
    """The metadata of a page as markup: description, canonical address, Open Graph, citation tags, JSON-LD.

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
    described = _described(edition, article, address, title, description, language, whole)
    text = json.dumps(described, ensure_ascii=False).replace("<", "\\u003c")
    return "\n".join([*markup, f'<script type="application/ld+json">{text}</script>'])


def _described(
    edition: Work, article: Work, address: str, title: str, description: str, language: str, whole: bool
) -> dict:
    """The page in the vocabulary of schema.org; the landing page describes book, article and data set."""
    original = {
        "@type": "ScholarlyArticle",
        "name": article.title,
        "author": {
            "@type": "Person",
            "familyName": article.authors[0][0],
            "givenName": article.authors[0][1],
        },
        "datePublished": str(article.year),
        "pagination": f"{article.first_page}–{article.last_page}",
        "isPartOf": {
            "@type": "PublicationVolume",
            "volumeNumber": article.volume,
            "isPartOf": {"@type": "Periodical", "name": article.journal},
        },
    }
    book: dict[str, Any] = {
        "@type": "Book",
        "name": edition.title,
        "version": edition.version,
        "datePublished": str(edition.year),
    }
    book |= {
        "author": [{"@type": "Organization", "name": name} for name in edition.names],
        "inLanguage": language,
        "isBasedOn": original,
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
    package = json.loads((ROOT / "data" / "datapackage.json").read_text("utf-8"))
    data = {
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "version": package["version"],
    }
    data |= {"license": package["licenses"][0]["path"], "isBasedOn": original, "creator": book["author"]}
    return {"@context": "https://schema.org", "@graph": [book | {"description": description} | page, data]}
