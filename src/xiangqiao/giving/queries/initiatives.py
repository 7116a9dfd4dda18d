"""Joint initiatives, with what came of them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from xiangqiao.giving.models import Gift, Initiative

_DONE = Q(gifts__state=Gift.State.CONFIRMED)


def initiatives() -> QuerySet[Initiative]:
    """Return all initiatives, newest first, with `given` confirmed gifts and their `worth` in fen."""
    rows = Initiative.objects.annotate(
        given=Count("gifts", filter=_DONE), worth=Sum("gifts__value_fen", filter=_DONE, default=0)
    )
    return rows.order_by("-starts_on", "-id").prefetch_related("parts")


def initiative(public_id: UUID) -> Initiative | None:
    """Return one initiative."""
    return initiatives().filter(public_id=public_id).first()
