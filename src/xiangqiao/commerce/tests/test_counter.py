"""The counter: whom a keeper sees, purchases on behalf, the drawer and its days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiangqiao.accounts.viewer import Viewer
from xiangqiao.commerce import actions
from xiangqiao.commerce.models import CashEntry, DayClose
from xiangqiao.commerce.queries.counter import household_who_came, households_that_consented
from xiangqiao.commerce.queries.opened import opened
from xiangqiao.commerce.rules.shares import split
from xiangqiao.commerce.tests.conftest import FAR_VILLAGE, TODAY, Town
from xiangqiao.journal.models import TimelineLine
from xiangqiao.kernel.errors import ActionError, Conflict


def test_a_keeper_finds_a_household_only_by_number_and_name_together(town: Town) -> None:
    found = household_who_came(town.keeper, "H0", "廖大甲")
    assert found is not None
    assert (found.name, found.village) == ("廖大甲", "溪口村")
    for number, name in (("H0", "廖大乙"), ("H0", ""), ("", "廖大甲"), ("H", "廖大甲"), ("H3", "廖大丁")):
        assert household_who_came(town.keeper, number, name) is None


def test_a_keeper_sees_by_name_only_who_consented(town: Town, person_in_post: Callable[..., Any]) -> None:
    assert households_that_consented(town.keeper) == []
    actions.give_consent(act=town.act(), station=town.station, home=town.homes[0], way="PAPER")
    assert [home.name for home in households_that_consented(town.keeper, "廖大")] == ["廖大甲"]
    other = Viewer.of(person_in_post("STATION_KEEPER", FAR_VILLAGE), TODAY)
    assert households_that_consented(other) == []
    with pytest.raises(ActionError, match="见证人"):
        actions.give_consent(act=town.act(), station=town.station, home=town.homes[1], way="WITNESS")


def test_an_ended_consent_closes_the_name_again(town: Town) -> None:
    given_one = actions.give_consent(act=town.act(), station=town.station, home=town.homes[0], way="PAPER")
    actions.end_consent(act=town.act(days=1), consent=given_one.public_id)
    assert households_that_consented(town.keeper) == []


def bought(town: Town) -> Any:
    row = actions.quote(
        act=town.act(), station=town.station, home=town.homes[0], goods="化肥", price_fen=12_000, fee_fen=200
    )
    return actions.take_cash(act=town.act(), purchase=row.public_id)


def test_a_purchase_on_behalf_ends_with_a_code_and_a_line(town: Town) -> None:
    row = bought(town)
    actions.note_bought(act=town.act(), purchase=row.public_id, platform_no="TB1")
    row = actions.note_arrived(act=town.act(), purchase=row.public_id)
    done = actions.collect(act=town.act(), station=town.station, code=opened(row, "collect_sealed"))
    assert done.state == "COLLECTED"
    assert TimelineLine.objects.filter(source_id=row.public_id).count() == 1


def test_a_parcel_and_an_order_never_wait_under_one_code(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    row = bought(town)
    actions.note_bought(act=town.act(), purchase=row.public_id, platform_no="TB1")
    order = town.order(town.offer(town.bring().lot))
    # Chance draws the same number twice.
    drawn = iter([123_456, 123_456, 7])
    monkeypatch.setattr("secrets.randbelow", lambda _below: next(drawn))
    parcel = actions.note_arrived(act=town.act(), purchase=row.public_id)
    ready = actions.lay_ready(act=town.act(), order=order.public_id)
    codes = [opened(parcel, "collect_sealed"), opened(ready, "collect_sealed")]
    assert codes == ["123456", "000007"]
    handed = [actions.collect(act=town.act(), station=town.station, code=code).public_id for code in codes]
    assert handed == [parcel.public_id, ready.public_id]


def test_what_could_not_be_bought_is_refunded_to_the_fen_and_once(town: Town) -> None:
    row = bought(town)
    actions.refund(act=town.act(), purchase=row.public_id, why="平台缺货")
    with pytest.raises(Conflict):
        actions.refund(act=town.act(), purchase=row.public_id, why="平台缺货")
    assert sorted(CashEntry.objects.values_list("amount_fen", flat=True)) == [-12_200, 12_200]


def test_a_difference_in_the_drawer_must_be_explained(town: Town) -> None:
    actions.note_cash(act=town.act(), station=town.station, kind="FLOAT", amount_fen=20_000)
    bought(town)
    with pytest.raises(ActionError, match=r"相差 -2\.00 元"):
        actions.close_day(act=town.act(), station=town.station, on=TODAY, counted_fen=32_000)
    done = actions.close_day(
        act=town.act(), station=town.station, on=TODAY, counted_fen=32_000, explanation="找零少收 2 元"
    )
    assert (done.expected_fen, done.difference_fen, done.signed_by) == (32_200, -200, town.keeper.public_id)


def test_after_the_close_nothing_of_the_day_changes_corrections_are_new_rows(town: Town) -> None:
    entry = actions.note_cash(act=town.act(), station=town.station, kind="SHOP_SALE", amount_fen=5_000)
    actions.close_day(act=town.act(), station=town.station, on=TODAY, counted_fen=5_000)
    late = actions.correct(act=town.act(reason="多记了"), entry=entry.public_id, amount_fen=4_500)
    assert (late.amount_fen, late.on, late.corrects) == (-500, TODAY + timedelta(days=1), entry)
    assert DayClose.objects.get().expected_fen == 5_000
    with pytest.raises(Conflict):
        actions.close_day(act=town.act(), station=town.station, on=TODAY, counted_fen=5_000)
    next_day = actions.close_day(
        act=town.act(days=1), station=town.station, on=TODAY + timedelta(days=1), counted_fen=4_500
    )
    assert next_day.difference_fen == 0


@given(st.integers(0, 10**10), st.lists(st.integers(0, 10**7), min_size=1, max_size=40).filter(any))
def test_shares_add_up_to_the_fen_and_nobody_is_a_fen_off(amount: int, grams: list[int]) -> None:
    weights = dict(enumerate(grams))
    parts = split(amount, weights)
    assert sum(parts.values()) == amount
    total = sum(grams)
    assert all(
        amount * weights[key] // total <= part <= amount * weights[key] // total + 1
        for key, part in parts.items()
    )
