"""Agent service at the counter: orders with their cash, and the keeper's cash drawer by day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import SystemViewer, Viewer, scope
from xiangqiao.kernel.models import Recorded
from xiangqiao.services.words import Errand


class OfKeeperQuerySet(models.QuerySet["AgentOrder"]):
    """A keeper's own orders; the service centre sees those of its range."""

    def visible_to(self, viewer: Viewer | SystemViewer) -> OfKeeperQuerySet:
        """Return the orders that a viewer may read."""
        if isinstance(viewer, SystemViewer):
            return self
        return self.filter(scope(viewer, Can.MANAGE_SERVICES, subject=None) | Q(keeper=viewer.public_id))


class AgentOrder(Recorded):
    """One errand: what for, how much, the cash that came and went back, and the receipt either way."""

    class State(models.TextChoices):
        TAKEN = "TAKEN", _("已收款，待办")
        DONE = "DONE", _("已办成")
        FAILED = "FAILED", _("没办成，已退款")
        HANDED_OVER = "HANDED_OVER", _("已交给本人")

    RECORDED: ClassVar = (
        "receipt_no", "keeper", "division_code", "errand", "payee", "account_mask", "customer", "household", "amount_fen",
        "fee_fen", "cash_fen", "change_fen", "state", "reference", "failure", "on", "ended_on",
    )  # fmt: skip

    receipt_no = models.CharField(max_length=20, unique=True)
    keeper = models.UUIDField(db_index=True)
    keeper_label = models.CharField(max_length=120)
    division_code = models.CharField(max_length=12)
    errand = models.CharField(max_length=20, choices=Errand)
    payee = models.CharField(max_length=80)
    # The number of the meter or phone: sealed; the receipt shows the mask.
    account_sealed = models.BinaryField(null=True)
    account_mask = models.CharField(max_length=20, blank=True)
    customer = models.CharField(max_length=60)
    household = models.UUIDField(null=True, blank=True)
    amount_fen = models.BigIntegerField()
    fee_fen = models.BigIntegerField(default=0)
    cash_fen = models.BigIntegerField()
    change_fen = models.BigIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State, default=State.TAKEN)
    reference = models.CharField(max_length=60, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = OfKeeperQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["keeper", "on"], name="orders_of_a_day")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(cash_fen=F("amount_fen") + F("fee_fen") + F("change_fen")), name="cash_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0, change_fen__gte=0), name="order_has_an_amount"
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_no


class DrawerDay(Recorded):
    """A keeper's cash drawer on a day: what it began with, what was counted, what was missing or too much."""

    RECORDED: ClassVar = (
        "keeper",
        "division_code",
        "on",
        "opening_fen",
        "counted_fen",
        "difference_fen",
        "note",
    )

    keeper = models.UUIDField()
    division_code = models.CharField(max_length=12)
    on = models.DateField()
    opening_fen = models.BigIntegerField(default=0)
    # None: the day is not closed.
    counted_fen = models.BigIntegerField(null=True, blank=True)
    difference_fen = models.BigIntegerField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["keeper", "on"], name="one_drawer_a_day")]

    def __str__(self) -> str:
        return f"{self.keeper} {self.on}"
