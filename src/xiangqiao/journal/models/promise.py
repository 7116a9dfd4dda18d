"""Promises: what a cadre said would be done by a day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, scope
from xiangqiao.journal.models.visit import Visit
from xiangqiao.kernel.models import Recorded


class PromiseQuerySet(models.QuerySet["Promise", "Promise"]):
    """Promises, seen in their division or by grant on the household."""

    def visible_to(self, viewer: AnyViewer, act: Can = Can.READ_JOURNAL) -> PromiseQuerySet:
        """Return the promises that a viewer may see."""
        return self.filter(scope(viewer, act, subject="household"))


class Promise(Recorded):
    """One promise: kept on a visit, or dropped with a reason. Which state follows which: `journal.rules.promises`."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("没到期或没办")
        KEPT = "KEPT", _("已办到")
        DROPPED = "DROPPED", _("不办了")

    RECORDED: ClassVar = ("household", "made_on_visit_id", "what", "due_on", "state", "reason", "closed_on", "closed_by_visit_id")  # fmt: skip

    household = models.UUIDField(db_index=True)
    division_code = models.CharField(max_length=12)
    made_on_visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="promises")
    user = models.UUIDField()
    who = models.CharField(max_length=120)
    what = models.CharField(max_length=200)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    reason = models.CharField(max_length=200, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by_visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, related_name="kept")

    objects = PromiseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="DROPPED") | ~Q(reason=""), name="promise_is_dropped_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", closed_on__isnull=True)
                | (~Q(state="OPEN") & Q(closed_on__isnull=False)),
                name="promise_is_closed_on_a_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["division_code", "due_on"], condition=Q(state="OPEN"), name="promise_open_by_due"
            )
        ]

    def __str__(self) -> str:
        return self.what
