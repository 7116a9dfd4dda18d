"""What pairing does when the register imports, changes or takes back households."""

from __future__ import annotations

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.kernel.bulk import chunks
from xiangqiao.kernel.clock import day_of
from xiangqiao.pairing import actions
from xiangqiao.pairing.actions import remove_batch, store_units_and_cadres
from xiangqiao.pairing.models import Pairing
from xiangqiao.people.events import (
    BatchUndone,
    ChangeUndone,
    HouseholdClosed,
    HouseholdMoved,
    HouseholdsToWithdraw,
    HouseholdsWithdrawn,
    UnitsAndCadresRead,
)
from xiangqiao.people.queries import household


def units_and_cadres_read(event: UnitsAndCadresRead) -> None:
    """Store the units and cadres of a batch, and hand their digests to its Merkle root."""
    stored = store_units_and_cadres(
        act=event.act,
        batch=event.batch,
        division_code=event.division_code,
        unit=event.unit,
        cadre=event.cadre,
        village_code=event.village_code,
    )
    event.digests.extend(stored.digests)


def batch_undone(event: BatchUndone) -> None:
    """Take back the units and cadres of a batch that nobody uses."""
    remove_batch(act=event.act, batch=event.batch)


def households_to_withdraw(event: HouseholdsToWithdraw) -> None:
    """A household that has or had a cadre is needed: its pairs are part of its history."""
    for part in chunks(sorted(event.households)):
        event.needed.update(Pairing.objects.filter(household__in=part).values_list("household", flat=True))


def households_withdrawn(event: HouseholdsWithdrawn) -> None:
    """Nobody is asked any more who should help households that are gone."""
    actions.put_aside(act=event.act, households=event.households)


def household_closed(event: HouseholdClosed) -> None:
    """The pair of a household ends with it."""
    actions.household_closed(act=event.act, household=event.household, on=event.on)


def household_moved(event: HouseholdMoved) -> None:
    """Pairs lie where their household lies."""
    actions.household_moved(household=event.household, division_code=event.new_code)


def change_undone(event: ChangeUndone) -> None:
    """A household may be back in its former village, open again, or no more: follow it there."""
    today = day_of(event.act.at)
    home = household(SystemViewer("结对帮扶"), event.household, today=today)
    actions.household_moved(household=home.public_id, division_code=home.division_code)
    if home.closed_on is None:
        actions.household_reopened(act=event.act, household=home.public_id)
    else:
        actions.household_closed(act=event.act, household=home.public_id, on=home.closed_on)
