"""Eight at once: one gift goes to one need, the last of a need to one gift."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from xiangqiao.giving import queries
from xiangqiao.giving.models import Appeal, Gift, Need
from xiangqiao.giving.tests.conftest import SYSTEM, World, make_world
from xiangqiao.kernel.errors import ActionError

HANDS = 8


@pytest.fixture
def open_appeals(transactional_db: None, person_in_post: Callable[..., Any]) -> tuple[World, list[Appeal]]:
    world = make_world(person_in_post)
    return world, [world.opened() for _ in range(HANDS)]


def _at_once(hands: list[Callable[[], None]]) -> list[str]:
    start = Barrier(len(hands))

    def run(hand: Callable[[], None]) -> str:
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
        return sorted(pool.map(run, hands))


def _match(world: World, gift: int, need: int) -> Callable[[], None]:
    return lambda: world.match(Gift.objects.get(pk=gift), Need.objects.select_related("appeal").get(pk=need))


def test_a_gift_that_eight_claim_at_once_goes_to_one(open_appeals: tuple[World, list[Appeal]]) -> None:
    world, appeals = open_appeals
    world.viewer("GIVING_OFFICE")
    needs = [appeal.needs.get(kind="GOODS") for appeal in appeals]
    gift = world.offer(needs[0], 1)
    told = _at_once([_match(world, gift.pk, need.pk) for need in needs])
    assert told.count("done") == 1
    assert set(told) <= {"done", "giving.gift_state", "record.conflict"}
    assert sum(Need.objects.values_list("taken", flat=True)) == 1
    assert queries.check_books(SYSTEM).right


def test_the_last_of_a_need_goes_to_one_of_eight_gifts(open_appeals: tuple[World, list[Appeal]]) -> None:
    world, appeals = open_appeals
    need = appeals[0].needs.get(kind="GOODS")
    gifts = [world.offer(need, 4) for _ in range(HANDS)]
    told = _at_once([_match(world, gift.pk, need.pk) for gift in gifts])
    assert told.count("done") == 1
    assert Need.objects.get(pk=need.pk).taken == 4
    assert queries.check_books(SYSTEM).right
