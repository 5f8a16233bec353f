"""Edits of the book's sources, of every kind, each of which changes what is published."""

from __future__ import annotations

import json

import pandas as pd
from copies import Copy


def edit_cell(copy: Copy, notebook: str, old: str, new: str) -> None:
    """Replace a text in the cells of a notebook; edited back, the file is what it was, for it is published as it is."""
    path = copy.root / "notebooks" / notebook
    content = json.loads(path.read_text("utf-8"))
    sources = ["".join(c["source"]) for c in content["cells"]]
    assert any(old in s for s in sources)
    for cell, source in zip(content["cells"], sources, strict=True):
        cell["source"] = source.replace(old, new).splitlines(keepends=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")


def edit_claim(copy: Copy) -> None:
    """Another wording of the first claim's statement."""
    path = copy.root / "data/claims.csv"
    claims = pd.read_csv(path, dtype=str, keep_default_na=False)
    claims.loc[0, "statement_en"] += " Or so."
    claims.to_csv(path, index=False, lineterminator="\n")


EDITS = {
    "an evidence row's words": lambda c: c.replace(
        "data/evidence.csv", ",analisis beban kerja,", ",analisis beban,"
    ),
    "an evidence row's doubt": lambda c: c.replace(
        "data/evidence.csv", ",analisis beban,false,,", ",analisis beban,true,x,x"
    ),
    "a claim": edit_claim,
    "a codebook label": lambda c: c.replace("data/codebook.csv", "Job analysis", "Analysis of posts"),
    "a regency's name": lambda c: c.replace("data/regencies.csv", "tapin,Tapin,", "tapin,Tapin Utara,"),
    "prose": lambda c: c.replace("book/reproduce.md", "# How to reproduce", "# How to reproduce it"),
    "a doubt that claims rest on": lambda c: c.replace(
        "data/evidence.csv",
        ",189,577,melakukan analisis jabatan,false,,",
        ",189,577,melakukan analisis jabatan,true,x,x",
    ),
    "a citation": lambda c: edit_cell(c, "public-sources.ipynb", "{cite}`un_egov2020`", "{cite}`frank2017`"),
    "a citation back": lambda c: edit_cell(
        c, "public-sources.ipynb", "{cite}`frank2017`", "{cite}`un_egov2020`"
    ),
    "an Indonesian text": lambda c: c.replace(
        "locale/id/LC_MESSAGES/book.po", 'msgstr "Glosarium"', 'msgstr "Daftar istilah"'
    ),
    "a message": lambda c: c.replace(
        "locale/id/LC_MESSAGES/smart_asn.po", 'msgstr "dilaporkan"', 'msgstr "dikabarkan"'
    ),
    "a notebook": lambda c: edit_cell(c, "glossary.ipynb", "# Glossary", "# Terms"),
    "a figure's style": lambda c: c.replace("src/smart_asn/markup.py", "#0b6394", "#0b6395"),
    "a function": lambda c: c.replace("src/smart_asn/tables/regency.py", 'speak("Capital")', 'speak("Seat")'),
    "the contents": lambda c: c.replace("_toc.yml", "caption: The check", "caption: The checks"),
    "the style sheet": lambda c: (c.root / "book/_static/book.css").open("a").write("\nhr { color: red; }\n"),
}

BROKEN = ("abstract.ipynb", 'unseen("smart-asn-proclamation")', "1 / 0")
"""A notebook, and what makes the cell of its first question end in an error: to be edited, and edited back."""
