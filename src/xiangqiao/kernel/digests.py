"""Origin digests of many rows at once: the same digests as `values.digest` of each row's recorded state."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

# What JSON must escape in a text: quote, backslash, control characters.
_UNSAFE = '["\\\\\\x00-\\x1f]'


def row_digests(columns: Mapping[str, Sequence[Any]], count: int) -> list[str]:
    """Return SHA-256 (hex) over the canonical JSON of each row of plain columns (text, whole numbers, booleans).

    A column of one value stands for `count` equal ones.
    """
    if not count:
        return []
    sha256 = hashlib.sha256
    parts: list[Any] = []
    for place, name in enumerate(sorted(columns)):
        parts.append(("{" if place == 0 else ",") + json.dumps(name, ensure_ascii=False) + ":")
        parts.append(_fragments(columns[name], count))
    rows = pc.binary_join_element_wise(*parts, "}", "")
    return [sha256(row).hexdigest() for row in rows.cast(pa.binary()).to_pylist()]


def _fragments(values: Sequence[Any], count: int) -> Any:
    """The JSON text of each value of a column, null spelt out."""
    if len(values) == 1 != count:
        return json.dumps(values[0], ensure_ascii=False)
    column = pa.array(values)
    if pa.types.is_null(column.type):
        return "null"
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
