"""The reference list and the citations in Indonesian: the styles that the book uses anyway, with Indonesian words.

``short_citations`` gives the citations as text, for where Sphinx is not. ``register`` makes the styles known under ``LIST`` (to pybtex) and ``CITATION`` (to the citations in the text).
A work whose title is a description in brackets has it in Indonesian as the field ``title_id``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pybtex.plugin
import sphinxcontrib.bibtex.plugin
from pybtex.database import parse_file
from pybtex.style import FormattedEntry
from pybtex.style.formatting.alpha import Style as AlphaStyle
from pybtex.style.template import FieldIsMissing, Node, join, node, optional, sentence, words
from pybtex.style.template import field as of_entry
from sphinxcontrib.bibtex.style.referencing import PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

LIST, CITATION = "alpha_indonesian", "author_year_indonesian"

WORDS = {
    "In": "Dalam",
    "in": "dalam",
    "of": "dari",
    "Number": "Nomor",
    "number": "nomor",
    "chapter": "bab",
    "pages": "halaman",
    "editor": "penyunting",
    "editors": "penyunting",
    "Technical Report": "Laporan teknis",
    "PhD thesis": "Disertasi",
    "Master's thesis": "Tesis",
}
"""Words of the English style, in Indonesian."""


@node
def people(children: list, context: dict, role: str) -> object:
    """The names in a role: «A dan B», «A, B, dan C»; «A, B, dkk.» where the entry ends with «and others»."""
    persons = context["entry"].persons.get(role)
    if not persons:
        raise FieldIsMissing(role, context["entry"])
    style = context["style"]
    names = [style.format_name(p, style.abbreviate_names) for p in persons if str(p) != "others"]
    if len(names) < len(persons):
        return join(sep=", ")[(*names, "dkk.")].format_data(context)
    return join(sep=", ", sep2=" dan ", last_sep=", dan ")[names].format_data(context)


def translated(template: Node) -> Node:
    """A template of pybtex with its own words in Indonesian."""
    copy = template()
    copy.children = [
        translated(part) if isinstance(part, Node) else WORDS.get(part, part) for part in copy.children
    ]
    return copy


class IndonesianList(AlphaStyle):
    """The style ``alpha`` in Indonesian."""

    def format_names(self, role: str, as_sentence: bool = True) -> Node:
        return sentence[people(role)] if as_sentence else people(role)

    def format_title(self, e, which_field: str, as_sentence: bool = True) -> Node:
        own = f"{which_field}_id"
        return super().format_title(e, own if own in e.fields else which_field, as_sentence)

    def format_edition(self, e) -> Node:
        number = of_entry("edition", apply_func=lambda text: re.sub(r"^(\d+)\w*$", r"ke-\1", str(text)))
        return optional[words["edisi", number]]

    def format_entry(self, label, entry, bib_data=None) -> FormattedEntry:
        template = translated(getattr(self, f"get_{entry.type}_template")(entry))
        context = {"entry": entry, "style": self, "bib_data": bib_data}
        return FormattedEntry(entry.key, template.format_data(context), label)


@dataclass
class IndonesianCitation(AuthorYearReferenceStyle):
    """Citations by author and year in Indonesian."""

    person: PersonStyle = field(
        default_factory=lambda: PersonStyle(sep2=" dan ", last_sep=", dan ", other=" dkk.")
    )


def short_citations(bibliography: Path, language: str) -> dict[str, str]:
    """Each work of a bibliography as a page cites it, such as ``Cohen, 1960``, by its key; in a language."""
    last, others = {"en": (" and ", " et al."), "id": (" dan ", " dkk.")}[language]
    found = {}
    for key, entry in parse_file(str(bibliography)).entries.items():
        persons = entry.persons.get("author") or entry.persons.get("editor", [])
        names = [" ".join(str(part) for part in person.rich_last_names) for person in persons]
        shown = last.join(names) if len(names) < 3 else names[0] + others
        found[key] = ", ".join(part for part in (shown, entry.fields.get("year", "")) if part)
    return found


def register() -> None:
    """Make the styles known by their names."""
    pybtex.plugin.register_plugin("pybtex.style.formatting", LIST, IndonesianList)
    sphinxcontrib.bibtex.plugin.register_plugin(
        "sphinxcontrib.bibtex.style.referencing", CITATION, IndonesianCitation
    )
