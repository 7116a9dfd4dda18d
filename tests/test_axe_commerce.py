"""Pages of e-commerce in a browser: axe finds nothing and nothing runs over the edge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.test_axe_people_pairing import PHONE, WIDE, shown
from xiangqiao.commerce import actions
from xiangqiao.commerce.models import Beginner, Tenant
from xiangqiao.commerce.tests.conftest import COUNTY, Town, make_town
from xiangqiao.kernel import clock
from xiangqiao.kernel.record import Act

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def everything(town: Town) -> dict[str, list[str]]:
    """Make one of each, and return the paths by who opens them."""
    lot = town.bring(0, 90_000).lot
    town.bring(1, 12_345)
    actions.give_consent(act=town.act(), station=town.station, home=town.homes[0], way="PAPER")
    offer = town.offer(lot)
    town.delivered(offer)
    actions.settle(act=town.act(), lot=lot.public_id, way="CASH")
    town.delivered(offer, number="2")
    order = town.order(offer, way="SEND")
    bought = actions.quote(
        act=town.act(), station=town.station, home=town.homes[0], goods="化肥", price_fen=900
    )
    actions.take_cash(act=town.act(), purchase=bought.public_id)
    actions.note_cash(act=town.act(), station=town.station, kind="SHOP_SALE", amount_fen=50_000)
    act = Act(by=town.office, at=clock.now())
    text = "站点ID,推广员姓名,手机,地址,签约日期\nJ1,何春生,138,梅江镇溪口村,20160301\nJ2,何春生,,别处,去年\n"
    listed = actions.check_list(act=act, county=COUNTY, kind="JD", name="京东.csv", data=text.encode())
    firm = Tenant.objects.create(
        code="F1", firm="某商行", space="A1", division_code=COUNTY, came_on=clock.today()
    )
    actions.lay_in_pool(act=act, tenant=firm.public_id, goods=actions.Goods("茶叶", "一级", 9_000, 900))
    beginner = Beginner.objects.create(
        household=town.homes[2].public_id,
        name="某人",
        shop_name="某店",
        division_code=COUNTY,
        since=clock.today(),
    )
    slip = lot.intakes.order_by("id")[0]
    base = "/commerce/counter/"
    return {
        "keeper": [
            base, f"{base}take-in/", f"{base}buy/", f"{base}orders/", f"{base}lots/", f"{base}drawer/", f"{base}turnover/",
            f"{base}consents/", f"{base}collect/", f"{base}lots/{lot.public_id}/", f"{base}orders/{order.public_id}/",
            f"{base}purchases/{bought.public_id}/", f"{base}slips/{slip.public_id}/",
        ],
        "office": [
            "/commerce/", "/commerce/stations/", f"/commerce/stations/{town.station.public_id}/", "/commerce/reach/",
            "/commerce/lists/", f"/commerce/lists/{listed.public_id}/", "/commerce/park/", f"/commerce/park/{firm.public_id}/",
            "/commerce/beginners/", f"/commerce/beginners/{beginner.public_id}/",
        ],
        "": ["/commerce/pavilions/", "/commerce/pavilions/ningdu/", f"/commerce/goods/{offer.code}/", "/commerce/orders/"],
    }  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_passes_axe_and_fits_the_screen(
    person_in_post: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    from xiangqiao.commerce.tests import conftest

    monkeypatch.setattr(conftest, "NOW", clock.now())
    town = make_town(person_in_post)
    html: dict[str, str] = {}
    for who, paths in everything(town).items():
        client = Client()
        client.cookies["django_language"] = language
        if who:
            client.force_login(getattr(town, who).user)
        for path in paths:
            answer = client.get(path)
            assert answer.status_code == 200, path
            html[path] = answer.content.decode()
    troubles: list[tuple[Any, ...]] = []
    slips = {path: text for path, text in html.items() if "/slips/" in path}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for size in (WIDE, PHONE):
            for path, page in shown(browser, {p: t for p, t in html.items() if p not in slips}, size):
                found = Axe().run(page).response["violations"]
                troubles += [(path, size[0], one["id"], one["nodes"][0]["html"][:140]) for one in found]
                over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if over > 0:
                    troubles.append((path, size[0], "runs over the edge", over))
        page = browser.new_page()
        for path, text in slips.items():
            page.set_content(text)
            found = Axe().run(page).response["violations"]
            troubles += [(path, 0, one["id"], one["nodes"][0]["html"][:140]) for one in found]
        browser.close()
    assert troubles == []
