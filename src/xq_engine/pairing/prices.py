"""Prices that prove a pairing optimal, found on its residual graph without asking the solver."""

import numpy as np

from xq_engine.pairing.network import Ints, Network


def place_prices(
    network: Network, chosen: Ints, used: Ints, capacity: Ints, load: int, unpaired: int
) -> tuple[Ints, Ints, bool]:
    """Return the least price of each household and of a place with each cadre, and whether they prove optimality.

    A place costs at least what its last household's load costs. Whoever could take a place instead lifts its
    price: a household without a cadre to what it would give, a household of another cadre to what the change
    would save. The lifts run through the residual graph (Bellman-Ford over the cadres whose price rose) until
    nothing rises; at an optimum they settle, otherwise a price passes its ceiling or the rounds run out.

    `chosen[h]`: the arc of household h, or -1.
    Source: Ahuja, Magnanti, Orlin, Network Flows (1993), 9.3 (reduced-cost optimality conditions).
    """
    households, cadres = len(chosen), len(used)
    place = load * np.maximum(used - 1, 0)
    ceiling = np.where(used < capacity, load * used, np.iinfo(np.int64).max)
    paired = chosen >= 0
    value = np.full(households, unpaired, dtype=np.int64)
    own = np.full(households, -1, dtype=np.int64)
    own[paired] = network.cadre[chosen[paired]]
    own_cost = np.zeros(households, dtype=np.int64)
    own_cost[paired] = network.cost[chosen[paired]]
    order = np.argsort(own, kind="stable")
    first = np.searchsorted(own[order], np.arange(cadres + 1))

    rose = order[: first[0]]  # those without a cadre lift first
    _lift(network, rose, value, place)
    value[paired] = own_cost[paired] + place[own[paired]]
    changed = np.arange(cadres, dtype=np.int64)
    rounds = 0
    while len(changed) and rounds <= cadres and (place <= ceiling).all():
        rose = order[_ranges(first[changed], first[changed + 1])]
        value[rose] = own_cost[rose] + place[own[rose]]
        changed = _lift(network, rose, value, place)
        rounds += 1
    settled = not len(changed) and bool((place <= ceiling).all()) and bool((value <= unpaired).all())
    return value, place, settled


def _lift(network: Network, households: Ints, value: Ints, place: Ints) -> Ints:
    """Raise every place to what the households would give for it; return the cadres whose price rose."""
    arcs = _ranges(network.start[households], network.start[households + 1])
    offers = value[network.household[arcs]] - network.cost[arcs]
    cadres = network.cadre[arcs]
    higher = offers > place[cadres]
    before = place.copy()
    np.maximum.at(place, cadres[higher], offers[higher])
    return np.flatnonzero(place > before)


def _ranges(begin: Ints, end: Ints) -> Ints:
    """Concatenate the half-open ranges begin[n]:end[n]."""
    sizes = end - begin
    shift = np.repeat(begin - (np.cumsum(sizes) - sizes), sizes)
    rows: Ints = np.arange(len(shift), dtype=np.int64) + shift
    return rows
