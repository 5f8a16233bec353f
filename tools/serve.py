"""Serve the built book as a host would: compressed, and with what a browser may keep.

Show it on this machine until Ctrl-C: ``python tools/serve.py [PORT]``, or ``make serve PORT=8001``.
"""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any, BinaryIO

from smart_asn.places import SITE

COMPRESSED = (".css", ".csv", ".html", ".ipynb", ".js", ".json", ".svg", ".txt", ".xml")


class Handler(SimpleHTTPRequestHandler):
    """Files of a folder; text is sent compressed, what is missing is answered with the book's own page."""

    protocol_version = "HTTP/1.1"
    keep = "max-age=600"
    """How long a browser may keep what it was given, as hosts of static pages say it."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", self.keep)
        super().end_headers()

    def send_head(self) -> BinaryIO | None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and not self.path.split("?")[0].endswith("/"):
            return super().send_head()
        path = path / "index.html" if path.is_dir() else path
        status = HTTPStatus.OK
        if not path.is_file():
            path, status = Path(self.directory) / "404.html", HTTPStatus.NOT_FOUND
        body = path.read_bytes()
        packed = path.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", "")
        body = _compressed(body) if packed else body
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        return io.BytesIO(body)


class FreshHandler(Handler):
    """The same for somebody who changes the book: a browser asks for every page anew."""

    keep = "no-cache"


class Server(ThreadingHTTPServer):
    """A server that does not mind a reader who goes away while a page is sent."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of errors, but not of broken connections."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@lru_cache(256)
def _compressed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


@contextmanager
def serving(folder: Path, port: int = 0, fresh: bool = False) -> Iterator[str]:
    """Serve a folder on the loopback while the block runs; gives its address, with a slash at the end.

    ``port`` 0 is any that is free; ``fresh`` lets browsers keep nothing without asking.

    Raises
    ------
    OSError
        if the port cannot be used.
    """
    handler = FreshHandler if fresh else Handler
    server = Server(("127.0.0.1", port), partial(handler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def main(arguments: list[str]) -> int:
    """Serve the book; returns 0 when it was stopped, 1 if it cannot be served."""
    port = arguments[0] if arguments else "8000"
    if not port.isdecimal() or int(port) > 65535:
        print(
            f"PORT is {port!r}; expected a number from 0 (any port that is free) to 65535.", file=sys.stderr
        )
        return 1
    if not (SITE / "index.html").exists():
        print(f"There is no book in {SITE}; build it first: make book.", file=sys.stderr)
        return 1
    try:
        with serving(SITE, int(port), fresh=True) as address:
            print(f"The book is at {address} (Ctrl-C ends it).", flush=True)
            Event().wait()
    except KeyboardInterrupt:
        print()
    except OSError as error:
        print(
            f"Port {port} cannot be used: {error.strerror}. Say another: make serve PORT=8001.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
