"""Changes: lists for who asks and who decides, one change in words, what a form begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, Viewer
from xiangqiao.ledger.declaring import declared_rows, line_names
from xiangqiao.people.models import ChangeRequest, Household, HouseholdYear, Membership, Person, PersonYear
from xiangqiao.people.rules.kinds import DECIDES, Kind
from xq_engine.divisions import range_of

__all__ = [
    "ALL",
    "CAME_BACK",
    "MINE",
    "WAITING",
    "ChangeRequest",
    "Household",
    "Membership",
    "Person",
    "Present",
    "asked_again",
    "change",
    "changes",
    "household_and_member",
    "household_for_change",
    "kind_and_step",
    "kinds_of",
    "line_names",
    "may_decide",
    "owners_of",
    "present",
    "waiting_count",
]

CAME_BACK = (ChangeRequest.State.RETURNED, ChangeRequest.State.CONFLICTED)
WAITING, MINE, ALL = "waiting", "mine", "all"


def changes(viewer: Viewer, which: str = ALL) -> QuerySet[ChangeRequest]:
    """Return changes a person sees, newest first: those that wait for this person, asked by them, or all."""
    rows = ChangeRequest.objects.visible_to(viewer).select_related("household").order_by("-id")
    if which == MINE:
        return rows.filter(asked_by=viewer.user.public_id)
    return rows.filter(_waits_for(viewer)) if which == WAITING else rows


def waiting_count(viewer: Viewer) -> int:
    """Return how many changes wait for a decision by this person."""
    return changes(viewer, WAITING).count()


def change(viewer: AnyViewer, public_id: UUID) -> ChangeRequest:
    """Return one change. Raises ChangeRequest.DoesNotExist where unseen."""
    return ChangeRequest.objects.visible_to(viewer).select_related("household").get(public_id=public_id)


def may_decide(viewer: Viewer, row: ChangeRequest) -> bool:
    """Return whether a change waits for this person."""
    done = {one["by"] for one in row.payload.get("approvals", ())}
    me = viewer.user.public_id
    return (
        row.state == ChangeRequest.State.SUBMITTED
        and viewer.can(DECIDES[row.step], row.division_code)
        and me != row.asked_by
        and str(me) not in done
    )


def _waits_for(viewer: Viewer) -> Q:
    found = Q(pk__in=[])
    for step, act in DECIDES.items():
        for code in viewer.divisions(act):
            first, after = range_of(code)
            found |= Q(step=step, division_code__gte=first, division_code__lt=after)
    me = viewer.user.public_id
    return (
        found
        & Q(state=ChangeRequest.State.SUBMITTED)
        & ~Q(asked_by=me)
        & (Q(decided_by=None) | ~Q(decided_by=me))
    )


def household_for_change(viewer: AnyViewer, public_id: UUID) -> Household:
    """Return a household that a viewer may ask changes for. Raises Household.DoesNotExist."""
    return Household.objects.visible_to(viewer, Can.REQUEST_CHANGE).get(public_id=public_id)


@dataclass(frozen=True)
class Present:
    """A household as a form begins with it: members, facts of the year on record, and the versions seen."""

    home: Household
    members: list[Membership]
    year: int
    of_home: HouseholdYear | None
    of_people: Mapping[UUID, PersonYear]
    income: Mapping[str, Any]

    @property
    def versions(self) -> dict[str, int]:
        """Return the versions of every row at hand, by public id."""
        rows: list[Any] = [
            self.home,
            *self.members,
            *(one.person for one in self.members),
            *self.of_people.values(),
            *self.income.values(),
        ]
        rows += [self.of_home] if self.of_home else []
        return {str(row.public_id): row.version for row in rows}


def present(home: Household, *, this_year: int) -> Present:
    """Return what a form about a household begins with. The year is the newest on record: policies look at that one."""
    members = list(
        Membership.objects.filter(household=home, valid_to__isnull=True)
        .select_related("person")
        .order_by("-is_head", "id")
    )
    year = (
        HouseholdYear.objects.filter(year__lte=this_year).aggregate(newest=Max("year"))["newest"] or this_year
    )
    people = PersonYear.objects.filter(year=year, person__in=[one.person_id for one in members])
    return Present(
        home=home,
        members=members,
        year=year,
        of_home=HouseholdYear.objects.filter(household=home, year=year).first(),
        income=declared_rows(owner=home.public_id, year=year),
        of_people={row.person.public_id: row for row in people.select_related("person")},
    )


def asked_again(viewer: Viewer, home: Household, kind: Kind, public_id: UUID) -> dict[str, Any]:
    """Return what a person asked for in a request of their own that came back, without its numbers; else nothing."""
    rows = ChangeRequest.objects.filter(
        public_id=public_id, household=home, kind=kind, asked_by=viewer.user.public_id, state__in=CAME_BACK
    )
    row = rows.first()
    return {**row.payload["data"], "because": row.payload.get("reason", "")} if row else {}


def kinds_of(rows: QuerySet[ChangeRequest], kind: str, state: str) -> QuerySet[ChangeRequest]:
    """Narrow a list of changes; a value that is no kind or state leaves it alone."""
    if kind in set(Kind):
        rows = rows.filter(kind=kind)
    return rows.filter(state=state) if state in ChangeRequest.State.values else rows


def kind_and_step(public_id: UUID) -> tuple[str, str] | None:
    """Return kind and awaited step of a change, None where there is none: which post must act, before who may see it."""
    return ChangeRequest.objects.filter(public_id=public_id).values_list("kind", "step").first()


def household_and_member(
    viewer: AnyViewer, household: UUID, person: UUID | None
) -> tuple[Household, Person | None]:
    """Return a household whose numbers a viewer may uncover, and one present member. Raises DoesNotExist."""
    home = Household.objects.visible_to(viewer, Can.REVEAL).get(public_id=household)
    if person is None:
        return home, None
    present = Membership.objects.filter(household=home, valid_to__isnull=True)
    return home, Person.objects.get(public_id=person, pk__in=present.values("person"))


def owners_of(subjects: set[UUID]) -> dict[UUID, str]:
    """Return whose rows these are: the name of the person, by public id of the person, membership or yearly row: one query."""
    rows: Any = Person.objects.filter(public_id__in=subjects).values_list("public_id", "name")
    for model in (Membership, PersonYear):
        of_theirs = model._default_manager.filter(public_id__in=subjects)
        rows = rows.union(of_theirs.values_list("public_id", "person__name"), all=True)
    return dict(rows)
