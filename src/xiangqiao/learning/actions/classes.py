"""A lesson as it happens. The live rooms call these; so does a page. All are safe to repeat."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, recording
from xiangqiao.learning.models import ClassEvent, EndPoint, Lesson, Presence, Recording, Seat
from xiangqiao.learning.rules.states import may

MOST_HEADS = 300
State = Lesson.State


def demand_teacher(act: Act, lesson: Lesson) -> None:
    """Raise NotAllowed unless whoever acts teaches this lesson, or manages learning where its lead room is."""
    viewer = permit(act, Can.TEACH)
    if lesson.course.teacher != act.by.public_id:
        viewer.demand(Can.MANAGE_LEARNING, lesson.course.lead.division_code)


def begin(*, act: Act, lesson: Lesson) -> None:
    """Open a lesson, or open it again after the line broke.

    Raises Conflict where its state forbids it or a room of it sits in another live lesson, NotAllowed to others than
    the teacher.
    """
    demand_teacher(act, lesson)
    with recording("learning.lesson_begun", act, subject=lesson) as record:
        row = Lesson.objects.select_for_update().get(pk=lesson.pk)
        if row.state == State.LIVE:
            return
        if not may(row.state, State.LIVE):
            raise Conflict("learning.state", _("这节课已经停课或发布，不能再开。"))
        rooms = [row.course.lead_id, *row.seats.values_list("end_point", flat=True)]
        # Held in one order: of two lessons that want a room at the same moment the second one sees the first.
        list(EndPoint.objects.select_for_update().filter(pk__in=rooms).order_by("pk"))
        busy = Lesson.objects.filter(state=State.LIVE, seats__end_point__in=rooms).exclude(pk=row.pk)
        led = Lesson.objects.filter(state=State.LIVE, course__lead=row.course.lead_id).exclude(pk=row.pk)
        if busy.exists() or led.exists():
            raise Conflict("learning.room_busy", _("有教室还在上另一节课。请先让那一节下课，或等它下课。"))
        record.change(row, state=State.LIVE)


def finish(*, act: Act, lesson: Lesson) -> None:
    """End a lesson; ending it twice is ending it once. Raises NotAllowed to others than the teacher."""
    demand_teacher(act, lesson)
    with recording("learning.lesson_ended", act, subject=lesson) as record:
        row = Lesson.objects.select_for_update().get(pk=lesson.pk)
        if row.state == State.LIVE:
            record.change(row, state=State.ENDED)


def miss(*, act: Act, before: datetime) -> int:
    """Mark lessons that were planned and never begun as missed, once their hour is over. Return how many."""
    permit(act, Can.MANAGE_LEARNING)
    with recording("learning.lessons_missed", act) as record:
        rows = list(Lesson.objects.select_for_update().filter(state=State.PLANNED, ends_at__lt=before))
        for row in rows:
            record.change(row, state=State.MISSED)
    return len(rows)


def enter(*, lesson: Lesson, room: int, kind: str, connection: UUID, at: datetime) -> None:
    """A room connected. `room` is the end point's key."""
    Presence.objects.get_or_create(
        public_id=connection,
        defaults={"lesson": lesson, "end_point_id": room, "kind": kind, "joined_at": at, "seen_at": at},
    )


def still_here(*, connections: Iterable[UUID], at: datetime) -> None:
    """Connections were heard of: one statement for all. Word that comes late never moves the time back."""
    here = Presence.objects.filter(public_id__in=list(connections), left_at__isnull=True)
    here.filter(seen_at__lt=at).update(seen_at=at)


def leave(*, connection: UUID, at: datetime) -> None:
    """A room is gone, not before it was last heard of; told again, the first time stands."""
    last = Greatest(F("seen_at"), Value(at, output_field=DateTimeField()))
    Presence.objects.filter(public_id=connection, left_at__isnull=True).update(left_at=last, seen_at=last)


def watch(*, lesson: Lesson, room: int, stretch: UUID, at: datetime) -> None:
    """A room watches a recording: the stretch begins, or goes on until now."""
    enter(lesson=lesson, room=room, kind=Presence.Kind.REPLAY, connection=stretch, at=at)
    still_here(connections=[stretch], at=at)


def note_event(
    *, event: UUID, lesson: Lesson, room: int, kind: str, at: datetime, text: str = ""
) -> ClassEvent:
    """Keep what happened in a room, once."""
    found, _made = ClassEvent.objects.get_or_create(
        public_id=event,
        defaults={"lesson": lesson, "end_point_id": room, "kind": kind, "at": at, "text": text[:300]},
    )
    return found


def count_heads(*, act: Act, seat: Seat, heads: int) -> None:
    """Keep how many pupils the assistant counted; counted again, the log keeps both. Raises ActionError beyond reason."""
    viewer = permit(act, Can.TEACH)
    if seat.end_point.assistant != act.by.public_id:
        viewer.demand(Can.TEACH, seat.end_point.division_code)
    if not 0 <= heads <= MOST_HEADS:
        raise ActionError("learning.heads", _("人数要在 0 到 300 之间。"), field="heads")
    where = seat.end_point.division_code
    with recording("learning.heads_counted", act, subject=seat.lesson, division_code=where) as record:
        row = Seat.objects.select_for_update().get(pk=seat.pk)
        record.change(row, heads=heads, counted_by=act.by.public_id)


def begin_recording(*, lesson: Lesson, recording_id: UUID, at: datetime) -> None:
    """A part of the teacher's stream begins to be kept."""
    Recording.objects.get_or_create(public_id=recording_id, defaults={"lesson": lesson, "begun_at": at})


def seal_recording(*, recording_id: UUID, seconds: int, size: int, digest: str, at: datetime) -> None:
    """A part is whole: how long, how many bytes, their SHA-256. Sealed again, the first seal stands."""
    Recording.objects.filter(public_id=recording_id, sealed_at__isnull=True).update(
        sealed_at=at, seconds=seconds, size=size, digest=digest
    )
