"""The live rooms as an ASGI application: one WebSocket address, spoken to by the pages of a lesson."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from collections.abc import AsyncIterator, MutableMapping
from typing import Any, BinaryIO
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import override
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from xiangqiao.learning.live import keeping
from xiangqiao.learning.live.ebml import NotWebm
from xiangqiao.learning.live.rooms import Member, Room
from xiangqiao.learning.live.tokens import Ticket, read

KINDS = ("video/webm;codecs=vp8,opus", "video/webm;codecs=vp9,opus", "audio/webm;codecs=opus")
HEARTBEAT, FIRST_WORD, SYNC = 10.0, 15.0, 5.0
MOST_BYTES, MOST_TEXT = 2 * 1024 * 1024, 2000
REFUSED, BUSY, STRANGE = 4403, 4409, 4400


class Rooms:
    """All live lessons of the county, held by this process alone."""

    def __init__(self) -> None:
        self.rooms: dict[UUID, Room] = {}

    async def beat(self) -> None:
        """Write down, again and again, who is still here: a killed process loses no more than one beat."""
        while True:
            await asyncio.sleep(HEARTBEAT)
            here = [
                one.connection
                for room in self.rooms.values()
                for one in (*room.members, *([room.teacher] if room.teacher else []))
            ]
            if here:
                await asyncio.to_thread(keeping.still_here, here)

    async def serve(self, socket: WebSocket) -> None:
        """Speak with one page from its token to its end."""
        await socket.accept()
        try:
            first = await asyncio.wait_for(socket.receive_json(), FIRST_WORD)
            ticket = read(str(first["token"])) if _same_site(socket) else None
            language = "en" if first.get("language") == "en" else "zh-hans"
        except (TimeoutError, ValueError, KeyError, TypeError, AttributeError, WebSocketDisconnect):
            ticket, language = None, "zh-hans"
        entry = await asyncio.to_thread(keeping.entry, ticket) if ticket is not None else None
        if ticket is None or entry is None:
            with override(language):
                why = _("这节课进不去：它可能已经结束，或者这个页面开得太久了。请回到课表重新进入。")
            await _refuse(socket, REFUSED, why)
            return
        room = self.rooms.setdefault(entry.lesson.public_id, Room())
        one = Member(entry)
        sending = asyncio.create_task(_send(socket, one))
        try:
            if ticket.teaches:
                await _teach(socket, ticket, room, one, language)
            else:
                await _attend(socket, room, one)
        except WebSocketDisconnect:
            pass
        finally:
            one.end()
            sending.cancel()
            await asyncio.to_thread(keeping.leave, one.connection)
            if not room.members and room.teacher is None:
                self.rooms.pop(entry.lesson.public_id, None)


async def _send(socket: WebSocket, one: Member) -> None:
    """Send what waits, in order, until the page is gone."""
    while not one.gone:
        await one.more.wait()
        one.more.clear()
        while one.waiting:
            piece = one.waiting.popleft()
            one.size -= len(piece)
            await (socket.send_bytes(piece) if isinstance(piece, bytes) else socket.send_text(piece))


def _same_site(socket: WebSocket) -> bool:
    """Whether the page that calls comes from the host it calls, whatever the port: rooms lie beside the pages."""
    origin = socket.headers.get("origin", "")
    return not origin or urlsplit(origin).hostname == (socket.url.hostname or "")


async def _refuse(socket: WebSocket, code: int, why: str) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        await socket.send_json({"refused": why})
        await socket.close(code)


async def _teach(socket: WebSocket, ticket: Ticket, room: Room, one: Member, language: str) -> None:
    with override(language):
        why = _("这节课已有老师在讲。") if room.teacher is not None else ""
        room.teacher = room.teacher or one
        why = why or await asyncio.to_thread(keeping.begin, ticket, one.entry)
    if why:
        if room.teacher is one:
            room.teacher = None
        await _refuse(socket, BUSY, why)
        return
    part = _Part(one.entry)
    over = False
    await asyncio.to_thread(keeping.enter, one.entry, one.connection, leads=True)
    one.tell(live=True)
    room.tell_teacher()
    try:
        while not over:
            over = await _heard(await socket.receive(), room, part)
    except NotWebm:
        with override(language):
            await _refuse(socket, STRANGE, _("浏览器送来的画面看不懂，请换用新版的 Chrome 或 Edge。"))
    finally:
        room.teacher = None
        room.end_stream(over=over)
        await part.end()
        if over:
            await asyncio.to_thread(keeping.finish, ticket, one.entry)
            one.tell(over=True)
            await asyncio.sleep(0.2)


async def _heard(message: MutableMapping[str, Any], room: Room, part: _Part) -> bool:
    """Take one message of the teacher's page; return whether the lesson is over."""
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code") or 1000)
    data = message.get("bytes")
    if data:
        if len(data) > MOST_BYTES or room.stream is None:
            raise NotWebm("bytes before their kind was told, or too many")
        room.take(data)
        await part.write(data)
        return False
    words = _words(message.get("text"))
    if words.get("kind") in KINDS:
        await part.end()
        room.begin_stream(str(words["kind"]))
        await part.begin()
    elif "call" in words:
        found = room.call(str(words["call"]), called=bool(words.get("called", True)))
        if found is not None and found.called:
            await asyncio.to_thread(keeping.note, uuid4(), found.entry, "CALLED")
    return words.get("end") is True


