"""The live rooms as a county runs them, in a process of their own, and pages that speak with them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from websockets.exceptions import ConnectionClosed, InvalidMessage
from websockets.sync.client import ClientConnection, connect

from xiangqiao.learning.live.tokens import Ticket, issue

LESSON, TEACHER = UUID(int=7), UUID(int=99)
KIND = "video/webm;codecs=vp8,opus"


class Rooms:
    """A server of rooms over a folder of notes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port = taken.getsockname()[1]
        self.start()

    def start(self) -> None:
        """Start, or start again, and wait until the rooms answer."""
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "xiangqiao.config.settings",
            "XIANGQIAO_HOME": str(self.folder / "home"),
            "XIANGQIAO_SECRET_KEY": settings.SECRET_KEY,
            "LIVE_NOTEBOOK": str(self.folder),
        }
        line = [
            sys.executable, "-m", "granian", "--interface", "asgi", "--workers", "1", "--host", "127.0.0.1",
            "--port", str(self.port), "--log-level", "warning", "xiangqiao.learning.tests.notebook:application",
        ]  # fmt: skip
        self.process = subprocess.Popen(line, env=environment, start_new_session=True)
        until = time.monotonic() + 30
        while True:
            try:
                with connect(self.address, open_timeout=5):
                    pass
                return
            except (OSError, InvalidMessage, ConnectionClosed):
                assert time.monotonic() < until, "the rooms did not start"
                assert self.process.poll() is None, "the rooms ended at once"
                time.sleep(0.1)

    @property
    def address(self) -> str:
        return f"ws://127.0.0.1:{self.port}/live"

    def kill(self) -> None:
        """Kill the server and its worker without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        # Its worker dies with it, a moment later: nobody may meet it any more.
        while self._listens():
            time.sleep(0.02)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def notes(self) -> list[list[str]]:
        """Return what was written down so far."""
        path = self.folder / "notes"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def noted(self, verb: str, *, times: int = 1, seconds: float = 5) -> list[list[str]]:
        """Wait until something was written down so many times, and return it."""
        until = time.monotonic() + seconds
        while len(found := [one for one in self.notes() if one[0] == verb]) < times:
            assert time.monotonic() < until, f"{verb} was not noted: {self.notes()}"
            time.sleep(0.05)
        return found


class Page:
    """One page of a lesson: words and bytes in the order in which they came."""

    def __init__(self, rooms: Rooms, first: object, **more: Any) -> None:
        self.socket: ClientConnection = connect(rooms.address, max_size=None, legacy=True, **more)
        self.socket.send(first if isinstance(first, str) else json.dumps(first))
        self.words: dict[str, Any] = {}
        self.media = b""

    def say(self, **words: Any) -> None:
        self.socket.send(json.dumps(words))

    def hear(self, word: str, seconds: float = 5) -> Any:
        """Read on until a word is told, and return what it says."""
        until = time.monotonic() + seconds
        self.words.pop(word, None)
        while word not in self.words:
            self._take(until - time.monotonic())
        return self.words[word]

    def see(self, size: int, seconds: float = 5) -> bytes:
        """Read on until so many bytes of media are here."""
        until = time.monotonic() + seconds
        while len(self.media) < size:
            self._take(until - time.monotonic())
        return self.media

    def closed(self, seconds: float = 5) -> tuple[int, str]:
        """Read to the end and return the code, and the sentence that the person reads."""
        until = time.monotonic() + seconds
        try:
            while True:
                self._take(until - time.monotonic())
        except ConnectionClosed as end:
            return (end.rcvd.code if end.rcvd else 0), str(self.words.get("refused", ""))

    def _take(self, seconds: float) -> None:
        message = self.socket.recv(timeout=max(seconds, 0.01))
        if isinstance(message, bytes):
            self.media += message
        else:
            self.words |= json.loads(message)


def token(room: int, *, teaches: bool = False, lesson: UUID = LESSON) -> str:
    """Return the token that a page of a lesson carries."""
    return issue(Ticket(lesson, UUID(int=room), TEACHER, teaches))


def teacher(rooms: Rooms) -> Page:
    """Return a teacher's page whose stream begins."""
    page = Page(rooms, {"token": token(1, teaches=True)})
    page.hear("live")
    page.say(kind=KIND)
    return page


def room(rooms: Rooms, number: int) -> Page:
    """Return a room's page that was let in."""
    page = Page(rooms, {"token": token(number)})
    page.hear("live")
    return page
