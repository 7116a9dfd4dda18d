"""Every page of desk and policy in a browser: axe finds nothing and nothing runs over the edge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, Route, sync_playwright

from xiangqiao.desk.tests.conftest import TOWN, VILLAGE, office, register  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
WIDE, PHONE = (1440, 1000), (390, 844)


def pages(client: Client, household: Any, *, language: str, elder: bool) -> dict[str, str]:
    """Ask for every page outside of the browser, which runs an event loop that the database must not meet."""
    client.cookies["django_language"] = language
    if elder:
        client.cookies["xq_elder"] = "1"
    paths = [
        "/", f"/places/{TOWN}/", f"/places/{VILLAGE}/", "/search/", "/search/?q=廖", "/search/?number=1",
        "/households/", "/households/?watch_type=SUDDEN&policy=any&col=name", "/households/?q=nobody",
        f"/households/{household.public_id}/", "/policies/", "/policies/basic-pension/",
    ]  # fmt: skip
    return {path: client.get(path).content.decode() for path in paths}


def shown(browser: Browser, html: dict[str, str], size: tuple[int, int]) -> Iterator[tuple[str, Page]]:
    """Show each page at a size, one after the other."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    now = {"path": ""}

    def serve(route: Route) -> None:
        path = route.request.url.split("desk.test", 1)[1].split("?")[0].split("#")[0]
        if path == "/":
            route.fulfill(body=html[now["path"]], content_type="text/html; charset=utf-8")
        elif found := static_file(path):
            route.fulfill(path=found)
        else:
            route.fulfill(status=204)

    page.route("**/*", serve)
    for path in html:
        now["path"] = path
        page.goto("http://desk.test/")
        page.wait_for_selector("html[data-js]")
        yield path, page
    context.close()


def static_file(path: str) -> str | None:
    """Find a static file by its address."""
    from django.contrib.staticfiles import finders

    found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
    return found if isinstance(found, str) else None


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_passes_axe_and_fits_the_screen(
    office: Client,  # noqa: F811
    register: dict[str, Any],  # noqa: F811
    language: str,
    elder: bool,
) -> None:
    html = pages(office, register[f"{VILLAGE}0000"], language=language, elder=elder)
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
