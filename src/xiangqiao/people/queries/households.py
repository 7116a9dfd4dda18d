"""Households: lists with filters, search, one household whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.kernel.keyring import vault
from xiangqiao.people.models import Household, Membership, Person, PersonYear, Problem
from xq_engine.divisions import range_of

# No division: its range is empty.
NOWHERE = "-"
SORTABLE = {"village": "division_code", "no": "household_no", "name": "head_pinyin", "size": "size"}


@dataclass(frozen=True)
class HouseholdFilter:
    """What a list of households is narrowed by. Every field is text as it stands in the address of the page."""

    division: str = ""
    household_type: str = ""
    watch_type: str = ""
    exit_status: str = ""
    cause: str = ""
    size_min: str = ""
    size_max: str = ""
    problem: str = ""
    q: str = ""
    closed: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> HouseholdFilter:
        """Read the filter from the parameters of an address; unknown parameters are left alone."""
        return cls(**{field.name: query.get(field.name, "").strip()[:60] for field in fields(cls)})

    def place(self) -> str:
        """Return the division asked for as twelve digits, nothing where none is asked for; a text that is no code is nowhere."""
        if not self.division or re.fullmatch(r"[0-9]{2,12}", self.division):
            return self.division and self.division.ljust(12, "0")
        return NOWHERE

    def condition(self) -> Q:
        """Return the condition on `Household`. A value that makes no sense finds nothing, rather than everything."""
        found = Q() if self.closed else Q(closed_on__isnull=True)
        for name in ("household_type", "watch_type", "exit_status"):
            if value := getattr(self, name):
                found &= Q(**{name: value})
        if self.cause:
            found &= Q(cause_main=self.cause) | Q(cause_2=self.cause) | Q(cause_3=self.cause)
        if self.division:
            first, after = range_of(self.place())
            found &= Q(division_code__gte=first, division_code__lt=after)
        for name, lookup in (("size_min", "size__gte"), ("size_max", "size__lte")):
            if value := getattr(self, name):
                found &= Q(**{lookup: int(value)}) if value.isdecimal() else Q(pk__in=[])
        if self.problem:
            found &= Q(Exists(_open_problems(self.problem)))
        if self.q:
            found &= matching(self.q)
        return found


def _open_problems(code: str) -> QuerySet[Problem]:
    rows = Problem.objects.filter(household=OuterRef("public_id"), state=Problem.State.OPEN)
    return rows if code == "any" else rows.filter(code=code)


def matching(text: str) -> Q:
    """Return the condition by which a text finds households.

    An ID number or a phone is looked up by its keyed hash; letters are the initials of the head's name in pinyin;
    digits are a household number; Chinese characters are the head's or a member's name.
    """
    word = text.strip()
    if re.fullmatch(r"\d{17}[\dXx]|\d{15}", word):
        people = Person.objects.filter(id_number_hash=vault().blind("id_number", word.upper()))
        return Q(pk__in=_homes_of(people))
    if re.fullmatch(r"1\d{10}", word):
        return Q(phone_hash=vault().blind("phone", word))
    if re.fullmatch(r"[A-Za-z]{1,12}", word):
        return Q(head_pinyin__startswith=word.lower())
    if re.fullmatch(r"[0-9A-Za-z-]{3,30}", word):
        return Q(household_no__startswith=word)
    return Q(head_name__startswith=word) | Q(pk__in=_homes_of(Person.objects.filter(name__startswith=word)))


def _homes_of(people: QuerySet[Person]) -> QuerySet[Membership, Any]:
    return Membership.objects.filter(person__in=people, valid_to__isnull=True).values("household")


def households(
    viewer: AnyViewer, wanted: HouseholdFilter, *, extra: Q | None = None, act: Can = Can.READ_REGISTER
) -> QuerySet[Household]:
    """Return the households a viewer sees that a filter lets through, unordered.

    `extra` narrows further by what stands above the register (a cadre, an entitlement).
    """
    rows = Household.objects.visible_to(viewer, act, within=wanted.place()).filter(wanted.condition())
    return rows if extra is None else rows.filter(extra)


def ordered(rows: QuerySet[Household], sort: str) -> QuerySet[Household]:
    """Order a list by one allowed column (`-` before it turns it round), then by id, so that pages never overlap."""
    column = SORTABLE.get(sort.removeprefix("-"), "division_code")
    sign = "-" if sort.startswith("-") else ""
    return rows.order_by(f"{sign}{column}", f"{sign}id")


def household(viewer: AnyViewer, public_id: UUID, *, today: date) -> Household:
    """Return one household with its present members at hand. Raises Household.DoesNotExist where unseen."""
    members = (
        Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
        .select_related("person")
        .prefetch_related(Prefetch("person__years", PersonYear.objects.order_by("-year")))
        .order_by("-is_head", "id")
    )
    rows = Household.objects.visible_to(viewer).prefetch_related(
        Prefetch("memberships", members, to_attr="present_members"), "years"
    )
    return rows.get(public_id=public_id)


def register_totals(viewer: AnyViewer) -> dict[str, int]:
    """Return how many open households and present members a viewer sees."""
    rows = Household.objects.visible_to(viewer).filter(closed_on__isnull=True)
    members = Membership.objects.filter(household__in=rows, valid_to__isnull=True)
    return {"households": rows.count(), "persons": members.count()}
