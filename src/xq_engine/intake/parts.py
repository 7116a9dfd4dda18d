"""A sheet's rows of one entity, read as typed columns, with the way back to every cell."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from xq_engine.facts import FactSpec, catalogue
from xq_engine.intake.columns import TypedColumn, read_column
from xq_engine.intake.headers import Body
from xq_engine.intake.mapping import WIDE, ColumnMapping, SheetMapping
from xq_engine.intake.package import column_number
from xq_engine.intake.sheets import Sheet
from xq_engine.intake.values import ColumnRule

Rows = npt.NDArray[np.int64]


@dataclass(slots=True)
class Part:
    """The rows (1-based, spreadsheet's own) of one entity in one sheet; a wide sheet makes two parts."""

    number: int
    sheet: Sheet
    mapping: SheetMapping
    entity: str
    rows: Rows
    columns: dict[str, TypedColumn] = field(default_factory=dict)

    def place(self, fact: str) -> ColumnMapping | None:
        """Find the column that carries a fact of this part's entity."""
        found = self.mapping.column(self.entity, fact)
        if found is None and fact == "household_no" and self.entity == "household":
            found = self.mapping.column("person", fact)
        return found

    def texts(self, column: ColumnMapping, rows: Rows) -> pa.Array:
        """Give the cells of a column as they stand in the spreadsheet."""
        return self.sheet.columns[self.position(column)].take(pa.array(rows - 1))

    def position(self, column: ColumnMapping) -> int:
        """Give the position of a column among the sheet's columns."""
        return column_number(column.letters) - self.sheet.first_column

    def facts(self) -> list[tuple[FactSpec, ColumnMapping]]:
        """List the facts that the sheet has columns for."""
        specs = catalogue()[self.entity].base
        return [(spec, column) for name, spec in specs.items() if (column := self.place(name)) is not None]

    def read(self) -> None:
        """Read every column."""
        for spec, column in self.facts():
            rule = ColumnRule(spec, column.unit, self.sheet.date1904)
            self.columns[spec.name] = self._exact(
                spec, column, read_column(self.texts(column, self.rows), rule)
            )

    def _exact(self, spec: FactSpec, column: ColumnMapping, typed: TypedColumn) -> TypedColumn:
        """Refuse long numbers that Excel has rounded, however well they read."""
        code = {"id_number": "ID.SCIENTIFIC", "disability_no": "ID.SCIENTIFIC", "bank_card": "BANK.CHECKSUM"}
        if spec.type not in code or not self.sheet.long_numbers:
            return typed
        inexact = self.sheet.was_long_number(self.position(column), self.rows)
        if not inexact.any():
            return typed
        problems = {name: kept for name, rows in typed.problems.items() if len(kept := rows[~inexact[rows]])}
        where = np.union1d(problems.get(code[spec.type], np.empty(0, np.int64)), np.flatnonzero(inexact))
        problems[code[spec.type]] = where.astype(np.int64)
        values = pc.if_else(pa.array(inexact), pa.scalar(None, pa.string()), typed.values)
        return TypedColumn(values, problems, typed.repairs)


def make_parts(number: int, sheet: Sheet, mapping: SheetMapping, body: Body) -> list[Part]:
    """Divide a sheet into its parts; rows in which no mapped column has a value are left out."""
    used = [column_number(item.letters) - sheet.first_column for item in mapping.columns if item.fact]
    rows = body.rows
    filled = np.zeros(len(rows), dtype=bool)
    for position in used:
        filled |= sheet.columns[position].is_valid().to_numpy(zero_copy_only=False)[rows - 1]
    rows = rows[filled]
    if mapping.entity != WIDE:
        return [Part(number, sheet, mapping, mapping.entity, rows)]
    _fill_merged(sheet, mapping, int(rows[0]) if len(rows) else 1)
    person = Part(number, sheet, mapping, "person", rows)
    return [_household_part(number, person), person]


def _household_part(number: int, person: Part) -> Part:
    """Take of a wide sheet the first row of each household."""
    household = Part(number, person.sheet, person.mapping, "household", person.rows)
    column = household.place("household_no")
    if column is None or not len(person.rows):
        household.rows = person.rows[:0]
        return household
    numbers = pc.fill_null(pc.utf8_trim_whitespace(household.texts(column, person.rows)), "")
    encoded = pc.dictionary_encode(numbers)
    _, first = np.unique(encoded.indices.to_numpy(zero_copy_only=False), return_index=True)
    first = np.sort(first)
    kept = pc.not_equal(numbers.take(pa.array(first)), "").to_numpy(zero_copy_only=False)
    household.rows = person.rows[first[kept]]
    return household


def _fill_merged(sheet: Sheet, mapping: SheetMapping, first_row: int) -> None:
    """Give every row of a merged block its value: households merge their cells over their members."""
    wanted = {
        column_number(item.letters) - sheet.first_column
        for item in mapping.columns
        if item.entity == "household" or item.fact == "household_no"
    }
    sources: dict[int, npt.NDArray[np.int64]] = {}
    for top, left, bottom, right in sheet.merges:
        for column in range(left, right + 1):
            position = column - sheet.first_column
            if position in wanted and first_row <= top < bottom <= sheet.height:
                source = sources.setdefault(position, np.arange(sheet.height, dtype=np.int64))
                source[top - 1 : bottom] = top - 1
    for position, source in sources.items():
        sheet.columns[position] = sheet.columns[position].take(pa.array(source))
