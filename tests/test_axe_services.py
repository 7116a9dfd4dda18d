"""The pages of the information services in a browser: axe finds nothing, nothing runs over the edge."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import sync_playwright

from tests.test_desk_browser import PHONE, WIDE, shown
from xiangqiao.kernel import clock
from xiangqiao.services import actions
from xiangqiao.services.models import AgentOrder
from xiangqiao.services.tests.conftest import GUEST, VILLAGE, Town, act, asker, town  # noqa: F401 - fixture
from xiangqiao.services.tests.test_pages import filled, signed

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def pages(town: Town, language: str) -> dict[str, str]:  # noqa: F811
    """Ask for every page, each as somebody who may open it."""
    made, now = filled(town), clock.now()
    question = actions.ask(
        act=act(GUEST, now), asker=asker(), topic="WORK", title="工钱", text="差四千元"
    ).question
    actions.apply_for(
        act=act(GUEST, now), asker=asker(), matter=town.matter, entries={"area": "6"}, papers=[]
    )
    order = AgentOrder.objects.create(
        receipt_no="R-1", keeper=town.keeper.public_id, keeper_label="站长", division_code=VILLAGE, errand="WATER",
        payee="水厂", customer="某人", amount_fen=100, cash_fen=100, on=clock.today(),
    )  # fmt: skip
    mine = actions.ask(
        act=act(town.member, now),
        asker=asker(asker=town.member.public_id),
        topic="WORK",
        title="工钱",
        text="差",
    ).question
    actions.accept(act=act(town.labour, now), question=mine)
    actions.answer(act=act(town.labour, now), question=mine, text="已经协调，本周五前发放。")
    wanted: list[tuple[Any, str, list[Any]]] = [
        *((None, name, []) for name in ("ask", "follow", "answers", "catalogue", "goods", "post_goods", "jobs", "courses", "laws")),
        (None, "matter", ["planting-grant"]), (None, "entry", [made["goods"].public_id]), (None, "job", [made["job"].public_id]),
        (town.member, "mine", []), (town.member, "own_question", [mine.public_id]), (town.member, "own_goods", [made["goods"].public_id]),
        *((town.centre, name, []) for name in ("desk", "questions", "applications", "duties", "boards", "new_job", "ask_for")),
        (town.centre, "question", [question.public_id]), (town.centre, "workers", [made["job"].public_id]),
        (town.centre, "roll", [made["course"].public_id]), (town.keeper, "counter", []), (town.keeper, "errand", [order.public_id]),
    ]  # fmt: skip
    html = {}
    for user, name, args in wanted:
        client = signed(user, language) if user is not None else Client()
        client.cookies["django_language"] = language
        html[f"{name} {reverse(f'services:{name}', args=args)}"] = client.get(
            reverse(f"services:{name}", args=args)
        ).content.decode()
    centre = signed(town.centre, language)
    html["wechat"] = centre.get(reverse("wechat:accounts")).content.decode()
    return html


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_passes_axe_and_fits_the_screen(town: Town, language: str) -> None:  # noqa: F811
    html = pages(town, language)
    troubles: list[tuple[Any, ...]] = []
    # Closed before the database is put back: its event loop would stand in the way.
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
