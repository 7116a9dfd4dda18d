"""Refusals fit who asked; long work shows itself to who started it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from xiangqiao.kernel import clock, jobs
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.kernel.middleware import Refusals, failed
from xiangqiao.kernel.models import Job

pytestmark = pytest.mark.django_db
REFUSALS = [
    (NotAllowed("not_allowed", "您的岗位不能办。"), 403),
    (Conflict("record.conflict", "刚刚被别人改过。", theirs=3), 409),
    (ActionError("person.name", "请填姓名。", field="name"), 422),
]


def answer(error: Exception, **headers: str) -> HttpResponse:
    request = RequestFactory().get("/x/", headers=headers)
    found = Refusals(lambda _request: HttpResponse()).process_exception(request, error)
    assert found is not None
    return found


@pytest.mark.parametrize(("error", "status"), REFUSALS)
def test_a_refusal_is_a_page_that_says_what_to_do(error: ActionError, status: int) -> None:
    page = answer(error)
    assert page.status_code == status
    assert error.message in page.content.decode()
    assert "<h1>" in page.content.decode()


@pytest.mark.parametrize(("error", "status"), REFUSALS)
def test_htmx_gets_the_message_as_a_part(error: ActionError, status: int) -> None:
    part = answer(error, **{"HX-Request": "true"})
    assert part.status_code == status
    assert part.content.decode().startswith("<div")
    assert error.message in part.content.decode()


def test_programs_get_a_problem_document_with_a_stable_code() -> None:
    document = answer(REFUSALS[1][0], Accept="application/json")
    assert document["Content-Type"] == "application/problem+json"
    assert json.loads(document.content) == {
        "type": "about:blank", "status": 409, "code": "record.conflict", "title": "刚刚被别人改过。", "params": {"theirs": 3},
    }  # fmt: skip
    field = json.loads(answer(REFUSALS[2][0], Accept="application/json").content)["field"]
    assert field == "name"
    missing = answer(Http404(), Accept="application/json")
    assert (missing.status_code, json.loads(missing.content)["code"]) == (404, "not_found")


def test_a_message_is_shown_as_text_never_as_markup() -> None:
    evil = ActionError("x", "<script>alert(1)</script>")
    for headers in ({}, {"HX-Request": "true"}):
        assert "<script>alert" not in answer(evil, **headers).content.decode()


def test_an_error_of_ours_is_answered_without_a_database() -> None:
    with CaptureQueriesContext(connection) as queries:
        page = failed(RequestFactory().get("/x/"))
    assert (page.status_code, len(queries)) == (500, 0)
    assert "系统出错了" in page.content.decode()


def test_an_unknown_address_is_a_friendly_page(client: Any) -> None:
    page = client.get("/no/such/page/")
    assert page.status_code == 404
    assert "没有这一页" in page.content.decode()


def test_a_job_is_shown_to_its_owner_and_to_nobody_else(
    county: None, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        jobs._kinds, "test.shown", jobs.Kind("表格入库", lambda _run: None, lambda _job: "/done/")
    )
    owner, other = signed_in("TOWNSHIP_CLERK", "360730102000"), signed_in("COUNTY_OFFICE", "360730000000")
    job = jobs.start("test.shown", owner=owner.person.public_id, total=10)
    address = f"/jobs/{job.public_id}/"
    assert "表格入库" in owner.get(address).content.decode()
    part = owner.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div class="job"')
    assert other.get(address).status_code == 404
    assert other.post(f"{address}cancel/").status_code == 404
    owner.post(f"{address}cancel/")
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    assert "/done/" in owner.get(address).content.decode()
    assert job.ended_at is not None
    assert job.ended_at <= clock.now()
