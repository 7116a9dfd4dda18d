"""Stations and masts of the register, and figures declared beside them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.coverage.models import DeclaredStatistic, Mast, Station


@dataclass(frozen=True)
class StationCounts:
    """How many stations stand, by operator and technology, on how many masts, and how many masts are shared."""

    total: int
    by_kind: dict[tuple[str, str], int]
    masts: int
    shared: int


def stations(
    viewer: AnyViewer, *, operator: str = "", technology: str = "", text: str = ""
) -> QuerySet[Station]:
    """Return the stations that stand and that a viewer may see, with their masts."""
    found = Station.objects.visible_to(viewer).filter(retired_on__isnull=True).select_related("mast")
    if operator:
        found = found.filter(operator=operator)
    if technology:
        found = found.filter(technology=technology)
    return found.filter(name__icontains=text) if text else found


def station_counts(viewer: AnyViewer) -> StationCounts:
    """Return the counts of what a viewer sees; three queries."""
    seen = stations(viewer).order_by()
    rows = seen.values_list("operator", "technology").annotate(n=Count("id"))
    by_kind = {(operator, technology): n for operator, technology, n in rows}
    masts = Mast.objects.visible_to(viewer)
    shared = masts.annotate(n=Count("stations__operator", distinct=True)).filter(n__gt=1).count()
    return StationCounts(sum(by_kind.values()), by_kind, masts.count(), shared)


def four_g_places() -> list[tuple[float, float]]:
    """Return where 4G stations stand; for distances, never shown."""
    rows = Station.objects.filter(technology="4G", retired_on__isnull=True).values_list("lon_e6", "lat_e6")
    return [(lon / 1e6, lat / 1e6) for lon, lat in rows]


def declared(viewer: AnyViewer) -> list[DeclaredStatistic]:
    """Return the newest declared figure of each kind. Raises NotAllowed without the programme's post."""
    viewer.demand(Can.READ_COVERAGE)
    newest: dict[str, DeclaredStatistic] = {}
    for row in DeclaredStatistic.objects.order_by("as_of", "id"):
        newest[row.code] = row
    return [newest[code] for code in DeclaredStatistic.Code.values if code in newest]
