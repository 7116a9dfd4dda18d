"""A question finds who is in charge: assigned, accepted, passed on, or refused with where to go instead."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.kernel.bus import publish
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording
from xiangqiao.services.actions.asking import ROUTING_DAYS, days_for
from xiangqiao.services.actions.doors import demand_office, demand_step
from xiangqiao.services.events import QuestionRefused
from xiangqiao.services.models import Office, Question
from xiangqiao.services.office_calendar import office_calendar
from xiangqiao.services.rules.asking import MOST_PASSED_ON, next_state


def assign(*, act: Act, question: Question, office: Office, version: int | None = None) -> None:
    """The service centre hands a question to an office. Raises NotAllowed to others."""
    permit(act, Can.MANAGE_SERVICES, question.division_code)
    _move(
        act,
        question,
        "assign",
        "services.assigned",
        version,
        office=office,
        due_on=_due(act, question, office),
    )


def accept(*, act: Act, question: Question, version: int | None = None) -> None:
    """The office in charge takes the question. Raises NotAllowed to other offices, Conflict to a second hand."""
    demand_office(act, question.office, question.division_code)
    _move(act, question, "accept", "services.accepted", version)


def pass_on(*, act: Act, question: Question, office: Office, reason: str, version: int | None = None) -> bool:
    """An office is not in charge and names the one that is. Return whether it went to the service centre instead.

    After two offices the centre settles it: no citizen is sent from door to door.
    """
    demand_office(act, question.office, question.division_code)
    _demand_reason(reason)
    if question.passed_on >= MOST_PASSED_ON:
        due = office_calendar().after(day_of(act.at), ROUTING_DAYS)
        _move(
            act, question, "escalate", "services.escalated", version,
            office=None, due_on=due, where_to=reason, passed_on=question.passed_on + 1,
        )  # fmt: skip
        return True
    if question.office_id == office.pk:
        raise ActionError("services.same_office", _("请选另一个单位：现在就是这个单位在办。"), field="office")
    _move(
        act, question, "pass_on", "services.passed_on", version,
        office=office, due_on=_due(act, question, office), where_to=reason, passed_on=question.passed_on + 1,
    )  # fmt: skip
    return False


def refuse(*, act: Act, question: Question, reason: str, version: int | None = None) -> None:
    """A question is not for any office of the county (a court, a contract): say why, and where to go instead.

    Raises NotAllowed to other offices, ActionError without a reason.
    """
    demand_office(act, question.office, question.division_code)
    _demand_reason(reason)
    _move(act, question, "refuse", "services.refused", version, where_to=reason)


def _demand_reason(reason: str) -> None:
    if len(reason.strip()) < 4:
        raise ActionError(
            "services.reason", _("请写清楚为什么不归本单位管，以及该找谁、怎么找。"), field="reason"
        )


def _due(act: Act, question: Question, office: Office) -> Any:
    today = day_of(act.at)
    return office_calendar().after(today, days_for(office, question.topic, today))


def _move(act: Act, question: Question, step: str, kind: str, version: int | None, **values: Any) -> None:
    state = demand_step(next_state(question.state, step))
    office = values.pop("office", question.office)
    with recording(kind, act, subject=question, division_code=question.division_code) as record:
        # The key and not the row: a foreign key is recorded by its number.
        record.change(
            question, version=version, state=state, office_id=office.pk if office else None, **values
        )
        if state == "REFUSED":
            publish(QuestionRefused(act, question.public_id, question.title, question.where_to))
