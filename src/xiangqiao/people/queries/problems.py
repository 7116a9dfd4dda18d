"""Problems at their cells."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.people.models import Batch, Problem


def batch_problems(batch: Batch) -> set[tuple[str, str, int, str, str]]:
    """Return every problem of a batch as (workbook, sheet, row, column, code)."""
    return set(Problem.objects.filter(batch=batch).values_list("workbook", "sheet", "row", "column", "code"))


def open_problems(viewer: AnyViewer, household: UUID) -> QuerySet[Problem]:
    """Return the open problems of a household that a viewer sees."""
    return (
        Problem.objects.visible_to(viewer)
        .filter(household=household, state=Problem.State.OPEN)
        .order_by("code", "id")
    )
