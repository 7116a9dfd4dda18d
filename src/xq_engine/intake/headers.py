"""Find the heading rows of a sheet and the rows of data below them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from xq_engine.intake.labels import ENTITIES, Label, headings, plain, read_label
from xq_engine.intake.sheets import Sheet

SEARCHED_ROWS = 20
DEEPEST_HEADER = 3

Stack = tuple[str, ...]

_TOTALS = re.compile(
    r"(?:本页|全[村乡镇县]|各[村乡镇]|[村乡镇县])?(?:合计|小计|总计|共计|累计|总合计)[^\u4e00-\u9fff]*"
)
_TOTALS_RE2 = r"[合小总共累]\s*计"
_NOTES = (
    "填表",
    "制表",
    "审核",
    "注",
    "备注",
    "说明",
    "负责人",
    "单位负责人",
    "联系人",
    "填报",
    "报送",
    "单位盖章",
)
_TOTALS_COLUMNS = 6


@dataclass(slots=True)
class Header:
    """Heading rows (1-based, inclusive) and for each column its headings from top to bottom."""

    top: int
    bottom: int
    stacks: list[Stack]
    lines_above: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Body:
    """Spreadsheet rows (1-based) that hold data; totals rows as (row, position of the first text, text)."""

    rows: npt.NDArray[np.int64]
    totals: list[tuple[int, int, str]] = field(default_factory=list)


def find_header(sheet: Sheet) -> Header | None:
    """Find the heading rows: the place where most headings known to any entity stand; None if there is none."""
    grid = _filled(sheet)
    best: tuple[tuple[int, int, int], Header] | None = None
    for bottom in range(len(grid)):
        for depth in range(1, min(DEEPEST_HEADER, bottom + 1) + 1):
            top = bottom - depth + 1
            if depth > 1 and not _may_stand_above(grid[top]):
                break
            stacks = _stacks(grid, top, bottom)
            score = max(_known(stacks, entity) for entity in ENTITIES)
            if score < 2 or (depth > 1 and not _is_heading_row(grid[bottom], stacks)):
                continue
            key = (score, -bottom, depth)
            if best is None or key > best[0]:
                best = (key, Header(top + 1, bottom + 1, stacks))
    if best is None:
        return None
    header = best[1]
    header.lines_above = [text for row in grid[: header.top - 1] for text in dict.fromkeys(row) if text]
    return header


def _filled(sheet: Sheet) -> list[list[str | None]]:
    """Take the first rows with merged cells filled with their value."""
    grid = sheet.head(SEARCHED_ROWS)
    for top, left, bottom, right in sheet.merges:
        if top > len(grid) or left < sheet.first_column:
            continue
        first = left - sheet.first_column
        if first >= len(sheet.columns):
            continue
        value = grid[top - 1][first]
        for row in range(top - 1, min(bottom, len(grid))):
            for position in range(first, min(right - sheet.first_column + 1, len(sheet.columns))):
                grid[row][position] = value
    return grid


def _may_stand_above(row: Sequence[str | None]) -> bool:
    return len({value for value in row if value}) >= 2


def _stacks(grid: list[list[str | None]], top: int, bottom: int) -> list[Stack]:
    columns = zip(*grid[top : bottom + 1], strict=True)
    return [tuple(dict.fromkeys(value for value in column if value)) for column in columns]


def _known(stacks: list[Stack], entity: str) -> int:
    known = headings(entity)
    found = {known[text][0] for stack in stacks for text in spellings(stack)[:2] if text in known}
    return len(found)


def _is_heading_row(row: Sequence[str | None], stacks: list[Stack]) -> bool:
    own = [(value, stack) for value, stack in zip(row, stacks, strict=True) if value]
    every = set().union(*(headings(entity).keys() for entity in ENTITIES))
    fitting = sum(
        1 for value, stack in own if plain(value) in every or any(t in every for t in spellings(stack)[:2])
    )
    return fitting * 2 >= len(own)


def spellings(stack: Stack) -> list[str]:
    """Give the plain texts by which a column may be known: group and heading together, the heading, its variants.

    >>> spellings(("户主", "姓名"))
    ['户主姓名', '姓名', '户主']
    """
    if not stack:
        return []
    labels = [read_label(text) for text in stack]
    last: Label = labels[-1]
    texts = ["".join(label.text for label in labels), last.text, last.whole, labels[0].text]
    return [text for text in dict.fromkeys(texts) if text]


def find_body(sheet: Sheet, header: Header) -> Body:
    """Find the rows of data: below the headings, not blank, no totals, notes, column numbers or repeated headings."""
    start = header.bottom
    columns = [column.slice(start) for column in sheet.columns]
    filled = _filled_counts(columns)
    kept = filled > 0
    totals = _totals(columns, start)
    for row, _, _ in totals:
        kept[row - 1 - start] = False
    kept &= ~_repeats(columns, header)
    # Few filled cells: a note below the table, blanks that only look filled, the row of column numbers.
    for index in np.flatnonzero(kept & (filled <= 3)):
        kept[index] = not _is_note([column[int(index)].as_py() for column in columns])
    if kept.any():
        first = int(np.flatnonzero(kept)[0])
        kept[first] = not _is_numbering([column[first].as_py() for column in columns])
    return Body(np.flatnonzero(kept).astype(np.int64) + start + 1, totals)


def _filled_counts(columns: list[pa.Array]) -> npt.NDArray[np.int64]:
    counts = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        counts += column.is_valid().to_numpy(zero_copy_only=False)
    return counts


def _totals(columns: list[pa.Array], start: int) -> list[tuple[int, int, str]]:
    found: dict[int, tuple[int, int, str]] = {}
    for position, column in enumerate(columns[:_TOTALS_COLUMNS]):
        mask = pc.fill_null(pc.match_substring_regex(column, _TOTALS_RE2), fill_value=False).to_numpy(
            zero_copy_only=False
        )
        for index in np.flatnonzero(mask).tolist():
            text = re.sub(r"\s+", "", column[index].as_py())
            before = [other[index].as_py() for other in columns[:position]]
            if (
                index not in found
                and _TOTALS.fullmatch(text)
                and not any((cell or "").strip() for cell in before)
            ):
                found[index] = (index + start + 1, position, text)
    return [found[index] for index in sorted(found)]


def _repeats(columns: list[pa.Array], header: Header) -> npt.NDArray[np.bool_]:
    """Find rows that repeat the headings, as after a page break."""
    named = [(column, stack[-1]) for column, stack in zip(columns, header.stacks, strict=True) if stack][:3]
    same = np.ones(len(columns[0]), dtype=bool)
    for column, heading in named:
        same &= pc.fill_null(pc.equal(pc.utf8_trim_whitespace(column), heading), fill_value=False).to_numpy(
            zero_copy_only=False
        )
    return same if len(named) >= 2 else np.zeros(len(columns[0]), dtype=bool)


def _is_note(cells: list[Any]) -> bool:
    texts = [text for text in (str(cell or "").strip() for cell in cells) if text]
    return not texts or (texts[0].startswith(_NOTES) and texts[0] not in _NOTES)


def _is_numbering(cells: list[Any]) -> bool:
    """Recognise the line under the headings that numbers the columns: 甲 乙 1 2 3."""
    texts = [text for text in (str(cell or "").strip() for cell in cells) if text]
    numbers = [int(text) for text in texts if text.isdigit() and len(text) <= 3]
    steps = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
    return len(numbers) >= 3 and steps and len(texts) - len(numbers) <= 3
