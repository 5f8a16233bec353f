"""From a clone to a book: line ends, the environment of ``make``, and the server of ``make serve``."""

import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request

import pytest
from serve import serving

from smart_asn.places import ROOT

MAKE = shutil.which("make")


def git(*words, cwd=ROOT):
    done = subprocess.run(["git", *words], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"not a git checkout: {done.stderr.strip()}")
    return done.stdout


# Line ends ---------------------------------------------------------------------------------------------------


def test_a_clone_that_converts_line_ends_has_the_same_bytes(tmp_path):
    """Cloned where git turns line ends into Windows' own, every file has the bytes that were committed."""
    git("clone", "-q", "-c", "core.autocrlf=true", "-c", "core.eol=crlf", str(ROOT), str(tmp_path / "clone"))
    names = git("ls-files", "-z", cwd=tmp_path / "clone").split("\0")[:-1]
    assert "postBuild" in names
    files = {name: (tmp_path / "clone" / name).read_bytes() for name in names}
    assert [name for name, raw in files.items() if b"\0" not in raw and b"\r\n" in raw] == []
    fonts = [name for name in names if name.endswith(("woff2", "ttf"))]
    assert all(files[name] == (ROOT / name).read_bytes() for name in fonts)


# The environment ---------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path):
    """A folder with the Makefile and an environment that is ready, whose Python is this one."""
    if not MAKE:
        pytest.skip("there is no make on this machine")
    folder = tmp_path / "a project (v1) [x] 'q' %"
    (folder / "src/smart_asn").mkdir(parents=True)
    (folder / "src/smart_asn/__init__.py").touch()
    wanted = "src/smart_asn/jupyter_server_config.json"
    for name in ("Makefile", "requirements.txt", "pyproject.toml", wanted):
        shutil.copy(ROOT / name, folder / name)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / ".venv"], check=True)
    (site,) = (folder / ".venv").glob("lib/python*/site-packages")
    (site / "smart_asn.pth").write_text(f"{folder / 'src'}\n", "utf-8")
    (folder / ".venv/ready").touch()
    return folder


def remade(folder):
    """Whether ``make book`` would make the environment again."""
    said = subprocess.run([MAKE, "-n", "book"], cwd=folder, capture_output=True, text=True, check=True).stdout
    return "-m venv" in said


def test_an_environment_that_is_ready_is_kept(project):
    assert not remade(project)


def test_an_environment_of_another_folder_is_made_again(project):
    """Copied with the project it would build the original; moved with it, it would find nothing."""
    copied = project.with_name("copied")
    shutil.copytree(project, copied, symlinks=True)
    assert remade(copied)
    moved = project.with_name("moved")
    project.rename(moved)
    assert remade(moved)


def test_an_environment_whose_python_is_gone_is_made_again(project):
    """After an upgrade of the system the environment's Python may lead nowhere."""
    for python in (project / ".venv/bin").glob("python*"):
        python.unlink()
    (project / ".venv/bin/python").symlink_to(project / "gone")
    assert remade(project)


def test_an_environment_of_another_python_is_made_again(project):
    """A Python of another version does not see what was installed for the former one."""
    (libraries,) = (project / ".venv/lib").iterdir()
    libraries.rename(libraries.with_name("python3.7"))
    assert remade(project)


def test_no_setting_of_the_shell_reaches_a_build(project):
    """Settings for other work neither stop a build nor change it."""
    recipe = "\nshow:\n\t@env\n"
    (project / "Makefile").write_text((project / "Makefile").read_text("utf-8") + recipe, "utf-8")
    strange = {"MPLBACKEND": "bogus", "PYTHONWARNINGS": "error", "PYTHONPATH": "/nowhere"}
    said = subprocess.run(
        [MAKE, "show"], cwd=project, capture_output=True, text=True, check=True, env=os.environ | strange
    ).stdout
    assert not re.search("^(MPLBACKEND|PYTHONWARNINGS|PYTHONPATH)=", said, re.M)


def test_no_module_in_the_folder_hides_another(project):
    """A file named like a module of Python, beside the Makefile, is not run in its place."""
    assert all(
        line.count("python -P")
        for line in (ROOT / "Makefile").read_text("utf-8").splitlines()
        if "-m smart_asn" in line
    )


# The server --------------------------------------------------------------------------------------------------


def serve(*arguments, build):
    """Run tools/serve.py for a moment; returns its exit code and what it said."""
    environment = os.environ | {"SMART_ASN_BUILD": str(build), "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, str(ROOT / "tools/serve.py"), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def build(tmp_path):
    (tmp_path / "html").mkdir()
    (tmp_path / "html/index.html").write_text("<p>The book.</p>" * 100_000, "utf-8")
    (tmp_path / "html/404.html").write_text("<p>Not here.</p>", "utf-8")
    return tmp_path


def test_a_port_that_is_taken(build):
    """One line says that the port is taken and how to say another."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, said = serve(str(port), build=build)
    assert (code, said) == (
        1,
        f"Port {port} cannot be used: Address already in use. Say another: make serve PORT=8001.\n",
    )


@pytest.mark.parametrize("port", ["-1", "70000", "eight", "", "80 80"])
def test_a_port_that_is_none(build, port):
    code, said = serve(port, build=build)
    assert (code, said) == (
        1,
        f"PORT is {port!r}; expected a number from 0 (any port that is free) to 65535.\n",
    )


def test_no_book_to_serve(tmp_path):
    code, said = serve(build=tmp_path)
    assert (code, said.count("\n")) == (1, 1)
    assert "make book" in said


@pytest.mark.parametrize("fresh", [True, False])
def test_a_reader_who_goes_away(build, fresh, capfd):
    """A connection that is broken while a page is sent, or after nonsense, is nobody's concern, and the next is served."""
    with serving(build / "html", fresh=fresh) as address:
        host, port = address.removeprefix("http://").rstrip("/").split(":")
        for sent in (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01nonsense\r\n\r\n", b"GET /"):
            for _ in range(5):
                with socket.create_connection((host, int(port))) as reader:
                    reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                    reader.sendall(sent)
        with urllib.request.urlopen(address) as answer:
            assert answer.headers["Cache-Control"] == ("no-cache" if fresh else "max-age=600")
            assert answer.read().startswith(b"<p>The book.")
    assert "Traceback" not in capfd.readouterr().err
