"""Examining a list and its files before anybody sees them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from xiangqiao.kernel.publication import words
from xiangqiao.kernel.publication.beside import illness_beside_name
from xiangqiao.kernel.publication.digits import flat
from xiangqiao.kernel.publication.files import Attachment, Part, Unreadable, parts
from xiangqiao.kernel.publication.findings import Finding
from xiangqiao.kernel.publication.kinds import MINOR, Column, Kind, Of
from xiangqiao.kernel.publication.pictures import GPS_PLACE
from xiangqiao.kernel.publication.scan import leaks, number_across

Rows = Sequence[Mapping[str, Any]]
_BELOW_VILLAGE = re.compile("[0-9一二三四五六七八九十]+(?:组|号|室|栋|单元)|小组|门牌")
_BELOW_TOWNSHIP = re.compile(f"村(?!镇)|社区|居委|{_BELOW_VILLAGE.pattern}")


def examine(
    kind: Kind,
    *,
    title: str,
    rows: Rows,
    attachments: Iterable[Attachment] = (),
    private: Iterable[str] = (),
) -> list[Finding]:
    """Return everything that must not be published, and what is doubtful.

    `private` are names, addresses and numbers of the persons concerned, as the register has them: none may occur.
    """
    hidden = [word for word in private if len(word.strip()) > 1]
    found = [*_of_text(kind, title, hidden, row=0, column="")]
    for number, row in enumerate(rows, start=1):
        found += _of_row(kind, row, number, hidden)
    found += _too_few(kind, rows)
    for file in attachments:
        found += _of_file(kind, file, hidden)
    return found


def _of_text(kind: Kind, text: str, hidden: list[str], **where: Any) -> Iterator[Finding]:
    for leak in leaks(text, open_numbers=kind.open_numbers):
        yield Finding(leak.kind.value, certain=leak.certain, **where)
    if _holds(text, hidden):
        yield Finding("PRIVATE", **where)
    if illness_beside_name(text):
        yield Finding("ILLNESS", certain=False, **where)


def _holds(text: str, hidden: list[str]) -> bool:
    """Return whether one of the hidden words stands in a text, also spaced out."""
    plain = re.sub(r"[\s.·,，、\-_*]", "", flat(text)[0])
    return any(re.sub(r"[\s·\-]", "", word).upper() in plain.upper() for word in hidden)


def _of_row(kind: Kind, row: Mapping[str, Any], number: int, hidden: list[str]) -> Iterator[Finding]:
    for key in row:
        if key != MINOR and kind.column(key) is None:
            # The name of a column may itself be what must not be shown.
            yield Finding("COLUMN", row=number, column=key if not leaks(key) else "?")
    named = False
    for column in kind.columns:
        value = row.get(column.key)
        if value in (None, ""):
            continue
        named = named or column.of == Of.NAME
        yield from _of_cell(kind, column, value, number, hidden)
        if column.of == Of.NAME and row.get(MINOR):
            yield Finding("CHILD", row=number, column=column.title)
    if named:
        yield from _beside_name(kind, row, number)
    cells = [str(row[c.key]) for c in kind.columns if row.get(c.key) not in (None, "")]
    if number_across(cells) and not any(leaks(cell) for cell in cells):
        yield Finding("ID", row=number, column=kind.columns[0].title)


def _beside_name(kind: Kind, row: Mapping[str, Any], number: int) -> Iterator[Finding]:
    """Yield what may not stand in a row that shows a name: illness, childhood, the tail of a number."""
    for column in kind.columns:
        text = str(row.get(column.key) or "") if column.of == Of.TEXT else ""
        if words.ILLNESS.search(text):
            yield Finding("ILLNESS", row=number, column=column.title)
        if words.CHILD.search(text):
            yield Finding("CHILD", row=number, column=column.title, certain=False)
        if _is_tail(text):
            yield Finding("ID_PART", row=number, column=column.title)


def _is_tail(text: str) -> bool:
    """Return whether a whole cell is the tail of a number, as lists print it beside a name."""
    return bool(re.fullmatch(r"[*＊xX]*(\d{4}|\d{3}X|\d{5}[\dX])", flat(text.strip())[0]))


def _of_cell(kind: Kind, column: Column, value: Any, row: int, hidden: list[str]) -> Iterator[Finding]:
    if not _fits(column, value):
        yield Finding("FORM", row=row, column=column.title)
    if column.of in (Of.COUNT, Of.FEN) and isinstance(value, int):
        if len(str(abs(value))) > 12:
            yield Finding("FORM", row=row, column=column.title)
        return
    if column.of == Of.NAME:
        # Names are shown by the rule of the kind; here only what is no name matters.
        hidden = []
    text = str(value)
    yield from _of_text(kind, text, hidden, row=row, column=column.title)
    too_fine = {Of.TOWNSHIP: _BELOW_TOWNSHIP, Of.VILLAGE: _BELOW_VILLAGE}.get(column.of)
    if too_fine and too_fine.search(text):
        yield Finding("PLACE", row=row, column=column.title)


def _fits(column: Column, value: Any) -> bool:
    """Return whether a value has the form of its column."""
    if column.of in (Of.COUNT, Of.FEN):
        return isinstance(value, int) and not isinstance(value, bool)
    if column.of == Of.DATE:
        return isinstance(value, date) or bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)))
    if column.of == Of.NAME:
        return isinstance(value, str) and len(value) <= 40 and not re.search(r"[\d*]", flat(value)[0])
    return isinstance(value, str)


def _too_few(kind: Kind, rows: Rows) -> Iterator[Finding]:
    """Yield the rows that fewer than k rows look like in the columns by which one can guess."""
    if kind.k < 2 or not kind.quasi:
        return
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for number, row in enumerate(rows, start=1):
        alike[tuple(row.get(key) for key in kind.quasi)].append(number)
    titles = "、".join(column.title for column in kind.columns if column.key in kind.quasi)
    for numbers in alike.values():
        if len(numbers) < kind.k:
            yield from (Finding("FEW", row=number, column=titles) for number in numbers)


def _of_file(kind: Kind, file: Attachment, hidden: list[str]) -> Iterator[Finding]:
    shown = file.name if not leaks(file.name.rsplit(".", 1)[0]) else f"*.{file.suffix}"
    try:
        for part in parts(file):
            yield from _of_part(kind, part, shown, hidden)
    except Unreadable as fault:
        code = f"FILE_{fault.code.upper()}"
        yield Finding(code, file=shown, certain=code != "FILE_SCAN")


def _of_part(kind: Kind, part: Part, file: str, hidden: list[str]) -> Iterator[Finding]:
    where: dict[str, Any] = {"file": file, "place": part.place if not leaks(part.place) else ""}
    if part.place.endswith(GPS_PLACE):
        yield Finding("GPS", **where)
    if not part.cells:
        yield from _of_text(kind, part.text, hidden, **where)
        return
    for index, cell in enumerate(part.cells):
        head = part.heads[index] if index < len(part.heads) and part.heads != part.cells else ""
        yield from _of_table_cell(kind, cell, head, hidden, where)
    if number_across(part.cells) and not any(leaks(cell) for cell in part.cells):
        yield Finding("ID", **where)
    yield from _of_named_row(part, where)


def _of_table_cell(
    kind: Kind, cell: str, head: str, hidden: list[str], where: dict[str, Any]
) -> Iterator[Finding]:
    found = list(_of_text(kind, cell, hidden, **where))
    # What a column says of itself makes a bare number a leak: 账号, 联系电话, 身份证.
    if cell and head and not any(f.certain for f in found) and not words.AMOUNT_WORD.search(head):
        found += _of_text(kind, f"{head}：{cell}", [], **where)
    yield from found


def _of_named_row(part: Part, where: dict[str, Any]) -> Iterator[Finding]:
    """Yield what stands beside a name in a row of a table: tails of numbers, illnesses."""
    if not any(words.looks_like_name(cell) for cell in part.cells):
        return
    for index, cell in enumerate(part.cells):
        head = part.heads[index] if index < len(part.heads) else ""
        if _is_tail(cell) and not words.AMOUNT_WORD.search(head):
            year = cell.isdigit() and len(cell) == 4 and 1900 <= int(cell) <= 2040
            said = words.NUMBER_OF_PERSON.search(head) or words.TAIL_WORD.search(head)
            telling = bool(said) or words.PHONE_WORD.search(head) or cell[:1] == "0" or "X" in cell.upper()
            yield Finding("ID_PART", certain=bool(telling) and (not year or bool(said)), **where)
        if words.ILLNESS.search(cell):
            yield Finding("ILLNESS", certain=False, **where)
