"""Donor and volunteer in a browser: an appeal is raised and verified, a gift is offered without an account and followed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import sync_playwright

from xiangqiao.giving.models import Appeal, Gift
from xiangqiao.giving.tests.conftest import World, make_world
from xiangqiao.kernel import clock

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def village(transactional_db: None, person_in_post: Callable[..., Any]) -> World:
    return make_world(person_in_post, clock.now())


def _session(user: Any, base: str) -> Any:
    """The cookie of somebody signed in; made before the browser's event loop runs."""
    client, name = Client(), settings.SESSION_COOKIE_NAME
    client.force_login(user)
    return {"name": name, "value": client.cookies[name].value, "url": base}


def test_a_donor_without_an_account_offers_on_a_phone_and_follows_by_the_code(
    village: World, live_server: Any
) -> None:
    appeal = village.opened()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        # No scripts: the board works without them.
        page = browser.new_context(locale="zh-CN", viewport=PHONE, java_script_enabled=False).new_page()
        page.goto(f"{live_server.url}/giving/board/")
        page.get_by_role("link", name="过冬").click()
        page.get_by_label("认下哪一项").select_option(label="棉被，还差 4 件")
        page.get_by_label("数量（件、小时或元）").fill("2")
        page.get_by_label("怎么称呼您").fill("林女士")
        page.get_by_label("手机号").fill("138 0013 8000")
        page.get_by_role("button", name="报名").click()
        code = page.locator("#follow-code").inner_text()
        page.get_by_role("link", name="查我的捐助").click()
        page.get_by_label("手机号").fill("13800138000")
        page.get_by_label("查询码").fill(code)
        page.get_by_role("button", name="查询").click()
        seen = page.locator("main").inner_text()
        browser.close()
    assert "棉被 2 件" in seen
    assert appeal.case_no in seen
    assert Gift.objects.get().phone_mask.endswith("00")


def test_a_volunteer_raises_an_appeal_and_carries_a_gift(village: World, live_server: Any) -> None:
    session = _session(village.user("VOLUNTEER"), live_server.url)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900}).new_page()
        page.context.add_cookies([session])
        page.goto(f"{live_server.url}/giving/raise/")
        for label, text in (
            ("户编号", village.home.household_no), ("户主姓名", village.home.head_name), ("一句话说需要什么", "一张书桌"),
            ("家里的情况", "孩子在饭桌上写作业"),
        ):  # fmt: skip
            page.get_by_label(label).fill(text)
        page.locator("[name=kind_1]").select_option("GOODS")
        for name, text in (
            ("what_1", "书桌"),
            ("quantity_1", "1"),
            ("price_1", "450"),
            ("evidence_1", "网店报价"),
        ):
            page.locator(f"[name={name}]").fill(text)
        page.get_by_role("button", name="登记求助").click()
        page.get_by_text("书桌").first.wait_for()
        browser.close()
    appeal = Appeal.objects.get()
    assert (appeal.source, appeal.needs.get().cost_fen) == ("VOLUNTEER", 45_000)
    village.verify(appeal, "VILLAGE_CLERK")
    village.verify(appeal, "COUNTY_OFFICE")
    publication = village.proposed(appeal, "一名学生想要一张书桌。")
    from xiangqiao.giving import actions

    actions.approve_appeal(
        act=village.act("COUNTY_OFFICE"), viewer=village.viewer("COUNTY_OFFICE"), publication=publication
    )
    need = appeal.needs.select_related("appeal").get()
    gift = village.offer(need, 1, act=village.act("TOWNSHIP_CLERK"))
    village.match(gift, need)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_context(locale="zh-CN", viewport=PHONE).new_page()
        page.context.add_cookies([session])
        page.goto(f"{live_server.url}/giving/gifts/{gift.public_id}/")
        page.get_by_role("button", name="登记送达").click()
        page.get_by_label("见证人").first.fill("曾大娘")
        page.get_by_role("button", name="确认收到").click()
        page.get_by_text("农户已确认").first.wait_for()
        browser.close()
    gift.refresh_from_db()
    assert (gift.state, gift.confirmed_how) == ("CONFIRMED", "WITNESS")
