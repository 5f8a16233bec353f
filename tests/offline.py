"""Runs Python where there is no network: in a network namespace where the system lets us make one, else behind a guard.

As a program, inside: ``python -m offline en`` executes every notebook of the book in a language.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from smart_asn.places import ROOT

UNSHARE = ("unshare", "--user", "--map-root-user", "--net")
RAISE_LOOPBACK = """
import fcntl, os, socket, struct, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
    name, up = b"lo", 0x1 | 0x8 | 0x40  # IFF_UP, IFF_LOOPBACK, IFF_RUNNING
    fcntl.ioctl(one, 0x8914, struct.pack("16sh14x", name, up))  # SIOCSIFFLAGS
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
"""Kernels talk to their clients over the loopback, which a new namespace has, but not up."""
GUARD = """
import socket

def _guarded(name):
    original = getattr(socket.socket, name)
    def guard(self, *arguments):
        address = arguments[-1]
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(("127.", "::1", "localhost")):
            raise OSError(f"no network while notebooks are executed: {address[0]}")
        return original(self, *arguments)
    return guard

for _name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, _name, _guarded(_name))
"""
"""A ``sitecustomize`` for this process and the kernels that it starts."""


@lru_cache(1)
def namespaces() -> bool:
    """Whether the system lets us make a network namespace, with its loopback up."""
    if shutil.which("unshare") is None:
        return False
    nothing = [*UNSHARE, sys.executable, "-c", RAISE_LOOPBACK, "-c", ""]
    try:
        done = subprocess.run(nothing, capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def run_offline(arguments: list[str], work: Path, namespace: bool) -> subprocess.CompletedProcess:
    """Run this Python with arguments, without network: in a namespace, or behind the guard. ``work`` is an empty folder."""
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'tests'}{os.pathsep}{ROOT / 'src'}"}
    if namespace:
        command = [*UNSHARE, sys.executable, "-c", RAISE_LOOPBACK, *arguments]
    else:
        (work / "sitecustomize.py").write_text(GUARD, "utf-8")
        environment["PYTHONPATH"] = f"{work}{os.pathsep}{environment['PYTHONPATH']}"
        command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=1500
    )


def execute_all(language: str) -> int:
    """Execute every notebook, those of later stages after those of earlier ones; how many."""
    from smart_asn.pipeline import execute

    pages = sorted(execute.load_book()[1], key=lambda page: page.stage)
    for page in pages:
        execute.execute(page, language)
    return len(pages)


if __name__ == "__main__":
    print(execute_all(sys.argv[1]))
