"""Freezing, taking back and closing an appeal; the closing report goes public through the guard too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, Viewer
from xiangqiao.giving.actions.telling import step_appeal, tell
from xiangqiao.giving.kinds import APPEAL, REPORT
from xiangqiao.giving.models import Appeal, Gift
from xiangqiao.giving.queries.appeals import private_words
from xiangqiao.giving.queries.books import check_books
from xiangqiao.giving.words import amount_in_words
from xiangqiao.journal.queries.doors import linked_households
from xiangqiao.kernel import publication as guard
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.kernel.record import Act, recording

State = Appeal.State
_ON_THE_WAY = (Gift.State.MATCHED, Gift.State.DELIVERED)


def freeze_appeal(*, act: Act, viewer: AnyViewer, appeal: Appeal) -> None:
    """Take an appeal off the board while an objection is looked into, with the reason in `act`."""
    _step(act, viewer, appeal, State.FROZEN, "giving.appeal_frozen")


def resume_appeal(*, act: Act, viewer: AnyViewer, appeal: Appeal) -> None:
    """Put a frozen appeal back, with what was found in `act`."""
    _step(act, viewer, appeal, State.OPEN, "giving.appeal_resumed")


def withdraw_appeal(*, act: Act, viewer: AnyViewer, appeal: Appeal) -> None:
    """Take an appeal back: the household, who raised it, or the office. Its public text goes with it."""
    mine = appeal.raised_by is not None and viewer.public_id == appeal.raised_by
    own = isinstance(viewer, Viewer) and appeal.household in linked_households(viewer)
    if not (mine or own or viewer.can(Can.MANAGE_GIVING, appeal.division_code)):
        raise NotAllowed("not_allowed", _("只有农户本人、提出的人或网络公益办可以撤回。"))
    with recording(
        "giving.appeal_withdrawn", act, subject=appeal, division_code=appeal.division_code
    ) as record:
        hold_with_none_on_the_way(appeal)
        step_appeal(record, appeal, State.WITHDRAWN)
        take_text_back(act, appeal, act.reason.strip() or _("求助已撤回"))


def take_text_back(act: Act, appeal: Appeal, reason: str) -> None:
    """End what the public reads of an appeal, and what waits to be read."""
    told = replace(act.keyless(), reason=reason)
    for one in guard.of_subject(appeal.public_id, APPEAL.code):
        guard.take_off(act=told, public_id=one.public_id)


def close_appeal(
    *, act: Act, viewer: AnyViewer, appeal: Appeal, report: str, withdraw_on: date
) -> guard.Publication:
    """Close an appeal with its report: what came, what was left over, what is still missing.

    Raises Conflict while a gift is on its way or the books do not add up, LeakFound where the report shows who it is.
    """
    viewer.demand(Can.MANAGE_GIVING, appeal.division_code)
    if len(report.strip()) < 10:
        raise ActionError("giving.report", _("结案报告请写明收到什么、怎么用的、还差什么。"), field="report")
    with recording("giving.appeal_closed", act, subject=appeal, division_code=appeal.division_code) as record:
        hold_with_none_on_the_way(appeal)
        books = check_books(viewer, appeal)
        if not books.right:
            raise Conflict("giving.books", _("账目对不上，请先看“账目核对”。"))
        step_appeal(record, appeal, State.CLOSED, report=report.strip(), closed_on=day_of(act.at))
        tell(act, appeal, "求助已结案，编号 %(case)s", appeal.public_id)
        given = "、".join(amount_in_words(unit, amount) for unit, amount in sorted(books.confirmed.items()))
        return guard.submit(
            act=Act(by=act.by, at=act.at, source=act.source), kind=REPORT, title=appeal.public_title,
            rows=[{"case": appeal.case_no, "text": report.strip(), "given": given or "0"}], withdraw_on=withdraw_on,
            private=private_words(appeal, day_of(act.at)), subject=appeal.public_id, division_code=appeal.division_code,
        )  # fmt: skip


def _step(act: Act, viewer: AnyViewer, appeal: Appeal, state: Appeal.State, event: str) -> None:
    viewer.demand(Can.MANAGE_GIVING, appeal.division_code)
    if not act.reason.strip():
        raise ActionError("giving.reason", _("请写明原因。"), field="reason")
    with recording(event, act, subject=appeal, division_code=appeal.division_code) as record:
        step_appeal(record, appeal, state)


def hold_with_none_on_the_way(appeal: Appeal) -> None:
    """Hold an appeal until the end of the transaction. Raises Conflict while a gift is on its way to it."""
    # Held until the end: nobody matches a gift with it meanwhile.
    Appeal.objects.select_for_update().get(pk=appeal.pk)
    if Gift.objects.filter(need__appeal=appeal, state__in=_ON_THE_WAY).exists():
        raise Conflict("giving.on_the_way", _("还有捐助在路上或等农户确认，请先办完。"))
