"""Reads of coverage; `visible_to(viewer)` is the only way in."""

from xiangqiao.coverage.queries.gaps import Gap, gaps
from xiangqiao.coverage.queries.lists import batches, explanations, open_pairs, problem_rows
from xiangqiao.coverage.queries.map import features
from xiangqiao.coverage.queries.plans import plans, projects
from xiangqiao.coverage.queries.reach import Reach, reach_and_uptake
from xiangqiao.coverage.queries.reports import own_reports, reports
from xiangqiao.coverage.queries.standing import Known, points, points_with_standing
from xiangqiao.coverage.queries.stations import declared, station_counts, stations
from xiangqiao.coverage.queries.villages import CoveredCount, covered_counts, villages

__all__ = [
    "CoveredCount",
    "Gap",
    "Known",
    "Reach",
    "batches",
    "covered_counts",
    "declared",
    "explanations",
    "features",
    "gaps",
    "open_pairs",
    "own_reports",
    "plans",
    "points",
    "points_with_standing",
    "problem_rows",
    "projects",
    "reach_and_uptake",
    "reports",
    "station_counts",
    "stations",
    "villages",
]
