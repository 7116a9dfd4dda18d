"""Errands of a keeper, and the drawer."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.services.models import AgentOrder, DrawerDay
from xiangqiao.services.rules.agency import DayBalance, day_balance


def orders(viewer: AnyViewer, *, on: date | None = None) -> QuerySet[AgentOrder]:
    """Return the errands that a viewer may read, newest first; of one day where named."""
    rows = AgentOrder.objects.visible_to(viewer).order_by("-id")
    return rows.filter(on=on) if on is not None else rows


def order_of_code(viewer: AnyViewer, public_id: UUID) -> AgentOrder:
    """Return one errand. Raises AgentOrder.DoesNotExist where unseen."""
    return AgentOrder.objects.visible_to(viewer).get(public_id=public_id)


def drawer_of(keeper: UUID, on: date) -> tuple[DrawerDay | None, DayBalance]:
    """Return a keeper's drawer of a day (None: not opened) and its balance."""
    row = DrawerDay.objects.filter(keeper=keeper, on=on).first()
    found = AgentOrder.objects.filter(keeper=keeper, on=on).values_list("state", "amount_fen", "fee_fen")
    opening = row.opening_fen if row else 0
    return row, day_balance(opening, [(state, amount + fee) for state, amount, fee in found])


def recent_drawers(keeper: UUID, *, most: int = 14) -> list[DrawerDay]:
    """Return a keeper's last days with the drawer, newest first."""
    return list(DrawerDay.objects.filter(keeper=keeper).order_by("-on")[:most])
