"""Every notebook in JupyterLab, in a real browser: *Run All*, and a look in both themes. Runs with ``make test-all``."""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from browser import CHROMIUM, chromium

from smart_asn.lab import FOR_PAGES
from smart_asn.pipeline.publish import EDITIONS
from smart_asn.pipeline.take_away import RUN
from smart_asn.places import NOTEBOOKS, PACKAGE, ROOT
from smart_asn.publication import Publication, binder_address

pytest.importorskip("playwright")
if not CHROMIUM:
    pytest.skip("Chromium is not at hand; CHROME_PATH can say where it is", allow_module_level=True)
pytestmark = pytest.mark.builds

NAMES = sorted(
    p.relative_to(RUN / EDITIONS[0]).as_posix()
    for p in (RUN / EDITIONS[0]).rglob("*.ipynb")
    if ".ipynb_checkpoints" not in p.parts and "-yours-" not in p.name
)
CASES = [(n, e) for n in NAMES for e in EDITIONS]
THEMES = ("Light", "Dark")
WEAR = """async (theme) => {
  const worn = new Promise(done => new MutationObserver(done).observe(document.body, {attributes: true}));
  await window.jupyterapp.commands.execute("apputils:change-theme", {theme: `JupyterLab ${theme}`});
  await Promise.race([worn, new Promise(done => setTimeout(done, 5000))]);
}"""
"""Put on a theme, and wait for it."""

BEGIN = """async (path) => {
  const {commands, shell} = window.jupyterapp;
  const panel = await commands.execute("docmanager:open", {path, factory: "Notebook"});
  await panel.context.ready;
  await panel.context.sessionContext.ready;
  while (panel.context.sessionContext.session?.kernel?.status !== "idle") { await new Promise(done => setTimeout(done, 50)); }
  shell.activateById(panel.id);
  window.shownPanel = panel;
  await commands.execute("notebook:clear-all-cell-outputs");
}"""
"""Open a notebook, wait for its kernel, and take away what was stored in it: what is looked at then was run here."""
CELLS = """() => [...window.shownPanel.content.model.cells].filter(c => c.type === "code"
  && c.sharedModel.getSource().trim()).map(c => ({ran: c.executionCount !== null, outputs: c.outputs.toJSON()}))"""
"""Each cell of code, whether the browser has drawn it or not: whether it has run, and its outputs."""
END = """() => { const panel = window.shownPanel;
  if (panel) { panel.context.model.dirty = false; panel.dispose(); window.shownPanel = null; } }"""
SHOWN = ".jp-NotebookPanel:not(.lm-mod-hidden) "
WIDTHS = """() => [...document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output img')]
  .map(i => i.closest('.jp-OutputArea-output').clientWidth && [i.getBoundingClientRect().width, i.naturalWidth,
    i.closest('.jp-OutputArea-output').clientWidth]).filter(Boolean)"""
"""Of each picture its width, that of its file, and how wide it could be."""
PICTURES = os.environ.get("SMART_ASN_PICTURES", "")
"""A folder in which a picture of each notebook is kept; nothing for none."""
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

    def end_kernels(self) -> None:
        """End what runs."""
        for session in json.loads(self.ask("sessions")):
            self.ask(f"sessions/{session['id']}", "DELETE")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """JupyterLab in the project's folder, as in Binder, with settings of its own; open in a browser.

    It draws every cell, those out of sight too, so that all can be looked at.
    """
    home = tmp_path_factory.mktemp("lab")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = home / "settings/@jupyterlab/notebook-extension"
    settings.mkdir(parents=True)
    whole = {"windowingMode": "none"}
    (settings / "tracker.jupyterlab-settings").write_text(json.dumps(whole), "utf-8")
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
        "ServerApp.root_dir": ROOT,
        "IdentityProvider.token": token,
        "LabApp.news_url": None,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.expose_app_in_browser": True,
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [*command, *(f"--{k}={v}" for k, v in options.items())],
            cwd=ROOT,
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
            yield found, browser, browser.new_page(viewport={"width": 1400, "height": 3000})
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.parametrize(("name", "edition"), CASES)
def test_run_all(lab, name, edition):
    """*Run All* runs every cell without an error or a request elsewhere; no link is dead.

    In the light theme and in the dark one what is shown can be read.
    """
    server, _, page = lab
    before = (RUN / edition / name).read_bytes()
    elsewhere, scripts = watched(page, server)
    if "/lab" not in page.url:
        page.goto(f"{server.base}/lab?token={server.token}")
        page.wait_for_function("() => window.jupyterapp?.restored.then(() => true)", timeout=180_000)
    try:
        page.evaluate(BEGIN, (RUN / edition / name).relative_to(ROOT).as_posix())
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()
        end = time.monotonic() + 300
        while time.monotonic() < end:
            cells = page.evaluate(CELLS)
            wrong = [o for c in cells for o in c["outputs"] if o["output_type"] in ("error", "stream")]
            if wrong or all(c["ran"] for c in cells):
                break
            page.wait_for_timeout(200)
        assert wrong == []
        assert all(c["ran"] for c in cells)
        for theme in THEMES:
            page.evaluate(WEAR, theme)
            assert page.evaluate("document.body.dataset.jpThemeLight") == str(theme == "Light").lower()
            looks_right(page, cells)
            if PICTURES:
                page.screenshot(path=f"{PICTURES}/{edition}-{name.replace('/', '-')}-{theme}.png")
        assert (elsewhere, scripts) == ([], [])
    finally:
        page.evaluate(END)
        server.end_kernels()
        (RUN / edition / name).write_bytes(before)


