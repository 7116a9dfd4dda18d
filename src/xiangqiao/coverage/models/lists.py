"""Lists of stations on their way in: files as read, rows, pairs that look alike. Plain tables; stations are recorded."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangqiao.coverage.models.scoped import Operator, ScopedQuerySet
from xiangqiao.kernel.ids import new_id


class ListBatchQuerySet(ScopedQuerySet["ListBatch"]):
    """ListBatch rows, seen in their division."""


class ListBatch(models.Model):
    """Several lists that are compared with each other and come in together."""

    class State(models.TextChoices):
        UPLOADED = "UPLOADED", _("待核对")
        CHECKED = "CHECKED", _("已核对")
        APPLIED = "APPLIED", _("已入库")
        UNDONE = "UNDONE", _("已撤销")

    public_id = models.UUIDField(unique=True, default=new_id)
    division_code = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    started_label = models.CharField(max_length=120)
    started_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)

    objects = ListBatchQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"


class ListFile(models.Model):
    """One sheet as it was read: all text, so that columns can be set anew without the file."""

    batch = models.ForeignKey(ListBatch, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    operator = models.CharField(max_length=5, choices=Operator)
    datum = models.CharField(max_length=5)
    first_row = models.PositiveIntegerField()
    headings = models.JSONField(default=list)
    # {fact: position of its column}
    columns = models.JSONField(default=dict)
    rows = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class ListedRow(models.Model):
    """A row of a list as understood, with its problems, and what it became."""

    file = models.ForeignKey(ListFile, on_delete=models.CASCADE, related_name="listed")
    row = models.PositiveIntegerField()
    operator = models.CharField(max_length=5, choices=Operator)
    station_no = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=80, blank=True)
    township = models.CharField(max_length=60, blank=True)
    technology = models.CharField(max_length=2, blank=True)
    lon_e6 = models.IntegerField(null=True)
    lat_e6 = models.IntegerField(null=True)
    height_m = models.PositiveSmallIntegerField(null=True)
    tower_no = models.CharField(max_length=40, blank=True)
    # [{code, column, text}]
    problems = models.JSONField(default=list)
    is_good = models.BooleanField()
    station = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "row"], name="row_read_once")]

    def __str__(self) -> str:
        return f"{self.file_id}:{self.row}"


class Pair(models.Model):
    """Two rows (or a row and a station of the register) that are the same, or may be: with reasons, and what was decided."""

    class Decision(models.TextChoices):
        OPEN = "", _("待确认")
        SAME = "SAME", _("同一个基站")
        SHARED = "SHARED", _("两个基站，同一座塔")
        DIFFERENT = "DIFFERENT", _("两个基站，不在一起")

    public_id = models.UUIDField(unique=True, default=new_id)
    batch = models.ForeignKey(ListBatch, on_delete=models.CASCADE, related_name="pairs")
    left = models.ForeignKey(ListedRow, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(ListedRow, on_delete=models.CASCADE, related_name="+", null=True)
    right_station = models.UUIDField(null=True)
    verdict = models.CharField(max_length=10)
    # [[code, value]]: put into words on the page.
    reasons = models.JSONField(default=list)
    distance_m = models.PositiveIntegerField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True, default="")
    decided_label = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.verdict} {self.decision}"
