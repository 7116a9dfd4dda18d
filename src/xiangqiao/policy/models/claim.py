"""What a household made of what it is entitled to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.kernel.models import Recorded


class Claim(Recorded):
    """What became of an entitlement: the household has it, applied for it, or does not want it."""

    class State(models.TextChoices):
        APPLIED = "APPLIED", _("已申请")
        RECEIVING = "RECEIVING", _("已享受")
        DECLINED = "DECLINED", _("本人不要")

    RECORDED: ClassVar = ("household", "person", "policy_id", "state", "note")

    household = models.UUIDField(db_index=True)
    person = models.UUIDField(null=True, blank=True)
    division_code = models.CharField(max_length=12)
    policy_id = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "policy_id"],
                condition=Q(person__isnull=True),
                name="claim_of_household_once",
            ),
            models.UniqueConstraint(
                fields=["person", "policy_id"],
                condition=Q(person__isnull=False),
                name="claim_of_person_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.state}"
