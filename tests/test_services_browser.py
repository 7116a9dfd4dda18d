"""A villager asks and rates, an office answers, a keeper does an errand: in a browser, without scripts for the villager."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from xiangqiao.accounts.models import User
from xiangqiao.kernel.keyring import create_keys
from xiangqiao.services.models import AgentOrder, Question
from xiangqiao.services.tests.conftest import PHONE, VILLAGE, Town, make_town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(transactional_db: None, person_in_post: Callable[..., Any]) -> Town:
    create_keys()
    found = make_town(person_in_post)
    # Their posts need no second factor.
    User.objects.update(has_totp=False)
    return found


def page_of(browser: Browser, url: str, user: Any = None, **more: Any) -> Page:
    """Return a page on a phone's screen, signed in where a person is named."""
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", **more).new_page()
    page.set_default_timeout(20_000)
    if user is not None:
        page.goto(f"{url}/sign-in/")
        page.fill("input[name=username]", user.username)
        page.fill("input[name=password]", "Correct-horse-9")
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda address: "sign-in" not in address)
    return page


def test_a_villager_asks_an_office_answers_and_the_villager_has_the_last_word(
    town: Town, browser: Browser, live_server: Any
) -> None:
    url = live_server.url
    villager = page_of(browser, url, java_script_enabled=False)
    villager.goto(f"{url}/services/ask/")
    villager.select_option("[name=topic]", "WORK")
    villager.fill("[name=title]", "老板不给工钱")
    villager.fill("[name=text]", "做了两个月，还差四千元。")
    villager.select_option("[name=division]", VILLAGE)
    villager.fill("[name=phone]", PHONE)
    villager.click("main button[type=submit]")
    code = re.search(r"\b[A-Z0-9]{8}\b", villager.inner_text(".follow-code"))
    assert code is not None
    office = page_of(browser, url, town.labour)
    office.goto(f"{url}/services/desk/questions/?state=open")
    office.goto(f"{url}/services/desk/questions/{Question.objects.get().public_id}/")
    office.click("form:has([value=accept]) button")
    office.fill("[name=answer-text]", "已联系用工单位，本周五前把工钱发到卡上。")
    office.click("form:has([value=answer]) button")
    office.wait_for_selector("text=第 1 次答复")
    again = page_of(browser, url, java_script_enabled=False)
    again.goto(f"{url}/services/follow/")
    again.fill("[name=phone]", PHONE)
    again.fill("[name=code]", code[0])
    again.click("main button[type=submit]")
    assert "本周五前把工钱发到卡上" in again.inner_text("main")
    again.check("[name=rate-solved][value=no]")
    again.check("[name=rate-satisfied][value=YES]")
    again.click("form:has([value=rate]) button")
    again.fill("[name=reopen-remark]", "还没有到账")
    again.click("form:has([value=reopen]) button")
    assert "已受理" in again.inner_text("main")


def test_a_keeper_takes_cash_finishes_the_errand_and_counts_the_drawer(
    town: Town, browser: Browser, live_server: Any
) -> None:
    url = live_server.url
    keeper = page_of(browser, url, town.keeper)
    keeper.goto(f"{url}/services/counter/")
    keeper.fill("[name=open-opening]", "200")
    keeper.click("form:has([value=open]) button")
    keeper.wait_for_selector("[name=close-counted]")
    keeper.check("[name=errand][value=ELECTRICITY]")
    for name, value in {
        "payee": "县供电公司",
        "customer": "廖大爷",
        "amount": "86.50",
        "cash": "100",
    }.items():
        keeper.fill(f"[name={name}]", value)
    keeper.click("form:has([name=payee]) button[type=submit]")
    keeper.wait_for_selector("text=13.50")
    keeper.fill("[name=done-reference]", "GW0001")
    keeper.click("form:has([value=execute]) button")
    keeper.wait_for_selector("text=GW0001")
    keeper.goto(f"{url}/services/counter/")
    keeper.fill("[name=close-counted]", "286.50")
    keeper.click("form:has([value=close]) button")
    keeper.wait_for_selector("text=今天已经盘点关账")
    assert AgentOrder.objects.get().state == "DONE"
