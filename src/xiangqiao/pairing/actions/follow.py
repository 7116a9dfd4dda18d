"""What follows for pairs when the register changes a household.

The change itself was permitted and recorded by the register; these writes stand in its transaction, each under an event
of its own, and a second call finds nothing left to do.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.kernel import bulk
from xiangqiao.kernel.record import Act, recording
from xiangqiao.pairing.actions.access import give_access, take_access
from xiangqiao.pairing.actions.bounds import hold
from xiangqiao.pairing.models import Pairing, Proposal

_OPEN = (Proposal.State.OPEN, Proposal.State.NO_CADRE)


def household_moved(*, household: UUID, division_code: str) -> None:
    """Let pairs and proposals of a household lie where it lies now; the register's event tells of the move.

    The cadre stays: whether another unit should take over is for the next run to propose and a person to decide.
    """
    Pairing.objects.filter(household=household).update(division_code=division_code)
    Proposal.objects.filter(household=household, state__in=_OPEN).update(division_code=division_code)


def household_closed(*, act: Act, household: UUID, on: date) -> None:
    """End the pair of a household that ended, and with it the cadre's access; open proposals for it are put aside."""
    pair = Pairing.objects.filter(household=household, valid_to__isnull=True).first()
    if pair is not None:
        day = max(on, pair.valid_from)
        with recording(
            "pairing.ended", replace(act, key=None), subject=pair, division_code=pair.division_code
        ) as record:
            record.change(pair, valid_to=day, ended=Pairing.Ended.CLOSED)
            take_access(act, pair, day)
    put_aside(act=act, households=[household])


def household_reopened(*, act: Act, household: UUID) -> bool:
    """Put the pair in force again that ended with its household, whose closing was undone. Return whether it is.

    Where the cadre has left or has no place any more, the household stays among those that need a cadre.
    """
    pairs = Pairing.objects.filter(household=household).order_by("-valid_from", "-id")
    pair = pairs.first()
    if pair is None or pair.ended != Pairing.Ended.CLOSED:
        return False
    cadre = hold([pair.cadre_id])[pair.cadre_id]
    taken = Pairing.objects.filter(cadre=cadre, valid_to__isnull=True).count()
    if cadre.left_on is not None or taken >= cadre.capacity:
        return False
    with recording(
        "pairing.taken_up_again", replace(act, key=None), subject=pair, division_code=pair.division_code
    ) as record:
        record.change(pair, valid_to=None, ended="")
        give_access(act, pair)
    return True


def put_aside(*, act: Act, households: Collection[UUID]) -> None:
    """Put aside the open proposals for households that are in the register no more."""
    for part in bulk.chunks(sorted(households)):
        Proposal.objects.filter(household__in=part, state__in=_OPEN).update(
            state=Proposal.State.REJECTED,
            decided_label=act.by.label,
            decided_at=act.at,
            decided_note=_("农户已注销"),
        )
