"""From the scale to the household's account: what is promised at each step."""

from __future__ import annotations

from datetime import timedelta

import pytest

from xiangqiao.commerce import actions
from xiangqiao.commerce.models import CashEntry, Lot, Order
from xiangqiao.commerce.queries.opened import opened
from xiangqiao.commerce.queries.shop import packs_left, public_offer, public_offers
from xiangqiao.commerce.tests.conftest import NOW, Town
from xiangqiao.journal.models import TimelineLine
from xiangqiao.kernel.errors import ActionError, AlreadyDone, Conflict, NotAllowed
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.publication import LeakFound
from xiangqiao.ledger.models import IncomeLine, Transfer


def test_goods_taken_in_make_a_slip_a_share_and_a_line_on_the_timeline(town: Town) -> None:
    one, other = town.bring(0, 12_345, 650), town.bring(1, 655)
    assert (one.amount_fen, one.slip[0], len(one.slip)) == (8_024, "S", 9)
    assert one.lot == other.lot
    lot = Lot.objects.get()
    assert (lot.taken_grams, lot.available_grams) == (13_000, 13_000)
    line = TimelineLine.objects.get(source_id=one.public_id)
    assert line.sentence % line.values == "在“村邮乐购·溪口村站”交了 12.345 公斤脐橙代卖"


def test_a_keeper_of_another_village_takes_nothing_in(town: Town, person_in_post: object) -> None:
    with pytest.raises(NotAllowed):
        actions.take_in(
            act=town.act(town.leader), station=town.station, home=town.homes[0],
            goods=actions.Goods("脐橙", "一级", 1, 1),
        )  # fmt: skip


def test_an_offer_is_public_only_after_a_second_person_approved_its_words(town: Town) -> None:
    lot = town.bring().lot
    row = actions.offer(
        act=town.act(), lot=lot.public_id, pavilion="ningdu", words=actions.Words("脐橙"), pack_grams=5_000, price_fen=5_000,
    )  # fmt: skip
    assert public_offer(row.code, now=NOW) is None
    town.approve(row)
    assert public_offer(row.code, now=NOW) == row


def test_words_that_name_a_household_are_refused_and_nothing_is_offered(town: Town) -> None:
    lot = town.bring().lot
    for story in ("廖大甲家的脐橙", "电话 13800138000"):
        with pytest.raises(LeakFound):
            town.offer(lot, words=actions.Words("脐橙", story))
    assert not public_offers(NOW).exists()
    assert Lot.objects.get().state == "TAKING_IN"


def test_a_price_below_what_was_agreed_is_refused(town: Town) -> None:
    lot = town.bring(0, price=600).lot
    with pytest.raises(ActionError, match=r"31\.58"):
        town.offer(lot, pack=5_000, price=3_157)


def test_the_last_pack_is_sold_once_and_comes_back_when_cancelled(town: Town) -> None:
    offer = town.offer(town.bring(0, 7_000).lot)
    order = town.order(offer)
    with pytest.raises(Conflict):
        town.order(offer)
    actions.cancel_order(act=town.act(), order=order.public_id, why="不要了")
    assert town.order(offer).packs == 1


def test_the_same_key_orders_once(town: Town) -> None:
    offer, key = town.offer(town.bring(0, 20_000).lot), new_id()
    town.order(offer, key=key)
    with pytest.raises(AlreadyDone):
        town.order(offer, key=key)
    assert Order.objects.count() == 1


def test_a_joker_cannot_reserve_everything(town: Town) -> None:
    offer = town.offer(town.bring(0, 100_000).lot)
    for _number in range(5):
        town.order(offer)
    with pytest.raises(ActionError, match="5 笔"):
        town.order(offer)


def test_a_buyer_is_in_no_column_that_can_be_read(town: Town) -> None:
    order = town.order(town.offer(town.bring().lot))
    kept = " ".join(str(value) for value in Order.objects.values().get().values())
    assert "13800138000" not in kept
    assert "林可心" not in kept
    assert opened(order, "phone_sealed") == "13800138000"


