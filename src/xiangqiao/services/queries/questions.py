"""Questions: one, lists, their way, and totals that say how the system does, never how a person does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, scope
from xiangqiao.kernel.queries import events_about
from xiangqiao.services.models import Answer, Duty, Office, Question
from xiangqiao.services.models.followed import Followed
from xiangqiao.services.rules.asking import OPEN


@dataclass(frozen=True)
class Totals:
    """How questions stand. Rates: answered of asked, solved of rated, satisfied of rated."""

    asked: int
    answered: int
    overdue: int
    open: int
    rated: int
    solved: int
    satisfied: int
    in_time: int


def questions(viewer: AnyViewer, *, state: str = "", topic: str = "", text: str = "") -> QuerySet[Question]:
    """Return the questions that a viewer may read whole, narrowed; `state` may be `open` or `overdue:<day>`."""
    rows = Question.objects.visible_to(viewer).select_related("office")
    if state == "open":
        rows = rows.filter(state__in=OPEN)
    elif state.startswith("overdue"):
        rows = rows.filter(state__in=OPEN, due_on__lt=state.removeprefix("overdue:"))
    elif state:
        rows = rows.filter(state=state)
    if topic:
        rows = rows.filter(topic=topic)
    return rows.filter(Q(title__icontains=text) | Q(text__icontains=text)) if text else rows


def question(viewer: AnyViewer, public_id: UUID) -> Question:
    """Return one question. Raises Question.DoesNotExist where unseen."""
    return (
        Question.objects.visible_to(viewer)
        .select_related("office")
        .prefetch_related("answers")
        .get(public_id=public_id)
    )


def question_totals(viewer: AnyViewer, today: date) -> Totals:
    """Return the totals over every question of the range in which a viewer reads services, or of the own offices."""
    seen = scope(viewer, Can.READ_SERVICES, subject=None) | Q(office__in=Office.objects.of(viewer))
    rows = Question.objects.filter(seen)
    one = rows.aggregate(
        asked=Count("pk"),
        open=Count("pk", filter=Q(state__in=OPEN)),
        overdue=Count("pk", filter=Q(state__in=OPEN, due_on__lt=today)),
    )
    # Of each question the newest answer counts, so that a repeated one is not answered twice.
    newest: dict[int, tuple[bool | None, str, date, date]] = {}
    found = Answer.objects.filter(question__in=rows.order_by()).order_by("question_id", "round")
    for pk, solved, satisfied, answered_on, asked_on in found.values_list(
        "question_id", "solved", "satisfied", "answered_on", "question__asked_on"
    ):
        newest[pk] = (solved, satisfied, answered_on, asked_on)
    rated = [row for row in newest.values() if row[0] is not None]
    return Totals(
        asked=one["asked"], answered=len(newest), overdue=one["overdue"], open=one["open"], rated=len(rated),
        solved=sum(bool(row[0]) for row in rated), satisfied=sum(row[1] in ("YES", "PARTLY") for row in rated),
        in_time=one["asked"] - one["overdue"],
    )  # fmt: skip


def steps_of(row: Followed) -> list[tuple[datetime, str, str]]:
    """Return (when, kind of step, who) of the way of something asked for, oldest first."""
    return [(event.at, event.kind, event.actor_label) for event in reversed(events_about(row.public_id))]


def offices() -> QuerySet[Office]:
    """Return the offices that take questions, by name."""
    return Office.objects.filter(is_active=True).order_by("name")


def duties(on: date) -> QuerySet[Duty]:
    """Return the duty list of a day, by topic."""
    rows = Duty.objects.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    return rows.select_related("office").order_by("topic", "division_code")


def waiting_for(viewer: AnyViewer) -> int:
    """Return how many questions wait for a viewer to do something."""
    mine = Q(office__in=Office.objects.of(viewer), state__in=("ASSIGNED", "ACCEPTED"))
    if viewer.can(Can.MANAGE_SERVICES):
        mine |= Q(state="RECEIVED") & scope(viewer, Can.MANAGE_SERVICES, subject=None)
    return Question.objects.filter(mine).count() if viewer.can(Can.ANSWER) else 0
