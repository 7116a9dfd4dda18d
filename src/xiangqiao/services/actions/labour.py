"""Jobs and the organised transfer of workers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, recording
from xiangqiao.services.actions.doors import demand_may_ask, demand_step
from xiangqiao.services.following import Asker, demand_phone, followed_values, new_code
from xiangqiao.services.models import Applicant, TransferGroup, Vacancy
from xiangqiao.services.rules.labour import next_state


def offer_job(*, act: Act, division_code: str, valid_from: date, valid_to: date, **values: Any) -> Vacancy:
    """Put a checked job on the board until a day. `values`: title, employer, employer_checked, where, wage_from_fen,
    wage_to_fen, period, places, wants, travel_grant_fen.

    Raises NotAllowed where the post does not reach, ActionError where the employer was not checked or numbers make no sense.
    """
    permit(act, Can.MANAGE_SERVICES, division_code)
    if not str(values.get("employer_checked", "")).strip():
        raise ActionError(
            "services.employer",
            _("请写明怎么核实的用工单位：营业执照、是否欠薪。没核实的不能上榜。"),
            field="employer_checked",
        )
    if valid_to <= valid_from:
        raise ActionError("services.days", _("截止日期要在开始日期之后。"), field="valid_to")
    if values["wage_to_fen"] < values["wage_from_fen"]:
        raise ActionError("services.wage", _("工资上限不能比下限低。"), field="wage_to")
    row = Vacancy(division_code=division_code, valid_from=valid_from, valid_to=valid_to, **values)
    with recording("services.job_offered", act, subject=row, division_code=division_code) as record:
        record.create(row)
    return row


def want_job(*, act: Act, asker: Asker, vacancy: Vacancy) -> tuple[Applicant, str]:
    """Apply for a job, once a phone; return the applicant and the follow code. Raises ActionError where the job is over."""
    demand_may_ask(act, asker)
    today = day_of(act.at)
    if vacancy.state != Vacancy.State.OPEN or not vacancy.valid_from <= today < vacancy.valid_to:
        raise ActionError("services.job_over", _("这个岗位已经截止，请看看别的。"))
    code = new_code()
    row = Applicant(vacancy=vacancy, applied_on=today)
    asker = replace(asker, phone=demand_phone(asker.phone))
    for name, value in followed_values(asker, row, code, by=act.by).items():
        setattr(row, name, value)
    try:
        with recording("services.job_wanted", act, subject=row, division_code=asker.division_code) as record:
            record.create(row)
            _tell(act, row, gettext_noop("报名务工：%(job)s"))
    except IntegrityError as error:
        raise ActionError("services.job_twice", _("这个电话已经报过名了。"), field="phone") from error
    return row, code


def plan_bus(
    *, act: Act, vacancy: Vacancy, leaves_on: date, meet_at: str, bus: str, seats: int, leader: str = ""
) -> TransferGroup:
    """Plan a bus that takes workers to a job together. Raises NotAllowed where the post does not reach."""
    permit(act, Can.MANAGE_SERVICES, vacancy.division_code)
    if seats <= 0:
        raise ActionError("services.seats", _("座位数要大于零。"), field="seats")
    row = TransferGroup(
        vacancy=vacancy, leaves_on=leaves_on, meet_at=meet_at, bus=bus, seats=seats, leader=leader
    )
    with recording("services.bus_planned", act, subject=row, division_code=vacancy.division_code) as record:
        record.create(row)
    return row


def seat_worker(*, act: Act, group: TransferGroup, applicant: Applicant) -> None:
    """Give an applicant a seat on a bus. Raises Conflict where the last one is gone, NotAllowed to other posts."""
    permit(act, Can.MANAGE_SERVICES, group.vacancy.division_code)
    with recording(
        "services.worker_seated", act, subject=applicant, division_code=applicant.division_code
    ) as record:
        # The bus is held first, by everybody: of the last seat there is one winner.
        bus = TransferGroup.objects.select_for_update().get(pk=group.pk)
        row = Applicant.objects.select_for_update().get(pk=applicant.pk)
        state = demand_step(next_state(row.state, "seat"))
        if row.vacancy_id != bus.vacancy_id:
            raise ActionError("services.other_job", _("这辆车去的是另一个岗位。"))
        if bus.taken >= bus.seats:
            raise Conflict("services.bus_full", _("这辆车已经坐满，请安排下一班。"), theirs=bus.taken)
        record.change(bus, taken=bus.taken + 1)
        record.change(row, state=state, group_id=bus.pk)
        _tell(act, row, gettext_noop("已安排上车务工：%(job)s"))


def note_arrival(*, act: Act, applicant: Applicant, arrived: bool, on: date) -> None:
    """Say that a worker arrived at the job, or does not go after all (the seat is free again)."""
    permit(act, Can.MANAGE_SERVICES, applicant.vacancy.division_code)
    state = demand_step(next_state(applicant.state, "arrive" if arrived else "decline"))
    with recording(
        "services.worker_arrived" if arrived else "services.worker_declined", act, subject=applicant,
        division_code=applicant.division_code,
    ) as record:  # fmt: skip
        if not arrived and applicant.group_id is not None:
            bus = TransferGroup.objects.select_for_update().get(pk=applicant.group_id)
            record.change(bus, taken=bus.taken - 1)
        record.change(applicant, state=state, arrived_on=on if arrived else None)
        if arrived:
            _tell(act, applicant, gettext_noop("务工到岗：%(job)s"))


def follow_up(*, act: Act, applicant: Applicant, still_working: bool) -> None:
    """Ask after three months whether somebody still works there, and note it."""
    permit(act, Can.MANAGE_SERVICES, applicant.vacancy.division_code)
    today = day_of(act.at)
    state = demand_step(next_state(applicant.state, "still_working" if still_working else "leave"))
    with recording(
        "services.worker_followed_up", act, subject=applicant, division_code=applicant.division_code
    ) as record:
        record.change(applicant, state=state, asked_again_on=today, left_on=None if still_working else today)
        if still_working:
            _tell(act, applicant, gettext_noop("务工满三个月，仍在岗：%(job)s"))


def _tell(act: Act, row: Applicant, sentence: str) -> None:
    if row.household is not None:
        add_line(
            act=act.keyless(), household=row.household, division_code=row.division_code, programme="SERVICES",
            sentence=sentence, source_id=row.public_id, job=row.vacancy.title,
        )  # fmt: skip
