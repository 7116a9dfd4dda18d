"""Closures of three-valued logic and of questions over the members: None is unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xq_engine.lang.case import Case, Closure, Row
from xq_engine.lang.functions import bounded
from xq_engine.lang.types import Value


def with_constant(function: Callable[..., Any], arg: Closure, constant: Value) -> Closure:
    """Apply a strict function of one unknown and a constant."""

    def strict(case: Case, person: Row) -> Any:
        value = arg(case, person)
        return None if value is None else function(value, constant)

    return strict


def binary(function: Callable[..., Any], left: Closure, right: Closure) -> Closure:
    """Apply a strict function of two values."""

    def strict(case: Case, person: Row) -> Any:
        first = left(case, person)
        if first is None:
            return None
        second = right(case, person)
        return None if second is None else function(first, second)

    return strict


def junction(items: Sequence[Closure], *, decisive: bool) -> Closure:
    """Join with `and` (decisive false) or `or` (decisive true): one decisive value decides, else one unknown."""

    def junction(case: Case, person: Row) -> bool | None:
        result: bool | None = not decisive
        for item in items:
            value: bool | None = item(case, person)
            if value is decisive:
                return value
            if value is None:
                result = None
        return result

    return junction


def negation(item: Closure) -> Closure:
    """Turn true and false about; unknown stays."""

    def negation(case: Case, person: Row) -> bool | None:
        value = item(case, person)
        return None if value is None else not value

    return negation


def choice(condition: Closure, then: Closure, otherwise: Closure) -> Closure:
    """Choose between two values; unknown without a known condition."""

    def choice(case: Case, person: Row) -> Any:
        value = condition(case, person)
        if value is None:
            return None
        return then(case, person) if value else otherwise(case, person)

    return choice


def first_known(items: Sequence[Closure]) -> Closure:
    """Give the first known value."""

    def first_known(case: Case, person: Row) -> Any:
        values = (item(case, person) for item in items)
        return next((value for value in values if value is not None), None)

    return first_known


def membership(item: Closure, values: frozenset[Value]) -> Closure:
    """Tell whether a known value is one of some constants."""

    def membership(case: Case, person: Row) -> bool | None:
        value = item(case, person)
        return None if value is None else value in values

    return membership


def _any(body: Closure) -> Closure:
    def over_members(case: Case, _person: Row) -> bool | None:
        result: bool | None = False
        for member in case.members:
            value = body(case, member)
            if value:
                return True
            if value is None:
                result = None
        return result

    return over_members


def _all(body: Closure) -> Closure:
    return negation(_any(negation(body)))


def _sum(body: Closure) -> Closure:
    def over_members(case: Case, _person: Row) -> int | None:
        total = 0
        for member in case.members:
            value = body(case, member)
            if value is None:
                return None
            total += value
        return bounded(total)

    return over_members


def _first(body: Closure) -> Closure:
    def over_members(case: Case, _person: Row) -> int | None:
        values = (body(case, member) for member in case.members)
        return min((value for value in values if value is not None), default=None)

    return over_members


AGGREGATES: Mapping[str, Callable[[Closure], Closure]] = {
    "first": _first,
    "any": _any,
    "all": _all,
    "count": _sum,
    "sum": _sum,
}
