"""From the station to the buyer: delivery rounds, goods laid ready, handed over, refused, brought back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.commerce.actions import stock
from xiangqiao.commerce.actions.drawer import book
from xiangqiao.commerce.actions.moving import keep, locked, new_collect_code, step
from xiangqiao.commerce.actions.orders import end_order
from xiangqiao.commerce.models import CashEntry, DeliveryRound, Order, Station
from xiangqiao.commerce.rules.states import ORDER
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, Recording, recording


def ship(*, act: Act, station: Station, orders: Sequence[UUID], carrier: str, number: str) -> DeliveryRound:
    """Send orders off together, under a carrier's number. All or none. Raises Conflict where one has left already."""
    viewer = keep(act, station)
    if not orders or not carrier.strip() or not number.strip():
        raise ActionError("round.empty", _("请勾选订单，并写明承运人和单号。"), field="number")
    row = DeliveryRound(
        station=station, division_code=station.division_code, carrier=carrier.strip(), number=number.strip(),
        on=day_of(act.at), at=act.at,
    )  # fmt: skip
    try:
        with recording("commerce.shipped", act, subject=row, division_code=row.division_code) as record:
            record.create(row)
            for one in sorted(orders):
                order = locked(Order.objects.visible_to(viewer, Can.KEEP_STATION), one)
                if order.way != Order.Way.SEND:
                    raise ActionError("round.pick_up", _("自取的订单不用发货，请备好货等人来取。"))
                if order.payment == Order.Payment.TRANSFER and order.paid_on is None:
                    raise ActionError(
                        "round.unpaid", _("订单 %(code)s 还没收到转账，先不要发货。") % {"code": order.code}
                    )
                step(record, order, ORDER, "SHIPPED", round_id=row.pk)
    except IntegrityError as error:
        raise Conflict("round.number", _("这个承运人的这个单号已经用过了。"), field="number") from error
    return row


def lay_ready(*, act: Act, order: UUID) -> Order:
    """Lay an order ready to be picked up; the buyer's page shows the collection code from now on."""
    viewer = permit(act, Can.KEEP_STATION)
    with recording("commerce.order_ready", act) as record:
        row = locked(Order.objects.visible_to(viewer, Can.KEEP_STATION), order)
        if row.way != Order.Way.PICK_UP:
            raise ActionError("order.way", _("这笔要送货上门，请和别的订单一起发货。"))
        step(record, row, ORDER, "READY", **new_collect_code(row))
    return row


def note_delivered(*, act: Act, order: UUID) -> Order:
    """Note that a shipped order reached the buyer, and that what was due on delivery was paid to the carrier."""
    viewer = permit(act, Can.KEEP_STATION)
    with recording("commerce.order_delivered", act) as record:
        row = locked(Order.objects.visible_to(viewer, Can.KEEP_STATION), order)
        if row.state == Order.State.READY:
            raise ActionError("order.way", _("自取的订单要凭取货码交给买家。"))
        hand_over(record, act, row, note=_("承运人代收"))
    return row


def hand_over(record: Recording, act: Act, row: Order, *, note: str) -> None:
    """Bring an order to its buyer: paid, and its grams sold."""
    before, paid = row.state, {}
    if row.paid_on is None:
        paid = {"paid_on": day_of(act.at), "paid_note": note}
    step(record, row, ORDER, "DELIVERED", **paid)
    Order.objects.filter(pk=row.pk).update(delivered_on=day_of(act.at))
    row.delivered_on = day_of(act.at)
    stock.follow_order(row.lot_id, before, "DELIVERED", row.grams)


def note_refused(*, act: Act, order: UUID, why: str) -> Order:
    """Note that the buyer refused an order on the way; its goods are for sale again."""
    return _back(act, order, "REFUSED", why, "commerce.order_refused")


def note_returned(*, act: Act, order: UUID, why: str, station: Station | None = None) -> Order:
    """Note that delivered goods came back before they were settled; cash paid at the counter leaves the drawer."""
    return _back(act, order, "RETURNED", why, "commerce.order_returned", station)


def _back(act: Act, order: UUID, to: str, why: str, event: str, station: Station | None = None) -> Order:
    viewer = permit(act, Can.KEEP_STATION)
    if not why.strip():
        raise ActionError("order.why", _("请写明原因。"), field="why")
    with recording(event, act) as record:
        row = locked(Order.objects.visible_to(viewer, Can.KEEP_STATION), order)
        end_order(record, row, to, why)
        paid = CashEntry.objects.filter(source=row.public_id, kind=CashEntry.Kind.ORDER_PAID).first()
        if paid is not None:
            book(act, station or paid.station, CashEntry.Kind.ORDER_REFUND, -row.amount_fen, row.public_id)
    return row
