"""The statistics that are public: what each counts, out of what, and its values of the last twelve months or by township.

A value made of fewer than five records is withheld, so that nobody is guessed from a total.
Source of the threshold: the smallest cell that Chinese statistical offices release for administrative records is a local
choice; five is the value used by the UN handbook on disclosure control (UNECE, Managing Statistical Confidentiality, 2009).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.commerce.queries import figures as commerce
from xiangqiao.commerce.queries.turnover import delivered_by_month
from xiangqiao.giving import queries as giving
from xiangqiao.journal import queries as journal
from xiangqiao.kernel.clock import LOCAL
from xiangqiao.places import queries as places
from xiangqiao.services import queries as services

LEAST = 5
MONTHS = 12
# Totals only ever leave this module.
VIEWER = SystemViewer("数据公开")


@dataclass(frozen=True)
class Value:
    """One value: `count` records stand behind `amount`; None where it tells of public things, not of people's acts."""

    label: str
    count: int | None
    amount: float

    @property
    def shown(self) -> float | None:
        """Return what may be published: None where too few records stand behind it."""
        return None if self.count is not None and 0 < self.count < LEAST else self.amount


@dataclass(frozen=True)
class Series:
    """A public statistic. `by_month` draws a line, otherwise bars."""

    key: str
    title: Promise
    meaning: Promise
    unit: Promise
    values: Callable[[date], list[Value]]
    by_month: bool = True


def last_months(today: date) -> list[date]:
    """Return the first days of the last twelve whole or begun months, oldest first.

    >>> last_months(date(2026, 2, 9))[0], last_months(date(2026, 2, 9))[-1]
    (datetime.date(2025, 3, 1), datetime.date(2026, 2, 1))
    """
    newest = today.year * 12 + today.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(newest - MONTHS + 1, newest + 1)]


def _monthly(found: Mapping[str, tuple[int, float]], today: date) -> list[Value]:
    return [Value(f"{one:%Y-%m}", *found.get(f"{one:%Y-%m}", (0, 0))) for one in last_months(today)]


def _counted(rows: QuerySet[Any], moment: str, today: date) -> list[Value]:
    """Count rows by the month of a moment, in one query."""
    since = last_months(today)[0]
    dated = rows.filter(**{f"{moment}__gte": datetime.combine(since, time.min, LOCAL)}).order_by()
    by_month = dated.annotate(month=TruncMonth(moment)).values("month").annotate(n=Count("pk"))
    found = {f"{month:%Y-%m}": (n, n) for month, n in by_month.values_list("month", "n")}
    return _monthly(found, today)


def _visits(today: date) -> list[Value]:
    return _counted(journal.visits(VIEWER), "at", today)


def _questions(today: date) -> list[Value]:
    return _counted(services.questions(VIEWER), "asked_at", today)


def _gifts(today: date) -> list[Value]:
    return _counted(giving.gifts(VIEWER, state="CONFIRMED"), "ended_at", today)


def _sales(today: date) -> list[Value]:
    months = delivered_by_month(VIEWER, since=last_months(today)[0])
    return _monthly({month: (n, fen / 100) for month, (n, fen) in months.items()}, today)


def _stations(today: date) -> list[Value]:
    points = commerce.points_by_township(VIEWER, today)
    here = places.county()
    towns = places.children(here.code) if here else []
    english = (get_language() or "").startswith("en")
    return [Value((english and town.name_en) or town.name, None, points.get(town.code, 0)) for town in towns]


SERIES = (
    Series(
        "visits", _("帮扶日志"), _("每月记下的上门和电话帮扶次数。一次一篇，改过的仍算一篇。"), pgettext_lazy("statistics", "篇"), _visits
    ),
    Series(
        "questions", _("群众提问"), _("每月收到的提问，网站、公众号、柜台和上门代问都算，按收到的日子。"), pgettext_lazy("statistics", "件"), _questions
    ),
    Series(
        "sales", _("站点网上卖出"), _("每月送达的订单金额，按送达的日子；退货的不算。"), pgettext_lazy("statistics", "元"), _sales
    ),
    Series(
        "gifts", _("送到并确认的捐助"), _("每月由受助户本人或见证人确认收到的捐助，物品、工时和现金各算一件。"), pgettext_lazy("statistics", "件"), _gifts
    ),
    Series(
        "stations", _("各乡镇服务站点"), _("今天开着的电商服务站点，四家平台合计。"), pgettext_lazy("statistics", "个"), _stations, by_month=False
    ),
)  # fmt: skip


def series_named(key: str) -> Series | None:
    """Return a statistic by its key."""
    return next((one for one in SERIES if one.key == key), None)
