"""Metres between places, and the grid that finds what lies near without comparing everything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import asin, cos, floor, radians, sin, sqrt

_RADIUS = 6_371_008.8  # mean radius of the Earth, metres
_METRES_PER_DEGREE = 111_195.0
Place = tuple[float, float]


def metres(one: Place, other: Place) -> float:
    """Return the metres between two WGS-84 places (longitude, latitude) on a sphere.

    >>> round(metres((116.0, 26.0), (116.0, 27.0)))
    111195
    """
    lon, lat, lon2, lat2 = map(radians, (*one, *other))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * _RADIUS * asin(sqrt(half))


class Near:
    """Places in a grid of cells of one width, so that those within this width stand in nine cells.

    >>> Near([(116.0, 26.0), (116.001, 26.0), (117.0, 26.0)], 500).within((116.0, 26.0), 500)
    [(0, 0.0), (1, 99.94147608988182)]
    """

    def __init__(self, places: Sequence[Place], width: float) -> None:
        self._places, self._width = places, width
        middle = max((abs(lat) for _lon, lat in places), default=0.0)
        self._lat_step = width / _METRES_PER_DEGREE
        # Cells are wide enough at the latitude farthest from the equator.
        self._lon_step = self._lat_step / max(cos(radians(middle)), 0.01)
        self._cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, place in enumerate(places):
            self._cells[self._cell(place)].append(number)

    def within(self, place: Place, reach: float) -> list[tuple[int, float]]:
        """Return (number, metres) of the places within `reach` metres, in their own order.

        Raises ValueError where the reach is wider than the cells.
        """
        if reach > self._width:
            raise ValueError(f"reach {reach} m is wider than the cells of {self._width} m")
        found = [(number, metres(place, self._places[number])) for number in self._around(place)]
        return sorted((number, far) for number, far in found if far <= reach)

    def _cell(self, place: Place) -> tuple[int, int]:
        return floor(place[0] / self._lon_step), floor(place[1] / self._lat_step)

    def _around(self, place: Place) -> Iterator[int]:
        column, row = self._cell(place)
        for x in (column - 1, column, column + 1):
            for y in (row - 1, row, row + 1):
                yield from self._cells.get((x, y), ())
