"""Institutions, agreements and who practises where: kept by the health commission."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.clinic.deeds import deed
from xiangqiao.clinic.models import Agreement, Institution, Practice
from xiangqiao.clinic.router import DATABASE
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act


def add_institution(
    *, act: Act, kind: str, name: str, grade: str = "", division_code: str = ""
) -> Institution:
    """Add a village clinic or a hospital. Raises ActionError where the name is taken or a clinic has no village."""
    permit(act, Can.MANAGE_CLINIC)
    name = name.strip()
    if kind == Institution.Kind.CLINIC and not division_code:
        raise ActionError("clinic.village", _("村卫生室要选所在的村。"), field="division_code")
    if Institution.objects.filter(name=name).exists():
        raise ActionError("clinic.name", _("已经有叫“%(name)s”的机构了。") % {"name": name}, field="name")
    row = Institution(kind=kind, name=name, grade=grade, division_code=division_code)
    with deed("institution_added", act, subject=row.public_id):
        row.save()
    return row


def add_agreement(
    *, act: Act, clinic: Institution, hospital: Institution, number: str, valid_from: date, valid_to: date
) -> Agreement:
    """Note a signed agreement. Raises ActionError where the days or the parties do not fit."""
    permit(act, Can.MANAGE_CLINIC)
    if (clinic.kind, hospital.kind) != (Institution.Kind.CLINIC, Institution.Kind.HOSPITAL):
        raise ActionError("clinic.parties", _("协议的一方是村卫生室，另一方是医院。"))
    if valid_to <= valid_from:
        raise ActionError("clinic.days", _("终止日期要晚于生效日期。"), field="valid_to")
    if Agreement.objects.filter(number=number.strip()).exists():
        raise ActionError("clinic.number", _("这个协议编号已经登记过了。"), field="number")
    row = Agreement(
        clinic=clinic, hospital=hospital, number=number.strip(), valid_from=valid_from, valid_to=valid_to
    )
    with deed("agreement_added", act, subject=row.public_id):
        row.save()
    return row


def employ(
    *, act: Act, institution: Institution, user: UUID, name: str, title: str, valid_from: date
) -> Practice:
    """Note that a doctor practises at an institution. Raises ActionError where the doctor practises somewhere already."""
    permit(act, Can.MANAGE_CLINIC)
    row = Practice(institution=institution, user=user, name=name, title=title, valid_from=valid_from)
    try:
        with transaction.atomic(using=DATABASE), deed("doctor_employed", act, subject=row.public_id):
            row.save()
    except IntegrityError as error:
        raise ActionError("clinic.employed", _("这位医生已经在一个机构执业，请先结束原来的登记。")) from error
    return row
