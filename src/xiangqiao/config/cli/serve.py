"""`xiangqiao serve`: the web server, one worker for long work, and the sealer, watched over by one process."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

from xiangqiao.config.cli.words import say

SUMMARY = ("启动网站和后台任务", "start the web server and the worker")
_GRACE = 10.0
EVERYWHERE = "0.0.0.0"  # noqa: S104 - asked for by --lan


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `serve`."""
    parser.add_argument(
        "--host",
        default=None,
        help=say("监听地址，默认只有本机", "address to listen on; default: this machine"),
    )
    parser.add_argument("--port", type=int, default=8000, help=say("端口，默认 8000", "port, default 8000"))
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

    prepare()
    serve(Path(settings.HOME), host=args.host, port=args.port, workers=args.workers, lan=args.lan)
    return None


def prepare() -> None:
    """Gather the static files that the pages need."""
    from django.core.management import call_command  # after django.setup()

    call_command("collectstatic", interactive=False, verbosity=0)


def serve(home: Path, *, host: str | None, port: int, workers: int, lan: bool) -> None:
    """Start server and worker as children, restart a worker that died, and end both on Ctrl-C or SIGTERM."""
    environment = dict(os.environ)
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
        "--host", host or (EVERYWHERE if lan else "127.0.0.1"), "--port", str(port), "--log-level", "warning",
        *tls, "xiangqiao.config.wsgi:application",
    ]  # fmt: skip
    worker = [sys.executable, "-m", "django", "work"]
    _watch({"server": server, "worker": worker}, environment)


def _watch(commands: dict[str, list[str]], environment: dict[str, str]) -> None:
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    # Children get a session of their own: Ctrl-C reaches us, and we end them in order.
    children = {
        name: subprocess.Popen(command, env=environment, start_new_session=True)
        for name, command in commands.items()
    }
    while not stopping:
        time.sleep(0.5)
        for name, child in children.items():
            if child.poll() is not None:
                sys.stderr.write(
                    say(
                        f"{name} 停了（{child.returncode}），重新启动\n",
                        f"{name} ended ({child.returncode}), restarting\n",
                    )
                )
                time.sleep(1)
                children[name] = subprocess.Popen(commands[name], env=environment, start_new_session=True)
    for child in children.values():
        child.terminate()
    for child in children.values():
        try:
            child.wait(_GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
