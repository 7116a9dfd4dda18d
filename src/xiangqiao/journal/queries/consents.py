"""Consents in force."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from xiangqiao.accounts.viewer import Viewer
from xiangqiao.journal.models import Consent


def consents_of(household: UUID, today: date) -> list[Consent]:
    """Return the consents of a household that are in force, for a reader who was checked."""
    return list(_in_force(today).filter(household=household).order_by("id"))


def standing_consent(viewer: Viewer, household: UUID) -> Consent | None:
    """Return the consent under which a keeper may open a household's page today."""
    return _in_force(viewer.today).filter(household=household, keeper=viewer.user.public_id).first()


def households_of_keeper(viewer: Viewer) -> list[Consent]:
    """Return the consents that a keeper was given and that are in force."""
    return list(_in_force(viewer.today).filter(keeper=viewer.user.public_id).order_by("household"))


def _in_force(today: date) -> QuerySet[Consent]:
    return Consent.objects.filter(withdrawn_at__isnull=True, valid_from__lte=today, valid_to__gt=today)
