"""The pairs that orders, teams and kinship allow, as columns: one row an arc, costs in points."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from xq_engine.pairing.costs import (
    home_cost,
    language_cost,
    point_on_sphere,
    skill_cost,
)
from xq_engine.pairing.problem import Cadre, Household, Problem, Weights, may_serve

Ints = NDArray[np.int64]
Row = TypeVar("Row", Household, Cadre)


@dataclass(frozen=True)
class Network:
    """All allowed pairs, sorted by household, then cadre.

    `household`, `cadre`: row numbers in the problem; `parts`: one column for each field of `CostParts`;
    `cost`: their sum; `start[h]:start[h + 1]`: the arcs of household h; `servable[h]`: how many cadres may serve
    its village before relatives are left out; `ordered[h]`: whether any unit is ordered there;
    `reach[c]`: the villages that cadre c may serve.
    """

    household: Ints
    cadre: Ints
    parts: tuple[Ints, ...]
    cost: Ints
    start: Ints
    servable: Ints
    ordered: NDArray[np.bool_]
    reach: tuple[tuple[str, ...], ...]


def build_network(problem: Problem) -> Network:
    """List every allowed pair with its cost."""
    households, cadres = problem.households, problem.cadres
    villages, cadres_of, ordered, reach = _bounds(problem)
    village_of = np.array([villages[row.village_code] for row in households], dtype=np.int64)
    sizes = np.array([len(rows) for rows in cadres_of], dtype=np.int64)
    flat = np.concatenate([np.empty(0, dtype=np.int64), *cadres_of])
    first = np.cumsum(sizes) - sizes
    servable = sizes[village_of]
    tails = np.repeat(np.arange(len(households), dtype=np.int64), servable)
    within = np.arange(len(tails), dtype=np.int64) - np.repeat(np.cumsum(servable) - servable, servable)
    heads = flat[first[village_of[tails]] + within]
    keys = tails * max(1, len(cadres)) + heads
    kept = np.ones(len(tails), dtype=np.bool_)
    kept[_arcs_of(problem, keys, lambda row: row.excluded_cadres)] = False
    if not kept.all():
        tails, heads, keys = tails[kept], heads[kept], keys[kept]
    stays = _arcs_of(problem, keys, lambda row: () if row.current_cadre is None else (row.current_cadre,))
    parts = (
        *_mismatches(problem, tails, heads),
        _distances(problem, tails, heads),
        _moves(problem, tails, stays),
    )
    start = np.searchsorted(tails, np.arange(len(households) + 1))
    cost = sum(parts[1:], parts[0])
    return Network(tails, heads, parts, cost, start, servable, ordered[village_of], reach)


def _bounds(
    problem: Problem,
) -> tuple[dict[str, int], list[Ints], NDArray[np.bool_], tuple[tuple[str, ...], ...]]:
    """Turn orders and teams into the list of cadres for each village, sorted by row number."""
    villages = {
        code: n for n, code in enumerate(dict.fromkeys(row.village_code for row in problem.households))
    }
    sent_to: dict[str, list[str]] = defaultdict(list)
    for order in dict.fromkeys(problem.orders):
        sent_to[order.unit_key].append(order.village_code)
    lists: list[list[int]] = [[] for _ in villages]
    reach = []
    for number, cadre in enumerate(problem.cadres):
        served = tuple(code for code in sent_to[cadre.unit_key] if may_serve(cadre, code))
        reach.append(served)
        for code in served:
            if code in villages:
                lists[villages[code]].append(number)
    ordered_codes = {order.village_code for order in problem.orders}
    ordered = np.array([code in ordered_codes for code in villages], dtype=np.bool_)
    return villages, [np.array(rows, dtype=np.int64) for rows in lists], ordered, tuple(reach)


def _arcs_of(problem: Problem, keys: Ints, named: Callable[[Household], Iterable[str]]) -> Ints:
    """Find the arcs from households to the cadres they name; names that are no arc are passed over."""
    number = {row.key: n for n, row in enumerate(problem.cadres)}
    width = max(1, len(problem.cadres))
    wanted = np.array(
        [
            tail * width + number[name]
            for tail, row in enumerate(problem.households)
            for name in named(row)
            if name in number
        ],
        dtype=np.int64,
    )
    at = np.searchsorted(keys, wanted)
    inside = at < len(keys)
    at, wanted = at[inside], wanted[inside]
    found: Ints = at[keys[at] == wanted]
    return found


def _kinds(rows: Sequence[Row], kind: Callable[[Row], Hashable]) -> tuple[Ints, list[Row]]:
    """Number the rows by kind, with one example for each kind: costs are asked once for each pair of kinds."""
    numbers: dict[Hashable, int] = {}
    examples: list[Row] = []
    column = []
    for row in rows:
        value = kind(row)
        if value not in numbers:
            numbers[value] = len(examples)
            examples.append(row)
        column.append(numbers[value])
    return np.array(column, dtype=np.int64), examples


def _table(
    rows: Sequence[Household], columns: Sequence[Cadre], cost: Callable[[Household, Cadre], int]
) -> Ints:
    values = [[cost(row, column) for column in columns] for row in rows]
    return np.array(values, dtype=np.int64).reshape(len(rows), len(columns))


def _mismatches(problem: Problem, tails: Ints, heads: Ints) -> tuple[Ints, Ints, Ints]:
    """Price skill, home and language of every arc by tables of kinds."""
    weights, households, cadres = problem.weights, problem.households, problem.cadres

    def priced(
        kind: Callable[[Household], Hashable],
        gift: Callable[[Cadre], Hashable],
        cost: Callable[[Household, Cadre], int],
    ) -> Ints:
        rows, row_examples = _kinds(households, kind)
        columns, column_examples = _kinds(cadres, gift)
        table = _table(row_examples, column_examples, cost).ravel()
        places = (rows * max(1, len(column_examples)))[tails]
        places += columns[heads]
        return table[places]

    return (
        priced(lambda h: h.needs, lambda c: c.skill, lambda h, c: skill_cost(h.needs, c.skill, weights)),
        priced(
            lambda h: h.village_code,
            lambda c: c.home_village_code,
            lambda h, c: home_cost(h.village_code, c.home_village_code, weights),
        ),
        priced(
            lambda h: h.language,
            lambda c: c.speaks_hakka,
            lambda h, c: language_cost(h.language, speaks_hakka=c.speaks_hakka, weights=weights),
        ),
    )


def _points(rows: Sequence[Row]) -> tuple[NDArray[np.bool_], Ints]:
    measured = np.array([row.coordinates is not None for row in rows], dtype=np.bool_)
    points = [(0, 0, 0) if row.coordinates is None else point_on_sphere(row.coordinates) for row in rows]
    return measured, np.array(points, dtype=np.int64).reshape(len(rows), 3)


def _distances(problem: Problem, tails: Ints, heads: Ints) -> Ints:
    """Price the way of every arc whose household was measured."""
    weights: Weights = problem.weights
    cost = np.zeros(len(tails), dtype=np.int64)
    if all(row.coordinates is None for row in problem.households):
        return cost
    known, there = _points(problem.households)
    known_too, here = _points(problem.cadres)
    cost[known[tails]] = weights.distance_unknown
    both = np.flatnonzero(known[tails] & known_too[heads])
    squares = ((there[tails[both]] - here[heads[both]]) ** 2).sum(axis=1)
    # Squares stay below 2**53, where the root of a float is exact enough for the whole part to be right.
    metres = np.sqrt(squares.astype(np.float64)).astype(np.int64)
    cost[both] = np.minimum(weights.distance_most, metres * weights.distance_per_km // 1000)
    return cost


def _moves(problem: Problem, tails: Ints, stays: Ints) -> Ints:
    """Price the change of cadre for every arc but those of the pairs that are."""
    settled = np.array([row.current_cadre is not None for row in problem.households], dtype=np.bool_)
    cost = np.where(settled[tails], np.int64(problem.weights.move), np.int64(0))
    cost[stays] = 0
    return cost
