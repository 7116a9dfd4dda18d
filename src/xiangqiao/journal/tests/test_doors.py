"""A code opens one household's page once, for a short time; guessing does not get anybody in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from xiangqiao.accounts.models import Grant
from xiangqiao.journal.actions import enter_by_code, issue_code, leave, link_member, unlink_member
from xiangqiao.journal.actions.doors import CodeRefused, Locked
from xiangqiao.journal.models import CodeTry, OneTimeCode
from xiangqiao.journal.queries import linked_households, open_session
from xiangqiao.journal.rules import codes as rules
from xiangqiao.journal.tests.conftest import Scene, faults
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.models import Change, Event

pytestmark = pytest.mark.django_db


def test_a_code_opens_its_door_once_and_stands_nowhere_in_clear(scene: Scene) -> None:
    issued = issue_code(act=scene.act("cadre"), household=scene.home)
    session, key = enter_by_code(token=issued.door.token, code=issued.code, address="10.0.0.1", now=scene.now)
    assert open_session(issued.door, key, scene.now) == session
    with pytest.raises(CodeRefused):
        enter_by_code(token=issued.door.token, code=issued.code, address="10.0.0.2", now=scene.now)
    row = OneTimeCode.objects.get()
    written = str([vars(row), *Event.objects.values(), *Change.objects.values()])
    assert issued.code not in written
    assert key not in str(vars(session))
    assert faults() == []


def test_a_session_ends_after_half_an_hour_or_when_it_is_left(scene: Scene) -> None:
    issued = issue_code(act=scene.act("clerk"), household=scene.home)
    session, key = enter_by_code(token=issued.door.token, code=issued.code, address=None, now=scene.now)
    assert open_session(issued.door, key, scene.now + timedelta(minutes=29)) is not None
    assert open_session(issued.door, key, scene.now + rules.SESSION_FOR) is None
    leave(session=session, now=scene.now)
    assert open_session(issued.door, key, scene.now) is None


def test_a_code_is_good_for_fifteen_minutes_and_until_the_next_one(scene: Scene) -> None:
    old = issue_code(act=scene.act("cadre"), household=scene.home)
    new = issue_code(act=scene.act("cadre"), household=scene.home)
    for code, later in ((old.code, timedelta()), (new.code, rules.GOOD_FOR)):
        with pytest.raises(CodeRefused):
            enter_by_code(token=new.door.token, code=code, address=None, now=scene.now + later)
    enter_by_code(token=new.door.token, code=new.code, address=None, now=scene.now)


def test_a_code_of_one_household_does_not_open_another(scene: Scene) -> None:
    mine = issue_code(act=scene.act("clerk"), household=scene.home)
    theirs = issue_code(act=scene.act("clerk"), household=scene.other)
    with pytest.raises(CodeRefused):
        enter_by_code(token=theirs.door.token, code=mine.code, address=None, now=scene.now)


def test_wrong_codes_lock_the_door_even_for_the_right_one_until_a_new_code_is_handed_over(
    scene: Scene,
) -> None:
    issued = issue_code(act=scene.act("cadre"), household=scene.home)
    wrong = "00000000" if issued.code != "00000000" else "11111111"
    for number in range(rules.WRONG_AT_DOOR):
        with pytest.raises(CodeRefused):
            enter_by_code(token=issued.door.token, code=wrong, address=f"10.0.0.{number}", now=scene.now)
    with pytest.raises(Locked):
        enter_by_code(token=issued.door.token, code=issued.code, address="10.0.1.1", now=scene.now)
    assert CodeTry.objects.count() == rules.WRONG_AT_DOOR
    scene.now += timedelta(minutes=1)
    fresh = issue_code(act=scene.act("cadre"), household=scene.home)
    enter_by_code(token=fresh.door.token, code=fresh.code, address="10.0.1.1", now=scene.now)


def test_an_address_that_tries_door_after_door_is_locked_everywhere(scene: Scene) -> None:
    for _number in range(rules.WRONG_FROM_ADDRESS):
        with pytest.raises(CodeRefused):
            enter_by_code(token="nosuchdoor", code="12345678", address="10.9.9.9", now=scene.now)
    issued = issue_code(act=scene.act("cadre"), household=scene.home)
    with pytest.raises(Locked):
        enter_by_code(token=issued.door.token, code=issued.code, address="10.9.9.9", now=scene.now)
    enter_by_code(token=issued.door.token, code=issued.code, address="10.9.9.8", now=scene.now)
    assert not CodeTry.objects.filter(address_hash__contains="10.9").exists()


def test_codes_are_issued_by_who_reaches_the_household_and_not_without_end(scene: Scene) -> None:
    for name in ("far_clerk", "keeper", "member"):
        with pytest.raises(ActionError):
            issue_code(act=scene.act(name), household=scene.home)
    for _number in range(rules.ISSUED_AN_HOUR):
        issue_code(act=scene.act("cadre"), household=scene.home)
    with pytest.raises(ActionError) as refusal:
        issue_code(act=scene.act("clerk"), household=scene.home)
    assert refusal.value.code == "code.often"


def test_a_registered_person_is_linked_by_the_code_and_may_end_the_link(scene: Scene) -> None:
    issued = issue_code(act=scene.act("clerk"), household=scene.home)
    link_member(act=scene.act("member"), token=issued.door.token, code=issued.code, address=None)
    links = linked_households(scene.viewer("member"))
    used = OneTimeCode.objects.get()
    assert links == {scene.home: f"code:{used.public_id}"}
    with pytest.raises(CodeRefused):
        link_member(act=scene.act("member"), token=issued.door.token, code=issued.code, address=None)
    assert unlink_member(act=scene.act("member"), basis=links[scene.home]) == 1
    assert linked_households(scene.viewer("member")) == {}
    assert Grant.objects.filter(capability="household.own").count() == 1
