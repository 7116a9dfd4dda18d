"""How the register stands, by place: set-based counts, one query each, whatever the size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, Value
from django.db.models.functions import Substr

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.people.models import ChangeRequest, Problem, Question
from xiangqiao.people.queries.households import HouseholdFilter, households


@dataclass(frozen=True)
class Count2:
    """Open households and their present members."""

    households: int
    persons: int


def counts_by_place(viewer: AnyViewer, wanted: HouseholdFilter, *, digits: int) -> dict[str, Count2]:
    """Return households and persons by division code (its first `digits`, filled up with zeros): one query."""
    rows = _by_place(households(viewer, wanted), digits)
    counted = rows.annotate(homes=Count("id"), persons=Sum("size")).values_list("place", "homes", "persons")
    return {place.ljust(12, "0"): Count2(homes, persons or 0) for place, homes, persons in counted}


def matches_by_place(viewer: AnyViewer, wanted: HouseholdFilter, *, extra: Q, digits: int) -> dict[str, int]:
    """Return how many households meet a condition from above the register, by place: one query."""
    rows = _by_place(households(viewer, wanted, extra=extra), digits)
    return {place.ljust(12, "0"): n for place, n in rows.annotate(n=Count("id")).values_list("place", "n")}


def problems_by_place(viewer: AnyViewer, condition: Q, *, digits: int) -> dict[str, int]:
    """Return how many problems are open, by place: one query. `condition` narrows by division code."""
    rows = Problem.objects.visible_to(viewer).filter(condition, state=Problem.State.OPEN)
    counted = _by_place(rows, digits).annotate(n=Count("id")).values_list("place", "n")
    return {place.ljust(12, "0"): n for place, n in counted}


def waiting(viewer: AnyViewer) -> dict[str, int]:
    """Return what waits for this person, by kind (`changes`, `questions`): one query.

    Changes wait for whoever approves at their step; questions for whoever settles problems.
    """
    steps = [
        step
        for step, act in (("TOWNSHIP", Can.APPROVE_TOWNSHIP), ("COUNTY", Can.APPROVE_COUNTY))
        if viewer.can(act)
    ]
    me = viewer.public_id
    changes = _kind(
        "changes",
        ChangeRequest.objects.visible_to(viewer)
        .filter(state=ChangeRequest.State.SUBMITTED, step__in=steps)
        .exclude(asked_by=me or "00000000-0000-0000-0000-000000000000"),
    )
    questions = Question.objects.visible_to(viewer, Can.SETTLE_PROBLEM).filter(state=Question.State.OPEN)
    return dict(changes.union(_kind("questions", questions), all=True))


def _kind(name: str, rows: QuerySet[Any]) -> Any:
    return (
        rows.order_by()
        .annotate(what=Value(name))
        .values("what")
        .annotate(n=Count("id"))
        .values_list("what", "n")
    )


def _by_place(rows: QuerySet[Any], digits: int) -> Any:
    return rows.order_by().annotate(place=Substr("division_code", 1, digits)).values("place")
