"""三有一能: who can, who cannot and why, in whose eyes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xiangqiao.accounts.viewer import Viewer
from xiangqiao.commerce import actions
from xiangqiao.commerce.queries.reach import county_reach, who_cannot
from xiangqiao.commerce.tests.conftest import COUNTY, FAR_VILLAGE, TODAY, VILLAGE, Town


def test_each_household_that_cannot_says_what_it_lacks(town: Town) -> None:
    found = county_reach(town.office, COUNTY, TODAY)
    assert (found.poor_households, found.poor_households_able) == (4, 0)
    lacks = {one.code: dict(one.lacks) for one in found.villages}
    assert lacks[VILLAGE] == {"NO_CONSENT": 2}
    assert lacks[FAR_VILLAGE] == {"NO_POINT": 1}
    actions.give_consent(act=town.act(), station=town.station, home=town.homes[0], way="PAPER")
    assert county_reach(town.office, COUNTY, TODAY).poor_households_able == 1


def test_a_closed_station_reaches_nobody_from_that_day(town: Town) -> None:
    actions.give_consent(act=town.act(), station=town.station, home=town.homes[0], way="PAPER")
    actions.close_station(act=town.act(town.office), station=town.station.public_id, on=TODAY)
    assert county_reach(town.office, COUNTY, TODAY).poor_households_able == 0


def test_names_are_only_for_who_may_read_the_register(town: Town, person_in_post: Callable[..., Any]) -> None:
    clerk = Viewer.of(person_in_post("VILLAGE_CLERK", VILLAGE), TODAY)
    assert [name for _key, _no, name, _lack in who_cannot(clerk, VILLAGE, TODAY)] == ["廖大甲", "廖大乙"]
    assert who_cannot(town.keeper, VILLAGE, TODAY) == []
