"""The watching process is killed: what it started ends too, and the next start finds the port free."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.homes import build


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(pid: int) -> set[int]:
    """Return the processes below one, all the way down."""
    found: set[int] = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            own = int(path.parent.name)
            found |= {own} | _children(own)
    return found


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _wait(until: Callable[[], bool], seconds: float) -> bool:
    last = time.monotonic() + seconds
    while not until() and time.monotonic() < last:
        time.sleep(0.1)
    return until()


def test_nothing_goes_on_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    home, port = build(tmp_path / "county"), _free_port()
    line = [sys.executable, "-m", "xiangqiao.config.cli", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(line, env=home.environment, stderr=subprocess.DEVNULL) as serving:
        try:
            assert _wait(lambda: _listens(port) and len(_children(serving.pid)) >= 3, 60)
            children = _children(serving.pid)
        finally:
            os.kill(serving.pid, signal.SIGKILL)
    assert _wait(lambda: not any(map(_alive, children)), 20), children
    assert not _listens(port)
