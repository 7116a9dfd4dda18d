"""A change that waits for approval by another person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.kernel.models import Recorded
from xiangqiao.people.models.household import Household
from xiangqiao.people.models.scoped import ScopedQuerySet


class ChangeRequestQuerySet(ScopedQuerySet["ChangeRequest"]):
    """Requests, seen where their household is."""

    subject_path = "household__public_id"


class ChangeRequest(Recorded):
    """What somebody asks to change, and who decided."""

    class State(models.TextChoices):
        SUBMITTED = "SUBMITTED", _("待审批")
        APPLIED = "APPLIED", _("已生效")
        RETURNED = "RETURNED", _("已退回")
        REJECTED = "REJECTED", _("未通过")
        CONFLICTED = "CONFLICTED", _("与新情况冲突")
        UNDONE = "UNDONE", _("已撤销")

    RECORDED: ClassVar = ("household_id", "kind", "state", "step", "decided_note")

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    division_code = models.CharField(max_length=12, db_index=True)
    kind = models.CharField(max_length=30)
    # What was asked, with personal numbers sealed; and the versions of the rows that the person saw.
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State, default=State.SUBMITTED)
    # Which approval is waited for: TOWNSHIP or COUNTY; empty when none is.
    step = models.CharField(max_length=10, blank=True)
    asked_by = models.UUIDField()
    asked_label = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True, blank=True)
    decided_label = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_note = models.TextField(blank=True)
    event = models.UUIDField(null=True, blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="nobody_decides_what_he_asked",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
