"""What a person sees of a build: a line for each task as it ends, and at the end what failed, and why.

A plugin of pytask (entry point ``pytask``).
"""

from __future__ import annotations

import sys
import time
from typing import Any

from pytask import ExecutionReport, Session, TaskOutcome, hookimpl

_began: dict[str, float] = {}


def name_of(task: Any) -> str:
    """A task as a person would call it: ``notebook en-regencies/tapin``, ``pages en``, ``site``."""
    return task.name.split("::")[-1].removeprefix("task_").replace("[", " ").rstrip("]")


@hookimpl(tryfirst=True)
def pytask_execute_task_log_start(session: Session, task: Any) -> None:
    """Note when a task begins."""
    _began[task.name] = time.monotonic()


@hookimpl(tryfirst=True)
def pytask_execute_task_log_end(session: Session, report: ExecutionReport) -> None:
    """Say that a task has ended, if it was anything to wait for."""
    words = {TaskOutcome.SUCCESS: "", TaskOutcome.FAIL: "failed"}
    if report.outcome in words:
        seconds = time.monotonic() - _began.get(report.task.name, time.monotonic())
        done = f"[{len(session.execution_reports) + 1:3}/{len(session.tasks)}]"
        print(f"{done} {name_of(report.task)}, {seconds:.1f} s {words[report.outcome]}".rstrip(), flush=True)


def summary(session: Session) -> int:
    """Say how a build ended; returns 0 if everything is made, else 1."""
    for report in session.collection_reports:
        if report.exc_info:
            print(f"\n{_message(report.exc_info)}", file=sys.stderr)
    failed = [r for r in session.execution_reports if r.outcome == TaskOutcome.FAIL]
    for report in failed:
        print(f"\n{name_of(report.task)}: {_message(report.exc_info)}", file=sys.stderr)
    if session.exit_code:
        print("\nThe book was not published; the last good one stays as it was.", file=sys.stderr)
        return 1
    made = sum(r.outcome == TaskOutcome.SUCCESS for r in session.execution_reports)
    same = len(session.execution_reports) - made
    print(f"{made} tasks done, {same} as they were.")
    return 0


def _message(exc_info: tuple) -> str:
    """What went wrong, without the traceback: this project's errors say all; of others, the kind too."""
    kind, error, _ = exc_info
    own = kind.__module__.split(".")[0] == (__package__ or "").split(".")[0]
    return str(error) if own else f"{kind.__name__}: {error}"
