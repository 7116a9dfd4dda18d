"""The import in the browser: upload, columns, problems, apply, questions, undo."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xiangqiao.accounts.models import Post, User
from xiangqiao.kernel import jobs
from xiangqiao.people.models import Batch, Household, Problem, Question
from xiangqiao.people.tests.sheets import household, write
from xiangqiao.people.tests.test_import import HOMES, PEOPLE, at_the_desk, village

__all__ = ["village"]


@pytest.fixture
def clerk(village: None) -> Client:
    user = User.objects.create(username="clerk", name="甲", must_change_password=False)
    Post.objects.create(
        user=user, role="TOWNSHIP_CLERK", division_code="360730901000", valid_from=date(2016, 1, 1)
    )
    client = Client(raise_request_exception=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client: Client, folder: Path, homes: object = HOMES) -> Batch:
    files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in write(folder, homes, PEOPLE)]  # type: ignore[arg-type]
    sent = {"source": "乡镇报表", "year": "2016", "division_code": "360730901000", "files": files}
    answer = client.post("/import/upload/", sent)
    assert answer.status_code == 302, answer.content.decode()
    return Batch.objects.latest("id")


def work() -> None:
    while jobs.run_next():
        pass


def test_a_clerk_brings_a_file_in_answers_for_it_and_takes_it_back(clerk: Client, tmp_path: Path) -> None:
    assert clerk.get("/import/").status_code == 200
    batch = send(clerk, tmp_path, [household("H1", cause_main="因病"), HOMES[1]])
    work()
    place = f"/import/{batch.public_id}/"
    shown = clerk.get(place).content.decode()
    assert "农户可入库" in shown
    assert clerk.get(f"{place}columns/").status_code == 200
    number = [file["name"] for file in Batch.objects.get().files].index("农户.csv")
    marked = b"".join(clerk.get(f"{place}marked/{number}/").streaming_content)  # type: ignore[attr-defined]  # a stream
    assert openpyxl.load_workbook(io.BytesIO(marked)).sheetnames
    clerk.post(f"{place}apply/")
    work()
    assert Household.objects.count() == 2
    desk = clerk.get("/problems/").content.decode()
    assert "H1" in desk
    problem = Problem.objects.get(code="CAUSE.ILLNESS")
    picked = {"picked": str(problem.public_id)}
    assert "理由" in clerk.post("/problems/settle/?outcome=CONFIRMED", picked).content.decode()
    clerk.post("/problems/settle/?outcome=CONFIRMED", {**picked, "reason": "病历已看"})
    problem.refresh_from_db()
    assert (problem.state, problem.settled_reason) == ("CONFIRMED", "病历已看")
    clerk.post(f"{place}undo/")
    work()
    assert Household.objects.count() == 0


def test_a_corrected_column_is_remembered_for_the_source(clerk: Client, tmp_path: Path) -> None:
    batch = send(clerk, tmp_path)
    work()
    batch.refresh_from_db()
    sheet = next(n for n, one in enumerate(batch.mapping) if one["entity"] == "household")
    place = next(n for n, one in enumerate(batch.mapping[sheet]["columns"]) if one["fact"] == "phone")
    clerk.post(f"/import/{batch.public_id}/columns/", {f"column-{sheet}-{place}": ""})
    work()
    again = send(clerk, tmp_path)
    work()
    for one in (batch, again):
        one.refresh_from_db()
        assert "phone" not in [column["fact"] for column in one.mapping[sheet]["columns"]]


def test_a_question_is_answered(clerk: Client, tmp_path: Path) -> None:
    for _ in range(2):
        batch = send(clerk, tmp_path)
        work()
        clerk.post(f"/import/{batch.public_id}/apply/")
        work()
        at_the_desk(Household.objects.get(household_no="H1"), cause_main="ILLNESS")
    question = Question.objects.get()
    shown = clerk.get("/questions/").content.decode()
    assert "因病" in shown
    assert "缺技术" in shown
    clerk.post(f"/questions/{question.public_id}/", {"answer": "take"})
    assert Household.objects.get(household_no="H1").cause_main == "SKILL"


def test_the_same_file_twice_changes_nothing_and_the_page_says_so(clerk: Client, tmp_path: Path) -> None:
    for said in (False, True):
        batch = send(clerk, tmp_path)
        work()
        clerk.post(f"/import/{batch.public_id}/apply/")
        work()
        shown = clerk.get(f"/import/{batch.public_id}/").content.decode()
        assert ("和台账完全一样" in shown) is said
    assert Household.objects.count() == 2


def test_what_is_not_applied_stands_on_its_own_page_and_not_at_the_desk(
    clerk: Client, tmp_path: Path
) -> None:
    batch = send(clerk, tmp_path, [household("H1", cause_main="因病"), HOMES[1]])
    work()
    assert Problem.objects.filter(batch=batch).exists()
    assert "H1" in clerk.get(f"/import/{batch.public_id}/").content.decode()
    assert "H1" not in clerk.get("/problems/").content.decode()


def test_lists_ask_the_database_as_often_for_many_rows_as_for_few(
    clerk: Client,
    tmp_path: Path,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    batch = send(clerk, tmp_path, [household("H1", cause_main="因病"), HOMES[1]])
    work()
    clerk.post(f"/import/{batch.public_id}/apply/")
    work()
    Problem.objects.bulk_create(
        Problem(
            batch=batch, division_code="360730901701", code="CAUSE.ILLNESS", scope="household", severity="warning",
            workbook="农户.csv", sheet="农户", row=row, column="H", household_no=f"H{row}", params={},
        )
        for row in range(60)
    )  # fmt: skip
    for path in ("/import/", f"/import/{batch.public_id}/", "/problems/", "/questions/"):
        with django_assert_max_num_queries(16):
            assert clerk.get(path).status_code == 200


def test_a_member_who_is_not_in_the_file_is_asked_about_by_name(clerk: Client, tmp_path: Path) -> None:
    for people in (PEOPLE, [PEOPLE[0], *PEOPLE[2:]]):
        files = [SimpleUploadedFile(one.name, one.read_bytes()) for one in write(tmp_path, HOMES, people)]
        sent = {"source": "报表", "year": "2016", "division_code": "360730901000", "files": files}
        clerk.post("/import/upload/", sent)
        work()
        clerk.post(f"/import/{Batch.objects.latest('id').public_id}/apply/")
        work()
    assert [one.why for one in Question.objects.all()] == ["VANISHED"]
    shown = clerk.get("/questions/").content.decode()
    assert ["甲二" in shown, "甲一" in shown, "H1" in shown] == [True, True, True]
