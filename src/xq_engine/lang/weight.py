"""How long an expression becomes when it is written as SQL: what a rule costs before anybody runs it."""

from __future__ import annotations

import ast
from functools import cache

from xq_engine.lang.functions import FUNCTIONS
from xq_engine.lang.nodes import Call, Expr, If, In, children

LONGEST_TEXT = 10_000
DEEPEST = 60
# A policy of a county weighs some hundreds; SQL repeats what it tests, so nested choices double at every level.
HEAVIEST = 20_000


def too_deep(tree: ast.expr) -> ast.expr | None:
    """Find the first node below which nobody can read on; walks without recursion."""
    level: list[ast.AST] = [tree]
    for _ in range(DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return None
    return next((node for node in level if isinstance(node, ast.expr)), tree)


def weight(expr: Expr) -> int:
    """Count the terms of an expression's SQL text, repetitions included."""
    weights = list(map(weight, children(expr)))
    match expr:
        case Call(function=function):
            return 1 + sum(
                each * times for each, times in zip(weights, _repeats(function, len(weights)), strict=True)
            )
        case If():
            condition, then, otherwise = weights
            return 1 + 2 * condition + then + otherwise
        case In(values=values):
            return 1 + weights[0] + len(values)
        case _:
            return 1 + sum(weights)


@cache
def _repeats(function: str, arguments: int) -> tuple[int, ...]:
    """Count how often the SQL of a function writes each of its arguments."""
    marks = [f"\0{place}\0" for place in range(arguments)]
    text = FUNCTIONS[function].sql(*marks)
    return tuple(text.count(mark) for mark in marks)
