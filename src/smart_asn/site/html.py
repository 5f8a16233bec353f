"""The finish of a page, as pure functions on its HTML: terms explained where they stand, a policy it satisfies."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape, unescape

TAG = re.compile(r"(<!--.*?-->|<[^>]*>)", re.S)
NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
FOLD = re.compile(r'<summary aria-label="[^"]*">\s*<p[^>]*>(.*?)</p>\s*<p[^>]*>.*?</p>\s*</summary>', re.S)
CODE = re.compile(r"(<pre.*?</pre>)", re.S)
WHOLE = re.compile(r"\b(?:(?:pp?|hlm)\. \d[\d–]*|PRISMA-P\b)(?=[^<>]*<)")
"""Texts outside tags that no line may end within: a page with its number, a checklist's name."""
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
NO_TERMS = {
    "a", "button", "caption", "code", "dt", "figcaption", "h1", "h2", "h3", "h4", "label", "option", "pre", "q", "script", "select",
    "style", "summary", "svg", "th",
}  # fmt: skip
"""Elements in which a term is left as it is: it has a link or another duty already, or is quoted."""

THEME_SCRIPT = (
    'try{var t=localStorage.getItem("theme");if(t)document.documentElement.dataset.theme=t}catch(e){}'
    "const page=document.documentElement.dataset;page.scripts='';"
    'if(location.protocol!="file:")for(const name of["source-sans-3","source-serif-4-semibold",page.italic]){'
    "if(!name)continue;"
    'const link=document.createElement("link");'
    'Object.assign(link,{rel:"preload",as:"font",type:"font/woff2",crossOrigin:"",'
    "href:page.content_root+`_static/fonts/${name}.woff2`});"
    "document.head.append(link)}"
)
"""Set the reader's theme before the page is painted, and ask for its typefaces at once: the italic where it is used.

A browser refuses to fetch a typeface ahead for a page that is opened as a file.
"""

ICONS = {
    "menu": "M4 6h16M4 12h16M4 18h16",
    "close": "M6 6l12 12M18 6L6 18",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20 20",
    "sun": "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M5 5l1.7 1.7M17.3 17.3L19 19M5 19l1.7-1.7M17.3 6.7L19 5",
    "moon": "M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5z",
    "code": "M8 7l-5 5 5 5M16 7l5 5-5 5",
    "download": "M12 4v11M7 11l5 5 5-5M5 20h14",
    "run": "M7 5l12 7-12 7z",
}


def icon(name: str) -> str:
    """A small picture that inherits its colour; the words beside it, or the control's label, name it."""
    return f'<svg class="icon icon-{name}" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true"><path d="{ICONS[name]}"/></svg>'


def policy(*scripts: str, styles: Iterable[str] = ()) -> str:
    """A Content-Security-Policy: the page's own files, these inline scripts and styles, and nothing else."""
    allowed = [" ".join(["'self'", *map(_digest, texts)]) for texts in (scripts, styles)]
    return (
        f"default-src 'none'; script-src {allowed[0]}; style-src {allowed[1]}; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@dataclass(frozen=True)
class Term:
    """A term of the glossary: what it means, and the address of its entry as seen from the page."""

    meaning: str
    address: str


def correct_markup(body: str) -> str:
    """A page's body with markup that checkers reject made good, and without breaks where no line may end.

    Made good are the folds of code cells and the roles of literature; kept on one line are a page with its number,
    and a checklist's name.
    """
    body = FOLD.sub(r"<summary><span>\1</span></summary>", body)
    body = body.replace('role="doc-biblioentry"', 'role="listitem"')
    parts = CODE.split(body)
    parts[::2] = [WHOLE.sub(r'<span class="whole">\g<0></span>', part) for part in parts[::2]]
    return "".join(parts)


def mark_terms(body: str, terms: Mapping[str, Term]) -> str:
    """A page's body with the first mention of each term made a link to its entry that carries the meaning.

    Longer terms win over shorter ones within them. Markup, code, headings and quoted words stay as they are.
    """
    if not terms:
        return body
    names = sorted(terms, key=len, reverse=True)
    pattern = re.compile(
        r"(?<![\w-])(?<!\w\.)("
        + "|".join(re.escape(escape(n, quote=False)) for n in names)
        + r")(?![\w-]|\.\w)"
    )
    left = set(names)
    inside: list[str] = []
    parts: list[str] = []

    def mark(found: re.Match) -> str:
        name = unescape(found[1])
        if name not in left:
            return found[0]
        left.discard(name)
        term = terms[name]
        return f'<a class="term" href="{escape(term.address)}" data-meaning="{escape(term.meaning)}">{found[1]}</a>'

    for piece in TAG.split(body):
        if piece.startswith("<"):
            _follow(piece, inside)
            parts.append(piece)
        else:
            parts.append(piece if NO_TERMS.intersection(inside) else pattern.sub(mark, piece))
    return "".join(parts)


def _follow(tag: str, inside: list[str]) -> None:
    """Keep the list of open elements up to date with one more tag."""
    named = NAME.match(tag)
    if named is None or named[1].lower() in VOID or tag.endswith("/>"):
        return
    name = named[1].lower()
    if not tag.startswith("</"):
        inside.append(name)
    elif name in inside:
        while inside.pop() != name:
            pass


def shorten(text: str, most: int = 158) -> str:
    """The text's first words, at most so many characters, with an ellipsis where something was left out."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:–(") + "…"
