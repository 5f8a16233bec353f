"""What the pipeline promises: the same bytes every time, whatever was built before, and whatever is done to it."""

import json
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import psutil
import pytest
from copies import FOLDERS, PARTS, Copy, copy_to
from edits import BROKEN, EDITS, edit_cell
from synthetic import write

DASK = str(Path(sys.executable).with_name("dask"))

pytestmark = [pytest.mark.slow, pytest.mark.builds]


def settled(true, seconds: float = 120) -> bool:
    """Whether something becomes true in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def make(copy: Copy) -> None:
    """Build a copy, which must work."""
    code, said = copy.build()
    assert code == 0, said


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Copy:
    """A copy that has been built."""
    copy = copy_to(tmp_path_factory.mktemp("built") / "book")
    make(copy)
    return copy


def test_the_same_bytes_anywhere(tmp_path):
    """Both editions, in another folder, with other hashes, at another place's time: the same bytes."""
    books = [copy_to(tmp_path / name) for name in ("here", "elsewhere")]
    other = {"PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1", "TZ": "Asia/Jakarta"}
    for book, more in zip(books, ({}, other), strict=True):
        code, said = book.build(SMART_ASN_EDITIONS="en id", **more)
        assert code == 0, said
    here, elsewhere = (book.published() for book in books)
    assert {"en/index.html", "id/index.html"} <= here.keys()
    assert here == elsewhere


def test_nothing_is_left_by_a_build(built):
    """A build leaves no process and no temporary file."""
    assert settled(lambda: built.left_behind() == [])


def test_nothing_changed_nothing_done(built):
    """A second build does nothing."""
    code, said = built.build()
    counts = re.findall(r"(\d+) +(?:Collected tasks|Skipped because unchanged)", said)
    assert (code, len(counts), len(set(counts))) == (0, 2, 1), said


def test_incremental_is_clean(built, tmp_path):
    """After each edit both editions are what a clean build of the same sources gives."""
    both = {"SMART_ASN_EDITIONS": "en id"}
    code, said = built.build(**both)
    assert code == 0, said
    before = built.published()
    for name, edit in EDITS.items():
        edit(built)
        code, said = built.build(**both)
        assert code == 0, f"{name}: {said}"
        clean = copy_of_sources(built, tmp_path / re.sub(r"\W", "-", name))
        code, said = clean.build(**both)
        assert code == 0, f"{name}: {said}"
        after = built.published()
        differing = {f for f in after.keys() | before.keys() if after.get(f) != clean.published().get(f)}
        assert not differing, f"{name}: {sorted(differing)}"
        assert after != before, f"{name} changes nothing that is published"
        before = after
    make(built)


def test_a_regency_added_and_removed(tmp_path):
    """A book that gains a regency, and loses it again, is each time what a clean build gives."""
    growing = synthetic_copy(tmp_path / "growing", 6)
    make(growing)
    seen = [growing.published()]
    for count in (7, 6):
        clean = synthetic_copy(tmp_path / f"clean-{count}", count)
        make(clean)
        for name in ("data", "notebooks", "_toc.yml"):
            subprocess.run(["rm", "-rf", growing.root / name], check=True)
            subprocess.run(["cp", "-r", clean.root / name, growing.root / name], check=True)
        make(growing)
        seen.append(growing.published())
        assert seen[-1] == clean.published()
    assert "en/regencies/synthetic-0007.html" in seen[1]
    assert seen[2] == seen[0] != seen[1]


def synthetic_copy(root: Path, count: int) -> Copy:
    """A synthetic book with so many regencies; it has the package beside it."""
    write(root, count)
    return Copy(root, Path(tempfile.mkdtemp(dir="/tmp")))


def test_sixty_regencies(tmp_path):
    """A book of sixty regencies: a chapter for each, pages by province, and a synthesis that sums up what is coded."""
    large = synthetic_copy(tmp_path / "large", 60)
    make(large)
    by_province(large)


