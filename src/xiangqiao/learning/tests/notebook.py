"""The live rooms with a notebook in place of the tables: what they would write down is a line of a file.

Run as an ASGI application by the protocol tests: `LIVE_NOTEBOOK` names the folder.
"""

from __future__ import annotations

import json
import os
import sys
import types
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import django

django.setup()

from xiangqiao.learning.live.sealing import seal  # noqa: E402 - Django first
from xiangqiao.learning.live.tokens import Ticket  # noqa: E402

FOLDER = Path(os.environ["LIVE_NOTEBOOK"])
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Named:
    public_id: UUID


@dataclass(frozen=True)
class Entry:
    lesson: Named
    room: Named
    name: str


def write(verb: str, *words: Any) -> None:
    with (FOLDER / "notes").open("a") as file:
        file.write(json.dumps([verb, *map(str, words)]) + "\n")


def entry(ticket: Ticket) -> Entry | None:
    """Return who enters; the lesson of nobody is no lesson."""
    if ticket.lesson == NOBODY:
        return None
    return Entry(Named(ticket.lesson), Named(ticket.room), f"room {ticket.room.int}")


def begin(ticket: Ticket, found: Entry) -> str:
    write("begin", found.lesson.public_id, ticket.user)
    return ""


def finish(_ticket: Ticket, found: Entry) -> None:
    write("finish", found.lesson.public_id)


def enter(found: Entry, connection: UUID, *, leads: bool) -> None:
    write("enter", connection, found.room.public_id, leads)


def leave(connection: UUID) -> None:
    write("leave", connection)


def still_here(connections: Iterable[UUID]) -> None:
    write("still_here", *connections)


def note(_event: UUID, found: Entry, kind: str, text: str = "") -> None:
    write("note", found.room.public_id, kind, text)


def begin_part(_found: Entry, recording: UUID) -> Path | None:
    write("part", recording)
    return FOLDER / f"{recording}.part"


def seal_part(_lesson: UUID, recording: UUID) -> None:
    raw = FOLDER / f"{recording}.part"
    if raw.exists() and (done := seal(raw, raw.with_suffix(".webm"))):
        write("sealed", recording, done.seconds, done.digest)


def seal_what_was_left() -> int:
    left = list(FOLDER.glob("*.part"))
    for path in left:
        seal_part(NOBODY, UUID(path.stem))
    return len(left)


def _application() -> Any:
    """Return the rooms, which find the notebook where they look for the tables."""
    page = types.ModuleType("xiangqiao.learning.live.keeping")
    page.__dict__.update({name: value for name, value in globals().items() if not name.startswith("_")})
    sys.modules[page.__name__] = page
    from xiangqiao.learning.live.app import application as make  # after the notebook lies there

    return make()


application = _application()
