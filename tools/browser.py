"""Chromium for the checks of the pages: it reaches this machine only, and notes whatever goes wrong on a page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = os.environ.get("CHROME_PATH") or shutil.which("chromium") or ""
"""Where the browser is; nothing where there is none."""

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser while the block runs."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


def watch(page: Page, allowed: str) -> list[str]:
    """A list that fills, while the page lives, with console errors, failed requests, and requests elsewhere.

    ``allowed`` is how the addresses of the book's own files begin. What the browser itself gives up because the
    page was left or closed (``net::ERR_ABORTED``) is no failure: whether it happens is a matter of timing.
    """
    found: list[str] = []
    page.on(
        "console", lambda m: found.append(f"console: {m.text}") if m.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: found.append(f"script: {error}"))
    page.on(
        "requestfailed",
        lambda r: None if r.failure == "net::ERR_ABORTED" else found.append(f"failed: {r.url} ({r.failure})"),
    )
    page.on("response", lambda r: found.append(f"answer {r.status}: {r.url}") if r.status >= 400 else None)
    page.on(
        "request",
        lambda r: (
            None if r.url.startswith((allowed, "data:", "blob:")) else found.append(f"elsewhere: {r.url}")
        ),
    )
    return found
