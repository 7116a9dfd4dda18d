"""Schools and the end points of the shared classroom: a room with a screen, a camera and an assistant teacher."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, SystemViewer, scope
from xiangqiao.kernel.models import Recorded


class School(Recorded):
    """A school or teaching point. A lead school far away has no division of this county."""

    RECORDED: ClassVar = ("name", "division_code", "closed_on")

    name = models.CharField(max_length=80, unique=True)
    division_code = models.CharField(max_length=12, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class EndPointQuerySet(models.QuerySet["EndPoint"]):
    """End points, seen by place or by who looks after one."""

    def visible_to(self, viewer: AnyViewer) -> EndPointQuerySet:
        """Return the end points that a viewer may see."""
        if isinstance(viewer, SystemViewer):
            return self
        mine = Q(assistant=viewer.public_id, assistant__isnull=False)
        return self.filter(scope(viewer, Can.READ_LEARNING, subject=None) | mine)


class EndPoint(Recorded):
    """A room that gives (lead) or receives lessons. The unit of the shared classroom is the room, not the child."""

    RECORDED: ClassVar = ("school_id", "room", "kind", "division_code", "assistant", "is_active")

    class Kind(models.TextChoices):
        LEAD = "LEAD", _("主讲教室")
        RECEIVE = "RECEIVE", _("听课教室")

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="end_points")
    room = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=Kind)
    # Of the school; the county's own code for a lead school outside.
    division_code = models.CharField(max_length=12, db_index=True)
    assistant = models.UUIDField(null=True, blank=True, db_index=True)
    is_active = models.BooleanField(default=True)

    objects = EndPointQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "room"], name="learning_room_once_in_a_school")
        ]

    def __str__(self) -> str:
        return f"{self.school.name} {self.room}"


class LinkCheck(models.Model):
    """How well an end point's line carried a test, measured by its own browser."""

    end_point = models.ForeignKey(EndPoint, on_delete=models.PROTECT, related_name="checks")
    at = models.DateTimeField()
    kbps = models.PositiveIntegerField()
    rtt_ms = models.PositiveIntegerField()
    camera = models.BooleanField()
    by = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["end_point", "-at"], name="learning_newest_check")]

    def __str__(self) -> str:
        return f"{self.kbps} kbit/s"
