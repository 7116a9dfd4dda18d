"""Rows that an import inserted, on their way out: which must stay, and the rest with its trace in the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from xiangqiao.kernel import bulk
from xiangqiao.kernel.bus import publish
from xiangqiao.kernel.models import Change, Event
from xiangqiao.kernel.record import REMOVED
from xiangqiao.ledger.declaring import LINES_TABLE, touched_owners
from xiangqiao.people.events import HouseholdsToWithdraw
from xiangqiao.people.models import Batch, Household, HouseholdYear, Membership, PersonYear

# Children before what they hang on, each with the condition under which a row belongs to a household that stays.
_STAYS = (
    (LINES_TABLE, "ledger.incomeline", "owner IN (SELECT own FROM kept_home)"),
    ("people_membership", "people.membership", "household_id IN (SELECT pk FROM kept_home)"),
    ("people_householdyear", "people.householdyear", "household_id IN (SELECT pk FROM kept_home)"),
    ("people_personyear", "people.personyear", "person_id IN (SELECT pk FROM kept_person)"),
    ("people_person", "people.person", "id IN (SELECT pk FROM kept_person)"),
    ("people_household", "people.household", "id IN (SELECT pk FROM kept_home)"),
)


@dataclass(frozen=True)
class Kept:
    """Households that stay as they are, by primary key, with their ids."""

    homes: dict[int, UUID]


def touched_homes(batch: Batch) -> Kept:
    """Find the households of a batch that somebody touched since, or that a programme needs."""
    own = batch.public_id
    homes = Household.objects.filter(batch=own)
    members = Membership.objects.all()
    found: set[int] = set(homes.filter(version__gt=1).values_list("pk", flat=True))
    for rows in (HouseholdYear.objects.all(), members):
        found |= set(rows.filter(batch=own, version__gt=1).values_list("household_id", flat=True))
        found |= set(
            rows.filter(household__batch=own).exclude(batch=own).values_list("household_id", flat=True)
        )
    found |= set(
        members.filter(person__batch=own, person__version__gt=1).values_list("household_id", flat=True)
    )
    found |= set(members.filter(person__batch=own).exclude(batch=own).values_list("household_id", flat=True))
    years = PersonYear.objects.filter(batch=own, version__gt=1) | PersonYear.objects.filter(
        person__batch=own
    ).exclude(batch=own)
    found |= set(members.filter(person__in=years.values("person_id")).values_list("household_id", flat=True))
    owners = touched_owners(own, homes.values("public_id"))
    needed = HouseholdsToWithdraw(frozenset(homes.values_list("public_id", flat=True)))
    publish(needed)
    wanted = sorted({*owners, *needed.needed}, key=str)
    for part in bulk.chunks(wanted):
        found |= set(Household.objects.filter(public_id__in=part).values_list("pk", flat=True))
    kept: dict[int, UUID] = {}
    for part in bulk.chunks(sorted(found)):
        kept |= dict(Household.objects.filter(pk__in=part).values_list("pk", "public_id"))
    return Kept(kept)


def joined_homes(batch: Batch) -> list[int]:
    """Return the households that were there before the batch and got members by it."""
    rows = Membership.objects.filter(batch=batch.public_id).exclude(household__batch=batch.public_id)
    return list(rows.values_list("household_id", flat=True).distinct())


@contextmanager
def hold_kept(kept: Kept) -> Iterator[None]:
    """Keep what stays in temporary tables `kept_home(pk, own)` and `kept_person(pk)` while rows are removed."""
    kind = "uuid" if connection.vendor == "postgresql" else "char(32)"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE kept_home (pk bigint PRIMARY KEY, own {kind})")
        cursor.executemany(
            "INSERT INTO kept_home VALUES (%s, %s)", [(pk, own.hex) for pk, own in kept.homes.items()]
        )
        cursor.execute(
            "CREATE TEMPORARY TABLE kept_person AS SELECT DISTINCT person_id AS pk FROM people_membership "
            "WHERE household_id IN (SELECT pk FROM kept_home)"
        )
        yield
        cursor.execute("DROP TABLE kept_home")
        cursor.execute("DROP TABLE kept_person")


def remove_rows(batch: Batch, event: Event) -> int:
    """Delete the rows of a batch but those that stay, each told in the log with its origin digest; returns how many went."""
    count = 0
    as_json = "to_jsonb(origin_digest)" if connection.vendor == "postgresql" else "json_quote(origin_digest)"
    null = "'null'::jsonb" if connection.vendor == "postgresql" else "'null'"
    with connection.cursor() as cursor:
        for table, kind, stays in _STAYS:
            where = f"WHERE batch = %s AND NOT ({stays})"
            cursor.execute(
                f'INSERT INTO "{Change._meta.db_table}" (event_id, subject_kind, subject, attribute, old, new) '  # noqa: S608
                f"SELECT %s, %s, public_id, %s, {as_json}, {null} FROM {table} {where}",
                [event.pk, kind, REMOVED, batch.public_id.hex],
            )
            cursor.execute(f"DELETE FROM {table} {where}", [batch.public_id.hex])  # noqa: S608 - names of our own
            count += cursor.rowcount
    return count
