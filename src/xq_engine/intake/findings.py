"""Collects problems and repairs with their cells, in Arrow columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xq_engine.checks import checks
from xq_engine.facts import catalogue
from xq_engine.intake.columns import mask_column
from xq_engine.intake.parts import Part, Rows

PROBLEMS = pa.schema(
    [
        ("workbook", pa.string()),
        ("sheet", pa.string()),
        ("row", pa.int64()),
        ("column", pa.string()),
        ("code", pa.string()),
        ("severity", pa.string()),
        ("entity", pa.string()),
        ("fact", pa.string()),
        ("value", pa.string()),
        ("other", pa.string()),
        ("part", pa.int32()),
    ]
)
REPAIRS = pa.schema(
    [
        ("workbook", pa.string()),
        ("sheet", pa.string()),
        ("row", pa.int64()),
        ("column", pa.string()),
        ("kind", pa.string()),
        ("entity", pa.string()),
        ("fact", pa.string()),
        ("before", pa.string()),
        ("after", pa.string()),
        ("part", pa.int32()),
    ]
)


@dataclass(slots=True)
class Findings:
    """What was found in the cells of some parts."""

    _problems: list[pa.Table] = field(default_factory=list)
    _repairs: list[pa.Table] = field(default_factory=list)

    def add(
        self, part: Part, code: str, rows: Rows, at: Sequence[str], others: Sequence[str] | None = None
    ) -> None:
        """Note a problem in rows (1-based) of a part, at the first of the facts `at` that has a column.

        `others` tells for each row what it collides with.
        """
        if not len(rows):
            return
        fact, column = next(
            ((name, place) for name in at if (place := part.place(name)) is not None), (at[0], None)
        )
        if column is None:
            letters, values = part.sheet.letters(0), pa.nulls(len(rows), pa.string())
        else:
            kind = catalogue()[part.entity].base[fact].type
            letters, values = column.letters, mask_column(part.texts(column, rows), kind, fact)
        self._append(part, code, rows, letters, fact, values, others)

    def add_totals(self, part: Part, totals: Sequence[tuple[int, int, str]]) -> None:
        """Note totals rows as (row, position of the first text, text) at their first texts."""
        for position in sorted({place for _, place, _ in totals}):
            rows, texts = zip(*((row, text) for row, place, text in totals if place == position), strict=True)
            letters = part.sheet.letters(position)
            self._append(part, "ROW.TOTALS", np.array(rows), letters, "", pa.array(texts), None)

    def _append(
        self,
        part: Part,
        code: str,
        rows: Rows,
        letters: str,
        fact: str,
        values: pa.Array,
        others: Sequence[str] | None,
    ) -> None:
        same = {
            "workbook": part.sheet.workbook,
            "sheet": part.sheet.name,
            "column": letters,
            "code": code,
            "severity": checks()[code].severity,
            "entity": part.entity,
            "fact": fact,
        }
        columns = {name: pa.repeat(pa.scalar(text, pa.string()), len(rows)) for name, text in same.items()}
        columns["row"] = pa.array(rows, pa.int64())
        columns["value"] = values
        columns["other"] = pa.array(others, pa.string()) if others else pa.nulls(len(rows), pa.string())
        columns["part"] = pa.repeat(pa.scalar(part.number, pa.int32()), len(rows))
        self._problems.append(pa.table([columns[name] for name in PROBLEMS.names], schema=PROBLEMS))

    def add_repairs(self, part: Part, fact: str) -> None:
        """Note every repair of a part's column."""
        column = part.place(fact)
        if column is None:
            return
        kind = catalogue()[part.entity].base[fact].type
        for repair, positions in part.columns[fact].repairs.items():
            rows = part.rows[positions]
            after = part.columns[fact].values.take(pa.array(positions)).cast(pa.string())
            same = {
                "workbook": part.sheet.workbook,
                "sheet": part.sheet.name,
                "column": column.letters,
                "kind": repair,
                "entity": part.entity,
                "fact": fact,
            }
            columns = {
                name: pa.repeat(pa.scalar(text, pa.string()), len(rows)) for name, text in same.items()
            }
            columns["row"] = pa.array(rows, pa.int64())
            columns["before"] = mask_column(part.texts(column, rows), kind, fact)
            columns["after"] = mask_column(after, kind, fact)
            columns["part"] = pa.repeat(pa.scalar(part.number, pa.int32()), len(rows))
            self._repairs.append(pa.table([columns[name] for name in REPAIRS.names], schema=REPAIRS))

    def problems(self) -> pa.Table:
        """Give the problems in the order of the files, sheets, rows and columns."""
        return _ordered(self._problems, PROBLEMS)

    def repairs(self) -> pa.Table:
        """Give the repairs in the order of the files, sheets, rows and columns."""
        return _ordered(self._repairs, REPAIRS)


def _ordered(tables: list[pa.Table], schema: pa.Schema) -> pa.Table:
    if not tables:
        return schema.empty_table().drop_columns(["part"])
    table = pa.concat_tables(tables)
    width = pc.utf8_length(table["column"])
    keys = [("part", "ascending"), ("row", "ascending"), ("width", "ascending"), ("column", "ascending")]
    order = pc.sort_indices(table.append_column("width", width), sort_keys=keys)
    return table.take(order).drop_columns(["part"])
