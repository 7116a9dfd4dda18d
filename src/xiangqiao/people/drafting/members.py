"""Drafts of changes of who belongs to a household."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from xiangqiao.people.drafting.draft import Draft
from xiangqiao.people.drafting.scene import Scene
from xiangqiao.people.events import MemberJoined, MemberLeft
from xiangqiao.people.models import Membership, Person
from xiangqiao.people.names import initials
from xiangqiao.people.rules.kinds import Kind
from xiangqiao.people.rules.payloads import Joining, Leaving, NewHead, Register
from xiangqiao.people.rules.relations import under_new_head
from xiangqiao.people.secrets import sealed_number

_JOINED = {
    Kind.BIRTH: Membership.Joined.BIRTH,
    Kind.MARRIAGE_IN: Membership.Joined.MARRIAGE,
    Kind.MOVE_IN: Membership.Joined.MOVE_IN,
}
_LEFT = {
    Kind.DEATH: Membership.Left.DEATH,
    Kind.MARRIAGE_OUT: Membership.Left.MARRIAGE,
    Kind.MOVE_OUT: Membership.Left.MOVE_OUT,
}


def person_of(said: Joining | Register, division_code: str) -> Person:
    """Return a new person, not yet saved."""
    person = Person(
        division_code=division_code,
        name=said.name.strip(),
        name_pinyin=initials(said.name),
        sex=said.sex,
        birth_on=said.birth_on,
        ethnicity=said.ethnicity,
    )
    if said.id_number:
        person.id_type = "CITIZEN"
        for name, value in sealed_number("id_number", said.id_number, person.public_id).items():
            setattr(person, name, value)
    return person


def join(kind: Kind, said: Joining, scene: Scene, known: Person | None = None) -> Draft:
    """Draft that a person joins; `known` is the person who was in the register before and comes back."""
    draft = Draft(homes=[scene.home])
    person = known or person_of(said, scene.home.division_code)
    if known is None:
        draft.add(person, on=said.on)
    elif known.division_code != scene.home.division_code:
        draft.set(person, on=said.on, division_code=scene.home.division_code)
    draft.add(
        Membership(
            household=scene.home,
            person=person,
            relation=said.relation,
            is_head=said.relation == "HEAD",
            valid_from=said.on,
            joined=_JOINED[kind],
        ),
        on=said.on,
    )
    draft.events.append(MemberJoined(scene.act, scene.home.public_id, person.public_id, said.on))
    return draft


def end(draft: Draft, scene: Scene, member: Membership, on: date, why: str) -> None:
    """End a membership on a day (half-open); one that began that day lasts until the next."""
    until = on if member.valid_from is None else max(on, member.valid_from + timedelta(days=1))
    draft.set(member, on=on, valid_to=until, left=why)
    draft.events.append(MemberLeft(scene.act, scene.home.public_id, member.person.public_id, on, why))


def leave(kind: Kind, said: Leaving, scene: Scene) -> Draft:
    """Draft that a member leaves; a head hands over first."""
    draft = Draft(homes=[scene.home])
    leaver = scene.member(said.person)
    if kind == Kind.DEATH:
        draft.set(leaver.person, on=said.on, died_on=said.on)
    end(draft, scene, leaver, said.on, _LEFT[kind])
    if said.new_head is not None and leaver.is_head:
        stay = [one for one in scene.members if one is not leaver]
        reseat(draft, stay, said.new_head, said.on)
    return draft


def change_head(said: NewHead, scene: Scene) -> Draft:
    """Draft that another member is the head."""
    draft = Draft(homes=[scene.home])
    reseat(draft, scene.members, said.person, said.on)
    return draft


def reseat(draft: Draft, members: list[Membership], head: UUID, on: date) -> None:
    """Draft new relations under a new head. The old head steps down first: the database insists on one."""
    new = next(one for one in members if one.person.public_id == head)
    for one in members:
        if one is not new:
            relation = under_new_head(one.relation, one.person.sex, new.relation)
            draft.set(one, on=on, relation=relation, is_head=False)
    draft.set(new, on=on, relation="HEAD", is_head=True)


def found(said: Register, scene: Scene) -> Draft:
    """Draft a new household, which stands in the scene unsaved, with its head."""
    home = scene.home
    draft = Draft(homes=[home])
    person = person_of(said, home.division_code)
    draft.add(home, on=said.on)
    draft.add(person, on=said.on)
    draft.add(
        Membership(household=home, person=person, relation="HEAD", is_head=True, valid_from=said.on),
        on=said.on,
    )
    draft.events.append(MemberJoined(scene.act, home.public_id, person.public_id, said.on))
    return draft
