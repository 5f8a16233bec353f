"""Starts nginx and Apache with the configurations of ``hosting/``, on the loopback, for a folder with the book."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from smart_asn.places import ROOT

PATH = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
PROGRAMS = {"nginx": shutil.which("nginx", path=PATH), "apache": shutil.which("apache2", path=PATH)}
"""Each server's program; None where it is not installed."""
MODULES = Path("/usr/lib/apache2/modules")

NGINX = """\
daemon off;
master_process off;
pid {work}/pid;
error_log {work}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    gzip on;
    access_log off;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    include {work}/book.conf;
}}
"""
"""What Debian's own settings have, as far as it bears on the book."""
APACHE = """\
ServerRoot {work}
PidFile {work}/pid
ErrorLog {work}/error.log
Mutex file:{work} default
Listen 127.0.0.1:{port}
{modules}
TypesConfig /etc/mime.types
AddType application/x-gzip .gz .tgz
AddOutputFilterByType DEFLATE text/html text/plain text/css application/javascript application/json
Include {work}/book.conf
"""
APACHE_MODULES = (
    "mpm_event",
    "authz_core",
    "alias",
    "dir",
    "mime",
    "filter",
    "deflate",
    "headers",
    "rewrite",
)


def _changed(file: str, changes: dict[str, str]) -> str:
    """A configuration of ``hosting/`` with what its ``#!`` lines say to change; each must be there."""
    text = (ROOT / "hosting" / file).read_text("utf-8")
    for old, new in changes.items():
        assert old in text, f"hosting/{file} has no {old!r}"
        text = text.replace(old, new)
    return text


def _nginx(work: Path, port: int, book: Path, under: str) -> list[str]:
    changes = {"listen 80;": f"listen 127.0.0.1:{port};", "root /srv/www/book;": f"root {book};"}
    if under:
        changes["root /srv/www/book;"] = f"root {book.parent};"
        changes |= {"location / {": f"location ^~ {under}/ {{", "=404 /404.html": f"=404 {under}/404.html"}
    (work / "book.conf").write_text(_changed("nginx.conf", changes), "utf-8")
    (work / "nginx.conf").write_text(NGINX.format(work=work), "utf-8")
    return ["-p", str(work), "-c", str(work / "nginx.conf"), "-e", str(work / "error.log")]


def _apache(work: Path, port: int, book: Path, under: str) -> list[str]:
    served = book.parent if under else book
    changes = {
        "*:80": f"127.0.0.1:{port}",
        'DocumentRoot "/srv/www/book"': f'DocumentRoot "{served}"',
        '<Directory "/srv/www/book">': f'<Directory "{book}">',
    }
    if under:
        changes |= {f"ErrorDocument {n} /404.html": f"ErrorDocument {n} {under}/404.html" for n in (403, 404)}
    (work / "book.conf").write_text(_changed("apache.conf", changes), "utf-8")
    modules = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in APACHE_MODULES)
    (work / "apache.conf").write_text(APACHE.format(work=work, port=port, modules=modules), "utf-8")
    return ["-f", str(work / "apache.conf"), "-DFOREGROUND"]


@contextmanager
def serving_as(server: str, book: Path, under: str, work: Path) -> Iterator[tuple[str, int]]:
    """Serve a book while the block runs; gives host and port.

    Parameters
    ----------
    server : ``nginx`` or ``apache``.
    book : the book's folder, which every user can read.
    under : the sub-path, such as ``/book`` (the folder's name), or nothing for the host's root.
    work : an empty folder, which every user can enter.
    """
    program = PROGRAMS[server]
    assert program is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = {"nginx": _nginx, "apache": _apache}[server](work, port, book, under)
    other = {"user": "nobody", "group": "nogroup"} if os.getuid() == 0 else {}
    work.chmod(0o777)
    with (work / "said").open("wb") as said:
        process = subprocess.Popen([program, *arguments], cwd=work, stdout=said, stderr=said, **other)  # type: ignore[call-overload]
    try:
        _wait(process, port, work)
        yield "127.0.0.1", port
    finally:
        process.terminate()
        process.wait(20)


def _wait(process: subprocess.Popen, port: int, work: Path) -> None:
    """Until the server answers; what it said, if it ends or does not."""
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    logs = [p.read_text("utf-8", "replace") for p in (work / "said", work / "error.log") if p.exists()]
    raise RuntimeError("the server does not answer:\n" + "\n".join(logs))
