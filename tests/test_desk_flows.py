"""What clerks do at the desk, in a browser at a served demo county: one county and one server for all flows."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.flows import House, served

pytestmark = pytest.mark.browser
NEW_CARD = "6217000010001234569"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The served demo county."""
    with pytest.MonkeyPatch.context() as patch, served(tmp_path_factory.mktemp("flows") / "home") as found:
        # The driver keeps a loop in this thread, which Django takes for an asynchronous program.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield found


def table_text(page: Page) -> list[list[str]]:
    """Return the shown list as text without blanks: heads first, without the boxes to pick."""
    read = """table => [...table.rows].map(row => [...row.cells].filter(cell => !cell.matches('.pick') && !cell.hidden)
        .map(cell => cell.innerText.replace(/\\s+/g, '')))"""
    found: list[list[str]] = page.locator("#households table").evaluate(read)
    return found


def first_household(page: Page) -> str:
    """Open the first household of the list and return its address."""
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/households/?sort=no")
    page.locator("#households a.row-link").first.click()
    expect(page.locator("#policies")).to_be_visible()
    return page.url.split("#")[0]


def test_from_the_map_to_a_household_in_three_clicks(house: House) -> None:
    page = house.desk("xian")
    page.locator("svg a[href^='/places/']").filter(has_text=re.compile(r"\d")).first.click()
    page.locator("#places tr:has(td[data-column=households] a) a.row-link").first.click()
    page.locator("#households a.row-link").first.click()
    expect(page.locator("#policies")).to_be_visible()
    assert re.search(r"/households/[0-9a-f-]{36}/$", page.url)


def test_a_view_keeps_the_filters_on_the_screen_until_it_is_deleted(house: House) -> None:
    page = house.desk("xian")
    page.goto(f"{house.url}/households/")
    everything = page.locator(".table-count").inner_text()
    with page.expect_response(lambda answer: "exit_status=POOR" in answer.url):
        page.select_option("select[name=exit_status]", "POOR")
    expect(page.locator(".table-count")).not_to_have_text(everything)
    counted = page.locator(".table-count").inner_text()
    page.get_by_text("视图", exact=True).click()
    page.fill("#view-name", "还没脱贫的户")
    page.get_by_role("button", name="保存视图").click()
    page.goto(f"{house.url}/households/")
    expect(page.locator(".table-count")).to_have_text(everything)
    page.get_by_text("视图", exact=True).click()
    page.get_by_role("link", name="还没脱贫的户").click()
    expect(page.locator(".table-count")).to_have_text(counted)
    expect(page.locator("select[name=exit_status]")).to_have_value("POOR")
    page.get_by_text("视图", exact=True).click()
    page.get_by_role("button", name="删除 还没脱贫的户").click()
    page.get_by_text("视图", exact=True).click()
    expect(page.get_by_role("link", name="还没脱贫的户")).to_have_count(0)


def test_an_export_says_cell_by_cell_what_the_screen_shows(house: House, tmp_path: Path) -> None:
    page = house.desk("zhen")
    columns = "&".join(
        f"col={name}" for name in ("name", "village", "size", "watch", "exit", "cause", "cadre", "unclaimed")
    )
    page.goto(f"{house.url}/households/?exit_status=POOR&sort=-size&{columns}")
    shown = table_text(page)
    assert 2 <= len(shown) <= 51
    with page.expect_download() as waited:
        page.get_by_role("link", name="Excel", exact=True).click()
    path = tmp_path / "list.xlsx"
    waited.value.save_as(path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    cells = [
        ["" if value is None else "".join(str(value).split()) for value in row]
        for row in sheet.iter_rows(values_only=True)
    ]
    assert cells == shown


def test_a_change_asked_in_the_village_and_approved_in_the_township_stands_in_both_places(
    house: House,
) -> None:
    clerk = house.desk("cun")
    home = first_household(clerk)
    before = clerk.locator("main").inner_text()
    clerk.get_by_role("link", name="变更", exact=True).click()
    clerk.get_by_role("link", name="银行卡").click()
    clerk.fill("input[name=bank_name]", "邮储银行")
    clerk.fill("input[name=bank_card]", NEW_CARD)
    clerk.fill("input[name=reason]", "旧卡注销，凭新卡登记")
    clerk.get_by_role("button", name="提交审批").click()
    expect(clerk.locator(".tag.tone-gold").first).to_be_visible()
    asked = clerk.url
    leader = house.desk("zhenzhang")
    leader.goto(f"{house.url}/changes/")
    leader.locator("#changes a.row-link").first.click()
    assert leader.url == asked
    leader.get_by_role("button", name="同意", exact=True).click()
    expect(leader.get_by_text("已办理。")).to_be_visible()
    clerk.goto(home)
    timeline = clerk.locator("ol.timeline li").first
    expect(timeline).to_contain_text("温国栋")
    assert clerk.locator("main").inner_text() != before


def test_the_second_of_two_clerks_sees_both_values_and_decides(house: House) -> None:
    first, second = house.desk("cun"), house.desk("shuji")
    home = first_household(first)
    for page in (first, second):
        page.goto(f"{home}change/phone/")
    first.fill("input[name=phone]", "13800138001")
    first.get_by_role("button", name="保存", exact=True).click()
    expect(first.locator(".tag.tone-green").first).to_be_visible()
    second.fill("input[name=phone]", "13900139002")
    second.get_by_role("button", name="保存", exact=True).click()
    told = second.locator(".note", has_text="别人刚刚改过这里")
    expect(told).to_contain_text("01")
    expect(told).to_contain_text("02")
    second.get_by_role("button", name="保存", exact=True).click()
    expect(second.locator(".tag.tone-green").first).to_be_visible()
    assert "/changes/" in second.url


def test_the_card_is_printed_from_the_household_page(house: House, tmp_path: Path) -> None:
    page = house.desk("cun")
    home = first_household(page)
    number = re.search(r"· (\S+) ·", page.locator(".lede").inner_text())
    link = page.get_by_role("link", name="打印明白卡")
    answer = page.request.get(f"{house.url}{link.get_attribute('href')}")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    path = tmp_path / "card.pdf"
    path.write_bytes(answer.body())
    said = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    name = page.locator("h1").inner_text()
    assert number is not None
    said = "".join(said.split())
    for words in ("帮扶明白卡", number[1], "您家能享受的政策", f"{name[0]}*", "虚构"):
        assert words in said, home
    assert name.removesuffix(" 户") not in said
