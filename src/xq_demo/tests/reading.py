"""Reads the county's workbooks back for tests, with openpyxl and csv alone."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from xq_demo.manifest import Manifest, SheetInfo

Grid = dict[tuple[int, str], Any]


@cache
def grid(folder: Path, workbook: str, sheet: str) -> Grid:
    """All cells that hold something, by row number and column letter."""
    path = folder / workbook
    if path.suffix == ".csv":
        with path.open(encoding="gb18030", newline="") as file:
            rows: list[Any] = list(csv.reader(file))
    else:
        rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    return {
        (number, get_column_letter(column)): value
        for number, row in enumerate(rows, 1)
        for column, value in enumerate(row, 1)
        if value not in (None, "")
    }


def rows_of(
    folder: Path, manifest: Manifest, *entities: str
) -> Iterator[tuple[SheetInfo, int, dict[str, Any]]]:
    """Each data row of the entities' sheets as facts, totals rows left out."""
    for sheet in manifest.sheets:
        if sheet.entity not in entities:
            continue
        cells = grid(folder, sheet.workbook, sheet.sheet)
        for row in range(sheet.first_row, sheet.last_row + 1):
            if cells.get((row, "A")) in ("合计", "小计"):
                continue
            yield sheet, row, {fact: cells.get((row, column)) for column, fact in sheet.columns.items()}
