"""What a change finds: the household with its members as rows, and the same as a rule sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from xiangqiao.kernel.act import Act
from xiangqiao.people.models import Household, Membership
from xiangqiao.people.rules.situation import Home, Member, Surroundings
from xiangqiao.places import queries as places
from xiangqiao.places.queries import place


@dataclass
class Scene:
    """A household, its present members, and where wanted the household it merges into."""

    act: Act
    today: date
    home: Household
    members: list[Membership] = field(default_factory=list)
    other: Household | None = None
    other_members: list[Membership] = field(default_factory=list)

    def member(self, person: UUID) -> Membership:
        """Return a present member. Raises StopIteration where the rule did not look first."""
        return next(one for one in self.members if one.person.public_id == person)

    def as_seen(self) -> Home:
        """Return the household as rules see it."""
        return seen(self.home, self.members)

    def around(self, village: str = "") -> Surroundings:
        """Return what rules must know beyond the household; `village` is a code that the change names."""
        known = place(village) if village else None
        is_village = known is not None and not places.children(village)
        return Surroundings(
            today=self.today,
            villages=frozenset({village} if is_village else ()),
            other=seen(self.other, self.other_members) if self.other else None,
        )


def seen(home: Household, members: list[Membership]) -> Home:
    """Return a household as rules see it."""
    return Home(
        household_no=home.household_no,
        division_code=home.division_code,
        closed=home.closed_on is not None,
        members=tuple(
            Member(
                person=one.person.public_id,
                name=one.person.name,
                sex=one.person.sex,
                birth_on=one.person.birth_on,
                relation=one.relation,
                is_head=one.is_head,
                since=one.valid_from,
            )
            for one in members
        ),
    )


def present_members(home: Household) -> list[Membership]:
    """Return the present members with their people, the head first."""
    rows = Membership.objects.filter(household=home, valid_to__isnull=True).select_related("person")
    return list(rows.order_by("-is_head", "id"))


def scene_of(act: Act, today: date, home: Household, into: str = "") -> Scene:
    """Return the scene of a household; `into` is the number of the household to merge into."""
    scene = Scene(act, today, home, present_members(home))
    if into:
        scene.other = Household.objects.filter(
            household_no=into.strip(), division_code=home.division_code
        ).first()
        scene.other_members = present_members(scene.other) if scene.other else []
    return scene
