"""Rows of a file that lie beyond the area it was uploaded for: told at their cells when it is checked, and left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pyarrow as pa
import pyarrow.compute as pc

from xiangqiao.kernel import bulk
from xiangqiao.people.intake.layout import plain_column
from xiangqiao.people.intake.reach import is_county
from xiangqiao.people.intake.villages import Villages
from xiangqiao.people.models import Batch, Household
from xq_engine.checks import checks
from xq_engine.divisions import is_within
from xq_engine.intake.batch import CheckedBatch
from xq_engine.intake.columns import mask_column

# A row beyond: its position in the table, the fact at whose cell it is told.
Beyond = list[tuple[int, str]]


def leave_out_beyond(batch: Batch, checked: CheckedBatch) -> None:
    """Refuse, in place, the rows of a checked batch that its office may not bring in; each becomes a problem."""
    if is_county(batch):
        return
    homes = checked.household
    codes = Villages().codes_of(homes, batch.division_code)
    far = [n for n, code in enumerate(codes) if not is_within(code, batch.division_code)]
    numbers, people = plain_column(homes, "household_no"), plain_column(checked.person, "household_no")
    elsewhere = _registered_elsewhere(batch, {*numbers, *people} - {None, ""})
    known = [n for n, number in enumerate(numbers) if number in elsewhere and n not in set(far)]
    lost = {numbers[n] for n in (*far, *known)}
    orphans = [n for n, number in enumerate(people) if number in elsewhere and number not in lost]
    _refuse(checked, "household", "PLACE.BEYOND", "village", far)
    _refuse(checked, "household", "ROW.ELSEWHERE", "household_no", known)
    _refuse(checked, "person", "ROW.ELSEWHERE", "household_no", orphans)
    _drop(checked, "person", [n for n, number in enumerate(people) if number in lost])
    _refuse(checked, "unit", "ROW.COUNTY_ONLY", "unit_name", range(checked.unit.num_rows))
    _refuse(checked, "cadre", "ROW.COUNTY_ONLY", "name", range(checked.cadre.num_rows))


def _registered_elsewhere(batch: Batch, numbers: Collection[str]) -> set[str]:
    found: set[str] = set()
    for part in bulk.chunks(sorted(numbers)):
        rows = Household.objects.filter(household_no__in=part).values_list("household_no", "division_code")
        found |= {number for number, code in rows if not is_within(code, batch.division_code)}
    return found


def _refuse(checked: CheckedBatch, entity: str, code: str, fact: str, rows: Iterable[int]) -> None:
    """Tell a problem of rows that would have been taken, and leave them out."""
    table = checked.table(entity)
    taken = table["_accepted"].to_pylist()
    chosen = pa.array([n for n in rows if taken[n]], pa.int64())
    if not len(chosen):
        return
    here = table.take(chosen)
    columns = {
        "workbook": here["_workbook"],
        "sheet": here["_sheet"],
        "row": here["_row"],
        "column": pa.array(_letters(checked, entity, fact, here), pa.string()),
        "value": mask_column(here[fact], "text", fact),
        "other": pa.nulls(len(chosen), pa.string()),
    }
    same = {"code": code, "severity": checks()[code].severity, "entity": entity, "fact": fact}
    columns |= {name: pa.repeat(pa.scalar(text), len(chosen)) for name, text in same.items()}
    schema = checked.problems.schema
    told = pa.table([columns[name] for name in schema.names], schema=schema)
    checked.problems = pa.concat_tables([checked.problems, told])
    _drop(checked, entity, chosen.to_pylist())


def _drop(checked: CheckedBatch, entity: str, rows: Collection[int]) -> None:
    table = checked.table(entity)
    lost = pc.is_in(pa.array(range(table.num_rows), pa.int64()), value_set=pa.array(rows, pa.int64()))
    flags = pc.and_(table["_accepted"].combine_chunks(), pc.invert(lost))
    place = table.schema.get_field_index("_accepted")
    setattr(checked, entity, table.set_column(place, "_accepted", flags))


def _letters(checked: CheckedBatch, entity: str, fact: str, rows: pa.Table) -> list[str]:
    """Return the column in which each row's sheet has the fact."""
    places: dict[tuple[str, str], str] = {}
    for one in checked.mapping.sheets:
        column = one.column(entity, fact) or one.column("person", fact)
        places[one.workbook, one.sheet] = column.letters if column else "A"
    keys = zip(rows["_workbook"].to_pylist(), rows["_sheet"].to_pylist(), strict=True)
    return [places.get(key, "A") for key in keys]
