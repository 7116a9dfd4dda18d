"""A small county as the desk shows it: places, households, income, a screening, a cadre, a problem."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from xiangqiao.kernel.ids import new_id
from xiangqiao.ledger.models import IncomeLine
from xiangqiao.people.models import Batch, Household, Membership, Person, Problem
from xiangqiao.people.secrets import sealed_number
from xiangqiao.places.models import County, Division, Level
from xiangqiao.places.queries import forget_divisions
from xiangqiao.policy.models import Entitlement, Screening

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
COUNTY, TOWN, FAR_TOWN = "360730000000", "360730102000", "360730103000"
VILLAGE, NEXT_VILLAGE, FAR_VILLAGE = "360730102201", "360730102202", "360730103201"
ID_NUMBER, PHONE = "11010519491231002X", "13800138000"
_PLACES = {
    COUNTY: ("示例县", "Sample County", Level.COUNTY, "", None),
    TOWN: ("梅江镇", "Meijiang Town", Level.TOWNSHIP, COUNTY, 1),
    FAR_TOWN: ("固厚乡", "Guhou Township", Level.TOWNSHIP, COUNTY, 2),
    VILLAGE: ("溪口村", "", Level.VILLAGE, TOWN, None),
    NEXT_VILLAGE: ("竹坑村", "", Level.VILLAGE, TOWN, None),
    FAR_VILLAGE: ("岭背村", "", Level.VILLAGE, FAR_TOWN, None),
}


@pytest.fixture
def register(county: None) -> dict[str, Household]:
    """Sixty households in three villages; the first of each is monitored, entitled, and has a problem."""
    forget_divisions()
    County.objects.create(code=COUNTY, name="示例县", name_en="Sample County", is_demo=True)
    for code, (name, english, level, above, column) in _PLACES.items():
        Division.objects.create(
            code=code,
            name=name,
            name_en=english,
            level=level,
            parent_code=above,
            map_column=column,
            map_row=column,
        )
    screening = Screening.objects.create(
        as_of=date(2026, 11, 1), year=2025, at=NOW, by_label="测试", snapshot=""
    )
    batch = Batch.objects.create(
        division_code=COUNTY, source="测试", year=2025, started_label="测试", started_at=NOW
    )
    found = {}
    for village in (VILLAGE, NEXT_VILLAGE, FAR_VILLAGE):
        for place in range(20):
            home = _household(village, place)
            found[home.household_no] = home
        first = found[f"{village}0000"]
        Household.objects.filter(pk=first.pk).update(watch_type="SUDDEN", exit_status="POOR")
        Entitlement.objects.create(
            screening=screening, household=first.public_id, division_code=village,
            policy_id="basic-pension", verdict="yes", amount_fen=14_300,
        )  # fmt: skip
        Problem.objects.create(
            batch=batch, division_code=village, code="ID.SCIENTIFIC", scope="cell", severity="error",
            workbook="a.xlsx", sheet="成员", row=3, column="C", household=first.public_id,
        )  # fmt: skip
        IncomeLine.objects.create(
            owner=first.public_id, division_code=village, year=2025, line="income_wage_fen",
            amount_fen=1_000_000, evidence="DECLARED", source="测试",
        )  # fmt: skip
    return found


def _household(village: str, place: int) -> Household:
    key = new_id()
    home = Household.objects.create(
        public_id=key, household_no=f"{village}{place:04d}", division_code=village, head_name=f"廖{place}",
        head_pinyin="l", size=1, **sealed_number("phone", PHONE if place == 0 else "", key),
    )  # fmt: skip
    key = new_id()
    number = ID_NUMBER if (village, place) == (VILLAGE, 0) else ""
    person = Person.objects.create(
        public_id=key, division_code=village, name=f"廖{place}", birth_on=date(1949, 12, 31),
        **sealed_number("id_number", number, key),
    )  # fmt: skip
    Membership.objects.create(household=home, person=person, relation="HEAD", is_head=True)
    return home


@pytest.fixture
def office(register: dict[str, Household], signed_in: Callable[..., Any]) -> Client:
    """The county office at its desk."""
    return signed_in("COUNTY_OFFICE", COUNTY)  # type: ignore[no-any-return]
