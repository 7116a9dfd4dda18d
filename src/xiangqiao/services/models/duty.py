"""Who is in charge of what, where, from when to when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from xiangqiao.accounts.models import RoleChoices
from xiangqiao.accounts.viewer import SystemViewer, Viewer
from xiangqiao.kernel.models import Recorded
from xiangqiao.services.words import Topic


class OfficeQuerySet(models.QuerySet["Office"]):
    """Offices that answer and decide."""

    def of(self, viewer: Viewer | SystemViewer) -> OfficeQuerySet:
        """Return the offices in which a person works today: post, division and (where named) unit agree."""
        if isinstance(viewer, SystemViewer):
            return self
        mine = Q(pk__in=[])
        for post in viewer.posts:
            mine |= Q(role=post.role, division_code=post.division_code, unit_name__in=("", post.unit_name))
        return self.filter(mine, is_active=True)


class Office(Recorded):
    """An office with power over a matter: the people in a post at a division (and, where named, of a unit)."""

    RECORDED: ClassVar = ("name", "name_en", "role", "division_code", "unit_name", "phone", "is_active")

    name = models.CharField(max_length=60, unique=True)
    name_en = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=20, choices=RoleChoices)
    division_code = models.CharField(max_length=12)
    unit_name = models.CharField(max_length=120, blank=True)
    # The number on the office's door, not a person's.
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)

    objects = OfficeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Duty(Recorded):
    """A line of the duty list: questions about a topic from a place go to an office, from a day to a day."""

    RECORDED: ClassVar = ("topic", "division_code", "office_id", "working_days", "valid_from", "valid_to")

    topic = models.CharField(max_length=20, choices=Topic)
    division_code = models.CharField(max_length=12)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="duties")
    working_days = models.PositiveSmallIntegerField(default=5)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["topic", "division_code"],
                condition=Q(valid_to__isnull=True),
                name="duty_of_one_office_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="duty_ends_not_before_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.division_code}"
