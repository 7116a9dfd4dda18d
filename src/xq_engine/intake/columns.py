"""Read a whole column: each different text once, the plainly written ones without a loop."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from xq_engine.identity import MOBILE_FORM, examine_bank_cards, examine_ids
from xq_engine.intake.values import ColumnRule, Reading, read_value

ARROW_TYPES = {
    "text": pa.string(),
    "code": pa.string(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "id_number": pa.string(),
    "disability_no": pa.string(),
    "phone": pa.string(),
    "bank_card": pa.string(),
}
_PLAIN_TEXT = "^[^'\\s\\x{00}-\\x{1F}\\x{7F}\\x{3000}\\x{00A0}\\x{200B}-\\x{200F}\\x{2060}\\x{FEFF}\\x{00AD}０-９Ａ-Ｚａ-ｚ]{1,%d}$"


@dataclass(slots=True)
class TypedColumn:
    """A column as typed values, and the rows (positions) that have a problem or were mended.

    `problems` maps a code, `repairs` a kind to the positions that have it.
    """

    values: pa.Array
    problems: dict[str, npt.NDArray[np.int64]]
    repairs: dict[str, npt.NDArray[np.int64]]


def arrow_type(fact_type: str) -> pa.DataType:
    """Give the Arrow type that holds a fact's type: text, bool, date32, else int64 in the fact's unit."""
    return ARROW_TYPES.get(fact_type, pa.int64())


def read_column(texts: pa.Array, rule: ColumnRule) -> TypedColumn:
    """Read a column of texts as a fact; agrees with `read_value` on every cell."""
    encoded = pc.dictionary_encode(texts)
    words, indices = encoded.dictionary, encoded.indices
    readings = _read_words(words, rule)
    values = readings.values.take(indices) if len(words) else pa.nulls(len(texts), arrow_type(rule.fact.type))
    return TypedColumn(values, _spread(readings.problems, indices), _spread(readings.repairs, indices))


@dataclass(slots=True)
class _Words:
    values: pa.Array
    problems: dict[str, list[int]]
    repairs: dict[str, list[int]]


def _spread(found: dict[str, list[int]], indices: pa.Array) -> dict[str, npt.NDArray[np.int64]]:
    """Turn positions among the different words into positions among the rows."""
    if not found:
        return {}
    positions = pc.fill_null(indices, -1).to_numpy(zero_copy_only=False)
    return {name: np.flatnonzero(np.isin(positions, words)) for name, words in found.items()}


def _read_words(words: pa.Array, rule: ColumnRule) -> _Words:
    plain, values = _PLAIN.get(rule.fact.type, _none_plain)(words, rule)
    rest = np.flatnonzero(~plain)
    kind = arrow_type(rule.fact.type)
    readings = [read_value(text or "", rule) for text in words.take(pa.array(rest)).to_pylist()]
    found = _Words(values, {}, {})
    if len(rest):
        mended = pa.array([reading.value for reading in readings], kind)
        found.values = pc.replace_with_mask(values.cast(kind), pa.array(~plain), mended)
    for position, reading in zip(rest.tolist(), readings, strict=True):
        _note(found, position, reading)
    return found


def _note(found: _Words, position: int, reading: Reading) -> None:
    if reading.problem:
        found.problems.setdefault(reading.problem, []).append(position)
    if reading.repair:
        found.repairs.setdefault(reading.repair, []).append(position)


Plain = tuple[npt.NDArray[np.bool_], pa.Array]


def _none_plain(words: pa.Array, rule: ColumnRule) -> Plain:
    return np.zeros(len(words), dtype=bool), pa.nulls(len(words), arrow_type(rule.fact.type))


def _matches(words: pa.Array, pattern: str) -> npt.NDArray[np.bool_]:
    mask: npt.NDArray[np.bool_] = pc.match_substring_regex(words, pattern).to_numpy(zero_copy_only=False)
    return mask


def _plain_text(words: pa.Array, rule: ColumnRule) -> Plain:
    return _matches(words, _PLAIN_TEXT % rule.fact.longest), words


def _plain_ids(words: pa.Array, _rule: ColumnRule) -> Plain:
    plain = _matches(words, "^[0-9]{17}[0-9X]$")
    where = np.flatnonzero(plain)
    plain[where] = examine_ids(words.take(pa.array(where))).fault == 0
    return plain, words


def _plain_phones(words: pa.Array, _rule: ColumnRule) -> Plain:
    return _matches(words, MOBILE_FORM), words


def _plain_cards(words: pa.Array, _rule: ColumnRule) -> Plain:
    return examine_bank_cards(words), words


def _plain_dates(words: pa.Array, _rule: ColumnRule) -> Plain:
    plain = _matches(words, "^(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])(?: 00:00:00)?$")
    days = pc.if_else(pa.array(plain), pc.utf8_slice_codeunits(words, 0, 10), pa.scalar(None, pa.string()))
    return plain, days.cast(pa.date32())


def _plain_fen(words: pa.Array, rule: ColumnRule) -> Plain:
    """Read amounts such as 1200, 1200.5, 1200.50 in yuan; hundredths of a mu are written alike."""
    if rule.unit not in ("", "元", "亩"):
        return _none_plain(words, rule)
    plain = _matches(words, r"^[0-9]{1,9}(?:\.[0-9]{1,2})?$")
    exact = pc.if_else(pa.array(plain), words, pa.scalar("0")).cast(pa.decimal128(18, 2))
    return plain, pc.multiply(exact, pa.scalar(100)).cast(pa.int64())


def _plain_metres(words: pa.Array, rule: ColumnRule) -> Plain:
    if rule.unit not in ("", "米", "平方米"):
        return _none_plain(words, rule)
    plain = _matches(words, "^[0-9]{1,9}$")
    return plain, pc.if_else(pa.array(plain), words, pa.scalar("0")).cast(pa.int64())


_PLAIN: dict[str, Callable[[pa.Array, ColumnRule], Plain]] = {
    "text": _plain_text,
    "id_number": _plain_ids,
    "phone": _plain_phones,
    "bank_card": _plain_cards,
    "date": _plain_dates,
    "fen": _plain_fen,
    "centimu": _plain_fen,
    "metre": _plain_metres,
    "m2": _plain_metres,
}


def mask_column(values: pa.Array, fact_type: str, name: str) -> pa.Array:
    """Hide what is personal in values that are shown with a problem: numbers but for both ends, names but the first.

    ID and certificate numbers keep 4 and 4 characters, cards 4 and 4, phones 3 and 4.
    """
    kept: dict[str, tuple[int, int]] = {
        "id_number": (4, 4),
        "disability_no": (4, 4),
        "bank_card": (4, 4),
        "phone": (3, 4),
    }
    if fact_type in kept:
        first, last = kept[fact_type]
        return pc.replace_substring_regex(values, rf"^(.{{{first}}}).{{{1},}}(.{{{last}}})$", r"\1******\2")
    if name in ("name", "head_name", "contact_name"):
        return pc.replace_substring_regex(values, "^(.).+$", r"\1*")
    return values


def positions(mask: Any) -> npt.NDArray[np.int64]:
    """Give the positions where a boolean Arrow array is true."""
    found: npt.NDArray[np.int64] = np.flatnonzero(
        pc.fill_null(mask, fill_value=False).to_numpy(zero_copy_only=False)
    )
    return found
