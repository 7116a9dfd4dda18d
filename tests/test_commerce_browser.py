"""Keeper, buyer, commerce office and beginner at their screens, in a browser, without leaving out a step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import xq_demo.places as demo
from tests.flows import signed_page
from xiangqiao.accounts.models import User
from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.commerce import actions
from xiangqiao.commerce.models import Beginner, Lot, Order, Station, Tenant
from xiangqiao.kernel import clock
from xiangqiao.kernel.record import Act
from xiangqiao.people.models import Household
from xiangqiao.places.actions import load_divisions, read_divisions
from xiangqiao.places.models import County
from xiangqiao.places.queries import children
from xq_demo.commerce import write_lists

pytestmark = [pytest.mark.browser]
expect.set_options(timeout=30_000)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def town(transactional_db: None, person_in_post: Callable[..., User], tmp_path: Path) -> dict[str, Any]:
    """The demo's small county with its lists on disk, one household, people in posts."""
    from xiangqiao.kernel.keyring import create_keys

    create_keys()
    divisions = tmp_path / "divisions.csv"
    demo.write_divisions(divisions, demo.invented_villages(Random(1), size="small"))
    act = Act(by=SystemViewer("测试"), at=clock.now())
    load_divisions(act=act, viewer=SystemViewer("测试"), rows=read_divisions(divisions, county=(demo.COUNTY_CODE, "宁都县")))  # fmt: skip
    County.objects.create(code=demo.COUNTY_CODE, name="宁都县", name_en="Ningdu")
    township = children(demo.COUNTY_CODE)[0].code
    village = children(township)[0].code
    Household.objects.create(
        household_no="H1", division_code=village, head_name="廖大甲", size=2, exit_status="POOR"
    )
    for role, code, name in (
        ("STATION_KEEPER", village, "keeper"), ("COMMERCE_OFFICE", demo.COUNTY_CODE, "office"),
        ("TOWNSHIP_LEADER", township, "leader"), ("MEMBER", demo.COUNTY_CODE, "beginner"),
    ):  # fmt: skip
        person_in_post(role, code, username=name)
    return {"lists": write_lists(tmp_path / "lists", divisions), "village": village}


def sign_in(browser: Browser, server: Any, name: str, size: Any) -> Page:
    """Open a browser of a person's own, or of the public."""
    user = User.objects.get(username=name) if name else None
    return signed_page(browser, server.url, user, size)


def press(page: Page, word: str) -> None:
    page.get_by_role("button", name=word, exact=True).first.click()
    page.wait_for_load_state()


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.fill(f"main [name={name}]", value)


def test_from_the_operators_list_to_the_household_account(
    live_server: Any, browser: Browser, town: dict[str, Any]
) -> None:
    url = live_server.url
    _list_with_a_keeper(browser, live_server, town)
    act = Act(by=SystemViewer("测试"), at=clock.now())
    actions.open_pavilion(act=act, slug="ningdu", name="宁都馆", name_en="Ningdu", on=clock.today())

    keeper = sign_in(browser, live_server, "keeper", PHONE)
    keeper.goto(f"{url}/commerce/counter/")
    keeper.get_by_role("link", name="收货", exact=True).click()
    fill(keeper, number="H1", name="廖大乙")
    press(keeper, "下一步")
    expect(keeper.get_by_text("对不上")).to_be_visible()
    fill(keeper, number="H1", name="廖大甲")
    press(keeper, "下一步")
    fill(keeper, product="脐橙", kg="20.5", price="6")
    press(keeper, "收下，开单")
    expect(keeper.get_by_text("123.00 元")).to_be_visible()
    lot = Lot.objects.get()
    keeper.goto(f"{url}/commerce/counter/lots/{lot.public_id}/")
    fill(keeper, title="脐橙 5 公斤装", story="廖大甲家的脐橙", pack="5", price="50")
    press(keeper, "上架")
    expect(keeper.get_by_text("姓名、地址或号码").first).to_be_visible()
    fill(keeper, story="刚下树。")
    press(keeper, "上架")
    expect(keeper.get_by_text("待复核")).to_be_visible()

    leader = sign_in(browser, live_server, "leader", DESK)
    leader.goto(f"{url}/commerce/words/")
    press(leader, "可以公布")
    expect(leader.get_by_text("已公布")).to_be_visible()

    _buy(browser, live_server)
    order = Order.objects.get()
    keeper.goto(f"{url}/commerce/counter/orders/{order.public_id}/")
    press(keeper, "备好货，等人来取")
    buyer = sign_in(browser, live_server, "", PHONE)
    buyer.goto(f"{url}/commerce/orders/")
    fill(buyer, code=order.code, tail="8000")
    press(buyer, "查")
    code = buyer.locator(".note strong").last.inner_text()
    keeper.goto(f"{url}/commerce/counter/collect/")
    fill(keeper, code=code)
    press(keeper, "交货")
    expect(keeper.get_by_text("已送达").first).to_be_visible()
    keeper.goto(f"{url}/commerce/counter/lots/{lot.public_id}/")
    press(keeper, "结算给各户")
    expect(keeper.get_by_text("95.00 元").first).to_be_visible()
    keeper.goto(f"{url}/commerce/counter/drawer/")
    fill(keeper, counted="90")
    press(keeper, "签字日结")
    expect(keeper.get_by_text("相差 -10.00 元").first).to_be_visible()
    fill(keeper, counted="100")
    press(keeper, "签字日结")
    expect(keeper.get_by_text("已经日结")).to_be_visible()


