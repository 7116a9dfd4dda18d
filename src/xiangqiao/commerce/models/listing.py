"""Lists of operators and of the park on their way in: a file, its rows, what is wrong at which cell."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangqiao.commerce.models.scoped import CommerceQuerySet
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.models import Recorded


class ListKind(models.TextChoices):
    """What a list holds."""

    ALIBABA = "ALIBABA", _("农村淘宝村点名单")
    JD = "JD", _("京东乡村推广员名单")
    CHINA_POST = "CHINA_POST", _("村邮乐购站点名单")
    FEITIAN = "FEITIAN", _("飞天麦光光门店名单")
    TENANTS = "TENANTS", _("孵化园入驻商户名单")
    POOR_VILLAGES = "POOR_VILLAGES", _("贫困村名单")


class ImportedListQuerySet(CommerceQuerySet["ImportedList"]):
    """Rows of `ImportedList`, seen by division."""


class ImportedList(Recorded):
    """One file of a list: checked without effect, then applied, once."""

    class State(models.TextChoices):
        CHECKED = "CHECKED", _("已核对，未入库")
        APPLIED = "APPLIED", _("已入库")
        DISCARDED = "DISCARDED", _("已放弃")

    RECORDED: ClassVar = ("kind", "file_name", "sha256", "state")

    division_code = models.CharField(max_length=12)
    kind = models.CharField(max_length=14, choices=ListKind)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.CHECKED)
    # Columns by letter as they were understood, and how many rows came to what.
    columns = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    started_label = models.CharField(max_length=120)
    started_at = models.DateTimeField()

    objects = ImportedListQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"


class ListedRow(models.Model):
    """One row of a list as it was read. A phone number is sealed apart; the cells hold none."""

    class Outcome(models.TextChoices):
        NEW = "NEW", _("新增")
        SAME = "SAME", _("已有，一样")
        CHANGED = "CHANGED", _("已有，有变化")
        DUPLICATE = "DUPLICATE", _("重复，合并")
        REFUSED = "REFUSED", _("不收")

    public_id = models.UUIDField(unique=True, default=new_id)
    source = models.ForeignKey(ImportedList, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    read = models.JSONField(default=dict)
    phone_sealed = models.BinaryField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    # The row or station this one repeats, and by what it was recognised.
    twin = models.CharField(max_length=120, blank=True)
    twin_why = models.CharField(max_length=20, blank=True)
    # [{column, code, value}]
    problems = models.JSONField(default=list)
    made = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "number"], name="listed_row_once")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.number}"
