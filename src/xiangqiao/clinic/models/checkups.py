"""Check-up campaigns with a stated denominator, and what is to be looked at again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from xiangqiao.clinic.models.base import Apart
from xiangqiao.clinic.models.institutions import Institution
from xiangqiao.clinic.models.patients import Patient


class Campaign(Apart):
    """Check-ups for a village in a stretch of days. The denominator is stated with its source and its day."""

    clinic = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    division_code = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    begins_on = models.DateField()
    ends_on = models.DateField()
    residents = models.PositiveIntegerField()
    residents_source = models.CharField(max_length=120)
    residents_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(residents__gt=0), name="campaign_has_residents"),
            models.UniqueConstraint(fields=["clinic", "name"], name="campaign_named_once"),
        ]

    def __str__(self) -> str:
        return self.name


class CheckUp(Apart):
    """One person examined in a campaign, by the questionnaire of a version; what was found is sealed."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="checkups")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="checkups")
    on = models.DateField()
    by = models.UUIDField(null=True)
    form_version = models.CharField(max_length=20)
    answers_sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "patient"], name="checkup_once_a_campaign")
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class FollowUp(Apart):
    """Somebody is to be looked at again by a day; why is sealed."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="followups")
    due_on = models.DateField()
    why_sealed = models.BinaryField()
    made_at = models.DateTimeField()
    done_on = models.DateField(null=True)
    result_sealed = models.BinaryField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(done_on__isnull=True), name="followup_due")
        ]

    def __str__(self) -> str:
        return str(self.public_id)
