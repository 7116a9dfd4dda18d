"""Eight at once, on either database: the last copy is lent once, a room is in one live lesson, a lesson is made once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from xiangqiao.kernel.keyring import create_keys
from xiangqiao.kernel.tests.hands import at_once
from xiangqiao.learning import actions
from xiangqiao.learning.models import Book, Lesson, Loan, Presence, Seat
from xiangqiao.learning.tests.conftest import Class, act, make_class


@pytest.fixture
def room(transactional_db: None, person_in_post: Callable[..., Any]) -> Class:
    create_keys()
    return make_class(person_in_post)


def test_the_last_copy_is_lent_once(room: Class) -> None:
    book = actions.put_book(act=act(room.assistant), school=room.school, title="昆虫记", copies=1)
    told = at_once(lambda n: actions.lend(act=act(room.assistant), book=book, card=f"D{n}"))
    assert told["done"] == 1
    assert (Book.objects.get().out, Loan.objects.count()) == (1, 1)


def test_of_eight_lessons_that_want_a_room_one_is_live(room: Class) -> None:
    lessons = list(Lesson.objects.order_by("starts_at")[:8])
    told = at_once(lambda n: actions.begin(act=act(room.teacher), lesson=lessons[n]))
    assert told["done"] == 1
    assert Lesson.objects.filter(state="LIVE").count() == 1


def test_lessons_are_made_once_by_eight_hands(room: Class) -> None:
    Seat.objects.all().delete()
    Lesson.objects.all().delete()
    told = at_once(lambda _n: actions.make_lessons(act=act(room.office), term=room.term))
    assert told["done"] == 8
    assert (Lesson.objects.count(), Seat.objects.count()) == (9, 18)


def test_a_connection_told_by_eight_is_one_interval(room: Class) -> None:
    lesson, one = room.lesson(), uuid4()
    told = at_once(
        lambda _n: actions.enter(
            lesson=lesson, room=room.here.pk, kind="LIVE", connection=one, at=lesson.starts_at
        )
    )
    assert told["done"] == 8
    assert Presence.objects.count() == 1
