"""Whether a person or a household number is in the register already: what stops a change, and what only warns."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import QuerySet

from xiangqiao.people.models import Household, Membership, Person
from xiangqiao.people.rules.checks import plain_number
from xiangqiao.people.rules.payloads import Disability, IdNumber, Joining, Payload, Register, Split
from xiangqiao.people.rules.situation import Fault
from xiangqiao.people.secrets import blind
from xiangqiao.places.queries import path_of


@dataclass(frozen=True)
class Double:
    """Somebody in the register who may be the same: where, masked name, and why we think so."""

    place: str
    name: str
    same_number: bool


@dataclass(frozen=True)
class Doubles:
    """`faults` stop the change; `warnings` must be confirmed with a reason; `known` is who comes back."""

    faults: list[Fault]
    warnings: list[Double]
    known: Person | None = None


def masked_name(name: str) -> str:
    """Return a name of which only the family name can be read.

    >>> masked_name("廖秀英")
    '廖**'
    """
    return name[:1] + "*" * max(1, len(name) - 1)


def where(division_code: str) -> str:
    """Return township and village of a code in words."""
    return "".join(one.name for one in path_of(division_code)[-2:]) or division_code


def doubles(payload: Payload) -> Doubles:
    """Look for the person or the number that a change would bring in."""
    faults = _taken_number(payload)
    if isinstance(payload, IdNumber):
        others = Person.objects.exclude(public_id=payload.person)
        living = (
            _by_number(payload.id_number).filter(died_on__isnull=True, pk__in=others.values("pk")).first()
        )
        return Doubles([*faults, *([_taken(living)] if living else [])], [])
    if isinstance(payload, Disability):
        return Doubles(_certificate(payload), [])
    if not isinstance(payload, Joining | Register):
        return Doubles(faults, [])
    return _newcomer(payload, faults)


def _newcomer(payload: Joining | Register, faults: list[Fault]) -> Doubles:
    same = list(_by_number(payload.id_number)) if payload.id_number else []
    living = next((one for one in same if one.died_on is None), None)
    if living is not None:
        present = Membership.objects.filter(person=living, valid_to__isnull=True).exists()
        if present or isinstance(payload, Register):
            return Doubles([*faults, _taken(living)], [])
    seen = {one.pk for one in same}
    alike = Person.objects.filter(name=payload.name.strip(), birth_on=payload.birth_on).exclude(pk__in=seen)
    warnings = [_warning(one, same_number=True) for one in same]
    warnings += [_warning(one, same_number=False) for one in alike.order_by("id")[:5]]
    return Doubles(faults, warnings, living)


def _certificate(payload: Disability) -> list[Fault]:
    """A certificate belongs to one person, and begins with that person's ID number."""
    number = plain_number(payload.disability_no)
    if not number:
        return []
    holder = Person.objects.get(public_id=payload.person)
    if holder.id_number_hash and blind("id_number", number[:18]) != holder.id_number_hash:
        return [Fault("disability_no", "certificate_differs")]
    others = Person.objects.filter(disability_no_hash=blind("disability_no", number), died_on__isnull=True)
    other = others.exclude(pk=holder.pk).first()
    return [replace(_taken(other), field="disability_no", code="certificate_taken")] if other else []


def _taken_number(payload: Payload) -> list[Fault]:
    if not isinstance(payload, Split | Register):
        return []
    taken = Household.objects.filter(household_no=payload.household_no.strip()).exists()
    return [Fault("household_no", "household_no_taken")] if taken else []


def _by_number(number: str) -> QuerySet[Person]:
    return Person.objects.filter(id_number_hash=blind("id_number", number)).order_by("id")


def _taken(person: Person) -> Fault:
    return Fault(
        "id_number", "id_taken", {"place": where(person.division_code), "name": masked_name(person.name)}
    )


def _warning(person: Person, *, same_number: bool) -> Double:
    return Double(where(person.division_code), masked_name(person.name), same_number)
