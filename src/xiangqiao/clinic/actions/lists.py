"""A list of check-ups as a clinic kept it on paper or in a spreadsheet before: taken over at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.clinic.actions.practice import treating
from xiangqiao.clinic.deeds import deed
from xiangqiao.clinic.models import Campaign, CheckUp, Consent, Patient
from xiangqiao.clinic.rules import FORM_VERSION
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act

_AT_ONCE = 500
_A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Listed:
    """A row of the list: who signed and was examined on a day. The findings stay on paper."""

    name: str
    sex: str
    born_year: int
    on: date


def take_over_checkups(*, act: Act, campaign: UUID, rows: Sequence[Listed]) -> int:
    """Note the check-ups of a list, each with its patient and the consent signed on paper. Returns how many.

    Raises ActionError, before anything is written, on a day outside the campaign (with the row), or on a campaign that
    has check-ups already: whoever is on both lists would count twice.
    """
    practice = treating(act)
    whose = Campaign.objects.select_related("clinic").get(public_id=campaign, clinic=practice.institution)
    if whose.checkups.exists():
        raise ActionError("clinic.taken_over", _("这次活动已经有体检记录，不能再整表登记，请逐人补记。"))
    for number, row in enumerate(rows, start=1):
        if not whose.begins_on <= row.on <= whose.ends_on:
            raise ActionError("clinic.days", _("第 %(row)d 行的体检日期不在活动期间。") % {"row": number})
    patients = [_patient(whose, row, act) for row in rows]
    checkups = [
        CheckUp(campaign=whose, patient=patient, on=row.on, by=practice.user, form_version=FORM_VERSION)
        for patient, row in zip(patients, rows, strict=True)
    ]
    for checkup in checkups:
        checkup.seal("answers", json.dumps({}))
    with deed("checkups_taken_over", act, subject=whose.public_id):
        Patient.objects.bulk_create(patients, batch_size=_AT_ONCE)
        Consent.objects.bulk_create(
            [_consent(patient, row, act) for patient, row in zip(patients, rows, strict=True)],
            batch_size=_AT_ONCE,
        )
        CheckUp.objects.bulk_create(checkups, batch_size=_AT_ONCE)
    return len(checkups)


def _patient(campaign: Campaign, row: Listed, act: Act) -> Patient:
    patient = Patient(
        clinic=campaign.clinic, division_code=campaign.division_code, sex=row.sex, born_year=row.born_year,
        registered_at=act.at,
    )  # fmt: skip
    patient.seal("name", row.name.strip())
    return patient


def _consent(patient: Patient, row: Listed, act: Act) -> Consent:
    return Consent(
        patient=patient, scope=Consent.Scope.CHECKUP, how=Consent.How.SIGNED, given_on=row.on,
        valid_to=row.on + _A_YEAR,
        noted_by=act.by.public_id,
    )  # fmt: skip
