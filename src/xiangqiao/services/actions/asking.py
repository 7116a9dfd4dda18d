"""A question comes in, and finds the office in charge by the duty list."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording
from xiangqiao.services.actions.doors import demand_asker, demand_may_ask, demand_step
from xiangqiao.services.following import Asker, followed_values, new_code, refuse_numbers
from xiangqiao.services.models import Duty, Office, Question
from xiangqiao.services.office_calendar import office_calendar
from xiangqiao.services.rules.asking import ASSIGNED, RECEIVED, duty_for, next_state
from xiangqiao.services.words import Topic

# A question that nobody is in charge of yet is to find its office within so many working days.
ROUTING_DAYS = 1
# Days for an office that the duty list does not name for this topic.
USUAL_DAYS = 5


class Asked(NamedTuple):
    """What the asker is given: the question, and the code by which it is followed, shown once."""

    question: Question
    code: str


def ask(
    *, act: Act, asker: Asker, topic: Topic | str, title: str, text: str, may_publish: bool = False
) -> Asked:
    """Take in a question and send it to the office in charge; return it with its follow code.

    Raises NotAllowed where somebody may not speak for another, ActionError where words are missing or hold an ID number.
    """
    demand_may_ask(act, asker)
    title, text = title.strip(), text.strip()
    if not title or not text:
        raise ActionError(
            "services.empty", _("请写下问题：一句话的标题，再说清楚是什么事、在哪里。"), field="text"
        )
    refuse_numbers(title, "title")
    refuse_numbers(text)
    today, code = day_of(act.at), new_code()
    duty = duty_on(topic, asker.division_code, today)
    row = Question(
        topic=topic, title=title[:80], text=text, asked_at=act.at, asked_on=today, may_publish=may_publish,
        state=ASSIGNED if duty else RECEIVED, office=duty.office if duty else None,
        due_on=office_calendar().after(today, duty.working_days if duty else ROUTING_DAYS),
    )  # fmt: skip
    for name, value in followed_values(asker, row, code, by=act.by).items():
        setattr(row, name, value)
    with recording("services.asked", act, subject=row, division_code=asker.division_code) as record:
        record.create(row)
        if asker.household is not None:
            add_line(
                act=act.keyless(), household=asker.household, division_code=asker.division_code,
                programme="SERVICES", sentence=gettext_noop("提问：%(title)s"), source_id=row.public_id, title=row.title,
            )  # fmt: skip
    return Asked(row, code)


def withdraw_question(*, act: Act, question: Question) -> None:
    """The asker takes the question back before it is answered. Raises NotAllowed to others, ActionError when too late."""
    demand_asker(act, question)
    with recording(
        "services.question_withdrawn", act, subject=question, division_code=question.division_code
    ) as record:
        record.change(question, state=demand_step(next_state(question.state, "withdraw")))


def duty_on(topic: Topic | str, division_code: str, on: date) -> Duty | None:
    """Return the line of the duty list in force for a topic at a place: the nearest place wins."""
    rows = list(
        Duty.objects.filter(topic=topic, valid_from__lte=on, office__is_active=True)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
        .select_related("office")
    )
    chosen = duty_for(
        [(row.topic, row.division_code, str(row.pk)) for row in rows], str(topic), division_code
    )
    return next((row for row in rows if str(row.pk) == chosen), None)


def days_for(office: Office, topic: str, on: date) -> int:
    """Return the working days that the duty list gives an office for a topic."""
    row = (
        Duty.objects.filter(office=office, topic=topic, valid_from__lte=on)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
        .first()
    )
    return row.working_days if row else USUAL_DAYS