def watched(page, server):
    """Two lists that fill with what a page asks of other hosts, and with errors of its scripts."""
    elsewhere, scripts = [], []
    allowed = (server.base, server.base.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(allowed) else elsewhere.append(r.url))
    page.on("pageerror", lambda error: scripts.append(str(error)))
    return elsewhere, scripts


def looks_right(page, cells):
    """Assert that blocks are shown as markup, texts and figures can be read, and links lead somewhere."""
    shown = [o.get("data", {}) for c in cells for o in c["outputs"]]
    plain = ["".join(d["text/plain"]) for d in shown if set(d) <= {"text/plain"}]
    assert [x for x in plain if re.search(r"<\w*Block|<smart_asn| object at 0x", x)] == []
    page.wait_for_timeout(500)
    links = page.locator(
        f"{SHOWN}.jp-RenderedHTML a[href], {SHOWN}.jp-RenderedMarkdown a[href]"
    ).evaluate_all("found => found.map(a => a.getAttribute('href'))")
    assert [x for x in links if x.startswith(("book:", "claim:"))] == []
    assert page.evaluate(PALE) == []
    grounds = page.locator(f"{SHOWN}.edition figure img").evaluate_all(
        "found => found.map(i => getComputedStyle(i).backgroundColor)"
    )
    assert set(grounds) <= {"rgb(255, 255, 255)"}
    sizes = page.evaluate(WIDTHS)
    assert [s for s in sizes if not 200 <= s[0] <= min(s[2] + 1, 1000)] == []
    assert "{{" not in page.locator(f"{SHOWN}.jp-Notebook").inner_text()


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_place_that_binder_opens(lab, edition):
    """The very path of Binder's link opens the notebook in the page's language, with a kernel that runs its first cells."""
    server, browser, _ = lab
    published = Publication(repository="https://github.com/someone/somewhere", release="v1")
    (place,) = parse_qs(urlsplit(binder_address(published, edition, "start-here")).query)["urlpath"]
    assert (ROOT / place.removeprefix("lab/tree/")).exists()
    page = browser.new_page(viewport={"width": 1400, "height": 3000})
    try:
        page.goto(f"{server.base}/{place}?token={server.token}")
        heading = {"en": "Start here", "id": "Mulai di sini"}[edition]
        page.locator(f"{SHOWN}h1", has_text=heading).wait_for(timeout=180_000)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()
        page.wait_for_function(
            "() => document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-InputPrompt')"
            "?.closest('.jp-Notebook').textContent.includes('[2]:')",
            timeout=180_000,
        )
    finally:
        server.end_kernels()
        page.close()


def test_saving_a_source_notebook_changes_nothing(lab):
    """A tracked notebook that was run and saved in JupyterLab has the bytes that it had before."""
    server, _, page = lab
    source = NOTEBOOKS / "glossary.ipynb"
    before = source.read_bytes()
    if "/lab" not in page.url:
        page.goto(f"{server.base}/lab?token={server.token}")
        page.wait_for_function("() => window.jupyterapp?.restored.then(() => true)", timeout=180_000)
    try:
        page.evaluate(BEGIN, source.relative_to(ROOT).as_posix())
        page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        cells = page.evaluate(CELLS)
        assert all(c["ran"] for c in cells) and any(c["outputs"] for c in cells)
        age = source.stat().st_mtime_ns
        page.evaluate("window.shownPanel.context.save()")
        assert source.stat().st_mtime_ns > age
        assert source.read_bytes() == before
    finally:
        page.evaluate(END)
        server.end_kernels()
        source.write_bytes(before)


def test_there_are_notebooks():
    """The book was built, so there is something to look at."""
    assert len(NAMES) > 20
    assert all((RUN / edition / name).exists() for edition in EDITIONS for name in NAMES)
    assert Path(RUN).exists()
