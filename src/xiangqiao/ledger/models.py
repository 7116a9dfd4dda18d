"""Value that moved, and income that was declared or evidenced. Owners are known by opaque ids only."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.models import Recorded


class Unit(models.TextChoices):
    """What an account counts, always in whole numbers."""

    FEN = "FEN", _("分")
    GRAM = "GRAM", _("克")
    PIECE = "PIECE", _("件")
    MINUTE = "MINUTE", _("分钟")


class Account(models.Model):
    """An account of one owner for one purpose in one unit."""

    public_id = models.UUIDField(unique=True, default=new_id)
    owner = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=40)
    unit = models.CharField(max_length=10, choices=Unit)
    division_code = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "purpose", "unit"], name="account_once_per_purpose")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.owner}"


class Transfer(models.Model):
    """One debit, one credit, one positive whole number. Never changed: a pending transfer is resolved by a new row."""

    class State(models.TextChoices):
        POSTED = "POSTED", _("已入账")
        PENDING = "PENDING", _("待定")
        CONFIRMED = "CONFIRMED", _("确认")
        VOIDED = "VOIDED", _("作废")

    public_id = models.UUIDField(unique=True, default=new_id)
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credits")
    amount = models.BigIntegerField()
    unit = models.CharField(max_length=10, choices=Unit)
    state = models.CharField(max_length=10, choices=State, default=State.POSTED)
    pending = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="resolution"
    )
    on = models.DateField()
    at = models.DateTimeField()
    what = models.CharField(max_length=200)
    event = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_amount_is_positive"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="transfer_between_two_accounts"),
            models.CheckConstraint(
                condition=Q(pending__isnull=True, state__in=["POSTED", "PENDING"])
                | Q(pending__isnull=False, state__in=["CONFIRMED", "VOIDED"]),
                name="transfer_resolves_only_a_pending_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"


class IncomeLine(Recorded):
    """A line of a household's year: declared for the whole year, or evidenced by a document or a payment."""

    RECORDED: ClassVar = ("owner", "year", "line", "amount_fen", "evidence", "source")

    class Evidence(models.TextChoices):
        DECLARED = "DECLARED", _("申报")
        EVIDENCED = "EVIDENCED", _("有凭证")

    owner = models.UUIDField()
    division_code = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    line = models.CharField(max_length=40)
    amount_fen = models.BigIntegerField()
    evidence = models.CharField(max_length=10, choices=Evidence)
    source = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner", "year", "line"], name="income_of_owner")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="income_line_is_not_negative"),
            models.UniqueConstraint(
                fields=["owner", "year", "line"],
                condition=Q(evidence="DECLARED", withdrawn_at__isnull=True),
                name="income_line_declared_once_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.year}"
