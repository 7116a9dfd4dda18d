"""Every page of the journal in a browser: axe finds nothing, nothing runs over the edge; few questions to the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import sync_playwright

from tests.test_desk_browser import PHONE, WIDE, shown
from xiangqiao.journal.actions import (
    Promised,
    answer_dispute,
    give_consent,
    issue_code,
    link_member,
    reply_to_line,
)
from xiangqiao.journal.actions.shipped import draft_shipped_texts
from xiangqiao.journal.models import Promise
from xiangqiao.journal.tests.conftest import Scene, scene  # noqa: F401 - fixtures
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.clock import day_of
from xiangqiao.people.tests.changing import JOB, VILLAGE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
MOST_QUERIES = 34


@pytest.fixture
def paths(scene: Scene) -> list[tuple[str, str]]:  # noqa: F811
    """Who opens which page, with something on each."""
    today, home = day_of(scene.now), scene.home
    visit = scene.visit(
        text="看了果园", promises=[Promised("送苗", today), Promised("修路", today + timedelta(days=9))]
    )
    row = reply_to_line(
        act=Act(by=JOB, at=scene.now), household=home, kind="VISIT", subject=str(visit.public_id),
        choice="DIFFERENT", text="没有说清", via="CODE",
    )  # fmt: skip
    answer_dispute(act=scene.act("cadre"), dispute=row.public_id, text="下次再说一遍")
    draft_shipped_texts(act=Act(by=JOB, at=scene.now))
    issued = issue_code(act=scene.act("cadre"), household=home)
    link_member(act=scene.act("member"), token=issued.door.token, code=issued.code, address=None)
    give_consent(
        act=scene.act("clerk"), household=home, division_code=VILLAGE, keeper=scene.users["keeper"].public_id,
        scope="REPLY", given="WITNESS", witness="乙一",
    )  # fmt: skip
    promise = Promise.objects.order_by("id")[0].public_id

    def at(name: str, *args: Any) -> str:
        return reverse(f"journal:{name}", args=args)

    clerk = [at(name) for name in ("standing", "unvisited", "promises", "disputes", "visits", "techniques")]
    clerk += [
        at("policies"), at("policies") + "?q=养老", at("technique", "orange-frost"), at("technique_new"),
        at("dispute", row.public_id), at("promise", promise), at("consent", home), at("mine"),
    ]  # fmt: skip
    cadre = [at("mine"), at("log", home), at("code", home), at("visit", visit.public_id)]
    opened = {"clerk": clerk, "cadre": cadre, "member": [at("linked"), at("own", home)]}
    opened |= {"keeper": [at("entrusted"), at("kept", home)], "": [at("door", issued.door.token)]}
    return [(name, path) for name, pages in opened.items() for path in pages]


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_passes_axe_and_fits_the_screen(
    paths: list[tuple[str, str]],
    scene: Scene,  # noqa: F811
    language: str,
    elder: bool,
) -> None:
    html: dict[str, str] = {}
    for name, path in paths:
        client = Client()
        if name:
            client.force_login(scene.users[name])
        client.cookies["django_language"] = language
        client.cookies["xq_elder"] = "1" if elder else "0"
        with CaptureQueriesContext(
            connection,
        ) as queries:
            html[f"{name}{path}"] = client.get(path).content.decode()
        assert len(queries) <= MOST_QUERIES, (path, len(queries))
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
