"""Visits with what they say now, and what they said before."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from django.db.models import F, QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.journal.models import Promise, Visit, VisitRevision
from xiangqiao.kernel.clock import LOCAL
from xq_engine.divisions import range_of


def visits(viewer: AnyViewer, *, division: str = "", since: date | None = None) -> QuerySet[Visit]:
    """Return the visits that a person sees, in a division, since a day."""
    rows = Visit.objects.visible_to(viewer)
    if division:
        first, after = range_of(division)
        rows = rows.filter(division_code__gte=first, division_code__lt=after)
    return rows if since is None else rows.filter(at__gte=begin_of(since))


def begin_of(day: date) -> datetime:
    """Return the first moment of a day where the county lies."""
    return datetime.combine(day, time.min, LOCAL)


def told(rows: list[Visit]) -> dict[int, VisitRevision]:
    """Return what visits of a page say now: one query."""
    found = VisitRevision.objects.filter(visit__in=rows, number=F("visit__revision"))
    return {one.visit_id: one for one in found}


def visit_named(viewer: AnyViewer, public_id: UUID, act: Can = Can.READ_JOURNAL) -> Visit | None:
    """Return one visit that a person sees."""
    return Visit.objects.visible_to(viewer, act).filter(public_id=public_id).first()


def revisions_of(visit: Visit) -> list[VisitRevision]:
    """Return what a visit says and said, the newest first."""
    return list(visit.revisions.order_by("-number"))


def visits_of(household: UUID, most: int = 10) -> list[VisitRevision]:
    """Return the last visits to a household whose reader was checked, as they read now: one query."""
    rows = VisitRevision.objects.filter(visit__household=household, number=F("visit__revision"))
    return list(rows.select_related("visit").order_by("-visit__at", "-visit_id")[:most])


def open_promises_of(household: UUID) -> list[Promise]:
    """Return the open promises to a household whose reader was checked, the next due first."""
    return list(
        Promise.objects.filter(household=household, state=Promise.State.OPEN).order_by("due_on", "id")
    )


def promise_named(viewer: AnyViewer, public_id: UUID) -> Promise | None:
    """Return one promise that a person sees."""
    return Promise.objects.visible_to(viewer).filter(public_id=public_id).first()
