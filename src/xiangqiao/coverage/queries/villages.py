"""Villages under each legal definition, with named denominators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.coverage.queries.standing import Known, points, points_with_standing
from xiangqiao.coverage.queries.stations import four_g_places
from xiangqiao.places import queries as places
from xq_engine.coverage.covered import DEFINITIONS, Definition, PointState, covered
from xq_engine.coverage.distance import Near

_WIDE_M = 5000


@dataclass(frozen=True)
class VillageRow:
    """A village: its points, and for each definition yes, no, or cannot be told."""

    place: places.Place
    known: Sequence[Known]
    nearest_4g_m: float | None
    verdicts: dict[str, bool | None]


@dataclass(frozen=True)
class CoveredCount:
    """A definition's count: covered of all villages, and how many cannot be told."""

    definition: Definition
    yes: int
    no: int
    open: int

    @property
    def villages(self) -> int:
        """The denominator: all villages looked at."""
        return self.yes + self.no + self.open


def villages(viewer: AnyViewer, division_code: str = "", *, on: date) -> list[VillageRow]:
    """Return the villages that a viewer sees, each judged by every definition."""
    by_village: dict[str, list[Known]] = defaultdict(list)
    for one in points_with_standing(list(points(viewer, division_code)), on):
        by_village[one.site.division_code].append(one)
    spots = four_g_places()
    near = Near(spots, _WIDE_M)
    county = places.county()
    below = places.villages_below(division_code or (county.code if county else ""))
    return [
        _judge(place, by_village[place.code], near)
        for place in below
        if viewer.can(Can.READ_COVERAGE, place.code)
    ]


def _judge(place: places.Place, known: list[Known], near: Near) -> VillageRow:
    office = next((one.site for one in known if one.site.kind == "OFFICE"), None)
    found = near.within(office.place, _WIDE_M) if office else []
    nearest = min((far for _n, far in found), default=None)
    verdicts = {
        rule.code: covered(
            rule,
            [
                PointState(one.site.kind, one.site.households, one.of(rule.service).has_service)
                for one in known
            ],
            nearest,
            has_office=office is not None,
        )
        for rule in DEFINITIONS
    }
    return VillageRow(place, known, nearest, verdicts)


def covered_counts(rows: Sequence[VillageRow]) -> list[CoveredCount]:
    """Return the counts of each definition over villages. The parts always add up to all villages."""
    found = []
    for rule in DEFINITIONS:
        said = [row.verdicts[rule.code] for row in rows]
        found.append(CoveredCount(rule, said.count(True), said.count(False), said.count(None)))
    return found
