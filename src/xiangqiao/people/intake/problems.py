"""Problems of a batch: written when it is checked, joined to their households when it is applied."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from xiangqiao.kernel import bulk
from xiangqiao.kernel.ids import new_ids
from xiangqiao.kernel.record import Act
from xiangqiao.kernel.values import digest
from xiangqiao.people.intake.villages import Villages
from xiangqiao.people.models import Batch, Problem
from xq_engine.checks import checks
from xq_engine.divisions import is_within
from xq_engine.intake.batch import CheckedBatch

_PLACE = ("_workbook", "_sheet", "_row")


def write_problems(batch: Batch, checked: CheckedBatch) -> int:
    """Insert the problems of a checked batch with household number and village, in place of those written before."""
    Problem.objects.filter(batch=batch).delete()
    found = checked.problems
    if not found.num_rows:
        return 0
    numbers, codes = _whose(batch, checked)
    records = found.to_pylist()
    places = [(row["workbook"], row["sheet"], row["row"]) for row in records]
    owners = [numbers.get((row["entity"], *place), "") for row, place in zip(records, places, strict=True)]
    count = len(records)
    columns: dict[str, list[Any]] = {
        "public_id": new_ids(count),
        "batch_id": [batch.pk] * count,
        "division_code": [codes.get(owner, batch.division_code) for owner in owners],
        "code": [row["code"] for row in records],
        "scope": [checks()[row["code"]].scope for row in records],
        "severity": [row["severity"] for row in records],
        "workbook": [row["workbook"] for row in records],
        "sheet": [row["sheet"] for row in records],
        "row": [row["row"] for row in records],
        "column": [row["column"] for row in records],
        "household_no": [owner[:30] for owner in owners],
        "params": [
            bulk.as_json({name: row[name] for name in ("entity", "fact", "value", "other")})
            for row in records
        ],
        "state": [Problem.State.OPEN.value] * count,
        "settled_label": [""] * count,
        "settled_reason": [""] * count,
    }
    bulk.insert(Problem, columns)
    return count


def link_problems(act: Act, batch: Batch, numbers: Collection[str]) -> None:
    """Join the problems of an applied batch to their households; older ones about the households in it are over.

    `numbers` are the households that the batch holds. What somebody confirmed as really so stays confirmed when the same
    is found again.
    """
    table = '"people_problem"'
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET household = (SELECT h.public_id FROM people_household h "  # noqa: S608 - our own names
            "WHERE h.household_no = people_problem.household_no) WHERE batch_id = %s AND household_no <> ''",
            [batch.pk],
        )
    _carry_over(batch)
    older = Problem.objects.filter(state=Problem.State.OPEN).exclude(batch=batch)
    for part in bulk.chunks(sorted(set(older.values_list("household_no", flat=True)) & set(numbers))):
        older.filter(household_no__in=part).update(
            state=Problem.State.MENDED,
            settled_by=act.by.public_id,
            settled_label=act.by.label,
            settled_at=act.at,
        )


def _carry_over(batch: Batch) -> None:
    """What was confirmed of the same household, with the same words, stays confirmed."""
    confirmed = Problem.objects.filter(state=Problem.State.CONFIRMED).exclude(batch=batch)
    known = {(one.household_no, one.code, digest(one.params)): one for one in confirmed if one.household_no}
    for part in bulk.chunks(sorted({number for number, _, _ in known})):
        for row in Problem.objects.filter(batch=batch, household_no__in=part):
            if old := known.get((row.household_no, row.code, digest(row.params))):
                row.state, row.settled_reason = old.state, old.settled_reason
                row.settled_by, row.settled_label, row.settled_at = (
                    old.settled_by,
                    old.settled_label,
                    old.settled_at,
                )
                row.save()


def _whose(
    batch: Batch, checked: CheckedBatch
) -> tuple[dict[tuple[str, str, str, int], str], dict[str, str]]:
    """Household numbers by (entity, workbook, sheet, row) of rows with problems, and village codes by household number."""
    numbers: dict[tuple[str, str, str, int], str] = {}
    wanted = pc.unique(checked.problems["row"])
    codes: dict[str, str] = {}
    for entity in ("household", "person"):
        table = checked.table(entity)
        part = table.filter(pc.is_in(table["_row"], value_set=wanted)).select([*_PLACE, "household_no"])
        for row in part.to_pylist():
            numbers[entity, row["_workbook"], row["_sheet"], row["_row"]] = row["household_no"] or ""
    homes = checked.household
    chosen = homes.filter(
        pc.is_in(homes["household_no"], value_set=pa.array(set(numbers.values()), pa.string()))
    )
    for number, code in zip(
        chosen["household_no"].to_pylist(), Villages().codes_of(chosen, batch.division_code), strict=True
    ):
        # Only the register says that a household lies where the uploader may not look.
        codes[number] = code if is_within(code, batch.division_code) else batch.division_code
    return numbers, codes
