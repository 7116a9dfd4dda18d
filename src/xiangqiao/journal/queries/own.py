"""What a household reads about itself: who helps, what was done and promised, what it is entitled to, what came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Sum

from xiangqiao.journal.models import Consent, Programme, Promise, Reply, TimelineLine, VisitRevision
from xiangqiao.journal.queries.consents import consents_of
from xiangqiao.journal.queries.disputes import replies_of
from xiangqiao.journal.queries.reach import OWN_PAGE, own_home
from xiangqiao.journal.queries.timeline import Line, timeline_part
from xiangqiao.journal.queries.visits import open_promises_of, visits_of
from xiangqiao.kernel.clock import LOCAL, day_of
from xiangqiao.pairing.queries import cadre_of
from xiangqiao.pairing.queries.phone import cadre_phone
from xiangqiao.policy.queries import HouseholdVerdict, verdicts_for

if TYPE_CHECKING:
    from xiangqiao.pairing.models import Pairing
    from xiangqiao.people.models import Household


@dataclass(frozen=True)
class OwnPage:
    """Everything on a household's own page. No personal number of any kind is in it."""

    home: Household
    pair: Pairing | None
    phone: str
    visits: list[VisitRevision]
    promises: list[Promise]
    benefits: list[list[HouseholdVerdict]]
    sums: list[tuple[str, int]]
    lines: list[Line]
    older: str
    replies: dict[tuple[str, str], Reply]
    consents: list[Consent]


def own_page(household: UUID, *, now: datetime, before: str = "") -> OwnPage:
    """Return the page of a household. The caller has checked the door: a code, a linked account, or a consent."""
    today = day_of(now)
    home = own_home(household, today)
    pair = cadre_of(OWN_PAGE, household)
    part = timeline_part(OWN_PAGE, household, now=now, most=15, before=before)
    return OwnPage(
        home=home,
        pair=pair,
        phone=cadre_phone(pair.cadre) if pair else "",
        visits=visits_of(household),
        promises=open_promises_of(household),
        benefits=_benefits(household, today),
        sums=_sums(household, today.year),
        lines=part.lines,
        older=part.older,
        replies=replies_of(household),
        consents=consents_of(household, today),
    )


def _benefits(household: UUID, today: date) -> list[list[HouseholdVerdict]]:
    """Return what the household meets, by policy: a policy of persons names each of them."""
    groups: dict[str, list[HouseholdVerdict]] = {}
    for row in verdicts_for(OWN_PAGE, household, as_of=today).verdicts:
        if row.verdict.verdict == "yes":
            groups.setdefault(row.policy.id, []).append(row)
    return list(groups.values())


def _sums(household: UUID, year: int) -> list[tuple[str, int]]:
    """Return what came to the household this year, by programme, as its timeline tells it."""
    first, after = (datetime(y, 1, 1, tzinfo=LOCAL) for y in (year, year + 1))
    rows = (
        TimelineLine.objects.filter(household=household, at__gte=first, at__lt=after, amount_fen__gt=0)
        .order_by()
        .values_list("programme")
        .annotate(Sum("amount_fen"))
    )
    return [(str(Programme(code).label), fen) for code, fen in sorted(rows)]
