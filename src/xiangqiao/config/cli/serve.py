"""`xiangqiao serve`: the web server, one worker for long work, and the sealer, watched over by one process."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from xiangqiao.config.reasons import Refused
from xiangqiao.config.words import say
from xq_engine.intake.guard import end_with_parent

SUMMARY = ("启动网站和后台任务", "start the web server and the worker")
_GRACE, _STEADY, _LONGEST_WAIT, _APART = 8.0, 60.0, 60.0, 2.5
EVERYWHERE = "0.0.0.0"  # noqa: S104 - asked for by --lan


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `serve`."""
    parser.add_argument(
        "--host",
        default=None,
        help=say("监听地址，默认只有本机", "address to listen on; default: this machine"),
    )
    parser.add_argument(
        "--port",
        type=int,
        default=8000,
        help=say(
            "端口，默认 8000；直播课堂用它后面一个", "port, default 8000; live lessons take the one after it"
        ),
    )
    parser.add_argument("--workers", type=int, default=2, help=say("网页进程数", "web processes"))
    parser.add_argument(
        "--lan",
        action="store_true",
        help=say(
            "让同一网络里的手机访问（自签证书）", "serve phones in the same network, with a local certificate"
        ),
    )


def run(args: argparse.Namespace) -> dict[str, Any] | None:
    """Serve until Ctrl-C."""
    from django.conf import settings  # after django.setup()

    demand_both_free(args.host, args.port, lan=args.lan)
    prepare()
    serve(Path(settings.HOME), host=args.host, port=args.port, workers=args.workers, lan=args.lan)
    return None


def live_port(port: int) -> int:
    """Return the port of the live rooms: as set, else the one after that of the pages."""
    return int(os.environ.get("XIANGQIAO_LIVE_PORT") or port + 1)


def demand_both_free(host: str | None, port: int, *, lan: bool) -> None:
    """Raise Refused where another program listens on the port of the pages or of the live rooms."""
    for one in (port, live_port(port)):
        demand_free(host, one, lan=lan)


def demand_free(host: str | None, port: int, *, lan: bool) -> None:
    """Raise Refused where another program listens on the port."""
    with socket.socket(socket.AF_INET6 if host and ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_host(host, lan=lan), port))
        except OSError as error:
            raise Refused(
                say(
                    f"端口 {port} 用不了（{error.strerror}）：可能已有一个网站在运行。请先停掉它，或用 --port 换一个端口。",
                    f"Port {port} cannot be used ({error.strerror}): another server may be running. Stop it, or choose another with --port.",
                )
            ) from error


def _host(host: str | None, *, lan: bool) -> str:
    return host or (EVERYWHERE if lan else "127.0.0.1")


def prepare() -> None:
    """Gather the static files that the pages need."""
    from django.core.management import call_command  # after django.setup()

    call_command("collectstatic", interactive=False, verbosity=0)


def serve(home: Path, *, host: str | None, port: int, workers: int, lan: bool) -> None:
    """Start server and worker as children, restart a worker that died, and end both on Ctrl-C or SIGTERM."""
    environment = dict(os.environ) | {"XIANGQIAO_LIVE_PORT": str(live_port(port))}
    tls: list[str] = []
    if lan:
        from xiangqiao.config.cli.lan import (  # needs cryptography and a network: only for LAN=1
            announce,
            certificate,
        )

        address = announce(port)
        certificate_path, key_path = certificate(home, address)
        tls = ["--ssl-certificate", str(certificate_path), "--ssl-keyfile", str(key_path)]
        environment |= {"XIANGQIAO_HOSTS": f"localhost,127.0.0.1,{address}", "XIANGQIAO_HTTPS": "1"}
    server = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(workers), "--blocking-threads", "2",
        "--host", _host(host, lan=lan), "--port", str(port), "--log-level", "warning",
        *tls, "xiangqiao.config.wsgi:application",
    ]  # fmt: skip
    # All rooms of all lessons in one process: the bytes of a lesson go from one socket to the others.
    live = [
        sys.executable, "-m", "granian", "--interface", "asgi", "--workers", "1", "--host", _host(host, lan=lan),
        "--port", environment["XIANGQIAO_LIVE_PORT"], "--log-level", "warning", *tls, "xiangqiao.config.live:application",
    ]  # fmt: skip
    worker = [sys.executable, "-m", "django", "work"]
    from xiangqiao.config.backup.database import alone  # needs the settings

    with alone(home):
        _watch({"server": server, "worker": worker, "live": live}, environment)


@dataclass
class _Child:
    """One watched process: how it is started, and how long to wait before it is started again."""

    command: list[str]
    process: subprocess.Popen[bytes]
    begun: float
    wait: float = 1.0
    again_at: float | None = None


def _watch(commands: dict[str, list[str]], environment: dict[str, str]) -> None:
    """Keep the children running until we are told to stop; one that dies at once is tried ever more seldom."""
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    children: dict[str, _Child] = {}
    for name, line in commands.items():
        # One after the other: the pages first, and nothing takes the processor from them while they start.
        if children and stopping.wait(_APART):
            break
        children[name] = _Child(line, _start(line, environment), time.monotonic())
    while not stopping.wait(0.3):
        for name, child in children.items():
            _look_after(name, child, environment)
    _end([child.process for child in children.values()])


def _start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    mine = os.getpid()

    def follow() -> None:
        """Be told to end when the supervisor is gone, even by SIGKILL: nobody would look after the child."""
        end_with_parent(signal.SIGTERM)
        if os.getppid() != mine:
            os._exit(0)

    # A session of its own: Ctrl-C reaches us, and we end the children in order. We have one thread, so that code between
    # fork and exec is safe.
    return subprocess.Popen(command, env=environment, start_new_session=True, preexec_fn=follow)


def _look_after(name: str, child: _Child, environment: dict[str, str]) -> None:
    now = time.monotonic()
    if child.process.poll() is None:
        return
    if child.again_at is None:
        child.wait = 1.0 if now - child.begun > _STEADY else min(child.wait * 2, _LONGEST_WAIT)
        child.again_at = now + child.wait
        code = child.process.returncode
        sys.stderr.write(
            say(
                f"{name} 停了（{code}），{child.wait:.0f} 秒后重新启动\n",
                f"{name} ended ({code}), restarting in {child.wait:.0f} s\n",
            )
        )
    elif now >= child.again_at:
        child.process, child.begun, child.again_at = _start(child.command, environment), now, None


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    """End all processes, with what they started, within the grace; whoever is still there then is killed."""
    for process in processes:
        process.terminate()
    last = time.monotonic() + _GRACE
    for process in processes:
        try:
            process.wait(max(0.1, last - time.monotonic()))
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
