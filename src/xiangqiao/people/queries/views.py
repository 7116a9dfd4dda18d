"""Lists kept under a name: one's own, and those shared with one's division."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.people.models import SavedView
from xq_engine.divisions import ancestors


def saved_views(viewer: Viewer, list_name: str) -> QuerySet[SavedView]:
    """Return a person's own views of a list, and those shared by a division the person works in or below."""
    own = viewer.divisions(Can.READ_REGISTER)
    around = {code for one in own for code in (one, *ancestors(one))}
    shared = Q(shared_code__in=sorted(around)) & ~Q(shared_code="")
    return SavedView.objects.filter(Q(owner=viewer.user.public_id) | shared, list_name=list_name).order_by(
        "name", "id"
    )


def own_view(viewer: Viewer, public_id: UUID) -> SavedView:
    """Return one of a person's own views. Raises SavedView.DoesNotExist otherwise."""
    return SavedView.objects.get(owner=viewer.user.public_id, public_id=public_id)
