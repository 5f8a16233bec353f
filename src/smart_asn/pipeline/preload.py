"""Imported once, in the process that others are forked from: the libraries that notebooks and pages need.

Starts no thread, draws nothing, seeds nothing. Libraries that look round while they are imported must find a
kernel: pandas shows whole tables in a kernel (``display.max_columns`` 20) and cuts them in a terminal (0).
"""

from __future__ import annotations

import builtins
import gc
import importlib
import os
import sys

from smart_asn.pipeline import kernels

KERNEL = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "ipykernel.debugger",
    "matplotlib_inline.backend_inline",
)
LIBRARIES = (
    "seaborn",
    "matplotlib.backends.backend_svg",
    "scipy.cluster.hierarchy",
    "smart_asn.figures",
    "smart_asn.tables",
    "smart_asn.ledger",
)
PAGES = ("jupyter_book.sphinx", "myst_nb.sphinx_", "smart_asn.pages.sphinx_book", "smart_asn.pipeline.weave")


class ZMQInteractiveShell:
    """Stands in for a kernel's shell for libraries that ask for its class name and ``kernel``."""

    kernel = object()


gc.disable()  # nothing that is imported is ever let go
kernels.settle()
sys.modules.setdefault("rfc3986_validator", None)  # of jsonschema, as in settle()
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
for name in KERNEL:
    importlib.import_module(name)
shell = ZMQInteractiveShell()
builtins.get_ipython, builtins.__IPYTHON__ = lambda: shell, True
try:
    for name in LIBRARIES:
        importlib.import_module(name)
finally:
    del builtins.get_ipython, builtins.__IPYTHON__
for name in PAGES:
    importlib.import_module(name)
gc.freeze()
gc.enable()
