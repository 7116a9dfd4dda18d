"""A beginner on the way to a first sale, and the records the way is read from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.commerce.models.scoped import CommerceQuerySet
from xiangqiao.kernel.models import Recorded


class BeginnerQuerySet(CommerceQuerySet["Beginner"]):
    """Rows of `Beginner`, seen by division."""


class Beginner(Recorded):
    """Somebody of a household who begins to sell online. How far the person is follows from records, not from a field."""

    RECORDED: ClassVar = ("household", "user", "name", "shop_name", "since")

    household = models.UUIDField(unique=True)
    user = models.UUIDField(null=True, blank=True, db_index=True)
    name = models.CharField(max_length=60)
    shop_name = models.CharField(max_length=40)
    division_code = models.CharField(max_length=12)
    since = models.DateField()

    objects = BeginnerQuerySet.as_manager()

    def __str__(self) -> str:
        return self.shop_name


class LessonTaken(Recorded):
    """A lesson that a beginner attended."""

    RECORDED: ClassVar = ("beginner_id", "subject", "hours", "on")

    beginner = models.ForeignKey(Beginner, on_delete=models.PROTECT, related_name="lessons")
    division_code = models.CharField(max_length=12)
    subject = models.CharField(max_length=60)
    hours = models.PositiveSmallIntegerField()
    on = models.DateField()

    def __str__(self) -> str:
        return self.subject


class FreeSpace(Recorded):
    """A desk or room in the park for a beginner, free of rent, from a day to a day."""

    RECORDED: ClassVar = ("beginner_id", "space", "from_on", "to_on")

    beginner = models.ForeignKey(Beginner, on_delete=models.PROTECT, related_name="spaces")
    division_code = models.CharField(max_length=12)
    space = models.CharField(max_length=30)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["space"], condition=Q(to_on__isnull=True), name="free_space_held_once"
            )
        ]

    def __str__(self) -> str:
        return self.space


class LoanQuerySet(CommerceQuerySet["Loan"]):
    """Rows of `Loan`, seen by division."""


class Loan(Recorded):
    """An application for a subsidised loan and the bank's decision as it came. The house pays nothing itself."""

    class State(models.TextChoices):
        APPLIED = "APPLIED", _("已申请")
        APPROVED = "APPROVED", _("银行同意")
        DECLINED = "DECLINED", _("银行没有同意")
        PAID_OUT = "PAID_OUT", _("已放款")
        REPAID = "REPAID", _("已还清")
        WITHDRAWN = "WITHDRAWN", _("本人撤回")

    RECORDED: ClassVar = (
        "beginner_id", "bank", "amount_fen", "months", "purpose", "state", "rate_bp", "decision_no", "decided_on",
        "why", "paid_out_on", "repaid_on", "applied_on",
    )  # fmt: skip

    beginner = models.ForeignKey(Beginner, on_delete=models.PROTECT, related_name="loans")
    division_code = models.CharField(max_length=12)
    bank = models.CharField(max_length=60)
    amount_fen = models.PositiveBigIntegerField()
    months = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.APPLIED)
    rate_bp = models.PositiveSmallIntegerField(null=True, blank=True)
    decision_no = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=120, blank=True)
    applied_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)
    paid_out_on = models.DateField(null=True, blank=True)
    repaid_on = models.DateField(null=True, blank=True)

    objects = LoanQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["beginner"],
                condition=Q(state__in=["APPLIED", "APPROVED", "PAID_OUT"]),
                name="loan_one_at_a_time",
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0, months__gt=0), name="loan_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.beginner_id} {self.amount_fen}"
