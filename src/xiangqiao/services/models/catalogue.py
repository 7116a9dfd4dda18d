"""The catalogue of services, and applications for them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import SystemViewer, Viewer, scope
from xiangqiao.kernel.models import Recorded
from xiangqiao.services.models.duty import Office
from xiangqiao.services.models.followed import FOLLOWED, Followed
from xiangqiao.services.words import Topic


class Matter(Recorded):
    """A service of the catalogue as it is from a day to a day: papers, time limit, office, form.

    `fields` is the form: a list of {name, label, label_en, kind, required, choices}; kinds stand in `rules.applying`.
    """

    RECORDED: ClassVar = (
        "code", "name", "name_en", "topic", "who", "papers", "fields", "working_days", "fee_fen", "office_id", "where",
        "basis", "valid_from", "valid_to",
    )  # fmt: skip

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    topic = models.CharField(max_length=20, choices=Topic)
    who = models.CharField(max_length=300)
    papers = models.JSONField(default=list)
    fields = models.JSONField(default=list)
    working_days = models.PositiveSmallIntegerField()
    fee_fen = models.BigIntegerField(default=0)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="matters")
    where = models.CharField(max_length=200)
    basis = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to__isnull=True), name="matter_current_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="matter_ends_not_before_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications, seen by the office that decides, by the applicant, by who applied for them, and by the centre."""

    def visible_to(self, viewer: Viewer | SystemViewer) -> ApplicationQuerySet:
        """Return the applications that a viewer may read whole."""
        if isinstance(viewer, SystemViewer):
            return self
        seen = scope(viewer, Can.MANAGE_SERVICES, subject=None)
        if viewer.can(Can.ANSWER):
            seen |= Q(matter__office__in=Office.objects.of(viewer))
        own = viewer.public_id
        return self.filter(seen | Q(asker=own) | Q(by=own))


class Application(Followed):
    """An application for a service. What the form says is sealed: it may hold personal numbers."""

    class State(models.TextChoices):
        SUBMITTED = "SUBMITTED", _("办理中")
        SUPPLEMENT = "SUPPLEMENT", _("等补材料")
        GRANTED = "GRANTED", _("已办成，待领取")
        DENIED = "DENIED", _("不予办理")
        COLLECTED = "COLLECTED", _("已领取")
        WITHDRAWN = "WITHDRAWN", _("本人撤回")

    RECORDED: ClassVar = (
        *FOLLOWED, "matter_id", "state", "entries_hash", "papers_have", "applied_on", "due_on", "wanted", "decision",
        "decided_on", "collected_on",
    )  # fmt: skip

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(max_length=10, choices=State, default=State.SUBMITTED)
    entries_sealed = models.BinaryField(null=True)
    entries_hash = models.CharField(max_length=64, blank=True)
    papers_have = models.JSONField(default=list)
    applied_on = models.DateField()
    due_on = models.DateField()
    # What is still wanted, and what was decided with its reason.
    wanted = models.CharField(max_length=300, blank=True)
    decision = models.CharField(max_length=300, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    collected_on = models.DateField(null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="applications_by_state")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.state}"
