"""What reaches into another package's insides: each test fails when a new version has moved what is patched."""

import time

import pytask_parallel.execute

from smart_asn.pipeline import patches


def test_pytask_looks_often(monkeypatch):
    """pytask-parallel still sleeps in ``_Sleeper.sleep``, for up to a second; patched it sleeps shortly."""
    sleeper = pytask_parallel.execute._Sleeper
    monkeypatch.setattr(sleeper, "sleep", sleeper.sleep)
    assert max(sleeper().timings) == 1
    assert patches.look_often()
    began = time.monotonic()
    sleeper().sleep()
    assert patches.LOOK_SECONDS <= time.monotonic() - began < 0.5


def test_without_what_is_patched_the_build_goes_on(monkeypatch):
    """Where a version has no such class nothing is patched, and nothing is raised."""
    monkeypatch.delattr(pytask_parallel.execute, "_Sleeper")
    assert not patches.look_often()


def test_a_folder_with_brackets(monkeypatch, tmp_path):
    """pytask still takes brackets for a pattern; patched it finds the file."""
    from _pytask import shared

    monkeypatch.setattr(shared, "glob", shared.glob)
    path = tmp_path / "edition [v1]" / "task_book.py"
    path.parent.mkdir()
    path.touch()
    assert shared.parse_paths(path) == []
    assert patches.take_brackets_as_they_are()
    assert shared.parse_paths(path) == [path]
