"""Entitlements and claims follow households and persons through every change of the register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from xiangqiao.accounts.viewer import SystemViewer
from xiangqiao.kernel.models import Event
from xiangqiao.people.actions.approvals import approve_change
from xiangqiao.people.actions.undoing import CannotUndo, undo_change
from xiangqiao.people.models import ChangeRequest, Household
from xiangqiao.people.rules.kinds import Kind
from xiangqiao.people.rules.payloads import Close, Leaving, Move, Payload, Split
from xiangqiao.people.tests.changing import OTHER_VILLAGE, TODAY, VILLAGE, Village, act, make_village
from xiangqiao.policy.actions import note_claim
from xiangqiao.policy.models import Claim, Entitlement, Screening
from xiangqiao.policy.queries import unclaimed, verdicts_for

pytestmark = pytest.mark.django_db
SYSTEM = SystemViewer("测试")


@dataclass
class Entitled:
    """A village whose first household is entitled to one thing, and its daughter 甲四 to another."""

    village: Village

    def found(self) -> set[str]:
        return set(Entitlement.objects.values_list("policy_id", flat=True))

    def entitle(self, policy: str, household: UUID, person: UUID | None = None) -> None:
        Entitlement.objects.create(
            screening=Screening.objects.get(),
            household=household,
            person=person,
            division_code=VILLAGE,
            policy_id=policy,
            verdict="yes",
        )

    def approved(self, kind: Kind, payload: Payload) -> ChangeRequest:
        asked = self.village.ask(kind, payload)
        return approve_change(act=act(self.village.leader), request=asked.public_id)


@pytest.fixture
def entitled(county: None, person_in_post: Callable[..., Any]) -> Entitled:
    made = Entitled(make_village(person_in_post))
    Screening.objects.create(as_of=TODAY, year=2019, at=act(SYSTEM).at, by_label="测试", snapshot="")
    made.entitle("dibao", made.village.home.public_id)
    made.entitle("school", made.village.home.public_id, made.village.person("甲四"))
    return made


def test_a_closed_household_is_entitled_to_nothing_and_the_log_says_so(entitled: Entitled) -> None:
    entitled.approved(Kind.CLOSE, Close("MOVED_OUT", TODAY))
    assert entitled.found() == set()
    counts = [event.data["count"] for event in Event.objects.filter(kind="policy.entitlements_dropped")]
    assert sum(counts) == 2


def test_what_a_member_was_entitled_to_goes_with_the_member(entitled: Entitled) -> None:
    entitled.village.ask(Kind.MARRIAGE_OUT, Leaving(entitled.village.person("甲四"), TODAY))
    assert entitled.found() == {"dibao"}


def test_entitlements_and_claims_move_with_the_household_and_back_with_the_undo(entitled: Entitled) -> None:
    home = entitled.village.home.public_id
    note_claim(act=act(SYSTEM), viewer=SYSTEM, household=home, policy_id="dibao", state="APPLIED")

    def places() -> set[str]:
        rows = (Entitlement.objects.all(), Claim.objects.all())
        return {code for one in rows for code in one.values_list("division_code", flat=True)}

    done = entitled.approved(Kind.HOUSEHOLD_MOVE, Move(OTHER_VILLAGE, TODAY, "新屋组"))
    assert places() == {OTHER_VILLAGE}
    undo_change(act=act(entitled.village.leader, "办错了"), request=done.public_id)
    assert places() == {VILLAGE}


def test_a_persons_claim_goes_with_the_person_into_a_household_of_her_own(entitled: Entitled) -> None:
    village, daughter = entitled.village, entitled.village.person("甲四")
    first = note_claim(
        act=act(SYSTEM), viewer=SYSTEM, household=village.home.public_id, person=daughter, policy_id="school",
        state="RECEIVING",
    )  # fmt: skip
    entitled.approved(Kind.SPLIT, Split((daughter,), daughter, "H3", TODAY))
    founded = Household.objects.get(household_no="H3").public_id
    entitled.entitle("school", founded, daughter)
    assert [row.policy_id for row in unclaimed(SYSTEM)] == ["dibao"]
    again = note_claim(
        act=act(SYSTEM),
        viewer=SYSTEM,
        household=founded,
        person=daughter,
        policy_id="school",
        state="DECLINED",
    )
    assert (again.pk, again.household, Claim.objects.count()) == (first.pk, founded, 1)
    assert {row.claim for row in verdicts_for(SYSTEM, founded, as_of=TODAY).verdicts if row.claim} == set()


def test_a_founded_household_that_applied_for_something_stays(entitled: Entitled) -> None:
    daughter = entitled.village.person("甲四")
    done = entitled.approved(Kind.SPLIT, Split((daughter,), daughter, "H3", TODAY))
    founded = Household.objects.get(household_no="H3").public_id
    note_claim(act=act(SYSTEM), viewer=SYSTEM, household=founded, policy_id="dibao", state="APPLIED")
    with pytest.raises(CannotUndo, match="H3"):
        undo_change(act=act(entitled.village.leader, "办错了"), request=done.public_id)


def test_nothing_is_shown_for_a_household_that_an_undo_took_back(entitled: Entitled) -> None:
    daughter = entitled.village.person("甲四")
    done = entitled.approved(Kind.SPLIT, Split((daughter,), daughter, "H3", TODAY))
    entitled.entitle("relief", Household.objects.get(household_no="H3").public_id)
    undo_change(act=act(entitled.village.leader, "办错了"), request=done.public_id)
    assert entitled.found() == {"dibao"}
