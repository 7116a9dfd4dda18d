"""The incubator park: who has space there from when to when, and the jobs made by its leaders."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from xiangqiao.commerce.models.scoped import CommerceQuerySet
from xiangqiao.kernel.models import Recorded


class TenantQuerySet(CommerceQuerySet["Tenant"]):
    """Tenants."""

    def present_on(self, day: date) -> Self:
        """Return the tenants in the park on a day."""
        return self.filter(
            Q(left_on__isnull=True) | Q(left_on__gt=day), came_on__lte=day, withdrawn_at__isnull=True
        )


class Tenant(Recorded):
    """A firm or merchant in the park."""

    RECORDED: ClassVar = (
        "code", "firm", "sector", "space", "area_m2", "rent_free", "leader", "is_returnee", "came_on", "left_on",
        "withdrawn_at",
    )  # fmt: skip

    code = models.CharField(max_length=30)
    firm = models.CharField(max_length=80)
    sector = models.CharField(max_length=40, blank=True)
    space = models.CharField(max_length=30)
    area_m2 = models.PositiveIntegerField(null=True, blank=True)
    rent_free = models.BooleanField(null=True)
    leader = models.CharField(max_length=40, blank=True)
    # A graduate who came home to begin; null: not known.
    is_returnee = models.BooleanField(null=True)
    division_code = models.CharField(max_length=12)
    came_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(withdrawn_at__isnull=True), name="tenant_code_once"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("came_on")), name="tenant_leaves_after"
            ),
        ]

    def __str__(self) -> str:
        return self.firm


class LedJobQuerySet(CommerceQuerySet["LedJob"]):
    """Rows of `LedJob`, seen by division."""


class LedJob(Recorded):
    """A job that a tenant gave to a member of a household: the households a leader brings along."""

    RECORDED: ClassVar = ("tenant_id", "household", "title", "wage_fen", "from_on", "to_on")

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="jobs")
    household = models.UUIDField(db_index=True)
    division_code = models.CharField(max_length=12)
    title = models.CharField(max_length=40)
    # A month's wage as agreed.
    wage_fen = models.PositiveBigIntegerField()
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    objects = LedJobQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "household", "title"],
                condition=Q(to_on__isnull=True),
                name="led_job_once",
            )
        ]

    def __str__(self) -> str:
        return self.title
