"""The network office from the operators' lists to the map, and a villager on a phone who tells where no signal is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.flows import signed_page
from xiangqiao.accounts.models import User
from xiangqiao.coverage.models import Evidence, FieldReport, Pair, Station
from xiangqiao.coverage.tests.conftest import COUNTY, places, site  # noqa: F401 - fixtures
from xq_demo.coverage import station_lists

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
expect.set_options(timeout=30_000)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 1000}
# Both are in the same datum, so that they go up together.
LISTS = ("中国移动2016年新建站补充表.xlsx", "联通基站资源表.xlsx")


@pytest.fixture
def sit_down(browser: Browser, live_server: Any, person_in_post: Callable[..., User]) -> Callable[..., Page]:
    """Open a browser of a fresh person of a post."""

    def sit(role: str, size: Any) -> Page:
        return signed_page(browser, live_server.url, person_in_post(role, COUNTY), size)

    return sit


def press(page: Page, word: str) -> None:
    page.get_by_role("button", name=word, exact=True).first.click()
    page.wait_for_load_state()


def settle_each_doubt(office: Page) -> None:
    """Every doubtful pair says why it is doubted; each is settled with its ground, and then lies below the open ones."""
    pairs = office.locator("#doubtful .pair")
    for settled in range(pairs.count()):
        first = pairs.first
        expect(first).to_contain_text("站名")
        expect(first).to_contain_text("相距")
        first.locator("[name=note]").fill("看过现场")
        # Of two techniques side by side, one mast; of one number at two places, two stations.
        shared = "制式不同" in first.inner_text()
        first.get_by_role("button", name="两个基站，同一座塔" if shared else "两个基站，不在一起").click()
        expect(office.locator("#doubtful .pair .tag")).to_have_count(settled + 1)
    expect(pairs.first).to_contain_text("看过现场")


def test_an_office_goes_from_the_operators_lists_to_the_evidence_on_the_map(
    site: Any,  # noqa: F811
    sit_down: Callable[..., Page],
    tmp_path: Path,
) -> None:
    station_lists(tmp_path)
    office = sit_down("NETWORK_OFFICE", DESK)
    office.goto("/coverage/lists/")
    office.set_input_files("[name=files]", [tmp_path / name for name in LISTS])
    office.select_option("[name=datum]", "WGS84")
    press(office, "上传并核对")
    expect(office.locator("#merged tbody tr").first).to_contain_text("站号")
    press(office, "入库")
    expect(office.get_by_text("还有 5 对拿不准的没有确认")).to_be_visible()
    assert not Station.objects.exists()
    settle_each_doubt(office)
    assert not Pair.objects.filter(verdict="DOUBTFUL", decision="").exists()
    press(office, "入库")
    expect(office.get_by_text("已入库：新登记")).to_be_visible()
    assert Station.objects.exists()

    office.goto("/coverage/map/")
    expect(office.locator("#map[data-ready='1']")).to_be_visible()
    office.locator(f"#map .leaflet-marker-icon[title^='{site.name}']").click(force=True)
    office.get_by_role("link", name="看依据").click()
    expect(office.locator("h1")).to_have_text(site.name)
    expect(office.locator("main")).to_contain_text("推测")


def test_a_villager_on_a_phone_tells_and_tests_and_the_office_reads_it_as_evidence(
    site: Any,  # noqa: F811
    sit_down: Callable[..., Page],
) -> None:
    villager, office = sit_down("MEMBER", PHONE), sit_down("NETWORK_OFFICE", DESK)
    villager.goto("/coverage/tell/")
    for name in ("梅江", "樟溪村", site.name):
        villager.locator(".big-choices a", has_text=name).first.click()
    assert villager.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    villager.get_by_label("补充一句").fill("屋后没信号，门口有一格")
    press(villager, "报给网络办")
    expect(villager.get_by_text("我反映过的")).to_be_visible()
    villager.goto(f"/coverage/tell/{site.public_id}/")
    villager.get_by_role("link", name="测一测有多快").click()
    press(villager, "开始测")
    expect(villager.locator("#speed-result")).to_contain_text("Mbps")
    assert villager.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    press(villager, "把结果报给网络办")
    expect(villager.get_by_text("我反映过的")).to_be_visible()
    assert FieldReport.objects.filter(state="NEW").count() == 2
    assert not Evidence.objects.exists()

    office.goto("/coverage/reports/")
    for words in ("kbps", "屋后没信号"):
        report = office.locator(".pair", has_text=words)
        report.locator("[name=answer]").fill("已列入核查")
        report.get_by_role("button", name="采信", exact=True).click()
        expect(report).to_have_count(0)
    office.goto(f"/coverage/points/{site.public_id}/")
    expect(office.locator("main ol.timeline, main .timeline")).to_contain_text("Mbps")
    expect(office.locator("main .timeline").first).to_contain_text("没信号")
    villager.goto("/coverage/tell/")
    expect(villager.get_by_text("已列入核查").first).to_be_visible()
    assert {one.level for one in Evidence.objects.all()} == {"REPORTED", "MEASURED"}
