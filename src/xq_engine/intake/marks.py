"""Write a workbook with every problem at its cell: the original where it is small enough, else its bad rows."""

import re
import zipfile
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xq_engine.intake.limits import Limits
from xq_engine.intake.neutral import neutralise
from xq_engine.intake.package import column_number
from xq_engine.intake.parsing import parse_file
from xq_engine.intake.sentences import Language, problem_sentence
from xq_engine.intake.sheets import Sheet

# The reader that keeps a workbook's looks takes some 40 microseconds for each merged cell.
MOST_MERGED_CELLS = 300_000
FILLS = {"error": "FFC7CE", "warning": "FFEB9C", "hint": "DDEBF7"}
_SEVERITIES = {"error": ("错误", "error"), "warning": ("疑问", "warning"), "hint": ("提示", "hint")}
_LIST_NAMES = {"zh": "问题清单", "en": "Problems"}
_LIST_HEADS = {
    "zh": ("工作表", "单元格", "程度", "问题是什么", "怎么改"),
    "en": ("Sheet", "Cell", "Severity", "What is wrong", "How to mend it"),
}
_MOST_LISTED = 50_000
_LONGEST_CELL = 32_767  # of Excel
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_TITLE = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Order:
    """How a file is to be marked: `most_rows` of the original are kept with their `looks`; without looks only bad rows."""

    language: Language
    most_rows: int
    looks: bool = True


def write_marks(problems: pa.Table, source: Path, target: Path, order: Order, limits: Limits) -> bool:
    """Write a file with its problems to `target` in this process; say whether it is the whole original.

    `marking.mark_workbook` does so in a guarded child.
    :raises IntakeError: the source can no longer be read.
    """
    sheets = [sheet for sheet in parse_file(source, limits) if not sheet.hidden]
    large = max(sheet.height for sheet in sheets) > order.most_rows
    if large or not order.looks or _merged_cells(sheets) > MOST_MERGED_CELLS:
        _write_bad_rows(problems, sheets, target, order.language)
        return False
    listed = problems.to_pylist()
    book, titles = _as_workbook(source, sheets)
    for name, rows in _by_sheet(listed).items():
        _mark_sheet(book[titles[name]], rows, order.language)
    _append_list(book, listed, titles, order.language)
    book.save(target)
    return True


def _merged_cells(sheets: list[Sheet]) -> int:
    areas = (area for sheet in sheets for area in sheet.merges)
    return sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in areas)


def writable(text: str) -> str:
    """Bring text to what a cell can hold: no formula, no control characters, no longer than Excel's longest."""
    return neutralise(_UNWRITABLE.sub("", text))[:_LONGEST_CELL]


