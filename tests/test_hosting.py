"""The book on nginx and Apache with the files of ``hosting/``, at a host's root and under a sub-path."""

import gzip
import http.client
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from browser import CHROMIUM, chromium, watch
from install_site import InstallError, install, main
from servers import PROGRAMS, serving_as

from smart_asn.pipeline.preflight import PUBLISHED
from smart_asn.places import ROOT, SITE, files_of

HOSTING = (ROOT / "docs/hosting.md").read_text("utf-8")
HEADERS = dict(re.findall(r"^\| `([A-Z][\w-]+)` \| `(.+)` \|$", HOSTING, re.M))
"""The headers that the page for publishers asks for."""
MOUNTS = [pytest.param((server, under), id=server + under) for server in PROGRAMS for under in ("", "/book")]
FILES = {
    "index.html": "<p>the first page</p>" * 99,
    "404.html": "<p>not here</p>" * 99,
    "ledger.json": '{"a": "é"}',
    "en/index.html": "<p>a page é</p>" * 99,
    "en/ledger.csv": "a,é\n" * 99,
    "en/chapter.ipynb": "{}",
    "en/_static/book.css": "p { margin: 0 }\n" * 99,
    "en/_static/book.js": "0;\n" * 99,
    "en/_static/icon.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "en/_static/fonts/a.woff2": "wOF2",
}
"""A site in small: a file of each kind."""


