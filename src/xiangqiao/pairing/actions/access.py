"""A pair lets the cadre see the household; the end of the pair ends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from xiangqiao.accounts.actions.grants import end_grants, grant
from xiangqiao.accounts.rules import Can
from xiangqiao.kernel.record import Act
from xiangqiao.pairing.models import Pairing

GIVEN = (Can.READ_REGISTER, Can.REQUEST_CHANGE, Can.READ_POLICY, Can.READ_JOURNAL, Can.LOG_VISIT)


def basis_of(pair: Pairing) -> str:
    """Return the basis under which a pair's grants stand.

    >>> basis_of(Pairing(public_id="0190b5a0-0000-7000-8000-000000000001"))
    'pairing:0190b5a0-0000-7000-8000-000000000001'
    """
    return f"pairing:{pair.public_id}"


def give_access(act: Act, pair: Pairing) -> None:
    """Grant the household to the cadre's user, where the cadre has one."""
    if pair.cadre.user is None:
        return
    for capability in GIVEN:
        grant(
            act=replace(act, key=None),
            user=pair.cadre.user,
            subject=pair.household,
            capability=capability,
            valid_from=pair.valid_from,
            basis=basis_of(pair),
        )


def take_access(act: Act, pair: Pairing, on: date) -> None:
    """End the grants of a pair on a day."""
    end_grants(act=replace(act, key=None), basis=basis_of(pair), on=on)
