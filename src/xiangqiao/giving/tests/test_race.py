"""Eight at once: one gift goes to one need, the last of a need to one gift."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from xiangqiao.giving import actions, queries
from xiangqiao.giving.models import Appeal, Gift, Need
from xiangqiao.giving.tests.conftest import SYSTEM, World, make_world
from xiangqiao.kernel.tests.hands import HANDS, at_once


@pytest.fixture
def open_appeals(transactional_db: None, person_in_post: Callable[..., Any]) -> tuple[World, list[Appeal]]:
    world = make_world(person_in_post)
    return world, [world.opened() for _ in range(HANDS)]


def _match(world: World, gift: int, need: int) -> None:
    world.match(Gift.objects.get(pk=gift), Need.objects.select_related("appeal").get(pk=need))


def test_a_gift_that_eight_claim_at_once_goes_to_one(open_appeals: tuple[World, list[Appeal]]) -> None:
    world, appeals = open_appeals
    world.viewer("GIVING_OFFICE")
    needs = [appeal.needs.get(kind="GOODS") for appeal in appeals]
    gift = world.offer(needs[0], 1)
    told = at_once(lambda n: _match(world, gift.pk, needs[n].pk))
    assert told["done"] == 1
    assert set(told) <= {"done", "giving.gift_state", "record.conflict"}
    assert sum(Need.objects.values_list("taken", flat=True)) == 1
    assert queries.check_books(SYSTEM).right


def test_the_last_of_a_need_goes_to_one_of_eight_gifts(open_appeals: tuple[World, list[Appeal]]) -> None:
    world, appeals = open_appeals
    need = appeals[0].needs.get(kind="GOODS")
    gifts = [world.offer(need, 4) for _ in range(HANDS)]
    told = at_once(lambda n: _match(world, gifts[n].pk, need.pk))
    assert told["done"] == 1
    assert Need.objects.get(pk=need.pk).taken == 4
    assert queries.check_books(SYSTEM).right


def test_a_gift_taken_back_while_it_is_matched_gives_the_need_back(
    open_appeals: tuple[World, list[Appeal]],
) -> None:
    world, appeals = open_appeals
    need = appeals[0].needs.get(kind="GOODS")
    seen = world.offer(need, 3)
    world.match(Gift.objects.get(pk=seen.pk), need)
    # `seen` is what the giver's page was drawn from, before the office matched it.
    actions.cancel_gift(act=world.act("VOLUNTEER"), viewer=world.viewer("VOLUNTEER"), gift=seen)
    assert Need.objects.get(pk=need.pk).taken == 0
    assert queries.check_books(SYSTEM).right


def test_no_gift_is_matched_with_an_appeal_that_is_taken_back_at_the_same_moment(
    open_appeals: tuple[World, list[Appeal]],
) -> None:
    world, appeals = open_appeals
    appeal = appeals[0]
    need = appeal.needs.get(kind="GOODS")
    gifts = [world.offer(need, 1) for _ in range(HANDS)]

    def hand(number: int) -> None:
        if number % 2:
            _match(world, gifts[number].pk, need.pk)
        else:
            actions.withdraw_appeal(
                act=world.act("GIVING_OFFICE", "家里好了"), viewer=world.viewer("GIVING_OFFICE"),
                appeal=Appeal.objects.get(pk=appeal.pk),
            )  # fmt: skip

    at_once(hand)
    matched = Gift.objects.filter(state=Gift.State.MATCHED).exists()
    assert matched != (Appeal.objects.get(pk=appeal.pk).state == Appeal.State.WITHDRAWN)
    assert queries.check_books(SYSTEM).right
