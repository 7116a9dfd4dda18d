"""Answers to problems and questions: who said what, and the register changed accordingly."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.models import Recorded
from xiangqiao.kernel.record import Act, recording
from xiangqiao.people.models import Problem, Question


def settle_problem(*, act: Act, viewer: AnyViewer, problem: Problem, outcome: str, reason: str) -> Problem:
    """Settle a problem: MENDED in the spreadsheet, or CONFIRMED as really so, with the reason.

    Idempotent where the outcome is the same. Raises ActionError without a reason or with another outcome, NotAllowed
    without the post there, Conflict where somebody settled it otherwise.
    """
    viewer.demand(Can.SETTLE_PROBLEM, problem.division_code)
    if outcome not in (Problem.State.MENDED, Problem.State.CONFIRMED):
        raise ActionError("problem.outcome", _("请选择“已改正”或“情况属实”。"), field="outcome")
    if not reason.strip():
        raise ActionError("problem.reason", _("请写一句理由，例如“已到户核实”。"), field="reason")
    with transaction.atomic():
        row = Problem.objects.select_for_update().get(pk=problem.pk)
        if row.state == outcome:
            return row
        if row.state != Problem.State.OPEN:
            raise Conflict(
                "problem.settled", _("这个问题刚才已经有人处理了，请刷新页面看看。"), theirs=row.state
            )
        with recording(
            "people.problem_settled", act, division_code=row.division_code,
            problem=row.public_id, code=row.code, outcome=outcome, why=reason.strip(),
        ):  # fmt: skip
            _sign(row, act, outcome)
            row.settled_reason = reason.strip()
            row.save()
    return row


def settle_question(*, act: Act, viewer: AnyViewer, question: Question, take: bool) -> Question:
    """Settle a question: keep the present value, or take the offered one, which then is a change like any other.

    Idempotent where the answer is the same. Raises ActionError where the answer needs more than a value (somebody moved,
    left, or leads the household now): that is done on the household's page; Conflict where it was answered otherwise.
    """
    viewer.demand(Can.SETTLE_PROBLEM, question.division_code)
    state = Question.State.TAKEN if take else Question.State.KEPT
    with transaction.atomic():
        row = Question.objects.select_for_update().get(pk=question.pk)
        if row.state == state:
            return row
        if row.state != Question.State.OPEN:
            raise Conflict(
                "question.settled", _("这个疑问刚才已经有人答复了，请刷新页面看看。"), theirs=row.state
            )
        kind: type[Recorded] = apps.get_model(row.subject_kind)
        with recording(
            "people.question_settled", act, division_code=row.division_code, question=row.public_id, take=take
        ) as record:
            if take:
                subject = kind._default_manager.get(public_id=row.subject)
                record.change(subject, **_offered(kind, row))
            _sign(row, act, state)
            row.save()
    return row


def is_value(question: Question) -> bool:
    """Return whether the offered value can simply be taken."""
    return question.why in ("VERIFIED", "CHANGED_SINCE") and question.attribute not in ("is_head", "relation")


def _offered(kind: type[Recorded], row: Question) -> dict[str, Any]:
    if not is_value(row):
        raise ActionError(
            "question.not_a_value",
            _("这件事不是改一个值：请在户的页面办理迁入、迁出、换户主等变更，再回来选“保留”。"),
        )
    offered = row.offered
    if isinstance(offered, dict) and "sealed" in offered:
        name = row.attribute
        sealed = bytes.fromhex(offered["sealed"])
        return {f"{name}_hash": offered["hash"], f"{name}_mask": offered["mask"], f"{name}_sealed": sealed}
    return {row.attribute: kind._meta.get_field(row.attribute).to_python(offered)}  # type: ignore[union-attr]


def _sign(row: Problem | Question, act: Act, state: str) -> None:
    row.state, row.settled_by, row.settled_label, row.settled_at = (
        state,
        act.by.public_id,
        act.by.label,
        act.at,
    )
