"""Eight at once, on both databases: the last pack, one collection code, one settlement, one day's close."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import pytest

from xiangqiao.accounts.models import User
from xiangqiao.commerce import actions
from xiangqiao.commerce.models import CashEntry, DayClose, Lot, Order, Settlement
from xiangqiao.commerce.queries.opened import opened
from xiangqiao.commerce.rules.codes import COLLECT_LENGTH
from xiangqiao.commerce.tests.conftest import TODAY, Town, make_town
from xiangqiao.kernel.tests.hands import HANDS, at_once
from xiangqiao.ledger.models import Transfer


@pytest.fixture
def busy(transactional_db: None, person_in_post: Callable[..., User]) -> Town:
    return make_town(person_in_post)


def test_of_eight_buyers_at_the_last_pack_one_gets_it(busy: Town) -> None:
    offer = busy.offer(busy.bring(0, 9_999).lot)
    told = at_once(lambda n: busy.order(offer, phone=f"1380013800{n}"))
    assert told == {"done": 1, "lot.sold_out": HANDS - 1}
    lot = Lot.objects.get()
    assert (Order.objects.count(), lot.available_grams, lot.reserved_grams) == (1, 4_999, 5_000)


def test_one_code_typed_eight_times_hands_over_once(busy: Town) -> None:
    order = actions.lay_ready(act=busy.act(), order=busy.order(busy.offer(busy.bring().lot)).public_id)
    code = opened(order, "collect_sealed")
    told = at_once(lambda _n: actions.collect(act=busy.act(), station=busy.station, code=code))
    assert told["done"] == 1
    assert set(told) <= {"done", "collect.used", "record.conflict"}
    assert CashEntry.objects.count() == 1


def test_a_lot_settled_eight_times_pays_once(busy: Town) -> None:
    lot = busy.bring(0).lot
    busy.bring(1)
    busy.delivered(busy.offer(lot))
    told = at_once(lambda _n: actions.settle(act=busy.act(), lot=lot.public_id, way="CASH"))
    assert told["done"] == 1
    assert (Settlement.objects.count(), Transfer.objects.count()) == (1, 2)


def test_a_day_is_closed_once(busy: Town) -> None:
    told = at_once(
        lambda _n: actions.close_day(act=busy.act(), station=busy.station, on=TODAY, counted_fen=0)
    )
    assert told == {"done": 1, "close.done": HANDS - 1}
    assert DayClose.objects.count() == 1


def test_of_goods_laid_ready_eight_at_once_no_two_wait_under_one_code(
    busy: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = busy.offer(busy.bring(0, 80_000).lot)
    orders = [busy.order(offer, phone=f"1380013800{n}") for n in range(HANDS)]
    # Chance knows eleven numbers only, so that hands draw the same ones.
    plain = secrets.randbelow
    monkeypatch.setattr(
        "secrets.randbelow", lambda below: plain(11) if below == 10**COLLECT_LENGTH else plain(below)
    )
    told = at_once(lambda n: actions.lay_ready(act=busy.act(), order=orders[n].public_id))
    assert told == {"done": HANDS}
    assert Order.objects.values("collect_hash").distinct().count() == HANDS
