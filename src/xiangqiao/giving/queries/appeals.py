"""Appeals as the office, the raiser and the household see them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet

from xiangqiao.accounts.viewer import AnyViewer, SystemViewer
from xiangqiao.giving.models import Appeal, MirroredTotal, Need, Verification
from xiangqiao.people.queries import household

if TYPE_CHECKING:
    from xiangqiao.people.models import Household

_REGISTER = SystemViewer("网络公益：核对农户")


def appeals(viewer: AnyViewer, *, state: str = "", lane: str = "") -> QuerySet[Appeal]:
    """Return the appeals that a viewer sees, newest first, with the number of verifications as `seen_by`."""
    rows = Appeal.objects.visible_to(viewer).annotate(seen_by=Count("verifications"))
    if state:
        rows = rows.filter(state=state)
    if lane:
        rows = rows.filter(lane=lane)
    return rows.order_by("-raised_at", "-id")


def appeal(viewer: AnyViewer, public_id: UUID) -> Appeal | None:
    """Return one appeal with its needs, verifications and mirrored totals at hand, None where it is not seen."""
    return (
        Appeal.objects.visible_to(viewer)
        .prefetch_related(
            Prefetch("needs", Need.objects.order_by("id")),
            Prefetch("verifications", Verification.objects.order_by("id")),
            Prefetch("mirrored", MirroredTotal.objects.order_by("-as_of", "-id")),
        )
        .filter(public_id=public_id)
        .first()
    )


def home_of(row: Appeal, today: date) -> Household:
    """Return the household of an appeal, for a reader who sees the appeal."""
    return household(_REGISTER, row.household, today=today)


def private_words(row: Appeal, today: date) -> list[str]:
    """Return what the register knows of the household and no public text may hold: names, its number."""
    home = home_of(row, today)
    members = [one.person.name for one in home.present_members]  # type: ignore[attr-defined]  # prefetched
    return [word for word in (home.household_no, home.head_name, *members) if word]