async def _attend(socket: WebSocket, room: Room, one: Member) -> None:
    await asyncio.to_thread(keeping.enter, one.entry, one.connection, leads=False)
    room.join(one)
    try:
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            words = _words(message.get("text"))
            if "hand" in words:
                up = words["hand"] is True
                # A hand that is up already keeps its place in the row.
                one.hand = (one.hand or asyncio.get_running_loop().time()) if up else None
                room.tell_teacher()
                kind = "HAND_UP" if up else "HAND_DOWN"
                await asyncio.to_thread(keeping.note, uuid4(), one.entry, kind)
            elif str(words.get("say", "")).strip() and one.called:
                text = str(words["say"]).strip()[:300]
                await asyncio.to_thread(keeping.note, uuid4(), one.entry, "SAID", text)
                if room.teacher is not None:
                    room.teacher.tell(said=text, name=one.entry.name)
    finally:
        room.part(one)


def _words(text: object) -> dict[str, Any]:
    """Return a page's message; what is no message says nothing."""
    if not isinstance(text, str) or len(text) > MOST_TEXT:
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


class _Part:
    """The file that takes the teacher's stream, from its first byte to its last."""

    def __init__(self, entry: keeping.Entry) -> None:
        self._entry = entry
        self._id: UUID | None = None
        self._file: BinaryIO | None = None
        self._synced = 0.0

    async def begin(self) -> None:
        self._id = uuid4()
        path = await asyncio.to_thread(keeping.begin_part, self._entry, self._id)
        if path is None:
            return
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    async def write(self, data: bytes) -> None:
        if self._file is None:
            return
        self._file.write(data)
        self._file.flush()
        now = asyncio.get_running_loop().time()
        if now - self._synced > SYNC:
            self._synced = now
            await asyncio.to_thread(os.fsync, self._file.fileno())

    async def end(self) -> None:
        if self._file is None or self._id is None:
            return
        self._file.close()
        self._file = None
        await asyncio.to_thread(keeping.seal_part, self._entry.lesson.public_id, self._id)


def application() -> Starlette:
    """Return the application: rooms of its own, and what a killed process left behind made whole first."""
    rooms = Rooms()

    @contextlib.asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        await asyncio.to_thread(keeping.seal_what_was_left)
        beating = asyncio.create_task(rooms.beat())
        try:
            yield
        finally:
            beating.cancel()

    return Starlette(routes=[WebSocketRoute("/live", rooms.serve)], lifespan=life)
