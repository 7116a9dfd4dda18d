"""Lists as files: the cells of the screen as text, so that nothing runs as a formula and no zero is lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from xiangqiao.accounts.viewer import Viewer
from xiangqiao.desk.household_table import Spec, around, heads, plain
from xq_engine.intake.neutral import neutralise

if TYPE_CHECKING:
    from xiangqiao.people.models import Household

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_CHUNK = 500


def sheet(viewer: Viewer, rows: list[Household], specs: tuple[Spec, ...], kind: str) -> bytes:
    """Return the rows as a file of a kind (`csv` with byte-order mark, `xlsx`), heads first."""
    table = _cells(viewer, rows, specs)
    return _csv(table) if kind == "csv" else _xlsx(table)


def _cells(viewer: Viewer, rows: list[Household], specs: tuple[Spec, ...]) -> Iterator[list[str | int]]:
    yield [column.title + column.bracketed_unit for column in heads(specs)]
    for first in range(0, len(rows), _CHUNK):
        part = rows[first : first + _CHUNK]
        about = around(viewer, part)
        for row in part:
            yield [_safe(plain(spec.cell(row, about))) for spec in specs]


def _safe(value: str | int) -> str | int:
    return neutralise(value) if isinstance(value, str) else value


def _csv(table: Iterator[list[str | int]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(table)
    # With the mark Excel reads it as UTF-8.
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _xlsx(table: Iterator[list[str | int]]) -> bytes:
    import xlsxwriter  # only when somebody exports: not at the start of the web process

    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        page = book.add_worksheet("households")
        head = book.add_format({"bold": True, "bottom": 1})
        for row, cells in enumerate(table):
            for column, value in enumerate(cells):
                if isinstance(value, int):
                    page.write_number(row, column, value)
                else:
                    page.write_string(row, column, value, head if row == 0 else None)
        page.freeze_panes(1, 1)
        page.set_column(0, 20, 16)
    return out.getvalue()
