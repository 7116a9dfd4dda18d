"""Goods taken in at the counter: weighed, graded, priced, with a slip."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from xiangqiao.commerce.models.lot import Lot
from xiangqiao.commerce.models.scoped import CommerceQuerySet
from xiangqiao.commerce.models.station import Station
from xiangqiao.kernel.models import Recorded


class IntakeQuerySet(CommerceQuerySet["Intake"]):
    """Rows of `Intake`, seen by division."""


class Intake(Recorded):
    """What one household brought at one time. Its share of the lot is its grams."""

    RECORDED: ClassVar = (
        "slip", "station_id", "lot_id", "household", "grams", "price_fen_per_kg", "amount_fen", "on",
    )  # fmt: skip

    slip = models.CharField(max_length=12, unique=True)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="intakes")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="intakes")
    household = models.UUIDField(db_index=True)
    # As on the slip: the name of who brought it, the village.
    name = models.CharField(max_length=60)
    place = models.CharField(max_length=80)
    division_code = models.CharField(max_length=12)
    grams = models.PositiveIntegerField()
    price_fen_per_kg = models.PositiveIntegerField()
    amount_fen = models.BigIntegerField()
    on = models.DateField()
    at = models.DateTimeField()

    objects = IntakeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(grams__gt=0, price_fen_per_kg__gt=0), name="intake_weighs_and_costs"
            )
        ]

    def __str__(self) -> str:
        return self.slip
