"""Check-up campaigns and what is to be looked at again."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xiangqiao.clinic.actions.cases import written
from xiangqiao.clinic.actions.practice import looking, treating
from xiangqiao.clinic.deeds import deed
from xiangqiao.clinic.models import Campaign, CheckUp, FollowUp
from xiangqiao.clinic.queries import campaigns, consent_in_force, due_followups, patient_named
from xiangqiao.clinic.router import DATABASE
from xiangqiao.clinic.rules import FORM_VERSION, MEASURES
from xiangqiao.clinic.telling import CHECKUP_DONE, CHECKUP_DUE, tell
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act

Answers = dict[str, int | str]


def open_campaign(
    *,
    act: Act,
    name: str,
    begins_on: date,
    ends_on: date,
    residents: int,
    residents_source: str,
    residents_on: date,
) -> Campaign:
    """Begin a campaign for the own clinic's village. The number of residents is the denominator, with its source."""
    practice = treating(act)
    if ends_on < begins_on:
        raise ActionError("clinic.days", _("结束日期不能早于开始日期。"), field="ends_on")
    if residents <= 0 or not residents_source.strip():
        raise ActionError(
            "clinic.residents", _("请填常住人口数和它的出处，覆盖率要用它做分母。"), field="residents"
        )
    clinic = practice.institution
    if Campaign.objects.filter(clinic=clinic, name=name.strip()).exists():
        raise ActionError("clinic.name", _("已经有同名的体检活动。"), field="name")
    row = Campaign(
        clinic=clinic, division_code=clinic.division_code, name=name.strip(), begins_on=begins_on, ends_on=ends_on,
        residents=residents, residents_source=residents_source.strip(), residents_on=residents_on,
    )  # fmt: skip
    with deed("campaign_opened", act, subject=row.public_id):
        row.save()
    return row


def examine(*, act: Act, campaign: UUID, patient: UUID, on: date, answers: Answers) -> CheckUp:
    """Note one person's check-up. Raises ActionError on a second one, without consent, on a value that cannot be."""
    practice = treating(act)
    whose = campaigns(looking(act)).get(public_id=campaign)
    found = patient_named(looking(act), patient)
    if not whose.begins_on <= on <= min(whose.ends_on, day_of(act.at)):
        raise ActionError("clinic.days", _("体检日期要在活动期间，且不晚于今天。"), field="on")
    if consent_in_force(found, "CHECKUP", on=day_of(act.at)) is None:
        raise ActionError("clinic.consent", _("还没有登记本人对健康体检的同意。"))
    row = CheckUp(campaign=whose, patient=found, on=on, by=practice.user, form_version=FORM_VERSION)
    row.seal("answers", json.dumps(checked(answers), ensure_ascii=False))
    try:
        with (
            transaction.atomic(using=DATABASE),
            deed("examined", act, patient=found.public_id, subject=row.public_id),
        ):
            row.save()
            tell(found, CHECKUP_DONE, at=act.at)
    except IntegrityError as error:
        raise ActionError("clinic.twice", _("这个人在这次活动里已经体检过了。"), field="patient") from error
    return row


def checked(answers: Answers) -> Answers:
    """Return the answers of a check-up. Raises ActionError on a value out of the bounds of a plausible entry."""
    kept: Answers = {}
    for one in MEASURES:
        value = answers.get(one.key)
        if value is None:
            continue
        if not isinstance(value, int) or not one.low <= value <= one.high:
            words = _("这个数不对：应在 %(low)d 到 %(high)d %(unit)s 之间。")
            raise ActionError(
                "clinic.measure", words % {"low": one.low, "high": one.high, "unit": one.unit}, field=one.key
            )
        kept[one.key] = value
    if advice := str(answers.get("advice", "")).strip():
        kept["advice"] = written(advice, "advice")
    if not kept:
        raise ActionError("clinic.empty", _("请至少填一项体检结果。"), field=MEASURES[0].key)
    return kept


def plan_followup(*, act: Act, patient: UUID, due_on: date, why: str) -> FollowUp:
    """Plan to look at somebody again by a day; the household's timeline says that a check-up is due, not why."""
    treating(act)
    found = patient_named(looking(act), patient)
    if due_on <= day_of(act.at):
        raise ActionError("clinic.past", _("复查日期要在今天之后。"), field="due_on")
    row = FollowUp(patient=found, due_on=due_on, made_at=act.at)
    row.seal("why", written(why, "why"))
    with deed("followup_planned", act, patient=found.public_id, subject=row.public_id):
        row.save()
        tell(found, CHECKUP_DUE, at=act.at)
    return row


def finish_followup(*, act: Act, followup: UUID, result: str) -> FollowUp:
    """Note what came of looking again. Raises FollowUp.DoesNotExist where it is not open or unseen."""
    treating(act)
    row = due_followups(looking(act), until=date.max).get(public_id=followup)
    row.seal("result", written(result, "result"))
    row.done_on = day_of(act.at)
    with deed("followup_done", act, patient=row.patient.public_id, subject=row.public_id):
        row.save(update_fields=["done_on", "result_sealed"])
    return row
