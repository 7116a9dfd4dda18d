"""Visits: what a cadre did for a household on a day. What was said once stays; a correction is a new revision."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, scope
from xiangqiao.kernel.models import Recorded


class VisitQuerySet(models.QuerySet["Visit", "Visit"]):
    """Visits, seen in their division or by grant on the household."""

    def visible_to(self, viewer: AnyViewer, act: Can = Can.READ_JOURNAL) -> VisitQuerySet:
        """Return the visits that a viewer may see."""
        return self.filter(scope(viewer, act, subject="household"))


class Visit(Recorded):
    """One visit: to whom, by whom, when, how. What was done stands in its revisions, of which the last one counts."""

    class Mode(models.TextChoices):
        VISIT = "VISIT", _("入户")
        PHONE = "PHONE", _("电话")
        OFFICE = "OFFICE", _("农户来访")

    RECORDED: ClassVar = ("household", "user", "at", "mode", "revision")

    household = models.UUIDField()
    division_code = models.CharField(max_length=12)
    user = models.UUIDField()
    who = models.CharField(max_length=120)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.VISIT)
    revision = models.PositiveSmallIntegerField(default=1)

    objects = VisitQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["household", "-at"], name="visit_of_household"),
            models.Index(fields=["division_code", "-at"], name="visit_in_division"),
        ]

    def __str__(self) -> str:
        return f"{self.household} {self.at}"


class VisitRevision(Recorded):
    """What was done on a visit, as told by one revision; `done` are codes of `journal.rules.deeds`."""

    RECORDED: ClassVar = ("visit_id", "number", "done", "text", "photo", "changes", "made_at", "reason")

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    done = models.JSONField(default=list)
    text = models.CharField(max_length=1000, blank=True)
    # SHA-256 of the photo as we made it anew.
    photo = models.CharField(max_length=64, blank=True)
    # Public ids of the changes of the register that this visit brought.
    changes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "number"], name="visit_revision_once"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="visit_is_amended_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.number}"
