"""The two doctors in their browsers: a case from question to opinion, the video call, and pages that everybody can use."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from xiangqiao.accounts.models import User
from xiangqiao.clinic import actions
from xiangqiao.clinic.models import Consultation
from xiangqiao.clinic.tests.conftest import World, clinic_world
from xiangqiao.kernel import clock

__all__ = ["clinic_world"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "clinic"])]
CAMERA = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The driver keeps a loop in this thread, which Django takes for an asynchronous program.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CAMERA)
        yield started
        started.close()


def sit_down(
    chromium: Browser,
    live_server: Any,
    user: User,
    *,
    width: int = 1440,
    language: str = "zh-hans",
    elder: bool = False,
) -> Page:
    """Open a browser of one of the doctors."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    cookies = {
        settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
        settings.LANGUAGE_COOKIE_NAME: language,
        "xq_elder": "1" if elder else "0",
    }
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, permissions=["camera", "microphone"]
    )
    context.add_cookies([{"name": k, "value": v, "url": live_server.url} for k, v in cookies.items()])
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.base = live_server.url  # type: ignore[attr-defined]
    return page


def go(page: Page, name: str, *args: object) -> None:
    page.goto(page.base + reverse(name, args=args))  # type: ignore[attr-defined]


def test_from_the_village_clinic_to_the_signed_opinion(
    chromium: Browser, live_server: Any, clinic_world: World, tmp_path: Path
) -> None:
    photo = tmp_path / "knee.jpg"
    Image.new("RGB", (900, 600), "#caa").save(photo)
    village = sit_down(chromium, live_server, clinic_world.village_doctor, width=390)
    go(village, "clinic:new_patient")
    village.fill("[name=name]", "温水生")
    village.select_option("[name=sex]", "M")
    village.fill("[name=born_year]", "1957")
    village.get_by_role("button", name="建档").click()
    village.get_by_role("button", name="登记同意").click()
    expect(village.get_by_text("已登记同意")).to_be_visible()
    village.locator("form[action$='/cases/'] textarea").fill("膝盖疼三个月")
    village.get_by_role("button", name="新开病历").click()
    village.set_input_files("[name=file]", photo)
    village.get_by_role("button", name="存入病历").click()
    expect(village.locator(".clinic-files img")).to_have_count(1)
    village.select_option("[name=hospital]", label="县人民医院 二级甲等")
    village.fill("[name=question]", "要拍片吗？")
    village.get_by_role("button", name="提出会诊").click()
    expect(village.get_by_text("已提出会诊")).to_be_visible()

    hospital = sit_down(chromium, live_server, clinic_world.hospital_doctor)
    go(hospital, "clinic:queue")
    hospital.get_by_role("link", name="温水生").click()
    hospital.get_by_role("button", name="接收会诊").click()
    hospital.fill("form[action$='/answer/'] textarea", "先拍片，减少爬坡。")
    hospital.get_by_role("button", name="签名并发出意见").click()
    hospital.locator("dialog[open] button.danger, dialog[open] button.primary").first.click()
    expect(hospital.get_by_text("签名有效")).to_be_visible()

    row = Consultation.objects.get()
    go(village, "clinic:consultation", row.public_id)
    expect(village.get_by_text("先拍片，减少爬坡。")).to_be_visible()
    village.context.close()
    hospital.context.close()


def test_two_browsers_see_each_other_until_one_leaves(
    chromium: Browser, live_server: Any, clinic_world: World
) -> None:
    row = clinic_world.accepted()
    village = sit_down(chromium, live_server, clinic_world.village_doctor, width=390)
    hospital = sit_down(chromium, live_server, clinic_world.hospital_doctor)
    for page in (village, hospital):
        go(page, "clinic:call", row.public_id)
    for page in (village, hospital):
        page.wait_for_selector("#call[data-now=connected][data-picture]")
        # The picture of the other side is there; how soon it came is for a bench, not for a test.
        assert page.evaluate("document.getElementById('theirs').videoWidth") > 0
    hospital.locator("#leave").click()
    village.wait_for_selector("#call[data-now=waiting]")
    assert village.evaluate("document.getElementById('theirs').srcObject") is None
    village.context.close()
    hospital.context.close()


def test_every_page_passes_axe_and_fits_the_screen(
    chromium: Browser, live_server: Any, clinic_world: World
) -> None:
    row = clinic_world.accepted()
    village = clinic_world.act(clinic_world.village_doctor, clock.now())
    out = io.BytesIO()
    Image.new("RGB", (90, 60), "#caa").save(out, "PNG")
    actions.attach(act=village, case=row.case.public_id, kind="PHOTO", data=out.getvalue())
    actions.answer(
        act=clinic_world.act(clinic_world.hospital_doctor), consultation=row.public_id, text="意见"
    )
    today = clock.today()
    campaign = actions.open_campaign(
        act=village, name="体检", begins_on=today, ends_on=today, residents=1562, residents_source="村委会",
        residents_on=today,
    )  # fmt: skip
    both = [
        ("clinic:case", row.case.public_id),
        ("clinic:consultation", row.public_id),
        ("clinic:call", row.public_id),
    ]
    seen: list[tuple[User, list[tuple[Any, ...]]]] = [
        (
            clinic_world.village_doctor,
            [("clinic:desk",), ("clinic:new_patient",), ("clinic:patient", row.case.patient.public_id), *both,
             ("clinic:campaigns",), ("clinic:campaign", campaign.public_id)],
        ),
        (clinic_world.hospital_doctor, [("clinic:queue",), *both[1:2]]),
        (clinic_world.office, [("clinic:manage",)]),
    ]  # fmt: skip
    troubles: list[tuple[Any, ...]] = []
    for width, language, elder in ((1440, "zh-hans", False), (390, "en", True), (390, "zh-hans", False)):
        for user, addresses in seen:
            page = sit_down(chromium, live_server, user, width=width, language=language, elder=elder)
            for address in addresses:
                go(page, *address)
                found = Axe().run(page).response["violations"]
                troubles += [(address, width, one["id"], one["nodes"][0]["html"][:140]) for one in found]
                if (over := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
                    troubles.append((address, width, "runs over the edge", over))
            page.context.close()
    assert troubles == []
