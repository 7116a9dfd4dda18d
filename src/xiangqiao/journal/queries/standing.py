"""扶贫管理: how the work stands now, by place. Totals of places with their denominators; never of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.journal.models import Promise, Visit
from xiangqiao.journal.queries.disputes import disputes
from xiangqiao.journal.queries.visits import begin_of, visits
from xiangqiao.journal.rules.attention import LONG, VERY_LONG
from xiangqiao.pairing.queries import paired_households
from xiangqiao.people.queries import HouseholdFilter
from xiangqiao.people.queries.standing import matches_by_place
from xq_engine.divisions import range_of

RECENT = 30


@dataclass(frozen=True)
class Standing:
    """How the work of one place stands. `paired` (open households that have a cadre) is the denominator of the three
    numbers of households; promises and disputes are counted by themselves."""

    paired: int = 0
    visited: int = 0
    unvisited: int = 0
    long_unvisited: int = 0
    visits: int = 0
    promises: int = 0
    overdue: int = 0
    disputes: int = 0


def standing(viewer: AnyViewer, *, division: str, digits: int, today: date) -> dict[str, Standing]:
    """Return how the work stands in each part of a division (its first `digits`, filled up with zeros): seven queries."""
    wanted = HouseholdFilter(division=division)

    def homes(extra: Q) -> dict[str, int]:
        return matches_by_place(viewer, wanted, extra=extra, digits=digits)

    paired = homes(_paired())
    unvisited = homes(unvisited_condition(LONG, today))
    longer = homes(unvisited_condition(VERY_LONG, today))
    recent = homes(_paired() & Q(public_id__in=_visited(RECENT, today)))
    logged = _by_place(
        visits(viewer, division=division, since=today - timedelta(days=RECENT)), digits, n=Count("id")
    )
    promised = _by_place(
        open_promises(viewer, division=division),
        digits,
        n=Count("id"),
        late=Count("id", filter=Q(due_on__lt=today)),
    )
    disputed = _by_place(disputes(viewer, division=division), digits, n=Count("id"))
    return {
        code: Standing(
            paired.get(code, 0),
            recent.get(code, 0),
            unvisited.get(code, 0),
            longer.get(code, 0),
            logged.get(code, {}).get("n", 0),
            promised.get(code, {}).get("n", 0),
            promised.get(code, {}).get("late", 0),
            disputed.get(code, {}).get("n", 0),
        )
        for code in sorted({*paired, *logged, *promised, *disputed})
    }


def unvisited_condition(days: int, today: date) -> Q:
    """Return the condition on a household of the register: it has a cadre, and nobody visited it for so many days."""
    return _paired() & ~Q(public_id__in=_visited(days, today))


def open_promises(viewer: AnyViewer, *, division: str = "") -> QuerySet[Promise]:
    """Return the open promises that a person sees, in a division."""
    rows = Promise.objects.visible_to(viewer).filter(state=Promise.State.OPEN)
    if division:
        first, after = range_of(division)
        rows = rows.filter(division_code__gte=first, division_code__lt=after)
    return rows


def last_visits(households: list[Any]) -> dict[Any, Any]:
    """Return the moment of the last visit of each household of a page: one query."""
    rows = Visit.objects.filter(household__in=households).order_by("household", "at")
    return dict(rows.values_list("household", "at"))


def _paired() -> Q:
    return Q(public_id__in=paired_households())


def _visited(days: int, today: date) -> QuerySet[Visit, Any]:
    return Visit.objects.filter(at__gte=begin_of(today - timedelta(days=days))).values("household")


def _by_place(rows: QuerySet[Any], digits: int, **counts: Any) -> dict[str, dict[str, int]]:
    counted = (
        rows.order_by().annotate(place=Substr("division_code", 1, digits)).values("place").annotate(**counts)
    )
    return {row.pop("place").ljust(12, "0"): row for row in counted}
