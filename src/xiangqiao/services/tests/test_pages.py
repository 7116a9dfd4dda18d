"""Every page of the services opens for whom it is meant, in both languages, and does what its button says."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from xiangqiao.kernel import clock
from xiangqiao.services import actions
from xiangqiao.services.models import AgentOrder, Application, Listing, Question
from xiangqiao.services.tests.conftest import COUNTY, PHONE, VILLAGE, Town, act, asker

pytestmark = pytest.mark.django_db


def signed(user: Any, language: str = "zh-hans") -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = language
    return client


def filled(town: Town) -> dict[str, Any]:
    """Put one of each thing on the boards, let out by a second person."""
    now = clock.now()
    today = clock.today()
    centre = act(town.centre, now)
    job = actions.post_job(
        act=centre, division_code=COUNTY, valid_from=today, valid_to=today + timedelta(days=20), title="普工",
        employer="示例厂", employer_checked="看过营业执照", where="东莞", wage_from_fen=450_000, wage_to_fen=600_000,
        period="MONTH", places=9, wants="", travel_grant_fen=0,
    )  # fmt: skip
    course = actions.post_course(
        act=centre, division_code=COUNTY, seats=5, apply_until=today + timedelta(days=5), title="脐橙修剪",
        days=[(today + timedelta(days=7), "9:00")], about="冬剪", teacher="赖师傅", organiser="县果业局", place="村部",
    )  # fmt: skip
    goods = actions.post_goods(
        act=act(town.member, now), asker=asker(asker=town.member.public_id), kind="OFFER", crop="RICE", grams=500_000,
        valid_from=today, valid_to=today + timedelta(days=9),
    ).listing  # fmt: skip
    law = actions.put_law(
        act=centre, title="保障农民工工资支付条例", valid_from=today, kind="REGULATION", issuer="国务院", summary="按月发",
        source="国务院公报",
    )  # fmt: skip
    for row in (job, course, goods):
        actions.approve_out(act=act(town.second, now), publication=actions.publishing.notice_of(row))
    return {"job": job, "course": course, "goods": goods, "law": law}


def test_public_pages_open_for_everybody_in_both_languages(town: Town) -> None:
    made = filled(town)
    names = ("ask", "follow", "answers", "catalogue", "goods", "post_goods", "jobs", "courses", "laws")
    paths = [reverse(f"services:{name}") for name in names]
    paths += [
        reverse("services:matter", args=["planting-grant"]),
        reverse("services:law", args=[made["law"].public_id]),
    ]
    paths += [
        reverse(f"services:{name}", args=[made[key].public_id])
        for name, key in (("entry", "goods"), ("job", "job"), ("course", "course"))
    ]
    for language in ("zh-hans", "en"):
        client = Client()
        client.cookies["django_language"] = language
        assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
    assert (
        "500 公斤"
        in Client(headers={"accept-language": "zh-hans"}).get(reverse("services:goods")).content.decode()
    )
    assert PHONE not in Client().get(reverse("services:goods")).content.decode()


def test_a_guest_asks_follows_by_code_and_rates(town: Town) -> None:
    client = Client()
    answer = client.post(
        reverse("services:ask"),
        {
            "topic": "WORK",
            "title": "工钱",
            "text": "差四千元",
            "division": VILLAGE,
            "name": "廖某",
            "phone": PHONE,
        },
    )
    question = Question.objects.get()
    assert answer["Location"] == reverse("services:own_question", args=[question.public_id])
    code = re.search(r"follow-code strong\">(\w{8})<", client.get(answer["Location"]).content.decode())
    assert code is not None
    assert "follow-code" not in client.get(answer["Location"]).content.decode()
    other = Client()
    assert other.get(answer["Location"])["Location"] == reverse("services:follow")
    assert other.post(reverse("services:follow"), {"phone": PHONE, "code": "AAAAAAAA"}).status_code == 422
    assert (
        other.post(reverse("services:follow"), {"phone": PHONE, "code": code[1]})["Location"]
        == answer["Location"]
    )
    office = signed(town.labour)
    desk = reverse("services:question", args=[question.public_id])
    assert office.post(desk, {"step": "accept"}).status_code == 302
    assert office.post(desk, {"step": "answer", "answer-text": "已协调，本周五前发放。"}).status_code == 302
    said = reverse("services:question_said", args=[question.public_id])
    other.post(said, {"step": "rate", "rate-solved": "no", "rate-satisfied": "YES"})
    other.post(said, {"step": "reopen", "reopen-remark": "还没到账"})
    question.refresh_from_db()
    assert (question.state, question.round) == ("ACCEPTED", 2)


def test_the_office_opens_its_pages_and_the_centre_all(town: Town) -> None:
    made = filled(town)
    for language in ("zh-hans", "en"):
        centre = signed(town.centre, language)
        for name in (
            "desk",
            "questions",
            "applications",
            "duties",
            "boards",
            "new_job",
            "new_course",
            "ask_for",
            "mine",
            "paid",
        ):
            assert centre.get(reverse(f"services:{name}")).status_code == 200, name
        assert centre.get(reverse("services:workers", args=[made["job"].public_id])).status_code == 200
        assert centre.get(reverse("services:roll", args=[made["course"].public_id])).status_code == 200


def test_a_keeper_takes_cash_and_prints_the_receipt(town: Town) -> None:
    keeper = signed(town.keeper)
    assert keeper.post(reverse("services:drawer"), {"step": "open", "open-opening": "200"}).status_code == 302
    sent = {
        "errand": "ELECTRICITY",
        "payee": "县供电公司",
        "customer": "廖大爷",
        "amount": "86.50",
        "cash": "100",
    }
    answer = keeper.post(reverse("services:counter"), sent)
    order = AgentOrder.objects.get()
    assert answer["Location"] == reverse("services:errand", args=[order.public_id])
    assert "13.50" in keeper.get(answer["Location"]).content.decode()
    keeper.post(answer["Location"], {"step": "fail", "fail-reason": "系统维护"})
    assert (
        "没办成，已退款" in keeper.get(reverse("services:receipt", args=[order.public_id])).content.decode()
    )
    keeper.post(reverse("services:drawer"), {"step": "close", "close-counted": "200"})
    assert "今天已经盘点关账" in keeper.get(reverse("services:counter")).content.decode()


def test_an_application_is_handed_in_and_decided_on_pages(town: Town) -> None:
    client, office = Client(), signed(town.labour)
    sent = {"area": "6", "papers": "身份证", "division": VILLAGE, "name": "廖某", "phone": PHONE}
    own = client.post(reverse("services:matter", args=["planting-grant"]), sent)["Location"]
    row = Application.objects.get()
    desk = reverse("services:application", args=[row.public_id])
    assert office.get(desk).status_code == 200
    office.post(desk, {"step": "want", "want-reason": "缺合同"})
    assert "缺合同" in client.get(own).content.decode()
    client.post(own, {"papers": "土地承包合同"})
    office.post(desk, {"step": "decide", "decide-granted": "yes", "decide-reason": "符合"})
    row.refresh_from_db()
    assert (row.state, row.papers_have) == ("GRANTED", ["身份证", "土地承包合同"])


def test_goods_are_posted_answered_and_settled_on_pages(town: Town) -> None:
    client = signed(town.member)
    until = clock.today() + timedelta(days=20)
    sent = {
        "kind": "OFFER",
        "crop": "RICE",
        "kilograms": "300",
        "valid_to": until,
        "division": VILLAGE,
        "name": "廖某",
    }
    assert client.post(reverse("services:post_goods"), {**sent, "note": "电话13800000001"}).status_code == 422
    own = client.post(reverse("services:post_goods"), sent)["Location"]
    row = Listing.objects.get()
    centre = signed(town.centre)
    assert "300" in centre.get(reverse("services:desk")).content.decode()
    centre.post(reverse("services:notice", args=[row.notice]), {"step": "approve"})
    entry = reverse("services:entry", args=[row.public_id])
    Client().post(entry, {"name": "林先生", "phone": "13900000002", "text": "都要"})
    assert "13900000002" in client.get(own).content.decode()
    client.post(own, {"step": "settle", "kilograms": "300", "total": "1500"})
    assert Client().get(entry).status_code == 404


def test_a_clerk_takes_over_what_came_in_a_wechat_group(town: Town) -> None:
    clerk = signed(town.clerk)
    sent = {
        "channel": "GROUP", "source_note": "溪口村民群 11月20日", "consent": "PHONE", "topic": "ROAD", "title": "路灯坏了",
        "text": "村口路灯三天不亮", "division": VILLAGE, "household_no": "3607301001", "head_name": "廖水生",
    }  # fmt: skip
    assert clerk.post(reverse("services:ask_for"), sent).status_code == 302
    row = Question.objects.get()
    assert (row.channel, row.source_note, row.household) == (
        "GROUP",
        "溪口村民群 11月20日",
        town.home.public_id,
    )


def test_buses_and_roll_calls_are_kept_on_pages(town: Town, signed_in: Callable[..., Any]) -> None:
    made, centre = filled(town), signed(town.centre)
    person = {"division": VILLAGE, "name": "钟某", "phone": PHONE}
    Client().post(reverse("services:job", args=[made["job"].public_id]), person)
    Client().post(reverse("services:course", args=[made["course"].public_id]), person)
    workers = reverse("services:workers", args=[made["job"].public_id])
    bus = {"step": "bus", "leaves_on": clock.today(), "meet_at": "车站", "bus": "甲车", "seats": "5"}
    assert centre.post(workers, bus).status_code == 302
    who, group = made["job"].applicants.get(), made["job"].groups.get()
    for step in ("seat", "arrive", "working"):
        centre.post(workers, {"step": step, "person": who.public_id, "group": group.public_id})
    who.refresh_from_db()
    assert who.state == "WORKING"
    day, seat = made["course"].days.get(), made["course"].enrolments.get()
    centre.post(
        reverse("services:roll", args=[made["course"].public_id]),
        {"day": day.public_id, "came": seat.public_id},
    )
    assert seat.presences.get().came
