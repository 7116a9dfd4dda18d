"""Pairs, proposals and access follow their household through every change of the register, in its transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from xiangqiao.accounts.models import Grant, User
from xiangqiao.kernel.audit import verify
from xiangqiao.kernel.ids import new_id
from xiangqiao.kernel.record import recording
from xiangqiao.pairing.actions import link_user
from xiangqiao.pairing.models import Cadre, Pairing, Proposal, Run, Unit
from xiangqiao.people.actions.approvals import approve_change
from xiangqiao.people.actions.undoing import undo_change
from xiangqiao.people.models import ChangeRequest, Household
from xiangqiao.people.rules.kinds import Kind
from xiangqiao.people.rules.payloads import Close, Merge, Move, Payload
from xiangqiao.people.tests.changing import JOB, OTHER_VILLAGE, TODAY, VILLAGE, Village, act, make_village

pytestmark = pytest.mark.django_db


@dataclass
class Paired:
    """A village whose first household has a cadre with an account, and an open proposal."""

    village: Village
    cadre: Cadre
    user: User

    def pair(self) -> Pairing:
        return Pairing.objects.get(household=self.village.home.public_id)

    def proposal(self) -> Proposal:
        return Proposal.objects.get(household=self.village.home.public_id)

    def can_see(self) -> bool:
        return Grant.objects.filter(user=self.user, valid_to__isnull=True).exists()

    def approved(self, kind: Kind, payload: Payload, home: Household | None = None) -> ChangeRequest:
        asked = self.village.ask(kind, payload, home=home or self.village.home)
        return approve_change(act=act(self.village.leader), request=asked.public_id)

    def undone(self, done: ChangeRequest) -> None:
        undo_change(act=act(self.village.leader, "办错了"), request=done.public_id)


@pytest.fixture
def paired(county: None, person_in_post: Callable[..., Any]) -> Paired:
    village = make_village(person_in_post)
    unit, user = Unit(name="县果业局"), person_in_post("CADRE", VILLAGE)
    cadre = Cadre(name="钟立新", unit=unit, capacity=1)
    home = village.home
    with recording("test.made", act(JOB)) as record:
        record.create(unit)
        cadre.unit = unit
        record.create(cadre)
        record.create(
            Pairing(
                household=home.public_id,
                division_code=VILLAGE,
                cadre=cadre,
                valid_from=TODAY.replace(day=1, month=1),
                basis="hand",
            )
        )
    run = Run.objects.create(
        division_code=VILLAGE, as_of=TODAY, at=act(JOB).at, by_label="测试", input_digest="", objective=0,
        optimal=True,
    )  # fmt: skip
    Proposal.objects.create(
        public_id=new_id(), run=run, household=home.public_id, division_code=VILLAGE, cadre=cadre
    )
    link_user(act=act(JOB), viewer=JOB, cadre=cadre, user=user.public_id)
    return Paired(village, cadre, user)


def test_closing_a_household_ends_its_pair_the_access_and_the_open_proposals(paired: Paired) -> None:
    assert paired.can_see()
    paired.approved(Kind.CLOSE, Close("MOVED_OUT", TODAY))
    pair = paired.pair()
    assert (pair.valid_to, pair.ended) == (TODAY, Pairing.Ended.CLOSED)
    assert not paired.can_see()
    assert paired.proposal().state == Proposal.State.REJECTED
    assert [one for one in verify().findings if one.subject.startswith("pairing.")] == []


def test_undoing_the_closing_brings_the_cadre_back_where_there_is_a_place(paired: Paired) -> None:
    done = paired.approved(Kind.CLOSE, Close("MOVED_OUT", TODAY))
    paired.undone(done)
    assert paired.pair().valid_to is None
    assert paired.can_see()


def test_undoing_the_closing_leaves_a_cadre_whose_place_was_given_away_alone(paired: Paired) -> None:
    done = paired.approved(Kind.CLOSE, Close("MOVED_OUT", TODAY))
    other = paired.village.other.public_id
    Pairing.objects.create(
        household=other, division_code=VILLAGE, cadre=paired.cadre, valid_from=TODAY, basis="hand"
    )
    paired.undone(done)
    assert paired.pair().ended == Pairing.Ended.CLOSED


def test_a_merged_household_loses_its_pair_and_the_other_keeps_its_own(paired: Paired) -> None:
    relations = {str(paired.village.person(name)): "OTHER" for name in ("甲一", "甲二", "甲三", "甲四")}
    paired.approved(Kind.MERGE, Merge("H2", TODAY, relations))
    assert paired.pair().ended == Pairing.Ended.CLOSED


def test_pair_and_proposals_move_with_the_household_and_back_with_the_undo(paired: Paired) -> None:
    done = paired.approved(Kind.HOUSEHOLD_MOVE, Move(OTHER_VILLAGE, TODAY, "新屋组"))
    assert (paired.pair().division_code, paired.proposal().division_code) == (OTHER_VILLAGE, OTHER_VILLAGE)
    assert paired.pair().valid_to is None
    paired.undone(done)
    assert (paired.pair().division_code, paired.proposal().division_code) == (VILLAGE, VILLAGE)
