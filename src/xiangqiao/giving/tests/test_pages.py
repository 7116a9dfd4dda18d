"""The pages: the office's way to the board, the donor's way in, the public texts in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from xiangqiao.giving import queries
from xiangqiao.giving.models import Appeal, Gift
from xiangqiao.giving.tests.conftest import COUNTY, GOODS, HOURS, MONEY, VILLAGE, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def soon(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world, with the clock of the pages at its day."""
    from xiangqiao.giving.tests.conftest import NOW
    from xiangqiao.kernel import clock

    monkeypatch.setattr(clock, "now", lambda: NOW)
    return world


def test_an_appeal_goes_from_the_form_to_the_board(soon: World, signed_in: Callable[..., Any]) -> None:
    keeper, office = signed_in("STATION_KEEPER", VILLAGE), signed_in("GIVING_OFFICE", COUNTY)
    given = {
        "household_no": soon.home.household_no, "head_name": soon.home.head_name, "title": "过冬", "story": "缺棉被",
        "kind_1": "GOODS", "what_1": "棉被", "quantity_1": "4", "price_1": "120", "evidence_1": "报价",
        "kind_2": "HOURS", "what_2": "修屋顶", "quantity_2": "10", "price_2": "30", "evidence_2": "木工估",
    }  # fmt: skip
    assert keeper.post("/giving/raise/", given).status_code == 302
    appeal = Appeal.objects.get()
    assert [need.cost_fen for need in appeal.needs.order_by("id")] == [48_000, 30_000]
    where = f"/giving/appeals/{appeal.public_id}/"
    seen = {"step": "verify", "visited_on": "2026-11-19", "notes": "看过", "confirms": "yes"}
    for role, place in (("VILLAGE_CLERK", VILLAGE), ("COUNTY_OFFICE", COUNTY)):
        assert signed_in(role, place).post(where, seen).status_code == 302
    wanted = {
        "step": "publish", "title": "过冬", "text": "一户老人家缺棉被。", "withdraw_on": "2027-01-01",
        "consent_by": "本人", "consent_on": "2026-11-19",
    }  # fmt: skip
    refused = office.post(where, wanted | {"text": "温水生缺棉被，电话 13800138000"})
    assert refused.status_code == 422
    assert "当事人家的姓名" in refused.content.decode()
    assert office.post(where, wanted).status_code == 302
    publication = queries.waiting_publications().get()
    leader = signed_in("TOWNSHIP_LEADER", "360730102000")
    answer = leader.post(f"/giving/approvals/{publication.public_id}/", {"step": "approve"})
    assert answer.status_code == 302
    board = Client().get("/giving/board/").content.decode()
    assert "过冬" in board
    assert "温水生" not in board


def test_a_guest_offers_follows_and_takes_back(soon: World) -> None:
    appeal, guest = soon.opened(), Client()
    need = appeal.needs.get(kind="GOODS")
    where = f"/giving/board/{appeal.case_no}/"
    given = {
        "need": str(need.public_id),
        "amount": "2",
        "value": "240",
        "name": "林女士",
        "phone": "13800138000",
    }
    assert guest.post(where, given | {"phone": "1"}).status_code == 422
    page = guest.post(where, given, follow=True).content.decode()
    code = page.split('id="follow-code">')[1][:11]
    assert code not in guest.get("/giving/board/thanks/").content.decode()
    wanted = {"phone": "138 0013 8000", "code": code}
    assert "棉被 2 件" in guest.post("/giving/board/follow/", wanted).content.decode()
    guest.post("/giving/board/follow/", wanted | {"step": "cancel"})
    assert Gift.objects.get().state == "CANCELLED"
    assert "不对" in guest.post("/giving/board/follow/", wanted | {"code": "AAAAA"}).content.decode()


def test_a_gift_is_matched_carried_and_confirmed_on_its_page(
    soon: World, signed_in: Callable[..., Any]
) -> None:
    appeal = soon.opened()
    donor = signed_in("MEMBER", COUNTY)
    need = appeal.needs.get(kind="HOURS")
    donor.post(
        f"/giving/board/{appeal.case_no}/", {"need": str(need.public_id), "amount": "1.5", "name": "沈"}
    )
    gift = Gift.objects.get()
    where = f"/giving/gifts/{gift.public_id}/"
    office, keeper = signed_in("GIVING_OFFICE", COUNTY), signed_in("STATION_KEEPER", VILLAGE)
    assert office.post(where, {"step": "match", "need": str(need.public_id)}).status_code == 302
    assert keeper.post(where, {"step": "deliver"}).status_code == 302
    assert keeper.post(where, {"step": "confirm"}).status_code == 422
    assert keeper.post(where, {"step": "confirm", "witness": "曾大娘"}).status_code == 302
    gift.refresh_from_db()
    assert (gift.state, gift.amount) == ("CONFIRMED", 90)
    assert "1.5 小时" in Client().get("/giving/board/books/").content.decode()
    assert "沈" not in Client().get("/giving/board/books/").content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_drawn_in_both_languages(
    soon: World, signed_in: Callable[..., Any], language: str
) -> None:
    appeal = soon.opened(wants=[GOODS, HOURS, MONEY])
    gift = soon.delivered(appeal.needs.get(kind="GOODS"), 1)
    soon.proposed(soon.verified())
    waiting = queries.waiting_publications().get()
    client = signed_in("COUNTY_OFFICE", COUNTY)
    client.cookies["django_language"] = language
    paths = [
        "appeals/", f"appeals/{appeal.public_id}/", "gifts/", f"gifts/{gift.public_id}/", "mine/", "raise/", "approvals/",
        f"approvals/{waiting.public_id}/", "initiatives/", "books/", "board/", f"board/{appeal.case_no}/",
        f"board/{appeal.case_no}/qr.svg", f"board/{appeal.case_no}/poster.pdf", "board/feed.xml", "board/offer/",
        "board/follow/", "board/thanks/", "board/books/",
    ]  # fmt: skip
    assert {path: client.get(f"/giving/{path}").status_code for path in paths} == dict.fromkeys(paths, 200)


def test_the_poster_and_the_feed_hold_no_name(soon: World) -> None:
    appeal = soon.opened()
    from xiangqiao.kernel.publication.files import Attachment, parts

    pdf = Client().get(f"/giving/board/{appeal.case_no}/poster.pdf").content
    said = " ".join(part.text for part in parts(Attachment("poster.pdf", pdf)))
    assert "棉被" in said.replace(" ", "")
    assert "温水生" not in said.replace(" ", "")
    feed = Client().get("/giving/board/feed.xml").content.decode()
    assert "<entry>" in feed
    assert "温水生" not in feed
