"""Grams of a lot moved between its counters by conditional updates: never below nothing, whoever else is at it."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from xiangqiao.commerce.models import Lot
from xiangqiao.commerce.rules.states import HOLDS
from xiangqiao.kernel.errors import ActionError, Conflict


def add(lot: Lot, grams: int) -> None:
    """Take grams into a lot. Raises Conflict where it is closed."""
    done = Lot.objects.filter(pk=lot.pk).exclude(state=Lot.State.CLOSED)
    if not done.update(taken_grams=F("taken_grams") + grams, available_grams=F("available_grams") + grams):
        raise Conflict("lot.closed", _("这批货已经收尾，请另开一批。"))


def move(lot_pk: int, source: str, target: str, grams: int) -> None:
    """Move grams between two counters. Raises Conflict where the first holds less: somebody was faster."""
    if source == target:
        return
    rows = Lot.objects.filter(pk=lot_pk, **{f"{source}_grams__gte": grams})
    if source == "available":
        rows = rows.exclude(state=Lot.State.CLOSED)
    changed = rows.update(
        **{f"{source}_grams": F(f"{source}_grams") - grams, f"{target}_grams": F(f"{target}_grams") + grams}
    )
    if not changed:
        raise Conflict("lot.sold_out", _("这批货剩下的不够了，可能刚刚被别人买走。请减少件数，或看看别的。"))


def follow_order(lot_pk: int, before: str, after: str, grams: int) -> None:
    """Let the counters follow an order from one state to the next."""
    try:
        move(lot_pk, HOLDS[before], HOLDS[after], grams)
    except Conflict as error:
        raise ActionError("lot.counters", _("这批货的数量对不上，请联系电商办。")) from error
