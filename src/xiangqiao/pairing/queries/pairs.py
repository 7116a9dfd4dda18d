"""Pairs in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.pairing.models import Pairing
from xiangqiao.pairing.rules import NEEDY_EXIT_STATUS, NEEDY_WATCH_TYPES


def pairs_in(viewer: AnyViewer) -> QuerySet[Pairing]:
    """Return the pairs in force that a viewer sees, with cadre and unit."""
    return Pairing.objects.visible_to(viewer).filter(valid_to__isnull=True).select_related("cadre__unit")


def paired_households() -> QuerySet[Pairing, Any]:
    """Return, as a subquery, the public ids of households that have a cadre now."""
    return Pairing.objects.filter(valid_to__isnull=True).values("household")


def needy_condition() -> Q:
    """Return the condition on a household of the register: it is to have a cadre."""
    return Q(exit_status__in=NEEDY_EXIT_STATUS) | Q(watch_type__in=NEEDY_WATCH_TYPES)


def unpaired_condition() -> Q:
    """Return the condition on a household of the register: it is to have a cadre and has none."""
    return needy_condition() & ~Q(public_id__in=paired_households())


def without_cadre(*, wanted: bool) -> Q:
    """Return the condition "should have a cadre and has none", or its opposite "has one"."""
    return unpaired_condition() if wanted else Q(public_id__in=paired_households())


def cadres_of(viewer: AnyViewer, households: Iterable[UUID]) -> dict[UUID, Pairing]:
    """Return the pair in force of each household of a page: one query."""
    return {pair.household: pair for pair in pairs_in(viewer).filter(household__in=list(households))}


def cadre_of(viewer: AnyViewer, household: UUID, *, on: date | None = None) -> Pairing | None:
    """Return the pair of a household: in force now, or on a day."""
    rows = Pairing.objects.visible_to(viewer).filter(household=household).select_related("cadre__unit")
    if on is None:
        return rows.filter(valid_to__isnull=True).first()
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on).first()


def pairs_of(viewer: AnyViewer, household: UUID) -> QuerySet[Pairing]:
    """Return every pair that a household has or had, the newest first, with the cadre."""
    rows = Pairing.objects.visible_to(viewer).filter(household=household)
    return rows.select_related("cadre").order_by("-valid_from", "-id")
