"""What buyers ordered, how it travelled, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.commerce.models.lot import Lot
from xiangqiao.commerce.models.pavilion import Offer
from xiangqiao.commerce.models.scoped import CommerceQuerySet
from xiangqiao.commerce.models.settlement import Settlement
from xiangqiao.commerce.models.station import Station
from xiangqiao.kernel.models import Recorded


class DeliveryRoundQuerySet(CommerceQuerySet["DeliveryRound"]):
    """Rows of `DeliveryRound`, seen by division."""


class DeliveryRound(Recorded):
    """Parcels that left together: by whom they were carried, and under which number."""

    RECORDED: ClassVar = ("station_id", "carrier", "number", "on")

    station = models.ForeignKey(Station, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    division_code = models.CharField(max_length=12)
    carrier = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    on = models.DateField()
    at = models.DateTimeField()

    objects = DeliveryRoundQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["carrier", "number"], name="delivery_round_once")
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.number}"


class OrderQuerySet(CommerceQuerySet["Order"]):
    """Rows of `Order`, seen by division."""


class Order(Recorded):
    """One order of packs of one offer. Buyer, phone and address are sealed; the code and the phone's end open it."""

    class State(models.TextChoices):
        PLACED = "PLACED", _("已下单")
        SHIPPED = "SHIPPED", _("已发货")
        READY = "READY", _("到站待取")
        DELIVERED = "DELIVERED", _("已送达")
        SETTLED = "SETTLED", _("已结算")
        CANCELLED = "CANCELLED", _("已取消")
        REFUSED = "REFUSED", _("拒收")
        RETURNED = "RETURNED", _("已退货")

    class Payment(models.TextChoices):
        ON_DELIVERY = "ON_DELIVERY", _("货到付款")
        TRANSFER = "TRANSFER", _("银行转账")

    class Way(models.TextChoices):
        SEND = "SEND", _("送货上门")
        PICK_UP = "PICK_UP", _("到站自取")

    RECORDED: ClassVar = (
        "code", "offer_id", "lot_id", "member", "packs", "grams", "amount_fen", "payment", "way", "state", "paid_on",
        "paid_note", "round_id", "settlement_id", "collect_hash", "phone_hash", "ended_why",
    )  # fmt: skip

    code = models.CharField(max_length=12, unique=True)
    division_code = models.CharField(max_length=12, db_index=True)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="orders")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="orders")
    member = models.UUIDField(null=True, blank=True, db_index=True)
    buyer_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    phone_hash = models.CharField(max_length=64, blank=True, db_index=True)
    # Keyed hash of the phone's last four digits: with the code, it opens the order's page.
    tail_hash = models.CharField(max_length=64, blank=True)
    tail_misses = models.PositiveSmallIntegerField(default=0)
    address_sealed = models.BinaryField(null=True)
    packs = models.PositiveIntegerField()
    grams = models.PositiveIntegerField()
    amount_fen = models.BigIntegerField()
    payment = models.CharField(max_length=12, choices=Payment)
    way = models.CharField(max_length=8, choices=Way)
    state = models.CharField(max_length=10, choices=State, default=State.PLACED)
    paid_on = models.DateField(null=True, blank=True)
    paid_note = models.CharField(max_length=80, blank=True)
    round = models.ForeignKey(
        DeliveryRound, on_delete=models.PROTECT, null=True, blank=True, related_name="orders"
    )
    settlement = models.ForeignKey(
        Settlement, on_delete=models.PROTECT, null=True, blank=True, related_name="orders"
    )
    collect_sealed = models.BinaryField(null=True)
    collect_hash = models.CharField(max_length=64, blank=True, db_index=True)
    ended_why = models.CharField(max_length=120, blank=True)
    placed_on = models.DateField()
    placed_at = models.DateTimeField()
    delivered_on = models.DateField(null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(packs__gt=0, amount_fen__gt=0), name="order_is_of_something")
        ]
        indexes: ClassVar = [
            models.Index(fields=["lot", "state"], name="order_of_lot"),
            models.Index(fields=["division_code", "state"], name="order_in_division"),
        ]

    def __str__(self) -> str:
        return self.code
