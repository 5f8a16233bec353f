"""What a block comes to, for the tests of tables: its cells, words, links and caption."""

from bs4 import BeautifulSoup


def soup(block) -> BeautifulSoup:
    return BeautifulSoup(block._repr_html_(), "html.parser")


def rows(block) -> list[list[str]]:
    """The cells of a block's table as text, header left out."""
    body = soup(block).select("tbody tr")
    return [[" ".join(c.get_text(" ").split()) for c in r.find_all(["th", "td"])] for r in body]


def words(block) -> str:
    """A block as text."""
    return " ".join(soup(block).get_text(" ").split())


def links(block) -> list[str]:
    """Where a block's links lead."""
    return [a["href"] for a in soup(block).find_all("a")]


def caption(block) -> str:
    return soup(block).caption.get_text()
