"""Forked and plain kernels: alike in what they give, and gone when their build is gone."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from smart_asn.pipeline import kernels

WIDE = """
import pandas as pd
import numpy as np
import matplotlib.pyplot as plt
print(pd.get_option("display.max_columns"), plt.get_backend(), hash("a"))
pd.DataFrame([list(range(15))] * 3)
"""
RUN = """
import sys
import papermill
from smart_asn.pipeline import kernels
kernels.settle()
papermill.execute_notebook(
    sys.argv[1], sys.argv[2], progress_bar=False, config=kernels.settings(), extra_arguments=kernels.arguments()
)
"""
ASIDE = """
import sys
import program
from smart_asn.pipeline import kernels
kernels.settle()
print(kernels.aside(program.main, sys.argv[1]))
"""


@pytest.fixture
def temporary() -> Iterator[Path]:
    """An empty folder with a short path, for temporary files."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder)


def start(folder: Path, temporary: Path, code: str, kind: str) -> subprocess.Popen:
    """Start a process that executes a notebook of one cell with kernels of a kind."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(textwrap.dedent(code).strip(), id="one")]
    )
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "in.ipynb")
    command = [sys.executable, "-c", RUN, str(folder / "in.ipynb"), str(folder / f"{kind}.ipynb")]
    return subprocess.Popen(
        command,
        env=os.environ | {kernels.SWITCH: kind, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def outputs(notebook: Path) -> list:
    """The outputs of an executed notebook's one cell."""
    return json.loads(notebook.read_text("utf-8"))["cells"][0]["outputs"]


def wait_until(true, seconds: float = 20) -> bool:
    """Whether something becomes true in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def alive(pid: int) -> bool:
    """Whether a process runs."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_both_kinds_give_the_same(tmp_path, temporary):
    """A forked kernel shows a wide table, a backend and a hash just as a plain one does."""
    for kind in kernels.KINDS:
        process = start(tmp_path, temporary, WIDE, kind)
        said, _ = process.communicate()
        assert (process.returncode, said) == (0, "")
    assert outputs(tmp_path / "forked.ipynb") == outputs(tmp_path / "plain.ipynb")
    assert "14" in outputs(tmp_path / "forked.ipynb")[1]["data"]["text/plain"][0]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("kind", kernels.KINDS)
def test_a_kernel_ends_with_its_build(tmp_path, temporary, kind):
    """When a build is killed, its kernel ends and its temporary files go."""
    place = tmp_path / "pid"
    code = f"""
    import os, time
    open({str(place)!r}, "w").write(str(os.getpid()))
    time.sleep(600)
    """
    process = start(tmp_path, temporary, code, kind)
    assert wait_until(lambda: place.exists() and place.read_text())
    kernel = int(place.read_text())
    assert alive(kernel)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert wait_until(lambda: not alive(kernel))
    assert wait_until(lambda: not list(temporary.iterdir()))


def test_nothing_is_left_when_a_build_ends(tmp_path, temporary):
    """A build that ends by itself leaves no temporary file."""
    start(tmp_path, temporary, "1 + 1", "forked").communicate()
    assert wait_until(lambda: not list(temporary.iterdir()))


def aside(word: str, temporary: Path, kind: str) -> subprocess.Popen:
    """Start a process that calls a program aside."""
    return subprocess.Popen(
        [sys.executable, "-c", ASIDE, word],
        env=os.environ
        | {kernels.SWITCH: kind, "TMPDIR": str(temporary), "PYTHONPATH": str(Path(__file__).parent)},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("kind", kernels.KINDS)
def test_a_program_aside(temporary, kind):
    """Its exit code and all that it said come back, and no file stays."""
    said, _ = aside("hello", temporary, kind).communicate()
    assert said == "(3, 'it said hello\\nand complained\\n')\n"
    assert wait_until(lambda: not list(temporary.iterdir()))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_program_aside_ends_with_its_build(tmp_path, temporary):
    """When a build is killed, what it called aside ends, and its temporary files go."""
    place = tmp_path / "pid"
    process = aside(str(place), temporary, "forked")
    assert wait_until(lambda: place.exists() and place.read_text())
    program = int(place.read_text())
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert wait_until(lambda: not alive(program))
    assert wait_until(lambda: not list(temporary.iterdir()))


def test_the_switch_takes_two_words(monkeypatch):
    """Another word in the switch is an error that names the two."""
    monkeypatch.setenv(kernels.SWITCH, "fast")
    with pytest.raises(ValueError, match=r"^SMART_ASN_KERNELS is 'fast'; expected forked or plain$"):
        kernels.kind()
