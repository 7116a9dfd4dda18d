"""The station keepers of a village."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from xiangqiao.accounts.models import Post, RoleChoices


def keepers_of(division_code: str, today: date) -> list[tuple[UUID, str]]:
    """Return the keepers in post in a village: (account, name)."""
    return list(_posts(division_code, today).values_list("user__public_id", "user__name").distinct())


def keeper_named(user: UUID, division_code: str, today: date) -> str | None:
    """Return the name of a keeper in post in a village, None where the person is none there."""
    rows = _posts(division_code, today).filter(user__public_id=user)
    return rows.values_list("user__name", flat=True).first()


def _posts(division_code: str, today: date) -> QuerySet[Post]:
    rows = Post.objects.filter(
        role=RoleChoices.STATION_KEEPER,
        division_code=division_code,
        valid_from__lte=today,
        user__is_active=True,
    )
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today)).order_by("user__name", "user_id")
