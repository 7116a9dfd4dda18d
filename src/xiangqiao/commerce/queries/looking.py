"""Finding an order by what its buyer knows."""

from __future__ import annotations

import hmac
from uuid import UUID

from django.db.models import F

from xiangqiao.commerce.models import Order
from xiangqiao.commerce.rules.codes import MOST_MISSES, TAIL_LENGTH, digits, typed
from xiangqiao.kernel.keyring import vault

_WITH = ("offer", "lot", "lot__station", "round")


def order_by_id(public_id: UUID) -> Order | None:
    """Return an order whose pass somebody holds."""
    return Order.objects.select_related(*_WITH).filter(public_id=public_id).first()


def order_by_code(code: str, tail: str) -> Order | None:
    """Return an order to who knows its code and the last four digits of the phone; ten misses close the way."""
    order = Order.objects.select_related(*_WITH).filter(code=typed(code)).first()
    if order is None or order.tail_misses >= MOST_MISSES:
        return None
    given = vault().blind("order_tail", f"{order.public_id}|{digits(tail)[-TAIL_LENGTH:]}")
    if hmac.compare_digest(given, order.tail_hash):
        return order
    # Counted aside: no attribute of the order changes, and a miss is no act of anybody.
    Order.objects.filter(pk=order.pk).update(tail_misses=F("tail_misses") + 1)
    return None
