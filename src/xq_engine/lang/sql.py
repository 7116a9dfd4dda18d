"""Write an expression as DuckDB SQL that gives exactly what the closures give."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from xq_engine.lang.functions import FUNCTIONS
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
from xq_engine.lang.types import Type, Value

SQL_TYPES = {
    "int": "BIGINT",
    "bool": "BOOLEAN",
    "text": "VARCHAR",
    "code": "VARCHAR",
    "date": "DATE",
    "null": "BOOLEAN",
}


def quote(name: str) -> str:
    """Quote an identifier."""
    return '"' + name.replace('"', '""') + '"'


def constant(value: Value, kind: Type) -> str:
    """Write a constant with its type."""
    if value is None:
        return f"CAST(NULL AS {SQL_TYPES[kind.kind]})"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return f"CAST({value} AS BIGINT)"
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    return "'" + value.replace("'", "''") + "'"


def table_column(node: Fact | Aggregate | Param) -> str:
    """Name the column of a stored fact as "entity"."fact", of a parameter as "parameter"."name"."""
    if isinstance(node, Fact):
        return f"{quote(node.entity)}.{quote(node.name)}"
    if isinstance(node, Param):
        return f'"parameter".{quote(node.name)}'
    raise TypeError("an aggregate over members needs batch_sql")


def to_sql(
    expr: Expr, *, as_of: date, column: Callable[[Fact | Aggregate | Param], str] = table_column
) -> str:
    """Write one expression as SQL text.

    `column` names the column that holds a fact, an aggregate over members or a parameter; integers in those
    columns are BIGINT. DuckDB raises where an integer leaves 64 bits.
    """

    def write(node: Expr) -> str:
        match node:
            case Literal(value=value, type=kind):
                return constant(value, kind)
            case AsOf():
                return constant(as_of, node.type)
            case Fact() | Aggregate() | Param():
                return column(node)
            case Call(function=function, args=args):
                return f"({FUNCTIONS[function].sql(*map(write, args))})"
            case _:
                return _logic_sql(node, write)

    return write(expr)


def _logic_sql(node: And | Or | Not | Known | If | First | In, write: Callable[[Expr], str]) -> str:
    match node:
        case And(items=items):
            return "(" + " AND ".join(map(write, items)) + ")"
        case Or(items=items):
            return "(" + " OR ".join(map(write, items)) + ")"
        case Not(item=item):
            return f"(NOT {write(item)})"
        case Known(item=item):
            return f"({write(item)} IS NOT NULL)"
        case If(condition=condition, then=then, otherwise=otherwise):
            asked = write(condition)
            return f"(CASE WHEN {asked} THEN {write(then)} WHEN NOT {asked} THEN {write(otherwise)} END)"
        case First(items=items):
            return f"coalesce({', '.join(map(write, items))})"
        case In(item=item, values=values):
            listed = ", ".join(constant(value, item.type) for value in values)
            return f"({write(item)} IN ({listed}))"


def aggregate_sql(kind: str, body: str) -> str:
    """Write an aggregate over the members of a household for a grouped query; `body` is its SQL."""
    complete = f"count({body}) = count(*)"
    return {
        "any": f"CASE WHEN bool_or({body}) THEN TRUE WHEN {complete} THEN FALSE END",
        "all": f"CASE WHEN NOT bool_and({body}) THEN FALSE WHEN {complete} THEN TRUE END",
        "count": f"CASE WHEN {complete} THEN CAST(count_if({body}) AS BIGINT) END",
        "sum": f"CASE WHEN {complete} THEN CAST(sum({body}) AS BIGINT) END",
        "first": f"min({body})",
    }[kind]


EMPTY_AGGREGATE = {
    "any": "FALSE",
    "all": "TRUE",
    "count": "CAST(0 AS BIGINT)",
    "sum": "CAST(0 AS BIGINT)",
    "first": "NULL",
}
