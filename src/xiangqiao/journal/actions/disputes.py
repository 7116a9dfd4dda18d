"""Answering a dispute, and settling it by another person than the one it concerns."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.journal.actions.promises import reopen
from xiangqiao.journal.models import Promise, Reply
from xiangqiao.journal.rules.disputes import may_follow, may_settle
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.kernel.record import Recording, recording

TEXT_MOST = 500


def answer_dispute(*, act: Act, dispute: UUID, text: str) -> Reply:
    """Say how it was. The cadre whose line it is may answer, too. Raises Conflict where it was answered meanwhile."""
    row = _seen(act, dispute, Can.LOG_VISIT)
    words = _words(text)
    with recording("journal.dispute_answered", act, subject=row, division_code=row.division_code) as record:
        _step(
            record, row, Reply.State.ANSWERED, answer=words, answered_by=act.by.public_id, answered_at=act.at
        )
        Reply.objects.filter(pk=row.pk).update(answered_label=act.by.label)
    return row


def settle_dispute(*, act: Act, dispute: UUID, outcome: str, text: str) -> Reply:
    """Settle a dispute after asking the household. A promise that was noted as kept and was not is open again.

    Raises NotAllowed to the person whose line it is, Conflict where it was settled meanwhile.
    """
    row = _seen(act, dispute, Can.SETTLE_PROBLEM)
    if not may_settle(row.concerned, act.by.public_id):
        raise NotAllowed("dispute.own", _("这一条说的是您自己的工作，要由另一个人核实了结。"))
    if outcome not in Reply.Outcome.values:
        raise ActionError("dispute.outcome", _("请选核实的结果。"), field="outcome")
    words = _words(text)
    with recording("journal.dispute_settled", act, subject=row, division_code=row.division_code) as record:
        _step(
            record, row, Reply.State.SETTLED, outcome=outcome, settlement=words, settled_by=act.by.public_id,
            settled_at=act.at,
        )  # fmt: skip
        Reply.objects.filter(pk=row.pk).update(settled_label=act.by.label)
        if outcome == Reply.Outcome.UPHELD and row.kind == "PROMISE":
            kept = Promise.objects.filter(public_id=UUID(row.subject), state=Promise.State.KEPT).first()
            if kept is not None:
                reopen(record, kept)
    return row


def _seen(act: Act, dispute: UUID, needed: Can) -> Reply:
    viewer = permit(act, needed)
    row = Reply.objects.visible_to(viewer, needed).filter(public_id=dispute).first()
    if row is None:
        raise ActionError("dispute.unknown", _("没有这条异议，或者不在您负责的范围。"))
    return row


def _step(record: Recording, row: Reply, state: str, **values: Any) -> None:
    held = Reply.objects.select_for_update().get(pk=row.pk)
    if not may_follow(held.state, state):
        raise Conflict("dispute.done", _("别人刚刚办过这一条，请刷新看看。"))
    row.version = held.version
    record.change(row, state=state, **values)


def _words(text: str) -> str:
    if not text.strip():
        raise ActionError("dispute.text", _("请写一句话，农户会看到。"), field="text")
    if len(text) > TEXT_MOST:
        raise ActionError("dispute.long", _("写得太长了，最多 500 个字。"), field="text")
    return text.strip()
