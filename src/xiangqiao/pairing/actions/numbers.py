"""Columns of a spreadsheet's table as plain values, and personal numbers among them: sealed, hashed, masked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from xiangqiao.kernel import bulk
from xiangqiao.kernel.crypto import mask
from xiangqiao.kernel.keyring import vault
from xiangqiao.kernel.merge import Difference, Present, write_differences
from xiangqiao.kernel.models import Recorded

if TYPE_CHECKING:
    import pyarrow as pa


def plain_column(table: pa.Table, name: str) -> list[Any]:
    """Return a column as plain values, None where nothing is said or the column is missing."""
    if name not in table.column_names:
        return [None] * table.num_rows
    return list(table[name].to_pylist())


def said(names: Sequence[str | None], values: Sequence[Any], wanted: Sequence[str]) -> list[Any]:
    """Return for each wanted name the first value said of it.

    >>> said(["a", "b", "a"], [None, 2, 3], ["a", "b", "c"])
    [3, 2, None]
    """
    first: dict[str, Any] = {}
    for name, value in zip(names, values, strict=True):
        if name and value not in (None, ""):
            first.setdefault(name, value)
    return [first.get(name) for name in wanted]


@dataclass(frozen=True)
class Numbers:
    """One kind of number by offered row, for the columns `{column}_hash`, `_mask` and `_sealed` of a table."""

    column: str
    model: type[Recorded]
    values: list[str | None]
    hashes: list[str]

    @classmethod
    def of_values(cls, kind: str, column: str, model: type[Recorded], values: Sequence[str | None]) -> Self:
        """Hash values of a kind ("id_number", "phone") in the form under which the register finds them."""
        said_values = [value or None for value in values]
        return cls(column, model, said_values, vault().blind_column(kind, _forms(kind, said_values)))

    @classmethod
    def of_table(cls, kind: str, model: type[Recorded], table: pa.Table) -> Self:
        """Take the column of a table that bears the name of the kind."""
        return cls.of_values(kind, kind, model, plain_column(table, kind))

    @property
    def attributes(self) -> tuple[str, str]:
        """The recorded attributes."""
        return f"{self.column}_hash", f"{self.column}_mask"

    def at(self, places: Sequence[int]) -> Self:
        """Return the numbers at some positions."""
        return type(self)(
            self.column, self.model, [self.values[p] for p in places], [self.hashes[p] for p in places]
        )

    def recorded(self, places: Sequence[int]) -> dict[str, list[Any]]:
        """Return hash and mask for rows to be inserted."""
        own_hash, own_mask = self.attributes
        return {
            own_hash: [self.hashes[p] for p in places],
            own_mask: [mask(self.values[p] or "") if self.values[p] else "" for p in places],
        }

    def sealed(self, places: Sequence[int], ids: Sequence[str]) -> dict[str, list[bytes | None]]:
        """Return the sealed column for rows with these ids (32 hex digits)."""
        name, table = f"{self.column}_sealed", self.model._meta.db_table
        return {name: vault().seal_column([self.values[p] for p in places], table, name, bulk.dashed(ids))}

    def change(self, known: Mapping[int, Present]) -> list[tuple[str, str, str, Any, Any]]:
        """Change the numbers that differ; return the rows of the log."""
        own_hash, own_mask = self.attributes
        places = [p for p, row in known.items() if self.values[p] and row.state[own_hash] != self.hashes[p]]
        if not places:
            return []
        new = self.recorded(places)
        differences = [
            Difference(known[p], name, known[p].state[name], new[name][nth], p)
            for name in (own_hash, own_mask)
            for nth, p in enumerate(places)
            if known[p].state[name] != new[name][nth]
        ]
        sealed = self.sealed(places, [known[p].id for p in places])
        for name, values in sealed.items():
            bulk.update(
                self.model, name, [(value, known[p].pk) for p, value in zip(places, values, strict=True)]
            )
        return write_differences(self.model, differences)


def _forms(kind: str, values: Sequence[str | None]) -> list[str | None]:
    """Return the form under which numbers are found: ID numbers with 18 characters, phones without dashes."""
    if kind != "id_number":
        return [value and "".join(value.split()).replace("-", "") for value in values]
    # Loads numpy and Arrow: not at the start of the web process.
    import pyarrow as pa
    import pyarrow.compute as pc

    from xq_engine.identity import examine_ids

    column = pa.array(values, pa.string())
    return list(pc.coalesce(examine_ids(column).number, column).to_pylist())
