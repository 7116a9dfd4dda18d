"""Give a workbook back with every problem marked at its cell."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xq_engine.intake.batch import CheckedBatch
from xq_engine.intake.limits import DEFAULT_LIMITS, Limits
from xq_engine.intake.neutral import neutralise
from xq_engine.intake.package import column_number
from xq_engine.intake.parsing import decode_text
from xq_engine.intake.reading import open_table_file
from xq_engine.intake.sentences import Language, problem_sentence

MOST_MARKED_ROWS = 20_000
FILLS = {"error": "FFC7CE", "warning": "FFEB9C", "hint": "DDEBF7"}
_SEVERITIES = {"error": ("错误", "error"), "warning": ("疑问", "warning"), "hint": ("提示", "hint")}
_LIST_NAMES = {"zh": "问题清单", "en": "Problems"}
_LIST_HEADS = {
    "zh": ("工作表", "单元格", "程度", "问题是什么", "怎么改"),
    "en": ("Sheet", "Cell", "Severity", "What is wrong", "How to mend it"),
}
_MOST_LISTED = 50_000


def mark_workbook(
    batch: CheckedBatch,
    source: Path,
    target: Path,
    *,
    language: Language = "zh",
    most_rows: int = MOST_MARKED_ROWS,
    limits: Limits = DEFAULT_LIMITS,
) -> bool:
    """Write to `target` (.xlsx) the file `source` of a batch with its problems; say whether it is the whole original.

    Up to `most_rows` rows: the original with everything it holds, each problem cell filled and commented, and a
    list of the problems in front of nothing else. Above that: a streamed workbook of the bad rows only, with
    their row number and a column that says what is wrong.
    :raises IntakeError: the source can no longer be read.
    """
    mine = batch.problems.filter(pc.equal(batch.problems["workbook"], source.name))
    heights = {sheet.name: sheet.height for sheet in open_table_file(source, limits)}
    if max(heights.values()) > most_rows:
        _write_bad_rows(mine, source, target, language, limits)
        return False
    book = _as_workbook(source)
    problems = mine.to_pylist()
    for name, rows in _by_sheet(problems).items():
        if name in book.sheetnames:
            _mark_sheet(book[name], rows, language)
    _append_list(book, problems, language)
    book.save(target)
    return True


def _by_sheet(problems: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    sheets: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for problem in problems:
        sheets[problem["sheet"]].append(problem)
    return sheets


def _as_workbook(source: Path) -> Workbook:
    """Open the original; a text file becomes a workbook of text cells."""
    if source.suffix.lower() == ".xlsx":
        return openpyxl.load_workbook(source)
    book = openpyxl.Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = source.stem[:31]
    text, delimiter = decode_text(source)
    for row, cells in enumerate(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), 1):
        for column, value in enumerate(cells, 1):
            if value:
                cell = sheet.cell(row, column, neutralise(value))
                cell.data_type, cell.number_format = "s", "@"
    return book


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
        text = "\n".join(f"{sentence.text}\n→ {sentence.hint}" for sentence in said)
        before = f"{cell.comment.text}\n" if cell.comment else ""
        cell.comment = Comment(
            before + text, "乡桥", height=40 + 18 * (before + text).count("\n") + 40, width=360
        )


def _tops(sheet: Worksheet, places: Iterable[str]) -> dict[str, str]:
    """Find for places inside merged cells the corner that is shown."""
    areas = [area for area in sheet.merged_cells.ranges if area.size["rows"] > 1 or area.size["columns"] > 1]
    corners: dict[str, str] = {}
    for place in places:
        column, row = sheet[place].column, sheet[place].row
        for area in areas:
            if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
                corners[place] = area.start_cell.coordinate
    return corners


def _append_list(book: Workbook, problems: list[dict[str, Any]], language: Language) -> None:
    name = _LIST_NAMES[language]
    while name in book.sheetnames:
        name += "_"
    sheet = book.create_sheet(name)
    sheet.append(_LIST_HEADS[language])
    for problem in problems[:_MOST_LISTED]:
        said = problem_sentence(problem, language)
        place = f"{problem['column']}{problem['row']}"
        severity = _SEVERITIES[problem["severity"]][language == "en"]
        sheet.append([problem["sheet"], place, severity, neutralise(said.text), neutralise(said.hint)])
        link = sheet.cell(sheet.max_row, 2)
        link.hyperlink = f"#'{problem['sheet']}'!{place}"
        link.style = "Hyperlink"
    for column, width in zip("ABCDE", (14, 10, 8, 60, 70), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"


def _write_bad_rows(
    problems: pa.Table, source: Path, target: Path, language: Language, limits: Limits
) -> None:
    """Stream the rows that have a problem, with what is wrong in the first columns."""
    book = xlsxwriter.Workbook(str(target), {"constant_memory": True, "strings_to_formulas": False})
    fills = {severity: book.add_format({"bg_color": f"#{fill}"}) for severity, fill in FILLS.items()}
    heads = ("原表行号", "问题") if language == "zh" else ("Row", "Problems")
    for sheet in open_table_file(source, limits):
        mine = problems.filter(pc.equal(problems["sheet"], sheet.name))
        if not mine.num_rows:
            continue
        by_row: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for problem in mine.to_pylist():
            by_row[problem["row"]].append(problem)
        page = book.add_worksheet(sheet.name[:31])
        page.set_column(1, 1, 60)
        first = min(by_row)
        rows = [row for row in range(1, min(first, 5)) if row not in by_row] + sorted(by_row)
        cells = [column.take(pa.array([row - 1 for row in rows])).to_pylist() for column in sheet.columns]
        page.write_row(0, 0, heads)
        for line, (row, values) in enumerate(zip(rows, zip(*cells, strict=True), strict=True), 1):
            found = by_row.get(row, [])
            page.write_number(line, 0, row)
            page.write_string(
                line, 1, neutralise("；".join(problem_sentence(each, language).text for each in found))
            )
            marked = {column_number(each["column"]): fills[each["severity"]] for each in reversed(found)}
            for position, value in enumerate(values):
                place = position + sheet.first_column
                if value is not None:
                    page.write_string(line, place + 2, neutralise(value), marked.get(place))
                elif place in marked:
                    page.write_blank(line, place + 2, None, marked[place])
    book.close()