@dataclass(frozen=True)
class Host:
    """A server that has the book under a path."""

    place: tuple[str, int]
    under: str
    folder: Path

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        """An answer and its body; names of headers have _ for -."""
        connection = http.client.HTTPConnection(*self.place, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, self.under + path, headers=named)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def outside() -> Iterator[Path]:
    """A folder that a server's own user can read."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        before = os.umask(0o022)
        yield folder
        os.umask(before)


def mounted(mount: tuple[str, str], book: Path, outside: Path) -> Iterator[Host]:
    server, under = mount
    if PROGRAMS[server] is None:
        pytest.skip(
            f"{server} is not installed (Debian: {'nginx-light' if server == 'nginx' else 'apache2'})"
        )
    work = Path(tempfile.mkdtemp(dir=outside))
    with serving_as(server, book, under, work) as place:
        yield Host(place, under, book)


@pytest.fixture(scope="module")
def small_book(outside: Path) -> Path:
    install(write(outside / "small-site", FILES), outside / "small/book")
    return outside / "small/book"


@pytest.fixture(scope="module", params=MOUNTS)
def host(request, small_book: Path, outside: Path) -> Iterator[Host]:
    yield from mounted(request.param, small_book, outside)


# Answers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", "/en/index.html", "/en/_static/book.css?v=0a1b", "/ledger.json", "/en/none.html"]
)
def test_every_answer_has_the_headers_that_the_page_for_publishers_names(host, path):
    assert len(HEADERS) >= 5
    answer, _ = host.ask(path)
    assert {name: answer.headers.get_all(name) for name in HEADERS} == {n: [v] for n, v in HEADERS.items()}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/en/", "text/html; charset=utf-8"),
        ("/en/ledger.csv", "text/csv; charset=utf-8"),
        ("/ledger.json", "application/json; charset=utf-8"),
        ("/en/chapter.ipynb", "application/x-ipynb+json; charset=utf-8"),
        ("/en/_static/book.css", "text/css; charset=utf-8"),
        ("/en/_static/icon.svg", "image/svg+xml; charset=utf-8"),
        ("/en/_static/fonts/a.woff2", "font/woff2"),
    ],
)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_file_has_its_type_compressed_or_not(host, path, kind, encoding):
    """The type is the same either way, and what arrives is the file."""
    answer, body = host.ask(path, Accept_Encoding=encoding)
    file = host.folder / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
    body = gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body
    assert (answer.status, answer.headers["Content-Type"], body) == (200, kind, file.read_bytes())


@pytest.mark.parametrize(
    "path", ["/en/index.html", "/en/_static/book.js?v=12", "/en/ledger.csv", "/none.html"]
)
def test_the_file_that_was_compressed_before_is_sent(host, path):
    """What is sent is the very file that lies beside, and caches are told that it depends on what was asked for."""
    answer, body = host.ask(path, Accept_Encoding="gzip")
    name = "404.html" if "none" in path else path.partition("?")[0].lstrip("/")
    assert body == (host.folder / f"{name}.gz").read_bytes()
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    plain, body = host.ask(path)
    assert plain.headers["Content-Encoding"] is None
    assert body == (host.folder / name).read_bytes()
    assert plain.headers["ETag"] != answer.headers["ETag"]


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/en/_static/book.css?v=0a1b2c", "public, max-age=31536000, immutable"),
        ("/en/_static/book.js?v=0a1b2c", "public, max-age=31536000, immutable"),
        ("/en/_static/book.css", "no-cache"),
        ("/en/index.html?v=0a1b2c", "no-cache"),
        ("/en/index.html", "no-cache"),
        ("/ledger.json", "no-cache"),
        ("/en/_static/none.css?v=0a1b2c", "no-cache"),
        ("/none.html", "no-cache"),
    ],
)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_what_is_named_by_its_content_is_kept_and_all_else_is_asked_for(host, path, kept, encoding):
    """What is not there is never kept for good, though it be asked for by a checksum."""
    answer, _ = host.ask(path, Accept_Encoding=encoding)
    assert answer.headers.get_all("Cache-Control") == [kept]


@pytest.mark.parametrize("path", ["/en/index.html", "/en/_static/book.css?v=0a", "/en/_static/fonts/a.woff2"])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_what_is_as_it_was_is_not_sent_again(host, path, encoding):
    """With the tag or the date of what a browser has, the answer is 304 without a body; with another, the file."""
    first, body = host.ask(path, Accept_Encoding=encoding)
    assert body
    for name, value in (("If_None_Match", "ETag"), ("If_Modified_Since", "Last-Modified")):
        again, nothing = host.ask(path, Accept_Encoding=encoding, **{name: first.headers[value]})
        assert (again.status, nothing) == (304, b"")
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    other, whole = host.ask(path, Accept_Encoding=encoding, If_None_Match='"another"')
    assert (other.status, whole) == (200, body)


@pytest.mark.parametrize("path", ["/none.html", "/en/none/deeper/still.html", "/en/_static/", "/en/none/"])
def test_what_is_not_there_is_answered_with_the_books_page(host, path):
    """So is a folder without a page: its files are not listed."""
    answer, body = host.ask(path)
    assert (answer.status, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert body == (host.folder / "404.html").read_bytes()


def test_a_folder_without_a_slash_leads_to_its_page(host):
    answer, _ = host.ask("/en")
    assert answer.status in (301, 302, 308)
    assert urlsplit(answer.headers["Location"]).path == f"{host.under}/en/"
    assert host.ask("/en/", "HEAD")[0].status == 200


@pytest.mark.parametrize(
    "path", ["/../small-site/index.html", "/%2e%2e/%2e%2e/small-site/ledger.json", "/..%2f..%2fsmall-site/"]
)
def test_nothing_outside_the_book_is_sent(host, path):
    answer, body = host.ask(path)
    assert answer.status in (400, 403, 404)
    assert b"the first page" not in body


# The whole book ----------------------------------------------------------------------------------------------


ADDRESS = re.compile(r'\b(?:href|src|action)="([^"#]*)')


def addresses(book: Path) -> set[str]:
    """Every address within the book that its pages lead to or load, from the book's root, with its ``?``."""
    found = set()
    for page in book.rglob("*.html"):
        place = f"/{page.relative_to(book).as_posix()}"
        found.add(place)
        text = re.sub(r"<pre.*?</pre>|<!--.*?-->", "", page.read_text("utf-8"), flags=re.S)
        for address in ADDRESS.findall(text):
            if address and not urlsplit(address).scheme:
                found.add(urljoin(place, address.replace("&amp;", "&")))
    return found


@pytest.fixture(scope="module")
def whole_book(outside: Path) -> Path:
    if not PUBLISHED.exists():
        pytest.skip("the book is not built; `make book` builds it")
    install(SITE, outside / "whole/book")
    return outside / "whole/book"


@pytest.fixture(scope="module", params=MOUNTS)
def whole(request, whole_book: Path, outside: Path) -> Iterator[Host]:
    yield from mounted(request.param, whole_book, outside)