def _list_with_a_keeper(browser: Browser, server: Any, town: dict[str, Any]) -> None:
    """The office takes over the operator's list and notes who keeps the station of the village."""
    office = sign_in(browser, server, "office", DESK)
    office.goto(f"{server.url}/commerce/lists/")
    office.select_option("[name=kind]", "CHINA_POST")
    office.set_input_files("[name=file]", str(town["lists"]["CHINA_POST"]))
    press(office, "上传并核对")
    expect(office.get_by_text("核对好了")).to_be_visible()
    press(office, "入库")
    station = Station.objects.filter(division_code=town["village"], closed_on=None).order_by("code")[0]
    office.goto(f"{server.url}/commerce/stations/{station.public_id}/")
    fill(office, name="何春生", username="keeper")
    press(office, "保存")


def _buy(browser: Browser, server: Any) -> None:
    """A guest without scripts orders two packs, to be picked up."""
    page = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="zh-CN").new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{server.url}/commerce/pavilions/")
    page.get_by_text("脐橙 5 公斤装").click()
    fill(page, packs="2", buyer="林可心", phone="13800138000")
    page.select_option("[name=way]", "PICK_UP")
    press(page, "下单")
    expect(page.get_by_role("heading", name="下单成功")).to_be_visible()


def test_a_beginner_goes_from_the_first_lesson_to_goods_on_offer(
    live_server: Any, browser: Browser, town: dict[str, Any]
) -> None:
    url, act = live_server.url, Act(by=SystemViewer("测试"), at=clock.now())
    actions.open_pavilion(act=act, slug="ningdu", name="宁都馆", name_en="Ningdu", on=clock.today())
    firm = Tenant.objects.create(
        code="FH1", firm="某商行", space="A1", division_code=demo.COUNTY_CODE, came_on=clock.today()
    )
    actions.lay_in_pool(act=act, tenant=firm.public_id, goods=actions.Goods("茶叶", "一级", 50_000, 16_000))
    office = sign_in(browser, live_server, "office", DESK)
    office.goto(f"{url}/commerce/beginners/")
    fill(office, number="H1", head="廖大甲", name="廖小甲", shop="小甲的店", username="beginner")
    press(office, "登记新手")
    fill(office, subject="网店入门", hours="8", on=clock.today().isoformat())
    press(office, "记一次课")
    fill(office, space="B203")
    press(office, "给免费工位")
    beginner = sign_in(browser, live_server, "beginner", PHONE)
    beginner.goto(f"{url}/commerce/mine/")
    fill(beginner, bank="农商银行", amount="60000", months="24", purpose="包装")
    press(beginner, "提交申请")
    expect(beginner.get_by_text("最多 50000 元").first).to_be_visible()
    fill(beginner, amount="30000")
    press(beginner, "提交申请")
    office.reload()
    fill(office, decision_no="批 1", rate="3.85")
    press(office, "记银行的决定")
    expect(office.get_by_text("银行同意").first).to_be_visible()
    beginner.goto(f"{url}/commerce/mine/")
    beginner.get_by_role("link", name="上架", exact=True).first.click()
    fill(beginner, title="茶叶半斤装", pack="0.25", price="50")
    press(beginner, "上架")
    expect(beginner.get_by_text("待复核").first).to_be_visible()
    assert Beginner.objects.get().offers.count() == 1
