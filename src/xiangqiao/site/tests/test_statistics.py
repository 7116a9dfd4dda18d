"""Public statistics: what too few records stand behind is withheld, on the page and in the file."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from xiangqiao.journal.models import Visit
from xiangqiao.kernel import clock
from xiangqiao.kernel.clock import LOCAL
from xiangqiao.site.statistics.series import SERIES, Value, series_named

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, tzinfo=LOCAL)


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    monkeypatch.setattr(clock, "today", lambda: NOON.date())


def visit(at: datetime) -> None:
    Visit.objects.create(
        household=uuid4(), division_code="360730100201", user=uuid4(), who="某", at=at, received_at=at
    )


def test_fewer_than_five_are_withheld_and_none_is_a_true_zero() -> None:
    shown: list[Any] = [Value("", n, n).shown for n in (0, 1, 4, 5)]
    assert shown == [0, None, None, 5]
    assert Value("", None, 1).shown == 1


def test_months_begin_where_the_county_lies() -> None:
    # 16:30 UTC of the last day of October is already November in the county.
    for _n in range(5):
        visit(datetime(2026, 11, 1, 0, 30, tzinfo=LOCAL))
    visit(datetime(2026, 10, 31, 23, 30, tzinfo=LOCAL))
    visits = series_named("visits")
    assert visits is not None
    found = {one.label: one for one in visits.values(NOON.date())}
    assert len(found) == 12
    assert (found["2026-11"].count, found["2026-10"].count, found["2026-09"].shown) == (5, 1, 0)


def test_page_and_file_say_the_same(client: Client) -> None:
    visit(NOON)
    page = client.get(reverse("site:statistics")).content.decode()
    assert all(str(one.title) in page for one in SERIES)
    assert "有 1 个数太小" in page
    answer = client.get(reverse("site:statistics_file", args=["visits"]))
    assert answer.content.startswith("\ufeff".encode())
    assert "2026-11,<5" in answer.content.decode()
    assert client.get(reverse("site:statistics_file", args=["nothing"])).status_code == 404


def test_every_statistic_asks_a_few_questions_to_the_database(django_assert_max_num_queries: Any) -> None:
    for one in SERIES:
        with django_assert_max_num_queries(4):
            one.values(NOON.date())
