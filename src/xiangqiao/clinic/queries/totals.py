"""Figures without persons: what the health commission and the mission page read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.clinic.models import CheckUp, Consultation, Institution, Opinion


@dataclass(frozen=True)
class Totals:
    """Counts until a day: consultations asked, patients for whom an opinion came, opinions, check-ups, institutions."""

    asked: int
    patients_consulted: int
    opinions: int
    examined: int
    clinics: int
    hospitals: int


def totals(viewer: AnyViewer, *, on: date) -> Totals:
    """Return the totals until the end of a day. Raises NotAllowed without the post."""
    viewer.demand(Can.MANAGE_CLINIC)
    asked = Consultation.objects.filter(asked_at__date__lte=on)
    answered = Opinion.objects.filter(at__date__lte=on)
    return Totals(
        asked=asked.count(),
        patients_consulted=answered.values("consultation__case__patient").distinct().count(),
        opinions=answered.count(),
        examined=CheckUp.objects.filter(on__lte=on).count(),
        clinics=Institution.objects.filter(kind=Institution.Kind.CLINIC).count(),
        hospitals=Institution.objects.filter(kind=Institution.Kind.HOSPITAL).count(),
    )
