"""What a keeper's counter shows: the own station, its lots, orders, purchases, drawer."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet, Sum

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.commerce.models import (
    CashEntry,
    Consent,
    DayClose,
    Intake,
    Lot,
    Offer,
    Order,
    Purchase,
    Settlement,
    Station,
)

OPEN_ORDERS = ("PLACED", "SHIPPED", "READY", "DELIVERED")
OPEN_PURCHASES = ("QUOTED", "PAID", "BOUGHT", "ARRIVED")


def own_station(viewer: AnyViewer) -> Station | None:
    """Return the station that a person keeps today."""
    rows = Station.objects.visible_to(viewer, Can.KEEP_STATION).filter(keeper=viewer.public_id)
    return rows.filter(closed_on__isnull=True, withdrawn_at__isnull=True).order_by("id").first()


def lots_of(station: Station) -> QuerySet[Lot]:
    """Return the lots of a station, newest first."""
    return Lot.objects.filter(station=station).order_by("-id")


def lot_named(viewer: AnyViewer, public_id: UUID) -> Lot:
    """Return a lot a viewer sees. Raises Lot.DoesNotExist."""
    return (
        Lot.objects.visible_to(viewer, Can.KEEP_STATION)
        .select_related("station", "tenant")
        .get(public_id=public_id)
    )


def shares_of(lot: Lot) -> list[tuple[UUID, str, int, int]]:
    """Return (household, name, grams, amount agreed in fen) of a lot, by who came first."""
    found: dict[UUID, tuple[str, int, int]] = {}
    for row in lot.intakes.order_by("id"):
        name, grams, amount = found.get(row.household, (row.name, 0, 0))
        found[row.household] = (name, grams + row.grams, amount + row.amount_fen)
    return [(home, *rest) for home, rest in found.items()]


def orders_of(viewer: AnyViewer) -> QuerySet[Order]:
    """Return the orders a keeper sees, newest first."""
    rows = Order.objects.visible_to(viewer, Can.KEEP_STATION)
    return rows.select_related("offer", "lot", "round").order_by("-id")


def order_named(viewer: AnyViewer, public_id: UUID) -> Order:
    """Return an order a keeper sees. Raises Order.DoesNotExist."""
    return orders_of(viewer).get(public_id=public_id)


def purchases_of(viewer: AnyViewer) -> QuerySet[Purchase]:
    """Return the purchases on behalf a keeper sees, newest first."""
    return Purchase.objects.visible_to(viewer, Can.KEEP_STATION).select_related("station").order_by("-id")


def purchase_named(viewer: AnyViewer, public_id: UUID) -> Purchase:
    """Return a purchase a keeper sees. Raises Purchase.DoesNotExist."""
    return purchases_of(viewer).get(public_id=public_id)


def slip_named(viewer: AnyViewer, public_id: UUID) -> Intake:
    """Return an intake a keeper sees. Raises Intake.DoesNotExist."""
    rows = Intake.objects.visible_to(viewer, Can.KEEP_STATION).select_related("station", "lot")
    return rows.get(public_id=public_id)


def intakes_of(viewer: AnyViewer) -> QuerySet[Intake]:
    """Return the newest intakes a keeper sees."""
    return Intake.objects.visible_to(viewer, Can.KEEP_STATION).select_related("lot").order_by("-id")


def settlements_of(lot: Lot) -> QuerySet[Settlement]:
    """Return the settlements of a lot, newest first."""
    return lot.settlements.prefetch_related("shares").order_by("-id")


def unsettled_fen(lot: Lot) -> int:
    """Return what delivered and paid orders of a lot brought that is not settled (fen)."""
    rows = lot.orders.filter(state="DELIVERED", paid_on__isnull=False)
    return rows.aggregate(n=Sum("amount_fen"))["n"] or 0


def offer_named(viewer: AnyViewer, public_id: UUID) -> Offer:
    """Return an offer a keeper sees. Raises Offer.DoesNotExist."""
    return Offer.objects.visible_to(viewer, Can.KEEP_STATION).get(public_id=public_id)


def consent_named(viewer: AnyViewer, public_id: UUID) -> Consent:
    """Return a consent in force that a keeper sees. Raises Consent.DoesNotExist."""
    rows = Consent.objects.visible_to(viewer, Can.KEEP_STATION).filter(ended_on__isnull=True)
    return rows.get(public_id=public_id)


def consents_of(station: Station) -> QuerySet[Consent]:
    """Return the consents in force at a station."""
    return Consent.objects.filter(station=station, ended_on__isnull=True).order_by("-given_on", "-id")


def cash_of(station: Station) -> QuerySet[CashEntry]:
    """Return the movements of a drawer, newest first."""
    return CashEntry.objects.filter(station=station).order_by("-on", "-id")


def last_close(station: Station) -> DayClose | None:
    """Return the newest close of a day."""
    return station.closes.order_by("-on").first()


def expected_now(station: Station, on: date) -> int:
    """Return what should be in the drawer on a day (fen)."""
    last = last_close(station)
    rows = station.cash.filter(on__lte=on)
    if last is not None:
        rows = rows.filter(on__gt=last.on)
    return (last.counted_fen if last else 0) + (rows.aggregate(n=Sum("amount_fen"))["n"] or 0)
