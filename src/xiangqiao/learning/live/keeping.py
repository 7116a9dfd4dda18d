"""What the live rooms write down: presences, hands, the recording. Blocking; the rooms call these in a thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections
from django.utils.translation import gettext as _

from xiangqiao.accounts.queries import person
from xiangqiao.accounts.viewer import SystemViewer, Viewer
from xiangqiao.kernel import clock
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.errors import ActionError
from xiangqiao.learning.actions import classes, publish
from xiangqiao.learning.live.sealing import seal
from xiangqiao.learning.live.tokens import Ticket
from xiangqiao.learning.models import EndPoint, Lesson, Presence, Recording

P = ParamSpec("P")
R = TypeVar("R")


def _connected(function: Callable[P, R]) -> Callable[P, R]:
    """Give a thread's database connection back, whatever happened."""

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        close_old_connections()
        try:
            return function(*args, **kwargs)
        finally:
            close_old_connections()

    return call


@dataclass(frozen=True)
class Entry:
    """A room that entered: names for the teacher's list, keys for what is written."""

    lesson: Lesson
    room: EndPoint
    name: str


@_connected
def entry(ticket: Ticket) -> Entry | None:
    """Return the lesson and the room of a ticket, None where they are gone or the lesson is over."""
    lesson = Lesson.objects.select_related("course__lead").filter(public_id=ticket.lesson).first()
    room = EndPoint.objects.select_related("school").filter(public_id=ticket.room, is_active=True).first()
    over = lesson is None or lesson.state in {Lesson.State.CANCELLED, Lesson.State.PUBLISHED}
    return None if over or room is None or lesson is None else Entry(lesson, room, str(room))


def _act(ticket: Ticket) -> Act:
    user = person(SystemViewer("在线课堂"), ticket.user)
    if user is None:
        raise ActionError("learning.no_user", _("这个账号不在了。"))
    return Act(by=Viewer.of(user, clock.today()), at=clock.now())


@_connected
def begin(ticket: Ticket, found: Entry) -> str:
    """Open the lesson for its teacher; return why not, or an empty string."""
    try:
        classes.begin(act=_act(ticket), lesson=found.lesson)
    except ActionError as refusal:
        return str(refusal.message)
    return ""


@_connected
def finish(ticket: Ticket, found: Entry) -> None:
    """End the lesson; where a recording is whole, the rooms may watch it again."""
    classes.finish(act=_act(ticket), lesson=found.lesson)
    try:
        publish(act=_act(ticket), lesson=found.lesson)
    except ActionError:
        # Nothing was recorded, or nobody agreed to it: the lesson stays ended.
        return


@_connected
def enter(found: Entry, connection: UUID, *, leads: bool) -> None:
    """A room is here."""
    kind = Presence.Kind.LEAD if leads else Presence.Kind.LIVE
    classes.enter(lesson=found.lesson, room=found.room.pk, kind=kind, connection=connection, at=clock.now())


@_connected
def leave(connection: UUID) -> None:
    """A room is gone."""
    classes.leave(connection=connection, at=clock.now())


@_connected
def still_here(connections: Iterable[UUID]) -> None:
    """These were heard of just now."""
    classes.still_here(connections=connections, at=clock.now())


@_connected
def note(event: UUID, found: Entry, kind: str, text: str = "") -> None:
    """Something happened in a room."""
    classes.note_event(
        event=event, lesson=found.lesson, room=found.room.pk, kind=kind, at=clock.now(), text=text
    )


@_connected
def begin_part(found: Entry, recording: UUID) -> Path | None:
    """Begin a part of the recording and return the file that takes the stream; None where nobody agreed to be recorded."""
    if not Lesson.objects.filter(pk=found.lesson.pk, agreed_at__isnull=False).exists():
        return None
    room = folder(found.lesson.public_id)
    classes.begin_recording(lesson=found.lesson, recording_id=recording, at=clock.now())
    return room / f"{recording}.part"


@_connected
def seal_part(lesson: UUID, recording: UUID) -> None:
    """Make a part whole, and write down what it is."""
    raw = folder(lesson) / f"{recording}.part"
    if not raw.exists():
        return
    done = seal(raw, raw.with_suffix(".webm"))
    if done is not None:
        classes.seal_recording(
            recording_id=recording, seconds=done.seconds, size=done.size, digest=done.digest, at=clock.now()
        )
    # The consent may have been taken back while the film was being made whole.
    destroy_films(lesson)


@_connected
def seal_what_was_left() -> int:
    """Seal the parts that a killed process left; return how many there were."""
    left = list(
        Recording.objects.filter(sealed_at__isnull=True).values_list("lesson__public_id", "public_id")
    )
    for lesson, recording in left:
        seal_part(lesson, recording)
    destroy_films()
    return len(left)


def destroy_films(lesson: UUID | None = None) -> None:
    """Delete the films whose consent was taken back, of one lesson or of all; one that is gone already is no fault."""
    rows = Recording.objects.filter(destroyed_at__isnull=False)
    for of, part in (rows.filter(lesson__public_id=lesson) if lesson else rows).values_list(
        "lesson__public_id", "public_id"
    ):
        film(of, part).unlink(missing_ok=True)


def film(lesson: UUID, recording: UUID) -> Path:
    """Return where the film of a part lies once it is whole, whether it is there or not."""
    return _folder(lesson) / f"{recording}.webm"


def folder(lesson: UUID) -> Path:
    """Return the folder of a lesson's recordings, made where it is not there, for the owner of the county's home only."""
    made = _folder(lesson)
    made.mkdir(mode=0o700, parents=True, exist_ok=True)
    return made


def _folder(lesson: UUID) -> Path:
    return Path(settings.HOME) / "recordings" / str(lesson)
