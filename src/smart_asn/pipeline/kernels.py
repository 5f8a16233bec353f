"""Warm kernels: each thread that executes notebooks keeps one ordinary Jupyter kernel, with its libraries imported.

It is an engine of papermill (``papermill.engines``), named ``ENGINE``. Every notebook starts from an empty
namespace; a notebook that fails, or a cell that does not end, takes its kernel with it.
"""

from __future__ import annotations

import ast
import asyncio
import atexit
import json
import os
import threading
import uuid
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines

from smart_asn.chapters import READS
from smart_asn.places import BUILD, ROOT

ENGINE = "warm"
_SET = os.environ.get("SMART_ASN_CELL_SECONDS", "300")
CELL_SECONDS = int(_SET) if _SET.isdecimal() else 300
"""How long a cell may run. A build stops at a limit that is none before it executes anything (``preflight``)."""

FRESH = """
get_ipython().reset(new_session=True)
import sys
if "matplotlib.pyplot" in sys.modules:
    sys.modules["matplotlib.pyplot"].close("all")
if "smart_asn.notebook" in sys.modules:
    sys.modules["smart_asn.notebook"].forget()
del sys
"""
"""What a kernel does between two notebooks."""

LOOKS = "__import__('json').dumps(__import__('smart_asn.notebook').notebook.reads())"
"""An expression: which parts of the data the notebook looked at. As JSON, for a kernel shows a long list shortened."""

_own = threading.local()
_started: set[Kernel] = set()


class Kernel:
    """One kernel of this very interpreter, whatever kernels Jupyter knows besides, and the connection to it."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        folder = BUILD / "work" / "kernels" / uuid.uuid4().hex
        (folder / "ipython").mkdir(parents=True)
        self.manager = AsyncKernelManager(
            kernel_name="python3",
            kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
            connection_file=str(folder / "connection.json"),
        )
        self.arguments = [f"--IPKernelApp.ipython_dir={folder / 'ipython'}", "--log-level=CRITICAL"]
        self.client: Any = None
        _started.add(self)

    def execute(self, notebook: NotebookExecutionManager) -> None:
        """Execute a notebook's cells, and note in its metadata (under ``READS``) what it looked at.

        Raises
        ------
        CellExecutionError, CellTimeoutError
            if a cell fails, or runs for longer than ``CELL_SECONDS``; its outputs have the error.
        RuntimeError
            if the kernel does not start or dies.
        """
        self.loop.run_until_complete(self._execute(notebook))

    async def _execute(self, notebook: NotebookExecutionManager) -> None:
        if self.client is None:
            await self.manager.start_kernel(cwd=str(ROOT), extra_arguments=self.arguments)
            client = self.manager.client()
            client.start_channels()
            await client.wait_for_ready(timeout=60)
            self.client = client
        run = PapermillNotebookClient(notebook, km=self.manager, timeout=CELL_SECONDS)
        run.kc = self.client
        async with run.async_setup_kernel(cleanup_kc=False):
            await run.async_wait_for_reply(self.client.execute(FRESH, silent=True))
            for index, cell in enumerate(notebook.nb.cells):
                notebook.cell_start(cell, index)
                try:
                    await run.async_execute_cell(cell, index)
                except CellTimeoutError:
                    what = f"the cell did not end within {CELL_SECONDS} s (SMART_ASN_CELL_SECONDS sets another limit)"
                    cell.outputs.append(new_output("error", ename="TimeoutError", evalue=what, traceback=[]))
                    raise
                except CellExecutionError as error:
                    notebook.cell_exception(cell, cell_index=index, exception=error)
                    raise
                finally:
                    notebook.cell_complete(cell, cell_index=index)
            asked = self.client.execute("", silent=True, user_expressions={"looks": LOOKS})
            reply = await run.async_wait_for_reply(asked)
            shown = reply["content"]["user_expressions"]["looks"]["data"]["text/plain"]
            notebook.nb.metadata[READS] = [tuple(look) for look in json.loads(ast.literal_eval(shown))]

    def end(self) -> None:
        """End the kernel at once."""
        _started.discard(self)
        if self.client is not None:
            self.client.stop_channels()
        if self.manager.has_kernel:
            self.loop.run_until_complete(self.manager.shutdown_kernel(now=True))
        self.loop.close()


class WarmEngine(Engine):
    """Executes a notebook in the kernel of the thread that it is called in."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any
    ) -> None:
        """Execute it; papermill raises for the cell that failed."""
        kernel = getattr(_own, "kernel", None) or Kernel()
        _own.kernel = kernel
        try:
            kernel.execute(nb_man)
        except (CellExecutionError, CellTimeoutError):
            end_own()
        except BaseException:
            end_own()
            raise


def end_own() -> None:
    """End the kernel of this thread, if it has one."""
    if kernel := getattr(_own, "kernel", None):
        _own.kernel = None
        kernel.end()


def end_all() -> None:
    """End every kernel that this process has started; no thread may be executing notebooks."""
    for kernel in list(_started):
        kernel.end()


def kill_all() -> None:
    """Kill the process of every kernel that this process has started, without a word to it."""
    for kernel in list(_started):
        process = getattr(kernel.manager.provisioner, "process", None)
        if process is not None:
            process.kill()


papermill_engines.register(ENGINE, WarmEngine)
atexit.register(end_all)
