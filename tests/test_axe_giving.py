"""Every page of giving in a browser: axe finds nothing, nothing runs over the edge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.test_desk_browser import PHONE, WIDE, shown
from xiangqiao.giving import queries
from xiangqiao.giving.tests.conftest import COUNTY, GOODS, HOURS, MONEY, World, make_world
from xiangqiao.kernel import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def world(db: None, person_in_post: Callable[..., Any]) -> World:
    return make_world(person_in_post, clock.now())


def _paths(world: World) -> list[str]:
    from xiangqiao.giving import actions

    appeal = world.opened(wants=[GOODS, HOURS, MONEY])
    office = {"act": world.act("GIVING_OFFICE"), "viewer": world.viewer("GIVING_OFFICE")}
    actions.note_total(
        **office, appeal=appeal, platform="某平台", amount_fen=10_342_000, as_of=world.day, source="公示页"
    )  # type: ignore[arg-type]
    gift = world.delivered(appeal.needs.get(kind="GOODS"), 1)
    done = world.delivered(appeal.needs.get(kind="GOODS"), 1)
    actions.confirm_gift(act=world.act("MEMBER"), viewer=world.own(), gift=done)
    world.proposed(world.verified())
    waiting = queries.waiting_publications().get()
    return [
        f"/giving/{path}"
        for path in (
            "appeals/", f"appeals/{appeal.public_id}/", "gifts/", f"gifts/{gift.public_id}/", "mine/", "raise/", "approvals/",
            f"approvals/{waiting.public_id}/", "initiatives/", "books/", "board/", f"board/{appeal.case_no}/",
            "board/offer/", "board/follow/", "board/thanks/", "board/books/",
        )
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_passes_axe_and_fits_the_screen(
    world: World, signed_in: Callable[..., Client], language: str
) -> None:
    paths = _paths(world)
    client = signed_in("COUNTY_OFFICE", COUNTY)
    client.cookies["django_language"] = language
    html = {path: client.get(path).content.decode() for path in paths}
    troubles: list[tuple[Any, ...]] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for size in (WIDE, PHONE):
            for path, page in shown(browser, html, size):
                found = Axe().run(page).response["violations"]
                troubles += [(path, size[0], one["id"], one["nodes"][0]["html"][:140]) for one in found]
                over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if over > 0:
                    troubles.append((path, size[0], "runs over the edge", over))
        browser.close()
    assert troubles == []
