"""Check-up campaigns: how many of how many, as of when; what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.clinic.models import Campaign, CheckUp, FollowUp
from xiangqiao.clinic.queries.institutions import practice_of
from xiangqiao.clinic.queries.patients import patients


@dataclass(frozen=True)
class Coverage:
    """Examined persons, of the residents stated, as of a day."""

    examined: int
    residents: int
    source: str
    stated_on: date


def campaigns(viewer: AnyViewer) -> QuerySet[Campaign]:
    """Return campaigns with `examined`: those of the own clinic, or all for whom manages them (as totals)."""
    rows = (
        Campaign.objects.select_related("clinic").annotate(examined=Count("checkups")).order_by("-begins_on")
    )
    if viewer.can(Can.MANAGE_CLINIC):
        return rows
    practice = practice_of(viewer)
    return rows.filter(clinic=practice.institution) if practice else rows.none()


def coverage(campaign: Campaign, *, on: date | None = None) -> Coverage:
    """Return how many of a campaign's residents were examined, until a day where one is named."""
    rows = CheckUp.objects.filter(campaign=campaign)
    if on is not None:
        rows = rows.filter(on__lte=on)
    return Coverage(rows.count(), campaign.residents, campaign.residents_source, campaign.residents_on)


def village_campaign(division_code: str, *, on: date) -> Campaign | None:
    """Return the latest campaign of a village that had begun by a day: public figures, no person."""
    return (
        Campaign.objects.filter(division_code=division_code, begins_on__lte=on).order_by("-begins_on").first()
    )


def due_followups(viewer: AnyViewer, *, until: date) -> QuerySet[FollowUp]:
    """Return what the own clinic has to look at again until a day, the most urgent first."""
    rows = FollowUp.objects.filter(patient__in=patients(viewer), done_on__isnull=True, due_on__lte=until)
    return rows.select_related("patient").order_by("due_on", "id")
