"""Turn an expression into plain Python closures: the fast way to ask one household. No text of a user is evaluated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xq_engine.lang.case import Case, Closure, Row
from xq_engine.lang.functions import FUNCTIONS
from xq_engine.lang.kleene import (
    AGGREGATES,
    binary,
    choice,
    first_known,
    junction,
    membership,
    negation,
    with_constant,
)
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

_UNSEEN: Any = object()


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
                return AGGREGATES[kind](self.compile(body))
            case _:
                return self._logic(expr)

    def _logic(self, expr: And | Or | Not | Known | If | First | In) -> Closure:
        match expr:
            case And(items=items):
                return junction([self.compile(item) for item in items], decisive=False)
            case Or(items=items):
                return junction([self.compile(item) for item in items], decisive=True)
            case Not(item=item):
                return negation(self.compile(item))
            case Known(item=item):
                known = self.compile(item)
                return lambda case, person: known(case, person) is not None
            case If(condition=condition, then=then, otherwise=otherwise):
                return choice(self.compile(condition), self.compile(then), self.compile(otherwise))
            case First(items=items):
                return first_known([self.compile(item) for item in items])
            case In(item=item, values=values):
                return membership(self.compile(item), frozenset(values))

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
                return with_constant(function, args[0], last.value)
            return binary(function, args[0], args[1])

        def strict(case: Case, person: Row) -> Any:
            values = [arg(case, person) for arg in args]
            return None if None in values else function(*values)

        return strict
