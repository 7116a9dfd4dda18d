"""The live rooms as a process over the real tables: what a kill in mid-lesson leaves, and what is written of who was there."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.flows import free_port, live_rooms
from tests.homes import Home
from xiangqiao.learning.live import ebml
from xiangqiao.learning.tests.webm import cluster, opening

pytestmark = pytest.mark.sqlite_only
KIND = "video/webm;codecs=vp8,opus"
# Makes the tickets of the demo's next lesson, in the county's own process: its keys sign them.
_TICKETS = """
import django; django.setup()
import json
from xiangqiao.accounts.models import User
from xiangqiao.learning.live.tokens import Ticket, issue
from xiangqiao.learning.models import Lesson
lesson = Lesson.objects.filter(state="PLANNED").order_by("starts_at").last()
from django.utils.timezone import now
Lesson.objects.filter(pk=lesson.pk).update(agreed_at=now())
users = {one.username: one.public_id for one in User.objects.all()}
rooms = [seat.end_point.public_id for seat in lesson.seats.all()]
made = {"teach": issue(Ticket(lesson.public_id, lesson.course.lead.public_id, users["mingshi"], True))}
made["rooms"] = [issue(Ticket(lesson.public_id, room, users["jiaoyu"], False)) for room in rooms]
made["not_hers"] = issue(Ticket(lesson.public_id, lesson.course.lead.public_id, users["laoshi"], True))
made["lesson"] = str(lesson.public_id)
print(json.dumps(made))
"""
_STATE = """
import django; django.setup()
import json, sys
from xiangqiao.learning.models import Lesson, Presence, Recording
lesson = Lesson.objects.get(public_id=sys.argv[1])
parts = Recording.objects.filter(lesson=lesson)
print(json.dumps({
    "state": lesson.state, "sealed": [one.seconds for one in parts if one.sealed_at],
    "open": sum(one.sealed_at is None for one in parts),
    "here": Presence.objects.filter(lesson=lesson, kind="LIVE").count(),
}))
"""


@dataclass
class Rooms:
    """The process, and what it is asked with."""

    home: Home
    port: int
    process: subprocess.Popen[bytes]
    tickets: dict[str, Any]

    def start(self) -> None:
        """Start it again, as its supervisor does."""
        self.process = _start(self.home, self.port)

    def state(self) -> dict[str, Any]:
        """Return what is written of the lesson."""
        return dict(_asked(self.home, _STATE, self.tickets["lesson"]))

    def enter(self) -> Any:
        """Return a connection that is not let in yet."""
        return connect(f"ws://127.0.0.1:{self.port}/live", max_size=None)


def _asked(home: Home, code: str, *words: str) -> Any:
    import sys  # the county's interpreter is ours

    told = subprocess.run(
        [sys.executable, "-c", code, *words], env=home.environment, capture_output=True, check=True
    )
    return json.loads(told.stdout)


def _start(home: Home, port: int) -> subprocess.Popen[bytes]:
    import socket

    process = subprocess.Popen(live_rooms(port), env=home.environment, stderr=subprocess.DEVNULL)
    last = time.monotonic() + 30
    while time.monotonic() < last:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.1)
    raise AssertionError("the live rooms did not start")


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rooms]:
    home = Home(tmp_path_factory.mktemp("county"))
    home.told("demo", "--no-serve", "--size", "small")
    port = free_port()
    made = Rooms(home, port, _start(home, port), _asked(home, _TICKETS))
    yield made
    with contextlib.suppress(ProcessLookupError):
        subprocess.run(["pkill", "-9", "-P", str(made.process.pid)], check=False)
        made.process.kill()
    made.process.wait()


async def _in(rooms: Rooms, token: object, **more: Any) -> ClientConnection:
    one: ClientConnection = await rooms.enter()
    await one.send(json.dumps({"token": token, **more}))
    return one


async def _media(one: ClientConnection, size: int) -> bytes:
    """Return the first bytes of media that a room gets."""
    got = b""
    async with asyncio.timeout(10):
        while len(got) < size:
            piece = await one.recv()
            got += piece if isinstance(piece, bytes) else b""
    return got


async def _told(one: ClientConnection, name: str) -> Any:
    """Return the next message that has a word of a name."""
    async with asyncio.timeout(10):
        while True:
            piece = await one.recv()
            if isinstance(piece, str) and name in (words := json.loads(piece)):
                return words[name]


@pytest.mark.parametrize("token", ["", "x" * 50, None, 7])
def test_without_a_ticket_nobody_is_let_in_and_the_reason_is_told(rooms: Rooms, token: object) -> None:
    async def run() -> None:
        one = await _in(rooms, token, language="en")
        assert "cannot be entered" in await _told(one, "refused")
        with pytest.raises(ConnectionClosed):
            await one.recv()
        assert one.close_code == 4403

    asyncio.run(run())


def test_a_ticket_signed_for_teaching_is_not_enough_without_the_post(rooms: Rooms) -> None:
    async def run() -> None:
        one = await _in(rooms, rooms.tickets["not_hers"])
        assert await _told(one, "refused")
        await one.close()

    asyncio.run(run())


def test_bytes_go_on_whole_a_late_room_begins_at_a_key_frame_and_a_kill_loses_nothing_recorded(rooms: Rooms) -> None:  # fmt: skip
    parts = [cluster(500 * n, key=n % 2 == 0) for n in range(6)]

    async def run() -> None:
        teacher = await _in(rooms, rooms.tickets["teach"])
        assert await _told(teacher, "live") is True
        early = await _in(rooms, rooms.tickets["rooms"][0])
        assert await _told(early, "live") is False
        assert len(await _told(teacher, "rooms")) <= 1
        second = await _in(rooms, rooms.tickets["teach"])
        assert await _told(second, "refused")
        await teacher.send(json.dumps({"kind": KIND}))
        await teacher.send(opening() + b"".join(parts[:3]))
        whole = opening() + b"".join(parts[:3])
        assert await _media(early, len(whole)) == whole
        late = await _in(rooms, rooms.tickets["rooms"][1])
        assert await _told(late, "start") == KIND
        await teacher.send(b"".join(parts[3:]))
        begun = opening() + b"".join(parts[2:])
        assert await _media(late, len(begun)) == begun
        await early.send(json.dumps({"hand": True}))
        async with asyncio.timeout(10):
            while not any(one["hand"] for one in await _told(teacher, "rooms")):
                pass
        # What is no message is not heard and harms nobody.
        for strange in ("[]", "{", '"x"', "1", json.dumps({"hand": {"a": 1}})):
            await early.send(strange)
        subprocess.run(["pkill", "-9", "-P", str(rooms.process.pid)], check=False)
        rooms.process.send_signal(signal.SIGKILL)
        rooms.process.wait()
        for page in (teacher, early, late, second):
            await page.close()

    asyncio.run(run())
    assert rooms.state()["open"] == 1
    rooms.start()
    after = rooms.state()
    assert after == {"state": "LIVE", "sealed": [3], "open": 0, "here": 2}
    [film] = (Path(rooms.home.folder) / "recordings" / rooms.tickets["lesson"]).glob("*.webm")
    data = film.read_bytes()
    assert int.from_bytes(data[:4], "big") == ebml.HEAD

    async def again() -> None:
        """The teacher comes back, goes on, and ends the lesson: a second part, and both may be watched."""
        teacher = await _in(rooms, rooms.tickets["teach"])
        await _told(teacher, "live")
        await teacher.send(json.dumps({"kind": KIND}))
        await teacher.send(opening() + b"".join(parts))
        await teacher.send(json.dumps({"end": True}))
        assert await _told(teacher, "over") is True
        await teacher.close()

    asyncio.run(again())
    assert rooms.state() == {"state": "PUBLISHED", "sealed": [3, 3], "open": 0, "here": 2}


def test_a_lesson_that_is_published_lets_nobody_in_any_more(rooms: Rooms) -> None:
    async def run() -> None:
        one = await _in(rooms, rooms.tickets["rooms"][0])
        assert await _told(one, "refused")
        await one.close()

    asyncio.run(run())
