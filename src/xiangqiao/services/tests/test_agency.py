"""Errands at the counter: receipts either way, the drawer adds up to the fen, and so do the books."""

from __future__ import annotations

from typing import Any

import pytest

from xiangqiao.kernel.errors import ActionError, NotAllowed
from xiangqiao.ledger.queries import balances
from xiangqiao.services import actions, queries
from xiangqiao.services.actions.agency import DRAWER, FEES, HELD, PROVIDERS
from xiangqiao.services.models import AgentOrder
from xiangqiao.services.tests.conftest import TODAY, VILLAGE, Town, act, viewer

pytestmark = pytest.mark.django_db


def taken(town: Town, *, amount: int = 8_650, cash: int = 10_000, **more: Any) -> AgentOrder:
    return actions.take_order(
        act=act(town.keeper), division_code=VILLAGE, errand=more.pop("errand", "ELECTRICITY"), payee="县供电公司",
        customer="廖大爷", amount_fen=amount, cash_fen=cash, account="0797123456789", **more,
    )  # fmt: skip


def books(town: Town) -> dict[str, int]:
    rows = balances().filter(owner=town.keeper.public_id)
    return {row.purpose: row.balance for row in rows}  # type: ignore[attr-defined]  # annotated


def test_cash_comes_in_against_a_receipt_and_change_goes_back(town: Town) -> None:
    order = taken(town)
    assert (order.change_fen, order.state, order.account_mask) == (1_350, "TAKEN", "••••89")
    assert order.receipt_no.startswith("261123-")
    actions.execute(act=act(town.keeper), order=order, reference="GW20261123001")
    assert books(town) == {DRAWER: 8_650, HELD: 0, PROVIDERS: -8_650}


def test_when_it_fails_all_money_goes_back_and_the_receipt_stays(town: Town) -> None:
    order = taken(town, errand="TICKET", amount=5_000, fee_fen=200)
    actions.fail(act=act(town.keeper), order=order, reason="车票已售完")
    assert (order.state, order.failure, books(town)) == ("FAILED", "车票已售完", {DRAWER: 0, HELD: 0})
    with pytest.raises(ActionError):
        actions.execute(act=act(town.keeper), order=order, reference="1")


def test_fees_stay_under_the_board_and_cash_must_suffice(town: Town) -> None:
    for wrong in ({"fee_fen": 100}, {"cash": 8_000}, {"amount": 600_000, "cash": 600_000}):
        with pytest.raises(ActionError):
            taken(town, **wrong)
    assert AgentOrder.objects.count() == 0


def test_the_day_is_counted_and_a_difference_is_explained(town: Town) -> None:
    actions.open_drawer(act=act(town.keeper), division_code=VILLAGE, opening_fen=20_000)
    done = taken(town)
    with pytest.raises(ActionError, match="没办的单子"):
        actions.close_drawer(act=act(town.keeper), division_code=VILLAGE, counted_fen=28_650)
    actions.execute(act=act(town.keeper), order=done, reference="1")
    with pytest.raises(ActionError, match="对不上"):
        actions.close_drawer(act=act(town.keeper), division_code=VILLAGE, counted_fen=28_600)
    row = actions.close_drawer(
        act=act(town.keeper), division_code=VILLAGE, counted_fen=28_600, note="找零少数了五角"
    )
    assert (row.difference_fen, books(town)[DRAWER]) == (-50, 0)
    with pytest.raises(ActionError, match="已经盘点"):
        taken(town)
    assert queries.drawer_of(town.keeper.public_id, TODAY)[1].expected_fen == 28_650


def test_another_keeper_neither_sees_nor_touches_an_order(town: Town, person_in_post: Any) -> None:
    order, other = taken(town, errand="TICKET", fee_fen=100), person_in_post("STATION_KEEPER", VILLAGE)
    with pytest.raises(NotAllowed):
        actions.execute(act=act(other), order=order, reference="1")
    assert not AgentOrder.objects.visible_to(viewer(other)).exists()
    actions.execute(act=act(town.keeper), order=order, reference="1")
    assert books(town)[FEES] == -100
    assert sum(books(town).values()) == 0
