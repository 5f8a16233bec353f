"""Which other Pythons build the book, and what may differ between what they build."""

import pytest
import pythons
from copies import FOLDERS, PARTS


@pytest.mark.parametrize(
    ("versions", "own", "expected"),
    [
        ([(3, 11), (3, 12), (3, 13)], (3, 11), [(3, 13)]),
        ([(3, 11), (3, 12), (3, 13)], (3, 12), [(3, 11), (3, 13)]),
        ([(3, 11), (3, 20)], (3, 20), [(3, 11)]),
        ([(3, 12)], (3, 12), []),
    ],
)
def test_the_lowest_and_the_highest(versions, own, expected):
    """Both, but for the one that has built the book."""
    assert pythons.others(versions, own) == expected


def test_what_may_differ():
    """What says how the book was built; a page, a figure or a file that is missing may not."""
    own = dict.fromkeys(
        (
            *("codecheck.yml", "en/certificate.html", "id/searchindex.js", "en/six-regencies-en.epub"),
            *("en/_static/tables/certificate-environment.csv", "ro-crate-metadata.json"),
            *("en/index.html", "en/_static/figures/figure-matrix.svg", "ledger.json"),
        ),
        "a",
    )
    other = dict.fromkeys(own, "b") | {"ledger.json": "a"}
    del other["en/index.html"]
    assert pythons.unlike(own, other) == [
        "differs   en/_static/figures/figure-matrix.svg",
        "missing   en/index.html",
    ]
    assert pythons.unlike(own, own) == []


def test_without_another_python(monkeypatch, capsys):
    """It is said, and nothing fails."""
    monkeypatch.setattr(pythons, "found", dict)
    assert pythons.main() == 0
    assert "no other Python than" in capsys.readouterr().out


def test_what_is_no_python_is_left_out(tmp_path):
    """A shim that leads nowhere is no interpreter."""
    shim = tmp_path / "python3.13"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    assert pythons.version_of(shim) is None


def test_the_copy_has_what_a_build_needs():
    """The sources that whole builds are tested with, and what makes an environment."""
    assert {*PARTS, *FOLDERS, "Makefile", "README.md", "LICENSE"} <= {*pythons.FILES, *pythons.FOLDERS}
