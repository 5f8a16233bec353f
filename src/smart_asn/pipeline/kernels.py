"""Kernels for notebooks: forked from one process with the libraries imported, or plain ones.

A forked kernel costs a fraction of a plain one, and gives the same bytes. It is a provisioner of
jupyter_client (entry point ``forked``) over the standard library's forkserver. Where fork is not safe or not
there (anything but Linux), and with ``SMART_ASN_KERNELS=plain``, kernels are started as ever.
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import multiprocessing.forkserver
import multiprocessing.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import types
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner
from traitlets.config import Config

SWITCH = "SMART_ASN_KERNELS"
KINDS = ("forked", "plain")
LONGEST = 40
"""The longest path of a folder for temporary files that leaves room for the name of a socket (104 in all)."""

SAME = {
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "1609459200",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MATPLOTLIBRC": os.devnull,
    "TZ": "UTC",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "JUPYTER_DEFAULT_PROVISIONER_NAME": "forked",
}
"""The environment in which everything is made: order of sets, dates, sums and styles hang on it; and quiet."""

_bookkeeping = threading.RLock()


def settle() -> None:
    """Give this process, and those it starts, the environment in which everything is made.

    jsonschema, which nbformat checks notebooks with, would build a grammar of international web addresses while
    it is imported, if it can: most of a second of CPU for a format that no notebook's schema has.
    """
    os.environ.update(SAME)
    sys.modules.setdefault("rfc3987_syntax", None)


def kind() -> str:
    """``forked`` or ``plain``: the kernels that will be started here.

    Raises
    ------
    ValueError
        if ``SMART_ASN_KERNELS`` is set to anything else.
    """
    wish = os.environ.get(SWITCH, KINDS[0])
    if wish not in KINDS:
        raise ValueError(f"{SWITCH} is {wish!r}; expected {' or '.join(KINDS)}")
    may_fork = sys.platform == "linux" and not multiprocessing.current_process().daemon
    return wish if may_fork else "plain"


@cache
def folder() -> Path:
    """A folder for sockets and other short-lived files, removed when this process ends, however it ends."""
    usual = tempfile.gettempdir()
    short = usual if len(usual) <= LONGEST or os.name != "posix" else "/tmp"
    path = Path(tempfile.mkdtemp(prefix="smart-asn-", dir=short))
    (path / "ipython").mkdir()
    if os.name == "posix":
        guard = ["/bin/sh", "-c", 'read -r _; rm -rf -- "$1"', "guard", str(path)]
        subprocess.Popen(guard, stdin=subprocess.PIPE, start_new_session=True)
    else:
        atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def settings() -> Config:
    """jupyter_client's settings for one kernel: sockets in ``folder()`` where the system has them."""
    config = Config()
    base = folder() / uuid.uuid4().hex[:12]
    config.KernelManager.connection_file = f"{base}.json"
    if os.name == "posix":
        config.KernelManager.transport = "ipc"
        config.KernelManager.ip = str(base)
    return config


def arguments() -> list[str]:
    """Arguments of every kernel: nothing from the reader's own profile, no word on plain TCP."""
    return [f"--IPKernelApp.ipython_dir={folder() / 'ipython'}", "--log-level=CRITICAL"]


class Provisioner(LocalProvisioner):
    """Starts kernels of this very interpreter by fork, and any other as jupyter_client does."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Start the kernel and return its connection's facts."""
        ours = os.path.realpath(cmd[0]) == os.path.realpath(sys.executable)
        if kind() == "plain" or not ours or cmd[1:3] != ["-m", "ipykernel_launcher"]:
            return await super().launch_kernel(cmd, **kwargs)
        self.cwd = str(kwargs.get("cwd") or Path.cwd())
        process = _zygote().Process(
            target=_run, args=(cmd[3:], dict(kwargs.get("env") or os.environ), self.cwd)
        )
        with _no_main():
            process.start()
        self.process = _Process(process)
        self.pid = self.pgid = process.pid
        return self.connection_info


@cache
def _zygote() -> multiprocessing.context.ForkServerContext:
    """The process that kernels are forked from; ``smart_asn.pipeline.preload`` is imported in it."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder())
    multiprocessing.util.get_temp_dir()  # its socket goes where it is removed
    tempfile.tempdir = before
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["smart_asn.pipeline.preload"])
    return context


def warm() -> None:
    """Start the process that kernels are forked from, so that it imports its libraries meanwhile."""
    if kind() == "forked":
        _zygote()
        multiprocessing.forkserver.ensure_running()


@contextlib.contextmanager
def _no_main() -> Iterator[None]:
    """Keep multiprocessing from importing this program's main module again in the kernel."""
    with _bookkeeping:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = types.ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


def _run(argv: list[str], environment: dict[str, str], cwd: str) -> None:
    """What the forked process does: be a kernel until it is told to stop, or its parent ends."""
    os.setsid()
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    threading.Thread(target=_die_with, args=(multiprocessing.parent_process(),), daemon=True).start()
    sys.argv = ["ipykernel_launcher", *argv]
    if sys.path[0] != "":
        sys.path.insert(0, "")
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance(argv=argv)


def _die_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os.killpg(0, signal.SIGKILL)


class _Process:
    """A process of multiprocessing, as jupyter_client wants one: with the methods of ``subprocess.Popen``."""

    stdin = stdout = stderr = None

    def __init__(self, process: multiprocessing.process.BaseProcess):
        self._process = process
        self.pid = process.pid

    def poll(self) -> int | None:
        with _bookkeeping:
            return self._process.exitcode

    def wait(self) -> int | None:
        while self.poll() is None:
            time.sleep(0.005)
        return self.poll()

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)
