"""The shelf and the consent by their pages: the whole way, and what is refused on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from xiangqiao.learning.models import Lesson, Resource
from xiangqiao.learning.tests.conftest import COUNTY, Class

pytestmark = pytest.mark.django_db
PUT = {
    "step": "put", "title": "唐诗", "subject": "CHINESE", "grade": "3", "link": "https://a.example/1",
    "licence": "PUBLIC", "source": "维基文库",
}  # fmt: skip
SHELF = "/learning/desk/shelf/"


def waits_at(client: Client) -> str:
    """Return the address of the one resource that waits."""
    page = client.get("/learning/desk/shelf/reviews/").content.decode()
    return str(re.findall(r'href="(/learning/desk/shelf/reviews/[0-9a-f-]{36}/)"', page)[0])


@pytest.fixture
def office(room: Class, signed_in: Callable[..., Client]) -> Client:
    return signed_in("EDUCATION_OFFICE", COUNTY)


def test_from_the_office_past_the_second_person_to_everybody(
    office: Client, signed_in: Callable[..., Client]
) -> None:
    assert office.post(SHELF, PUT | {"key": str(uuid4())}).status_code == 302
    assert "唐诗" not in Client().get("/learning/shelf/").content.decode()
    second = signed_in("COUNTY_OFFICE", COUNTY)
    url = waits_at(second)
    second.cookies["django_language"] = "en"
    assert "Public domain" in second.get(url).content.decode()
    assert second.post(url, {"step": "approve", "reason": "", "key": str(uuid4())}).status_code == 302
    assert "唐诗" in Client().get("/learning/shelf/").content.decode()


def test_what_is_refused_is_told_and_changes_nothing(
    office: Client, signed_in: Callable[..., Client]
) -> None:
    told = office.post(SHELF, PUT | {"about": "问张老师 13870712345"})
    assert (told.status_code, Resource.objects.count()) == (422, 0)
    office.post(SHELF, PUT)
    row = Resource.objects.get()
    second = signed_in("COUNTY_OFFICE", COUNTY)
    url = waits_at(second)
    for reason in ("", "长" * 201):
        assert second.post(url, {"step": "back", "reason": reason}).status_code == 422
    for step in ("withdraw", "renew"):
        assert office.post(SHELF, {"step": step, "resource": "no id", "reason": "坏了"}).status_code == 404
    for reason in ("", " "):
        answer = office.post(SHELF, {"step": "withdraw", "resource": str(row.public_id), "reason": reason})
        assert "下架要写原因" in answer.content.decode()
    row.refresh_from_db()
    assert row.withdrawn_on is None


def test_the_answer_before_a_lesson_may_change_until_it_begins(room: Class, client: Client) -> None:
    client.force_login(room.teacher)
    url = reverse("learning:agree", args=[room.lesson().public_id])
    for agreed in (True, False, True):
        client.post(url, {"key": str(uuid4())} | ({"agreed": "yes"} if agreed else {}))
        assert (Lesson.objects.get(pk=room.lesson().pk).agreed_by == room.teacher.public_id) is agreed
