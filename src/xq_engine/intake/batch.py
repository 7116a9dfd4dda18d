"""The outcome of a check: typed tables, problems, repairs, what was left unchecked and why."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from xq_engine.intake.errors import IntakeError
from xq_engine.intake.mapping import Mapping


@dataclass(frozen=True, slots=True)
class Note:
    """Something the user must know about the check as a whole, in both languages."""

    code: str
    zh: str
    en: str


@dataclass(slots=True)
class CheckedBatch:
    """What some files say, typed and checked.

    `household`, `person`, `unit`, `cadre` have a column for every fact of the catalogue in its unit and, for
    each row, `_workbook`, `_sheet`, `_row` (the spreadsheet's own) and `_accepted`: false where the row itself
    or its household is refused. `problems`: workbook, sheet, row, column, code, severity, entity, fact,
    value (personal numbers masked), other. `repairs`: the same place, kind, before, after.
    """

    household: pa.Table
    person: pa.Table
    unit: pa.Table
    cadre: pa.Table
    problems: pa.Table
    repairs: pa.Table
    mapping: Mapping
    paths: list[Path]
    as_of: date
    notes: list[Note] = field(default_factory=list)
    refusals: list[IntakeError] = field(default_factory=list)

    def table(self, entity: str) -> pa.Table:
        """Give the table of an entity."""
        return {"household": self.household, "person": self.person, "unit": self.unit, "cadre": self.cadre}[
            entity
        ]

    def accepted(self, entity: str) -> pa.Table:
        """Give the rows of an entity that can be taken."""
        table = self.table(entity)
        return table.filter(table["_accepted"])

    def counts(self) -> dict[str, int]:
        """Count the problems by code."""
        counted = self.problems.group_by("code").aggregate([([], "count_all")])
        return dict(sorted(zip(counted["code"].to_pylist(), counted["count_all"].to_pylist(), strict=True)))

    def has_errors(self) -> bool:
        """Tell whether any row or file is refused."""
        return bool(self.refusals) or bool(pc.any(pc.equal(self.problems["severity"], "error")).as_py())
