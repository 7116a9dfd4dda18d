"""What policy does when the register changes or takes back households."""

from __future__ import annotations

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.kernel.bulk import chunks
from xiangqiao.kernel.clock import day_of
from xiangqiao.people.events import (
    ChangeUndone,
    HouseholdClosed,
    HouseholdMoved,
    HouseholdsToWithdraw,
    HouseholdsWithdrawn,
    MemberLeft,
)
from xiangqiao.people.queries import household
from xiangqiao.policy.actions import drop_entitlements, household_moved
from xiangqiao.policy.models import Claim


def member_left(event: MemberLeft) -> None:
    """What a household has for a member goes with the member."""
    drop_entitlements(act=event.act, households=[event.household], person=event.person)


def household_closed(event: HouseholdClosed) -> None:
    """A household that ended is entitled to nothing."""
    drop_entitlements(act=event.act, households=[event.household])


def household_has_moved(event: HouseholdMoved) -> None:
    """Entitlements and claims lie where their household lies."""
    household_moved(household=event.household, division_code=event.new_code)


def change_undone(event: ChangeUndone) -> None:
    """A household may be back in its former village, or no more: follow it there."""
    home = household(SystemViewer("政策筛查"), event.household, today=day_of(event.act.at))
    household_moved(household=home.public_id, division_code=home.division_code)
    if home.closed_on is not None:
        drop_entitlements(act=event.act, households=[home.public_id])


def households_to_withdraw(event: HouseholdsToWithdraw) -> None:
    """A household that applied for something is needed: its claims are part of its history."""
    for part in chunks(sorted(event.households)):
        event.needed.update(Claim.objects.filter(household__in=part).values_list("household", flat=True))


def households_withdrawn(event: HouseholdsWithdrawn) -> None:
    """Nothing is shown for households that are gone."""
    drop_entitlements(act=event.act, households=event.households)
