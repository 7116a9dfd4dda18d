"""What a hostile insider tries with files: hand-outs after the post ended, formulas, names of files, complete numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.matrix import COUNTY, TOWNSHIP, VILLAGES, World
from xiangqiao.accounts.models import Post
from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.desk.tasks import cards_file
from xiangqiao.kernel import clock, jobs
from xiangqiao.kernel.models import Event, Job
from xiangqiao.kernel.record import Act
from xiangqiao.people.models import Batch, Household
from xiangqiao.people.tests import sheets
from xiangqiao.places.actions import DivisionRow, load_divisions
from xiangqiao.policy.models import Claim

FORMULAS = (
    "=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a", " =1",
    '=HYPERLINK("http://evil.example")',
)  # fmt: skip


@pytest.fixture
def clerk(county: None, signed_in: Callable[..., Any]) -> Any:
    """A township's clerk, with the divisions known."""
    system = SystemViewer("测试")
    rows = [DivisionRow(*row) for row in sheets.DIVISIONS]
    load_divisions(act=Act(system, clock.now()), viewer=system, rows=rows)
    return signed_in("TOWNSHIP_CLERK", "360730901000")


def send(client: Client, folder: Path, name: str = "农户.csv") -> Batch:
    """Upload a small import and let it be checked."""
    homes, people = sheets.write(folder, [sheets.household("H1")], [sheets.person("H1", "=1+1", 1)])
    files = [
        SimpleUploadedFile(name, homes.read_bytes()),
        SimpleUploadedFile("成员.csv", people.read_bytes()),
    ]
    client.post(
        "/import/upload/", {"source": "=1", "year": 2025, "division_code": "360730901000", "files": files}
    )
    jobs.run_next()
    return Batch.objects.get()


def test_cards_printed_in_a_post_that_ended_are_not_handed_out(
    county: None, signed_in: Callable[..., Any], person_in_post: Callable[..., Any]
) -> None:
    home = World(person_in_post(username="somebody")).household(VILLAGES["own"])
    client = signed_in("TOWNSHIP_CLERK", TOWNSHIP)
    job = Job.objects.create(
        kind="desk.print_cards", owner=client.person.public_id, created_at=clock.now(), state=Job.State.DONE,
        params={"households": [str(home.public_id)]},
    )  # fmt: skip
    path = cards_file(job.public_id)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"%PDF-")
    address = f"/households/cards/{job.public_id}.pdf"
    handed_out = client.get(address)
    assert handed_out.status_code == 200
    # Not `close()`: that would end the test's connection, too.
    for close in handed_out._resource_closers:
        close()
    Post.objects.filter(user=client.person).update(division_code="360730103000")
    assert client.get(address).status_code == 404
    Post.objects.filter(user=client.person).update(valid_to=date(2016, 1, 1))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nothing_that_was_typed_runs_in_an_exported_table(
    county: None, signed_in: Callable[..., Any], kind: str
) -> None:
    for place, text in enumerate(FORMULAS):
        Household.objects.create(household_no=f"N{place}", division_code=VILLAGES["own"], head_name=text)
    body = signed_in("COUNTY_OFFICE", COUNTY).get(f"/households/export.{kind}").content
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    else:
        page = openpyxl.load_workbook(io.BytesIO(body)).active
        assert page is not None
        assert not [one.coordinate for row in page.iter_rows() for one in row if one.data_type == "f"]
        rows = [[str(one or "") for one in row] for row in page.iter_rows(values_only=True)]
    cells = [cell for row in rows[1:] for cell in row]
    assert len(rows) == len(FORMULAS) + 1
    assert not [cell for cell in cells if cell.strip()[:1] in set("=+-@＝＋－＠") - {""} and cell.strip()]


def test_a_file_name_neither_breaks_the_upload_nor_leaves_its_folder(clerk: Any, tmp_path: Path) -> None:
    batch = send(clerk, tmp_path / "a", "../../" + "户" * 200 + "<b>.csv")
    assert batch.state == Batch.State.CHECKED
    assert all("/" not in file["name"] for file in batch.files)
    assert clerk.get(f"/import/{batch.public_id}/marked/0/").status_code == 200


def test_a_file_that_is_no_table_is_not_marked_and_the_page_says_why(clerk: Any, tmp_path: Path) -> None:
    batch = send(clerk, tmp_path / "a", "农户.exe")
    answer = clerk.get(f"/import/{batch.public_id}/marked/0/")
    assert answer.status_code == 422
    assert "不是表格文件" in answer.content.decode()


def test_columns_that_do_not_exist_are_not_found(clerk: Any, tmp_path: Path) -> None:
    batch = send(clerk, tmp_path / "a")
    address = f"/import/{batch.public_id}/columns/"
    assert clerk.post(address, {"column-0-0": "nothing.secret"}).status_code == 404
    assert clerk.post(address, {"column-0-0": "person.__class__"}).status_code == 404


def test_the_claim_of_somebody_elsewhere_is_not_drawn_into_ones_own_household(
    county: None, signed_in: Callable[..., Any], person_in_post: Callable[..., Any]
) -> None:
    world = World(person_in_post(username="somebody"))
    own, there = (world.household(VILLAGES[where]).public_id for where in ("own", "other township"))
    stranger = uuid4()
    claim = Claim.objects.create(
        household=there, person=stranger, division_code=VILLAGES["other township"], policy_id="basic-pension",
        state="RECEIVING",
    )  # fmt: skip
    forged = {"policy": "basic-pension", "state": "DECLINED", "person": str(stranger)}
    client = signed_in("VILLAGE_CLERK", VILLAGES["own"])
    assert client.post(f"/households/{own}/claim/", forged).status_code == 404
    claim.refresh_from_db()
    assert (claim.household, claim.state) == (there, "RECEIVING")


def test_a_file_with_complete_numbers_is_handed_out_only_on_record(clerk: Any, tmp_path: Path) -> None:
    batch = send(clerk, tmp_path / "a")
    assert clerk.get(f"/import/{batch.public_id}/marked/0/").status_code == 200
    event = Event.objects.get(kind="people.file_handed_out")
    assert (event.actor, event.division_code) == (clerk.person.public_id, "360730901000")