def by_province(large: Copy) -> None:
    """Assert that a book of sixty regencies is grouped by province, and that its table and figures are of the data."""
    pages, static = large.site / "en", large.site / "en/_static"
    regencies = pd.read_csv(large.root / "data/regencies.csv").set_index("regency")
    assert {p.stem for p in (pages / "regencies").glob("*.html")} == set(regencies.index)
    listed = [
        len(re.findall(r"<li><p><a", p.read_text("utf-8"))) for p in (pages / "provinces").glob("*.html")
    ]
    assert (len(listed), sum(listed)) == (regencies["province_en"].nunique(), 60)
    evidence = pd.read_csv(large.root / "data/evidence.csv").drop_duplicates(["regency", "code"])
    counts = evidence["regency"].value_counts().groupby(regencies["province_en"])
    table = pd.read_csv(static / "tables/synthesis-matrix.csv").set_index("Province")
    assert table["Regencies"].to_dict() == regencies["province_en"].value_counts().to_dict()
    assert table["Fewest"].to_dict() == counts.min().to_dict()
    assert table["Mean"].to_dict() == counts.mean().round(1).to_dict()
    assert table["Most"].to_dict() == counts.max().to_dict()
    figures = {p.stem for p in (static / "figures").glob("*.svg") if "-map-" not in p.stem}
    assert {"matrix", "sharing", "coverage", "similarity", "digital", "doubts"} <= {
        name.removeprefix("figure-") for name in figures
    }
    assert set(table.index) <= set(
        re.findall(r"Synthetic province \d+", (static / "figures/figure-matrix.svg").read_text("utf-8"))
    )
    contents = re.search(r'<nav id="chapters".*?</nav>', (pages / "index.html").read_text("utf-8"), re.S)[0]
    assert "regencies/" not in contents


def copy_of_sources(copy: Copy, target: Path) -> Copy:
    """A copy of a copy, without anything built."""
    fresh = copy_to(target)
    for name in (*PARTS, *FOLDERS):
        subprocess.run(["cp", "-r", "--no-target-directory", copy.root / name, fresh.root / name], check=True)
    return fresh


def test_killed_at_any_moment(built):
    """A killed build leaves the old book whole and nothing else; the next build makes the new book by itself."""
    old = built.published()
    built.replace("data/codebook.csv", "Workload analysis", "Analysis of the workload")
    chance = random.Random(4)
    for number in (signal.SIGKILL, signal.SIGKILL, signal.SIGINT, signal.SIGKILL, signal.SIGTERM):
        process = built.start()
        time.sleep(chance.uniform(0.3, 8))
        process.send_signal(number)
        process.communicate()
        assert settled(lambda: built.left_behind() == []), built.left_behind()
        if process.returncode:
            assert built.published() == old
    make(built)
    new = built.published()
    assert new != old
    assert not list((built.root / "_build").rglob("*.part"))
    assert not (built.root / "_build/html.new").exists()
    built.replace("data/codebook.csv", "Analysis of the workload", "Workload analysis")
    make(built)
    assert built.published() == old


def test_edited_while_it_is_built(tmp_path):
    """A notebook and a page's prose that are edited while they are made are made again by the next build."""
    book = copy_to(tmp_path / "book")
    process = book.start()
    assert settled(lambda: begun(book), 300)
    edit_cell(book, "glossary.ipynb", "# Glossary", "# Terms")
    assert settled(lambda: (book.root / "_build/pages/en.part").exists(), 300)
    time.sleep(0.3)
    book.replace("book/reproduce.md", "# How to reproduce", "# How to reproduce it")
    process.communicate()
    make(book)
    clean = copy_of_sources(book, tmp_path / "clean")
    make(clean)
    assert book.published() == clean.published()


def test_stopped_by_hand(built):
    """Ctrl-C ends a build at once, with a word on what it means and exit code 130."""
    built.replace("data/codebook.csv", "Workload analysis", "Analysis of workload")
    old = built.published()
    process = built.start()
    assert settled(lambda: begun(built))
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=10)
    assert process.returncode == 130
    assert (
        said.splitlines()[-1]
        == "Stopped. The last good book stays as it was; the next build takes up from here."
    )
    assert built.published() == old
    built.replace("data/codebook.csv", "Analysis of workload", "Workload analysis")


def test_one_build_at_a_time(built):
    """While a build is at work, a second one in the same folder says so and does nothing."""
    built.replace("data/codebook.csv", "Workload analysis", "Analysis of workload")
    first = built.start()
    assert settled(lambda: begun(built))
    code, said = built.build()
    first.kill()
    first.communicate()
    built.replace("data/codebook.csv", "Analysis of workload", "Workload analysis")
    make(built)
    assert (code, said) == (1, f"Another build is at work in {built.root / '_build'}; wait for it to end.\n")


