"""What no decision may break: places, orders, relatives. Checked inside the transaction, with the cadres held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from xiangqiao.kernel import bulk
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.pairing.models import Cadre, Kinship, Pairing, UnitOrder
from xiangqiao.pairing.rules import may_serve

Wanted = Sequence[tuple[UUID, str, Cadre]]


def hold(cadres: Sequence[int]) -> dict[int, Cadre]:
    """Lock cadres until the end of the transaction, in one order for everybody, and return them as they are now."""
    found: dict[int, Cadre] = {}
    for part in bulk.chunks(sorted(set(cadres))):
        rows = (
            Cadre.objects.select_for_update(of=("self",))
            .filter(pk__in=part)
            .order_by("pk")
            .select_related("unit")
        )
        found |= {row.pk: row for row in rows}
    return found


def demand_bounds(wanted: Wanted) -> None:
    """Refuse pairs (household, village, cadre held) that break a bound, naming the cadre.

    Raises Conflict where a cadre has no place left, ActionError where a cadre left, may not serve the village, or is a
    declared relative.
    """
    _demand_posts(wanted)
    _demand_places(wanted)


def _demand_posts(wanted: Wanted) -> None:
    units = sorted({cadre.unit_id for _household, _village, cadre in wanted})
    orders = {
        pair
        for part in bulk.chunks(units)
        for pair in UnitOrder.objects.filter(unit__in=part, valid_to__isnull=True).values_list(
            "unit_id", "division_code"
        )
    }
    kin = set(
        Kinship.objects.filter(cadre__in=[cadre.pk for *_rest, cadre in wanted][: bulk.CHUNK]).values_list(
            "household", "cadre_id"
        )
        if len(wanted) <= bulk.CHUNK
        else Kinship.objects.values_list("household", "cadre_id")
    )
    for household, village, cadre in wanted:
        if cadre.left_on is not None:
            raise ActionError("pairing.left", _("%(name)s 已调离，请另选干部。") % {"name": cadre.name})
        if (cadre.unit_id, village) not in orders:
            raise ActionError(
                "pairing.no_order",
                _("%(name)s 所在的单位“%(unit)s”没有被安排帮扶这个村，请先安排单位，或另选干部。")
                % {"name": cadre.name, "unit": cadre.unit.name},
            )
        if not may_serve(cadre.role, cadre.team_division_code, village):
            raise ActionError(
                "pairing.other_team",
                _("%(name)s 是别村的驻村工作队员，只能帮扶本队所在村。") % {"name": cadre.name},
            )
        if (household, cadre.pk) in kin:
            raise ActionError(
                "pairing.relative", _("%(name)s 是这一户申报的亲属，不能结对。") % {"name": cadre.name}
            )


def _demand_places(wanted: Wanted) -> None:
    moving = {household for household, *_rest in wanted}
    cadres = {cadre.pk: cadre for *_rest, cadre in wanted}
    used = Counter(cadre.pk for *_rest, cadre in wanted)
    for part in bulk.chunks(sorted(cadres)):
        rows = Pairing.objects.filter(cadre__in=part, valid_to__isnull=True).values_list(
            "household", "cadre_id"
        )
        used.update(cadre for household, cadre in rows if household not in moving)
    for pk, count in used.items():
        if count > cadres[pk].capacity:
            raise Conflict(
                "pairing.full",
                _("%(name)s 只能帮扶 %(places)d 户，现在已满。请先把换出的户一起采纳，或为这一户另选干部。")
                % {"name": cadres[pk].name, "places": cadres[pk].capacity},
                theirs=cadres[pk].capacity,
            )
