"""Households of a batch into the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from xiangqiao.kernel.ids import new_ids
from xiangqiao.kernel.merge import Present, Split, insert_recorded, present_rows, split, take
from xiangqiao.ledger.declaring import declare_lines
from xiangqiao.people.intake.layout import HOUSEHOLD, HOUSEHOLD_YEAR, INCOME, plain_column, plain_columns
from xiangqiao.people.intake.numbers import Numbers
from xiangqiao.people.intake.work import Home, Work
from xiangqiao.people.models import Household, HouseholdYear

# Per household number: name of the head, its initials, number of members.
Faces = Mapping[str, tuple[str, str, int]]


def find_homes(work: Work, numbers: set[str]) -> dict[str, Present]:
    """Find the households of these numbers that the register has, and note them in the work."""
    attributes = (
        "household_no",
        "division_code",
        *HOUSEHOLD,
        "phone_hash",
        "phone_mask",
        "bank_card_hash",
        "bank_card_mask",
    )
    present = present_rows(Household, "household_no", numbers, attributes)
    found = {str(number): row for number, row in present.items()}
    for number, row in found.items():
        work.homes[number] = Home(row.pk, row.id, row.state["division_code"])
    return found


def apply_homes(
    work: Work, table: pa.Table, codes: Sequence[str], present: Mapping[str, Present], faces: Faces
) -> None:
    """Insert new households, change known ones, with their year and their lines of income."""
    numbers: list[str] = plain_column(table, "household_no")
    columns: dict[str, Sequence[Any]] = {
        "household_no": numbers,
        "division_code": codes,
        **plain_columns(table, HOUSEHOLD),
    }
    secrets = [Numbers.of(table, "phone"), Numbers.of(table, "bank_card")]
    rows = plain_column(table, "_row")
    parts = split(numbers, columns, present)
    _insert(work, parts.new, columns, secrets, rows, faces)
    homes = [work.homes.get(number) for number in numbers]
    work.change(Household, parts.differences, homes)
    for secret in secrets:
        secret.change(work, Household, parts.known, homes)
    known = [home for home in homes if home is not None]
    _years(work, table, known, rows, fresh=len(parts.new) == len(numbers))
    lines = plain_columns(table, INCOME)
    declared = declare_lines(
        origin=work.origin, source=work.batch.source, year=work.batch.year, owners=[home.id for home in known],
        division_codes=[home.division_code for home in known], lines=lines, batch_rows=rows, since=work.since,
        fresh=len(parts.new) == len(numbers),
    )  # fmt: skip
    work.changes += declared.changes
    work.digests += declared.digests
    work.count("income_lines", len(declared.digests))
    work.count("changed", declared.changed)
    for kept in declared.verified:
        work.ask(
            "VERIFIED", "ledger.incomeline", kept.row.id, "amount_fen", kept.old, kept.new, known[kept.place]
        )


def _insert(
    work: Work,
    places: list[int],
    columns: Mapping[str, Sequence[Any]],
    secrets: list[Numbers],
    rows: list[int],
    faces: Faces,
) -> None:
    if not places:
        return
    ids = new_ids(len(places))
    chosen = take(columns, places)
    extra: dict[str, Sequence[Any]] = {}
    for secret in secrets:
        recorded, sealed = secret.columns(places, ids)
        chosen |= recorded
        extra |= sealed
    own = [faces.get(number, ("", "", 0)) for number in chosen["household_no"]]
    for place, name in enumerate(("head_name", "head_pinyin", "size")):
        extra[name] = [face[place] for face in own]
    done = insert_recorded(
        Household, chosen, origin=work.origin, batch_rows=[rows[p] for p in places], ids=ids, extra=extra
    )
    for number, pk, own_id, code in zip(
        chosen["household_no"], done.pks, done.ids, chosen["division_code"], strict=True
    ):
        work.homes[number] = Home(pk, own_id, code)
    work.digests += done.digests
    work.count("households", len(places))


def _years(work: Work, table: pa.Table, homes: list[Home], rows: list[int], *, fresh: bool) -> None:
    columns = plain_columns(table, HOUSEHOLD_YEAR)
    if not columns:
        return
    keys = [home.pk for home in homes]
    present = (
        {}
        if fresh
        else present_rows(HouseholdYear, "household_id", keys, tuple(columns), year=work.batch.year)
    )
    parts: Split = split(keys, columns, present)
    chosen = take({"household_id": keys, **columns}, parts.new)
    chosen["year"] = [work.batch.year] * len(parts.new)
    done = insert_recorded(HouseholdYear, chosen, origin=work.origin, batch_rows=[rows[p] for p in parts.new])
    work.digests += done.digests
    work.count("household_years", len(parts.new))
    work.change(HouseholdYear, parts.differences, homes)
