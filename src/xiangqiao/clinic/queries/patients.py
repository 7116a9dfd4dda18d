"""Patients of the own clinic, and their consent."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.clinic.models import Consent, Institution, Patient
from xiangqiao.clinic.queries.institutions import practice_of


def patients(viewer: AnyViewer) -> QuerySet[Patient]:
    """Return the patients of the clinic where a person practises, the newest first; none for everybody else."""
    practice = practice_of(viewer)
    if practice is None or practice.institution.kind != Institution.Kind.CLINIC:
        return Patient.objects.none()
    return Patient.objects.filter(clinic=practice.institution).order_by("-id")


def patient_named(viewer: AnyViewer, public_id: UUID) -> Patient:
    """Return one patient. Raises Patient.DoesNotExist where unseen."""
    return patients(viewer).select_related("clinic").get(public_id=public_id)


def consent_in_force(patient: Patient, scope: str, *, on: date) -> Consent | None:
    """Return the consent that stands on a day, the one that lasts longest."""
    given = Consent.objects.filter(
        patient=patient, scope=scope, withdrawn_at__isnull=True, given_on__lte=on, valid_to__gt=on
    )
    return given.order_by("-valid_to").first()
