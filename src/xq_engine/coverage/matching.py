"""Which rows of several lists are one station, which stations share a tower, and what only a person can tell.

Rows are compared only where something brings them together: the same corner of the map, the same number, or the same name of
the same operator. Each pair that is compared gets a verdict with reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from xq_engine.coverage.distance import Near, metres
from xq_engine.coverage.words import likeness, name_form, number_form

TOWER = "TOWER"
# Metres. A phone's fix and a datum well converted are within the first; a hill-top site is one place within the second;
# beyond the third the same number is a mistake in one of the lists.
SAME_SPOT, SAME_SITE, TOO_FAR = 40, 150, 1500
_NEAR = 400
ALIKE, SOMEWHAT_ALIKE = 0.8, 0.5


class Verdict(StrEnum):
    """What two rows are to each other."""

    SAME = "SAME"
    SHARED = "SHARED"
    DOUBTFUL = "DOUBTFUL"
    DIFFERENT = "DIFFERENT"


@dataclass(frozen=True, slots=True)
class Node:
    """A row of a list or a station of the register, as matching looks at it."""

    key: str
    operator: str
    technology: str
    station_no: str
    name: str
    lon: float
    lat: float
    tower_no: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a code with its figures, put into words by who shows it."""

    code: str
    value: int | str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two rows with a verdict: `left` and `right` are positions in the list of nodes."""

    left: int
    right: int
    verdict: Verdict
    reasons: tuple[Reason, ...]
    distance_m: int


def compare(nodes: Sequence[Node]) -> list[Likeness]:
    """Compare what should be compared and return every pair that is not plainly different, in order."""
    found = [_judge(nodes, left, right) for left, right in sorted(set(_blocks(nodes)))]
    return [one for one in found if one.verdict != Verdict.DIFFERENT]


def _blocks(nodes: Sequence[Node]) -> Iterator[tuple[int, int]]:
    near = Near([(node.lon, node.lat) for node in nodes], _NEAR)
    for number, node in enumerate(nodes):
        for other, _far in near.within((node.lon, node.lat), _NEAR):
            if other > number:
                yield number, other
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        own = (node.operator, node.technology)
        if form := number_form(node.station_no):
            groups["number", *own, form].append(number)
        if form := name_form(node.name):
            groups["name", *own, form].append(number)
        if node.tower_no:
            groups["tower", node.tower_no].append(number)
    for group in groups.values():
        yield from combinations(group, 2)


def _judge(nodes: Sequence[Node], left: int, right: int) -> Likeness:
    one, other = nodes[left], nodes[right]
    far = round(metres((one.lon, one.lat), (other.lon, other.lat)))
    alike = likeness(name_form(one.name), name_form(other.name))
    same_kind = (one.operator, one.technology) == (other.operator, other.technology)
    verdict, reasons = (_same_kind if same_kind else _other_kind)(one, other, far, alike)
    return Likeness(left, right, verdict, (*reasons, _name_reason(alike), Reason("DISTANCE", far)), far)


def _same_kind(one: Node, other: Node, far: int, alike: float) -> tuple[Verdict, tuple[Reason, ...]]:
    """Two rows of one operator and one technology: the same station, or not."""
    first, second = number_form(one.station_no), number_form(other.station_no)
    if first and first == second:
        zeros = one.station_no.strip() != other.station_no.strip()
        why = Reason("SAME_NUMBER_ZEROS" if zeros else "SAME_NUMBER", first)
        certain = far <= SAME_SITE or (far <= TOO_FAR and alike >= ALIKE)
        return (Verdict.SAME if certain else Verdict.DOUBTFUL), (why,)
    if first and second:
        doubtful = (far <= SAME_SPOT and alike >= ALIKE) or (alike == 1.0 and far <= _NEAR)
        return (Verdict.DOUBTFUL if doubtful else Verdict.DIFFERENT), (Reason("OTHER_NUMBER"),)
    if far <= SAME_SITE and alike >= ALIKE:
        return Verdict.SAME, (Reason("NUMBER_MISSING"),)
    doubtful = (far <= SAME_SPOT) or (far <= TOO_FAR and alike >= ALIKE)
    return (Verdict.DOUBTFUL if doubtful else Verdict.DIFFERENT), (Reason("NUMBER_MISSING"),)


def _other_kind(one: Node, other: Node, far: int, alike: float) -> tuple[Verdict, tuple[Reason, ...]]:
    """Rows of two operators or two technologies: two stations, on one tower or not."""
    who = Reason("OTHER_OPERATOR" if one.operator != other.operator else "OTHER_TECHNOLOGY")
    if one.tower_no and one.tower_no == other.tower_no:
        verdict = Verdict.SHARED if far <= TOO_FAR else Verdict.DOUBTFUL
        return verdict, (who, Reason("SAME_TOWER", one.tower_no))
    if far <= SAME_SPOT:
        return Verdict.SHARED, (who,)
    doubtful = far <= SAME_SITE and alike >= ALIKE
    return (Verdict.DOUBTFUL if doubtful else Verdict.DIFFERENT), (who,)


def _name_reason(alike: float) -> Reason:
    if alike == 1.0:
        return Reason("SAME_NAME")
    code = "NAME_ALIKE" if alike >= SOMEWHAT_ALIKE else "NAME_OTHER"
    return Reason(code, round(alike * 100))
