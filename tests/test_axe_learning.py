"""Every page of learning, announcements and statistics in a browser: axe finds nothing, nothing runs over the edge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.test_desk_browser import PHONE, WIDE, shown
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel import clock
from xiangqiao.learning import actions, queries
from xiangqiao.learning.tests.conftest import COUNTY, TODAY, Class, act, make_class
from xiangqiao.services.actions import announce

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def room(db: None, person_in_post: Callable[..., Any]) -> Class:
    return make_class(person_in_post)


def _paths(room: Class) -> list[str]:
    lesson = room.lesson()
    actions.note_check(
        act=act(room.assistant), viewer=Viewer.of(room.assistant, TODAY), room=room.here, kbps=900, rtt_ms=40, camera=True
    )  # fmt: skip
    one = uuid4()
    actions.enter(lesson=lesson, room=room.here.pk, kind="LIVE", connection=one, at=lesson.starts_at)
    actions.leave(connection=one, at=lesson.ends_at)
    book = actions.put_book(act=act(room.assistant), school=room.school, title="昆虫记", copies=2)
    actions.lend(act=act(room.assistant), book=book, card="D101")
    actions.put_resource(
        act=act(room.office), title="唐诗", subject="CHINESE", grade=3, link="https://a.example/1", licence="PUBLIC", source="某库"
    )  # fmt: skip
    seat = f"/learning/lessons/{lesson.public_id}/rooms/{room.here.public_id}/"
    return [
        "/learning/week/", "/learning/desk/", "/learning/desk/lessons/", f"/learning/desk/lessons/{lesson.public_id}/",
        f"/learning/lessons/{lesson.public_id}/recording/", "/learning/desk/rooms/", "/learning/desk/timetable/", "/learning/desk/shelf/", "/learning/corner/", "/learning/shelf/",
        f"/learning/rooms/{room.here.public_id}/check/", f"/learning/lessons/{lesson.public_id}/teach/", seat,
        "/services/announcements/", "/public/statistics/", "/public/",
    ]  # fmt: skip


def _announcements(person: Callable[..., Any]) -> list[str]:
    office = person("SERVICE_OFFICE", COUNTY)
    announce(
        act=act(office, clock.now()), division_code=COUNTY, sort="NEWS", title="停水", text="周三停水。", office="水厂",
        withdraw_on=clock.today() + timedelta(days=9),
    )  # fmt: skip
    return ["/services/desk/announcements/", "/services/desk/announcements/new/"]


def _reviews() -> list[str]:
    """The second look at the shelf: the list, and the resource that waits."""
    waits = queries.resources_waiting().get()
    return ["/learning/desk/shelf/reviews/", f"/learning/desk/shelf/reviews/{waits.public_id}/"]


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_passes_axe_and_fits_the_screen(
    room: Class, signed_in: Callable[..., Client], person_in_post: Callable[..., Any], language: str, elder: bool
) -> None:  # fmt: skip
    html: dict[str, str] = {}
    for role, paths in (
        ("EDUCATION_OFFICE", _paths(room)),
        ("SERVICE_OFFICE", [*_announcements(person_in_post), *_reviews()]),
    ):
        client = signed_in(role, COUNTY)
        client.cookies["django_language"], client.cookies["xq_elder"] = language, "1" if elder else "0"
        for path in paths:
            answer = client.get(path)
            assert answer.status_code == 200, path
            html[path] = answer.content.decode()
    troubles: list[tuple[Any, ...]] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for size in (WIDE, PHONE):
            for path, page in shown(browser, html, size):
                found = Axe().run(page).response["violations"]
                troubles += [(path, size[0], one["id"], one["nodes"][0]["html"][:140]) for one in found]
                over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if over > 0:
                    troubles.append((path, size[0], "runs over the edge", over))
        browser.close()
    assert troubles == []
