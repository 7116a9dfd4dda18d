"""The keeper's cash drawer: opened with change in it, counted and closed at the end of the day."""

from __future__ import annotations

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer, permit
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, NotAllowed
from xiangqiao.kernel.record import Act, recording
from xiangqiao.ledger.actions import post_transfer
from xiangqiao.services.actions.agency import DRAWER, held_drawer, keeper_account, new_drawer
from xiangqiao.services.models import AgentOrder, DrawerDay
from xiangqiao.services.rules.agency import TAKEN, DayBalance, day_balance

SAFE, DIFFERENCE = "services.safe", "services.drawer_difference"


def open_drawer(*, act: Act, division_code: str, opening_fen: int) -> DrawerDay:
    """Open today's drawer with the change that is in it. Raises ActionError where it is open already."""
    keeper, today = _keeper(act, division_code).user.public_id, day_of(act.at)
    if opening_fen < 0:
        raise ActionError("services.amount", _("零钱不能是负数。"), field="opening")
    with recording("services.drawer_opened", act, division_code=division_code) as record:
        if held_drawer(keeper, today) is not None:
            raise ActionError("services.drawer_open", _("今天的现金箱已经开过了。"))
        row = new_drawer(record, keeper, division_code, today, opening_fen=opening_fen)
        _move(act, row, opening_fen, into=True)
    return row


def close_drawer(*, act: Act, division_code: str, counted_fen: int, note: str = "") -> DrawerDay:
    """Count the drawer and close the day; what is missing or too much is booked apart, with a word about it.

    Raises ActionError where an errand still waits, or where a difference is not explained.
    """
    keeper, today = _keeper(act, division_code).user.public_id, day_of(act.at)
    with recording("services.drawer_closed", act, division_code=division_code) as record:
        row = held_drawer(keeper, today) or new_drawer(record, keeper, division_code, today)
        if row.counted_fen is not None:
            raise ActionError("services.drawer_closed", _("今天的现金箱已经盘点过了。"))
        orders = AgentOrder.objects.filter(keeper=row.keeper, on=row.on)
        if orders.filter(state=TAKEN).exists():
            raise ActionError("services.errand_waits", _("还有收了款没办的单子：办成或退款以后再关账。"))
        difference = balance_of(row).difference_fen(counted_fen)
        if difference and not note.strip():
            raise ActionError("services.difference", _("现金和账对不上，请写明可能的原因。"), field="note")
        record.change(row, counted_fen=counted_fen, difference_fen=difference, note=note.strip())
        _move(act, row, counted_fen, into=False)
        _book_difference(act, row, difference)
    return row


def balance_of(row: DrawerDay) -> DayBalance:
    """Return the balance of a drawer's day from its orders."""
    orders = AgentOrder.objects.filter(keeper=row.keeper, on=row.on)
    found = orders.values_list("state", "amount_fen", "fee_fen")
    return day_balance(row.opening_fen, [(state, amount + fee) for state, amount, fee in found])


def _move(act: Act, row: DrawerDay, amount: int, *, into: bool) -> None:
    if amount:
        drawer = keeper_account(row.keeper, DRAWER, row.division_code)
        safe = keeper_account(row.keeper, SAFE, row.division_code)
        debit, credit = (drawer, safe) if into else (safe, drawer)
        what = _("现金箱开箱零钱") if into else _("现金箱关账交存")
        post_transfer(act=act.keyless(), debit=debit, credit=credit, amount=amount, on=row.on, what=what)


def _book_difference(act: Act, row: DrawerDay, difference: int) -> None:
    if difference:
        drawer = keeper_account(row.keeper, DRAWER, row.division_code)
        other = keeper_account(row.keeper, DIFFERENCE, row.division_code)
        debit, credit = (drawer, other) if difference > 0 else (other, drawer)
        post_transfer(
            act=act.keyless(),
            debit=debit,
            credit=credit,
            amount=abs(difference),
            on=row.on,
            what=_("现金盘点差额"),
        )


def _keeper(act: Act, division_code: str) -> Viewer:
    keeper = permit(act, Can.KEEP_STATION, division_code)
    if not isinstance(keeper, Viewer):
        raise NotAllowed("not_allowed", _("收现金的要是登录的站长本人。"))
    return keeper
