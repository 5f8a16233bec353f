"""What reaches into another package's insides: each with its reason, its gain as measured, and the way without it.

A test for each tells when a new version breaks it. A patch that finds nothing to patch does nothing: the build is
slower then, and otherwise the same. What gains less than a twentieth of a clean build has no place here.
"""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

LOOK_SECONDS = 0.02


def look_often() -> bool:
    """Let pytask-parallel look every ``LOOK_SECONDS`` whether a task has ended; returns whether it is patched.

    Reason: it sleeps for longer each time it finds nothing to start, up to a second, in ``_Sleeper.sleep``, and no
    setting changes that. While the last tasks of a stage run, nothing else starts.
    """
    from pytask_parallel import execute

    sleeper: Any = getattr(execute, "_Sleeper", None)
    if not hasattr(sleeper, "sleep"):
        return False
    sleeper.sleep = lambda _: time.sleep(LOOK_SECONDS)
    return True


def take_brackets_as_they_are() -> bool:
    """Let pytask take the path of ``task_book.py`` as it is; returns whether it is patched.

    Reason: ``_pytask.shared.parse_paths`` takes brackets in a folder's name for a pattern, which fits no file, and
    refuses an escaped path, as no such file exists. Gain: a book can be built in a folder such as ``edition [v1]``;
    without the patch the build says there that it has no task.
    """
    from _pytask import shared

    if not hasattr(shared, "glob"):
        return False
    patched: Any = shared
    patched.glob = SimpleNamespace(glob=lambda path: [path])
    return True
