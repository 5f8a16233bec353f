"""Kernels for notebooks: forked from one process with the libraries imported, or plain ones.

A forked kernel costs a fraction of a plain one, and gives the same bytes. It is a provisioner of
jupyter_client (entry point ``forked``) over the standard library's forkserver. Where fork is not safe or not
there (anything but Linux), and with ``SMART_ASN_KERNELS=plain``, kernels are started as ever. What builds the
pages is forked from the same process, for the same reason.
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import multiprocessing.connection
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
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from queue import Empty
from typing import Any

import zmq
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.provisioning import LocalProvisioner
from traitlets.config import Config

from smart_asn.places import ROOT

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
    """jupyter_client's settings for one kernel: quick to start and end, sockets in ``folder()`` where there are such."""
    config = Config()
    config.KernelManager.client_class = f"{__name__}.{Client.__name__}"
    config.NotebookClient.shutdown_kernel = "immediate"
    base = folder() / uuid.uuid4().hex[:12]
    config.KernelManager.connection_file = f"{base}.json"
    if os.name == "posix":
        config.KernelManager.transport = "ipc"
        config.KernelManager.ip = str(base)
    return config


def arguments() -> list[str]:
    """Arguments of every kernel: nothing from the reader's own profile, no word on plain TCP."""
    return [f"--IPKernelApp.ipython_dir={folder() / 'ipython'}", "--log-level=CRITICAL"]


class Client(AsyncKernelClient):
    """Speaks with a kernel, and goes on when it is ready; jupyter_client waits for 0.2 s without a word first."""

    def start_channels(self, *args: Any, **kwargs: Any) -> None:
        """Connect, trying again soon where the kernel does not listen yet."""
        self.context.setsockopt(zmq.RECONNECT_IVL, 10)
        super().start_channels(*args, **kwargs)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until both channels have answered.

        Raises
        ------
        RuntimeError
            if the kernel ends first, or does not answer within ``timeout`` seconds.
        """
        began = time.monotonic()
        while not await self._ready():
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if timeout and time.monotonic() - began > timeout:
                raise RuntimeError(f"Kernel didn't respond in {timeout:.0f} seconds")

    async def _ready(self) -> bool:
        """Ask the kernel who it is; False if the answer, or its word that it is idle again, does not come."""
        asked = self.kernel_info()
        try:
            reply = await self.shell_channel.get_msg(timeout=1)
            if reply["msg_type"] != "kernel_info_reply":
                return False
            self._handle_kernel_info_reply(reply)
            while True:
                said = await self.iopub_channel.get_msg(timeout=0.2)
                idle = said["content"].get("execution_state") == "idle"
                if idle and said["parent_header"].get("msg_id") == asked:
                    return True
        except Empty:
            return False


class Provisioner(LocalProvisioner):
    """Starts kernels of this very interpreter by fork, and any other as jupyter_client does."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Start the kernel and return its connection's facts."""
        ours = os.path.realpath(cmd[0]) == os.path.realpath(sys.executable)
        if kind() == "plain" or not ours or cmd[1:3] != ["-m", "ipykernel_launcher"]:
            return await super().launch_kernel(cmd, **kwargs)
        self.cwd = str(kwargs.get("cwd") or Path.cwd())
        self.process = _fork(_be_kernel, dict(kwargs.get("env") or os.environ), self.cwd, cmd[3:])
        self.pid = self.pgid = self.process.pid
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and wait until it has ended; jupyter_client would look again after 0.1 s."""
        await super().kill(restart)
        if self.process:
            self.process.wait()


def aside(main: Callable[[str], int], word: str) -> tuple[int, str]:
    """Call a module's main program in a process of its own at the book's root, which ends when this one does.

    ``main`` takes a word and returns an exit code; its module must do just that when it is run as a program
    with that word. It gives the exit code, and all that was said on stdout and stderr.
    """
    if kind() == "plain":
        with subprocess.Popen(
            [sys.executable, "-m", main.__module__, word],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        ) as program:
            said = program.stdout.read()
        return program.returncode, said
    says = folder() / f"{uuid.uuid4().hex[:12]}.txt"
    says.touch()
    code = _fork(_be_program, dict(os.environ), str(ROOT), main, word, says).wait()
    return code, says.read_text("utf-8", errors="replace")


@cache
def _zygote() -> multiprocessing.context.ForkServerContext:
    """The process that others are forked from; ``smart_asn.pipeline.preload`` is imported in it."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder())
    multiprocessing.util.get_temp_dir()  # its socket goes where it is removed
    tempfile.tempdir = before
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["smart_asn.pipeline.preload"])
    return context


def warm() -> None:
    """Start the process that others are forked from, so that it imports its libraries meanwhile."""
    if kind() == "forked":
        _zygote()
        multiprocessing.forkserver.ensure_running()


@contextlib.contextmanager
def _no_main() -> Iterator[None]:
    """Keep multiprocessing from importing this program's main module again in the process that is forked."""
    with _bookkeeping:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = types.ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


def _fork(be: Callable[..., None], *arguments: Any) -> _Process:
    """Fork a process with the libraries imported, that calls ``be``."""
    process = _zygote().Process(target=be, args=arguments)
    with _no_main():
        process.start()
    return _Process(process)


def _begin(environment: dict[str, str], cwd: str) -> None:
    """What a forked process does first: take its place, and see to it that it ends with its parent."""
    os.setsid()
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    threading.Thread(target=_die_with, args=(multiprocessing.parent_process(),), daemon=True).start()


def _be_kernel(environment: dict[str, str], cwd: str, argv: list[str]) -> None:
    """Be a kernel until it is told to stop."""
    _begin(environment, cwd)
    sys.argv = ["ipykernel_launcher", *argv]
    if sys.path[0] != "":
        sys.path.insert(0, "")
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance(argv=argv)


def _be_program(
    environment: dict[str, str], cwd: str, main: Callable[[str], int], word: str, says: Path
) -> None:
    """Be a program that says what it says into a file."""
    _begin(environment, cwd)
    with says.open("wb") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    sys.exit(main(word))


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
        multiprocessing.connection.wait([self._process.sentinel])
        return self.poll()

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)
