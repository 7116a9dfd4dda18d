"""Turn an expression into plain Python closures: the fast way to ask one household. No text of a user is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from xq_engine.lang.functions import FUNCTIONS, bounded
from xq_engine.lang.nodes import (
    Aggregate,
    And,
    AsOf,
    Call,
    Expr,
    Fact,
    First,
    If,
    In,
    Known,
    Literal,
    Not,
    Or,
    Param,
)
from xq_engine.lang.schema import Schema
from xq_engine.lang.types import Value

Row = dict[str, Any]
_UNSEEN: Any = object()


class Case:
    """One household with its members on a day, as the closures read it; derived facts are kept once computed."""

    __slots__ = ("as_of", "household", "members", "parameters", "person")

    def __init__(
        self,
        household: Mapping[str, Value],
        members: Sequence[Mapping[str, Value]] = (),
        *,
        as_of: date,
        parameters: Mapping[str, int | None] | None = None,
        person: int | None = None,
    ) -> None:
        """Copy the facts; `person` is the place of the member in hand, None when the household is asked about.

        A fact that is left out or None is not known.
        """
        self.household: Row = dict(household)
        self.members: list[Row] = [dict(member) for member in members]
        self.as_of = as_of
        self.parameters = parameters or {}
        self.person: Row = {} if person is None else self.members[person]


Closure = Callable[[Case, Row], Any]


def compile_closure(expr: Expr, schema: Schema) -> Callable[[Case], Any]:
    """Compile an expression to a function of a case; None is unknown.

    The function raises OutOfRange where an integer leaves 64 bits.
    """
    inner = Compiler(schema).compile(expr)
    return lambda case: inner(case, case.person)


class Compiler:
    """Compiles expressions of one schema; equal expressions become one closure."""

    def __init__(self, schema: Schema) -> None:
        """Begin with nothing compiled."""
        self.schema = schema
        self._done: dict[Expr, Closure] = {}

    def compile(self, expr: Expr) -> Closure:
        """Compile one expression to a function of the case and the person in hand."""
        done = self._done.get(expr)
        if done is None:
            done = self._done[expr] = self._compile(expr)
        return done

    def _compile(self, expr: Expr) -> Closure:
        match expr:
            case Literal(value=value):
                return lambda _case, _person: value
            case AsOf():
                return lambda case, _person: case.as_of
            case Param(name=name):
                return lambda case, _person: case.parameters.get(name)
            case Fact():
                return self._fact(expr)
            case Call():
                return self._call(expr)
            case Aggregate(kind=kind, body=body):
                return _AGGREGATES[kind](self.compile(body))
            case _:
                return self._logic(expr)

    def _logic(self, expr: And | Or | Not | Known | If | First | In) -> Closure:
        match expr:
            case And(items=items):
                return _junction([self.compile(item) for item in items], decisive=False)
            case Or(items=items):
                return _junction([self.compile(item) for item in items], decisive=True)
            case Not(item=item):
                return _negation(self.compile(item))
            case Known(item=item):
                known = self.compile(item)
                return lambda case, person: known(case, person) is not None
            case If(condition=condition, then=then, otherwise=otherwise):
                return _choice(self.compile(condition), self.compile(then), self.compile(otherwise))
            case First(items=items):
                return _first_known([self.compile(item) for item in items])
            case In(item=item, values=values):
                return _membership(self.compile(item), frozenset(values))

    def _fact(self, fact: Fact) -> Closure:
        name, of_household = fact.name, fact.entity == "household"
        definition = self.schema.definition(fact)
        if definition is None:
            if of_household:
                return lambda case, _person: case.household.get(name)
            return lambda _case, person: person.get(name)
        compute = self.compile(definition)

        def derived(case: Case, person: Row) -> Any:
            row = case.household if of_household else person
            value = row.get(name, _UNSEEN)
            if value is _UNSEEN:
                value = row[name] = compute(case, person)
            return value

        return derived

    def _call(self, call: Call) -> Closure:
        function = FUNCTIONS[call.function].python
        args = [self.compile(arg) for arg in call.args]
        if len(args) == 2:
            last = call.args[1]
            if isinstance(last, Literal) and last.value is not None:
                return _with_constant(function, args[0], last.value)
            return _binary(function, args[0], args[1])

        def strict(case: Case, person: Row) -> Any:
            values = [arg(case, person) for arg in args]
            return None if None in values else function(*values)

        return strict


def _with_constant(function: Callable[..., Any], arg: Closure, constant: Value) -> Closure:
    def strict(case: Case, person: Row) -> Any:
        value = arg(case, person)
        return None if value is None else function(value, constant)

    return strict


def _binary(function: Callable[..., Any], left: Closure, right: Closure) -> Closure:
    def strict(case: Case, person: Row) -> Any:
        first = left(case, person)
        if first is None:
            return None
        second = right(case, person)
        return None if second is None else function(first, second)

    return strict


def _junction(items: Sequence[Closure], *, decisive: bool) -> Closure:
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


def _negation(item: Closure) -> Closure:
    def negation(case: Case, person: Row) -> bool | None:
        value = item(case, person)
        return None if value is None else not value

    return negation


def _choice(condition: Closure, then: Closure, otherwise: Closure) -> Closure:
    def choice(case: Case, person: Row) -> Any:
        value = condition(case, person)
        if value is None:
            return None
        return then(case, person) if value else otherwise(case, person)

    return choice


def _first_known(items: Sequence[Closure]) -> Closure:
    def first_known(case: Case, person: Row) -> Any:
        values = (item(case, person) for item in items)
        return next((value for value in values if value is not None), None)

    return first_known


def _membership(item: Closure, values: frozenset[Value]) -> Closure:
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
    return _negation(_any(_negation(body)))


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


_AGGREGATES: Mapping[str, Callable[[Closure], Closure]] = {
    "first": _first,
    "any": _any,
    "all": _all,
    "count": _sum,
    "sum": _sum,
}
