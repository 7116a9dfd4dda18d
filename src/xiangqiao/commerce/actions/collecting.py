"""Handing over at the counter against a collection code: once, whoever else types the same code."""

from __future__ import annotations

from django.utils.translation import gettext as _

from xiangqiao.commerce.actions.delivery import hand_over
from xiangqiao.commerce.actions.drawer import book
from xiangqiao.commerce.actions.moving import keep, step, waiting_under
from xiangqiao.commerce.actions.purchases import collected
from xiangqiao.commerce.actions.sealing import collect_hash
from xiangqiao.commerce.models import CashEntry, Order, Purchase, Station
from xiangqiao.commerce.rules.states import PURCHASE
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, Recording, recording


def collect(*, act: Act, station: Station, code: str) -> Order | Purchase:
    """Hand over what waits under a code. An order still to be paid is paid in cash, into the drawer.

    Raises ActionError where no such code is known here, Conflict where it was used before.
    """
    keep(act, station)
    key = collect_hash(station.division_code, code)
    with recording("commerce.collected", act, division_code=station.division_code) as record:
        orders, purchases = waiting_under(key)
        order = orders.select_for_update(of=("self",)).first()
        if order is not None:
            return _order(record, act, station, order)
        bought = purchases.select_for_update(of=("self",)).first()
        if bought is not None:
            return _purchase(record, act, bought)
        if any(rows.filter(collect_hash=key).exists() for rows in (Order.objects, Purchase.objects)):
            raise Conflict("collect.used", _("这个取货码已经用过了，货已经交出去了。"), field="code")
        raise ActionError("collect.unknown", _("没有这个取货码，请再核对一遍。"), field="code")


def _order(record: Recording, act: Act, station: Station, order: Order) -> Order:
    owed = order.paid_on is None
    hand_over(record, act, order, note=_("取货时付现金"))
    if owed:
        book(act, station, CashEntry.Kind.ORDER_PAID, order.amount_fen, order.public_id)
    record.event.subject = order.public_id
    return order


def _purchase(record: Recording, act: Act, bought: Purchase) -> Purchase:
    step(record, bought, PURCHASE, "COLLECTED")
    Purchase.objects.filter(pk=bought.pk).update(collected_on=day_of(act.at))
    collected(act, bought)
    record.event.subject = bought.public_id
    return bought
