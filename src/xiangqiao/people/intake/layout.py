"""Which fact of a spreadsheet stands in which table of the register, and its plain values."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from xiangqiao.people.models import Household, HouseholdYear, Person, PersonYear
from xq_engine.facts import catalogue

_HOUSEHOLD = catalogue()["household"].base
_PERSON = catalogue()["person"].base
HOUSEHOLD = tuple(name for name in Household.RECORDED if name in _HOUSEHOLD and name != "household_no")
HOUSEHOLD_YEAR = tuple(name for name in HouseholdYear.RECORDED if name in _HOUSEHOLD)
PERSON = tuple(name for name in Person.RECORDED if name in _PERSON)
PERSON_YEAR = tuple(name for name in PersonYear.RECORDED if name in _PERSON)
# Lines of income and cost stand in the ledger under the fact's own name. What the sheet says of the sums
# (`reported_*`) is checked against them and not kept.
INCOME = tuple(name for name in _HOUSEHOLD if name.startswith(("income_", "cost_", "transfer_")))


def plain_column(table: pa.Table, name: str) -> list[Any]:
    """Return a column as plain values: dates in ISO form, None where nothing is said or the column is missing."""
    if name not in table.column_names:
        return [None] * table.num_rows
    column = table[name]
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_date(column.type):
        column = column.cast(pa.string())
    return list(column.to_pylist())


def plain_columns(table: pa.Table, names: tuple[str, ...]) -> dict[str, list[Any]]:
    """Return several columns as plain values, those that the table has."""
    return {name: plain_column(table, name) for name in names if name in table.column_names}


def id_forms(numbers: pa.ChunkedArray) -> list[str | None]:
    """Return the form under which ID numbers are found (see `people.secrets.look_up_form`), column-wise."""
    from xq_engine.identity import examine_ids

    column = numbers.combine_chunks()
    column = column.chunk(0) if isinstance(column, pa.ChunkedArray) and column.num_chunks else column
    column = pa.array([], pa.string()) if len(numbers) == 0 else column
    form = pc.coalesce(examine_ids(column).number, column)
    return list(form.to_pylist())


def text_column(table: pa.Table, name: str) -> pa.ChunkedArray:
    """Return a text column, nulls where the table lacks it."""
    if name in table.column_names:
        return table[name].cast(pa.string())
    return pa.chunked_array([pa.nulls(table.num_rows, pa.string())])
