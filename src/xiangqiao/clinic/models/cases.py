"""The case file of a village clinic: notes that are only ever added to, photos, a DICOM image."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiangqiao.clinic.models.base import Apart
from xiangqiao.clinic.models.patients import Patient


class Case(Apart):
    """What one patient came with, in one stretch of treatment. It belongs to the treating clinic."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    complaint_sealed = models.BinaryField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.public_id)


class Note(Apart):
    """An entry of a case file. Never changed: a correction is another note."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=60)
    text_sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.public_id)


class Attachment(Apart):
    """A file of a case: the file itself lies sealed beside the database, named by its digest."""

    class Kind(models.TextChoices):
        PHOTO = "PHOTO", _("照片")
        DICOM = "DICOM", _("DICOM 影像")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    by = models.UUIDField()
    digest = models.CharField(max_length=64)
    # What a browser shows: WebP, made from the file when it came.
    preview_digest = models.CharField(max_length=64)
    # Modality, size, number of frames: nothing that names the patient.
    facts = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "digest"], name="attachment_once_in_a_case")
        ]

    def __str__(self) -> str:
        return self.digest
