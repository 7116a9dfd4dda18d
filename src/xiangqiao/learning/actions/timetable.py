"""Terms, courses, the timetable, and the lessons made of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.kernel.clock import LOCAL
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, recording
from xiangqiao.learning.models import Course, EndPoint, Lesson, Seat, Slot, Term
from xiangqiao.learning.rules.clash import Wanted, clash
from xiangqiao.learning.rules.states import may


def put_term(*, act: Act, name: str, first_day: date, last_day: date, days_off: Iterable[date] = ()) -> Term:
    """Add a term. Raises ActionError where it ends before it begins or is longer than a year."""
    permit(act, Can.MANAGE_LEARNING)
    if not first_day < last_day <= first_day + timedelta(days=366):
        raise ActionError(
            "learning.term_days", _("学期的最后一天要在第一天之后，一年之内。"), field="last_day"
        )
    term = Term(name=name, first_day=first_day, last_day=last_day, days_off=[d.isoformat() for d in days_off])
    with recording("learning.term_put", act, subject=term) as record:
        record.create(term)
    return term


def put_course(
    *, act: Act, term: Term, title: str, subject: str, grade: int, lead: EndPoint, teacher: UUID, teacher_name: str, weekly: int
) -> Course:  # fmt: skip
    """Add a course. Raises ActionError where the lead room is not one, or the title is taken."""
    permit(act, Can.MANAGE_LEARNING, lead.division_code)
    if lead.kind != EndPoint.Kind.LEAD:
        raise ActionError("learning.not_lead", _("这间是听课教室，请选主讲教室。"), field="lead")
    if term.courses.filter(title=title).exists():
        raise ActionError("learning.course_twice", _("这个学期已有同名的课程。"), field="title")
    course = Course(
        term=term, title=title, subject=subject, grade=grade, lead=lead, teacher=teacher, teacher_name=teacher_name,
        weekly=weekly,
    )  # fmt: skip
    with recording("learning.course_put", act, subject=course, division_code=lead.division_code) as record:
        record.create(course)
    return course


def put_slot(
    *, act: Act, course: Course, weekday: int, begins: time, ends: time, receivers: Iterable[EndPoint]
) -> Slot:
    """Put a line on the timetable. Raises Conflict naming the line that wants the same room or teacher, ActionError."""
    permit(act, Can.MANAGE_LEARNING, course.lead.division_code)
    rooms = list(receivers)
    if not rooms:
        raise ActionError("learning.nobody_listens", _("至少选一间听课教室。"), field="receivers")
    if ends <= begins:
        raise ActionError("learning.slot_ends", _("下课要在上课之后。"), field="ends")
    row = Slot(course=course, weekday=weekday, begins=_minutes(begins), ends=_minutes(ends))
    with recording(
        "learning.slot_put", act, subject=course, division_code=course.lead.division_code
    ) as record:
        # One writer at a time over a term's timetable: two lines that clash never both stand.
        Term.objects.select_for_update().get(pk=course.term_id)
        _demand_free(row, {one.pk for one in rooms})
        record.create(row)
        row.receivers.set(rooms)
        record.note(receivers=sorted(str(one.public_id) for one in rooms))
    return row


def _demand_free(row: Slot, rooms: set[int]) -> None:
    mine = Wanted(
        row.weekday, row.begins, row.ends, frozenset({*rooms, row.course.lead_id}), row.course.teacher
    )
    others = Slot.objects.filter(
        course__term=row.course.term_id, weekday=row.weekday, removed_on__isnull=True
    )
    for other in others.select_related("course").prefetch_related("receivers"):
        taken = frozenset({*(one.pk for one in other.receivers.all()), other.course.lead_id})
        found = clash(mine, Wanted(other.weekday, other.begins, other.ends, taken, other.course.teacher))
        if found:
            what = _("同一位老师") if found == "teacher" else _("同一间教室")
            raise Conflict(
                "learning.clash",
                _("和《%(course)s》撞课：%(what)s在这个时间已有课。请换时间或教室。")
                % {"course": other.course.title, "what": what},
            )


def _minutes(value: time) -> int:
    return value.hour * 60 + value.minute


def make_lessons(*, act: Act, term: Term, until: date | None = None) -> int:
    """Make the dated lessons of a term from its timetable; those that are there stay. Return how many were made."""
    permit(act, Can.MANAGE_LEARNING)
    last = min(until or term.last_day, term.last_day)
    with recording("learning.lessons_made", act, subject=term) as record:
        Term.objects.select_for_update().get(pk=term.pk)
        slots = list(
            Slot.objects.filter(course__term=term, removed_on__isnull=True).prefetch_related("receivers")
        )
        there = set(Lesson.objects.filter(slot__in=slots).values_list("slot_id", "starts_at"))
        days = [term.first_day + timedelta(days=n) for n in range((last - term.first_day).days + 1)]
        made: list[Lesson] = []
        seats: list[Seat] = []
        for slot in slots:
            for day in days:
                if day.weekday() != slot.weekday or day.isoformat() in term.days_off:
                    continue
                begin, end = _at(day, slot.begins), _at(day, slot.ends)
                if (slot.pk, begin) in there:
                    continue
                lesson = Lesson(course_id=slot.course_id, slot=slot, starts_at=begin, ends_at=end)
                made.append(lesson)
                seats += [Seat(lesson=lesson, end_point=one) for one in slot.receivers.all()]
        record.create_many(made)
        for seat in seats:
            # Its lesson has its key only now.
            seat.lesson_id = seat.lesson.pk
        record.create_many(seats)
        record.note(lessons=len(made))
    return len(made)


def _at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(minutes // 60, minutes % 60), LOCAL).astimezone(UTC)


def cancel_lesson(*, act: Act, lesson: Lesson, reason: str, make_up_at: datetime | None = None) -> Lesson:
    """Cancel a lesson with a reason and, where given, a lesson that makes up for it. Return the cancelled one.

    Raises ActionError without a reason, for a make-up in the past, or where the lesson's state forbids it.
    """
    permit(act, Can.MANAGE_LEARNING, lesson.course.lead.division_code)
    if not reason.strip():
        raise ActionError("learning.no_reason", _("停课要写原因。"), field="reason")
    if make_up_at is not None and make_up_at <= act.at:
        raise ActionError("learning.make_up_past", _("补课时间要在现在之后。"), field="make_up_at")
    with recording(
        "learning.lesson_cancelled", act, subject=lesson, division_code=lesson.course.lead.division_code
    ) as record:
        row = Lesson.objects.select_for_update().get(pk=lesson.pk)
        if not may(row.state, Lesson.State.CANCELLED):
            raise Conflict("learning.state", _("这节课现在的状态不能停课。"))
        record.change(row, state=Lesson.State.CANCELLED, reason=reason.strip())
        if make_up_at is not None:
            begin, length = make_up_at.astimezone(UTC), row.ends_at - row.starts_at
            other = Lesson(course=row.course, starts_at=begin, ends_at=begin + length, instead_of=row)
            record.create(other)
            rooms = row.seats.values_list("end_point", flat=True)
            record.create_many([Seat(lesson=other, end_point_id=one) for one in rooms])
    return row
