"""Consultations, step by step; `rules.STEPS` says which step may follow which."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xiangqiao.clinic.actions.cases import written
from xiangqiao.clinic.actions.practice import consulting, looking, treating
from xiangqiao.clinic.deeds import deed
from xiangqiao.clinic.models import Consultation, Institution, Opinion
from xiangqiao.clinic.queries import agreements_of, case_named, consent_in_force, consultation_named
from xiangqiao.clinic.router import DATABASE
from xiangqiao.clinic.rules import Side, after
from xiangqiao.clinic.signing import sign
from xiangqiao.clinic.telling import APPOINTMENT, tell
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act


def ask(*, act: Act, case: UUID, hospital: UUID, question: str) -> Consultation:
    """Ask a hospital about a case.

    Raises ActionError without an agreement with the hospital or the patient's consent, or where it is asked already.
    """
    practice = treating(act)
    found = case_named(looking(act), case)
    today = day_of(act.at)
    agreement = agreements_of(practice.institution, on=today).filter(hospital__public_id=hospital).first()
    if agreement is None:
        raise ActionError(
            "clinic.agreement",
            _("和这家医院没有有效的会诊协议，请选另一家，或请卫健委登记协议。"),
            field="hospital",
        )
    consent = consent_in_force(found.patient, "CONSULT", on=today)
    if consent is None:
        raise ActionError("clinic.consent", _("病人还没有同意远程会诊，或者同意已经过期。请先登记知情同意。"))
    row = Consultation(
        case=found, hospital=agreement.hospital, agreement=agreement, consent=consent, asked_at=act.at,
        asked_by=practice.user,
    )  # fmt: skip
    row.seal("question", written(question, "question"))
    try:
        with (
            transaction.atomic(using=DATABASE),
            deed("consultation_asked", act, patient=found.patient.public_id, subject=row.public_id),
        ):
            row.save()
    except IntegrityError as error:
        raise ActionError(
            "clinic.asked", _("已经向这家医院提出会诊，还没有办结。"), field="hospital"
        ) from error
    return row


def accept(*, act: Act, consultation: UUID, version: int | None = None) -> Consultation:
    """The hospital takes a consultation on; the first doctor who accepts has it."""
    practice = consulting(act)
    row = _at_step(act, consultation, "accept", "hospital")
    return _step(act, row, "accept", "hospital", version, accepted_by=practice.user)


def decline(*, act: Act, consultation: UUID, reason: str, version: int | None = None) -> Consultation:
    """The hospital does not take a consultation on, and says why."""
    consulting(act)
    row = _at_step(act, consultation, "decline", "hospital")
    row.seal("reason", written(reason, "reason"))
    return _step(act, row, "decline", "hospital", version, reason_sealed=row.reason_sealed)


def withdraw(*, act: Act, consultation: UUID, version: int | None = None) -> Consultation:
    """The clinic takes its question back."""
    treating(act)
    return _step(act, _at_step(act, consultation, "withdraw", "clinic"), "withdraw", "clinic", version)


def appoint(*, act: Act, consultation: UUID, at: datetime, version: int | None = None) -> Consultation:
    """The hospital sets a time for a video consultation; the household's timeline says no more than the day."""
    consulting(act)
    if at <= act.at:
        raise ActionError("clinic.past", _("预约的时间要在现在之后。"), field="at")
    row = _at_step(act, consultation, "appoint", "hospital")
    with transaction.atomic(using=DATABASE):
        row = _step(act, row, "appoint", "hospital", version, appointment_at=at)
        tell(row.case.patient, APPOINTMENT, at=act.at, day=date_format(localtime(at), "Y-m-d"))
    return row


def answer(*, act: Act, consultation: UUID, text: str, version: int | None = None) -> Opinion:
    """Give a signed opinion; an addition is another one with the next number. Nothing given is ever changed."""
    practice = consulting(act)
    row = _at_step(act, consultation, "answer", "hospital")
    if row.accepted_by != practice.user:
        raise ActionError("clinic.other", _("这个会诊由另一位医生接收，由他（她）出具意见。"))
    text = written(text, "text")
    with transaction.atomic(using=DATABASE):
        row = _step(act, row, "answer", "hospital", version)
        number = (row.opinions.aggregate(last=Max("number"))["last"] or 0) + 1
        opinion = Opinion(consultation=row, number=number, at=act.at, by=practice.user, by_name=practice.name)
        opinion.seal("text", text)
        opinion.public_key, opinion.signature = sign(opinion, text)
        opinion.save()
    return opinion


def close_consultation(*, act: Act, consultation: UUID, version: int | None = None) -> Consultation:
    """The clinic has read the opinion and decides by itself what to do; the hospital no longer sees the file."""
    treating(act)
    return _step(act, _at_step(act, consultation, "close", "clinic"), "close", "clinic", version)


def _at_step(act: Act, consultation: UUID, verb: str, side: Side) -> Consultation:
    row = consultation_named(looking(act), consultation)
    if after(row.state, verb, side) is None:
        state = str(Consultation.State(row.state).label)
        raise ActionError(
            "clinic.step", _("这个会诊现在是“%(state)s”，不能办这一步。请刷新页面。") % {"state": state}
        )
    if side == "hospital" and (row.consent.withdrawn_at is not None or not _agreed(row, act)):
        raise ActionError("clinic.consent", _("病人已撤回同意，或会诊协议已到期，不能再办。"))
    return row


def _agreed(row: Consultation, act: Act) -> bool:
    clinic: Institution = row.case.patient.clinic
    return agreements_of(clinic, on=day_of(act.at)).filter(hospital=row.hospital).exists()


def _step(
    act: Act, row: Consultation, verb: str, side: Side, version: int | None, **values: object
) -> Consultation:
    """Take a step if nobody else was faster: one conditional update decides."""
    state, seen = after(row.state, verb, side), row.version if version is None else version
    with deed(f"consultation_{verb}", act, patient=row.case.patient.public_id, subject=row.public_id):
        rows = Consultation.objects.filter(pk=row.pk, state=row.state, version=seen)
        if not rows.update(state=state, version=seen + 1, **values):
            raise Conflict("clinic.conflict", _("这个会诊刚刚被别人办过。请看看现在的情况。"))
    row.refresh_from_db()
    return row
