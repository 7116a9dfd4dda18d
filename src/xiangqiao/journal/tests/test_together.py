"""Eight at once, on SQLite and on PostgreSQL: one code lets one in, one promise is kept once, one dispute settled once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from xiangqiao.journal.actions import (
    Promised,
    amend_visit,
    enter_by_code,
    issue_code,
    keep_promise,
    link_member,
    reply_to_line,
    settle_dispute,
)
from xiangqiao.journal.actions.doors import OwnSelf
from xiangqiao.journal.models import CodeTry, Door, OneTimeCode, OwnSession, Promise, Reply, VisitRevision
from xiangqiao.journal.rules.codes import WRONG_AT_DOOR
from xiangqiao.journal.tests.conftest import Scene, make_scene
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.keyring import create_keys

HANDS = 8
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def busy(transactional_db: None, person_in_post: Callable[..., Any]) -> Scene:
    """The village, for hands that do not share a transaction."""
    create_keys()
    return make_scene(person_in_post)


def together(do: Callable[[int], Any]) -> list[Any]:
    """Do something in eight threads at the same moment; return results, refusals included."""
    barrier = Barrier(HANDS)

    def one(number: int) -> Any:
        barrier.wait()
        try:
            return do(number)
        except ActionError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(one, range(HANDS)))


def won(results: list[Any]) -> int:
    """Count who was not refused."""
    return sum(not isinstance(one, ActionError) for one in results)


def test_one_code_lets_one_in_whether_by_the_page_or_to_an_account(busy: Scene) -> None:
    issued = issue_code(act=busy.act("cadre"), household=busy.home)

    def enter(number: int) -> Any:
        given = {"token": issued.door.token, "code": issued.code, "address": f"10.0.0.{number}"}
        return (
            enter_by_code(now=busy.now, **given)
            if number % 2
            else link_member(act=busy.act("member"), **given)
        )

    assert won(together(enter)) == 1
    assert OneTimeCode.objects.filter(used_at__isnull=False).count() == 1
    assert OwnSession.objects.count() <= 1


def test_wrong_codes_at_once_are_all_counted_up_to_the_lock(busy: Scene) -> None:
    issued = issue_code(act=busy.act("cadre"), household=busy.home)
    wrong = f"{(int(issued.code) + 1) % 10**8:08d}"
    results = together(
        lambda n: enter_by_code(token=issued.door.token, code=wrong, address=f"10.0.0.{n}", now=busy.now)
    )
    assert won(results) == 0
    assert CodeTry.objects.count() == WRONG_AT_DOOR
    assert sum(one.code == "code.locked" for one in results) == HANDS - WRONG_AT_DOOR


def test_codes_issued_at_once_leave_one_that_is_good(busy: Scene) -> None:
    together(lambda _n: issue_code(act=busy.act("clerk"), household=busy.home))
    assert Door.objects.count() == 1
    assert OneTimeCode.objects.filter(void=False, used_at__isnull=True).count() == 1


def test_one_key_makes_one_visit_and_one_promise_is_kept_once(busy: Scene) -> None:
    key, today = new_id(), day_of(busy.now)
    results = together(
        lambda _n: busy.visit(act=busy.act("cadre", key=key), promises=[Promised("送苗", today)]).pk
    )
    assert len(set(results)) == 1
    promise = Promise.objects.get()
    assert won(together(lambda _n: keep_promise(act=busy.act("cadre"), promise=promise.public_id))) == 1


def test_one_revision_wins_one_dispute_stands_and_is_settled_once(busy: Scene) -> None:
    visit = busy.visit()
    results = together(
        lambda n: amend_visit(
            act=busy.act("cadre"), visit=visit.public_id, revision=1, done=["FARM"], text=str(n), reason="改"
        )
    )
    assert (won(results), VisitRevision.objects.count()) == (1, 2)
    said = together(
        lambda _n: reply_to_line(
            act=Act(by=OwnSelf(), at=busy.now), household=busy.home, kind="VISIT", subject=str(visit.public_id),
            choice="NOT_SO", via="CODE",
        )
    )  # fmt: skip
    assert (won(said), Reply.objects.count()) == (1, 1)
    row = Reply.objects.get()
    settled = together(
        lambda n: settle_dispute(
            act=busy.act("clerk" if n % 2 else "county"),
            dispute=row.public_id,
            outcome="EXPLAINED",
            text="清楚",
        )
    )
    assert won(settled) == 1
