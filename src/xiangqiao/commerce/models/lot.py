"""Goods that lie together and are sold together, in grams; whose they are stands in the intakes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.commerce.models.scoped import CommerceQuerySet
from xiangqiao.commerce.models.station import Station
from xiangqiao.commerce.models.tenant import Tenant
from xiangqiao.kernel.models import Recorded


class LotQuerySet(CommerceQuerySet["Lot"]):
    """Rows of `Lot`, seen by division."""


class Lot(Recorded):
    """A lot of one product and grade, at a station or, from a tenant, in the exhibition park's pool of goods.

    The counters are kept by conditional updates and follow from intakes, orders and write-offs, which are recorded.
    """

    class State(models.TextChoices):
        TAKING_IN = "TAKING_IN", _("收货中")
        LISTED = "LISTED", _("在卖")
        CLOSED = "CLOSED", _("已收尾")

    RECORDED: ClassVar = (
        "code", "station_id", "tenant_id", "product", "grade", "fee_bp", "cost_fen_per_kg", "state", "opened_on",
    )  # fmt: skip

    code = models.CharField(max_length=12, unique=True)
    division_code = models.CharField(max_length=12, db_index=True)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, null=True, blank=True, related_name="lots")
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, null=True, blank=True, related_name="lots")
    product = models.CharField(max_length=40)
    grade = models.CharField(max_length=20)
    # The station's fee when the lot began; of the pool: what the supplier asks for a kilogram.
    fee_bp = models.PositiveSmallIntegerField(default=0)
    cost_fen_per_kg = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.TAKING_IN)
    opened_on = models.DateField()
    taken_grams = models.PositiveBigIntegerField(default=0)
    available_grams = models.BigIntegerField(default=0)
    reserved_grams = models.BigIntegerField(default=0)
    sold_grams = models.BigIntegerField(default=0)
    lost_grams = models.BigIntegerField(default=0)
    given_back_grams = models.BigIntegerField(default=0)

    objects = LotQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(available_grams__gte=0, reserved_grams__gte=0, sold_grams__gte=0)
                & Q(lost_grams__gte=0, given_back_grams__gte=0),
                name="lot_holds_no_less_than_nothing",
            ),
            models.CheckConstraint(
                condition=Q(
                    taken_grams=F("available_grams")
                    + F("reserved_grams")
                    + F("sold_grams")
                    + F("lost_grams")
                    + F("given_back_grams")
                ),
                name="lot_grams_add_up",
            ),
            models.CheckConstraint(
                condition=Q(station__isnull=False, tenant__isnull=True)
                | Q(station__isnull=True, tenant__isnull=False),
                name="lot_of_a_station_or_of_the_pool",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class WriteOff(Recorded):
    """Goods of a lot that can no longer be sold: spoiled, or given back to the households."""

    class Kind(models.TextChoices):
        LOST = "LOST", _("损耗")
        GIVEN_BACK = "GIVEN_BACK", _("退还农户")

    RECORDED: ClassVar = ("lot_id", "kind", "grams", "reason", "on")

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="write_offs")
    division_code = models.CharField(max_length=12)
    kind = models.CharField(max_length=10, choices=Kind)
    grams = models.PositiveIntegerField()
    reason = models.CharField(max_length=120)
    on = models.DateField()

    def __str__(self) -> str:
        return f"{self.lot_id} {self.grams}"
