"""Bench of the pairing: a county of 30,000 households and 8,000 cadres, beside the bare solver and beside greed.

Run: python bench/pairing.py
"""

import heapq
import random
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow.parquet as pq
from ortools.graph.python import min_cost_flow
from report import report

from xq_engine.pairing.costs import CAUSE_SKILLS, load_cost
from xq_engine.pairing.network import Network, build_network
from xq_engine.pairing.pair import pair
from xq_engine.pairing.problem import Cadre, Household, Problem, UnitOrder, Weights
from xq_engine.pairing.result import PairingResult
from xq_engine.pairing.tables import (
    cadre_table,
    household_table,
    order_table,
    pair_table,
    read_cadres,
    read_households,
    read_orders,
)
from xq_engine.pairing.verify import verify

HOUSEHOLDS, CADRES, VILLAGES, UNIT_SIZE = 30_000, 8_000, 300, 20
ROUNDS = 2
# The price of "no cadre" of the earlier measurements: small enough that it does not drown the other costs.
GREEDY_WEIGHTS = Weights(unpaired=5_000)
SKILLS = (
    *("CITRUS", "TEA", "LOTUS", "POULTRY", "CROPS", "MEDICAL", "EDUCATION"),
    *("ECOMMERCE", "FINANCE", "LAW", "BUILDING", "SOCIAL", "NONE"),
)
T = TypeVar("T")


@dataclass(frozen=True)
class County:
    """An invented county as columns of the engine."""

    households: list[Household]
    cadres: list[Cadre]
    orders: list[UnitOrder]

    def problem(self, weights: Weights) -> Problem:
        """Return the problem under these weights."""
        return Problem(tuple(self.households), tuple(self.cadres), tuple(self.orders), weights)


def make_county(seed: int, *, fewest_places: int) -> County:
    """Invent a county: a unit of twenty has its own village, and each village one unit more."""
    draw = random.Random(seed)
    villages = [f"3607301{n // 13:02d}{n % 13 + 200:03d}" for n in range(VILLAGES)]
    causes = sorted(CAUSE_SKILLS)
    households = [
        Household(
            f"h{n}",
            draw.choice(villages),
            frozenset(draw.sample(causes, draw.choice((1, 1, 2)))),
            draw.choice(("HAKKA", "HAKKA", "HAKKA", None)),
        )
        for n in range(HOUSEHOLDS)
    ]
    units = [f"u{n}" for n in range(CADRES // UNIT_SIZE)]
    cadres = [
        Cadre(
            f"c{n}",
            units[n % len(units)],
            draw.choice(SKILLS),
            draw.choice([*villages, *[None] * 100]),
            draw.choice((True, False, None)),
            draw.randint(fewest_places, 5),
        )
        for n in range(CADRES)
    ]
    orders = [UnitOrder(unit, villages[n % VILLAGES]) for n, unit in enumerate(units)]
    orders += [UnitOrder(draw.choice(units), village) for village in villages]
    return County(households, cadres, orders)


def cpu_seconds(job: Callable[[], T]) -> tuple[float, T]:
    """Run the job and return its CPU seconds (all threads) and its result."""
    begin = time.process_time()
    result = job()
    return time.process_time() - begin, result


def bare_solver(network: Network, problem: Problem) -> int:
    """Give every arc to the solver as it is and return the objective: the peer to be near to."""
    weights = problem.weights
    households, cadres = len(problem.households), len(problem.cadres)
    capacity = np.array([row.capacity for row in problem.cadres])
    owner = np.repeat(np.arange(cadres), capacity)
    nth = np.arange(len(owner)) - np.repeat(np.cumsum(capacity) - capacity, capacity)
    sink = households + cadres
    tails = np.concatenate([network.household, households + owner, np.arange(households)])
    heads = np.concatenate([households + network.cadre, np.full(len(owner) + households, sink)])
    costs = np.concatenate([network.cost, nth * weights.load, np.full(households, weights.unpaired)])
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32), heads.astype(np.int32), np.ones(len(tails), dtype=np.int64), costs
    )
    flow.set_nodes_supplies(np.arange(households, dtype=np.int32), np.ones(households, dtype=np.int64))
    flow.set_node_supply(sink, -households)
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("the bare solver found no optimum")
    return int(flow.optimal_cost())


