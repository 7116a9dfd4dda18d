"""Two hands at the very same moment, on either database: one is done, the other is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.keyring import create_keys
from xiangqiao.people.actions.approvals import approve_change, reject_change
from xiangqiao.people.models import Household
from xiangqiao.people.rules.kinds import Kind
from xiangqiao.people.rules.payloads import BankCard, Phone
from xiangqiao.people.tests.changing import Village, act, make_village


@pytest.fixture
def village(transactional_db: None, person_in_post: Callable[..., Any]) -> Village:
    create_keys()
    return make_village(person_in_post)


def at_once(*hands: Callable[[], Any]) -> list[str]:
    """Run all at the same moment; return `done` or the code of the refusal, in order."""
    start = Barrier(len(hands))

    def run(hand: Callable[[], Any]) -> str:
        try:
            start.wait()
            hand()
        except ActionError as refusal:
            return refusal.code
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(hands)) as pool:
        return list(pool.map(run, hands))


def test_of_two_clerks_who_saw_the_same_one_is_done_and_the_other_sees_a_conflict(village: Village) -> None:
    seen = {str(village.home.public_id): village.home.version}
    outcome = at_once(
        lambda: village.ask(Kind.PHONE, Phone("13800138001"), seen=seen),
        lambda: village.ask(Kind.PHONE, Phone("13800138002"), seen=seen, by=village.second),
    )
    assert sorted(outcome) == ["change.conflict", "done"]
    assert Household.objects.get(pk=village.home.pk).version == village.home.version + 1


def test_a_request_is_decided_once(village: Village, person_in_post: Callable[..., Any]) -> None:
    asked = village.ask(Kind.BANK_CARD, BankCard("邮储银行", "6217000010001234569"))
    outcome = at_once(
        lambda: approve_change(act=act(village.leader), request=asked.public_id),
        lambda: reject_change(act=act(village.leader, "不对"), request=asked.public_id),
    )
    assert sorted(outcome) == ["change.decided", "done"]
