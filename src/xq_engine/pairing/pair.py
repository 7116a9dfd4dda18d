"""Pair households and cadres at least cost, and hand back the pairs with their proof."""

from collections.abc import Iterable

import numpy as np

from xq_engine.pairing.costs import CostParts, load_cost
from xq_engine.pairing.flow import solve_flow
from xq_engine.pairing.network import Ints, Network, build_network
from xq_engine.pairing.prices import place_prices
from xq_engine.pairing.problem import (
    DEFAULT_WEIGHTS,
    TEAM_ROLES,
    Cadre,
    Household,
    Problem,
    UnitOrder,
    Weights,
)
from xq_engine.pairing.result import (
    Assignment,
    CadreLoad,
    Duals,
    PairingResult,
    Unpaired,
    WhyIdle,
    WhyUnpaired,
)


def pair(
    households: Iterable[Household],
    cadres: Iterable[Cadre],
    orders: Iterable[UnitOrder],
    weights: Weights = DEFAULT_WEIGHTS,
) -> PairingResult:
    """Pair households with cadres inside the county's orders, at the least cost there is.

    A cadre gets households only in villages that his unit is ordered to, a team member only in his team's
    village, nobody a declared relative, nobody more than his places. The same input gives the same pairs.

    :raises PairingError: a key stands twice, places outside 1 to 5, or the solver gave up.
    """
    problem = Problem(tuple(households), tuple(cadres), tuple(orders), weights)
    network = build_network(problem)
    capacity = np.array([row.capacity for row in problem.cadres], dtype=np.int64)
    taken = solve_flow(network, capacity, weights)
    chosen = np.full(len(problem.households), -1, dtype=np.int64)
    chosen[network.household[taken]] = taken
    used = np.bincount(network.cadre[taken], minlength=len(capacity)).astype(np.int64)
    value, place, settled = place_prices(network, chosen, used, capacity, weights.load, weights.unpaired)
    unpaired = np.flatnonzero(chosen < 0)
    loads = sum(load_cost(count, weights) for count in used.tolist())
    return PairingResult(
        problem=problem,
        assignments=_assignments(problem, network, taken),
        unpaired=tuple(_explain(problem, network, household) for household in unpaired.tolist()),
        loads=_loads(problem, network, used, place),
        objective=int(network.cost[taken].sum()) + loads + weights.unpaired * len(unpaired),
        optimal=settled,
        duals=Duals(
            dict(zip((row.key for row in problem.households), value.tolist(), strict=True)),
            dict(zip((row.key for row in problem.cadres), place.tolist(), strict=True)),
        ),
    )


def _assignments(problem: Problem, network: Network, taken: Ints) -> tuple[Assignment, ...]:
    columns = zip(*(part[taken].tolist() for part in network.parts), strict=True)
    return tuple(
        Assignment(problem.households[household].key, problem.cadres[cadre].key, CostParts(*parts))
        for household, cadre, parts in zip(
            network.household[taken].tolist(), network.cadre[taken].tolist(), columns, strict=True
        )
    )


def _explain(problem: Problem, network: Network, household: int) -> Unpaired:
    if not network.ordered[household]:
        why = WhyUnpaired.NO_UNIT
    elif not network.servable[household]:
        why = WhyUnpaired.NO_CADRE
    elif network.start[household] == network.start[household + 1]:
        why = WhyUnpaired.ALL_EXCLUDED
    else:
        why = WhyUnpaired.ALL_FULL
    return Unpaired(problem.households[household].key, why)


def _loads(problem: Problem, network: Network, used: Ints, place: Ints) -> tuple[CadreLoad, ...]:
    reached = np.bincount(network.cadre, minlength=len(used))
    rows = []
    for number, (cadre, count, price) in enumerate(
        zip(problem.cadres, used.tolist(), place.tolist(), strict=True)
    ):
        idle = None if count else _why_idle(cadre, network.reach[number], int(reached[number]))
        saves = max(0, price - problem.weights.load * cadre.capacity)
        rows.append(CadreLoad(cadre.key, count, cadre.capacity, saves, idle))
    return tuple(rows)


def _why_idle(cadre: Cadre, villages: tuple[str, ...], households: int) -> WhyIdle:
    if cadre.role in TEAM_ROLES and cadre.team_village_code is None:
        return WhyIdle.NO_TEAM_VILLAGE
    if not villages:
        return WhyIdle.NO_ORDER
    return WhyIdle.NOT_NEEDED if households else WhyIdle.NO_HOUSEHOLD
