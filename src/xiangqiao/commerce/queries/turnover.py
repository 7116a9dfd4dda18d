"""Turnover by month: of a station for its keeper and the office, of townships for leaders. Persons are never ranked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Substr, TruncMonth

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.commerce.models import CashEntry, Order, Purchase, Station


@dataclass
class Month:
    """What a month brought over the counter and online, in fen."""

    shop_fen: int = 0
    orders_fen: int = 0
    purchases_fen: int = 0

    @property
    def total_fen(self) -> int:
        """Return all three together."""
        return self.shop_fen + self.orders_fen + self.purchases_fen


_SHOP = Q(kind="SHOP_SALE") | Q(kind="CORRECTION", corrects__kind="SHOP_SALE")


def turnover(station: Station, *, since: date) -> dict[str, Month]:
    """Return a station's turnover by month (`2016-11`), oldest first: shop sales, goods delivered, purchases collected."""
    found: dict[str, Month] = defaultdict(Month)
    parts: list[tuple[str, QuerySet[CashEntry] | QuerySet[Order] | QuerySet[Purchase], str, str]] = [
        ("shop_fen", CashEntry.objects.filter(_SHOP, station=station), "on", "amount_fen"),
        (
            "orders_fen",
            Order.objects.filter(lot__station=station, state__in=["DELIVERED", "SETTLED"]),
            "delivered_on",
            "amount_fen",
        ),
        (
            "purchases_fen",
            Purchase.objects.filter(station=station, state="COLLECTED"),
            "collected_on",
            "price_fen",
        ),
    ]
    for name, rows, day, amount in parts:
        dated = (
            rows.filter(**{f"{day}__gte": since}).order_by().annotate(month=TruncMonth(day)).values("month")
        )
        for month, total in dated.annotate(total=Sum(F(amount))).values_list("month", "total"):
            setattr(found[f"{month:%Y-%m}"], name, total or 0)
    return dict(sorted(found.items()))


def delivered_by_month(viewer: AnyViewer, *, since: date) -> dict[str, tuple[int, int]]:
    """Return how many orders were delivered in a month (`2016-11`) and what they came to, in fen."""
    rows = Order.objects.visible_to(viewer).filter(
        state__in=["DELIVERED", "SETTLED"], delivered_on__gte=since
    )
    by_month = rows.order_by().annotate(month=TruncMonth("delivered_on")).values("month")
    counted = by_month.annotate(n=Count("pk"), total=Sum("amount_fen")).values_list("month", "n", "total")
    return {f"{month:%Y-%m}": (n, total) for month, n, total in counted}


def township_turnover(viewer: AnyViewer, *, since: date) -> dict[str, int]:
    """Return what goods delivered online brought since a day, by township (12-digit code), in fen."""
    rows = Order.objects.visible_to(viewer).filter(
        state__in=["DELIVERED", "SETTLED"], delivered_on__gte=since
    )
    by_town = rows.order_by().annotate(town=Substr("division_code", 1, 9)).values("town")
    counted = by_town.annotate(total=Sum("amount_fen")).values_list("town", "total")
    return {f"{town}000": total for town, total in counted}
