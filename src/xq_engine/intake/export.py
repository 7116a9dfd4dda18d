"""Write tables of facts as a spreadsheet in a given layout, so that reading it gives the same facts back."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter

from xq_engine.facts import catalogue, codes
from xq_engine.intake.layout import STOREY, Layout, LayoutColumn, LayoutSheet
from xq_engine.intake.mapping import WIDE
from xq_engine.intake.neutral import neutralise

Cell = str | int | float | None
_BATCH = 4096
_DIVISORS = {
    ("fen", ""): 100,
    ("fen", "元"): 100,
    ("fen", "万元"): 1_000_000,
    ("centimu", ""): 100,
    ("centimu", "亩"): 100,
    ("centimu", "公顷"): 1500,
    ("metre", "公里"): 1000,
}


def write_layout(tables: Mapping[str, pa.Table], path: Path, layout: Layout) -> int:
    """Write tables by entity (columns are the catalogue's facts) to an .xlsx or, for one sheet, a .csv file.

    Numbers are written in the unit of the layout's column, ID numbers and cards as text, codes in Chinese. Text
    that looks like a formula is neutralised. Gives the number of rows written.
    :raises ValueError: a .csv file is asked for a layout of several sheets.
    """
    if path.suffix.lower() == ".csv":
        return _write_csv(tables, path, layout)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    bold = book.add_format(
        {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    written = 0
    for sheet in layout.sheets:
        page = book.add_worksheet(sheet.name)
        page.set_column(0, max(len(sheet.columns) - 1, 0), 14)
        page.freeze_panes(sheet.storeys, 0)
        for row, heads in enumerate(_headings(sheet)):
            page.write_row(row, 0, heads, bold)
        for number, cells in enumerate(_rows(tables, sheet), sheet.storeys):
            for position, cell in enumerate(cells):
                _put(page, number, position, cell)
            written += 1
    book.close()
    return written


def _put(page: Any, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell)
    elif cell is not None:
        page.write_number(row, column, cell)


def _write_csv(tables: Mapping[str, pa.Table], path: Path, layout: Layout) -> int:
    if len(layout.sheets) != 1:
        raise ValueError("a .csv file holds one sheet")
    sheet = layout.sheets[0]
    written = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows(_headings(sheet))
        for cells in _rows(tables, sheet):
            writer.writerow(["" if cell is None else cell for cell in cells])
            written += 1
    return written


def _headings(sheet: LayoutSheet) -> list[list[str]]:
    """Lay out the heading rows; a heading of fewer storeys stands in the lowest row's place at the top."""
    stacks = [column.heading.split(STOREY) for column in sheet.columns]
    return [
        [stack[storey] if storey < len(stack) else "" for stack in stacks] for storey in range(sheet.storeys)
    ]


def _rows(tables: Mapping[str, pa.Table], sheet: LayoutSheet) -> Iterator[tuple[Cell, ...]]:
    base = tables["person" if sheet.entity == WIDE else sheet.entity]
    if sheet.entity == WIDE:
        base = _widened(base, tables["household"])
    for start in range(0, base.num_rows, _BATCH):
        piece = base.slice(start, _BATCH)
        yield from zip(*(_cells(piece, column, sheet.entity) for column in sheet.columns), strict=True)


def _widened(persons: pa.Table, households: pa.Table) -> pa.Table:
    """Put beside each person the facts of the household, as columns named household.*."""
    where = pc.index_in(persons["household_no"], value_set=households["household_no"].combine_chunks())
    beside = households.take(where.combine_chunks() if isinstance(where, pa.ChunkedArray) else where)
    for name in beside.column_names:
        persons = persons.append_column(f"household.{name}", beside[name])
    return persons


def _cells(piece: pa.Table, column: LayoutColumn, entity: str) -> list[Cell]:
    name = column.fact
    if entity == WIDE and column.entity == "household":
        name = f"household.{name}"
    if not column.fact or name not in piece.column_names:
        return [None] * piece.num_rows
    spec = catalogue()[column.entity].base[column.fact]
    values = piece[name].to_pylist()
    if spec.type == "code":
        words = {code.code: code.zh for code in codes()[spec.codes].codes.values()}
        return [None if value is None else words[value] for value in values]
    if spec.type == "bool":
        return [None if value is None else ("是" if value else "否") for value in values]
    if spec.type == "date":
        return [None if value is None else value.isoformat() for value in values]
    if values and isinstance(next((value for value in values if value is not None), None), str):
        return [None if value is None else neutralise(value) for value in values]
    divisor = _DIVISORS.get((spec.type, column.unit), 1)
    return [None if value is None else _number(value, divisor) for value in values]


def _number(value: int, divisor: int) -> int | float:
    return value // divisor if value % divisor == 0 else value / divisor
