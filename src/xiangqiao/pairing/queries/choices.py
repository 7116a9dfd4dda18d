"""Who else could help the household of a proposal, with what it would cost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.pairing.models import Cadre, Kinship, Pairing, Proposal
from xiangqiao.pairing.queries.gaps import orders_on
from xiangqiao.pairing.queries.problem import as_engine
from xiangqiao.pairing.rules import language_of
from xiangqiao.people.queries import HouseholdFilter, households

if TYPE_CHECKING:
    from xq_engine.pairing.reasons import Reason


@dataclass(frozen=True)
class Choice:
    """A cadre who may help the household instead: points more than the proposal, households with it, reasons."""

    cadre: Cadre
    extra: int
    used: int
    reasons: tuple[Reason, ...]


def choices(viewer: AnyViewer, proposal: Proposal, *, on: date) -> list[Choice]:
    """Return the cadres with a free place who may help, the cheapest change first; five queries.

    A place is taken by a pair in force and by a proposal of the run that waits. Without a proposed cadre, `extra` is
    against staying without one.
    """
    # Loads numpy: not at the start of the web process.
    from xq_engine.pairing import problem as engine
    from xq_engine.pairing.candidates import candidates
    from xq_engine.pairing.costs import pair_cost
    from xq_engine.pairing.result import Assignment, CadreLoad, Duals, PairingResult

    here = households(
        viewer, HouseholdFilter(closed="1"), extra=Q(public_id=proposal.household), act=Can.READ_PAIRING
    )
    causes = here.values_list("cause_main", "cause_2", "cause_3").first() or ()
    units = orders_on(on).filter(division_code=proposal.division_code).values("unit")
    rows = {
        str(row.public_id): row
        for row in Cadre.objects.filter(unit__in=units, left_on__isnull=True, capacity__gte=1).select_related(
            "unit"
        )
    }
    if proposal.cadre is not None:
        rows.setdefault(str(proposal.cadre.public_id), proposal.cadre)
    used, now = _taken(proposal, [row.pk for row in rows.values()])
    kin = Kinship.objects.filter(household=proposal.household).values_list("cadre__public_id", flat=True)
    home = engine.Household(
        key=str(proposal.household),
        village_code=proposal.division_code,
        needs=frozenset(cause for cause in causes if cause),
        language=language_of(proposal.division_code),
        excluded_cadres=frozenset(map(str, kin)),
        current_cadre=now,
    )
    asked = tuple(as_engine(row, row.capacity) for row in rows.values())
    weights = engine.Weights(**proposal.run.weights)
    orders = tuple(engine.UnitOrder(unit, proposal.division_code) for unit in {one.unit_key for one in asked})
    mine = next((one for one in asked if proposal.cadre and one.key == str(proposal.cadre.public_id)), None)
    assignments = (Assignment(home.key, mine.key, pair_cost(home, mine, weights)),) if mine else ()
    loads = tuple(
        CadreLoad(one.key, used[rows[one.key].pk] + (one is mine), one.capacity, 0, None) for one in asked
    )
    # The lower bound of each choice needs the prices of the whole run, which are not kept: they count as nothing here.
    prices = Duals({home.key: 0}, {one.key: 0 for one in asked})
    whole = PairingResult(
        engine.Problem((home,), asked, orders, weights),
        assignments,
        (),
        loads,
        0,
        optimal=False,
        duals=prices,
    )
    return [
        Choice(rows[one.cadre], one.extra, one.load.used, one.reasons) for one in candidates(home.key, whole)
    ]


def _taken(proposal: Proposal, cadres: list[int]) -> tuple[Counter[int], str | None]:
    """Return the places taken by others, and the cadre whom the household has now."""
    waiting = Proposal.objects.filter(run=proposal.run, state=Proposal.State.OPEN).exclude(pk=proposal.pk)
    moving = waiting.filter(
        household__in=Pairing.objects.filter(cadre__in=cadres, valid_to__isnull=True).values("household")
    )
    leaves = set(moving.values_list("household", flat=True))
    used: Counter[int] = Counter(waiting.filter(cadre__in=cadres).values_list("cadre_id", flat=True))
    now: str | None = None
    pairs = Pairing.objects.filter(
        Q(cadre__in=cadres) | Q(household=proposal.household), valid_to__isnull=True
    )
    for household, pk, public_id in pairs.values_list("household", "cadre_id", "cadre__public_id"):
        if household == proposal.household:
            now = str(public_id)
        elif household not in leaves:
            used[pk] += 1
    return used, now