def test_a_collection_code_hands_over_once_and_the_cash_is_in_the_drawer(town: Town) -> None:
    order = actions.lay_ready(act=town.act(), order=town.order(town.offer(town.bring().lot), 2).public_id)
    code = opened(order, "collect_sealed")
    done = actions.collect(act=town.act(), station=town.station, code=code)
    assert isinstance(done, Order)
    assert (done.state, done.paid_on is not None) == ("DELIVERED", True)
    assert CashEntry.objects.get().amount_fen == 10_000
    with pytest.raises(Conflict):
        actions.collect(act=town.act(), station=town.station, code=code)
    with pytest.raises(ActionError, match="没有这个取货码"):
        actions.collect(act=town.act(), station=town.station, code="000000" if code != "000000" else "1")


def test_a_round_sends_all_or_none(town: Town) -> None:
    offer = town.offer(town.bring(0, 50_000).lot)
    first, second = town.order(offer, way="SEND"), town.order(offer, way="PICK_UP")
    with pytest.raises(ActionError):
        actions.ship(
            act=town.act(), station=town.station, orders=[first.public_id, second.public_id], carrier="邮政", number="1"
        )  # fmt: skip
    assert Order.objects.get(pk=first.pk).state == "PLACED"


def test_a_settlement_reaches_each_household_to_the_fen(town: Town) -> None:
    lot = town.bring(0, 10_000).lot
    town.bring(1, 10_000)
    town.bring(2, 10_001)
    offer = town.offer(lot, pack=10_000, price=9_999)
    for number in range(2):
        town.delivered(offer, number=str(number + 1))
    done = actions.settle(act=town.act(), lot=lot.public_id, way="BANK")
    assert (done.gross_fen, done.fee_fen, done.net_fen) == (19_998, 999, 18_999)
    amounts = list(done.shares.values_list("amount_fen", flat=True))
    assert (sum(amounts), max(amounts) - min(amounts) <= 2) == (18_999, True)
    assert sum(Transfer.objects.values_list("amount", flat=True)) == 18_999
    lines = IncomeLine.objects.filter(evidence="EVIDENCED", line="income_business_fen", year=2026)
    assert sum(lines.values_list("amount_fen", flat=True)) == 18_999
    assert TimelineLine.objects.filter(amount_fen__isnull=False).count() == 3
    with pytest.raises(Conflict):
        actions.settle(act=town.act(), lot=lot.public_id, way="BANK")


def test_a_settlement_in_cash_leaves_the_drawer(town: Town) -> None:
    lot = town.bring(0).lot
    town.delivered(town.offer(lot))
    done = actions.settle(act=town.act(), lot=lot.public_id, way="CASH")
    assert CashEntry.objects.get(kind="PAY_OUT").amount_fen == -done.net_fen


def test_what_came_back_is_not_settled_and_is_for_sale_again(town: Town) -> None:
    lot = town.bring(0, 10_000).lot
    offer = town.offer(lot)
    order = town.delivered(offer)
    actions.note_returned(act=town.act(), order=order.public_id, why="压坏")
    assert packs_left(public_offer(offer.code, now=NOW) or offer) == 2
    with pytest.raises(Conflict):
        actions.settle(act=town.act(), lot=lot.public_id, way="BANK")


def test_a_killed_settlement_leaves_nothing_behind_and_runs_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    lot, key = town.bring(0).lot, new_id()
    town.bring(1)
    town.delivered(town.offer(lot))
    from xiangqiao.commerce.actions import settling

    def dies(**_more: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as killed:
        killed.setattr(settling, "add_evidence", dies)
        with pytest.raises(RuntimeError):
            actions.settle(act=town.act(key=key), lot=lot.public_id, way="BANK")
    assert not Transfer.objects.exists()
    actions.settle(act=town.act(key=key), lot=lot.public_id, way="BANK")
    with pytest.raises(AlreadyDone):
        actions.settle(act=town.act(key=key), lot=lot.public_id, way="BANK")
    assert Transfer.objects.count() == 2


def test_an_offer_disappears_on_its_day_of_withdrawal(town: Town) -> None:
    offer = town.offer(town.bring().lot)
    assert public_offer(offer.code, now=NOW + timedelta(days=364)) is not None
    assert public_offer(offer.code, now=NOW + timedelta(days=365)) is None
