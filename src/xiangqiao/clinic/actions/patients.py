"""Patients and their consent."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.clinic.actions.practice import looking, treating
from xiangqiao.clinic.deeds import deed
from xiangqiao.clinic.models import Consent, Patient
from xiangqiao.clinic.queries import patient_named
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act
from xiangqiao.people.queries import member_named

_LONGEST_YEARS = 120


def register_patient(
    *, act: Act, name: str, sex: str, born_year: int, household_no: str = "", phone: str = ""
) -> Patient:
    """Take somebody into the care of the own clinic.

    With a household number the patient is joined to the register's person by an opaque id, so that neutral lines reach
    the household. Raises ActionError where nobody of that name lives there, or who is a patient already.
    """
    practice = treating(act)
    name = name.strip()
    if not name:
        raise ActionError("clinic.name", _("请填姓名。"), field="name")
    if not day_of(act.at).year - _LONGEST_YEARS <= born_year <= day_of(act.at).year:
        raise ActionError("clinic.born", _("出生年份不对，请填四位数的年份。"), field="born_year")
    clinic = practice.institution
    row = Patient(
        clinic=clinic, division_code=clinic.division_code, sex=sex, born_year=born_year, registered_at=act.at
    )
    if household_no.strip():
        row.person, row.household = _found(clinic.division_code, household_no.strip(), name)
        if Patient.objects.filter(clinic=clinic, person=row.person).exists():
            raise ActionError("clinic.twice", _("这个人已经建过档了，请在病人名单里查找。"), field="name")
    row.seal("name", name)
    if phone.strip():
        row.seal("phone", phone.strip())
    with deed("patient_registered", act, patient=row.public_id):
        row.save()
    return row


def _found(village: str, household_no: str, name: str) -> tuple[UUID, UUID]:
    found = member_named(village, household_no, name)
    if found is None:
        raise ActionError(
            "clinic.unknown",
            _(
                "本村这个户编号下没有叫这个名字的成员。请核对户口簿上的姓名和户编号；不是本村农户的，户编号留空。"
            ),
            field="household_no",
        )
    return found


def give_consent(
    *, act: Act, patient: UUID, scope: str, how: str, given_on: date, valid_to: date, witness: str = ""
) -> Consent:
    """Note a patient's consent. Raises ActionError where a guardian or witness is not named, or the days do not fit."""
    treating(act)
    found = patient_named(looking(act), patient)
    if how != Consent.How.SIGNED and not witness.strip():
        raise ActionError("clinic.witness", _("请写明监护人或见证人的姓名。"), field="witness")
    if given_on > day_of(act.at) or valid_to <= given_on:
        raise ActionError(
            "clinic.days", _("同意的日期不能在今天之后，有效期要晚于同意的日期。"), field="valid_to"
        )
    row = Consent(
        patient=found, scope=scope, how=how, witness=witness.strip(), given_on=given_on, valid_to=valid_to,
        noted_by=act.by.public_id,
    )  # fmt: skip
    with deed("consent_given", act, patient=found.public_id, subject=row.public_id):
        row.save()
    return row


def withdraw_consent(*, act: Act, consent: UUID) -> Consent:
    """Take a consent back; from this moment the hospital sees nothing of the file. Raises Consent.DoesNotExist."""
    practice = treating(act)
    row = Consent.objects.select_related("patient").get(
        public_id=consent, patient__clinic=practice.institution
    )
    if row.withdrawn_at is None:
        with deed("consent_withdrawn", act, patient=row.patient.public_id, subject=row.public_id):
            row.withdrawn_at = act.at
            row.save(update_fields=["withdrawn_at"])
    return row