def test_no_file_may_be_long(built):
    """When a file cannot be written whole the old book stays, and the next build recovers."""
    old = built.published()
    built.replace("data/codebook.csv", "Workload analysis", "Analysis of workload")
    limit = 60_000
    process = subprocess.Popen(
        [sys.executable, "-m", "smart_asn", "build"],
        cwd=built.root,
        env=built.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    said, _ = process.communicate()
    assert process.returncode == 1
    assert "File too large" in said
    assert built.published() == old
    assert settled(lambda: built.left_behind() == [])
    make(built)
    built.replace("data/codebook.csv", "Analysis of workload", "Workload analysis")
    make(built)
    assert built.published() == old


@pytest.fixture
def disk(tmp_path) -> Iterator[Path]:
    """A small disk of its own; only the system's administrator can have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("this machine lets no test mount a disk")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_full_disk(built, disk):
    """On a disk that is full the old book stays whole; with room again the next build makes the new one."""
    copy = copy_of_sources(built, disk / "book")
    make(copy)
    old = copy.published()
    copy.replace("data/codebook.csv", "Workload analysis", "Analysis of workload")
    for room in (100_000, 8_000_000):
        resize(disk, shutil.disk_usage(disk).used + room)
        code, said = copy.build()
        assert (code, "No space left on device" in said) == (1, True), said
        assert copy.published() == old
        assert settled(lambda: copy.left_behind() == []), copy.left_behind()
        resize(disk, 2_000_000_000)
    make(copy)
    assert copy.published() != old
    copy.replace("data/codebook.csv", "Analysis of workload", "Workload analysis")
    make(copy)
    assert copy.published() == old


def resize(disk: Path, size: int) -> None:
    """Give a disk another size in bytes."""
    subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True)


def test_broken_notebook(built):
    """The message names the notebook, the question, the error and where the notebook is kept; the old book stays."""
    old = built.published()
    notebook, works, fails = BROKEN
    edit_cell(built, notebook, works, fails)
    code, said = built.build()
    edit_cell(built, notebook, fails, works)
    assert code == 1
    for word in (f"notebooks/{notebook} (en) failed at question Q", "ZeroDivisionError: division by zero"):
        assert word in said
    assert "Traceback" not in said
    kept = re.search(r"as far as it ran: (\S+)", said)[1]
    assert "division by zero" in (built.root / kept).read_text("utf-8")
    assert built.published() == old
    make(built)
    assert built.published() == old


def test_no_kernel(built):
    """Where no kernel can be started the message says so, and the old book stays."""
    old = built.published()
    edit_cell(built, "errata.ipynb", "# ", "# The ")
    launcher = built.root / "src/ipykernel_launcher.py"
    launcher.write_text("raise SystemExit(1)\n", "utf-8")
    code, said = built.build()
    launcher.unlink()
    assert code == 1
    assert "no kernel ran it: Kernel died before replying to kernel_info" in said
    assert built.published() == old
    edit_cell(built, "errata.ipynb", "# The ", "# ")
    make(built)
    assert built.published() == old


def test_on_a_cluster(built, tmp_path):
    """On a Dask cluster of two workers the book has the same bytes, though two of them are killed on the way.

    One is killed among the notebooks, and another takes its place; one is killed while it builds the pages.
    """
    copy = copy_of_sources(built, tmp_path / "cluster")
    file = tmp_path / "scheduler.json"
    own = {"DASK_TEMPORARY_DIRECTORY": str(tmp_path)}
    environment = copy.environment(PYTHONPATH=f"{copy.root}:{copy.root / 'src'}", **own)

    def start(*arguments: str) -> subprocess.Popen:
        command = [DASK, *arguments, "--no-dashboard"]
        return subprocess.Popen(command, env=environment, cwd=copy.root, stderr=subprocess.DEVNULL)

    def worker() -> subprocess.Popen:
        local = ("--local-directory", str(tmp_path))
        return start("worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny", *local)

    cluster = [start("scheduler", "--port", "0", "--scheduler-file", str(file))]
    try:
        assert settled(file.exists)
        cluster += [worker(), worker()]
        time.sleep(5)
        build = copy.start("build", "--scheduler", json.loads(file.read_text())["address"], **own)
        assert settled(lambda: begun(copy), 300)
        cluster[1].send_signal(signal.SIGKILL)
        cluster.append(worker())
        assert settled(lambda: list((copy.root / "_build/pages").glob("*.part")), 300)
        builder_of_pages(cluster).send_signal(signal.SIGKILL)
        rest, _ = build.communicate()
        assert build.returncode == 0, rest
        assert copy.published() == built.published()
    finally:
        for process in cluster:
            process.kill()
            process.wait()
    assert settled(lambda: copy.left_behind() == []), copy.left_behind()


def begun(copy: Copy) -> bool:
    """Whether a build executes notebooks: a kernel of its own has begun."""
    return any((copy.root / "_build").glob("work/kernels/*/connection.json"))


def builder_of_pages(cluster: list[subprocess.Popen]) -> subprocess.Popen:
    """The process of a cluster that has started the one that builds pages."""
    for process in cluster:
        if process.poll() is None:
            below = psutil.Process(process.pid).children(recursive=True)
            if any("smart_asn.pipeline.publish" in child.cmdline() for child in below):
                return process
    raise AssertionError("no process of the cluster builds pages")
