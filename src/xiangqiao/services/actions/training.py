"""Courses: planned, seats taken, days held, who was there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, recording
from xiangqiao.services.actions.doors import demand_asker, demand_may_ask
from xiangqiao.services.following import Asker, demand_phone, followed_values, new_code
from xiangqiao.services.models import Course, CourseDay, Enrolment, Presence


def plan_course(*, act: Act, division_code: str, seats: int, apply_until: date, **values: Any) -> Course:
    """Plan a course with a number of seats. `values`: title, about, teacher, organiser, place.

    Raises NotAllowed where the post does not reach.
    """
    permit(act, Can.MANAGE_SERVICES, division_code)
    if seats <= 0:
        raise ActionError("services.seats", _("名额要大于零。"), field="seats")
    row = Course(division_code=division_code, seats=seats, apply_until=apply_until, **values)
    with recording("services.course_planned", act, subject=row, division_code=division_code) as record:
        record.create(row)
    return row


def add_day(*, act: Act, course: Course, on: date, hours: str) -> CourseDay:
    """Add a day to a course. Raises ActionError where it has that day already."""
    permit(act, Can.MANAGE_SERVICES, course.division_code)
    if course.days.filter(on=on).exists():
        raise ActionError("services.day_twice", _("这一天已经排了课。"), field="on")
    row = CourseDay(course=course, on=on, hours=hours)
    with recording(
        "services.course_day_added", act, subject=course, division_code=course.division_code
    ) as record:
        record.create(row)
    return row


def enrol(*, act: Act, asker: Asker, course: Course) -> tuple[Enrolment, str]:
    """Take a seat in a course; return the enrolment and the follow code. Raises Conflict where the last seat is gone."""
    demand_may_ask(act, asker)
    today = day_of(act.at)
    if today >= course.apply_until:
        raise ActionError("services.course_over", _("这门课报名已经截止。"))
    if not asker.name.strip():
        raise ActionError("services.name", _("请写参加的人的姓名，开课时好点名。"), field="name")
    code = new_code()
    row = Enrolment(course=course, enrolled_on=today)
    asker = replace(asker, phone=demand_phone(asker.phone))
    for name, value in followed_values(asker, row, code, by=act.by).items():
        setattr(row, name, value)
    try:
        with recording("services.enrolled", act, subject=row, division_code=asker.division_code) as record:
            held = Course.objects.select_for_update().get(pk=course.pk)
            if held.taken >= held.seats:
                raise Conflict("services.course_full", _("名额已满，请看看下一期。"), theirs=held.taken)
            record.change(held, taken=held.taken + 1)
            record.create(row)
            if row.household is not None:
                add_line(
                    act=act.keyless(), household=row.household, division_code=row.division_code,
                    programme="SERVICES", sentence=gettext_noop("报名培训：%(course)s"), source_id=row.public_id,
                    course=course.title,
                )  # fmt: skip
    except IntegrityError as error:
        raise ActionError("services.seat_twice", _("这个人已经报过名了。"), field="name") from error
    return row, code


def cancel_seat(*, act: Act, enrolment: Enrolment) -> None:
    """Give a seat back, for the next one. Raises NotAllowed to others."""
    demand_asker(act, enrolment)
    with recording(
        "services.seat_cancelled", act, subject=enrolment, division_code=enrolment.division_code
    ) as record:
        held = Course.objects.select_for_update().get(pk=enrolment.course_id)
        if enrolment.cancelled_on is None:
            record.change(enrolment, cancelled_on=day_of(act.at))
            record.change(held, taken=held.taken - 1)


def hold_day(*, act: Act, day: CourseDay, came: set[int], held: bool = True) -> None:
    """Note that a day of a course was held, and who of those enrolled came (`came`: their primary keys)."""
    permit(act, Can.MANAGE_SERVICES, day.course.division_code)
    with recording(
        "services.course_day_held", act, subject=day.course, division_code=day.course.division_code
    ) as record:
        record.change(day, held=held)
        known = {row.enrolment_id: row for row in day.presences.all()}
        for one in day.course.enrolments.filter(cancelled_on__isnull=True).order_by("pk") if held else []:
            if one.pk in known:
                record.change(known[one.pk], came=one.pk in came)
                continue
            record.create(Presence(day=day, enrolment=one, came=one.pk in came))
            if one.pk in came and one.household is not None:
                add_line(
                    act=act.keyless(), household=one.household, division_code=one.division_code,
                    programme="SERVICES", sentence=gettext_noop("参加培训：%(course)s"), source_id=one.public_id,
                    course=day.course.title,
                )  # fmt: skip
