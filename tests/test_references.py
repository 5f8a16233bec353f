"""The reference list and the citations of the Indonesian edition."""

import pytest
from pybtex.backends.plaintext import Backend
from pybtex.database import parse_file, parse_string
from pybtex.style.formatting.alpha import Style as AlphaStyle

from smart_asn.places import ROOT
from smart_asn.site.references import IndonesianCitation, IndonesianList

SHELF = """
@article{two, author={Cohen, Jacob and Fleiss, Joseph}, title={Kappa}, journal={Measures}, pages={1--2}, year={1960}}
@book{three, author={Frank, M. and Roehrig, P. and Pring, B.}, title={Machines}, publisher={Wiley}, edition={4th}, year={2017}}
@article{more, author={Moher, David and Clarke, Mike and others}, title={Items}, journal={Reviews}, year={2015}}
@incollection{part, author={Sen, A.}, title={Work}, editor={Li, X. and Tan, Y.}, booktitle={Jobs}, publisher={Sage}, chapter={3},
  pages={5--9}, year={2001}}
@techreport{report, author={Deloitte}, title={The journey}, institution={Deloitte}, year={2015}}
@misc{described, author={Dumalang, G.}, title={{[An article]}}, title_id={{[Sebuah artikel]}}, year={2021}}
"""


def listed(style, works) -> dict[str, str]:
    """The works by their keys, each as the list shows it."""
    made = style().format_bibliography(works)
    return {entry.key: entry.text.render(Backend()) for entry in made}


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("two", "Jacob Cohen dan Joseph Fleiss. Kappa. Measures, halaman 1–2, 1960."),
        ("three", "M. Frank, P. Roehrig, dan B. Pring. Machines. Wiley, edisi ke-4, 2017."),
        ("more", "David Moher, Mike Clarke, dkk. Items. Reviews, 2015."),
        ("part", "A. Sen. Work. Dalam X. Li dan Y. Tan, penyunting, Jobs, bab 3, halaman 5–9. Sage, 2001."),
        ("report", "Deloitte. The journey. Laporan teknis, Deloitte, 2015."),
        ("described", "G. Dumalang. [Sebuah artikel]. 2021."),
    ],
)
def test_joining_words_are_indonesian(key, shown):
    """Names are joined, and parts named, in Indonesian; a described title is described in it."""
    assert listed(IndonesianList, parse_string(SHELF, "bibtex"))[key].replace("\n", " ") == shown


def test_the_books_own_list():
    """The lists of the two editions hold the same works, and the Indonesian one none of the English style's words."""
    works = parse_file(str(ROOT / "book/references.bib"))
    ours = listed(IndonesianList, works)
    assert list(ours) == list(listed(AlphaStyle, works))
    names = {
        key: text.split(works.entries[key].fields["title"].strip("{}")[:12])[0] for key, text in ours.items()
    }
    assert [key for key, text in names.items() if " and " in text or "others" in text] == []
    assert [key for key, text in ours.items() if "edition" in text or "Technical" in text] == []


def test_citations_are_joined_in_indonesian():
    """Two names have «dan» between them, more than two «dkk.» after the first."""
    person = IndonesianCitation().person
    assert (person.sep2, person.last_sep, person.other) == (" dan ", ", dan ", " dkk.")
