"""A village with two households, and people in posts, for the tests of changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from xiangqiao.accounts.viewer import SystemViewer, Viewer
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.record import recording
from xiangqiao.people.actions.changes import submit_change
from xiangqiao.people.drafting.draft import derive
from xiangqiao.people.models import ChangeRequest, Household, HouseholdYear, Membership, Person
from xiangqiao.people.rules.kinds import Kind
from xiangqiao.people.rules.payloads import Payload
from xiangqiao.people.secrets import sealed_number
from xiangqiao.places.actions import DivisionRow, load_divisions

NOW = datetime(2020, 6, 1, 2, tzinfo=UTC)
TODAY = date(2020, 6, 1)
VILLAGE, OTHER_VILLAGE, TOWNSHIP, COUNTY = "360730102201", "360730102202", "360730102000", "360730000000"
JOB = SystemViewer("测试")
DIVISIONS = (
    DivisionRow(COUNTY, "柏川县"),
    DivisionRow(TOWNSHIP, "石陂镇"),
    DivisionRow(VILLAGE, "上坪村"),
    DivisionRow(OTHER_VILLAGE, "下坪村"),
)


@dataclass
class Village:
    """Who is there. `clerk`, `second` (both village clerks), `leader` (township), `county` are viewers."""

    home: Household
    other: Household
    clerk: Viewer
    second: Viewer
    leader: Viewer
    county: Viewer

    def ask(self, kind: Kind, payload: Payload, **more: Any) -> ChangeRequest:
        """Ask for a change of the first household as the village clerk."""
        home = more.pop("home", self.home)
        given = act(more.pop("by", self.clerk), key=more.pop("key", None))
        return submit_change(act=given, kind=kind, payload=payload, household=home.public_id, **more)

    def person(self, name: str) -> UUID:
        """Return the id of a person by name."""
        return Person.objects.get(name=name).public_id


def act(by: Viewer | SystemViewer, reason: str = "", key: UUID | None = None) -> Act:
    """Return an act on the day of the tests."""
    return Act(by=by, at=NOW, reason=reason, key=key)


def make_village(person_in_post: Callable[..., Any]) -> Village:
    """Make the village: 甲一 (head) with 甲二 (spouse), 甲三 (son), 甲四 (daughter); 乙一 alone."""
    load_divisions(act=act(JOB), viewer=JOB, rows=list(DIVISIONS))
    home = make_home("H1", ("甲一", "MALE", 1970, "HEAD"), ("甲二", "FEMALE", 1972, "SPOUSE"),
                     ("甲三", "MALE", 1995, "SON"), ("甲四", "FEMALE", 1998, "DAUGHTER"))  # fmt: skip
    other = make_home("H2", ("乙一", "FEMALE", 1960, "HEAD"))

    def post(role: str, code: str) -> Viewer:
        return Viewer.of(person_in_post(role, code), TODAY)

    return Village(
        home,
        other,
        post("VILLAGE_CLERK", VILLAGE),
        post("VILLAGE_CLERK", VILLAGE),
        post("TOWNSHIP_LEADER", TOWNSHIP),
        post("COUNTY_OFFICE", COUNTY),
    )


def make_home(number: str, *people: tuple[str, str, int, str]) -> Household:
    """Record a household with members since before the register."""
    home = Household(household_no=number, division_code=VILLAGE, bank_name="农商行")
    for name, value in sealed_number("bank_card", "6222020200112230", home.public_id).items():
        setattr(home, name, value)
    with recording("test.made", act(JOB), subject=home) as record:
        record.create(home)
        record.create(HouseholdYear(household=home, year=2019, house_area_m2=80))
        for name, sex, year, relation in people:
            person = Person(division_code=VILLAGE, name=name, sex=sex, birth_on=date(year, 3, 4))
            record.create(person)
            record.create(
                Membership(household=home, person=person, relation=relation, is_head=relation == "HEAD")
            )
    derive([home])
    home.refresh_from_db()
    return home


def sound() -> None:
    """Assert what must always hold of households and memberships, and that the log replays to the rows."""
    for home in Household.objects.all():
        present = list(Membership.objects.filter(household=home, valid_to=None).select_related("person"))
        heads = [one for one in present if one.is_head]
        assert len(heads) == (1 if present else 0), home.household_no
        assert home.size == len(present)
        if heads:
            assert home.head_name == heads[0].person.name
            assert {one.person.division_code for one in present} == {home.division_code}
        assert not (home.closed_on and present)
    for person in Person.objects.all():
        spans = sorted(
            (one.valid_from or date.min, one.valid_to or date.max) for one in person.memberships.all()
        )
        assert all(before[1] <= after[0] for before, after in pairwise(spans)), person.name
        if person.died_on:
            assert not person.memberships.filter(valid_to=None).exists()
