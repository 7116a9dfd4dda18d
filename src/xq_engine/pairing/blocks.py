"""The pairs of one village at once, enumerated and priced for the verifier apart from the network."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from xq_engine.pairing.costs import distance_cost, home_cost, language_cost, skill_cost
from xq_engine.pairing.problem import Cadre, Coordinates, Household, Problem, may_serve

Matrix = NDArray[np.int64]
Want = tuple[frozenset[str], str | None]
Gift = tuple[str, bool | None]


def servable_cadres(problem: Problem) -> dict[str, list[Cadre]]:
    """Return for each village the cadres whom order and team let serve it."""
    units: dict[str, set[str]] = defaultdict(set)
    for order in problem.orders:
        units[order.village_code].add(order.unit_key)
    members: dict[str, list[Cadre]] = defaultdict(list)
    for cadre in problem.cadres:
        members[cadre.unit_key].append(cadre)
    return {
        village: [cadre for unit in sorted(keys) for cadre in members[unit] if may_serve(cadre, village)]
        for village, keys in units.items()
    }


def village_blocks(problem: Problem) -> Iterator[tuple[list[Household], list[Cadre]]]:
    """Yield for each village its households and the cadres who may serve it."""
    servable = servable_cadres(problem)
    residents: dict[str, list[Household]] = defaultdict(list)
    for household in problem.households:
        residents[household.village_code].append(household)
    for village, households in residents.items():
        cadres = servable.get(village, [])
        if cadres:
            yield households, cadres


class BlockPrices:
    """Prices of all pairs of a village from the one definition, each distinct question asked once."""

    def __init__(self, problem: Problem) -> None:
        self.weights = problem.weights
        self.wants: dict[Want, int] = {}
        self.gifts: dict[Gift, int] = {}
        for household in problem.households:
            self.wants.setdefault((household.needs, household.language), len(self.wants))
        for cadre in problem.cadres:
            self.gifts.setdefault((cadre.skill, cadre.speaks_hakka), len(self.gifts))
        table = [[self._mismatch(want, gift) for gift in self.gifts] for want in self.wants]
        self.table: Matrix = np.array(table, dtype=np.int64).reshape(len(self.wants), len(self.gifts))

    def _mismatch(self, want: Want, gift: Gift) -> int:
        needs, language = want
        skill, speaks_hakka = gift
        return skill_cost(needs, skill, self.weights) + language_cost(
            language, speaks_hakka=speaks_hakka, weights=self.weights
        )

    def matrix(self, households: list[Household], cadres: list[Cadre]) -> Matrix:
        """Return the points of every pair, households down, cadres across."""
        village = households[0].village_code
        rows = [self.wants[row.needs, row.language] for row in households]
        columns = [self.gifts[row.skill, row.speaks_hakka] for row in cadres]
        homes = np.array(
            [home_cost(village, row.home_village_code, self.weights) for row in cadres], dtype=np.int64
        )
        cost: Matrix = self.table[np.ix_(rows, columns)] + homes[None, :]
        self._add_moves(cost, households, cadres)
        places = [row.coordinates for row in cadres]
        for number, household in enumerate(households):
            if household.coordinates is not None:
                cost[number] += self._ways(household.coordinates, places)
        return cost

    def _add_moves(self, cost: Matrix, households: list[Household], cadres: list[Cadre]) -> None:
        column_of = {row.key: number for number, row in enumerate(cadres)}
        for number, household in enumerate(households):
            if household.current_cadre is not None:
                cost[number] += self.weights.move
                if household.current_cadre in column_of:
                    cost[number, column_of[household.current_cadre]] -= self.weights.move

    def _ways(self, home: Coordinates, places: list[Coordinates | None]) -> Matrix:
        return np.array([distance_cost(home, place, self.weights) for place in places], dtype=np.int64)
