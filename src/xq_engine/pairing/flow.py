"""The cheapest flow: from households alike, through cadres, to one sink."""

from typing import NamedTuple

import numpy as np
from ortools.graph.python import min_cost_flow

from xq_engine.pairing.network import Ints, Network
from xq_engine.pairing.problem import PairingError, Weights

SEED = 20161017  # any fixed number: the same input must give the same pairs


class Alike(NamedTuple):
    """Households that the same cadres may help at the same costs, merged: `of[h]` is the class of household h."""

    of: Ints
    first: Ints  # one household of each class
    size: Ints


def merge_alike(network: Network) -> Alike:
    """Merge households whose rows of arcs are equal, number by number.

    Half the households of a village ask for the same; merged, the solver has half the work. Rows are found by a
    random linear hash and then compared whole; if two different rows ever met in one hash, nothing is merged.
    """
    households = len(network.start) - 1
    random = np.random.default_rng(SEED)
    factor = random.integers(0, 2**64, size=int(network.cadre.max(initial=0)) + 1, dtype=np.uint64)
    terms = (network.cost + 1).astype(np.uint64) * factor[network.cadre]
    sums = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(terms, dtype=np.uint64)])
    hashes = sums[network.start[1:]] - sums[network.start[:-1]]
    _, first, of = np.unique(hashes, return_index=True, return_inverse=True)
    if not _rows_equal(network, first[of]):
        everyone = np.arange(households, dtype=np.int64)
        return Alike(everyone, everyone, np.ones(households, dtype=np.int64))
    return Alike(of.astype(np.int64), first.astype(np.int64), np.bincount(of).astype(np.int64))


def _rows_equal(network: Network, twin: Ints) -> bool:
    """Return whether each household's arcs are those of its twin."""
    length = network.start[1:] - network.start[:-1]
    if not np.array_equal(length, length[twin]):
        return False
    there = np.arange(len(network.cost)) + (network.start[twin] - network.start[:-1])[network.household]
    return np.array_equal(network.cadre, network.cadre[there]) and np.array_equal(
        network.cost, network.cost[there]
    )


def solve_flow(network: Network, capacity: Ints, weights: Weights) -> Ints:
    """Return the arcs of a cheapest flow. Nodes: classes of households, then cadres, then the sink.

    :raises PairingError: the solver ended without an optimum.
    """
    if not len(network.cost):
        return np.empty(0, dtype=np.int64)
    alike = merge_alike(network)
    classes, cadres = len(alike.first), len(capacity)
    sink = classes + cadres
    speaks = np.zeros(len(alike.of), dtype=np.bool_)
    speaks[alike.first] = True
    arcs = np.flatnonzero(speaks[network.household])
    tail, head = alike.of[network.household[arcs]], network.cadre[arcs]
    # One arc for each place: the n-th household of a cadre pays n - 1 loads, so loads even out.
    owner = np.repeat(np.arange(cadres, dtype=np.int64), capacity)
    nth = np.arange(len(owner), dtype=np.int64) - np.repeat(np.cumsum(capacity) - capacity, capacity)
    tails = np.concatenate([tail, classes + owner, np.arange(classes)])
    heads = np.concatenate([classes + head, np.full(len(owner) + classes, sink)])
    room = np.concatenate([np.minimum(alike.size[tail], capacity[head]), np.ones_like(owner), alike.size])
    costs = np.concatenate([network.cost[arcs], nth * weights.load, np.full(classes, weights.unpaired)])
    flow = min_cost_flow.SimpleMinCostFlow()
    rows = flow.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32), heads.astype(np.int32), room, costs
    )
    flow.set_nodes_supplies(np.arange(classes, dtype=np.int32), alike.size)
    flow.set_node_supply(sink, -len(alike.of))
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise PairingError(
            "SOLVER",
            zh=f"求解器没有得到最优结对（状态 {status}），请减小过大的权重后再算",
            en=f"the solver found no optimum (status {status}): lower very large weights and run again",
        )
    return _share_out(network, alike, arcs, flow.flows(rows[: len(arcs)]).astype(np.int64))


def _share_out(network: Network, alike: Alike, arcs: Ints, flows: Ints) -> Ints:
    """Give the places that a class won to its members, in the order in which they were handed in."""
    won = np.repeat(arcs, flows)
    group = alike.of[network.household[won]]
    order = np.argsort(group, kind="stable")
    won, group = won[order], group[order]
    count = np.bincount(group, minlength=len(alike.first))
    nth = np.arange(len(won), dtype=np.int64) - (np.cumsum(count) - count)[group]
    members = np.argsort(alike.of, kind="stable")
    begin = np.cumsum(alike.size) - alike.size
    member = members[begin[group] + nth]
    taken: Ints = np.sort(network.start[member] + won - network.start[network.household[won]])
    return taken
