"""A PostgreSQL cluster for one test run: its own folder, its own port, a throw-away user where we are root."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

BINARIES = ("/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin")


class Cluster:
    """Starts on construction; `stop` ends it and removes its folder."""

    def __init__(self) -> None:
        self.binaries = _binaries()
        self.folder = Path(tempfile.mkdtemp(prefix="xiangqiao-pg-"))
        self._as = _unprivileged(self.folder)
        self.port = _free_port()
        data = str(self.folder / "data")
        self._run(
            "initdb", "-D", data, "-U", "xiangqiao", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"
        )
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
            " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
        )
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "-t", "60", "start")
        for name in ("xiangqiao", "xiangqiao_clinic"):
            self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "xiangqiao", name)

    @property
    def url(self) -> str:
        """The address of the database, as DATABASE_URL takes it."""
        return f"postgres://xiangqiao@127.0.0.1:{self.port}/xiangqiao"

    def stop(self) -> None:
        """End the cluster at once and remove its folder."""
        try:
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        command: Sequence[str] = [*self._as, str(self.binaries / program), *arguments]
        # Output goes to a file: a server that inherits a pipe keeps the caller waiting.
        with (self.folder / "output").open("ab") as output:
            done = subprocess.run(command, cwd=self.folder, stdout=output, stderr=output, check=False)
        if done.returncode:
            raise RuntimeError(f"{program}: {(self.folder / 'output').read_text()[-2000:]}")


def _binaries() -> Path:
    for folder in BINARIES:
        if (Path(folder) / "initdb").exists():
            return Path(folder)
    found = shutil.which("initdb")
    if found is None:
        raise RuntimeError("PostgreSQL is missing: apt install postgresql")
    return Path(found).resolve().parent


def _unprivileged(folder: Path) -> list[str]:
    """Return the prefix that runs a command as a harmless user (PostgreSQL refuses root), who then owns the folder."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
