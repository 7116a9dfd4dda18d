"""Who else could help a household: for the change by hand, with what it would cost the whole."""

from typing import NamedTuple

from xq_engine.pairing.costs import CostParts, pair_cost
from xq_engine.pairing.problem import Cadre, Household, may_serve
from xq_engine.pairing.reasons import Reason, pair_reasons
from xq_engine.pairing.result import CadreLoad, PairingResult


class Candidate(NamedTuple):
    """One cadre a person may choose instead.

    `extra`: points more when only this household moves.
    `extra_at_least`: points that the whole loses at the very least by this choice, however the others are
    rearranged (the reduced cost of the pair); never more than `extra`.
    `load`: his load as it would be.
    """

    cadre: str
    parts: CostParts
    extra: int
    extra_at_least: int
    load: CadreLoad
    reasons: tuple[Reason, ...]


def candidates(household_key: str, result: PairingResult) -> tuple[Candidate, ...]:
    """List the cadres with a free place who may help the household, the cheapest change first.

    The cadre whom the result proposes is not among them. A household that the result leaves without a cadre has
    none (a free place would have been given); `CadreLoad.one_more_saves` tells where one place more helps most.

    :raises KeyError: the household is not part of the run.
    """
    problem = result.problem
    household = next((row for row in problem.households if row.key == household_key), None)
    if household is None:
        raise KeyError(household_key)
    units = {row.unit_key for row in problem.orders if row.village_code == household.village_code}
    loads = {row.cadre: row for row in result.loads}
    mine = next((row for row in result.assignments if row.household == household_key), None)
    now = problem.weights.unpaired
    if mine is not None:
        now = mine.parts.total + problem.weights.load * (loads[mine.cadre].used - 1)
    found = [
        _candidate(household, cadre, loads[cadre.key], result, now)
        for cadre in problem.cadres
        if cadre.unit_key in units
        and may_serve(cadre, household.village_code)
        and cadre.key not in household.excluded_cadres
        and loads[cadre.key].used < cadre.capacity
        and (mine is None or cadre.key != mine.cadre)
    ]
    return tuple(sorted(found, key=lambda row: (row.extra, row.cadre)))


def _candidate(
    household: Household, cadre: Cadre, load: CadreLoad, result: PairingResult, now: int
) -> Candidate:
    parts = pair_cost(household, cadre, result.problem.weights)
    later = load._replace(used=load.used + 1, why_idle=None)
    extra = parts.total + result.problem.weights.load * load.used - now
    at_least = parts.total + result.duals.cadres[cadre.key] - result.duals.households[household.key]
    return Candidate(cadre.key, parts, extra, at_least, later, pair_reasons(household, cadre, later))
