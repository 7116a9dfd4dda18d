"""The figures of the shared classroom, derived from intervals, each with its denominator."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Sum

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.kernel.clock import day_of
from xiangqiao.learning.models import EndPoint, Lesson, Presence, Recording, Seat, Slot, Term
from xiangqiao.learning.queries.lessons import lessons
from xiangqiao.learning.rules.kept import Kept, Span, kept
from xiangqiao.learning.rules.weeks import school_weeks

# A lesson that was made up for is counted once, as the lesson that made up for it.
_DONE = (Kept.HELD, Kept.REPLAYED, Kept.CANCELLED, Kept.MISSED)


@dataclass(frozen=True)
class Place:
    """What became of one lesson in one room."""

    lesson: Lesson
    seat: Seat
    kept: Kept


@dataclass
class Rates:
    """Lessons by what became of them. A rate divides by those whose outcome stands: planned."""

    counts: Counter[Kept] = field(default_factory=Counter)
    heads: int = 0

    @property
    def planned(self) -> int:
        """Lessons held, replayed, cancelled for good or missed; not those whose week for a replay still runs."""
        return sum(self.counts[one] for one in _DONE)

    @property
    def held(self) -> int:
        """Lessons held live."""
        return self.counts[Kept.HELD]

    @property
    def caught_up(self) -> int:
        """Lessons missed live and watched within a week."""
        return self.counts[Kept.REPLAYED]


def outcomes(viewer: AnyViewer, *, first: date, last: date, now: datetime) -> list[Place]:
    """Return what became of each lesson in each room from a day to a day: four queries, whatever the number."""
    seen = list(lessons(viewer, first=first, last=last))
    by_key = {one.pk: one for one in seen}
    seats = Seat.objects.filter(
        lesson__in=by_key, end_point__in=EndPoint.objects.visible_to(viewer).order_by().values("pk")
    )
    here = _presences(by_key)
    recorded = {
        row["lesson"]: row["total"] or 0
        for row in Recording.objects.filter(lesson__in=by_key, sealed_at__isnull=False)
        .order_by().values("lesson").annotate(total=Sum("seconds"))
    }  # fmt: skip
    made_up = set(Lesson.objects.filter(instead_of__in=by_key).values_list("instead_of_id", flat=True))
    return [
        Place(by_key[seat.lesson_id], seat, _kept(by_key[seat.lesson_id], seat, here, recorded, made_up, now))
        for seat in seats.select_related("end_point__school").order_by("lesson__starts_at", "id")
    ]


def _presences(found: Iterable[int]) -> dict[tuple[int, int | None, str], list[Span]]:
    spans: dict[tuple[int, int | None, str], list[Span]] = defaultdict(list)
    rows = Presence.objects.filter(lesson__in=list(found)).values_list(
        "lesson_id", "end_point_id", "kind", "joined_at", "left_at", "seen_at"
    )
    for lesson, room, kind, joined, left, seen in rows:
        # Which lead room it was does not matter: the teacher may have moved.
        spans[lesson, None if kind == Presence.Kind.LEAD else room, kind].append((joined, left or seen))
    return spans


def _kept(lesson: Lesson, seat: Seat, here: Any, recorded: Any, made_up: set[Any], now: datetime) -> Kept:
    return kept(
        (lesson.starts_at, lesson.ends_at),
        lead=here.get((lesson.pk, None, Presence.Kind.LEAD), ()),
        here=here.get((lesson.pk, seat.end_point_id, Presence.Kind.LIVE), ()),
        replays=here.get((lesson.pk, seat.end_point_id, Presence.Kind.REPLAY), ()),
        recorded_seconds=recorded.get(lesson.pk, 0),
        cancelled=lesson.state == Lesson.State.CANCELLED,
        made_up=lesson.pk in made_up,
        now=now,
    )


def rates(found: Iterable[Place]) -> Rates:
    """Return the figures over some lessons in some rooms. Heads are those of lessons held."""
    total = Rates()
    for one in found:
        total.counts[one.kept] += 1
        if one.kept == Kept.HELD:
            total.heads += one.seat.heads or 0
    return total


@dataclass(frozen=True)
class Opened:
    """开课率: periods really taught of the periods that the plan of studies asks, of one or more rooms and courses."""

    taught: int
    asked: int


def opened(viewer: AnyViewer, term: Term, found: Sequence[Place], *, today: date) -> Opened:
    """Return periods taught (live or made good by a replay) and periods asked so far in a term.

    Asked: the weekly periods of each course in each room that its timetable names, for every week that is over and has a
    school day, whether lessons were made or not.
    """
    weeks = school_weeks(term.first_day, min(today, term.last_day), term.days_off)
    rooms = EndPoint.objects.visible_to(viewer).order_by().values("pk")
    named = Slot.objects.filter(course__term=term, removed_on__isnull=True, receivers__in=rooms)
    pairs = set(named.values_list("receivers", "course", "course__weekly"))
    over = [
        one for one in found if any(first <= day_of(one.lesson.starts_at) <= last for first, last in weeks)
    ]
    taught = sum(one.kept in (Kept.HELD, Kept.REPLAYED) for one in over)
    return Opened(taught, sum(weekly for _room, _course, weekly in pairs) * len(weeks))
