"""Gaps: points where no 4G signal stands, with how well that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.coverage.queries.standing import Known, points, points_with_standing
from xiangqiao.places.queries import Site
from xq_engine.coverage.covered import HAMLET_HOUSEHOLDS


@dataclass(frozen=True)
class Gap:
    """A point without signal. An office or school stands for one household, so that it counts at all."""

    site: Site
    households: int
    known: Known


def gaps(viewer: AnyViewer, division_code: str = "", *, on: date) -> list[Gap]:
    """Return the points that count by the second definition and have no signal, most households first."""
    found = points_with_standing(list(points(viewer, division_code)), on)
    rows = [
        Gap(one.site, max(one.site.households or 0, 1), one)
        for one in found
        if one.mobile.has_service is False
        and (one.site.kind != "HAMLET" or (one.site.households or 0) >= HAMLET_HOUSEHOLDS)
    ]
    return sorted(rows, key=lambda gap: (-gap.households, gap.site.name))
