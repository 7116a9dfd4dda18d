"""Folders for clear copies that are needed for a moment: in the county's home, for its owner only, gone when not in use.

A folder is locked by the process that uses it; the system lets go of the lock however the process dies, and whoever makes
the next folder (or starts the worker) removes what dead processes left.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


@contextmanager
def working_folder() -> Iterator[Path]:
    """Make a folder of this process's own, and remove it with all that is in it."""
    with _gate() as room:
        _sweep(room)
        folder = Path(tempfile.mkdtemp(dir=room))
        handle = _locked(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def sweep() -> int:
    """Remove the folders that dead processes left; return how many."""
    with _gate() as room:
        return _sweep(room)


@contextmanager
def _gate() -> Iterator[Path]:
    """Hold the room in which folders are made: nobody sweeps one between its making and its locking."""
    room = Path(settings.HOME) / "working"
    room.mkdir(mode=0o700, parents=True, exist_ok=True)
    gate = os.open(room / ".gate", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield room
    finally:
        os.close(gate)


def _sweep(room: Path) -> int:
    left = 0
    for folder in room.iterdir():
        if folder.is_dir() and (handle := _locked(folder)) is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(handle)
            left += 1
    return left


def _locked(folder: Path) -> int | None:
    """Lock a folder and return the handle that holds the lock; None where a living process holds it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle
