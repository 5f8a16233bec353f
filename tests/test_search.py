"""Search: numbers are words, any word may be asked for, and any fragment may stand in an address."""

from __future__ import annotations

import pytest
from built import IN_BROWSER

from smart_asn.site.search import SearchEnglish, SearchIndonesian, numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the years 2020–2024 and 2020-2025", ["2020-2024", "2020-2025"]),
        ("Industry 4.0, PP 49/2018.", ["4.0", "49/2018"]),
        ("38,04 is 38.04", ["38.04", "38.04"]),
        ("on 2019-03-12", ["2019-03-12"]),
        ("4,286,918 or 4.286.918", ["4.286.918", "4.286.918"]),
        ("E045, K007, page 12. 6P v1.2x", []),
    ],
)
def test_numbers_of_several_parts(text, found):
    """They are one word, however they are written."""
    assert numbers(text) == found


@pytest.mark.parametrize("language", [SearchEnglish, SearchIndonesian])
def test_numbers_are_in_the_index(language):
    """A number is a word of the index beside its parts, and has no affixes to be taken off."""
    search = language({})
    words = search.split("pada 2020–2024")
    assert words == ["pada", "2020", "2024", "2020-2024"]
    assert [search.stem(word) for word in words[1:]] == words[1:]


def ask(page, address, query):
    """The chapters that a search finds."""
    page.goto(f"{address}search.html?q={query}")
    page.wait_for_selector(".search-summary:not(:empty)")
    return set(page.eval_on_selector_all("#search-results li a", "links => links.map((a) => a.pathname)"))


class TestBuilt:
    """In the built book."""

    pytestmark = IN_BROWSER

    @pytest.mark.parametrize("query", ["2020-2024", "2020–2024", "4.0", "49/2018", "2020", "175"])
    def test_a_number_is_found(self, page, address, query):
        """Years, spans, versions and numbers of regulations are found."""
        assert ask(page, address, query)

    def test_a_number_narrows_a_search(self, page, address):
        """A number beside a word is looked for as well."""
        both, word = ask(page, address, "industry 4.0"), ask(page, address, "industry")
        assert both
        assert both <= word
        assert not ask(page, address, "industry 77.77.77")

    @pytest.mark.parametrize(
        "query", ["constructor", "__proto__", "hasOwnProperty", "toString", "valueOf", "__defineGetter__"]
    )
    def test_a_word_that_every_object_has(self, page, address, query):
        """The names of a script's own things are words like others: nothing is found, and nothing breaks."""
        assert ask(page, address, query) == set()

    @pytest.mark.parametrize(
        "query", ["%25", "%22%3E%3Cimg src=x onerror=alert(1)%3E", "[", "(", "*", "\\", "-", "–", "a" * 3000]
    )
    def test_a_query_of_signs(self, page, address, query):
        """Signs, markup and very long words are asked for like others."""
        ask(page, address, query)

    @pytest.mark.parametrize("hash_", ["#%", "#%E0%A4%A", "#<script>", "#constructor", "#:target", "#'\"]"])
    def test_an_address_with_any_fragment(self, page, address, hash_):
        """What names no place on the page changes nothing."""
        page.goto(f"{address}ledger.html{hash_}")
        assert page.locator("main h1").is_visible()

    def test_a_claim_in_capitals(self, page, address):
        """A claim's address may be typed as its number is printed."""
        page.goto(f"{address}ledger.html#K007")
        page.wait_for_function("location.hash === '#k007' && document.querySelector(':target')")
        assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 800
