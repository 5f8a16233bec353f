"""Check every page of the built book: ``make check-pages``. Prints what it measures; exits 1 where a bar is missed.

axe in both themes at two widths, the browser's complaints, requests, links and anchors, valid HTML, what is exported
for other programs, the EPUBs and PDFs, weights, and Lighthouse on four pages. Needs Chromium, Java and the tools of package.json.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Literal

import check_books
import check_exports
from browser import CHROMIUM, FLAGS, chromium, watch
from links import broken_links
from serve import serving

from smart_asn.places import SITE

ROOT = Path(__file__).parents[1]
TOOLS = ROOT / "node_modules"
WIDTHS = (360, 1280)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
KIB = 1024
WEIGHTS = {False: 200 * KIB, True: 350 * KIB}
"""The most a first visit may weigh, without and with figures."""
SECOND_VISIT = 5 * KIB
LIGHTHOUSE = ("index", "regencies/tapin", "synthesis", "ledger")
BARS = {"mobile": 0.95, "desktop": 1.0}
MARGIN = 0.03
"""How far performance may fall short of its bar: the machine that measures is shared."""
TRIES = 4
SLOWDOWN = 4
"""How many times Lighthouse slows a fast machine down to be a phone."""
FAST = 1500
"""The least benchmark index of such a machine, by Lighthouse's own table."""
SAMPLED = ("/k001.html", "/k010.html", "/q001.html", "/q100.html")
"""The claims' pages that a browser looks at."""
JUMPED = """new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((shift) => { sum += shift.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 20);
})"""
"""How far what a reader sees was pushed around while the page was loaded: its cumulative layout shift."""
MOST_JUMPED = 0.02


def html_pages() -> list[str]:
    """Every page of the site, as a path from its root; of the claims' pages, which are all made alike, a few."""
    found = sorted(p.relative_to(SITE).as_posix() for p in SITE.rglob("*.html"))
    return [p for p in found if "/claims/" not in p or p.endswith(SAMPLED)]


def in_browser(address: str, pages: list[str]) -> list[str]:
    """What axe and the browser find on the pages, pages that jump, and pages wider than the screen."""
    axe = (TOOLS / "axe-core/axe.min.js").read_text("utf-8")
    problems = []
    with chromium() as browser:
        for theme in THEMES:
            for width in WIDTHS:
                context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=theme)
                for path in pages:
                    page = context.new_page()
                    found = watch(page, address)
                    page.goto(address + path, wait_until="load")
                    jumped = page.evaluate(JUMPED)
                    found += [f"the page jumps ({jumped:.2f})"] if jumped > MOST_JUMPED else []
                    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
                    page.evaluate(axe)
                    results = page.evaluate("axe.run({resultTypes: ['violations']})")
                    found += [
                        f"axe {v['id']}: {n['html'][:120]} ({n['failureSummary'].splitlines()[-1].strip()[:160]})"
                        for v in results["violations"]
                        for n in v["nodes"]
                    ]
                    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                    found += [f"{wide} pixels wider than the screen"] if wide > 0 else []
                    problems += [f"{path} ({theme}, {width}): {f}" for f in found]
                    page.close()
                context.close()
    print(f"axe {len(pages)} pages × {len(THEMES)} themes × {len(WIDTHS)} widths: {len(problems)} findings")
    return problems


def links() -> list[str]:
    """Links and references of the pages to files or places that are not there."""
    count, broken = broken_links(SITE)
    print(f"lychee: {count} links and references, {len(broken)} broken")
    return broken


