"""What follows for entitlements when the register changes a household.

The change itself was permitted and recorded by the register; these writes stand in its transaction. An entitlement is
what a screening found: when who or where it was found for is no longer so, it goes, and the next screening finds anew.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from xiangqiao.kernel import bulk
from xiangqiao.kernel.record import Act, recording
from xiangqiao.policy.models import Claim, Entitlement


def household_moved(*, household: UUID, division_code: str) -> None:
    """Let entitlements and claims lie where their household lies; the register's event tells of the move."""
    Entitlement.objects.filter(household=household).update(division_code=division_code)
    Claim.objects.filter(household=household).update(division_code=division_code)


def drop_entitlements(*, act: Act, households: Collection[UUID], person: UUID | None = None) -> int:
    """Drop what a screening found for households, or for a person who left one. Return how many; again drops none.

    Claims stay: what a household applied for is part of its history, and a person's claim goes with the person.
    """
    found: list[int] = []
    for part in bulk.chunks(sorted(households)):
        rows = Entitlement.objects.filter(household__in=part)
        rows = rows if person is None else rows.filter(person=person)
        found += rows.values_list("pk", flat=True)
    if not found:
        return 0
    home = next(iter(households)) if len(households) == 1 else None
    with recording("policy.entitlements_dropped", replace(act, key=None)) as record:
        record.note(household=home, households=len(households), person=person, count=len(found))
        for pks in bulk.chunks(found):
            Entitlement.objects.filter(pk__in=pks).delete()
    return len(found)
