"""A visit is written down once, with everything that came of it, by who may; a correction never hides what was said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from xiangqiao.journal.actions import FactChange, Promised, amend_visit, drop_promise, keep_promise, log_visit
from xiangqiao.journal.models import Promise, Visit, VisitRevision
from xiangqiao.journal.queries import timeline
from xiangqiao.journal.tests.conftest import Scene, faults
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.kernel.ids import new_id
from xiangqiao.people.models import ChangeRequest, Household
from xiangqiao.people.rules.kinds import Kind
from xiangqiao.people.rules.payloads import BankCard, Phone

pytestmark = pytest.mark.django_db


def test_a_visit_keeps_a_promise_makes_one_and_changes_facts_in_one_act(scene: Scene) -> None:
    today = day_of(scene.now)
    first = scene.visit(promises=[Promised("送果树苗", today + timedelta(days=7))])
    owed = Promise.objects.get()
    second = log_visit(
        act=scene.act("cadre"), household=scene.home, done=["FARM"], text="苗种下了", kept=[owed.public_id],
        changes=[
            FactChange(Kind.PHONE, Phone("13800138000")),
            FactChange(Kind.BANK_CARD, BankCard("农商行", "6222020200112248")),
        ],
    )  # fmt: skip
    owed.refresh_from_db()
    told = second.revisions.get()
    assert (owed.state, owed.closed_by_visit, owed.made_on_visit) == ("KEPT", second, first)
    assert told.done == ["FARM", "PROMISE"]
    # Of daily life at once, what moves money after approval: as each kind demands.
    assert [ChangeRequest.objects.get(public_id=one).state for one in told.changes] == [
        "APPLIED",
        "SUBMITTED",
    ]
    assert Household.objects.get(public_id=scene.home).phone_mask.endswith("00")
    assert faults() == []


def test_the_same_key_makes_one_visit(scene: Scene) -> None:
    key = new_id()
    rows = {scene.visit(act=scene.act("cadre", key=key)).pk for _ in range(3)}
    assert len(rows) == Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("done", "text", "days", "code"),
    [
        ([], "", 0, "visit.empty"),
        (["OTHER"], " ", 0, "visit.empty"),
        (["TALK"], "长" * 1001, 0, "visit.long"),
        (["TALK"], "", 1, "visit.day"),
        (["TALK"], "", -400, "visit.day"),
    ],
)
def test_a_visit_that_says_nothing_or_lies_in_the_future_is_refused_with_the_way_to_mend_it(
    scene: Scene, done: list[str], text: str, days: int, code: str
) -> None:
    with pytest.raises(ActionError) as refusal:
        scene.visit(done=done, text=text, at=scene.now + timedelta(days=days))
    assert refusal.value.code == code
    assert refusal.value.field
    assert Visit.objects.count() == 0


def test_a_refused_change_takes_the_whole_visit_back(scene: Scene) -> None:
    with pytest.raises(ActionError):
        scene.visit(changes=[FactChange(Kind.PHONE, Phone("12"))])
    assert (Visit.objects.count(), Promise.objects.count()) == (0, 0)


@pytest.mark.parametrize("name", ["far_clerk", "keeper", "member", "department"])
def test_who_does_not_reach_the_household_logs_nothing(scene: Scene, name: str) -> None:
    with pytest.raises(ActionError) as refusal:
        scene.visit(name)
    assert refusal.value.status in {403, 404}


def test_a_cadre_logs_own_households_only_and_a_clerk_those_of_the_village(scene: Scene) -> None:
    scene.visit("clerk", household=scene.other)
    with pytest.raises(ActionError) as refusal:
        scene.visit(household=scene.other)
    assert refusal.value.status == 404


def test_an_amendment_is_a_new_revision_and_the_old_words_stay(scene: Scene) -> None:
    visit = scene.visit(text="谈了养鸡")
    amend_visit(
        act=scene.act("cadre"),
        visit=visit.public_id,
        revision=1,
        done=["FARM"],
        text="谈了养鸭",
        reason="记错",
    )
    assert list(VisitRevision.objects.order_by("number").values_list("text", flat=True)) == [
        "谈了养鸡", "谈了养鸭",
    ]  # fmt: skip
    said = [line.what for line in timeline(scene.viewer("clerk"), scene.home, now=scene.now)]
    assert any("谈了养鸭" in one for one in said)
    assert not any("谈了养鸡" in one for one in said)
    with pytest.raises(Conflict):
        amend_visit(
            act=scene.act("cadre"), visit=visit.public_id, revision=1, done=["TALK"], text="", reason="再改"
        )
    with pytest.raises(NotAllowed):
        amend_visit(
            act=scene.act("clerk"), visit=visit.public_id, revision=2, done=["TALK"], text="", reason="代改"
        )
    assert faults() == []


def test_a_promise_is_closed_once_and_dropped_only_with_a_reason(scene: Scene) -> None:
    today = day_of(scene.now)
    scene.visit(promises=[Promised("办低保", today), Promised("修路灯", today)])
    one, two = Promise.objects.order_by("id")
    with pytest.raises(ActionError) as refusal:
        drop_promise(act=scene.act("cadre"), promise=one.public_id, reason=" ")
    assert refusal.value.code == "promise.reason"
    drop_promise(act=scene.act("cadre"), promise=one.public_id, reason="已由民政办理")
    keep_promise(act=scene.act("clerk"), promise=two.public_id)
    for row in (one, two):
        with pytest.raises(ActionError) as refusal:
            keep_promise(act=scene.act("cadre"), promise=row.public_id)
        assert refusal.value.code == "promise.closed"


def test_a_promise_of_another_household_cannot_be_kept_here(scene: Scene) -> None:
    scene.visit("clerk", household=scene.other, promises=[Promised("送种子", day_of(scene.now))])
    with pytest.raises(ActionError) as refusal:
        scene.visit(kept=[Promise.objects.get().public_id])
    assert refusal.value.code == "promise.unknown"
