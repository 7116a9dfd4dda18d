"""From pairs to things: rows that are one station, and stations that stand on one tower."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xq_engine.coverage.matching import TOWER, Node


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the rows are: groups of positions. Towers without a station are sites, too, but no station."""

    stations: list[list[int]]
    sites: list[list[int]]


class _Unions:
    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def root(self, number: int) -> int:
        while self._above[number] != number:
            self._above[number] = number = self._above[self._above[number]]
        return number

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._above[second] = first

    def groups(self, numbers: Iterable[int]) -> list[list[int]]:
        found: dict[int, list[int]] = {}
        for number in numbers:
            found.setdefault(self.root(number), []).append(number)
        return list(found.values())


def resolve(
    nodes: Sequence[Node], same: Iterable[tuple[int, int]], shared: Iterable[tuple[int, int]]
) -> Resolved:
    """Join rows that are the same station, and rows that stand on one tower (the same station does so, too).

    >>> rows = [Node(k, o, t, "", "", 0, 0) for k, o, t in (("a", "CMCC", "4G"), ("b", "CMCC", "4G"), ("c", "CTCC", "4G"))]
    >>> resolve(rows, [(0, 1)], [(1, 2)])
    Resolved(stations=[[0, 1], [2]], sites=[[0, 1, 2]])
    """
    stations, sites = _Unions(len(nodes)), _Unions(len(nodes))
    for one, other in same:
        stations.join(one, other)
        sites.join(one, other)
    for one, other in shared:
        sites.join(one, other)
    of_operators = [number for number, node in enumerate(nodes) if node.operator != TOWER]
    return Resolved(stations.groups(of_operators), sites.groups(range(len(nodes))))
