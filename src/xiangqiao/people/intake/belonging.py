"""Who belongs to which household, as a batch says: joined, moved, vanished, a new head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from xiangqiao.kernel import bulk
from xiangqiao.kernel.merge import Difference, Present, insert_recorded
from xiangqiao.people.intake.members import People
from xiangqiao.people.intake.work import Home, Work
from xiangqiao.people.models import Membership, Person

_KIND = "people.membership"


@dataclass(frozen=True)
class Bonds:
    """The current memberships of the people and households concerned: by person, and the head's by household."""

    by_person: dict[int, tuple[int, Present]]
    heads: dict[int, int]


def apply_memberships(work: Work, people: People, known_homes: Mapping[str, Present]) -> None:
    """Let new members in, change relations, and ask about those who moved, left or vanished, and about other heads."""
    bonds = _bonds(people, known_homes)
    homes = [work.homes.get(number) for number in people.household_nos]
    joining = _joining(work, people, homes, bonds)
    _change_relations(work, people, homes, bonds)
    _insert(work, people, homes, joining, bonds)
    _ask_for_the_vanished(work, people, known_homes, bonds)
    touched = sorted({home.pk for number in known_homes if (home := work.homes.get(number))})
    refresh_faces(touched)


def refresh_faces(households: Sequence[int]) -> None:
    """Write head's name and number of members beside households (by primary key), as their memberships say now."""
    head = (
        "SELECT p.{0} FROM people_membership m JOIN people_person p ON p.id = m.person_id "
        "WHERE m.household_id = people_household.id AND m.valid_to IS NULL AND m.is_head"
    )
    size = "SELECT count(*) FROM people_membership m WHERE m.household_id = people_household.id AND m.valid_to IS NULL"
    with connection.cursor() as cursor:
        for part in bulk.chunks(households):
            marks = ", ".join(["%s"] * len(part))
            cursor.execute(
                f"UPDATE people_household SET size = ({size}), "  # noqa: S608 - column names of our own
                f"head_name = COALESCE(({head.format('name')}), ''), "
                f"head_pinyin = COALESCE(({head.format('name_pinyin')}), '') WHERE id IN ({marks})",
                list(part),
            )


def _bonds(people: People, known_homes: Mapping[str, Present]) -> Bonds:
    by_person: dict[int, tuple[int, Present]] = {}
    heads: dict[int, int] = {}
    if not people.present and not known_homes:
        return Bonds(by_person, heads)
    rows = Membership.objects.filter(valid_to=None)
    wanted = [
        ("household_id", [row.pk for row in known_homes.values()]),
        ("person_id", [row.pk for row in people.present.values()]),
    ]
    for column, pks in wanted:
        for part in bulk.chunks(pks):
            found = rows.filter(**{f"{column}__in": part})
            for pk, own, home, person, relation, is_head in found.values_list(
                "pk", "public_id", "household_id", "person_id", "relation", "is_head"
            ):
                by_person[person] = (home, Present(pk, own.hex, {"relation": relation, "is_head": is_head}))
                if is_head:
                    heads[home] = person
    return Bonds(by_person, heads)


def _joining(work: Work, people: People, homes: Sequence[Home | None], bonds: Bonds) -> list[int]:
    """The rows of new members; a person whom the register has elsewhere, or has seen leave, is asked about."""
    known = {row.pk: row for row in people.present.values()}
    joining = []
    for place, pk in enumerate(people.pks):
        home = homes[place]
        if home is None:
            continue
        if pk not in known:
            joining.append(place)
            continue
        bond = bonds.by_person.get(pk)
        if bond is None:
            work.ask(
                "LEFT", "people.person", known[pk].id, "household_no", None, people.household_nos[place], home
            )
        elif bond[0] != home.pk:
            work.ask(
                "MOVED",
                "people.person",
                known[pk].id,
                "household_no",
                None,
                people.household_nos[place],
                home,
            )
    return joining


def _change_relations(work: Work, people: People, homes: Sequence[Home | None], bonds: Bonds) -> None:
    """Change relations of present members. Another head takes over only after the old one stepped down."""
    stepping_down: list[Difference] = []
    other: list[Difference] = []
    rising: list[Difference] = []
    for place, pk in enumerate(people.pks):
        home, bond = homes[place], bonds.by_person.get(pk)
        if home is None or bond is None or bond[0] != home.pk:
            continue
        row, relation = bond[1], people.relations[place]
        if relation == row.state["relation"] or not relation:
            continue
        change = Difference(row, "relation", row.state["relation"], relation, place)
        (stepping_down if row.state["is_head"] else rising if relation == "HEAD" else other).append(change)
    down = [Difference(one.row, "is_head", True, False, one.place) for one in stepping_down]  # noqa: FBT003 - values
    for one in work.change(Membership, down, homes):
        home = homes[one.place]
        if home:
            bonds.heads.pop(home.pk, None)
    work.change(Membership, [*stepping_down, *other], homes)
    for one in rising:
        home = homes[one.place]
        if home is None:
            continue
        if home.pk in bonds.heads:
            work.ask("HEAD", _KIND, one.row.id, "is_head", False, True, home)  # noqa: FBT003 - values
            continue
        bonds.heads[home.pk] = people.pks[one.place]
        work.change(Membership, [one, Difference(one.row, "is_head", False, True, one.place)], homes)  # noqa: FBT003


def _insert(
    work: Work, people: People, homes: Sequence[Home | None], joining: list[int], bonds: Bonds
) -> None:
    if not joining:
        return
    chosen = [(place, home) for place in joining if (home := homes[place])]
    is_head = []
    for place, home in chosen:
        leads = (
            people.relations[place] == "HEAD"
            and bonds.heads.setdefault(home.pk, people.pks[place]) == people.pks[place]
        )
        is_head.append(leads)
    done = insert_recorded(
        Membership,
        {
            "household_id": [home.pk for _, home in chosen],
            "person_id": [people.pks[place] for place, _ in chosen],
            "relation": [people.relations[place] for place, _ in chosen],
            "is_head": is_head,
        },
        origin=work.origin,
        batch_rows=[people.rows[place] for place, _ in chosen],
    )
    work.digests += done.digests
    work.count("memberships", len(chosen))
    for (place, home), leads, own in zip(chosen, is_head, done.ids, strict=True):
        if people.relations[place] == "HEAD" and not leads:
            work.ask("HEAD", _KIND, own, "is_head", False, True, home)  # noqa: FBT003 - values


def _ask_for_the_vanished(
    work: Work, people: People, known_homes: Mapping[str, Present], bonds: Bonds
) -> None:
    """Members of households in the file who are not in it stay; somebody must say where they are."""
    by_pk = {row.pk: number for number, row in known_homes.items()}
    listed = {work.homes[number].pk for number in people.household_nos if number in work.homes}
    here = set(people.pks)
    gone = [
        (person, home, row)
        for person, (home, row) in bonds.by_person.items()
        if person not in here and home in listed
    ]
    if not gone:
        return
    # Whom somebody let in at the desk since the file's year does not vanish by a file that is older.
    verified = work.verified(row.id for _, _, row in gone)
    ids: dict[int, UUID] = {}
    for part in bulk.chunks([person for person, _, _ in gone]):
        ids |= dict(Person.objects.filter(pk__in=part).values_list("pk", "public_id"))
    for person, home, row in gone:
        if row.id not in verified and home in by_pk:
            work.ask(
                "VANISHED",
                "people.person",
                ids[person].hex,
                "household_no",
                by_pk[home],
                None,
                work.homes[by_pk[home]],
            )
