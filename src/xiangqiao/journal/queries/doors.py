"""Doors and who stands in them: a short session, or a linked account."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from xiangqiao.accounts.models import Grant
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.journal.models import Door, OwnSession
from xiangqiao.journal.rules.codes import digest_of, tidy_token


def door_named(token: str) -> Door | None:
    """Return the door that a token names."""
    name = tidy_token(token)
    return Door.objects.filter(token=name).first() if name else None


def open_session(door: Door, key: str, now: datetime) -> OwnSession | None:
    """Return the session of a browser at a door, while it lasts."""
    if not key:
        return None
    rows = OwnSession.objects.filter(door=door, key_digest=digest_of(key), ended_at__isnull=True)
    return rows.filter(started_at__lte=now, expires_at__gt=now).select_related("door").first()


def linked_households(viewer: Viewer) -> dict[UUID, str]:
    """Return the households that are linked to a person's account, each with the basis of the link."""
    rows = Grant.objects.filter(
        user=viewer.user, capability=Can.OWN_HOUSEHOLD, valid_from__lte=viewer.today
    ).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=viewer.today))
    return dict(rows.order_by("id").values_list("subject", "basis"))
