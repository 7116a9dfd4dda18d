"""A small county: two townships, three villages, units ordered there, cadres, households that need one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest

from xiangqiao.accounts.viewer import SystemViewer, Viewer
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.record import Act
from xiangqiao.pairing.actions import store_units_and_cadres
from xiangqiao.people.models import Household
from xiangqiao.places.models import Division, Level

NOW = datetime(2016, 11, 29, 4, tzinfo=UTC)
DAY = date(2016, 11, 29)
COUNTY = "360730000000"
TOWN, OTHER_TOWN = "360730100000", "360730101000"
VILLAGE, NEXT_VILLAGE, FAR_VILLAGE = "360730100201", "360730100202", "360730101201"
_NAMES = {
    COUNTY: ("示例县", Level.COUNTY, ""),
    TOWN: ("梅江镇", Level.TOWNSHIP, COUNTY),
    OTHER_TOWN: ("固厚乡", Level.TOWNSHIP, COUNTY),
    VILLAGE: ("溪口村", Level.VILLAGE, TOWN),
    NEXT_VILLAGE: ("竹坑村", Level.VILLAGE, TOWN),
    FAR_VILLAGE: ("岭背村", Level.VILLAGE, OTHER_TOWN),
}
_BY_NAME = {
    ("梅江镇", "溪口村"): VILLAGE,
    ("梅江镇", "竹坑村"): NEXT_VILLAGE,
    ("固厚乡", "岭背村"): FAR_VILLAGE,
}
SYSTEM = SystemViewer("测试")


def act(by: Any = SYSTEM, **more: Any) -> Act:
    return Act(by=by, at=NOW, **more)


def village_code(township: str | None, village: str | None) -> str:
    return _BY_NAME.get((township or "", village or ""), "")


def units(*rows: tuple[str, str, str], **more: Any) -> pa.Table:
    """Rows of (unit, township helped, village helped)."""
    names = ("unit_name", "helps_township", "helps_village")
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    return pa.table({**columns, **more, "_row": list(range(2, 2 + len(rows)))})


def cadres(*rows: dict[str, Any]) -> pa.Table:
    names = (
        "name", "unit_name", "id_number", "skill", "capacity", "role", "speaks_hakka", "helps_township", "helps_village",
        "phone",
    )  # fmt: skip
    types = {"capacity": pa.int64(), "speaks_hakka": pa.bool_()}
    columns = {n: pa.array([row.get(n) for row in rows], types.get(n, pa.string())) for n in names}
    return pa.table({**columns, "_row": list(range(2, 2 + len(rows)))})


UNITS = units(
    ("县果业局", "梅江镇", "溪口村"), ("县果业局", "梅江镇", "竹坑村"), ("县医院", "固厚乡", "岭背村")
)
CADRES = cadres(
    {
        "name": "钟立新",
        "unit_name": "县果业局",
        "id_number": "360730198001012214",
        "skill": "CITRUS",
        "capacity": 2,
    },
    {
        "name": "曾小梅",
        "unit_name": "县果业局",
        "id_number": "360730198503042226",
        "skill": "SOCIAL",
        "capacity": 1,
    },
    {"name": "刘医生", "unit_name": "县医院", "skill": "MEDICAL", "capacity": 1, "phone": "13900000001"},
)


def store(unit: pa.Table = UNITS, cadre: pa.Table = CADRES, batch: Any = None) -> Any:
    return store_units_and_cadres(
        act=act(),
        batch=batch or new_id(),
        division_code=COUNTY,
        unit=unit,
        cadre=cadre,
        village_code=village_code,
    )


@pytest.fixture
def divisions(county: None) -> None:
    for code, (name, level, parent) in _NAMES.items():
        Division.objects.create(code=code, name=name, name_en=name, level=level, parent_code=parent)


@pytest.fixture
def household(divisions: None) -> Callable[..., Household]:
    """Make a household that is to have a cadre: `household(VILLAGE, cause_main="SKILL")`."""

    def make(code: str = VILLAGE, **fields: Any) -> Household:
        number = f"{3607301000 + Household.objects.count()}"
        given = {
            "exit_status": "POOR",
            "head_name": f"户主{number[-2:]}",
            "head_pinyin": "hz",
            "size": 3,
            **fields,
        }
        return Household.objects.create(household_no=number, division_code=code, **given)

    return make


@pytest.fixture
def small_county(household: Callable[..., Household]) -> list[Household]:
    """Four households, places for three: one gap."""
    store()
    return [
        household(VILLAGE, cause_main="SKILL"),
        household(VILLAGE, cause_main="ILLNESS"),
        household(NEXT_VILLAGE, cause_main="SKILL"),
        household(FAR_VILLAGE, cause_main="ILLNESS"),
        household(FAR_VILLAGE, cause_main="ILLNESS"),
    ]


def viewer_of(user: Any) -> Viewer:
    return Viewer.of(user, DAY)
