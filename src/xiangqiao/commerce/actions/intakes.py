"""Taking goods in at the counter, and what becomes of a lot besides being sold."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.commerce.actions import stock
from xiangqiao.commerce.actions.moving import fresh_code, keep, locked, step
from xiangqiao.commerce.models import Intake, Lot, Station, WriteOff
from xiangqiao.commerce.queries.counter import AtCounter
from xiangqiao.commerce.rules.money import value_of
from xiangqiao.commerce.rules.states import LOT
from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, Recording, recording

MOST_GRAMS = 5_000_000


@dataclass(frozen=True)
class Goods:
    """What was brought: product, grade, weight in grams, the price agreed for a kilogram in fen."""

    product: str
    grade: str
    grams: int
    price_fen_per_kg: int


def take_in(*, act: Act, station: Station, home: AtCounter, goods: Goods, lot: UUID | None = None) -> Intake:
    """Take goods in from a household, into a lot of the same product and grade (None: the open one, or a new one).

    Raises ActionError where weight or price make no sense, Conflict where the lot is closed or holds other goods.
    """
    keep(act, station)
    demand_sense(goods)
    today = day_of(act.at)
    with recording("commerce.goods_taken_in", act, division_code=station.division_code) as record:
        into = _lot(record, act, station, goods, lot)
        stock.add(into, goods.grams)
        row = Intake(
            slip=fresh_code("S"), station=station, lot=into, household=home.public_id, name=home.name,
            place=home.village, division_code=station.division_code, grams=goods.grams,
            price_fen_per_kg=goods.price_fen_per_kg, amount_fen=value_of(goods.grams, goods.price_fen_per_kg),
            on=today, at=act.at,
        )  # fmt: skip
        record.create(row)
        record.event.subject = row.public_id
        add_line(
            act=act.keyless(), household=home.public_id, division_code=home.division_code, programme="COMMERCE",
            sentence=gettext_noop("在“%(station)s”交了 %(kg)s 公斤%(product)s代卖"), source_id=row.public_id,
            station=station.name, kg=f"{goods.grams / 1000:g}", product=goods.product,
        )  # fmt: skip
    return row


def write_off(*, act: Act, lot: UUID, kind: str, grams: int, reason: str) -> WriteOff:
    """Note goods of a lot that were lost or given back. Raises Conflict where less is left, ActionError without a reason."""
    viewer = permit(act, Can.KEEP_STATION)
    if grams <= 0:
        raise ActionError("lot.grams", _("重量要大于零。"), field="grams")
    if not reason.strip():
        raise ActionError("lot.reason", _("请写明原因，例如“压坏”。"), field="reason")
    with recording("commerce.goods_written_off", act) as record:
        row = locked(Lot.objects.visible_to(viewer, Can.KEEP_STATION), lot)
        stock.move(row.pk, "available", "lost" if kind == WriteOff.Kind.LOST else "given_back", grams)
        note = WriteOff(
            lot=row,
            division_code=row.division_code,
            kind=kind,
            grams=grams,
            reason=reason.strip(),
            on=day_of(act.at),
        )
        record.create(note)
    return note


def close_lot(*, act: Act, lot: UUID) -> Lot:
    """Close a lot of which nothing is left to sell or to settle. Raises Conflict where something is."""
    viewer = permit(act, Can.KEEP_STATION)
    with recording("commerce.lot_closed", act) as record:
        row = locked(Lot.objects.visible_to(viewer, Can.KEEP_STATION), lot)
        waiting = row.orders.filter(state__in=["PLACED", "SHIPPED", "READY", "DELIVERED"]).exists()
        if row.available_grams or waiting:
            raise Conflict("lot.not_empty", _("还有货没卖完或有订单没结算，先办完再收尾。"))
        step(record, row, LOT, Lot.State.CLOSED)
    return row


def demand_sense(goods: Goods) -> None:
    """Refuse goods without weight, price or name."""
    if not 0 < goods.grams <= MOST_GRAMS:
        raise ActionError("intake.grams", _("重量要在 1 克到 5 吨之间，请核对秤上的读数。"), field="kg")
    if goods.price_fen_per_kg <= 0:
        raise ActionError("intake.price", _("单价要大于零。"), field="price")
    if not goods.product.strip() or not goods.grade.strip():
        raise ActionError("intake.product", _("请写品名和等级。"), field="product")


def _lot(record: Recording, act: Act, station: Station, goods: Goods, lot: UUID | None) -> Lot:
    """Find the lot the goods go to, or open one."""
    rows = Lot.objects.filter(station=station, product=goods.product, grade=goods.grade)
    if lot is not None:
        found = rows.filter(public_id=lot).first()
        if found is None:
            raise Conflict("lot.other_goods", _("这批货的品名或等级不同，不能混在一起。"))
        return found
    present = rows.filter(state=Lot.State.TAKING_IN).order_by("-id").first()
    if present is not None:
        return present
    fresh = Lot(
        code=fresh_code("L"), division_code=station.division_code, station=station, product=goods.product,
        grade=goods.grade, fee_bp=station.fee_bp, opened_on=day_of(act.at),
    )  # fmt: skip
    record.create(fresh)
    return fresh
