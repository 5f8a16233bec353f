"""Warm kernels: each notebook starts anew in them, in whatever order, and they are gone when their build is gone."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from smart_asn import chapters
from smart_asn.chapters import NotebookError, Page, pages
from smart_asn.pipeline import execute as execute_module
from smart_asn.pipeline import kernels
from smart_asn.pipeline.execute import execute

pytestmark = pytest.mark.slow

RUN = f"""
import sys
import papermill
from smart_asn.pipeline import kernels
papermill.execute_notebook(sys.argv[1], sys.argv[2], engine_name={kernels.ENGINE!r}, progress_bar=False)
"""


PROMPT = "get_ipython().execution_count"


def notebook(path: Path, *sources: str) -> Path:
    """Write a notebook of these cells."""
    made = new_notebook(cells=[new_code_cell(source) for source in sources])
    made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(made, path)
    return path


@pytest.fixture
def run(tmp_path):
    """Execute a notebook of these cells in this thread's kernel; what each cell printed or gave."""

    def run(*sources: str) -> list[str]:
        target = tmp_path / "out.ipynb"
        source = notebook(tmp_path / "in.ipynb", *sources)
        papermill.execute_notebook(source, target, engine_name=kernels.ENGINE, progress_bar=False)
        outputs = [c.outputs for c in nbformat.read(target, as_version=4).cells if c.cell_type == "code"]
        return ["".join(o.get("text") or o["data"]["text/plain"] for o in cell) for cell in outputs]

    yield run
    kernels.end_own()


@pytest.fixture
def build(tmp_path, monkeypatch):
    """A build folder of its own."""
    for module in (chapters, execute_module):
        monkeypatch.setattr(module, "BUILD", tmp_path / "build")
    yield tmp_path / "build"
    kernels.end_own()


def test_a_notebook_starts_anew(run):
    """Names, figures and prompts of the notebook before are gone; the process is the same."""
    process, prompt, _ = run("import os\nos.getpid()", PROMPT, "kept = __import__('pylab').figure()")
    assert run(
        "import os\nos.getpid()",
        PROMPT,
        "'kept' in globals()",
        "import matplotlib.pyplot as plt\nplt.get_fignums()",
    ) == [process, prompt, "False", "[]"]


def test_a_notebook_that_fails_takes_its_kernel_with_it(run):
    """The next one has another process."""
    (process,) = run("import os\nos.getpid()")
    with pytest.raises(papermill.PapermillExecutionError, match="ZeroDivisionError"):
        run("1 / 0")
    assert run("import os\nos.getpid()") != [process]


def test_only_this_interpreter_is_a_kernel(run, tmp_path, monkeypatch):
    """A kernel that another project has put on Jupyter's path under the same name is not taken."""
    folder = tmp_path / "kernels/python3"
    folder.mkdir(parents=True)
    spec = {"argv": ["/bin/false"], "display_name": "Foreign", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec), "utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    kernels.end_own()
    assert run("import sys\nprint(sys.executable)") == [f"{sys.executable}\n"]


def test_a_cell_without_end_is_named(build, tmp_path, monkeypatch):
    """It is stopped after so many seconds, and the message has the notebook, the cell and the limit."""
    monkeypatch.setattr(kernels, "CELL_SECONDS", 2)
    source = notebook(tmp_path / "endless.ipynb", 'language = "en"', "while True:\n    pass")
    content = nbformat.read(source, as_version=4)
    content.cells[0].metadata.tags = ["parameters"]
    nbformat.write(content, source)
    with pytest.raises(NotebookError) as caught:
        execute(Page("endless", source), "en")
    message = str(caught.value).splitlines()
    assert message[0].endswith("endless.ipynb (en) failed at the cell:")
    assert message[1:4] == [
        "    while True:",
        "        pass",
        "  TimeoutError: the cell did not end within 2 s (SMART_ASN_CELL_SECONDS sets another limit)",
    ]
    assert not (build / "executed").exists()


def test_the_order_makes_no_difference(build, shipped):
    """Notebooks executed in one kernel in several orders give the same bytes."""
    wanted = ("regencies/pati", "regencies/pati-checks", "regencies/gowa", "errata", "introduction")
    found = [page for page in pages(shipped.regency_names) if page.slug in wanted]
    seen = []
    for order in (found, found[::-1], found[2:] + found[:2]):
        for page in order:
            execute(page, "en")
        files = sorted(p for p in build.rglob("*") if p.is_file() and "work" not in p.parts)
        seen.append({path: path.read_bytes() for path in files})
        for path in files:
            path.unlink()
    assert len(seen[0]) == 5 * len(wanted)
    assert seen[0] == seen[1] == seen[2]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_kernel_ends_with_its_build(tmp_path):
    """When a build is killed, its kernel ends."""
    place = tmp_path / "pid"
    source = notebook(
        tmp_path / "in.ipynb",
        f"import os, time\nopen({str(place)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)",
    )
    command = [sys.executable, "-c", RUN, str(source), str(tmp_path / "out.ipynb")]
    process = subprocess.Popen(command, env=os.environ | {"SMART_ASN_BUILD": str(tmp_path / "build")})
    assert wait_until(lambda: place.exists() and place.read_text())
    kernel = int(place.read_text())
    assert alive(kernel)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert wait_until(lambda: not alive(kernel))


def wait_until(true, seconds: float = 30) -> bool:
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
