"""Patients and their consent."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangqiao.clinic.models.base import Apart
from xiangqiao.clinic.models.institutions import Institution


class Patient(Apart):
    """A villager in the care of a village clinic. The register is known by opaque ids alone."""

    class Sex(models.TextChoices):
        MALE = "M", _("男")
        FEMALE = "F", _("女")

    clinic = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    division_code = models.CharField(max_length=12)
    household = models.UUIDField(null=True, db_index=True)
    person = models.UUIDField(null=True)
    name_sealed = models.BinaryField()
    phone_sealed = models.BinaryField(null=True)
    sex = models.CharField(max_length=1, choices=Sex)
    born_year = models.PositiveSmallIntegerField()
    registered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clinic", "person"], name="patient_once_at_a_clinic")
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def name(self) -> str:
        """The patient's name, opened."""
        return self.opened("name")


class Consent(Apart):
    """The patient, or who may speak for the patient, agreed; how, before whom, until when. Withdrawn at any time."""

    class Scope(models.TextChoices):
        CONSULT = "CONSULT", _("远程会诊")
        CHECKUP = "CHECKUP", _("健康体检")

    class How(models.TextChoices):
        SIGNED = "SIGNED", _("本人签字")
        GUARDIAN = "GUARDIAN", _("监护人签字")
        WITNESS = "WITNESS", _("口头同意，有见证人")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="consents")
    scope = models.CharField(max_length=10, choices=Scope)
    how = models.CharField(max_length=10, choices=How)
    witness = models.CharField(max_length=60, blank=True)
    given_on = models.DateField()
    valid_to = models.DateField()
    noted_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(how__in=["GUARDIAN", "WITNESS"]) | ~models.Q(witness=""),
                name="consent_names_witness",
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.given_on}"
