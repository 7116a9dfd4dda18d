"""What a change on any day promises, at the actions' interface."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from xiangqiao.accounts.actions.grants import grant
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel.audit import verify
from xiangqiao.kernel.bus import subscribe, unsubscribe
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.kernel.models import Change, Event
from xiangqiao.kernel.record import recording
from xiangqiao.people.actions.approvals import approve_change, reject_change, return_change
from xiangqiao.people.actions.changes import ChangeRefused, MayBeDouble
from xiangqiao.people.actions.undoing import CannotUndo, undo_change
from xiangqiao.people.events import HouseholdClosed, MemberLeft
from xiangqiao.people.models import ChangeRequest, Household, HouseholdYear, Membership, Person, PersonYear
from xiangqiao.people.rules.kinds import Kind
from xiangqiao.people.rules.payloads import (
    BankCard,
    Close,
    Corrected,
    IdNumber,
    Joining,
    Leaving,
    Merge,
    Move,
    NewHead,
    Phone,
    Register,
    Split,
)
from xiangqiao.people.secrets import opened
from xiangqiao.people.tests.changing import (
    OTHER_VILLAGE,
    TODAY,
    VILLAGE,
    Village,
    act,
    make_home,
    make_village,
    sound,
)

State = ChangeRequest.State
BABY = Joining(
    name="甲五", sex="FEMALE", birth_on=date(2020, 5, 2), relation="GRANDDAUGHTER", on=date(2020, 5, 2)
)
CARD = "6217000010001234569"


@pytest.fixture
def village(county: None, person_in_post: Callable[..., Any]) -> Village:
    return make_village(person_in_post)


def fields(refusal: pytest.ExceptionInfo[ChangeRefused]) -> set[tuple[str, str]]:
    return {(fault.field, fault.code) for fault in refusal.value.faults}


def test_a_birth_applies_at_once_is_recorded_and_keeps_size_and_initials(village: Village) -> None:
    done = village.ask(Kind.BIRTH, BABY)
    assert done.state == State.APPLIED
    assert Household.objects.get(pk=village.home.pk).size == 5
    assert Person.objects.get(name="甲五").name_pinyin == "jw"
    event = Event.objects.get(public_id__in=[done.event])
    assert (event.kind, event.subject) == ("people.member_born", village.home.public_id)
    sound()


def test_pressing_twice_is_once(village: Village) -> None:
    key = uuid4()
    first, second = (village.ask(Kind.BIRTH, BABY, key=key) for _ in range(2))
    assert first.pk == second.pk
    assert Person.objects.filter(name="甲五").count() == 1


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"birth_on": date(2020, 7, 1), "on": date(2020, 7, 1)}, ("birth_on", "future")),
        ({"sex": "MALE"}, ("relation", "relation_sex")),
        ({"relation": "HEAD"}, ("relation", "relation_taken")),
        ({"name": " "}, ("name", "name")),
        ({"id_number": "360730202005020022"}, ("id_number", "id_checksum")),
        ({"on": date(2020, 5, 3)}, ("on", "birth_day")),
    ],
)
def test_a_birth_that_makes_no_sense_is_refused_at_its_field(
    village: Village, changed: dict[str, Any], fault: tuple[str, str]
) -> None:
    with pytest.raises(ChangeRefused) as refusal:
        village.ask(Kind.BIRTH, replace(BABY, **changed))
    assert fault in fields(refusal)
    assert not ChangeRequest.objects.exists()


def test_the_head_dies_and_the_wife_is_head_with_everybody_related_anew(village: Village) -> None:
    with pytest.raises(ChangeRefused) as refusal:
        village.ask(Kind.DEATH, Leaving(village.person("甲一"), TODAY))
    assert fields(refusal) == {("new_head", "head_needed")}
    village.ask(Kind.DEATH, Leaving(village.person("甲一"), TODAY, village.person("甲二")))
    home = Household.objects.get(pk=village.home.pk)
    assert (home.head_name, home.head_pinyin, home.size) == ("甲二", "je", 3)
    assert Person.objects.get(name="甲一").died_on == TODAY
    sound()


def test_a_son_becomes_head_and_parents_become_parents(village: Village) -> None:
    village.ask(Kind.HEAD, NewHead(village.person("甲三"), TODAY))
    present = Membership.objects.filter(household=village.home, valid_to=None)
    assert dict(present.values_list("person__name", "relation")) == {
        "甲一": "FATHER",
        "甲二": "MOTHER",
        "甲三": "HEAD",
        "甲四": "SIBLING",
    }
    sound()


def test_who_marries_out_leaves_and_the_floors_above_hear_of_it(village: Village) -> None:
    heard: list[MemberLeft] = []
    subscribe(MemberLeft, heard.append)
    try:
        village.ask(Kind.MARRIAGE_OUT, Leaving(village.person("甲四"), TODAY))
    finally:
        unsubscribe(MemberLeft, heard.append)
    assert [(one.person, one.why) for one in heard] == [(village.person("甲四"), "MARRIAGE")]
    sound()


def test_somebody_with_the_same_name_and_birth_date_must_be_confirmed_with_a_reason(village: Village) -> None:
    twin = Joining("乙一", "FEMALE", date(1960, 3, 4), "OTHER", TODAY)
    with pytest.raises(MayBeDouble) as warning:
        village.ask(Kind.MOVE_IN, twin)
    assert [(one.place, one.name) for one in warning.value.found] == [("石陂镇上坪村", "乙*")]
    done = village.ask(Kind.MOVE_IN, twin, confirmed="同名同姓，已看户口本")
    assert done.payload["confirmed"] == "同名同姓，已看户口本"


def test_an_id_number_of_a_living_member_elsewhere_is_refused_and_who_left_comes_back_as_the_same_person(
    village: Village,
) -> None:
    number = "110105194912310046"
    new = Joining("丙一", "FEMALE", date(1949, 12, 31), "OTHER", date(2020, 1, 5), id_number=number)
    village.ask(Kind.MOVE_IN, new, home=village.other)
    with pytest.raises(ChangeRefused) as refusal:
        village.ask(Kind.MOVE_IN, new)
    assert ("id_number", "id_taken") in fields(refusal)
    village.ask(Kind.MOVE_OUT, Leaving(village.person("丙一"), date(2020, 2, 1)), home=village.other)
    with pytest.raises(MayBeDouble):
        village.ask(Kind.MOVE_IN, replace(new, on=date(2020, 3, 1)))
    village.ask(Kind.MOVE_IN, replace(new, on=date(2020, 3, 1)), confirmed="就是本人")
    assert Person.objects.get(name="丙一").memberships.count() == 2
    sound()


def test_a_bank_card_waits_for_the_township_sealed_and_the_asker_cannot_approve(village: Village) -> None:
    asked = village.ask(Kind.BANK_CARD, BankCard("邮储银行", CARD))
    assert (asked.state, asked.step) == (State.SUBMITTED, "TOWNSHIP")
    assert CARD not in str(asked.payload)
    with pytest.raises(NotAllowed):
        approve_change(act=act(village.clerk), request=asked.public_id)
    done = approve_change(act=act(village.leader), request=asked.public_id)
    assert done.state == State.APPLIED
    assert opened("bank_card", Household.objects.get(pk=village.home.pk)) == CARD
    assert not Change.objects.filter(new__icontains=CARD).exists()
    undo_change(act=act(village.leader, "弄错了人"), request=asked.public_id)
    back = Household.objects.get(pk=village.home.pk)
    assert (back.bank_name, opened("bank_card", back)) == ("农商行", "6222020200112230")


def test_monitoring_needs_two_posts_and_never_twice_the_same_person(village: Village) -> None:
    asked = village.ask(Kind.WATCH, Corrected({"watch_type": "MARGINAL", "exit_status": "EXITED"}))
    approve_change(act=act(village.leader), request=asked.public_id)
    asked.refresh_from_db()
    assert (asked.state, asked.step) == (State.SUBMITTED, "COUNTY")
    assert Household.objects.get(pk=village.home.pk).watch_type == ""
    with pytest.raises(NotAllowed):
        approve_change(act=act(village.leader), request=asked.public_id)
    assert approve_change(act=act(village.county), request=asked.public_id).state == State.APPLIED
    assert Household.objects.get(pk=village.home.pk).watch_type == "MARGINAL"
    sound()


def test_what_the_county_asks_the_county_cannot_decide_itself(village: Village) -> None:
    asked = village.ask(Kind.WATCH, Corrected({"watch_type": "MARGINAL"}), by=village.county)
    approve_change(act=act(village.leader), request=asked.public_id)
    with pytest.raises(NotAllowed):
        approve_change(act=act(village.county), request=asked.public_id)


@pytest.mark.parametrize(
    ("verb", "state"), [(return_change, State.RETURNED), (reject_change, State.REJECTED)]
)
def test_a_refusal_needs_a_note_and_writes_nothing(village: Village, verb: Any, state: str) -> None:
    asked = village.ask(Kind.HOUSEHOLD_TYPE, Corrected({"household_type": "DIBAO"}))
    with pytest.raises(ActionError):
        verb(act=act(village.leader), request=asked.public_id)
    verb(act=act(village.leader, "缺证明"), request=asked.public_id)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_note) == (state, "缺证明")
    assert Household.objects.get(pk=village.home.pk).household_type == ""
    with pytest.raises(ActionError):
        approve_change(act=act(village.leader), request=asked.public_id)


def test_a_request_whose_household_changed_meanwhile_ends_in_conflict_with_both_values(
    village: Village,
) -> None:
    asked = village.ask(Kind.HOUSEHOLD_TYPE, Corrected({"household_type": "DIBAO"}))
    with recording("people.tested", act(village.second)) as record:
        record.change(Household.objects.get(pk=village.home.pk), household_type="WUBAO")
    slower = approve_change(act=act(village.leader), request=asked.public_id)
    assert slower.state == State.CONFLICTED
    [one] = slower.payload["conflict"]["differences"]
    assert (one["old"], one["now"], one["new"]) == ("", "WUBAO", "DIBAO")
    assert Household.objects.get(pk=village.home.pk).household_type == "WUBAO"


def test_of_two_clerks_on_one_household_the_second_sees_both_values(village: Village) -> None:
    seen = {str(village.home.public_id): village.home.version}
    village.ask(Kind.PHONE, Phone("13800138000"), seen=seen)
    with pytest.raises(Conflict) as refusal:
        village.ask(Kind.PHONE, Phone("13900139001"), seen=seen, by=village.second)
    masks = {
        (d["old"], d["new"]) for d in refusal.value.params["differences"] if d["attribute"] == "phone_mask"
    }
    assert masks == {("••••00", "••••01")}
    assert opened("phone", Household.objects.get(pk=village.home.pk)) == "13800138000"


def test_members_split_off_and_the_split_can_be_undone(village: Village) -> None:
    said = Split((village.person("甲三"), village.person("甲四")), village.person("甲三"), "H3", TODAY)
    asked = village.ask(Kind.SPLIT, said)
    approve_change(act=act(village.leader), request=asked.public_id)
    founded = Household.objects.get(household_no="H3")
    assert (founded.head_name, founded.size) == ("甲三", 2)
    sound()
    with pytest.raises(NotAllowed):
        undo_change(act=act(village.clerk, "弄错了"), request=asked.public_id)
    undo_change(act=act(village.leader, "弄错了"), request=asked.public_id)
    assert not Household.objects.filter(household_no="H3").exists()
    assert Household.objects.get(pk=village.home.pk).size == 4
    sound()


def test_a_split_of_the_head_or_into_a_taken_number_is_refused(village: Village) -> None:
    with pytest.raises(ChangeRefused) as refusal:
        village.ask(Kind.SPLIT, Split((village.person("甲一"),), village.person("甲二"), "H2", TODAY))
    assert fields(refusal) == {
        ("members", "head_cannot_split"),
        ("new_head", "head_among_leavers"),
        ("household_no", "household_no_taken"),
    }


def test_a_merge_moves_everybody_and_closes_the_household(village: Village) -> None:
    heard: list[HouseholdClosed] = []
    subscribe(HouseholdClosed, heard.append)
    asked = village.ask(
        Kind.MERGE, Merge("H1", TODAY, {str(village.person("乙一")): "OTHER"}), home=village.other
    )
    approve_change(act=act(village.leader), request=asked.public_id)
    unsubscribe(HouseholdClosed, heard.append)
    assert [one.household for one in heard] == [village.other.public_id]
    assert Household.objects.get(pk=village.home.pk).size == 5
    gone = Household.objects.get(pk=village.other.pk)
    assert (gone.close_reason, gone.size, gone.head_name) == ("MERGED", 0, "乙一")
    sound()
    with pytest.raises(ChangeRefused):
        village.ask(Kind.PHONE, Phone("13800138000"), home=village.other)


def test_a_household_that_moves_takes_its_members_along(village: Village) -> None:
    asked = village.ask(Kind.HOUSEHOLD_MOVE, Move(OTHER_VILLAGE, TODAY, "新屋组"))
    approve_change(act=act(village.leader), request=asked.public_id)
    assert Person.objects.filter(division_code=OTHER_VILLAGE).count() == 4
    sound()


def test_a_closed_household_has_nobody_left(village: Village) -> None:
    asked = village.ask(Kind.CLOSE, Close("MOVED_OUT", TODAY))
    approve_change(act=act(village.leader), request=asked.public_id)
    assert Household.objects.get(pk=village.home.pk).closed_on == TODAY
    sound()


def test_a_new_household_is_registered_only_within_the_own_village(village: Village) -> None:
    said = Register("H9", VILLAGE, "丁一", "MALE", date(1980, 1, 1), TODAY)
    done = village.ask(Kind.REGISTER, said)
    assert (done.household.household_no, Household.objects.get(household_no="H9").head_pinyin) == ("H9", "dy")
    with pytest.raises(NotAllowed):
        village.ask(Kind.REGISTER, replace(said, household_no="H10", division_code=OTHER_VILLAGE))
    undo_change(act=act(village.clerk, "已在别处登记"), request=done.public_id)
    assert Household.objects.get(household_no="H9").close_reason == "MISTAKE"
    sound()


def test_yearly_facts_are_corrected_on_the_year_or_begin_it(village: Village) -> None:
    someone = village.person("甲三")
    village.ask(Kind.PERSON_YEAR, Corrected({"health": "CHRONIC", "work_months": 6}, someone, 2019))
    village.ask(Kind.PERSON_YEAR, Corrected({"work_months": None}, someone, 2019))
    row = PersonYear.objects.get(person__public_id=someone)
    assert (row.health, row.work_months) == ("CHRONIC", None)
    village.ask(Kind.LIVING, Corrected({"house_area_m2": 120, "water_safe": True}, None, 2019))
    assert HouseholdYear.objects.get(household=village.home).house_area_m2 == 120
    with pytest.raises(ChangeRefused) as refusal:
        village.ask(Kind.PERSON_YEAR, Corrected({"health": "SLEEPY", "work_months": 13}, someone, 2019))
    assert fields(refusal) == {("health", "choice"), ("work_months", "months")}
    with pytest.raises(ActionError):
        village.ask(Kind.LIVING, Corrected({"house_area_m2": 120}, None, 2019))


def test_a_corrected_name_brings_its_initials_and_the_head_along(village: Village) -> None:
    village.ask(Kind.PERSON, Corrected({"name": "廖秀英"}, village.person("甲一")))
    home = Household.objects.get(pk=village.home.pk)
    assert (home.head_name, home.head_pinyin, Person.objects.get(name="廖秀英").name_pinyin) == (
        "廖秀英",
        "lxy",
        "lxy",
    )


def test_an_id_number_is_corrected_with_approval_and_must_fit_the_person(village: Village) -> None:
    with pytest.raises(ChangeRefused) as refusal:
        village.ask(Kind.ID_NUMBER, IdNumber(village.person("甲一"), "11010519491231002X"))
    assert fields(refusal) == {("id_number", "id_birth_differs"), ("id_number", "id_sex_differs")}


def test_an_undo_is_refused_where_somebody_was_there_since_and_names_it(village: Village) -> None:
    first = village.ask(Kind.PHONE, Phone("13800138000"))
    second = village.ask(Kind.PHONE, Phone("13900139000"), by=village.second)
    with pytest.raises(CannotUndo) as refusal:
        undo_change(act=act(village.clerk, "弄错了"), request=first.public_id)
    assert village.second.label in refusal.value.message
    undo_change(act=act(village.clerk, "弄错了"), request=second.public_id)
    assert opened("phone", Household.objects.get(pk=village.home.pk)) == "13800138000"
    assert Event.objects.filter(kind="people.change_undone", subject=village.home.public_id).count() == 1


def test_an_undone_birth_leaves_its_trace_and_the_log_still_proves_every_row(village: Village) -> None:
    born = village.ask(Kind.BIRTH, BABY)
    undo_change(act=act(village.clerk, "登记错了户"), request=born.public_id)
    assert not Person.objects.filter(name="甲五").exists()
    village.ask(Kind.DEATH, Leaving(village.person("甲一"), TODAY, village.person("甲二")))
    sound()
    assert [one for one in verify().findings if one.subject.startswith("people.")] == []


def test_an_undo_that_would_leave_no_head_or_two_is_refused(village: Village) -> None:
    died = village.ask(Kind.DEATH, Leaving(village.person("甲一"), TODAY, village.person("甲二")))
    village.ask(Kind.HEAD, NewHead(village.person("甲三"), TODAY))
    with pytest.raises(CannotUndo):
        undo_change(act=act(village.clerk, "弄错了"), request=died.public_id)
    sound()


def test_a_grant_on_a_household_opens_its_present_members_only_and_each_once(
    village: Village, person_in_post: Callable[..., Any]
) -> None:
    cadre = Viewer.of(person_in_post("CADRE", VILLAGE), TODAY)
    for basis in ("pairing:1", "consent:1"):
        grant(
            act=act(village.clerk),
            user=cadre.user.public_id,
            subject=village.home.public_id,
            capability=Can.READ_REGISTER,
            valid_from=date(2020, 1, 1),
            basis=basis,
        )
    village.ask(Kind.MOVE_OUT, Leaving(village.person("甲四"), TODAY))
    names = list(Person.objects.visible_to(cadre).order_by("name").values_list("name", flat=True))
    assert names == ["甲一", "甲三", "甲二"]


def test_outside_the_own_village_nothing_can_be_asked(
    village: Village, person_in_post: Callable[..., Any]
) -> None:
    stranger = Viewer.of(person_in_post("VILLAGE_CLERK", OTHER_VILLAGE), TODAY)
    with pytest.raises(NotAllowed):
        village.ask(Kind.PHONE, Phone("13800138000"), by=stranger)
    make_home("H7", ("戊一", "MALE", 1960, "HEAD"))
    sound()
