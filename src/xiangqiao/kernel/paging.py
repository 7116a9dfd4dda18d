"""Pages of a list by key, not by number: as fast on the last page as on the first, and never a row twice."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
PAGE_ROWS = 50


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """One page of a list: its rows, and the keys of the pages beside it ("" where there is none)."""

    rows: list[Row]
    next_key: str
    previous_key: str


def page_of(
    rows: QuerySet[Row],
    column: str,
    *,
    descending: bool = False,
    after: str = "",
    before: str = "",
    size: int = PAGE_ROWS,
) -> Slice[Row]:
    """Return a page of `rows` ordered by one column that is never null, then by id; one query.

    `after` and `before` are keys that an earlier page gave; a key that does not read begins at the first page.
    """
    key = _read(after or before)
    backwards = bool(before) and key is not None
    down = descending != backwards
    if key is not None:
        try:
            rows = rows.filter(_beyond(column, key, "lt" if down else "gt"))
        except ValueError:
            # A key of another list, whose column is a number.
            key, backwards, down = None, False, descending
    sign = "-" if down else ""
    found = list(rows.order_by(f"{sign}{column}", f"{sign}id")[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next = more if not backwards else True
    has_previous = (more if backwards else key is not None) and bool(found)
    return Slice(
        rows=found,
        next_key=_write(found[-1], column) if found and has_next else "",
        previous_key=_write(found[0], column) if has_previous else "",
    )


def _beyond(column: str, key: tuple[Any, int], way: str) -> Q:
    value, row_id = key
    return Q(**{f"{column}__{way}": value}) | Q(**{column: value, f"id__{way}": row_id})


def _write(row: Model, column: str) -> str:
    value = row
    for part in column.split("__"):
        value = getattr(value, part)
    return (
        base64.urlsafe_b64encode(json.dumps([value, row.pk], ensure_ascii=False).encode())
        .decode()
        .rstrip("=")
    )


def _read(key: str) -> tuple[Any, int] | None:
    try:
        value, row_id = json.loads(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)))
    except (binascii.Error, ValueError, TypeError, RecursionError):
        return None
    fits = (
        isinstance(value, str | int)
        and isinstance(row_id, int)
        and all(_fits(one) for one in (value, row_id))
    )
    return (value, row_id) if fits else None


def _fits(value: str | int) -> bool:
    """Return whether a database takes a value: no number beyond its integers, no NUL in a text."""
    return abs(value) < 1 << 63 if isinstance(value, int) else "\x00" not in value
