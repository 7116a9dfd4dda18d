"""Proposals change nothing; decisions of named persons do, and keep every bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from xiangqiao.accounts.models import Grant
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.models import Change
from xiangqiao.pairing.actions import (
    accept,
    accept_all,
    cadre_left,
    change_by_hand,
    declare_relative,
    end_pairing,
    link_user,
    propose,
    reject,
)
from xiangqiao.pairing.models import Cadre, Pairing, Proposal, Run, UnitOrder
from xiangqiao.pairing.queries import cadre_of
from xiangqiao.pairing.tests.conftest import COUNTY, DAY, OTHER_TOWN, SYSTEM, TOWN, act, viewer_of
from xiangqiao.people.models import Household

pytestmark = pytest.mark.django_db
State = Proposal.State


@pytest.fixture
def run(small_county: list[Household]) -> Run:
    return propose(act=act(), viewer=SYSTEM, division_code=COUNTY, as_of=DAY)


def proposal(run: Run, household: Household) -> Proposal:
    return run.proposals.get(household=household.public_id)


def test_a_run_proposes_with_reasons_and_a_certificate_in_both_languages(
    run: Run, small_county: list[Household]
) -> None:
    assert (run.optimal, run.counts["paired"], run.counts["unpaired"]) == (True, 4, 1)
    assert "没有更好的方案" in run.certificate["zh"]
    assert "no better pairing" in run.certificate["en"]
    row = proposal(run, small_county[0])
    assert row.cadre is not None
    assert row.cadre.name == "钟立新"
    assert "SKILL_FOR_CAUSE" in {reason["code"] for reason in row.reasons}
    assert not any(reason["code"] == "DISTANCE" for one in run.proposals.all() for reason in one.reasons)
    assert run.proposals.get(state=State.NO_CADRE).why_unpaired == "ALL_FULL"
    assert not Pairing.objects.exists()


def test_weights_are_kept_with_the_run_and_nonsense_is_refused(small_county: list[Household]) -> None:
    run = propose(act=act(), viewer=SYSTEM, division_code=COUNTY, as_of=DAY, weights={"language": 0})
    assert run.weights["language"] == 0
    with pytest.raises(ActionError, match="unpaired"):
        propose(act=act(), viewer=SYSTEM, division_code=COUNTY, as_of=DAY, weights={"unpaired": 1})


def test_a_run_asks_for_the_post_and_for_somebody_to_pair(
    divisions: None, person_in_post: Callable[..., Any]
) -> None:
    with pytest.raises(NotAllowed):
        propose(
            act=act(),
            viewer=viewer_of(person_in_post("VILLAGE_CLERK", TOWN)),
            division_code=COUNTY,
            as_of=DAY,
        )
    with pytest.raises(ActionError, match="没有需要结对"):
        propose(act=act(), viewer=SYSTEM, division_code=COUNTY, as_of=DAY)


def test_accepting_makes_pairs_and_closes_the_run(run: Run, small_county: list[Household]) -> None:
    assert accept_all(act=act(), viewer=SYSTEM, run=run) == 4
    run.refresh_from_db()
    assert run.state == Run.State.CLOSED
    pair = cadre_of(SYSTEM, small_county[0].public_id)
    assert pair is not None
    assert (pair.cadre.name, pair.valid_from, pair.basis) == ("钟立新", DAY, f"run:{run.public_id}")
    with pytest.raises(Conflict):
        accept_all(act=act(), viewer=SYSTEM, run=run)


def test_a_township_accepts_only_its_own(run: Run, person_in_post: Callable[..., Any]) -> None:
    leader = viewer_of(person_in_post("TOWNSHIP_LEADER", TOWN))
    assert accept_all(act=act(leader), viewer=leader, run=run) == 3
    theirs = run.proposals.filter(state=State.OPEN, division_code__startswith=OTHER_TOWN[:9])
    with pytest.raises(NotAllowed):
        accept(act=act(leader), viewer=leader, proposals=list(theirs))


def test_a_second_run_keeps_the_pairs_and_fills_the_gap(run: Run, small_county: list[Household]) -> None:
    accept_all(act=act(), viewer=SYSTEM, run=run)
    Cadre.objects.filter(name="刘医生").update(capacity=2)
    again = propose(act=act(), viewer=SYSTEM, division_code=COUNTY, as_of=DAY)
    assert (again.counts["kept"], again.counts["moved"], again.counts["unpaired"]) == (4, 0, 0)
    assert again.proposals.filter(state=State.OPEN).count() == 1


def test_a_run_of_a_township_leaves_places_taken_elsewhere_alone(
    run: Run, small_county: list[Household]
) -> None:
    accept_all(act=act(), viewer=SYSTEM, run=run)
    small_county[0].exit_status = "EXITED"
    small_county[0].save()
    again = propose(act=act(), viewer=SYSTEM, division_code=TOWN, as_of=DAY)
    assert again.counts["moved"] == 0
    assert accept_or_nothing(again) == 0
    assert Pairing.objects.filter(valid_to=None, cadre__name="钟立新").count() <= 2


def accept_or_nothing(run: Run) -> int:
    return (
        accept_all(act=act(), viewer=SYSTEM, run=run)
        if run.proposals.filter(state=State.OPEN).exists()
        else 0
    )


def test_of_two_people_deciding_one_wins(run: Run, small_county: list[Household]) -> None:
    row = proposal(run, small_county[3])
    row = row if row.state == State.OPEN else proposal(run, small_county[4])
    seen_by_another = Proposal.objects.get(pk=row.pk)
    accept(act=act(), viewer=SYSTEM, proposals=[row])
    with pytest.raises(Conflict):
        accept(act=act(), viewer=SYSTEM, proposals=[seen_by_another])
    with pytest.raises(Conflict):
        reject(act=act(reason="不合适"), viewer=SYSTEM, proposal=seen_by_another)
    assert Pairing.objects.count() == 1


def test_two_runs_do_not_give_one_household_two_cadres(run: Run, small_county: list[Household]) -> None:
    other = propose(act=act(), viewer=SYSTEM, division_code=TOWN, as_of=DAY)
    accept(act=act(), viewer=SYSTEM, proposals=[proposal(run, small_county[0])])
    accept(act=act(), viewer=SYSTEM, proposals=[proposal(other, small_county[0])])
    assert Pairing.objects.filter(household=small_county[0].public_id, valid_to=None).count() == 1


def test_a_cadre_never_gets_more_than_his_places(run: Run, small_county: list[Household]) -> None:
    Cadre.objects.filter(name="钟立新").update(capacity=1)
    with pytest.raises(Conflict, match="钟立新"):
        accept_all(act=act(), viewer=SYSTEM, run=run)
    assert not Pairing.objects.exists()


def test_a_change_by_hand_keeps_order_team_and_relatives(run: Run, small_county: list[Household]) -> None:
    row = proposal(run, small_county[0])
    doctor, social = Cadre.objects.get(name="刘医生"), Cadre.objects.get(name="曾小梅")
    with pytest.raises(ActionError, match="理由"):
        change_by_hand(act=act(), viewer=SYSTEM, proposal=row, cadre=social.public_id)
    with pytest.raises(ActionError, match="没有被安排帮扶这个村"):
        change_by_hand(act=act(reason="熟悉"), viewer=SYSTEM, proposal=row, cadre=doctor.public_id)
    kin: dict[str, Any] = {"household": row.household, "division_code": row.division_code, "on": DAY}
    declare_relative(act=act(), viewer=SYSTEM, cadre=social, **kin)
    with pytest.raises(ActionError, match="亲属"):
        change_by_hand(act=act(reason="熟悉"), viewer=SYSTEM, proposal=row, cadre=social.public_id)
    Cadre.objects.filter(pk=social.pk).update(
        role="TEAM_MEMBER", team_division_code=small_county[2].division_code
    )
    with pytest.raises(ActionError, match="驻村工作队员"):
        change_by_hand(act=act(reason="熟悉"), viewer=SYSTEM, proposal=row, cadre=social.public_id)
    UnitOrder.objects.all().delete()
    with pytest.raises(ActionError):
        accept(act=act(), viewer=SYSTEM, proposals=[row])


def test_a_relative_is_not_proposed_and_a_pair_with_one_ends(run: Run, small_county: list[Household]) -> None:
    accept_all(act=act(), viewer=SYSTEM, run=run)
    pair = Pairing.objects.get(household=small_county[0].public_id)
    kin: dict[str, Any] = {"household": pair.household, "division_code": pair.division_code, "on": DAY}
    declare_relative(act=act(), viewer=SYSTEM, cadre=pair.cadre, **kin)
    assert cadre_of(SYSTEM, pair.household) is None
    again = propose(act=act(), viewer=SYSTEM, division_code=COUNTY, as_of=DAY)
    assert proposal(again, small_county[0]).cadre_id != pair.cadre_id


def test_a_hand_over_leaves_no_gap_and_no_overlap(run: Run, small_county: list[Household]) -> None:
    accept_all(act=act(), viewer=SYSTEM, run=run)
    Cadre.objects.filter(name="曾小梅").update(capacity=3)
    again = propose(act=act(), viewer=SYSTEM, division_code=COUNTY, as_of=DAY)
    row = proposal(again, small_county[0])
    Proposal.objects.filter(pk=row.pk).update(state=State.OPEN)
    social = Cadre.objects.get(name="曾小梅")
    change_by_hand(act=act(reason="换人"), viewer=SYSTEM, proposal=row, cadre=social.public_id)
    old, new = Pairing.objects.filter(household=row.household).order_by("id")
    assert (old.valid_to, old.ended, new.valid_from, new.cadre) == (
        new.valid_from,
        "HANDED_OVER",
        DAY,
        social,
    )
    told = Change.objects.filter(subject=old.public_id, attribute="ended")
    assert told.get().new == "HANDED_OVER"


def test_the_cadre_s_account_sees_the_household_while_the_pair_lasts(
    run: Run, small_county: list[Household], person_in_post: Callable[..., Any]
) -> None:
    user = person_in_post("CADRE", COUNTY)
    zhong = Cadre.objects.get(name="钟立新")
    link_user(act=act(), viewer=SYSTEM, cadre=zhong, user=user.public_id)
    accept_all(act=act(), viewer=SYSTEM, run=run)
    seen = Household.objects.visible_to(viewer_of(user))
    mine = set(Pairing.objects.filter(cadre=zhong).values_list("household", flat=True))
    assert {row.public_id for row in seen} == mine
    assert {row.capability for row in Grant.objects.all()} == {
        "register.read",
        "register.change",
        "policy.read",
        "journal.read",
        "journal.log",
    }
    for pair in Pairing.objects.filter(cadre=zhong):
        end_pairing(act=act(), viewer=SYSTEM, pair=pair, ended="NOT_NEEDED", on=DAY)
    assert not Household.objects.visible_to(viewer_of(user)).exists()


def test_a_linked_account_gets_present_households_and_the_one_before_loses_them(
    run: Run, person_in_post: Callable[..., Any]
) -> None:
    accept_all(act=act(), viewer=SYSTEM, run=run)
    zhong = Cadre.objects.get(name="钟立新")
    first, second = person_in_post("CADRE", COUNTY), person_in_post("CADRE", COUNTY)
    link_user(act=act(), viewer=SYSTEM, cadre=zhong, user=first.public_id)
    link_user(act=act(), viewer=SYSTEM, cadre=Cadre.objects.get(pk=zhong.pk), user=second.public_id)
    assert not Household.objects.visible_to(viewer_of(first)).exists()
    assert Household.objects.visible_to(viewer_of(second)).count() == 2


def test_when_a_cadre_leaves_the_households_need_another(run: Run) -> None:
    accept_all(act=act(), viewer=SYSTEM, run=run)
    zhong = Cadre.objects.get(name="钟立新")
    assert cadre_left(act=act(), viewer=SYSTEM, cadre=zhong, on=DAY) == 2
    assert set(Pairing.objects.filter(cadre=zhong).values_list("ended", flat=True)) == {"LEFT"}
    again = propose(act=act(), viewer=SYSTEM, division_code=COUNTY, as_of=DAY)
    assert again.counts["unpaired"] == 3


def test_rejecting_asks_for_a_reason_and_changes_no_pair(run: Run, small_county: list[Household]) -> None:
    row = proposal(run, small_county[0])
    with pytest.raises(ActionError, match="理由"):
        reject(act=act(), viewer=SYSTEM, proposal=row)
    reject(act=act(reason="户主不同意"), viewer=SYSTEM, proposal=row)
    row.refresh_from_db()
    assert (row.state, row.decided_note, row.decided_label) == (State.REJECTED, "户主不同意", SYSTEM.label)
    assert not Pairing.objects.exists()


def test_ending_a_pair_twice_or_without_a_cause_is_refused(run: Run) -> None:
    accept_all(act=act(), viewer=SYSTEM, run=run)
    pair = Pairing.objects.all()[0]
    with pytest.raises(ActionError, match="原因"):
        end_pairing(act=act(), viewer=SYSTEM, pair=pair, ended="", on=DAY)
    end_pairing(act=act(), viewer=SYSTEM, pair=pair, ended="NOT_NEEDED", on=DAY)
    with pytest.raises(Conflict):
        end_pairing(act=act(), viewer=SYSTEM, pair=pair, ended="NOT_NEEDED", on=DAY)


def test_the_database_itself_refuses_two_cadres_for_a_household_and_six_places(run: Run) -> None:
    accept_all(act=act(), viewer=SYSTEM, run=run)
    pair = Pairing.objects.all()[0]
    twin = Pairing(
        household=pair.household,
        division_code=pair.division_code,
        cadre=pair.cadre,
        valid_from=DAY,
        basis="x",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Cadre.objects.filter(pk=pair.cadre_id).update(capacity=6)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pairing.objects.filter(pk=pair.pk).update(valid_to="2000-01-01")


def test_an_unknown_cadre_is_refused(run: Run, small_county: list[Household]) -> None:
    with pytest.raises(ActionError, match="名单"):
        change_by_hand(
            act=act(reason="x"), viewer=SYSTEM, proposal=proposal(run, small_county[0]), cadre=new_id()
        )


def test_a_township_cannot_take_over_a_cadre_who_also_serves_elsewhere(
    run: Run, person_in_post: Callable[..., Any]
) -> None:
    accept_all(act=act(), viewer=SYSTEM, run=run)
    leader = person_in_post("TOWNSHIP_LEADER", OTHER_TOWN)
    zhong = Cadre.objects.get(name="钟立新")
    assert not Pairing.objects.filter(cadre=zhong, division_code__startswith=OTHER_TOWN[:9]).exists()
    with pytest.raises(NotAllowed):
        link_user(act=act(), viewer=viewer_of(leader), cadre=zhong, user=leader.public_id)
    assert (
        not Household.objects.visible_to(viewer_of(leader))
        .filter(division_code__startswith=TOWN[:9])
        .exists()
    )
