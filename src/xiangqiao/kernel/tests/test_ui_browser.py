"""Every part, drawn at once in a browser: accessible, within the content policy, fit for phone and elder."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Route, sync_playwright

from xiangqiao.kernel.tests import ui_sample

pytestmark = [pytest.mark.browser, pytest.mark.urls("xiangqiao.kernel.tests.ui_urls")]
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'"
WIDE, PHONE = (1440, 1000), (390, 844)
SAMPLE = Path(__file__).with_name("ui_sample.html")
TARGETS = """() => [...document.querySelectorAll("button, summary, .rail-link, .tab, .sort, select, input:not([type=hidden])")]
  .filter(e => e.getBoundingClientRect().width > 1 && !e.closest(".quiet, .skip"))
  .filter(e => {
    const box = e.labels?.length && e.matches("[type=checkbox], [type=radio]") ? e.labels[0] : e;
    return box.getBoundingClientRect().height < 59.5;
  }).map(e => e.outerHTML.slice(0, 120))"""
LETTERS = """() => { const small = new Set(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) { const e = walk.currentNode.parentElement, svg = e.closest("svg");
    if (!walk.currentNode.data.trim() || !e.getClientRects().length || e.closest(".quiet, title, desc, script")) continue;
    let size = parseFloat(getComputedStyle(e).fontSize);
    if (svg) size *= svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    if (size < 17.9) small.add(`${e.tagName}.${e.getAttribute("class")} ${size}`); } return [...small]; }"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield started
        started.close()


def open_sample(
    browser: Browser, size: tuple[int, int], *, elder: bool = False, scripts: bool = True
) -> tuple[Page, list[str]]:
    """Open the sample page without a server; also return what the browser refused or could not find."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts, bypass_csp=False
    )
    page, troubles = context.new_page(), []
    html = (
        engines["django"]
        .from_string(SAMPLE.read_text())
        .render({**ui_sample.context(), "elder": elder, "request": RequestFactory().get("/")})
    )

    def serve(route: Route) -> None:
        path = route.request.url.split("desk.test", 1)[1].split("?")[0].split("#")[0]
        if path == "/":
            route.fulfill(
                body=html,
                content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": POLICY},
            )
        elif path.startswith("/static/") and (file := finders.find(path.removeprefix("/static/"))):
            route.fulfill(path=str(file), content_type=mimetypes.guess_type(str(file))[0] or "text/plain")
        else:
            if path.startswith("/static/"):
                troubles.append(f"not found: {path}")
            route.fulfill(status=204)

    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.route("**/*", serve)
    page.goto("http://desk.test/")
    return page, troubles


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_every_part_passes_axe_and_fits_the_screen(
    browser: Browser, size: tuple[int, int], elder: bool
) -> None:
    page, troubles = open_sample(browser, size, elder=elder)
    page.wait_for_selector("html[data-js]")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert troubles == []
    if elder:
        assert page.evaluate(TARGETS) == []
        assert page.evaluate(LETTERS) == []
    page.context.close()


def test_the_keyboard_finds_search_rows_and_help(browser: Browser) -> None:
    page, troubles = open_sample(browser, WIDE)
    page.wait_for_selector("html[data-js]")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.evaluate("document.activeElement.blur()")
    for key in ("j", "j", "k", "j", "x"):
        page.keyboard.press(key)
    assert "户 2" in page.evaluate("document.activeElement.closest('tr').textContent")
    assert page.locator("[data-picked-count]").text_content() == "已选 1 条"
    page.keyboard.press("?")
    assert page.locator("#keys-help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys-help").is_visible()
    assert troubles == []
    page.context.close()


def test_a_risky_button_asks_first_and_sends_only_on_yes(browser: Browser) -> None:
    page, _troubles = open_sample(browser, WIDE)
    page.wait_for_selector("html[data-js]")
    sent: list[str] = []
    page.on(
        "request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None
    )
    page.check("[data-pick-all]")
    remove = page.get_by_role("button", name="移出名单")
    remove.click()
    page.locator("#confirm").get_by_role("button", name="先不做").click()
    assert sent == []
    remove.click()
    with page.expect_request(lambda request: request.url.endswith("/remove/")):
        page.locator("#confirm").get_by_role("button", name="确定").click()
    assert "all_matching=town%3D1" in sent[0]
    page.context.close()


def test_a_filter_starts_the_list_anew_and_keeps_its_address(browser: Browser) -> None:
    page, troubles = open_sample(browser, WIDE)
    page.wait_for_selector("html[data-js]")
    page.evaluate("history.replaceState(null, '', '/?town=9&after=old')")
    with page.expect_request(lambda request: "town=1" in request.url) as asked:
        page.select_option("#id_town", "1")
    assert asked.value.url == "http://desk.test/?q=&town=1&state="
    page.wait_for_url("**/?q=&town=1&state=")
    assert page.locator("#households tbody tr").count() == 12
    assert troubles == []
    page.context.close()


def test_columns_that_were_put_away_stay_away(browser: Browser) -> None:
    page, _troubles = open_sample(browser, WIDE)
    page.wait_for_selector("html[data-js]")
    page.click("[data-columns] > summary")
    page.uncheck("[data-columns] [data-column=health]")
    assert page.locator("td[data-column=health]:visible").count() == 0
    page.reload()
    page.wait_for_selector("html[data-js]")
    assert page.locator("td[data-column=health]:visible").count() == 0
    page.context.close()


def test_without_scripts_the_rail_opens_and_the_lists_read(browser: Browser) -> None:
    page, _troubles = open_sample(browser, PHONE, scripts=False)
    assert not page.locator("#rail").is_visible()
    page.click(".rail-open")
    assert page.locator("#rail").is_visible()
    page.click(".rail-close")
    assert not page.locator("#rail").is_visible()
    assert page.locator("[data-columns]").is_hidden()
    assert page.locator("td[data-column=income]").first.is_visible()
    page.context.close()
