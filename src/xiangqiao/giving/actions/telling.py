"""Lines on the household's timeline, and steps of the state machines, told the same way everywhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.giving.models import Appeal, Gift
from xiangqiao.giving.rules.states import APPEAL, GIFT, may_go
from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.errors import Conflict
from xiangqiao.kernel.record import Act, Recording

# What the timeline of a household may say of giving.
SENTENCES = (
    gettext_noop("求助已登记，编号 %(case)s"),
    gettext_noop("求助已由两人核实，编号 %(case)s"),
    gettext_noop("求助已公开，编号 %(case)s"),
    gettext_noop("收到爱心捐助：%(what)s"),
    gettext_noop("求助已结案，编号 %(case)s"),
)


def tell(
    act: Act, row: Appeal, sentence: str, source: UUID, *, amount_fen: int | None = None, **values: str | int
) -> None:
    """Put a line about an appeal on the timeline of its household."""
    add_line(
        act=act, household=row.household, division_code=row.division_code, programme="GIVING", sentence=sentence,
        source_id=source, amount_fen=amount_fen, link=f"/giving/appeals/{row.public_id}/", **{"case": row.case_no, **values},
    )  # fmt: skip


def step_appeal(record: Recording, row: Appeal, state: str, **values: Any) -> None:
    """Move an appeal to a state. Raises Conflict where it cannot go there from where it is now."""
    row.refresh_from_db()
    if not may_go(APPEAL, row.state, state):
        raise Conflict(
            "giving.appeal_state",
            _("这份求助现在是“%(state)s”，不能这样办。请刷新页面看看。") % {"state": row.get_state_display()},
        )
    record.change(row, state=state, **values)


def step_gift(record: Recording, row: Gift, state: str, **values: Any) -> None:
    """Move a gift to a state. Raises Conflict where it cannot go there from where it is now."""
    row.refresh_from_db()
    if not may_go(GIFT, row.state, state):
        raise Conflict(
            "giving.gift_state",
            _("这份捐助现在是“%(state)s”，不能这样办。请刷新页面看看。") % {"state": row.get_state_display()},
        )
    record.change(row, state=state, **values)
