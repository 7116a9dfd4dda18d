"""Plans that close gaps, and the projects that come of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangqiao.coverage.models.scoped import ScopedQuerySet
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.models import Recorded


class PlanQuerySet(ScopedQuerySet["Plan"]):
    """Plan rows, seen in their division."""


class Plan(models.Model):
    """One computation: what was asked, both answers, the bound, and what the independent check found."""

    public_id = models.UUIDField(unique=True, default=new_id)
    division_code = models.CharField(max_length=12)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=120)
    budget_fen = models.BigIntegerField(null=True, blank=True)
    input_digest = models.CharField(max_length=64)
    # {targets, unreachable, candidates, greedy: {...}, exact: {...}, certificate: {...}}
    figures = models.JSONField(default=dict)
    # [{key, name, kind, lon, lat, cost_fen, reach_m, targets: [site ids], households}]
    chosen = models.JSONField(default=list)
    # [{id, name, lon, lat, households}] of what cannot be reached by any candidate
    unreachable = models.JSONField(default=list)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_label = models.CharField(max_length=120, blank=True)

    objects = PlanQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.public_id}"


class ProjectQuerySet(ScopedQuerySet["Project"]):
    """Project rows, seen in their division."""


class Project(Recorded):
    """One site of an accepted plan: planned, built, accepted with measurements."""

    class State(models.TextChoices):
        PLANNED = "PLANNED", _("已列入计划")
        BUILT = "BUILT", _("已建成")
        ACCEPTED = "ACCEPTED", _("已验收")
        CANCELLED = "CANCELLED", _("已取消")

    RECORDED: ClassVar = (
        "plan_id", "name", "kind", "division_code", "lon_e6", "lat_e6", "cost_fen", "reach_m", "targets", "state",
        "built_on", "accepted_on",
    )  # fmt: skip

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="projects")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10)
    division_code = models.CharField(max_length=12, db_index=True)
    lon_e6 = models.IntegerField()
    lat_e6 = models.IntegerField()
    cost_fen = models.BigIntegerField()
    reach_m = models.PositiveIntegerField()
    # Ids of the sites that wait for it.
    targets = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    built_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)

    objects = ProjectQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
