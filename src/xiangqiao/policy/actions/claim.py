"""What became of an entitlement, as a person noted it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.record import Act, recording
from xiangqiao.people.queries import household as household_named
from xiangqiao.policy.models import Claim


def note_claim(
    *,
    act: Act,
    viewer: AnyViewer,
    household: UUID,
    policy_id: str,
    state: str,
    person: UUID | None = None,
    note: str = "",
) -> Claim:
    """Note that a household applied for, receives or declines what it is entitled to; a later note replaces an earlier.

    Raises Household.DoesNotExist where the viewer does not see the household, Claim.DoesNotExist where the person is no
    member of it, NotAllowed without the post. The same
    note again changes nothing.
    """
    home = household_named(viewer, household, today=day_of(act.at))
    viewer.demand(Can.REQUEST_CHANGE, home.division_code)
    members = home.present_members  # type: ignore[attr-defined]  # put there by the query
    if person is not None and person not in {one.person.public_id for one in members}:
        # Or a person's claim could be drawn into any household by a forged form.
        raise Claim.DoesNotExist
    with recording(
        "policy.claim_noted", act, subject=home, division_code=home.division_code, policy=policy_id
    ) as record:
        # A person's claim went with the person, if the person has another household since.
        whose = Q(household=household, person__isnull=True) if person is None else Q(person=person)
        claim = Claim.objects.filter(whose, policy_id=policy_id).first()
        if claim is None:
            claim = Claim(
                household=household,
                person=person,
                division_code=home.division_code,
                policy_id=policy_id,
                state=state,
                note=note,
            )
            record.create(claim)
        else:
            record.change(claim, household=household, state=state, note=note)
            Claim.objects.filter(pk=claim.pk).update(division_code=home.division_code)
    return claim
