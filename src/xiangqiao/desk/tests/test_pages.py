"""The desk: what each post sees first, lists and their export, search, the household page, cards."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from xiangqiao.accounts.models import Viewing
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.desk.panels import RAIL, address, rail
from xiangqiao.desk.tests.conftest import COUNTY, FAR_VILLAGE, ID_NUMBER, PHONE, TOWN, VILLAGE
from xiangqiao.kernel import clock, jobs
from xiangqiao.people.models import Household, SavedView
from xiangqiao.policy.models import Claim

# Session, person and posts: the same for every page.
DOOR = 3


def queries(client: Client, path: str) -> int:
    """Count the queries of a page that was opened before, apart from those of the door."""
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen) - DOOR


def test_every_entry_of_the_rail_leads_somewhere() -> None:
    missing = [entry.url_name for _title, entries in RAIL for entry in entries if not address(entry.url_name)]
    assert missing == []


def test_one_entry_of_the_rail_is_the_present_one(signed_in: Callable[..., Client]) -> None:
    viewer = Viewer.of(signed_in("EDUCATION_OFFICE", COUNTY).person, clock.today())  # type: ignore[attr-defined]
    for path, name in (("/learning/desk/timetable/", "排课"), ("/learning/desk/rooms/", "在线课堂")):
        assert [item.title for group in rail(viewer, path) for item in group.items if item.active] == [name]


def test_the_county_home_counts_in_few_queries_and_every_figure_opens(office: Client) -> None:
    page = office.get("/").content.decode()
    for href in (f"?division={COUNTY}", "policy=any", "cadre=none", f"/places/{TOWN}/"):
        assert href in page
    assert queries(office, "/") <= 12


def test_map_to_township_to_village_to_household_are_three_clicks(
    office: Client, register: dict[str, Household]
) -> None:
    home = register[f"{VILLAGE}0000"]
    assert f"/places/{TOWN}/" in office.get("/").content.decode()
    assert f"/places/{VILLAGE}/" in office.get(f"/places/{TOWN}/").content.decode()
    assert f"/households/{home.public_id}/" in office.get(f"/places/{VILLAGE}/").content.decode()


@pytest.mark.parametrize(
    ("role", "leads_to"),
    [("SECURITY_ADMIN", "/users/"), ("DEPARTMENT", "/policies/"), ("CADRE", "/households/")],
)
def test_a_post_without_a_range_begins_at_its_own_work(
    register: dict[str, Household],
    signed_in: Callable[..., Any],
    role: str,
    leads_to: str,
) -> None:
    answer = signed_in(role, COUNTY).get("/")
    assert (answer.status_code, answer["Location"]) == (302, leads_to)


def test_a_village_clerk_begins_in_the_village_and_sees_no_other(
    register: dict[str, Household],
    signed_in: Callable[..., Any],
) -> None:
    client = signed_in("VILLAGE_CLERK", VILLAGE)
    page = client.get("/").content.decode()
    assert f"{VILLAGE}0000" in page
    assert FAR_VILLAGE not in page
    assert client.get(f"/places/{FAR_VILLAGE}/").status_code == 404


def test_the_list_takes_a_fixed_number_of_queries(office: Client) -> None:
    # Five of the list (page, count, cadres, entitlements, views) and two around every page (county, places).
    assert queries(office, "/households/?watch_type=SUDDEN&policy=any") <= 7
    assert queries(office, "/households/") == queries(office, "/households/?q=l&sort=-size")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_equals_the_screen(office: Client, kind: str) -> None:
    Household.objects.filter(household_no=f"{VILLAGE}0003").update(head_name="=1+1")
    asked = f"division={VILLAGE}&sort=-no&col=name&col=size&col=watch&col=unclaimed"
    table = office.get(f"/households/?{asked}").context["table"]
    screen = [
        [c.title for c in table.columns],
        *([str(cell_text(v)) for v in row.cells] for row in table.rows),
    ]
    answer = office.get(f"/households/export.{kind}?{asked}")
    rows = read(answer.content, kind)
    assert [head.split("（")[0] for head in rows[0]] == screen[0]
    assert [[text.removeprefix("'") for text in row] for row in rows[1:]] == screen[1:]
    assert "'=1+1" in {row[1] for row in rows}
    assert Viewing.objects.filter(what="EXPORT").count() == len(rows) - 1 == 20


def cell_text(value: Any) -> str:
    """What a cell of the screen says; an export writes the same."""
    return str(getattr(value, "text", value))


def read(body: bytes, kind: str) -> list[list[str]]:
    """Read an export back as text."""
    if kind == "csv":
        assert body.startswith(b"\xef\xbb\xbf")
        return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    assert sheet is not None
    return [["" if v is None else str(v) for v in row] for row in sheet.iter_rows(values_only=True)]


def test_picked_rows_and_all_that_match_are_exported(office: Client, register: dict[str, Household]) -> None:
    home = register[f"{VILLAGE}0001"]
    one = office.post("/households/export-picked.csv?col=name", {"picked": [str(home.public_id)]})
    every = office.post(f"/households/export-picked.csv?division={VILLAGE}", {"all_matching": "x"})
    assert (len(read(one.content, "csv")), len(read(every.content, "csv"))) == (2, 21)
    assert office.post("/households/export-picked.csv", {}).status_code == 422


def test_a_view_is_kept_shared_and_dropped(
    office: Client,
    signed_in: Callable[..., Any],
    register: dict[str, Household],
) -> None:
    office.post(
        "/households/views/", {"name": "缺干部", "query": "cadre=none&col=name&after=x", "share": "on"}
    )
    view = SavedView.objects.get()
    assert view.query == "cadre=none&col=name"
    clerk = signed_in("VILLAGE_CLERK", VILLAGE)
    assert "缺干部" in clerk.get("/households/").content.decode()
    assert clerk.post(f"/households/views/{view.public_id}/delete/").status_code == 404
    office.post(f"/households/views/{view.public_id}/delete/")
    assert not SavedView.objects.exists()


def test_an_id_number_is_found_by_post_and_never_stands_in_an_address(
    office: Client, register: dict[str, Household]
) -> None:
    home = register[f"{VILLAGE}0000"]
    found = office.post("/search/", {"q": ID_NUMBER})
    assert found["Location"] == f"/households/{home.public_id}/"
    several = office.post("/search/", {"q": PHONE})
    assert several.status_code == 200
    assert PHONE not in several.content.decode()
    assert ID_NUMBER not in office.get("/search/", {"q": ID_NUMBER}, follow=True).content.decode()
    assert ID_NUMBER not in office.get("/households/", {"q": ID_NUMBER})["Location"]


@pytest.mark.parametrize("text", ["廖3", "ll", "梅江", "养老"])
def test_names_places_and_policies_are_found(office: Client, text: str) -> None:
    Household.objects.filter(head_name="廖3", division_code=VILLAGE).update(head_pinyin="ll")
    answer = office.get("/search/", {"q": text}, follow=True)
    assert answer.status_code == 200
    assert "没有找到" not in answer.content.decode()


def test_the_household_page_says_what_why_and_who_in_bounded_queries(
    office: Client, register: dict[str, Household]
) -> None:
    home = register[f"{VILLAGE}0000"]
    page = office.get(f"/households/{home.public_id}/").content.decode()
    for words in ("家庭成员", "能享受什么，为什么", "帮扶责任人", "谁看过本户信息"):
        assert words in page
    assert queries(office, f"/households/{home.public_id}/") <= 26


def test_a_claim_noted_takes_the_entitlement_off_the_list(
    office: Client, register: dict[str, Household]
) -> None:
    home = register[f"{VILLAGE}0000"]
    asked = "/households/?policy=basic-pension"
    assert str(home.public_id) in office.get(asked).content.decode()
    office.post(f"/households/{home.public_id}/claim/", {"policy": "basic-pension", "state": "APPLIED"})
    assert Claim.objects.get().state == "APPLIED"
    assert str(home.public_id) not in office.get(asked).content.decode()


def test_a_card_is_a_pdf_and_the_printing_is_recorded(office: Client, register: dict[str, Household]) -> None:
    home = register[f"{VILLAGE}0000"]
    answer = office.get(f"/households/{home.public_id}/card.pdf")
    assert answer.content.startswith(b"%PDF")
    assert Viewing.objects.filter(what="PRINT", subject=home.public_id).count() == 1


def test_many_cards_are_printed_by_a_job(office: Client, register: dict[str, Household]) -> None:
    keys = [str(register[f"{VILLAGE}000{n}"].public_id) for n in range(2)]
    started = office.post("/households/cards/", {"picked": keys})
    job = jobs.run_next()
    assert job is not None
    assert (job.state, started["Location"]) == ("DONE", f"/jobs/{job.public_id}/")
    answer: Any = office.get(f"/households/cards/{job.public_id}.pdf")
    pdf = b"".join(answer.streaming_content)
    assert pdf.startswith(b"%PDF")


def test_policies_show_who_is_entitled_and_screening_is_a_job(office: Client) -> None:
    assert "policy=basic-pension&amp;state=entitled" in office.get("/policies/").content.decode()
    assert office.get("/policies/basic-pension/").status_code == 200
    assert office.get("/policies/no-such/").status_code == 404
    assert office.post("/policies/screen/").status_code == 302
    job = jobs.run_next()
    assert job is not None
    assert job.state == "DONE"
