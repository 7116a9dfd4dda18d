"""The rooms of lessons that are live: one teacher's stream in, the same bytes out to every room."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from math import inf
from typing import Any
from uuid import UUID, uuid4

from xiangqiao.learning.live.keeping import Entry
from xiangqiao.learning.live.stream import Stream

# A room whose line cannot keep up is let go of its backlog and begins anew at the newest key frame.
_BACKLOG = 2 * 1024 * 1024


@dataclass(eq=False)
class Member:
    """A connected page: what waits to be sent to it, and since when it is behind."""

    entry: Entry
    connection: UUID = field(default_factory=uuid4)
    waiting: deque[bytes | str] = field(default_factory=deque)
    size: int = 0
    more: asyncio.Event = field(default_factory=asyncio.Event)
    gone: bool = False
    # When the hand rose (a moment of this process), None where it is down.
    hand: float | None = None
    called: bool = False

    def send(self, piece: bytes | str) -> None:
        """Put something on the way."""
        self.waiting.append(piece)
        self.size += len(piece)
        self.more.set()

    def tell(self, **words: Any) -> None:
        """Put a message on the way."""
        self.send(json.dumps(words, ensure_ascii=False))

    def forget_backlog(self) -> None:
        """Let go of media that waits; messages stay."""
        self.waiting = deque(one for one in self.waiting if isinstance(one, str))
        self.size = sum(len(one) for one in self.waiting)

    def end(self) -> None:
        """Close once everything is sent."""
        self.gone = True
        self.more.set()


@dataclass(eq=False)
class Room:
    """One lesson that is live."""

    teacher: Member | None = None
    members: list[Member] = field(default_factory=list)
    stream: Stream | None = None
    kind: str = ""

    def join(self, one: Member) -> None:
        """Let a room in: it sees a picture at once where there is one."""
        self.members.append(one)
        one.tell(live=self.stream is not None)
        if self.stream is not None:
            self._start(one)
        self.tell_teacher()

    def part(self, one: Member) -> None:
        """A room is gone."""
        if one in self.members:
            self.members.remove(one)
        self.tell_teacher()

    def begin_stream(self, kind: str) -> None:
        """The teacher's browser begins to send."""
        self.stream, self.kind = Stream(), kind
        for one in self.members:
            one.forget_backlog()
            self._start(one)

    def take(self, data: bytes) -> None:
        """Give a piece of the stream on to every room. Raises NotWebm."""
        if self.stream is None:
            return
        whole = self.stream.feed(data)
        for one in self.members:
            if one.size > _BACKLOG:
                one.forget_backlog()
                self._start(one)
            elif whole:
                one.send(whole)

    def end_stream(self, *, over: bool) -> None:
        """The teacher's stream is gone: the line broke, or the lesson is over."""
        self.stream = None
        for one in self.members:
            one.tell(live=False, over=over)

    def _start(self, one: Member) -> None:
        if self.stream is None:
            return
        one.tell(live=True, start=self.kind)
        if self.stream.head:
            one.send(self.stream.joined())

    def call(self, room: str, *, called: bool) -> Member | None:
        """Call on a room (end point's public id), or let it down; return it where it is here."""
        found = next((one for one in self.members if str(one.entry.room.public_id) == room), None)
        if found is None:
            return None
        found.called, found.hand = called, None
        found.tell(called=called)
        self.tell_teacher()
        return found

    def tell_teacher(self) -> None:
        """Tell the teacher who is here, and whose hand is up, in the order in which they rose."""
        if self.teacher is None:
            return
        here = [
            {
                "room": str(one.entry.room.public_id),
                "name": one.entry.name,
                "hand": one.hand is not None,
                "called": one.called,
            }
            for one in sorted(self.members, key=lambda one: inf if one.hand is None else one.hand)
        ]
        self.teacher.tell(rooms=here)
