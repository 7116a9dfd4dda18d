"""A cadre logs a visit on a phone; the household reads it by a code and disputes it; the clerk settles; the keeper helps."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from xiangqiao.accounts.models import Viewing
from xiangqiao.journal.actions import Promised
from xiangqiao.journal.models import Consent, Promise, Reply, Visit
from xiangqiao.journal.tests.conftest import Scene, make_scene
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.keyring import create_keys

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
MOST_TAPS = 6


class Seat:
    """A person at a phone; taps are counted."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.url, self.taps = url, 0
        context = browser.new_context(viewport=PHONE, has_touch=True, locale="zh-CN")  # type: ignore[arg-type]
        self.page: Page = context.new_page()
        self.page.set_default_timeout(15_000)

    def sign_in(self, username: str) -> Seat:
        """Sign in with the password of the tests."""
        self.go("/sign-in/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", "Correct-horse-9")
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_load_state()
        return self

    def go(self, path: str) -> Page:
        """Open a page; nothing runs over the edge of the phone."""
        self.page.goto(path if path.startswith("http") else self.url + path)
        assert self.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        return self.page

    def tap(self, selector: str) -> None:
        """Tap something, and count it."""
        self.taps += 1
        self.page.locator(selector).first.tap()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def busy(transactional_db: None, person_in_post: Callable[..., Any]) -> Scene:
    """The village, committed, so that a server reads it; the cadre owes the household a promise."""
    create_keys()
    scene = make_scene(person_in_post)
    for user in scene.users.values():
        user.has_totp = False
        user.save()
    scene.visit(
        act=scene.act("cadre", days_ago=9),
        promises=[Promised("送果树苗", day_of(scene.now) - timedelta(days=1))],
    )
    return scene


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (200, 120, 20)).save(out, "JPEG")
    return out.getvalue()


def code_for(cadre: Seat, home: object) -> tuple[str, str]:
    """Let the cadre make a code; return the address of the door, and the code."""
    page = cadre.go(f"/journal/households/{home}/code/")
    page.click("button:has-text('发一个验证码')")
    token = page.inner_text(".code-box strong")
    return f"/journal/h/{token}/", page.inner_text(".code")


def give_code(seat: Seat, code: str) -> None:
    seat.page.fill("input[name=code]", code)
    seat.page.press("input[name=code]", "Enter")


def logs_a_visit(cadre: Seat) -> None:
    cadre.go("/journal/mine/")
    cadre.tap(".home")
    cadre.tap("label.chip:has-text('送果树苗')")
    cadre.tap("label.chip:has-text('指导种养')")
    cadre.page.set_input_files(
        "input[name=photo]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    cadre.tap(".save button")
    expect(cadre.page.locator(".note")).to_contain_text("记好了")
    assert cadre.taps <= MOST_TAPS


def reads_and_disputes(villager: Seat, door: str, code: str) -> None:
    villager.go(door)
    give_code(villager, "11112222")
    expect(villager.page.locator(".field-error")).to_contain_text("验证码不对")
    give_code(villager, code)
    page = villager.page
    expect(page.locator("h1")).to_contain_text("甲一家")
    expect(page.locator("body")).to_contain_text("指导种养")
    assert page.locator("img.own-photo").evaluate("(one) => one.complete || one.decode()") is not False
    line = page.locator(".own-line:has-text('指导种养')")
    line.locator("summary").tap()
    line.locator("label:has-text('和说的不一样')").tap()
    line.locator("textarea").fill("树苗只送来一半")
    line.locator("text=提交").tap()
    expect(page.locator(".own-line:has-text('指导种养')")).to_contain_text("等村里答复")


def settles(clerk: Seat) -> None:
    page = clerk.go("/journal/disputes/")
    page.click("tbody a")
    page.fill("#id_text", "已联系干部补送")
    page.click("text=发出答复")
    page.select_option("select[name=outcome]", "UPHELD")
    page.fill("#settle_text", "另一半已经送到，本人签收")
    page.click("form:has(select) button")
    expect(page.locator("body")).to_contain_text("农户说得对")


def test_what_a_cadre_writes_the_household_reads_disputes_and_sees_settled(
    busy: Scene, live_server: Any
) -> None:
    with chromium() as browser:
        cadre = Seat(browser, live_server.url).sign_in("cadre")
        logs_a_visit(cadre)
        door, code = code_for(cadre, busy.home)
        villager, stranger = Seat(browser, live_server.url), Seat(browser, live_server.url)
        reads_and_disputes(villager, door, code)
        stranger.go(door)
        give_code(stranger, code)
        expect(stranger.page.locator(".field-error")).to_contain_text("验证码不对")
        settles(Seat(browser, live_server.url).sign_in("clerk"))
        expect(villager.go(door).locator("body")).to_contain_text("另一半已经送到")
        villager.page.click("text=看完了，退出")
        expect(villager.page.locator("h1")).to_contain_text("看自己家的页面")
    row = Reply.objects.get()
    assert (row.state, row.via, row.outcome, row.choice) == ("SETTLED", "CODE", "UPHELD", "DIFFERENT")
    assert Promise.objects.get().state == "KEPT"
    assert Visit.objects.count() == 2


def test_a_registered_villager_is_linked_and_lets_the_keeper_read_whose_look_is_seen(
    busy: Scene, live_server: Any
) -> None:
    with chromium() as browser:
        door, code = code_for(Seat(browser, live_server.url).sign_in("cadre"), busy.home)
        member = Seat(browser, live_server.url).sign_in("member")
        keeper = Seat(browser, live_server.url).sign_in("keeper")
        assert keeper.page.goto(f"{live_server.url}/journal/entrusted/{busy.home}/").status == 404  # type: ignore[union-attr]
        member.go("/journal/own/")
        member.page.fill("input[name=token]", door.split("/")[3])
        give_code(member, code)
        expect(member.page.locator("h1")).to_contain_text("甲一家")
        member.page.click("text=同意keeper代看、代我说")
        keeper.go("/journal/entrusted/")
        keeper.tap(".home")
        expect(keeper.page.locator("body")).to_contain_text("您在替这一户看")
        keeper.page.locator(".own-line button:has-text('是这样')").first.tap()
        expect(keeper.page.locator("body")).to_contain_text("您说：是这样")
        member.page.reload()
        expect(member.page.locator("body")).to_contain_text("站长代看，有授权")
        member.page.click("text=收回")
        assert keeper.page.goto(f"{live_server.url}/journal/entrusted/{busy.home}/").status == 404  # type: ignore[union-attr]
    assert Consent.objects.get().withdrawn_at is not None
    assert Reply.objects.get().via == "KEEPER"
    assert Viewing.objects.filter(user=busy.users["keeper"], subject=busy.home).exists()
