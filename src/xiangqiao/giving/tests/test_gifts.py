"""From the offer to the household's word, and books that anybody can add up again."""

from __future__ import annotations

from typing import Any

import pytest

from xiangqiao.giving import actions, queries
from xiangqiao.giving.models import Appeal, Gift, Need
from xiangqiao.giving.rules.states import APPEAL, GIFT, HOLDS, ended
from xiangqiao.giving.tests.conftest import DAY, GOODS, MONEY, NOW, SYSTEM, UNTIL, World
from xiangqiao.journal.models import TimelineLine
from xiangqiao.kernel import publication as guard
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.kernel.record import Act
from xiangqiao.ledger.queries import balances

GUEST = Act(by=SYSTEM, at=NOW)


def _need(appeal: Appeal, kind: str = "GOODS") -> Need:
    return appeal.needs.get(kind=kind)


def test_a_gift_reaches_the_household_and_its_timeline_when_the_household_says_so(world: World) -> None:
    appeal = world.opened()
    gift = world.delivered(_need(appeal), 3)
    assert balances().get(purpose="giving.received").balance == 0  # type: ignore[attr-defined]
    actions.confirm_gift(act=world.act("MEMBER"), viewer=world.own(), gift=gift)
    assert (gift.state, gift.confirmed_how, _need(appeal).open) == ("CONFIRMED", "OWN_PAGE", 1)
    assert balances().get(purpose="giving.received").balance == 3  # type: ignore[attr-defined]
    line = TimelineLine.objects.get(sentence="收到爱心捐助：%(what)s")
    assert (line.amount_fen, line.values["what"]) == (100, "棉被 3 件")
    assert queries.check_books(SYSTEM).right


def test_a_declined_or_cancelled_gift_leaves_the_need_open_and_the_books_right(world: World) -> None:
    appeal = world.opened()
    first, second = world.delivered(_need(appeal), 2), world.offer(_need(appeal), 2)
    world.match(second, _need(appeal))
    actions.decline_gift(act=world.act("MEMBER", "没有收到"), viewer=world.own(), gift=first)
    actions.cancel_gift(act=world.act("VOLUNTEER"), viewer=world.viewer("VOLUNTEER"), gift=second)
    assert (first.state, second.state, _need(appeal).taken) == ("DECLINED", "CANCELLED", 0)
    books = queries.check_books(SYSTEM)
    assert (books.right, books.confirmed) == (True, {})


def test_without_account_or_consent_somebody_brings_the_word_with_a_witness(world: World) -> None:
    gift = world.delivered(_need(world.opened()), 1)
    clerk: dict[str, Any] = {
        "act": world.act("VILLAGE_CLERK"),
        "viewer": world.viewer("VILLAGE_CLERK"),
        "gift": gift,
    }
    with pytest.raises(ActionError):
        actions.confirm_gift(**clerk)
    actions.confirm_gift(**clerk, witness="曾大娘")
    assert gift.confirmed_how == "WITNESS"


def test_who_gave_cannot_confirm(world: World) -> None:
    gift = world.delivered(_need(world.opened()), 1)
    with pytest.raises(NotAllowed, match="捐助人不能"):
        actions.confirm_gift(
            act=world.act("VOLUNTEER"), viewer=world.viewer("VOLUNTEER"), gift=gift, witness="曾大娘"
        )


def test_a_guest_leaves_a_phone_that_is_sealed_and_follows_by_a_code(world: World) -> None:
    need = _need(world.opened())
    offered = actions.offer_gift(
        act=GUEST,
        donor=actions.Donor("林女士", "138 0013 8000"),
        what="棉被",
        unit="PIECE",
        amount=1,
        need=need,
    )
    found = queries.followed("13800138000", offered.code.lower().replace("-", " "))
    assert found == offered.gift
    assert found is not None
    assert "13800138000" not in str(found.__dict__)
    assert queries.followed("13800138000", "AAAAA-AAAAA") is None
    with pytest.raises(ActionError):
        actions.offer_gift(
            act=GUEST, donor=actions.Donor("某", "1"), what="棉被", unit="PIECE", amount=1, need=need
        )


def test_a_need_is_never_given_more_than_it_is(world: World) -> None:
    need = _need(world.opened())
    first, second = world.offer(need, 3), world.offer(need, 3)
    world.match(first, need)
    with pytest.raises(Conflict):
        world.match(second, need)
    with pytest.raises(Conflict):
        world.offer(_need(need.appeal), 2)
    assert queries.check_books(SYSTEM).right


