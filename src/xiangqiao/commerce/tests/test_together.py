"""Eight at once, on both databases: the last pack, one collection code, one settlement, one day's close."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from xiangqiao.accounts.models import User
from xiangqiao.commerce import actions
from xiangqiao.commerce.models import CashEntry, DayClose, Lot, Order, Settlement
from xiangqiao.commerce.queries.opened import opened
from xiangqiao.commerce.tests.conftest import TODAY, Town, make_town
from xiangqiao.kernel.errors import ActionError
from xiangqiao.ledger.models import Transfer

HANDS = 8


@pytest.fixture
def busy(transactional_db: None, person_in_post: Callable[..., User]) -> Town:
    return make_town(person_in_post)


def together(do: Callable[[int], Any]) -> list[str]:
    """Do something eight times at the same moment; return `done` or the code of the refusal."""
    barrier = Barrier(HANDS)

    def one(number: int) -> str:
        barrier.wait()
        try:
            do(number)
        except ActionError as refusal:
            return refusal.code
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return sorted(pool.map(one, range(HANDS)))


def test_of_eight_buyers_at_the_last_pack_one_gets_it(busy: Town) -> None:
    offer = busy.offer(busy.bring(0, 9_999).lot)
    told = together(lambda n: busy.order(offer, phone=f"1380013800{n}"))
    assert told == ["done"] + ["lot.sold_out"] * 7
    lot = Lot.objects.get()
    assert (Order.objects.count(), lot.available_grams, lot.reserved_grams) == (1, 4_999, 5_000)


def test_one_code_typed_eight_times_hands_over_once(busy: Town) -> None:
    order = actions.lay_ready(act=busy.act(), order=busy.order(busy.offer(busy.bring().lot)).public_id)
    code = opened(order, "collect_sealed")
    told = together(lambda _n: actions.collect(act=busy.act(), station=busy.station, code=code))
    assert told.count("done") == 1
    assert set(told) <= {"done", "collect.used", "record.conflict"}
    assert CashEntry.objects.count() == 1


def test_a_lot_settled_eight_times_pays_once(busy: Town) -> None:
    lot = busy.bring(0).lot
    busy.bring(1)
    busy.delivered(busy.offer(lot))
    told = together(lambda _n: actions.settle(act=busy.act(), lot=lot.public_id, way="CASH"))
    assert told.count("done") == 1
    assert (Settlement.objects.count(), Transfer.objects.count()) == (1, 2)


def test_a_day_is_closed_once(busy: Town) -> None:
    told = together(
        lambda _n: actions.close_day(act=busy.act(), station=busy.station, on=TODAY, counted_fen=0)
    )
    assert told == ["close.done"] * 7 + ["done"]
    assert DayClose.objects.count() == 1
