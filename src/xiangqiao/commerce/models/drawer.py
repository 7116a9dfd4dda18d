"""The cash drawer of a station: every movement a row, every day counted and signed, corrections as new rows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.commerce.models.scoped import CommerceQuerySet
from xiangqiao.commerce.models.station import Station
from xiangqiao.kernel.models import Recorded


class CashEntryQuerySet(CommerceQuerySet["CashEntry"]):
    """Rows of `CashEntry`, seen by division."""


class CashEntry(Recorded):
    """Cash in (positive) or out (negative). `source` is what it was for; a kind is booked once for a source."""

    class Kind(models.TextChoices):
        FLOAT = "FLOAT", _("备用金")
        SHOP_SALE = "SHOP_SALE", _("当日店里零售")
        ORDER_PAID = "ORDER_PAID", _("订单收款")
        ORDER_REFUND = "ORDER_REFUND", _("订单退款")
        PURCHASE_PAID = "PURCHASE_PAID", _("代买收款")
        PURCHASE_REFUND = "PURCHASE_REFUND", _("代买退款")
        PAY_OUT = "PAY_OUT", _("结算付给农户")
        BANKED = "BANKED", _("存入银行")
        CORRECTION = "CORRECTION", _("账目更正")

    RECORDED: ClassVar = ("station_id", "kind", "amount_fen", "on", "source", "corrects_id", "note")

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="cash")
    division_code = models.CharField(max_length=12)
    kind = models.CharField(max_length=16, choices=Kind)
    amount_fen = models.BigIntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    source = models.UUIDField()
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    note = models.CharField(max_length=120, blank=True)

    objects = CashEntryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "kind"], name="cash_entry_once"),
            models.CheckConstraint(condition=~Q(amount_fen=0), name="cash_entry_moves"),
        ]
        indexes: ClassVar = [models.Index(fields=["station", "on"], name="cash_of_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_fen}"


class DayCloseQuerySet(CommerceQuerySet["DayClose"]):
    """Rows of `DayClose`, seen by division."""


class DayClose(Recorded):
    """A day counted: what should be in the drawer, what is, and why they differ. Signed by whoever counted."""

    RECORDED: ClassVar = (
        "station_id", "on", "opening_fen", "moved_fen", "expected_fen", "counted_fen", "difference_fen", "explanation",
    )  # fmt: skip

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="closes")
    division_code = models.CharField(max_length=12)
    on = models.DateField()
    opening_fen = models.BigIntegerField()
    moved_fen = models.BigIntegerField()
    expected_fen = models.BigIntegerField()
    counted_fen = models.BigIntegerField()
    difference_fen = models.BigIntegerField()
    explanation = models.CharField(max_length=200, blank=True)
    signed_by = models.UUIDField(null=True)
    signed_label = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = DayCloseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["station", "on"], name="day_close_once"),
            models.CheckConstraint(
                condition=Q(expected_fen=F("opening_fen") + F("moved_fen"))
                & Q(counted_fen=F("expected_fen") + F("difference_fen"), counted_fen__gte=0),
                name="day_close_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(difference_fen=0) | ~Q(explanation=""), name="day_close_difference_explained"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.on}"
