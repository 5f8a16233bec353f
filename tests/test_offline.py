"""Notebooks are executed without a network: none asks for anything, and one that does is named."""

import os

import nbformat
import pytest
from offline import namespaces, run_offline

from smart_asn.pipeline import preflight
from smart_asn.pipeline.preflight import PUBLISHED
from smart_asn.places import BUILD, files_of

WAYS = [
    pytest.param(
        True,
        id="namespace",
        marks=pytest.mark.skipif(not namespaces(), reason="the system makes no network namespaces"),
    ),
    pytest.param(False, id="guard"),
]
ASKS = """\
import sys
from pathlib import Path
from smart_asn.chapters import NotebookError, Page
from smart_asn.pipeline.execute import execute
try:
    execute(Page("asks", Path(sys.argv[1])), "en")
except NotebookError as error:
    print(error)
"""


@pytest.mark.slow
@pytest.mark.parametrize("namespace", WAYS)
@pytest.mark.parametrize(
    "asks",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80), 5)",
        "import urllib.request; urllib.request.urlopen('http://192.0.2.1/', timeout=5)",
    ],
)
def test_a_cell_that_asks_the_network_fails_and_is_named(tmp_path, monkeypatch, namespace, asks):
    """It has no way out: the message has the notebook, the cell and what the system said."""
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell('language = "en"', metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell(asks),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(notebook, tmp_path / "asks.ipynb")
    monkeypatch.setenv("SMART_ASN_BUILD", str(tmp_path / "build"))
    done = run_offline(["-c", ASKS, str(tmp_path / "asks.ipynb")], tmp_path, namespace)
    assert "asks.ipynb (en) failed at the cell:" in done.stdout, done.stderr
    said = "Network is unreachable" if namespace else "no network while notebooks are executed: 192.0.2.1"
    assert said in done.stdout


@pytest.mark.slow
def test_the_whole_book_is_executed_without_a_network(tmp_path, monkeypatch):
    """Every notebook runs in English without one, and gives the same bytes as the built book has."""
    monkeypatch.setenv("SMART_ASN_BUILD", str(tmp_path / "build"))
    done = run_offline(["-m", "offline", "en"], tmp_path, namespaces())
    assert done.returncode == 0, done.stdout + done.stderr
    made = {p.relative_to(tmp_path / "build"): p for p in files_of(tmp_path / "build/executed")}
    assert len(made) == int(done.stdout.split()[-1]) > 20
    if PUBLISHED.exists():
        assert [n.as_posix() for n, p in made.items() if p.read_bytes() != (BUILD / n).read_bytes()] == []


@pytest.mark.parametrize("value", ["five", "0", "-1", "1.5", ""])
def test_a_time_limit_that_is_none(monkeypatch, value):
    """A build says so at once, in one line."""
    monkeypatch.setenv("SMART_ASN_CELL_SECONDS", value)
    with pytest.raises(preflight.SetupError) as caught:
        preflight.prepare()
    assert str(caught.value).splitlines() == [
        f"SMART_ASN_CELL_SECONDS is {value!r}; expected a whole number of seconds, 1 or more, such as 300.",
        "Nothing was built or changed.",
    ]


def test_a_time_limit_that_is_one(monkeypatch):
    monkeypatch.setenv("SMART_ASN_CELL_SECONDS", "20")
    mask = os.umask(0o022)
    preflight.prepare()
    os.umask(mask)
