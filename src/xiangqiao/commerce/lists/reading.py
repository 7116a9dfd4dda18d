"""The cells of a list as texts, from Excel or from CSV in either of the usual encodings."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

from django.utils.translation import gettext as _

from xiangqiao.kernel.errors import ActionError

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5_000


def read_cells(name: str, data: bytes) -> list[list[str]]:
    """Return the rows of the first sheet as texts; dates in ISO form. Raises ActionError where it cannot be read."""
    if len(data) > MOST_BYTES:
        raise ActionError("list.size", _("文件太大（最大 5 MB）。"), field="file")
    try:
        rows = _excel(data) if name.lower().endswith((".xlsx", ".xlsm")) else _csv(data)
    except Exception as error:  # whatever a broken file makes the readers raise
        raise ActionError(
            "list.unreadable", _("这个文件打不开。请另存为 .xlsx 或 .csv 再上传。"), field="file"
        ) from error
    if len(rows) > MOST_ROWS:
        raise ActionError("list.rows", _("行数太多（最多 5000 行），请分成几个文件。"), field="file")
    return rows


def _excel(data: bytes) -> list[list[str]]:
    # Loaded when a file comes, not when the process starts.
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    rows = [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    book.close()
    return rows


def _csv(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    mark = "\t" if text.count("\t") > text.count(",") else ","
    return [list(row) for row in csv.reader(io.StringIO(text), delimiter=mark)]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def letter(place: int) -> str:
    """Return the letter of a column counted from 0.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
