"""Proceeds to the households: shares to the fen, a transfer, an income line and a line on the timeline for each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.commerce.actions.drawer import book
from xiangqiao.commerce.actions.moving import locked, step
from xiangqiao.commerce.models import CashEntry, Lot, Order, Settlement, SettlementShare, Station
from xiangqiao.commerce.queries.counter import household_of_id
from xiangqiao.commerce.rules.money import fee_of, value_of
from xiangqiao.commerce.rules.shares import split
from xiangqiao.commerce.rules.states import ORDER
from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import Conflict
from xiangqiao.kernel.record import Act, Recording, recording
from xiangqiao.ledger.actions import Unit, account_of, add_evidence, post_transfer

if TYPE_CHECKING:
    from xiangqiao.ledger.models import Account

# Sales of the household's own goods are income from business; its costs stand in a line of their own.
# Source: facts/catalogue.toml, income_business_fen and cost_business_fen.
INCOME_LINE = "income_business_fen"


def settle(*, act: Act, lot: UUID, way: str) -> Settlement:
    """Settle every delivered and paid order of a station's lot: gross less fee, shared by weight, to the fen.

    Raises Conflict where nothing waits to be settled: somebody did it before.
    """
    viewer = permit(act, Can.KEEP_STATION)
    with recording("commerce.lot_settled", act) as record:
        goods = locked(Lot.objects.visible_to(viewer, Can.KEEP_STATION).filter(station__isnull=False), lot)
        orders = _waiting(goods.orders.all())
        gross = sum(one.amount_fen for one in orders)
        weights: dict[UUID, int] = defaultdict(int)
        for home, grams in goods.intakes.order_by("id").values_list("household", "grams"):
            weights[home] += grams
        row = _settlement(act, goods, gross, fee_of(gross, goods.fee_bp), way)
        _write(record, act, row, orders, dict(weights), goods.station)
    return row


def settle_shop(*, act: Act, beginner: UUID, lot: UUID, way: str) -> Settlement:
    """Settle a beginner's sales from the pool: what the supplier asks goes to the supplier, the rest to the beginner."""
    permit(act, Can.MANAGE_COMMERCE)
    with recording("commerce.shop_settled", act) as record:
        goods = locked(Lot.objects.filter(tenant__isnull=False), lot)
        orders = _waiting(goods.orders.filter(offer__beginner__public_id=beginner))
        gross = sum(one.amount_fen for one in orders)
        cost = sum(value_of(one.grams, goods.cost_fen_per_kg) for one in orders)
        shop = orders[0].offer.beginner
        row = _settlement(act, goods, gross, min(cost, gross), way)
        row.division_code = orders[0].division_code
        home = shop.household if shop else beginner
        _write(record, act, row, orders, {home: sum(one.grams for one in orders)}, None)
    return row


def _waiting(rows: QuerySet[Order]) -> list[Order]:
    found = list(
        rows.filter(state="DELIVERED", paid_on__isnull=False).select_for_update(of=("self",)).order_by("id")
    )
    if not found:
        raise Conflict("settle.nothing", _("没有等结算的订单：要先送达并收到款。"))
    return found


def _settlement(act: Act, lot: Lot, gross: int, fee: int, way: str) -> Settlement:
    return Settlement(
        lot=lot, division_code=lot.division_code, gross_fen=gross, fee_fen=fee, net_fen=gross - fee, way=way,
        on=day_of(act.at), at=act.at,
    )  # fmt: skip


def _write(
    record: Recording,
    act: Act,
    row: Settlement,
    orders: list[Order],
    weights: dict[UUID, int],
    station: Station | None,
) -> None:
    """Write a settlement: its orders closed, each household's share in its account, its income, its timeline."""
    record.create(row)
    record.event.subject, record.event.division_code = row.public_id, row.division_code
    for one in orders:
        step(record, one, ORDER, "SETTLED", settlement_id=row.pk)
    owner = station.public_id if station else row.lot.public_id
    source = account_of(
        owner=owner, purpose="commerce.proceeds", unit=Unit.FEN, division_code=row.division_code
    )
    for home, amount in split(row.net_fen, weights).items():
        _bring(record, act, row, source, home, weights[home], amount)
    if station is not None and row.way == Settlement.Way.CASH and row.net_fen:
        book(act, station, CashEntry.Kind.PAY_OUT, -row.net_fen, row.public_id)


def _bring(
    record: Recording, act: Act, row: Settlement, source: Account, home: UUID, grams: int, amount: int
) -> None:
    """Bring one household its share."""
    place = household_of_id(home)
    code = place.division_code if place else row.division_code
    share = SettlementShare(
        settlement=row, household=home, division_code=row.division_code, grams=grams, amount_fen=amount
    )
    if amount:
        own = account_of(owner=home, purpose="commerce.sales", unit=Unit.FEN, division_code=code)
        what = _words(row)
        share.transfer = post_transfer(
            act=act.keyless(), debit=own, credit=source, amount=amount, on=row.on, what=what
        ).public_id
        share.evidence = add_evidence(
            act=act.keyless(), owner=home, division_code=code, year=row.on.year, line=INCOME_LINE,
            amount_fen=amount, source=what,
        ).public_id  # fmt: skip
    record.create(share)
    add_line(
        act=act.keyless(), household=home, division_code=code, programme="COMMERCE",
        sentence=gettext_noop("网上卖出%(product)s，结算到账"), source_id=share.public_id, amount_fen=amount,
        product=row.lot.product,
    )  # fmt: skip


def _words(row: Settlement) -> str:
    return f"电商结算 {row.lot.product} {row.lot.code}"
