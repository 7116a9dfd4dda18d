"""Proceeds of a lot brought to the households whose goods they were, to the fen."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.commerce.models.lot import Lot
from xiangqiao.commerce.models.scoped import CommerceQuerySet
from xiangqiao.kernel.models import Recorded


class SettlementQuerySet(CommerceQuerySet["Settlement"]):
    """Rows of `Settlement`, seen by division."""


class Settlement(Recorded):
    """What delivered orders of a lot brought: gross, the fee (of the pool: the supplier's cost), and what is shared."""

    class Way(models.TextChoices):
        BANK = "BANK", _("转到银行卡")
        CASH = "CASH", _("站点现金")

    RECORDED: ClassVar = ("lot_id", "gross_fen", "fee_fen", "net_fen", "way", "on")

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="settlements")
    division_code = models.CharField(max_length=12)
    gross_fen = models.BigIntegerField()
    fee_fen = models.BigIntegerField()
    net_fen = models.BigIntegerField()
    way = models.CharField(max_length=6, choices=Way)
    on = models.DateField()
    at = models.DateTimeField()

    objects = SettlementQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(gross_fen=F("fee_fen") + F("net_fen"), fee_fen__gte=0, net_fen__gte=0),
                name="settlement_adds_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.net_fen}"


class SettlementShareQuerySet(CommerceQuerySet["SettlementShare"]):
    """Rows of `SettlementShare`, seen by division."""


class SettlementShare(Recorded):
    """One household's part of a settlement; `transfer` and `evidence` are its rows in the ledger."""

    RECORDED: ClassVar = ("settlement_id", "household", "grams", "amount_fen", "transfer", "evidence")

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="shares")
    household = models.UUIDField(db_index=True)
    division_code = models.CharField(max_length=12)
    grams = models.PositiveBigIntegerField()
    amount_fen = models.BigIntegerField()
    transfer = models.UUIDField(null=True)
    evidence = models.UUIDField(null=True)

    objects = SettlementShareQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["settlement", "household"], name="settlement_share_once")
        ]

    def __str__(self) -> str:
        return f"{self.settlement_id} {self.amount_fen}"
