"""Goods a keeper buys on behalf of a villager."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.commerce.models.scoped import CommerceQuerySet
from xiangqiao.commerce.models.station import Station
from xiangqiao.kernel.models import Recorded


class PurchaseQuerySet(CommerceQuerySet["Purchase"]):
    """Rows of `Purchase`, seen by division."""


class Purchase(Recorded):
    """A purchase on behalf: quoted, cash taken, bought, arrived, collected with a code; or refunded."""

    class State(models.TextChoices):
        QUOTED = "QUOTED", _("已报价")
        PAID = "PAID", _("已收款")
        BOUGHT = "BOUGHT", _("已下单代买")
        ARRIVED = "ARRIVED", _("到货待取")
        COLLECTED = "COLLECTED", _("已领取")
        REFUNDED = "REFUNDED", _("没买成，已退款")
        CANCELLED = "CANCELLED", _("不买了")

    RECORDED: ClassVar = (
        "receipt", "station_id", "household", "goods", "price_fen", "fee_fen", "state", "platform_no", "collect_hash",
        "ended_why",
    )  # fmt: skip

    receipt = models.CharField(max_length=12, unique=True)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="purchases")
    household = models.UUIDField(db_index=True)
    name = models.CharField(max_length=60)
    place = models.CharField(max_length=80)
    division_code = models.CharField(max_length=12, db_index=True)
    goods = models.CharField(max_length=80)
    price_fen = models.PositiveBigIntegerField()
    fee_fen = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.QUOTED)
    platform_no = models.CharField(max_length=40, blank=True)
    collect_sealed = models.BinaryField(null=True)
    collect_hash = models.CharField(max_length=64, blank=True, db_index=True)
    ended_why = models.CharField(max_length=120, blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    collected_on = models.DateField(null=True, blank=True)

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(price_fen__gt=0), name="purchase_has_a_price")
        ]

    def __str__(self) -> str:
        return self.receipt
