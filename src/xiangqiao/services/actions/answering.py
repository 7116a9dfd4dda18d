"""The answer of the office; then the asker says whether it is solved, and, apart, whether they are satisfied."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.bus import publish
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, recording
from xiangqiao.services.actions.asking import USUAL_DAYS
from xiangqiao.services.actions.doors import demand_asker, demand_office, demand_step
from xiangqiao.services.events import QuestionAnswered
from xiangqiao.services.following import refuse_numbers
from xiangqiao.services.models import Answer, Question
from xiangqiao.services.office_calendar import office_calendar
from xiangqiao.services.rules.asking import REOPEN_DAYS, next_state


def answer(*, act: Act, question: Question, text: str, version: int | None = None) -> Answer:
    """Answer an accepted question, once a round. Raises Conflict to the second of two hands."""
    demand_office(act, question.office, question.division_code)
    if len(text.strip()) < 10:
        raise ActionError(
            "services.answer", _("答复太短：请写清楚结果、依据，以及下一步怎么办。"), field="text"
        )
    refuse_numbers(text)
    state = demand_step(next_state(question.state, "answer"))
    row = Answer(
        question=question, round=question.round, text=text.strip(), office=question.office,
        by_label=act.by.label, answered_at=act.at, answered_on=day_of(act.at),
    )  # fmt: skip
    try:
        with recording(
            "services.answered", act, subject=question, division_code=question.division_code
        ) as record:
            record.change(question, version=version, state=state)
            record.create(row)
            if question.household is not None:
                add_line(
                    act=act.keyless(), household=question.household, division_code=question.division_code,
                    programme="SERVICES", sentence=gettext_noop("提问得到答复：%(title)s"),
                    source_id=row.public_id, title=question.title,
                )  # fmt: skip
            publish(QuestionAnswered(act.keyless(), question.public_id, question.title, row.text))
    except IntegrityError as error:
        raise Conflict("services.answered", _("这个问题刚刚已经有人答复了。请刷新页面看看。")) from error
    return row


def rate(
    *, act: Act, question: Question, solved: bool, satisfied: Answer.Satisfied | str, remark: str = ""
) -> None:
    """The asker says whether it is solved and whether they are satisfied: two things. Raises NotAllowed to others."""
    demand_asker(act, question)
    refuse_numbers(remark, "remark")
    row = question.answers.get(round=question.round) if question.state == "ANSWERED" else None
    state = demand_step(next_state(question.state, "rate"))
    with recording("services.rated", act, subject=question, division_code=question.division_code) as record:
        record.change(question, state=state)
        if row is not None:
            record.change(
                row, solved=solved, satisfied=satisfied, remark=remark[:500], rated_on=day_of(act.at)
            )


def reopen(*, act: Act, question: Question, remark: str) -> None:
    """The asker opens the question again, saying what is still missing; the same office answers a further round.

    Raises NotAllowed to others, ActionError without a word or after thirty days.
    """
    demand_asker(act, question)
    if not remark.strip():
        raise ActionError("services.remark", _("请写一下哪里还没有解决，单位才知道怎么办。"), field="remark")
    refuse_numbers(remark, "remark")
    today = day_of(act.at)
    last = question.answers.order_by("-round").first()
    if last is not None and today > last.answered_on + timedelta(days=REOPEN_DAYS):
        raise ActionError(
            "services.too_late",
            _("答复已经过了 %(days)d 天，请重新提一个问题，写上原来的标题。") % {"days": REOPEN_DAYS},
        )
    state = demand_step(next_state(question.state, "reopen"))
    with recording(
        "services.reopened", act, subject=question, division_code=question.division_code
    ) as record:
        if last is not None and last.round == question.round:
            record.change(last, remark=remark.strip()[:500])
        due = office_calendar().after(today, USUAL_DAYS)
        answered = last is not None and last.round == question.round
        record.change(question, state=state, due_on=due, round=question.round + answered)