def greedy(network: Network, problem: Problem) -> tuple[int, int]:
    """Take the cheapest pair first, load included, while places last; return (objective, households left)."""
    load = problem.weights.load
    capacity = [row.capacity for row in problem.cadres]
    used = [0] * len(capacity)
    household, cadre, cost = network.household.tolist(), network.cadre.tolist(), network.cost.tolist()
    heap = [(price, arc) for arc, price in enumerate(cost)]
    heapq.heapify(heap)
    paired = [False] * len(problem.households)
    total = 0
    while heap:
        price, arc = heapq.heappop(heap)
        helper = cadre[arc]
        if paired[household[arc]] or used[helper] >= capacity[helper]:
            continue
        now = cost[arc] + load * used[helper]
        if now > price:
            heapq.heappush(heap, (now, arc))
            continue
        paired[household[arc]] = True
        used[helper] += 1
        total += now
    left = paired.count(False)
    return total + left * problem.weights.unpaired, left


def end_to_end(folder: Path, weights: Weights) -> PairingResult:
    """Read the tables, pair, and write the pairs."""
    result = pair(
        read_households(pq.read_table(folder / "households.parquet")),
        read_cadres(pq.read_table(folder / "cadres.parquet")),
        read_orders(pq.read_table(folder / "orders.parquet")),
        weights,
    )
    pq.write_table(pair_table(result), folder / "pairs.parquet")
    return result


def row(job: str, ours: float, peer: str, theirs: float, *, ratio: float, most: float) -> dict[str, Any]:
    """Return one line of the report; every goal here is a ratio that may not be exceeded."""
    return {
        "job": job,
        "ours_cpu_s": round(ours, 3),
        "peer": peer,
        "peer_cpu_s": round(theirs, 3),
        "ratio": round(ratio, 4),
        "goal": f"<= {most}",
        "met": ratio <= most,
    }


def one_round(
    folder: Path, network: Network, problem: Problem
) -> tuple[tuple[float, float, float], PairingResult]:
    """Time tables-to-pairs, the bare solver and the proof once; all three must agree."""
    ours, result = cpu_seconds(lambda: end_to_end(folder, problem.weights))
    raw, objective = cpu_seconds(lambda: bare_solver(network, problem))
    proof, certificate = cpu_seconds(lambda: verify(problem, result))
    if result.objective != objective or not certificate.holds:
        raise RuntimeError(certificate.words("en"))
    return (ours, raw, proof), result


def measure_speed(name: str, county: County) -> tuple[list[dict[str, Any]], PairingResult]:
    """Compare tables-to-pairs and the proof with the bare solver, in turns, the best of each."""
    problem = county.problem(Weights())
    network = build_network(problem)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        pq.write_table(household_table(county.households), folder / "households.parquet")
        pq.write_table(cadre_table(county.cadres), folder / "cadres.parquet")
        pq.write_table(order_table(county.orders), folder / "orders.parquet")
        rounds = [one_round(folder, network, problem) for _ in range(ROUNDS)]
    ours, raw, proof = (min(column) for column in zip(*(times for times, _ in rounds), strict=True))
    result = rounds[0][1]
    print(
        f"{name}: {len(network.cost):,} arcs, {len(result.assignments):,} paired, {len(result.unpaired):,} not"
    )
    print(verify(problem, result).words("en"))
    solver = "OR-Tools SimpleMinCostFlow, same arcs"
    return [
        row(f"{name}: tables to proven pairs, written", ours, solver, raw, ratio=ours / raw, most=2.0),
        row(f"{name}: proof checked apart", proof, solver, raw, ratio=proof / raw, most=1.0),
    ], result


