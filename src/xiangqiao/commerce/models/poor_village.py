"""Which villages were designated as poor, from a day to a day."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from xiangqiao.commerce.models.scoped import CommerceQuerySet
from xiangqiao.kernel.models import Recorded


class PoorVillageQuerySet(CommerceQuerySet["PoorVillage"]):
    """Designated villages."""

    def in_force(self, day: date) -> Self:
        """Return the designations in force on a day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class PoorVillage(Recorded):
    """The designation of a village. Source: the county's list of poor villages (贫困村名单)."""

    RECORDED: ClassVar = ("division_code", "valid_from", "valid_to")

    division_code = models.CharField(max_length=12, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = PoorVillageQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division_code", "valid_from"], name="poor_village_once")
        ]

    def __str__(self) -> str:
        return self.division_code
