"""The import wizard as a clerk goes through it, in a browser: one server, one database."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from xiangqiao.accounts.models import Post, User
from xiangqiao.kernel import jobs
from xiangqiao.people.models import Batch, Household, Problem
from xiangqiao.people.tests.damaged import chinese_csv, damaged_workbook, hostile_files, wide_workbook
from xiangqiao.people.tests.sheets import citizen, household, write
from xiangqiao.people.tests.test_import import HOMES, PEOPLE, at_the_desk, village

__all__ = ["village"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOWN = "360730901000"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The driver keeps a loop in this thread, which Django takes for an asynchronous program.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def clerk(chromium: Browser, live_server: Any, village: None) -> Iterator[Callable[[str], Page]]:
    """Open the import as the clerk of a township: `clerk("en")` in English."""
    user = User.objects.create(username="clerk", name="甲", must_change_password=False)
    Post.objects.create(user=user, role="TOWNSHIP_CLERK", division_code=TOWN, valid_from=date(2016, 1, 1))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    opened = []

    def enter(language: str = "zh-hans") -> Page:
        context = chromium.new_context(viewport={"width": 1440, "height": 1000}, accept_downloads=True)
        told = {**cookies, settings.LANGUAGE_COOKIE_NAME: language}
        context.add_cookies([{"name": k, "value": v, "url": live_server.url} for k, v in told.items()])
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(f"{live_server.url}/import/")
        return page

    yield enter
    for context in opened:
        context.close()


def work() -> None:
    while jobs.run_next():
        pass


def send(page: Page, *files: Path) -> Batch:
    """Upload files from the first page of the wizard and wait until they are checked."""
    page.goto(page.url.split("/import/")[0] + "/import/")
    page.set_input_files("#drop-files", list(map(str, files)))
    page.fill("input[name=year]", "2016")
    page.locator("form button.primary[type=submit]").first.click()
    page.wait_for_url("**/import/*-*/")
    work()
    page.reload()
    return Batch.objects.latest("id")


def apply(page: Page) -> None:
    page.get_by_role("button", name="入库", exact=True).click()
    page.wait_for_load_state()
    work()
    page.reload()


def test_from_upload_to_undo(clerk: Callable[..., Page], tmp_path: Path) -> None:
    page = clerk()
    wrong = citizen(2, male=False)[:-1] + ("0" if citizen(2, male=False)[-1] != "0" else "1")
    people = [PEOPLE[0], {**PEOPLE[1], "id_number": wrong}, *PEOPLE[2:]]
    files = write(tmp_path, [household("H1", cause_main="因病"), HOMES[1]], people)
    page.set_input_files("#drop-files", list(map(str, files)))
    assert "农户.csv" in page.locator("[data-chosen]").inner_text()
    page.fill("input[name=year]", "2016")
    page.get_by_role("button", name="上传并核对").click()
    page.wait_for_selector(".job, [role=progressbar], progress")
    work()
    # The page asks by itself how far the work is.
    page.wait_for_selector("text=农户可入库")
    page.get_by_role("link", name="核对列名").click()
    assert page.locator("h1").inner_text() == "核对列名"
    page.get_by_role("button", name="记住并重新核对").click()
    page.wait_for_url("**/import/*-*/")
    work()
    page.reload()
    row = page.locator("#problems tbody tr", has_text="校验位不对")
    assert "E3" in row.inner_text()
    assert "请照身份证原件逐位核对" in row.inner_text()
    with page.expect_download() as download:
        page.locator("a[href*='/marked/']", has_text="成员").click()
    assert download.value.suggested_filename == "成员-问题.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    comment = book.worksheets[0]["E3"].comment
    assert comment is not None
    assert "校验位" in comment.text
    apply(page)
    assert "新增" in page.locator(".card", has_text="入库结果").inner_text()
    page.goto(page.url.split("/import/")[0] + "/households/")
    assert (
        "H2" in page.locator("table").first.inner_text() or "乙一" in page.locator("table").first.inner_text()
    )
    assert Household.objects.count() == 2
    page.go_back()
    page.get_by_role("button", name="撤销入库").click()
    page.locator("#confirm button.primary").click()
    page.wait_for_load_state()
    page.wait_for_selector(".job, [role=progressbar], progress")
    work()
    page.reload()
    assert "已撤销" in page.locator("h1").locator("xpath=..").inner_text()
    assert not Household.objects.exists()


def test_twice_changes_nothing_and_a_newer_fact_becomes_a_question(
    clerk: Callable[..., Page], tmp_path: Path
) -> None:
    page = clerk()
    files = write(tmp_path, HOMES, PEOPLE)
    for said in (0, 1):
        send(page, *files)
        apply(page)
        assert page.get_by_text("和台账完全一样，什么都没有改变").count() == said
    at_the_desk(Household.objects.get(household_no="H1"), cause_main="ILLNESS")
    send(page, *files)
    apply(page)
    page.get_by_role("link", name="1 个疑问等人确认").click()
    row = page.locator("tbody tr")
    assert ["因病" in row.inner_text(), "缺技术" in row.inner_text()] == [True, True]
    row.get_by_role("button", name="采用表格").click()
    page.wait_for_selector("text=没有待确认的疑问")
    assert Household.objects.get(household_no="H1").cause_main == "SKILL"


def test_each_kind_of_damage_is_mended_or_told_at_its_cell(
    clerk: Callable[..., Page], tmp_path: Path
) -> None:
    page = clerk()
    files = (
        damaged_workbook(tmp_path / "坏.xlsx"),
        chinese_csv(tmp_path / "国标.csv"),
        wide_workbook(tmp_path / "宽.xlsx"),
    )
    batch = send(page, *files)
    found = set(Problem.objects.filter(batch=batch).values_list("code", "sheet", "column", "row"))
    assert found == {
        ("PHONE.FORMAT", "农户", "D", 5),
        ("BANK.CHECKSUM", "农户", "J", 5),
        ("ROW.TOTALS", "农户", "A", 6),
        ("ID.SCIENTIFIC", "成员", "D", 3),
        ("ID.SCIENTIFIC", "成员", "D", 4),
        ("ROW.TOTALS", "成员", "A", 6),
    }
    assert {"serial_date", "full_width", "blank", "date_form", "unit", "number_form", "filled_down"} & set(
        batch.counts["repairs_by_kind"]
    ) >= {"serial_date", "full_width", "blank", "date_form"}
    shown = page.locator("#problems").inner_text()
    assert all(f"{column}{row}" in shown for _, _, column, row in found)
    assert "设为“文本”格式" in shown
    apply(page)
    assert sorted(Household.objects.values_list("household_no", flat=True)) == ["H1", "H2", "H3", "H4"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_hostile_and_empty_files_are_refused_in_words_and_leave_nothing(
    clerk: Callable[..., Page], tmp_path: Path, language: str
) -> None:
    page = clerk(language)
    for file, (chinese, english) in hostile_files(tmp_path).items():
        batch = send(page, file)
        note = page.locator(".note.tone-red").inner_text()
        assert (english if language == "en" else chinese) in note, file.name
        assert (file.name in note, batch.state) == (True, "DISCARDED")
        if language == "en":
            assert not any("\u4e00" <= sign <= "\u9fff" for sign in note.replace(file.name, "")), note
    assert not Problem.objects.exists()
    home = Path(settings.HOME)
    left = [
        one for name in ("files", "staging", "working") for one in (home / name).rglob("*") if one.is_file()
    ]
    assert [one.name for one in left] == [".gate"]
