"""What the journal does when households move, close, or were never imported rightly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.journal.actions.promises import close
from xiangqiao.journal.models import Consent, Door, Promise, Reply, TimelineLine, Visit
from xiangqiao.kernel.bulk import chunks
from xiangqiao.kernel.record import recording
from xiangqiao.people.events import (
    ChangeUndone,
    HouseholdClosed,
    HouseholdMoved,
    HouseholdsToWithdraw,
)
from xiangqiao.people.queries import household

_TABLES = (Visit, Promise, Reply, Consent, Door, TimelineLine)


def household_moved(event: HouseholdMoved) -> None:
    """What was written about a household lies where the household lies."""
    _follow(event.household, event.new_code)


def change_undone(event: ChangeUndone) -> None:
    """A household may be back in its former village: follow it there."""
    home = household(SystemViewer("帮扶日志"), event.household, today=event.act.at.date())
    _follow(home.public_id, home.division_code)


def household_closed(event: HouseholdClosed) -> None:
    """Nobody owes anything any more to a household that is closed."""
    open_ones = Promise.objects.filter(household=event.household, state=Promise.State.OPEN)
    for row in open_ones:
        with recording(
            "journal.promise_dropped",
            replace(event.act, key=None),
            subject=row,
            division_code=row.division_code,
        ) as record:
            close(record, row, Promise.State.DROPPED, on=event.on, reason=_("这一户已销户"))


def households_to_withdraw(event: HouseholdsToWithdraw) -> None:
    """A household that was visited, or of which a programme told, is needed: it is part of a history."""
    for part in chunks(sorted(event.households)):
        event.needed.update(_named(Visit.objects.filter(household__in=part)))
        event.needed.update(_named(TimelineLine.objects.filter(household__in=part)))


def _named(rows: QuerySet[Visit] | QuerySet[TimelineLine]) -> Iterable[UUID]:
    return rows.values_list("household", flat=True)


def _follow(key: UUID, division_code: str) -> None:
    for table in _TABLES:
        table._default_manager.filter(household=key).exclude(division_code=division_code).update(
            division_code=division_code
        )
