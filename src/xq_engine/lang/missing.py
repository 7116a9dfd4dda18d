"""Which missing facts make an expression unknown: the first one as an expression, all of them for one case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from xq_engine.lang.case import Case, Row
from xq_engine.lang.closure import Compiler
from xq_engine.lang.nodes import Aggregate, Expr, Fact, First, If, Known, Literal, Param, children
from xq_engine.lang.schema import Schema
from xq_engine.lang.types import NUMBER

_Collector = Callable[[Case, Row], list[str]]
NONE = Literal(None, NUMBER)


def unknown_names(expr: Expr, schema: Schema) -> tuple[str, ...]:
    """List what an expression rests on, in reading order: `household.x`, `person.y`, `param.z`."""
    leaves = (_name(node) for node in schema.deep_walk(expr) if isinstance(node, Fact | Param))
    return tuple(dict.fromkeys(leaves))


def first_missing(expr: Expr, schema: Schema, places: Mapping[str, int]) -> Expr:
    """Make the expression that gives the place of the first missing fact of an *unknown* expression.

    `places` numbers the names of `unknown_names`; null says that no fact is missing (a division by zero).
    """

    def of_unknown(child: Expr) -> Expr:
        return If(Known(child), NONE, first_missing(child, schema, places), NUMBER)

    match expr:
        case Fact() if (definition := schema.definition(expr)) is not None:
            return first_missing(definition, schema, places)
        case Fact() | Param():
            return Literal(places[_name(expr)], NUMBER)
        case Aggregate(body=body):
            return Aggregate("first", of_unknown(body), NUMBER)
        case If(condition=condition, then=then, otherwise=otherwise):
            chosen = If(condition, of_unknown(then), of_unknown(otherwise), NUMBER)
            return If(Known(condition), chosen, first_missing(condition, schema, places), NUMBER)
        case _ if children(expr):
            return First(tuple(map(of_unknown, children(expr))), NUMBER)
        case _:
            return NONE


def compile_missing(expr: Expr, compiler: Compiler) -> Callable[[Case], tuple[str, ...]]:
    """Compile the question which facts keep an expression unknown, the first as `first_missing`; none if it is known.

    A fact that would change nothing, because another already decides, is not listed.
    """
    ask, collect = compiler.compile(expr), _collector(expr, compiler)
    names = unknown_names(expr, compiler.schema)
    places = {name: place for place, name in enumerate(names, start=1)}
    ask_first = compiler.compile(first_missing(expr, compiler.schema, places))

    def missing(case: Case) -> tuple[str, ...]:
        if ask(case, case.person) is not None:
            return ()
        first = ask_first(case, case.person)
        listed = dict.fromkeys(() if first is None else names[first - 1 : first])
        listed.update(dict.fromkeys(collect(case, case.person)))
        return tuple(listed)

    return missing


def _collector(expr: Expr, compiler: Compiler) -> _Collector:
    """Compile the question for all missing facts of an expression that is unknown."""
    match expr:
        case Fact() if (definition := compiler.schema.definition(expr)) is not None:
            return _collector(definition, compiler)
        case Fact() | Param():
            name = _name(expr)
            return lambda _case, _row: [name]
        case Aggregate(body=body):
            inner = _of_unknown([body], compiler)
            return lambda case, _row: [name for member in case.members for name in inner(case, member)]
        case If(condition=condition, then=then, otherwise=otherwise):
            return _of_choice(condition, then, otherwise, compiler)
        case _:
            return _of_unknown(children(expr), compiler)


def _of_unknown(exprs: Sequence[Expr], compiler: Compiler) -> _Collector:
    pairs = [(compiler.compile(expr), _collector(expr, compiler)) for expr in exprs]

    def collect(case: Case, row: Row) -> list[str]:
        return [name for ask, inner in pairs if ask(case, row) is None for name in inner(case, row)]

    return collect


def _of_choice(condition: Expr, then: Expr, otherwise: Expr, compiler: Compiler) -> _Collector:
    ask = compiler.compile(condition)
    undecided, if_true, if_false = (_of_unknown([part], compiler) for part in (condition, then, otherwise))

    def collect(case: Case, row: Row) -> list[str]:
        decided = ask(case, row)
        chosen = undecided if decided is None else if_true if decided else if_false
        return chosen(case, row)

    return collect


def _name(node: Fact | Param) -> str:
    return f"{node.entity}.{node.name}" if isinstance(node, Fact) else f"param.{node.name}"
