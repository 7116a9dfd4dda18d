"""People of a batch into the register: who they are, which household they belong to, what is known of their year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from xiangqiao.kernel import bulk
from xiangqiao.kernel.ids import new_ids
from xiangqiao.kernel.merge import Present, insert_recorded, present_rows, split, take
from xiangqiao.kernel.values import plain
from xiangqiao.people.intake.homes import Faces
from xiangqiao.people.intake.layout import PERSON, PERSON_YEAR, plain_column, plain_columns
from xiangqiao.people.intake.numbers import Numbers
from xiangqiao.people.intake.work import Home, Work
from xiangqiao.people.models import Membership, Person, PersonYear
from xiangqiao.people.names import initials


@dataclass
class People:
    """The person rows of a batch, with what the register has of them."""

    table: pa.Table
    household_nos: list[str]
    columns: dict[str, list[Any]]
    relations: list[str]
    ids: Numbers
    certificates: Numbers
    rows: list[int]
    keys: list[Hashable] = field(default_factory=list)
    present: dict[Hashable, Present] = field(default_factory=dict)
    pks: list[int] = field(default_factory=list)
    # Primary keys of people whom the register has beyond the batch's reach.
    beyond: frozenset[int] = frozenset()

    @classmethod
    def of(cls, table: pa.Table) -> People:
        """Read the columns of the table and find each row's natural key: the ID number, else household, name, birth."""
        found = cls(
            table=table,
            household_nos=plain_column(table, "household_no"),
            columns=plain_columns(table, PERSON),
            relations=plain_column(table, "relation"),
            ids=Numbers.of(table, "id_number"),
            certificates=Numbers.of(table, "disability_no"),
            rows=plain_column(table, "_row"),
        )
        for digit, name in ((18, "disability_type"), (19, "disability_level")):
            found.columns[name] = [
                int(v[digit]) if v and len(v) == 20 and v[18:].isdigit() else None
                for v in found.certificates.values
            ]
        found.keys = found._natural_keys()
        return found

    def _natural_keys(self) -> list[Hashable]:
        keys: list[Hashable] = list(self.ids.hashes)
        births = self.columns.get("birth_on", [None] * len(keys))
        times: Counter[tuple[str, str, str | None]] = Counter()
        for place, own in enumerate(self.ids.hashes):
            if not own:
                key = (self.household_nos[place], self.columns["name"][place], births[place])
                keys[place] = (*key, times[key])
                times[key] += 1
        return keys

    def faces(self) -> Faces:
        """Return head, initials of the head and number of members by household number."""
        sizes = Counter(self.household_nos)
        heads = {
            number: name
            for number, name, relation in zip(
                self.household_nos, self.columns["name"], self.relations, strict=True
            )
            if relation == "HEAD"
        }
        return {
            number: (head := heads.get(number, ""), initials(head), size) for number, size in sizes.items()
        }


def find_people(people: People, known_homes: Mapping[str, Present]) -> None:
    """Find the people whom the register has: by ID number, and those without one in the households known."""
    attributes = (*PERSON, "id_number_hash", "id_number_mask", "disability_no_hash", "disability_no_mask",
                  "disability_type", "disability_level")  # fmt: skip
    with_number = [own for own in people.ids.hashes if own]
    people.present = present_rows(Person, "id_number_hash", with_number, attributes, died_on=None)
    if not known_homes or len(with_number) == len(people.keys):
        return
    numbers = {home.pk: number for number, home in known_homes.items()}
    times: Counter[tuple[str, str, str | None]] = Counter()
    members = Membership.objects.filter(valid_to=None, person__id_number_hash="").order_by("person_id")
    for part in bulk.chunks(list(numbers)):
        rows = members.filter(household_id__in=part)
        paths = (
            "household_id",
            "person_id",
            "person__public_id",
            *(f"person__{name}" for name in attributes),
        )
        for home, pk, public_id, *state in rows.values_list(*paths):
            values = {name: plain(v) for name, v in zip(attributes, state, strict=True)}
            key = (numbers[home], values["name"], values["birth_on"])
            people.present[(*key, times[key])] = Present(pk, public_id.hex, values)
            times[key] += 1


def apply_people(work: Work, people: People) -> None:
    """Insert new people and change known ones, with their year. Fills `people.pks` in the order of the rows."""
    homes = [work.homes.get(number) for number in people.household_nos]
    codes = [home.division_code if home else work.batch.division_code for home in homes]
    parts = split(people.keys, people.columns, people.present)
    ids = new_ids(len(parts.new))
    chosen = take({**people.columns, "division_code": codes}, parts.new)
    extra: dict[str, Sequence[Any]] = {"name_pinyin": [initials(name) for name in chosen["name"]]}
    for secret in (people.ids, people.certificates):
        recorded, sealed = secret.columns(parts.new, ids)
        chosen |= recorded
        extra |= sealed
    rows = [people.rows[p] for p in parts.new]
    done = insert_recorded(Person, chosen, origin=work.origin, batch_rows=rows, ids=ids, extra=extra)
    work.digests += done.digests
    work.count("persons", len(parts.new))
    pks = dict(zip(parts.new, done.pks, strict=True))
    people.pks = [pks[p] if p in pks else parts.known[p].pk for p in range(len(people.keys))]
    parts.differences = [one for one in parts.differences if one.row.pk not in people.beyond]
    taken = work.change(Person, parts.differences, homes)
    renamed = [(initials(one.new), one.row.pk) for one in taken if one.attribute == "name"]
    bulk.update(Person, "name_pinyin", renamed)
    within = {place: row for place, row in parts.known.items() if row.pk not in people.beyond}
    for secret in (people.ids, people.certificates):
        secret.change(work, Person, within, homes)
    _years(work, people, homes)


def _years(work: Work, people: People, homes: Sequence[Home | None]) -> None:
    columns = plain_columns(people.table, PERSON_YEAR)
    if not columns:
        return
    present: Mapping[Hashable, Present] = {}
    if people.present:
        present = present_rows(PersonYear, "person_id", people.pks, tuple(columns), year=work.batch.year)
    parts = split(people.pks, columns, present)
    if people.beyond:
        parts.new = [place for place in parts.new if people.pks[place] not in people.beyond]
        parts.differences = [one for one in parts.differences if people.pks[one.place] not in people.beyond]
    chosen = take({"person_id": people.pks, **columns}, parts.new)
    chosen["year"] = [work.batch.year] * len(parts.new)
    rows = [people.rows[p] for p in parts.new]
    work.digests += insert_recorded(PersonYear, chosen, origin=work.origin, batch_rows=rows).digests
    work.count("person_years", len(parts.new))
    work.change(PersonYear, parts.differences, homes)
