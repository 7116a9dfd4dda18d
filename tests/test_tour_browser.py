"""The printed tour, walked: every stop says what it should in both languages; `make tour` keeps the pictures."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.flows import House, served
from tests.test_learning_browser import until
from tests.tour import HEAD, STOPS, Stop

pytestmark = pytest.mark.browser
IMAGES = Path(__file__).resolve().parent.parent / "docs" / "tour" / "images"
KEEP = os.environ.get("XIANGQIAO_TOUR") == "1"
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PRINTED_WIDTH, TALLEST, TALLEST_PAGE = 1120, 1_500, 1_180


class Walk:
    """The house, and what was found on the way: the household's address, the door's, the room's."""

    def __init__(self, house: House) -> None:
        self.house, self.found = house, {}  # type: ignore[var-annotated]
        clerk = house.desk("cun")
        clerk.goto(f"{house.url}/households/?q={HEAD}")
        address = str(clerk.locator("a[href*='/households/']:has-text('3607')").first.get_attribute("href"))
        self.found["home"] = address.strip("/").split("/")[-1]

    def page(self, who: str) -> Page:
        """Return a page of a person, or of the public."""
        if who:
            return self.house.desk(who)
        if "" not in self.house.contexts:
            self.house.contexts[""] = self.house.browser.new_context(locale="zh-CN")
        page = self.house.contexts[""].new_page()
        page.set_default_timeout(15_000)
        return page

    def speak(self, page: Page, language: str) -> None:
        """Let the pages of a person speak a language."""
        page.context.add_cookies([{"name": "django_language", "value": language, "url": self.house.url}])


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    with served(tmp_path_factory.mktemp("county"), live=True) as house:
        yield Walk(house)


@pytest.mark.parametrize("chapter", STOPS)
def test_every_stop_of_a_chapter_says_it_in_both_languages(walk: Walk, chapter: str) -> None:
    for stop in STOPS[chapter]:
        prepare = PREPARED.get(stop.key)
        page = walk.page(stop.who)
        page.set_viewport_size(PHONE if stop.phone else WIDE)  # type: ignore[arg-type]
        walk.speak(page, "zh-hans")
        if prepare is not None:
            prepare(walk, page)
        if stop.key not in STAYS:
            _go(walk, page, stop)
        _look(page, stop, "zh", stop.says)
        walk.speak(page, "en")
        page.goto(page.url)
        if stop.key == "07-code":
            _code(walk, page)
        _look(page, stop, "en", stop.says_en)
        walk.speak(page, "zh-hans")
        page.close()
        if stop.key == "18-replay":
            walk.house.contexts.pop("mingshi").close()


def _go(walk: Walk, page: Page, stop: Stop) -> None:
    page.goto(walk.house.url + stop.start.format(**walk.found))
    for link in stop.follow:
        page.goto(walk.house.url + str(page.locator(f"main {link}").first.get_attribute("href")))


def _look(page: Page, stop: Stop, language: str, words: tuple[str, ...]) -> None:
    """Hold what the page says against the stop; keep its picture where that is wanted."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (stop.key, language)
    if stop.key in READY:
        until(page, READY[stop.key])
    seen = page.locator(stop.crop or "main").first
    text = seen.inner_text()
    for word in words:
        assert word in text, (stop.key, language, word, text)
    for word in stop.never:
        assert word not in page.inner_text("main"), (stop.key, language, word)
    if KEEP:
        _keep(page, seen, stop, language)


def _keep(page: Page, seen: Any, stop: Stop, language: str) -> None:
    """Write the picture as a compact file."""
    size = PHONE if stop.phone else WIDE
    needed = page.evaluate("document.querySelector('main').getBoundingClientRect().bottom + scrollY + 16")
    page.set_viewport_size({**size, "height": round(min(max(needed, 560), TALLEST_PAGE))})  # type: ignore[arg-type]
    picture = Image.open(io.BytesIO(seen.screenshot() if stop.crop else page.screenshot())).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, TALLEST)))
    if picture.width > PRINTED_WIDTH:
        size = (PRINTED_WIDTH, picture.height * PRINTED_WIDTH // picture.width)
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    IMAGES.mkdir(parents=True, exist_ok=True)
    picture.save(IMAGES / f"{stop.key}.{language}.webp", quality=70, method=6)


def _code(walk: Walk, page: Page) -> None:
    """The clerk makes a code for the household."""
    page.goto(f"{walk.house.url}/journal/households/{walk.found['home']}/code/")
    page.locator("main form button").first.click()
    walk.found["token"] = page.inner_text(".code-box strong")
    walk.found["code"] = re.sub(r"\D", "", page.inner_text(".code"))


def _open_door(walk: Walk, page: Page) -> None:
    """The household opens its page with the code."""
    page.goto(f"{walk.house.url}/journal/h/{walk.found['token']}/")
    page.fill("input[name=code]", walk.found["code"])
    page.press("input[name=code]", "Enter")
    page.wait_for_load_state()


def _begin_class(walk: Walk, page: Page) -> None:
    """The teacher far away begins the next lesson; the village's room comes in."""
    teacher = walk.house.desk("mingshi")
    teacher.goto(f"{walk.house.url}/learning/week/")
    teach = str(teacher.get_by_role("link", name="去上课").first.get_attribute("href"))
    teacher.goto(walk.house.url + teach)
    teacher.get_by_label("我同意录像").check()
    teacher.get_by_role("button", name="开始上课").click()
    expect(teacher.locator("#teach")).to_have_attribute("data-now", "on")
    lesson = teach.split("/")[3]
    page.goto(f"{walk.house.url}/learning/week/")
    walk.found["room"] = str(page.locator(f"a[href*='{lesson}/rooms/']").first.get_attribute("href"))


def _end_class(walk: Walk, page: Page) -> None:
    """The teacher ends it."""
    teacher = walk.house.contexts["mingshi"].pages[-1]
    teacher.get_by_role("button", name="下课").click()
    expect(teacher.locator("#teach")).to_have_attribute("data-now", "over")


def _do_errand(walk: Walk, page: Page) -> None:
    """The keeper pays the bill of the household and writes down the provider's number."""
    page.goto(f"{walk.house.url}/services/counter/")
    page.locator("main a:has-text('朱大爷')").first.click()
    page.fill("[name=done-reference]", "GW0926")
    page.click("form:has([value=execute]) button")
    page.wait_for_selector("text=GW0926")


READY = {
    "17-class": "document.getElementById('theirs').currentTime > 0.3",
    "18-replay": "document.getElementById('film').readyState >= 2",
}
PREPARED = {
    "22-errand": _do_errand,
    "07-code": _code,
    "08-own-page": _open_door,
    "17-class": _begin_class,
    "18-replay": _end_class,
}
# Where the way there is a form, not a link.
STAYS = {"07-code", "08-own-page"}
