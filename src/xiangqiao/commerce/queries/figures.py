"""The figures of e-commerce on a day, each with the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.commerce.models import LedJob, Operator, Pavilion, PoorVillage, Station, Tenant


@dataclass(frozen=True)
class Figures:
    """What the report counts. `poor_villages` is the denominator of the last two."""

    points: int
    townships: int
    operators: int
    centres: int
    post_stations: int
    tenants: int
    pavilions: int
    poor_villages: int
    poor_villages_with_post: int
    poor_villages_with_point: int


def points_on(viewer: AnyViewer, day: date) -> QuerySet[Station]:
    """Return the service points open on a day."""
    return Station.objects.visible_to(viewer).open_on(day).points()


def centres_on(day: date) -> int:
    """Return how many operating centres of operators the county has on a day."""
    return Station.objects.open_on(day).filter(level="COUNTY").count()


def tenants_on(viewer: AnyViewer, day: date) -> QuerySet[Tenant]:
    """Return the tenants in the park on a day."""
    return Tenant.objects.visible_to(viewer).present_on(day)


def designated(viewer: AnyViewer, day: date) -> QuerySet[PoorVillage]:
    """Return the poor villages designated on a day; once the designation ended, those that were."""
    rows = PoorVillage.objects.visible_to(viewer)
    return rows.in_force(day) if rows.in_force(day).exists() else rows


def figures(viewer: AnyViewer, day: date) -> Figures:
    """Return the figures on a day, from what the viewer sees: half a dozen queries."""
    points = points_on(viewer, day)
    poor = designated(viewer, day)
    post = points.filter(operator=Operator.CHINA_POST)
    codes = poor.values("division_code")
    return Figures(
        points=points.count(),
        townships=points.annotate(town=Substr("division_code", 1, 9))
        .order_by()
        .values("town")
        .distinct()
        .count(),
        operators=points.order_by().values("operator").distinct().count(),
        centres=centres_on(day),
        post_stations=post.count(),
        tenants=tenants_on(viewer, day).count(),
        pavilions=Pavilion.objects.open_on(day).count(),
        poor_villages=poor.count(),
        poor_villages_with_post=_villages(post.filter(division_code__in=codes)),
        poor_villages_with_point=_villages(points.filter(division_code__in=codes)),
    )


def _villages(rows: QuerySet[Station]) -> int:
    return rows.order_by().values("division_code").distinct().count()


def points_by_operator(viewer: AnyViewer, day: date) -> dict[str, int]:
    """Return how many points each operator has open on a day."""
    rows = points_on(viewer, day).order_by().values("operator").annotate(n=Count("id"))
    return dict(rows.values_list("operator", "n"))


def points_by_township(viewer: AnyViewer, day: date) -> dict[str, int]:
    """Return how many points each township (12-digit code) has open on a day."""
    rows = points_on(viewer, day).order_by().annotate(town=Substr("division_code", 1, 9))
    counted = rows.values("town").annotate(n=Count("id")).values_list("town", "n")
    return {f"{town}000": n for town, n in counted}


def jobs_led(viewer: AnyViewer, day: date) -> QuerySet[LedJob]:
    """Return the jobs that tenants gave to members of households, held on a day."""
    rows = LedJob.objects.visible_to(viewer).filter(from_on__lte=day)
    return (rows.filter(to_on__isnull=True) | rows.filter(to_on__gt=day)).select_related("tenant")
