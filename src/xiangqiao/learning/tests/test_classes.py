"""A lesson goes its way once; rooms, timetable and shelf keep what they promise."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from xiangqiao.accounts.viewer import Viewer
from xiangqiao.journal.models import TimelineLine
from xiangqiao.kernel.audit import verify
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.learning import actions, queries
from xiangqiao.learning.actions import classes
from xiangqiao.learning.models import Book, Lesson, Loan, Presence, Slot
from xiangqiao.learning.rules.kept import Kept
from xiangqiao.learning.tests.conftest import NOW, TODAY, Class, act

pytestmark = pytest.mark.django_db


def connected(room: Class, lesson: Lesson, end_point: int, kind: str, minutes: int) -> None:
    one = uuid4()
    for _twice in range(2):
        actions.enter(lesson=lesson, room=end_point, kind=kind, connection=one, at=lesson.starts_at)
        actions.leave(connection=one, at=lesson.starts_at + timedelta(minutes=minutes))
        actions.leave(connection=one, at=lesson.ends_at + timedelta(hours=3))


def test_lessons_are_made_once_and_skip_days_off(room: Class) -> None:
    before = Lesson.objects.count()
    assert before == 9
    assert actions.make_lessons(act=act(room.office), term=room.term) == 0
    assert Lesson.objects.count() == before
    room.term.days_off = [date(2026, 12, 7).isoformat()]
    room.term.save()
    Slot.objects.update(weekday=0)
    assert actions.make_lessons(act=act(room.office), term=room.term, until=date(2026, 12, 7)) == 0


def test_what_is_written_replays_from_the_log(room: Class) -> None:
    actions.begin(act=act(room.teacher), lesson=room.lesson())
    seat = room.lesson().seats.get(end_point=room.here)
    actions.count_heads(act=act(room.assistant), seat=seat, heads=23)
    assert [one for one in verify().findings if one.subject.startswith("learning.")] == []


def test_only_the_teacher_begins_and_a_room_sits_in_one_lesson_at_a_time(room: Class) -> None:
    with pytest.raises(NotAllowed):
        actions.begin(act=act(room.assistant), lesson=room.lesson())
    actions.agree(act=act(room.teacher), lesson=room.lesson(), agreed=True)
    actions.begin(act=act(room.teacher), lesson=room.lesson())
    actions.begin(act=act(room.teacher), lesson=room.lesson())
    with pytest.raises(Conflict):
        actions.begin(act=act(room.teacher), lesson=room.lesson(1))
    actions.finish(act=act(room.teacher), lesson=room.lesson())
    actions.begin(act=act(room.teacher), lesson=room.lesson(1))
    with pytest.raises(Conflict):
        actions.publish(act=act(room.teacher), lesson=room.lesson())


def test_rates_follow_from_intervals_and_name_what_they_divide_by(room: Class) -> None:
    first, second = room.lesson(0), room.lesson(1)
    for lesson, minutes in ((first, 40), (second, 20)):
        connected(room, lesson, room.lead.pk, Presence.Kind.LEAD, 40)
        connected(room, lesson, room.here.pk, Presence.Kind.LIVE, minutes)
    found = queries.outcomes(
        Viewer.of(room.office, TODAY), first=room.term.first_day, last=date(2026, 11, 15), now=NOW
    )
    total = queries.rates(found)
    assert (total.planned, total.held, total.counts[Kept.MISSED]) == (4, 1, 3)
    office = Viewer.of(room.office, TODAY)
    opened = queries.opened(office, room.term, found, today=date(2026, 11, 16))
    assert (opened.taught, opened.asked) == (1, 4)
    # Asked by the plan even where no lesson was made.
    assert queries.opened(office, room.term, [], today=date(2026, 11, 16)).asked == 4
    # The assistant sees the own room only.
    own = queries.outcomes(
        Viewer.of(room.assistant, TODAY), first=room.term.first_day, last=date(2026, 11, 15), now=NOW
    )
    assert {one.seat.end_point for one in own} == {room.here}


def test_figures_ask_a_handful_of_questions(room: Class, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        queries.outcomes(
            Viewer.of(room.office, TODAY), first=room.term.first_day, last=room.term.last_day, now=NOW
        )


def test_a_clash_is_told_with_the_course_that_stands_in_the_way(room: Class) -> None:
    for begins, ends in ((time(10, 20), time(11)), (time(9, 30), time(10, 1)), (time(10, 10), time(10, 20))):
        with pytest.raises(Conflict, match="三年级音乐"):
            actions.put_slot(
                act=act(room.office),
                course=room.course,
                weekday=0,
                begins=begins,
                ends=ends,
                receivers=[room.here],
            )
    actions.put_slot(
        act=act(room.office),
        course=room.course,
        weekday=0,
        begins=time(10, 40),
        ends=time(11),
        receivers=[room.here],
    )


def test_a_cancelled_lesson_is_made_up_for_with_the_same_rooms(room: Class) -> None:
    lesson = Lesson.objects.filter(starts_at__gt=NOW).earliest("starts_at")
    with pytest.raises(ActionError):
        actions.cancel_lesson(act=act(room.office), lesson=lesson, reason=" ")
    with pytest.raises(ActionError):
        actions.cancel_lesson(act=act(room.office), lesson=lesson, reason="停电", make_up_at=NOW)
    when = NOW + timedelta(days=5)
    actions.cancel_lesson(act=act(room.office), lesson=lesson, reason="停电", make_up_at=when)
    again = Lesson.objects.get(instead_of=lesson)
    assert again.ends_at - again.starts_at == lesson.ends_at - lesson.starts_at
    assert again.seats.count() == 2
    with pytest.raises(Conflict):
        actions.cancel_lesson(act=act(room.office), lesson=lesson, reason="又停电")
    with pytest.raises(Conflict):
        actions.begin(act=act(room.teacher), lesson=lesson)


def test_an_interval_without_an_end_counts_to_when_it_was_last_heard_of(room: Class) -> None:
    lesson, one = room.lesson(), uuid4()
    actions.enter(lesson=lesson, room=room.here.pk, kind="LIVE", connection=one, at=lesson.starts_at)
    classes.still_here(connections=[one], at=lesson.starts_at + timedelta(minutes=33))
    connected(room, lesson, room.lead.pk, Presence.Kind.LEAD, 40)
    found = queries.outcomes(
        Viewer.of(room.office, TODAY), first=date(2026, 11, 2), last=date(2026, 11, 2), now=NOW
    )
    assert {one.seat.end_point_id: one.kept for one in found}[room.here.pk] == Kept.HELD


def test_word_that_comes_late_never_shortens_an_interval(room: Class) -> None:
    lesson, one = room.lesson(), uuid4()
    actions.enter(lesson=lesson, room=room.here.pk, kind="LIVE", connection=one, at=lesson.starts_at)
    for minutes in (30, 10, 20):
        classes.still_here(connections=[one], at=lesson.starts_at + timedelta(minutes=minutes))
    actions.leave(connection=one, at=lesson.starts_at + timedelta(minutes=5))
    found = Presence.objects.get()
    assert found.left_at == found.seen_at == lesson.starts_at + timedelta(minutes=30)


def test_a_loan_keeps_a_card_and_stands_on_the_households_timeline(room: Class) -> None:
    book = actions.put_book(act=act(room.assistant), school=room.school, title="昆虫记", copies=1)
    home = uuid4()
    loan = actions.lend(act=act(room.assistant), book=book, card="J001", household=home)
    with pytest.raises(Conflict):
        actions.lend(act=act(room.assistant), book=book, card="J002")
    assert TimelineLine.objects.get(household=home).programme == "LEARNING"
    for _twice in range(2):
        actions.give_back(act=act(room.assistant), loan=loan)
    assert (Book.objects.get().out, Loan.objects.get().returned_on) == (0, TODAY)
    with pytest.raises(NotAllowed):
        actions.lend(act=act(room.office), book=_elsewhere(room), card="J3 - 4")


def _elsewhere(room: Class) -> Book:
    room.school.division_code = "360731100201"
    room.school.save()
    return Book.objects.select_related("school").get()
