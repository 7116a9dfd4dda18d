"""Purchases on behalf of a villager: quoted, paid in cash, bought, arrived, collected with a code; or refunded."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.commerce.actions.drawer import book
from xiangqiao.commerce.actions.moving import fresh_code, keep, locked, new_collect_code, step
from xiangqiao.commerce.models import CashEntry, Purchase, Station
from xiangqiao.commerce.queries.counter import AtCounter
from xiangqiao.commerce.rules.states import PURCHASE
from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording

Kind = CashEntry.Kind


def quote(
    *, act: Act, station: Station, home: AtCounter, goods: str, price_fen: int, fee_fen: int = 0
) -> Purchase:
    """Quote what something costs before anything is paid."""
    keep(act, station)
    if not goods.strip() or price_fen <= 0 or fee_fen < 0:
        raise ActionError("purchase.price", _("请写明买什么，价钱要大于零。"), field="price")
    row = Purchase(
        receipt=fresh_code("B"), station=station, household=home.public_id, name=home.name, place=home.village,
        division_code=station.division_code, goods=goods.strip(), price_fen=price_fen, fee_fen=fee_fen,
        on=day_of(act.at), at=act.at,
    )  # fmt: skip
    with recording("commerce.purchase_quoted", act, subject=row, division_code=row.division_code) as record:
        record.create(row)
    return row


def take_cash(*, act: Act, purchase: UUID) -> Purchase:
    """Take the villager's cash: price and fee, into the drawer, against a receipt."""
    return _go(act, purchase, "PAID", "commerce.purchase_paid", cash=Kind.PURCHASE_PAID, sign=1)


def note_bought(*, act: Act, purchase: UUID, platform_no: str) -> Purchase:
    """Note that it was bought, and under which number of the platform."""
    if not platform_no.strip():
        raise ActionError("purchase.platform_no", _("请写平台订单号，到货时好核对。"), field="platform_no")
    return _go(act, purchase, "BOUGHT", "commerce.purchase_bought", platform_no=platform_no.strip())


def note_arrived(*, act: Act, purchase: UUID) -> Purchase:
    """Note that it arrived; the villager gets a collection code."""
    return _go(act, purchase, "ARRIVED", "commerce.purchase_arrived", coded=True)


def refund(*, act: Act, purchase: UUID, why: str) -> Purchase:
    """Give the cash back because it could not be bought or is not wanted any more; a receipt says so."""
    _demand_why(why)
    return _go(
        act, purchase, "REFUNDED", "commerce.purchase_refunded", cash=Kind.PURCHASE_REFUND, sign=-1,
        line=gettext_noop("代买“%(goods)s”没有买成，钱已退回"), ended_why=why.strip(),
    )  # fmt: skip


def cancel_quote(*, act: Act, purchase: UUID, why: str) -> Purchase:
    """Note that the villager does not buy after all; nothing was paid."""
    _demand_why(why)
    return _go(act, purchase, "CANCELLED", "commerce.purchase_cancelled", ended_why=why.strip())


def collected(act: Act, row: Purchase) -> None:
    """Tell the household's timeline that it got what it bought."""
    _tell(act, row, gettext_noop("在“%(station)s”代买的“%(goods)s”已领取"))


def _go(
    act: Act, purchase: UUID, to: str, event: str, *, cash: str = "", sign: int = 1, line: str = "",
    coded: bool = False, **values: object,
) -> Purchase:  # fmt: skip
    viewer = permit(act, Can.KEEP_STATION)
    with recording(event, act) as record:
        row = locked(Purchase.objects.visible_to(viewer, Can.KEEP_STATION), purchase)
        if coded:
            values |= new_collect_code(row)
        step(record, row, PURCHASE, to, **values)
        record.event.subject, record.event.division_code = row.public_id, row.division_code
        if cash:
            book(act, row.station, cash, sign * (row.price_fen + row.fee_fen), row.public_id)
        if line:
            _tell(act, row, line)
    return row


def _tell(act: Act, row: Purchase, sentence: str) -> None:
    add_line(
        act=act.keyless(), household=row.household, division_code=row.division_code, programme="COMMERCE",
        sentence=sentence, source_id=row.public_id, goods=row.goods, station=row.station.name,
    )  # fmt: skip


def _demand_why(why: str) -> None:
    if not why.strip():
        raise ActionError("purchase.why", _("请写明原因。"), field="why")
