"""The boards: what the public sees, what fits whom, what waits for a second person, how transfers went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from xiangqiao.kernel import publication as guard
from xiangqiao.kernel.models import Publication
from xiangqiao.services import published
from xiangqiao.services.models import Applicant, Course, Listing, Vacancy
from xiangqiao.services.rules.matching import Goods, Match, match


@dataclass(frozen=True)
class Entry:
    """An entry of a board as the public sees it."""

    notice: Publication
    subject: UUID
    title: str
    row: dict[str, Any]

    @property
    def division_code(self) -> str:
        """Where it belongs."""
        return self.notice.division_code


def goods_board(kind_code: str, now: datetime, **wanted: str) -> list[Entry]:
    """Return the entries of a board that the public sees now, newest first; `wanted` narrows by column."""
    found = [_entry(row) for row in guard.visible(kind_code, now)[:500]]
    given = {key: value for key, value in wanted.items() if value}
    return [one for one in found if all(str(one.row.get(key)) == value for key, value in given.items())]


def entry(kind_code: str, subject: UUID, now: datetime) -> Entry | None:
    """Return the public entry about one thing, None where the public sees none."""
    row = guard.visible(kind_code, now).filter(subject=subject).first()
    return _entry(row) if row is not None else None


def _entry(row: Publication) -> Entry:
    shown = guard.contents(row)
    return Entry(row, row.subject or row.public_id, shown.title, shown.rows[0] if shown.rows else {})


def matches_of(one: Listing, today: date, *, most: int = 10) -> list[tuple[Listing, Match]]:
    """Return the open entries of the other side that fit an entry, best first."""
    other = Listing.Kind.WANT if one.kind == Listing.Kind.OFFER else Listing.Kind.OFFER
    rows = Listing.objects.filter(
        kind=other, crop=one.crop, state=Listing.State.OPEN, valid_to__gt=today, valid_from__lt=one.valid_to
    )
    found = [(row, pair) for row in rows[:500] if (pair := match(_goods(one), _goods(row))) is not None]
    return sorted(found, key=lambda pair: -pair[1].score)[:most]


def _goods(row: Listing) -> Goods:
    return Goods(
        str(row.public_id), row.crop, row.grams, row.division_code, row.valid_from, row.valid_to, row.price_fen_per_kg
    )  # fmt: skip


def vacancies(on: date, *, open_only: bool = True) -> QuerySet[Vacancy]:
    """Return jobs with the number of applicants, seats taken, arrivals and who still works there."""
    rows = Vacancy.objects.annotate(
        wanted=Count("applicants"),
        arrived=Count("applicants", filter=Q(applicants__arrived_on__isnull=False)),
        working=Count("applicants", filter=Q(applicants__state=Applicant.State.WORKING)),
    )
    if open_only:
        rows = rows.filter(state=Vacancy.State.OPEN, valid_from__lte=on, valid_to__gt=on)
    return rows.order_by("-valid_from", "-id")


def courses(on: date, *, open_only: bool = True) -> QuerySet[Course]:
    """Return courses, newest first; those that still take people where `open_only`."""
    rows = Course.objects.prefetch_related("days")
    return (rows.filter(apply_until__gt=on) if open_only else rows).order_by("-apply_until", "-id")


def notices_waiting() -> QuerySet[Publication]:
    """Return what waits for a second person on the boards of the services, oldest first."""
    return guard.waiting(*published.KINDS)


def transfer_totals() -> dict[str, int]:
    """Return how many applied, got a seat, arrived, and still worked after three months."""
    found = Applicant.objects.aggregate(
        applied=Count("pk"),
        seated=Count("pk", filter=Q(group__isnull=False)),
        arrived=Count("pk", filter=Q(arrived_on__isnull=False)),
        asked=Count("pk", filter=Q(asked_again_on__isnull=False)),
        working=Count("pk", filter=Q(state=Applicant.State.WORKING)),
    )
    return {name: int(count) for name, count in found.items()}


def vacancy_named(public_id: UUID) -> Vacancy:
    """Return one job. Raises Vacancy.DoesNotExist."""
    return Vacancy.objects.get(public_id=public_id)


def course_named(public_id: UUID) -> Course:
    """Return one course. Raises Course.DoesNotExist."""
    return Course.objects.prefetch_related("days").get(public_id=public_id)


def free_seats() -> dict[UUID, int]:
    """Return how many seats each course has left."""
    return {row.public_id: row.seats - row.taken for row in Course.objects.order_by("-id")[:500]}


def notice_named(public_id: UUID) -> Publication:
    """Return what waits for a second person, or was let out. Raises Publication.DoesNotExist."""
    return Publication.objects.filter(kind__in=published.KINDS).get(public_id=public_id)


def doubts_of(notice: Publication) -> list[str]:
    """Return what the guard found doubtful in an entry, in words."""
    return [f"{one.where}：{one.what}" for one in guard.doubts(notice)]
