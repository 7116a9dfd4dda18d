"""The tables of states, and a shop played at random: nothing is lost, doubled or sold twice."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from xiangqiao.commerce.models import Loan, Lot, Order, Purchase
from xiangqiao.commerce.rules import states
from xiangqiao.commerce.rules.money import drawer_expected, fee_of, least_price, value_of
from xiangqiao.commerce.rules.shares import split


@pytest.mark.parametrize(
    ("table", "model"),
    [(states.ORDER, Order), (states.PURCHASE, Purchase), (states.LOAN, Loan), (states.LOT, Lot)],
)
def test_a_table_names_every_state_of_its_model_and_no_other(table: states.Table, model: type) -> None:
    names = set(model.State.values)  # type: ignore[attr-defined]  # each of them has states
    assert set(table) == names
    assert set().union(*table.values()) <= names


def test_every_order_state_says_where_its_grams_stand() -> None:
    assert set(states.HOLDS) == set(states.ORDER)


class Shop(RuleBasedStateMachine):
    """One lot, orders that move along the table, settlements, and a drawer that pays and is paid."""

    def __init__(self) -> None:
        super().__init__()
        self.grams: Counter[str] = Counter()
        self.taken: dict[str, int] = {}
        self.orders: list[list[object]] = []
        self.cash: list[int] = []
        self.paid_out: Counter[str] = Counter()
        self.settled = 0

    @rule(home=st.sampled_from("abc"), grams=st.integers(1, 50_000))
    def take_in(self, home: str, grams: int) -> None:
        self.taken[home] = self.taken.get(home, 0) + grams
        self.grams["available"] += grams

    @rule(grams=st.integers(1, 20_000), price=st.integers(1, 10_000))
    def order(self, grams: int, price: int) -> None:
        if self.grams["available"] >= grams:
            self.grams["available"] -= grams
            self.grams["reserved"] += grams
            self.orders.append(["PLACED", grams, price])

    @precondition(lambda self: self.orders)
    @rule(pick=st.integers(0), to=st.sampled_from(sorted(states.ORDER)))
    def step(self, pick: int, to: str) -> None:
        order = self.orders[pick % len(self.orders)]
        if to == "SETTLED" or not states.allowed(states.ORDER, str(order[0]), to):
            return
        before, grams, price = str(order[0]), int(str(order[1])), int(str(order[2]))
        self.grams[states.HOLDS[before]] -= grams
        self.grams[states.HOLDS[to]] += grams
        order[0] = to
        if to in {"DELIVERED", "RETURNED"}:
            self.cash.append(price if to == "DELIVERED" else -price)

    @precondition(lambda self: any(order[0] == "DELIVERED" for order in self.orders))
    @rule(fee_bp=st.integers(0, 3_000))
    def settle(self, fee_bp: int) -> None:
        done = [order for order in self.orders if order[0] == "DELIVERED"]
        gross = sum(int(str(order[2])) for order in done)
        net = gross - fee_of(gross, fee_bp)
        for home, part in split(net, self.taken).items():
            self.paid_out[home] += part
            self.cash.append(-part)
        self.settled += net
        for order in done:
            order[0] = "SETTLED"

    @invariant()
    def grams_add_up(self) -> None:
        assert sum(self.grams.values()) == sum(self.taken.values())
        assert all(grams >= 0 for grams in self.grams.values())

    @invariant()
    def households_got_what_was_settled(self) -> None:
        assert sum(self.paid_out.values()) == self.settled

    @invariant()
    def the_drawer_never_owes(self) -> None:
        assert drawer_expected(0, self.cash) >= 0


TestShop = Shop.TestCase
TestShop.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


@pytest.mark.parametrize("fee_bp", [0, 500, 3_000])
@pytest.mark.parametrize("agreed", [1, 650, 16_000])
def test_the_least_price_brings_what_was_agreed_and_a_fen_less_does_not(agreed: int, fee_bp: int) -> None:
    least, wanted = least_price(2_345, agreed, fee_bp), value_of(2_345, agreed)
    assert least - fee_of(least, fee_bp) >= wanted
    if least > 1:
        assert (least - 1) * (10_000 - fee_bp) < wanted * 10_000