def valid() -> list[str]:
    """What the HTML checker finds."""
    command = [
        "java",
        "-jar",
        str(TOOLS / "vnu-jar/build/dist/vnu.jar"),
        "--errors-only",
        "--skip-non-html",
        str(SITE),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    problems = [line.replace(f"file:{SITE}/", "") for line in done.stderr.splitlines()]
    print(f"vnu: {len(problems)} errors")
    return problems if done.returncode else []


def weights(address: str, pages: list[str]) -> list[str]:
    """Pages that weigh too much, figures included, on a first and on a second visit."""
    problems, measured = [], []
    with chromium() as browser:
        for path in pages:
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            page = context.new_page()
            first = _visit(context, page, address + path)
            second = _visit(context, page, address + path)
            figures = page.locator(".book-figure").count() > 0
            context.close()
            measured.append((first, path, second))
            if first > WEIGHTS[figures]:
                problems.append(
                    f"{path}: {first / KIB:.0f} KiB, at most {WEIGHTS[figures] // KIB} are allowed"
                )
            if second > SECOND_VISIT:
                problems.append(f"{path}: {second / KIB:.0f} KiB on the second visit")
    for first, path, second in sorted(measured, reverse=True)[:6]:
        print(f"weight: {path} {first / KIB:.0f} KiB, again {second / KIB:.1f} KiB")
    return problems


def _visit(context, page, address: str) -> int:
    """The bytes over the wire for a page that is read to its end."""
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address, wait_until="load")
    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height, 2000):
        page.evaluate("(y) => scrollTo({top: y, behavior: 'instant'})", top)
        page.wait_for_timeout(15)
    page.wait_for_load_state("networkidle")
    session.detach()
    return int(sum(sizes))


def lighthouse(address: str) -> list[str]:
    """Scores below the bars. A page that misses its bar is measured again, a few times, and its best run counts.

    Lighthouse makes a phone of this machine by slowing it down as many times as a fast one needs. While other work
    takes the processors away, that phone would be slower than any: so it is slowed down less when it measures again.
    """
    problems = []
    for name in LIGHTHOUSE:
        for device, bar in BARS.items():
            best, speed = _measure(f"{address}en/{name}.html", device)
            for _ in range(TRIES - 1):
                if best["performance"] >= bar:
                    break
                scores, speed = _measure(f"{address}en/{name}.html", device, speed)
                best = max(best, scores, key=lambda run: run["performance"])
            shown = ", ".join(f"{k} {v * 100:.0f}" for k, v in best.items())
            print(f"lighthouse {device} {name}: {shown} (machine {speed:.0f})")
            problems += [
                f"{name} ({device}): {k} {v * 100:.0f}"
                for k, v in best.items()
                if v < (bar - MARGIN if k == "performance" else 1)
            ]
    return problems


def _measure(address: str, device: str, speed: float = FAST) -> tuple[dict[str, float], float]:
    """Lighthouse's scores of a page, and how fast it found the machine; ``speed`` is what it was found before."""
    command = [str(TOOLS / ".bin/lighthouse"), address, "--quiet", "--output=json", "--output-path=stdout"]
    command += ["--only-categories=performance,accessibility,best-practices,seo"]
    command += [f"--chrome-flags=--headless {' '.join(f for f in FLAGS if ' ' not in f)}"]
    if device == "desktop":
        command.append("--preset=desktop")
    elif speed < FAST:
        command.append(f"--throttling.cpuSlowdownMultiplier={max(1, SLOWDOWN * speed / FAST):.1f}")
    environment = os.environ | {"CHROME_PATH": CHROMIUM}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    report = json.loads(done.stdout)
    scores = {k: v["score"] for k, v in report["categories"].items()}
    return scores, report["environment"]["benchmarkIndex"]


def main() -> int:
    """Run the checks that are named, or all."""
    if not CHROMIUM:
        print("Skipped: there is no Chromium on this machine, so the pages are not checked.")
        return 0
    pages = html_pages()
    book = [p for p in pages if "/" in p]
    with serving(SITE) as address:
        checks = {
            "links": links,
            "vnu": valid,
            "exports": lambda: check_exports.problems([]),
            "books": lambda: check_books.problems([])[0],
            "weights": lambda: weights(address, book),
            "axe": lambda: in_browser(address, book),
            "lighthouse": lambda: lighthouse(address),
        }
        named = sys.argv[1:] or list(checks)
        problems = [problem for name in named for problem in checks[name]()]
    print("\n".join(problems))
    print(f"{len(problems)} problems on {len(pages)} pages")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
