"""Ordering, by a guest or a registered person; and taking an order back before it left."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.commerce.actions import stock
from xiangqiao.commerce.actions.moving import fresh_code, locked, step
from xiangqiao.commerce.actions.sealing import seal, seal_phone, tail_hash
from xiangqiao.commerce.models import Order
from xiangqiao.commerce.queries.shop import public_offer
from xiangqiao.commerce.rules.codes import MOST_OPEN_ORDERS, is_phone
from xiangqiao.commerce.rules.states import ORDER
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, Recording, recording

MOST_PACKS = 999


@dataclass(frozen=True)
class Guest:
    """A buyer who has not registered: the log knows no more than that somebody ordered."""

    public_id: UUID | None = None
    label: str = "网店顾客"


@dataclass(frozen=True)
class Wanted:
    """What a buyer fills in."""

    packs: int
    buyer: str
    phone: str
    way: str
    payment: str
    address: str = ""


def place_order(*, act: Act, offer: str, wanted: Wanted) -> Order:
    """Order packs of a public offer. Never more is sold than is there: of many at the last pack, one gets it.

    Raises Conflict where it is sold out, ActionError where a field is missing, AlreadyDone for the same key again.
    """
    _demand_fields(wanted)
    with recording("commerce.ordered", act) as record:
        goods = public_offer(offer, now=act.at)
        if goods is None:
            raise ActionError("offer.closed", _("这件商品已经下架，看看馆里别的吧。"))
        grams = wanted.packs * goods.pack_grams
        stock.move(goods.lot_id, "available", "reserved", grams)
        row = Order(
            code=fresh_code("D"), division_code=goods.division_code, offer=goods, lot_id=goods.lot_id,
            member=act.by.public_id, packs=wanted.packs, grams=grams, amount_fen=wanted.packs * goods.price_fen,
            payment=wanted.payment, way=wanted.way, placed_on=day_of(act.at), placed_at=act.at,
        )  # fmt: skip
        row.buyer_sealed = seal(row, "buyer_sealed", wanted.buyer.strip())
        row.address_sealed = seal(row, "address_sealed", wanted.address.strip())
        seal_phone(row, wanted.phone)
        row.tail_hash = tail_hash(row, wanted.phone)
        _demand_few_open(row)
        record.create(row)
        record.event.subject = row.public_id
        record.event.division_code = row.division_code
    return row


def cancel_order(*, act: Act, order: UUID, why: str) -> Order:
    """Cancel an order that has not left; its goods are for sale again. By the keeper, or by the member who placed it."""
    if not why.strip():
        raise ActionError("order.why", _("请写明原因。"), field="why")
    with recording("commerce.order_cancelled", act) as record:
        mine = Order.objects.filter(public_id=order, member=act.by.public_id, member__isnull=False)
        rows = (
            mine
            if mine.exists()
            else Order.objects.visible_to(permit(act, Can.KEEP_STATION), Can.KEEP_STATION)
        )
        row = locked(rows, order)
        end_order(record, row, "CANCELLED", why)
    return row


def note_paid(*, act: Act, order: UUID, note: str) -> Order:
    """Note that the buyer's bank transfer came; the note names the bank's reference. Money never passes through the house."""
    viewer = permit(act, Can.KEEP_STATION)
    if not note.strip():
        raise ActionError("order.paid_note", _("请写银行流水号或到账时间。"), field="note")
    with recording("commerce.order_paid", act) as record:
        row = locked(Order.objects.visible_to(viewer, Can.KEEP_STATION), order)
        if row.paid_on is not None:
            raise ActionError("order.paid", _("这笔已经记过收款了。"))
        record.change(row, paid_on=day_of(act.at), paid_note=note.strip())
    return row


def end_order(record: Recording, row: Order, to: str, why: str) -> None:
    """Bring an order to an end without a sale; its goods are for sale again."""
    before = row.state
    step(record, row, ORDER, to, ended_why=why.strip())
    stock.follow_order(row.lot_id, before, to, row.grams)


def _demand_fields(wanted: Wanted) -> None:
    if not 0 < wanted.packs <= MOST_PACKS:
        raise ActionError("order.packs", _("件数要在 1 到 999 之间。"), field="packs")
    if not wanted.buyer.strip():
        raise ActionError("order.buyer", _("请写收货人。"), field="buyer")
    if not is_phone(wanted.phone):
        raise ActionError("order.phone", _("请写能打通的电话，例如 13800138000。"), field="phone")
    if wanted.way == Order.Way.SEND and not wanted.address.strip():
        raise ActionError("order.address", _("送货上门要写详细地址；也可以改为到站自取。"), field="address")


def _demand_few_open(row: Order) -> None:
    """A joker could reserve a whole lot: one phone has no more than a few orders on the way."""
    waiting = Order.objects.filter(phone_hash=row.phone_hash, state__in=["PLACED", "READY"])
    if row.member is None and waiting.count() >= MOST_OPEN_ORDERS:
        raise ActionError(
            "order.too_many", _("这个电话还有 5 笔没送到的订单，先收到再下单吧。"), field="phone"
        )
