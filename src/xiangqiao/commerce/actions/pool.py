"""The exhibition park's pool of goods: what tenants lay there for beginners to sell, with no money of their own."""

from __future__ import annotations

from uuid import UUID

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.commerce.actions import stock
from xiangqiao.commerce.actions.intakes import Goods, demand_sense
from xiangqiao.commerce.actions.moving import fresh_code, locked
from xiangqiao.commerce.models import Lot, Tenant
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.record import Act, recording


def lay_in_pool(*, act: Act, tenant: UUID, goods: Goods) -> Lot:
    """Lay goods of a tenant into the pool, at what the tenant asks for a kilogram."""
    viewer = permit(act, Can.MANAGE_COMMERCE)
    demand_sense(goods)
    with recording("commerce.pool_filled", act) as record:
        supplier = locked(Tenant.objects.visible_to(viewer, Can.MANAGE_COMMERCE), tenant)
        row = Lot(
            code=fresh_code("P"), division_code=supplier.division_code, tenant=supplier, product=goods.product,
            grade=goods.grade, cost_fen_per_kg=goods.price_fen_per_kg, opened_on=day_of(act.at),
        )  # fmt: skip
        record.create(row)
        stock.add(row, goods.grams)
        record.event.subject = row.public_id
    return row
