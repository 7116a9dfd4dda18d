"""Drafts of changes of whole households."""

from __future__ import annotations

from xiangqiao.people.drafting.draft import Draft
from xiangqiao.people.drafting.members import end
from xiangqiao.people.drafting.scene import Scene
from xiangqiao.people.events import HouseholdClosed, HouseholdMoved, HouseholdsMerged, HouseholdSplit
from xiangqiao.people.models import Household, Membership
from xiangqiao.people.rules.payloads import BankCard, Close, Merge, Move, Phone, Register, Split
from xiangqiao.people.rules.relations import under_new_head
from xiangqiao.people.secrets import sealed_number


def split(said: Split, scene: Scene) -> Draft:
    """Draft that some members found a household of their own in the same village."""
    home = scene.home
    founded = Household(
        household_no=said.household_no.strip(),
        division_code=home.division_code,
        group_name=said.group_name or home.group_name,
        opened_on=said.on,
    )
    draft = Draft(homes=[home, founded])
    draft.add(founded, on=said.on)
    head = scene.member(said.new_head)
    for member in (scene.member(one) for one in said.members):
        is_head = member is head
        relation = "HEAD" if is_head else under_new_head(member.relation, member.person.sex, head.relation)
        end(draft, scene, member, said.on, Membership.Left.SPLIT)
        draft.add(
            Membership(
                household=founded,
                person=member.person,
                relation=relation,
                is_head=is_head,
                valid_from=said.on,
                joined=Membership.Joined.SPLIT,
            ),
            on=said.on,
        )
    draft.events.append(HouseholdSplit(scene.act, home.public_id, founded.public_id, said.on))
    return draft


def merge(said: Merge, scene: Scene) -> Draft:
    """Draft that all members go over to the other household, and this one is closed."""
    other = scene.other
    if other is None:
        raise ValueError("the rule looks for the other household first")
    draft = Draft(homes=[scene.home, other])
    for member in scene.members:
        end(draft, scene, member, said.on, Membership.Left.MERGE)
        draft.add(
            Membership(
                household=other,
                person=member.person,
                relation=said.relations.get(str(member.person.public_id)) or "OTHER",
                valid_from=said.on,
                joined=Membership.Joined.MERGE,
            ),
            on=said.on,
        )
    draft.set(scene.home, on=said.on, closed_on=said.on, close_reason="MERGED")
    draft.events.append(HouseholdsMerged(scene.act, scene.home.public_id, other.public_id, said.on))
    draft.events.append(HouseholdClosed(scene.act, scene.home.public_id, said.on))
    return draft


def move(said: Move, scene: Scene) -> Draft:
    """Draft that the household lies in another village, its members with it."""
    home = scene.home
    draft = Draft(homes=[home])
    draft.events.append(
        HouseholdMoved(scene.act, home.public_id, home.division_code, said.division_code, said.on)
    )
    draft.set(home, on=said.on, division_code=said.division_code, group_name=said.group_name)
    for member in scene.members:
        draft.set(member.person, on=said.on, division_code=said.division_code)
    return draft


def close(said: Close, scene: Scene) -> Draft:
    """Draft that the household ends, and with it every membership."""
    why = {
        "DIED_OUT": Membership.Left.DEATH,
        "MOVED_OUT": Membership.Left.MOVE_OUT,
        "MISTAKE": Membership.Left.MISTAKE,
    }.get(said.reason, Membership.Left.OTHER)
    draft = Draft(homes=[scene.home])
    for member in scene.members:
        if said.reason == "DIED_OUT":
            draft.set(member.person, on=said.on, died_on=said.on)
        end(draft, scene, member, said.on, why)
    draft.set(scene.home, on=said.on, closed_on=said.on, close_reason=said.reason)
    draft.events.append(HouseholdClosed(scene.act, scene.home.public_id, said.on))
    return draft


def call(said: Phone, scene: Scene) -> Draft:
    """Draft another phone."""
    draft = Draft()
    draft.set(scene.home, **sealed_number("phone", said.phone, scene.home.public_id))
    return draft


def pay_to(said: BankCard, scene: Scene) -> Draft:
    """Draft another bank card."""
    draft = Draft()
    sealed = sealed_number("bank_card", said.bank_card, scene.home.public_id)
    draft.set(scene.home, bank_name=said.bank_name.strip(), **sealed)
    return draft


def opened_by(said: Register) -> Household:
    """Return the new household of a registration, not yet saved."""
    home = Household(
        household_no=said.household_no.strip(),
        division_code=said.division_code,
        group_name=said.group_name,
        opened_on=said.on,
    )
    for name, value in sealed_number("phone", said.phone, home.public_id).items():
        setattr(home, name, value)
    return home
