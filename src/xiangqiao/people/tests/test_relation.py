"""What the engine is told: each household and each person by the newest year in which they were asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.ledger.models import IncomeLine
from xiangqiao.people.models import Household, HouseholdYear, Membership, Person, PersonYear
from xiangqiao.people.queries import relations

pytestmark = pytest.mark.django_db
VILLAGE = "360730102201"


def asked(number: str, *years: int) -> Household:
    """A household asked in some years: its area and wages in fen are the year, and so is its head's work in months."""
    home = Household.objects.create(household_no=number, division_code=VILLAGE)
    person = Person.objects.create(division_code=VILLAGE, name="甲", sex="MALE")
    Membership.objects.create(household=home, person=person, relation="HEAD", is_head=True)
    for year in years:
        HouseholdYear.objects.create(household=home, year=year, house_area_m2=year)
        PersonYear.objects.create(person=person, year=year, work_months=year - 2015)
        IncomeLine.objects.create(
            owner=home.public_id, division_code=VILLAGE, year=year, line="income_wage_fen", amount_fen=year,
            evidence=IncomeLine.Evidence.DECLARED,
        )  # fmt: skip
    return home


def test_each_household_is_known_by_its_own_newest_year_and_nobody_by_a_year_to_come(county: None) -> None:
    asked("older", 2018, 2019)
    asked("newer", 2019, 2020, 2021)
    asked("never")
    found = relations(SystemViewer("测试"), as_of=date(2020, 6, 1))
    homes: list[dict[str, Any]] = found.household.to_pylist()
    assert [row["house_area_m2"] for row in homes] == [2019, 2020, None]
    assert [row["income_wage_fen"] for row in homes] == [2019, 2020, None]
    assert [row["work_months"] for row in found.person.to_pylist()] == [4, 5, None]
    assert found.year == 2020


def test_relations_take_the_same_number_of_queries_however_many_households(
    county: None, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        asked(str(number), 2019, 2020)
    with django_assert_num_queries(5):
        relations(SystemViewer("测试"), as_of=date(2020, 6, 1))
