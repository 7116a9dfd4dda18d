"""The pages of changes: a clerk's way from what happened to a decision, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from xiangqiao.people.models import ChangeRequest, Household, Person
from xiangqiao.people.rules.kinds import FACTS, Kind
from xiangqiao.people.rules.payloads import BankCard, Phone
from xiangqiao.people.tests.changing import Village, make_village

BIRTH = {"name": "甲五", "sex": "MALE", "birth_on": "2020-05-02", "relation": "GRANDSON"}


@pytest.fixture
def village(county: None, person_in_post: Callable[..., Any]) -> Village:
    return make_village(person_in_post)


def signed_in_as(viewer: Any) -> Client:
    client = Client()
    client.force_login(viewer.user)
    return client


def form_of(village: Village, kind: Kind) -> str:
    return reverse("people:ask_change", args=[village.home.public_id, kind.lower()])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_kind_of_change_has_a_form_that_opens(village: Village, language: str) -> None:
    client = signed_in_as(village.clerk)
    client.cookies["django_language"] = language
    choose = client.get(reverse("people:choose_change", args=[village.home.public_id]))
    person = village.person("甲三")
    for kind in set(Kind) - {Kind.REGISTER}:
        if kind == Kind.LIVING or kind in FACTS:
            assert client.get(form_of(village, kind)).status_code == 200
        assert form_of(village, kind) in choose.content.decode()
        answer = client.get(form_of(village, kind), {"person": str(person)})
        assert answer.status_code == 200, kind
        assert "<form" in answer.content.decode()
    assert client.get(reverse("people:register_household")).status_code == 200


def test_a_birth_is_entered_shown_and_undone(village: Village) -> None:
    client = signed_in_as(village.clerk)
    answer = client.post(form_of(village, Kind.BIRTH), BIRTH, follow=True)
    shown = answer.content.decode()
    assert "甲五" in shown
    assert "2020年5月2日" in shown
    done = ChangeRequest.objects.get()
    answer = client.post(
        reverse("people:undo_change", args=[done.public_id]), {"reason": "弄错了"}, follow=True
    )
    assert "已撤销" in answer.content.decode()
    assert not Person.objects.filter(name="甲五").exists()


def test_what_is_wrong_stands_at_its_field_in_the_language_of_the_clerk(village: Village) -> None:
    client = signed_in_as(village.clerk)
    wrong = {**BIRTH, "sex": "FEMALE", "id_number": "123"}
    answer = client.post(form_of(village, Kind.BIRTH), wrong)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"relation", "id_number"}
    client.cookies["django_language"] = "en"
    assert "18 characters" in client.post(form_of(village, Kind.BIRTH), wrong).content.decode()


def test_a_possible_double_asks_for_a_reason_and_names_the_village_masked(village: Village) -> None:
    client = signed_in_as(village.clerk)
    twin = {
        "name": "乙一",
        "sex": "FEMALE",
        "birth_on": "1960-03-04",
        "on": "2020-05-02",
        "relation": "OTHER",
    }
    first = client.post(form_of(village, Kind.MOVE_IN), twin)
    assert first.status_code == 422
    assert "石陂镇上坪村 乙*" in first.content.decode()
    second = client.post(form_of(village, Kind.MOVE_IN), twin | {"confirmed": "同名"})
    assert second.status_code == 302


def test_the_second_clerk_sees_what_is_there_and_what_he_typed_and_may_insist(village: Village) -> None:
    first, second = signed_in_as(village.clerk), signed_in_as(village.second)
    living = form_of(village, Kind.LIVING)
    seen = second.get(living).context["seen"]
    first.post(living, {"house_area_m2": "100"})
    late = second.post(living, {"house_area_m2": "120", "seen": seen})
    assert late.status_code == 409
    assert [(one.old, one.new) for one in late.context["differences"]] == [("100", "120")]
    again = second.post(living, {"house_area_m2": "120", "seen": late.context["seen"]})
    assert again.status_code == 302


def test_a_request_is_approved_on_its_page_by_the_township(village: Village) -> None:
    asked = village.ask(Kind.BANK_CARD, BankCard("邮储银行", "6217000010001234569"))
    leader = signed_in_as(village.leader)
    listed = leader.get(reverse("people:changes"))
    assert [tab.count for tab in listed.context["tabs"]] == [1, None, None]
    page = reverse("people:change", args=[asked.public_id])
    assert "••••69" in leader.get(page).content.decode()
    decide = reverse("people:decide_change", args=[asked.public_id])
    assert leader.post(decide, {"decision": "reject"}).status_code == 422
    assert leader.post(decide, {"decision": "approve"}).status_code == 302
    asked.refresh_from_db()
    assert asked.state == "APPLIED"


def test_a_complete_number_is_shown_once_with_a_reason_and_never_without(village: Village) -> None:
    client = signed_in_as(village.clerk)
    address = reverse("people:reveal", args=[village.home.public_id])
    assert client.post(address, {"number": "bank_card"}).status_code == 422
    answer = client.post(address, {"number": "bank_card", "reason": "核对银行卡"})
    assert "6222020200112230" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_a_list_of_fifty_changes_costs_few_queries(
    village: Village, django_assert_max_num_queries: Any
) -> None:
    client = signed_in_as(village.clerk)
    home = Household.objects.get(pk=village.home.pk)
    for number in range(50):
        village.ask(Kind.PHONE, _phone(number), home=home)
    client.get(reverse("people:changes"))
    with django_assert_max_num_queries(16):
        client.get(reverse("people:changes"))
    with django_assert_max_num_queries(22):
        client.get(form_of(village, Kind.LIVING))


def _phone(number: int) -> Any:
    return Phone(f"138001380{number:02d}")
