"""Spreadsheets on their way in: batches, problems, questions, remembered columns.

Rows that wait to be applied lie sealed in the home of the county (see `people.intake.staging`), not in a table.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangqiao.kernel.ids import new_id
from xiangqiao.people.models.scoped import ScopedQuerySet


class BatchQuerySet(ScopedQuerySet["Batch"]):
    """Batches, seen where they belong."""

    subject_path = None


class Batch(models.Model):
    """One import: files, mapping, what was found, and how far it is."""

    class State(models.TextChoices):
        UPLOADED = "UPLOADED", _("已上传")
        CHECKED = "CHECKED", _("已核对")
        APPLIED = "APPLIED", _("已入库")
        UNDONE = "UNDONE", _("已撤销")
        DISCARDED = "DISCARDED", _("已放弃")

    public_id = models.UUIDField(unique=True, default=new_id)
    division_code = models.CharField(max_length=12)
    source = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    # [{name, sha256, size}], [{workbook, sheet, entity, columns, …}], {kind: count}.
    files = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    merkle_root = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.UPLOADED)
    started_by = models.UUIDField(null=True)
    started_label = models.CharField(max_length=120)
    started_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"


class ProblemQuerySet(ScopedQuerySet["Problem"]):
    """Problems, seen in their division."""

    subject_path = None


class Problem(models.Model):
    """Something wrong at a cell, until it is mended, or confirmed as really so with a reason."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("待处理")
        MENDED = "MENDED", _("已改正")
        CONFIRMED = "CONFIRMED", _("情况属实")

    public_id = models.UUIDField(unique=True, default=new_id)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="problems")
    division_code = models.CharField(max_length=12, db_index=True)
    code = models.CharField(max_length=30, db_index=True)
    scope = models.CharField(max_length=12)
    severity = models.CharField(max_length=10)
    workbook = models.CharField(max_length=200)
    sheet = models.CharField(max_length=100)
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=4)
    household_no = models.CharField(max_length=30, blank=True, db_index=True)
    household = models.UUIDField(null=True, blank=True, db_index=True)
    # What the sentence names; personal values masked.
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    settled_by = models.UUIDField(null=True, blank=True)
    settled_label = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_reason = models.TextField(blank=True)

    objects = ProblemQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.code} {self.sheet}!{self.column}{self.row}"


class QuestionQuerySet(ScopedQuerySet["Question"]):
    """Questions, seen in their division or where their household is granted."""

    subject_path = "household"


class Question(models.Model):
    """Two values of one fact, of which the newer verified one was not overwritten: a person decides."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("待确认")
        KEPT = "KEPT", _("保留原值")
        TAKEN = "TAKEN", _("采用新值")

    public_id = models.UUIDField(unique=True, default=new_id)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="questions")
    division_code = models.CharField(max_length=12, db_index=True)
    household = models.UUIDField(db_index=True)
    subject_kind = models.CharField(max_length=40)
    subject = models.UUIDField()
    attribute = models.CharField(max_length=60)
    present = models.JSONField(null=True)
    offered = models.JSONField(null=True)
    why = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    settled_by = models.UUIDField(null=True, blank=True)
    settled_label = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.attribute} {self.state}"


class ColumnMapping(models.Model):
    """How an office understood the columns of one source, for its own next time and for the offices below it."""

    division_code = models.CharField(max_length=12, default="")
    source = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    entity = models.CharField(max_length=12)
    columns = models.JSONField(default=dict)
    confirmed_label = models.CharField(max_length=120)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division_code", "source", "fingerprint"], name="mapping_once_per_office_and_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.entity}"