@pytest.mark.slow
def test_every_link_of_the_book_is_answered(whole):
    """Every page, and every address within the book that a page has, is there."""
    wanted = sorted(addresses(whole.folder) - {"/404.html"})
    assert len(wanted) > 1000
    connection = http.client.HTTPConnection(*whole.place, timeout=20)
    missing = []
    for address in wanted:
        connection.request("HEAD", whole.under + address)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            missing.append(f"{address}: {answer.status}")
    connection.close()
    assert missing == []


@pytest.mark.slow
def test_style_sheets_and_scripts_of_a_page_are_kept_for_good(whole):
    """Each of a chapter's own is asked for by its content, so that a second page loads none of them."""
    page = (whole.folder / "en/ledger.html").read_text("utf-8")
    loaded = re.findall(r'(?:href|src)="([^"]+\.(?:css|js)\b[^"]*)"', page)
    assert len(loaded) >= 3
    for address in (urljoin("/en/", name) for name in loaded):
        assert "immutable" in whole.ask(address)[0].headers["Cache-Control"], address


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")
def test_a_browser_has_nothing_to_complain_of(whole):
    """With the headers no page loses a file, a script or a style; the page for what is not there finds the book."""
    host, port = whole.place
    base = f"http://{host}:{port}{whole.under}/"
    with chromium() as browser:
        page = browser.new_page()
        found = watch(page, base)
        for place in (
            "",
            "en/index.html",
            "id/ledger.html",
            "en/synthesis.html",
            "en/review-walk.html",
            "en/claims/k001.html",
            "en/search.html?q=Tapin",
        ):
            page.goto(base + place, wait_until="networkidle")
        assert page.locator("#search-results li").count() > 0
        assert found == []
        page.goto(f"{base}en/none/deeper/still.html", wait_until="networkidle")
        assert page.locator("a[hreflang=id]").evaluate("link => link.href") == f"{base}id/index.html"


# Installing --------------------------------------------------------------------------------------------------


def test_installing_twice_changes_nothing_and_keeps_the_times(tmp_path):
    """A file that has not changed keeps its time, so that what browsers have stays valid; one that has gets a new one."""
    site, target = write(tmp_path / "site", FILES), tmp_path / "www/book"
    assert install(site, target) == (len(FILES), len(FILES))
    for path in files_of(target):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    for path in files_of(site):
        os.utime(path, (1_500_000_000, 1_500_000_000))
    (site / "en/index.html").write_text("changed", "utf-8")
    assert install(site, target) == (len(FILES), 1)
    times = {p.relative_to(target).as_posix(): p.stat().st_mtime for p in files_of(target)}
    fresh = {name for name, time in times.items() if time != 1_000_000_000}
    assert fresh == {"en/index.html", "en/index.html.gz"}
    assert gzip.decompress((target / "en/index.html.gz").read_bytes()) == b"changed"


def test_a_page_that_is_gone_goes_from_the_server_too(tmp_path):
    site, target = write(tmp_path / "site", FILES), tmp_path / "book"
    install(site, target)
    (site / "en/ledger.csv").unlink()
    install(site, target)
    assert not (target / "en/ledger.csv").exists()
    assert not (target / "en/ledger.csv.gz").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["book", "site"]


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    site = write(tmp_path / "site", FILES)
    write(tmp_path / "www", {"precious.txt": "mine"})
    with pytest.raises(InstallError, match="has something else than a book; expected a new or empty folder"):
        install(site, tmp_path / "www")
    with pytest.raises(InstallError, match="lie within each other"):
        install(site, site / "en/book")
    with pytest.raises(InstallError, match=r"There is no book in .*nowhere; build it first: make book"):
        install(tmp_path / "nowhere", tmp_path / "new")
    assert (tmp_path / "www/precious.txt").read_text("utf-8") == "mine"


def test_installing_without_a_folder_says_how(capsys):
    assert main([""]) == 1
    assert (
        capsys.readouterr().err
        == "Say where the server serves the book from: make install-site TO=/srv/www/book\n"
    )


# The page for publishers -------------------------------------------------------------------------------------


def test_both_configurations_have_the_headers_of_the_page():
    for name in ("nginx.conf", "apache.conf"):
        text = (ROOT / "hosting" / name).read_text("utf-8")
        assert [n for n, value in HEADERS.items() if f'{n} "{value}"' not in text] == []
