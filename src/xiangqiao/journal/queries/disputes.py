"""Disputes: what waits for an answer or for settlement."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.journal.models import Reply
from xiangqiao.journal.rules.disputes import AGREE, STANDING
from xq_engine.divisions import range_of


def disputes(viewer: AnyViewer, *, division: str = "", state: str = "") -> QuerySet[Reply]:
    """Return the disputes that a person sees: standing ones, or those in a state ("all": every one)."""
    rows = Reply.objects.visible_to(viewer).exclude(choice=AGREE)
    if division:
        first, after = range_of(division)
        rows = rows.filter(division_code__gte=first, division_code__lt=after)
    if state == "all":
        return rows
    return rows.filter(state=state) if state in Reply.State.values else rows.filter(state__in=STANDING)


def open_disputes(viewer: AnyViewer) -> int:
    """Return how many disputes stand where a person reads."""
    return disputes(viewer).count()


def dispute_named(viewer: AnyViewer, public_id: UUID) -> Reply | None:
    """Return one dispute that a person sees."""
    return disputes(viewer, state="all").filter(public_id=public_id).first()


def replies_of(household: UUID) -> dict[tuple[str, str], Reply]:
    """Return the last reply to each line of a household, for a reader who was checked: one query."""
    rows = Reply.objects.filter(household=household).order_by("id")
    return {(row.kind, row.subject): row for row in rows}
