"""Terms, courses, the weekly timetable, and the dated lessons that come of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, SystemViewer, scope
from xiangqiao.kernel.models import Recorded
from xiangqiao.learning.models.place import EndPoint


class Term(Recorded):
    """A school term, first to last day, both included; days off stand in `days_off` as ISO dates."""

    RECORDED: ClassVar = ("name", "first_day", "last_day", "days_off")

    name = models.CharField(max_length=40, unique=True)
    first_day = models.DateField()
    last_day = models.DateField()
    days_off = models.JSONField(default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last_day__gt=F("first_day")), name="term_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return self.name


class Course(Recorded):
    """A subject that a lead room teaches to receiving rooms. `weekly` is how many periods a week the plan of studies asks."""

    RECORDED: ClassVar = (
        "term_id",
        "title",
        "subject",
        "grade",
        "lead_id",
        "teacher",
        "teacher_name",
        "weekly",
    )

    class Subject(models.TextChoices):
        CHINESE = "CHINESE", _("语文")
        MATHS = "MATHS", _("数学")
        ENGLISH = "ENGLISH", _("英语")
        MUSIC = "MUSIC", _("音乐")
        ART = "ART", _("美术")
        SCIENCE = "SCIENCE", _("科学")
        SPORT = "SPORT", _("体育")
        FARMING = "FARMING", _("农技")

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="courses")
    title = models.CharField(max_length=60)
    subject = models.CharField(max_length=10, choices=Subject)
    # 1 to 9; 0 for adults.
    grade = models.PositiveSmallIntegerField()
    lead = models.ForeignKey(EndPoint, on_delete=models.PROTECT, related_name="courses")
    teacher = models.UUIDField(db_index=True)
    teacher_name = models.CharField(max_length=60)
    weekly = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["term", "title"], name="course_once_a_term"),
            models.CheckConstraint(condition=Q(grade__lte=9), name="course_grade_up_to_nine"),
        ]

    def __str__(self) -> str:
        return self.title


class Slot(Recorded):
    """A line of the weekly timetable: a course, a weekday (0 is Monday), minutes from midnight, and who receives."""

    RECORDED: ClassVar = ("course_id", "weekday", "begins", "ends", "removed_on")

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="slots")
    weekday = models.PositiveSmallIntegerField()
    begins = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    receivers = models.ManyToManyField(EndPoint, related_name="+")
    removed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6, ends__gt=F("begins"), ends__lte=1440), name="slot_within_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.weekday} {self.begins}"


class LessonQuerySet(models.QuerySet["Lesson"]):
    """Lessons, seen by the rooms in reach, by who teaches, and by who looks after a room."""

    def visible_to(self, viewer: AnyViewer) -> LessonQuerySet:
        """Return the lessons that a viewer may see."""
        if isinstance(viewer, SystemViewer):
            return self
        rooms = EndPoint.objects.visible_to(viewer).order_by().values("pk")
        seen = Seat.objects.filter(end_point__in=rooms).order_by().values("lesson")
        taught = Q(course__teacher=viewer.public_id)
        return self.filter(
            taught | Q(pk__in=seen) | scope(viewer, Can.READ_LEARNING, code="course__lead__division_code", subject=None)
        )  # fmt: skip


class Lesson(Recorded):
    """One dated lesson."""

    RECORDED: ClassVar = (
        "course_id", "slot_id", "starts_at", "ends_at", "state", "reason", "instead_of_id", "agreed_at", "agreed_by",
    )  # fmt: skip

    class State(models.TextChoices):
        PLANNED = "PLANNED", _("待上课")
        LIVE = "LIVE", _("正在上课")
        ENDED = "ENDED", _("已下课")
        PUBLISHED = "PUBLISHED", _("可回看")
        CANCELLED = "CANCELLED", _("已停课")
        MISSED = "MISSED", _("没有上")

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="lessons")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, null=True, related_name="lessons")
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    reason = models.CharField(max_length=200, blank=True)
    # Whoever stands before the camera agreed to be recorded and watched again; without it nothing is kept.
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.UUIDField(null=True, blank=True)
    # A lesson that makes up for a cancelled one.
    instead_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="make_up")

    objects = LessonQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slot", "starts_at"], name="lesson_of_a_slot_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="lesson_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.starts_at:%Y-%m-%d %H:%M}"


class Seat(Recorded):
    """A receiving room's place in a lesson, with how many heads the assistant counted."""

    RECORDED: ClassVar = ("lesson_id", "end_point_id", "heads", "counted_by")

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="seats")
    end_point = models.ForeignKey(EndPoint, on_delete=models.PROTECT, related_name="seats")
    heads = models.PositiveSmallIntegerField(null=True, blank=True)
    counted_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lesson", "end_point"], name="seat_once_in_a_lesson")
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.end_point_id}"
