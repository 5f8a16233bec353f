"""What looks through a built site (``built``, ``links``): it finds what it looks for in a site of one chapter."""

import json

import pytest
from built import Site, mismatches, missing_links
from links import broken_links

CARD = (
    '<details class="card {css}"><summary><span class="outcome {css}"></span></summary><div class="card-body" id="{low}">'
    '<a class="rule"><span class="outcome {css}"></span></a><ul class="statements"><li id="k{low}"></li></ul>{links}</div></details>'
)
GOOD = {"Q001": "supported", "Q002": "no basis given"}


def card(question, outcome, links=""):
    return CARD.format(low=question.lower(), css=outcome.replace(" ", "-"), links=links)


def write(folder, published=None, ledger=None, chapter=None, marked=None, evidence="", links=""):
    """A site of one chapter: ledger.json, the ledger's cards, the chapter's cards and its marks, each with outcomes."""
    published, ledger, chapter, marked = (
        GOOD if x is None else x for x in (published, ledger, chapter, marked)
    )
    (folder / "en/regencies").mkdir(parents=True)
    common = {"evidence": ["E001"], "passages": [], "sources": [], "searches": []}
    entries = {
        "claims": [
            {"claim": f"K{q}", "question": q, "outcome": o, "cell": f"en/one.html#k{q.lower()}"}
            for q, o in published.items()
        ],
        "questions": [
            {"question": q, "outcome": o, "claims": [f"K{q}"], "cell": f"en/one.html#{q.lower()}", **common}
            for q, o in published.items()
        ],
    }
    (folder / "ledger.json").write_text(json.dumps(entries), "utf-8")
    pages = {
        "ledger": "".join(
            card(q, o, f'<a href="one.html#{q.lower()}">cell</a>{links}') for q, o in ledger.items()
        ),
        "one": "".join(card(q, o, links) for q, o in chapter.items())
        + "".join(
            f'<a class="mark {o.replace(" ", "-")}" href="#k{q.lower()}">K{q}</a>' for q, o in marked.items()
        ),
        "regencies/north": evidence,
    }
    for name, body in pages.items():
        (folder / f"en/{name}.html").write_text(f"<html><body><main>{body}</main></body></html>", "utf-8")
    return Site(folder)


def test_a_good_site_passes(tmp_path):
    """Questions, entries, cards and marks that match have no mismatch."""
    assert mismatches(write(tmp_path), "en", list(GOOD)) == []


ONE, MORE = {"Q001": "supported"}, GOOD | {"Q003": "supported"}
OTHER = GOOD | {"Q002": "supported"}


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"published": ONE}, "Q002: a question, but not in ledger.json"),
        ({"published": MORE}, "Q003: in ledger.json, but not a question"),
        ({"ledger": ONE}, "Q002: no card at en/ledger.html#q002"),
        ({"chapter": ONE}, "Q002: no card at en/one.html#q002"),
        ({"chapter": MORE}, "Q003: in the pages, but not a question"),
        ({"chapter": OTHER}, "Q002: no basis given in ledger.json, supported at en/one.html#q002"),
        ({"ledger": OTHER}, "KQ002: no basis given in ledger.json, supported at en/ledger.html#q002"),
        ({"marked": ONE}, "KQ002: no mark in the prose"),
        ({"marked": OTHER}, "KQ002: no basis given in ledger.json, supported in a mark on en/one.html"),
    ],
)
def test_an_orphan_is_found(tmp_path, parts, message):
    """What lacks its entry, card or mark, what has one too many, and an outcome that differs are found."""
    assert message in mismatches(write(tmp_path, **parts), "en", list(GOOD))


def test_a_missing_link_is_found(tmp_path):
    """A source that does not lead back to the question is found, and so is a card without a link to its source."""
    link = '<a href="regencies/north.html#e001">E001</a>'
    back = '<p id="e001"><a href="../ledger.html#q001">Q001</a></p>'
    whole = {"published": ONE, "ledger": ONE, "chapter": ONE}
    bare = write(tmp_path / "a", **whole, evidence='<p id="e001">words</p>', links=link)
    assert missing_links(bare, "en", {"E001": "north"}) == [
        "Q001: no link from en/regencies/north.html#e001 back to the ledger"
    ]
    good = write(tmp_path / "b", **whole, evidence=back, links=link)
    assert missing_links(good, "en", {"E001": "north"}) == []
    assert missing_links(write(tmp_path / "c", **whole, evidence=back), "en", {"E001": "north"}) == [
        "Q001: no link from en/ledger.html to en/regencies/north.html#e001",
        "Q001: no link from en/one.html to en/regencies/north.html#e001",
    ]


def test_a_broken_link_is_found(tmp_path):
    """A missing file and a missing place are found; a place that is there, and other hosts, are not reported."""
    page = '<main id="héré"><a href="#h%C3%A9r%C3%A9">a</a><a href="#gone">b</a><a href="no.html">c</a><img src="no.svg"><a href="https://example.org/x">d</a></main>'
    (tmp_path / "index.html").write_text(page, "utf-8")
    count, broken = broken_links(tmp_path)
    assert count == 5
    assert broken == [
        "index.html: index.html#gone: Cannot find fragment",
        "index.html: no.html: File not found. Check if file exists and path is correct",
        "index.html: no.svg: File not found. Check if file exists and path is correct",
    ]
