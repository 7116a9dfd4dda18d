"""A sheet as read: all text, in Arrow columns, with the places of the spreadsheet kept."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from xq_engine.intake.package import column_letters


@dataclass(slots=True)
class Sheet:
    """One sheet, everything as text.

    `columns[i]` is the string array of the column `first_column + i` (0-based); its value at position k is
    the cell in spreadsheet row k + 1. `long_numbers` are cells (row, 0-based column) that hold a number too
    long to be exact; None where the file cannot tell numbers from text (CSV). `merges` are
    (top, left, bottom, right), inclusive. A `hidden` sheet is only named: it has no columns.
    """

    workbook: str
    name: str
    columns: list[pa.Array]
    first_column: int = 0
    long_numbers: set[tuple[int, int]] | None = None
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    date1904: bool = False
    hidden: bool = False

    @property
    def height(self) -> int:
        """Count the rows, blank ones included."""
        return len(self.columns[0]) if self.columns else 0

    def letters(self, position: int) -> str:
        """Name the column at a position as the spreadsheet does."""
        return column_letters(self.first_column + position)

    def head(self, count: int) -> list[list[str | None]]:
        """Give the first rows as lists of text, blanks around them cut off, empty as None."""
        columns = [column.slice(0, count).to_pylist() for column in self.columns]
        return [[_cut(value) for value in row] for row in zip(*columns, strict=True)]

    def was_long_number(self, position: int, rows: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
        """Tell for spreadsheet rows (1-based) which cells of a column hold an inexact long number."""
        if not self.long_numbers:
            return np.zeros(len(rows), dtype=bool)
        place = self.first_column + position
        return np.isin(rows, [row for row, column in self.long_numbers if column == place])


def _cut(value: str | None) -> str | None:
    return (value or "").strip() or None
