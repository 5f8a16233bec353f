"""Search in Indonesian: words are looked up by their core, so that *perekrutan*, *merekrut* and *rekrut* are one.

Sphinx has no Indonesian stemmer. Snowball's takes *perekrutan* for ``ekrut`` and *merekrut* for ``rekrut``, and
*pegawai* and *kepegawaian* for two words; and it exists in Python alone, where the browser needs the same. So
the rules below are data, which both apply. In both languages numbers of several parts (4.0, 49/2018, 2020–2024) are
one word each besides their parts, which is all that Sphinx sees of them; ``search.js`` looks them up.
"""

from __future__ import annotations

import json
import re
from functools import cache

from sphinx.search import SearchLanguage, en

RULES = (
    r"^(\w{4,})(?:nya|lah|kah|pun)$",
    r"^ke(\w{4,})an$",
    r"^(?:(?:mem|di)per(?!iksa)|meng|meny|mem|men|me|di|ter|ber)(\w{3,}?)(?:kan)?$",
    r"^(?!periksa|pelihara)(?:peng|peny|pem|pen|per|pe)(\w{3,}?)(?:an)?$",
    r"^(\w{4,})an$",
    r"^[kmnprst](\w{3,})$",
    r"^(\w{4,})i$",
)
"""Patterns, applied in turn; each keeps its group. *Memper-* and *diper-* are one prefix, and *periksa* and
*pelihara* have none. The last but one drops the root's first consonant, which a prefix melts (*susun*, *menyusun*)
or which may belong to the prefix (*rekrut*, *perekrutan*)."""

NUMBER = re.compile(r"(?<!\w)\d+(?:[.,/\u2010-\u2015-]\d+)+(?!\w)")
"""A number of several parts, as ``search.js`` finds it in what a reader asks for."""


def numbers(text: str) -> list[str]:
    """The numbers of several parts in a text, written in one way: 38,04 is 38.04, and every dash a hyphen."""
    return [re.sub("[\u2010-\u2015]", "-", found).replace(",", ".") for found in NUMBER.findall(text)]


STOP_WORDS = """
ada adalah agar akan antara apa apabila atau bagi bahwa belum bila dalam dan dapat dari dengan di hal hanya ialah
ini itu jika juga karena ke lain lebih maka namun oleh pada para sebagai sedangkan sejak serta setiap suatu sudah
tapi telah tentang tersebut tetapi tidak untuk yaitu yakni yang
"""


@cache
def core(word: str) -> str:
    """The core of an Indonesian word in lower case: without affixes, and without the root's first consonant."""
    for rule in RULES:
        word = re.sub(rule, r"\1", word, flags=re.ASCII)
    return word


class WithNumbers(SearchLanguage):
    """A language in which a number of several parts is a word."""

    def split(self, input: str) -> list[str]:
        """The words of a text, and its numbers of several parts."""
        return super().split(input) + numbers(input)


class SearchIndonesian(WithNumbers):
    """The language of the search index and of the search page in the Indonesian edition."""

    lang = "id"
    language_name = "Indonesian"
    stopwords = set(STOP_WORDS.split())  # noqa: RUF012 (Sphinx reads it from the class)
    js_stemmer_code = (
        f"const RULES = {json.dumps(RULES)}.map((rule) => new RegExp(rule));\n"
        "var Stemmer = function () {\n"
        '  this.stemWord = (word) => RULES.reduce((kept, rule) => kept.replace(rule, "$1"), word);\n'
        "};\n"
    )

    def stem(self, word: str) -> str:
        """The word's core, in lower case; a stop word as it is, so that it is left out."""
        word = word.lower()
        return word if word in self.stopwords else core(word)


class SearchEnglish(WithNumbers, en.SearchEnglish):
    """Sphinx's own English with numbers, which stems a word once and not once for each page that has it."""

    def init(self, options: dict[str, str]) -> None:
        """Set the stemmer up."""
        super().init(options)
        self.stem = cache(self.stem)  # type: ignore[method-assign]
