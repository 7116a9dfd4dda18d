"""Gifts as the office and the donor see them."""

from __future__ import annotations

import hmac
from uuid import UUID

from django.db.models import QuerySet

from xiangqiao.accounts.viewer import AnyViewer, Viewer
from xiangqiao.giving.follow import blind
from xiangqiao.giving.models import Gift

_WITH = ("need__appeal", "initiative")


def gifts(viewer: AnyViewer, *, state: str = "", need: int | None = None) -> QuerySet[Gift]:
    """Return the gifts that a viewer sees, newest first."""
    rows = Gift.objects.visible_to(viewer).select_related(*_WITH)
    if state:
        rows = rows.filter(state=state)
    return (rows if need is None else rows.filter(need=need)).order_by("-offered_at", "-id")


def gift(viewer: AnyViewer, public_id: UUID) -> Gift | None:
    """Return one gift, None where it is not seen."""
    return gifts(viewer).filter(public_id=public_id).first()


def own_gifts(viewer: Viewer) -> QuerySet[Gift]:
    """Return what a person gave, newest first."""
    rows = Gift.objects.filter(donor=viewer.user.public_id).select_related(*_WITH)
    return rows.order_by("-offered_at", "-id")


def followed(phone: str, code: str) -> Gift | None:
    """Return the gift that a guest offered with this phone and was given this code for."""
    rows = Gift.objects.filter(phone_hash=blind("phone", phone)).select_related(*_WITH)
    wanted = blind("follow", code)
    return next((row for row in rows if row.code_hash and hmac.compare_digest(row.code_hash, wanted)), None)
