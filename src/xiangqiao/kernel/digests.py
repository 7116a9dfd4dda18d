"""Origin digests of many rows at once: the same digests as `values.digest` of each row's recorded state."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_AT_ONCE = 32_768  # rows, so that their JSON stays in the processor's cache
# What JSON must escape in a text: quote, backslash, control characters.
_UNSAFE = '["\\\\\\x00-\\x1f]'


def row_digests(columns: Mapping[str, Sequence[Any]], count: int) -> list[str]:
    """Return SHA-256 (hex) over the canonical JSON of each row of plain columns (text, whole numbers, booleans).

    A column of one value stands for `count` equal ones.
    """
    sha256 = hashlib.sha256
    digests: list[str] = []
    for first in range(0, count, _AT_ONCE):
        rows = _rows(columns, count, slice(first, min(first + _AT_ONCE, count)))
        digests += [sha256(row).hexdigest() for row in rows]
    return digests


def _rows(columns: Mapping[str, Sequence[Any]], count: int, part: slice) -> list[bytes]:
    """The canonical JSON of some rows. What is the same in all of them is joined to the text around it."""
    parts: list[Any] = []
    text = "{"
    for place, name in enumerate(sorted(columns)):
        text += ("," if place else "") + json.dumps(name, ensure_ascii=False) + ":"
        values = columns[name]
        if len(values) == 1 != count:
            text += json.dumps(values[0], ensure_ascii=False)
            continue
        parts += [text, _fragments(values[part])]
        text = ""
    if not parts:
        return [(text + "}").encode()] * (part.stop - part.start)
    rows = pc.binary_join_element_wise(*parts, text + "}", "")
    listed: list[bytes] = rows.cast(pa.binary()).to_pylist()
    return listed


def _fragments(values: Sequence[Any]) -> Any:
    """The JSON text of each value of a column, null spelt out."""
    column = pa.array(values)
    if pa.types.is_null(column.type):
        return pa.repeat(pa.scalar("null"), len(values))
    if pa.types.is_string(column.type):
        if pc.any(pc.match_substring_regex(column, _UNSAFE)).as_py():
            text = pa.array(
                [None if v is None else json.dumps(v, ensure_ascii=False) for v in values], pa.string()
            )
        else:
            text = pc.binary_join_element_wise('"', column, '"', "")
    else:
        text = column.cast(pa.string())
    return pc.fill_null(text, "null")
