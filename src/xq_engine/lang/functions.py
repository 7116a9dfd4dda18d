"""Every function of the language once: its types, its DuckDB SQL and its Python, side by side.

All of them are strict: one unknown argument makes the result unknown. Both evaluators refuse an integer that
leaves 64 bits instead of wrapping it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xq_engine.errors import OutOfRange
from xq_engine.lang.types import (
    BOOL,
    DATE,
    INTEGER_MAX,
    INTEGER_MIN,
    NUMBER,
    TEXT,
    Type,
    join,
    product,
    quotient,
)


@dataclass(frozen=True, slots=True)
class Function:
    """One function: the type of its result (None = these arguments do not fit), SQL text, Python."""

    result: Callable[[Sequence[Type]], Type | None]
    sql: Callable[..., str]
    python: Callable[..., Any]
    takes: str


def bounded(value: int) -> int:
    """Give the integer back if it fits into 64 bits."""
    if INTEGER_MIN <= value <= INTEGER_MAX:
        return value
    raise OutOfRange(f"{value} does not fit into 64 bits")


def _same_integers(types: Sequence[Type]) -> Type | None:
    found: Type | None = NUMBER
    for kind in types:
        found = join(found, kind) if found and kind.kind in ("int", "null") else None
    return found


def _product(types: Sequence[Type]) -> Type | None:
    return product(types[0], types[1]) if all(kind.kind == "int" for kind in types) else None


def _quotient(types: Sequence[Type]) -> Type | None:
    return quotient(types[0], types[1]) if all(kind.kind == "int" for kind in types) else None


def _equal(types: Sequence[Type]) -> Type | None:
    return BOOL if join(types[0], types[1]) else None


def _ordered(types: Sequence[Type]) -> Type | None:
    return BOOL if types[0].kind in ("int", "date") and join(types[0], types[1]) else None


def _extreme(types: Sequence[Type]) -> Type | None:
    return DATE if set(types) == {DATE} else _same_integers(types)


def _fixed(result: Type, *wanted: Type) -> Callable[[Sequence[Type]], Type | None]:
    def check(types: Sequence[Type]) -> Type | None:
        fits = len(types) == len(wanted) and all(
            have == want or (want == NUMBER and have.kind == "int")
            for have, want in zip(types, wanted, strict=True)
        )
        return result if fits else None

    return check


def _infix(sign: str) -> Callable[[str, str], str]:
    return lambda left, right: f"({left} {sign} {right})"


def _divide_down(above: int, below: int) -> int | None:
    if below == 0:
        return None
    whole = abs(above) // abs(below)
    return bounded(whole if (above < 0) == (below < 0) else -whole)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _divide_half_up(above: int, below: int) -> int | None:
    return _divide_down(bounded(bounded(2 * above) + _sign(above) * abs(bounded(below))), bounded(2 * below))


def _divide_up(above: int, below: int) -> int | None:
    return _divide_down(bounded(above + _sign(above) * (abs(bounded(below)) - 1)), below)


def ymd(day: date) -> int:
    """Write a day as the integer yyyymmdd."""
    return day.year * 10000 + day.month * 100 + day.day


def _month_day(day: date) -> int:
    return (day.year * 12 + day.month) * 100 + day.day


def _digits(text: str, first: int, last: int) -> int | None:
    part = text[first - 1 : last] if 0 < first <= last <= first + 17 else ""
    return int(part) if len(part) == last - first + 1 and part.isascii() and part.isdigit() else None


def _sql_ymd(day: str) -> str:
    return f"(year({day}) * 10000 + month({day}) * 100 + day({day}))"


def _sql_month_day(day: str) -> str:
    return f"((year({day}) * 12 + month({day})) * 100 + day({day}))"


def _sql_floor(first: str, last: str, step: int) -> str:
    # `//` truncates; the shift by 100 million steps keeps the dividend positive, so that it floors.
    return f"(({last} - {first} + {step * 100_000_000}) // {step} - 100000000)"


def _sql_digits(text: str, first: str, last: str) -> str:
    part = f"substr({text}, {first}, {last} - {first} + 1)"
    fits = f"{first} > 0 AND {first} <= {last} AND {last} <= {first} + 17 AND length({part}) = {last} - {first} + 1"
    return f"CASE WHEN {fits} AND regexp_full_match({part}, '[0-9]+') THEN CAST({part} AS BIGINT) END"


def _sql_extreme(function: str) -> Callable[..., str]:
    def text(*args: str) -> str:
        known = " AND ".join(f"{arg} IS NOT NULL" for arg in args)
        return f"CASE WHEN {known} THEN {function}({', '.join(args)}) END"

    return text


_COMPARISONS: Mapping[str, tuple[str, Callable[..., Any]]] = {
    "==": ("=", operator.eq),
    "!=": ("<>", operator.ne),
    "<": ("<", operator.lt),
    "<=": ("<=", operator.le),
    ">": (">", operator.gt),
    ">=": (">=", operator.ge),
}

FUNCTIONS: Mapping[str, Function] = {
    **{
        name: Function(
            _equal if name in ("==", "!=") else _ordered, _infix(sign), python, "two values of one type"
        )
        for name, (sign, python) in _COMPARISONS.items()
    },
    "+": Function(_same_integers, _infix("+"), lambda a, b: bounded(a + b), "two integers of one unit"),
    "-": Function(_same_integers, _infix("-"), lambda a, b: bounded(a - b), "two integers of one unit"),
    "*": Function(_product, _infix("*"), lambda a, b: bounded(a * b), "an integer and a plain number"),
    "negative": Function(_same_integers, lambda a: f"(-{a})", lambda a: bounded(-a), "an integer"),
    "abs": Function(_same_integers, lambda a: f"abs({a})", lambda a: bounded(abs(a)), "an integer"),
    "number": Function(_fixed(NUMBER, NUMBER), lambda a: a, lambda a: a, "an integer"),
    "min": Function(_extreme, _sql_extreme("least"), min, "integers of one unit, or dates"),
    "max": Function(_extreme, _sql_extreme("greatest"), max, "integers of one unit, or dates"),
    "div_down": Function(_quotient, _infix("//"), _divide_down, "an integer and a plain number"),
    "div_half_up": Function(
        _quotient,
        lambda a, b: f"((2 * {a} + sign({a}) * abs({b})) // (2 * {b}))",
        _divide_half_up,
        "an integer and a plain number",
    ),
    "div_up": Function(
        _quotient,
        lambda a, b: f"(({a} + sign({a}) * (abs({b}) - 1)) // {b})",
        _divide_up,
        "an integer and a plain number",
    ),
    "years_between": Function(
        _fixed(Type("int", unit="year"), DATE, DATE),
        lambda a, b: _sql_floor(_sql_ymd(a), _sql_ymd(b), 10000),
        lambda a, b: (ymd(b) - ymd(a)) // 10000,
        "two dates",
    ),
    "months_between": Function(
        _fixed(Type("int", unit="months"), DATE, DATE),
        lambda a, b: _sql_floor(_sql_month_day(a), _sql_month_day(b), 100),
        lambda a, b: (_month_day(b) - _month_day(a)) // 100,
        "two dates",
    ),
    "days_between": Function(
        _fixed(Type("int", unit="days"), DATE, DATE),
        lambda a, b: f"date_diff('day', {a}, {b})",
        lambda a, b: (b - a).days,
        "two dates",
    ),
    "ymd": Function(_fixed(NUMBER, DATE), _sql_ymd, ymd, "a date"),
    "length": Function(_fixed(NUMBER, TEXT), lambda a: f"length({a})", len, "a text"),
    # Not for authors: the engine asks with it whether a household lies in the region of a policy.
    "starts_with": Function(
        _fixed(BOOL, TEXT, TEXT), lambda a, b: f"starts_with({a}, {b})", str.startswith, "two texts"
    ),
    "digits": Function(
        _fixed(NUMBER, TEXT, NUMBER, NUMBER), _sql_digits, _digits, "a text, first and last place (from 1)"
    ),
}
# How many arguments a function takes when an author calls it by name.
NAMED: Mapping[str, tuple[int, int]] = {
    "abs": (1, 1),
    "number": (1, 1),
    "min": (2, 9),
    "max": (2, 9),
    "years_between": (2, 2),
    "months_between": (2, 2),
    "days_between": (2, 2),
    "ymd": (1, 1),
    "length": (1, 1),
    "digits": (3, 3),
}
ROUNDINGS = ("half_up", "down", "up")
