"""The sign-in page, the product's face: what a demo county publishes there, and what a real county never does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from xiangqiao.accounts.actions.sign_in import enrol_second_factor
from xiangqiao.accounts.models import User
from xiangqiao.accounts.second_factor import new_secret
from xiangqiao.config.county import FOUNDER, create_county
from xiangqiao.config.demo_users import PASSWORD, create_demo_users, demo_posts
from xiangqiao.kernel import clock
from xiangqiao.kernel.record import Act

COUNTY = "360730000000"
DIVISIONS = """code,name
360000000000,江西省
360700000000,赣州市
360730000000,宁都县
360730100000,梅江镇
360730100201,青坪村
"""


def found(tmp_path: Path, *, is_demo: bool) -> None:
    """Make a county with the demo's people in it."""
    file = tmp_path / "divisions.csv"
    file.write_text(DIVISIONS)
    create_county(code=COUNTY, name="宁都县", divisions=file, now=clock.now(), is_demo=is_demo)
    create_demo_users(COUNTY, now=clock.now())


@pytest.mark.django_db(databases=["default", "clinic"])
def test_the_door_says_whose_it_is_and_what_for(tmp_path: Path) -> None:
    found(tmp_path, is_demo=False)
    page = Client().get("/sign-in/").content.decode()
    for words in ("乡桥", "宁都县", "找到需要帮助的人，把帮助送到，件件有据可查。", "brand-mark"):
        assert words in page
    english = Client(headers={"accept-language": "en"}).get("/sign-in/").content.decode()
    assert "Find the people who need help, bring help to them, prove that it arrived." in english


@pytest.mark.django_db(databases=["default", "clinic"])
def test_a_demo_is_entered_by_its_buttons_alone(tmp_path: Path) -> None:
    found(tmp_path, is_demo=True)
    client = Client()
    door = client.get("/sign-in/").content.decode()
    assert door.count(f'value="{PASSWORD}"') == len(demo_posts(COUNTY))
    asked = client.post("/sign-in/", {"username": "anquan", "password": PASSWORD})
    page = client.get(asked["Location"]).content.decode()
    code = re.search(r'name="code" value="(\d{6})"', page)
    assert code is not None
    assert client.post("/sign-in/code/", {"code": code[1]}).status_code == 302
    assert client.get("/users/").status_code == 200


@pytest.mark.django_db(databases=["default", "clinic"])
def test_after_a_code_was_used_the_demo_shows_the_next_one(tmp_path: Path) -> None:
    found(tmp_path, is_demo=True)
    for _time in range(2):
        client = Client()
        client.post("/sign-in/", {"username": "xian", "password": PASSWORD})
        shown = re.search(r'name="code" value="(\d{6})"', client.get("/sign-in/code/").content.decode())
        assert shown is not None
        assert client.post("/sign-in/code/", {"code": shown[1]}).status_code == 302


@pytest.mark.django_db(databases=["default", "clinic"])
def test_a_real_county_publishes_neither_sign_ins_nor_codes(tmp_path: Path) -> None:
    found(tmp_path, is_demo=False)
    client = Client()
    door = client.get("/sign-in/").content.decode()
    client.post("/sign-in/", {"username": "anquan", "password": PASSWORD})
    code = client.get("/sign-in/code/").content.decode()
    for page in (door, code):
        assert PASSWORD not in page
        assert "示例" not in page
        assert "xian" not in page.replace("xiangqiao", "")
    assert not re.search(r'name="code" value="\d', code)


@pytest.mark.django_db(databases=["default", "clinic"])
def test_a_demo_shows_no_code_of_a_secret_somebody_set_up(tmp_path: Path) -> None:
    found(tmp_path, is_demo=True)
    user = User.objects.get(username="anquan")
    enrol_second_factor(act=Act(by=FOUNDER, at=clock.now()), user=user, secret=new_secret())
    client = Client()
    client.post("/sign-in/", {"username": "anquan", "password": PASSWORD})
    assert not re.search(r'name="code" value="\d', client.get("/sign-in/code/").content.decode())


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, databases=["default", "clinic"])
def test_the_keyboard_alone_signs_in_with_a_code(tmp_path: Path, browser: Browser, live_server: Any) -> None:
    found(tmp_path, is_demo=True)
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN").new_page()
    page.goto(f"{live_server.url}/users/")
    assert focused(page) == "username"
    page.keyboard.type("anquan")
    page.keyboard.press("Tab")
    assert focused(page) == "password"
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert] .note-text")
    assert focused(page) == "username"
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    assert focused(page) == "登录"
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/code/**")
    assert focused(page) == "code"
    assert Axe().run(page).response["violations"] == []
    page.keyboard.type(page.locator(".demo-code").inner_text())
    page.keyboard.press("Enter")
    page.wait_for_url("**/users/")
    assert page.locator("h1").inner_text() == "用户与岗位"
    page.context.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, databases=["default", "clinic"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("elder", ["0", "1"])
def test_the_door_is_accessible_and_fits_in_both_languages(
    tmp_path: Path, browser: Browser, live_server: Any, width: int, elder: str
) -> None:
    found(tmp_path, is_demo=True)
    for language in ("zh-hans", "en"):
        context = browser.new_context(viewport={"width": width, "height": 900})
        cookies = {settings.LANGUAGE_COOKIE_NAME: language, "xq_elder": elder}
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
        )
        page = context.new_page()
        page.goto(f"{live_server.url}/sign-in/")
        page.click(".demo summary")
        found_faults = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found_faults] == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        context.close()
