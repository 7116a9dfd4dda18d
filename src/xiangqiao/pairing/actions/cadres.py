"""What the county says of single cadres: their account, their relatives, that they left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.record import Act, recording
from xiangqiao.pairing.actions.access import give_access, take_access
from xiangqiao.pairing.actions.decide import end_pairing
from xiangqiao.pairing.models import Cadre, Kinship, Pairing, UnitOrder
from xiangqiao.places.queries import county


def link_user(*, act: Act, viewer: AnyViewer, cadre: Cadre, user: UUID | None) -> None:
    """Say by which account a cadre signs in; it is granted the households of the cadre, the account before loses them.

    Raises NotAllowed where the post does not reach every village that the cadre may serve.
    """
    _demand_reach(viewer, cadre)
    with recording("pairing.cadre_linked", act, subject=cadre) as record:
        pairs = Pairing.objects.filter(cadre=cadre, valid_to__isnull=True).select_related("cadre")
        if cadre.user is not None and cadre.user != user:
            for pair in pairs:
                take_access(act, pair, day_of(act.at))
        record.change(cadre, user=user)
        for pair in pairs.all():
            give_access(act, pair)


def declare_relative(
    *, act: Act, viewer: AnyViewer, cadre: Cadre, household: UUID, division_code: str, on: date
) -> Kinship:
    """Note that a cadre is a relative of a household: the two are not paired, and a pair in force ends. Idempotent.

    Raises NotAllowed where the post does not reach.
    """
    viewer.demand(Can.DECIDE_PAIRING, division_code)
    known = Kinship.objects.filter(household=household, cadre=cadre).first()
    if known is not None:
        return known
    with recording("pairing.relative_declared", act, subject=cadre, division_code=division_code) as record:
        kin = Kinship(household=household, cadre=cadre, declared_on=on)
        record.create(kin)
        for pair in Pairing.objects.filter(household=household, cadre=cadre, valid_to__isnull=True):
            end_pairing(
                act=replace(act, key=None), viewer=viewer, pair=pair, ended=Pairing.Ended.MISTAKE, on=on
            )
    return kin


def cadre_left(*, act: Act, viewer: AnyViewer, cadre: Cadre, on: date) -> int:
    """A cadre leaves: pairs end on that day and the households need another. Returns how many.

    Raises NotAllowed where the post does not reach every village that the cadre may serve.
    """
    _demand_reach(viewer, cadre)
    with recording("pairing.cadre_left", act, subject=cadre) as record:
        pairs = list(Pairing.objects.filter(cadre=cadre, valid_to__isnull=True))
        for pair in pairs:
            end_pairing(act=replace(act, key=None), viewer=viewer, pair=pair, ended=Pairing.Ended.LEFT, on=on)
        record.change(cadre, left_on=on)
        record.note(households=len(pairs))
    return len(pairs)


def _demand_reach(viewer: AnyViewer, cadre: Cadre) -> None:
    """Demand the post in every village where the cadre has households or may get some; without any, over the county."""
    paired = Pairing.objects.filter(cadre=cadre, valid_to__isnull=True).values_list(
        "division_code", flat=True
    )
    ordered = UnitOrder.objects.filter(unit=cadre.unit_id, valid_to__isnull=True).values_list(
        "division_code", flat=True
    )
    here = county()
    everywhere = [here.code] if here else [""]
    for code in {*paired, *ordered} or everywhere:
        viewer.demand(Can.DECIDE_PAIRING, code)
