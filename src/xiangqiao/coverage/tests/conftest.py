"""A small county with points and, where asked for, the demo's lists taken in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.coverage import actions
from xiangqiao.coverage.actions.lists import Given
from xiangqiao.coverage.models import ListBatch
from xiangqiao.kernel.record import Act
from xiangqiao.places.actions import SiteRow, add_sites, found_county
from xiangqiao.places.models import Division, Level
from xq_demo.coverage import FILES, Lists, station_lists
from xq_demo.places import townships

COUNTY, TOWNSHIP, VILLAGE = "360730000000", "360730100000", "360730100701"
SYSTEM = SystemViewer("测试")
NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)


def act(reason: str = "", at: datetime = NOW) -> Act:
    """An act of the system."""
    return Act(by=SYSTEM, at=at, reason=reason)


@pytest.fixture
def places(county: None) -> None:
    """A county, its townships, a village with an office, a school and two hamlets."""
    found_county(act=act(), viewer=SYSTEM, code=COUNTY, name="宁都县", is_demo=True)
    rows = [(COUNTY, "宁都县", Level.COUNTY, ""), (VILLAGE, "樟溪村", Level.VILLAGE, TOWNSHIP)]
    rows += [(town.code, town.name, Level.TOWNSHIP, COUNTY) for town in townships()]
    for code, name, level, parent in rows:
        Division.objects.create(code=code, name=name, level=level, parent_code=parent)
    at = {"OFFICE": (116.0, 26.4, None), "SCHOOL": (116.01, 26.4, None), "HAMLET": (116.02, 26.4, 30)}
    sites = [
        SiteRow(f"樟溪{kind}", kind, VILLAGE, lon, lat, "WGS84", "示例，坐标为虚构", homes)
        for kind, (lon, lat, homes) in at.items()
    ]
    far = SiteRow("樟溪上屋", "HAMLET", VILLAGE, 116.1, 26.4, "WGS84", "示例，坐标为虚构", 45)
    add_sites(act=act(), viewer=SYSTEM, rows=[*sites, far])


@pytest.fixture
def site(places: None) -> Any:
    """The hamlet that lies far away."""
    from xiangqiao.places.models import Site

    return Site.objects.get(name="樟溪上屋")


@pytest.fixture
def checked(places: None, tmp_path: Path) -> tuple[ListBatch, Lists]:
    """The demo's five lists, checked, and what their rows are in truth."""
    truth = station_lists(tmp_path)
    files = [Given(tmp_path / name, operator, datum) for name, (operator, datum) in FILES.items()]
    batch = actions.take_lists(act=act(), viewer=SYSTEM, division_code=COUNTY, files=files)
    return actions.check_lists(act=act(), viewer=SYSTEM, batch=batch), truth
