"""What pairing does when the register imports, takes back, or is about to lose households."""

from __future__ import annotations

from xiangqiao.kernel.bulk import chunks
from xiangqiao.pairing.actions import remove_batch, store_units_and_cadres
from xiangqiao.pairing.models import Pairing
from xiangqiao.people.events import BatchUndone, HouseholdsToWithdraw, UnitsAndCadresRead


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
