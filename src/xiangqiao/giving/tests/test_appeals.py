"""From the asking to the board: who may ask, who may verify, which way the law allows, what the public sees."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from xiangqiao.giving import actions, queries
from xiangqiao.giving.models import Appeal
from xiangqiao.giving.rules.lanes import Charity
from xiangqiao.giving.tests.conftest import DAY, GOODS, MONEY, NOW, UNTIL, VILLAGE, World
from xiangqiao.journal.models import TimelineLine
from xiangqiao.kernel import publication as guard
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed

State = Appeal.State


def test_an_appeal_comes_in_by_who_raised_it(world: World) -> None:
    assert world.raised().source == "VOLUNTEER"
    assert world.raised(by="STATION_KEEPER").source == "STATION"
    assert world.raised(by="VILLAGE_CLERK").source == "CADRE"
    world.own()
    assert world.raised(by="MEMBER").source == "HOUSEHOLD"


def test_nobody_raises_one_for_a_household_beyond_reach_or_without_knowing_its_head(world: World) -> None:
    with pytest.raises(NotAllowed):
        world.raised(by="MEMBER")
    world.home.head_name = "别人"
    with pytest.raises(ActionError) as refused:
        world.raised()
    assert refused.value.field == "household_no"


def test_a_need_without_evidence_is_sent_back(world: World) -> None:
    with pytest.raises(ActionError) as refused:
        world.raised([actions.Want("GOODS", "棉被", 4, 100, " ")])
    assert refused.value.field == "evidence_1"


def test_two_independent_people_make_an_appeal_verified(world: World) -> None:
    appeal = world.raised()
    with pytest.raises(NotAllowed, match="提出求助的人"):
        world.verify(appeal, "VOLUNTEER")
    world.verify(appeal, "VILLAGE_CLERK")
    assert appeal.state == State.RAISED
    with pytest.raises(NotAllowed):
        world.verify(appeal, "VILLAGE_CLERK")
    world.verify(appeal, "COUNTY_OFFICE")
    assert appeal.state == State.VERIFIED


def test_a_second_person_of_the_same_body_does_not_count(world: World) -> None:
    appeal = world.raised()
    world.verify(appeal, "VILLAGE_CLERK")
    world.people["VILLAGE_CLERK"] = world.person_in_post("VILLAGE_CLERK", VILLAGE, username="another")
    with pytest.raises(NotAllowed) as refused:
        world.verify(appeal, "VILLAGE_CLERK")
    assert refused.value.code == "giving.verifier_body"


def test_who_finds_otherwise_leaves_it_unverified(world: World) -> None:
    appeal = world.raised()
    world.verify(appeal, "VILLAGE_CLERK", confirms=False)
    world.verify(appeal, "COUNTY_OFFICE")
    assert appeal.state == State.RAISED


def test_an_approved_appeal_stands_on_the_board_without_a_name(world: World) -> None:
    appeal = world.opened()
    (shown,) = queries.board(NOW)
    assert (shown.appeal, shown.row["township"], appeal.lane) == (appeal, "梅江镇", "C")
    assert shown.row["cost"] == 4 * 12_000 + 10 * 3_000
    assert "温" not in str(shown.row)
    assert TimelineLine.objects.filter(household=world.home.public_id, programme="GIVING").count() == 3


@pytest.mark.parametrize("text", ["温水生家缺被褥", "电话 13800138000", "3607301001 户"])
def test_a_text_that_shows_who_it_is_does_not_get_out(world: World, text: str) -> None:
    appeal = world.verified()
    with pytest.raises(guard.LeakFound):
        world.proposed(appeal, text)
    appeal.refresh_from_db()
    assert appeal.lane == ""


def test_nothing_is_published_before_it_is_verified_or_without_consent(world: World) -> None:
    with pytest.raises(Conflict):
        world.proposed(world.raised())
    with pytest.raises(ActionError):
        actions.propose_publication(
            act=world.act("GIVING_OFFICE"), viewer=world.viewer("GIVING_OFFICE"), appeal=world.verified(), title="t",
            text="t", withdraw_on=UNTIL, consent_by="", consent_on=DAY,
        )  # fmt: skip


def _lane(world: World, charity: Charity | None) -> str:
    appeal = world.verified(wants=[GOODS, MONEY])
    world.proposed(appeal, charity=charity)
    return appeal.lane


def test_money_goes_to_a_designated_platform_or_to_a_certified_charity(world: World) -> None:
    assert _lane(world, None) == "B"
    live: dict[str, Any] = {
        "name": "某慈善会",
        "certificate": "A1",
        "filing": "B2",
        "valid_to": date(2028, 1, 1),
    }
    assert _lane(world, Charity(**live)) == "A"
    with pytest.raises(ActionError, match="已过期"):
        _lane(world, Charity(**live | {"valid_to": date(2026, 1, 1)}))


def test_a_frozen_appeal_leaves_the_board_and_comes_back(world: World) -> None:
    appeal = world.opened()
    office: dict[str, Any] = {"viewer": world.viewer("GIVING_OFFICE"), "appeal": appeal}
    actions.freeze_appeal(act=world.act("GIVING_OFFICE", "有人提出异议"), **office)
    assert queries.board(NOW) == []
    actions.resume_appeal(act=world.act("GIVING_OFFICE", "核实无误"), **office)
    assert len(queries.board(NOW)) == 1
