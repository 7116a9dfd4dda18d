"""Every page of coverage in a browser: axe finds nothing, nothing runs over the edge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import sync_playwright

from tests.test_desk_browser import PHONE, WIDE, shown
from xiangqiao.coverage import actions
from xiangqiao.coverage.models import ListBatch
from xiangqiao.coverage.tests.conftest import COUNTY, SYSTEM, act, checked, places, site  # noqa: F401 - fixtures
from xiangqiao.coverage.tests.test_pages import addresses
from xq_demo.coverage import Lists

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_passes_axe_and_fits_the_screen(
    checked: tuple[ListBatch, Lists],  # noqa: F811
    site: Any,  # noqa: F811
    signed_in: Callable[..., Client],
    language: str,
) -> None:
    actions.tell(act=act(), viewer=SYSTEM, site=site.public_id, service="MOBILE", words="没信号")
    report = actions.tell(act=act(), viewer=SYSTEM, site=site.public_id, service="MOBILE", words="没信号")
    actions.answer_report(act=act("谢谢"), viewer=SYSTEM, report=report, state="TAKEN")
    plan = actions.make_plan(act=act(), viewer=SYSTEM, division_code=COUNTY)
    project = actions.accept_plan(act=act(), viewer=SYSTEM, plan=plan)[0]
    html = {}
    for role, paths in (
        ("NETWORK_OFFICE", [one for one in addresses(checked[0], site, plan, project) if "json" not in one]),
        ("MEMBER", [reverse("coverage:tell"), reverse("coverage:tell") + "?at=360730100701",
                    *(reverse(f"coverage:{name}", args=[site.public_id]) for name in ("tell_here", "speed"))]),
    ):  # fmt: skip
        client = signed_in(role, COUNTY)
        client.cookies["django_language"] = language
        html |= {path: client.get(path).content.decode() for path in paths}
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