def _by_sheet(problems: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    sheets: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for problem in problems:
        sheets[problem["sheet"]].append(problem)
    return sheets


def _as_workbook(source: Path, sheets: list[Sheet]) -> tuple[Workbook, dict[str, str]]:
    """Open the original, with the title of each sheet in it; what is no sound workbook becomes one of text cells."""
    if zipfile.is_zipfile(source):
        try:
            book = openpyxl.load_workbook(source)
        except (
            Exception
        ):  # the file was read once: what this second reader makes of damage must not stop the clerk
            return _of_text(sheets)
        if all(isinstance(_page(book, sheet.name), Worksheet) for sheet in sheets):
            return book, {sheet.name: sheet.name for sheet in sheets}
    return _of_text(sheets)


def _page(book: Workbook, name: str) -> object:
    return book[name] if name in book.sheetnames else None


def _of_text(sheets: list[Sheet]) -> tuple[Workbook, dict[str, str]]:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    titles = _titles(sheets)
    for sheet in sheets:
        page = book.create_sheet(titles[sheet.name])
        for column, values in enumerate(sheet.columns, sheet.first_column + 1):
            for row, value in enumerate(values.to_pylist(), 1):
                if value:
                    cell = page.cell(row, column, writable(value))
                    cell.data_type, cell.number_format = "s", "@"
    return book, titles


def _titles(sheets: list[Sheet]) -> dict[str, str]:
    """Give each sheet a title that Excel takes: 31 characters, none of its own signs, no two alike."""
    titles: dict[str, str] = {}
    for sheet in sheets:
        plain = writable(_NO_TITLE.sub("_", sheet.name)).strip("'")[:31] or "_"
        title, number = plain, 2
        while title.lower() in {taken.lower() for taken in titles.values()}:
            title, number = f"{plain[:28]}_{number}", number + 1
        titles[sheet.name] = title
    return titles


def _mark_sheet(sheet: Worksheet, problems: Iterable[dict[str, Any]], language: Language) -> None:
    by_cell: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for problem in problems:
        by_cell[f"{problem['column']}{problem['row']}"].append(problem)
    tops = _tops(sheet, by_cell)
    for place, found in by_cell.items():
        cell = sheet[tops.get(place, place)]
        if isinstance(cell, MergedCell):
            continue
        worst = min((problem["severity"] for problem in found), key=list(FILLS).index)
        cell.fill = PatternFill("solid", fgColor=FILLS[worst])
        said = [problem_sentence(problem, language) for problem in found]
        before = f"{cell.comment.text}\n" if cell.comment else ""
        text = before + _UNWRITABLE.sub("", "\n".join(f"{each.text}\n→ {each.hint}" for each in said))
        cell.comment = Comment(text[:_LONGEST_CELL], "乡桥", height=80 + 18 * text.count("\n"), width=360)


def _tops(sheet: Worksheet, places: Iterable[str]) -> dict[str, str]:
    """Find for places inside merged cells the corner that is shown."""
    by_column: dict[int, list[Any]] = defaultdict(list)
    for area in sheet.merged_cells.ranges:
        for column in range(area.min_col, area.max_col + 1):
            by_column[column].append(area)
    for areas in by_column.values():
        areas.sort(key=lambda area: area.min_row)
    corners: dict[str, str] = {}
    for place in places:
        row, column = coordinate_to_tuple(place)
        areas = by_column.get(column, [])
        above = bisect_right(areas, row, key=lambda area: area.min_row)
        if above and row <= areas[above - 1].max_row:
            corners[place] = areas[above - 1].start_cell.coordinate
    return corners


def _append_list(
    book: Workbook, problems: list[dict[str, Any]], titles: dict[str, str], language: Language
) -> None:
    name = _LIST_NAMES[language]
    while name in book.sheetnames:
        name += "_"
    sheet = book.create_sheet(name)
    sheet.append(_LIST_HEADS[language])
    for number, problem in enumerate(problems[:_MOST_LISTED], 2):
        said = problem_sentence(problem, language)
        place = f"{problem['column']}{problem['row']}"
        severity = _SEVERITIES[problem["severity"]][language == "en"]
        sheet.append(list(map(writable, (problem["sheet"], place, severity, said.text, said.hint))))
        link = sheet.cell(number, 2)
        link.hyperlink = "#'{}'!{}".format(titles[problem["sheet"]].replace("'", "''"), place)
        link.style = "Hyperlink"
    for column, width in zip("ABCDE", (14, 10, 8, 60, 70), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"


def _write_bad_rows(problems: pa.Table, sheets: list[Sheet], target: Path, language: Language) -> None:
    """Stream the rows that have a problem, with what is wrong in the first columns."""
    book = xlsxwriter.Workbook(str(target), {"constant_memory": True, "strings_to_formulas": False})
    titles = _titles(sheets)
    fills = {severity: book.add_format({"bg_color": f"#{fill}"}) for severity, fill in FILLS.items()}
    heads = ("原表行号", "问题") if language == "zh" else ("Row", "Problems")
    for sheet in sheets:
        mine = problems.filter(pc.equal(problems["sheet"], sheet.name))
        if not mine.num_rows:
            continue
        by_row: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for problem in mine.to_pylist():
            by_row[problem["row"]].append(problem)
        page = book.add_worksheet(titles[sheet.name])
        page.set_column(1, 1, 60)
        first = min(by_row)
        rows = [row for row in range(1, min(first, 5)) if row not in by_row] + sorted(by_row)
        cells = [column.take(pa.array([row - 1 for row in rows])).to_pylist() for column in sheet.columns]
        page.write_row(0, 0, heads)
        for line, (row, values) in enumerate(zip(rows, zip(*cells, strict=True), strict=True), 1):
            found = by_row.get(row, [])
            page.write_number(line, 0, row)
            page.write_string(
                line, 1, writable("；".join(problem_sentence(each, language).text for each in found))
            )
            marked = {column_number(each["column"]): fills[each["severity"]] for each in reversed(found)}
            for position, value in enumerate(values):
                place = position + sheet.first_column
                if value is not None:
                    page.write_string(line, place + 2, writable(value), marked.get(place))
                elif place in marked:
                    page.write_blank(line, place + 2, None, marked[place])
    book.close()
