"""What stands at points: evidence and predictions put together by the rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, scope
from xiangqiao.coverage.models import Evidence, Prediction
from xiangqiao.kernel.bulk import chunks
from xiangqiao.kernel.clock import day_of
from xiangqiao.places import queries as places
from xq_engine.coverage.evidence import Item, Level, Standing, standing

SERVICES = ("MOBILE", "FIBRE")


@dataclass(frozen=True)
class Known:
    """A site with what stands there for each service, and the signal expected."""

    site: places.Site
    mobile: Standing
    fibre: Standing
    prediction: Prediction | None

    def of(self, service: str) -> Standing:
        """Return what stands for a service."""
        return self.mobile if service == "MOBILE" else self.fibre


def points(viewer: AnyViewer, division_code: str = "", *, kinds: Iterable[str] = ()) -> QuerySet[places.Site]:
    """Return the sites that a viewer may see the coverage of."""
    return places.sites(division_code, kinds=kinds).filter(scope(viewer, Can.READ_COVERAGE, subject=None))


def points_with_standing(found: Sequence[places.Site], on: date) -> list[Known]:
    """Return sites with what stands there on a day; two queries for every 900 sites."""
    items: dict[tuple[UUID, str], list[Item]] = defaultdict(list)
    expected: dict[UUID, Prediction] = {}
    for part in chunks([one.public_id for one in found]):
        for row in Prediction.objects.filter(site__in=part).select_related("run"):
            expected[row.site] = row
            items[row.site, "MOBILE"].append(
                Item(Level.PREDICTED, has_service=row.has_service, day=min(day_of(row.run.at), on))
            )
        for one in Evidence.objects.filter(site__in=part):
            items[one.site, one.service].append(item_of(one))
    return [
        Known(
            one,
            standing(items[one.public_id, "MOBILE"], on),
            standing(items[one.public_id, "FIBRE"], on),
            expected.get(one.public_id),
        )
        for one in found
    ]


def standing_of(site: UUID, service: str, *, on: date) -> Standing:
    """Return what stands at one site for one service on a day, by evidence alone."""
    rows = Evidence.objects.filter(site=site, service=service)
    return standing([item_of(one) for one in rows], on)


def item_of(row: Evidence) -> Item:
    """Return a row of evidence as the rule looks at it."""
    level = Level[row.level]
    return Item(level, has_service=row.has_service, day=day_of(row.at), grade=row.grade, order=row.pk)


def evidence_at(viewer: AnyViewer, site: UUID) -> QuerySet[Evidence]:
    """Return all evidence at a site, newest first."""
    return Evidence.objects.visible_to(viewer).filter(site=site).order_by("-at", "-id")
