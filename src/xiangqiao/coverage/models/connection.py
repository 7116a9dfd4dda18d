"""Households that took a line: uptake, which is another figure than reach."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from xiangqiao.coverage.models.scoped import Operator, ScopedQuerySet, Service
from xiangqiao.kernel.models import Recorded


class ConnectionQuerySet(ScopedQuerySet["Connection"]):
    """Connection rows, seen in their division."""


class Connection(Recorded):
    """A household uses a service, from a day to a day."""

    RECORDED: ClassVar = (
        "household",
        "division_code",
        "service",
        "operator",
        "connected_on",
        "ended_on",
        "discounted",
    )

    household = models.UUIDField(db_index=True)
    division_code = models.CharField(max_length=12, db_index=True)
    service = models.CharField(max_length=6, choices=Service)
    operator = models.CharField(max_length=5, choices=Operator)
    connected_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    # On the tariff that the operators grant poor households.
    discounted = models.BooleanField(default=False)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "service"],
                condition=models.Q(ended_on__isnull=True),
                name="household_connected_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.household} {self.service}"
