"""A question finds its office, is answered in time, and its asker has the last word."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from xiangqiao.journal.models import TimelineLine
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.services import actions, queries
from xiangqiao.services.following import Guest, phone_of
from xiangqiao.services.models import Question
from xiangqiao.services.tests.conftest import (
    COUNTY,
    GUEST,
    NOW,
    PHONE,
    TODAY,
    VILLAGE,
    Town,
    act,
    asker,
    viewer,
)
from xiangqiao.services.words import Consent

pytestmark = pytest.mark.django_db
ANSWER = "已核实，工钱本周五前发到您的卡上；没到账请再告诉我们。"


def ask(town: Town, *, by: Any = GUEST, topic: str = "WORK", **more: Any) -> Any:
    return actions.ask(
        act=act(by), asker=asker(**more), topic=topic, title="老板不给工钱", text="做了两个月，还差四千元。"
    )


def follower(question: Question) -> Guest:
    return Guest(follows=frozenset({question.public_id}))


def answered(town: Town) -> Question:
    question: Question = ask(town).question
    actions.accept(act=act(town.labour), question=question)
    actions.answer(act=act(town.labour), question=question, text=ANSWER)
    return question


def test_the_duty_list_names_the_office_and_the_time_limit_counts_working_days(town: Town) -> None:
    question, code = ask(town)
    assert (question.state, question.office, question.due_on) == ("ASSIGNED", town.office, date(2026, 11, 30))
    assert len(code) == 8
    assert queries.followed(Question, phone=PHONE, code=code.lower()) == question
    assert queries.followed(Question, phone="13800000002", code=code) is None
    assert (phone_of(question), question.phone_mask) == (PHONE, "••••01")


def test_the_nearest_duty_wins_and_a_topic_of_nobody_waits_for_the_centre(town: Town) -> None:
    village = actions.put_office(
        act=act(town.centre), name="溪口村委会", role="VILLAGE_CLERK", division_code=VILLAGE
    )
    actions.put_duty(
        act=act(town.centre), topic="WORK", division_code=VILLAGE, office=village, working_days=2, on=TODAY
    )
    assert ask(town).question.office == village
    lost = ask(town, topic="LAND").question
    assert (lost.state, lost.office) == ("RECEIVED", None)
    actions.assign(act=act(town.centre), question=lost, office=town.office)
    assert lost.state == "ASSIGNED"


def test_solved_and_satisfied_are_two_things_and_the_asker_may_open_it_again(town: Town) -> None:
    question = answered(town)
    with pytest.raises(NotAllowed):
        actions.rate(act=act(Guest()), question=question, solved=True, satisfied="YES")
    actions.rate(act=act(follower(question)), question=question, solved=False, satisfied="YES")
    actions.reopen(act=act(follower(question)), question=question, remark="还没到账")
    assert (question.state, question.round) == ("ACCEPTED", 2)
    actions.answer(act=act(town.labour), question=question, text=ANSWER)
    actions.rate(act=act(follower(question)), question=question, solved=True, satisfied="PARTLY")
    said = list(question.answers.order_by("round").values_list("solved", "satisfied"))
    assert said == [(False, "YES"), (True, "PARTLY")]
    totals = queries.question_totals(viewer(town.centre), TODAY)
    assert (totals.asked, totals.answered, totals.solved, totals.rated) == (1, 1, 1, 1)


def test_an_answer_stands_thirty_days_for_opening_again(town: Town) -> None:
    question = answered(town)
    with pytest.raises(ActionError, match="30"):
        actions.reopen(
            act=act(follower(question), NOW + timedelta(days=40)), question=question, remark="还没到账"
        )


def test_another_office_may_not_answer_and_sees_nothing(town: Town, person_in_post: Any) -> None:
    question = ask(town).question
    other = person_in_post("EDUCATION_OFFICE", COUNTY)
    with pytest.raises(NotAllowed):
        actions.accept(act=act(other), question=question)
    assert not Question.objects.visible_to(viewer(other)).exists()
    assert Question.objects.visible_to(viewer(town.labour)).exists()


def test_no_citizen_is_sent_from_door_to_door(town: Town) -> None:
    question = ask(town).question
    for office in (town.centre_office, town.office):
        assert not actions.pass_on(
            act=act(town.centre), question=question, office=office, reason="不归本单位管"
        )
    assert actions.pass_on(
        act=act(town.centre), question=question, office=town.centre_office, reason="也不归本单位"
    )
    assert (question.state, question.office) == ("RECEIVED", None)


def test_a_refusal_says_where_to_go_instead(town: Town) -> None:
    question = ask(town).question
    with pytest.raises(ActionError):
        actions.refuse(act=act(town.labour), question=question, reason="不管")
    actions.refuse(act=act(town.labour), question=question, reason="已立案的请到县法院立案庭问进度")
    assert question.state == "REFUSED"
    actions.reopen(act=act(follower(question)), question=question, remark="没有立案")
    assert question.state == "RECEIVED"


def test_a_keeper_asks_for_a_villager_with_consent_and_the_household_reads_it(town: Town) -> None:
    with pytest.raises(NotAllowed):
        ask(town, by=GUEST, household=town.home.public_id)
    question = ask(town, by=town.keeper, consent=Consent.PRESENT, household=town.home.public_id).question
    assert (question.by, question.consent) == (town.keeper.public_id, "PRESENT")
    actions.accept(act=act(town.labour), question=question)
    actions.answer(act=act(town.labour), question=question, text=ANSWER)
    lines = TimelineLine.objects.filter(household=town.home.public_id).values_list("programme", "sentence")
    assert sorted(lines) == [("SERVICES", "提问得到答复：%(title)s"), ("SERVICES", "提问：%(title)s")]
    assert Question.objects.visible_to(viewer(town.keeper)).get() == question


def test_id_numbers_stay_out_of_texts(town: Town) -> None:
    with pytest.raises(ActionError, match="证件号"):
        actions.ask(
            act=act(GUEST), asker=asker(), topic="WORK", title="补贴", text="身份证 3607 3019 8001 0122 14"
        )


def test_overdue_is_a_total_and_the_second_hand_is_told(town: Town) -> None:
    question = ask(town).question
    stale = Question.objects.get(pk=question.pk)
    actions.accept(act=act(town.labour), question=question)
    with pytest.raises(Conflict):
        actions.accept(act=act(town.labour), question=stale)
    assert queries.question_totals(viewer(town.centre), date(2026, 12, 1)).overdue == 1
    assert queries.question_totals(viewer(town.centre), date(2026, 11, 30)).overdue == 0
