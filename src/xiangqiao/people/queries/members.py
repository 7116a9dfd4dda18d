"""Members as another programme may ask for them: by what a person says at a counter."""

from __future__ import annotations

from uuid import UUID

from xiangqiao.people.models import Membership


def member_named(village: str, household_no: str, name: str) -> tuple[UUID, UUID] | None:
    """Return (person, household) of the present member of that very name in that very household, else None.

    Whoever asks knows number and name already and learns two opaque ids, nothing else. Namesakes in one household are
    no answer.
    """
    found = Membership.objects.filter(
        household__division_code=village,
        household__household_no=household_no,
        household__closed_on__isnull=True,
        person__name=name,
        person__died_on__isnull=True,
        valid_to__isnull=True,
    ).values_list("person__public_id", "household__public_id")[:2]
    return found[0] if len(found) == 1 else None
