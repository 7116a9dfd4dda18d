"""Certificates, land and income are corrected with approval; what waits is not asked for twice; what came back opens filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from xiangqiao.kernel.audit import verify
from xiangqiao.kernel.errors import ActionError, NotAllowed
from xiangqiao.ledger.queries import yearly_projection
from xiangqiao.people.actions.approvals import approve_change, return_change
from xiangqiao.people.actions.changes import ChangeRefused
from xiangqiao.people.actions.undoing import undo_change
from xiangqiao.people.models import ChangeRequest, HouseholdYear, Person
from xiangqiao.people.rules.kinds import Kind
from xiangqiao.people.rules.payloads import BankCard, Corrected, Disability, IdNumber
from xiangqiao.people.secrets import opened
from xiangqiao.people.tests.changing import Village, act, make_village
from xq_engine.identity import check_character

CARD = "6217000010001234569"


@pytest.fixture
def village(county: None, person_in_post: Callable[..., Any]) -> Village:
    return make_village(person_in_post)


def certificate(birth: str = "19950304", *, male: bool = True, tail: str = "43") -> str:
    first = f"369999{birth}00{1 if male else 2}"
    return first + check_character(first) + tail


def approved(village: Village, asked: ChangeRequest) -> ChangeRequest:
    return approve_change(act=act(village.leader), request=asked.public_id)


def unproved() -> list[str]:
    """What the log does not account for; the people in posts came without it."""
    return [one.subject for one in verify().findings if not one.subject.startswith("accounts.")]


def fields(refusal: pytest.ExceptionInfo[ChangeRefused]) -> set[tuple[str, str]]:
    return {(one.field, one.code) for one in refusal.value.faults}


def test_a_disability_certificate_is_approved_read_and_undone(village: Village) -> None:
    someone = village.person("甲三")
    asked = village.ask(Kind.DISABILITY, Disability(someone, certificate()))
    assert (asked.state, asked.step, Person.objects.get(public_id=someone).disability_no_mask) == (
        "SUBMITTED",
        "TOWNSHIP",
        "",
    )
    assert certificate() not in str(asked.payload)
    done = approved(village, asked)
    person = Person.objects.get(public_id=someone)
    assert (person.disability_type, person.disability_level) == (4, 3)
    assert opened("disability_no", person) == certificate()
    gone = village.ask(Kind.DISABILITY, Disability(someone, ""))
    gone = approved(village, gone)
    assert Person.objects.get(public_id=someone).disability_level is None
    undo_change(act=act(village.leader, "还有效"), request=gone.public_id)
    assert opened("disability_no", Person.objects.get(public_id=someone)) == certificate()
    undo_change(act=act(village.leader, "抄错人"), request=done.public_id)
    assert Person.objects.get(public_id=someone).disability_no_hash == ""
    assert unproved() == []


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (certificate()[:-1], "certificate_length"),
        (certificate(tail="93"), "certificate_wrong"),
        (certificate("19960304"), "id_birth_differs"),
        (certificate(male=False), "id_sex_differs"),
    ],
)
def test_a_wrong_certificate_is_refused_at_its_field(village: Village, number: str, code: str) -> None:
    with pytest.raises(ChangeRefused) as refusal:
        village.ask(Kind.DISABILITY, Disability(village.person("甲三"), number))
    assert ("disability_no", code) in fields(refusal)


def test_a_certificate_begins_with_the_holders_own_number_and_has_one_holder(village: Village) -> None:
    someone = village.person("甲三")
    first = "36999919950304003"
    other_number = first + check_character(first)
    approved(village, village.ask(Kind.ID_NUMBER, IdNumber(someone, other_number)))
    with pytest.raises(ChangeRefused) as refusal:
        village.ask(Kind.DISABILITY, Disability(someone, certificate()))
    assert fields(refusal) == {("disability_no", "certificate_differs")}
    approved(village, village.ask(Kind.DISABILITY, Disability(someone, other_number + "21")))
    wife = Person.objects.get(name="甲四")
    Person.objects.filter(pk=wife.pk).update(birth_on=date(1995, 3, 4), sex="MALE")
    with pytest.raises(ChangeRefused) as refusal:
        village.ask(Kind.DISABILITY, Disability(wife.public_id, other_number + "21"))
    assert fields(refusal) == {("disability_no", "certificate_taken")}


def test_land_waits_for_the_township(village: Village) -> None:
    asked = village.ask(Kind.LAND, Corrected({"land_arable": 350}, None, 2019))
    assert HouseholdYear.objects.get(household=village.home).land_arable is None
    with pytest.raises(NotAllowed):
        approve_change(act=act(village.second), request=asked.public_id)
    approved(village, asked)
    assert HouseholdYear.objects.get(household=village.home).land_arable == 350


def income(village: Village, year: int = 2019) -> dict[str, int]:
    own = str(village.home.public_id)
    return {line: of[own] for line, of in yearly_projection(year, owners=[village.home.public_id]).items()}


def test_income_is_corrected_in_the_ledger_and_undone(village: Village) -> None:
    first = village.ask(Kind.INCOME, Corrected({"income_wage_fen": 1_200_000}, None, 2019))
    assert income(village) == {}
    first = approved(village, first)
    second = approved(
        village,
        village.ask(Kind.INCOME, Corrected({"income_wage_fen": 0, "cost_business_fen": 5_000}, None, 2019)),
    )
    assert income(village) == {"income_wage_fen": 0, "cost_business_fen": 5_000}
    with pytest.raises(ActionError, match="又改过同一处"):
        undo_change(act=act(village.leader, "弄错了"), request=first.public_id)
    undo_change(act=act(village.leader, "弄错了"), request=second.public_id)
    assert income(village) == {"income_wage_fen": 1_200_000}
    undo_change(act=act(village.leader, "弄错了"), request=first.public_id)
    assert (income(village), unproved()) == ({}, [])


@pytest.mark.parametrize(("value", "code"), [(None, "income_cleared"), (-1, "number"), (10**12, "number")])
def test_an_income_that_cannot_be_is_refused_at_its_field(
    village: Village, value: int | None, code: str
) -> None:
    with pytest.raises(ChangeRefused) as refusal:
        village.ask(Kind.INCOME, Corrected({"income_wage_fen": value}, None, 2019))
    assert fields(refusal) == {("income_wage_fen", code)}


def test_what_waits_is_not_asked_for_a_second_time(village: Village) -> None:
    first = village.ask(Kind.BANK_CARD, BankCard("邮储", CARD))
    with pytest.raises(ActionError, match="已经提过同样的变更"):
        village.ask(Kind.BANK_CARD, BankCard("农商行", CARD), by=village.second)
    village.ask(Kind.DIBAO, Corrected({"dibao": True}, village.person("甲三"), 2019))
    with pytest.raises(ActionError, match="已经提过同样的变更"):
        village.ask(Kind.DIBAO, Corrected({"dibao": False}, village.person("甲三"), 2019))
    village.ask(Kind.DIBAO, Corrected({"dibao": True}, village.person("甲四"), 2019))
    village.ask(Kind.BANK_CARD, BankCard("邮储", ""), home=village.other)
    return_change(act=act(village.leader, "卡号看不清"), request=first.public_id)
    assert village.ask(Kind.BANK_CARD, BankCard("邮储", CARD)).state == "SUBMITTED"


def test_what_came_back_opens_with_what_was_asked(village: Village) -> None:
    client = Client()
    client.force_login(village.clerk.user)
    person = village.person("甲三")
    wanted = {
        Kind.INCOME: (Corrected({"income_wage_fen": 1_234_500}, None, 2019), ['value="12345']),
        Kind.DIBAO: (Corrected({"dibao": True}, person, 2019), ['value="yes" selected']),
        Kind.BANK_CARD: (BankCard("邮储银行", CARD), ['value="邮储银行"']),
    }
    for kind, (payload, shown) in wanted.items():
        asked = village.ask(kind, payload)
        return_change(act=act(village.leader, "请附证明"), request=asked.public_id)
        page = client.get(reverse("people:change", args=[asked.public_id])).content.decode()
        address = page.partition(f"/change/{kind.lower()}/?")[2].partition('"')[0].replace("&amp;", "&")
        form = client.get(
            f"{reverse('people:ask_change', args=[village.home.public_id, kind.lower()])}?{address}"
        )
        assert all(one in form.content.decode() for one in shown), kind
        assert CARD not in form.content.decode()


def test_the_pages_of_a_certificate_and_an_income_say_what_changes(village: Village) -> None:
    client = Client()
    client.force_login(village.clerk.user)

    def told(asked: ChangeRequest) -> str:
        return client.get(reverse("people:change", args=[asked.public_id])).content.decode()

    shown = told(village.ask(Kind.INCOME, Corrected({"income_wage_fen": 1_200_000}, None, 2019)))
    assert ["工资性收入" in shown, "12,000.00 元" in shown, "owner" in shown] == [True, True, False]
    someone: UUID = village.person("甲三")
    shown = told(village.ask(Kind.DISABILITY, Disability(someone, certificate())))
    assert ["残疾证号" in shown, "残疾等级" in shown, certificate() in shown] == [True, True, False]
