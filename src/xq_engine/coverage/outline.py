"""Schematic outlines of townships from a point each: whatever lies nearer to one point than to all others. No real borders."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

from xq_engine.coverage.distance import Place


def cells(points: Sequence[Place], *, margin: float = 0.09) -> list[list[Place]]:
    """Return for each point the outline of its cell, counterclockwise, within `margin` degrees of some point.

    >>> [round(x, 2) for x, _y in cells([(116.0, 26.0), (116.1, 26.0)], margin=0.2)[0]][:1]
    [116.05]
    """
    found = []
    for own in points:
        outline = [
            (own[0] + margin * 1.1 * cos(pi * step / 12), own[1] + margin * sin(pi * step / 12))
            for step in range(24)
        ]
        for other in points:
            if other != own and outline:
                outline = _cut(outline, own, other)
        found.append([(round(x, 5), round(y, 5)) for x, y in outline])
    return found


def _cut(outline: list[Place], own: Place, other: Place) -> list[Place]:
    """Keep the part of an outline that lies nearer to `own` than to `other`."""

    def side(place: Place) -> float:
        return sum((place[i] - (own[i] + other[i]) / 2) * (other[i] - own[i]) for i in (0, 1))

    kept: list[Place] = []
    for number, here in enumerate(outline):
        there = outline[(number + 1) % len(outline)]
        at, after = side(here), side(there)
        if at <= 0:
            kept.append(here)
        if (at < 0 < after) or (after < 0 < at):
            share = at / (at - after)
            kept.append((here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])))
    return kept
