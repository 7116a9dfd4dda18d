"""Lessons and rooms as a person sees them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, SystemViewer, Viewer
from xiangqiao.kernel.clock import LOCAL
from xiangqiao.learning.models import (
    Course,
    EndPoint,
    Lesson,
    LinkCheck,
    Presence,
    Recording,
    Seat,
    Slot,
    Term,
)


def lessons(viewer: AnyViewer, *, first: date, last: date) -> QuerySet[Lesson]:
    """Return the lessons that a viewer sees from a day to a day, both included, in order of time."""
    begin = datetime.combine(first, time.min, LOCAL)
    end = datetime.combine(last + timedelta(days=1), time.min, LOCAL)
    rows = Lesson.objects.visible_to(viewer).filter(starts_at__gte=begin, starts_at__lt=end)
    return rows.select_related("course__lead__school").order_by("starts_at", "id")


def lesson_named(viewer: AnyViewer, public_id: UUID) -> Lesson:
    """Return one lesson. Raises Lesson.DoesNotExist where unseen."""
    rows = Lesson.objects.visible_to(viewer).select_related("course__lead__school")
    return rows.get(public_id=public_id)


def rooms(viewer: AnyViewer) -> QuerySet[EndPoint]:
    """Return the end points that a viewer sees, with the newest check of each line."""
    newest = LinkCheck.objects.filter(end_point=OuterRef("pk")).order_by("-at")
    return (
        EndPoint.objects.visible_to(viewer)
        .select_related("school")
        .annotate(checked_at=Subquery(newest.values("at")[:1]), kbps=Subquery(newest.values("kbps")[:1]),
                  camera=Subquery(newest.values("camera")[:1]))
        .order_by("kind", "school__name", "room")
    )  # fmt: skip


def room_named(viewer: AnyViewer, public_id: UUID) -> EndPoint:
    """Return one end point. Raises EndPoint.DoesNotExist where unseen."""
    return EndPoint.objects.visible_to(viewer).select_related("school").get(public_id=public_id)


def own_seats(viewer: Viewer, found: list[Lesson]) -> dict[int, list[Seat]]:
    """Return, by lesson, the seats of the rooms where a person may sit in."""
    seats = Seat.objects.filter(lesson__in=found).select_related("end_point__school")
    by_lesson: dict[int, list[Seat]] = {}
    for seat in seats.order_by("id"):
        if attends(viewer, seat.end_point):
            by_lesson.setdefault(seat.lesson_id, []).append(seat)
    return by_lesson


def attends(viewer: AnyViewer, room: EndPoint) -> bool:
    """Return whether a person may open a room's page of a lesson: its assistant, or a teacher in reach of it."""
    return room.assistant == viewer.public_id or viewer.can(Can.TEACH, room.division_code)


def teaches(viewer: AnyViewer, lesson: Lesson) -> bool:
    """Return whether a person may teach a lesson: its teacher, or who manages learning where the lead room is."""
    if isinstance(viewer, SystemViewer):
        return False
    own = lesson.course.teacher == viewer.public_id and viewer.can(Can.TEACH)
    return own or viewer.can(Can.MANAGE_LEARNING, lesson.course.lead.division_code)


def seat_of(lesson: Lesson, room: EndPoint) -> Seat:
    """Return a room's seat in a lesson. Raises Seat.DoesNotExist."""
    return Seat.objects.select_related("end_point__school", "lesson").get(lesson=lesson, end_point=room)


def recording_named(viewer: AnyViewer, public_id: UUID) -> Recording:
    """Return a part of a recording of a lesson that a viewer sees. Raises Recording.DoesNotExist."""
    seen = Lesson.objects.visible_to(viewer).order_by().values("pk")
    rows = Recording.objects.filter(lesson__in=seen, sealed_at__isnull=False, destroyed_at__isnull=True)
    rows = rows.filter(lesson__agreed_at__isnull=False)
    return rows.select_related("lesson").get(public_id=public_id)


def films(lesson: Lesson) -> QuerySet[Recording]:
    """Return the parts of a lesson's recording that are whole and still there."""
    return lesson.recordings.filter(sealed_at__isnull=False, destroyed_at__isnull=True)


def watched_by(lesson: Lesson) -> list[str]:
    """Return the names of the rooms that watched the recording, each once."""
    seen = lesson.presences.filter(kind=Presence.Kind.REPLAY).order_by().values("end_point")
    return [str(one) for one in EndPoint.objects.filter(pk__in=seen).select_related("school")]


def terms() -> QuerySet[Term]:
    """Return the terms, the newest first."""
    return Term.objects.order_by("-first_day")


def term_on(day: date) -> Term | None:
    """Return the term of a day, else the newest that has begun."""
    within = Term.objects.filter(first_day__lte=day, last_day__gte=day).order_by("-first_day").first()
    return within or Term.objects.filter(first_day__lte=day).order_by("-first_day").first()


def courses(viewer: AnyViewer, term: Term) -> QuerySet[Course]:
    """Return the courses of a term that a viewer sees."""
    leads = EndPoint.objects.visible_to(viewer).order_by().values("pk")
    mine = Q(teacher=viewer.public_id) | Q(lead__in=leads)
    return Course.objects.filter(mine, term=term).select_related("lead__school").order_by("subject", "grade")


def slots(viewer: AnyViewer, term: Term) -> QuerySet[Slot]:
    """Return the timetable of a term, by weekday and hour, with who receives."""
    rows = Slot.objects.filter(
        course__in=courses(viewer, term).order_by().values("pk"), removed_on__isnull=True
    )
    return (
        rows.select_related("course__lead__school")
        .prefetch_related("receivers__school")
        .order_by("weekday", "begins")
    )