def test_money_is_never_taken_here(world: World) -> None:
    need = _need(world.opened(wants=[GOODS, MONEY]), "MONEY")
    with pytest.raises(ActionError, match="本系统不收钱"):
        world.offer(need, 100)


def test_a_stated_total_stands_beside_the_books_with_day_and_source(world: World) -> None:
    appeal = world.opened(wants=[MONEY])
    office: dict[str, Any] = {
        "act": world.act("GIVING_OFFICE"),
        "viewer": world.viewer("GIVING_OFFICE"),
        "appeal": appeal,
    }
    with pytest.raises(ActionError):
        actions.note_total(**office, platform="某平台", amount_fen=1, as_of=DAY, source="")
    actions.note_total(**office, platform="某平台", amount_fen=10_030_000, as_of=DAY, source="平台公示页")
    books = queries.check_books(SYSTEM)
    assert (books.confirmed, books.declared_fen) == ({}, 10_030_000)
    with pytest.raises(ActionError):
        actions.note_total(
            **office | {"appeal": world.opened()}, platform="p", amount_fen=1, as_of=DAY, source="s"
        )


def test_books_that_were_touched_are_found_out(world: World) -> None:
    gift = world.delivered(_need(world.opened()), 2)
    Gift.objects.filter(pk=gift.pk).update(amount=3)
    books = queries.check_books(SYSTEM)
    assert {code for code, _subject in books.faults} == {"amount", "taken"}


def test_an_appeal_is_closed_with_a_report_once_nothing_is_on_its_way(world: World) -> None:
    appeal = world.opened()
    gift = world.delivered(_need(appeal), 4)
    office: dict[str, Any] = {
        "act": world.act("GIVING_OFFICE"), "viewer": world.viewer("GIVING_OFFICE"), "appeal": appeal,
        "report": "棉被四床已送到，屋顶由志愿者修好。", "withdraw_on": UNTIL,
    }  # fmt: skip
    with pytest.raises(Conflict):
        actions.close_appeal(**office)
    actions.confirm_gift(act=world.act("MEMBER"), viewer=world.own(), gift=gift)
    report = actions.close_appeal(**office)
    actions.approve_appeal(
        act=world.act("COUNTY_OFFICE"), viewer=world.viewer("COUNTY_OFFICE"), publication=report
    )
    assert guard.visible("giving.report", NOW).get().rows[0]["given"] == "4 件"
    assert appeal.state == "CLOSED"


def test_a_frozen_appeal_is_not_refused_while_a_gift_is_on_its_way_and_then_nothing_stays_public(
    world: World,
) -> None:
    appeal = world.opened()
    gift = world.delivered(_need(appeal), 1)
    office: dict[str, Any] = {
        "act": world.act("GIVING_OFFICE", "有人举报"), "viewer": world.viewer("GIVING_OFFICE"), "appeal": appeal,
    }  # fmt: skip
    actions.freeze_appeal(**office)
    with pytest.raises(Conflict):
        actions.reject_appeal(**office)
    actions.decline_gift(act=world.act("MEMBER", "退回"), viewer=world.own(), gift=gift)
    actions.reject_appeal(**office)
    assert appeal.state == "REJECTED"
    assert not guard.visible("giving.appeal", NOW).exists()


def test_several_departments_make_an_initiative(world: World) -> None:
    office: dict[str, Any] = {
        "act": world.act("GIVING_OFFICE"), "viewer": world.viewer("GIVING_OFFICE"), "title": "温暖过冬",
        "purpose": "送被褥", "division_code": "360730000000", "starts_on": DAY, "ends_on": UNTIL,
    }  # fmt: skip
    with pytest.raises(ActionError):
        actions.start_initiative(**office, parts=[("县民政局", "被褥")])
    row = actions.start_initiative(**office, parts=[("县民政局", "被褥"), ("县团委", "人手")])
    need = _need(world.opened())
    gift = world.offer(need, 1, initiative=row)
    assert gift.initiative == row
    assert queries.initiatives().get().parts.count() == 2


def test_every_state_leads_to_an_end_and_none_leads_out_of_one() -> None:
    for table in (APPEAL, GIFT):
        reached = {state: {state} for state in table}
        for _round in table:
            for state, after in table.items():
                for one in after:
                    reached[state] |= reached[one]
        assert all(any(ended(table, one) for one in reached[state]) for state in table)
        assert set().union(*table.values()) <= set(table)
    assert "CANCELLED" not in HOLDS