def measure_greedy(name: str, county: County) -> dict[str, Any]:
    """Compare the cost of the pairing with that of greed."""
    problem = county.problem(GREEDY_WEIGHTS)
    network = build_network(problem)
    ours, result = cpu_seconds(lambda: pair(county.households, county.cadres, county.orders, GREEDY_WEIGHTS))
    theirs, (objective, left) = cpu_seconds(lambda: greedy(network, problem))
    loads = sum(load_cost(load.used, problem.weights) for load in result.loads)
    pairs = sum(pair_.parts.total for pair_ in result.assignments) + loads
    print(
        f"{name}: ours {result.objective:,} points, {len(result.unpaired):,} without a cadre, "
        f"{pairs / max(1, len(result.assignments)):.1f} points a pair; greedy {objective:,}, {left:,}, "
        f"{(objective - left * problem.weights.unpaired) / max(1, HOUSEHOLDS - left):.1f}"
    )
    ratio = result.objective / objective
    return row(
        f"{name}: cost beside greedy", ours, "greedy, cheapest pair first", theirs, ratio=ratio, most=0.975
    )


def fewest_moves(households: list[Household], cadres: list[Cadre], orders: list[UnitOrder]) -> int:
    """Return how many must move so that as many as can have a cadre: the least cost when only moves cost."""
    nothing = dict.fromkeys(("skill", "home_township", "home_elsewhere", "language", "language_unknown"), 0)
    nothing |= dict.fromkeys(("distance_per_km", "distance_most", "distance_unknown", "load"), 0)
    result = pair(households, cadres, orders, Weights(**nothing, move=1, unpaired=1_000_000))
    return result.moved


def measure_change(name: str, county: County, before: PairingResult) -> list[dict[str, Any]]:
    """Let fifty cadres leave and one household in a hundred change its needs: who moves, and at what cost."""
    draw = random.Random(7)
    now = {pair_.household: pair_.cadre for pair_ in before.assignments}
    gone = set(draw.sample([cadre.key for cadre in county.cadres], 50))
    causes = sorted(CAUSE_SKILLS)
    fresh = [
        replace(home, needs=frozenset({draw.choice(causes)})) if draw.random() < 0.01 else home
        for home in county.households
    ]
    settled = [replace(home, current_cadre=now.get(home.key)) for home in fresh]
    stayed = [cadre for cadre in county.cadres if cadre.key not in gone]
    took, after = cpu_seconds(lambda: pair(settled, stayed, county.orders))
    anew_took, anew = cpu_seconds(lambda: pair(fresh, stayed, county.orders))
    if not verify(after.problem, after).holds:
        raise RuntimeError("the proof of the second pairing does not hold")
    forced = fewest_moves(settled, stayed, county.orders)
    moved_anew = sum(now.get(pair_.household) not in (None, pair_.cadre) for pair_ in anew.assignments)
    cost = after.objective - sum(pair_.parts.move for pair_ in after.assignments)
    print(f"{name}: {forced} must move, {after.moved} move; paired anew without a bonus {moved_anew} would")
    return [
        row(
            f"{name}: moves beside fewest possible",
            took,
            "fewest that could move",
            anew_took,
            ratio=after.moved / forced,
            most=1.1,
        ),
        row(
            f"{name}: cost beside all anew",
            took,
            "all anew",
            anew_took,
            ratio=cost / anew.objective,
            most=1.005,
        ),
    ]


def main() -> None:
    """Run all comparisons and write the report."""
    rows: list[dict[str, Any]] = []
    for name, fewest in (("too few places", 1), ("places to spare", 3)):
        county = make_county(1, fewest_places=fewest)
        measured, result = measure_speed(name, county)
        rows += measured
        rows.append(measure_greedy(name, county))
        rows += measure_change(name, county, result)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of all runs in one process: {peak:,.0f} MB")
    report("pairing", rows)


if __name__ == "__main__":
    main()
