"""What people tell from where they stand: no signal here, or a speed test. It becomes evidence when the office takes it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangqiao.coverage.models.scoped import Operator, ScopedQuerySet, Service
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.models import Recorded


class FieldReportQuerySet(ScopedQuerySet["FieldReport"]):
    """FieldReport rows, seen in their division."""


class FieldReport(Recorded):
    """One report about one site."""

    class Kind(models.TextChoices):
        NO_SIGNAL = "NO_SIGNAL", _("这里没有信号")
        SPEED_TEST = "SPEED_TEST", _("手机测速")

    class State(models.TextChoices):
        NEW = "NEW", _("待处理")
        TAKEN = "TAKEN", _("已采信")
        SET_ASIDE = "SET_ASIDE", _("未采信")

    RECORDED: ClassVar = (
        "site", "division_code", "kind", "service", "operator", "words", "down_kbps", "up_kbps", "latency_ms", "at",
        "reporter", "for_somebody", "state", "answer",
    )  # fmt: skip

    site = models.UUIDField(db_index=True)
    division_code = models.CharField(max_length=12, db_index=True)
    kind = models.CharField(max_length=10, choices=Kind)
    service = models.CharField(max_length=6, choices=Service)
    operator = models.CharField(max_length=5, choices=Operator, blank=True)
    words = models.CharField(max_length=200, blank=True)
    down_kbps = models.PositiveIntegerField(null=True, blank=True)
    up_kbps = models.PositiveIntegerField(null=True, blank=True)
    latency_ms = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    reporter = models.UUIDField(null=True, db_index=True)
    # A keeper or cadre wrote it down for somebody else.
    for_somebody = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    answer = models.CharField(max_length=200, blank=True)

    objects = FieldReportQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class SpeedTicket(models.Model):
    """Leave to run one speed test: so many bytes down and up, and no more."""

    public_id = models.UUIDField(unique=True, default=new_id)
    user = models.UUIDField(db_index=True)
    started_at = models.DateTimeField(db_index=True)
    bytes_down = models.PositiveIntegerField(default=0)
    bytes_up = models.PositiveIntegerField(default=0)
    used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.public_id)
