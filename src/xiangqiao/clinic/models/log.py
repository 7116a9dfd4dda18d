"""The clinic's own log, and what it still has to tell the register."""

from __future__ import annotations

from django.db import models

from xiangqiao.clinic.models.base import Apart


class Deed(Apart):
    """One act or viewing at the clinic: who, when, what kind, about whom. Append-only, chained, without health text."""

    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    patient = models.UUIDField(null=True, db_index=True)
    subject = models.UUIDField(null=True)
    previous = models.CharField(max_length=64)
    link = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class Telling(Apart):
    """A neutral line for the household's timeline: that there is an appointment, that a check-up is due; never why."""

    household = models.UUIDField()
    division_code = models.CharField(max_length=12)
    sentence = models.CharField(max_length=200)
    values = models.JSONField(default=dict)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return self.sentence
