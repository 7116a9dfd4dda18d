"""Writes rows of facts into spreadsheets as clerks lay them out, and tells the manifest where each problem came to lie."""

import csv
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from xq_demo.cells import Renderer, letter
from xq_demo.layout import Field
from xq_demo.manifest import Manifest, Problem, Repair, SheetInfo
from xq_demo.records import Cell, Row

# A fixed date inside the files keeps them the same, byte for byte.
_CREATED = datetime(2025, 12, 1)  # noqa: DTZ001 (a spreadsheet's property has no time zone)


class Ledger:
    """Takes problems and repairs of a row, now that it is known where the row stands."""

    def __init__(
        self, manifest: Manifest, workbook: str, sheet: str, fields: tuple[Field, ...], *, first: int
    ) -> None:
        self.fields = fields
        self._manifest = manifest
        self._at = (workbook, sheet)
        self._columns = {field.fact: letter(first + index) for index, field in enumerate(fields)}
        self._fields = {field.fact: field for field in fields}

    @property
    def columns(self) -> dict[str, str]:
        """Column letters with the facts that they hold."""
        return {column: fact for fact, column in self._columns.items()}

    def note(self, row: Row, number: int, renderer: Renderer) -> None:
        """Record what is wrong with a row that was written at a (1-based) row number."""
        for fact, code in row.problems:
            self._manifest.problems.append(Problem(*self._at, number, self._columns[fact], code))
        for fact, kind in row.repairs:
            meant = renderer.clean(self._fields[fact], row)
            where = (*self._at, number, self._columns[fact])
            self._manifest.repairs.append(Repair(*where, kind, str(row.raw[fact]), str(meant)))

    def totals(self, number: int) -> None:
        """Record a totals row, whose first cell holds the word."""
        self._manifest.problems.append(Problem(*self._at, number, "A", "ROW.TOTALS"))


class Workbook:
    """One .xlsx file in the hand of one office (``dialect``)."""

    def __init__(self, path: Path, manifest: Manifest, *, dialect: int) -> None:
        self._book = xlsxwriter.Workbook(
            str(path), {"strings_to_numbers": False, "strings_to_formulas": False}
        )
        self._book.set_properties({"created": _CREATED, "title": "虚构数据，仅供演示"})
        self._name = path.name
        self._manifest = manifest
        self._dialect = dialect
        self._renderer = Renderer(dialect)
        self._head = self._book.add_format(
            {"bold": True, "align": "center", "valign": "vcenter", "border": 1, "text_wrap": True}
        )
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})

    def close(self) -> None:
        """Finish the file."""
        self._book.close()

    def sheet(
        self,
        name: str,
        entity: str,
        fields: tuple[Field, ...],
        rows: Iterable[Row],
        *,
        title: str = "",
        storeyed: bool = False,
        subtotal: Callable[[Row], str] | None = None,
        total: bool = False,
    ) -> None:
        """Write one sheet: title, head of one or two storeys, numbered rows, subtotals where the group changes."""
        sheet = self._book.add_worksheet(name)
        ledger = Ledger(self._manifest, self._name, name, fields, first=1)
        top = 0
        if title:
            sheet.merge_range(0, 0, 0, len(fields), title, self._head)
            top = 1
        depth = 2 if storeyed else 1
        self._write_head(sheet, top, fields, storeyed=storeyed)
        at = top + depth
        first = at + 1
        at = self._write_body(sheet, at, rows, ledger, subtotal=subtotal, total=total)
        heads = list(range(top + 1, top + depth + 1))
        self._manifest.sheets.append(
            SheetInfo(self._name, name, entity, "", heads, first, at, ledger.columns)
        )

    def _write_head(self, sheet: Any, top: int, fields: tuple[Field, ...], *, storeyed: bool) -> None:
        heads = [("", "序号"), *((field.group, field.header(self._dialect)) for field in fields)]
        if not storeyed:
            sheet.write_row(top, 0, [word for _, word in heads], self._head)
            return
        start = 0
        for column, (group, word) in enumerate(heads):
            if not group:
                sheet.merge_range(top, column, top + 1, column, word, self._head)
                continue
            if heads[column - 1][0] != group:
                start = column
            sheet.write_string(top + 1, column, word, self._head)
            if column + 1 == len(heads) or heads[column + 1][0] != group:
                sheet.merge_range(top, start, top, column, group, self._head)

    def _write_body(
        self,
        sheet: Any,
        at: int,
        rows: Iterable[Row],
        ledger: Ledger,
        *,
        subtotal: Callable[[Row], str] | None,
        total: bool,
    ) -> int:
        """Write the rows from a 0-based row on; returns the row after the last."""
        sums, part, group = _Sums(ledger.fields), _Sums(ledger.fields), None
        for serial, row in enumerate(rows, 1):
            if subtotal and group is not None and subtotal(row) != group:
                self._write_totals(sheet, at, "小计", part, ledger)
                part, at = _Sums(ledger.fields), at + 1
            group = subtotal(row) if subtotal else None
            self._write_row(sheet, at, serial, ledger.fields, row)
            ledger.note(row, at + 1, self._renderer)
            sums.add(row)
            part.add(row)
            at += 1
        if total:
            self._write_totals(sheet, at, "合计", sums, ledger)
            at += 1
        return at

    def _write_row(self, sheet: Any, at: int, serial: int, fields: tuple[Field, ...], row: Row) -> None:
        sheet.write_number(at, 0, serial)
        for column, field in enumerate(fields, 1):
            value = self._renderer.cell(field, row)
            if value is None:
                continue
            if isinstance(value, str):
                sheet.write_string(at, column, value)
            elif isinstance(value, date):
                sheet.write_datetime(at, column, value, self._day)
            else:
                sheet.write_number(at, column, value)

    def _write_totals(self, sheet: Any, at: int, word: str, sums: "_Sums", ledger: Ledger) -> None:
        sheet.write_string(at, 0, word)
        for column, value in sums.cells():
            sheet.write_number(at, column, value)
        ledger.totals(at + 1)


class _Sums:
    """Sums of the amounts of a sheet, as its totals row shows them."""

    def __init__(self, fields: tuple[Field, ...]) -> None:
        self._facts = {
            field.fact: column for column, field in enumerate(fields, 1) if field.kind in ("fen", "centimu")
        }
        self._sums = dict.fromkeys(self._facts, 0)

    def add(self, row: Row) -> None:
        """Add a row."""
        for fact in self._sums:
            self._sums[fact] += row.number(fact)

    def cells(self) -> list[tuple[int, float]]:
        """Columns (0-based) with the sum in yuan or mu."""
        return [(self._facts[fact], value / 100) for fact, value in self._sums.items()]


def write_csv(
    path: Path, manifest: Manifest, fields: tuple[Field, ...], rows: Iterable[Row], *, dialect: int
) -> None:
    """Write one wide sheet as CSV in GB18030, the way an old office program saves it."""
    renderer = Renderer(dialect, as_text=True)
    ledger = Ledger(manifest, path.name, path.stem, fields, first=0)
    number = 1
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([field.header(dialect) for field in fields])
        for row in rows:
            number += 1
            cells: list[Cell] = [renderer.cell(field, row) for field in fields]
            writer.writerow(["" if cell is None else cell for cell in cells])
            ledger.note(row, number, renderer)
    manifest.sheets.append(SheetInfo(path.name, path.stem, "wide", "gb18030", [1], 2, number, ledger.columns))
