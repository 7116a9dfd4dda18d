"""Drafts of corrected facts."""

from __future__ import annotations

from typing import Any

from xiangqiao.ledger.declaring import declared_row, declared_rows
from xiangqiao.people.drafting.draft import Draft
from xiangqiao.people.drafting.scene import Scene
from xiangqiao.people.models import HouseholdYear, PersonYear
from xiangqiao.people.rules.checks import plain_number
from xiangqiao.people.rules.facts import spec
from xiangqiao.people.rules.kinds import FACTS, Kind
from xiangqiao.people.rules.payloads import Corrected, Disability, IdNumber
from xiangqiao.people.secrets import sealed_number


def identify(said: IdNumber, scene: Scene) -> Draft:
    """Draft the right ID number of a member."""
    person = scene.member(said.person).person
    draft = Draft()
    draft.set(person, id_type=said.id_type, **sealed_number("id_number", said.id_number, person.public_id))
    return draft


def certify(said: Disability, scene: Scene) -> Draft:
    """Draft the disability certificate of a member, with kind and grade as its last two digits say."""
    person = scene.member(said.person).person
    number = plain_number(said.disability_no)
    draft = Draft()
    draft.set(
        person,
        disability_type=int(number[18]) if number else None,
        disability_level=int(number[19]) if number else None,
        **sealed_number("disability_no", number, person.public_id),
    )
    return draft


def correct(kind: Kind, said: Corrected, scene: Scene) -> Draft:
    """Draft corrected facts on the row where they stand; a year that has no row gets one."""
    group = FACTS[kind]
    values = {name: _stored(kind, name, value) for name, value in said.values.items()}
    year = said.year or 0
    draft = Draft()
    if group.table == "household":
        draft.set(scene.home, **values)
    elif group.table == "person":
        _correct_person(draft, scene, said, values)
    elif group.table == "person_year" and said.person is not None:
        person = scene.member(said.person).person
        row = PersonYear.objects.filter(person=person, year=year).first()
        _correct_year(draft, row, PersonYear(person=person, year=year), values)
    elif group.table == "household_year":
        row_of_home = HouseholdYear.objects.filter(household=scene.home, year=year).first()
        _correct_year(draft, row_of_home, HouseholdYear(household=scene.home, year=year), values)
    elif group.table == "household_income_year":
        _correct_income(draft, scene, year, values)
    return draft


def _correct_income(draft: Draft, scene: Scene, year: int, values: dict[str, Any]) -> None:
    home = scene.home
    present = declared_rows(owner=home.public_id, year=year)
    for line, amount in values.items():
        if line in present:
            draft.set(present[line], amount_fen=amount)
        else:
            draft.add(
                declared_row(
                    owner=home.public_id,
                    division_code=home.division_code,
                    year=year,
                    line=line,
                    amount_fen=amount,
                )
            )


def _correct_person(draft: Draft, scene: Scene, said: Corrected, values: dict[str, Any]) -> None:
    if said.person is None:
        return
    member = scene.member(said.person)
    if "relation" in values:
        draft.set(member, relation=values.pop("relation"))
    draft.set(member.person, **values)
    draft.named.append(member.person)
    draft.homes.append(scene.home)


def _correct_year(
    draft: Draft,
    row: PersonYear | HouseholdYear | None,
    new: PersonYear | HouseholdYear,
    values: dict[str, Any],
) -> None:
    if row is not None:
        draft.set(row, **values)
        return
    for name, value in values.items():
        setattr(new, name, value)
    draft.add(new)


def _stored(kind: Kind, name: str, value: Any) -> Any:
    """Codes and texts that are not known are stored as the empty text."""
    if value is None and spec(kind, name).type in {"code", "text"}:
        return ""
    return value.strip() if isinstance(value, str) else value
