"""What happened in a lesson, as it happened: who was connected from when to when, hands, and the recording."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangqiao.kernel.ids import new_id
from xiangqiao.learning.models.place import EndPoint
from xiangqiao.learning.models.timetable import Lesson


class Presence(models.Model):
    """One connection of a room to a lesson. Without `left_at` it lasted until it was last heard of.

    Every figure of the shared classroom is derived from these intervals; nobody types one in.
    """

    class Kind(models.TextChoices):
        LEAD = "LEAD", _("主讲")
        LIVE = "LIVE", _("听直播")
        REPLAY = "REPLAY", _("看回放")

    public_id = models.UUIDField(unique=True, default=new_id)
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="presences")
    end_point = models.ForeignKey(EndPoint, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind)
    joined_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["lesson", "end_point"], name="presence_of_lesson")]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.end_point_id} {self.kind}"


class ClassEvent(models.Model):
    """A hand, a call, a question: append-only, each once by its own id."""

    class Kind(models.TextChoices):
        HAND_UP = "HAND_UP", _("举手")
        HAND_DOWN = "HAND_DOWN", _("放下")
        CALLED = "CALLED", _("点名回答")
        SAID = "SAID", _("文字回答")

    public_id = models.UUIDField(unique=True, default=new_id)
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="events")
    end_point = models.ForeignKey(EndPoint, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    text = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.kind}"


class Recording(models.Model):
    """One uninterrupted part of the teacher's stream; a lesson has more than one where the line broke.

    The default recording holds the teacher's picture and sound only; rooms with children are not recorded.
    """

    public_id = models.UUIDField(unique=True, default=new_id)
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="recordings")
    begun_at = models.DateTimeField()
    # Its film is gone: the consent was taken back.
    destroyed_at = models.DateTimeField(null=True)
    # None while it is being taken.
    sealed_at = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["begun_at", "pk"]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.begun_at:%H:%M}"
