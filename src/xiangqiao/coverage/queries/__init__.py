"""Reads of coverage; `visible_to(viewer)` is the only way in."""

from xiangqiao.coverage.queries.gaps import Gap, gaps
from xiangqiao.coverage.queries.lists import (
    batches,
    explanations,
    open_pairs,
    pair_named,
    problem_rows,
    right_side,
)
from xiangqiao.coverage.queries.map import features
from xiangqiao.coverage.queries.plans import plans, projects
from xiangqiao.coverage.queries.reach import Reach, reach_and_uptake
from xiangqiao.coverage.queries.reports import own_reports, reports
from xiangqiao.coverage.queries.standing import Known, evidence_at, points, points_with_standing
from xiangqiao.coverage.queries.stations import declared, station_counts, stations
from xiangqiao.coverage.queries.villages import CoveredCount, VillageRow, covered_counts, villages

__all__ = [
    "CoveredCount",
    "Gap",
    "Known",
    "Reach",
    "VillageRow",
    "batches",
    "covered_counts",
    "declared",
    "evidence_at",
    "explanations",
    "features",
    "gaps",
    "open_pairs",
    "own_reports",
    "pair_named",
    "plans",
    "points",
    "points_with_standing",
    "problem_rows",
    "projects",
    "reach_and_uptake",
    "reports",
    "right_side",
    "station_counts",
    "stations",
    "villages",
]
