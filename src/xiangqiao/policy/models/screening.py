"""Screenings and what they found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, scope
from xiangqiao.kernel.ids import new_id


class Screening(models.Model):
    """All policies in force decided for everybody on a day: from which facts, by which rules, with what result."""

    public_id = models.UUIDField(unique=True, default=new_id)
    as_of = models.DateField()
    year = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by_label = models.CharField(max_length=120)
    # The facts as Parquet in our home, by their hash; and the rules by theirs: a verdict is replayed from both.
    snapshot = models.CharField(max_length=64)
    versions = models.JSONField(default=dict)
    # {policy: {yes, no, unknown, amount_fen}}
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.as_of} {self.public_id}"


class EntitlementQuerySet(models.QuerySet["Entitlement", "Entitlement"]):
    """Entitlements, seen in their division or by grant on the household."""

    def visible_to(self, viewer: AnyViewer, act: Can = Can.READ_POLICY) -> EntitlementQuerySet:
        """Return the entitlements that a viewer may see."""
        return self.filter(scope(viewer, act, subject="household"))


class Entitlement(models.Model):
    """A verdict of the newest screening that is yes, or that a missing fact leaves open. Replaced by the next one."""

    class Verdict(models.TextChoices):
        YES = "yes", _("符合")
        UNKNOWN = "unknown", _("信息不全")

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="entitlements")
    household = models.UUIDField()
    person = models.UUIDField(null=True, blank=True)
    division_code = models.CharField(max_length=12)
    policy_id = models.CharField(max_length=60)
    verdict = models.CharField(max_length=8, choices=Verdict)
    amount_fen = models.BigIntegerField(null=True, blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    missing = models.CharField(max_length=80, blank=True)
    # The register itself shows that the benefit is drawn (a pension among the income lines).
    received = models.BooleanField(default=False)

    objects = EntitlementQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["policy_id", "verdict", "division_code"], name="entitlement_of_policy"),
            models.Index(fields=["household"], name="entitlement_of_household"),
            models.Index(fields=["division_code", "verdict"], name="entitlement_in_division"),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.verdict}"
