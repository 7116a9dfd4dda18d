"""A lesson over real sockets: all rooms see the same bytes, strangers are told why not, and a killed server loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from xiangqiao.learning.tests import lesson_stream
from xiangqiao.learning.tests.rooms_process import KIND, Page, Rooms, room, teacher, token

FIRST, SECOND = (
    lesson_stream.head() + lesson_stream.cluster(0) + lesson_stream.cluster(1),
    lesson_stream.cluster(2) + lesson_stream.cluster(3),
)


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    found = Rooms(tmp_path)
    yield found
    found.kill()


def _sealed(rooms: Rooms, *, times: int = 1) -> list[bytes]:
    return [
        (rooms.folder / f"{one[1]}.webm").read_bytes() for one in rooms.noted("sealed", times=times)[:times]
    ]


def test_every_room_sees_all_bytes_and_a_late_one_begins_at_the_newest_key_frame(rooms: Rooms) -> None:
    lead, early, other = teacher(rooms), room(rooms, 2), room(rooms, 3)
    for at in range(0, len(FIRST), 700):
        lead.socket.send(FIRST[at : at + 700])
    assert early.see(len(FIRST)) == other.see(len(FIRST)) == FIRST
    late = room(rooms, 4)
    begin = lesson_stream.head() + lesson_stream.cluster(1)
    assert late.see(len(begin)) == begin
    assert late.words["start"] == KIND
    lead.socket.send(SECOND)
    assert early.see(len(FIRST + SECOND)) == FIRST + SECOND
    assert late.see(len(begin + SECOND)) == begin + SECOND
    lead.say(end=True)
    assert lead.hear("over") is True
    assert late.hear("over") is True
    assert [lesson_stream.frames_of(part) for part in _sealed(rooms)] == [
        lesson_stream.frames_of(FIRST + SECOND)
    ]
    rooms.noted("finish")


def test_a_hand_is_raised_called_on_answered_and_let_down(rooms: Rooms) -> None:
    lead, one = teacher(rooms), room(rooms, 2)
    lead.socket.send(FIRST)
    one.say(hand=True)
    while not any(found["hand"] for found in lead.hear("rooms")):
        pass
    lead.say(call=str(UUID(int=2)), called=True)
    assert one.hear("called") is True
    one.say(say="二十一")
    assert (lead.hear("said"), lead.words["name"]) == ("二十一", "room 2")
    lead.say(call=str(UUID(int=2)), called=False)
    assert one.hear("called") is False
    assert len(rooms.noted("note", times=3)) >= 3


def test_raised_hands_stand_first_in_the_order_in_which_they_rose(rooms: Rooms) -> None:
    lead = teacher(rooms)
    pages = {number: room(rooms, number) for number in (2, 3, 4)}
    for number in (4, 3):
        pages[number].say(hand=True)
        rooms.noted("note", times=5 - number)
    pages[4].say(hand=True)
    rooms.noted("note", times=3)
    here = lead.hear("rooms")
    while sum(one["hand"] for one in here) < 2:
        here = lead.hear("rooms")
    assert [(one["name"], one["hand"]) for one in here] == [
        ("room 4", True), ("room 3", True), ("room 2", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "first",
    [
        {"token": "forged"},
        {"token": token(2)[:-2]},
        {"token": token(2, lesson=UUID(int=0))},
        {"hello": 1},
        "[]",
        "{",
    ],
)
def test_who_has_no_right_token_is_told_so(rooms: Rooms, first: object) -> None:
    code, why = Page(rooms, first).closed()
    assert code == 4403
    assert "进不去" in why


def test_a_page_of_another_site_is_refused(rooms: Rooms) -> None:
    page = Page(rooms, {"token": token(2)}, origin="http://elsewhere.example")
    assert page.closed()[0] == 4403


def test_a_second_teacher_and_bytes_that_are_no_film_are_refused(rooms: Rooms) -> None:
    lead = teacher(rooms)
    second = Page(rooms, {"token": token(1, teaches=True)})
    assert second.closed() == (4409, "这节课已有老师在讲。")
    lead.socket.send(b"<html>" * 50)
    assert lead.closed()[0] == 4400


def test_a_killed_server_leaves_a_part_that_plays_and_the_teacher_goes_on(rooms: Rooms) -> None:
    lead, one = teacher(rooms), room(rooms, 2)
    lead.socket.send(FIRST)
    one.see(len(FIRST))
    rooms.kill()
    assert len(list(rooms.folder.glob("*.part"))) == 1
    rooms.start()
    assert lesson_stream.frames_of(_sealed(rooms)[0]) == lesson_stream.frames_of(FIRST)
    again, other = teacher(rooms), room(rooms, 2)
    again.socket.send(FIRST)
    assert other.see(len(FIRST)) == FIRST
    again.say(end=True)
    again.hear("over")
    assert len(_sealed(rooms, times=2)) == 2


def test_a_teacher_whose_line_breaks_leaves_the_rooms_waiting(rooms: Rooms) -> None:
    lead, one = teacher(rooms), room(rooms, 2)
    lead.socket.send(FIRST)
    one.see(len(FIRST))
    lead.socket.close()
    while one.hear("live"):
        pass
    assert one.words["over"] is False
    teacher(rooms).socket.send(FIRST)
    assert one.see(2 * len(FIRST)) == FIRST + FIRST
    assert len(rooms.noted("part", times=2)) == 2
    rooms.noted("leave")
