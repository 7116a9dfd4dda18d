"""我的户: the households that a person visits, those that ask for it first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Max, Min, Q, QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer, granted
from xiangqiao.journal.models import Promise, Visit
from xiangqiao.journal.rules.attention import rank
from xiangqiao.kernel.clock import day_of
from xiangqiao.pairing.queries import needy_condition
from xiangqiao.people.queries import HouseholdFilter, households
from xq_engine.divisions import prefix

if TYPE_CHECKING:
    from xiangqiao.people.models import Household

# A village has some hundred; more than this nobody reads on a phone.
SHOWN = 40
_READ = 1_500


@dataclass(frozen=True)
class Due:
    """A household with its next promise and the day of its last visit."""

    home: Household
    due_on: date | None
    visited_on: date | None


@dataclass(frozen=True)
class Mine:
    """What the page shows: the first households, and how many there are."""

    rows: list[Due]
    total: int


def mine(viewer: Viewer, *, q: str = "") -> Mine:
    """Return the households that a person visits, those with promises due first, then those not visited longest.

    Without a search: the households granted to the person, and those to be helped in a village of theirs; over a township
    or more, only those with open promises. Four queries.
    """
    rows = households(viewer, HouseholdFilter(q=q), extra=None if q else _usual(viewer), act=Can.LOG_VISIT)
    found = list(rows.order_by("division_code", "id")[:_READ])
    keys = rows.values("public_id")
    due = dict(
        Promise.objects.filter(household__in=keys, state=Promise.State.OPEN)
        .values_list("household")
        .annotate(Min("due_on"))
    )
    last = dict(Visit.objects.filter(household__in=keys).values_list("household").annotate(Max("at")))
    listed = [Due(home, due.get(home.public_id), _day(last.get(home.public_id))) for home in found]
    listed.sort(key=lambda one: rank(one.due_on, one.visited_on, viewer.today))
    return Mine(listed[:SHOWN], rows.count() if len(found) == _READ else len(found))


def _usual(viewer: Viewer) -> Q:
    own = Q(public_id__in=granted(viewer, Can.LOG_VISIT))
    codes = viewer.divisions(Can.LOG_VISIT)
    if not codes:
        return own
    if any(len(prefix(code)) < 12 for code in codes):
        return own | Q(public_id__in=_promised())
    return own | needy_condition()


def _promised() -> QuerySet[Promise]:
    return Promise.objects.filter(state=Promise.State.OPEN).values("household")  # type: ignore[return-value]


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else day_of(moment)
