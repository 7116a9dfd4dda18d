"""A small county with a service centre, a labour office and a keeper, and people who ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from xiangqiao.accounts.models import User
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel.record import Act
from xiangqiao.people.models import Household
from xiangqiao.places.models import County, Division, Level
from xiangqiao.services.actions import put_duty, put_matter, put_office
from xiangqiao.services.following import Asker, Guest
from xiangqiao.services.models import Matter, Office

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TODAY = date(2026, 11, 23)
COUNTY, TOWN, VILLAGE, FAR = "360730000000", "360730100000", "360730100201", "360730101201"
_PLACES = (
    (COUNTY, "示例县", Level.COUNTY, ""),
    (TOWN, "梅江镇", Level.TOWNSHIP, COUNTY),
    ("360730101000", "固厚乡", Level.TOWNSHIP, COUNTY),
    (VILLAGE, "溪口村", Level.VILLAGE, TOWN),
    (FAR, "岭背村", Level.VILLAGE, "360730101000"),
)
_FIELDS: list[dict[str, Any]] = [
    {
        "name": "area",
        "label": "种植面积（亩）",
        "label_en": "Area planted (mu)",
        "kind": "number",
        "required": True,
    },
    {"name": "crop", "label": "作物", "label_en": "Crop", "kind": "choice", "choices": ["水稻", "脐橙"]},
    {"name": "id_number", "label": "身份证号", "label_en": "ID number", "kind": "id_number"},
]
PHONE = "13800000001"


@dataclass
class Town:
    """Who serves there, and what stands on the duty list and in the catalogue."""

    centre: User
    second: User
    labour: User
    keeper: User
    clerk: User
    member: User
    office: Office
    centre_office: Office
    matter: Matter
    home: Household


def act(by: Any, at: datetime = NOW, **more: Any) -> Act:
    return Act(by=Viewer.of(by, TODAY) if isinstance(by, User) else by, at=at, **more)


def make_town(person: Callable[..., Any]) -> Town:
    """Fill an empty database with the town. Keys must be there."""
    for code, name, level, parent in _PLACES:
        Division.objects.create(code=code, name=name, name_en=name, level=level, parent_code=parent)
    County.objects.create(code=COUNTY, name="示例县", name_en="Sample County")
    people = {
        "centre": person("SERVICE_OFFICE", COUNTY), "second": person("COUNTY_OFFICE", COUNTY),
        "labour": person("DEPARTMENT", COUNTY), "keeper": person("STATION_KEEPER", VILLAGE),
        "clerk": person("VILLAGE_CLERK", VILLAGE), "member": person("MEMBER", COUNTY),
    }  # fmt: skip
    centre = act(people["centre"])
    office = put_office(
        act=centre, name="县人社局", name_en="Labour Office", role="DEPARTMENT", division_code=COUNTY
    )
    own = put_office(act=centre, name="县信息服务中心", role="SERVICE_OFFICE", division_code=COUNTY)
    put_duty(act=centre, topic="WORK", division_code=COUNTY, office=office, working_days=5, on=TODAY)
    matter = put_matter(
        act=centre, code="planting-grant", office=office, on=TODAY, fields=_FIELDS, papers=["身份证", "土地承包合同"],
        name="种粮补贴申报", name_en="Planting grant", topic="SUBSIDY", who="种粮的农户", working_days=10,
        where="乡镇便民服务中心",
    )  # fmt: skip
    home = Household.objects.create(
        household_no="3607301001", division_code=VILLAGE, head_name="廖水生", head_pinyin="lss", size=3
    )
    return Town(**people, office=office, centre_office=own, matter=matter, home=home)


@pytest.fixture
def town(county: None, person_in_post: Callable[..., Any]) -> Town:
    return make_town(person_in_post)


def asker(**more: Any) -> Asker:
    return Asker(**{"division_code": VILLAGE, "name": "廖水生", "phone": PHONE, **more})


GUEST = Guest()


def viewer(user: User) -> Viewer:
    return Viewer.of(user, TODAY)
