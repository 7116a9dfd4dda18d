"""Reads of imports: batches, problems and questions, as a viewer sees them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.people.models import Batch, Problem, Question

# What was given up or taken back has no problems any more.
LIVE = (Batch.State.CHECKED, Batch.State.APPLIED)


def batches(viewer: AnyViewer) -> QuerySet[Batch]:
    """Return the imports that a viewer may work on."""
    return Batch.objects.visible_to(viewer, Can.IMPORT)


def batch(viewer: AnyViewer, public_id: UUID) -> Batch | None:
    """Return one import."""
    return batches(viewer).filter(public_id=public_id).first()


def problems(viewer: AnyViewer, *, state: str = Problem.State.OPEN) -> QuerySet[Problem]:
    """Return the problems of live batches that a viewer may settle."""
    return Problem.objects.visible_to(viewer, Can.SETTLE_PROBLEM).filter(state=state, batch__state__in=LIVE)


def problem_codes(rows: QuerySet[Problem]) -> dict[str, int]:
    """Return how many problems there are of each code, most first."""
    found = rows.order_by().values("code").annotate(count=Count("id")).order_by("-count", "code")
    return {row["code"]: row["count"] for row in found}


def questions(viewer: AnyViewer, *, state: str = Question.State.OPEN) -> QuerySet[Question]:
    """Return the questions that a viewer may answer."""
    return Question.objects.visible_to(viewer, Can.SETTLE_PROBLEM).filter(state=state)
