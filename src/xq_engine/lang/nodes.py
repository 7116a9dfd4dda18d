"""The expression tree: small, frozen, typed, with a JSON form that every evaluator shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xq_engine.lang.types import BOOL, DATE, Type, Value


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant; null where the value is None."""

    value: Value
    type: Type


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the household or of the person in hand, stored or derived."""

    entity: str
    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day for which the question is asked."""

    type: Type = DATE


@dataclass(frozen=True, slots=True)
class Param:
    """A dated parameter, looked up by region and day."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Call:
    """A function that is unknown as soon as one argument is unknown: arithmetic, comparison, dates, digits."""

    function: str
    args: tuple[Expr, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class And:
    """True if all are true, false if one is false, else unknown."""

    items: tuple[Expr, ...]
    type: Type = BOOL


@dataclass(frozen=True, slots=True)
class Or:
    """True if one is true, false if all are false, else unknown."""

    items: tuple[Expr, ...]
    type: Type = BOOL


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite; unknown stays unknown."""

    item: Expr
    type: Type = BOOL


@dataclass(frozen=True, slots=True)
class Known:
    """Whether a value is known; never unknown itself."""

    item: Expr
    type: Type = BOOL


@dataclass(frozen=True, slots=True)
class If:
    """One of two values; unknown if the condition is unknown."""

    condition: Expr
    then: Expr
    otherwise: Expr
    type: Type


@dataclass(frozen=True, slots=True)
class First:
    """The first known value (not for authors: an unknown fact may not quietly become another)."""

    items: tuple[Expr, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class In:
    """Whether a value is one of some constants."""

    item: Expr
    values: tuple[Value, ...]
    type: Type = BOOL


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`any`, `all`, `count`, `sum` over the members; `first` (not for authors) is the least known value."""

    kind: str
    body: Expr
    type: Type


Expr = Literal | Fact | AsOf | Param | Call | And | Or | Not | Known | If | First | In | Aggregate
NODES: Mapping[str, Any] = {
    node.__name__: node
    for node in (Literal, Fact, AsOf, Param, Call, And, Or, Not, Known, If, First, In, Aggregate)
}


def children(expr: Expr) -> Sequence[Expr]:
    """List the direct sub-expressions in order."""
    match expr:
        case Call(args=items) | And(items=items) | Or(items=items) | First(items=items):
            return items
        case Not(item=item) | Known(item=item) | In(item=item):
            return (item,)
        case If(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
        case Aggregate(body=body):
            return (body,)
        case _:
            return ()


def walk(expr: Expr) -> Iterator[Expr]:
    """Walk through the expression, parents first, in reading order."""
    yield expr
    for child in children(expr):
        yield from walk(child)


def to_json(expr: Expr) -> dict[str, Any]:
    """Write an expression as plain JSON values; dates as {"date": "2026-01-01"}."""
    row: dict[str, Any] = {"node": type(expr).__name__}
    for name in expr.__dataclass_fields__:
        row[name] = _to_json_value(getattr(expr, name))
    return row


def from_json(row: Mapping[str, Any]) -> Expr:
    """Read an expression written by `to_json`."""
    fields = {name: _from_json_value(value) for name, value in row.items() if name not in ("node", "type")}
    expr: Expr = NODES[row["node"]](**fields, type=Type.read(row["type"]))
    return expr


def _to_json_value(value: Any) -> Any:
    if isinstance(value, Type):
        return str(value)
    if isinstance(value, tuple):
        return [_to_json_value(item) for item in value]
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return to_json(value) if type(value).__name__ in NODES else value


def _from_json_value(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_from_json_value(item) for item in value)
    if isinstance(value, dict):
        return date.fromisoformat(value["date"]) if "date" in value else from_json(value)
    return value
