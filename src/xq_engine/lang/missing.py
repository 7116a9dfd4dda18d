"""Which missing facts make an expression unknown: the first one as an expression, all of them for one case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xq_engine.lang.closure import Case, Compiler, Row
from xq_engine.lang.nodes import Aggregate, Expr, Fact, First, If, Known, Literal, Param, children
from xq_engine.lang.schema import Schema
from xq_engine.lang.types import NUMBER

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


def missing(expr: Expr, case: Case, compiler: Compiler) -> tuple[str, ...]:
    """List the facts whose absence makes an expression unknown, the first as `first_missing`; empty if it is known.

    A fact that would change nothing, because another already decides, is not listed.
    """
    schema = compiler.schema
    if compiler.compile(expr)(case, case.person) is not None:
        return ()
    names = unknown_names(expr, schema)
    order = {name: place for place, name in enumerate(names, start=1)}
    first = compiler.compile(first_missing(expr, schema, order))(case, case.person)
    listed = dict.fromkeys(() if first is None else names[first - 1 : first])
    listed.update(dict.fromkeys(_all_missing(expr, case, case.person, compiler)))
    return tuple(listed)


def _all_missing(expr: Expr, case: Case, person: Row, compiler: Compiler) -> Sequence[str]:
    def unknown(node: Expr, row: Row) -> bool:
        return compiler.compile(node)(case, row) is None

    def below(nodes: Sequence[Expr], row: Row) -> list[str]:
        asked = (node for node in nodes if unknown(node, row))
        return [name for node in asked for name in _all_missing(node, case, row, compiler)]

    match expr:
        case Fact() if (definition := compiler.schema.definition(expr)) is not None:
            return _all_missing(definition, case, person, compiler)
        case Fact() | Param():
            return [_name(expr)]
        case Aggregate(body=body):
            return [name for member in case.members for name in below([body], member)]
        case If(condition=condition, then=then, otherwise=otherwise):
            decided = compiler.compile(condition)(case, person)
            return below([condition] if decided is None else [then if decided else otherwise], person)
        case _:
            return below(children(expr), person)


def _name(node: Fact | Param) -> str:
    return f"{node.entity}.{node.name}" if isinstance(node, Fact) else f"param.{node.name}"
