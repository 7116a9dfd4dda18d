"""Boards show what a second person let out, until it expires; they match, and seats are given once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.kernel.publication import LeakFound
from xiangqiao.services import actions, published, queries
from xiangqiao.services.following import Guest
from xiangqiao.services.models import Applicant, Course, Listing, Vacancy
from xiangqiao.services.tests.conftest import COUNTY, GUEST, NOW, TODAY, Town, act, asker, viewer

pytestmark = pytest.mark.django_db


def goods(
    town: Town, kind: str = "OFFER", *, by: Any = None, kg: int = 500, note: str = "", **more: Any
) -> Listing:
    return actions.list_goods(
        act=act(by or town.member), asker=asker(asker=town.member.public_id, **more), kind=kind, crop="NAVEL_ORANGE",
        grams=kg * 1000, valid_from=TODAY, valid_to=TODAY + timedelta(days=30), price_fen_per_kg=500, note=note,
    ).listing  # fmt: skip


def job(town: Town, places: int = 10) -> Vacancy:
    return actions.offer_job(
        act=act(town.centre), division_code=COUNTY, valid_from=TODAY, valid_to=TODAY + timedelta(days=20),
        title="电子厂普工", employer="示例电子公司", employer_checked="看过营业执照，无欠薪记录", where="东莞",
        wage_from_fen=450_000, wage_to_fen=600_000, period="MONTH", places=places,
    )  # fmt: skip


def course(town: Town, seats: int = 2) -> Course:
    return actions.plan_course(
        act=act(town.centre), division_code=COUNTY, seats=seats, apply_until=TODAY + timedelta(days=5),
        title="脐橙修剪", about="冬季修剪与清园", teacher="赖师傅", organiser="县果业局", place="溪口村村部",
    )  # fmt: skip


def test_an_entry_is_public_after_a_second_person_and_gone_when_it_expires(town: Town) -> None:
    row = goods(town)
    notice = actions.submit_out(act=act(town.member), row=row)
    assert queries.goods_board(published.GOODS.code, NOW) == []
    with pytest.raises(NotAllowed):
        actions.approve_out(act=act(town.member), publication=notice)
    actions.approve_out(act=act(town.centre), publication=notice)
    (seen,) = queries.goods_board(published.GOODS.code, NOW)
    assert (seen.row["kilograms"], seen.row["township"], "廖水生" in str(seen.row)) == (500, "梅江镇", False)
    assert queries.goods_board(published.GOODS.code, NOW + timedelta(days=30)) == []
    actions.settle(act=act(town.member), listing=row, grams=480_000, total_fen=240_000)
    assert queries.goods_board(published.GOODS.code, NOW) == []


def test_phones_and_names_in_a_note_are_refused(town: Town) -> None:
    for note in ("电话 13800000001", "找廖水生"):
        with pytest.raises(LeakFound):
            actions.submit_out(act=act(town.member), row=goods(town, note=note))


def test_an_answered_question_goes_out_only_when_its_asker_agreed(town: Town) -> None:
    def asked(*, agreed: bool) -> Any:
        found = actions.ask(
            act=act(GUEST), asker=asker(), topic="WORK", title="工钱", text="还差四千元", may_publish=agreed
        ).question
        actions.accept(act=act(town.labour), question=found)
        actions.answer(act=act(town.labour), question=found, text="已经协调，本周五前发放工资。")
        return found

    words: dict[str, Any] = {
        "title": "工钱没发怎么办",
        "text": "老板欠工钱，找谁？",
        "answer": "找县人社局劳动监察，带上工资条。",
    }
    with pytest.raises(ActionError, match="没有同意"):
        actions.submit_question(act=act(town.labour), question=asked(agreed=False), **words)
    notice = actions.submit_question(act=act(town.labour), question=asked(agreed=True), **words)
    actions.approve_out(act=act(town.centre), publication=notice)
    assert queries.goods_board(published.QUESTION.code, NOW)[0].row["office"] == "县人社局"


def test_offers_find_demands_and_only_the_poster_sees_who_replied(town: Town) -> None:
    offer, want = goods(town), goods(town, "WANT", kg=400)
    found = queries.matches_of(offer, TODAY)
    assert [(row, pair.score > 60) for row, pair in found] == [(want, True)]
    actions.reply_to(act=act(GUEST), listing=offer, name="林先生", phone="13900000002", text="想要四百公斤")
    assert not Listing.objects.visible_to(viewer(town.labour)).exists()
    assert Listing.objects.visible_to(viewer(town.member)).count() == 2


def test_entries_live_ninety_days_at_most(town: Town) -> None:
    with pytest.raises(ActionError, match="90"):
        actions.list_goods(
            act=act(GUEST), asker=asker(), kind="OFFER", crop="RICE", grams=1, valid_from=TODAY,
            valid_to=TODAY + timedelta(days=91),
        )  # fmt: skip


def test_workers_go_together_arrive_and_are_asked_again_after_three_months(town: Town) -> None:
    vacancy = job(town)
    bus = actions.plan_bus(
        act=act(town.centre),
        vacancy=vacancy,
        leaves_on=date(2026, 12, 1),
        meet_at="县汽车站",
        bus="赣B·甲车",
        seats=1,
    )
    first, _code = actions.want_job(act=act(GUEST), asker=asker(), vacancy=vacancy)
    with pytest.raises(ActionError, match="已经报过名"):
        actions.want_job(act=act(GUEST), asker=asker(), vacancy=vacancy)
    second, _code = actions.want_job(act=act(GUEST), asker=asker(phone="13800000009"), vacancy=vacancy)
    actions.seat_worker(act=act(town.centre), group=bus, applicant=first)
    with pytest.raises(Conflict):
        actions.seat_worker(act=act(town.centre), group=bus, applicant=second)
    actions.note_arrival(
        act=act(town.centre), applicant=Applicant.objects.get(pk=first.pk), arrived=False, on=TODAY
    )
    actions.seat_worker(act=act(town.centre), group=bus, applicant=second)
    second.refresh_from_db()
    actions.note_arrival(act=act(town.centre), applicant=second, arrived=True, on=date(2026, 12, 1))
    actions.follow_up(act=act(town.centre, NOW + timedelta(days=100)), applicant=second, still_working=True)
    assert queries.transfer_totals() == {"applied": 2, "seated": 2, "arrived": 1, "asked": 1, "working": 1}


def test_an_employer_nobody_checked_gets_no_place_on_the_board(town: Town) -> None:
    with pytest.raises(ActionError, match="核实"):
        actions.offer_job(
            act=act(town.centre), division_code=COUNTY, valid_from=TODAY, valid_to=TODAY, title="x", employer="y",
            employer_checked=" ", where="z", wage_from_fen=1, wage_to_fen=1, places=1,
        )  # fmt: skip


def test_a_seat_given_back_is_free_again_and_attendance_is_per_day(town: Town) -> None:
    one = course(town, seats=1)
    day = actions.add_day(act=act(town.centre), course=one, on=date(2026, 11, 29), hours="9:00–11:30")
    first, _code = actions.enrol(act=act(GUEST), asker=asker(), course=one)
    with pytest.raises(Conflict):
        actions.enrol(act=act(GUEST), asker=asker(name="钟某", phone="13800000003"), course=one)
    actions.cancel_seat(act=act(Guest(follows=frozenset({first.public_id}))), enrolment=first)
    second, _code = actions.enrol(
        act=act(town.clerk), asker=asker(name="钟某", phone="13800000003"), course=one
    )
    actions.hold_day(act=act(town.centre), day=day, came={second.pk})
    assert list(day.presences.values_list("enrolment", "came")) == [(second.pk, True)]
