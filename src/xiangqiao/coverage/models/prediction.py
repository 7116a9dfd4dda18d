"""What the formula expects at points: a pure function of stations and points, made anew with each run."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from xiangqiao.coverage.models.scoped import ScopedQuerySet
from xiangqiao.kernel.ids import new_id


class PredictionRun(models.Model):
    """One computation; equal digests mean equal predictions."""

    public_id = models.UUIDField(unique=True, default=new_id)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=120)
    input_digest = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.public_id} {self.at}"


class PredictionQuerySet(ScopedQuerySet["Prediction"]):
    """Prediction rows, seen in their division."""


class Prediction(models.Model):
    """The nearest 4G station to a point, and whether its signal is expected there. Replaced by the next run."""

    run = models.ForeignKey(PredictionRun, on_delete=models.CASCADE, related_name="predictions")
    site = models.UUIDField()
    division_code = models.CharField(max_length=12, db_index=True)
    has_service = models.BooleanField()
    distance_m = models.PositiveIntegerField(null=True)
    level_dbm = models.SmallIntegerField(null=True)
    station = models.UUIDField(null=True)

    objects = PredictionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["site"], name="one_prediction_a_site")]

    def __str__(self) -> str:
        return f"{self.site} {self.has_service}"
