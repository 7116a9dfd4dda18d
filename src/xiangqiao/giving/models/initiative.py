"""A joint initiative of several departments."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from xiangqiao.kernel.models import Recorded


class Initiative(Recorded):
    """Several departments give together, in a time, for a stated purpose."""

    RECORDED: ClassVar = ("title", "purpose", "starts_on", "ends_on")

    title = models.CharField(max_length=60)
    purpose = models.CharField(max_length=400)
    division_code = models.CharField(max_length=12)
    starts_on = models.DateField()
    ends_on = models.DateField()

    def __str__(self) -> str:
        return self.title


class Part(Recorded):
    """What one department promised."""

    RECORDED: ClassVar = ("initiative_id", "department", "promise")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="parts")
    department = models.CharField(max_length=60)
    promise = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["initiative", "department"], name="department_takes_part_once")
        ]

    def __str__(self) -> str:
        return self.department
