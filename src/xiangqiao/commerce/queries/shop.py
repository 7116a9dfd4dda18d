"""What the public sees: pavilions, offers whose words were approved, the state of an order by its code."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, QuerySet

from xiangqiao.commerce.models import Offer, Pavilion
from xiangqiao.commerce.rules.story import KIND
from xiangqiao.kernel import publication as guard
from xiangqiao.kernel.clock import day_of


def pavilions(now: datetime) -> QuerySet[Pavilion]:
    """Return the pavilions open today, oldest first."""
    return Pavilion.objects.open_on(day_of(now)).order_by("opened_on", "id")


def public_offers(now: datetime) -> QuerySet[Offer]:
    """Return the offers that the public sees: open, their words approved, in an open pavilion."""
    shown = guard.visible(KIND, now).order_by().values("subject")
    return (
        Offer.objects.filter(state=Offer.State.OPEN, public_id__in=shown, pavilion__in=pavilions(now))
        .select_related("lot", "pavilion", "lot__station", "beginner")
        .order_by("-id")
    )


def public_offer(code: str, *, now: datetime) -> Offer | None:
    """Return one public offer by its code."""
    return public_offers(now).filter(code=code).first()


def in_stock(rows: QuerySet[Offer]) -> QuerySet[Offer]:
    """Return the offers of which at least one pack is left."""
    return rows.filter(lot__available_grams__gte=F("pack_grams"))


def packs_left(offer: Offer) -> int:
    """Return how many packs can still be ordered."""
    return int(offer.lot.available_grams // offer.pack_grams)
