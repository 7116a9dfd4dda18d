"""Courses: their days, who is enrolled, who was there."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from xiangqiao.kernel.models import Recorded
from xiangqiao.services.models.followed import FOLLOWED, Followed


class Course(Recorded):
    """A course for farmers or workers with a number of seats. `taken` never passes `seats`."""

    RECORDED: ClassVar = (
        "title", "about", "teacher", "organiser", "division_code", "place", "seats", "taken", "apply_until", "notice",
    )  # fmt: skip

    title = models.CharField(max_length=60)
    about = models.CharField(max_length=300)
    teacher = models.CharField(max_length=60)
    organiser = models.CharField(max_length=80)
    division_code = models.CharField(max_length=12)
    place = models.CharField(max_length=80)
    seats = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    # Half-open: the board shows the course until the day before.
    apply_until = models.DateField()
    notice = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(taken__lte=F("seats")), name="course_never_overfull"),
        ]

    def __str__(self) -> str:
        return self.title


class CourseDay(Recorded):
    """One day of a course."""

    RECORDED: ClassVar = ("course_id", "on", "hours", "held")

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="days")
    on = models.DateField()
    hours = models.CharField(max_length=40)
    # None: not yet; False: called off.
    held = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["course", "on"], name="course_day_once")]

    def __str__(self) -> str:
        return f"{self.course_id} {self.on}"


class Enrolment(Followed):
    """Somebody with a seat in a course."""

    RECORDED: ClassVar = (*FOLLOWED, "course_id", "enrolled_on", "cancelled_on")

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments")
    enrolled_on = models.DateField()
    cancelled_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["course", "phone_hash", "asker_name"],
                condition=Q(cancelled_on__isnull=True),
                name="one_seat_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.asker_name}"


class Presence(Recorded):
    """Whether somebody enrolled was there on a day."""

    RECORDED: ClassVar = ("day_id", "enrolment_id", "came")

    day = models.ForeignKey(CourseDay, on_delete=models.PROTECT, related_name="presences")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="presences")
    came = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "enrolment"], name="presence_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day_id} {self.enrolment_id}"
