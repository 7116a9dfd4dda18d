"""Sites: kept in WGS-84 whatever they were given in, never without datum and source, the same list twice changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act
from xiangqiao.places.actions import SiteRow, add_sites, read_sites
from xiangqiao.places.queries import site, sites

pytestmark = pytest.mark.django_db
SYSTEM = SystemViewer("测试")
ACT = Act(by=SYSTEM, at=datetime(2026, 11, 1, tzinfo=UTC))
OFFICE = SiteRow("樟溪村委会", "OFFICE", "360730100701", 116.004841, 26.496617, "GCJ02", "高德", None)


def test_a_place_from_a_web_map_is_kept_where_it_is() -> None:
    assert add_sites(act=ACT, viewer=SYSTEM, rows=[OFFICE])["new"] == 1
    found = sites("360730100000", kinds=["OFFICE"]).get()
    assert (found.lon_e6, found.lat_e6, found.datum) == (116_000_000, 26_500_000, "GCJ02")
    assert site(found.public_id) == found
    assert add_sites(act=ACT, viewer=SYSTEM, rows=[OFFICE]) == {"new": 0, "changed": 0, "unchanged": 1}


@pytest.mark.parametrize("wrong", [{"datum": ""}, {"source": ""}, {"kind": "CASTLE"}])
def test_a_place_without_datum_or_source_is_refused(wrong: Any) -> None:
    with pytest.raises(ActionError):
        add_sites(act=ACT, viewer=SYSTEM, rows=[OFFICE, replace(OFFICE, name="乙", **wrong)])
    assert not sites().exists()


def test_a_list_is_read_and_a_wrong_number_is_told_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "点位.csv"
    head = "名称,类别,行政区划代码,经度,纬度,坐标系,户数,来源\n"
    path.write_text(f"{head}上屋,自然村,360730100701,116.0,26.5,WGS84,25,实测\n", encoding="utf-8")
    assert read_sites(path)[0].kind == "HAMLET"
    path.write_text(f"{head}上屋,HAMLET,360730100701,东,26.5,WGS84,25,实测\n", encoding="utf-8")
    with pytest.raises(ActionError, match="第 2 行"):
        read_sites(path)
