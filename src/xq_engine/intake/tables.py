"""Puts the parts of one entity together as one typed table, and finds the way back from its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from xq_engine.facts import catalogue
from xq_engine.identity import examine_ids
from xq_engine.intake.columns import arrow_type
from xq_engine.intake.findings import Findings
from xq_engine.intake.parts import Part


@dataclass(slots=True)
class EntityTable:
    """All rows of an entity: `facts` (Arrow table, `key` is the row's position), its parts, what is refused."""

    entity: str
    parts: list[Part]
    facts: pa.Table
    refused: npt.NDArray[np.bool_]

    def add(
        self,
        findings: Findings,
        code: str,
        keys: npt.NDArray[np.int64],
        at: Sequence[str],
        others: Sequence[str] | None = None,
    ) -> None:
        """Note a problem of the rows with these keys at their cells."""
        starts = self._starts()
        for number, part in enumerate(self.parts):
            inside = (keys >= starts[number]) & (keys < starts[number + 1])
            chosen = [other for other, here in zip(others, inside, strict=True) if here] if others else None
            findings.add(part, code, part.rows[keys[inside] - starts[number]], at, chosen)

    def describe(self, keys: npt.NDArray[np.int64], beside: npt.NDArray[np.int64]) -> list[str]:
        """Say where rows are as seen from other rows of the table: row alone, or with sheet and workbook."""
        starts = self._starts()
        return [
            self._place(starts, key, other) for key, other in zip(keys.tolist(), beside.tolist(), strict=True)
        ]

    def _place(self, starts: npt.NDArray[np.int64], key: int, beside: int) -> str:
        number = int(np.searchsorted(starts, key, side="right")) - 1
        part = self.parts[number]
        row = int(part.rows[key - starts[number]])
        other = self.parts[int(np.searchsorted(starts, beside, side="right")) - 1] if beside >= 0 else None
        if other is not None and other.sheet is part.sheet:
            return f"{row}"
        return f"{part.sheet.workbook} / {part.sheet.name} / {row}"

    def _starts(self) -> npt.NDArray[np.int64]:
        return np.cumsum([0, *(len(part.rows) for part in self.parts)])

    def final(self, refused: npt.NDArray[np.bool_]) -> pa.Table:
        """Give the table as handed out: facts, place and whether the row is accepted."""
        workbooks = [pa.repeat(pa.scalar(part.sheet.workbook), len(part.rows)) for part in self.parts]
        sheets = [pa.repeat(pa.scalar(part.sheet.name), len(part.rows)) for part in self.parts]
        rows = [pa.array(part.rows, pa.int64()) for part in self.parts]
        table = self.facts.drop_columns(["key"])
        table = table.append_column("_workbook", pa.chunked_array(workbooks, pa.string()))
        table = table.append_column("_sheet", pa.chunked_array(sheets, pa.string()))
        table = table.append_column("_row", pa.chunked_array(rows, pa.int64()))
        return table.append_column("_accepted", pa.array(~refused))


def join_parts(entity: str, parts: list[Part], refused: list[npt.NDArray[np.bool_]]) -> EntityTable:
    """Put the parts of an entity together; facts without a column are null, a birth date comes from the ID number."""
    columns: dict[str, pa.ChunkedArray | pa.Array] = {}
    for name, spec in catalogue()[entity].base.items():
        kind = arrow_type(spec.type)
        chunks = [
            part.columns[name].values if name in part.columns else pa.nulls(len(part.rows), kind)
            for part in parts
        ]
        columns[name] = pa.chunked_array(chunks, kind)
    if entity == "person":
        columns["birth_on"] = _births(columns["id_number"], columns["birth_on"])
    size = sum(len(part.rows) for part in parts)
    columns["key"] = pa.array(np.arange(size, dtype=np.int64))
    flags = np.concatenate(refused) if refused else np.zeros(0, dtype=bool)
    return EntityTable(entity, parts, pa.table(columns), flags)


def _births(numbers: pa.ChunkedArray, births: pa.ChunkedArray) -> pa.ChunkedArray:
    if births.null_count == 0:
        return births
    return pc.coalesce(births, examine_ids(numbers.combine_chunks()).birth_on)
