"""Eight at once, on either database: one winner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from xiangqiao.kernel.keyring import create_keys
from xiangqiao.kernel.tests.hands import HANDS, at_once
from xiangqiao.services import actions
from xiangqiao.services.models import (
    AgentOrder,
    Answer,
    Applicant,
    Application,
    Course,
    DrawerDay,
    Question,
    TransferGroup,
)
from xiangqiao.services.tests.conftest import COUNTY, GUEST, TODAY, VILLAGE, Town, act, asker, make_town


@pytest.fixture
def town(transactional_db: None, person_in_post: Callable[..., Any]) -> Town:
    create_keys()
    return make_town(person_in_post)


def test_of_eight_who_send_an_answer_one_is_done(town: Town) -> None:
    question = actions.ask(
        act=act(GUEST), asker=asker(), topic="WORK", title="工钱", text="还差四千元"
    ).question
    actions.accept(act=act(town.labour), question=question)

    def hand(number: int) -> None:
        row = Question.objects.get(pk=question.pk)
        actions.answer(act=act(town.labour), question=row, text=f"第 {number} 个人的答复：本周五发放工资。")

    told = at_once(hand)
    assert told["done"] == 1
    assert set(told) <= {"done", "record.conflict", "services.step", "services.answered"}
    assert Answer.objects.count() == 1


def test_of_eight_who_collect_with_one_code_one_gets_it(town: Town) -> None:
    row, code = actions.apply_for(
        act=act(GUEST), asker=asker(), matter=town.matter, entries={"area": "6"}, papers=[]
    )
    actions.decide(act=act(town.labour), application=row, granted=True, reason="符合条件")

    def hand(_number: int) -> None:
        actions.collect(act=act(town.labour), application=Application.objects.get(pk=row.pk), code=code)

    assert at_once(hand)["done"] == 1


def test_the_last_seat_on_the_bus_goes_to_one_of_eight(town: Town) -> None:
    vacancy = actions.offer_job(
        act=act(town.centre), division_code=COUNTY, valid_from=TODAY, valid_to=TODAY + timedelta(days=9), title="普工",
        employer="某厂", employer_checked="看过执照", where="东莞", wage_from_fen=1, wage_to_fen=2, places=9,
    )  # fmt: skip
    bus = actions.plan_bus(
        act=act(town.centre), vacancy=vacancy, leaves_on=TODAY, meet_at="车站", bus="甲", seats=1
    )
    people = [
        actions.want_job(act=act(GUEST), asker=asker(phone=f"1380000100{n}"), vacancy=vacancy)[0]
        for n in range(HANDS)
    ]
    told = at_once(lambda n: actions.seat_worker(act=act(town.centre), group=bus, applicant=people[n]))
    assert told == {"done": 1, "services.bus_full": HANDS - 1}
    assert (TransferGroup.objects.get().taken, Applicant.objects.filter(state="SEATED").count()) == (1, 1)


def test_the_last_seat_in_a_course_goes_to_one_of_eight(town: Town) -> None:
    course = actions.plan_course(
        act=act(town.centre), division_code=COUNTY, seats=1, apply_until=TODAY + timedelta(days=3), title="修剪",
        about="冬剪", teacher="赖师傅", organiser="县果业局", place="村部",
    )  # fmt: skip
    told = at_once(
        lambda n: actions.enrol(
            act=act(GUEST), asker=asker(name=f"甲{n}", phone=f"1380000100{n}"), course=course
        )
    )
    assert told == {"done": 1, "services.course_full": HANDS - 1}
    assert Course.objects.get().taken == 1


def test_eight_first_errands_of_the_day_share_one_drawer(town: Town) -> None:
    told = at_once(
        lambda n: actions.take_order(
            act=act(town.keeper), division_code=VILLAGE, errand="ELECTRICITY", payee="县供电公司",
            customer=f"顾客{n}", amount_fen=1_000, cash_fen=1_000, account=f"07971234567{n}",
        )
    )  # fmt: skip
    assert set(told) <= {"done", "services.drawer_busy", "record.conflict"}
    assert (AgentOrder.objects.count(), DrawerDay.objects.count()) == (told["done"], 1)
