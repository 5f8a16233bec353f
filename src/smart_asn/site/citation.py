"""How to cite the edition and its article: text to copy, from ``CITATION.cff``."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache

import yaml

from smart_asn.language import Language
from smart_asn.places import ROOT

OWN_WORDS = (
    "The contributors to this edition",
    "Article on six regencies and the Smart ASN (title page not available)",
)
"""What CITATION.cff says in words of its own, where a name or a title is lacking."""


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
    date: str = ""

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
        date=str(facts["date-released"]),
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


def bibtex(work: Work, speak: Language) -> str:
    """A BibTeX entry; its note is in the edition's words."""
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
    fields |= {"note": f"{speak('Version')} {work.version}" if work.version else "", "url": work.url}
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


def apa(work: Work, speak: Language) -> str:
    """A reference in the style of the American Psychological Association, with the edition's words."""
    people = " & ".join(
        f"{a[0]}, {' '.join(f'{n[0]}.' for n in a[1].split())}" if a[1] else speak(a[0]) for a in work.authors
    )
    title = speak(work.title)
    lead = f"{people.rstrip('.')}. ({work.year}). {title}"
    if work.kind == "article":
        return f"{lead}. {work.journal}, {work.volume}, {work.first_page}–{work.last_page}."
    stop = "" if title.endswith(("?", "!", ".")) else "."
    name = f"{stop} {speak('In')} {work.journal}" if work.kind == "entry" else ""
    kind = f"({speak('Version')} {work.version}) [{speak('Executable book')}]"
    return f"{lead}{name} {kind}. {work.url}".rstrip(" .") + ("" if work.url else ".")


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


def formats(work: Work, speak: Language) -> list[tuple[str, str]]:
    """How to cite a work, by the form's name."""
    return [("BibTeX", bibtex(work, speak)), ("RIS", ris(work)), ("APA", apa(work, speak))]
