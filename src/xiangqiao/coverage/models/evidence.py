"""Evidence about points: each row kept, with who, when, how and what."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangqiao.coverage.models.scoped import Operator, ScopedQuerySet, Service
from xiangqiao.kernel.models import Recorded


class EvidenceQuerySet(ScopedQuerySet["Evidence"]):
    """Evidence rows, seen in their division."""


class Evidence(Recorded):
    """What somebody said, measured or verified of a service at a point. Predictions stand in `Prediction`."""

    class Level(models.TextChoices):
        REPORTED = "REPORTED", _("有人反映")
        MEASURED = "MEASURED", _("实测")
        VERIFIED = "VERIFIED", _("验收核实")

    class How(models.TextChoices):
        STATED = "STATED", _("口头或表单反映")
        BROWSER_TEST = "BROWSER_TEST", _("手机网页测速")
        TEST_SET = "TEST_SET", _("测试仪表")
        THIRD_PARTY = "THIRD_PARTY", _("第三方测试")
        ACCEPTANCE = "ACCEPTANCE", _("验收")

    RECORDED: ClassVar = (
        "site", "division_code", "service", "operator", "level", "how", "grade", "has_service", "down_kbps", "up_kbps",
        "latency_ms", "level_dbm", "at", "who", "note", "source_id",
    )  # fmt: skip

    site = models.UUIDField(db_index=True)
    division_code = models.CharField(max_length=12, db_index=True)
    service = models.CharField(max_length=6, choices=Service)
    operator = models.CharField(max_length=5, choices=Operator, blank=True)
    level = models.CharField(max_length=10, choices=Level)
    how = models.CharField(max_length=12, choices=How)
    # A third party, B the office with a test set, C a browser, D a statement.
    grade = models.CharField(max_length=1)
    has_service = models.BooleanField()
    down_kbps = models.PositiveIntegerField(null=True, blank=True)
    up_kbps = models.PositiveIntegerField(null=True, blank=True)
    latency_ms = models.PositiveIntegerField(null=True, blank=True)
    level_dbm = models.SmallIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    who = models.CharField(max_length=120)
    note = models.CharField(max_length=200, blank=True)
    # The report or project that it came from.
    source_id = models.UUIDField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source_id", "site", "service", "level"],
                condition=Q(source_id__isnull=False),
                name="evidence_once_a_source",
            )
        ]

    def __str__(self) -> str:
        return f"{self.site} {self.level}"
