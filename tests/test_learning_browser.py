"""A lesson as its people see it: a teacher and three rooms in four browser pages, live, recorded, and watched again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.flows import House, served

pytestmark = pytest.mark.browser
# A room waits a tenth of a second to a second for its first picture; on a machine that is busy with other tests, longer.
FIRST_PICTURE_MS = 15_000


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with served(tmp_path_factory.mktemp("county"), live=True) as made:
        yield made


def address_of_next_lesson(teacher: Page, url: str) -> str:
    """Return the address of the teacher's page of a lesson that is still to come."""
    teacher.goto(f"{url}/learning/week/")
    links = teacher.get_by_role("link", name="去上课")
    return str(links.first.get_attribute("href"))


def rooms_of(page: Page, lesson: str) -> list[str]:
    """Return the addresses of the rooms' pages of a lesson."""
    return page.eval_on_selector_all(
        "a[href*='/rooms/']", "(all, id) => all.map((a) => a.href).filter((a) => a.includes(id))", lesson
    )


def until(page: Page, expression: str, seconds: float = 15) -> Any:
    """Wait until an expression is true in a page and return it; the page's own policy forbids waiting inside of it."""
    last = time.monotonic() + seconds
    while not (found := page.evaluate(expression)):
        assert time.monotonic() < last, f"never true: {expression}"
        page.wait_for_timeout(50)
    return found


def first_picture(room: Page) -> int:
    return int(until(room, "document.getElementById('attend').dataset.picture"))


def test_a_teacher_and_three_rooms(house: House) -> None:
    teacher, office, village = house.desk("mingshi"), house.desk("jiaoyu"), house.desk("laoshi")
    teach = address_of_next_lesson(teacher, house.url)
    lesson = teach.split("/")[3]
    teacher.goto(house.url + teach)
    teacher.get_by_label("我同意录像").check()
    teacher.get_by_role("button", name="开始上课").click()
    expect(teacher.locator("#teach")).to_have_attribute("data-now", "on")

    village.goto(f"{house.url}/learning/week/")
    [own] = rooms_of(village, lesson)
    office.goto(f"{house.url}/learning/week/")
    others = [one for one in rooms_of(office, lesson) if one != own]
    assert len(others) == 2
    village.goto(own)
    rooms = [village]
    for one in others:
        room = house.contexts["jiaoyu"].new_page()
        room.goto(one)
        rooms.append(room)
    waits = [first_picture(room) for room in rooms]
    assert max(waits) < FIRST_PICTURE_MS, waits
    expect(teacher.locator("#rooms li")).to_have_count(3)

    village.get_by_role("button", name="举手").click()
    expect(teacher.locator("#rooms li.up, #rooms li:has(.up)")).to_have_count(1)
    teacher.locator("#rooms li").first.get_by_role("button", name="请回答").click()
    expect(village.locator("#answer")).to_be_visible()
    village.fill("#answer-text", "三十二")
    village.get_by_role("button", name="送出").click()
    expect(teacher.locator("#said")).to_contain_text("三十二")
    village.fill("#heads-n", "23")
    village.get_by_role("button", name="记下").click()
    expect(village.locator("#heads-state")).to_contain_text("23")

    # The picture moves on in every room.
    for room in rooms:
        before = room.evaluate("document.getElementById('theirs').currentTime")
        until(room, f"document.getElementById('theirs').currentTime > {before} + 0.5")
    teacher.get_by_role("button", name="下课").click()
    expect(teacher.locator("#teach")).to_have_attribute("data-now", "over")
    expect(village.locator("#attend")).to_have_attribute("data-now", "over")

    village.goto(own + "replay/")
    _plays_again(village)
    house.contexts["jiaoyu"].close()
    del house.contexts["jiaoyu"]
    _taken_back(house, teacher, village, lesson, own)
    office = house.desk("jiaoyu")
    office.goto(f"{house.url}/learning/desk/lessons/{lesson}/")
    expect(office.locator("main")).to_contain_text("三十二")
    expect(office.locator("main")).to_contain_text("23 人")


def _taken_back(house: House, teacher: Page, village: Page, lesson: str, own: str) -> None:
    """The teacher takes the recording back: its film is gone for the room that watched it."""
    film = village.locator("#film").get_attribute("src")
    teacher.goto(f"{house.url}/learning/lessons/{lesson}/recording/")
    expect(teacher.locator("main")).to_contain_text("看过的教室")
    teacher.get_by_role("button", name="收回录像").click()
    teacher.locator("dialog[open] button.danger, dialog[open] button.primary").first.click()
    expect(teacher.locator("main")).to_contain_text("已收回并删除")
    village.goto(own + "replay/")
    expect(village.locator("main")).to_contain_text("没有录像")
    assert village.request.get(f"{house.url}{film}").status == 404


def _plays_again(room: Page) -> None:
    """The recording has a picture and a sound track, a length, and can be jumped in."""
    film = "document.getElementById('film')"
    until(room, f"{film}.readyState >= 1")
    assert room.evaluate(f"{film}.videoWidth") == 640
    length = room.evaluate(f"{film}.duration")
    assert 1 < length < 120
    room.evaluate(f"{film}.currentTime = {length} * 0.6")
    room.evaluate(f"{film}.muted = true; {film}.play()")
    until(room, f"{film}.currentTime > {length} * 0.6 + 0.2")
    assert room.evaluate(f"{film}.webkitAudioDecodedByteCount") > 0
    assert room.evaluate(f"{film}.webkitVideoDecodedByteCount") > 0
