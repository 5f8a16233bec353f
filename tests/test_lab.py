"""The notebooks in JupyterLab, in a real browser: *Run All*, in both themes. Runs with ``make test-all``."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser import CHROMIUM, chromium

from smart_asn.lab import FOR_PAGES
from smart_asn.pipeline.publish import EDITIONS
from smart_asn.pipeline.take_away import RUN
from smart_asn.places import PACKAGE

pytest.importorskip("playwright")
if not CHROMIUM:
    pytest.skip("Chromium is not at hand; CHROME_PATH can say where it is", allow_module_level=True)
pytestmark = pytest.mark.builds

NAMES = sorted(
    p.relative_to(RUN / EDITIONS[0]).as_posix()
    for p in (RUN / EDITIONS[0]).rglob("*.ipynb")
    if ".ipynb_checkpoints" not in p.parts and "-yours-" not in p.name
)
LOOKED_AT = ("regencies/tapin.ipynb", "start-here.ipynb", "synthesis.ipynb")
"""Those that are run in the dark theme, too."""
CASES = [(n, e, "Light") for n in NAMES for e in EDITIONS]
CASES += [(n, e, "Dark") for n in LOOKED_AT for e in EDITIONS]

READY = """() => { const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(e => e.textContent)
  .filter(text => text !== ''); return prompts.length && prompts.every(text => /\\[\\d+\\]/.test(text)); }"""
PALE = """() => { const light = colour => { const [r, g, b] = colour.match(/[\\d.]+/g).map(Number);
    return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255; };
  const ground = light(getComputedStyle(document.querySelector('.jp-Notebook')).backgroundColor);
  return [...document.querySelectorAll('.edition *')].filter(e => e.children.length === 0 && e.textContent.trim()
    && Math.abs(light(getComputedStyle(e).color) - ground) < 0.25).map(e => e.textContent.trim().slice(0, 60)); }"""
"""Texts of the edition's blocks that are hardly lighter or darker than the notebook's ground."""


@dataclass
class Lab:
    """A running JupyterLab: its address and its token."""

    base: str
    token: str

    def ask(self, path: str, method: str = "GET") -> bytes:
        """What its API answers."""
        request = urllib.request.Request(f"{self.base}/api/{path}?token={self.token}", method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read()

    def wait_for_a_kernel(self) -> None:
        """The page's own mark says idle before there is a kernel; the server knows."""
        for _ in range(600):
            found = json.loads(self.ask("sessions"))
            kernel = found[0]["kernel"] if found else None
            if kernel and kernel["execution_state"] == "idle" and kernel["connections"] > 0:
                return
            time.sleep(0.1)
        raise AssertionError("no kernel was ready within a minute")

    def end_kernels(self) -> None:
        """End what runs."""
        for session in json.loads(self.ask("sessions")):
            self.ask(f"sessions/{session['id']}", "DELETE")


@pytest.fixture(scope="module", params=["Light", "Dark"])
def lab(request, tmp_path_factory):
    """JupyterLab over the notebooks to run, in a theme, with settings of its own."""
    home = tmp_path_factory.mktemp("lab")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = home / "settings/@jupyterlab/apputils-extension"
    settings.mkdir(parents=True)
    theme = {"theme": f"JupyterLab {request.param}"}
    (settings / "themes.jupyterlab-settings").write_text(json.dumps(theme), "utf-8")
    environment = {k: v for k, v in os.environ.items() if k not in (FOR_PAGES, "MPLBACKEND", "MATPLOTLIBRC")}
    environment |= {f"JUPYTER_{k}_DIR": str(home / k) for k in ("CONFIG", "DATA", "RUNTIME")}
    environment |= {
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
        "PYTHONPATH": str(PACKAGE.parent),
    }
    token = secrets.token_hex(16)
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": RUN,
        "IdentityProvider.token": token,
        "LabApp.news_url": None,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [*command, *(f"--{k}={v}" for k, v in options.items())],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    found = Lab(f"http://127.0.0.1:{port}", token)
    try:
        for _ in range(300):
            assert server.poll() is None, (home / "log").read_text("utf-8")[-2000:]
            try:
                found.ask("status")
                break
            except OSError:
                time.sleep(0.2)
        with chromium() as browser:
            yield request.param, found, browser
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.parametrize(("name", "edition", "theme"), CASES)
def test_run_all(lab, name, edition, theme):
    """*Run All* ends without an error or a request elsewhere; what is shown can be read, and no link is dead."""
    running, server, browser = lab
    if running != theme:
        pytest.skip("is looked at in the other theme")
    before = (RUN / edition / name).read_bytes()
    context = browser.new_context(viewport={"width": 1400, "height": 6000})
    page = context.new_page()
    elsewhere, scripts = [], []
    allowed = (server.base, server.base.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(allowed) else elsewhere.append(r.url))
    page.on("pageerror", lambda error: scripts.append(str(error)))
    try:
        place = f"lab/workspaces/{secrets.token_hex(4)}/tree/{edition}/{name}"
        page.goto(f"{server.base}/{place}?token={server.token}")
        page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=90_000)
        server.wait_for_a_kernel()
        page.wait_for_timeout(500)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()
        page.wait_for_function(READY, timeout=180_000)
        page.wait_for_timeout(500)
        for kind in ("stderr", "error"):
            assert page.locator(f'[data-mime-type="application/vnd.jupyter.{kind}"]').all_inner_texts() == []
        links = page.locator(".jp-RenderedHTML a[href], .jp-RenderedMarkdown a[href]").evaluate_all(
            "found => found.map(a => a.getAttribute('href'))"
        )
        assert [x for x in links if x.startswith(("book:", "claim:"))] == []
        assert page.evaluate(PALE) == []
        grounds = page.locator(".edition figure img").evaluate_all(
            "found => found.map(i => getComputedStyle(i).backgroundColor)"
        )
        assert set(grounds) <= {"rgb(255, 255, 255)"}
        assert "{{" not in page.locator(".jp-Notebook").inner_text()
        assert (elsewhere, scripts) == ([], [])
    finally:
        server.end_kernels()
        context.close()
        (RUN / edition / name).write_bytes(before)


def test_there_are_notebooks():
    """The book was built, so there is something to look at."""
    assert len(NAMES) > 20
    assert all((RUN / edition / name).exists() for edition in EDITIONS for name in NAMES)
    assert Path(RUN).exists()
