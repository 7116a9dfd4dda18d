"""The household says what it thinks of a line; a dispute is answered, and settled by another person than it concerns."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from xiangqiao.journal.actions import (
    Promised,
    add_line,
    answer_dispute,
    keep_promise,
    reply_to_line,
    settle_dispute,
)
from xiangqiao.journal.actions.doors import OwnSelf
from xiangqiao.journal.models import Promise, Reply
from xiangqiao.journal.queries import timeline
from xiangqiao.journal.rules import disputes, promises
from xiangqiao.journal.tests.conftest import Scene, faults
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.kernel.ids import new_id
from xiangqiao.people.tests.changing import VILLAGE

pytestmark = pytest.mark.django_db


def said(scene: Scene, kind: str, subject: object, choice: str = "NOT_SO", **more: object) -> Reply:
    """Let the household reply."""
    return reply_to_line(
        act=Act(by=OwnSelf(), at=scene.now), household=scene.home, kind=kind, subject=str(subject), choice=choice,
        via="CODE", text=str(more.get("text", "")),
    )  # fmt: skip


def test_a_dispute_is_answered_by_the_cadre_and_settled_by_somebody_else(scene: Scene) -> None:
    visit = scene.visit()
    row = said(scene, "VISIT", visit.public_id, text="那天没有人来")
    assert (row.state, row.concerned) == ("OPEN", scene.users["cadre"].public_id)
    answer_dispute(act=scene.act("cadre"), dispute=row.public_id, text="日期记错了，是前一天")
    with pytest.raises(NotAllowed):
        settle_dispute(act=scene.act("cadre"), dispute=row.public_id, outcome="EXPLAINED", text="好")
    settle_dispute(act=scene.act("clerk"), dispute=row.public_id, outcome="PARTLY", text="问过本人")
    row.refresh_from_db()
    assert (row.state, row.outcome) == ("SETTLED", "PARTLY")
    shown = [line.dispute for line in timeline(scene.viewer("clerk"), scene.home, now=scene.now)]
    assert "SETTLED" in shown
    with pytest.raises(Conflict):
        settle_dispute(act=scene.act("clerk"), dispute=row.public_id, outcome="UPHELD", text="再办")
    assert faults() == []


def test_a_clerk_whose_own_visit_is_disputed_does_not_settle_it(scene: Scene) -> None:
    visit = scene.visit("clerk")
    row = said(scene, "VISIT", visit.public_id)
    with pytest.raises(NotAllowed):
        settle_dispute(act=scene.act("clerk"), dispute=row.public_id, outcome="EXPLAINED", text="好")
    with pytest.raises(ActionError):
        settle_dispute(act=scene.act("far_clerk"), dispute=row.public_id, outcome="EXPLAINED", text="好")
    settle_dispute(act=scene.act("county"), dispute=row.public_id, outcome="EXPLAINED", text="已当面说清")


def test_a_promise_that_was_not_kept_after_all_is_open_again(scene: Scene) -> None:
    scene.visit(promises=[Promised("送饲料", day_of(scene.now) + timedelta(days=3))])
    promise = Promise.objects.get()
    keep_promise(act=scene.act("cadre"), promise=promise.public_id)
    row = said(scene, "PROMISE", promise.public_id, "NOT_RECEIVED")
    settle_dispute(act=scene.act("clerk"), dispute=row.public_id, outcome="UPHELD", text="确实没送到")
    promise.refresh_from_db()
    assert (promise.state, promise.closed_on) == ("OPEN", None)


def test_any_line_of_its_own_may_be_disputed_once_at_a_time_and_none_of_others(scene: Scene) -> None:
    told = add_line(
        act=scene.act("county"), household=scene.home, division_code=VILLAGE, programme="COMMERCE",
        sentence="卖出脐橙 %(kg)s 公斤", source_id=new_id(), amount_fen=12_000, kg=20,
    )  # fmt: skip
    theirs = scene.visit("clerk", household=scene.other)
    said(scene, "LINE", told.public_id, "NOT_RECEIVED")
    said(scene, "POLICY", "basic-pension", "NOT_RECEIVED")
    with pytest.raises(ActionError) as refusal:
        said(scene, "LINE", told.public_id, "DIFFERENT")
    assert refusal.value.code == "reply.twice"
    for kind, subject in (
        ("VISIT", theirs.public_id),
        ("LINE", "x"),
        ("POLICY", "no-such"),
        ("ODD", told.public_id),
    ):
        with pytest.raises(ActionError) as refusal:
            said(scene, kind, subject)
        assert refusal.value.code == "reply.line"


def test_agreeing_twice_is_agreeing_once(scene: Scene) -> None:
    visit = scene.visit()
    assert (
        said(scene, "VISIT", visit.public_id, "AGREE").pk == said(scene, "VISIT", visit.public_id, "AGREE").pk
    )


def test_nothing_follows_the_end_of_a_promise_or_of_a_dispute() -> None:
    for table, ends in ((promises.FOLLOWS, {"DROPPED"}), (disputes.FOLLOWS, {"SETTLED", "NOTED"})):
        may = promises.may_follow if table is promises.FOLLOWS else disputes.may_follow
        assert {one for one in table if not table[one]} == ends
        for before, after in product([*table, "?"], repeat=2):
            assert may(before, after) == (after in table.get(before, ()))
